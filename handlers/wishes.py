"""What somebody wrote about when they want a digest: "08:00 18:30 mon-fri Karachi". Pure.

Times of day, days of the week and the name of a place may stand in any order, in English or in the reader's own
language, with digits of any script.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from babel import Locale

from summaries.language.locales import locale_of
from summaries.models import EVERY_DAY, Quiet

MOST_TIMES = 6
"""Times of day that one chat may have."""

WEEKDAYS, WEEKENDS = 0b0011111, 0b1100000
_GROUPS = {
    "daily": EVERY_DAY,
    "everyday": EVERY_DAY,
    "weekday": WEEKDAYS,
    "weekdays": WEEKDAYS,
    "workdays": WEEKDAYS,
    "weekend": WEEKENDS,
    "weekends": WEEKENDS,
}
_WORDS = {"noon": 12 * 60, "midnight": 0}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h٫](\d{2}))?h?(am|pm)?|(\d{2})(\d{2})")
_DASHES = str.maketrans(dict.fromkeys("–—‑−", "-") | dict.fromkeys("،、；;", ","))
_FILLERS = frozenset(("at", "on", "and", "every", "day", "in", "o'clock"))


@dataclass(frozen=True)
class Wish:
    """`times` in minutes after midnight, each once, in order; `days` as in `Slot.days`, None where none are named.

    `place` is what was neither: the name of a zone or a city, as it was written.
    """

    times: tuple[int, ...] = ()
    days: int | None = None
    place: str = ""


def read(words: str, locale: Locale) -> Wish:
    """Anything can be read: what is no time and no day is a place, which somebody else looks up."""
    times: list[int] = []
    days = 0
    place = []
    for word in _parts(words):
        plain = _plain(word)
        if (minute := _time(plain)) is not None:
            times.append(minute)
        elif named := _days(plain, locale):
            days |= named
        elif plain not in _FILLERS:
            place.append(word)
    return Wish(tuple(sorted(dict.fromkeys(times))), days or None, " ".join(place).strip(" ,"))


def read_hours(words: str) -> Quiet | None:
    """Hours such as "22:00-07:00", "10pm to 7am" or "22 7"; None for what names no two different times."""
    times = [
        _time(part) for part in re.split(r"[\s-]+", _plain(words.translate(_DASHES))) if part not in _FILLERS | {"to"}
    ]
    match times:
        case (int(start), int(end)) if start != end:
            return Quiet(start, end)
    return None


def _parts(words: str) -> Iterator[str]:
    """The words, "8 am" being one of them, and "mon - fri" too."""
    plain = re.sub(r"\s*-\s*", "-", words.translate(_DASHES))
    plain = re.sub(r"(?i)(?<=\d)\s+(?=[ap]\.?m\b)", "", plain)
    yield from plain.split()


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold().strip(",.")
    digits = "".join(str(unicodedata.decimal(letter, letter)) for letter in folded)
    return re.sub(r"(?<=\d)([ap])\.m", r"\1m", digits)


def _time(word: str) -> int | None:
    if word in _WORDS:
        return _WORDS[word]
    found = _CLOCK.fullmatch(word)
    if found is None:
        return None
    hour, minute = (int(part or 0) for part in ((found[1], found[2]) if found[1] else (found[4], found[5])))
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def _days(word: str, locale: Locale) -> int:
    """The days that a word names: "fri", "mon-fri", "sat,sun", "weekdays"; 0 for none."""
    if word in _GROUPS:
        return _GROUPS[word]
    days = 0
    for part in filter(None, word.split(",")):
        named = _range(part, locale)
        if not named:
            return 0
        days |= named
    return days


def _range(part: str, locale: Locale) -> int:
    names = _names(str(locale))
    first, dash, last = part.partition("-")
    start, end = names.get(first.strip(".")), names.get(last.strip("."))
    if start is None or (dash and end is None):
        return 0
    if end is None:
        return 1 << start
    return sum(1 << (start + step) % 7 for step in range((end - start) % 7 + 1))


@cache
def _names(locale: str) -> dict[str, int]:
    """The days by their full and short names in English and in the language; 0 is Monday."""
    names: dict[str, int] = {}
    for language in (locale, "en"):
        for width in ("wide", "abbreviated", "short"):
            for day, name in locale_of(language).days["stand-alone"].get(width, {}).items():
                names.setdefault(_plain(name), day)
            for day, name in locale_of(language).days["format"].get(width, {}).items():
                names.setdefault(_plain(name), day)
    return names
