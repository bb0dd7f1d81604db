"""What an admin changes in the grouping: two stories joined, an article split off, a date mended."""

from datetime import datetime

from msgspec.structs import replace

from summaries.archive.store import ARTICLES, BRIEFINGS, EVENTS, STORIES, Change, Put, Store
from summaries.models import Briefing, Event, Filed, Story
from summaries.placing import Placer
from summaries.storyline import event_of, resolved_story
from summaries.threads.vectors import vector_of


class Regrouping:
    """`placer` is told of every change, so that later articles go by it."""

    def __init__(self, store: Store, placer: Placer) -> None:
        self._store = store
        self._placer = placer

    async def join(self, one: int, other: int) -> int:
        """Make two stories one: the one that began first, whose id is given; 0 where there are not two."""
        async with self._placer.alone() as threads:
            rows = [await resolved_story(self._store, one), await resolved_story(self._store, other)]
            kept, gone = sorted((row for row in rows if row), key=lambda row: row.id) if all(rows) else (None, None)
            if kept is None or gone is None or kept.id == gone.id:
                return 0
            events = [event for number in gone.events if (event := await self._store.get(EVENTS, number))]
            await self._store.commit(
                [
                    Put(STORIES, replace(kept, events=tuple(sorted({*kept.events, *gone.events})))),
                    Put(STORIES, replace(gone, events=(), into=kept.id)),
                    *(Put(EVENTS, replace(event, story=kept.id)) for event in events),
                ]
            )
            for event in events:
                threads.retell(event.id, kept.id)
            return kept.id

    async def split(self, briefing: int) -> int:
        """Make an article a story of its own, whose id is given; 0 where it is one already, or is not there."""
        async with self._placer.alone() as threads:
            row, filed = await self._store.get(BRIEFINGS, briefing), await self._store.get(ARTICLES, briefing)
            event = await event_of(self._store, row) if row else None
            story = await resolved_story(self._store, event.story) if event else None
            if not (row and filed and event and story) or (event.briefings, story.events) == ((row.id,), (event.id,)):
                return 0
            own = Event(self._store.next_id(EVENTS), self._store.next_id(STORIES), (briefing,))
            await self._store.commit(_split(row, event, story, own))
            article = filed.article
            if len(event.briefings) == 1:
                threads.rename(event.id, own.id, own.story)
            else:
                vector = vector_of(article.title, article.text, article.language)
                threads.learn(vector, row.published, own.id, own.story)
                await self._placer.remake(threads, event.id)
            return own.story

    async def redate(self, briefing: int, when: datetime) -> Briefing | None:
        """Say when an article was published, where that was not known or was wrong; None where it is not there."""
        async with self._placer.alone() as threads:
            row, filed = await self._store.get(BRIEFINGS, briefing), await self._store.get(ARTICLES, briefing)
            if row is None or filed is None:
                return None
            row = replace(row, published=when)
            article = replace(filed.article, published=when)
            await self._store.commit([Put(BRIEFINGS, row), Put(ARTICLES, Filed(briefing, article))])
            if event := await event_of(self._store, row):
                threads.redate(event.id, when)
                await self._placer.remake(threads, event.id)
            return row


def _split(briefing: Briefing, event: Event, story: Story, own: Event) -> list[Change]:
    """A briefing out of its event. An event that is empty then was the briefing's own, and leads to where that went."""
    left = tuple(id for id in event.briefings if id != briefing.id)
    changes: list[Change] = [
        Put(BRIEFINGS, replace(briefing, event=own.id, story=own.story, why=())),
        Put(EVENTS, own),
        Put(STORIES, Story(own.story, (own.id,))),
        Put(EVENTS, replace(event, briefings=left, into=0 if left else own.id)),
    ]
    if not left:
        changes.append(Put(STORIES, replace(story, events=tuple(id for id in story.events if id != event.id))))
    return changes
