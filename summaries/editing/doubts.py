"""Openings of captions, credits and calls to action that also begin sentences: "Photographer Ana Lund travelled …"."""

import re
from functools import cache

from summaries.editing.phrases import small_phrases

_LONGEST = 40


def doubtful(sentence: str) -> bool:
    """Whether the sentence begins as furniture does, though nothing tells that it is."""
    return _pattern().match(sentence[:_LONGEST].lower()) is not None


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"[\W_]*{small_phrases('doubts', 'openings')}")
