"""What a story tells that was not told before: by its words, and by its numbers, dates and names. Pure.

A sentence is told when what was told contains its words, each counting as much as it is rare.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from summaries.language import terms
from summaries.threads.dates_in_text import mentions
from summaries.threads.facts import Fact, facts_of, without
from summaries.threads.outcomes import Outcome, opposed, outcomes_of
from summaries.threads.rarity import Rarity
from summaries.threads.vectors import numbers_of, passed_over

TOLD = 0.85
"""The share of a sentence's words that was told before, by which it is told."""
PARTLY = 0.5
"""The share from which it comes after the new ones."""
SAME_MATTER = 0.4
"""The share of its words that an earlier sentence has, for the two to be a "then" and a "now" by their outcomes."""
SAME_COUNT = 0.6
"""The same where they are by their numbers, and those do not stand beside the same word."""

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
    """A statement as it is compared. The facts are in order, with what counts or names them: "43" of "dead"."""

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
    for then in reversed(earlier):
        needed = 1.0
        if opposed(then.outcomes, now.outcomes):
            needed = SAME_MATTER
        elif _counts_otherwise(then, now, facts):
            needed = SAME_MATTER if _same_unit(then, now, facts) else SAME_COUNT
        if needed < 1 and _matter(now, then) >= needed:
            return then
    return None


def _counts_otherwise(then: _Read, now: _Read, facts: tuple[Fact, ...]) -> bool:
    """Whether a number of then is gone, and a new one there now."""
    gone = any(kind == "number" and (kind, value) not in now.facts for kind, value in then.facts)
    return gone and any(kind == "number" for kind, _ in facts)


def _same_unit(then: _Read, now: _Read, facts: tuple[Fact, ...]) -> bool:
    counted = [unit for (kind, _), unit in then.facts.items() if kind == "number"]
    return any(now.facts[fact] & unit for fact in facts if fact[0] == "number" for unit in counted)


def _matter(now: _Read, then: _Read) -> float:
    """The share of what is said now that was said then, apart from numbers and outcomes, in which they may differ."""
    apart = {outcome.word for outcome in (*now.outcomes, *then.outcomes)}
    said = {word: weight for word, weight in now.weights.items() if word not in apart and not word[0].isdigit()}
    shared = sum(weight for word, weight in said.items() if word in then.weights)
    return shared / sum(said.values()) if said else 0.0


def _reader(rarity: Rarity) -> Callable[[Statement], _Read]:
    def read(statement: Statement) -> _Read:
        text, language = statement.text, statement.language
        said = dict.fromkeys(terms(without(mentions(text, language, statement.when), text), language))
        spelt = [term for term in said if len(term) > 1 and term not in passed_over(language)]
        rare = rarity.of(numbers_of(spelt, language), language).tolist()
        facts = facts_of(text, language, statement.when, headline=statement.place < 0)
        return _Read(statement, dict(zip(spelt, rare, strict=True)), facts, outcomes_of(text, language))

    return read
