"""The people whom the bot knows; the only writer of the table."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from msgspec.structs import replace

from summaries.archive.store import PEOPLE, Put, Store
from summaries.models import Access, Person, instant

Edit = Callable[[Person], Person]
"""A pure function of what is known. Returning its argument changes nothing, and nothing is written."""


class People:
    """Of one desk, by Telegram's user ids. Coroutines raise `DiskError` where the disk refuses."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock
        self._changing = asyncio.Lock()

    async def get(self, id: int) -> Person | None:
        return await self._store.get(PEOPLE, id)

    def all(self) -> AsyncIterator[Person]:
        return self._store.rows(PEOPLE)

    async def change(self, id: int, edit: Edit) -> Person:
        """What `edit` makes of them, first met now if nobody knew them. On the disk when this returns."""
        async with self._changing:
            before = await self.get(id)
            after = edit(before or Person(id, since=instant(self._clock())))
            if after != before:
                await self._store.commit([Put(PEOPLE, after)])
            return after

    async def named(self, username: str) -> Person | None:
        """Whom Telegram knows under this name, with or without "@", in any case."""
        wanted = username.removeprefix("@").lower()
        async for person in self.all():
            if person.username.lower() == wanted:
                return person
        return None


def with_access(person: Person, access: Access) -> Person:
    return replace(person, access=access)
