"""Where the rows of a table lie: its files in order of ids, what each holds, and what the journal has beyond them.

Everything here is a function of the manifest and of the journal's records in order, and of nothing else. That makes a
checkpoint repeatable: one that was cut off is done again after the restart with the same rows in the same files, so
that nothing is lost and nothing is in two files.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any

from summaries.archive.ids import Ids
from summaries.archive.manifest import FileEntry, TableEntry
from summaries.archive.store import Table

ROWS_PER_FILE = 2_000
BYTES_PER_FILE = 1 << 20
"""A file is read whole, which holds the interpreter for about a millisecond a megabyte."""
FIRST_SHARD = "0001.json"
REMEMBERED = 250_000
"""Changes of a table that `changed_since` can name, at 16 bytes each."""


class Part:
    """One file's share of a table: ids from `low` up to the next part's, and their rows that the file lacks."""

    __slots__ = (
        *("_entry", "filed", "flushing", "ids", "low", "name", "origin", "packs", "parted", "recent", "stored"),
        *("version", "weight"),
    )

    def __init__(self, name: str, low: int) -> None:
        self.name = name
        self.low = low
        self.filed = 0
        self.weight = 0
        self.ids = Ids()
        self.recent: dict[int, bytes | None] = {}
        self.flushing: dict[int, bytes | None] = {}
        self.stored = False
        """Whether there is a file, whose rows count where neither `recent` nor `flushing` has the id."""
        self.version = 0
        self.origin = ""
        """The file in which its rows lie until it has one of its own, where it is a piece of a shard."""
        self.parted = False
        """Whether others have taken its place."""
        self.packs = False
        """Whether its ids are packed in the manifest."""
        self._entry: FileEntry | None = None

    @classmethod
    def from_entry(cls, entry: FileEntry) -> "Part":
        part = cls(entry.name, entry.low)
        part.filed, part.weight = entry.filed, entry.weight
        part.ids = Ids.unpacked(entry.packed) if entry.packed else Ids(entry.runs)
        part.stored, part._entry = True, entry
        return part

    def entry(self) -> FileEntry:
        if self._entry is None:
            runs, packed = ((), self.ids.packed()) if self.packs else (self.ids.runs(), "")
            self._entry = FileEntry(self.name, self.low, self.filed, self.weight, runs, packed)
        return self._entry

    @property
    def lies(self) -> str:
        """The name of the file in which its rows are."""
        return self.origin or self.name

    def written(self, weight: int) -> None:
        """Its file has all that was `flushing`, and this many bytes."""
        if self.packs:
            self.weight, self._entry = weight, None
        self.flushing, self.stored, self.origin = {}, True, ""
        self.version += 1

    def fresh(self, id: int) -> bytes | None:
        """The row if it is newer than the file's."""
        return self.recent[id] if id in self.recent else self.flushing.get(id)

    def change(self, id: int, row: bytes | None) -> None:
        self.recent[id] = row
        self._entry = None

    @property
    def full(self) -> bool:
        return self.filed >= ROWS_PER_FILE or self.weight >= BYTES_PER_FILE

    @property
    def day(self) -> str:
        return self.name[:10]

    @property
    def number(self) -> int:
        return int(self.name[11:-5] or 1)


class ChangeLog:
    """The ids that commits changed, by the commits' numbers, as far back as `floor`."""

    def __init__(self) -> None:
        self.floor = 0
        self._sequences = array("q")
        self._ids = array("q")

    def forget(self, upto: int) -> None:
        self.floor = upto
        del self._sequences[:], self._ids[:]

    def record(self, sequence: int, id: int) -> None:
        self._sequences.append(sequence)
        self._ids.append(id)
        if len(self._ids) > 2 * REMEMBERED:
            keep = bisect_right(self._sequences, self._sequences[-REMEMBERED])
            self.floor = self._sequences[keep - 1]
            del self._sequences[:keep], self._ids[:keep]

    def since(self, sequence: int) -> list[int] | None:
        if sequence < self.floor:
            return None
        changed = self._ids[bisect_right(self._sequences, sequence) :]
        return list(dict.fromkeys(reversed(changed)))[::-1]


