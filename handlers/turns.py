"""One thing of a kind at a time for each person: the next is begun when what they asked for before is done."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

Key = tuple[str, int]
"""A kind of work, and the person who asked for it."""


class Turns:
    """Kept no longer than somebody is at work or waits."""

    def __init__(self) -> None:
        self._locks: dict[Key, tuple[asyncio.Lock, int]] = {}

    def waiting(self, whose: Key) -> int:
        """How many things of theirs are at work or wait for their turn."""
        return self._locks[whose][1] if whose in self._locks else 0

    @asynccontextmanager
    async def turn(self, whose: Key) -> AsyncIterator[None]:
        lock, waiting = self._locks.get(whose, (asyncio.Lock(), 0))
        self._locks[whose] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._locks.pop(whose)
            if waiting > 1:
                self._locks[whose] = (lock, waiting - 1)
