"""How a thing came out, in words that have an opposite: open and closed, agreed and refused.

`opposites/LANGUAGE.txt` has a scale a line, its two poles parted by "|"; its first line names the words that turn a
pole round. Languages without a list have no outcomes.
"""

from functools import cache
from importlib import resources
from typing import NamedTuple

from summaries.language import stop_words, terms, words

REACH = 3
"""Words before an outcome in which "not" turns it round."""
BESIDE = 3
"""Words on either side of an outcome that say of what it is one, stop words left out."""
COMMON = 2
"""Of those, how many two outcomes of the same thing have in common: a man arrested, and a statement of his released,
share his name."""


class Outcome(NamedTuple):
    """One pole, 0 or 1, of scale number `scale`; `word` is the term that says it, `beside` those around it."""

    scale: int
    pole: int
    word: str
    beside: frozenset[str]


def outcomes_of(text: str, language: str) -> frozenset[Outcome]:
    turning, poles = _opposites(language)
    if not poles:
        return frozenset()
    spelt = words(text, language)
    found: set[Outcome] = set()
    for place, word in enumerate(spelt):
        for term in terms(word, language):
            if term in poles:
                turned = bool(turning.intersection(spelt[max(0, place - REACH) : place]))
                beside = _around(spelt, place, language) - {term}
                found.update(Outcome(scale, pole ^ turned, term, beside) for scale, pole in poles[term])
    return frozenset(found)


def _around(spelt: list[str], place: int, language: str) -> frozenset[str]:
    before, behind = ([word for word in part if word not in stop_words(language)] for part in _sides(spelt, place))
    return frozenset(term for word in (*before[-BESIDE:], *behind[:BESIDE]) for term in terms(word, language))


def _sides(spelt: list[str], place: int) -> tuple[list[str], list[str]]:
    return spelt[:place], spelt[place + 1 :]


def opposed(one: frozenset[Outcome], other: frozenset[Outcome]) -> bool:
    """Whether they are at different poles of a scale, and nowhere at the same."""
    mine, theirs = {(o.scale, o.pole) for o in one}, {(o.scale, o.pole) for o in other}
    return not mine & theirs and any((scale, 1 - pole) in theirs for scale, pole in mine)


def of_one_thing(one: frozenset[Outcome], other: frozenset[Outcome]) -> bool:
    """Whether two outcomes on one scale have words beside them in common."""
    return any(a.scale == b.scale and _alike(a.beside, b.beside) for a in one for b in other)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    needed = min(COMMON, len(one), len(other))
    return 0 < needed <= len(one & other)


@cache
def _opposites(language: str) -> tuple[frozenset[str], dict[str, list[tuple[int, int]]]]:
    """The words that turn a pole round, and for each term the poles that it says."""
    file = resources.files("summaries.threads") / "opposites" / f"{language}.txt"
    if not language.isalpha() or not file.is_file():
        return frozenset(), {}
    first, *lines = file.read_text(encoding="utf-8").splitlines()
    poles: dict[str, list[tuple[int, int]]] = {}
    for scale, line in enumerate(lines):
        for pole, side in enumerate(line.split("|")):
            for term in dict.fromkeys(terms(side, language)):
                poles.setdefault(term, []).append((scale, pole))
    return frozenset(first.split()), poles
