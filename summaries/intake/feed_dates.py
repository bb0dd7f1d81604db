"""The dates of a feed: feedparser's reading, then dateutil's, ours and dateparser's, each held to what is written.

A wrong date is worse than none: day, month and year must all stand in the text, so "Heute 14:30" and "yesterday" are no
dates, and neither is 04/05/2022 where the feed's language does not say which of the two is the month. A date without a
zone is taken as UTC. What feedparser read is not doubted here, and dates in the future are read like others: what is
believed is decided elsewhere.
"""

import calendar
import re
import warnings
from datetime import UTC, datetime, timedelta
from functools import cache
from time import struct_time
from typing import Any

from summaries.dates import LANGUAGES, read_date

LONGEST = 120
"""Code points of a date that are looked at."""

FAILURES = 5
"""Dates in a row that dateparser could not read, after which a feed's others are not tried: 20 ms each."""

EARLIEST = datetime(1800, 1, 1, tzinfo=UTC)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(hours=14, seconds=1)  # what is written for the epoch in any zone
_ZONES = {  # hours from UTC; feedparser takes these for UTC
    "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "met": 1, "mest": 2, "wet": 0, "west": 1, "bst": 1, "eet": 2, "eest": 3,
    "msk": 3, "msd": 4, "trt": 3, "pkt": 5, "ist": 5.5, "npt": 5.75, "wib": 7, "ict": 7, "hkt": 8, "sgt": 8, "myt": 8,
    "pht": 8, "awst": 8, "jst": 9, "kst": 9, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "akst": -9,
    "akdt": -8, "hst": -10, "brt": -3, "sast": 2, "cat": 2, "eat": 3, "wat": 1,
}  # fmt: skip
_NORTH_AMERICA = {"est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7}
_ZONE_AT_END = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?\s+([A-Za-z]{3,4})$")
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_MIDNIGHT = re.compile(r"(?<!\d)24:00(?::00)?(?!\d)")
_WIDESPREAD = ("en", "fr", "es", "de", "pt", "it", "nl", "ru", "pl", "tr", "ar", "ja", "zh", "ko", "sv", "cs", "id")
"""Languages that dateparser tries where the feed names none: all of its 200 take five seconds to load."""

_CLOCK = re.compile(r"\d:\d\d")
_WEEKDAY = re.compile(r"^[^\W\d_]+\.?,\s*(?=\d|[^\W\d_]+\.?\s+\d)")
_NUMBERS = re.compile(r"^\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_MONTH_FIRST = ("en-us", "en_us")
_TAGS = re.compile(r"<[^<>]*>")


class Dates:
    """The dates of one feed. `language` is the feed's own tag, such as "en-us", and decides what is ambiguous."""

    def __init__(self, language: str = "") -> None:
        self._tag = language.lower()
        self._language = re.split(r"[-_]", self._tag)[0]
        self._failures = 0
        self._known: dict[str, datetime | None] = {}

    def read(self, text: str, parsed: struct_time | tuple[int, ...] | None = None) -> datetime | None:
        """The moment that `text` names, in UTC. `parsed` is feedparser's reading, also in UTC."""
        text = " ".join(_TAGS.sub(" ", text[:LONGEST]).split())
        if parsed is not None:
            return _shifted(_moment(parsed), text)
        if text not in self._known:
            self._known[text] = believable(self._read(text)) if re.search(r"\d", text) else None
        return self._known[text]

    def _read(self, text: str) -> datetime | None:
        if seconds := _SECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(seconds[1]), UTC)
        if midnight := _MIDNIGHT.search(text):
            day = self._read(f"{text[: midnight.start()]}00:00:00{text[midnight.end() :]}")
            return day + timedelta(days=1) if day else None
        text = _WEEKDAY.sub("", text)
        day_first = self._day_first(text)
        if day_first is None:
            return None
        found = _by_dateutil(text, day_first) or read_date(text, language=self._language)
        if found and (found.hour or found.minute or not _CLOCK.search(text)):
            return found
        return self._patiently(text) or found

    def _day_first(self, text: str) -> bool | None:
        """Whether 04/05/2022 is in May; None where nobody can know. Where no two numbers can be mixed up, False."""
        numbers = _NUMBERS.match(text)
        if not numbers:
            return False
        first, second = int(numbers[1]), int(numbers[3])
        if first > 12 or second > 12 or first == second:
            return first > 12
        if numbers[2] == ".":
            return True
        if self._tag in _MONTH_FIRST:
            return False
        return True if self._language not in ("", "und", "en") or self._tag.startswith("en-") else None

    def _patiently(self, text: str) -> datetime | None:
        if self._failures >= FAILURES or len(re.findall(r"\d+", text)) < 2:
            return None
        found = _by_dateparser(text, self._language)
        self._failures = 0 if found else self._failures + 1
        return found


def _moment(parsed: struct_time | tuple[int, ...]) -> datetime | None:
    try:
        return _EPOCH + timedelta(seconds=calendar.timegm(tuple(parsed)))
    except (ValueError, OverflowError, TypeError):
        return None


def _shifted(moment: datetime | None, text: str) -> datetime | None:
    zone = _ZONE_AT_END.search(text)
    if moment is None or not zone or zone[1].lower() in ("met", "mest"):  # the two that feedparser knows
        return moment
    try:
        return moment - timedelta(hours=_ZONES.get(zone[1].lower(), 0))
    except OverflowError:
        return None


def believable(moment: datetime | None) -> datetime | None:
    """`moment`, unless it is the zeros of a database: 1970-01-01 in whatever zone, year 1."""
    return moment if moment and moment >= EARLIEST and abs(moment - _EPOCH) > _DAY else None


def _by_dateutil(text: str, day_first: bool) -> datetime | None:
    """Read twice over different days: what is not the same both times was filled in rather than written."""
    from dateutil import parser

    zones = {name.upper(): int(hours * 3600) for name, hours in (_ZONES | _NORTH_AMERICA).items()}
    readings = []
    for default in (datetime(2000, 1, 1), datetime(2004, 2, 29)):  # noqa: DTZ001  only lends what is missing
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # an unknown zone: taken as UTC
                readings.append(parser.parse(text, default=default, dayfirst=day_first, tzinfos=zones))
        except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
            return None
    return _aware(readings[0]) if readings[0] == readings[1] else None


def _by_dateparser(text: str, language: str) -> datetime | None:
    parser = _dateparser(language) if language in LANGUAGES else _dateparser("")
    try:
        found = parser.get_date_data(text).date_obj
    except (ValueError, OverflowError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return None
    return _aware(found) if found else None


@cache
def _dateparser(language: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from dateparser.date import DateDataParser

        settings = {
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "TIMEZONE": "UTC",
            "TO_TIMEZONE": "UTC",
            "RETURN_AS_TIMEZONE_AWARE": True,
        }
        return DateDataParser(languages=[language] if language else list(_WIDESPREAD), settings=settings)


def _aware(found: datetime) -> datetime | None:
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
