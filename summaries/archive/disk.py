"""What the archive does to a disk: whole writes, syncs, replacing a file in one step, and the writer's lock."""

import errno
import fcntl
import os
from collections.abc import Iterable
from pathlib import Path

from summaries.errors import DiskError, LockedError

CHUNK = 1 << 16
"""Bytes handed to the system at once. Each write lets go of the interpreter, so a long file never holds up the loop."""


class Disk:
    """The system calls that can be refused, in one place, so that a full disk can be tried without one."""

    def write(self, handle: int, data: bytes) -> int:
        return os.write(handle, data)

    def sync(self, handle: int) -> None:
        os.fsync(handle)

    def remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)

    def truncate(self, handle: int, length: int) -> None:
        os.ftruncate(handle, length)

    def write_all(self, handle: int, data: bytes) -> None:
        """Write every byte, in as many calls as the system wants. Raises `OSError`."""
        view = memoryview(data)
        while view:
            view = view[self.write(handle, view) :]  # type: ignore[arg-type]  # any buffer will do

    def sync_directory(self, directory: Path) -> None:
        """Make the names in `directory` durable: a file's own fsync does not cover its entry (fsync(2))."""
        handle = os.open(directory, os.O_RDONLY)
        try:
            self.sync(handle)
        finally:
            os.close(handle)

    def make_directory(self, path: Path) -> None:
        """Make it and what is missing above it, durably."""
        if path.is_dir():
            return
        self.make_directory(path.parent)
        path.mkdir(exist_ok=True)
        self.sync_directory(path.parent)

    def replace(self, path: Path, pieces: Iterable[bytes]) -> None:
        """Put `pieces` in place of the file at `path`: after a crash it is the old one or the new one, never half.

        The directory entry is not synced yet: callers sync a directory once for many files. Raises `OSError`, and
        leaves the old file and no other.
        """
        self.make_directory(path.parent)
        draft = path.with_name(path.name + ".tmp")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            try:
                for piece in pieces:
                    self.write_all(handle, piece)
                self.sync(handle)
            finally:
                os.close(handle)
            os.replace(draft, path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise


def size_of(directory: Path) -> int:
    """The bytes of all files under a directory. What goes while it is looked at counts for nothing."""
    total, waiting = 0, [str(directory)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        total += entry.stat(follow_symlinks=False).st_size
        except FileNotFoundError:
            continue
    return total


def refusal(error: OSError, place: Path) -> DiskError:
    """The error as one line with its mend."""
    named = error.filename or place
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskError(f"the disk of {named} is full: free some space and do it again; nothing that was kept is lost")
    if error.errno == errno.EFBIG:
        return DiskError(f"{named} may not grow: raise the limit on file sizes (ulimit -f) and do it again")
    if error.errno == errno.EROFS:
        return DiskError(f"{named} is on a read-only disk: mount it for writing or name another --data directory")
    if error.errno in (errno.EACCES, errno.EPERM):
        return DiskError(f"{named} may not be opened by this user: mend its owner or mode (chown, chmod)")
    return DiskError(f"{named}: {error.strerror or error}: mend the disk or name another --data directory")


class Lock:
    """The one writer's `flock` on a file that holds its process id. The system lets go of it when the process ends."""

    def __init__(self, path: Path) -> None:
        """Raises `LockedError`, which names the holder, and `OSError`."""
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(self._handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._handle)
            raise LockedError(f"{path.parent} is in use by process {holder}: stop that one first") from None
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, f"{os.getpid()}\n".encode(), 0)

    def release(self) -> None:
        os.close(self._handle)
