"""The task that empties the outbox: composes what is due when its turn comes, sends it at Telegram's pace, settles it.

Nothing is remembered here that matters: what is on its way is in the ledger, and what a crash leaves is found there.
"""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from telegram import Bot
from telegram.error import TelegramError

from bot.alarms import TOLD
from bot.composing import Composing
from bot.consequences import Consequences
from bot.envelopes import Envelope
from bot.pacing import FREE, Pace
from bot.polling import Outage, Pause
from bot.waiting import Stir
from handlers import broadcasts
from handlers.letters import Composer
from handlers.looks.choice import Looks
from summaries import ledger
from summaries.desk import Desk, utcnow
from summaries.errors import BackchannelError
from summaries.models import Delivery, DeliveryKind

logger = logging.getLogger(__name__)

AT_ONCE = 16
"""Requests at once at the free limit: enough for answers that take half a second."""

USUAL_ANSWER = 0.16
"""Seconds that an answer of Telegram's may take before the paid limit is not reached."""

AHEAD = 0.03
"""Seconds before its turn at which a delivery is claimed: what is claimed and not sent is in doubt after a crash."""

TOGETHER = 0.02
"""Seconds whose turns are claimed in one commit, and those that passed while the last one took its time."""

STEPS = 2
"""Turns of the loop after which a request that was started is written to its connection; then the next one starts."""

PATIENCE = 1.0
"""Seconds that a claimed delivery waits for its turn at most; then it is put back."""

LOOKED_AT = 256
"""Deliveries of which it is asked at once whether they can be sent."""

AGAIN = timedelta(minutes=1)
"""How long everything waits after the disk refused."""

TROUBLE = 3
"""Failures of the network, with nothing arriving between them, after which nothing more is sent until it is back."""

PROBING = 4.0
"""Seconds between two deliveries while Telegram answers, but took none of the last: if these chats are all that is
wrong, the others wait that long for each of them; if it is more, so much is in doubt."""

GRACE = 25.0
"""Seconds that requests in flight are given at the end: an answer takes 20 at most (`network_errors.Timeouts`)."""

OWN: Mapping[DeliveryKind, Composer] = {"broadcast": broadcasts.compose, "word": broadcasts.compose}

Maker = Callable[[datetime], Awaitable[object]]


def at_once(a_second: int) -> int:
    """Requests at once that a limit needs."""
    return AT_ONCE if a_second <= FREE else max(AT_ONCE, int(a_second * (USUAL_ANSWER + 2 * AHEAD)))


