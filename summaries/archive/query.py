"""What somebody typed into a search, as a value. Every text has a reading; what was not understood becomes a hint."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Literal, get_args

from summaries.models import Kind

MAX_CHARACTERS = 1000
MAX_CLAUSES = 24
"""More than this is cut, with a hint: nobody means it, and each word costs a search of its own."""

HintCode = Literal[
    "empty",  # there is nothing to look for
    "too_long",  # only the first `value` words and filters were used
    "unknown_filter",  # `value` is no filter, so it was looked for as a word
    "empty_filter",  # the filter `value` names nothing, so it was left out
    "bad_date",  # `value` is no date, so it was left out
    "bad_kind",  # `value` is no kind of article, so it was left out
    "bad_language",  # `value` is no language, so it was left out
    "any_word",  # nothing has all of the words: these have some of them
    "indexing",  # the index is being made or mended: there may be more; `value` is the share done, in per cent
]
FilterKey = Literal["source", "tag", "lang", "kind"]


@dataclass(frozen=True)
class Hint:
    """Something to be said about a search, in words that the handlers choose."""

    code: HintCode
    value: str = ""


@dataclass(frozen=True)
class Words:
    """A word, or a phrase whose words must follow each other."""

    text: str
    phrase: bool = False
    negated: bool = False


@dataclass(frozen=True)
class Filter:
    """One of `values` must be (or, negated, none may be) the briefing's."""

    key: FilterKey
    values: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True)
class Query:
    """All of it must hold, but for `any_word`: then one of the words is enough.

    `after` is the first moment that counts, `before` the first that no longer does.
    """

    words: tuple[Words, ...] = ()
    filters: tuple[Filter, ...] = ()
    after: datetime | None = None
    before: datetime | None = None
    hints: tuple[Hint, ...] = ()
    any_word: bool = False

    @property
    def empty(self) -> bool:
        return not (self.words or self.filters or self.after or self.before)


