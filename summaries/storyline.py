"""Stories as readers ask for them: what belongs to one, how it went, what is new, what is moving.

Ids that were given once go on resolving: an event or story that became part of another leads to that.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from summaries.archive.store import ARTICLES, BRIEFINGS, EVENTS, STORIES, Store
from summaries.models import Briefing, Event, Story
from summaries.threads.changes import Change, Statement, changes
from summaries.threads.naming import name_of
from summaries.threads.timeline import MOST, Telling, Timeline, timeline

WHOLE = 60
"""Articles of a story that are read to the end for its timeline, the newest; of the others only their briefings."""
NAMED_BY = 50
"""The newest headlines by which a story is named."""
LOOKED_AT = 2_000
"""The newest briefings that say what is moving."""


@dataclass(frozen=True)
class StoryView:
    """A story as it is now. `briefings` are in the order of publication, those without a date last.

    Copies of an article are part of its briefing, so every briefing is an independent one. `events` hold their ids.
    """

    id: int
    name: str
    briefings: tuple[Briefing, ...]
    events: tuple[Event, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Each once, those with most briefings first."""
        return _outlets(self.briefings)

    @property
    def first(self) -> datetime | None:
        """When its first dated article was published."""
        return min(self._dates, default=None)

    @property
    def last(self) -> datetime | None:
        return max(self._dates, default=None)

    @property
    def undated(self) -> tuple[Briefing, ...]:
        return tuple(briefing for briefing in self.briefings if briefing.published is None)

    @property
    def _dates(self) -> list[datetime]:
        return [briefing.published for briefing in self.briefings if briefing.published]


@dataclass(frozen=True)
class Moving:
    """A story that something was filed of lately: those briefings, the newest first, and their outlets."""

    id: int
    name: str
    briefings: tuple[Briefing, ...]
    outlets: tuple[str, ...]


class Storyline:
    """Only reads, so it serves a desk that another process writes to as well."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def story(self, id: int) -> StoryView | None:
        """The story that was ever given this id; None where no story was."""
        row = await resolved_story(self._store, id)
        if row is None:
            return None
        events = [event for number in row.events if (event := await self._store.get(EVENTS, number))]
        ids = sorted({briefing for event in events for briefing in event.briefings})
        found = [briefing for number in ids if (briefing := await self._store.get(BRIEFINGS, number))]
        found.sort(key=lambda one: (one.published is None, one.published or one.received, one.id))
        return StoryView(row.id, _name(found), tuple(found), tuple(events)) if found else None

    async def place_of(self, briefing: Briefing) -> tuple[int, int]:
        """The event and the story that it belongs to by now; 0 for none."""
        event = await event_of(self._store, briefing)
        story = await resolved_story(self._store, event.story) if event else None
        return event.id if event else 0, story.id if story else 0

    async def moving(self, since: datetime, limit: int) -> list[Moving]:
        """The stories that most outlets told of since, by when it was filed; then those with most articles."""
        lately: dict[int, list[Briefing]] = {}
        for briefing in await self._store.newest(BRIEFINGS, LOOKED_AT):
            if briefing.received is None or briefing.received < since:
                break
            _, story = await self.place_of(briefing)
            if story:
                lately.setdefault(story, []).append(briefing)
        found = [_moving(id, briefings) for id, briefings in lately.items()]
        return sorted(found, key=lambda one: (-len(one.outlets), -len(one.briefings), -one.briefings[0].id))[:limit]

    async def timeline(self, id: int, *, most: int = MOST) -> Timeline:
        """The story's turning points; none where there is no such story. Takes a while for a long one."""
        view = await self.story(id)
        if view is None:
            return Timeline((), ())
        whole = {briefing.id for briefing in sorted(view.briefings, key=lambda one: -one.id)[:WHOLE]}
        tellings = [await self._telling(briefing, whole=briefing.id in whole) for briefing in view.briefings]
        return await asyncio.to_thread(timeline, tellings, most=most)

    async def changes(self, id: int, since: datetime) -> list[Change]:
        """What the story tells beside all that was filed of it up to `since`, as `threads.changes` orders it."""
        view = await self.story(id)
        if view is None:
            return []
        told, new = _parted(view.briefings, since)
        return await asyncio.to_thread(changes, told, new)

    async def _telling(self, briefing: Briefing, *, whole: bool) -> Telling:
        filed = await self._store.get(ARTICLES, briefing.id) if whole else None
        sentences = filed.article.sentences if filed else tuple(chosen.text for chosen in briefing.sentences)
        return Telling(briefing.id, briefing.published, sentences, briefing.language)


async def resolved_story(store: Store, id: int) -> Story | None:
    """The story that was given this id, or that it is part of by now."""
    row = await store.get(STORIES, id) if id else None
    while row and row.into:
        row = await store.get(STORIES, row.into)
    return row


async def event_of(store: Store, briefing: Briefing) -> Event | None:
    """The event that a briefing is part of by now."""
    event = await store.get(EVENTS, briefing.event) if briefing.event else None
    while event and event.into:
        event = await store.get(EVENTS, event.into)
    return event


def statements(briefing: Briefing) -> list[Statement]:
    """What a briefing says: its headline, unless that was made of its sentences, and each of those."""
    when = briefing.published or briefing.received
    if when is None:
        return []
    said = [] if briefing.made else [Statement(briefing.id, -1, briefing.headline, briefing.language, when)]
    texts = enumerate(chosen.text for chosen in briefing.sentences)
    return said + [Statement(briefing.id, place, text, briefing.language, when) for place, text in texts]


def _parted(briefings: Sequence[Briefing], since: datetime) -> tuple[list[Statement], list[Statement]]:
    """What was told by a moment, and what has been since. Headlines tell nothing new that their sentences don't."""
    told: list[Statement] = []
    new: list[Statement] = []
    for briefing in briefings:
        if briefing.received and briefing.received > since:
            new += [statement for statement in statements(briefing) if statement.place >= 0]
        else:
            told += statements(briefing)
    return told, new


def _moving(id: int, briefings: list[Briefing]) -> Moving:
    return Moving(id, _name(briefings), tuple(briefings), _outlets(briefings))


def _outlets(briefings: Sequence[Briefing]) -> tuple[str, ...]:
    counts = Counter(briefing.outlet for briefing in briefings if briefing.outlet)
    return tuple(outlet for outlet, _ in counts.most_common())


def _name(briefings: Sequence[Briefing]) -> str:
    newest = sorted(briefings, key=lambda one: (one.made, -one.id))[:NAMED_BY]
    return name_of([(briefing.headline, briefing.language) for briefing in newest])
