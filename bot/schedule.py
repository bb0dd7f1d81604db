"""A few fixed jobs that only say "now": APScheduler sets an event, and a long-running task does the work.

APScheduler cancels running coroutines at its shutdown, even with `wait=True`, so nothing that must end well runs in it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from summaries.errors import BackchannelError

logger = logging.getLogger(__name__)

COLLECT = timedelta(minutes=1)
"""How often it is looked which sources are due; each has its own times."""

DELIVER = timedelta(minutes=1)
"""How often it is looked what has fallen due to be sent. A tick that is late or lost loses nothing."""

HOUSEKEEPING = timedelta(hours=1)

ALARMS = timedelta(minutes=1)
"""How often the admins are told what failed meanwhile."""


@dataclass(frozen=True)
class Job:
    """Work that comes round: its name in the log, how often, and the coroutine function that does it once."""

    name: str
    every: timedelta
    work: Callable[[], Awaitable[None]]
    wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def tick(self) -> None:
        """A coroutine function, because APScheduler runs any other in a thread, where an event must not be set."""
        self.wake.set()


def next_minute(now: datetime) -> datetime:
    """When the next minute begins: digests are asked for by the minute, and come when it strikes, not when the bot was
    started."""
    return now.replace(second=0, microsecond=0) + timedelta(minutes=1)


def scheduler(jobs: tuple[Job, ...], now: datetime) -> AsyncIOScheduler:
    """An AsyncIOScheduler, not yet started. The first tick is at the next full minute.

    A tick that comes late still counts, several at once count once.
    """
    plan = AsyncIOScheduler(timezone="UTC")
    for job in jobs:
        plan.add_job(
            job.tick,
            IntervalTrigger(seconds=int(job.every.total_seconds()), start_date=next_minute(now), timezone="UTC"),
            id=job.name,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
    return plan


class Worker:
    """The task behind a job: works once for every time its event was set, and ends between two pieces of work."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._stopping = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name=self._job.name)

    async def drain(self) -> None:
        """Let the work in hand end, and no other begin."""
        self._stopping = True
        self._job.wake.set()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while True:
            await self._job.wake.wait()
            self._job.wake.clear()
            if self._stopping:
                return
            await self._once()

    async def _once(self) -> None:
        """One round. An error is logged and does not end the rounds: the next may find a disk with room again."""
        try:
            await self._job.work()
        except BackchannelError as error:
            logger.error("%s: %s", self._job.name, error)
        except Exception:
            logger.exception("%s failed", self._job.name)
