"""A broadcast at the free and at the paid limit: how near the limit, how much of a second above it, at what cost.

The server is a process of its own, as strict as Telegram claims to be: it answers after 60 ms, and refuses what is more
than the limit in any second by its arrival. Meanwhile somebody asks for something every tenth of a second.
"""

import asyncio
import multiprocessing
import os
import resource
import tempfile
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table
from telegram import Bot

from bot.delivery import Deliverer, at_once
from bot.pacing import FREE, PAID, Pace
from bot.precedence import Noting
from bot.transport import answers_request, broadcasts_request
from handlers.broadcasts import broadcast
from handlers.looks.choice import Looks
from summaries.archive.store import SUBSCRIBERS, Put
from summaries.desk import Desk, open_desk
from summaries.models import Subscriber
from tests.crowd import TOKEN, Crowd, serving

ROUND_TRIP = 0.06
RUNS = ((FREE, 600), (PAID, 10_000))
"""The free limit would take five minutes and a half for 10,000; a part of them is as telling."""

WORDS = "Norvale repairs its harbour wall.\n" + "The council voted nine to four for the works. " * 20
ASKER = 5_000_000


@dataclass
class Run:
    recipients: int
    rate: float
    most: int
    too_many: int
    cpu: float
    floor: float
    grown: float
    waits: list[float]


def serve(pipe: Connection, a_second: int) -> None:
    async def run() -> None:
        async with serving(Crowd(round_trip=ROUND_TRIP, a_second=a_second)) as crowd:
            pipe.send(crowd.base_url)
            await asyncio.to_thread(pipe.recv)
            pipe.send(([one.at for one in crowd.got if one.chat != ASKER], len(crowd.counted()), crowd.too_many))

    asyncio.run(run())


@contextmanager
def telegram(a_second: int) -> Iterator[tuple[str, Connection]]:
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(there, a_second), daemon=True)
    process.start()
    yield here.recv(), here
    process.join()


def resident() -> float:
    """Megabytes that this process has in memory."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * resource.getpagesize() / 1e6


async def bare(url: str, messages: int) -> float:
    """The floor: milliseconds of CPU a message through the transport alone, with nothing written down."""
    async with broadcasts_request() as request:
        bot, left = Bot(TOKEN, url, request=request, get_updates_request=request), iter(range(messages))

        async def send() -> None:
            for chat in left:
                await bot._post("sendMessage", {"chat_id": str(ASKER), "text": WORDS, "n": str(chat)})

        start = time.process_time()
        await asyncio.gather(*(send() for _ in range(60)))
        return (time.process_time() - start) / messages * 1000


async def ask(bot: Bot, waits: list[float]) -> None:
    """What an answer waits beyond its round trip, in milliseconds; and what the loop lets anybody wait."""
    while True:
        await asyncio.sleep(0.1)
        start = time.perf_counter()
        await bot.get_me()
        waits.append((time.perf_counter() - start - ROUND_TRIP) * 1000)


async def send(url: str, folder: str, a_second: int, recipients: int) -> tuple[float, float, list[float]]:
    desk = await open_desk(f"tinydb:{folder}")
    await desk.store.commit([Put(SUBSCRIBERS, Subscriber(chat)) for chat in range(1, recipients + 1)])
    pace, waits = Pace(a_second), list[float]()
    answers, many = Noting(answers_request(), pace), broadcasts_request(connections=at_once(a_second))
    async with answers, many:
        asking = Bot(TOKEN, url, request=answers, get_updates_request=answers)
        bot = Bot(TOKEN, url, request=many, get_updates_request=many)
        deliverer = Deliverer(bot, desk, {}, Looks(desk.subscribers), pace, paid=a_second > FREE)
        asker = asyncio.create_task(ask(asking, waits))
        found = await _timed(desk, deliverer, recipients)
        asker.cancel()
    await desk.close()
    return (*found, waits)


async def _timed(desk: Desk, deliverer: Deliverer, recipients: int) -> tuple[float, float]:
    """Milliseconds of CPU a message of the whole process, and megabytes that it grew by."""
    await broadcast(desk, WORDS, 1, datetime.now(UTC))
    before, cpu = resident(), time.process_time()
    deliverer.start()
    await deliverer.settle()
    used = (time.process_time() - cpu) / recipients * 1000
    grown = resident() - before
    await deliverer.drain()
    return used, grown


def most_within_a_second(moments: list[float]) -> int:
    return max(bisect_right(moments, moment + 1 - 1e-9) - place for place, moment in enumerate(moments))


def measure(a_second: int, recipients: int) -> Run:
    with telegram(0) as (url, pipe):
        floor = asyncio.run(bare(url, min(recipients, 3_000)))
        pipe.send("enough")
        pipe.recv()
    with telegram(a_second) as (url, pipe), tempfile.TemporaryDirectory() as folder:
        cpu, grown, waits = asyncio.run(send(url, folder, a_second, recipients))
        pipe.send("enough")
        arrivals, chats, too_many = pipe.recv()
    assert len(arrivals) == chats == recipients
    rate = (recipients - 1) / (arrivals[-1] - arrivals[0])
    return Run(recipients, rate, most_within_a_second(arrivals), too_many, cpu, floor, grown, waits)


def main() -> None:
    console = Console()
    table = Table(title="a broadcast, as the server saw it arrive")
    for name in ("limit", "recipients", "a second", "of the limit", "most in a second", "429s"):
        table.add_column(name, justify="right")
    for name in ("CPU ms each", "transport alone", "grown MB", "answer p50 ms", "p99 ms"):
        table.add_column(name, justify="right")
    for a_second, recipients in RUNS:
        run = measure(a_second, recipients)
        p99 = quantiles(run.waits, n=100)[98]
        table.add_row(
            *(
                f"{a_second:,}",
                f"{run.recipients:,}",
                f"{run.rate:,.1f}",
                f"{run.rate / a_second:.1%}",
                f"{run.most:,}",
            ),
            *(str(run.too_many), f"{run.cpu:.2f}", f"{run.floor:.2f}", f"{run.grown:.0f}"),
            *(f"{median(run.waits):.0f}", f"{p99:.0f}"),
        )
    console.print(table)
    console.print("goal: ≥ 98 % of the limit, no second above it, no 429, an answer within 50 ms beyond its own 60")
    console.print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