OPEN, CLOSE = '"“”„«»「『', '"“”«»」』'
CLAUSE = re.compile(
    rf"""(?P<minus>(?:(?<=\s)|^)[-−–—])?
         (?:(?P<key>[^\W\d_]+)[:：](?P<gap>\s*))?
         (?: [{OPEN}](?P<phrase>[^{CLOSE}]*)(?:[{CLOSE}]|$) | (?P<word>[^\s{OPEN}{CLOSE}]+) | (?<=[:：\s])$ )""",
    re.VERBOSE,
)
# Marks that steer the direction or the width of a line: a keyboard adds them, nobody sees them, and none is searched.
UNSEEN = dict.fromkeys(
    [0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
KEYS: dict[str, str] = {
    "source": "source", "outlet": "source", "tag": "tag", "lang": "lang", "language": "lang", "kind": "kind",
    "type": "kind", "after": "after", "since": "after", "before": "before", "until": "before",
}  # fmt: skip
KINDS: dict[str, str] = {kind: kind for kind in get_args(Kind)} | {
    "news": "report", "op-ed": "opinion", "oped": "opinion", "editorial": "opinion", "liveblog": "live",
    "press": "release",
}  # fmt: skip


def parse(text: str, now: datetime) -> Query:
    """Read a query. Raises nothing, whatever the text.

    A word, `"a phrase"`, `source:"The Daily X"`, `tag:x`, `lang:ur`, `kind:opinion`, each with a `-` before it to
    exclude; `after:` and `before:` a date (2024, 2024-05, 2024-05-31), "today", "yesterday", or a span back from `now`
    (12h 3d 2w 6m 1y). A date means its start, so `after:2023 before:2024` is the year 2023. Days begin in the zone of
    `now`, and spans of days and longer at a day's start, so that an answer's second page has the days of its first.
    Several sources, languages or kinds (also `lang:en,ur`) are alternatives; several tags must all be there.
    """
    clauses = list(_clauses(_visible(text)))
    query = Query()
    for clause in clauses[:MAX_CLAUSES]:
        query = _with(query, clause, now)
    if len(clauses) > MAX_CLAUSES or len(text) > MAX_CHARACTERS:
        query = _hinted(query, Hint("too_long", str(min(len(clauses), MAX_CLAUSES))))
    if query.empty:
        query = _hinted(query, Hint("empty"))
    return replace(query, filters=tuple(_merged(query.filters)))


def _visible(text: str) -> str:
    whole = text[:MAX_CHARACTERS].encode("utf-8", "ignore").decode()  # a lone surrogate is no letter of any word
    return whole.translate(UNSEEN)


@dataclass(frozen=True)
class _Clause:
    negated: bool
    key: str
    value: str
    phrase: bool


def _clauses(text: str) -> Iterator[_Clause]:
    place = 0
    while match := CLAUSE.search(text, place):
        if match.end() == match.start():
            return
        place = match.end()
        key, phrase, word = match["key"] or "", match["phrase"], match["word"] or ""
        if key and match["gap"] and not _takes(key, word):
            place = match.end("key") + 1
            key, word, phrase = (key, "", None) if key.casefold() in KEYS else ("", key, None)
        if key or word.strip("-−–—") or (phrase or "").strip():
            yield _Clause(bool(match["minus"]), key, word if phrase is None else phrase, phrase is not None)


def _takes(key: str, word: str) -> bool:
    """Whether what follows "key: " belongs to it: "source: Dawn" is a filter, "note: talks" two words."""
    return key.casefold() in KEYS and word.partition(":")[0].casefold() not in KEYS


def _with(query: Query, clause: _Clause, now: datetime) -> Query:
    key = KEYS.get(clause.key.casefold(), "")
    if not key:
        return _with_words(query, clause)
    value = clause.value.strip()
    if not value.strip(","):
        return _hinted(query, Hint("empty_filter", key))
    if key in ("after", "before"):
        return _with_date(query, clause, (key == "after") != clause.negated, moment(value, now))
    return _with_filter(query, key, value, clause)


def _with_words(query: Query, clause: _Clause) -> Query:
    text = f"{clause.key}:{clause.value}" if clause.key else clause.value
    query = replace(query, words=(*query.words, Words(text, clause.phrase, clause.negated)))
    if clause.key and not clause.value.startswith("//"):  # "https://…" is a link, and nobody's filter
        query = _hinted(query, Hint("unknown_filter", clause.key))
    return query


def _with_date(query: Query, clause: _Clause, is_after: bool, when: datetime | None) -> Query:
    if when is None:
        return _hinted(query, Hint("bad_date", clause.value.strip()))
    if is_after:
        return replace(query, after=max(query.after or when, when))
    return replace(query, before=min(query.before or when, when))


def _with_filter(query: Query, key: str, value: str, clause: _Clause) -> Query:
    values = [value] if clause.phrase else [part for part in re.split("[,،，]", value) if part]
    match key:
        case "kind":
            known = {
                part: KINDS.get(part.casefold()) or KINDS.get(part.casefold().removesuffix("s")) for part in values
            }
            return _with_known(query, "kind", known, clause.negated)
        case "lang":
            return _with_known(query, "lang", {part: language_code(part) for part in values}, clause.negated)
        case "tag":
            tags = (Filter("tag", (folded(part),), clause.negated) for part in values)
            return replace(query, filters=(*query.filters, *tags))
        case _:
            return replace(query, filters=(*query.filters, Filter("source", tuple(values), clause.negated)))


def _with_known(query: Query, key: Literal["kind", "lang"], known: dict[str, str | None], negated: bool) -> Query:
    for value in (value for value, name in known.items() if name is None):
        query = _hinted(query, Hint("bad_kind" if key == "kind" else "bad_language", value))
    values = tuple(name for name in known.values() if name is not None)
    return replace(query, filters=(*query.filters, Filter(key, values, negated))) if values else query


def _hinted(query: Query, hint: Hint) -> Query:
    return query if hint in query.hints else replace(query, hints=(*query.hints, hint))


def _merged(filters: Iterable[Filter]) -> Iterator[Filter]:
    """A briefing has one source, language and kind, so two filters for one of them can only be alternatives."""
    alternatives: dict[FilterKey, tuple[str, ...]] = {}
    for each in filters:
        if each.negated or each.key == "tag":
            yield each
        else:
            alternatives[each.key] = (*alternatives.get(each.key, ()), *each.values)
    for key, values in alternatives.items():
        yield Filter(key, tuple(dict.fromkeys(values)))


def folded(tag: str) -> str:
    """A tag as it is compared: without `#`, case, and surrounding space."""
    return tag.strip().lstrip("#").casefold()


DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
BACK = re.compile(r"(\d{1,5})([hdwmy])")
DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def moment(text: str, now: datetime) -> datetime | None:
    """The UTC moment that a date or a span back from `now` names, if any. Days begin in the zone of `now`."""
    text = text.casefold()
    try:
        if found := DATE.fullmatch(text):
            year, month, day = (int(part or 1) for part in found.groups())
            return datetime(year, month, day, tzinfo=now.tzinfo).astimezone(UTC)
        if found := BACK.fullmatch(text):
            return _back(int(found[1]), found[2], now)
    except (ValueError, OverflowError):  # month 13, year 0, a hundred thousand weeks ago
        return None
    named = {"now": 0, "today": 0, "yesterday": 1}
    return _back(named[text], "d", now) if text in named else None


def _back(number: int, unit: str, now: datetime) -> datetime:
    if unit == "h":
        return (now.astimezone(UTC) - timedelta(hours=number)).replace(minute=0, second=0, microsecond=0)
    day = now.date() - timedelta(days=number * DAYS[unit])
    return datetime(day.year, day.month, day.day, tzinfo=now.tzinfo).astimezone(UTC)


def language_code(text: str) -> str | None:
    """ "en", "en-GB", "English", "اردو" → the code that briefings carry; None for what is no language."""
    text = text.casefold()
    if code := re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9]+)*", text):
        short = code[1]
        return short if len(short) == 2 or short == "und" else _language_names().get(text)
    return _language_names().get(text)


@cache
def _language_names() -> dict[str, str]:
    from babel import Locale, localedata  # 30 ms, and only for a language written as a word

    names = {name.casefold(): code for code, name in Locale("en").languages.items() if len(code) == 2}
    for code in (code for code in localedata.locale_identifiers() if len(code) == 2):
        names[(Locale(code).languages.get(code) or code).casefold()] = code
    return names
