"""How an article and its briefing are kept, met again, revised and dated: every article comes by here."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from summaries.archive.keys import Keys, keys_of, withdraw
from summaries.archive.search import Index
from summaries.archive.store import ARTICLES, BRIEFINGS, Put, Store
from summaries.copies import Copies
from summaries.editing.correction import Correction, corrected
from summaries.intake.urls import url_key
from summaries.models import AlsoIn, Article, Briefing, Filed, instant
from summaries.pipeline import Prepared, same_story
from summaries.placing import Placer
from summaries.regrouping import Regrouping
from summaries.threads.vectors import Vector

STUB = 3
"""An article that has lost two thirds of its text was not shortened by its authors: a wall stands before it."""


MOST_ALSO = 50
"""Copies that are kept with one briefing: a feed that gives its items new ids and links at every poll has no end."""


@dataclass(frozen=True)
class Added:
    briefing: Briefing


@dataclass(frozen=True)
class Known:
    """The desk has met this article before: nothing was added. `briefing` is the one that it has."""

    briefing: Briefing


@dataclass(frozen=True)
class Copied(Known):
    """The desk has this text from elsewhere, though perhaps edited or cut: it is kept as `also` of that briefing."""


class Filing:
    """Of one desk. Coroutines raise `DiskError` where the disk refuses."""

    def __init__(
        self,
        store: Store,
        keys: Keys,
        index: Index,
        copies: Copies,
        placer: Placer,
        regrouping: Regrouping,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._keys = keys
        self._index = index
        self._copies = copies
        self._placer = placer
        self._regrouping = regrouping
        self._clock = clock
        self._changing = asyncio.Lock()

    async def file(
        self, prepared: Prepared, *, ref: str = "", tags: Sequence[str] = (), source: int = 0, keys: Sequence[int] = ()
    ) -> Added | Known:
        """Keep an article and its briefing, unless its guid, link or text is known. On the disk when this returns.

        A text that another outlet had first, edited or cut, is kept as `also` of that briefing (`threads.duplicates`).
        `keys` are others under which it is known, and is to be recognised. Every article comes by here.
        """
        article = prepared.article
        keys = _keys(article, keys)
        async with self._keys.claim(keys) as known:
            if known is not None:
                return await self._met_again(known, article, keys, ref)
            now = instant(self._clock())
            text = prepared.fingerprint
            async with self._copies.place(article.outlet, text, now, followed=bool(source)) as place:
                if place.copy:
                    return Copied(await self._join(place.id, article, keys, ref) or Briefing("", (), id=place.id))
                briefing = replace(
                    prepared.briefing, id=place.id, ref=ref, received=now, keys=keys, tags=tuple(tags),
                    source=source, origin=article.origin,
                )  # fmt: skip
                briefing = await self._keep(briefing, article, prepared.vector)
        self._index.wake()
        return Added(briefing)

    async def _keep(self, briefing: Briefing, article: Article, vector: Vector) -> Briefing:
        """Commit a new briefing, together with the event and story that it belongs to.

        It is received now: who looks at what is new while it waits for its place must find it new the next time.
        """
        async with self._placer.place(briefing.id, vector, article.published) as placed:
            now = instant(self._clock())
            kept = replace(briefing, event=placed.event, story=placed.story, why=placed.why, received=now)
            filed = Filed(briefing.id, article)
            await self._store.commit([Put(BRIEFINGS, kept), Put(ARTICLES, filed), *placed.changes])
        return kept

    async def _met_again(self, id: int, article: Article, keys: tuple[int, ...], ref: str) -> Known:
        known = await self._store.get(BRIEFINGS, id)
        if known is None:
            return Known(Briefing("", (), id=id))
        elsewhere = article.outlet != known.outlet and not set(keys) <= set(known.keys)
        return Copied(await self._join(id, article, keys, ref) or known) if elsewhere else Known(known)

    async def _join(self, id: int, copy: Article, keys: tuple[int, ...], ref: str) -> Briefing | None:
        """Keep a copy with briefing `id`; None where that was withdrawn."""
        async with self._changing:
            first = await self._store.get(BRIEFINGS, id)
            if first is None or len(first.also) >= MOST_ALSO:
                return first
            known = tuple(dict.fromkeys((*first.keys, *keys)))
            also = (*first.also, AlsoIn(copy.outlet, copy.url, copy.published, ref))
            briefing = replace(first, keys=known, also=also)
            await self._store.commit([Put(BRIEFINGS, briefing)])
        self._index.wake()
        return briefing

    async def revise(
        self, id: int, prepared: Prepared, *, source: int = 0, keys: Sequence[int] = ()
    ) -> Briefing | None:
        """Put a changed article in place of what briefing `id` was made of; None where there is nothing to change.

        That is where the briefing was withdrawn, where title and sentences are what they were, and where what was read
        now is less than what was read before: the feed's text instead of the page's, or a stub of it. A copy that
        changed (`also`) changes nothing: the words are those of the outlet that had them first.
        """
        async with self._changing:
            before, filed = await self._store.get(BRIEFINGS, id), await self._store.get(ARTICLES, id)
            article = prepared.article
            if before is None or filed is None or same_story(filed.article, article):
                return None
            if _is_copy(article, before, source):
                return None
            if article.origin == "feed" != before.origin or STUB * len(article.text) < len(filed.article.text):
                return None
            known = tuple(dict.fromkeys((*before.keys, *_keys(article, keys))))
            briefing = replace(
                prepared.briefing, id=id, ref=before.ref, received=before.received, tags=before.tags,
                source=before.source, also=before.also, keys=known, origin=article.origin,
                updated=instant(self._clock()), published=prepared.briefing.published or before.published,
                event=before.event, story=before.story, why=before.why,
            )  # fmt: skip
            await self._store.commit([Put(BRIEFINGS, briefing), Put(ARTICLES, Filed(id, article))])
            await self._placer.revised(briefing)
        self._index.wake()
        return briefing

    async def withdraw(self, id: int) -> bool:
        """Take a briefing and its article out for good: what stays says only that it was there. False where it is not.

        Its keys stay as well, so that no source brings it back.
        """
        async with self._changing:
            before = await self._store.get(BRIEFINGS, id)
            if before is None:
                return False
            await self._store.commit(withdraw(before, instant(self._clock())))
            await self._placer.revised(before)
        self._index.wake()
        return True

    async def correct(self, id: int, correction: Correction) -> Briefing | None:
        """An admin's correction; None where the briefing or its article is not there.

        Raises `InputError` for what is not the article's own. What is so already is no correction. A later change by
        the outlet itself takes its place.
        """
        async with self._changing:
            before, filed = await self._store.get(BRIEFINGS, id), await self._store.get(ARTICLES, id)
            if before is None or filed is None:
                return None
            made = await asyncio.to_thread(corrected, before, filed.article, correction)
            if made == before:
                return before
            briefing = replace(made, corrected=instant(self._clock()))
            await self._store.commit([Put(BRIEFINGS, briefing)])
        self._index.wake()
        return briefing

    async def redate(self, briefing: int, when: datetime) -> Briefing | None:
        """Say when an article was published; None where it is not there."""
        async with self._changing:
            changed = await self._regrouping.redate(briefing, instant(when))
        self._index.wake()
        return changed


def _is_copy(article: Article, first: Briefing, source: int) -> bool:
    """Whether these are another outlet's words: those of an address that is `also`, or of another source's feed.

    Several feeds of one outlet show the same address, and each may be the first to show that it changed.
    """
    link = url_key(article.url)
    if link and link == url_key(first.url):
        return False
    return source != first.source or any(link == url_key(copy.url) for copy in first.also if link)


def _keys(article: Article, others: Sequence[int]) -> tuple[int, ...]:
    """What an article is recognised by. The link of a text from a feed is among `others` if it is the article's own."""
    url = "" if article.origin == "feed" else url_key(article.url)
    return tuple(dict.fromkeys((*keys_of(guid=article.guid, url=url, text=article.text), *others)))
