"""How central a sentence is among the others: TF-IDF vectors, their likeness, and LexRank on it, in numpy."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Terms = list[str]

GRAPH_SENTENCES = 400
"""Likeness costs the square of the sentences; past this many, in a transcript, the rest is left out."""
_THRESHOLD = 0.1
_DAMPING = 0.15
_EPSILON = 1e-3
_MOST_STEPS = 100


@dataclass(frozen=True)
class Likeness:
    """Cosines: of each two sentences (`pairs`, the first `GRAPH_SENTENCES` of them), and of each with the whole."""

    pairs: NDArray[Any]
    centroid: Vector


def likeness(sentences: list[Terms]) -> Likeness:
    """TF-IDF cosines of sentences given as their terms. A sentence without terms is like nothing."""
    counts = [Counter(terms) for terms in sentences]
    vectors = _vectors(counts)
    total = vectors.sum(axis=0)
    size = float(np.linalg.norm(total)) or 1.0
    graph = vectors[:GRAPH_SENTENCES]
    return Likeness(pairs=graph @ graph.T, centroid=np.asarray(vectors @ total / size, dtype=np.float64))


def _vectors(counts: list[Counter[str]]) -> NDArray[np.float32]:
    """Rows of length 1. A term of one sentence alone is like nothing: it counts in the length, and needs no column."""
    frequency: Counter[str] = Counter()
    for count in counts:
        frequency.update(count.keys())
    columns = {term: i for i, term in enumerate(term for term, many in frequency.items() if many > 1)}
    matrix = np.zeros((len(counts), max(1, len(columns))), dtype=np.float32)
    idf = {many: float(np.log(1 + len(counts) / many)) for many in set(frequency.values())}
    for row, count in enumerate(counts):
        weights = {term: many * idf[frequency[term]] for term, many in count.items()}
        length = sum(weight * weight for weight in weights.values()) ** 0.5 or 1.0
        for term, weight in weights.items():
            if (column := columns.get(term)) is not None:
                matrix[row, column] = weight / length
    return matrix


def lexrank(pairs: NDArray[Any]) -> Vector:
    """LexRank (Erkan and Radev 2004) by power iteration over the likeness above the threshold; the highest is 1."""
    size = len(pairs)
    if size == 0:
        return np.zeros(0)
    graph = np.where(pairs > _THRESHOLD, 1.0, 0.0)
    np.fill_diagonal(graph, 1.0)
    graph /= graph.sum(axis=1, keepdims=True)
    rank = np.full(size, 1.0 / size)
    for _ in range(_MOST_STEPS):
        following = _DAMPING / size + (1 - _DAMPING) * (rank @ graph)
        if np.abs(following - rank).sum() < _EPSILON:
            break
        rank = following
    return np.asarray(rank / rank.max(), dtype=np.float64)
