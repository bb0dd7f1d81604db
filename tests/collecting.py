"""A process that collects and can be killed: prints each headline once it is stored."""

import asyncio
import sys
from ipaddress import ip_network
from typing import Any

from bot.collector import Collector
from summaries.archive import checkpointing
from summaries.desk import Added, Known, open_desk
from summaries.intake.outcomes import Limits
from summaries.scout import scouting
from summaries.updating import Rules

LIMITS = Limits(timeout=5, host_delay=0.0, allow_networks=(ip_network("127.0.0.0/8"),))


async def collect(directory: str, urls: list[str]) -> None:
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
    async with scouting(desk, LIMITS, Rules(), processes=2) as scout:
        collector = Collector(desk, scout)
        await collector.tick()
        await collector.settle()
    await desk.close()


if __name__ == "__main__":
    asyncio.run(collect(sys.argv[1], sys.argv[2:]))
