"""Search: CPU of a question with its snippets at three sizes, and the rate of a rebuild, beside SQLite FTS5.

The articles are made of a Zipf vocabulary with a fixed seed. FTS5 gets the same three texts and weights, a porter
stemmer, and makes its own snippets; languages, dates and stable pages are left out of its questions.
"""

import asyncio
import random
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table as Grid

from summaries.archive.search import Index
from summaries.archive.store import ARTICLES, BRIEFINGS, Change, Put, R, Table, open_store
from summaries.language import stop_words
from summaries.models import Article, Briefing, Chosen, Filed, Span

SIZES = (1_000, 10_000, 100_000)
REBUILT = 10_000
QUESTIONS = 200
PEER_QUESTIONS = 60
EVERYDAY = 120
NOW = datetime(2030, 6, 1, 12, tzinfo=UTC)
OUTLETS = ("Norvale Courier", "The Tamsin Ledger", "Radio Quill", "Harbour Post", "Evening Lantern")


class World:
    """Articles by id, made when they are asked for, always the same."""

    def __init__(self, *, words: int = 40_000, paragraphs: int = 6_000) -> None:
        self._random = random.Random(7)
        self.vocabulary = list(self._vocabulary(words))
        self._weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.vocabulary))))
        self.paragraphs = [tuple(self._sentence() for _ in range(4)) for _ in range(paragraphs)]

    def _vocabulary(self, size: int) -> Iterator[str]:
        yield from sorted(stop_words("en"))[:EVERYDAY]
        syllables = [first + vowel for first in "bcdfghjklmnprstvwz" for vowel in "aeiou"]
        for _ in range(size):
            stem = "".join(self._random.choices(syllables, k=self._random.randint(2, 4)))
            yield stem + self._random.choice(("", "", "", "s", "ed", "ing", "ation", "er"))

    def words(self, count: int) -> list[str]:
        return self._random.choices(self.vocabulary, cum_weights=self._weights, k=count)

    def _sentence(self) -> str:
        words = self.words(self._random.randint(12, 28))
        return f"{words[0].capitalize()} {' '.join(words[1:9])}, {' '.join(words[9:])}."

    def article(self, id: int) -> Article:
        """About 400 words in five paragraphs."""
        lines, spans, place = [], [], 0
        chosen = random.Random(id).sample(range(len(self.paragraphs)), 5)
        for number, paragraph in enumerate(self.paragraphs[which] for which in chosen):
            for sentence in paragraph:
                spans.append(Span(place, place + len(sentence), number))
                place += len(sentence) + 1
            lines.append(" ".join(paragraph))
        return Article("\n".join(lines), tuple(spans), language="en")

    def briefing(self, id: int) -> Briefing:
        article = self.article(id)
        chosen = tuple(Chosen(article.sentences[place], place) for place in (0, 1, 5))
        headline = " ".join(random.Random(-id).choices(self.vocabulary, cum_weights=self._weights, k=9))
        when = NOW - timedelta(minutes=20 * (SIZES[-1] - id))
        return Briefing(headline, chosen, id, outlet=OUTLETS[id % 5], published=when, received=when, language="en")


class Memory:
    """A store of the first `size` articles of a world: what is measured is the search, not the archive."""

    readonly = False

    def __init__(self, world: World, *, texts: bool) -> None:
        self.world, self.texts, self.size, self.earlier = world, texts, 0, 0
        self._row = lru_cache(1_000)(self._made)

    @property
    def sequence(self) -> int:
        return self.size

    def _made(self, table: str, id: int) -> Any:
        if table == "briefings":
            return self.world.briefing(id)
        return Filed(id, self.world.article(id)) if self.texts else None

    async def get(self, table: Table[R], id: int) -> R | None:
        row: R | None = self._row(table.name, id)
        return row

    async def rows(self, table: Table[R], *, above: int = 0) -> AsyncIterator[R]:
        for id in range(above + 1, self.size + 1):
            if (row := self._made(table.name, id)) is not None:
                yield row

    def highest(self, table: Table[R]) -> int:
        return self.size

    def changed_since(self, table: Table[R], sequence: int) -> list[int] | None:
        return list(range(sequence + 1, self.size + 1))


@dataclass(frozen=True)
class Question:
    """The same question for both."""

    kind: str
    ours: str
    theirs: str
    outlet: str = ""


def questions(world: World, count: int) -> list[Question]:
    pick = random.Random(11)
    vocabulary = world.vocabulary[EVERYDAY:]

    def word(low: int, high: int) -> str:
        return vocabulary[pick.randrange(low, high)]

    found: list[Question] = []
    while len(found) < count:
        common, usual, rare = word(0, 60), word(60, 2_000), word(2_000, 20_000)
        pair = _pair(world, pick)
        outlet = pick.choice(OUTLETS)
        found += [
            Question("common word", common, common),
            Question("usual word", usual, usual),
            Question("rare word", rare, rare),
            Question("two words", f"{common} {usual}", f"{common} {usual}"),
            Question("three words", f"{common} {usual} {word(0, 60)}", f"{common} {usual} {word(0, 60)}"),
            Question("phrase", f'"{" ".join(pair)}"', f'"{" ".join(pair)}"'),
            Question("word, not word", f"{common} -{usual}", f"{common} NOT {usual}"),
            Question("word, source", f'{common} source:"{outlet}"', common, outlet),
            Question("no such words", f"{rare} {rare}zq", f"{rare} {rare}zq"),
        ]
    return found[:count]


