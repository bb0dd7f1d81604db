"""Briefings in another length than the one that is kept: made of the kept article when somebody asks for them."""

import asyncio

from msgspec.structs import replace

from summaries.archive.lru import Lru
from summaries.archive.store import ARTICLES, Store
from summaries.editing.brief import brief
from summaries.models import Article, Briefing, Length

KEPT_BYTES = 4_000_000
"""Of retold briefings: the same ones go to many readers within a few minutes."""


class Retelling:
    """Of one desk. Only reads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: Lru[tuple[int, Length, object], Briefing] = Lru(KEPT_BYTES)
        self._turn = asyncio.Lock()

    async def retold(self, found: Briefing, length: Length) -> Briefing:
        """`found` with as many of its article's sentences as `length` asks for; itself for "normal".

        Where the article is no longer kept, it is told as it is.
        """
        if length == "normal":
            return found
        key = found.id, length, found.updated
        async with self._turn:  # whoever waits finds it made
            known = self._kept.get(key)
            if known is None:
                known = await self._made(found, length)
                self._kept.put(key, known, sum(len(each.text) for each in known.sentences) + 1_000)
        return replace(known, also=found.also, story=found.story, event=found.event)

    async def _made(self, found: Briefing, length: Length) -> Briefing:
        filed = await self._store.get(ARTICLES, found.id)
        if filed is None:
            return found
        made = await asyncio.to_thread(_brief, filed.article, length)
        return replace(found, sentences=made.sentences) if made.sentences else found


def _brief(article: Article, length: Length) -> Briefing:
    return brief(article, length=length)
