"""As much of a desk as digests need, with readers and articles of invented places, and a clock that is set by hand."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from summaries.archive.disk import Disk
from summaries.archive.store import BRIEFINGS, EVENTS, OUTBOX, STORIES, Change, Put
from summaries.archive.tiny import TinyStore
from summaries.digesting import Digesting
from summaries.models import (
    Briefing,
    Chosen,
    Delivery,
    Event,
    Quiet,
    Slot,
    Story,
    Subscriber,
    Subscription,
    Taste,
)
from summaries.outbox import Outbox
from summaries.subscribers import Subscribers, with_subscription
from tests.disks import Careless

READER = 4_503_561_136_015_965


class Clock:
    """Shows 2 June 2031, seven o'clock, until it is told otherwise."""

    def __init__(self) -> None:
        self.now = datetime(2031, 6, 2, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def at(self, text: str) -> datetime:
        """Set it: "08:00" of the day, or "06-03T08:00"."""
        day = self.now.date().isoformat() if "T" not in text else f"2031-{text[:5]}"
        self.now = datetime.fromisoformat(f"{day}T{text[-5:]}").replace(tzinfo=UTC)
        return self.now


@dataclass(frozen=True)
class Desk:
    store: TinyStore
    subscribers: Subscribers
    outbox: Outbox
    digesting: Digesting


@asynccontextmanager
async def opened(folder: Path, clock: Clock, disk: Disk | None = None) -> AsyncIterator[Desk]:
    store = await TinyStore.open(folder, disk=disk or Careless(), clock=clock)
    outbox, subscribers = await Outbox.open(store, clock), Subscribers(store, clock)
    try:
        yield Desk(store, subscribers, outbox, Digesting(store, subscribers, outbox, clock))
    finally:
        await outbox.close()
        await store.close()


async def file(desk: Desk, clock: Clock, text: str, *, story: int = 0, source: int = 0, language: str = "en") -> int:
    """An article that is received now; with a story, an event of it of its own."""
    id = desk.store.next_id(BRIEFINGS)
    briefing = Briefing(
        text.split(".")[0],
        tuple(Chosen(f"{part.strip()}.", place) for place, part in enumerate(text.split(".")) if part.strip()),
        id=id,
        source=source or id,
        outlet=f"Outlet {source or id}",
        received=clock.now,
        published=clock.now,
        language=language,
    )
    changes: list[Change] = [Put(BRIEFINGS, replace(briefing, event=id, story=story) if story else briefing)]
    if story:
        known = await desk.store.get(STORIES, story) or Story(story)
        changes.append(Put(STORIES, replace(known, events=(*known.events, id))))
        changes.append(Put(EVENTS, Event(id, story, (id,))))
    await desk.store.commit(changes)
    return id


async def subscribe(
    desk: Desk,
    *times: str,
    chat: int = READER,
    topic: int = 0,
    zone: str = "UTC",
    taste: Taste | None = None,
    quiet: tuple[int, int] | None = None,
) -> Subscriber:
    slots = tuple(Slot(n, int(at[:2]) * 60 + int(at[3:])) for n, at in enumerate(times, 1))
    hours = Quiet(quiet[0] * 60, quiet[1] * 60) if quiet else None
    made = Subscription(topic, slots, zone, hours, taste=taste or Taste())
    return await desk.subscribers.change(chat, lambda before: with_subscription(before, made))


async def sent(desk: Desk, chat: int = READER) -> list[Delivery]:
    """The deliveries of a chat, the first made first."""
    return [row async for row in desk.store.rows(OUTBOX) if row.chat == chat]


def told(deliveries: list[Delivery]) -> list[list[int]]:
    """The briefings of each."""
    return [[id for pick in row.picks for id in pick.briefings] for row in deliveries]


def day(text: str) -> date:
    return date.fromisoformat(f"2031-{text}")


MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
