"""Whether an article that is to be filed is a copy of one that the desk has: `threads` asked about the archive.

Derived from the articles of the last 14 days, which are read when the first article is filed after opening; reading
commands never need them.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from summaries.archive.store import ARTICLES, BRIEFINGS, Store
from summaries.models import Article
from summaries.threads.duplicates import Fingerprint, fingerprint
from summaries.threads.neighbours import MOST, WINDOW, Neighbours, first_match


@dataclass(frozen=True)
class Place:
    """Where an article belongs: with briefing `id` as its copy, or as the briefing `id` that is to be."""

    id: int
    copy: bool


class Copies:
    def __init__(self, store: Store) -> None:
        self._store = store
        self._neighbours: Neighbours | None = None
        self._deciding = asyncio.Lock()
        self._coming: dict[int, tuple[Fingerprint, asyncio.Event]] = {}

    @asynccontextmanager
    async def place(self, article: Article, now: datetime) -> AsyncIterator[Place]:
        """Where `article` belongs. What is to be a briefing is committed inside, or never.

        Of two copies that come at once, the second waits until the first is on the disk.
        """
        text = fingerprint(article.text, article.language)
        place = await self._decide(text, now)
        while place.copy and place.id in self._coming:
            await self._coming[place.id][1].wait()
            place = await self._decide(text, now)
        try:
            yield place
        finally:
            if not place.copy:
                self._coming.pop(place.id)[1].set()

    async def _decide(self, text: Fingerprint, now: datetime) -> Place:
        async with self._deciding:
            if self._neighbours is None:
                self._neighbours = await self._filled(now)
            candidates = self._neighbours.candidates(text, now)
            match = first_match(text, [(one.id, await self._read(one.id)) for one in candidates])
            if match is not None:
                return Place(match.id, copy=True)
            id = self._store.next_id(BRIEFINGS)
            self._neighbours.add(id, now, text)
            self._coming[id] = text, asyncio.Event()
            return Place(id, copy=False)

    async def _read(self, id: int) -> Fingerprint | None:
        if id in self._coming:
            return self._coming[id][0]
        filed = await self._store.get(ARTICLES, id)
        return fingerprint(filed.article.text, filed.article.language) if filed else None

    async def _filled(self, now: datetime) -> Neighbours:
        """In a thread where it takes time: a desk of many articles goes on answering."""
        neighbours = Neighbours()
        async for filed in self._store.rows(ARTICLES, above=await self._last_before(now - WINDOW)):
            briefing = await self._store.get(BRIEFINGS, filed.id)
            text = await asyncio.to_thread(fingerprint, filed.article.text, filed.article.language)
            neighbours.add(filed.id, (briefing and briefing.received) or now, text)
        return neighbours

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
