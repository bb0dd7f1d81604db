"""Whether an article that is to be filed is a copy of one that the desk has: `threads` asked about the archive.

Derived from the articles of the last 14 days. What is saved of it, and the articles since, are read when the first
article is filed after opening; reading commands never need them.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from summaries.archive.disk import Disk
from summaries.archive.store import ARTICLES, BRIEFINGS, Store
from summaries.threads.duplicates import Fingerprint, fingerprint
from summaries.threads.neighbours import MOST, WINDOW, Neighbours, first_match
from summaries.threads.saved import read, written

NAME = "copies.bin"
SAVED_EVERY = 4096
"""Articles that may have to be read again after a crash: a second or two."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where an article belongs: with briefing `id` as its copy, or as the briefing `id` that is to be."""

    id: int
    copy: bool


@dataclass(frozen=True)
class _Coming:
    """An article that is being committed. `settled` is set when it is, or has failed."""

    outlet: str
    text: Fingerprint
    settled: asyncio.Event


class Copies:
    """`folder` is where it is saved, which anybody may empty."""

    def __init__(self, store: Store, folder: Path, disk: Disk | None = None) -> None:
        self._store = store
        self._path = folder / NAME
        self._disk = disk or Disk()
        self._neighbours: Neighbours | None = None
        self._saved_up_to = 0
        self._saving: asyncio.Task[None] | None = None
        self._deciding = asyncio.Lock()
        self._coming: dict[int, _Coming] = {}

    async def close(self) -> None:
        if self._saving is not None:
            await self._saving
        if self._neighbours is not None and self._neighbours.sealed_up_to > self._saved_up_to:
            await self._save(self._neighbours)

    @asynccontextmanager
    async def place(self, outlet: str, text: Fingerprint, now: datetime, *, followed: bool) -> AsyncIterator[Place]:
        """Where an outlet's text belongs. What is to be a briefing is committed inside, or never.

        One that a source brought (`followed`) can be a copy of any: feeds bring their items again under other names.
        One that somebody handed in is meant to be kept, unless another outlet had its text: an outlet's own texts in
        the same form, town by town, are reports of their own.

        Of two copies that come at once, the second waits until the first is on the disk.
        """
        coming = _Coming(outlet, text, asyncio.Event())
        place = await self._decide(coming, now, followed)
        while place.copy and place.id in self._coming:
            await self._coming[place.id].settled.wait()
            place = await self._decide(coming, now, followed)
        try:
            yield place
        finally:
            if not place.copy:
                self._coming.pop(place.id).settled.set()

    async def _decide(self, coming: _Coming, now: datetime, followed: bool) -> Place:
        async with self._deciding:
            if self._neighbours is None:
                self._neighbours = await self._filled(now)
            candidates = self._neighbours.candidates(coming.text, now)
            known = [(one.id, await self._read(one.id, coming.outlet, followed)) for one in candidates]
            match = first_match(coming.text, known)
            if match is not None:
                return Place(match.id, copy=True)
            id = self._store.next_id(BRIEFINGS)
            self._neighbours.add(id, now, coming.text)
            self._coming[id] = coming
            if self._neighbours.sealed_up_to >= self._saved_up_to + SAVED_EVERY and self._idle:
                self._saving = asyncio.create_task(self._save(self._neighbours))
            return Place(id, copy=False)

    @property
    def _idle(self) -> bool:
        return self._saving is None or self._saving.done()

    async def _read(self, id: int, outlet: str, followed: bool) -> Fingerprint | None:
        """The text of an article that one of `outlet` may be a copy of; None where it may not, or is gone."""
        if id in self._coming:
            coming = self._coming[id]
            return coming.text if followed or _elsewhere(outlet, coming.outlet) else None
        filed = await self._store.get(ARTICLES, id)
        if filed is None or not (followed or _elsewhere(outlet, filed.article.outlet)):
            return None
        return fingerprint(filed.article.text, filed.article.language)

    async def _filled(self, now: datetime) -> Neighbours:
        """In threads where it takes time: a desk of many articles goes on answering."""
        neighbours = await asyncio.to_thread(self._restored)
        self._saved_up_to = neighbours.sealed_up_to
        above = max(self._saved_up_to, await self._last_before(now - WINDOW))
        async for filed in self._store.rows(ARTICLES, above=above):
            briefing = await self._store.get(BRIEFINGS, filed.id)
            text = await asyncio.to_thread(fingerprint, filed.article.text, filed.article.language)
            neighbours.add(filed.id, (briefing and briefing.received) or now, text)
        return neighbours

    def _restored(self) -> Neighbours:
        """None of it where that is of a desk that came before this one was restored: its ids say other things."""
        try:
            sealed, sequence = read(self._path.read_bytes())
        except FileNotFoundError:
            return Neighbours()
        except (OSError, ValueError) as error:
            log.warning("%s is made again: %s", self._path, error)
            return Neighbours()
        return Neighbours.restored(sealed if sequence <= self._store.sequence else ())

    async def _save(self, neighbours: Neighbours) -> None:
        sealed, upto = neighbours.sealed, neighbours.sealed_up_to
        try:
            await asyncio.to_thread(self._disk.replace, self._path, written(sealed, self._store.sequence))
        except OSError as error:
            log.warning("%s could not be saved, and the next start will take longer: %s", self._path, error)
        self._saved_up_to = upto

    async def _last_before(self, since: datetime) -> int:
        """The highest id received before `since`, or that there is no room for; by bisection, since ids rise."""
        high = self._store.highest(BRIEFINGS)
        low = max(0, high - MOST)
        while low < high:
            middle = (low + high + 1) // 2
            found = await self._store.newest(BRIEFINGS, 1, below=middle + 1)
            if found and found[0].id > low and found[0].received and found[0].received >= since:
                high = found[0].id - 1
            else:
                low = middle
        return low


def _elsewhere(one: str, other: str) -> bool:
    return bool(one and other) and one.casefold() != other.casefold()
