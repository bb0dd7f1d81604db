"""Has the desk met this article before? 64-bit keys of its guid, link and text, and which briefing has one of them.

Derived from the briefings' `keys` and from tombstones: missing, damaged or left behind, it is made again from the
store.
"""

import asyncio
import logging
import unicodedata
from array import array
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

import numpy as np

from summaries.archive import sorted_keys
from summaries.archive.disk import Disk
from summaries.archive.sorted_keys import Pairs
from summaries.archive.store import ARTICLES, BRIEFINGS, TOMBSTONES, Change, Delete, Put, Store, Tombstone
from summaries.models import Briefing

SHORTEST_TEXT = 64
"""Characters, white space folded. Shorter texts ("Read the full story on our site.") are shared by strangers."""
RECENT = 20_000
"""Keys that are held in memory before they are merged into the file."""

REBUILT_AT_ONCE = 200_000
"""Keys that are merged into the file at once when they are made again: a few megabytes."""

log = logging.getLogger(__name__)


def key_of(*, guid: str = "", url: str = "", text: str = "") -> int | None:
    """The key of the one that is given; None where it says nothing: blank, or a text under `SHORTEST_TEXT`.

    `guid` is unique in its feed only, so pass it with the feed's address before it. `url` is the identity key of a link
    (`intake.urls.url_key`), not the link. Signed, as databases keep 64 bits. A guid and a link of the same spelling
    have different keys.
    """
    if guid:
        return _hash(b"guid", guid.strip())
    if url:
        return _hash(b"url", url.strip())
    folded = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _hash(b"text", folded) if len(folded) >= SHORTEST_TEXT else None


def keys_of(*, guid: str = "", url: str = "", text: str = "") -> tuple[int, ...]:
    """The keys of all that are given, for `Briefing.keys`."""
    keys = (key_of(guid=guid), key_of(url=url), key_of(text=text))
    return tuple(key for key in keys if key is not None)


def _hash(kind: bytes, value: str) -> int | None:
    if not value:
        return None
    digest = blake2b(value.encode("utf-8", "surrogatepass"), digest_size=8, person=kind).digest()
    return int.from_bytes(digest, "big", signed=True)


def withdraw(briefing: Briefing, now: datetime) -> list[Change]:
    """The changes that take a briefing and its article out, and keep its keys, so that it is not announced again."""
    return [
        Delete(BRIEFINGS, briefing.id),
        Delete(ARTICLES, briefing.id),
        Put(TOMBSTONES, Tombstone(briefing.id, briefing.keys, now)),
    ]


