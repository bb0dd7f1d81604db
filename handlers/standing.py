"""Who administers which chat, remembered for a minute: Telegram need not be asked at every press."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=1)
MOST = 10_000


class Standings:
    """In memory, bounded. `forget` when Telegram tells of a change."""

    def __init__(self, clock: Callable[[], datetime], most: int = MOST) -> None:
        self._clock = clock
        self._most = most
        self._known: OrderedDict[tuple[int, int], tuple[datetime, bool]] = OrderedDict()
        self._changes = 0

    async def runs(self, chat: int, person: int, ask: Callable[[], Awaitable[bool]]) -> bool:
        """What is remembered, else what `ask` answers; that is not remembered where a change overtook it."""
        known = self._known.get((chat, person))
        if known is not None and self._clock() - known[0] < LIFETIME:
            return known[1]
        changes = self._changes
        runs = await ask()
        if changes == self._changes:
            self._known[chat, person] = (self._clock(), runs)
            self._known.move_to_end((chat, person))
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return runs

    def forget(self, chat: int, person: int) -> None:
        self._changes += 1
        self._known.pop((chat, person), None)

    def forget_chat(self, chat: int) -> None:
        self._changes += 1
        for key in [key for key in self._known if key[0] == chat]:
            del self._known[key]
