"""How central a sentence is among the others: TF-IDF vectors, their likeness, and LexRank on it."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

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
    vectors = _vectors(sentences)
    whole = np.bincount(vectors.terms, vectors.weights)
    size = float(np.sqrt((whole * whole).sum())) or 1.0
    centroid = np.bincount(vectors.rows, vectors.weights * whole[vectors.terms], minlength=len(sentences)) / size
    return Likeness(pairs=_pairs(vectors, min(len(sentences), GRAPH_SENTENCES)), centroid=centroid)


class _Vectors(NamedTuple):
    """What is not 0 in the vectors of sentences, in their order: the weight of a term, both by their numbers."""

    rows: NDArray[np.intp]
    terms: NDArray[np.intp]
    weights: Vector


def _vectors(sentences: list[Terms]) -> _Vectors:
    """Of length 1. A term of one sentence alone is like nothing: it counts in the length only."""
    count, known = len(sentences), dict[str, int]()
    said = np.array([known.setdefault(term, len(known)) for terms in sentences for term in terms], dtype=int)
    sayer = np.repeat(np.arange(count), np.array([len(terms) for terms in sentences], dtype=int))
    cells, often = np.unique(sayer * len(known) + said, return_counts=True)
    rows, terms = np.divmod(cells, max(1, len(known)))
    holding = np.bincount(terms)
    raw = often * np.log(1 + count / holding)[terms]
    weights = raw / np.sqrt(np.bincount(rows, raw * raw))[rows]
    shared = holding[terms] > 1
    return _Vectors(rows[shared], terms[shared], weights[shared])


def _pairs(vectors: _Vectors, size: int) -> Vector:
    """Each of the first `size` with each, the diagonal 0; only sentences that share a term meet.

    No product of matrices: from 100 sentences on BLAS would start threads for it, and what they spin takes a hundred
    times as long as the product.
    """
    holding: dict[int, list[tuple[int, float]]] = defaultdict(list)
    below = np.zeros((size, size))
    end = np.searchsorted(vectors.rows, size)
    cells = zip(*(column[:end].tolist() for column in vectors), strict=True)
    for place, mine in groupby(cells, key=itemgetter(0)):
        row = [0.0] * place
        for _, term, weight in mine:
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
