"""A query as tantivy's: which briefings it finds, and in what order.

The order is BM25, where a word in the headline counts four times and one in the briefing's sentences one and a half
times what it does in the full text, times a factor that grows mildly with the date (`documents.py`). Without words to
score, the newest received come first.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import tantivy

from summaries.archive.documents import SCHEMA
from summaries.archive.query import Filter, Query, Words
from summaries.language import stop_words, terms
from summaries.language import words as plain_words
from summaries.language.scripts import UNSPACED
from summaries.models import UNKNOWN_LANGUAGE

BOOSTS = {"headline": 4.0, "sentences": 1.5, "text": 1.0}
MUST, SHOULD, NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot

Pattern = tuple[str, ...]
"""Terms that follow each other in a text."""


@dataclass(frozen=True)
class Plan:
    """What is looked for: of each of `groups` one of its patterns, and none of `without`."""

    groups: tuple[tuple[Pattern, ...], ...]
    without: tuple[tuple[Pattern, ...], ...]
    query: Query

    @property
    def finds_nothing(self) -> bool:
        """No word of the query has a letter or digit in it, and nothing else was asked for."""
        query = self.query
        return not (self.groups or self.without or query.filters or query.after or query.before)


def plan(query: Query, languages: tuple[str, ...]) -> Plan:
    """Read each word as each of the desk's `languages` would, the commonest first: a query does not say its own.

    Words that the commonest language uses everywhere are left out, unless there are only such words.
    """
    wanted = [words for words in query.words if not words.negated]
    telling = [words for words in wanted if not _says_nothing(words, languages)]
    groups = [patterns(words, languages) for words in telling or wanted]
    without = [patterns(words, languages) for words in query.words if words.negated]
    return Plan(tuple(dict.fromkeys(filter(None, groups))), tuple(filter(None, without)), query)


def patterns(words: Words, languages: tuple[str, ...]) -> tuple[Pattern, ...]:
    """The ways in which documents may have written the words; none where they hold no letter or digit."""
    found = (tuple(terms(words.text, language)) for language in languages or (UNKNOWN_LANGUAGE,))
    return tuple(dict.fromkeys(filter(None, found)))


def _says_nothing(words: Words, languages: tuple[str, ...]) -> bool:
    if words.phrase or not languages:
        return False
    return stop_words(languages[0]).issuperset(plain_words(words.text, languages[0]))


def build(
    plan: Plan, *, upto: int | None = None, hidden: frozenset[int] = frozenset(), any_word: bool = False
) -> tantivy.Query:
    """tantivy's query for a plan: ids over `upto` and those `hidden` are left out; `any_word`: one group is enough."""
    groups = [_any(_scored(pattern) for pattern in group) for group in plan.groups]
    clauses = [(MUST, _any(groups))] if any_word and groups else [(MUST, group) for group in groups]
    clauses += [(MUST, _silent(_ids(upto)))] if upto is not None or not groups else []
    clauses += [(MUST, _silent(query)) for query in _dates(plan.query)]
    for each in plan.query.filters:
        clauses.append((NOT, _filter(each)) if each.negated else (MUST, _silent(_filter(each))))
    clauses += [(NOT, _any(_scored(pattern) for pattern in group)) for group in plan.without]
    if hidden:
        clauses.append((NOT, tantivy.Query.term_set_query(SCHEMA, "id", sorted(hidden))))
    return tantivy.Query.boolean_query(clauses)


def _any(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    found = list(queries)
    return found[0] if len(found) == 1 else tantivy.Query.boolean_query([(SHOULD, query) for query in found])


def _silent(query: tantivy.Query) -> tantivy.Query:
    """It must hold, and adds nothing to the score."""
    return tantivy.Query.const_score_query(query, 0.0)


def _scored(pattern: Pattern) -> tantivy.Query:
    boosted = (tantivy.Query.boost_query(_matching(field, pattern), boost) for field, boost in BOOSTS.items())
    return _any(boosted)


def _matching(field: str, pattern: Pattern) -> tantivy.Query:
    if len(pattern) > 1:
        return tantivy.Query.phrase_query(SCHEMA, field, list(pattern))
    if is_lone_character(pattern):  # 国 is a term only where it stands alone: else it begins or ends one of 中国, 国家
        return tantivy.Query.regex_query(SCHEMA, field, f"{pattern[0]}.*|.{pattern[0]}")
    return tantivy.Query.term_query(SCHEMA, field, pattern[0])


_UNSPACED = re.compile(f"[{UNSPACED}]")


def is_lone_character(pattern: Pattern) -> bool:
    """One character of a script without spaces, whose documents hold pairs of characters."""
    return len(pattern) == 1 and _UNSPACED.fullmatch(pattern[0]) is not None


def _ids(upto: int | None) -> tantivy.Query:
    """Every briefing up to an id. Not "all": the mark is a document too, and has no id."""
    return tantivy.Query.range_query(SCHEMA, "id", tantivy.FieldType.Integer, 0, upto)


def _dates(query: Query) -> Iterator[tantivy.Query]:
    if query.after or query.before:
        first = int(query.after.timestamp()) if query.after else None
        last = int(query.before.timestamp()) - 1 if query.before else None
        yield tantivy.Query.range_query(SCHEMA, "when", tantivy.FieldType.Integer, first, last)


def _filter(wanted: Filter) -> tantivy.Query:
    if wanted.key != "source":
        return _any(tantivy.Query.term_query(SCHEMA, wanted.key, value) for value in wanted.values)
    names = (tuple(terms(value, UNKNOWN_LANGUAGE)) for value in wanted.values)
    return _any(_named(name) for name in names)


def _named(name: Pattern) -> tantivy.Query:
    if not name:
        return tantivy.Query.empty_query()
    return _matching("source", name)
