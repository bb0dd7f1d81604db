"""Collecting from 2,000 sources on a loopback press, some of which misbehave: first everything, then nothing new.

`BACKCHANNEL_BENCH_FULL=1` takes all 20 entries of each source at the first check (40,000 articles, half an hour on two
cores); otherwise one, and CPU an article is told of a second desk that takes all 20 of 40 sources. The press runs in a
process of its own. Waiting between requests to one host is switched off.

Reports are of invented places, in common English words as often as newspapers use them and with names of their own;
pages have the sizes and the furniture of sixty news pages that were measured (`tests.reports`, `tests.press_pages`).
"""

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import ParamSpec, TypeVar

from rich.console import Console
from rich.progress import Progress, track
from rich.table import Table

from bot.collector import AT_ONCE, Collector
from summaries.archive.keys import key_of
from summaries.desk import Desk, open_desk
from summaries.editing.attribution import attribute, count_voices
from summaries.editing.brief import brief
from summaries.editing.clean import clean
from summaries.editing.condense import condense
from summaries.editing.facts import facts_of
from summaries.intake.fetch import Fetched, Fetcher
from summaries.intake.outcomes import Limits
from summaries.intake.pages import read_html
from summaries.memory import settle
from summaries.pipeline import Prepared
from summaries.polled import read_feed
from summaries.scout import scouting
from summaries.updating import Rules
from tests.press import Press, headline, printing

SOURCES, ENTRIES = 2_000, 20
TROUBLE = {"slow": 60, "dead": 60, "endless": 20, "bomb": 20}
SAMPLE = 200
WARMING = 40
WHOLE = 40
"""Sources of which everything is taken, for CPU an article."""
KILLS = 20
KILLED_OUTLETS, KILLED_ENTRIES = 40, 5
LIMITS = Limits(timeout=30, host_delay=0.0, at_once=AT_ONCE, allow_networks=(ip_network("127.0.0.0/8"),))

console = Console()

P = ParamSpec("P")
R = TypeVar("R")


# --- the press, in a process of its own


def troubles() -> dict[int, str]:
    names = [name for name, count in TROUBLE.items() for _ in range(count)]
    return dict(zip(random.Random(7).sample(range(SOURCES), len(names)), names, strict=True))


async def _print_for_ever(entries: int, troubled: bool) -> None:
    async with printing(Press(entries=entries, trouble=troubles() if troubled else {})) as press:
        print(press.port, flush=True)
        await asyncio.Event().wait()


