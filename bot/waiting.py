"""Waiting that somebody can end."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.polling import Pause


class Stir:
    """An event that ends a wait, and one that ends all waits for good. `pause` waits for some seconds."""

    def __init__(self, pause: Pause = asyncio.sleep) -> None:
        self._pause = pause
        self._stirred = asyncio.Event()
        self._stopped = asyncio.Event()

    @property
    def is_set(self) -> bool:
        return self._stirred.is_set()

    def set(self) -> None:
        self._stirred.set()

    def clear(self) -> None:
        self._stirred.clear()

    def stop(self) -> None:
        self._stopped.set()
        self._stirred.set()

    async def wait(self, seconds: float | None = None) -> None:
        """Until somebody stirs; at most so long."""
        await self._until(self._stirred, seconds)

    async def sleep(self, seconds: float) -> None:
        """So long, unless it stops."""
        await self._until(self._stopped, seconds)

    async def _until(self, event: asyncio.Event, seconds: float | None) -> None:
        if seconds is None:
            await event.wait()
        elif not event.is_set():
            await _first(event.wait(), _paused(self._pause, seconds))


async def _paused(pause: Pause, seconds: float) -> None:
    await pause(seconds)


async def _first(*works: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.create_task(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
