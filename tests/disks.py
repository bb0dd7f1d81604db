"""Disks that refuse, or that remember every moment."""

import shutil
from collections.abc import Callable
from pathlib import Path

from summaries.archive.disk import Disk


class Refusing(Disk):
    """Writes only `left` bytes more, then says what a full disk says; may fail to sync or to truncate, too."""

    def __init__(self) -> None:
        self.left = 1 << 40
        self.syncs = self.truncates = True

    def mend(self) -> None:
        self.left, self.syncs, self.truncates = 1 << 40, True, True

    def write(self, handle: int, data: bytes) -> int:
        if not self.left:
            raise OSError(28, "No space left on device")
        written = super().write(handle, bytes(data[: self.left]))
        self.left -= written
        return written

    def sync(self, handle: int) -> None:
        if not self.syncs:
            raise OSError(5, "Input/output error")
        super().sync(handle)

    def truncate(self, handle: int, length: int) -> None:
        if not self.truncates:
            raise OSError(5, "Input/output error")
        super().truncate(handle, length)


class Careless(Disk):
    """Never waits for the disk, for tests in which only the process dies."""

    def sync(self, handle: int) -> None:
        pass


class Remembering(Careless):
    """Copies the directory before each thing that it does: the states in which a dying process may leave it."""

    def __init__(self, directory: Path, copies: Path, remember: Callable[[Path], None]) -> None:
        self._directory = directory
        self._copies = copies
        self._remember = remember
        self._taken = 0

    def _copy(self) -> None:
        copy = self._copies / str(self._taken)
        self._taken += 1
        shutil.copytree(self._directory, copy)
        self._remember(copy)

    def write(self, handle: int, data: bytes) -> int:
        self._copy()
        half = max(1, len(data) // 2)
        return super().write(handle, bytes(data[:half]))

    def sync(self, handle: int) -> None:
        self._copy()

    def remove(self, path: Path) -> None:
        self._copy()
        super().remove(path)
