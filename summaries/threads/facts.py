"""What can be checked in a sentence: its numbers, days and names. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from summaries.language import stop_words, terms, words
from summaries.threads.dates_in_text import Mention, mentions
from summaries.threads.names import named

Fact = tuple[str, str]
"""Which of them it is, and the number, day or name: ("number", "43"), ("date", "2031-05-20"), ("name", "mirwan")."""

_BEHIND = 2
_SPACELESS = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, kana and Han, which stand right beside a number: 43人."""
_NUMBER = re.compile(rf"(?<![^\W{_SPACELESS}])(?<!\d[.,])\d+(?:[.,٫٬]\d+)*(?![^\W{_SPACELESS}])")
_GROUPED = re.compile(r"[.,٬](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINED_BEFORE = re.compile(r"\d ?[-–:/] ?$|[-–:/(#]$|\b[Nn]o\. ?$")
_JOINED_BEHIND = re.compile(r" ?[-–:/] ?\w|\)")
"""Scores, times of day, ages, ranks: 24-17, 8:30, a 32-year-old, (11), No. 5."""
_CLAUSE = re.compile(r"[,.;:!?()،؛。、，—–]")


def facts_of(text: str, language: str, when: datetime, *, headline: bool = False) -> dict[Fact, frozenset[str]]:
    """The facts in `text`, said `when` (aware UTC), each number with the terms of what it counts: "43" of "dead".

    Of a headline the names are left out, since it may write Every Word Large.
    """
    days = mentions(text, language, when)
    rest = without(days, text)
    found: dict[Fact, frozenset[str]] = {("date", day.day.isoformat()): frozenset() for day in days}
    for match in _NUMBER.finditer(rest):
        number = ("number", plain_number(match[0]))
        found[number] = found.get(number, frozenset()) | _counted(rest, match.span(), language)
    spans = () if headline else named(rest, language)
    found.update({("name", term): frozenset() for start, end in spans for term in terms(rest[start:end], language)})
    return found


def plain_number(written: str) -> str:
    """A number in European digits, without marks between its groups."""
    digits = "".join(str(unicodedata.digit(char, char)) for char in _GROUPED.sub("", written))
    return digits.replace("٫", ".")


def without(days: Iterable[Mention], text: str) -> str:
    """The text with blanks in place of the days, which can be written in many ways."""
    for day in days:
        text = text[: day.start] + " " * (day.end - day.start) + text[day.end :]
    return text


def _counted(text: str, place: tuple[int, int], language: str) -> frozenset[str]:
    """What is counted: the first two words behind a number, in its clause, that are no stop words. Years, ranks, scores
    and the like count nothing."""
    before, number, behind = text[: place[0]], text[slice(*place)], text[place[1] :]
    if _YEAR.fullmatch(number) or _JOINED_BEFORE.search(before) or _JOINED_BEHIND.match(behind):
        return frozenset()
    spelt = [word for word in words(_CLAUSE.split(behind, 1)[0], language) if word not in stop_words(language)]
    return frozenset(term for word in spelt[:_BEHIND] for term in terms(word, language) if not term[0].isdigit())
