"""What there is to count: articles, outlets, people, deliveries. Cheap however much is kept: no article is read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from summaries.archive.store import BRIEFINGS, PEOPLE, STORIES
from summaries.desk import Desk
from summaries.making import reachable
from summaries.models import Source, Tally, instant
from summaries.outbox import Counts

DAYS = 30
WEEK = 7
OUTLETS = 10
"""Sources that are named."""


@dataclass(frozen=True)
class Brought:
    """What a source brought on each of the days, and in all of them."""

    source: int
    name: str
    articles: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.articles)


@dataclass(frozen=True)
class Figures:
    """`days` are the last thirty, UTC, today the last; `articles` and `deliveries` are of each of them.

    `articles` counts what is kept, whoever brought it; `brought` what sources brought, the most first, also where that
    was withdrawn since. `chats` are those that can be written to, `subscribed` those of them with digests.
    """

    days: tuple[date, ...]
    briefings: int
    stories: int
    articles: tuple[int, ...]
    brought: tuple[Brought, ...]
    sources: int
    people: int
    chats: int
    subscribed: int
    deliveries: tuple[Tally, ...]
    outbox: Counts
    size: int

    @property
    def today(self) -> int:
        return self.articles[-1]

    @property
    def week(self) -> int:
        return sum(self.articles[-WEEK:])

    @property
    def month(self) -> int:
        return sum(self.articles)


async def figures(desk: Desk, now: datetime) -> Figures:
    """As it is now. Reads every chat once."""
    last = instant(now).date()
    days = tuple(last - timedelta(days=back) for back in reversed(range(DAYS)))
    filed, sources = desk.store.by_day(BRIEFINGS), desk.sources()
    chats = Counter[bool]()
    async for chat in desk.subscribers.all():
        if reachable(chat):
            chats[any(each.slots for each in chat.subscriptions)] += 1
    return Figures(
        days,
        desk.count,
        desk.store.count(STORIES),
        tuple(filed.get(day, 0) for day in days),
        most_brought(sources, days),
        len(sources),
        desk.store.count(PEOPLE),
        chats.total(),
        chats[True],
        tuple([await desk.outbox.tally(day) for day in days]),
        desk.outbox.counts(),
        await desk.store.size(),
    )


def most_brought(sources: Sequence[Source], days: Sequence[date]) -> tuple[Brought, ...]:
    """Those that brought anything, the most first."""
    found = (
        Brought(source.id, source.name or source.url, tuple(source.health.kept.get(day.isoformat(), 0) for day in days))
        for source in sources
    )
    return tuple(sorted((one for one in found if one.total), key=lambda one: (-one.total, one.source)))
