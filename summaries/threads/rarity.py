"""How much a term says, by how few articles have it."""

import math
from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np

from summaries.language import terms
from summaries.threads.vectors import ANY, BITS, Numbers, Vector, Weights, numbers_of

PRIOR = 600
"""Articles that are taken to have been read before the first one. Without them the first hundred find every word of
theirs common, and the first two share nothing that counts."""
EVERYDAY = 0.1
"""The share of those articles that has an everyday word; one word in twenty is common from the beginning then."""


class Rarity:
    """Counts, for each language, how many articles have each term; the tenth article of an event counts for less than
    the first, since what the whole press writes of this week is rare all the same."""

    def __init__(self, counts: Weights | None = None, articles: Mapping[str, float] | None = None) -> None:
        self.counts = np.zeros(1 << BITS, dtype=np.float32) if counts is None else counts
        self.articles = dict(articles or {})

    def add(self, vector: Vector, of_event: int) -> None:
        """Count an article, the so manyeth of its event."""
        share = 1 / math.sqrt(of_event)
        for language, numbers in ((vector.language, vector.terms), (ANY, vector.names)):
            self._begin(language)
            self.counts[numbers] += np.float32(share)
            self.articles[language] += share

    def of(self, terms: Numbers, language: str) -> Weights:
        """The inverse document frequency of each term among the articles of its language; 0 at the least."""
        self._begin(language)
        articles = self.articles[language] + PRIOR + 1
        found: Weights = np.log(np.float32(articles) / (self.counts[terms] + np.float32(1)))
        return np.maximum(found, np.float32(0))

    def _begin(self, language: str) -> None:
        if language not in self.articles:
            self.counts[_everyday(language)] += np.float32(EVERYDAY * PRIOR)
            self.articles[language] = 0.0


@cache
def _everyday(language: str) -> Numbers:
    """The words that newspapers use of any subject, where a list of them was written for the language."""
    file = resources.files("summaries.threads") / "everyday" / f"{language}.txt"
    words = file.read_text(encoding="utf-8") if language.isalpha() and file.is_file() else ""
    return np.unique(numbers_of(set(terms(words, language)), language))
