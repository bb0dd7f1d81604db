"""The desk's sources and its notices: few enough to be in memory, every change committed before it is seen.

People change what is theirs (name, tags, labels, a pause), updates change the health; each reads the row and writes it
again under the source's own lock, so that neither undoes the other.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from weakref import WeakValueDictionary

from msgspec.structs import replace

from summaries.archive.store import NOTICES, SEEN, SOURCES, Change, Delete, Put, Store
from summaries.errors import InputError
from summaries.intake.health import After, Cause
from summaries.intake.urls import is_url, url_key
from summaries.models import Health, Notice, Seen, Source, instant

NOTICES_KEPT = timedelta(days=30)
"""How long a notice that was read is kept."""

_FIELDS = frozenset({"url", "name", "site", "language", "tags", "labels", "credentials", "paused"})
"""What people may change of a source."""


class Sources:
    """`Sources.open` makes one. Coroutines raise `DiskError` where the disk refuses."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store, self._clock = store, clock
        self._rows: dict[int, Source] = {}
        self._by_url: dict[str, int] = {}
        self._notices: dict[int, Notice] = {}
        self._unread: dict[str, int] = {}
        self._adding: dict[str, asyncio.Task[Source]] = {}
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    async def open(cls, store: Store, clock: Callable[[], datetime]) -> "Sources":
        sources = cls(store, clock)
        async for source in store.rows(SOURCES):
            sources._learn(source)
        async for notice in store.rows(NOTICES):
            sources._note(notice)
        return sources

    # --- questions

    def all(self) -> list[Source]:
        """The first added first."""
        return [self._rows[id] for id in sorted(self._rows)]

    def get(self, id: int) -> Source | None:
        return self._rows.get(id)

    def find(self, url: str) -> Source | None:
        """The source with this address, however it is written."""
        return self._rows.get(self._by_url.get(url_key(url), 0))

    async def seen(self, id: int) -> Seen | None:
        """What its feed showed; None before its first check that went well."""
        return await self._store.get(SEEN, id)

    def kept_since(self, id: int, since: datetime) -> int:
        """Articles that it brought on `since`'s UTC day and later, of the last 31 days."""
        source, first = self._rows.get(id), since.astimezone(UTC).date().isoformat()
        return sum(count for day, count in source.health.kept.items() if day >= first) if source else 0

    # --- what people change

    async def add(
        self,
        url: str,
        *,
        name: str = "",
        site: str = "",
        language: str = "",
        tags: Iterable[str] = (),
        labels: Mapping[str, str] | None = None,
        credentials: str = "",
    ) -> Source:
        """A new source, to be checked at once; the known one where there is one. Raises `InputError` for no address."""
        url, key = url.strip(), url_key(url)
        _refuse_bad(url)
        fields: dict[str, Any] = {"name": name, "site": site, "language": language, "credentials": credentials}
        fields |= {"tags": tuple(tags), "labels": dict(labels or {})}
        if known := self.find(url):
            return known
        if key not in self._adding:
            self._adding[key] = task = asyncio.create_task(self._add(url, fields))
            task.add_done_callback(lambda _: self._adding.pop(key))
        return await asyncio.shield(self._adding[key])

    async def change(self, id: int, **fields: Any) -> Source | None:
        """The source with some of its fields changed; None where there is none. Raises `InputError` for a bad address.

        A resumed source, and one with another address or other credentials, is checked at once.
        """
        if strange := fields.keys() - _FIELDS:
            raise TypeError(f"people don't change a source's {', '.join(sorted(strange))}")
        if "url" in fields:
            self._refuse_taken(id, fields["url"])
        return await self.settle(id, lambda source: After(_changed(source, fields)))

    async def remove(self, id: int) -> bool:
        """Forget a source and what it showed; its briefings stay. False where there is none."""
        async with self._lock(id):
            source = self._rows.get(id)
            if source is None:
                return False
            about = [n for n in self._notices.values() if n.values.get("source") == str(id)]
            rows = [Delete(NOTICES, notice.id) for notice in about]
            await self._store.commit([Delete(SOURCES, id), Delete(SEEN, id), *rows])
            del self._rows[id]
            self._by_url.pop(url_key(source.url), None)
            for notice in about:
                self._drop(notice)
            return True

    # --- what updates change

    async def settle(
        self,
        id: int,
        mend: Callable[[Source], After],
        changes: Iterable[Change] = (),
    ) -> Source | None:
        """Write what `mend` makes of the source as it is now, its notices and `changes`, in one commit.

        None where the source was removed meanwhile: then nothing is written.
        """
        async with self._lock(id):
            before = self._rows.get(id)
            if before is None:
                return None
            told = mend(before)
            after = told.source
            notices = [self._noticed(_about(after), cause, id) for cause in told.causes]
            await self._store.commit([Put(SOURCES, after), *changes, *(Put(NOTICES, notice) for notice in notices)])
            if url_key(before.url) != url_key(after.url):
                self._by_url.pop(url_key(before.url), None)
            self._learn(after)
            return after

    # --- notices

    def notices(self, *, unread: bool = True) -> list[Notice]:
        """The last one first."""
        found = [notice for notice in self._notices.values() if not (unread and notice.read)]
        return sorted(found, key=lambda notice: (notice.last, notice.id), reverse=True)

    async def tell(self, cause: Cause) -> Notice:
        """Keep what the admin should know of something else than a source; `cause.values` has its "name"."""
        notice = self._noticed({}, cause, 0)
        await self._store.commit([Put(NOTICES, notice)])
        return notice

    async def read(self, ids: Iterable[int]) -> None:
        """Whatever happens again after this is a new notice."""
        rows = [replace(self._notices[id], read=True) for id in ids if id in self._notices]
        await self._store.commit([Put(NOTICES, notice) for notice in rows])
        for notice in rows:
            self._note(notice)

    async def housekeeping(self, now: datetime) -> None:
        old = [notice for notice in self._notices.values() if notice.read and notice.last < now - NOTICES_KEPT]
        if old:
            await self._store.commit([Delete(NOTICES, notice.id) for notice in old])
        for notice in old:
            self._drop(notice)

    # --- inside

    async def _add(self, url: str, fields: dict[str, Any]) -> Source:
        source = Source(self._store.next_id(SOURCES), url, instant(self._clock()), **fields)
        await self._store.commit([Put(SOURCES, source)])
        self._learn(source)
        return source

    def _refuse_taken(self, id: int, url: str) -> None:
        _refuse_bad(url)
        other = self.find(url)
        if other is not None and other.id != id:
            raise InputError(f"{url} is source {other.id} already: remove one of them")

    def _noticed(self, about: dict[str, str], cause: Cause, id: int) -> Notice:
        """The unread notice of a cause, counted up, or a new one. Known at once, so that two don't take one for new."""
        key, now = f"{cause.code}:{id}:{cause.key}", instant(self._clock())
        values = {**about, **cause.values}
        known = self._notices.get(self._unread.get(key, 0))
        if known:
            notice = replace(known, values=values, last=now, count=known.count + 1)
        else:
            notice = Notice(self._store.next_id(NOTICES), key, cause.code, now, now, values)
        self._note(notice)
        return notice

    def _learn(self, source: Source) -> None:
        self._rows[source.id] = source
        self._by_url[url_key(source.url)] = source.id

    def _note(self, notice: Notice) -> None:
        self._notices[notice.id] = notice
        if not notice.read:
            self._unread[notice.cause] = notice.id
        elif self._unread.get(notice.cause) == notice.id:
            del self._unread[notice.cause]

    def _drop(self, notice: Notice) -> None:
        self._notices.pop(notice.id, None)
        if self._unread.get(notice.cause) == notice.id:
            del self._unread[notice.cause]

    def _lock(self, id: int) -> asyncio.Lock:
        lock = self._locks.get(id)
        if lock is None:
            lock = self._locks[id] = asyncio.Lock()
        return lock


def _about(source: Source) -> dict[str, str]:
    return {"source": str(source.id), "name": source.name or source.url}


def _refuse_bad(url: str) -> None:
    """Raises `InputError`. A password in an address would be stored and shown."""
    if not is_url(url):
        raise InputError(f"{url} is no http or https address: give the one of a feed or of a site")
    if "@" in url.split("//", 1)[1].split("/", 1)[0]:
        raise InputError("the address holds a user name or password: keep them in an environment variable and name it")


def _changed(source: Source, fields: Mapping[str, Any]) -> Source:
    changed = replace(source, **fields)
    changed = replace(changed, tags=tuple(changed.tags), labels=dict(changed.labels))
    if changed.url != source.url:
        return replace(changed, health=replace(_fresh(source.health), etag="", modified=""))
    if changed.credentials != source.credentials or (source.paused and not changed.paused):
        return replace(changed, health=_fresh(source.health))
    return changed


def _fresh(health: Health) -> Health:
    """As it would be without its failures, to be checked at once."""
    return replace(
        health,
        reason="", detail="", failures=0, failing_since=None, told=False, next_check=None, moved_to="", moved_days=(),
    )  # fmt: skip
