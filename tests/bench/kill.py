"""`kill -9` at random moments of an import: is an acknowledged article lost, is the desk ever unreadable?"""

import asyncio
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from summaries.archive import checkpointing
from summaries.archive.store import ARTICLES, BRIEFINGS, Put, Store, open_store
from summaries.errors import ArchiveError
from tests.rows import briefing, filed

KILLS = 40
TOGETHER = 8
"""Commits under way at once in the child."""


@dataclass
class Tally:
    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    half: int = 0
    unreadable: int = 0
    midway: int = 0
    """Kills that met a file half written."""


async def _import(directory: str) -> None:
    """The child: commits until it is killed, and prints each id once its commit has returned."""
    checkpointing.UNSAVED_BOUND = 1 << 18  # several checkpoints a second
    store = await open_store(f"tinydb:{directory}")

    async def lane() -> None:
        while True:
            id = store.next_id(BRIEFINGS)
            await store.commit([Put(BRIEFINGS, briefing(id)), Put(ARTICLES, filed(id, times=20))])
            print(id, flush=True)

    await asyncio.gather(*(lane() for _ in range(TOGETHER)))


def run_until_killed(directory: Path, acknowledgements: int) -> Iterator[int]:
    """Ids that the child acknowledged before it was killed, which is after so many, with more under way."""
    command = [sys.executable, "-m", "tests.bench.kill", str(directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for count, line in enumerate(child.stdout, 1):
            if line.endswith("\n"):
                yield int(line)
            if count == acknowledgements:
                child.kill()


def examine(directory: Path, acknowledged: set[int], tally: Tally) -> None:
    """Open the desk as the next start would, and look for everything that was acknowledged."""
    tally.kills += 1
    tally.midway += any(directory.glob("**/*.tmp"))
    asyncio.run(_open_again(directory, acknowledged, tally))


async def _open_again(directory: Path, acknowledged: set[int], tally: Tally) -> None:
    try:
        store = await open_store(f"tinydb:{directory}")
        await _count(store, acknowledged, tally)
        await store.close()
    except ArchiveError:
        tally.unreadable += 1


async def _count(store: Store, acknowledged: set[int], tally: Tally) -> None:
    briefings = {row.id async for row in store.rows(BRIEFINGS)}
    articles = {row.id async for row in store.rows(ARTICLES)}
    tally.acknowledged = len(acknowledged)
    tally.lost += len(acknowledged - (briefings & articles))
    tally.half += len(briefings ^ articles)


def main() -> None:
    tally, acknowledged = Tally(), set[int]()
    chance = random.Random(2026)
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "desk"
        for _ in track(range(KILLS), description="kill -9"):
            acknowledged |= set(run_until_killed(directory, chance.randrange(1, 400)))
            examine(directory, acknowledged, tally)
    table = Table(title="kill -9 during an import, the same desk each time")
    for name in ("kills", "met a half-written file", "acknowledged", "lost", "half kept", "unreadable"):
        table.add_column(name, justify="right")
    table.add_row(
        *(
            str(value)
            for value in (tally.kills, tally.midway, tally.acknowledged, tally.lost, tally.half, tally.unreadable)
        )
    )
    Console().print(table)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_import(sys.argv[1]))
    else:
        main()
