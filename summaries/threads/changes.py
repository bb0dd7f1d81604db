"""What a story tells that was not told before: by its words, and by its numbers, dates and names. Pure.

A sentence is told when what was told contains its words, each counting as much as it is rare.
"""

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from summaries.language import terms
from summaries.threads.dates_in_text import mentions
from summaries.threads.facts import Fact, facts_of, without
from summaries.threads.outcomes import Outcome, of_one_thing, opposed, outcomes_of
from summaries.threads.rarity import Rarity
from summaries.threads.vectors import numbers_of, passed_over

TOLD = 0.85
"""The share of a sentence's words that was told before, by which it is told."""
PARTLY = 0.5
"""The share from which it comes after the new ones."""
SAME = 0.45
"""How much of what two statements say is said in both, for them to be a "then" and a "now" where they count the same
things, or where the same thing came out otherwise."""
SURELY_SAME = 0.6
"""The same where less speaks for it: each names somebody whom the other does not, or it is not said what the new number
counts: "the toll rose to 43"."""

Novelty = Literal["new", "partly", "told"]


@dataclass(frozen=True)
class Statement:
    """A sentence of a briefing: number `place` of it, the headline being -1, as it was said `when`, aware UTC."""

    id: int
    place: int
    text: str
    language: str
    when: datetime


@dataclass(frozen=True)
class Change:
    """What is new in a statement. `told` is the share of its words that was told before, 0–1, `facts` what was not.

    `then` is an earlier statement of the same matter, where a number or an outcome is another now.
    """

    statement: Statement
    novelty: Novelty
    told: float
    facts: tuple[Fact, ...] = ()
    then: Statement | None = None


@dataclass
class _Known:
    """All that was told so far."""

    words: set[str] = field(default_factory=set)
    facts: set[Fact] = field(default_factory=set)
    statements: list["_Read"] = field(default_factory=list)

    def learn(self, read: "_Read") -> None:
        self.words |= read.weights.keys()
        self.facts |= read.facts.keys()
        self.statements.append(read)


@dataclass(frozen=True)
class _Read:
    """A statement as it is compared. The facts are in order, with what they count: "43" of "dead"."""

    statement: Statement
    weights: dict[str, float]
    facts: dict[Fact, frozenset[str]]
    outcomes: frozenset[Outcome]


def changes(told: Sequence[Statement], since: Sequence[Statement], rarity: Rarity | None = None) -> list[Change]:
    """What the statements `since` tell beside `told`: those that are new, in order, then those that partly are.

    What is told twice since is new once. Statements in another language than all that was told are new: words of two
    languages cannot be compared.
    """
    found = [change for change in judged(told, since, rarity) if change.novelty != "told"]
    return sorted(found, key=lambda change: change.novelty == "partly")


def judged(told: Sequence[Statement], since: Sequence[Statement], rarity: Rarity | None = None) -> list[Change]:
    """Each statement of `since`, in order of time, with what is new in it."""
    read, known = _reader(rarity or Rarity()), _Known()
    for statement in told:
        known.learn(read(statement))
    found = []
    for statement in sorted(since, key=lambda one: (one.when, one.id, one.place)):
        now = read(statement)
        found.append(_compared(now, known))
        known.learn(now)
    return found


def apart(told: Sequence[Statement], groups: Sequence[Sequence[Statement]]) -> list[int]:
    """How many statements of each group are new beside `told`, whatever the other groups say."""
    read, known = _reader(Rarity()), _Known()
    for statement in told:
        known.learn(read(statement))
    return [sum(_compared(read(one), known).novelty == "new" for one in group) for group in groups]


def _compared(now: _Read, known: _Known) -> Change:
    total = sum(now.weights.values())
    share = sum(weight for word, weight in now.weights.items() if word in known.words) / total if total else 1.0
    facts = tuple(fact for fact in now.facts if fact not in known.facts and not _read_before(fact, known))
    then = _then(now, facts, known.statements)
    novelty: Novelty = "new" if facts or then or share < PARTLY else "partly" if share < TOLD else "told"
    return Change(now.statement, novelty, share, facts, then.statement if then else None)


def _read_before(fact: Fact, known: _Known) -> bool:
    """Whether a name was a word before, as in a headline, where names are not told from other words."""
    return fact[0] == "name" and fact[1] in known.words


def _then(now: _Read, facts: tuple[Fact, ...], earlier: Sequence[_Read]) -> _Read | None:
    """The last statement of the same matter that says otherwise."""
    counts = tuple(fact for fact in facts if fact[0] == "number")
    for then in reversed(earlier):
        if then.statement.when <= now.statement.when and (
            _counts_otherwise(now, counts, then) or _came_out_otherwise(now, then)
        ):
            return then
    return None


def _counts_otherwise(now: _Read, counts: tuple[Fact, ...], then: _Read) -> bool:
    """Whether a number of then is gone, and a new one of the same things there now."""
    gone = [counted for fact, counted in then.facts.items() if fact[0] == "number" and fact not in now.facts]
    same = {term for fact in counts for counted in gone for term in now.facts[fact] & counted}
    if same:
        return all(_once(term, now, then) for term in same) and _matter(now, then, same) >= (
            SURELY_SAME if _names_differ(now, then) else SAME
        )
    alone = any(not now.facts[fact] for fact in counts)
    return alone and any(counted & now.weights.keys() for counted in gone) and _matter(now, then) >= SURELY_SAME


def _once(term: str, *statements: _Read) -> bool:
    """Whether each counts that once: of "135 km from Osk, at a depth of 35 km" it is not clear which is compared."""
    return all(sum(term in counted for counted in one.facts.values()) == 1 for one in statements)


def _came_out_otherwise(now: _Read, then: _Read) -> bool:
    """Whether something that was said to be one way before is said to be the opposite now."""
    if then.statement.when == now.statement.when or not opposed(then.outcomes, now.outcomes):
        return False
    said = {outcome.word for outcome in (*now.outcomes, *then.outcomes)}
    needed = SURELY_SAME if _names_differ(now, then) else SAME
    return of_one_thing(then.outcomes, now.outcomes) and _matter(now, then, said) >= needed


def _names_differ(now: _Read, then: _Read) -> bool:
    """Whether each names somebody, or some place, that the other does not: a quake in Brandt, another in Osk."""
    return _names_others(now, then) and _names_others(then, now)


def _names_others(one: _Read, other: _Read) -> bool:
    return any(kind == "name" and name not in other.weights for kind, name in one.facts)


def _matter(now: _Read, then: _Read, apart: Collection[str] = ()) -> float:
    """How much is said in both (Ochiai's coefficient), 0–1, but for numbers and the words `apart`."""
    mine, theirs = _matters(now, apart), _matters(then, apart)
    whole = math.sqrt(sum(mine.values()) * sum(theirs.values()))
    return sum(weight for word, weight in mine.items() if word in theirs) / whole if whole else 0.0


def _matters(read: _Read, apart: Collection[str]) -> dict[str, float]:
    return {word: weight for word, weight in read.weights.items() if word not in apart and not word[0].isdigit()}


def _reader(rarity: Rarity) -> Callable[[Statement], _Read]:
    def read(statement: Statement) -> _Read:
        text, language = statement.text, statement.language
        said = dict.fromkeys(terms(without(mentions(text, language, statement.when), text), language))
        spelt = [term for term in said if len(term) > 1 and term not in passed_over(language)]
        rare = rarity.of(numbers_of(spelt, language), language).tolist()
        facts = facts_of(text, language, statement.when, headline=statement.place < 0)
        return _Read(statement, dict(zip(spelt, rare, strict=True)), facts, outcomes_of(text, language))

    return read
