"""The TinyDB files: what the journal has made durable, in files that any `TinyDB(path)` opens.

They are written through tinydb, with two of its classes replaced. `CheckpointStorage` replaces the file in one
step, where `JSONStorage` overwrites it in place, and keeps each row as the bytes it has in the file, so that a rewrite
neither parses nor encodes the rows that stay. `CheckpointTable` changes rows in place, where tinydb's own copies the
table twice.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from summaries.archive.disk import CHUNK, Disk
from summaries.errors import DamagedError

Rows = dict[str, msgspec.Raw]
"""JSON of each row by its id in decimal, as TinyDB keeps it."""

_decoder = msgspec.json.Decoder(dict[str, Rows])


class CheckpointStorage(Storage):
    """One TinyDB file, written by temporary file and rename. Raises `OSError`; `DamagedError` when it is no JSON."""

    def __init__(self, path: Path, disk: Disk) -> None:
        self.path = path
        self._disk = disk

    def read(self) -> dict[str, Rows] | None:
        if not self.path.exists():
            return None
        try:
            return _decoder.decode(self.path.read_bytes())
        except msgspec.MsgspecError as error:
            raise DamagedError(f"{self.path} is damaged ({error}): restore it from a backup") from None

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        self._disk.replace(self.path, _chunks(_pieces(data)))


def _pieces(data: Mapping[str, Mapping[str, Any]]) -> Iterator[bytes]:
    yield b"{"
    for number, (name, rows) in enumerate(data.items()):
        yield b"," * bool(number) + msgspec.json.encode(name) + b": {\n"
        for place, (id, row) in enumerate(rows.items()):
            yield b'%b"%b": %b' % (b",\n" * bool(place), str(id).encode(), msgspec.json.encode(row))
        yield b"\n}"
    yield b"}\n"


def _chunks(pieces: Iterator[bytes]) -> Iterator[bytes]:
    waiting: list[bytes] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= CHUNK:
            yield b"".join(waiting)
            waiting, length = [], 0
    yield b"".join(waiting)


class _ByNumber(MutableMapping[int, Any]):
    """Rows under int ids, as tinydb's updaters expect them, over the file's own string ids; decoded when looked at."""

    def __init__(self, rows: dict[str, Any]) -> None:
        self._rows = rows

    def __getitem__(self, id: int) -> Any:
        row = self._rows[str(id)]
        if isinstance(row, msgspec.Raw):
            row = self._rows[str(id)] = msgspec.json.decode(row)
        return row

    def __setitem__(self, id: int, row: Any) -> None:
        self._rows[str(id)] = row

    def __delitem__(self, id: int) -> None:
        del self._rows[str(id)]

    def __contains__(self, id: object) -> bool:
        return str(id) in self._rows

    def __iter__(self) -> Iterator[int]:
        return map(int, self._rows)

    def __len__(self) -> int:
        return len(self._rows)


class CheckpointTable(Table):
    """A table whose updates cost what they change; its questions decode every row, as tinydb's own do."""

    def merge(self, changes: Mapping[int, bytes | None]) -> None:
        """Put rows by id, already encoded, and take out those that are None; ids that are missing are no error."""

        def merge_all(rows: MutableMapping[int, Any]) -> None:
            for id, row in changes.items():
                if row is None:
                    if id in rows:
                        del rows[id]
                else:
                    rows[id] = msgspec.Raw(row)

        self._update_table(merge_all)

    def _read_table(self) -> dict[str, Any]:
        rows: Mapping[str, Any] = super()._read_table()
        return {id: msgspec.json.decode(row) for id, row in rows.items()}

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        tables = self._storage.read() or {}
        updater(_ByNumber(tables.setdefault(self.name, {})))
        self._storage.write(tables)
        self.clear_cache()


class Checkpoint(TinyDB):
    table_class = CheckpointTable


def merge_file(path: Path, table: str, changes: Mapping[int, bytes | None], disk: Disk) -> None:
    """Bring one file up to date, or make it."""
    with Checkpoint(path, storage=CheckpointStorage, disk=disk) as file:
        file.table(table).merge(changes)


def make_file(path: Path, table: str, rows: Rows, changes: Mapping[int, bytes | None], disk: Disk) -> None:
    """A file with these rows and changes, whatever was there."""
    made = dict(rows)
    for id, row in changes.items():
        if row is None:
            made.pop(str(id), None)
        else:
            made[str(id)] = msgspec.Raw(row)
    CheckpointStorage(path, disk).write({table: made})


def read_file(path: Path, table: str) -> Rows:
    """Raises `DamagedError` for what is no TinyDB file, `FileNotFoundError` where it is gone."""
    rows = CheckpointStorage(path, Disk()).read()
    if rows is None:
        raise FileNotFoundError(2, "is missing", str(path))
    return rows.get(table, {})
