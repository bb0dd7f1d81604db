"""The same text again: word for word, lightly edited, or cut short by another outlet. Pure.

Two texts are compared by containment of their 5-word shingles: of the smaller one's, how many the larger one has too
(Broder, "On the resemblance and containment of documents", 1997). Jaccard resemblance would miss a wire report that
was cut to half, since it cannot pass .5 there.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from summaries.language import words

COPY = 0.5
"""Containment that makes a copy."""
SHORT = 30
"""Words (bigrams of unspaced scripts). Shorter texts are copies only when they are the same word for word."""
SHORTEST = 12
"""Words. Shorter texts ("Read the full story on our site.") are shared by strangers, and copies of nothing."""
WIDTH = 5
"""Words in a shingle."""
EACH_HALF = 0.25
"""Containment of either half of the smaller text. A standing tail or a standing opening is in one half alone, however
long it is beside a short report; an edited or cut copy is a copy from end to end."""
NEW_FIGURES = 3
"""Numbers of the smaller text that the larger lacks, once they are most of its numbers, make it another report in the
same words: yesterday's gold price and today's."""
TELLS_MORE = 4
"""A text so many times as long as the one that it repeats is no copy of it: the full report after the news flash."""

Words64 = NDArray[np.uint64]
Kind = Literal["exact", "near", "cut"]
"""The same words; most of the words of both; or all of one within a longer other."""

_FIGURE = re.compile(r"\d+(?:[.,٫٬:]\d+)*")
_MULTIPLIER = 0x9E3779B97F4A7C15  # odd, so that no bit of a word is lost: 2**64 / golden ratio


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """What is compared of a text: its shingles in document order, those that come again included, and its numbers."""

    shingles: Words64
    figures: frozenset[str] = frozenset()

    @cached_property
    def distinct(self) -> Words64:
        """Its shingles once each, rising. `np.unique` hashes first, which takes several times as long."""
        ordered = np.sort(self.shingles)
        return ordered[np.append(ordered[:-1] != ordered[1:], True)] if len(ordered) else ordered

    @property
    def words(self) -> int:
        return len(self.shingles) + WIDTH - 1 if len(self.shingles) else 0


@dataclass(frozen=True)
class Likeness:
    """How a text is a copy of another. `containment` is of the smaller in the larger, 0–1."""

    containment: float
    kind: Kind


def fingerprint(text: str, language: str) -> Fingerprint:
    """The fingerprint of an article's text, without its title: outlets write headlines of their own."""
    return Fingerprint(shingles(text, language), frozenset(_FIGURE.findall(text)))


def shingles(text: str, language: str) -> Words64:
    """64-bit hashes of every run of five words, in order; none where there are fewer words. Alike in every process.

    Words are `language.words`: of any script, in lower case, without punctuation; of unspaced scripts their character
    bigrams, so that a shingle there is six characters.
    """
    coded = map(str.encode, words(text, language), repeat("utf-8"), repeat("surrogatepass"))
    values = _mixed(np.fromiter(map(crc32, coded), dtype=np.uint64))
    count = max(0, len(values) - WIDTH + 1)
    found = np.zeros(count, dtype=np.uint64)
    for place in range(WIDTH):
        found = found * np.uint64(_MULTIPLIER) + values[place : place + count]
    return _mixed(found)


def _mixed(values: Words64) -> Words64:
    """Spread evenly over 64 bits (the finalizer of splitmix64, Steele et al. 2014): sampling by size depends on it."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def containment(one: Fingerprint, other: Fingerprint) -> float:
    """The share, 0–1, of the smaller text's distinct shingles that the larger has too; 0 where one has none."""
    return _shared(one, other) / max(1, min(len(one.distinct), len(other.distinct)))


def same_text(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether one is the other: word for word, edited or cut. Which of them came first does not matter."""
    if _identical(one, other):
        return True
    if min(one.words, other.words) < SHORT or containment(one, other) < COPY:
        return False
    smaller, larger = sorted((one, other), key=lambda text: len(text.distinct))
    return _throughout(smaller, larger) and not _tells_other_figures(smaller, larger)


def compare(new: Fingerprint, known: Fingerprint) -> Likeness | None:
    """How `new` is a copy of `known`; None where it is none, or tells so much more that it stands for itself."""
    if _identical(new, known):
        return Likeness(1.0, "exact")
    if len(new.distinct) > TELLS_MORE * len(known.distinct) or not same_text(new, known):
        return None
    of_larger = _shared(new, known) / max(len(new.distinct), len(known.distinct))
    return Likeness(containment(new, known), "near" if of_larger >= COPY else "cut")


def _shared(one: Fingerprint, other: Fingerprint) -> int:
    return len(np.intersect1d(one.distinct, other.distinct, assume_unique=True))


def _identical(one: Fingerprint, other: Fingerprint) -> bool:
    return one.words >= SHORTEST and np.array_equal(one.shingles, other.shingles)


def _throughout(smaller: Fingerprint, larger: Fingerprint) -> bool:
    held = np.isin(smaller.shingles, larger.distinct)
    middle = len(held) // 2
    return bool(min(held[:middle].mean(), held[middle:].mean()) >= EACH_HALF)


def _tells_other_figures(smaller: Fingerprint, larger: Fingerprint) -> bool:
    lacking = len(smaller.figures - larger.figures)
    return lacking >= NEW_FIGURES and 2 * lacking > len(smaller.figures)
