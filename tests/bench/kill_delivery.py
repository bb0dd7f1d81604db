"""`kill -9` at random moments of a broadcast: does anybody get a part twice, is anybody forgotten?

The server of this process records what it delivered. What the ledger says afterwards is held against that: each is
sent, or listed in doubt, of which a kill leaves at most as many as were in flight.
"""

import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from telegram import Bot

from bot.delivery import Deliverer
from bot.pacing import Pace
from bot.transport import broadcasts_request
from handlers.broadcasts import broadcast
from handlers.looks.choice import Looks
from summaries.archive.store import OUTBOX, SUBSCRIBERS, Put
from summaries.desk import open_desk
from summaries.models import Subscriber
from tests.crowd import TOKEN, Crowd, serving

RECIPIENTS, KILLS, IN_FLIGHT = 1_500, 20, 16
A_SECOND = 250
ROUND_TRIP = 0.06
WORDS = "The night crossing to Ostrava Bay stays open through the storms of early winter. " * 70
"""Two parts."""


@dataclass
class Tally:
    kills: int = 0
    twice: int = 0
    forgotten: int = 0
    wrong: int = 0
    """Sent by the ledger, but not delivered."""
    doubt: int = 0
    most_doubt: int = 0
    delivered: int = 0
    states: Counter[str] = field(default_factory=Counter)


async def child(directory: str, base_url: str, a_second: int) -> None:
    """The bot's part: sends what the outbox holds, and ends when it is empty, if it lives so long."""
    desk = await open_desk(f"tinydb:{directory}")
    request = broadcasts_request(connections=IN_FLIGHT)
    await request.initialize()
    bot = Bot(TOKEN, base_url, request=request, get_updates_request=request)
    deliverer = Deliverer(bot, desk, {}, Looks(desk.subscribers), Pace(a_second), most=IN_FLIGHT)
    deliverer.start()
    await deliverer.settle()
    await deliverer.drain()
    await request.shutdown()
    await desk.close()


async def prepare(directory: Path, recipients: int) -> None:
    desk = await open_desk(f"tinydb:{directory}")
    await desk.store.commit([Put(SUBSCRIBERS, Subscriber(chat)) for chat in range(1, recipients + 1)])
    await broadcast(desk, WORDS, 1, datetime.now(UTC))
    await desk.close()


@asynccontextmanager
async def sender(directory: Path, crowd: Crowd, a_second: int) -> AsyncIterator[asyncio.subprocess.Process]:
    command = ("-m", "tests.bench.kill_delivery", str(directory), crowd.base_url, str(a_second))
    process = await asyncio.create_subprocess_exec(sys.executable, *command)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def until_killed(directory: Path, crowd: Crowd, after: int, a_second: int) -> None:
    """Kills the sender when it has sent so much more, or leaves it to its end where there is no more."""
    there = len(crowd.got)
    async with sender(directory, crowd, a_second) as process:
        ended = asyncio.create_task(process.wait())
        arrived = asyncio.create_task(crowd.until(lambda: len(crowd.got) >= there + after))
        await asyncio.wait({ended, arrived}, return_when=asyncio.FIRST_COMPLETED)
        for task in (ended, arrived):
            task.cancel()


async def examine(directory: Path, crowd: Crowd, tally: Tally) -> None:
    """Open the desk as the next start would, and hold its ledger against what arrived."""
    desk = await open_desk(f"tinydb:{directory}")
    got: Counter[int] = Counter(one.chat for one in crowd.got)
    before = tally.doubt
    rows = [row async for row in desk.store.rows(OUTBOX)]
    tally.states = Counter(row.state for row in rows)
    tally.doubt = tally.states["doubt"]
    tally.most_doubt = max(tally.most_doubt, tally.doubt - before)
    tally.twice = sum(count - 1 for count in crowd.counted().values())
    tally.wrong = sum(got[row.chat] < row.part for row in rows)
    tally.forgotten = sum(row.state not in ("sent", "doubt", "pending") for row in rows)
    tally.delivered = len(crowd.got)
    await desk.close()


async def measure(directory: Path, *, recipients: int, kills: int, a_second: int, seed: int) -> Tally:
    tally, chance = Tally(), random.Random(seed)
    await prepare(directory, recipients)
    async with serving(Crowd(round_trip=ROUND_TRIP)) as crowd:
        for _ in range(kills):
            await until_killed(directory, crowd, chance.randrange(1, 2 * (2 * recipients) // (kills + 1)), a_second)
            tally.kills += 1
            await examine(directory, crowd, tally)
        async with sender(directory, crowd, a_second) as process:
            await process.wait()
        await examine(directory, crowd, tally)
        tally.forgotten += tally.states["pending"] + recipients - sum(tally.states.values())
    return tally


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "desk"
        tally = asyncio.run(measure(directory, recipients=RECIPIENTS, kills=KILLS, a_second=A_SECOND, seed=2026))
    table = Table(title=f"kill -9 during a broadcast to {RECIPIENTS:,} in two parts, {IN_FLIGHT} in flight")
    figures = {
        "kills": tally.kills,
        "delivered": tally.delivered,
        "got a part twice": tally.twice,
        "forgotten": tally.forgotten,
        "said to be sent, and was not": tally.wrong,
        "sent": tally.states["sent"],
        "in doubt": tally.doubt,
        "most in doubt by a kill": tally.most_doubt,
    }
    for name in figures:
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,}" for value in figures.values()))
    Console().print(table)
    Console().print(f"goal: nobody twice, nobody forgotten, at most {IN_FLIGHT} in doubt by a kill")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(child(sys.argv[1], sys.argv[2], int(sys.argv[3])))
    else:
        main()
