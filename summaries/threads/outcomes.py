"""How a thing came out, in words that have an opposite: open and closed, agreed and refused.

`opposites/LANGUAGE.txt` has a scale a line, its two poles parted by "|"; its first line names the words that turn a
pole round. Languages without a list have no outcomes.
"""

from functools import cache
from importlib import resources
from typing import NamedTuple

from summaries.language import terms, words

REACH = 3
"""Words before an outcome in which "not" turns it round."""


class Outcome(NamedTuple):
    """One pole, 0 or 1, of scale number `scale`; `word` is the term that says it."""

    scale: int
    pole: int
    word: str


def outcomes_of(text: str, language: str) -> frozenset[Outcome]:
    turning, poles = _opposites(language)
    if not poles:
        return frozenset()
    spelt = words(text, language)
    found: set[Outcome] = set()
    for place, word in enumerate(spelt):
        for term in terms(word, language):
            turned = bool(turning.intersection(spelt[max(0, place - REACH) : place]))
            found.update(Outcome(scale, pole ^ turned, term) for scale, pole in poles.get(term, ()))
    return frozenset(found)


def opposed(one: frozenset[Outcome], other: frozenset[Outcome]) -> bool:
    """Whether they are at different poles of a scale, and nowhere at the same."""
    mine, theirs = {(o.scale, o.pole) for o in one}, {(o.scale, o.pole) for o in other}
    return not mine & theirs and any((scale, 1 - pole) in theirs for scale, pole in mine)


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
