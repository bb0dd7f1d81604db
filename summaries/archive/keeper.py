"""Keeps the search index in the process that writes the archive: fills it in the background, and mends it.

The index is derived. Missing, behind, damaged or of other rules, it is made anew while answers go on without.
"""

import asyncio
import logging
import re
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from summaries.archive.documents import FINGERPRINT
from summaries.archive.filling import Filling
from summaries.archive.index_folder import IndexFault, IndexFolder, guarded
from summaries.archive.store import Store
from summaries.archive.upkeep import View, share_of

logger = logging.getLogger(__name__)

PAUSE = 3.0
"""Seconds between two rounds while nobody searches, so that an import is indexed in few large commits: tantivy merges
all small segments into one again and again, which at two commits a second took longer than to index."""

# EACCES, ENOSPC, EROFS, EDQUOT, or another writer: the index is as good as it was, and may be filled later.
_REFUSED = re.compile(r"os error (13|28|30|122)\b|LockBusy")
_OURS = re.compile("[0-9a-f]{12}")
_ROUNDS = 3

T = TypeVar("T")


class Keeper:
    def __init__(self, store: Store, root: Path) -> None:
        self._store, self._root = store, root
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="index")
        self._turn, self._wake, self._hurry = asyncio.Lock(), asyncio.Event(), asyncio.Event()
        self._damaged = False
        self._spare: tempfile.TemporaryDirectory[str] | None = None
        self._filling: Filling
        self._task: asyncio.Task[None]

    @classmethod
    async def open(cls, store: Store, root: Path) -> "Keeper":
        """`root` is made if it is missing. The filling begins at once, and goes on after this returns."""
        keeper = cls(store, root)
        await keeper._open()
        keeper._task = asyncio.create_task(keeper._keep_up(), name="search index")
        keeper.wake()
        return keeper

    async def views(self) -> tuple[View, ...]:
        """As they are. Whoever asks does not wait, but the next one shall find what these lack."""
        if not self._filling.holds(self._store.sequence):
            self._hurry.set()
        return (View(self._filling.index.snapshot),)

    @property
    def share(self) -> int | None:
        if self._damaged:
            return 0
        return share_of(self._filling.index.snapshot, self._store)

    @property
    def seen(self) -> int:
        mark = self._filling.index.snapshot.mark
        return mark.sequence if mark.complete else 0

    def wake(self) -> None:
        self._wake.set()

    def distrust(self) -> None:
        self._damaged = True
        self.wake()

    async def ready(self) -> None:
        target = self._store.sequence
        self._hurry.set()
        async with self._turn:
            for _ in range(_ROUNDS):
                if (self._filling.holds(target) and not self._damaged) or not await self._round():
                    return

    async def close(self) -> None:
        """Stop filling, where it stands. Closing twice does nothing."""
        if self._task.done():
            return
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        try:
            await self._run(self._filling.index.close)
        except IndexFault as fault:
            logger.warning("the search index was not closed cleanly: %s", fault)
        self._thread.shutdown(wait=False)
        if self._spare is not None:
            self._spare.cleanup()

    async def _keep_up(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                async with self._turn:
                    if self._damaged or not self._filling.holds(self._store.sequence):
                        await self._round()
            except Exception:  # of the store, or a bug: the index stays behind, and the next commit tries again
                logger.exception("the search index was not filled")
            self._hurry.clear()
            with suppress(TimeoutError):  # not `wait_for`: on 3.11 it swallows a cancellation that meets the event
                async with asyncio.timeout(PAUSE):
                    await self._hurry.wait()

    async def _round(self) -> bool:
        """Read on, in an index made anew where this one is damaged. Where that fails, the next commit tries again."""
        try:
            if self._damaged:
                await self._anew()
            await self._filling.fill()
        except IndexFault as fault:
            logger.warning("the search index cannot be filled: %s", fault)
            if self._damaged or _REFUSED.search(str(fault)):
                return False
            self._damaged = True
            return await self._round()
        self._damaged = False
        return True

    async def _anew(self) -> None:
        with suppress(IndexFault):
            await self._run(self._filling.index.close)
        await self._run(lambda: shutil.rmtree(self._root / FINGERPRINT, ignore_errors=True))
        await self._open()

    async def _open(self) -> None:
        try:
            index = await self._run(lambda: _opened(self._root))
        except IndexFault as fault:
            logger.warning("the search index lies in a temporary directory, since %s refuses it: %s", self._root, fault)
            self._spare = self._spare or tempfile.TemporaryDirectory(prefix="backchannel-index-")
            spare = Path(self._spare.name)
            index = await self._run(lambda: _opened(spare))
        self._filling = Filling(self._store, index, self._thread)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _opened(root: Path) -> IndexFolder:
    """The index under `root`, an empty one where it is damaged. Those of older rules go; what is not ours stays."""
    if root.is_file():
        with guarded():
            root.rename(root.with_name(f"{root.name}.aside"))
    for other in root.glob("*"):
        if other.name != FINGERPRINT and _OURS.fullmatch(other.name):
            shutil.rmtree(other, ignore_errors=True)
    folder = root / FINGERPRINT
    try:
        return IndexFolder(folder, writable=True)
    except IndexFault as fault:
        logger.warning("the search index is made anew: %s", fault)
        shutil.rmtree(folder, ignore_errors=True)
        return IndexFolder(folder, writable=True)
