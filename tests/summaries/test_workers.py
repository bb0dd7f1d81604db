import asyncio
import os
import signal
from collections.abc import AsyncIterator
from importlib.util import find_spec

import pytest

from summaries.errors import InputError
from summaries.workers import PRELOADED, Workers
from tests import hazards


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers(processes=1, deadline=0.2) as workers:
        yield workers


async def test_a_result_comes_back(workers: Workers) -> None:
    assert await workers.run(hazards.double, 21) == 42


async def test_results_belong_to_their_own_call(workers: Workers) -> None:
    assert await asyncio.gather(*(workers.run(hazards.double, n) for n in range(20))) == [2 * n for n in range(20)]


async def test_work_beyond_the_deadline_is_given_up_and_the_next_is_done(workers: Workers) -> None:
    with pytest.raises(InputError, match=r"longer than 0\.2 s"):
        await workers.run(hazards.hang)
    assert await workers.run(hazards.double, 2) == 4


async def test_a_process_that_dies_is_replaced(workers: Workers) -> None:
    with pytest.raises(InputError, match="exit code 9"):
        await workers.run(hazards.die)
    assert await workers.run(hazards.double, 3) == 6


async def test_a_process_that_dies_while_it_has_nothing_to_do_is_replaced(workers: Workers) -> None:
    """As by a system that runs out of memory: pebble takes its pool for broken then, for good."""
    for _ in range(3):
        os.kill(await workers.run(os.getpid), signal.SIGKILL)
        assert await asyncio.gather(*(workers.run(hazards.double, n) for n in range(5))) == [0, 2, 4, 6, 8]


@pytest.mark.parametrize("name", PRELOADED)
def test_what_workers_begin_with_is_there(name: str) -> None:
    """What cannot is passed over without a word, and then each of them takes the time for it."""
    assert find_spec(name)


async def test_a_bug_is_raised_as_what_it_is(workers: Workers) -> None:
    with pytest.raises(ZeroDivisionError, match="a bug"):
        await workers.run(hazards.fail)


async def test_closing_kills_what_still_runs() -> None:
    workers = Workers(processes=1, deadline=600)
    running = asyncio.create_task(workers.run(hazards.hang))
    await asyncio.sleep(0)
    await workers.close()
    with pytest.raises(asyncio.CancelledError):
        await running
