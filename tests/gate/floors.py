"""The floors as kept in floors.toml: what is measured, on which bytes, and what it must not fall below (or rise above)."""

import hashlib
import tomllib
from pathlib import Path

import msgspec

FLOORS = Path(__file__).with_name("floors.toml")


class Floor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure of a data set. Exactly one of `least` and `most` is given."""

    data: str
    metric: str
    sha256: str
    least: float | None = None
    most: float | None = None

    @property
    def name(self) -> str:
        return f"{Path(self.data).stem} {self.metric}"

    @property
    def limit(self) -> float:
        if (self.least is None) == (self.most is None):
            raise ValueError(f"{self.name}: a floor has either `least` or `most`")
        return self.least if self.least is not None else self.most  # type: ignore[return-value]

    def holds(self, figure: float) -> bool:
        return figure >= self.limit if self.least is not None else figure <= self.limit

    def loosened(self, other: "Floor") -> bool:
        """Is `other` easier to pass than this one?"""
        if (self.least is None) != (other.least is None):
            return True
        return other.limit < self.limit if self.least is not None else other.limit > self.limit


def read_floors(path: Path = FLOORS) -> list[Floor]:
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf8"))["floor"], list[Floor])


def digest(path: Path) -> str:
    """SHA-256 of a file, or of a folder's files in the order of their names."""
    files = [path] if path.is_file() else sorted(entry for entry in path.rglob("*") if entry.is_file())
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()
