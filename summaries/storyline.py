"""Stories as readers ask for them: what belongs to one, how it went, what is new, what is moving.

Ids that were given once go on resolving: an event or story that became part of another leads to that.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from summaries.archive.lru import Lru
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
REMEMBERED = 6_000
"""Briefings of stories that were looked at lately: a long one is read from the archive once, not at every press."""
FIRST, LAST = 50, 250
"""Articles of a story beside which it is seen what is new, at its beginning and at its end."""
AT_A_TIME = 100
"""Rows that are read before others have their turn."""


@dataclass(frozen=True)
class StoryView:
    """A story as it is now. `briefings` are in the order of publication, those without a date last.

    Copies of an article are part of its briefing, so every briefing is an independent one. `events` hold their ids.
    """

    id: int
    briefings: tuple[Briefing, ...]
    events: tuple[Event, ...]

    @cached_property
    def name(self) -> str:
        """The headline of one of its articles."""
        return _name(self.briefings)

    @cached_property
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
    briefings: tuple[Briefing, ...]
    outlets: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class _Seen:
    """A story as it was when the store was at commit `sequence`."""

    view: StoryView
    sequence: int


@dataclass(frozen=True, eq=False)
class _Placed:
    """A briefing, and the event and story that it belongs to; 0 for none."""

    briefing: Briefing
    event: int
    story: int


class Storyline:
    """Only reads, so it serves a desk that another process writes to as well."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._seen: Lru[int, _Seen] = Lru(REMEMBERED)
        self._timelines: Lru[tuple[int, int], tuple[StoryView, Timeline]] = Lru(REMEMBERED)
        self._changes: Lru[tuple[int, datetime], tuple[StoryView, list[Change]]] = Lru(REMEMBERED)
        self._recent: dict[int, _Placed] = {}
        self._recent_at = 0
        self._working = asyncio.Lock()
        self._placing = asyncio.Lock()

    async def story(self, id: int) -> StoryView | None:
        """The story that was ever given this id; None where no story was, or nothing of it is left."""
        row = await resolved_story(self._store, id)
        if row is None:
            return None
        sequence, seen = self._store.sequence, self._seen.get(row.id)
        events = tuple([event for number in row.events if (event := await self._store.get(EVENTS, number))])
        ids = sorted({briefing for event in events for briefing in event.briefings})
        before = self._unchanged(seen)
        if seen and events == seen.view.events and len(before) == len(seen.view.briefings):
            return seen.view
        found = await self._briefings(ids, before)
        if not found:
            return None
        view = StoryView(row.id, tuple(sorted(found, key=_by_date)), events)
        self._seen.put(row.id, _Seen(view, sequence), len(found))
        return view

    def _unchanged(self, seen: _Seen | None) -> dict[int, Briefing]:
        """The briefings of a story that are what they were."""
        changed = self._store.changed_since(BRIEFINGS, seen.sequence) if seen else None
        if seen is None or changed is None:
            return {}
        gone = set(changed)
        return {briefing.id: briefing for briefing in seen.view.briefings if briefing.id not in gone}

    async def _briefings(self, ids: Iterable[int], before: dict[int, Briefing]) -> list[Briefing]:
        found = []
        for place, id in enumerate(ids, start=1):
            if place % AT_A_TIME == 0:
                await asyncio.sleep(0)
            if briefing := before.get(id) or await self._store.get(BRIEFINGS, id):
                found.append(briefing)
        return found

    async def place_of(self, briefing: Briefing) -> tuple[int, int]:
        """The event and the story that it belongs to by now; 0 for none."""
        event = await event_of(self._store, briefing)
        story = await resolved_story(self._store, event.story) if event else None
        return event.id if event else 0, story.id if story else 0

    async def moving(self, since: datetime, limit: int, *, offset: int = 0, upto: int | None = None) -> list[Moving]:
        """The stories that most outlets told of since, by when it was filed; then those with most articles.

        From number `offset` on, up to `limit`; of briefings with ids up to `upto`, so that pages stay what they were.
        """
        lately: dict[int, list[Briefing]] = {}
        for one in await self._newest():
            if one.briefing.received is None or one.briefing.received <= since:
                break
            if one.story and not (upto and one.briefing.id > upto):
                lately.setdefault(one.story, []).append(one.briefing)
        found = sorted(lately.items(), key=lambda item: _pull(item[1]), reverse=True)[offset : offset + limit]
        return [Moving(id, tuple(briefings), _outlets(briefings)) for id, briefings in found]

    async def _newest(self) -> list[_Placed]:
        """The newest briefings, the last first, and where each belongs: asked anew only for what changed since."""
        async with self._placing:
            if self._recent and self._recent_at == self._store.sequence:
                return list(self._recent.values())
            sequence, known = self._store.sequence, self._known_since()
            found: list[_Placed] = []
            for place, briefing in enumerate(await self._store.newest(BRIEFINGS, LOOKED_AT), start=1):
                if place % AT_A_TIME == 0:
                    await asyncio.sleep(0)
                before = known.get(briefing.id)
                found.append(before if before and before.briefing is briefing else await self._placed(briefing))
            self._recent, self._recent_at = {one.briefing.id: one for one in found}, sequence
            return found

    def _known_since(self) -> dict[int, _Placed]:
        """Those of the newest whose event and story are what they were."""
        events = self._store.changed_since(EVENTS, self._recent_at)
        stories = self._store.changed_since(STORIES, self._recent_at)
        if events is None or stories is None:
            return {}
        moved, joined = set(events), set(stories)
        return {id: one for id, one in self._recent.items() if one.event not in moved and one.story not in joined}

    async def _placed(self, briefing: Briefing) -> _Placed:
        return _Placed(briefing, *await self.place_of(briefing))

    async def timeline(self, id: int, *, most: int = MOST) -> Timeline:
        """The story's turning points; none where there is no such story. Takes a while for a long one."""
        view = await self.story(id)
        if view is None:
            return Timeline((), ())
        async with self._working:  # one after the other: who asks for the same gets what was found for the first
            known = self._timelines.get((view.id, most))
            if known and known[0] is view:
                return known[1]
            whole = {briefing.id for briefing in sorted(view.briefings, key=lambda one: -one.id)[:WHOLE]}
            tellings = [await self._telling(briefing, whole=briefing.id in whole) for briefing in view.briefings]
            found = await asyncio.to_thread(timeline, tellings, most=most)
            self._timelines.put((view.id, most), (view, found), len(view.briefings))
        return found

    async def changes(self, id: int, since: datetime) -> list[Change]:
        """What the story tells beside all that was filed of it up to `since`, as `threads.changes` orders it.

        Of a story of very many articles only the first and the last of those count: what was told once in the middle of
        it, and never again, is news to most. Takes a while for a long one.
        """
        view = await self.story(id)
        if view is None:
            return []
        async with self._working:
            known = self._changes.get((view.id, since))
            if known and known[0] is view:
                return known[1]
            told, new = _parted(view.briefings, since)
            found = await asyncio.to_thread(changes, told, new)
            self._changes.put((view.id, since), (view, found), len(found) + 1)
        return found

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
    before = [briefing for briefing in briefings if not (briefing.received and briefing.received > since)]
    if len(before) > FIRST + LAST:
        before = before[:FIRST] + before[-LAST:]
    late = [briefing for briefing in briefings if briefing.received and briefing.received > since][-LAST:]
    new = [statement for briefing in late for statement in statements(briefing) if statement.place >= 0]
    return [statement for briefing in before for statement in statements(briefing)], new


def _by_date(briefing: Briefing) -> tuple[bool, datetime | None, int]:
    return briefing.published is None, briefing.published or briefing.received, briefing.id


def _pull(briefings: Sequence[Briefing]) -> tuple[int, int, int]:
    return len({briefing.outlet for briefing in briefings} - {""}), len(briefings), briefings[0].id


def _outlets(briefings: Sequence[Briefing]) -> tuple[str, ...]:
    counts = Counter(briefing.outlet for briefing in briefings if briefing.outlet)
    return tuple(outlet for outlet, _ in counts.most_common())


def _name(briefings: Sequence[Briefing]) -> str:
    """Of headlines that say as much the first one, so that a story goes on being called what it was."""
    newest = sorted(briefings, key=lambda one: (one.made, -one.id))[:NAMED_BY]
    ranked = sorted(newest, key=lambda one: (one.made, one.id))
    return name_of([(briefing.headline, briefing.language) for briefing in ranked])
