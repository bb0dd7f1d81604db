"""Which sources are looked at, when, and how many at a time; against a scout that does what a test says."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any, cast

import pytest
from msgspec.structs import replace

from bot.collector import AGAIN, Collector, limits, rules
from bot.config import load
from summaries.desk import Desk, open_desk
from summaries.errors import DiskError
from summaries.intake.health import After
from summaries.updating import Checked
from tests.newsstand import NOW, Clock


class Errands:
    """A scout whose checks wait until they are let go, and then set the next check an hour ahead."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk, self.clock = desk, clock
        self.begun: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.errors: dict[int, Exception] = {}
        self.free = True
        self.all_begun = asyncio.Event()

    async def check(self, id: int) -> Checked:
        self.begun.append(id)
        if len(self.begun) == 6:
            self.all_begun.set()
        if id in self.errors:
            raise self.errors[id]
        if not self.free or id in self.gates:
            await self.gates.setdefault(id, asyncio.Event()).wait()
        await due(self.desk, id, self.clock.now + timedelta(hours=1))
        return Checked(None)

    async def stop(self, grace: float) -> None:
        for gate in self.gates.values():
            gate.set()


async def due(desk: Desk, id: int, when: datetime | None) -> None:
    await desk.sourcebook.settle(
        id, lambda source: After(replace(source, health=replace(source.health, next_check=when)))
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    desk = await open_desk(f"tinydb:{tmp_path}", clock=clock)
    for number in range(1, 7):
        await desk.add_source(f"https://outlet{number}.example/feed")
    yield desk
    await desk.close()


@pytest.fixture
def scout(desk: Desk, clock: Clock) -> Errands:
    return Errands(desk, clock)


@pytest.fixture
def collector(desk: Desk, scout: Errands, clock: Clock) -> Collector:
    return Collector(desk, cast(Any, scout), clock=clock, at_once=2)


async def turn() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_all_that_is_due_is_looked_at_the_longest_overdue_first(
    desk: Desk, scout: Errands, collector: Collector
) -> None:
    for id, hours in ((1, -1), (2, 1), (3, -3), (4, 0), (5, 2)):
        await due(desk, id, NOW + timedelta(hours=hours))
    await collector.tick()
    await collector.settle()

    assert scout.begun == [6, 3, 1, 4]


async def test_a_check_that_a_wrong_clock_put_off_for_years_is_made(
    desk: Desk, scout: Errands, collector: Collector
) -> None:
    for id, days in ((1, 7), (2, 9), (3, 4000), (4, 1), (5, 1), (6, 1)):
        await due(desk, id, NOW + timedelta(days=days))
    await collector.tick()
    await collector.settle()

    assert scout.begun == [2, 3]


async def test_a_paused_source_is_left_alone(desk: Desk, scout: Errands, collector: Collector) -> None:
    for id in (1, 2, 3, 4, 5):
        await desk.change_source(id, paused=True)
    await collector.tick()
    await collector.settle()

    assert scout.begun == [6]


async def test_only_so_many_at_a_time_and_one_that_hangs_holds_its_own_place_only(
    scout: Errands, collector: Collector
) -> None:
    scout.gates[1] = asyncio.Event()
    await collector.tick()
    await turn()
    assert scout.begun[:2] == [1, 2]
    await scout.all_begun.wait()

    assert scout.begun == [1, 2, 3, 4, 5, 6]
    await collector.tick()
    assert scout.begun.count(1) == 1
    scout.gates[1].set()
    await collector.settle()


async def test_a_source_that_stopped_being_due_while_it_waited_is_left_alone(
    desk: Desk, scout: Errands, collector: Collector
) -> None:
    scout.free = False
    await collector.tick()
    await desk.remove_source(5)
    await desk.change_source(6, paused=True)
    scout.free = True
    await turn()
    for gate in scout.gates.values():
        gate.set()
    await collector.settle()

    assert sorted(scout.begun) == [1, 2, 3, 4]


async def test_a_bug_with_one_source_is_logged_and_the_others_go_on(
    scout: Errands, collector: Collector, caplog: pytest.LogCaptureFixture
) -> None:
    scout.errors[1] = ZeroDivisionError("a bug")
    with caplog.at_level(logging.ERROR):
        await collector.tick()
        await collector.settle()

    assert scout.begun == [1, 2, 3, 4, 5, 6]
    assert "source 1" in caplog.text


async def test_a_full_disk_stops_new_checks_for_a_while(
    scout: Errands, collector: Collector, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    scout.errors = {id: DiskError("the disk is full") for id in range(1, 7)}
    for _ in range(3):
        await collector.tick()
        await collector.settle()
    assert len(scout.begun) == 2

    clock.now += AGAIN
    scout.errors.clear()
    await collector.tick()
    await collector.settle()
    assert len(scout.begun) == 8


async def test_draining_begins_nothing_more_and_waits_for_what_runs(scout: Errands, collector: Collector) -> None:
    scout.free = False
    await collector.tick()
    await turn()
    await collector.drain()
    await collector.tick()

    assert scout.begun == [1, 2]


# --- settings


CASES: list[tuple[str, str, Callable[[Any, Any], object], object]] = [
    ("EVERY", "15", lambda limits, rules: rules.every, 900.0),
    ("TIMEOUT", "7", lambda limits, rules: limits.timeout, 7.0),
    ("MAX_BYTES", "12345", lambda limits, rules: limits.max_bytes, 12345),
    ("MAX_NEW_PER_POLL", "3", lambda limits, rules: rules.most, 3),
    ("USER_AGENT", "Velm", lambda limits, rules: limits.user_agent, "Velm"),
    ("ALLOW_NETWORKS", "10.0.0.0/8", lambda limits, rules: limits.allow_networks, (ip_network("10.0.0.0/8"),)),
]


@pytest.mark.parametrize(("key", "text", "told", "expected"), CASES, ids=[case[0].lower() for case in CASES])
def test_each_setting_reaches_what_it_governs(
    key: str, text: str, told: Callable[[Any, Any], object], expected: object
) -> None:
    changed, default = load(None, {f"BACKCHANNEL_COLLECT__{key}": text}), load(None, {})

    assert told(limits(changed), rules(changed)) == expected
    assert told(limits(default), rules(default)) != expected


def test_the_length_of_briefings_is_that_of_all_others() -> None:
    assert rules(load(None, {"BACKCHANNEL_SUMMARIES__SENTENCES": "5"})).sentences == 5


def test_only_some_languages_are_kept_where_the_configuration_says_so() -> None:
    assert rules(load(None, {"BACKCHANNEL_SUMMARIES__LANGUAGES": "en,ur"})).languages == ("en", "ur")
    assert rules(load(None, {})).languages == ()
