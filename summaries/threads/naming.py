"""What a story is called: the headline that has most in common with its others. Pure."""

import math
from collections import Counter
from collections.abc import Sequence

from summaries.language import stop_words, terms

LONGEST = 110
"""Characters; a longer headline is a sentence, and names a story only if there is nothing shorter."""


def name_of(headlines: Sequence[tuple[str, str]]) -> str:
    """One of the headlines, given each with its language, the first of the best; "" where there are none."""
    said = [_said(headline, language) for headline, language in headlines]
    counts = Counter(term for words in said for term in words)
    best = max(
        range(len(said)), key=lambda place: (_telling(said[place], counts, headlines[place][0]), -place), default=-1
    )
    return headlines[best][0] if best >= 0 else ""


def _said(headline: str, language: str) -> frozenset[str]:
    return frozenset(terms(headline, language)) - stop_words(language)


def _telling(words: frozenset[str], counts: Counter[str], headline: str) -> tuple[bool, float]:
    shared = sum(counts[word] - 1 for word in words)
    return len(headline) <= LONGEST, shared / math.sqrt(len(words)) if words else -1.0
