"""What people put aside and looked at; the only writer of the table."""

import asyncio
from collections.abc import Callable

from summaries.archive.store import READERS, Delete, Put, Store
from summaries.models import Reader

Edit = Callable[[Reader], Reader]
"""A pure function of what is there. Returning its argument changes nothing, and nothing is written."""


class Readers:
    """Of one desk, by Telegram's user ids. Coroutines raise `DiskError` where the disk refuses."""

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
            if after != before:
                await self._store.commit([Put(READERS, after)])
            return after

    async def forget(self, person: int) -> None:
        async with self._changing:
            await self._store.commit([Delete(READERS, person)])