def _pair(world: World, pick: random.Random) -> list[str]:
    """Two words that follow each other somewhere, not both of them everyday ones: people quote names and terms."""
    everyday = set(world.vocabulary[:EVERYDAY])
    while True:
        pair = pick.choice(pick.choice(world.paragraphs))[:-1].replace(",", "").lower().split()[3:5]
        if not everyday.issuperset(pair):
            return pair


@dataclass(frozen=True)
class Cost:
    """Milliseconds of CPU of each question."""

    times: tuple[float, ...]

    def at(self, share: float) -> float:
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def ask(index: Index, asked: Iterable[Question]) -> Cost:
    """Each twice, the second time measured: the rows are made when they are first asked for, and that is no search."""
    times = []
    for question in asked:
        await index.search(question.ours, limit=5, now=NOW)
        start = time.process_time()
        await index.search(question.ours, limit=5, now=NOW)
        times.append(1_000 * (time.process_time() - start))
    return Cost(tuple(times))


class Peer:
    """SQLite FTS5 with the same texts."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fts.sqlite"
        self._db = sqlite3.connect(self.path)
        self._db.execute(
            "create virtual table f using fts5(headline, sentences, text, outlet, tokenize='porter unicode61')"
        )

    def add(self, world: World, first: int, last: int) -> None:
        for id in range(first, last + 1):
            briefing = world.briefing(id)
            sentences = " ".join(sentence.text for sentence in briefing.sentences)
            row = (id, briefing.headline, sentences, world.article(id).text, briefing.outlet)
            self._db.execute("insert into f(rowid, headline, sentences, text, outlet) values (?, ?, ?, ?, ?)", row)
        self._db.commit()

    def ask(self, asked: Iterable[Question]) -> Cost:
        times = []
        for question in asked:
            match = f"{{headline sentences text}} : ({question.theirs})"
            match += f' AND outlet : "{question.outlet}"' if question.outlet else ""
            self._ask(match)
            start = time.process_time()
            self._ask(match)
            times.append(1_000 * (time.process_time() - start))
        return Cost(tuple(times))

    def _ask(self, match: str) -> None:
        self._db.execute("select count(*) from f where f match ?", (match,)).fetchone()
        self._db.execute(
            "select rowid, highlight(f, 0, '[', ']'), snippet(f, -1, '[', ']', '…', 30) from f where f match ?"
            " order by bm25(f, 4.0, 1.5, 1.0) limit 5",
            (match,),
        ).fetchall()


async def _sizes(world: World, folder: Path, progress: Progress) -> Grid:
    grid = Grid("briefings", "ours p50", "ours p99", "FTS5 p50", "FTS5 p99", "p99 ratio", "index", "FTS5 file")
    grid.title = "A question with snippets, full text indexed: ms of CPU"
    store, peer, asked = Memory(world, texts=True), Peer(folder), questions(world, QUESTIONS)
    task = progress.add_task("indexing and asking", total=SIZES[-1])
    for size in SIZES:
        before, store.size = store.size, size
        await (await _filled(store, folder)).close()  # which waits for merges: their CPU is not the question's
        index = await _filled(store, folder)
        await ask(index, asked[:20])  # what is loaded once is not the price of a question
        ours = await ask(index, asked)
        peer.add(world, before + 1, size)
        theirs = peer.ask(asked[:PEER_QUESTIONS])
        await index.close()
        ratio = f"1 : {theirs.at(0.99) / ours.at(0.99):.0f}"
        figures = (f"{cost.at(share):.2f}" for cost in (ours, theirs) for share in (0.5, 0.99))
        grid.add_row(f"{size:,}", *figures, ratio, _megabytes(folder / "index"), _megabytes(peer.path))
        progress.update(task, completed=size)
    return grid


async def _filled(store: Memory, folder: Path) -> Index:
    index = await Index.open(store, folder / "index")  # type: ignore[arg-type]  # it has what an index asks for
    await index.catch_up()
    return index


def _megabytes(path: Path) -> str:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return f"{sum(file.stat().st_size for file in files) / 1e6:.0f} MB"


async def _rebuilds(world: World, folder: Path, progress: Progress) -> Grid:
    grid = Grid("rebuilt from the archive", "briefings/s", "a second of CPU", "goal")
    grid.title = f"Rebuilding the index of {REBUILT:,} briefings"
    for name, texts, goal in (("headline and sentences", False, 3_000), ("full text, 400 words", True, 1_000)):
        task = progress.add_task(f"archive of {name}", total=REBUILT)
        store = await open_store(f"tinydb:{folder / name}")
        for first in range(1, REBUILT + 1, 500):
            await store.commit(
                change for id in range(first, first + 500) for change in _changes(world, id, texts=texts)
            )
            progress.advance(task, 500)
        start, cpu = time.perf_counter(), time.process_time()
        index = await Index.open(store, folder / f"index of {name}")
        await index.catch_up()
        rates = (REBUILT / (time.perf_counter() - start), REBUILT / (time.process_time() - cpu))
        grid.add_row(name, *(f"{rate:,.0f}" for rate in rates), f"{goal:,}")
        await index.close()
        await store.close()
    return grid


def _changes(world: World, id: int, *, texts: bool) -> Iterator[Change]:
    yield Put(BRIEFINGS, world.briefing(id))
    if texts:
        yield Put(ARTICLES, Filed(id, world.article(id)))


async def _main(console: Console) -> None:
    world = World()
    with tempfile.TemporaryDirectory() as folder, Progress(console=console, transient=True) as progress:
        grids = [await _sizes(world, Path(folder), progress), await _rebuilds(world, Path(folder), progress)]
    for grid in grids:
        console.print(grid)


def main() -> None:
    asyncio.run(_main(Console()))


if __name__ == "__main__":
    main()
