"""Names and long numbers: what two languages of one script write alike. Pure."""

import re
from collections.abc import Iterator
from itertools import islice

from summaries.language import stop_words, terms

_NAME = re.compile(r"(?<=[^\W\d_] |, |[“\"’'(«] )[^\W\d_][\w’'-]+")
"""A word in the middle of a sentence: at its beginning every word is written large."""
_LONG_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]{2,}(?<![.,])(?!\w)")


def named(text: str, language: str) -> Iterator[tuple[int, int]]:
    """The places of the words of names in running text; none in scripts that have no capitals.

    German nouns pass for names, since German writes them so.
    """
    for match in _NAME.finditer(text):
        if match[0][0].isupper() and match[0].lower() not in stop_words(language):
            yield match.span()


def names_in(text: str, language: str, most: int | None = None) -> list[str]:
    """The words of names, without endings cut off, then the numbers of three digits or more, each once, in order: the
    first `most` of them, or all."""
    return list(islice(_distinct(text, language), most))


def _distinct(text: str, language: str) -> Iterator[str]:
    seen: set[str] = set()
    for name in _in_turn(text, language):
        if name not in seen:
            seen.add(name)
            yield name


def _in_turn(text: str, language: str) -> Iterator[str]:
    for start, end in named(text, language):
        yield from terms(text[start:end], "")
    for number in _LONG_NUMBER.finditer(text):
        yield re.sub(r"\D", "", number[0])
