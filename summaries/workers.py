"""Killable worker processes for work that the text of a stranger decides the length of.

Reading a page or condensing an article takes milliseconds, unless somebody wrote one that takes minutes. Such work runs
in processes of its own with a deadline; one that overruns it or dies is replaced, and only its own article is refused.
What is heavy to import (trafilatura, py3langid: 90 MB) is imported there and not in the main process.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import TimeoutError as DeadlineError
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from summaries.errors import KilledError

P = ParamSpec("P")
R = TypeVar("R")

PRELOADED = ["summaries.polled", "trafilatura", "py3langid", "feedparser", "sumy.summarizers.lex_rank"]
TASKS_PER_PROCESS = 5_000
"""A worker is replaced after so many tasks: lxml and friends leak slowly."""


class Workers:
    """A pool of processes. Functions and arguments must be importable and picklable.

    `deadline` is in seconds, from the moment at which a process takes the work up.
    """

    def __init__(self, *, processes: int | None = None, deadline: float = 20.0) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads only wait for each other
        self.size = processes or os.cpu_count() or 1
        self._deadline = deadline
        self._running: set[ProcessFuture[Any]] = set()
        self._pool = ProcessPool(max_workers=self.size, max_tasks=TASKS_PER_PROCESS, context=context)

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `function` returns or raises; `KilledError` where it overran the deadline or killed its process."""
        future = self._pool.schedule(function, args=args, kwargs=kwargs, timeout=self._deadline)
        self._running.add(future)
        future.add_done_callback(self._running.discard)
        try:
            return await asyncio.wrap_future(future)
        except DeadlineError:
            raise KilledError(f"took longer than {self._deadline:g} s to read and was given up") from None
        except ProcessExpired as expired:
            raise KilledError(f"the process that read it died (exit code {expired.exitcode})") from None

    async def close(self) -> None:
        """Stop the processes; what still runs is killed, and whoever waits for it is cancelled."""
        for future in tuple(self._running):  # pebble's stop() leaves them unanswered for ever
            future.cancel()  # type: ignore[no-untyped-call]
        self._pool.stop()  # type: ignore[no-untyped-call]
        await asyncio.to_thread(self._pool.join)

    async def __aenter__(self) -> "Workers":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
