"""What any store of the desk must do. `commit` is the only write; everything else is a question.

Tables hold frozen structs with an integer `id`. A commit is all or nothing over every table, durable when it returns,
and numbered; derived things (search, keys, vectors) remember the number that they have seen.
"""

from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Generic, Literal, Protocol, TypeVar

import msgspec

from summaries.errors import ConfigError
from summaries.models import (
    Briefing,
    Broadcast,
    Delivery,
    Event,
    Filed,
    Instant,
    Ledger,
    Notice,
    Person,
    Question,
    Reader,
    Seen,
    Source,
    Story,
    Subscriber,
    Tally,
    Told,
)


class Row(Protocol):
    """A frozen struct with an `id`."""

    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=Row)
Layout = Literal["day", "single", "shard"]


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table's name, the type of its rows, and how its checkpoints are cut.

    "day": rows are filed under the UTC day on which they were first committed, in files that stop growing at a bound;
    for rows that come by the thousand, with ids that rise. "shard": rows lie in files by ranges of ids, one of which is
    parted in two or more when it has grown too large; for as many rows, with ids that come in any order (Telegram's).
    "single": one small file. Ids are 64-bit and never 0; negative ones (a group's chat id) are as good as others. The
    answers of a store, and their order, are the same for every layout.
    """

    name: str
    type: type[R]
    layout: Layout


BRIEFINGS: Table[Briefing] = Table("briefings", Briefing, "day")
ARTICLES: Table[Filed] = Table("articles", Filed, "day")
EVENTS: Table[Event] = Table("events", Event, "day")
STORIES: Table[Story] = Table("stories", Story, "day")
PEOPLE: Table[Person] = Table("people", Person, "shard")
QUESTIONS: Table[Question] = Table("questions", Question, "single")
SOURCES: Table[Source] = Table("sources", Source, "single")
SEEN: Table[Seen] = Table("seen", Seen, "day")
NOTICES: Table[Notice] = Table("notices", Notice, "single")
READERS: Table[Reader] = Table("readers", Reader, "shard")
SUBSCRIBERS: Table[Subscriber] = Table("subscribers", Subscriber, "shard")
TOLD: Table[Told] = Table("told", Told, "shard")
OUTBOX: Table[Delivery] = Table("outbox", Delivery, "day")
BROADCASTS: Table[Broadcast] = Table("broadcasts", Broadcast, "single")
LEDGER: Table[Ledger] = Table("ledger", Ledger, "single")
TALLIES: Table[Tally] = Table("tallies", Tally, "single")


class Tombstone(msgspec.Struct, frozen=True):
    """What stays of a briefing that was taken out: its id, and the keys by which its article is still recognised."""

    id: int
    keys: tuple[int, ...]
    withdrawn: Instant


TOMBSTONES: Table[Tombstone] = Table("tombstones", Tombstone, "day")

TABLES: tuple[Table[Any], ...] = (
    BRIEFINGS,
    ARTICLES,
    EVENTS,
    STORIES,
    PEOPLE,
    QUESTIONS,
    TOMBSTONES,
    SOURCES,
    SEEN,
    NOTICES,
    READERS,
    SUBSCRIBERS,
    TOLD,
    OUTBOX,
    BROADCASTS,
    LEDGER,
    TALLIES,
)


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


Change = Put[Any] | Delete[Any]


class Store(Protocol):
    """Opened by `open_store`; one writer at a time, readers beside it."""

    @property
    def sequence(self) -> int:
        """The number of the last commit that this process can see; 0 before the first."""
        ...

    @property
    def readonly(self) -> bool: ...

    def next_id(self, table: Table[R]) -> int:
        """A fresh id: higher than any that was ever committed in this table, or given out since it was opened."""
        ...

    async def commit(self, changes: Iterable[Change]) -> int:
        """Write all of `changes` or none. Returns the commit's number once it is on the disk.

        Nothing of it is visible before it is on the disk, all of it when this returns. Raises `DiskError` where the
        disk refuses: then nothing of it is kept, and earlier commits stand. A caller that is cancelled while it waits
        does not take the commit back.
        """
        ...

    async def get(self, table: Table[R], id: int) -> R | None: ...

    async def newest(self, table: Table[R], limit: int, *, below: int | None = None) -> list[R]:
        """Up to `limit` rows, highest id first, all with ids under `below` where it is given."""
        ...

    def rows(self, table: Table[R], *, above: int | None = None) -> AsyncIterator[R]:
        """Every row, or those with an id over `above`, lowest id first, in memory bounded by one file.

        A row that is committed meanwhile is met if its turn has not passed yet.
        """
        ...

    def count(self, table: Table[R]) -> int: ...

    def by_day(self, table: Table[R]) -> dict[date, int]:
        """Of a table that is laid out by days: how many of its rows were first committed on each UTC day.

        Reads no row. Days without any are left out, and no order is promised.
        """
        ...

    async def size(self) -> int:
        """The bytes that everything takes where it is kept, with what is derived from it."""
        ...

    def highest(self, table: Table[R]) -> int:
        """The highest id that was ever committed in the table; 0 before the first."""
        ...

    def changed_since(self, table: Table[R], sequence: int) -> list[int] | None:
        """Ids put or deleted by commits after `sequence`, in the order of their last change, each once.

        None where the store no longer remembers that far back: then only reading every row tells.
        """
        ...

    def retain(self, lowest: Callable[[], int]) -> None:
        """Ask that `changed_since` go on answering for sequences from `lowest()` on, also after a restart.

        For derived things: `lowest` gives the number that they have seen *and saved*. Held to within a bound of disk,
        past which `changed_since` gives None and they rebuild themselves.
        """
        ...

    async def close(self) -> None:
        """Checkpoint what the journal holds, and let go of the lock."""
        ...


async def open_store(url: str, *, readonly: bool = False) -> Store:
    """Open the store that `url` names: "tinydb:DIRECTORY", which is made where it is missing.

    With `readonly` no lock is taken, so a writer may run beside it; what it commits later is not seen, and a missing
    desk is an error. Raises `ConfigError` for another kind of URL, `LockedError` where another process writes,
    `ForeignError` where the directory is not ours or too new, `DamagedError` and `DiskError` where it can't be read.
    """
    from summaries.archive.tiny import TinyStore  # it imports this module

    return await TinyStore.open(_directory(url), readonly=readonly)


def _directory(url: str) -> Path:
    scheme, _, place = url.partition(":")
    if scheme != "tinydb" or not place:
        raise ConfigError(f'store url "{url}" is not known: write tinydb:DIRECTORY, such as tinydb:data')
    return Path(place).expanduser()
