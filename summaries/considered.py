"""What digests are chosen from: the briefings of the last days, read once for all readers, and what is new in each."""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Set
from datetime import datetime, timedelta

from msgspec.structs import replace

from summaries.archive.store import BRIEFINGS, EVENTS, STORIES, Store
from summaries.models import Briefing, Subscription, Taste, ToldTopic
from summaries.storyline import Storyline, resolved_story, statements
from summaries.threads.candidates import Candidate, Candidates, said
from summaries.threads.changes import apart
from summaries.threads.due import before_first
from summaries.threads.telling import by_now

BACK = timedelta(days=7)
"""A digest goes no further back than this, even where the last one is older: then it is for a week."""
FIRST = timedelta(days=1)
"""How far back somebody's first digest goes at least."""
MOST = 5_000
"""Candidates that are held; on a desk that receives more in `BACK`, digests go less far back."""
COMPARED = 40
"""The last briefings of a story beside which it is said what is new in it."""
SLICE = 32


class Considered:
    """Only reads. `refresh` before asking anything."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._storyline = Storyline(store)
        self._found: dict[int, Candidate] = {}
        self._prepared: dict[int, Candidate] = {}
        self._received: dict[int, datetime] = {}
        self._events: dict[int, int] = {}
        self._seen = -1
        self._now: dict[int, int] = {}
        self._story_of_event: dict[int, int] = {}
        self._refreshing = asyncio.Lock()
        self.candidates = Candidates(())
        self.news: dict[tuple[int, int], Mapping[int, int]] = {}
        self.turn = 0
        """Rises whenever an answer may be another than before."""

    async def refresh(self, now: datetime) -> None:
        """Take notice of what was filed, changed, withdrawn or regrouped since the last time."""
        async with self._refreshing:
            sequence = self._store.sequence
            changed = self._store.changed_since(BRIEFINGS, self._seen) if self._seen >= 0 else None
            events, stories = (
                self._store.changed_since(EVENTS, self._seen),
                self._store.changed_since(STORIES, self._seen),
            )
            moved = events is None or stories is None or bool(events or stories)
            if moved:
                self._now, self._story_of_event = {}, {}
            if changed is None:
                self._found = {}
                await self._read(await self._recent(now))
            else:
                for id in changed:
                    self._found.pop(id, None)
                rows = [await self._store.get(BRIEFINGS, id) for id in changed]
                await self._read(row for row in rows if row and _received(row) > now - BACK)
            if moved:
                await self._regroup()
            self._let_go(now)
            self._seen = sequence
            if self._found != self._prepared:
                await self._prepare()

    def since(self, told: ToldTopic, subscription: Subscription, now: datetime) -> int:
        """The briefing id after which a reader's next digest begins."""
        begins = now - BACK if told.upto else before_first(subscription, now - FIRST)
        return max(told.upto, self.at(max(begins, now - BACK)))

    def at(self, moment: datetime) -> int:
        """The newest briefing that was received by then; 0 for none that is held."""
        ids = self.candidates.all
        place = bisect_right(ids, moment, key=lambda one: self._received[one.id])
        return ids[place - 1].id if place else 0

    async def story_now(self, id: int) -> int:
        """The id that a story has by now."""
        if id not in self._now:
            row = await resolved_story(self._store, id)
            self._now[id] = row.id if row else id
        return self._now[id]

    def marks(self) -> Set[tuple[int, int]]:
        """For which stories, told up to which briefing, it is known what is new."""
        return self.news.keys()

    async def known(self, told: ToldTopic, taste: Taste, after: int) -> tuple[ToldTopic, Taste]:
        """Both with the ids that stories have by now; and see to it that `news` has what `choose` will ask.

        Anew where somebody else refreshes meanwhile: what was learned before that is not so any more.
        """
        while True:
            now, news = self._now, self.news
            for id in (*told.stories, *taste.stories):
                if id not in now:
                    await self.story_now(id)
            if now is self._now:
                stories = tuple(map(now.__getitem__, taste.stories))
                told_now, taste_now = (
                    by_now(told, now.__getitem__),
                    replace(taste, stories=stories) if stories else taste,
                )
                await self._learn(told_now, after, news)
            if now is self._now and news is self.news:
                return told_now, taste_now

    async def _learn(self, told: ToldTopic, after: int, news: dict[tuple[int, int], Mapping[int, int]]) -> None:
        """What is new in each story that they were told of and that moved since."""
        for story in self.candidates.after(after).of.keys() & told.stories.keys():
            if (story, told.stories[story]) not in news:
                news[story, told.stories[story]] = await self._new_in(story, told.stories[story])

    async def _recent(self, now: datetime) -> list[Briefing]:
        found: list[Briefing] = []
        below: int | None = None
        while len(found) < MOST:
            rows = await self._store.newest(BRIEFINGS, SLICE, below=below)
            found += [row for row in rows if _received(row) > now - BACK]
            if len(rows) < SLICE or _received(rows[-1]) <= now - BACK:
                break
            below = rows[-1].id
            await asyncio.sleep(0)
        return found

    async def _read(self, rows: Iterable[Briefing]) -> None:
        for place, row in enumerate(rows):
            if place % SLICE == SLICE - 1:
                await asyncio.sleep(0)
            self._received[row.id], self._events[row.id] = _received(row), row.event
            self._found[row.id] = candidate(row, await self._story_of(row.event))

    async def _regroup(self) -> None:
        """Stories may have become one, or have been parted, since their articles were filed."""
        for place, (id, one) in enumerate(list(self._found.items())):
            if place % SLICE == SLICE - 1:
                await asyncio.sleep(0)
            story = await self._story_of(self._events[id])
            if story != one.story:
                self._found[id] = replace(one, story=story)

    async def _story_of(self, event: int) -> int:
        """The story that an event is part of by now; 0 for none."""
        if event not in self._story_of_event:
            row = await self._store.get(EVENTS, event) if event else None
            while row and row.into:
                row = await self._store.get(EVENTS, row.into)
            story = await resolved_story(self._store, row.story) if row else None
            self._story_of_event[event] = story.id if story else 0
        return self._story_of_event[event]

    def _let_go(self, now: datetime) -> None:
        """Of those that have had their time, and of more than are held."""
        for id in sorted(self._found)[: -MOST or None] if len(self._found) > MOST else ():
            del self._found[id]
        for id in [id for id in self._found if self._received[id] <= now - BACK]:
            del self._found[id]

    async def _prepare(self) -> None:
        """In a thread: thousands of candidates take a twentieth of a second, and others on the loop wait for nobody."""
        prepared = self._found.copy()
        self.candidates, self.news = await asyncio.to_thread(Candidates, prepared.values()), {}
        self._prepared = prepared
        self.turn += 1
        for id in self._received.keys() - prepared.keys():
            del self._received[id], self._events[id]

    async def _new_in(self, story: int, mark: int) -> Mapping[int, int]:
        """Of each candidate of a story, how much it says that the story had not said up to a briefing."""
        members = [one.id for one in self.candidates.all if one.story == story and one.id > mark]
        view = await self._storyline.story(story)
        if view is None or not members:
            return {}
        told = [row for row in sorted(view.briefings, key=lambda row: row.id) if row.id <= mark][-COMPARED:]
        later = [row for row in view.briefings if row.id in members]
        groups = [[one for one in statements(row) if one.place >= 0] for row in later]
        counts = await asyncio.to_thread(apart, [one for row in told for one in statements(row)], groups)
        return {row.id: count for row, count in zip(later, counts, strict=True)}


def candidate(briefing: Briefing, story: int) -> Candidate:
    texts = (briefing.headline, *(chosen.text for chosen in briefing.sentences))
    copies = (copy.outlet.casefold() for copy in briefing.also if copy.outlet)
    return Candidate(
        id=briefing.id,
        story=story,
        source=briefing.source,
        outlet=briefing.outlet.casefold(),
        copies=tuple(dict.fromkeys(copies)),
        language=briefing.language,
        tags=frozenset(tag.casefold() for tag in briefing.tags),
        kind=briefing.kind,
        said=said(texts, briefing.language) if any(texts) else "",
    )


def _received(briefing: Briefing) -> datetime:
    """Every briefing that was filed says so."""
    if briefing.received is None:
        raise ValueError(f"briefing {briefing.id} has no moment of receipt")
    return briefing.received
