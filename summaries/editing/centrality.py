"""How central a sentence is among the others: TF-IDF vectors, their likeness, and LexRank on it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from math import log

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

    pairs: Vector
    centroid: Vector


def likeness(sentences: list[Terms]) -> Likeness:
    """TF-IDF cosines of sentences given as their terms. A sentence without terms is like nothing."""
    vectors = _vectors([Counter(terms) for terms in sentences])
    total: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for term, weight in vector.items():
            total[term] += weight
    size = sum([weight * weight for weight in total.values()]) ** 0.5 or 1.0
    centroid = [sum([weight * total[term] for term, weight in vector.items()]) / size for vector in vectors]
    return Likeness(pairs=_pairs(vectors[:GRAPH_SENTENCES]), centroid=np.array(centroid))


def _vectors(counts: list[Counter[str]]) -> list[dict[str, float]]:
    """Weights by term, of length 1. A term of one sentence alone is like nothing: it counts in the length only."""
    frequency = Counter(chain.from_iterable(counts))
    idf = {many: log(1 + len(counts) / many) for many in set(frequency.values())}
    vectors = []
    for count in counts:
        weights = {term: many * idf[frequency[term]] for term, many in count.items()}
        length = sum([weight * weight for weight in weights.values()]) ** 0.5 or 1.0
        vectors.append({term: weight / length for term, weight in weights.items() if frequency[term] > 1})
    return vectors


def _pairs(vectors: list[dict[str, float]]) -> Vector:
    """Each with each, the diagonal 0; only sentences that share a term meet.

    No product of matrices: from 100 sentences on BLAS would start threads for it, and what they spin takes a hundred
    times as long as the product.
    """
    holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
    below = np.zeros((len(vectors), len(vectors)))
    for place, vector in enumerate(vectors):
        row = [0.0] * place
        for term, weight in vector.items():
            for other, theirs in holding[term]:
                row[other] += weight * theirs
            holding[term].append((place, weight))
        below[place, :place] = row
    return below + below.T


def lexrank(pairs: Vector) -> Vector:
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
