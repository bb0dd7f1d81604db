"""Inline queries at 100,000 briefings: CPU from the update to the request that answers it, beside its floor.

The floor is a query that finds nothing: the same way through the door, the handler and the request, without answers.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Grid
from telegram import Update
from telegram.ext import Application

from bot.local import wire
from bot.local.params import Params
from bot.local.people import ADMIN_ID
from bot.local.server import LocalServer
from handlers.registry import install
from summaries.archive.store import BRIEFINGS, Put, open_store
from summaries.desk import Desk, open_desk
from tests.bench.search import World

SIZE = 100_000
QUERIES = 200
WARMING = 20
GOAL = 20.0
"""Milliseconds of CPU at the 99th percentile."""


async def _fill(url: str, world: World, progress: Progress) -> None:
    store = await open_store(url)
    task = progress.add_task("filing", total=SIZE)
    for first in range(1, SIZE + 1, 500):
        await store.commit([Put(BRIEFINGS, world.briefing(id)) for id in range(first, first + 500)])
        progress.advance(task, 500)
    await store.close()


def _application(server: LocalServer, desk: Desk) -> Application[Any, Any, Any, Any, Any, Any]:
    builder = Application.builder().token(server.token).base_url("http://local.invalid/bot").job_queue(None)
    application = builder.request(server.request()).get_updates_request(server.request()).build()
    install(application, desk, admins=frozenset({ADMIN_ID}))
    return application


async def _costs(application: Any, server: LocalServer, texts: Sequence[str], offset: str = "") -> list[float]:
    """Milliseconds of CPU of each, in rising order; the first ones load what is loaded once."""
    costs: list[float] = []
    start = 0.0

    def requested(method: str, params: Params) -> None:
        """The request is made: what the server does with it is not the bot's."""
        if method == "answerInlineQuery":
            costs.append(1_000 * (time.process_time() - start))

    server.trouble = requested
    admin = server.speaker("admin")  # whose rate is not limited
    for number, text in enumerate(texts):
        query = server.type_inline(admin, text, offset)
        body = {"update_id": number + 1, "inline_query": wire.inline_query(query)}
        start = time.process_time()
        await application.process_update(Update.de_json(body, application.bot))
        if query.id not in server.world.inline_answers:
            raise RuntimeError(f"not answered: {text!r}: {server.refusals}")
    return sorted(costs[WARMING:])


async def _measured(folder: Path, progress: Progress) -> Grid:
    world, chance = World(), random.Random(3)
    url = f"tinydb:{folder / 'desk'}"
    await _fill(url, world, progress)
    desk, server = await open_desk(url), LocalServer()
    await desk.searchable()
    one = [chance.choice(world.vocabulary[120:20_000]) for _ in range(QUERIES)]
    common = [" ".join(world.words(2)) for _ in range(QUERIES)]
    grid = Grid("what is typed", "p50", "p99", "goal", "p99 to the floor", title="ms of CPU from update to request")
    application = _application(server, desk)
    async with application:
        floor = await _costs(application, server, [f"zzqx{number}" for number in range(QUERIES)])
        rows = {
            "nothing found (floor)": floor,
            "nothing: the latest": await _costs(application, server, [""] * QUERIES),
            "one word": await _costs(application, server, one),
            "two words, often common ones": await _costs(application, server, common),
            "two words, third page": await _costs(application, server, common, f"{SIZE}.20"),
        }
    await desk.close()
    for name, costs in rows.items():
        p50, p99 = costs[len(costs) // 2], costs[int(len(costs) * 0.99) - 1]
        ratio = p99 / floor[int(len(floor) * 0.99) - 1]
        grid.add_row(name, f"{p50:.2f}", f"{p99:.2f}", f"{GOAL:g}", f"{ratio:.1f}")
    return grid


async def _main(console: Console) -> None:
    with tempfile.TemporaryDirectory() as folder, Progress(console=console, transient=True) as progress:
        grid = await _measured(Path(folder), progress)
    console.print(grid)


def main() -> None:
    asyncio.run(_main(Console()))


if __name__ == "__main__":
    main()
