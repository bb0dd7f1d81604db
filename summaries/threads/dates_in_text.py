"""The days that a text speaks of: whole dates, and those that are meant from the day on which it was said.

"On Sunday" is the last Sunday up to then, "25 February" the last one unless the next one is soon, "in February 2021" a
month. What lies ahead of the text is left out: a plan is no turning point. Languages without a list here have whole
dates, days with a month, and months with a year, from `summaries.dates`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal, NamedTuple

from babel import UnknownLocaleError

from summaries.dates import find_dates, month_names, plain
from summaries.language.locales import locale_of

Precision = Literal["day", "month"]

SOON = timedelta(days=60)
"""Ahead of what is said in January, "from 7 February" is the one to come."""


class Mention(NamedTuple):
    """A day, or the first of a month, and the code points that name it."""

    day: date
    precision: Precision
    start: int
    end: int


class _Speech(NamedTuple):
    """How a language speaks of days. `days` are phrases for so many days before; `month` are phrases for last month.

    `within` are the words before a month alone, `on` those before or after a weekday without which it is another word,
    `ahead` those that put a day into the future, `ago` is the pattern of a count and a unit, whose groups it names.
    """

    days: dict[str, int]
    month: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    on: tuple[str, str] = ("", "")
    ahead: tuple[str, ...] = ()
    ago: str = ""


_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_ENGLISH_COUNT = "|".join(_COUNTS)

_SPEECH: dict[str, _Speech] = {
    "en": _Speech(
        {"today": 0, "tonight": 0, "yesterday": 1, "day before yesterday": 2},
        ("last month",),
        ("in", "last", "since", "early", "late", "mid"),
        ahead=("next", "coming", "until", "by"),
        ago=rf"(?P<count>\d{{1,2}}|an?|{_ENGLISH_COUNT}) (?P<unit>day|month)s? (?:ago|earlier)",
    ),
    "fr": _Speech(
        {"aujourd'hui": 0, "aujourd’hui": 0, "hier": 1, "avant-hier": 2},
        ("le mois dernier",),
        ("en",),
        ahead=("jusqu'à", "d'ici"),
        ago=r"il y a (?P<count>\d{1,2}) (?P<unit>jour|mois)s?",
    ),
    "es": _Speech(
        {"hoy": 0, "ayer": 1, "anteayer": 2},
        ("el mes pasado",),
        ("en",),
        ahead=("próximo", "hasta"),
        ago=r"hace (?P<count>\d{1,2}) (?P<unit>día|mes)(?:e?s)?",
    ),
    "pt": _Speech({"hoje": 0, "ontem": 1, "anteontem": 2}, ("no mês passado", "mês passado"), ("em",)),
    "it": _Speech({"oggi": 0, "ieri": 1, "l'altro ieri": 2}, ("il mese scorso", "mese scorso"), ("a", "in")),
    "de": _Speech(
        {"heute": 0, "gestern": 1, "vorgestern": 2},
        ("letzten monat", "vergangenen monat"),
        ("im",),
        ahead=("nächsten", "kommenden"),
        ago=r"vor (?P<count>\d{1,2}) (?P<unit>tag|monat)en",
    ),
    "nl": _Speech({"vandaag": 0, "gisteren": 1, "eergisteren": 2}, ("vorige maand",), ("in",)),
    "ru": _Speech({"сегодня": 0, "вчера": 1, "позавчера": 2}, ("в прошлом месяце",), ("в",)),
    "uk": _Speech({"сьогодні": 0, "вчора": 1, "позавчора": 2}, ("минулого місяця",), ("у", "в")),
    "pl": _Speech({"dzisiaj": 0, "dziś": 0, "wczoraj": 1, "przedwczoraj": 2}, ("w zeszłym miesiącu",), ("w",)),
    "tr": _Speech({"bugün": 0, "dün": 1}, ("geçen ay",)),
    "id": _Speech({"hari ini": 0, "kemarin": 1}, ("bulan lalu",), ("pada",)),
    "ar": _Speech({"اليوم": 0, "أمس": 1, "أول أمس": 2}, ("الشهر الماضي",), on=("يوم", "")),
    "fa": _Speech({"امروز": 0, "دیروز": 1}, ("ماه گذشته",)),
    "ur": _Speech({"آج": 0, "گزشتہ روز": 1}, ("گزشتہ ماہ", "پچھلے ماہ"), on=("", "کو|کے روز")),
    "hi": _Speech({"आज": 0}, ("पिछले महीने", "पिछले माह"), on=("", "को|के दिन")),
    "bn": _Speech({"আজ": 0, "গতকাল": 1}, ("গত মাসে",)),
    "zh": _Speech({"今天": 0, "昨天": 1, "前天": 2}, ("上个月", "上月")),
    "ja": _Speech({"今日": 0, "昨日": 1, "一昨日": 2}, ("先月",)),
}
_SILENT = _Speech({})
_UNSPACED = frozenset({"zh", "ja", "th"})


def mentions(text: str, language: str, said: datetime) -> list[Mention]:
    """The days up to `said` that the text speaks of, in order. `said` is aware; its UTC day is today."""
    lowered, today = plain(text), said.date()
    found: list[Mention] = []
    for reader in (_whole, _days_of_month, _months_of_year, _spoken, _weekdays, _months_alone):
        for mention in reader(lowered, language, today):
            if not any(_overlap(mention, other) for other in found):
                found.append(mention)
    return sorted((mention for mention in found if mention.day <= today), key=lambda mention: mention.start)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _whole(text: str, language: str, today: date) -> Iterator[Mention]:
    for found in find_dates(text, language):
        yield Mention(found.when.date(), "day", found.start, found.end)


def _days_of_month(text: str, language: str, today: date) -> Iterator[Mention]:
    months = month_names(language)
    for match in _matches(_day_month(language), text):
        day = _latest(months[match["month"] or match["first"]], int(match["day"] or match["second"]), today)
        if day:
            yield Mention(day, "day", match.start(), match.end())


def _months_of_year(text: str, language: str, today: date) -> Iterator[Mention]:
    months = month_names(language)
    for match in _matches(_month_year(language), text):
        yield Mention(date(int(match["year"]), months[match["month"]], 1), "month", match.start(), match.end())


def _spoken(text: str, language: str, today: date) -> Iterator[Mention]:
    speech = _SPEECH.get(language, _SILENT)
    for match in _matches(_phrases(language), text):
        if match[0] in speech.month:
            yield Mention(_months_before(today, 1), "month", match.start(), match.end())
        else:
            yield Mention(today - timedelta(days=speech.days[match[0]]), "day", match.start(), match.end())
    for match in _matches(re.compile(rf"(?<!\w){speech.ago}(?!\w)") if speech.ago else None, text):
        count = int(match["count"]) if match["count"].isdigit() else _COUNTS.get(match["count"], 1)
        if match["unit"] in ("day", "jour", "día", "tag"):
            yield Mention(today - timedelta(days=count), "day", match.start(), match.end())
        else:
            yield Mention(_months_before(today, count), "month", match.start(), match.end())


def _weekdays(text: str, language: str, today: date) -> Iterator[Mention]:
    names, ahead = _day_names(language), _SPEECH.get(language, _SILENT).ahead
    for match in _matches(_weekday(language), text):
        before = text[: match.start()].rsplit(maxsplit=1)[-1:]
        if not set(before) & set(ahead):
            back = (today.weekday() - names[match["day"]]) % 7
            yield Mention(today - timedelta(days=back), "day", match.start(), match.end())


def _months_alone(text: str, language: str, today: date) -> Iterator[Mention]:
    months = month_names(language)
    for match in _matches(_month_alone(language), text):
        day = _latest(months[match["month"]], 1, today)
        if day:
            yield Mention(day, "month", match.start(), match.end())


def _matches(pattern: re.Pattern[str] | None, text: str) -> Iterable[re.Match[str]]:
    return pattern.finditer(text) if pattern else ()


def _latest(month: int, day: int, today: date) -> date | None:
    """The last such day up to today; None where there is none, such as 31 June, or where the next one is soon."""
    for year in range(today.year + 1, today.year - 5, -1):  # 29 February comes every four years
        found = _day(year, month, day)
        if found and found <= today:
            return found
        if found and found - today <= SOON:
            return None
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _months_before(today: date, count: int) -> date:
    months = today.year * 12 + today.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def _either(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _pattern(language: str, names: Iterable[str], write: Callable[[str], str]) -> re.Pattern[str] | None:
    """None where the language has no such names, which as a pattern would be found everywhere."""
    either = _either(names)
    if not either:
        return None
    edge = ("", "") if language in _UNSPACED else (r"(?<![\w])", r"(?![\w])")
    return re.compile(f"{edge[0]}{write(either)}{edge[1]}")


@cache
def _day_month(language: str) -> re.Pattern[str] | None:
    return _pattern(
        language,
        month_names(language),
        lambda names: (
            rf"(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|\.)?\s?(?:of |de )?(?P<month>{names})"
            rf"|(?P<first>{names})\.? (?P<second>[0-3]?\d)(?:st|nd|rd|th)?)"
        ),
    )


@cache
def _month_year(language: str) -> re.Pattern[str] | None:
    return _pattern(
        language, month_names(language), lambda names: rf"(?P<month>{names})\.?,? (?:de |of )?(?P<year>(?:19|20)\d\d)"
    )


@cache
def _month_alone(language: str) -> re.Pattern[str] | None:
    within = _either(_SPEECH.get(language, _SILENT).within)
    if not within:
        return None
    return _pattern(language, month_names(language), lambda names: rf"(?:{within})[ -](?P<month>{names})")


@cache
def _phrases(language: str) -> re.Pattern[str] | None:
    speech = _SPEECH.get(language, _SILENT)
    return _pattern(language, (*speech.days, *speech.month), str)


@cache
def _weekday(language: str) -> re.Pattern[str] | None:
    before, after = _SPEECH.get(language, _SILENT).on
    first, last = f"(?:{before}) " if before else "", f" (?:{after})" if after else ""
    return _pattern(language, _day_names(language), lambda names: f"{first}(?P<day>{names}){last}")


@cache
def _day_names(language: str) -> dict[str, int]:
    """The days of the week by their whole names, Monday 0. Portuguese also says "segunda" for "segunda-feira"."""
    try:
        names = locale_of(language).days["format"]["wide"]
    except (UnknownLocaleError, ValueError):
        return {}
    return {plain(name): number for number, name in names.items() if language in _SPEECH}
