"""Killable worker processes for work that the text of a stranger decides the length of.

Reading a page or condensing an article takes milliseconds, unless somebody wrote one that takes minutes. Such work runs
in processes of its own with a deadline; one that overruns it or dies is replaced, and only its own article is refused.
What is heavy to import (trafilatura, py3langid: 90 MB) is imported there and not in the main process.
"""

import asyncio
import logging
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import TimeoutError as DeadlineError
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from summaries.errors import KilledError

log = logging.getLogger(__name__)

P = ParamSpec("P")
R = TypeVar("R")

PRELOADED = [
    "summaries.polled",
    "trafilatura",
    "py3langid",
    "feedparser",
    "sumy.summarizers.lex_rank",
    "summaries.warming",
]
TASKS_PER_PROCESS = 5_000
"""A worker is replaced after so many tasks: lxml and friends leak slowly."""
TRIES = 3
"""How often work is begun whose pool broke: which of all that was in it broke it is not known."""
_LOOKED_AT = 1.0
"""Seconds after which a pool that is silent is asked whether it is still there."""


class Workers:
    """A pool of processes. Functions and arguments must be importable and picklable.

    `deadline` is in seconds, from the moment at which a process takes the work up.
    """

    def __init__(self, *, processes: int | None = None, deadline: float = 20.0) -> None:
        multiprocessing.get_context("forkserver").set_forkserver_preload(PRELOADED)
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # more threads only wait for each other
        self.size = processes or os.cpu_count() or 1
        self._deadline = deadline
        self._running: set[ProcessFuture[Any]] = set()
        self._pool = self._made()
        self._ending: set[asyncio.Future[None]] = set()
        self._closed = False

    def _made(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        return ProcessPool(max_workers=self.size, max_tasks=TASKS_PER_PROCESS, context=context)

    async def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `function` returns or raises; `KilledError` where it overran the deadline or killed its process."""
        for _ in range(TRIES):
            pool = self._whole_pool()
            future = pool.schedule(function, args=args, kwargs=kwargs, timeout=self._deadline)
            self._running.add(future)
            future.add_done_callback(self._running.discard)
            try:
                return await self._result(pool, future)
            except DeadlineError:
                raise KilledError(f"took longer than {self._deadline:g} s to read and was given up") from None
            except ProcessExpired as expired:
                raise KilledError(f"the process that read it died (exit code {expired.exitcode})") from None
            except BrokenProcessPool:
                log.debug("%s is begun again", function.__name__)
        raise KilledError("the process that read it died")

    async def _result(self, pool: ProcessPool, future: "ProcessFuture[R]") -> R:
        waiting = asyncio.wrap_future(future)
        try:
            while not waiting.done():
                await asyncio.wait({waiting}, timeout=_LOOKED_AT)
                if not (waiting.done() or pool.active):
                    raise BrokenProcessPool
            return waiting.result()
        except BaseException:
            waiting.cancel()
            raise

    def _whole_pool(self) -> ProcessPool:
        """The pool, or another in its place: pebble's breaks when a process dies that has nothing to do."""
        if not (self._closed or self._pool.active):
            log.warning("a worker process died while it had nothing to do: all are started anew")
            ending = asyncio.get_running_loop().run_in_executor(None, self._pool.join)
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)
            self._pool = self._made()
        return self._pool

    async def close(self) -> None:
        """Stop the processes; what still runs is killed, and whoever waits for it is cancelled."""
        self._closed = True
        for future in tuple(self._running):  # pebble's stop() leaves them unanswered for ever
            future.cancel()  # type: ignore[no-untyped-call]
        self._pool.stop()  # type: ignore[no-untyped-call]
        await asyncio.gather(asyncio.to_thread(self._pool.join), *self._ending)

    async def __aenter__(self) -> "Workers":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
