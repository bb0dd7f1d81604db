"""How much a term says, by how few articles have it."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from summaries.threads.vectors import BITS, Numbers, Vector, Weights

PRIOR = 300
"""Articles that are taken to have been read before the first one, each with terms of its own: without them the first
hundred articles find every word of theirs common."""


class Rarity:
    """Counts, for each language, how many articles have each term."""

    def __init__(self, counts: NDArray[np.uint32] | None = None, articles: Mapping[str, int] | None = None) -> None:
        self.counts = np.zeros(1 << BITS, dtype=np.uint32) if counts is None else counts
        self.articles = dict(articles or {})

    def add(self, vector: Vector) -> None:
        self.counts[vector.terms] += 1
        self.articles[vector.language] = self.articles.get(vector.language, 0) + 1

    def of(self, terms: Numbers, language: str) -> Weights:
        """The inverse document frequency of each term among the articles of its language; 0 at the least."""
        articles = self.articles.get(language, 0) + PRIOR + 1
        found: Weights = np.log(np.float32(articles) / (self.counts[terms] + np.float32(1)))
        return np.maximum(found, np.float32(0))