class Keys:
    """From keys to briefing ids, those of withdrawn briefings included. `Keys.open` makes one."""

    def __init__(self, folder: Path, store: Store, disk: Disk) -> None:
        self._folder = folder
        self._store = store
        self._disk = disk
        self._pairs: Pairs = np.empty((0, 2), np.int64)
        self._merging: dict[int, int] = {}
        self._recent: dict[int, int] = {}
        self._save_at = RECENT
        self._saving: asyncio.Task[None] | None = None
        self._learning = asyncio.Lock()
        self._claims: dict[int, asyncio.Future[None]] = {}
        self.seen = 0
        """The commit up to which every key is known here."""
        self.saved = 0
        """The commit up to which the file knows them."""

    @classmethod
    async def open(cls, folder: Path, store: Store, *, disk: Disk | None = None) -> "Keys":
        """Up to date when it returns. Writes in `folder` unless the store is read-only."""
        keys = cls(folder, store, disk or Disk())
        found = await asyncio.to_thread(sorted_keys.load, folder)
        if found and found[1] <= store.sequence:  # else of another desk, or of this one before it was restored
            keys._pairs, keys.seen = found
            keys.saved = keys.seen
        await keys.catch_up()
        store.retain(lambda: keys.saved)
        return keys

    def find(self, keys: Iterable[int]) -> int | None:
        """The briefing that has the first of `keys` that any has: a withdrawn one too, of which a tombstone is left."""
        for key in keys:
            for some in (self._recent, self._merging):
                if key in some:
                    return some[key]
            found = sorted_keys.find(self._pairs, key)
            if found is not None:
                return found
        return None

    @asynccontextmanager
    async def claim(self, keys: Collection[int]) -> AsyncIterator[int | None]:
        """Decide about an article alone: gives what `find` finds, and holds off others with any of `keys` meanwhile.

            async with desk.keys.claim(keys) as known:
                if known is None:
                    await store.commit([Put(BRIEFINGS, briefing), Put(ARTICLES, filed)])

        What was committed inside is found by whoever comes next; if the commit failed, the next one is the first.
        """
        while held := {self._claims[key] for key in keys if key in self._claims}:
            await asyncio.wait(held)
        mine = asyncio.get_running_loop().create_future()
        self._claims.update(dict.fromkeys(keys, mine))
        try:
            await self.catch_up()
            yield self.find(keys)
        finally:
            for key in set(keys):
                del self._claims[key]
            mine.set_result(None)

    async def catch_up(self) -> None:
        """Learn the keys of every commit so far."""
        target = self._store.sequence
        if self.seen >= target:
            return
        async with self._learning:
            while self.seen < target:
                await self._learn_changes()
        if len(self._recent) >= self._save_at and not self._busy and not self._store.readonly:
            self._saving = asyncio.create_task(self._save())

    async def close(self) -> None:
        """Save what the file does not have. To be called before the store is closed."""
        if self._saving:
            await asyncio.wait({self._saving})
        if self._store.readonly:
            return
        await self.catch_up()
        if self.seen != self.saved:
            await self._save()

    @property
    def _busy(self) -> bool:
        return self._saving is not None and not self._saving.done()

    async def _learn_changes(self) -> None:
        sequence = self._store.sequence
        briefings = self._store.changed_since(BRIEFINGS, self.seen)
        tombstones = self._store.changed_since(TOMBSTONES, self.seen)
        if briefings is None or tombstones is None:
            await self._rebuild()
            return
        for id in briefings:
            self._learn(await self._store.get(BRIEFINGS, id))
        for id in tombstones:
            self._learn(await self._store.get(TOMBSTONES, id))
        self.seen = sequence

    def _learn(self, row: Briefing | Tombstone | None) -> None:
        if row is not None:
            self._recent.update(dict.fromkeys(row.keys, row.id))

    async def _save(self) -> None:
        """Merge into the file. Where the disk refuses, the keys stay in memory: the store has them."""
        seen = self.seen
        self._merging, self._recent = {**self._merging, **self._recent}, {}
        fresh = sorted_keys.pairs_of(list(self._merging), list(self._merging.values()))
        if await self._write(fresh, seen):
            self._merging, self._save_at = {}, RECENT
        else:
            self._recent, self._merging = {**self._merging, **self._recent}, {}
            self._save_at = len(self._recent) + RECENT

    async def _write(self, fresh: Pairs, seen: int) -> bool:
        try:
            self._pairs = await asyncio.to_thread(self._write_merged, fresh, seen)
        except OSError as error:
            log.warning("Keys are not saved, and are made again at the next start: %s", error)
            return False
        self.saved = seen
        return True

    def _write_merged(self, fresh: Pairs, seen: int) -> Pairs:
        sorted_keys.write(self._folder, sorted_keys.merge(self._pairs, fresh), seen, self._disk)
        found = sorted_keys.load(self._folder)
        if found is None:
            raise OSError(f"{self._folder / sorted_keys.NAME} cannot be read back")
        return found[0]

    async def _rebuild(self) -> None:
        """From every tombstone and briefing, a bounded number at a time."""
        if self._saving:
            await asyncio.wait({self._saving})
        sequence = self._store.sequence
        keys, ids = array("q"), array("q")
        async for row in self._all_rows():
            keys.extend(row.keys)
            ids.extend([row.id] * len(row.keys))
            if len(keys) >= REBUILT_AT_ONCE:
                await self._absorb(keys, ids, self.saved)  # not yet complete, should the process end here
                keys, ids = array("q"), array("q")
        await self._absorb(keys, ids, sequence)
        self.seen = sequence

    async def _all_rows(self) -> AsyncIterator[Briefing | Tombstone]:
        async for tombstone in self._store.rows(TOMBSTONES):
            yield tombstone
        async for briefing in self._store.rows(BRIEFINGS):
            yield briefing

    async def _absorb(self, keys: "array[int]", ids: "array[int]", sequence: int) -> None:
        fresh = sorted_keys.pairs_of(np.frombuffer(keys, np.int64), np.frombuffer(ids, np.int64))
        if self._store.readonly or not await self._write(fresh, sequence):
            self._pairs = np.concatenate(list(sorted_keys.merge(self._pairs, fresh)))
