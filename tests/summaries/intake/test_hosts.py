import asyncio
from contextlib import AsyncExitStack

import pytest

from summaries.intake.hosts import FEW, Hosts
from tests.loopback import FakeTime


def make(time: FakeTime, *, per_host: int = 2, at_once: int = 10, delay: float = 0.0) -> Hosts:
    return Hosts(per_host=per_host, at_once=at_once, delay=delay, now=time.now, sleep=time.sleep)


class Crowd:
    """Visitors who stay until they are sent home."""

    def __init__(self, hosts: Hosts) -> None:
        self.hosts, self.home = hosts, asyncio.Event()
        self.inside: list[str] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def send(self, *names: str) -> list[str]:
        self.tasks += [asyncio.ensure_future(self._visit(name)) for name in names]
        for _ in range(50):
            await asyncio.sleep(0)
        return self.inside

    async def _visit(self, name: str) -> None:
        async with self.hosts.turn(name):
            self.inside.append(name)
            await self.home.wait()

    async def leave(self) -> None:
        self.home.set()
        await asyncio.gather(*self.tasks)


async def test_so_many_at_once_on_a_host() -> None:
    crowd = Crowd(make(FakeTime()))
    assert await crowd.send("a", "a", "a", "b") == ["a", "a", "b"]
    await crowd.leave()
    assert crowd.inside == ["a", "a", "b", "a"]


async def test_so_many_at_once_over_all_and_a_crowded_host_does_not_take_the_places() -> None:
    crowd = Crowd(make(FakeTime(), per_host=1, at_once=2))
    assert await crowd.send("a", "a", "a", "b", "c") == ["a", "b"]
    await crowd.leave()
    assert sorted(crowd.inside) == ["a", "a", "a", "b", "c"]


async def test_starts_on_a_host_are_spaced_and_other_hosts_do_not_wait() -> None:
    time = FakeTime()
    hosts = make(time, delay=1.5)
    starts = []
    for name in ("a", "a", "b", "a"):
        async with hosts.turn(name):
            starts.append((name, time.now() - 1000.0))
    assert starts == [("a", 0.0), ("a", 1.5), ("b", 1.5), ("a", 3.0)]


async def test_those_who_wait_for_a_start_do_so_one_after_the_other() -> None:
    asleep: list[float] = []

    async def sleep(seconds: float) -> None:
        asleep.append(seconds)
        await asyncio.Event().wait()

    hosts = Hosts(per_host=5, at_once=5, delay=1.5, now=FakeTime().now, sleep=sleep)
    crowd = Crowd(hosts)
    assert await crowd.send("a", "a", "a") == ["a"]
    assert asleep == [1.5]
    for task in crowd.tasks:
        task.cancel()
    await asyncio.gather(*crowd.tasks, return_exceptions=True)


async def test_who_gives_up_waiting_gives_the_turn_back() -> None:
    hosts = make(FakeTime(), per_host=1, at_once=1)
    async with AsyncExitStack() as held:
        await held.enter_async_context(hosts.turn("a"))
        for name in ("a", "b"):
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0), hosts.turn(name):
                    raise AssertionError("no turn was free")
    crowd = Crowd(hosts)
    assert await crowd.send("b") == ["b"]
    await crowd.leave()


async def test_an_error_during_a_turn_ends_it() -> None:
    hosts = make(FakeTime(), per_host=1, at_once=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            async with hosts.turn("a"):
                raise ZeroDivisionError


async def test_hosts_are_forgotten_once_their_delay_is_over() -> None:
    time = FakeTime()
    hosts = make(time, delay=10.0)
    async with hosts.turn("held"):
        for number in range(FEW + 50):
            async with hosts.turn(f"host-{number}"):
                time.seconds += 1.0
        assert len(hosts) < 100
        assert "held" in hosts._places
