"""Where a sentence says who says so: the noun phrases beside its verbs of saying, the one that governs it first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from summaries.editing.attribution.quotations import QUOTED, Masked
from summaries.editing.attribution.rules import NOTHING, Rules, words_of
from summaries.editing.attribution.subjects import Subject, Subjects

_BOUNDARY = re.compile(rf"[,،]\s|[;:({QUOTED}]\s?|\s[–—-]\s|—|\)\s")
_CLOSED = re.compile(rf"(?:^|[,،{QUOTED}–—-])\s*$")
_WORD = re.compile(r"[^\W\d_][^\s.,;:!?()\"'\ue000–—؟،۔।-]*")
_LONGEST_TAIL = 75
_FURTHER = re.compile(
    r"\b(?:that|if|whether|he|she|it|they|him|her|them|us|me|there|would|will|is|was|were|are|had|has|have|had|que|qu'|dass|что|si)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Saying:
    """Somebody says something in the sentence. `subject` is None where the words were not understood."""

    subject: Subject | None
    verb: str = ""
    final: bool = False
    leading: bool = False
    reported: bool = False
    """It begins the sentence and goes on with "that": all the rest is what was said."""


def saying(masked: Masked, place: int, rules: Rules, subjects: Subjects) -> Saying | None:
    """Who governs the sentence: "…, officials said" at its end before "Farran said …" at its beginning.

    None where nobody says anything in it, outside its quotations.
    """
    cued = rules.cued(words_of(masked.text))
    if not cued:
        return None
    found = list(_sayings(masked.text, cued, place, rules, subjects))
    known = [one for one in found if one.subject]
    if sure := [one for one in known if one.reported]:
        return sure[0]
    for group in ([one for one in known if one.final][-1:], [one for one in known if one.leading], known):
        if group:
            return group[0]
    return next((one for one in found if one.leading or one.final), None)


def _sayings(text: str, cued: frozenset[str], place: int, rules: Rules, subjects: Subjects) -> Iterator[Saying]:
    if "according" in cued:
        for match in _according(rules).finditer(text):
            subject = subjects.at_start(text[match.end() :], place, whole=True)
            yield Saying(subject, final=match.start() > 0, leading=match.start() == 0)
    if "afterwards" in cued:
        for match in _trailing_according(rules).finditer(text):
            subject = subjects.read(_segment(text[: match.start()], rules), place)
            yield Saying(subject, leading=True)
    if "says" in cued or "perhaps" in cued:
        for match in _verbs(text, rules):
            yield from _around(text, match, place, rules, subjects)
    for pronoun in ("he", "she"):
        if f"said{pronoun}" in cued and rules.inside(f"said{pronoun}", text):
            yield Saying(Subject("he" if pronoun == "he" else "she"), final=True)
    if "hearsay" in cued and rules.inside("hearsay", text):
        yield Saying(Subject("unnamed"), leading=True)


def _verbs(text: str, rules: Rules) -> Iterator[re.Match[str]]:
    first, pattern = _verb(rules)
    for word in _WORD.finditer(text):
        if word[0].lower() in first and (match := pattern.match(text, word.start())):
            yield match


def _around(text: str, verb: re.Match[str], place: int, rules: Rules, subjects: Subjects) -> Iterator[Saying]:
    left, right = text[: verb.start()], text[verb.end() :]
    if _nothing(rules).match(right):
        return
    if _unsaid(rules).search(left):
        return
    final = _is_tail(right)
    if not left.strip(f"{QUOTED} ,،–—-") and rules.has("dropped") and _dropped(rules).match(right):
        yield Saying(Subject("he"), leading=True)
        return
    inverts = rules.has("inverts") or rules.whole("plain", verb[0])
    if inverts and _CLOSED.search(left) and (subject := subjects.at_start(right, place)):
        yield Saying(subject, verb[0], final=True, leading=not left.strip(f"{QUOTED} "))
        return
    if rules.has("verbfirst"):
        yield Saying(None, leading=True)
        return
    bare = _without_adverbs(left, rules)
    for phrase, leading in _phrases(bare, rules):
        if subject := subjects.read(phrase, place):
            that = leading and _that(rules).match(right) is not None
            yield Saying(subject, verb[0], final=final and len(phrase) < len(bare), leading=leading, reported=that)
            return
    if len(bare) < 60 or final:
        yield Saying(None, final=final, leading=len(bare) < 60)


def _is_tail(right: str) -> bool:
    """Whether what is behind the verb is only when, where and to whom."""
    tail = right.rstrip()
    return len(tail) <= _LONGEST_TAIL and QUOTED not in tail and not _FURTHER.search(tail)


def _without_adverbs(left: str, rules: Rules) -> str:
    before = ""
    text = left.rstrip()
    adverb = _adverb(rules)
    while text != before:
        before = text
        text = adverb.sub("", text).rstrip()
    return text


def _phrases(left: str, rules: Rules) -> Iterator[tuple[str, bool]]:
    """What may be the subject at the end of `left`: the last part; more, where a comma closes an apposition."""
    closed = left.endswith((",", ")", " –", " —", " -"))
    text = re.sub(r"\s\([^()]*\)", "", left).rstrip(" ,–—-") if closed else left
    starts = [0, *(match.end() for match in _BOUNDARY.finditer(text))]
    if not closed:
        yield _opened(text[starts[-1] :], rules), _leads(text, starts[-1])
        return
    for start in starts[-5:-1]:
        yield _opened(text[start:], rules), _leads(text, start)


def _leads(text: str, start: int) -> bool:
    """Whether it begins the sentence, or stands behind no more than a few words of time and place."""
    return QUOTED not in text[:start] and len(text[:start]) < 80


def _opened(phrase: str, rules: Rules) -> str:
    """Without "But", "On Friday" and their like before the subject."""
    before = ""
    while phrase != before:
        before = phrase
        phrase = _intro(rules).sub("", phrase.lstrip())
    return phrase


def _segment(left: str, rules: Rules) -> str:
    start = max((match.end() for match in _BOUNDARY.finditer(left)), default=0)
    return _opened(left[start:], rules)


@cache
def _verb(rules: Rules) -> tuple[set[str], re.Pattern[str]]:
    """The words that verbs of saying begin with, and the verbs."""
    perhaps = rf"{rules.of('perhaps')}(?=\s*(?:[,.:;{QUOTED}–—]|$)|\s{rules.of('that')}(?!\w))"
    pattern = re.compile(rf"(?<![\w'-])(?:{rules.of('says')}|{perhaps})(?![\w'-])", _case(rules))
    return rules.first_words("says") | rules.first_words("perhaps"), pattern


def _case(rules: Rules) -> re.RegexFlag:
    """Only where a sentence may begin with its verb is "States" one."""
    return re.IGNORECASE if rules.has("inverts") else re.NOFLAG


@cache
def _nothing(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"\s{rules.of('nothing')}(?!\w)", re.IGNORECASE)


@cache
def _that(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"\s(?:{rules.sections.get('reporting', NOTHING)})(?!\w)")


@cache
def _dropped(rules: Rules) -> re.Pattern[str]:
    """What stands behind a verb of saying that has its subject in itself: "Añadió que", "وأضاف أن"."""
    return re.compile(rf"\s*:?\s*{rules.of('dropped')}(?!\w)")


@cache
def _unsaid(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s'])(?:{rules.of('unsaid')})\s+$", re.IGNORECASE)


@cache
def _according(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){rules.of('according')}(?:\s|(?<=['ل]))", re.IGNORECASE)


@cache
def _trailing_according(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"\s{rules.of('afterwards')}(?!\w)", re.IGNORECASE)


@cache
def _adverb(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"(?<=\s){rules.of('adverbs')}$", re.IGNORECASE)


@cache
def _intro(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"^{rules.of('intro')}\s+", re.IGNORECASE)
