"""What a story tells that was not told before: by its words, and by its numbers, dates and names. Pure.

A sentence is told when what was told contains its words, each counting as much as it is rare.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from summaries.language import stop_words, terms, words
from summaries.threads.dates_in_text import mentions
from summaries.threads.names import named
from summaries.threads.outcomes import Outcome, opposed, outcomes_of
from summaries.threads.rarity import Rarity
from summaries.threads.vectors import numbers_of

TOLD = 0.85
"""The share of a sentence's words that was told before, by which it is told."""
PARTLY = 0.5
"""The share from which it comes after the new ones."""
SAME_MATTER = 0.4
"""The share of its words that an earlier sentence has, for the two to be a "then" and a "now" by their outcomes."""
SAME_COUNT = 0.6
"""The same where they are by their numbers, and those do not stand beside the same word."""

Novelty = Literal["new", "partly", "told"]
Fact = tuple[str, str]
"""A number, a day or a name, and which of them it is: ("number", "43"), ("date", "2031-05-20"), ("name", "mirwan")."""

_BESIDE = 2
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,٫٬]\d+)*(?![\w])")
_GROUPED = re.compile(r"[.,٬](?=\d{3}(?!\d))")


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
        spelt = list(dict.fromkeys(terms(statement.text, statement.language)))
        rare = rarity.of(numbers_of(spelt, statement.language), statement.language).tolist()
        weights = {term: weight for term, weight in zip(spelt, rare, strict=True) if len(term) > 1}
        return _Read(statement, weights, _facts(statement), outcomes_of(statement.text, statement.language))

    return read


def _facts(statement: Statement) -> dict[Fact, frozenset[str]]:
    text, language = statement.text, statement.language
    days = mentions(text, language, statement.when)
    dates = [(mention.start, mention.end) for mention in days]
    found: dict[Fact, frozenset[str]] = {("date", mention.day.isoformat()): frozenset() for mention in days}
    for match in _outside(_NUMBER, text, dates):
        found["number", _GROUPED.sub("", match[0])] = _unit(text, match.span(), language)
    if statement.place >= 0:  # a headline may write Every Word Large
        found.update({("name", name): frozenset() for name in _names(text, dates, language)})
    return found


def _names(text: str, dates: Sequence[tuple[int, int]], language: str) -> Iterator[str]:
    for start, end in named(text, language):
        if not any(start < last and first < end for first, last in dates):
            yield from terms(text[start:end], language)


def _outside(pattern: re.Pattern[str], text: str, spans: Iterable[tuple[int, int]]) -> Iterator[re.Match[str]]:
    spans = list(spans)
    return (m for m in pattern.finditer(text) if not any(m.start() < end and start < m.end() for start, end in spans))


def _unit(text: str, place: tuple[int, int], language: str) -> frozenset[str]:
    """What is counted: the words beside a number that are no stop words, up to two on either side."""
    beside = (*words(text[: place[0]], language)[-_BESIDE:], *words(text[place[1] :], language)[:_BESIDE])
    return frozenset(term for word in beside if word not in stop_words(language) for term in terms(word, language))
