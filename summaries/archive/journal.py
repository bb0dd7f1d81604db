"""The journal in front of the TinyDB files: append-only, numbered, checked, synced once for all who wait.

It is a directory of segments, each named by the number of its first record. A record is

    magic (4) · length of the payload (4) · CRC-32 (4) · sequence (8) · durable (8) · payload

big-endian; the CRC covers everything after itself. `durable` is the number of the last record that was known to be on
the disk when this one was written. It tells a torn tail from damage: records after a bad one that all claim less than
the bad one's number were in the same unsynced write, which nobody was told of; one that claims more proves that
something acknowledged is gone. The magic is no UTF-8, so the text in a payload cannot be taken for a record.

Records of a segment whose number is that of the next segment's first or higher are leftovers of a refused write.
"""

import contextlib
import itertools
import os
import queue
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from summaries.archive.disk import Disk
from summaries.errors import DamagedError

MAGIC = b"\xffBJ\xfe"
_HEADER = struct.Struct(">4sIIQQ")
_CHECKED = struct.Struct(">QQ")

T = TypeVar("T")


class Record(NamedTuple):
    sequence: int
    durable: int
    payload: bytes


class Segment(NamedTuple):
    first: int
    path: Path


def encode(record: Record) -> bytes:
    checked = _CHECKED.pack(record.sequence, record.durable) + record.payload
    return struct.pack(">4sII", MAGIC, len(record.payload), zlib.crc32(checked)) + checked


def record_at(data: bytes, start: int) -> Record | None:
    """The whole, undamaged record at `start`, if there is one."""
    if len(data) - start < _HEADER.size:
        return None
    magic, length, crc, sequence, durable = _HEADER.unpack_from(data, start)
    end = start + _HEADER.size + length
    if magic != MAGIC or end > len(data):
        return None
    if zlib.crc32(memoryview(data)[start + 12 : end]) != crc:
        return None
    return Record(sequence, durable, data[start + _HEADER.size : end])


def size(record: Record) -> int:
    """Bytes that the record takes in a segment."""
    return _HEADER.size + len(record.payload)


def _later_records(data: bytes, start: int) -> Iterator[Record]:
    while (start := data.find(MAGIC, start)) >= 0:
        record = record_at(data, start)
        if record is not None:
            yield record
        start += 1 if record is None else size(record)


def read_segment(segment: Segment) -> Iterator[Record]:
    """Its whole records in order, up to a torn tail. Raises `DamagedError` where an acknowledged one is unreadable."""
    return whole_records(segment.path.read_bytes(), segment)


def whole_records(data: bytes, segment: Segment) -> Iterator[Record]:
    """As `read_segment`, of its bytes."""
    start, last = 0, segment.first - 1
    while (record := record_at(data, start)) is not None and record.sequence == last + 1:
        yield record
        start, last = start + size(record), record.sequence
    if any(later.durable > last for later in _later_records(data, start)):
        raise damaged(segment.path, f"commit {last + 1}, at byte {start},")


def damaged(path: Path, what: str) -> DamagedError:
    return DamagedError(f"{path}: {what} cannot be read: restore the desk from a backup (backchannel restore FILE)")


def segments(directory: Path) -> list[Segment]:
    return sorted(Segment(int(path.stem), path) for path in directory.glob("*.log") if path.stem.isdigit())


def read_journal(directory: Path, after: int) -> Iterator[Record]:
    """Every record in order. Those up to `after` may have gaps; raises `DamagedError` where a later one is missing."""
    found = segments(directory)
    if found and found[0].first > after + 1:
        raise damaged(directory, f"commit {after + 1}")
    ends = [*(segment.first for segment in found[1:]), None]
    for segment, end in zip(found, ends, strict=False):
        settled = end is not None and end <= after + 1
        with contextlib.suppress(*((DamagedError, FileNotFoundError) if settled else ())):
            yield from _before(segment, end, settled)


def _before(segment: Segment, end: int | None, settled: bool) -> Iterator[Record]:
    last = segment.first - 1
    for record in read_segment(segment):
        if end is not None and record.sequence >= end:
            return
        last = record.sequence
        yield record
    if end is not None and last != end - 1 and not settled:
        raise damaged(segment.path, f"commit {last + 1}")


