"""The numbers, places and people that an article repeats most, in its own words: by frequency and capitals alone.

Where a script has no capitals there are the numbers: pairs of frequent words were tried for Urdu, and were verbs.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from summaries.language import stop_words
from summaries.models import Article

MOST = 6
_OFTEN = 2
"""What is said once is no fact to find an article by."""
_LONGEST = 60_000
_LONGEST_FACT = 50
_KEPT = frozenset({"New", "All", "Great", "Old"})
"""Stop words that names begin with."""

_BIG = "A-ZÀ-ÖØ-ÞĄĆĘŁŃŚŹŻČŠŽĐİŞĞŐŰΑ-ΩА-ЯЁІЇЄ"
_SMALL = "de|del|la|van|von|der|bin|ibn|al|of|of the|du|des|da|dos"
_WORD = rf"[{_BIG}][\w'’-]*"
_NAME = re.compile(rf"(?<![\w'’@#/.-])(?:{_WORD}|[{_BIG}]\.)(?:\s(?:(?:{_SMALL}) )?{_WORD}){{0,4}}")
_GROUPED = r"\d{1,3}(?:[., \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?"
_NUMBER = re.compile(rf"(?<![\w.,/:-])(?:[$€£₹¥]\s?)?(?:{_GROUPED}|\d+(?:[.,]\d+)?)(?!\w|[/:-]\d)")
_UNIT = re.compile(
    r"\s?(?:%|per cent|percent|million|billion|trillion|crore|lakh|prozent|millionen|milliarden|millones|por ciento|"
    r"millions?|milliards?|pour cent|млн|млрд|тыс|процент\w*|km|kg|tonnes|tons)(?!\w)",
    re.IGNORECASE,
)
_NOUNS_CAPPED = frozenset({"de"})
_SENTENCE_END = re.compile(r"(?:^|[.!?…:\n]|[.!?…][\"”»'’])\s*[\"“«„‘'(—–-]?\s*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|mr|mrs|ms|dr|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|märz|"
    r"mai|juni|juli|oktober|dezember|i",
    re.IGNORECASE,
)


def facts_of(article: Article) -> tuple[str, ...]:
    """Up to six of them, the most repeated first, then in the order of the article; none is part of another."""
    text = article.text[:_LONGEST]
    counted = _names(text, article.language)
    counted.update(_numbers(text))
    often = [(fact, count) for fact, count in counted.items() if count >= _OFTEN and len(fact) <= _LONGEST_FACT]
    ranked = sorted(often, key=lambda one: (-one[1], text.find(one[0])))
    return tuple(_apart(fact for fact, _ in ranked))


def _apart(ranked: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for fact in ranked:
        if len(kept) == MOST:
            break
        if not any(_holds(other, fact) or _holds(fact, other) for other in kept):
            kept.append(fact)
    return kept


def _holds(long: str, short: str) -> bool:
    return f" {short} " in f" {long} "


def _names(text: str, language: str) -> Counter[str]:
    """Names with how often they come; the family name alone counts for the whole name."""
    counted: Counter[str] = Counter()
    inside: set[str] = set()
    stops = stop_words(language)
    for match in _NAME.finditer(text):
        opens = _SENTENCE_END.search(text[max(0, match.start() - 4) : match.start()]) is not None
        written = re.split(r"['’]s\s", match[0])[-1]
        name = _POSSESSIVE.sub("", _without_stops(written, stops))
        if not name or _CALENDAR.fullmatch(name) or len(name) < 2:
            continue
        if language in _NOUNS_CAPPED and " " not in name:
            continue
        counted[name] += 1
        if not opens or " " in name:
            inside.add(name)
    named = Counter({name: count for name, count in counted.items() if name in inside})
    return _gathered(named)


def _without_stops(name: str, stops: frozenset[str]) -> str:
    parts = name.split()
    while parts and ((parts[0].lower() in stops and parts[0] not in _KEPT) or _CALENDAR.fullmatch(parts[0])):
        parts = parts[1:]
    return " ".join(parts)


def _gathered(named: Counter[str]) -> Counter[str]:
    """ "Odile Farran" with the count of "Farran" as well, where that can be nobody else."""
    for short in [name for name in named if " " not in name]:
        longer = [name for name in named if name.endswith(f" {short}")]
        if len(longer) == 1:
            named[longer[0]] += named.pop(short)
    return named


def _numbers(text: str) -> Iterator[str]:
    """Numbers with their unit; small ones without a unit, and years, say little."""
    for match in _NUMBER.finditer(text):
        unit = _UNIT.match(text, match.end())
        digits = re.sub(r"\D", "", match[0])
        year = re.fullmatch(r"(?:1[89]|20)\d\d", match[0]) is not None
        if unit or (len(digits) >= 3 and not year) or match[0][0] in "$€£₹¥":
            yield text[match.start() : unit.end() if unit else match.end()].strip()
