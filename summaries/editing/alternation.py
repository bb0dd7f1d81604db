"""Alternations of many phrases, written so that a regular expression fails quickly.

Python's `re` tries every alternative at every place. Grouped by what they begin with, most are never looked at:
`share|share this|source` is `s(?:hare(?:| this)|ource)`. What matches, and which alternative is preferred, stays the
same: the order is kept among those that begin alike, and others cannot match at the same place.
"""

import re
from collections.abc import Iterator

BEYOND_LATIN = re.compile("[\u0250-\u1dff\u2c00-\U0010ffff]")
"""What no text in Latin letters has, whatever its accents and marks."""

NOTHING = "(?!)"
_PLAIN = re.compile(r"(?:(?<=[|(])|(?<=\(\?:)|^)[^|()\[\]\\?*+{}.^$]+(?=[|)]|$)")
_SPECIAL = frozenset("\\.^$*+?{}[]|()")
_REPEATS = ("*", "+", "?", "{")


def factored(pattern: str) -> str:
    """The same alternation, without a group around it. Groups that are captured may be numbered otherwise."""
    return "|".join(_joined(list(alternatives(pattern))))


def latin(pattern: str) -> str:
    """The same for texts without anything that is `BEYOND_LATIN`: less is tried at every place of them."""
    left = _PLAIN.sub(lambda plain: NOTHING if BEYOND_LATIN.search(plain[0]) else plain[0], pattern)
    return left.replace(f"{NOTHING}|", "").replace(f"|{NOTHING}", "")


def alternatives(pattern: str) -> Iterator[str]:
    """The parts between those `|` that stand in no group and no set."""
    start = depth = at = 0
    in_set = False
    while at < len(pattern):
        mark = pattern[at]
        if mark == "\\":
            at += 1
        elif in_set:
            in_set = mark != "]"
        elif mark == "[":
            in_set = True
            at += pattern.startswith("^", at + 1)
            at += pattern.startswith("]", at + 1)  # as the first of a set it does not end it
        elif mark == "|" and not depth:
            yield pattern[start:at]
            start = at + 1
        else:
            depth += (mark == "(") - (mark == ")")
        at += 1
    yield pattern[start:]


def _joined(parts: list[str]) -> Iterator[str]:
    """One part for each run of alternatives: those between two that begin with no letter are grouped by their first."""
    groups: dict[str, list[str]] = {}
    for part in parts:
        head = _head(part)
        if head:
            groups.setdefault(head, []).append(part[len(head) :])
        else:
            yield from _written(groups)
            groups = {}
            yield part
    yield from _written(groups)


def _written(groups: dict[str, list[str]]) -> Iterator[str]:
    for head, rests in groups.items():
        inner = list(_joined(rests)) if len(rests) > 1 else rests
        yield head + (inner[0] if len(inner) == 1 else f"(?:{'|'.join(inner)})")


def _head(part: str) -> str:
    """The character that an alternative begins with, as it is written; "" where it begins with anything else."""
    if part[:1] == "\\" and len(part) > 1:
        head = part[:2] if not part[1].isalnum() else ""
    else:
        head = part[:1] if part[:1] not in _SPECIAL else ""
    return "" if part[len(head) :].startswith(_REPEATS) else head
