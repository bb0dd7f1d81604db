"""Errors in the log of what nobody waits for reach the admins, once a cause."""

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.alarms import ROOMS, TOLD, Listening, listening
from bot.schedule import Job, Worker
from bot.schedule import logger as schedule_log
from handlers.errors import Alarm
from summaries.errors import DiskError
from tests.handlers.world import MORNING, World, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        await made.say("/start", person=made.server.speaker("admin"))
        yield made


@pytest.fixture
def alarm(there: World) -> Alarm:
    return Alarm(there.application.bot, there.desk, {there.server.speaker("admin").id}, lambda: MORNING)


async def heard(there: World, alarm: Alarm) -> list[str]:
    """What the admin is told at the next tick."""
    admin = there.server.speaker("admin")
    before = len(there.server.transcript(admin))
    await asyncio.sleep(0)  # records come by the loop
    await alarm.tick()
    return [message.text for message in there.server.transcript(admin)[before:]]


async def test_a_failing_job_is_told_once_whichever_way_it_fails(there: World, alarm: Alarm) -> None:
    errors: list[Exception] = [DiskError("day 1: no space"), DiskError("day 2: no space"), KeyError("a"), KeyError("b")]

    async def failing() -> None:
        raise errors.pop(0)

    worker = Worker(Job("housekeeping", MORNING - MORNING, failing))
    with listening(alarm):
        for _ in range(4):
            await worker._once()
        said = await heard(there, alarm)
    assert said == [
        "Something failed, ×2 in the last hour: housekeeping: day 2: no space. The log has the rest.",
        "Something failed, ×2 in the last hour: housekeeping failed: KeyError: 'b'. The log has the rest.",
    ]


@pytest.mark.parametrize(
    ("name", "level", "extra", "told"),
    [
        pytest.param("bot.collector", logging.ERROR, None, True, id="the-bot"),
        pytest.param("summaries.scout", logging.CRITICAL, None, True, id="the-desk"),
        pytest.param("summaries.scout", logging.WARNING, None, False, id="a-warning"),
        pytest.param("handlers.errors", logging.ERROR, None, False, id="the-handlers-tell-themselves"),
        pytest.param("aiohttp.client", logging.ERROR, None, False, id="somebody-else"),
        pytest.param("bot.delivery", logging.ERROR, TOLD, False, id="told-otherwise"),
    ],
)
async def test_whose_errors_are_meant(
    there: World, alarm: Alarm, name: str, level: int, extra: dict[str, Any] | None, told: bool
) -> None:
    with listening(alarm):
        logging.getLogger(name).log(level, "source %d: %s", 3, "odd", extra=extra)
        said = await heard(there, alarm)
    assert said == (["Something failed: source 3: odd. The log has the rest."] if told else [])


async def test_from_another_thread(there: World, alarm: Alarm) -> None:
    with listening(alarm):
        await asyncio.to_thread(schedule_log.error, "the journal stands still")
        assert len(await heard(there, alarm)) == 1


async def test_the_token_is_not_told(there: World, alarm: Alarm) -> None:
    token = there.application.bot.token
    with listening(alarm):
        schedule_log.error("bot%s/getMe is no address", token)
        (said,) = await heard(there, alarm)
    assert token not in said
    assert "bot[token]/getMe" in said


async def test_a_record_that_cannot_be_read_holds_up_nobody(
    there: World, alarm: Alarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)  # pytest's own handler would raise it
    odd = logging.LogRecord("bot.schedule", logging.ERROR, "", 1, "%d sources", ("no number",), None)
    with listening(alarm):
        for handler in logging.getLogger("bot").handlers:
            handler.handle(odd)
        assert await heard(there, alarm) == []


async def test_a_loop_that_is_gone_holds_up_nobody(there: World, alarm: Alarm) -> None:
    loop = asyncio.new_event_loop()
    loop.close()
    Listening(alarm, loop).emit(logging.LogRecord("bot.schedule", logging.ERROR, "", 1, "late", (), None))
    assert await heard(there, alarm) == []


async def test_nobody_listens_afterwards(alarm: Alarm) -> None:
    before = [list(logging.getLogger(name).handlers) for name in ROOMS]
    with listening(alarm):
        assert [len(logging.getLogger(name).handlers) for name in ROOMS] == [len(each) + 1 for each in before]
    assert [list(logging.getLogger(name).handlers) for name in ROOMS] == before
