"""What is compared of an article when it is grouped: the numbers of its terms, and how much each one says. Pure.

A term's number is a hash of its language and spelling in 22 bits (feature hashing, Weinberger et al. 2009), so nothing
needs to be kept of how terms are written, and terms of two languages never meet. Of a hundred thousand terms about one
in forty shares its number with another, which moves a cosine by less than a hundredth.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from summaries.language import spelt_terms, stop_words, terms
from summaries.threads.names import names_in

BITS = 22
ANY = ""
"""The language of what is the same in all of them."""
LEAD = 60
"""Words from the beginning of the text that say what it is about, as its title does."""
EMPHASIS = 1.5
"""How much more a term of title or lead says."""
AGAIN = 0.5
"""How much more a term says with every e-fold of its count: less than the whole logarithm, since a long report repeats
its common words, and outlets differ in length more than in subject."""

NAMES = 8
"""Names of an article that are kept, the first of them."""

Numbers = NDArray[np.int32]
Weights = NDArray[np.float32]

_SPREAD = np.uint32(0x9E3779B1)  # 2**32 / golden ratio, odd


def _none() -> Numbers:
    return np.empty(0, dtype=np.int32)


@dataclass(frozen=True, eq=False)
class Vector:
    """Terms by their numbers, rising, and a weight for each; weights have length 1 together.

    `spelt` are the words of which these are the terms, as they stand first in title or text; that of an event has none.
    `names` are numbers too, rising, of names and figures, which are the same for all languages.
    """

    language: str
    terms: Numbers
    weights: Weights
    spelt: tuple[str, ...] = ()
    names: Numbers = field(default_factory=_none)

    def __len__(self) -> int:
        return len(self.terms)


def vector_of(title: str, text: str, language: str) -> Vector:
    """The vector of an article; an empty one where it has nothing but stop words. Alike in every process."""
    head, body = spelt_terms(title, language), spelt_terms(text, language)
    weighed = _weighed([term for term, _ in head], [term for term, _ in body], passed_over(language))
    first = dict(reversed([*head, *body]))
    names = numbers_of(names_in(text, language, NAMES), ANY)
    return _numbered(weighed, [first[term] for term in weighed], language, np.unique(names))


def numbers_of(spelt: Iterable[str], language: str) -> Numbers:
    seed = crc32(language.encode())
    hashes = np.fromiter((crc32(term.encode("utf-8", "surrogatepass"), seed) for term in spelt), dtype=np.uint32)
    return ((hashes * _SPREAD) >> np.uint32(32 - BITS)).astype(np.int32)


def _weighed(title: list[str], body: list[str], stops: frozenset[str]) -> dict[str, float]:
    emphasised = {*title, *body[:LEAD]}
    counts = Counter(body)
    counts.update(title)
    return {
        term: (1 + AGAIN * math.log(count)) * (EMPHASIS if term in emphasised else 1.0)
        for term, count in counts.items()
        if len(term) > 1 and term not in stops
    }


def _numbered(weighed: Mapping[str, float], spelt: list[str], language: str, names: Numbers) -> Vector:
    numbers, places = np.unique(numbers_of(weighed, language), return_index=True)
    weights = np.fromiter(weighed.values(), dtype=np.float32)[places]
    length = float(np.sqrt(weights @ weights)) or 1.0
    return Vector(language, numbers, weights / np.float32(length), tuple(spelt[place] for place in places), names)


@cache
def passed_over(language: str) -> frozenset[str]:
    """The stop words as terms."""
    return frozenset(terms(" ".join(stop_words(language)), language))
