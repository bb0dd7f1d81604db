"""The whole archive as one file, whatever the store: a tar of one JSON-lines file a table, and a manifest.

The manifest names the format, when it was made, and for each table how many rows it has and the highest id that was
ever given, so that a restored archive gives no id twice. A store opened with `readonly` stands still, so a backup of it
is one moment's, while the bot goes on writing. A restored archive is built beside its place and moved there when it is
whole.
"""

import os
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from gzip import BadGzipFile
from itertools import islice
from pathlib import Path
from typing import IO, Any

import msgspec

from summaries.archive.store import TABLES, Delete, Put, Store, Table, open_store
from summaries.errors import ArchiveError, DamagedError, DiskError, ForeignError, InputError
from summaries.models import Instant

FORMAT = 1
MANIFEST = "backchannel.json"
ROWS_A_COMMIT = 500
_BROKEN = (tarfile.TarError, EOFError, KeyError, msgspec.DecodeError, BadGzipFile, zlib.error)
"""What reading a file raises that is cut, was changed, or never was a backup."""


class Extent(msgspec.Struct, frozen=True):
    """How much of a table a backup holds."""

    rows: int
    highest: int


class Manifest(msgspec.Struct, frozen=True):
    format: int
    made: Instant
    tables: dict[str, Extent]


async def write_backup(store: Store, path: Path) -> Manifest:
    """Write all that `store` can see to `path`, in one step, in place of what was there. Compressed if it ends in `gz`.

    Raises `DiskError` where the file cannot be written; then nothing is left of it.
    """
    temporary = path.with_name(f".{path.name}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="backchannel-", dir=path.parent) as folder:
            extents = {table.name: await _dump(store, table, Path(folder)) for table in TABLES}
            manifest = Manifest(FORMAT, datetime.now(UTC), extents)
            _pack(manifest, Path(folder), temporary)
        os.replace(temporary, path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise DiskError(
            f"cannot write the backup {path}: {error.strerror}; make room or choose another place"
        ) from None
    return manifest


async def _dump(store: Store, table: Table[Any], folder: Path) -> Extent:
    encode = msgspec.json.Encoder().encode
    rows = 0
    with (folder / table.name).open("wb") as file:
        async for row in store.rows(table):
            file.write(encode(row) + b"\n")
            rows += 1
    return Extent(rows, store.highest(table))


def _pack(manifest: Manifest, folder: Path, target: Path) -> None:
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2))
    compressed = target.name.endswith("gz.part")
    with target.open("wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz" if compressed else "w") as archive:
            for name in (MANIFEST, *manifest.tables):
                archive.add(folder / name, arcname=name, filter=_nobodys)
        file.flush()
        os.fsync(file.fileno())


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the user and group of the machine that it was made on."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


async def restore_backup(path: Path, directory: Path, scheme: str = "tinydb") -> Manifest:
    """Make `directory` an archive with all that the backup at `path` holds.

    Raises `ArchiveError` where `directory` has anything in it, `InputError`, `ForeignError` or `DamagedError` where
    the file is missing, no backup, from a newer version, or cut; then nothing is left behind.
    """
    _refuse_filled(directory)
    building = directory.with_name(f"{directory.name}.restoring")
    shutil.rmtree(building, ignore_errors=True)
    try:
        manifest = await _unpack(path, f"{scheme}:{building}")
        os.rename(building, directory)
    except OSError as error:
        raise DiskError(f"cannot restore to {directory}: {error.strerror}; make room or choose another place") from None
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return manifest


def _refuse_filled(directory: Path) -> None:
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise ArchiveError(f"{directory} is not empty; restore into a new folder, named with --data")


async def _unpack(path: Path, url: str) -> Manifest:
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from None
    with file:
        try:
            with tarfile.open(fileobj=file) as archive:
                return await _fill(url, archive, path)
        except _BROKEN:
            raise DamagedError(f"{path} is no whole backup of Backchannel; use another one") from None


async def _fill(url: str, archive: tarfile.TarFile, path: Path) -> Manifest:
    manifest = _manifest(archive, path)
    store = await open_store(url)
    try:
        for table in TABLES:
            if table.name in manifest.tables:
                await _load(store, table, archive, manifest.tables[table.name], path)
    finally:
        await store.close()
    return manifest


def _manifest(archive: tarfile.TarFile, path: Path) -> Manifest:
    manifest = msgspec.json.decode(_member(archive, MANIFEST).read(), type=Manifest)
    if manifest.format > FORMAT:
        raise ForeignError(f"{path} was made by a newer version (format {manifest.format}); upgrade Backchannel")
    return manifest


def _member(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    member = archive.extractfile(name)
    if member is None:
        raise KeyError(name)
    return member


async def _load(store: Store, table: Table[Any], archive: tarfile.TarFile, extent: Extent, path: Path) -> None:
    rows = _rows(table, _member(archive, table.name))
    loaded, last = 0, None
    while batch := list(islice(rows, ROWS_A_COMMIT)):
        await store.commit(Put(table, row) for row in batch)
        loaded, last = loaded + len(batch), batch[-1]
    if loaded != extent.rows:
        raise DamagedError(f"{path} has {loaded} of {extent.rows} rows of {table.name}; use another backup")
    if last is not None and max(last.id, 0) < extent.highest:
        spent = msgspec.structs.replace(last, id=extent.highest)
        await store.commit([Put(table, spent)])
        await store.commit([Delete(table, spent.id)])


def _rows(table: Table[Any], file: IO[bytes]) -> Iterator[Any]:
    decode = msgspec.json.Decoder(table.type).decode
    return (decode(line) for line in file if line.strip())