class Deliverer:
    """Begun by `start`, ended by `drain`. `tick` is the minute's job; what it makes is sent by the task.

    `makers` put what falls due into the outbox, and `composers` say what deliveries of a kind tell. `most` requests are
    made at once, where it is given. `timer` gives the seconds of `pace`, `pause` waits for some, and `clock` gives the
    moments that are kept.
    """

    def __init__(
        self,
        bot: Bot,
        desk: Desk,
        composers: Mapping[DeliveryKind, Composer],
        looks: Looks,
        pace: Pace,
        *,
        makers: Sequence[Maker] = (),
        admins: frozenset[int] = frozenset(),
        paid: bool = False,
        most: int = 0,
        clock: Callable[[], datetime] = utcnow,
        timer: Callable[[], float] = time.monotonic,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._bot, self._desk, self._pace = bot, desk, pace
        self._makers, self._admins = makers, admins
        self._clock, self._timer, self._pause = clock, timer, pause
        self._composing = Composing(desk, {**composers, **OWN}, looks, paid=paid)
        self._consequences = Consequences(bot, desk, looks, self._composing, self.admins)
        self._at_once = most or at_once(pace.a_second)
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._busy: set[int] = set()
        self._stir = Stir(pause)
        self._outage = Outage(self._stir.sleep)
        self._claimed: deque[Envelope] = deque()
        self._starter: asyncio.Task[None] | None = None
        self._trouble = 0
        self._lost: TelegramError | None = None
        self._stopping = False
        self._idle = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        desk.outbox.on_news(self._stir.set)

    # --- from outside

    async def tick(self) -> None:
        """Put what is due by now into the outbox, and see to it that it is sent."""
        now = self._clock()
        for make in self._makers:
            await make(now)
        await self._tell_of_silence(now)
        self._stir.set()

    def start(self) -> None:
        self._pace.begin(self._timer())
        self._task = asyncio.create_task(self._run(), name="deliver")

    async def settle(self) -> None:
        """Wait until nothing is left to be sent, now or at a moment yet to come."""
        self._idle.clear()
        self._stir.set()
        await self._idle.wait()

    async def drain(self, grace: float = GRACE) -> None:
        """Begin no more, and let what is in flight be answered. What is not within `grace` seconds stays in doubt."""
        self._stopping = True
        self._stir.stop()
        if self._task is not None:
            await self._task
        await self._started()
        if self._sending:
            _, late = await asyncio.wait(self._sending.values(), timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._desk.outbox.flush()

    async def admins(self) -> list[int]:
        return sorted({*self._admins, *(person.id for person in await self._desk.admins())})

    # --- the rounds

    async def _run(self) -> None:
        while not self._stopping:
            try:
                await self._round()
            except BackchannelError as error:
                logger.error("deliveries wait: %s", error)
                await self._stir.sleep(AGAIN.total_seconds())
            except Exception:
                logger.exception("deliveries wait")
                await self._stir.sleep(AGAIN.total_seconds())

    async def _round(self) -> None:
        self._stir.clear()
        if self._lost is not None:
            await self._wait_out(self._lost)
            return
        room = (1 if self._trouble else self._at_once) - len(self._sending) - len(self._claimed)
        if room <= 0:
            await self._stir.wait()
            return
        if not await self._turn_comes(AHEAD):
            return
        turns = self._pace.turns(self._timer() + AHEAD + TOGETHER, len(self._claimed))
        looked, batch = await self._gather(min(room, max(turns, 1)))
        if batch:
            await self._claim(batch)
        elif not looked:
            await self._rest()

    async def _turn_comes(self, before: float) -> bool:
        """Wait until the next turn is so near; False where something stirred before."""
        left = self._pace.opens(len(self._claimed)) - before - self._timer()
        if left > PATIENCE:
            await self._desk.outbox.flush()
            await self._stir.wait(left)
            return False
        if left > 0:
            await self._pause(left)
        return not self._stopping

    async def _gather(self, most: int) -> tuple[int, list[Envelope]]:
        """How many deliveries were looked at, and up to `most` of them that can be sent now."""
        batch: list[Envelope] = []
        for looked in range(LOOKED_AT):
            row = await self._desk.outbox.next(self._clock())
            if row is None:
                return looked, batch
            ready = await self._ready(row)
            if ready is not None:
                self._busy.add(row.chat)
                batch.append(ready)
            if len(batch) == most:
                break
            if looked % 32 == 31:
                await asyncio.sleep(0)
        return LOOKED_AT, batch

    async def _ready(self, row: Delivery) -> Envelope | None:
        now = self._clock()
        left = self._pace.chat_opens(row.chat) - self._timer()
        if left > 0 or row.chat in self._busy:
            self._desk.outbox.put_off(row, now + timedelta(seconds=max(left, 0.1)))
            return None
        made = await self._composing.envelope(row, now)
        if isinstance(made, Delivery):
            self._desk.outbox.settle(made)
            return None
        return made

    async def _claim(self, batch: list[Envelope]) -> None:
        """Write down that these are being sent. They are started while the next ones are claimed."""
        try:
            await self._desk.outbox.claim([each.row for each in batch])
        except Exception:
            for each in batch:
                self._put_back(each, "it could not be written down")
            raise
        self._claimed.extend(batch)
        if self._starter is None or self._starter.done():
            self._starter = asyncio.create_task(self._start_claimed(), name="start deliveries")

    async def _started(self) -> None:
        if self._starter is not None:
            await self._starter

    async def _start_claimed(self) -> None:
        """Each when its turn has come."""
        while self._claimed:
            if await self._may_start():
                self._start(self._claimed.popleft())
                for _ in range(STEPS):
                    await asyncio.sleep(0)
            else:
                self._put_back(self._claimed.popleft(), "it was not its turn after all")

    async def _may_start(self) -> bool:
        while not self._stopping and self._lost is None:
            left = self._pace.opens() - self._timer()
            if left <= 0:
                return True
            if left > PATIENCE:
                return False
            await self._pause(left)
        return False

    def _put_back(self, each: Envelope, why: str) -> None:
        self._busy.discard(each.row.chat)
        self._desk.outbox.settle(ledger.not_sent(each.row, why))

    async def _rest(self) -> None:
        """Until there is something to be done. By then all results are on the disk."""
        outbox = self._desk.outbox
        await self._started()
        await outbox.flush()
        opens = outbox.opens
        if not self._sending and opens is None and not self._stir.is_set:
            self._idle.set()
        await self._stir.wait(None if opens is None else max(opens - self._clock().timestamp(), 0.01))
        self._pace.begin(self._timer())

    # --- one request

    def _start(self, each: Envelope) -> None:
        started = self._timer()
        self._pace.start(each.row.chat, started)
        task = asyncio.create_task(self._send(each, started))
        self._sending[each.row.id] = task

    async def _send(self, each: Envelope, started: float) -> None:
        row = each.row
        after = ledger.doubtful(row, "the bot ended before Telegram's answer came", self._clock())
        try:
            after = await self._exchange(each, started)
        except BackchannelError as error:
            logger.error("delivery %d: %s", row.id, error)
            after = ledger.not_sent(row, str(error), self._clock() + AGAIN)
        finally:
            self._desk.outbox.settle(after)
            self._busy.discard(row.chat)
            del self._sending[row.id]
            self._stir.set()

    async def _exchange(self, each: Envelope, started: float) -> Delivery:
        """The delivery after the request. `BackchannelError` stands for a refusal that could not be written down."""
        try:
            # as `Bot.send_message`, which makes objects of the answer that nobody looks at
            answer = await self._bot._post(each.method, each.parameters)
        except TelegramError as error:
            return await self._refused(each, error, started)
        except Exception as error:
            logger.exception("delivery %d", each.row.id)
            return ledger.doubtful(each.row, f"{type(error).__name__}: {error}", self._clock())
        self._trouble = 0
        self._outage.over()
        self._pace.arrived(each.row.chat, started, self._timer())
        self._composing.plain.discard(each.row.id)
        message = answer.get("message_id", 0) if isinstance(answer, dict) else 0
        return ledger.arrived(each.row, message, self._clock())

    async def _refused(self, each: Envelope, error: TelegramError, started: float) -> Delivery:
        found = await self._consequences.of(each, error, self._clock())
        if found.seconds:
            verdict = self._pace.refused(each.row.chat, started, found.seconds, self._timer())
            logger.info("Telegram wants %s to wait %g s", "all" if verdict == "all" else "a chat", found.seconds)
        self._trouble = self._trouble + 1 if found.network else 0
        if self._trouble >= TROUBLE:
            self._lost = error
        return found.row

    async def _wait_out(self, error: TelegramError) -> None:
        """Wait before anything is sent, then ask for what cannot be sent twice. Until something arrives, one by one."""
        await self._desk.outbox.flush()
        await self._outage.wait(error)
        if self._stopping:
            return
        try:
            await self._bot.get_me()
        except TelegramError as again:
            self._lost = again
        else:
            self._lost = None
            self._outage.ease(PROBING)

    async def _tell_of_silence(self, now: datetime) -> None:
        day = await self._desk.outbox.silent_day(now)
        if day is not None:
            logger.error("on %s digests were due, and not one went out", day, extra=TOLD)
            told = (broadcasts.word("silent day", day.toordinal(), admin, now) for admin in await self.admins())
            await self._desk.outbox.add(list(told))
