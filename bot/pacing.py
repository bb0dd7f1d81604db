"""When the next message may be sent: Telegram's limits as arithmetic over the moments at which requests started.

All moments are seconds of one monotonic clock, which the caller reads. What is limited is counted by starts; the server
counts arrivals, a few milliseconds later each, so every second and minute here is a little longer than Telegram's.
"""

from collections import OrderedDict, deque
from typing import Literal

FREE, PAID = 30, 1_000
"""Messages a second of one bot (Bot API FAQ, "broadcasting to users"; `allow_paid_broadcast`)."""

GROUP = 20
"""Messages a minute in one group or channel."""

SECOND, MINUTE = 1.017, 60.1
"""What is kept for one and sixty seconds: requests that start evenly may arrive so much closer together. On a busy
machine some are 10 ms late; every millisecond more costs a thousandth of the rate."""

BEHIND = 0.25
"""Seconds whose turns may be made up for, where a busy disk or processor let them pass."""

FASTER, BUNCHED = 0.6, 0.005
"""The gap between requests that make up for lost turns, as a share of the usual one; and the seconds whose requests may
start together, because no clock wakes anybody more often. A burst would arrive later than it starts."""

FRESH, LATER = 0.2, 0.02
"""Seconds after a pause in which connections are opened, and by how much a request may arrive later for that."""

Verdict = Literal["chat", "all"]


class Pace:
    """The limits of one bot. What it remembers is bounded by what may be sent in a minute.

    Answers to people are `noted`, never held: whatever goes to many leaves them their share.
    """

    def __init__(self, a_second: int = FREE) -> None:
        self._a_second = a_second
        self._gap = SECOND / a_second
        self._starts: deque[float] = deque(maxlen=a_second)
        self._slot = self._fast = self._begun = float("-inf")
        self._people: OrderedDict[int, float] = OrderedDict()
        self._groups: OrderedDict[int, deque[float]] = OrderedDict()
        self._held: dict[int, float] = {}
        self._all_held = float("-inf")
        self._refused: dict[int, float] = {}

    @property
    def a_second(self) -> int:
        return self._a_second

    def opens(self, before: int = 0) -> float:
        """The moment from which on a message to some chat may start, after so many others; all held up by nothing."""
        place = before - (self._a_second - len(self._starts))
        window = self._starts[place] + SECOND if 0 <= place < len(self._starts) else float("-inf")
        fast = self._fast + (before + 1) * self._gap * FASTER
        return max(self._all_held, window, fast, self._slot + (before + 1) * self._gap)

    def turns(self, until: float, before: int = 0) -> int:
        """How many may start until a moment, after so many others, evenly spaced."""
        return max(0, int((until - self.opens(before)) / self._gap) + 1)

    def chat_opens(self, chat: int) -> float:
        """The moment from which on a message to this chat may start, as far as the chat alone is concerned."""
        held = self._held.get(chat, float("-inf"))
        starts = self._groups.get(chat)
        if starts is None:
            return max(held, self._people.get(chat, float("-inf")) + SECOND)
        minute = starts[0] + MINUTE if len(starts) == GROUP else float("-inf")
        return max(held, minute, starts[-1] + SECOND)

    def begin(self, now: float) -> None:
        """There is something to send now, and was not before: no turn was missed."""
        self._slot = max(self._slot, now - self._gap)
        if not self._starts or self._starts[-1] < now - SECOND:
            self._begun = now

    def start(self, chat: int, now: float) -> None:
        """A request starts now. Turns that were missed are made up for if that is not long ago."""
        self._slot = max(self._slot + self._gap, now - BEHIND)
        self._fast = max(self._fast + self._gap * FASTER, now - BUNCHED)
        self.note(chat, now, later=LATER if now < self._begun + FRESH else 0.0)

    def note(self, chat: int, now: float, *, later: float = 0.0) -> None:
        """Somebody is answered now, which counts, and waits for nothing. `later` is how much later it may arrive."""
        self._starts.append(now + later)
        if chat < 0:
            self._groups.setdefault(chat, deque(maxlen=GROUP)).append(now)
            self._groups.move_to_end(chat)
        else:
            self._people[chat] = now
            self._people.move_to_end(chat)
        self._forget(now)

    def arrived(self, chat: int, started: float, now: float) -> None:
        """Telegram took a request that started then. The chat's next second begins now: nobody knows when it arrived.

        If it was sent after one that was refused, not all chats are held.
        """
        if chat in self._groups:
            self._groups[chat][-1] = now
        elif chat in self._people:
            self._people[chat] = now
            self._people.move_to_end(chat)
        if self._refused and started > min(self._refused.values()):
            self._refused.clear()
            self._all_held = float("-inf")

    def refused(self, chat: int, started: float, seconds: float, now: float) -> Verdict:
        """A 429 came just now to a request that started then: nothing goes to this chat for so many seconds.

        Telegram does not say whether it means the chat or the bot. Where a second chat is refused, and nothing that was
        sent after the first refused request has been taken, it means all; until something is taken after all.
        """
        until = now + seconds
        self._held[chat] = max(until, self._held.get(chat, until))
        self._refused[chat] = started
        if len(self._refused) < 2:
            return "chat"
        self._all_held = max(self._all_held, until)
        return "all"

    def _forget(self, now: float) -> None:
        while self._people and next(iter(self._people.values())) < now - SECOND:
            self._people.popitem(last=False)
        while self._groups and next(iter(self._groups.values()))[-1] < now - MINUTE:
            self._groups.popitem(last=False)
        if len(self._held) > self._a_second:
            self._held = {chat: until for chat, until in self._held.items() if until > now}
        self._refused = {chat: at for chat, at in self._refused.items() if at > now - MINUTE} if self._refused else {}
