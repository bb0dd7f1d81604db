"""Where to end a message: between blocks, else lines, sentences, words; never inside what is read as one character."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from unicodedata import category, combining

from handlers.looks.plain import units

_SENTENCE_END = re.compile(r"[.!?…؟۔।]['\"’”»)\]]*\s+|[。！？]['\"’”」』）]*\s*")
_WORD_END = re.compile(r"\s+")
_LONGEST_CHARACTER = 64
_JOINER = "\u200d"
_VIRAMA = 9  # canonical combining class: joins two consonants of the Indic scripts


def cut(text: str, start: int, furthest: int, breaks: Sequence[Sequence[int]], limit: int) -> int:
    """The best end of a message that begins at `start` and may reach `furthest`; `limit` in UTF-16 units.

    A good place counts if it leaves the message at least half full, or if what follows up to the next such place fits
    into a message of its own.
    """
    if furthest >= len(text):
        return len(text)
    for positions in breaks:
        if found := _last(text, positions, start, furthest, limit):
            return found
    reach = text[start : furthest + limit]
    for ends in (_SENTENCE_END, _WORD_END):
        positions = [start + match.end() for match in ends.finditer(reach)]
        if found := _last(text, positions, start, furthest, limit):
            return found
    return _between_characters(text, start, furthest)


def _last(text: str, positions: Sequence[int], start: int, furthest: int, limit: int) -> int | None:
    index = bisect_right(positions, furthest) - 1
    if index < 0 or positions[index] <= start:
        return None
    place = positions[index]
    following = positions[index + 1] if index + 1 < len(positions) else len(text)
    half_full = place - start >= (furthest - start) // 2
    return place if half_full or units(text[place:following]) <= limit else None


def _between_characters(text: str, start: int, furthest: int) -> int:
    for place in range(furthest, max(start, furthest - _LONGEST_CHARACTER), -1):
        if not _joined(text, place):
            return place
    return furthest


def _joined(text: str, place: int) -> bool:
    """Whether the characters around `place` are read as one (Unicode Standard Annex 29, the rules that matter here)."""
    before, after = text[place - 1], text[place]
    if category(after)[0] == "M" or _JOINER in (before, after) or combining(before) == _VIRAMA:
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f" or "\u1160" <= after <= "\u11ff":
        return True
    return _is_flag_half(after) and _flag_halves(text, place) % 2 == 1


def _is_flag_half(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flag_halves(text: str, place: int) -> int:
    count = 0
    while count < place and _is_flag_half(text[place - 1 - count]):
        count += 1
    return count
