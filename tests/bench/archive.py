"""What the archive costs at 1,000 and at 1,000,000 briefings, beside plain TinyDB and a bare fsync."""

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

import msgspec
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from tinydb import TinyDB
from tinydb.table import Document

from summaries.archive.disk import Disk
from summaries.archive.keys import Keys, keys_of
from summaries.archive.store import ARTICLES, BRIEFINGS, Change, Put
from summaries.archive.tiny import TinyStore
from summaries.models import Briefing
from tests.rows import WORDS, briefing, filed

SIZES = (1_000, 100_000, 1_000_000)
PLAIN_SIZES = (1_000, 10_000)
COMMITS = 400
A_DAY = 4_000
"""Briefings received a day while a desk is filled: a million is 250 days."""
ARTICLE_TIMES = 47
"""Makes texts of 5,000 characters."""

console = Console()


class Counting(Disk):
    """Counts the fsyncs of journal segments; those of checkpoints are counted beside."""

    def __init__(self) -> None:
        self.syncs = 0

    def sync(self, handle: int) -> None:
        self.syncs += os.readlink(f"/proc/self/fd/{handle}").endswith(".log")
        super().sync(handle)


class Unsynced(Disk):
    """For filling a desk quickly."""

    def sync(self, handle: int) -> None:
        pass


