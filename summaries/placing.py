"""Which event and story an article that is to be filed belongs to: `threads` asked about the archive.

The decision is committed with the article, so that nothing comes after it that could be lost. What it is made from is
derived: saved now and then, and brought up to date from the articles since when the first one is filed after opening;
reading commands never need it. Where nothing was saved it is made again in the background; what is to be placed
meanwhile waits, since ids are given once: without the older events it would be given the wrong ones.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from summaries.archive.disk import Disk
from summaries.archive.store import ARTICLES, BRIEFINGS, EVENTS, STORIES, Change, Put, Store
from summaries.errors import BackchannelError
from summaries.models import Article, Briefing, Event, Story
from summaries.threads.events import HELD
from summaries.threads.snapshot import Stamp, read, written
from summaries.threads.stories import Threads, Verdict
from summaries.threads.vectors import Vector, vector_of

NAME = "events.bin"
SAVED_EVERY = 2_048
"""Articles that may have to be read again after a crash, or an eighth of the events that are held."""
READ_AGAIN = 1.5
"""Articles for each event that is held, when nothing was saved."""
MADE_AGAIN = 16_384
"""Articles that are read again before that is saved: a process that ends meanwhile does not begin anew."""
REMADE = 16
"""Articles of an event that are read again when one of them changed. In a larger one, one counts for little."""

log = logging.getLogger(__name__)

Row = Event | Story
Key = tuple[type[Row], int]


@dataclass(frozen=True)
class Placed:
    """Where an article belongs, and what is to be committed with it."""

    event: int
    story: int
    why: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, eq=False)
class _Coming:
    """An article that is being committed, and the rows as they will be. `kept` tells whether it was."""

    placed: Placed
    rows: dict[Key, Row]
    kept: "asyncio.Future[bool]"


class Placer:
    """`folder` is where it is saved, which anybody may empty."""

    def __init__(self, store: Store, folder: Path, disk: Disk | None = None, held: int = HELD) -> None:
        self._store = store
        self._path = folder / NAME
        self._disk = disk or Disk()
        self._held = held
        self._threads: Threads | None = None
        self._spoilt = False
        self._learned: list[int] = []
        self._undecided: set[int] = set()
        self._coming: dict[Key, _Coming] = {}
        self._under_way = 0
        self._deciding = asyncio.Lock()
        self._idle = asyncio.Event()
        self._idle.set()
        self._preparing: asyncio.Task[None] | None = None
        self._unsaved = False

    def prepare(self) -> None:
        """Where nothing was saved, begin to make it again now rather than when the first article comes."""
        if not self._store.readonly and self._store.highest(BRIEFINGS) and not self._path.exists():
            self._preparing = asyncio.create_task(self._prepare(), name="events")

    async def _prepare(self) -> None:
        try:
            async with self._deciding:
                await self._ready()
        except BackchannelError as error:
            log.warning("%s cannot be made again yet: %s", self._path, error)

    async def close(self) -> None:
        if self._preparing is not None:
            self._preparing.cancel()
            await asyncio.wait({self._preparing})
        if (self._learned or self._unsaved) and not self._store.readonly:
            async with self.alone():
                pass

    @asynccontextmanager
    async def place(self, id: int, vector: Vector, published: datetime | None) -> AsyncIterator[Placed]:
        """Where the article of the briefing to be `id` belongs, by its vector and date. It is
        committed inside, with the changes, or never.

        Of two articles that belong to one event or story, the second is committed when the first is on the disk: its
        rows have what the first one's have.
        """
        self._undecided.add(id)
        try:
            coming = await self._decide(id, vector, published)
        finally:
            self._undecided.discard(id)
        try:
            yield coming.placed
        except BaseException:
            self._settle(coming, kept=False)
            raise
        self._settle(coming, kept=True)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[Threads]:
        """What is known of events, while nothing is being placed; saved as it is at the end."""
        async with self._deciding:
            await self._idle.wait()
            threads = await self._ready()
            try:
                yield threads
            except BaseException:
                self._spoilt = True
                raise
            await self._save(threads)

    async def revised(self, briefing: Briefing) -> None:
        """Let later articles go by what an article says now. It stays in its event, whatever that is like by now.

        Where nothing is known yet, reading what was saved will meet the change.
        """
        if self._threads is None and not self._deciding.locked():
            return
        async with self._deciding:
            await self._idle.wait()
            await self.remake(await self._ready(), briefing.event)
            self._unsaved = True

    async def remake(self, threads: Threads, event: int) -> None:
        """Let an event be the sum of its articles as they are now, unless those are many."""
        row = await self._store.get(EVENTS, event) if event else None
        while row and row.into:
            row = await self._store.get(EVENTS, row.into)
        if row is None or len(row.briefings) > REMADE:
            return
        told = [await self._as_vector(id) for id in row.briefings]
        threads.remake(row.id, [one for one in told if one])

    async def _as_vector(self, id: int) -> tuple[Vector, datetime | None] | None:
        briefing, filed = await self._store.get(BRIEFINGS, id), await self._store.get(ARTICLES, id)
        if briefing is None or filed is None:
            return None
        article = filed.article
        vector = await asyncio.to_thread(vector_of, article.title, article.text, article.language)
        return vector, briefing.published or article.published

    async def _decide(self, id: int, vector: Vector, published: datetime | None) -> _Coming:
        while True:
            async with self._deciding:
                threads = await self._ready()
                verdict = threads.judge(vector, published)
                rows = {_key(row): row for row in await self._rows(id, verdict)}
                before = {self._coming[key].kept for key in rows if key in self._coming}
                coming = self._begin(threads, id, vector, published, verdict, rows)
            if await self._all_kept(coming, before):
                return coming

    def _begin(
        self,
        threads: Threads,
        id: int,
        vector: Vector,
        published: datetime | None,
        verdict: Verdict,
        rows: dict[Key, Row],
    ) -> _Coming:
        event = next(row for row in rows.values() if isinstance(row, Event) and not row.into)
        threads.learn(vector, published, event.id, event.story, verdict.absorbed)
        self._learned.append(id)
        placed = Placed(event.id, event.story, verdict.shared, tuple(map(_put, rows.values())))
        coming = _Coming(placed, rows, asyncio.get_running_loop().create_future())
        self._coming.update(dict.fromkeys(rows, coming))
        self._under_way += 1
        self._idle.clear()
        return coming

    async def _all_kept(self, coming: _Coming, before: "set[asyncio.Future[bool]]") -> bool:
        """Wait for what was to be committed before. Where that was not, this has rows that are not so either."""
        try:
            if before:
                await asyncio.wait(before)
            kept = all(one.result() for one in before)
        except BaseException:
            self._settle(coming, kept=False)
            raise
        if not kept:
            self._settle(coming, kept=False)
        return kept

    def _settle(self, coming: _Coming, *, kept: bool) -> None:
        for key in coming.rows:
            if self._coming.get(key) is coming:
                del self._coming[key]
        if not kept:
            self._spoilt = True  # what was learned of it is not so
        self._under_way -= 1
        if not self._under_way:
            self._idle.set()
        coming.kept.set_result(kept)

    async def _rows(self, id: int, verdict: Verdict) -> list[Row]:
        """The rows that an article changes, as they are to be: its event first."""
        if not verdict.event:
            event = Event(self._store.next_id(EVENTS), verdict.story or self._store.next_id(STORIES), (id,))
            story = await self._story(event.story)
            return [event, replace(story, events=(*story.events, event.id))]
        event = await self._event(verdict.event, verdict.story)
        gone = [await self._event(other, 0) for other in verdict.absorbed]
        briefings = {*event.briefings, *(briefing for other in gone for briefing in other.briefings), id}
        absorbed = (*event.absorbed, *((other.id, id) for other in gone))
        grown = replace(event, briefings=tuple(sorted(briefings)), absorbed=absorbed)
        return [grown, *(replace(other, into=event.id) for other in gone), *await self._emptied(gone, event.story)]

    async def _emptied(self, gone: Iterable[Event], story: int) -> list[Row]:
        """The stories of events that became part of another event, without them; one without any is part of `story`."""
        left: dict[int, Story] = {}
        for event in gone:
            row = left.get(event.story) or await self._story(event.story)
            events = tuple(other for other in row.events if other != event.id)
            left[row.id] = replace(row, events=events, into=0 if events or row.id == story else story)
        return list(left.values())

    async def _event(self, id: int, story: int) -> Event:
        coming = self._coming.get((Event, id))
        row = coming.rows[Event, id] if coming else await self._store.get(EVENTS, id)
        return row if isinstance(row, Event) else Event(id, story)

    async def _story(self, id: int) -> Story:
        coming = self._coming.get((Story, id))
        row = coming.rows[Story, id] if coming else await self._store.get(STORIES, id)
        return row if isinstance(row, Story) else Story(id)

    # --- what is known, saved and read again

    async def _ready(self) -> Threads:
        """Called by whoever decides, so nothing new is placed meanwhile."""
        if self._spoilt:
            await self._idle.wait()
            self._threads, self._spoilt = None, False
        if self._threads is None:
            self._threads = await self._restored()
        elif len(self._learned) >= max(SAVED_EVERY, len(self._threads.events) // 8):
            await self._idle.wait()
            await self._save(self._threads)
        return self._threads

    async def _restored(self) -> Threads:
        began = self._store.sequence
        threads, stamp = await asyncio.to_thread(self._read)
        self._learned = list(stamp.above)
        try:
            async for filed in self._store.rows(ARTICLES, above=stamp.upto):
                if filed.id not in stamp:
                    await self._relearn(threads, filed.id, filed.article)
                if len(self._learned) >= MADE_AGAIN:
                    await self._retell(threads, stamp.sequence)
                    await self._save(threads, began)
            await self._retell(threads, stamp.sequence)
            await self._remake_changed(threads, stamp)
        except BaseException:
            self._learned = []  # what was learned goes with it
            raise
        if len(self._learned) >= SAVED_EVERY:
            await self._save(threads, began)
        return threads

    async def _remake_changed(self, threads: Threads, stamp: Stamp) -> None:
        """The events of articles that were revised since; those that the store has forgotten stay as they are."""
        changed = [id for id in self._store.changed_since(ARTICLES, stamp.sequence) or () if id in stamp]
        briefings = [await self._store.get(BRIEFINGS, id) for id in changed]
        for event in {briefing.event for briefing in briefings if briefing}:
            await self.remake(threads, event)

    async def _relearn(self, threads: Threads, id: int, article: Article) -> None:
        briefing = await self._store.get(BRIEFINGS, id)
        if briefing is None or not briefing.event:
            return
        row = await self._store.get(EVENTS, briefing.event)
        absorbed = tuple(event for event, by in row.absorbed if by == id) if row else ()
        vector = await asyncio.to_thread(vector_of, article.title, article.text, article.language)
        when = briefing.published or article.published
        threads.learn(vector, when, briefing.event, briefing.story, absorbed)
        self._learned.append(id)

    async def _retell(self, threads: Threads, sequence: int) -> None:
        """Let events be of the stories that they were joined to since."""
        changed = self._store.changed_since(EVENTS, sequence)
        known = set(threads.events.known())
        for id in known if changed is None else known.intersection(changed):
            row = await self._store.get(EVENTS, id)
            if row and row.into and row.into not in known:
                threads.rename(id, row.into, row.story)
            elif row:
                threads.retell(id, row.story)

    def _read(self) -> tuple[Threads, Stamp]:
        """Nothing where that is of a desk that came before this one was restored: its ids say other things."""
        try:
            with self._path.open("rb") as file:
                threads, stamp = read(file, self._held)
            if stamp.sequence <= self._store.sequence:
                return threads, stamp
        except FileNotFoundError:
            log.debug("%s was never saved: it is made from the newest articles", self._path)
        except (OSError, ValueError) as error:
            log.warning("%s is made again: %s", self._path, error)
        upto = max(0, self._store.highest(BRIEFINGS) - int(self._held * READ_AGAIN))
        log.info("events are made from the articles after %d", upto)
        return Threads(self._held), Stamp(upto)

    async def _save(self, threads: Threads, sequence: int | None = None) -> None:
        """As of commit `sequence`, up to which everything is in it; else as of the last one."""
        highest = max(self._learned, default=0)
        upto = min(self._undecided, default=highest + 1) - 1
        above = tuple(sorted(id for id in self._learned if id > upto))
        stamp = Stamp(min(upto, highest), above, self._store.sequence if sequence is None else sequence)
        self._learned = list(above)
        try:
            await asyncio.to_thread(self._disk.replace, self._path, written(threads, stamp))
        except OSError as error:
            log.warning("%s could not be saved, and the next start will take longer: %s", self._path, error)


def _key(row: Row) -> Key:
    return type(row), row.id


def _put(row: Row) -> Change:
    return Put(EVENTS, row) if isinstance(row, Event) else Put(STORIES, row)
