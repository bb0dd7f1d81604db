"""What a sentence is judged by: one row a sentence, one column a feature, in the order of `Weights`."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summaries.editing.centrality import GRAPH_SENTENCES, Likeness, Vector, lexrank, likeness
from summaries.editing.clauses import balanced
from summaries.editing.doubts import doubtful
from summaries.editing.norms import argues
from summaries.editing.openings import refers_back
from summaries.editing.weekdays import names_a_weekday
from summaries.editing.weights import Weights
from summaries.language import stem, stop_words

_QUOTES = '"“”„«»「」『』‘'
_CLOSERS = _QUOTES + "')]）》 "
_QUESTION_MARKS = frozenset("?？؟")
_NUMBER = re.compile(r"\d")
_UNSPACED = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my", "bo"})
_CLOSING = re.compile(rf"[{_QUOTES}]\s")
_SCRAP, _SHORT, _LONG = 3, 8, 45
_TOPICS = 40
"""The terms that come most often, whose telling counts."""


@dataclass(frozen=True)
class Sheet:
    """The sentences of an article, measured.

    `topics` are the repeated terms of each, which come so `often` in the article; `titled` are the terms of the title,
    of `title_size` in all, that each has.
    """

    values: NDArray[Any]
    likeness: Likeness
    words: list[frozenset[str]]
    lengths: list[float]
    dangling: list[bool]
    argues: list[bool]
    often: dict[str, int]
    topics: list[frozenset[str]]
    titled: list[frozenset[str]]
    title_size: int

    def scores(self, weights: Weights) -> Vector:
        return np.asarray(self.values @ weights.vector(), dtype=np.float64)


def measure(
    sentences: list[str], words: list[list[str]], title_words: list[str], language: str, *, arguing: bool = False
) -> Sheet:
    """Features of every sentence. `words` are those of each sentence, lowercased, and of the title.

    Only where it is `arguing` that counts, sentences are searched for what ought to be: it takes as long as the rest.
    """
    stops = stop_words(language)
    content = [[stem(word, language) for word in one if word not in stops] for one in words]
    title = frozenset(stem(word, language) for word in title_words if word not in stops)
    like = likeness(content)
    often = Counter(chain.from_iterable(content))
    repeated = [(term, many) for term, many in often.items() if many > 1]
    told = dict(sorted(repeated, key=lambda one: -one[1])[:_TOPICS])
    lengths = [len(one) / (2 if unspaced(language) else 1) for one in words]
    arguments = [arguing and argues(sentence, language) for sentence in sentences]
    columns = [
        *_places(len(sentences)),
        *_centrality(like, content, often),
        *_title(content, title),
        *_earlier(like, len(sentences)),
        *_sizes(lengths),
        *_looks(sentences, language),
        np.array([1 - len(some) / (len(one) or 1) for some, one in zip(content, words, strict=True)]),
        _calls(arguments),
        *_ends(sentences),
        *_doubts(sentences, lengths),
    ]
    return Sheet(
        values=np.stack(columns, axis=1),
        likeness=like,
        words=[frozenset(one) for one in words],
        lengths=lengths,
        dangling=[refers_back(sentence, language) for sentence in sentences],
        argues=arguments,
        often=told,
        topics=[frozenset(told).intersection(terms) for terms in content],
        titled=[title.intersection(terms) for terms in content],
        title_size=len(title),
    )


def unspaced(language: str) -> bool:
    """Whether its words are character bigrams, two of which count as one word."""
    return language in _UNSPACED


def _places(count: int) -> list[Vector]:
    place = np.arange(count, dtype=float)
    left = count - 1 - place
    closing = np.where(left < 3, 1 / (left + 1), 0)
    return [1 / (place + 1), place == 0, np.log(1 + place), place / max(1, count), closing]


def _centrality(like: Likeness, content: list[list[str]], often: Counter[str]) -> list[Vector]:
    """LexRank, likeness to the whole, how often the sentence's terms come, and the share of them in other sentences."""
    rank = np.zeros(len(content))
    rank[: len(like.pairs)] = lexrank(like.pairs)
    most = max(often.values(), default=1)
    density = [sum([often[term] for term in terms]) / (most * len(terms)) if terms else 0.0 for terms in content]
    holding = Counter(chain.from_iterable(map(set, content)))
    repeated = [sum([holding[term] > 1 for term in terms]) / len(terms) if terms else 0.0 for terms in content]
    return [rank, like.centroid, np.array(density), np.array(repeated)]


def _title(content: list[list[str]], title: frozenset[str]) -> list[Vector]:
    common = [len(title.intersection(terms)) for terms in content]
    covered = np.array(common) / max(1, len(title))
    inside = np.array([many / max(4, len(set(terms))) for many, terms in zip(common, content, strict=True)])
    return [covered, inside]


def _earlier(like: Likeness, count: int) -> list[Vector]:
    first, earlier = np.zeros(count), np.zeros(count)
    if count == 0:
        return [first, earlier]
    first[1 : len(like.pairs)] = like.pairs[0, 1:]
    earlier[: len(like.pairs)] = np.tril(like.pairs, -1).max(axis=1, initial=0)
    earlier[GRAPH_SENTENCES:] = 0
    return [first, earlier]


def _sizes(lengths: list[float]) -> list[Vector]:
    size = np.array(lengths)
    return [(size < _SHORT).astype(float), (size > _LONG).astype(float), np.log(1 + size)]


def _calls(arguments: list[bool]) -> Vector:
    """What is argued, up to twice as much towards the end: there a piece comes to what it calls for."""
    return np.array(arguments, dtype=float) * (1 + np.arange(len(arguments)) / max(1, len(arguments)))


def _looks(sentences: list[str], language: str) -> list[Vector]:
    """Share of words with a capital behind the first, a number, a weekday, a bracket, a quotation at the start."""
    return [
        np.array([_capitals(sentence) for sentence in sentences]),
        np.array([_NUMBER.search(sentence) is not None for sentence in sentences], dtype=float),
        np.array([names_a_weekday(sentence, language) for sentence in sentences], dtype=float),
        np.array(["(" in sentence for sentence in sentences], dtype=float),
        np.array([sentence[:1] in _QUOTES for sentence in sentences], dtype=float),
    ]


def _ends(sentences: list[str]) -> list[Vector]:
    """A question, and what ends without a stop: a subheading or a caption that was taken for a sentence."""
    last = [sentence.rstrip(_CLOSERS)[-1:] for sentence in sentences]
    return [
        np.array([one in _QUESTION_MARKS for one in last], dtype=float),
        np.array([one.isalnum() or one in {",", "،", ""} for one in last], dtype=float),
    ]


def _doubts(sentences: list[str], lengths: list[float]) -> list[Vector]:
    """What is no sentence of its own, what opens like a caption, and a quotation that ends in another sentence."""
    return [
        np.array([_is_scrap(sentence, size) for sentence, size in zip(sentences, lengths, strict=True)], dtype=float),
        np.array([doubtful(sentence) for sentence in sentences], dtype=float),
        np.array([not balanced(sentence) for sentence in sentences], dtype=float),
    ]


def _is_scrap(sentence: str, size: float) -> bool:
    """A word or two, or the end of a torn sentence: a small letter ("No. 1 | player."), another's closing mark."""
    return size < _SCRAP or sentence[:1].islower() or _CLOSING.match(sentence) is not None


def _capitals(sentence: str) -> float:
    rest = sentence.split()[1:]
    return sum([word[0].isupper() for word in rest]) / len(rest) if rest else 0.0
