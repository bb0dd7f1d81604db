"""The floors as kept in floors.toml: what is measured, on which bytes, and what it must not fall through."""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

FLOORS = Path(__file__).with_name("floors.toml")
HEADER = """\
# What `make gate` holds. `python -m tests.gate --pin` writes this file anew: stricter where the figures are better.
# Loosening takes `--pin --lower`, and a line under "Unreleased" in CHANGELOG.md that names the data.
"""

Figures = Mapping[str, Mapping[str, float]]
"""Data → metric → what was measured."""

MARGINS = {
    "r1": 0.3,
    "dangling": 0.3,
    "duplicate": 0.3,
    "boilerplate": 0.3,
    "f1 ratio": 0.003,
    "event f1": 0.002,
    "story f1": 0.002,
}
"""How far from what was measured a floor is pinned: less than a reader notices, more than another machine rounds.
ROUGE-1 and shares of summaries in per cent; the F1 of pages as a ratio to trafilatura's in the same run; BCubed F1 of
events and stories."""
_MOST = frozenset({"dangling", "duplicate", "boilerplate"})


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
        """Raises `ValueError` where the floor has none, or two."""
        if self.least is not None and self.most is None:
            return self.least
        if self.most is not None and self.least is None:
            return self.most
        raise ValueError(f"{self.name}: a floor has either `least` or `most`")

    @property
    def sign(self) -> str:
        return "≥" if self.least is not None else "≤"

    def holds(self, figure: float) -> bool:
        return figure >= self.limit if self.least is not None else figure <= self.limit

    def loosened(self, other: "Floor") -> bool:
        """Is `other` easier to pass than this one?"""
        if (self.least is None) != (other.least is None):
            return True
        return other.limit < self.limit if self.least is not None else other.limit > self.limit


class RefusedError(Exception):
    """Floors would fall, and nobody said so."""


def read_floors(path: Path = FLOORS) -> list[Floor]:
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8"))["floor"], list[Floor])


def write_floors(floors: Sequence[Floor], path: Path = FLOORS) -> None:
    rows = (
        f'[[floor]]\ndata = "{floor.data}"\nmetric = "{floor.metric}"\n'
        f"{'least' if floor.least is not None else 'most'} = {floor.limit}\n"
        f'sha256 = "{floor.sha256}"\n'
        for floor in floors
    )
    path.write_text(HEADER + "\n" + "\n".join(rows), encoding="utf-8")


def digest(path: Path) -> str:
    """SHA-256 of a file, or of a folder's files in the order of their names."""
    files = [path] if path.is_file() else sorted(entry for entry in path.rglob("*") if entry.is_file())
    total = hashlib.sha256()
    for file in files:
        total.update(file.read_bytes())
    return total.hexdigest()


def complaint(floor: Floor, figures: Figures, folder: Path) -> str:
    """Why the floor does not hold, in one line; empty where it does."""
    if not (folder / floor.data).exists():
        return f"{floor.data} is not in {folder}"
    if digest(folder / floor.data) != floor.sha256:
        return (
            f"{floor.data} is not the data on which this floor was pinned, so its figure says nothing; "
            "pin anew with: python -m tests.gate --pin --lower"
        )
    figure = figures.get(floor.data, {}).get(floor.metric)
    if figure is None:
        return f"{floor.name} was not measured: the scorer of {floor.data} said nothing of it"
    return "" if floor.holds(figure) else f"{floor.name} is {figure:.3f}, and must be {floor.sign} {floor.limit}"


def pinned(old: Sequence[Floor], figures: Figures, digests: Mapping[str, str], *, lower: bool = False) -> list[Floor]:
    """The floors for what was measured now: the stricter of old and new, or the new ones with `lower`.

    On other data than before an old floor says nothing, so what takes its place counts as loosened.
    """
    before = {(floor.data, floor.metric): floor for floor in old}
    made = [
        _floor(data, metric, figure, digests[data]) for data, row in figures.items() for metric, figure in row.items()
    ]
    kept = []
    for floor in made:
        known = before.get((floor.data, floor.metric))
        keeps = known is not None and known.loosened(floor) and known.sha256 == floor.sha256 and not lower
        kept.append(known if known is not None and keeps else floor)
    return kept


def _floor(data: str, metric: str, figure: float, sha256: str) -> Floor:
    margin = MARGINS[metric]
    digits = 3 if margin < 0.01 else 1
    if metric in _MOST:
        return Floor(data, metric, sha256, most=round(figure + margin, digits))
    return Floor(data, metric, sha256, least=round(figure - margin, digits))


def fallen(old: Sequence[Floor], new: Sequence[Floor]) -> list[Floor]:
    """The old floors that the new ones loosen, drop, or move to other data."""
    now = {(floor.data, floor.metric): floor for floor in new}
    lost = []
    for floor in old:
        other = now.get((floor.data, floor.metric))
        if other is None or floor.loosened(other) or floor.sha256 != other.sha256:
            lost.append(floor)
    return lost


def agree(lost: Sequence[Floor], changelog: str, *, lower: bool) -> None:
    """Raises `RefusedError` unless every loosened floor was asked for, and told of under "Unreleased"."""
    if not lost:
        return
    if not lower:
        names = ", ".join(floor.name for floor in lost)
        raise RefusedError(
            f"these floors would fall: {names}. If that is meant, add --lower and a line to CHANGELOG.md"
        )
    told = _unreleased(changelog)
    silent = sorted({floor.data for floor in lost if Path(floor.data).stem not in told})
    if silent:
        raise RefusedError(f'CHANGELOG.md says nothing under "Unreleased" of {", ".join(silent)}')


def _unreleased(changelog: str) -> str:
    found = re.search(r"^## Unreleased\s*$(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return found[1] if found else ""
