"""What a sentence is judged by: one column of numbers a feature, one row a sentence, and the table of their weights."""

import re
from collections import Counter
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summaries.editing.centrality import GRAPH_SENTENCES, Likeness, Vector, lexrank, likeness
from summaries.editing.norms import argues
from summaries.editing.openings import refers_back
from summaries.language import stem, stop_words

_QUOTES = '"“”„«»「」『』‘'
_QUOTE = re.compile(f"[{_QUOTES}]")
_NUMBER = re.compile(r"\d")
_UNSPACED = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my", "bo"})
_SHORT, _LONG = 8, 45


@dataclass(frozen=True)
class Weights:
    """One weight a feature, in the order of the columns. `score` is their weighted sum."""

    position: float
    first: float
    second: float
    relative: float
    closing: float
    lexrank: float
    centroid: float
    density: float
    title_covered: float
    in_title: float
    like_first: float
    like_earlier: float
    short: float
    long: float
    log_length: float
    capitals: float
    number: float
    quote_start: float
    quote: float
    dangling: float
    stop_share: float
    argues: float

    def vector(self) -> Vector:
        return np.array([getattr(self, field.name) for field in fields(self)])


REPORT = Weights(
    position=1.18,
    first=1.24,
    second=0.15,
    relative=-0.42,
    closing=0.0,
    lexrank=0.57,
    centroid=0.20,
    density=0.47,
    title_covered=0.41,
    in_title=1.81,
    like_first=0.25,
    like_earlier=-0.58,
    short=-0.28,
    long=-0.20,
    log_length=-0.11,
    capitals=0.30,
    number=0.23,
    quote_start=-0.25,
    quote=-0.10,
    dangling=-0.20,
    stop_share=0.70,
    argues=0.0,
)


@dataclass(frozen=True)
class Sheet:
    """The sentences of an article, measured."""

    values: NDArray[Any]
    likeness: Likeness
    words: list[list[str]]
    lengths: list[float]
    dangling: list[bool]

    def scores(self, weights: Weights) -> Vector:
        return np.asarray(self.values @ weights.vector(), dtype=np.float64)


def measure(sentences: list[str], words: list[list[str]], title_words: list[str], language: str) -> Sheet:
    """Features of every sentence. `words` are those of each sentence, lowercased, and of the title."""
    stops = stop_words(language)
    content = [[stem(word, language) for word in one if word not in stops] for one in words]
    title = {stem(word, language) for word in title_words if word not in stops}
    like = likeness(content)
    lengths = [len(one) / (2 if language in _UNSPACED else 1) for one in words]
    dangling = [refers_back(sentence, language) for sentence in sentences]
    columns = [
        *_places(len(sentences)),
        *_centrality(like, content),
        *_title(content, title),
        *_earlier(like, len(sentences)),
        *_sizes(lengths),
        *_looks(sentences),
        np.array(dangling, dtype=float),
        np.array([1 - len(some) / (len(one) or 1) for some, one in zip(content, words, strict=True)]),
        np.array([argues(sentence, language) for sentence in sentences], dtype=float),
    ]
    return Sheet(np.stack(columns, axis=1), like, words, lengths, dangling)


def _places(count: int) -> list[Vector]:
    place = np.arange(count, dtype=float)
    left = count - 1 - place
    return [1 / (place + 1), place == 0, place == 1, place / max(1, count), np.where(left < 3, 1 / (left + 1), 0)]


def _centrality(like: Likeness, content: list[list[str]]) -> list[Vector]:
    """LexRank, likeness to the whole, and how often the sentence's terms come in the article."""
    rank = np.zeros(len(content))
    rank[: len(like.pairs)] = lexrank(like.pairs)
    often = Counter(term for terms in content for term in terms)
    most = max(often.values(), default=1)
    density = [sum(often[term] for term in terms) / (most * len(terms)) if terms else 0.0 for terms in content]
    return [rank, like.centroid, np.array(density)]


def _title(content: list[list[str]], title: set[str]) -> list[Vector]:
    common = [len(title.intersection(terms)) for terms in content]
    covered = np.array(common) / max(1, len(title))
    inside = np.array([many / max(4, len(set(terms))) for many, terms in zip(common, content, strict=True)])
    return [covered, inside]


def _earlier(like: Likeness, count: int) -> list[Vector]:
    first, earlier = np.zeros(count), np.zeros(count)
    first[1 : len(like.pairs)] = like.pairs[0, 1:]
    earlier[: len(like.pairs)] = np.tril(like.pairs, -1).max(axis=1, initial=0)
    earlier[GRAPH_SENTENCES:] = 0
    return [first, earlier]


def _sizes(lengths: list[float]) -> list[Vector]:
    size = np.array(lengths)
    return [(size < _SHORT).astype(float), (size > _LONG).astype(float), np.log(1 + size)]


def _looks(sentences: list[str]) -> list[Vector]:
    """Share of words with a capital behind the first, a number, a quotation at the start, a quotation at all."""
    return [
        np.array([_capitals(sentence) for sentence in sentences]),
        np.array([_NUMBER.search(sentence) is not None for sentence in sentences], dtype=float),
        np.array([sentence[:1] in _QUOTES for sentence in sentences], dtype=float),
        np.array([_QUOTE.search(sentence) is not None for sentence in sentences], dtype=float),
    ]


def _capitals(sentence: str) -> float:
    rest = sentence.split()[1:]
    return sum(word[0].isupper() for word in rest) / len(rest) if rest else 0.0
