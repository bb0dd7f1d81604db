"""The day of an article, read from the ways in which newspapers write it.

Months are known by name in every language of `LANGUAGES` (Babel's CLDR tables); digits may be of any script. A date
with a time and a zone is that moment; with a time but no zone it is taken as UTC, with no time as 00:00 UTC of its day.
What is ambiguous (04/05/2022 in English) is no date: a date is never guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from functools import cache

from msgspec import Struct

from summaries.language.locales import locale_of

_CODES = (
    "en fr es de pt it nl ru uk ar ur hi bn fa tr id vi pl sv da nb fi cs ro el he ko mr ta te pa ms sw ca hu ar_SY"
)
LANGUAGES = tuple(_CODES.split())
EARLIEST_YEAR = 1800
LEEWAY = timedelta(days=2)
"""How far ahead of `now` a date may lie before it is not believed: zones, and tomorrow's paper."""

_LONGEST = 600
_BETWEEN = re.compile(r"^(?:[\s,|\-–—•·(]|t|at\b)+")
_ZONES = {
    **dict.fromkeys(("utc", "gmt", "z", "wet"), 0.0),
    "bst": 1.0,
    "cet": 1.0,
    "west": 1.0,
    "cest": 2.0,
    "eet": 2.0,
    "eest": 3.0,
    "msk": 3.0,
    "pkt": 5.0,
    "ist": 5.5,
    "wib": 7.0,
    "ict": 7.0,
    "sgt": 8.0,
    "hkt": 8.0,
    "myt": 8.0,
    "jst": 9.0,
    "kst": 9.0,
    "aest": 10.0,
    "aedt": 11.0,
    "edt": -4.0,
    "est": -5.0,
    "cdt": -5.0,
    "cst": -6.0,
    "mdt": -6.0,
    "mst": -7.0,
    "pdt": -7.0,
    "pst": -8.0,
    "et": -5.0,
    "pt": -8.0,
    "brt": -3.0,
    "art": -3.0,
    "nst": 5.75,
    "wita": 8.0,
    "sast": 2.0,
    "cat": 2.0,
    "wat": 1.0,
}
_ORDINAL = r"(?:st|nd|rd|th|er|ère|º|ª|\.)?"
_LINK = r"(?:[\s,.\-/]|\bde\b|\bdel\b|\bof\b|\bd['’])"
_YEAR = re.compile(r"\d{4}")
_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_DAY, _OF_YEAR = rf"(?<!\d)(\d{{1,2}}){_ORDINAL}", r"([12]\d{3})(?!\d)"
_DAY_YEAR = re.compile(rf"{_DAY}[,،]?\s{{0,2}}(?:\bde\s)?{_OF_YEAR}")
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_EAST = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]")
_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_VIETNAMESE = re.compile(r"(?<!\d)(\d{1,2})\s+tháng\s+(\d{1,2}),?\s+(?:năm\s+)?(\d{4})")
_CLOCK = re.compile(
    r"(?<![\d:.])([01]?\d|2[0-3])(?:[:.h]([0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?|(?=\s?[ap]\.?m\b))"
    r"\s?([ap])?(?:\.?m\b\.?)?\s?\(?(?:utc|gmt)?([+\-]\d\d:?\d\d|\b[a-z]{1,4}\b)?",
)


class Found(Struct, frozen=True):
    """A date in a text: the moment it names, and the code points `start` to `end` that name its day."""

    when: datetime
    start: int
    end: int


def read_date(text: str, *, language: str = "", now: datetime | None = None) -> datetime | None:
    """The first date that `text` names, as an aware UTC datetime; None where it names none or one beyond `now`."""
    if exact := _exact(text, now):
        return exact
    found = find_date(text, language=language, now=now)
    return found.when if found else None


