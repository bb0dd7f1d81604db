"""From a directory to where each row lies: the manifest, and the journal's records after it.

Blocking: the store calls it in a thread.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from summaries.archive import manifest as manifests
from summaries.archive.disk import Disk, Lock, refusal
from summaries.archive.journal import damaged, read_journal
from summaries.archive.manifest import NAME, Manifest
from summaries.archive.placement import Placement
from summaries.archive.shards import strays
from summaries.archive.store import TABLES
from summaries.errors import DamagedError, ForeignError

JOURNAL = "journal"

CommitRecord = tuple[int, list[tuple[str, int, bytes | None]]]
"""A commit as the journal keeps it: its UTC day as a proleptic ordinal, then table, id, and the row's JSON or None."""

encode_commit = msgspec.msgpack.Encoder().encode
_decoder: msgspec.msgpack.Decoder[CommitRecord] = msgspec.msgpack.Decoder(CommitRecord)


@dataclass
class Opened:
    placements: dict[str, Placement]
    saved: int
    """The commit up to which the TinyDB files are known to be complete."""
    sequence: int
    unsaved: int
    """Bytes of rows that only the journal has."""
    lock: Lock | None = None


def open_directory(directory: Path, *, readonly: bool, disk: Disk) -> Opened:
    """Raises `LockedError`, `ForeignError`, `DamagedError`, `DiskError`."""
    try:
        if directory.exists() and not directory.is_dir():
            raise ForeignError(f"{directory} is a file: name a directory with --data")
        return _open_to_read(directory) if readonly else _open_to_write(directory, disk)
    except OSError as error:
        raise refusal(error, directory) from error


def _open_to_write(directory: Path, disk: Disk) -> Opened:
    disk.make_directory(directory)
    manifests.belongs(directory)  # before anything of ours is put there
    lock = Lock(directory / "lock")
    try:
        manifest = manifests.load(directory)
        if manifest is None:
            manifest = Manifest()
            manifests.save(directory, manifest, disk)
        if not manifest.sequence:
            disk.make_directory(directory / JOURNAL)
        opened = _replay(directory, manifest)
        for stray in strays(directory, manifest):
            disk.remove(stray)
    except BaseException:
        lock.release()
        raise
    opened.lock = lock
    return opened


def _open_to_read(directory: Path) -> Opened:
    """A writer may move on meanwhile: then its manifest has changed, and is read again."""
    while True:
        manifest = manifests.load(directory) if directory.exists() and manifests.belongs(directory) else None
        if manifest is None:
            raise ForeignError(f"{directory} holds no desk yet: add an article first, or name another --data directory")
        try:
            return _replay(directory, manifest)
        except (FileNotFoundError, DamagedError):
            if manifests.load(directory) == manifest:
                raise


def _replay(directory: Path, manifest: Manifest) -> Opened:
    journal = directory / JOURNAL
    if manifest.sequence and not journal.is_dir():
        raise DamagedError(f"{journal} is missing: put it back, or make it empty to go on without what it held")
    opened = Opened(_placements(directory, manifest), manifest.sequence, manifest.sequence, 0)
    reached = None
    for record in read_journal(journal, manifest.sequence):
        if record.sequence != reached:
            _forget_changes(opened, record.sequence - 1)
        reached = record.sequence + 1
        _apply(opened, record.sequence, _commit(journal, record.sequence, record.payload))
    if reached is None or reached <= manifest.sequence:
        _forget_changes(opened, manifest.sequence)
    return opened


def _placements(directory: Path, manifest: Manifest) -> dict[str, Placement]:
    for name in manifest.tables:
        if name not in {table.name for table in TABLES}:
            raise _newer(directory, name)
    return {table.name: Placement(table, manifest.tables.get(table.name)) for table in TABLES}


def _newer(directory: Path, name: Any) -> ForeignError:
    return ForeignError(f'{directory / NAME} knows a table "{name}": a newer Backchannel wrote it, upgrade this one')


def _commit(journal: Path, sequence: int, payload: bytes) -> CommitRecord:
    try:
        return _decoder.decode(payload)
    except msgspec.MsgspecError:
        raise damaged(journal, f"commit {sequence}") from None


def _forget_changes(opened: Opened, upto: int) -> None:
    for placement in opened.placements.values():
        placement.log.forget(upto)


def _apply(opened: Opened, sequence: int, commit: CommitRecord) -> None:
    day, changes = commit
    for name, id, row in changes:
        placement = opened.placements.get(name)
        if placement is None:
            raise _newer(Path(), name)
        placement.log.record(sequence, id)
        if sequence > opened.saved:
            placement.apply(id, row, day)
            opened.unsaved += len(row or b"")
    opened.sequence = max(opened.sequence, sequence)