@dataclass
class Clock:
    now: datetime = field(default_factory=lambda: datetime(2024, 1, 1, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def row(id: int) -> Briefing:
    return briefing(
        id, f"{WORDS} {WORDS}", keys=keys_of(guid=f"feed {id}", url=f"ostrava.example/{id}", text=f"{WORDS}{id}")
    )


async def fill(directory: Path, target: int, clock: Clock, tick: Callable[[int], None]) -> None:
    """Bring a desk up to `target` briefings through its own commits and checkpoints, day by day."""
    store = await TinyStore.open(directory, disk=Unsynced(), clock=clock)
    while store.count(BRIEFINGS) < target:
        ids = [store.next_id(BRIEFINGS) for _ in range(min(500, target - store.count(BRIEFINGS)))]
        await store.commit([Put(BRIEFINGS, row(id)) for id in ids])
        clock.now += timedelta(days=1) * (len(ids) / A_DAY)
        tick(len(ids))
    await store.close()


# --- Commits


@dataclass
class Cost:
    """`cpu` is that of the whole process, its threads and the kernel's part included; milliseconds."""

    name: str
    size: int = 0
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    syncs: str = "1.00"
    together: str = ""

    async def measure(self, work: Awaitable[object]) -> None:
        cpu, wall = time.process_time_ns(), time.perf_counter_ns()
        await work
        self.cpu.append((time.process_time_ns() - cpu) / 1e6)
        self.wall.append((time.perf_counter_ns() - wall) / 1e6)


def changes(store: TinyStore) -> list[Change]:
    id = store.next_id(BRIEFINGS)
    return [Put(BRIEFINGS, row(id)), Put(ARTICLES, filed(id, times=ARTICLE_TIMES))]


async def measure_commits(desks: dict[int, Path], floor: Path) -> list[Cost]:
    """In turns, so that what else the machine does falls on all sizes, and on the floor, alike."""
    disks = {size: Counting() for size in desks}
    stores = {size: await TinyStore.open(path, disk=disks[size]) for size, path in desks.items()}
    bare = Cost("bare fsync")
    costs = {size: Cost("Backchannel", size) for size in desks}
    with floor.open("ab", buffering=0) as file:
        for _ in range(COMMITS):
            data = b"".join(msgspec.json.encode(put.row) for put in changes(stores[SIZES[0]]) if isinstance(put, Put))
            await bare.measure(_append(file, data))
            for size, store in stores.items():
                made = changes(store)
                await costs[size].measure(store.commit(made))
    for size, store in stores.items():
        costs[size].syncs = f"{disks[size].syncs / COMMITS:.2f}"
        before = disks[size].syncs
        await asyncio.gather(*(store.commit(changes(store)) for _ in range(64)))
        costs[size].together = str(disks[size].syncs - before)
        await store.close()
    return [bare, *costs.values()]


async def _append(file: IO[bytes], data: bytes) -> None:
    file.write(data)
    os.fsync(file.fileno())


def measure_plain(path: Path, size: int) -> Cost:
    """tinydb's own JSONStorage, which rewrites and syncs the file at each insert; no journal, one table a file."""
    rows = {str(id): msgspec.to_builtins(row(id)) for id in range(1, size + 1)}
    path.write_bytes(msgspec.json.encode({"briefings": rows}))
    cost = Cost("JSONStorage", size)

    async def insert(document: Document) -> None:
        table.insert(document)

    with TinyDB(path) as file:
        table = file.table("briefings")
        for id in range(size + 1, size + 6):
            asyncio.run(cost.measure(insert(Document(msgspec.to_builtins(row(id)), id))))
    return cost


def commit_table(costs: list[Cost]) -> Table:
    table = Table(title="A commit of a briefing and its article of 5,000 characters: ms")
    for name in ("", "briefings", "CPU p50", "CPU p99", "wall p50", "fsyncs", "64 at once"):
        table.add_column(name, justify="right" if name else "left")
    for cost in costs:
        p50, p99, wall = percentile(cost.cpu, 0.5), percentile(cost.cpu, 0.99), percentile(cost.wall, 0.5)
        size = f"{cost.size:,}" if cost.size else ""
        table.add_row(cost.name, size, f"{p50:.3f}", f"{p99:.3f}", f"{wall:.3f}", cost.syncs, cost.together)
    return table


# --- The loop, while files are written


async def measure_lag(directory: Path) -> tuple[float, float, int]:
    """The longest that a 1 ms sleeper overslept, in ms: idle, and while 3,000 articles of 5 KB are checkpointed."""
    store = await TinyStore.open(directory)
    ids = [store.next_id(BRIEFINGS) for _ in range(3_000)]
    idle = await _worst_lag(asyncio.sleep(0.5))
    for start in range(0, len(ids), 10):
        some: list[Change] = [Put(ARTICLES, filed(id, times=ARTICLE_TIMES)) for id in ids[start : start + 10]]
        await store.commit([*some, *(Put(BRIEFINGS, row(id)) for id in ids[start : start + 10])])
    await store.checkpoint()
    await store.commit([Put(ARTICLES, filed(id, times=ARTICLE_TIMES)) for id in ids[::7]])
    busy = await _worst_lag(store.checkpoint())
    files = len(list((directory / "articles").iterdir()))
    await store.close()
    return idle, busy, files


async def _worst_lag(work: Coroutine[Any, Any, None]) -> float:
    """Not counted is what the process's threads waited for a processor meanwhile: that is the machine's, not ours."""
    task = asyncio.create_task(work)
    worst = 0.0
    while not task.done():
        queued, before = _queued(), time.perf_counter()
        await asyncio.sleep(0.001)
        worst = max(worst, time.perf_counter() - before - 0.001 - (_queued() - queued))
    await task
    return worst * 1e3


def _queued() -> float:
    """Seconds that all threads of this process have stood ready without a processor (proc(5), schedstat)."""
    waited = [int(path.read_text().split()[1]) for path in Path("/proc/self/task").glob("*/schedstat")]
    return sum(waited) / 1e9


# --- Questions at a million


async def measure_questions(directory: Path, size: int) -> list[tuple[str, str, str]]:
    store = await TinyStore.open(directory)
    started = time.perf_counter()
    keys = await Keys.open(directory / "keys", store)
    rebuilt = time.perf_counter() - started
    chance = random.Random(1)
    asked = [
        keys_of(guid=f"feed {id}", url=f"ostrava.example/{id}") for id in chance.choices(range(1, 2 * size), k=2_000)
    ]
    found = _timed(lambda mine: keys.find(mine), asked)
    await store.newest(BRIEFINGS, 10)
    newest = await _timed_async(lambda: store.newest(BRIEFINGS, 10), 500)
    warm = await _timed_async(lambda: store.get(BRIEFINGS, store.highest(BRIEFINGS)), 500)
    cold = await _timed_async(lambda: store.get(BRIEFINGS, chance.randrange(1, size)), 200)
    await keys.close()
    await store.close()
    return [
        ("duplicate look-up p99", f"{percentile(found, 0.99):.4f} ms", "0.1 ms"),
        (
            "newest(10), warm, p50 / p99",
            f"{percentile(newest, 0.5):.4f} / {percentile(newest, 0.99):.4f} ms",
            "0.05 ms",
        ),
        ("get, warm, p50", f"{percentile(warm, 0.5):.4f} ms", ""),
        ("get, from any file, p50", f"{percentile(cold, 0.5):.2f} ms", ""),
        ("keys made again from the store", f"{rebuilt:.1f} s", ""),
    ]


def _timed(ask: Callable[[tuple[int, ...]], object], asked: list[tuple[int, ...]]) -> list[float]:
    taken = []
    for mine in asked:
        before = time.perf_counter_ns()
        ask(mine)
        taken.append((time.perf_counter_ns() - before) / 1e6)
    return taken


async def _timed_async(ask: Callable[[], Awaitable[object]], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        before = time.perf_counter_ns()
        await ask()
        taken.append((time.perf_counter_ns() - before) / 1e6)
    return taken


async def _open_alone(directory: Path) -> None:
    """In a process of its own: how long opening takes, and what it weighs after a page of the newest and a look-up."""
    before = time.perf_counter()
    store = await TinyStore.open(directory)
    opened = time.perf_counter() - before
    keys = await Keys.open(directory / "keys", store)
    with_keys = time.perf_counter() - before
    await store.newest(BRIEFINGS, 10)
    chance = random.Random(2)
    for id in chance.choices(range(1, store.highest(BRIEFINGS)), k=300):
        assert keys.find(keys_of(guid=f"feed {id}")) == id
        await store.get(BRIEFINGS, id)
    print(opened, with_keys, _peak_megabytes())
    await keys.close()
    await store.close()


def _peak_megabytes() -> float:
    """From /proc: `getrusage` would count the parent's memory from before exec."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def measure_opening(directory: Path) -> list[tuple[str, str, str]]:
    command = [sys.executable, "-m", "tests.bench.archive", str(directory)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    opened, with_keys, weight = map(float, said)
    return [
        ("open the store", f"{opened:.3f} s", "1 s"),
        ("open the store and its keys", f"{with_keys:.3f} s", "1 s"),
        ("peak memory, 300 files asked", f"{weight:.0f} MB", "250 MB"),
    ]


def figures_table(title: str, figures: list[tuple[str, str, str]]) -> Table:
    table = Table(title=title)
    for name in ("what", "measured", "aim"):
        table.add_column(name, justify="left" if name == "what" else "right")
    for figure in figures:
        table.add_row(*figure)
    return table


def filled(folder: Path) -> dict[int, Path]:
    """A desk of each size."""
    desks = {size: folder / f"desk{size}" for size in SIZES}
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("filling desks", total=sum(SIZES))
        for size, directory in desks.items():
            asyncio.run(fill(directory, size, Clock(), lambda done: progress.advance(task, done)))
    return desks


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desks = filled(folder)
        plain = [measure_plain(folder / f"{size}.json", size) for size in PLAIN_SIZES]
        costs = asyncio.run(measure_commits(desks, folder / "floor"))
        console.print(commit_table([costs[0], *plain, *costs[1:]]))
        growth = percentile(costs[-1].cpu, 0.5) / percentile(costs[1].cpu, 0.5)
        idle, busy, files = asyncio.run(measure_lag(folder / "lag"))
        lag = [
            (f"CPU of a commit, {SIZES[-1]:,} to {SIZES[0]:,}, p50", f"{growth:.2f}", "1.3"),
            ("longest hold of the loop, idle", f"{idle:.1f} ms", ""),
            (f"longest hold of the loop, {files} files of articles rewritten", f"{busy:.1f} ms", "10 ms"),
        ]
        console.print(figures_table("Size and the loop", lag))
        questions = asyncio.run(measure_questions(desks[SIZES[-1]], SIZES[-1]))
        figures = questions + measure_opening(desks[SIZES[-1]])
        console.print(figures_table(f"A desk of {SIZES[-1]:,} briefings", figures))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        asyncio.run(_open_alone(Path(sys.argv[1])))
    else:
        main()
