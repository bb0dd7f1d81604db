"""Searching the desk: a question in, the best briefings out, with the words marked.

A desk that nobody else writes to fills its index in the background (`keeper.py`); one that is only read follows it
(`follower.py`). Answers come from what is indexed so far, and say so while that is not everything.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from pathlib import Path

from summaries.archive.documents import searchable
from summaries.archive.follower import Follower
from summaries.archive.index_folder import IndexFault, guarded
from summaries.archive.keeper import Keeper
from summaries.archive.query import Hint, Query, parse
from summaries.archive.ranking import Plan, build, plan
from summaries.archive.snippets import Finder, Pieces
from summaries.archive.store import ARTICLES, BRIEFINGS, Store
from summaries.archive.upkeep import Upkeep, View
from summaries.models import Briefing

_DEPTH = 50
_KEPT = 128
_SENTENCES_READ = 300


@dataclass(frozen=True)
class Hit:
    """A briefing that was found. Pieces in order; True: this was looked for. `snippet` may be empty."""

    id: int
    headline: Pieces
    snippet: Pieces


@dataclass(frozen=True)
class Results:
    """`total` counts all that was found. `upto` makes the next pages of the same question: give it back to `search`."""

    total: int
    hits: tuple[Hit, ...]
    hints: tuple[Hint, ...]
    upto: int


@dataclass
class _Ranking:
    """Ids in the order in which they are shown; as many as were asked for, and some more."""

    plan: Plan
    total: int = 0
    any_word: bool = False
    ids: list[int] = field(default_factory=list)

    def lacks(self, depth: int) -> bool:
        return len(self.ids) < min(depth, self.total)


class Index:
    def __init__(self, store: Store, upkeep: Upkeep) -> None:
        self._store, self._upkeep = store, upkeep
        self._kept: OrderedDict[tuple[Query, int], _Ranking] = OrderedDict()

    @classmethod
    async def open(cls, store: Store, folder: Path) -> "Index":
        """The index in `folder`: kept by this process where the store is written by it, else followed. Raises nothing
        for the state of the folder: what cannot be used is made anew."""
        if store.readonly:
            return cls(store, Follower(store, folder))
        return cls(store, await Keeper.open(store, folder))

    @property
    def seen(self) -> int:
        """The store's commit up to which everything can be found; 0 while the first reading goes on."""
        return self._upkeep.seen

    def wake(self) -> None:
        """Say that something was committed. Returns at once; it can be found soon after."""
        self._upkeep.wake()

    async def catch_up(self) -> None:
        """Wait until all that was committed before this call can be found."""
        await self._upkeep.ready()

    async def close(self) -> None:
        await self._upkeep.close()

    async def search(
        self,
        text: str,
        *,
        limit: int,
        now: datetime,
        offset: int = 0,
        upto: int | None = None,
        any_word: bool = False,
        marked: bool = True,
    ) -> Results:
        """The `limit` best answers after the first `offset`, of ids up to `upto`. Raises nothing, whatever the text.

        With the `upto` of the first page, further pages continue its order, whatever has arrived since; what was
        deleted since is missing from its page. `now` is what "3d" and "today" are counted from, in its zone.
        `any_word`: what has one of the words is found too, behind what has more of them. Without `marked` the pieces of
        a hit are left out, which cost more than finding it.
        """
        query = replace(parse(text, now), any_word=any_word)
        top = self._store.highest(BRIEFINGS) if upto is None else upto
        key = (query, top)
        ranking = self._kept.get(key) if upto is not None else None
        if ranking is None or ranking.lacks(offset + limit):
            ranking = await self._ranked(query, top, offset + limit, ranking)
        hints = self._hints(ranking)
        if not any(hint.code == "indexing" for hint in hints):
            self._keep(key, ranking)
        plan = ranking.plan if marked else None
        hits = [await self._hit(id, plan) for id in ranking.ids[offset : offset + limit]]
        return Results(ranking.total, tuple(hit for hit in hits if hit is not None), hints, top)

    def _keep(self, key: tuple[Query, int], ranking: _Ranking) -> None:
        self._kept[key] = ranking
        self._kept.move_to_end(key)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def _hints(self, ranking: _Ranking) -> tuple[Hint, ...]:
        hints = list(ranking.plan.query.hints)
        if ranking.plan.finds_nothing and Hint("empty") not in hints:
            hints.append(Hint("empty"))
        if ranking.any_word:
            hints.append(Hint("any_word"))
        if (share := self._upkeep.share) is not None:
            hints.append(Hint("indexing", str(share)))
        return tuple(hints)

    async def _ranked(self, query: Query, upto: int, depth: int, shown: _Ranking | None) -> _Ranking:
        bound = upto if self._store.readonly or upto < self._store.highest(BRIEFINGS) else None
        depth = max(_DEPTH, 2 * depth) if shown is None else 2 * depth
        try:
            views = await self._upkeep.views()
            ranking = await asyncio.to_thread(_rank, views, query, bound, depth)
        except IndexFault:
            self._upkeep.distrust()
            return _Ranking(plan(query, ()))
        if shown is not None:  # what has been shown stays where it was
            known = set(shown.ids)
            ranking.ids = shown.ids + [id for id in ranking.ids if id not in known]
        return ranking

    async def _hit(self, id: int, plan: Plan | None) -> Hit | None:
        briefing = await self._store.get(BRIEFINGS, id)
        if briefing is None or not searchable(briefing):
            return None
        if plan is None:
            return Hit(id, (), ())
        finder = Finder(plan.groups)
        sentence = await self._best_sentence(briefing, finder)
        snippet = finder.snippet(sentence, briefing.language) if sentence else ()
        return Hit(id, finder.marked(briefing.headline, briefing.language), snippet)

    async def _best_sentence(self, briefing: Briefing, finder: Finder) -> str:
        """Of the briefing; of the article only where one holds more of what was looked for."""
        chosen, language = [sentence.text for sentence in briefing.sentences], briefing.language
        shown = finder.covered(briefing.headline, language)
        best, worth = finder.best(chosen, language, shown=shown)
        if len(shown) + worth[0] < len(finder.groups):
            other, more = finder.best(await self._sentences(briefing.id), language, shown=shown)
            best = other if more > worth else best
        return best or next(iter(chosen), "")

    async def _sentences(self, id: int) -> Iterator[str]:
        """Of the article, one after the other: a text of two million characters has too many to look at."""
        filed = await self._store.get(ARTICLES, id)
        if filed is None:
            return iter(())
        article = filed.article
        return (article.text[span.start : span.end] for span in islice(article.spans, _SENTENCES_READ))


