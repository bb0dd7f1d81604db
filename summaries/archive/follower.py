"""Searches beside the process that keeps the index: reads its commits, takes no lock, and writes nothing there.

Where the index is behind and nobody fills it, what is missing is indexed in a temporary directory and searched too.
"""

import asyncio
import fcntl
import logging
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from summaries.archive.documents import FINGERPRINT
from summaries.archive.filling import Filling
from summaries.archive.index_folder import IndexFault, IndexFolder, Mark
from summaries.archive.store import Store
from summaries.archive.upkeep import View, share_of

logger = logging.getLogger(__name__)

PATIENCE = 0.3
"""Seconds that a search waits for a keeper that is a few commits behind: to index the few for oneself takes less than
one that pauses between its rounds."""

_POLL = 0.02


class Follower:
    def __init__(self, store: Store, root: Path, *, patience: float = PATIENCE) -> None:
        self._store, self._folder, self._patience = store, root / FINGERPRINT, patience
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._turn = asyncio.Lock()
        self._main: Filling | None = None
        self._own: Filling | None = None
        self._base = Mark()
        self._spare: tempfile.TemporaryDirectory[str] | None = None

    async def views(self) -> tuple[View, ...]:
        await self.ready()
        main, own = self._main, self._own
        if own is None:
            return (View(main.index.snapshot),) if main is not None else ()
        if main is None or not self._base.complete:
            return (View(own.index.snapshot),)
        newer = frozenset(main.changed(self._base) or ())
        return View(main.index.snapshot, newer), View(own.index.snapshot)

    @property
    def share(self) -> int | None:
        if self._own is not None:
            return None
        if self._main is None:
            return 0
        return share_of(self._main.index.snapshot, self._store)

    @property
    def seen(self) -> int:
        newest = self._own or self._main
        mark = newest.index.snapshot.mark if newest is not None else Mark()
        return mark.sequence if mark.complete else 0

    def wake(self) -> None:
        """A search looks by itself."""

    def distrust(self) -> None:
        """The index of the keeper is the keeper's to mend: until then, do without it."""
        self._main, self._base = None, Mark()
        self._folder = self._folder.with_name("distrusted")

    async def ready(self) -> None:
        async with self._turn:
            if await self._keeper_caught_up():
                await self._let_go()
            elif not self._keeper_begins():
                await self._add_own()

    def _keeper_begins(self) -> bool:
        """Whether a keeper is at its first reading: what it has done is the answer until it is through."""
        return self._main is not None and not self._main.index.snapshot.mark.complete and _held(self._folder)

    async def close(self) -> None:
        await self._let_go()
        self._thread.shutdown(wait=False)

    async def _keeper_caught_up(self) -> bool:
        """Whether its index holds all; waits for that while somebody fills it and is nearly there."""
        until = time.monotonic() + self._patience
        while not self._look():
            near = self._main is None or self._main.index.snapshot.mark.complete
            if not near or not _held(self._folder) or time.monotonic() >= until:
                return False
            await asyncio.sleep(_POLL)
        return True

    def _look(self) -> bool:
        """See the keeper's last commit. Whether it holds all that our store shows; it may be ahead of that."""
        try:
            if self._main is None:
                self._main = Filling(self._store, IndexFolder(self._folder, writable=False), self._thread)
            else:
                self._main.index.reload()
        except IndexFault:  # none yet, or it is being made anew
            self._main = None
            return False
        mark = self._main.index.snapshot.mark
        return mark.complete and mark.sequence >= self._store.sequence

    async def _add_own(self) -> None:
        """Index what the keeper's index lacks: the difference where the store can tell it, else everything."""
        base = self._main.index.snapshot.mark if self._main is not None else Mark()
        if self._main is None or not base.complete or self._main.changed(base) is None:
            base = Mark()
        try:
            if self._own is None or base != self._base:
                await self._let_go()
                self._own, self._base = await self._started(base), base
            await self._own.fill()
        except IndexFault as fault:
            logger.warning("what the search index lacks cannot be indexed: %s", fault)
            await self._let_go()

    async def _started(self, base: Mark) -> Filling:
        self._spare = tempfile.TemporaryDirectory(prefix="backchannel-index-")
        index = IndexFolder(Path(self._spare.name), writable=True)
        if base.complete:
            await asyncio.get_running_loop().run_in_executor(self._thread, index.commit, base)
        return Filling(self._store, index, self._thread)

    async def _let_go(self) -> None:
        own, self._own = self._own, None
        if own is not None:
            with suppress(IndexFault):
                await asyncio.get_running_loop().run_in_executor(self._thread, own.index.close)
        if self._spare is not None:
            self._spare.cleanup()
            self._spare = None


def _held(folder: Path) -> bool:
    """Whether a process holds tantivy's lock for writing. Asking takes no more than a shared lock, for a moment."""
    try:
        handle = os.open(folder / ".tantivy-writer.lock", os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
