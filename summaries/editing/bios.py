"""The lines in which a paper introduces its writer, at the end of an article."""

import re
from functools import cache

from summaries.editing.phrases import phrases

TAIL = 6
"""How many sentences at an article's end may be about its writer. Earlier, "the author is a lawyer" is about a book."""

_LONGEST = 700
_NAMED = re.compile(
    r"[A-Z][\w.'’-]+(?: [\w.'’-]+){0,4},?(?: \([^)]{1,40}\))? (?:is|was|are|serves as|works as) "
    r"(?:an?|the|currently|also|now|co-|senior|associate|assistant|former)\b.{0,80}?\b"
    + phrases("bios", "roles")
    + r"s?\b"
)
_TELLING = re.compile(r"\b" + phrases("bios", "telling") + r"\b|@", re.IGNORECASE)


def is_bio(sentence: str, *, from_end: int) -> bool:
    """Whether a sentence introduces the writer; `from_end` is its place from the article's end, 0 for the last."""
    if from_end >= TAIL or len(sentence) > _LONGEST:
        return False
    low = sentence.replace("’", "'").lower().lstrip(" *_\"'“([—–-")
    if _writer().match(low) or _contact().match(low):
        return True
    return from_end < 3 and bool(_NAMED.match(sentence.lstrip("*_ (")) and _TELLING.search(sentence))


def names_the_writer(text: str) -> bool:
    """Whether the end of `text` has a sentence about "the writer", which reports do not have."""
    tail = text[-1500:].replace("’", "'").lower()
    return any(_writer().match(part.lstrip(" *_\"'“([—–-")) for part in re.split(r"(?<=[.!?।۔。\n])\s*", tail))


@cache
def _writer() -> re.Pattern[str]:
    return re.compile(phrases("bios", "writer"))


@cache
def _contact() -> re.Pattern[str]:
    return re.compile(phrases("bios", "contact"))