@contextmanager
def press_beside(entries: int, *, troubled: bool) -> Iterator[Press]:
    command = [sys.executable, "-m", "tests.bench.collect", "press", str(entries), str(int(troubled))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        press = Press(entries=entries, port=int(process.stdout.readline()), trouble=troubles() if troubled else {})
        try:
            yield press
        finally:
            process.kill()


# --- what processes cost


def _children(pid: int) -> list[int]:
    found, waiting = [], [pid]
    while waiting:
        pid = waiting.pop()
        try:
            tasks = list(Path(f"/proc/{pid}/task").iterdir())
            now = [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
        found += now
        waiting += now
    return found


def _rss(pid: int) -> float:
    """Megabytes."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


def _cpu(pid: int) -> float:
    """Seconds, of a process and of those of its children that ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(int(ticks) for ticks in fields[11:15]) / os.sysconf("SC_CLK_TCK")


@dataclass
class Cost:
    """One collection."""

    seconds: float = 0.0
    main_cpu: float = 0.0
    worker_cpu: float = 0.0
    main_rss: float = 0.0
    worker_rss: float = 0.0
    articles: int = 0
    others: list[int] = field(default_factory=list)
    """Processes that are not workers."""

    def workers(self) -> list[int]:
        return [pid for pid in _children(os.getpid()) if pid not in self.others]

    def look(self) -> None:
        self.main_rss = max(self.main_rss, _rss(os.getpid()))
        self.worker_rss = max(self.worker_rss, sum(_rss(pid) for pid in self.workers()))


class Later:
    """A clock that can be set forward."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


async def _collect(desk: Desk, collector: Collector, cost: Cost, progress: Progress, label: str) -> None:
    before, checked = desk.count, _checks(desk)
    task = progress.add_task(label, total=len(desk.sources()))
    start, main_cpu = time.monotonic(), time.process_time()
    worker_cpu = sum(_cpu(pid) for pid in cost.workers())
    await collector.tick()
    ending = asyncio.create_task(collector.settle())
    while not ending.done():
        await asyncio.wait({ending}, timeout=0.5)
        looking = time.thread_time()
        cost.look()
        progress.update(task, completed=_checks(desk) - checked, refresh=True)
        main_cpu += time.thread_time() - looking  # the bench's own
    cost.seconds, cost.main_cpu = time.monotonic() - start, time.process_time() - main_cpu
    cost.worker_cpu = sum(_cpu(pid) for pid in cost.workers()) - worker_cpu
    cost.articles = desk.count - before


_LAST: Counter[int] = Counter()


def _checks(desk: Desk) -> int:
    """How many checks there have been, as far as anybody looked in time."""
    for source in desk.sources():
        if source.health.last_try:
            _LAST[source.id] = max(_LAST[source.id], int(source.health.last_try.timestamp()))
    return len({(id, moment) for id, moment in _LAST.items()})


async def collections(press: Press, folder: Path, most: int, others: list[int]) -> tuple[Cost, Cost, Desk]:
    clock = Later()
    desk = await open_desk(f"tinydb:{folder}", clock=clock)
    for start in range(0, SOURCES, 100):
        await asyncio.gather(*(desk.add_source(press.feed_url(n)) for n in range(start, start + 100)))
    settle()
    first, second = Cost(others=others), Cost(others=others)
    with Progress(console=console, auto_refresh=False) as progress:
        async with scouting(desk, LIMITS, Rules(most=most), clock=clock) as scout:
            collector = Collector(desk, scout, clock=clock)
            await _collect(desk, collector, first, progress, "first collection")
            await desk.searchable()
            clock.ahead = timedelta(days=2)
            await _collect(desk, collector, second, progress, "second: nothing new")
    return first, second, desk


# --- each part alone


class Parts(Counter[str]):
    """CPU of this process, in seconds by part. Articles go through all parts in turn, so that a machine that slows
    down for a while slows all of them; the first ones load what is loaded once, and are not counted."""

    def of(self, part: str, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        start = time.process_time()
        result = work(*args, **kwargs)
        self[part] += time.process_time() - start
        return result

    async def of_coroutine(self, part: str, work: Coroutine[object, object, R]) -> R:
        start = time.process_time()
        result = await work
        self[part] += time.process_time() - start
        return result

    def each(self, articles: int) -> dict[str, float]:
        """Milliseconds an article."""
        return {part: seconds * 1000 / articles for part, seconds in self.items()}


async def parts(press: Press, folder: Path) -> dict[str, float]:
    """CPU in ms an article of each part alone, in one process, on the same pages."""
    wanted = [(outlet, number) for outlet in range(SOURCES) for number in range(2)]
    wanted = [place for place in wanted if place[0] not in press.trouble][: WARMING + SAMPLE]
    desk, costs = await open_desk(f"tinydb:{folder}"), Parts()
    async with Fetcher(LIMITS) as fetcher:
        for place, (outlet, number) in enumerate(wanted):
            if place == WARMING:
                await desk.searchable()
                settle()
                costs.clear()
            await _through_all(costs, desk, fetcher, press, outlet, number)
    await costs.of_coroutine("index", desk.searchable())
    await desk.close()
    return costs.each(SAMPLE)


async def _through_all(costs: Parts, desk: Desk, fetcher: Fetcher, press: Press, outlet: int, number: int) -> None:
    """One article. Its feed is read for `ENTRIES` of them."""
    feed, url = press.feed(outlet), press.feed_url(outlet)
    got = await costs.of_coroutine("fetch", fetcher.get(url.replace("feed.xml", f"{number}.html"), page=True))
    assert isinstance(got, Fetched)
    start = time.process_time()
    read_feed(feed, url, "", 1)
    costs["parse"] += (time.process_time() - start) / ENTRIES
    page = costs.of("extract", read_html, got.body, url=got.url)
    article = costs.of("clean", clean, page)
    costs.of("condense", condense, article)
    costs.of("attribute", lambda: (count_voices(attribute(article)), facts_of(article)))
    prepared = costs.of("compare", Prepared.of, article, brief(article))
    await costs.of_coroutine("store", desk.file(prepared, source=1, keys=(key_of(guid=f"{outlet}:{number}") or 0,)))


# --- kills


def kills(press: Press, folder: Path) -> tuple[int, int, int, int, int]:
    """Acknowledged, lost, twice, kept in the end, and expected, after so many kills of one desk."""
    chance, acknowledged = random.Random(2026), list[str]()
    urls = [press.feed_url(outlet) for outlet in range(KILLED_OUTLETS)]
    quiet = "ignore:resource_tracker:UserWarning"  # of what a killed process leaves
    command = [sys.executable, "-W", quiet, "-m", "tests.collecting", str(folder), "workers", *urls]
    for number in track(range(KILLS + 1), description="kill -9", console=console):
        left = chance.randrange(1, 12) if number < KILLS else 0
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for count, line in enumerate(process.stdout, 1):
                acknowledged += [line.strip()] if line.endswith("\n") else []
                if count == left:
                    process.kill()
    counts = asyncio.run(_headlines(folder))
    twice = sum(count - 1 for count in counts.values())
    expected = {headline(outlet, number) for outlet in range(KILLED_OUTLETS) for number in range(KILLED_ENTRIES)}
    return len(acknowledged), len(set(acknowledged) - set(counts)), twice, len(set(counts) & expected), len(expected)


async def _headlines(folder: Path) -> Counter[str]:
    desk = await open_desk(f"tinydb:{folder}")
    counts = Counter([briefing.headline async for briefing in desk.briefings()])
    await desk.close()
    return counts


# --- the report


def _show(first: Cost, second: Cost, most: int) -> None:
    table = Table(title=f"{SOURCES} sources of {ENTRIES} entries, {most} taken of each; {TROUBLE}")
    for name in ("", "first", "second (304)"):
        table.add_column(name, justify="right")
    rows: list[tuple[str, Callable[[Cost], str]]] = [
        ("seconds", lambda cost: f"{cost.seconds:.0f}"),
        ("articles", lambda cost: f"{cost.articles:,}"),
        ("articles a second", lambda cost: f"{cost.articles / cost.seconds:.1f}"),
        ("sources a second", lambda cost: f"{SOURCES / cost.seconds:.1f}"),
        ("main process: CPU s", lambda cost: f"{cost.main_cpu:.1f}"),
        ("workers: CPU s", lambda cost: f"{cost.worker_cpu:.1f}"),
        ("main process: MB at most", lambda cost: f"{cost.main_rss:.0f}"),
        ("workers: MB at most, shared pages counted each time", lambda cost: f"{cost.worker_rss:.0f}"),
    ]
    for name, value in rows:
        table.add_row(name, value(first), value(second))
    console.print(table)


def _show_parts(collected: Cost, costs: dict[str, float]) -> None:
    table = Table(title=f"CPU an article in ms, of {collected.articles} articles with all their feeds")
    for name in ("part", "ms", "of extraction"):
        table.add_column(name, justify="right")
    extract = costs["extract"]
    whole = (collected.main_cpu + collected.worker_cpu) * 1000 / collected.articles
    rows = {f"{name} alone": cost for name, cost in costs.items()} | {
        "all parts, each alone": sum(costs.values()),
        "collected: main process": collected.main_cpu * 1000 / collected.articles,
        "collected: workers": collected.worker_cpu * 1000 / collected.articles,
        "collected: all without extraction": whole - extract,
    }
    for name, cost in rows.items():
        table.add_row(name, f"{cost:.2f}", f"{cost / extract:.0%}")
    console.print(table)


async def whole(press: Press, folder: Path, others: list[int]) -> Cost:
    """What it costs to take everything of a few well-behaved sources; workers are started before."""
    outlets = [outlet for outlet in range(SOURCES) if outlet not in press.trouble][: WHOLE + 2]
    desk = await open_desk(f"tinydb:{folder}")
    settle()
    warm, measured = Cost(others=others), Cost(others=others)
    with Progress(console=console, auto_refresh=False) as progress:
        async with scouting(desk, LIMITS, Rules(most=ENTRIES)) as scout:
            collector = Collector(desk, scout)
            for cost, chosen in ((warm, outlets[:2]), (measured, outlets[2:])):
                for outlet in chosen:
                    await desk.add_source(press.feed_url(outlet))
                await _collect(desk, collector, cost, progress, f"all of {len(chosen)} sources")
                await desk.searchable()
    await desk.close()
    return measured


async def _run(press: Press, folder: Path, most: int) -> None:
    others = _children(os.getpid())
    first, second, desk = await collections(press, folder / "desk", most, others)
    reasons = Counter(source.health.reason for source in desk.sources())
    await desk.close()
    _show(first, second, most)
    _show_parts(await whole(press, folder / "whole", others), await parts(press, folder / "alone"))
    console.print("reasons of sources: " + ", ".join(f"{reason or 'well'} {n}" for reason, n in reasons.most_common()))


def main() -> None:
    most = ENTRIES if os.environ.get("BACKCHANNEL_BENCH_FULL") else 1
    with tempfile.TemporaryDirectory() as folder, press_beside(ENTRIES, troubled=True) as press:
        asyncio.run(_run(press, Path(folder), most))
    with tempfile.TemporaryDirectory() as folder, press_beside(KILLED_ENTRIES, troubled=False) as press:
        acknowledged, lost, twice, kept, expected = kills(press, Path(folder) / "desk")
    table = Table(title=f"kill -9 while collecting, {KILLS} times, the same desk")
    for name in ("acknowledged", "lost", "twice", "kept in the end", "expected"):
        table.add_column(name, justify="right")
    table.add_row(*(str(value) for value in (acknowledged, lost, twice, kept, expected)))
    console.print(table)


if __name__ == "__main__":
    if sys.argv[1:2] == ["press"]:
        asyncio.run(_print_for_ever(int(sys.argv[2]), sys.argv[3] == "1"))
    else:
        main()