def _exact(text: str, now: datetime | None) -> datetime | None:
    """A date that a program wrote (ISO 8601), to the microsecond."""
    try:
        written = datetime.fromisoformat(text.strip())
        when = (written if written.tzinfo else written.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return None if when.year < EARLIEST_YEAR or (now and when > now + LEEWAY) else when


def find_date(text: str, *, language: str = "", now: datetime | None = None) -> Found | None:
    """The first date in the first 600 characters of `text`. The time of day is looked for beside it."""
    if not _YEAR.search(text, 0, _LONGEST):
        return None
    plain = _ascii_digits(text[:_LONGEST])
    days = sorted((day for day in _days(plain, language)), key=lambda day: day[0])
    for start, end, (year, month, day) in days:
        when = _moment(year, month, day, plain[max(0, start - 30) : start], plain[end : end + 40])
        if when and not (now and when > now + LEEWAY):
            return Found(when, start, end)
    return None


def find_dates(text: str, language: str = "") -> list[Found]:
    """Every whole date in `text`, in order, at 00:00 UTC of its day: one that lacks its year is none."""
    found = []
    end = 0
    for start, stop, (year, month, day) in sorted(_days(plain(text), language)):
        if start >= end and (when := _moment(year, month, day, "", "")):
            found.append(Found(when, start, stop))
            end = stop
    return found


def month_names(language: str) -> dict[str, int]:
    """The months by every name that the language has for them, written as `plain` writes them."""
    return {name: by_language[language] for name, by_language in _months().items() if language in by_language}


def plain(text: str) -> str:
    """Lower case with ASCII digits, every code point in its place, as names of months and days are looked for."""
    return _ascii_digits(text)


def _ascii_digits(text: str) -> str:
    """Lower case with ASCII digits, every code point in its place (so "İ", which lowers to two, stays itself)."""
    if text.isascii():
        return text.lower()
    # Of all letters these two alone have another lower case in a text than by themselves.
    small = "".join(map(_lower, text)) if "İ" in text or "Σ" in text else text.lower()
    return _OTHER_DIGIT.sub(_digit, small)


def _digit(mark: re.Match[str]) -> str:
    return str(unicodedata.decimal(mark[0]))


def _lower(mark: str) -> str:
    small = mark.lower()
    return small if len(small) == 1 else mark


def _days(text: str, language: str) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
    for match in _ISO.finditer(text):
        yield match.start(), match.end(), (int(match[1]), int(match[3]), int(match[4]))
    for match in _EAST.finditer(text):
        yield match.start(), match.end(), (int(match[1]), int(match[2]), int(match[3]))
    for match in _VIETNAMESE.finditer(text):
        yield match.start(), match.end(), (int(match[3]), int(match[2]), int(match[1]))
    yield from _numbers(text, language)
    yield from _named(text, language)


def _numbers(text: str, language: str) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
    for match in _NUMBERS.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        day_first = first > 12 or first == second or match[2] == "." or language not in ("", "und", "en")
        if day_first:
            yield match.start(), match.end(), (year, second, first)
        elif second > 12:
            yield match.start(), match.end(), (year, first, second)


def _named(text: str, language: str) -> Iterator[tuple[int, int, tuple[int, int, int]]]:
    for match in _day_month(0).finditer(text):
        yield match.start(), match.end(), (int(match[3]), _month(match[2], language), int(match[1]))
    if not _DAY_YEAR.search(text):  # which is behind every month of this order; hundreds of names are not tried then
        return
    for match in _day_month(1).finditer(text):
        yield match.start(), match.end(), (int(match[3]), _month(match[1], language), int(match[2]))


@cache
def _day_month(order: int) -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    month = rf"(?<!\w)({names})(?!\w)\.?"
    if order == 0:
        return re.compile(rf"{_DAY}{_LINK}{{0,4}}{month}{_LINK}{{0,4}}{_OF_YEAR}")
    return re.compile(rf"{month}\s?{_DAY_YEAR.pattern}")


@cache
def _months() -> dict[str, dict[str, int]]:
    """Month names in lower case → language → number. A name can be two months: "listopad" is October or November."""
    names: dict[str, dict[str, int]] = {"sept": {"en": 9}, "फरवरी": {"hi": 2}, "जुलाई": {"hi": 7}}
    for language in LANGUAGES:
        tables = locale_of(language).months
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in tables[form][width].items():
                    name = _ascii_digits(name).rstrip(".॰").strip()
                    if not any(mark.isdigit() for mark in name) and len(name) > 1:
                        names.setdefault(name, {}).setdefault(language, number)
    return names


def _month(name: str, language: str) -> int:
    by_language = _months()[name]
    return by_language.get(language) or next(iter(by_language.values()))


def _moment(year: int, month: int, day: int, before: str, after: str) -> datetime | None:
    hour, minute, offset = _time_of_day(_BETWEEN.sub("", after), at_start=True) or _time_of_day(before) or (0, 0, 0.0)
    try:
        moment = datetime(year, month, day, hour, minute, tzinfo=timezone(timedelta(hours=offset)))
        return moment.astimezone(UTC) if year >= EARLIEST_YEAR else None
    except (ValueError, OverflowError):
        return None


def _time_of_day(text: str, *, at_start: bool = False) -> tuple[int, int, float] | None:
    match = _CLOCK.match(text) if at_start else _CLOCK.search(text)
    if not match:
        return None
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    return hour, int(match[2] or 0), _offset(match[4] or "")


def _offset(zone: str) -> float:
    if zone[:1] in ("+", "-"):
        hours = int(zone[1:3]) + int(zone[-2:]) / 60
        return -hours if zone[0] == "-" else hours
    return _ZONES.get(zone, 0.0)
