"""What is to be sent, and what became of it: the ledger of deliveries, and whose turn it is.

A delivery is durably `sending` before its request is made, so what a crash leaves is `sending` too: the next start
calls it in doubt, and nobody sends it again by itself. Results are written together with the next claim, and many of
both in one commit. `docs/technotes/outbox.md` goes through the moments at which the process may die.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from msgspec.structs import replace

from summaries import ledger
from summaries.archive.store import BROADCASTS, LEDGER, OUTBOX, TALLIES, Change, Delete, Put, Store
from summaries.errors import DiskError
from summaries.models import Delivery, Ledger, Tally, instant
from summaries.queues import Queues

logger = logging.getLogger(__name__)

KEPT = timedelta(days=90)
"""How long it can be looked up what became of a delivery."""

HOUSEKEEPING = 5_000
"""Rows that one round of housekeeping takes out at most."""

LOOKED_BACK = 20_000
"""Rows among which the last digest of a chat is looked for."""

DOUBTS_SHOWN = 50

_OVERDUE = 200
"""Deliveries that are looked at to learn whether a digest waits since yesterday."""

_SILENT = timedelta(days=7)
"""How far back it is asked, after a downtime, whether a day was silent."""

_TURN = 64
"""Rows that are looked at before others on the loop have their turn."""

_FLOOR = 1_000
"""Results after which the ledger notes again where it stands, so that a start reads little of what is over."""

_SETTLING = timedelta(minutes=2)
"""Where it stood so long ago is what it notes: an id may be given out a while before its row is committed."""

CRASHED = "the bot ended before Telegram's answer came"


@dataclass(frozen=True)
class Counts:
    """How many deliveries wait, are on their way, and are in doubt."""

    pending: int
    sending: int
    doubt: int


class Outbox:
    """Of one desk, opened by `open`. Coroutines raise `DiskError` where the disk refuses; nothing is forgotten then."""

    def __init__(self, store: Store, clock: Callable[[], datetime], kept: Ledger) -> None:
        self._store = store
        self._clock = clock
        self._ledger = kept
        self._noted = kept
        self._doubts = dict.fromkeys(kept.doubts)
        self._queues = Queues()
        self._in_hand: set[int] = set()
        self._unsaved: dict[int, Delivery] = {}
        self._saving: dict[int, Delivery] = {}
        self._tallies: dict[int, Tally] = {}
        self._changed_tallies: set[int] = set()
        self._since_floor = 0
        self._stood = (instant(clock()), kept.floor)
        self._seen = 0
        self._own: set[int] = set()
        self._writing = asyncio.Lock()
        self._sorting = asyncio.Lock()
        self._listeners: list[Callable[[], None]] = []

    @classmethod
    async def open(cls, store: Store, clock: Callable[[], datetime]) -> "Outbox":
        """As the last process left it. What it was sending is in doubt from now on, unless this desk is only read."""
        outbox = cls(store, clock, await store.get(LEDGER, 1) or Ledger())
        if not store.readonly:
            await outbox._recover()
        return outbox

    # --- what comes in

    def on_news(self, listener: Callable[[], None]) -> None:
        """Call `listener` whenever something new may be there to be sent."""
        self._listeners.append(listener)

    def notice(self) -> None:
        """Somebody committed deliveries of their own."""
        for listener in self._listeners:
            listener()

    def new_id(self) -> int:
        """For a delivery that is to be added soon, where something else is to know it by its id."""
        return self._store.next_id(OUTBOX)

    async def add(self, rows: Iterable[Delivery], *beside: Change) -> int:
        """Commit pending deliveries and what belongs to them. Returns how many there are.

        One without an id is given it here.
        """
        made = [replace(row, id=row.id or self.new_id(), state="pending") for row in rows]
        async with self._writing:
            kept = self._standing()
            await self._store.commit([*(Put(OUTBOX, row) for row in made), *beside, Put(LEDGER, kept)])
            self._noted = kept
        if made:
            self.notice()
        return len(made)

    async def resend(self, id: int) -> bool:
        """Send what is in doubt once more, from the part on that is in doubt. False where it is not in doubt."""
        row = await self._row(id)
        if row is None or row.state != "doubt":
            return False
        self._doubts.pop(id, None)
        self._write(ledger.again(row))
        if row.kind == "broadcast" and row.about:
            self._count(-row.about, {"doubt": -1})
        self._queues.add(row.kind, id)
        await self.flush()
        self.notice()
        return True

    async def move(self, old: int, new: int) -> int:
        """A group goes by another id: all that waits for it follows. Returns how many deliveries do."""
        moving = [row async for row in self._waiting() if row.chat == old and row.id not in self._in_hand]
        for row in moving:
            self._write(ledger.moved(row, new))
        await self.flush()
        return len(moving)

    # --- whose turn it is

    async def next(self, now: datetime) -> Delivery | None:
        """The delivery whose turn it is. It is in the caller's hands until it is settled, or put off."""
        await self._sort_in()
        while (id := self._queues.take(now.timestamp())) is not None:
            if id in self._in_hand:
                continue
            self._in_hand.add(id)
            row = await self._row(id)
            if row is not None and row.state == "pending":
                if row.after is None or row.after <= now:
                    return row
                self._queues.put_off(id, row.after.timestamp())
            self._in_hand.discard(id)
        return None

    @property
    def opens(self) -> float | None:
        """When the next delivery that waits for a moment may go, in seconds of the epoch; None where none does."""
        return self._queues.opens

    def put_off(self, row: Delivery, until: datetime) -> None:
        """It is not to be sent before; nothing is written down."""
        self._in_hand.discard(row.id)
        self._queues.put_off(row.id, until.timestamp())

    async def claim(self, rows: Sequence[Delivery]) -> None:
        """Write that these are being sent, and all results so far, in one commit."""
        for row in rows:
            self._write(row)
        await self.flush()

    def settle(self, row: Delivery) -> None:
        """What became of a delivery in hand. Durable with the next claim or flush; a crash before makes it doubt."""
        self._write(row)
        self._in_hand.discard(row.id)
        if row.state == "pending":
            self._queues.put_off(row.id, row.after.timestamp() if row.after else 0.0)
            return
        self._since_floor += 1
        if row.state == "doubt":
            self._doubts[row.id] = None
        self._tally(row)

    async def flush(self) -> None:
        """Write down all that was settled."""
        async with self._writing:
            self._saving, self._unsaved = self._unsaved, {}
            self._own.update(self._saving)
            tallied, self._changed_tallies = self._changed_tallies, set()
            kept = self._standing()
            changes: list[Change] = [Put(OUTBOX, row) for row in self._saving.values()]
            changes += [Put(TALLIES, self._tallies[day]) for day in tallied]
            changes += [Put(LEDGER, kept)] if kept != self._noted else []
            try:
                if changes:
                    await self._store.commit(changes)
            except BaseException:
                self._unsaved = {**self._saving, **self._unsaved}
                self._changed_tallies |= tallied
                raise
            finally:
                self._saving = {}
            self._noted = kept

    async def close(self) -> None:
        """Note where it stands, so that the next start reads little."""
        if not self._store.readonly:
            await self._sort_in()
            self._ledger = replace(self._ledger, floor=max(self._lowest(), self._ledger.floor))
            try:
                await self.flush()
            except DiskError as error:
                logger.warning("the outbox could not note where it stands: %s", error)

    # --- what can be asked

    def counts(self) -> Counts:
        return Counts(len(self._queues), len(self._in_hand), len(self._doubts))

    async def doubtful(self, most: int = DOUBTS_SHOWN) -> list[Delivery]:
        """What nobody knows the fate of, the last first."""
        found = [await self._row(id) for id in list(reversed(self._doubts))[:most]]
        return [row for row in found if row is not None and row.state == "doubt"]

    async def delivery(self, id: int) -> Delivery | None:
        return await self._row(id)

    async def last(self, chat: int, topic: int = 0) -> Delivery | None:
        """The newest digest of a topic, whatever became of it; None where it is not among the newest deliveries.

        For who has unsubscribed: else `Slot.delivery` says it, however long ago it was.
        """
        below: int | None = None
        for _ in range(LOOKED_BACK // _TURN):
            rows = await self._store.newest(OUTBOX, _TURN, below=below)
            for row in rows:
                if row.chat == chat and row.topic == topic and row.kind == "digest":
                    return await self._row(row.id)
            if len(rows) < _TURN:
                return None
            below = rows[-1].id
            await asyncio.sleep(0)
        return None

    async def tally(self, day: date) -> Tally:
        """How deliveries ended on a UTC day."""
        number = day.toordinal()
        return self._tallies.get(number) or await self._store.get(TALLIES, number) or Tally(number)

    async def tally_of(self, broadcast: int) -> Tally:
        """How the deliveries of a broadcast ended so far."""
        return self._tallies.get(-broadcast) or await self._store.get(TALLIES, -broadcast) or Tally(-broadcast)

    # --- a day without digests

    async def silent_day(self, now: datetime) -> date | None:
        """The last UTC day that is over, where digests were due and none went out; None else.

        Each day is asked of once: that it was is written down with what is added or settled next. A day on which
        nothing was due, or nothing was new to anybody, is no such day.
        """
        day = instant(now).date() - timedelta(days=1)
        before = self._ledger.looked
        if before is not None and before >= day:
            return None
        self._ledger = replace(self._ledger, looked=day)
        first = max(before, day - _SILENT) if before is not None else day
        while day > first:
            if await self._silent(day):
                return day
            day -= timedelta(days=1)
        return None

    async def skipped(self, due: datetime) -> None:
        """A digest that was due then was too old when it could be made."""
        found = await self.tally(instant(due).date())
        self._tallies.setdefault(found.id, found)
        self._count(found.id, {"missed": 1})

    async def _silent(self, day: date) -> bool:
        tally = await self.tally(day)
        return not tally.digests and (bool(tally.missed) or await self._overdue(day))

    async def _overdue(self, day: date) -> bool:
        for id in islice(self._queues.first("digest"), _OVERDUE):
            row = await self._row(id)
            if row is not None and row.kind == "digest" and instant(row.due or row.made).date() <= day:
                return True
        return False

    async def housekeeping(self, now: datetime) -> int:
        """Take out what has been over for 90 days, at most so much at once. Returns how much."""
        old: list[int] = []
        async for row in self._store.rows(OUTBOX):
            if row.made > now - KEPT or len(old) >= HOUSEKEEPING:
                break
            if row.state in ledger.OVER or row.state == "doubt":
                old.append(row.id)
        for id in old:
            self._doubts.pop(id, None)
        changes: list[Change] = [Delete(OUTBOX, id) for id in old]
        words = [row.id async for row in self._store.rows(BROADCASTS) if row.at < now - KEPT]
        for id in words:
            self._tallies.pop(-id, None)
            changes += [Delete(BROADCASTS, id), Delete(TALLIES, -id)]
        last = (now - KEPT).date().toordinal()
        changes += [Delete(TALLIES, row.id) async for row in self._store.rows(TALLIES, above=0) if row.id < last]
        if changes:
            await self._store.commit(changes)
            await self.flush()
        return len(old)

    # --- inside

    async def _row(self, id: int) -> Delivery | None:
        return self._unsaved.get(id) or self._saving.get(id) or await self._store.get(OUTBOX, id)

    def _write(self, row: Delivery) -> None:
        self._unsaved[row.id] = row

    async def _waiting(self) -> AsyncIterator[Delivery]:
        await self._sort_in()
        for place, id in enumerate(list(self._queues)):
            if place % _TURN == _TURN - 1:
                await asyncio.sleep(0)
            row = await self._row(id)
            if row is not None and row.state == "pending":
                yield row

    def _tally(self, row: Delivery) -> None:
        day = instant(row.ended or self._clock()).date().toordinal()
        found = Counter[str]({row.state: 1})
        if row.kind == "digest" and row.state != "dropped":
            found["digests" if row.state == "sent" else "missed"] = 1
        self._count(day, found)
        if row.kind == "broadcast" and row.about:
            self._count(-row.about, found)

    def _count(self, id: int, found: Mapping[str, int]) -> None:
        before = self._tallies.get(id) or Tally(id)
        self._tallies[id] = replace(before, **{name: getattr(before, name) + more for name, more in found.items()})
        self._changed_tallies.add(id)

    def _standing(self) -> Ledger:
        """The ledger as it is to be kept. Where it stands is looked up now and then, for that takes a while."""
        now = self._clock()
        if self._since_floor >= _FLOOR and now - self._stood[0] >= _SETTLING:
            floor, self._stood = self._stood[1], (now, self._lowest())
            self._since_floor = 0
            self._ledger = replace(self._ledger, floor=max(floor, self._ledger.floor))
        return replace(self._ledger, doubts=tuple(self._doubts))

    def _lowest(self) -> int:
        """No delivery with a lower id waits or is on its way."""
        waiting = self._queues.lowest()
        open_ids = self._in_hand if waiting is None else {*self._in_hand, waiting}
        return min(open_ids, default=self._store.highest(OUTBOX) + 1)

    # --- what others committed

    async def _sort_in(self) -> None:
        """Find out what was committed since, by whomever."""
        if self._seen == self._store.sequence:
            return
        async with self._sorting:
            changed, self._seen = self._store.changed_since(OUTBOX, self._seen), self._store.sequence
            if changed is None:
                await self._sort_all()
                return
            news = [id for id in changed if id not in self._own]
            self._own.difference_update(changed)
            for place, id in enumerate(news):
                if place % _TURN == _TURN - 1:
                    await asyncio.sleep(0)
                row = await self._row(id)
                if row is not None and id not in self._in_hand:
                    self._sort(row)

    async def _sort_all(self) -> None:
        """More was committed than the store remembers: begin again."""
        self._queues = Queues()
        async for row in self._store.rows(OUTBOX, above=self._ledger.floor - 1):
            if row.id not in self._in_hand and row.id not in self._unsaved and row.id not in self._saving:
                self._sort(row)

    def _sort(self, row: Delivery) -> None:
        if row.state == "pending":
            self._queues.add(row.kind, row.id)
            if row.id < self._ledger.floor:  # its id was given out long before it was committed
                self._ledger = replace(self._ledger, floor=row.id)

    async def _recover(self) -> None:
        now = instant(self._clock())
        self._seen = self._store.sequence
        for day in (now.date().toordinal(), now.date().toordinal() - 1):
            if (tally := await self._store.get(TALLIES, day)) is not None:
                self._tallies[day] = tally
        async for tally in self._store.rows(TALLIES):
            if tally.id > 0:
                break
            self._tallies[tally.id] = tally
        async for row in self._store.rows(OUTBOX, above=self._ledger.floor - 1):
            self._sort(row)
            if row.state == "sending":
                self.settle(ledger.doubtful(row, CRASHED, now))
        await self.flush()
