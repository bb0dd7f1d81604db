"""Grouping: BCubed beside a grouping by day and by headline, and CPU, memory and restart as the archive grows.

Quality is measured on the sets of the folder that BACKCHANNEL_EVAL names (default: `shared` beside the project) where
it has `eval/`; one setting for all. Growth is measured on articles made here: 350 words by Zipf's law, and 80 of a
subject that lasts for a while.
"""

import json
import os
import random
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from bot.commands.relating import Relation
from summaries.language import terms
from summaries.threads.events import HELD
from summaries.threads.snapshot import Stamp, read, written
from summaries.threads.stories import Threads
from summaries.threads.vectors import NAMES, Vector, numbers_of, vector_of

SETS = ("basil", "ecb", "headlines")
SIZES = (10_000, HELD)
MEASURED = 300
WORDS = 40_000
SUBJECT = 25
START = datetime(2031, 1, 1, tzinfo=UTC)
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Scores:
    precision: float
    recall: float
    groups: int

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def main() -> None:
    console = Console()
    for name in SETS:
        path = _folder() / f"stories_{name}.jsonl"
        if path.is_file():
            console.print(_quality(name, _read(path)))
    console.print(_growth())


def _folder() -> Path:
    return Path(os.environ.get("BACKCHANNEL_EVAL", Path(__file__).parents[3] / "shared")) / "eval"


def _read(path: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return sorted(rows, key=lambda row: (row["date"], row["id"])) if any(row["date"] for row in rows) else rows


def _quality(name: str, rows: list[dict[str, Any]]) -> Table:
    true = [row["story"] for row in rows]
    relation = Relation()
    began = time.process_time()
    for row in rows:
        relation.add(json.dumps(row).encode())
    related = list(relation.result())
    spent = 1000 * (time.process_time() - began) / len(rows)
    table = Table(title=f"Stories, {name}: {len(rows):,} articles, {len(set(true))} groups, {spent:.1f} ms an article")
    for heading in ("system", "precision", "recall", "BCubed F1", "groups"):
        table.add_column(heading, justify="left" if heading == "system" else "right")
    _row(table, "one group a day", bcubed(true, [row["date"][:10] for row in rows]))
    _row(table, "events", bcubed(true, [one.event for one in related]))
    _row(table, "stories", bcubed(true, [one.story for one in related]))
    return table


def _row(table: Table, name: str, scores: Scores) -> None:
    table.add_row(name, f"{scores.precision:.3f}", f"{scores.recall:.3f}", f"{scores.f1:.3f}", f"{scores.groups:,}")


def bcubed(true: Sequence[object], found: Sequence[object]) -> Scores:
    """Precision and recall of each article's group, averaged over articles (Bagga and Baldwin 1998)."""
    both, trues, founds = Counter(zip(true, found, strict=True)), Counter(true), Counter(found)
    precision = sum(count * count / founds[group] for (_, group), count in both.items())
    recall = sum(count * count / trues[group] for (group, _), count in both.items())
    return Scores(precision / len(true), recall / len(true), len(founds))


def _growth() -> Table:
    table = Table(title=f"Stories, as the archive grows ({MEASURED} articles of about 200 terms each)")
    for heading in (
        "events",
        "CPU ms an article",
        "words → vector",
        "decide",
        "learn",
        "MB held",
        "MB saved",
        "read again s",
    ):
        table.add_column(heading, justify="right")
    for size in SIZES:
        table.add_row(*_grown(size))
    return table


def _grown(size: int) -> Iterator[str]:
    """Events of an article each, in time order, then the articles that are measured."""
    world, threads = World(), Threads()
    for number in range(size):
        threads.learn(world.vector(number), _when(number), number + 1, number + 1)
    spent = _measured(world, threads, size)
    with tempfile.NamedTemporaryFile() as file:
        file.writelines(written(threads, Stamp()))
        file.flush()
        saved = os.path.getsize(file.name)
        with get_context("spawn").Pool(1) as other:
            seconds, held = other.apply(restarted, (file.name,))
    yield f"{size:,}"
    yield f"{sum(spent.values()):.2f}"
    yield from (f"{spent[step]:.2f}" for step in ("words", "decide", "learn"))
    yield f"{held:.0f}"
    yield f"{saved / 1e6:.0f}"
    yield f"{seconds:.2f}"


def restarted(name: str) -> tuple[float, float]:
    """Seconds and megabytes that it takes a process to know what was saved."""
    before, began = _resident(), time.monotonic()
    with open(name, "rb") as file:
        threads, _ = read(file, HELD)
    return time.monotonic() - began, _resident() - before if len(threads.events) else 0.0


def _measured(world: "World", threads: Threads, size: int) -> dict[str, float]:
    """Milliseconds of CPU for each step of placing an article."""
    spent: defaultdict[str, float] = defaultdict(float)
    for number in range(size, size + MEASURED):
        title, text = world.article(number)
        began = time.process_time()
        vector = vector_of(title, text, "en")
        numbered = time.process_time()
        verdict = threads.judge(vector, _when(number))
        decided = time.process_time()
        threads.learn(vector, _when(number), verdict.event or number + 1, verdict.story or number + 1, verdict.absorbed)
        spent["words"] += numbered - began
        spent["decide"] += decided - numbered
        spent["learn"] += time.process_time() - decided
    return {step: 1000 * seconds / MEASURED for step, seconds in spent.items()}


def _when(number: int) -> datetime:
    return START + timedelta(minutes=3 * number)


def _resident() -> float:
    """Megabytes of this process that are in memory (proc(5), statm)."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE / 1e6


class World:
    """Articles by their number, alike in every run."""

    def __init__(self) -> None:
        chance = random.Random(1)
        syllables = [a + b for a in "bcdfghklmnprstvw" for b in "aeiou"]
        self._words = np.array(["".join(chance.choices(syllables, k=4)) for _ in range(WORDS)])
        self._numbers = numbers_of((term for word in self._words for term in terms(str(word), "en")), "en")
        shares = 1 / np.arange(1, WORDS + 1)
        self._cumulated = np.cumsum(shares / shares.sum())

    def article(self, number: int) -> tuple[str, str]:
        subject, body = self._drawn(number)
        return " ".join(self._words[subject[:6]]), " ".join(self._words[body])

    def vector(self, number: int) -> Vector:
        """Roughly that of the article, without the trouble of writing it."""
        _, body = self._drawn(number)
        terms, places = np.unique(self._numbers[body], return_index=True)
        weights = np.where(places < 60, 1.5, 1.0).astype(np.float32)
        names = np.unique(terms[:: max(1, len(terms) // NAMES)][:NAMES])
        return Vector("en", terms, weights / np.float32(np.linalg.norm(weights)), names=names)

    def _drawn(self, number: int) -> "tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]":
        """The words of its subject, and all of its words."""
        chance = np.random.default_rng(number)
        subject = np.random.default_rng(number // 4 * 7 + int(chance.integers(0, 500))).integers(300, WORDS, SUBJECT)
        common = np.minimum(np.searchsorted(self._cumulated, chance.random(350)), WORDS - 1)
        body = np.concatenate([common, chance.choice(subject, 80)])
        chance.shuffle(body)
        return subject, body


if __name__ == "__main__":
    main()
