"""The manifest: which files hold which ids, and up to which commit. Replaced in one step at the end of a checkpoint."""

from pathlib import Path
from typing import Literal

import msgspec

from summaries.archive.disk import Disk
from summaries.errors import DamagedError, ForeignError

SCHEMA = 2
NAME = "manifest.json"


class FileEntry(msgspec.Struct, frozen=True, array_like=True):
    """One TinyDB file: its name, the lowest id that belongs to it, what was ever filed there in rows and bytes, and
    the ids that it holds: as runs from first to last, or, where no id follows another, packed as `Ids.packed` says."""

    name: str
    low: int
    filed: int
    weight: int
    runs: tuple[tuple[int, int], ...]
    packed: str = ""


class TableEntry(msgspec.Struct, frozen=True):
    highest: int
    files: tuple[FileEntry, ...]


class Manifest(msgspec.Struct, frozen=True):
    schema: int = SCHEMA
    sequence: int = 0
    tables: dict[str, TableEntry] = {}
    desk: Literal["backchannel"] = "backchannel"


class _Head(msgspec.Struct):
    schema: int
    desk: Literal["backchannel"]


def load(directory: Path) -> Manifest | None:
    """None where there is none. Raises `ForeignError` for a newer one or a stranger's, `DamagedError`, `OSError`."""
    path = directory / NAME
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        head = msgspec.json.decode(data, type=_Head)
    except msgspec.ValidationError:
        raise ForeignError(f"{path} was not written by Backchannel: name another --data directory") from None
    except msgspec.DecodeError:
        raise DamagedError(f"{path} is damaged: restore it from a backup") from None
    if head.schema > SCHEMA:
        raise ForeignError(
            f"{directory} is of a newer Backchannel (schema {head.schema}, this one knows {SCHEMA}): upgrade this one"
        )
    try:
        return msgspec.json.decode(data, type=Manifest)
    except msgspec.MsgspecError as error:
        raise DamagedError(f"{path} is damaged ({error}): restore it from a backup") from None


def save(directory: Path, manifest: Manifest, disk: Disk) -> None:
    """Durable when it returns. Raises `OSError`."""
    disk.replace(directory / NAME, [msgspec.json.encode(manifest)])
    disk.sync_directory(directory)


def belongs(directory: Path) -> bool:
    """Whether a desk may be kept here: it is one, or it is empty but for hidden files and a lock.

    Raises `ForeignError` where it holds something else, and `DamagedError` for a desk without its manifest.
    """
    if (directory / NAME).exists():
        return True
    names = {path.name for path in directory.iterdir() if not path.name.startswith(".")}
    if "journal" in names and "lock" in names:
        raise DamagedError(f"{directory / NAME} is missing: restore it from a backup")
    if names - {"lock", "lost+found", NAME + ".tmp"}:
        raise ForeignError(f"{directory} is not empty and holds no desk: name another --data directory")
    return False