class Placement:
    """One table."""

    def __init__(self, table: Table[Any], entry: TableEntry | None = None) -> None:
        self.table = table
        self.parts = [Part.from_entry(file) for file in entry.files] if entry else []
        self.highest = entry.highest if entry else 0
        self.given = self.highest
        self.count = sum(len(part.ids) for part in self.parts)
        self.numbered = 0
        """The highest number that the name of a shard has had in this process or in the manifest."""
        self.log = ChangeLog()
        self._lows = [part.low for part in self.parts]
        for part in self.parts:
            part.packs = table.layout == "shard"

    @property
    def used(self) -> bool:
        return bool(self.highest or self.parts)

    def next_id(self) -> int:
        self.given = max(self.given, self.highest) + 1
        return self.given

    def by_day(self) -> dict[date, int]:
        """How many rows each day's files have."""
        found = dict[date, int]()
        for part in self.parts:
            day = date.fromisoformat(part.day)
            found[day] = found.get(day, 0) + len(part.ids)
        return found

    def part_of(self, id: int) -> Part | None:
        """The part that has the row."""
        part = self._part_for(id)
        return part if part is not None and id in part.ids else None

    def apply(self, id: int, row: bytes | None, day: int) -> None:
        """A commit's put of an encoded row, or deletion. `day` is the commit's, UTC, as a proleptic ordinal."""
        if row is None:
            self._take_out(id)
        else:
            self._put(id, row, day)

    def down(self, below: int | None) -> Iterator[int]:
        """Ids from the highest, all under `below`."""
        end = len(self.parts) if below is None else bisect_left(self._lows, below)
        for place in range(end - 1, -1, -1):
            yield from self.parts[place].ids.below(below)
        if not end and self.parts and below is not None:
            yield from self.parts[0].ids.below(below)

    def next_part(self, above: int | None) -> tuple[Part, list[int]] | None:
        """The first part with ids over `above`, and those ids, lowest first."""
        start = 0 if above is None else max(bisect_right(self._lows, above) - 1, 0)
        for part in self.parts[start:]:
            ids = part.ids.above(above)
            if ids:
                return part, ids
        return None

    def clear_out(self) -> list[Part]:
        """Forget the parts that hold nothing any more, and name them."""
        empty = [part for part in self.parts if not part.ids]
        if empty:
            self.rearrange([part for part in self.parts if part.ids])
        return empty

    def rearrange(self, parts: list[Part]) -> None:
        """Have these parts from now on, in order, with all rows of those before."""
        self.parts = parts
        self._lows = [part.low for part in parts]

    def entry(self) -> TableEntry:
        return TableEntry(self.highest, tuple(part.entry() for part in self.parts))

    def _part_for(self, id: int) -> Part | None:
        """Where the row is if it is anywhere. Ids under the first part's low are the first part's too."""
        return self.parts[max(bisect_right(self._lows, id) - 1, 0)] if self.parts else None

    def _take_out(self, id: int) -> None:
        part = self.part_of(id)
        if part is not None:
            part.change(id, None)
            part.ids.remove(id)
            self.count -= 1

    def _put(self, id: int, row: bytes, day: int) -> None:
        part = self._part_for(id) if id <= self.highest else None
        if part is None:
            part = self._open_part(id, day)
        if id not in part.ids:
            part.ids.add(id)
            part.filed += 1
            part.weight += len(row)
            self.count += 1
        part.change(id, row)
        self.highest = max(self.highest, id)

    def _open_part(self, id: int, day: int) -> Part:
        """The last part, or a new one where the day is another or the last is full."""
        last = self.parts[-1] if self.parts else None
        if self.table.layout == "single":
            return last or self._add_part(f"{self.table.name}.json", id)
        if self.table.layout == "shard":
            return last or self._add_part(FIRST_SHARD, id)
        today = date.fromordinal(day).isoformat()
        if last is None or last.day < today:
            return self._add_part(f"{today}.json", id)
        if last.full:
            return self._add_part(f"{last.day}.{last.number + 1}.json", id)
        return last  # also for a clock that went back: days never do

    def _add_part(self, name: str, id: int) -> Part:
        part = Part(name, id)
        part.packs = self.table.layout == "shard"
        self.parts.append(part)
        self._lows.append(part.low)
        return part
