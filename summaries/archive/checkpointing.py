"""When and how the TinyDB files follow the journal: files first, then the manifest, and then old segments go."""

import asyncio
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from summaries.archive import manifest as manifests
from summaries.archive.checkpoints import make_file, merge_file, read_file
from summaries.archive.disk import Disk, refusal
from summaries.archive.journal import Journal, drop_segments
from summaries.archive.manifest import Manifest
from summaries.archive.opening import JOURNAL, Opened
from summaries.archive.placement import Part, Placement
from summaries.archive.shards import outgrown
from summaries.archive.store import Table
from summaries.errors import ArchiveError

UNSAVED_BOUND = 4 << 20
"""Bytes of rows that only the journal has at which a checkpoint begins."""
UNSAVED_LIMIT = 16 * UNSAVED_BOUND
"""Bytes at which commits wait for the checkpoint that runs: an import faster than the disk must not fill the memory."""
UNSAVED_SECONDS = 600.0
"""Seconds after which a checkpoint begins on a quiet desk, so that its files can be looked at."""
RETRY_SECONDS = 30.0
RETAINED_BOUND = 64 << 20
"""Bytes of journal that are kept for derived things that lag."""

log = logging.getLogger(__name__)


def part_path(directory: Path, table: Table[Any], name: str) -> Path:
    """Where a file lies. That of a table of shards may still lie where older versions kept it whole."""
    single = table.layout == "single" or name == f"{table.name}.json"
    return directory / name if single else directory / table.name / name


@dataclass
class _File:
    """`origin` and `ids` say where a piece of a shard finds its rows; `anew` that nothing of what is there stays."""

    path: Path
    table: str
    part: Part
    changes: dict[int, bytes | None]
    anew: bool = False
    origin: Path | None = None
    ids: frozenset[str] = frozenset()
    weight: int = 0

    def write(self, disk: Disk) -> None:
        if self.anew:
            rows = read_file(self.origin, self.table) if self.origin else {}
            make_file(self.path, self.table, {id: rows[id] for id in self.ids & rows.keys()}, self.changes, disk)
        else:
            merge_file(self.path, self.table, self.changes, disk)
        self.weight = self.path.stat().st_size


@dataclass
class _Plan:
    """A checkpoint as decided on the loop: everything that its thread needs, and nothing that changes meanwhile."""

    manifest: Manifest
    unsaved: int
    wanted: int
    files: list[_File] = field(default_factory=list)
    emptied: dict[tuple[str, str], Path] = field(default_factory=dict)
    outgrown: set[Path] = field(default_factory=set)


