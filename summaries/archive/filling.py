"""From the archive into the index: what changed since its mark, or every row where there is no other way.

The store is asked on the loop; terms are made and committed in the one thread that writes, a batch at a time.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import ParamSpec

from summaries.archive.documents import searchable
from summaries.archive.index_folder import IndexFolder, Mark
from summaries.archive.store import ARTICLES, BRIEFINGS, Store
from summaries.models import Article, Briefing

BATCH = 64
COMMIT_EVERY = 128 * BATCH
"""Rows between commits of a rebuild: what a crash makes it read again, against the segments that commits leave."""

_TURN = 10_000
"""Characters read, about a millisecond, before other threads get their turn."""

_SHORT = 800

Pair = tuple[Briefing, Article | None]
P = ParamSpec("P")


@dataclass(frozen=True)
class Filling:
    """Brings one index up to the store; one call at a time. `thread` is the one that writes."""

    store: Store
    index: IndexFolder
    thread: Executor

    def holds(self, sequence: int) -> bool:
        """Whether the index has all changes up to a commit of the store, and none of another store."""
        mark = self.index.snapshot.mark
        return mark.complete and sequence <= mark.sequence <= self.store.sequence

    async def fill(self) -> None:
        """Read on from the mark to the commit that the store shows now. Raises `IndexFault`; then the mark stands."""
        try:
            mark = self.index.snapshot.mark
            if not mark.complete or self.changed(mark) is None:
                await self._every_row(self._resumed(mark))
            await self._changes()
        except BaseException:
            await self._run(self.index.rollback)
            raise

    def changed(self, mark: Mark) -> list[int] | None:
        """Ids whose briefing or text was put or deleted since the mark; None where the store cannot tell."""
        if mark.sequence == self.store.sequence:
            return []
        if mark.sequence > self.store.sequence:  # the data directory was replaced by an older one
            return None
        briefings = self.store.changed_since(BRIEFINGS, mark.sequence)
        articles = self.store.changed_since(ARTICLES, mark.sequence)
        if briefings is None or articles is None:
            return None
        return list(dict.fromkeys([*briefings, *articles]))

    def _resumed(self, mark: Mark) -> Mark:
        """Where to begin: where an interrupted reading stopped, if the store still knows what changed since."""
        if mark.complete or (mark.above and self.changed(mark) is None):
            return Mark(self.store.sequence, fresh=False)
        return mark if mark.above else Mark(self.store.sequence, fresh=mark.fresh)

    async def _every_row(self, mark: Mark) -> None:
        """Read the rows over `mark.above`. What the index holds from before can be found until its turn comes."""
        above, uncommitted = mark.above, 0
        async for pairs in _batches(self._pairs(above)):
            last = pairs[-1][0].id
            await self._run(_put, self.index, pairs, None if mark.fresh else (above, last))
            above, uncommitted = last, uncommitted + len(pairs)
            if uncommitted >= COMMIT_EVERY:
                await self._run(self.index.commit, Mark(mark.sequence, above, fresh=mark.fresh))
                uncommitted = 0
        if not mark.fresh:
            await self._run(self.index.drop_between, above, None)
        await self._run(self.index.commit, Mark(mark.sequence, complete=True))

    async def _pairs(self, above: int) -> AsyncIterator[Pair]:
        articles = self.store.rows(ARTICLES, above=above)
        filed = await anext(articles, None)
        async for briefing in self.store.rows(BRIEFINGS, above=above):
            while filed is not None and filed.id < briefing.id:
                filed = await anext(articles, None)
            yield briefing, filed.article if filed is not None and filed.id == briefing.id else None

    async def _changes(self) -> None:
        mark, sequence = self.index.snapshot.mark, self.store.sequence
        ids = self.changed(mark)
        if (
            ids is None or sequence == mark.sequence
        ):  # None: forgotten while every row was read; the next call begins anew
            return
        for start in range(0, len(ids), BATCH):
            chunk = ids[start : start + BATCH]
            pairs = [pair for id in chunk if (pair := await self._pair(id)) is not None]
            await self._run(_replace, self.index, chunk, pairs)
        await self._run(self.index.commit, Mark(sequence, complete=True))

    async def _pair(self, id: int) -> Pair | None:
        briefing = await self.store.get(BRIEFINGS, id)
        if briefing is None:
            return None
        filed = await self.store.get(ARTICLES, id)
        return briefing, filed.article if filed else None

    async def _run(self, work: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        await asyncio.get_running_loop().run_in_executor(self.thread, lambda: work(*args, **kwargs))


async def _batches(pairs: AsyncIterator[Pair]) -> AsyncIterator[list[Pair]]:
    batch: list[Pair] = []
    async for pair in pairs:
        batch.append(pair)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _put(index: IndexFolder, pairs: Sequence[Pair], between: tuple[int, int] | None) -> None:
    if between is not None:
        index.drop_between(*between)
    read = 0
    for briefing, article in pairs:
        if searchable(briefing):
            index.put(briefing, article)
        read += len(article.text) if article is not None else _SHORT
        if read >= _TURN:
            read = 0
            time.sleep(0)  # lets the loop have the interpreter: unasked, a thread keeps it for 5 ms


def _replace(index: IndexFolder, ids: Sequence[int], pairs: Sequence[Pair]) -> None:
    for id in ids:
        index.drop(id)
    _put(index, pairs, None)
