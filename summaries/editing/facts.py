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
# What is before their first character is looked at behind it: `re` passes quickly over what cannot be a first one.
_NAME = re.compile(rf"[{_BIG}](?<![\w'’@#/.-].)[\w'’-]*(?:\s(?:(?:{_SMALL}) )?{_WORD}){{0,4}}")
_GROUPED = r"\d{0,2}(?:[., \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d+)?"
_FIRST = r"[\d$€£₹¥](?<![\w.,/:-].)(?:(?<=\d)|(?<!\d)\s?\d)"
_NUMBER = re.compile(rf"{_FIRST}(?:{_GROUPED}|\d*(?:[.,]\d+)?)(?!\w|[/:-]\d)")
_UNIT = re.compile(
    r"\s?(?:%|per cent|percent|million|billion|trillion|crore|lakh|prozent|millionen|milliarden|millones|por ciento|"
    r"millions?|milliards?|pour cent|млн|млрд|тыс|процент\w*|km|kg|tonnes|tons)(?!\w)",
    re.IGNORECASE,
)
_NOUNS_CAPPED = frozenset({"de"})
_SENTENCE_END = re.compile(r"(?:^|[.!?…:\n]|[.!?…][\"”»'’])\s*[\"“«„‘'(—–-]?\s*$")
_OWNER = re.compile(r".*['’]s\s", re.DOTALL)
_POSSESSIVE = re.compile(r"['’]s?$")
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|"
    r"november|december|mr|mrs|ms|dr|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|märz|"
    r"mai|juni|juli|oktober|dezember|i",
    re.IGNORECASE,
)
_NO_DIGIT = re.compile(r"\D")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")


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
    read: dict[str, str] = {}
    for match in _NAME.finditer(text):
        written = match[0]
        if written not in read:
            read[written] = _read(written, language)
        if name := read[written]:
            counted[name] += 1
            if name not in inside and (" " in name or not _opens(text, match.start())):
                inside.add(name)
    return _gathered(Counter({name: count for name, count in counted.items() if name in inside}))


def _opens(text: str, at: int) -> bool:
    """Whether a sentence begins there, where any word has a capital."""
    return _SENTENCE_END.search(text[max(0, at - 4) : at]) is not None


def _read(written: str, language: str) -> str:
    """The name in it, without what stands before and behind; "" where there is none."""
    name = _POSSESSIVE.sub("", _without_stops(_OWNER.sub("", written), stop_words(language)))
    if len(name) < 2 or _CALENDAR.fullmatch(name) or (language in _NOUNS_CAPPED and " " not in name):
        return ""
    return name


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
        long = len(_NO_DIGIT.sub("", match[0])) >= 3 and not _YEAR.fullmatch(match[0])
        if unit or long or match[0][0] in "$€£₹¥":
            yield text[match.start() : unit.end() if unit else match.end()].strip()
