"""Which script a letter belongs to, and the character classes that words are found with."""

import sys
import unicodedata
from collections import Counter
from functools import cache, lru_cache

# First and last code point of the blocks that matter (Unicode 15 Blocks.txt), in order. Letters outside are "Other".
_BLOCKS: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "Latin"),
    (0x0250, 0x02AF, "Latin"),
    (0x0370, 0x03FF, "Greek"),
    (0x0400, 0x052F, "Cyrillic"),
    (0x0530, 0x058F, "Armenian"),
    (0x0590, 0x05FF, "Hebrew"),
    (0x0600, 0x06FF, "Arabic"),
    (0x0750, 0x077F, "Arabic"),
    (0x08A0, 0x08FF, "Arabic"),
    (0x0900, 0x097F, "Devanagari"),
    (0x0980, 0x09FF, "Bengali"),
    (0x0A00, 0x0A7F, "Gurmukhi"),
    (0x0A80, 0x0AFF, "Gujarati"),
    (0x0B00, 0x0B7F, "Oriya"),
    (0x0B80, 0x0BFF, "Tamil"),
    (0x0C00, 0x0C7F, "Telugu"),
    (0x0C80, 0x0CFF, "Kannada"),
    (0x0D00, 0x0D7F, "Malayalam"),
    (0x0D80, 0x0DFF, "Sinhala"),
    (0x0E00, 0x0E7F, "Thai"),
    (0x0E80, 0x0EFF, "Lao"),
    (0x0F00, 0x0FFF, "Tibetan"),
    (0x1000, 0x109F, "Myanmar"),
    (0x10A0, 0x10FF, "Georgian"),
    (0x1100, 0x11FF, "Hangul"),
    (0x1200, 0x139F, "Ethiopic"),
    (0x1780, 0x17FF, "Khmer"),
    (0x1C90, 0x1CBF, "Georgian"),
    (0x1E00, 0x1EFF, "Latin"),
    (0x1F00, 0x1FFF, "Greek"),
    (0x3040, 0x30FF, "Kana"),
    (0x3130, 0x318F, "Hangul"),
    (0x31F0, 0x31FF, "Kana"),
    (0x3400, 0x4DBF, "Han"),
    (0x4E00, 0x9FFF, "Han"),
    (0xAC00, 0xD7AF, "Hangul"),
    (0xF900, 0xFAFF, "Han"),
    (0xFB1D, 0xFB4F, "Hebrew"),
    (0xFB50, 0xFDFF, "Arabic"),
    (0xFE70, 0xFEFE, "Arabic"),
    (0xFF21, 0xFF5A, "Latin"),
    (0xFF66, 0xFF9F, "Kana"),
    (0x20000, 0x323AF, "Han"),
)

# Written without spaces between words, or (Hangul) with particles glued to them: a word cannot be found by its edges.
UNSPACED = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e80-\u0ecf\u0f40-\u0fbc\u1000-\u103f\u1050-\u109f\u1100-\u11ff\u1780-\u17d3"
UNSPACED += "\u3005\u3006\u3041-\u309f\u30a1-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
UNSPACED += "\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af"

JOINERS = "\u00ad\u200c\u200d"
"""Soft hyphen, zero-width non-joiner and joiner: inside a word, and no part of what it says."""


@cache
def marks() -> str:
    """Every combining mark, as the inside of a character class. `\\w` lacks them: with it Hindi loses its vowels."""
    ranges: list[list[int]] = []
    for point in range(0x300, min(0x20000, sys.maxunicode)):
        if unicodedata.category(chr(point))[0] == "M":
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1][1] = point
            else:
                ranges.append([point, point])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


@lru_cache(maxsize=1 << 14)
def script_of(letter: str) -> str:
    """The script of one character; "" where it is no letter."""
    if not letter.isalpha():
        return ""
    point = ord(letter)
    return next((name for first, last, name in _BLOCKS if first <= point <= last), "Other")


def scripts_in(text: str) -> Counter[str]:
    """How many letters of each script, the commonest first by `most_common`."""
    found: Counter[str] = Counter()
    for letter, count in Counter(text).items():
        if script := script_of(letter):
            found[script] += count
    return found
