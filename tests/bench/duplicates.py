"""Copies: recall on edited and cut texts, false calls on other outlets' reports of the same event, and what it costs.

Measured on `stories_basil.jsonl` (one event in three outlets) and on the Indian, French and Urdu articles of the folder
that BACKCHANNEL_EVAL names (default: `shared` beside the project), and always on articles made here. The peer is
Jaccard resemblance of the same shingles at the same threshold; CPU stands beside finding the words of the text.
"""

import json
import os
import random
import time
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

from summaries.language import split, words
from summaries.threads.duplicates import COPY, Fingerprint, compare, fingerprint
from summaries.threads.neighbours import Neighbours

START = datetime(2031, 5, 1, tzinfo=UTC)
MADE = 120
HELD = 50_000
MEASURED = 300
Given = TypeVar("Given")
SETS = {"en_india": 210, "fr": 210, "ur": 25}


@dataclass(frozen=True)
class Text:
    text: str
    language: str
    event: str


def main() -> None:
    console = Console()
    sets = _sets()
    console.print(_recall(sets))
    console.print(_strangers(sets))
    console.print(_cost(console))


# --- texts


def _sets() -> dict[str, list[Text]]:
    folder = Path(os.environ.get("BACKCHANNEL_EVAL", Path(__file__).parents[3] / "shared")) / "eval"
    found = {"made here": [_made(seed) for seed in range(MADE)]}
    if (basil := folder / "stories_basil.jsonl").is_file():
        found["basil"] = [_read(line, "story") for line in basil.read_text(encoding="utf-8").splitlines()]
    for name, most in SETS.items():
        if (path := folder / f"summaries_{name}.jsonl").is_file():
            found[name] = [_read(line, "id") for line in path.read_text(encoding="utf-8").splitlines()[:most]]
    return {name: _once(texts) for name, texts in found.items()}


def _once(texts: list[Text]) -> list[Text]:
    """Without the texts that a set holds twice: to call those copies is no mistake."""
    return list({" ".join(text.text.split()): text for text in texts}.values())


def _read(line: str, event: str) -> Text:
    record = json.loads(line)
    return Text(record["text"], record.get("lang", "en"), str(record.get(event) or record["id"]))


_NOUNS = words(
    "council bridge ferry harbour school mayor railway market river hospital library winter court union", "en"
)
_VERBS = words("closed opened repaired delayed questioned praised audited sold rebuilt surveyed flooded visited", "en")
_WHERE = ["in Orsk", "near Tarn", "above Vell", "at Kesh", "outside Maro", "along the Ilmen", "by the old mill"]
TAIL = (
    "This is a developing story and will be updated as more details come in. Sign up for our morning letter to read "
    "the most important reports of the valley before everyone else does, and tell us what we have missed."
)