def drop_segments(directory: Path, disk: Disk, *, upto: int, wanted: int, bound: int) -> None:
    """Delete segments whose every record is settled (`upto`), and not wanted (over `wanted`) within `bound` bytes.

    The newest segment always stays, so that the numbers go on after it.
    """
    found = segments(directory)
    settled = [old for old, new in itertools.pairwise(found) if new.first <= upto + 1]
    kept = sum(segment.path.stat().st_size for segment in settled)
    for segment, following in zip(settled, found[1:], strict=False):
        if following.first > wanted + 1 and kept <= bound:
            return
        kept -= segment.path.stat().st_size
        disk.remove(segment.path)


class Journal(Generic[T]):
    """The writing end: a thread that writes what has come together meanwhile, and syncs it once.

    `deliver` is called in that thread, batch by batch in order, with each entry's number, or with the error for all: an
    `OSError`, or a bug's.
    """

    def __init__(
        self,
        directory: Path,
        *,
        sequence: int,
        deliver: Callable[[list[tuple[int, T]], Exception | None], None],
        disk: Disk,
    ) -> None:
        """Goes on after record `sequence`, in a segment of its own. Raises `OSError`."""
        self.directory = directory
        self.sequence = sequence
        self.syncs = 0
        """How often records were synced: once a batch."""
        self._deliver = deliver
        self._disk = disk
        self._handle = -1
        self._length = 0
        self._queue: queue.SimpleQueue[list[tuple[bytes, T]] | None] = queue.SimpleQueue()
        self._open_segment()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    def append(self, entries: list[tuple[bytes, T]]) -> None:
        """Queue payloads, each with the token that `deliver` gives back. An empty list begins a new segment."""
        self._queue.put(entries)

    def close(self) -> None:
        """Write what is queued and end. Blocks."""
        self._queue.put(None)
        self._thread.join()
        if self._handle >= 0:
            os.close(self._handle)

    def _run(self) -> None:
        closing = False
        while not closing:
            waiting = [self._queue.get()]
            with contextlib.suppress(queue.Empty):
                while True:
                    waiting.append(self._queue.get_nowait())
            closing = None in waiting
            self._serve([entries for entries in waiting if entries is not None])

    def _serve(self, waiting: list[list[tuple[bytes, T]]]) -> None:
        batch = [entry for entries in waiting for entry in entries]
        if batch:
            self._write_batch(batch)
        if any(not entries for entries in waiting) and self._length:
            with contextlib.suppress(OSError):  # the next batch tries again, and has somebody to tell
                self._open_segment()

    def _write_batch(self, batch: list[tuple[bytes, T]]) -> None:
        first = self.sequence + 1
        numbered = [(first + place, token) for place, (_, token) in enumerate(batch)]
        try:
            self._write_records(Record(first + place, first - 1, payload) for place, (payload, _) in enumerate(batch))
        except Exception as error:  # noqa: BLE001  # a bug must not leave its callers waiting for ever
            self._give_up()
            self._deliver(numbered, error)
            return
        self.sequence += len(batch)
        self._deliver(numbered, None)

    def _write_records(self, records: Iterator[Record]) -> None:
        data = b"".join(map(encode, records))
        if self._handle < 0:
            self._open_segment()
        self._disk.write_all(self._handle, data)
        self._disk.sync(self._handle)
        self.syncs += 1
        self._length += len(data)

    def _give_up(self) -> None:
        """Leave nothing of a refused write behind, and never write after it.

        After a failed fsync the system may have dropped the pages it could not write and call the file clean, so the
        segment is not used again; should the cut fail too, the next segment's name says what is valid of this one.
        """
        if self._handle < 0:
            return
        with contextlib.suppress(OSError):
            self._disk.truncate(self._handle, self._length)
            self._disk.sync(self._handle)
        os.close(self._handle)
        self._handle = -1

    def _open_segment(self) -> None:
        """Begin the segment of the next record, its name durable before anything is written to it."""
        self._disk.make_directory(self.directory)
        path = self.directory / f"{self.sequence + 1:020d}.log"
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
        try:
            self._disk.sync_directory(self.directory)
        except OSError:
            os.close(handle)
            raise
        if self._handle >= 0:
            os.close(self._handle)
        self._handle, self._length = handle, 0
