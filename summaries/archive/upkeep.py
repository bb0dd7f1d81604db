"""What a search needs of the index, whoever keeps it: `keeper.py` where the archive is written, else `follower.py`."""

from dataclasses import dataclass
from typing import Protocol

from summaries.archive.index_folder import Snapshot
from summaries.archive.store import BRIEFINGS, Store


@dataclass(frozen=True)
class View:
    """One index to be searched, without the ids that another view has newer."""

    snapshot: Snapshot
    hidden: frozenset[int] = frozenset()


class Upkeep(Protocol):
    async def views(self) -> tuple[View, ...]:
        """What to search now."""
        ...

    @property
    def share(self) -> int | None:
        """Per cent of the archive that `views` hold, by ids; None where it is all there."""
        ...

    @property
    def seen(self) -> int:
        """The commit of the store up to which everything is there; 0 while not even a first reading is."""
        ...

    def wake(self) -> None:
        """Something was committed: look soon."""
        ...

    async def ready(self) -> None:
        """Wait until all that was committed before this call can be found, or until it is certain that it cannot."""
        ...

    def distrust(self) -> None:
        """A search failed in a way that only a damaged index explains."""
        ...

    async def close(self) -> None: ...


def share_of(snapshot: Snapshot, store: Store) -> int | None:
    """Per cent of the ids that an index has read; None where it has read them all, of whatever commit."""
    if snapshot.mark.complete or not snapshot.mark.fresh:  # what is read again is still there from before
        return None
    return min(99, 100 * snapshot.mark.above // max(1, store.highest(BRIEFINGS)))
