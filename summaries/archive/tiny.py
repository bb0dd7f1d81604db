"""The TinyDB store: a journal that makes commits durable, and TinyDB files that are its checkpoints.

A commit is encoded on the loop, written and synced by the journal's thread, and then applied on the loop, so what can
be read is always on the disk. A checkpoint brings the files up to the last commit in another thread.
`docs/technotes/journal.md` says what happens if the process dies at each point.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from summaries.archive.checkpointing import Checkpointer, part_path
from summaries.archive.checkpoints import Rows, read_file
from summaries.archive.disk import Disk, refusal, size_of
from summaries.archive.journal import Journal
from summaries.archive.lru import Lru
from summaries.archive.opening import JOURNAL, Opened, encode_commit, open_directory
from summaries.archive.placement import Part, Placement
from summaries.archive.store import TABLES, Change, Delete, Put, Row, Table
from summaries.errors import ArchiveError, DamagedError

R = TypeVar("R", bound=Row)

FILES_BOUND = 16 << 20
"""Bytes of TinyDB files that are kept in memory for the next question."""
ROWS_BOUND = 16 << 20
"""Bytes that decoded rows may take, estimated at three times their JSON."""
SLICE = 64
"""Rows that are encoded or decoded before others on the loop have their turn."""


@dataclass(slots=True)
class _Pending:
    """A commit on its way."""

    changes: list[tuple[str, int, bytes | None]]
    rows: list[Row | None]
    day: int
    done: asyncio.Future[int]


def _now() -> datetime:
    return datetime.now(UTC)


class TinyStore:
    """`Store` over a directory. Bound to the loop on which it was opened."""

    def __init__(self, directory: Path, opened: Opened, *, readonly: bool, disk: Disk, clock: Callable[[], datetime]):
        self.directory = directory
        self._opened = opened
        self._readonly = readonly
        self._disk = disk
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._closed = False
        self._waiting: list[_Pending] = []
        self._files: Lru[str, Rows] = Lru(FILES_BOUND)
        self._rows: Lru[tuple[str, int], Any] = Lru(ROWS_BOUND)
        self._reading = asyncio.Lock()
        self._decoders = {table.name: msgspec.json.Decoder(table.type) for table in TABLES}
        self._journal: Journal[_Pending] | None = None
        self._checkpointer: Checkpointer | None = None

    @classmethod
    async def open(
        cls, directory: Path, *, readonly: bool = False, disk: Disk | None = None, clock: Callable[[], datetime] = _now
    ) -> "TinyStore":
        """As `open_store`. `clock` gives the moment under whose UTC day a commit's new rows are filed."""
        disk = disk or Disk()
        opened = await asyncio.to_thread(partial(open_directory, directory, readonly=readonly, disk=disk))
        store = cls(directory, opened, readonly=readonly, disk=disk, clock=clock)
        if not readonly:
            store._begin_writing()
        return store

    @property
    def sequence(self) -> int:
        return self._opened.sequence

    @property
    def readonly(self) -> bool:
        return self._readonly

    @property
    def syncs(self) -> int:
        """How often the journal was synced for commits since it was opened."""
        return self._journal.syncs if self._journal else 0

    def next_id(self, table: Table[R]) -> int:
        return self._placement(table).next_id()

    def count(self, table: Table[R]) -> int:
        return self._placement(table).count

    def by_day(self, table: Table[R]) -> dict[date, int]:
        return self._placement(table).by_day()

    async def size(self) -> int:
        return await asyncio.to_thread(size_of, self.directory)

    def highest(self, table: Table[R]) -> int:
        return self._placement(table).highest

    def changed_since(self, table: Table[R], sequence: int) -> list[int] | None:
        return self._placement(table).log.since(sequence)

    def retain(self, lowest: Callable[[], int]) -> None:
        if self._checkpointer:
            self._checkpointer.retain(lowest)

    async def commit(self, changes: Iterable[Change]) -> int:
        pending = await self._encode(list(changes))
        if not pending.changes:
            return self.sequence
        await self._writer().room()
        self._writer()  # it may have been closed meanwhile
        if not self._waiting:
            self._loop.call_soon(self._hand_over)  # all that commit in this turn of the loop share a sync
        self._waiting.append(pending)
        return await pending.done

    async def get(self, table: Table[R], id: int) -> R | None:
        part = self._placement(table).part_of(id)
        if part is None:
            return None
        row: R | None = self._rows.get((table.name, id))
        if row is not None:
            return row
        fresh = part.fresh(id)
        if fresh is None:
            return await self._get_stored(table, id, part)
        return self._decode(table, part, id, fresh)

    async def newest(self, table: Table[R], limit: int, *, below: int | None = None) -> list[R]:
        ids = list(islice(self._placement(table).down(below), max(limit, 0)))
        rows = [self._rows.get((table.name, id)) or await self.get(table, id) for id in ids]
        return [row for row in rows if row is not None]

    async def rows(self, table: Table[R], *, above: int | None = None) -> AsyncIterator[R]:
        while (found := self._placement(table).next_part(above)) is not None:
            part, ids = found
            async for id, row in self._rows_of(table, part, ids):
                above = id
                if row is not None:
                    yield row

    async def checkpoint(self) -> None:
        """Bring the TinyDB files up to the last commit now. Raises `DiskError`; the journal has it all, either way."""
        await self._writer().checkpoint()

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        if self._journal and self._checkpointer:
            self._hand_over()
            await asyncio.to_thread(self._journal.close)
            await self._checkpointer.close()
        if self._opened.lock:
            self._opened.lock.release()

    def _begin_writing(self) -> None:
        place = self.directory / JOURNAL
        try:
            self._journal = Journal(place, sequence=self.sequence, deliver=self._deliver, disk=self._disk)
        except OSError as error:
            if self._opened.lock:
                self._opened.lock.release()
            raise refusal(error, place) from error
        self._checkpointer = Checkpointer(self.directory, self._opened, self._journal, self._disk, self._files.drop)

    def _writer(self) -> Checkpointer:
        if self._closed:
            raise ArchiveError(f"{self.directory} is closed: open it again")
        if self._checkpointer is None:
            raise ArchiveError(f"{self.directory} is open for reading only: stop the process that writes to it first")
        return self._checkpointer

    def _placement(self, table: Table[Any]) -> Placement:
        return self._opened.placements[table.name]

    async def _encode(self, changes: list[Change]) -> _Pending:
        self._writer()
        day = self._clock().astimezone(UTC).date().toordinal()
        pending = _Pending([], [], day, self._loop.create_future())
        for place, change in enumerate(changes):
            if place % SLICE == SLICE - 1:
                await asyncio.sleep(0)
            self._placement(change.table)
            row = change.row if isinstance(change, Put) else None
            pending.changes.append(self._encode_put(change) if isinstance(change, Put) else _encode_delete(change))
            pending.rows.append(row)
        return pending

    def _encode_put(self, change: Put[Any]) -> tuple[str, int, bytes | None]:
        """Raises for what could not be read back (a naive datetime, a number for a text): it must never be durable."""
        name, row = change.table.name, change.row
        if not isinstance(row, change.table.type):
            raise TypeError(f"{type(row).__name__} does not belong in table {name}")
        encoded = msgspec.json.encode(row)
        self._decoders[name].decode(encoded)
        return name, _checked_id(row.id, name), encoded

    def _hand_over(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting and self._journal:
            self._journal.append([(encode_commit((pending.day, pending.changes)), pending) for pending in waiting])

    def _deliver(self, numbered: list[tuple[int, _Pending]], error: Exception | None) -> None:
        """Called by the journal's thread."""
        with contextlib.suppress(RuntimeError):  # the loop is gone, and with it everybody who could be told
            self._loop.call_soon_threadsafe(self._settle, numbered, error)

    def _settle(self, numbered: list[tuple[int, _Pending]], error: Exception | None) -> None:
        for sequence, pending in numbered:
            if error is None:
                self._apply(sequence, pending)
            if pending.done.done():
                continue  # its caller was cancelled
            if error is None:
                pending.done.set_result(sequence)
            else:
                refused = refusal(error, self.directory / JOURNAL) if isinstance(error, OSError) else error
                pending.done.set_exception(refused)
        if self._checkpointer:
            self._checkpointer.consider()

    def _apply(self, sequence: int, pending: _Pending) -> None:
        for (name, id, encoded), row in zip(pending.changes, pending.rows, strict=True):
            placement = self._opened.placements[name]
            placement.apply(id, encoded, pending.day)
            placement.log.record(sequence, id)
            if encoded is None:
                self._rows.drop((name, id))
            else:
                self._rows.put((name, id), row, 3 * len(encoded))
                self._opened.unsaved += len(encoded)
        self._opened.sequence = sequence

    async def _get_stored(self, table: Table[R], id: int, part: Part | None) -> R | None:
        while part is not None:
            rows = await self._read(table, part)
            if rows is None or part.parted:  # a writer has moved on, or the row lies elsewhere by now
                part = self._placement(table).part_of(id)
            elif id not in part.ids:
                return None  # deleted while the file was read
            else:
                return self._row(table, part, id, rows)
        return None

    async def _rows_of(self, table: Table[R], part: Part, ids: list[int]) -> AsyncIterator[tuple[int, R | None]]:
        """Each id, with its row if it is still there; no more where the rest must be looked for again."""
        version, rows = -1, None
        for place, id in enumerate(ids):
            if place % SLICE == SLICE - 1:
                await asyncio.sleep(0)
            if part.version != version and part.stored:
                rows = await self._read(table, part, keep=False)
            version = part.version
            if part.parted or (rows is None and part.stored):
                return  # the rows lie elsewhere, or, only when reading, the file is gone
            yield id, self._row(table, part, id, rows or {}, keep=False) if id in part.ids else None

    async def _read(self, table: Table[Any], part: Part, *, keep: bool = True) -> Rows | None:
        """The file's rows, which `part` may have newer. None where a writer beside us took the file away."""
        rows = self._files.get(f"{table.name}/{part.lies}")
        if rows is not None:
            return rows
        async with self._reading:
            while (rows := self._files.get(f"{table.name}/{part.lies}")) is None:
                version, path = part.version, self._path(table, part)
                try:
                    rows = await asyncio.to_thread(read_file, path, table.name)
                except FileNotFoundError:
                    if part.parted:
                        return {}  # its pieces have files of their own by now
                    if version == part.version:
                        await self._follow(table, part)
                        return None
                except OSError as error:
                    raise refusal(error, path) from error
                if rows is None or version != part.version:
                    continue  # it was replaced meanwhile
                if keep:
                    self._files.put(f"{table.name}/{part.lies}", rows, part.weight + 200 * len(rows))
                break
        return rows

    async def _follow(self, table: Table[Any], part: Part) -> None:
        """Go where the writer beside us has gone, who took a file away. Raises `DamagedError` if nobody did."""
        before = self._opened.saved
        if part not in self._placement(table).parts:
            return  # another question has followed already
        if self._readonly:
            await self._reopen()
        if self._opened.saved == before:
            raise DamagedError(f"{self._path(table, part)} is missing: restore it from a backup")

    async def _reopen(self) -> None:
        self._opened = await asyncio.to_thread(partial(open_directory, self.directory, readonly=True, disk=self._disk))
        self._files.clear()
        self._rows.clear()

    def _path(self, table: Table[Any], part: Part) -> Path:
        return part_path(self.directory, table, part.lies)

    def _row(self, table: Table[R], part: Part, id: int, rows: Rows, *, keep: bool = True) -> R | None:
        encoded = part.fresh(id) or rows.get(str(id))
        if encoded is not None:
            return self._decode(table, part, id, encoded, keep=keep)
        if self._readonly:
            return None  # a writer beside us has deleted it
        raise DamagedError(f"{self._path(table, part)} lacks row {id}: restore it from a backup")

    def _decode(self, table: Table[R], part: Part, id: int, encoded: bytes | msgspec.Raw, *, keep: bool = True) -> R:
        try:
            row: R = self._decoders[table.name].decode(encoded)
        except msgspec.MsgspecError as error:
            where = self._path(table, part)
            raise DamagedError(f"{where}: row {id} cannot be read ({error}): restore it from a backup") from None
        if keep:
            self._rows.put((table.name, id), row, 3 * len(memoryview(encoded)))
        return row


def _encode_delete(change: Delete[Any]) -> tuple[str, int, bytes | None]:
    return change.table.name, _checked_id(change.id, change.table.name), None


def _checked_id(id: int, table: str) -> int:
    if not id or not -(2**63) <= id < 2**63:
        raise ValueError(f"{id} is no id for table {table}: 64 bits, and not 0")
    return id