def _rank(views: tuple[View, ...], query: Query, upto: int | None, depth: int) -> _Ranking:
    languages = tuple(dict.fromkeys(language for view in views for language in view.snapshot.languages))
    ranking = _Ranking(plan(query, languages))
    if ranking.plan.finds_nothing:
        return ranking
    with guarded():
        _search(views, ranking, upto, depth)
        if not ranking.total and len(ranking.plan.groups) > 1 and not query.any_word:
            ranking.any_word = True
            _search(views, ranking, upto, depth)
            ranking.any_word = ranking.total > 0
    return ranking


def _search(views: tuple[View, ...], ranking: _Ranking, upto: int | None, depth: int) -> None:
    found: list[tuple[float, int]] = []
    any_word = ranking.any_word or ranking.plan.query.any_word
    for view in views:
        searcher = view.snapshot.searcher
        query = build(ranking.plan, upto=upto, hidden=view.hidden, any_word=any_word)
        if ranking.plan.groups:
            result = searcher.search(query, limit=depth, weight_by_field="weight")
        else:
            result = searcher.search(query, limit=depth, order_by_field="id")
        ids = searcher.fast_field_values("id", [address for _, address in result.hits])
        found += [(-score, -int(id or 0)) for (score, _), id in zip(result.hits, ids, strict=True)]
        ranking.total += result.count  # type: ignore[attr-defined]  # its stub leaves it out
    ranking.ids = [-id for _, id in sorted(found)][:depth]
