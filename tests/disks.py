"""Disks that refuse, or that remember every moment."""

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


def tree(directory: Path) -> dict[str, bytes]:
    """Every file's bytes by its path under `directory`."""
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def plant(directory: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


class Remembering(Careless):
    """Copies the directory before each thing that it does: the states in which a dying process may leave it."""

    def __init__(self, directory: Path, remember: Callable[[dict[str, bytes]], None]) -> None:
        self._directory = directory
        self._remember = remember

    def write(self, handle: int, data: bytes) -> int:
        self._remember(tree(self._directory))
        return super().write(handle, bytes(data[: max(1, len(data) // 2)]))

    def sync(self, handle: int) -> None:
        self._remember(tree(self._directory))

    def remove(self, path: Path) -> None:
        self._remember(tree(self._directory))
        super().remove(path)
