"""Many articles from JSON lines: read and condensed in the worker processes, filed in the order of the lines.

It can be stopped anywhere and started again: a line that was filed is recognised by its own bytes, before any work.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b

from summaries.archive.keys import key_of
from summaries.desk import Desk
from summaries.errors import InputError
from summaries.filing import Added, Known
from summaries.pipeline import MAX_BYTES, Prepared, prepare_line
from summaries.workers import Workers

READ_AHEAD = 16
"""Lines in the hands of each worker: enough to hide the way there and back, few enough to cost no memory."""

FILED_TOGETHER = 128
"""Commits under way at once; those that meet share an fsync."""


@dataclass
class Tally:
    """What has become of the lines so far, and how many bytes of the file they were."""

    added: int = 0
    known: int = 0
    skipped: int = 0
    bytes: int = 0

    @property
    def lines(self) -> int:
        return self.added + self.known + self.skipped


Refused = Callable[[int, str], None]
Progress = Callable[[Tally], None]


async def import_lines(
    desk: Desk,
    workers: Workers,
    lines: Iterable[bytes],
    *,
    sentences: int = 3,
    on_refused: Refused = lambda number, reason: None,
    on_progress: Progress = lambda tally: None,
) -> Tally:
    """File the article of every line. A bad line is skipped and told to `on_refused` by its number, from 1.

    `on_progress` is called after every line with the running tally.
    """
    return await _Import(desk, workers, sentences, on_refused, on_progress).run(lines)


class _Import:
    """One import under way: lines that are being read, and articles that are being filed, both in order."""

    def __init__(self, desk: Desk, workers: Workers, sentences: int, refused: Refused, progress: Progress) -> None:
        self._desk, self._workers, self._sentences = desk, workers, sentences
        self._refused, self._progress = refused, progress
        self._tally = Tally()
        self._reading: deque[tuple[int, int, asyncio.Task[tuple[str, Prepared]]]] = deque()
        self._filing: deque[tuple[int, asyncio.Task[Added | Known]]] = deque()

    async def run(self, lines: Iterable[bytes]) -> Tally:
        try:
            for number, line in enumerate(lines, start=1):
                await self._take_up(number, line)
            while self._reading:
                await self._file_oldest()
            while self._filing:
                await self._settle_oldest()
        finally:
            for task in (*(entry[-1] for entry in self._reading), *(entry[-1] for entry in self._filing)):
                task.cancel()
        return self._tally

    async def _take_up(self, number: int, line: bytes) -> None:
        if not line.strip():
            self._tally.bytes += len(line)
            return
        guid = f"line:{blake2b(line.strip(), digest_size=16).hexdigest()}"
        if await self._desk.knows(key_of(guid=guid)):
            self._count("known", len(line))
        elif len(line) > MAX_BYTES:
            self._refuse(number, f"{len(line) / 1e6:.0f} MB is too long for one article", len(line))
        else:
            if len(self._reading) >= READ_AHEAD * self._workers.size:
                await self._file_oldest()
            read = self._workers.run(prepare_line, line, guid, self._sentences)
            self._reading.append((number, len(line), asyncio.create_task(read)))

    async def _file_oldest(self) -> None:
        number, size, read = self._reading.popleft()
        try:
            ref, prepared = await read
        except InputError as error:
            self._refuse(number, str(error), size)
            return
        if len(self._filing) >= FILED_TOGETHER:
            await self._settle_oldest()
        self._filing.append((size, asyncio.create_task(self._desk.file(prepared, ref=ref))))

    async def _settle_oldest(self) -> None:
        size, filed = self._filing.popleft()
        self._count("added" if isinstance(await filed, Added) else "known", size)

    def _refuse(self, number: int, reason: str, size: int) -> None:
        self._refused(number, reason)
        self._count("skipped", size)

    def _count(self, outcome: str, size: int) -> None:
        setattr(self._tally, outcome, getattr(self._tally, outcome) + 1)
        self._tally.bytes += size
        self._progress(self._tally)
