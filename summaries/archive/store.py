"""What any store of the desk must do. `commit` is the only write; everything else is a question.

Tables hold frozen structs with an integer `id`. A commit is all or nothing over every table, durable when it returns,
and numbered; derived things (search, keys, vectors) remember the number that they have seen.
"""

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Generic, Literal, Protocol, TypeVar

from summaries.models import Briefing, Filed, Person, Question


class Row(Protocol):
    """A frozen struct with an `id`."""

    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=Row)
Layout = Literal["day", "single"]


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table's name, the type of its rows, and how its checkpoints are cut.

    "day": rows are filed under the UTC day on which they were first committed, in files that stop growing at a bound;
    for rows that come by the thousand, with ids that rise. "single": one small file.
    """

    name: str
    type: type[R]
    layout: Layout


BRIEFINGS: Table[Briefing] = Table("briefings", Briefing, "day")
ARTICLES: Table[Filed] = Table("articles", Filed, "day")
PEOPLE: Table[Person] = Table("people", Person, "single")
QUESTIONS: Table[Question] = Table("questions", Question, "single")

TABLES = (BRIEFINGS, ARTICLES, PEOPLE, QUESTIONS)


@dataclass(frozen=True)
class Put(Generic[R]):
    """Write a row under its id, new or in place of the old one."""

    table: Table[R]
    row: R


@dataclass(frozen=True)
class Delete(Generic[R]):
    """Take a row out. Its id is never given again."""

    table: Table[R]
    id: int


Change = Put | Delete  # of any table


class Store(Protocol):
    """Opened by `open_store`; one writer at a time, readers beside it."""

    @property
    def sequence(self) -> int:
        """The number of the last commit that this process can see; 0 before the first."""
        ...

    @property
    def readonly(self) -> bool: ...

    def next_id(self, table: Table[R]) -> int:
        """A fresh id: higher than any that was ever committed or given out in this table."""
        ...

    async def commit(self, changes: Iterable[Change]) -> int:
        """Write all of `changes` or none. Returns the commit's number once it is on the disk.

        Raises `DiskError` where the disk refuses: then nothing of it is kept, and earlier commits stand.
        """
        ...

    async def get(self, table: Table[R], id: int) -> R | None: ...

    async def newest(self, table: Table[R], limit: int, *, below: int | None = None) -> list[R]:
        """Up to `limit` rows, highest id first, all with ids under `below` where it is given."""
        ...

    def rows(self, table: Table[R], *, above: int = 0) -> AsyncIterator[R]:
        """Every row with an id over `above`, lowest id first, in memory bounded by one file."""
        ...

    def count(self, table: Table[R]) -> int: ...

    def highest(self, table: Table[R]) -> int:
        """The highest id that was ever committed in the table; 0 before the first."""
        ...

    def changed_since(self, table: Table[R], sequence: int) -> list[int] | None:
        """Ids put or deleted by commits after `sequence`, in the order of their last change, each once.

        None where the store no longer remembers that far back: then only reading every row tells.
        """
        ...

    async def close(self) -> None:
        """Checkpoint what the journal holds, and let go of the lock."""
        ...
