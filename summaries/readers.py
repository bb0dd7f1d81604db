"""What people put aside and looked at; the only writer of the table."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace

from summaries.archive.store import READERS, Delete, Put, Store
from summaries.models import Reader, Visit, instant

Edit = Callable[[Reader], Reader]
"""A pure function of what is there. Returning its argument changes nothing, and nothing is written."""

SAME_VISIT = timedelta(minutes=15)
"""From one look to the next, which still asks the same: a double tap, or the chat opened again, must find what is new
as it was found before."""
MOST_LOOKED = 1_000
"""Stories of which it is kept when one person looked at them; the longest ago go first."""


class Readers:
    """Of one desk, by Telegram's user ids; below 0 is a chat in whose name somebody speaks, of whom nothing is kept.

    Coroutines raise `DiskError` where the disk refuses.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changing = asyncio.Lock()

    async def get(self, person: int) -> Reader:
        """As it is kept; with nothing in it for somebody of whom nothing is."""
        return await self._store.get(READERS, person) or Reader(person)

    async def change(self, person: int, edit: Edit) -> Reader:
        """What `edit` makes of it, on the disk when this returns."""
        async with self._changing:
            before = await self.get(person)
            after = edit(before)
            if after != before and person > 0:
                await self._store.commit([Put(READERS, after)])
            return after

    async def forget(self, person: int) -> None:
        async with self._changing:
            await self._store.commit([Delete(READERS, person)])


def visited(before: Visit | None, now: datetime) -> Visit:
    """The visit that a look at `now` belongs to."""
    at = instant(now)
    if before is None:
        return Visit(at)
    return Visit(at, before.since if at - before.at < SAME_VISIT else before.at)


def looked_at(reader: Reader, stories: tuple[int, ...], now: datetime) -> Reader:
    """`stories` are the ids that one story goes by, or went by before it was joined: the first one from now on."""
    known = [visit for id in stories if (visit := reader.looked.get(id))]
    last = max(known, key=lambda visit: visit.at, default=None)
    kept = {id: visit for id, visit in reader.looked.items() if id not in stories}
    looked = {**kept, stories[0]: visited(last, now)}
    newest = sorted(looked.items(), key=lambda item: item[1].at)[-MOST_LOOKED:]
    return replace(reader, looked=dict(newest))


def asked_what_is_new(reader: Reader, now: datetime) -> Reader:
    return replace(reader, last=visited(reader.last, now))