class Checkpointer:
    def __init__(
        self,
        directory: Path,
        opened: Opened,
        journal: Journal[Any],
        disk: Disk,
        replaced: Callable[[str], None],
    ) -> None:
        """`replaced` is told the name of each file that has new contents ("briefings/2026-11-21.json")."""
        self._directory = directory
        self._opened = opened
        self._journal = journal
        self._disk = disk
        self._replaced = replaced
        self._loop = asyncio.get_running_loop()
        self._one_at_a_time = asyncio.Lock()
        self._one_thread = threading.Lock()
        self._lowest: list[Callable[[], int]] = []
        self._emptied: set[tuple[str, str]] = set()
        self._outgrown: set[Path] = set()
        self._running: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._not_before = 0.0

    def retain(self, lowest: Callable[[], int]) -> None:
        self._lowest.append(lowest)

    def consider(self) -> None:
        """Begin a checkpoint if one is due. Called after every batch of commits."""
        if self._timer is None:
            self._timer = self._loop.call_later(UNSAVED_SECONDS, self._begin)
        due = self._opened.unsaved >= UNSAVED_BOUND and self._loop.time() >= self._not_before
        if due and not (self._running and not self._running.done()):
            self._begin()

    async def room(self) -> None:
        """Wait while a checkpoint runs and too much is only in the journal and in memory."""
        while self._opened.unsaved >= UNSAVED_LIMIT and self._running and not self._running.done():
            await asyncio.wait({self._running})

    async def checkpoint(self) -> None:
        """Raises `DiskError`, `DamagedError`. A cancelled caller does not stop it."""
        await asyncio.shield(self._loop.create_task(self._checkpoint()))

    async def close(self) -> None:
        """A last checkpoint. If it is refused, the journal still has everything."""
        self._stop_timer()
        await asyncio.shield(self._loop.create_task(self._try()))

    def _begin(self) -> None:
        self._stop_timer()
        self._running = self._loop.create_task(self._try())

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    async def _try(self) -> None:
        try:
            await self._checkpoint()
        except ArchiveError as error:
            self._not_before = self._loop.time() + RETRY_SECONDS
            log.warning("Checkpoint put off, the journal keeps everything: %s", error)

    async def _checkpoint(self) -> None:
        async with self._one_at_a_time:
            if self._opened.sequence == self._opened.saved:
                return
            plan = self._plan()
            try:
                await asyncio.to_thread(self._write, plan)
            except OSError as error:
                raise refusal(error, self._directory) from error
            self._settle(plan)
            await asyncio.to_thread(self._remove, plan.outgrown)  # now that nobody reads there any more

    def _plan(self) -> _Plan:
        """What is to be written for the state of this moment. Rows in `flushing` go on being read from there."""
        placements = self._opened.placements
        self._journal.append([])
        for placement in placements.values():
            self._outgrown |= {part_path(self._directory, placement.table, name) for name in outgrown(placement)}
            self._emptied |= {(placement.table.name, part.name) for part in placement.clear_out()}
        entries = {name: placement.entry() for name, placement in placements.items() if placement.used}
        manifest = Manifest(sequence=self._opened.sequence, tables=entries)
        wanted = min([lowest() for lowest in self._lowest], default=manifest.sequence)
        plan = _Plan(manifest, self._opened.unsaved, wanted)
        for placement in placements.values():
            changed = (part for part in placement.parts if part.recent or part.flushing or part.origin)
            plan.files += [self._file(placement, part) for part in changed]
        for table in {table for table, _ in self._emptied}:
            self._emptied -= {(table, part.name) for part in placements[table].parts}  # the name was given again
        plan.emptied = {key: part_path(self._directory, placements[key[0]].table, key[1]) for key in self._emptied}
        plan.outgrown = set(self._outgrown)
        return plan

    def _file(self, placement: Placement, part: Part) -> _File:
        part.flushing = {**part.flushing, **part.recent}  # of a checkpoint that was refused, and since then
        part.recent = {}
        path = part_path(self._directory, placement.table, part.name)
        file = _File(path, placement.table.name, part, part.flushing)
        file.anew = part.packs and (not part.stored or bool(part.origin))
        if part.origin:
            file.origin = part_path(self._directory, placement.table, part.origin)
            file.ids = frozenset(map(str, part.ids))
        return file

    def _write(self, plan: _Plan) -> None:
        """In a thread; never two, and never an older one after a newer, though their callers were cancelled."""
        with self._one_thread:
            if plan.manifest.sequence <= self._opened.saved:
                return
            for (table, _), path in plan.emptied.items():  # should the process die before they are deleted below
                self._disk.replace(path, [f'{{"{table}": {{}}}}\n'.encode()])
                self._disk.sync_directory(path.parent)
            for file in plan.files:
                file.write(self._disk)
            for directory in {file.path.parent for file in plan.files}:
                self._disk.sync_directory(directory)
            manifests.save(self._directory, plan.manifest, self._disk)
            self._opened.saved = plan.manifest.sequence
            for path in plan.emptied.values():
                self._disk.remove(path)
            self._drop_segments(plan)

    def _remove(self, paths: set[Path]) -> None:
        """Files that the manifest names no more. What a crash or the disk leaves goes at the next start."""
        try:
            for path in paths:
                self._disk.remove(path)
        except OSError as error:
            log.warning("A file that is not needed any more could not be removed: %s", error)

    def _drop_segments(self, plan: _Plan) -> None:
        journal, upto = self._directory / JOURNAL, plan.manifest.sequence
        drop_segments(journal, self._disk, upto=upto, wanted=plan.wanted, bound=RETAINED_BOUND)

    def _settle(self, plan: _Plan) -> None:
        self._opened.unsaved -= plan.unsaved
        self._emptied.difference_update(plan.emptied)
        self._outgrown -= plan.outgrown
        for file in plan.files:
            file.part.written(file.weight)
            self._replaced(f"{file.table}/{file.path.name}")
