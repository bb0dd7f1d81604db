"""A process that collects and can be killed: prints each headline once it is stored.

With "here" it reads and condenses in the process itself, which starts sooner; with "workers" as the bot does.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ipaddress import ip_network
from typing import Any, cast

from bot.collector import Collector
from summaries.archive import checkpointing
from summaries.desk import Desk, open_desk
from summaries.filing import Added, Known
from summaries.intake.fetch import Fetcher
from summaries.intake.outcomes import Limits
from summaries.scout import Scout, scouting
from summaries.updating import Rules
from tests.newsstand import Hands

LIMITS = Limits(timeout=60, host_delay=0.0, allow_networks=(ip_network("127.0.0.0/8"),))


async def collect(directory: str, where: str, urls: list[str]) -> None:
    checkpointing.UNSAVED_BOUND = 1 << 16  # several checkpoints on the way
    desk = await open_desk(f"tinydb:{directory}")
    file = desk.file

    async def filed(*args: Any, **fields: Any) -> Added | Known:
        stored = await file(*args, **fields)
        if isinstance(stored, Added):
            print(stored.briefing.headline, flush=True)
        return stored

    desk.file = filed  # type: ignore[method-assign]
    for url in urls:
        await desk.add_source(url)
    async with scouts(desk, where) as scout:
        collector = Collector(desk, scout)
        await collector.tick()
        await collector.settle()
    await desk.close()


@asynccontextmanager
async def scouts(desk: Desk, where: str) -> AsyncIterator[Scout]:
    if where == "workers":
        async with scouting(desk, LIMITS, Rules(), processes=2) as scout:
            yield scout
        return
    async with Fetcher(LIMITS) as fetcher:
        yield Scout(desk, fetcher, cast(Any, Hands()), Rules())


if __name__ == "__main__":
    asyncio.run(collect(sys.argv[1], sys.argv[2], sys.argv[3:]))
