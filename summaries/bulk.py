"""Many articles from JSON lines: read and condensed in the worker processes, filed in the order of the lines.

It can be stopped anywhere and started again: a line that was filed is recognised by its own bytes, before any work.
"""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import blake2b
from queue import SimpleQueue
from threading import Thread

from summaries.archive.keys import key_of
from summaries.desk import Desk
from summaries.errors import InputError
from summaries.filing import Added, Known
from summaries.pipeline import MAX_BYTES, Prepared, prepare_line
from summaries.workers import Workers

READ_AHEAD = 16
"""Lines in the hands of each worker: enough to hide the way there and back, few enough to cost no memory."""

_CHUNK = 1 << 20

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
        source, number = _Lines(lines), 0
        try:
            while (line := await self._next(source)) is not None:
                number += 1
                await self._take_up(number, line)
            while self._reading:
                await self._file_oldest()
            while self._filing:
                await self._settle_oldest()
        finally:
            source.close()
            for task in (*(entry[-1] for entry in self._reading), *(entry[-1] for entry in self._filing)):
                task.cancel()
        return self._tally

    async def _next(self, source: "_Lines") -> bytes | None:
        """The next line. Until it comes, what is in hand is filed: a pipe may pause for an hour."""
        coming = source.next()
        while not coming.done() and (self._reading or self._filing):
            oldest = self._reading[0][-1] if self._reading else self._filing[0][-1]
            await asyncio.wait({coming, oldest}, return_when=asyncio.FIRST_COMPLETED)
            if coming.done():
                break
            await (self._file_oldest() if self._reading else self._settle_oldest())
        return await coming

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


class _Lines:
    """Lines read in a thread of their own, one when it is asked for: a pipe blocks whoever reads it.

    The thread is left behind where it waits for a line that nobody wants any more.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        descriptor = _standard_input(lines)
        self._lines = iter(lines) if descriptor is None else _of_pipe(descriptor)
        self._loop = asyncio.get_running_loop()
        self._wanted: SimpleQueue[asyncio.Future[bytes | None] | None] = SimpleQueue()
        Thread(target=self._read, name="lines", daemon=True).start()

    def next(self) -> "asyncio.Future[bytes | None]":
        """The next line; None after the last. Raises what reading it raised."""
        wanted: asyncio.Future[bytes | None] = self._loop.create_future()
        self._wanted.put(wanted)
        return wanted

    def close(self) -> None:
        self._wanted.put(None)

    def _read(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            line: bytes | None = None
            trouble: Exception | None = None
            try:
                line = next(self._lines, None)
            except Exception as error:  # noqa: BLE001 (raised where the line is awaited)
                trouble = error
            with suppress(RuntimeError):  # the loop is closed: nobody waits
                self._loop.call_soon_threadsafe(_answer, wanted, line, trouble)


def _standard_input(lines: Iterable[bytes]) -> int | None:
    """The descriptor of the standard input, where the lines are its and it has one."""
    if lines is not getattr(sys.stdin, "buffer", None):
        return None
    try:
        return sys.stdin.fileno()
    except (AttributeError, OSError):  # something that a program put in its place
        return None


def _of_pipe(descriptor: int) -> Iterator[bytes]:
    """Its lines, read without Python's own buffer: that is locked while it waits, and the interpreter, which empties
    it at its end, would die of the lock."""
    rest: list[bytes] = []
    while chunk := os.read(descriptor, _CHUNK):
        first, *others = chunk.split(b"\n")
        rest.append(first)
        for other in others:
            yield b"".join(rest) + b"\n"
            rest = [other]
    if last := b"".join(rest):
        yield last


def _answer(wanted: "asyncio.Future[bytes | None]", line: bytes | None, trouble: Exception | None) -> None:
    if wanted.done():
        return
    if trouble is None:
        wanted.set_result(line)
    else:
        wanted.set_exception(trouble)
