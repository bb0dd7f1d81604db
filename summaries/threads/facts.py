"""What can be checked in a sentence: its numbers, days and names. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime

from summaries.language import stop_words, terms, words
from summaries.threads.dates_in_text import Mention, mentions
from summaries.threads.names import named

Fact = tuple[str, str]
"""Which of them it is, and the number, day or name: ("number", "43"), ("date", "2031-05-20"), ("name", "mirwan")."""

_BESIDE = 2
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,٫٬]\d+)*(?![\w])")
_GROUPED = re.compile(r"[.,٬](?=\d{3}(?!\d))")


def facts_of(text: str, language: str, when: datetime, *, headline: bool = False) -> dict[Fact, frozenset[str]]:
    """The facts in `text`, said `when` (aware UTC), each number with the terms beside it: "43" of "dead".

    Of a headline the names are left out, since it may write Every Word Large.
    """
    days = mentions(text, language, when)
    rest = without(days, text)
    found: dict[Fact, frozenset[str]] = {("date", day.day.isoformat()): frozenset() for day in days}
    for match in _NUMBER.finditer(rest):
        found["number", _GROUPED.sub("", match[0])] = _unit(rest, match.span(), language)
    spans = () if headline else named(rest, language)
    found.update({("name", term): frozenset() for start, end in spans for term in terms(rest[start:end], language)})
    return found


def without(days: Iterable[Mention], text: str) -> str:
    """The text with blanks in place of the days, which can be written in many ways."""
    for day in days:
        text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    return text


def _unit(text: str, place: tuple[int, int], language: str) -> frozenset[str]:
    """What is counted: the words beside a number that are no stop words, up to two on either side."""
    beside = (*words(text[: place[0]], language)[-_BESIDE:], *words(text[place[1] :], language)[:_BESIDE])
    return frozenset(term for word in beside if word not in stop_words(language) for term in terms(word, language))
