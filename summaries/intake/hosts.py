"""Turns at hosts: so many requests at once, and so much time between two starts, whoever asks."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

FEW = 1024
"""Up to so many hosts are remembered without looking for those that can be forgotten."""


class _Place:
    """One host: `users` hold or await a turn; the next start may be at `next_start`."""

    def __init__(self, at_once: int) -> None:
        self.gate = asyncio.Semaphore(at_once)
        self.starting = asyncio.Lock()
        self.next_start = float("-inf")
        self.users = 0


class Hosts:
    """`per_host` turns at once on a host and `at_once` over all; starts on a host are `delay` seconds apart.

    A host's own queue comes first, so that a hundred requests to a slow host don't hold the places of all others.
    """

    def __init__(
        self,
        *,
        per_host: int,
        at_once: int,
        delay: float,
        now: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._per_host, self._delay = per_host, delay
        self._now, self._sleep = now, sleep
        self._all = asyncio.Semaphore(at_once)
        self._places: dict[str, _Place] = {}
        self._tidy_at = FEW

    def __len__(self) -> int:
        return len(self._places)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Waits for a turn at `host` and holds it."""
        place = self._place(host)
        place.users += 1
        try:
            async with place.gate:
                await self._start(place)
                try:
                    yield
                finally:
                    self._all.release()
        finally:
            place.users -= 1

    async def _start(self, place: _Place) -> None:
        async with place.starting:
            wait = place.next_start - self._now()
            if wait > 0:
                await self._sleep(wait)
            await self._all.acquire()
            place.next_start = self._now() + self._delay

    def _place(self, host: str) -> _Place:
        found = self._places.get(host)
        if found is None:
            self._tidy()
            found = self._places[host] = _Place(self._per_host)
        return found

    def _tidy(self) -> None:
        if len(self._places) < self._tidy_at:
            return
        now = self._now()
        self._places = {host: place for host, place in self._places.items() if place.users or place.next_start > now}
        self._tidy_at = max(FEW, 2 * len(self._places))