def _made(seed: int) -> Text:
    """12 to 40 sentences; three articles in a row are on one event, and share its words and a standing tail."""
    chance = random.Random(seed)
    subject = random.Random(seed // 3).sample(_NOUNS, 6)
    sentences = []
    for _ in range(chance.randint(12, 40)):
        one, two, three = chance.sample(subject, 3)
        by, at = chance.choice(_VERBS), chance.choice(_WHERE)
        number = chance.randint(2, 900)
        sentences.append(
            f"The {one} {at} {by} the {two} after {number} days, and the {three} {chance.choice(_VERBS)} it."
        )
    return Text(" ".join((*sentences, TAIL)), "en", f"made {seed // 3}")


# --- what outlets do to an agency's text


def _light(text: Text, chance: random.Random) -> str:
    """Another agency line before it, two sentences left out, 2 % of the words changed."""
    kept = _sentences(text)
    for _ in range(min(2, len(kept) - 1)):
        kept.pop(chance.randrange(len(kept)))
    return "KESH (Agencies) - " + _changed(" ".join(kept), 0.02, chance)


def _half(text: Text, chance: random.Random) -> str:
    """The first half of the sentences, as desks cut from the end."""
    sentences = _sentences(text)
    return " ".join(sentences[: max(1, len(sentences) // 2)])


def _latter(text: Text, chance: random.Random) -> str:
    sentences = _sentences(text)
    return " ".join(sentences[len(sentences) // 2 :])


def _rewritten(text: Text, chance: random.Random) -> str:
    return _changed(text.text, 0.06, chance)


def _half_rewritten(text: Text, chance: random.Random) -> str:
    return _changed(_half(text, chance), 0.06, chance)


def _sentences(text: Text) -> list[str]:
    return [text.text[start:end] for start, end in split(text.text, text.language)]


def _changed(text: str, share: float, chance: random.Random) -> str:
    """That share of the words, each at random, replaced by a word of the same text."""
    found = text.split()
    return " ".join(chance.choice(found) + "x" if chance.random() < share else word for word in found)


EDITS: dict[str, Callable[[Text, random.Random], str]] = {
    "light edits": _light,
    "first half": _half,
    "latter half": _latter,
    "6 % rewritten": _rewritten,
    "half, 6 % rewritten": _half_rewritten,
}


# --- recall and false calls


def _recall(sets: dict[str, list[Text]]) -> Table:
    table = Table(title="Recall: copies found among all the others (either one first) · by Jaccard ≥ .5")
    for column in ("set", "articles", *EDITS):
        table.add_column(column, justify="right")
    for name, texts in sets.items():
        table.add_row(name, str(len(texts)), *(_found(texts, edit) for edit in EDITS.values()))
    return table


def _found(texts: list[Text], edit: Callable[[Text, random.Random], str]) -> str:
    originals = [fingerprint(text.text, text.language) for text in texts]
    copies = [fingerprint(edit(text, random.Random(n)), text.language) for n, text in enumerate(texts)]
    forward = sum(_finds(originals, copies))
    backward = sum(_finds(copies, originals))
    jaccard = sum(_jaccard(one, two) >= COPY for one, two in zip(originals, copies, strict=True))
    return f"{forward / len(texts):.3f} / {backward / len(texts):.3f} · {jaccard / len(texts):.2f}"


def _finds(held: list[Fingerprint], asked: list[Fingerprint]) -> Iterator[bool]:
    neighbours = Neighbours()
    neighbours.fill((id, START, text) for id, text in enumerate(held))
    for id, text in enumerate(asked):
        match = neighbours.match(text, START, held.__getitem__)
        yield match is not None and match.id == id


def _jaccard(one: Fingerprint, other: Fingerprint) -> float:
    shared = len(np.intersect1d(one.distinct, other.distinct))
    return shared / max(1, len(one.distinct) + len(other.distinct) - shared)


def _strangers(sets: dict[str, list[Text]]) -> Table:
    table = Table(title="False: other reports called copies (every pair of a set was compared; goal ≤ 1 in 100)")
    for column in ("set", "pairs of one event", "called copies", "other pairs", "called copies ", "found by the index"):
        table.add_column(column, justify="right")
    for name, texts in sets.items():
        prints = [fingerprint(text.text, text.language) for text in texts]
        pairs = {True: [0, 0], False: [0, 0]}
        for one, two in combinations(range(len(texts)), 2):
            counted = pairs[texts[one].event == texts[two].event]
            counted[0] += 1
            counted[1] += compare(prints[two], prints[one]) is not None
        same, other = pairs[True], pairs[False]
        table.add_row(name, *map(str, (*same, *other)), f"{_called(prints)} of {len(prints)} articles")
    return table


def _called(prints: list[Fingerprint]) -> int:
    """The articles of a stream that would have been kept as copies of an earlier one."""
    neighbours, called = Neighbours(), 0
    for id, text in enumerate(prints):
        called += neighbours.match(text, START, prints.__getitem__) is not None
        neighbours.add(id, START, text)
    return called


# --- cost


def _cost(console: Console) -> Table:
    texts = [_long(seed) for seed in range(MEASURED)]
    neighbours = Neighbours()
    tracemalloc.start()
    with console.status("holding 50,000 articles"):
        neighbours.fill(_random_articles(HELD))
    memory = tracemalloc.get_traced_memory()[0] / HELD
    tracemalloc.stop()
    floor = _milliseconds(lambda text: words(text, "en"), texts)
    made = _milliseconds(lambda text: fingerprint(text, "en").distinct, texts)
    prints = [fingerprint(text, "en") for text in texts]
    added = _milliseconds(lambda text: neighbours.add(0, START, text), prints)
    asked = _milliseconds(lambda text: neighbours.candidates(text, START), prints)
    known = prints[0]
    compared = _milliseconds(lambda text: compare(text, known), prints)
    table = Table(title=f"CPU an article of 500 words, {HELD:,} held (goal ≤ 1 ms); {memory:.0f} bytes an article")
    for column in ("step", "ms", "times finding its words"):
        table.add_column(column, justify="right")
    steps = {"words (floor)": floor, "fingerprint": made, "candidates": asked, "add": added}
    for name, value in steps.items():
        table.add_row(name, f"{value:.3f}", f"{value / floor:.1f}")
    table.add_row("all but the floor", f"{made + asked + added:.3f}", f"{(made + asked + added) / floor:.1f}")
    table.add_row("compare, for each candidate", f"{compared:.3f}", f"{compared / floor:.1f}")
    return table


def _random_articles(number: int) -> Iterator[tuple[int, datetime, Fingerprint]]:
    """Articles of 100 to 900 words without a word in common, over 13 days."""
    chance = np.random.default_rng(1)
    for id in range(number):
        size = int(chance.integers(100, 900))
        shingles = chance.integers(0, 1 << 64, size=size, dtype=np.uint64)
        yield id, START - timedelta(days=13) * (1 - id / number), Fingerprint(shingles)


def _long(seed: int) -> str:
    chance = random.Random(seed)
    vocabulary = [f"{chance.choice(_NOUNS)}{chance.randrange(4000)}" for _ in range(400)]
    return " ".join(chance.choices(vocabulary, k=500))


def _milliseconds(step: Callable[[Given], object], given: list[Given]) -> float:
    """CPU of one call, in the best of three rounds."""
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for one in given:
            step(one)
        rounds.append((time.process_time() - start) / len(given) * 1000)
    return min(rounds)
