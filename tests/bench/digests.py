"""Digests: what a tick costs while nothing is due, a start, and ten thousand readers who are due at once.

Figures are CPU of the whole process, beside a floor in the same run: the rows alone, read or committed, and no choice.
Readers have tastes and a past of their own, so that hardly two choices are alike.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from summaries.archive.disk import Disk
from summaries.archive.store import BRIEFINGS, EVENTS, OUTBOX, STORIES, SUBSCRIBERS, TOLD, Change, Put
from summaries.archive.tiny import TinyStore
from summaries.digesting import BATCH, Digesting
from summaries.memory import settle
from summaries.models import Briefing, Chosen, Event, Slot, Story, Subscriber, Subscription, Taste, Told, ToldTopic
from summaries.outbox import Outbox
from summaries.subscribers import Subscribers

KNOWN = 1_000_000
DUE = 10_000
ARTICLES = 600
OUTLETS = 40
NOW = datetime(2031, 6, 2, 8, tzinfo=UTC)
ZONES = ("Asia/Karachi", "Europe/Berlin", "America/New_York", "UTC")
WORDS = [
    f"{a}{b}{c}" for a in "bdfgklmnprst" for b in ("ar", "en", "il", "or", "um") for c in ("ek", "ost", "un", "va")
]
WEIGHTS = [1 / (place + 10) for place in range(len(WORDS))]
LAST_TIMES = (ARTICLES // 2, ARTICLES // 4, 3 * ARTICLES // 4, 10)
"""The newest briefing when readers were served last: yesterday at eight, for most."""


class Unsynced(Disk):
    """For filling a desk quickly."""

    def sync(self, handle: int) -> None:
        pass


@dataclass
class Figure:
    name: str
    cpu: float
    floor: float
    each: str
    note: str = ""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(_measured(Path(folder)))
    table = Table("", "CPU ms", "floor ms", "ratio", "each", "", title=f"{KNOWN:,} readers, {DUE:,} due at once")
    for one in figures:
        ratio = f"{one.cpu / one.floor:.1f}" if one.floor else ""
        table.add_row(one.name, f"{one.cpu:,.2f}", f"{one.floor:,.2f}", ratio, one.each, one.note)
    Console().print(table)


async def _measured(folder: Path) -> list[Figure]:
    chance = random.Random(7)
    store = await TinyStore.open(folder, disk=Unsynced(), clock=lambda: NOW)
    await _fill(store, chance)
    await store.checkpoint()
    try:
        outbox = await Outbox.open(store, lambda: NOW)
        digesting = Digesting(store, Subscribers(store, lambda: NOW), outbox, lambda: NOW)
        settle()
        start = await _start(store, digesting)
        tick = await _tick(digesting)
        return [start, tick, await _all_at_once(store, digesting)]
    finally:
        await store.close()


async def _cpu(work: Awaitable[object]) -> float:
    """Milliseconds of the whole process."""
    begun = time.process_time()
    await work
    return (time.process_time() - begun) * 1e3


async def _start(store: TinyStore, digesting: Digesting) -> Figure:
    async def read() -> None:
        async for _ in store.rows(SUBSCRIBERS):
            pass

    floor = await _cpu(read())
    cpu = await _cpu(digesting.fall_due(NOW - timedelta(minutes=30)))
    held = digesting.held / KNOWN
    return Figure("start", cpu, floor, f"{cpu / KNOWN * 1e3:.1f} µs", f"{held:.1f} bytes a reader held")


async def _tick(digesting: Digesting) -> Figure:
    took = []
    await digesting.push(NOW - timedelta(minutes=30))
    for minute in range(20):
        begun = time.perf_counter()
        await digesting.fall_due(NOW - timedelta(minutes=29 - minute))
        await digesting.push(NOW - timedelta(minutes=29 - minute))
        took.append((time.perf_counter() - begun) * 1e3)
    return Figure("tick, nothing due", sum(took) / len(took), 0.0, f"at most {max(took):.2f} ms")


async def _all_at_once(store: TinyStore, digesting: Digesting) -> Figure:
    cpu = await _cpu(digesting.fall_due(NOW))
    made = [row async for row in store.rows(OUTBOX)]
    rows: list[Change] = []
    for row in made:
        subscriber, told = await store.get(SUBSCRIBERS, row.chat), await store.get(TOLD, row.chat)
        assert subscriber is not None
        assert told is not None
        rows += [Put(OUTBOX, row), Put(SUBSCRIBERS, subscriber), Put(TOLD, told)]

    async def commit() -> None:
        for start in range(0, len(rows), 3 * BATCH):
            await store.commit(rows[start : start + 3 * BATCH])

    floor = await _cpu(commit())
    return Figure("due at once", cpu, floor, f"{cpu / DUE:.3f} ms", f"{len(made):,} deliveries")


# --- What there is


async def _fill(store: TinyStore, chance: random.Random) -> None:
    await store.commit(_articles(chance))
    readers = _readers(chance)
    while batch := list(islice(readers, 2_000)):
        await store.commit(batch)


def _articles(chance: random.Random) -> Iterator[Change]:
    for id in range(1, ARTICLES + 1):
        story = id // 3 + 1
        texts = [" ".join(chance.choices(WORDS, WEIGHTS, k=18)) + f" {chance.randrange(900)}." for _ in range(4)]
        sentences = tuple(Chosen(text, place) for place, text in enumerate(texts))
        outlet = int(chance.paretovariate(1)) % OUTLETS
        received = NOW - timedelta(minutes=2 * (ARTICLES - id) + 30)
        yield Put(
            BRIEFINGS,
            Briefing(
                texts[0][:60],
                sentences,
                id=id,
                source=outlet + 1,
                outlet=f"Outlet {outlet}",
                received=received,
                published=received,
                language=chance.choice(("en", "en", "ur")),
                event=story,
                story=story,
            ),
        )
    for story in range(1, ARTICLES // 3 + 2):
        ids = tuple(id for id in range(3 * story - 3, 3 * story) if 0 < id <= ARTICLES)
        yield Put(EVENTS, Event(story, story, ids))
        yield Put(STORIES, Story(story, (story,)))


def _readers(chance: random.Random) -> Iterator[Change]:
    """Everybody is due at another hour, but for some at eight."""
    yesterday = date(2031, 6, 1)
    for number in range(KNOWN):
        id = chance.randrange(2**51) * 2 + 1
        if number >= DUE:
            slot = Slot(1, chance.randrange(14 * 60, 16 * 60), served=yesterday)
            yield Put(SUBSCRIBERS, Subscriber(id, subscriptions=(Subscription(0, (slot,), chance.choice(ZONES)),)))
            continue
        mute = tuple(f"{a} {b}" for a, b in zip(chance.sample(WORDS, 2), chance.sample(WORDS, 2), strict=True))
        taste = Taste(mute=mute, follow=(chance.choice(WORDS),) if number % 3 else (), at_once=number % 10 == 1)
        slot = Slot(1, 8 * 60, served=yesterday)
        yield Put(SUBSCRIBERS, Subscriber(id, subscriptions=(Subscription(0, (slot,), taste=taste),)))
        stories = {story: 3 * story - 2 for story in chance.sample(range(1, ARTICLES // 3), 40)}
        days = {f"2031-05-{day:02}": tuple(chance.sample(range(10_000, 90_000), 10)) for day in range(3, 31)}
        yield Put(TOLD, Told(id, (ToldTopic(0, stories, days, chance.choices(LAST_TIMES, (6, 1, 1, 1))[0]),)))


if __name__ == "__main__":
    main()
