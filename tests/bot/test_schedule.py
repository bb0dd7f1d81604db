import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.schedule import HOUSEKEEPING, Job, Worker, next_minute, scheduler
from summaries.errors import DiskError

NOW = datetime(2032, 9, 1, 7, 59, 59, 999_999, tzinfo=UTC)


def job(work: Callable[[], Awaitable[None]]) -> Job:
    return Job("housekeeping", HOUSEKEEPING, work)


async def nothing() -> None:
    """Work that does nothing."""


async def test_every_job_has_the_settings_that_lose_no_tick() -> None:
    jobs = (job(nothing), Job("other", timedelta(minutes=1), nothing))

    planned = scheduler(jobs, NOW).get_jobs()

    assert [each.id for each in planned] == ["housekeeping", "other"]
    for each in planned:
        assert (each.misfire_grace_time, each.coalesce, each.max_instances) == (None, True, 1)
    assert [each.trigger.interval for each in planned] == [HOUSEKEEPING, timedelta(minutes=1)]
    assert {each.trigger.start_date for each in planned} == {datetime(2032, 9, 1, 8, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("now", "minute"),
    [
        pytest.param(datetime(2032, 9, 1, 7, 59, 59, 1, tzinfo=UTC), (8, 0), id="just before"),
        pytest.param(datetime(2032, 9, 1, 8, tzinfo=UTC), (8, 1), id="on the minute"),
    ],
)
def test_ticks_come_when_a_minute_begins(now: datetime, minute: tuple[int, int]) -> None:
    assert next_minute(now) == datetime(2032, 9, 1, *minute, tzinfo=UTC)


async def test_a_job_does_nothing_but_set_its_event() -> None:
    done = []

    async def work() -> None:
        done.append(1)

    mine = job(work)
    planned = scheduler((mine,), NOW).get_jobs()[0]
    await planned.func()

    assert mine.wake.is_set()
    assert done == []


class Rounds:
    """Work that tells when it was done, and fails where it is told to."""

    def __init__(self, *errors: Exception | None) -> None:
        self._errors = list(errors)
        self.done: asyncio.Queue[int] = asyncio.Queue()
        self.count = 0

    async def __call__(self) -> None:
        self.count += 1
        self.done.put_nowait(self.count)
        error = self._errors.pop(0) if self._errors else None
        if error:
            raise error


async def test_a_worker_works_once_for_each_time_it_is_woken() -> None:
    rounds = Rounds()
    mine = job(rounds)
    worker = Worker(mine)
    worker.start()

    await mine.tick()
    await rounds.done.get()
    await mine.tick()
    await mine.tick()
    await rounds.done.get()
    await worker.drain()

    assert rounds.count == 2


@pytest.mark.parametrize(
    ("error", "said"),
    [
        pytest.param(DiskError("the disk is full"), "housekeeping: the disk is full", id="an error of the world"),
        pytest.param(ZeroDivisionError("oh"), "housekeeping failed", id="a bug"),
    ],
)
async def test_a_worker_outlives_an_error_and_logs_it(
    error: Exception, said: str, caplog: pytest.LogCaptureFixture
) -> None:
    rounds = Rounds(error)
    mine = job(rounds)
    worker = Worker(mine)
    worker.start()

    with caplog.at_level(logging.ERROR):
        await mine.tick()
        await rounds.done.get()
        await mine.tick()
        assert await rounds.done.get() == 2
    await worker.drain()

    assert said in caplog.text


async def test_draining_waits_for_the_work_in_hand() -> None:
    started, may_end, ended = asyncio.Event(), asyncio.Event(), []

    async def work() -> None:
        started.set()
        await may_end.wait()
        ended.append(True)

    mine = job(work)
    worker = Worker(mine)
    worker.start()
    await mine.tick()
    await started.wait()
    draining = asyncio.create_task(worker.drain())
    await asyncio.sleep(0)
    assert not draining.done()
    may_end.set()
    await draining

    assert ended == [True]


async def test_a_worker_that_never_started_drains_at_once() -> None:
    await Worker(job(nothing)).drain()
