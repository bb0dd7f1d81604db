"""Scripts written from right to left beside others on one line (Unicode Standard Annex 9).

A client takes a line's direction from its first letter, so that an Urdu headline that begins with a Latin name is laid
out from left to right; and a Latin name beside an Urdu one on the same line joins with its neighbours. So a line gets
the direction that most letters of its first text have, and each text with letters of the other direction is isolated.
"""

import re
from collections.abc import Sequence
from typing import TypeAlias
from unicodedata import bidirectional

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_MARKS = {"L": "\u200e", "R": "\u200f"}
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
_STRONG = {"L": "L", "R": "R", "AL": "R"}

Unit: TypeAlias = Sequence[str]
"""The pieces of one text, at least one."""


def isolate(line: Sequence[Unit]) -> list[list[str]]:
    """The same pieces of the same texts, with the marks that keep each text of the line in its own order."""
    pieces = [list(unit) for unit in line]
    if not any(_RIGHT_TO_LEFT.search(piece) for unit in pieces for piece in unit):
        return pieces
    directions = [_directions(unit) for unit in pieces]
    first = next((index for index, found in enumerate(directions) if found), None)
    if first is None:
        return pieces
    base = _main(directions[first])
    alone = sum(bool("".join(unit).strip()) for unit in pieces) == 1
    isolated = [not alone and any(letter != base for letter in found) for found in directions]
    for unit, found, apart in zip(pieces, directions, isolated, strict=True):
        if apart:
            _wrap(unit, "" if found[0] == _main(found) else _MARKS[_main(found)])
    if isolated[first] or directions[first][0] != base:
        pieces[0][0] = _MARKS[base] + pieces[0][0]
    return pieces


def _directions(unit: Unit) -> list[str]:
    """The direction of each letter: "L" or "R"."""
    return [_STRONG[kind] for piece in unit for kind in map(bidirectional, piece) if kind in _STRONG]


def _main(directions: list[str]) -> str:
    return "R" if 2 * directions.count("R") >= len(directions) else "L"


def _wrap(unit: list[str], mark: str) -> None:
    """Isolate the text of `unit`, the spaces around it left outside."""
    head = unit[0]
    unit[0] = head[: len(head) - len(head.lstrip())] + FIRST_STRONG_ISOLATE + mark + head.lstrip()
    tail = unit[-1]
    unit[-1] = tail.rstrip() + POP_ISOLATE + tail[len(tail.rstrip()) :]
