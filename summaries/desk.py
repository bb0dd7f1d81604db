"""The one object that handlers and the process hold: the archive, its keys and its index, opened together."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summaries.archive.keys import Keys, keys_of
from summaries.archive.query import Hint
from summaries.archive.search import Index
from summaries.archive.snippets import Pieces
from summaries.archive.store import ARTICLES, BRIEFINGS, PEOPLE, QUESTIONS, TOMBSTONES, Delete, Put, Store, open_store
from summaries.broadcasting import Broadcasting
from summaries.copies import Copies
from summaries.digesting import Digesting
from summaries.editing.correction import Correction
from summaries.filing import Added, Filing, Known
from summaries.intake.health import Cause
from summaries.intake.urls import url_key
from summaries.models import Article, Briefing, Notice, Person, Question, Source, instant
from summaries.outbox import Outbox
from summaries.people import People
from summaries.personal import Personal
from summaries.pipeline import Prepared
from summaries.placing import Placer
from summaries.readers import Readers
from summaries.regrouping import Regrouping
from summaries.retelling import Retelling
from summaries.sources import Sources
from summaries.storyline import Moving, Storyline, StoryView
from summaries.subscribers import Subscribers
from summaries.threads.changes import Change
from summaries.threads.timeline import MOST as MOST_DAYS
from summaries.threads.timeline import Timeline

if TYPE_CHECKING:
    from summaries.scout import Scout

QUESTIONS_KEPT = timedelta(days=30)
"""How long further pages of a search can be asked for."""


def utcnow() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class FoundBriefing:
    """A briefing that a search found. Pieces in order; True: this was looked for."""

    briefing: Briefing
    headline: Pieces
    snippet: Pieces


@dataclass(frozen=True)
class Found:
    """An answer to a search. `total` counts all that was found; `upto` asks for further pages of the same order."""

    total: int
    hits: tuple[FoundBriefing, ...]
    hints: tuple[Hint, ...]
    upto: int


class Desk:
    """Opened by `open_desk`. Coroutines raise `DiskError` where the disk refuses, and no other error of the world."""

    def __init__(
        self,
        store: Store,
        keys: Keys,
        index: Index,
        sources: Sources,
        copies: Copies,
        placer: Placer,
        outbox: Outbox,
        clock: Callable[[], datetime],
    ) -> None:
        self.store = store
        self.sourcebook = sources
        self.scout: Scout | None = None
        """Who goes out for sources: there while `scouting` holds this desk open to the network."""
        self._keys = keys
        self._index = index
        self._clock = clock
        self._copies = copies
        self._placer = placer
        self._storyline = Storyline(store)
        self._regrouping = Regrouping(store, placer)
        self._filing = Filing(store, keys, index, copies, placer, self._regrouping, clock)
        self.subscribers = Subscribers(store, clock)
        self.readers = Readers(store)
        self.retelling = Retelling(store)
        self.personal = Personal(store, self.subscribers)
        self.outbox = outbox
        self.digesting = Digesting(store, self.subscribers, outbox, clock)
        self.opened = instant(clock())
        self.broadcasting = Broadcasting(store, outbox, clock)
        self.people = People(store, clock)

    @property
    def readonly(self) -> bool:
        return self.store.readonly

    @property
    def count(self) -> int:
        """How many briefings there are."""
        return self.store.count(BRIEFINGS)

    @property
    def highest(self) -> int:
        """The id of the newest briefing; 0 for an empty desk."""
        return self.store.highest(BRIEFINGS)

    # --- articles in

    async def file(
        self, prepared: Prepared, *, ref: str = "", tags: Sequence[str] = (), source: int = 0, keys: Sequence[int] = ()
    ) -> Added | Known:
        """As `Filing.file`."""
        return await self._filing.file(prepared, ref=ref, tags=tags, source=source, keys=keys)

    async def revise(
        self, id: int, prepared: Prepared, *, source: int = 0, keys: Sequence[int] = ()
    ) -> Briefing | None:
        """As `Filing.revise`."""
        return await self._filing.revise(id, prepared, source=source, keys=keys)

    async def withdraw(self, id: int) -> bool:
        """As `Filing.withdraw`."""
        return await self._filing.withdraw(id)

    async def withdrawn(self, id: int) -> datetime | None:
        """When briefing `id` was withdrawn; None where it was not."""
        stub = await self.store.get(TOMBSTONES, id)
        return stub.withdrawn if stub else None

    async def correct(self, id: int, correction: Correction) -> Briefing | None:
        """As `Filing.correct`."""
        return await self._filing.correct(id, correction)

    async def redate(self, briefing: int, when: datetime) -> Briefing | None:
        """Say when an article was published; None where it is not there."""
        return await self._filing.redate(briefing, when)

    async def known(self, keys: Iterable[int]) -> dict[int, int]:
        """The briefing of each of `keys` that has one, or had one that was withdrawn."""
        await self._keys.catch_up()
        found = ((key, self._keys.find([key])) for key in keys)
        return {key: id for key, id in found if id is not None}

    async def knows(self, key: int | None) -> bool:
        """Whether an article that was filed before this call had this key (`keys.key_of`)."""
        await self._keys.catch_up()
        return key is not None and self._keys.find([key]) is not None

    # --- briefings out

    async def latest(self, limit: int, *, below: int | None = None) -> list[Briefing]:
        """Up to `limit` briefings, the last received first, with ids under `below` where it is given."""
        return await self.store.newest(BRIEFINGS, limit, below=below)

    async def briefing(self, id: int) -> Briefing | None:
        return await self.store.get(BRIEFINGS, id)

    def briefings(self) -> AsyncIterator[Briefing]:
        """All of them, the first received first."""
        return self.store.rows(BRIEFINGS)

    async def article(self, id: int) -> Article | None:
        """The whole article of a briefing."""
        filed = await self.store.get(ARTICLES, id)
        return filed.article if filed else None

    async def find_url(self, url: str) -> Briefing | None:
        """The briefing of the article that this link leads to, however the link is written."""
        await self._keys.catch_up()
        id = self._keys.find(keys_of(url=url_key(url)))
        return None if id is None else await self.briefing(id)

    # --- search

    async def searchable(self) -> None:
        """Wait until all that was filed before this call can be found."""
        await self._index.catch_up()

    async def search(
        self,
        text: str,
        *,
        limit: int = 5,
        offset: int = 0,
        upto: int | None = None,
        any_word: bool = False,
        marked: bool = True,
    ) -> Found:
        """The best answers to `text`, of briefings with ids up to `upto`. Anything typed gives an answer or a hint.

        `any_word` and `marked` as in `Index.search`.
        """
        results = await self._index.search(
            text, limit=limit, now=self._clock(), offset=offset, upto=upto, any_word=any_word, marked=marked
        )
        hits = []
        for hit in results.hits:
            if briefing := await self.briefing(hit.id):
                hits.append(FoundBriefing(briefing, hit.headline, hit.snippet))
        return Found(results.total, tuple(hits), results.hints, results.upto)

    async def keep_question(self, text: str, upto: int) -> Question:
        """Remember a search, so that a button can ask for its next page by an id."""
        question = Question(self.store.next_id(QUESTIONS), text, upto, instant(self._clock()))
        await self.store.commit([Put(QUESTIONS, question)])
        return question

    async def question(self, id: int) -> Question | None:
        return await self.store.get(QUESTIONS, id)

    # --- stories

    async def story(self, id: int) -> StoryView | None:
        """The story that was ever given this id; None where no story was."""
        return await self._storyline.story(id)

    async def place_of(self, briefing: Briefing) -> tuple[int, int]:
        """The event and the story that a briefing belongs to by now; 0 for none."""
        return await self._storyline.place_of(briefing)

    async def stories(
        self, since: datetime, limit: int = 10, *, offset: int = 0, upto: int | None = None
    ) -> list[Moving]:
        """What is moving: the stories that most outlets told of since, by when it was filed. As `Storyline.moving`."""
        return await self._storyline.moving(since, limit, offset=offset, upto=upto)

    async def timeline(self, story: int, *, most: int = MOST_DAYS) -> Timeline:
        """The story's turning points. Takes a while for a long one, in another thread."""
        return await self._storyline.timeline(story, most=most)

    async def changes(self, story: int, since: datetime) -> list[Change]:
        """What the story tells beside all that was filed of it up to `since`: new facts first."""
        return await self._storyline.changes(story, since)

    async def join_stories(self, one: int, other: int) -> int:
        """Make two stories one, whose id is given; 0 where there are not two. Both ids lead to it."""
        return await self._regrouping.join(one, other)

    async def split_story(self, briefing: int) -> int:
        """Make an article a story of its own, whose id is given; 0 where it is one already, or is not there."""
        return await self._regrouping.split(briefing)

    # --- people

    async def person(self, id: int) -> Person | None:
        return await self.people.get(id)

    async def admit(self, person: Person) -> None:
        """Keep what is known of a person, in place of what was."""
        await self.store.commit([Put(PEOPLE, person)])

    async def admins(self) -> list[Person]:
        return [person async for person in self.people.all() if person.admin]

    # --- sources, and what the admin should know of them

    def sources(self) -> list[Source]:
        """The first added first."""
        return self.sourcebook.all()

    def source(self, id: int) -> Source | None:
        return self.sourcebook.get(id)

    def find_source(self, url: str) -> Source | None:
        """The source with this address, however it is written."""
        return self.sourcebook.find(url)

    async def add_source(
        self,
        url: str,
        *,
        name: str = "",
        tags: Iterable[str] = (),
        labels: Mapping[str, str] | None = None,
        site: str = "",
        language: str = "",
        credentials: str = "",
    ) -> Source:
        """A new source, checked at once; the known one where there is one. Raises `InputError` for a bad address."""
        return await self.sourcebook.add(
            url, name=name, tags=tags, labels=labels, site=site, language=language, credentials=credentials
        )

    async def change_source(self, id: int, **fields: Any) -> Source | None:
        """As `Sources.change`: the fields of `add_source`, `url` and `paused` may be given."""
        return await self.sourcebook.change(id, **fields)

    async def remove_source(self, id: int) -> bool:
        """Its briefings stay. False where there is none."""
        return await self.sourcebook.remove(id)

    async def kept_since(self, source_id: int, since: datetime) -> int:
        """Articles that a source brought since that UTC day began, at most 31 days back."""
        return self.sourcebook.kept_since(source_id, since)

    async def notices(self, unread: bool = True) -> list[Notice]:
        """The last one first."""
        return self.sourcebook.notices(unread=unread)

    async def tell(self, cause: Cause) -> Notice:
        """As `Sources.tell`."""
        return await self.sourcebook.tell(cause)

    async def read_notices(self, ids: Iterable[int]) -> None:
        await self.sourcebook.read(ids)

    # --- upkeep

    async def housekeeping(self, now: datetime) -> None:
        """Let go of what has had its time. Cheap when there is nothing to do."""
        old = [q.id async for q in self.store.rows(QUESTIONS) if q.asked < now - QUESTIONS_KEPT]
        if old:
            await self.store.commit([Delete(QUESTIONS, id) for id in old])
        await self.sourcebook.housekeeping(now)
        await self.subscribers.housekeeping(now)
        await self.outbox.housekeeping(now)

    async def close(self) -> None:
        """Nothing that was filed depends on it; a desk that was not closed opens as well, only later."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self.store.close)
            stack.push_async_callback(self._keys.close)
            stack.push_async_callback(self._copies.close)
            stack.push_async_callback(self._placer.close)
            stack.push_async_callback(self._index.close)
            stack.push_async_callback(self.outbox.close)


async def open_desk(url: str, *, readonly: bool = False, clock: Callable[[], datetime] = utcnow) -> Desk:
    """Open the desk whose store `url` names ("tinydb:DIRECTORY"). Raises what `open_store` raises."""
    async with AsyncExitStack() as stack:
        store = await open_store(url, readonly=readonly)
        stack.push_async_callback(store.close)
        folder = Path(url.partition(":")[2])
        keys = await Keys.open(folder / "keys", store)
        stack.push_async_callback(keys.close)
        sources = await Sources.open(store, clock)
        outbox = await Outbox.open(store, clock)
        index = await Index.open(store, folder / "index")
        stack.pop_all()
        copies, placer = Copies(store, folder / "copies"), Placer(store, folder / "threads")
        placer.prepare()
        return Desk(store, keys, index, sources, copies, placer, outbox, clock)
