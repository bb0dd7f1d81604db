"""What is the TinyDB store's own: its files, its lock, and what is left when the process dies or the disk refuses."""

import asyncio
import fcntl
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from summaries.archive import checkpointing, placement
from summaries.archive.manifest import SCHEMA
from summaries.archive.store import ARTICLES, BRIEFINGS, PEOPLE, Change, Delete, Put, open_store
from summaries.archive.tiny import TinyStore
from summaries.errors import ArchiveError, DamagedError, DiskError, ForeignError, LockedError
from summaries.models import Person
from tests.bench.kill import Tally, examine, run_until_killed
from tests.disks import Careless, Refusing, Remembering, plant, tree
from tests.rows import briefing, filed

DAY = datetime(2026, 11, 21, 23, 59, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = DAY

    def __call__(self) -> datetime:
        return self.now


async def add(store: TinyStore, count: int = 1, *, times: int = 1) -> None:
    for _ in range(count):
        id = store.next_id(BRIEFINGS)
        await store.commit([Put(BRIEFINGS, briefing(id)), Put(ARTICLES, filed(id, times=times))])


@pytest.fixture
def small_files() -> Iterator[None]:
    with mock.patch.object(placement, "ROWS_PER_FILE", 3):
        yield


def plain(directory: Path, table: str) -> dict[str, list[int]]:
    """The ids of each TinyDB file of a table, as tinydb alone reads them."""
    found = {}
    for path in [*directory.glob(f"{table}.json"), *directory.glob(f"{table}/*.json")]:
        with TinyDB(path, access_mode="r") as file:
            assert file.tables() <= {table}
            found[path.name] = [row.doc_id for row in file.table(table)]
    return found


async def test_checkpoints_are_tinydb_files_one_a_day_received(tmp_path: Path) -> None:
    clock = Clock()
    store = await TinyStore.open(tmp_path, clock=clock)
    await add(store, 2)
    await store.commit([Put(PEOPLE, Person(-4, "Ferry Watch", admin=True))])
    clock.now += timedelta(minutes=1)
    await add(store)
    clock.now -= timedelta(days=3)  # a clock that is set back files nothing in the past
    await add(store)
    await store.close()
    assert plain(tmp_path, "briefings") == {"2026-11-21.json": [1, 2], "2026-11-22.json": [3, 4]}
    assert plain(tmp_path, "articles") == {"2026-11-21.json": [1, 2], "2026-11-22.json": [3, 4]}
    with TinyDB(tmp_path / "briefings" / "2026-11-21.json", access_mode="r") as file:
        found = file.table("briefings").search(where("headline") == briefing(2).headline)
        assert [row["sentences"][0]["text"] for row in found] == [briefing(2).sentences[0].text]
    with TinyDB(tmp_path / "people" / "0001.json", access_mode="r") as file:
        assert file.table("people").get(doc_id=-4) == {"id": -4, "name": "Ferry Watch", "admin": True}


@pytest.mark.usefixtures("small_files")
async def test_a_full_file_gets_a_next_part_and_a_change_goes_where_the_row_is(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, clock=Clock())
    await add(store, 7)
    await store.checkpoint()
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "briefings").iterdir()}
    await store.commit([Put(BRIEFINGS, briefing(5, "It was mended."))])
    await store.close()
    parts = {"2026-11-21.json": [1, 2, 3], "2026-11-21.2.json": [4, 5, 6], "2026-11-21.3.json": [7]}
    assert plain(tmp_path, "briefings") == parts
    changed = [path.name for path, then in before.items() if path.stat().st_mtime_ns != then]
    assert changed == ["2026-11-21.2.json"]


async def test_a_file_ends_at_its_bytes_too(tmp_path: Path) -> None:
    with mock.patch.object(placement, "BYTES_PER_FILE", 5_000):
        store = await TinyStore.open(tmp_path, clock=Clock())
        await add(store, 4, times=30)
        await store.close()
    assert plain(tmp_path, "articles") == {"2026-11-21.json": [1, 2], "2026-11-21.2.json": [3, 4]}


@pytest.mark.usefixtures("small_files")
async def test_a_file_without_rows_goes(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, clock=Clock())
    await add(store, 5)
    await store.checkpoint()
    await store.commit([Delete(BRIEFINGS, id) for id in (4, 5, 1)])
    await store.checkpoint()
    assert plain(tmp_path, "briefings") == {"2026-11-21.json": [2, 3]}
    await add(store, 1)
    await store.close()
    assert plain(tmp_path, "briefings") == {"2026-11-21.json": [2, 3], "2026-11-21.2.json": [6]}


@pytest.mark.usefixtures("small_files")
async def test_rows_that_come_late_lie_among_their_neighbours(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, clock=Clock())
    for id in (4, 6, 7, 9, 2, 5, 8):
        await store.commit([Put(BRIEFINGS, briefing(id))])
    await store.close()
    assert {name: sorted(ids) for name, ids in plain(tmp_path, "briefings").items()} == {
        "2026-11-21.json": [2, 4, 5, 6, 7, 8],
        "2026-11-21.2.json": [9],
    }
    store = await TinyStore.open(tmp_path)
    assert [row.id for row in await store.newest(BRIEFINGS, 9)] == [9, 8, 7, 6, 5, 4, 2]
    assert [row.id for row in await store.newest(BRIEFINGS, 9, below=4)] == [2]
    assert [row.id async for row in store.rows(BRIEFINGS, above=2)] == [4, 5, 6, 7, 8, 9]
    await store.close()


async def test_commits_made_together_share_one_sync(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    for done in range(3):
        assert store.syncs == done
        await add(store)
    await asyncio.gather(*(store.commit([Put(PEOPLE, Person(id))]) for id in range(1, 65)))
    assert (store.syncs, store.sequence) == (4, 67)
    await store.close()


async def test_a_checkpoint_begins_by_itself_and_lets_the_journal_go(tmp_path: Path) -> None:
    with (
        mock.patch.object(checkpointing, "UNSAVED_BOUND", 2_000),
        mock.patch.object(checkpointing, "UNSAVED_LIMIT", 6_000),
    ):
        store = await TinyStore.open(tmp_path, clock=Clock(), disk=Careless())
        await add(store, 60, times=5)
        await store.close()
    assert plain(tmp_path, "articles") == {"2026-11-21.json": list(range(1, 61))}
    assert sum(path.stat().st_size for path in (tmp_path / "journal").iterdir()) < 30_000


async def test_a_quiet_desk_is_checkpointed_too(tmp_path: Path) -> None:
    with mock.patch.object(checkpointing, "UNSAVED_SECONDS", 0.0):
        store = await TinyStore.open(tmp_path, clock=Clock())
        await add(store)
        async with asyncio.timeout(30):
            while not plain(tmp_path, "articles"):  # noqa: ASYNC110  # a file is what is waited for
                await asyncio.sleep(0)
        await store.close()


async def test_a_file_that_was_read_is_read_again_after_a_checkpoint(tmp_path: Path) -> None:
    await desk_of(tmp_path)
    store = await TinyStore.open(tmp_path)
    assert await store.get(BRIEFINGS, 1) == briefing(1)
    await store.commit([Put(BRIEFINGS, briefing(2, "Mended."))])
    await store.checkpoint()
    assert [row async for row in store.rows(BRIEFINGS)] == [briefing(1), briefing(2, "Mended."), briefing(3)]
    await store.close()


async def test_changes_are_forgotten_when_nobody_needs_them(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    await add(store, 2)
    await store.checkpoint()
    await add(store)
    await store.close()
    store = await TinyStore.open(tmp_path)
    assert store.changed_since(BRIEFINGS, 1) is None
    assert store.changed_since(BRIEFINGS, 3) == []
    await store.close()


# --- Crashes


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 3)),
        st.tuples(st.sampled_from(["update", "delete"]), st.integers(0, 9)),
        st.tuples(st.sampled_from(["checkpoint", "midnight"]), st.just(0)),
    ),
    min_size=2,
    max_size=7,
)

Rows = dict[int, Any]


def changes_of(step: tuple[str, int], rows: Rows, store: TinyStore) -> list[Change]:
    what, number = step
    if what == "add":
        return [Put(BRIEFINGS, briefing(store.next_id(BRIEFINGS))) for _ in range(number)]
    if what in ("update", "delete") and rows:
        id = sorted(rows)[number % len(rows)]
        return [Delete(BRIEFINGS, id) if what == "delete" else Put(BRIEFINGS, briefing(id, f"Mended {number} times."))]
    return []


class Life:
    """A store that lives through steps on a remembering disk: its states by commit, and what each copy must hold."""

    def __init__(self, folder: Path) -> None:
        self.directory = folder / "desk"
        self.directory.mkdir()
        self.clock = Clock()
        self.states: list[Rows] = [{}]
        self.acknowledged = 0
        self.copies: list[tuple[dict[str, bytes], int, int]] = []
        self.disk = Remembering(self.directory, self._remember)

    def _remember(self, files: dict[str, bytes]) -> None:
        self.copies.append((files, self.acknowledged, len(self.states) - 1))

    async def live(self, steps: list[tuple[str, int]]) -> None:
        store = await TinyStore.open(self.directory, disk=self.disk, clock=self.clock)
        for step in steps:
            await self._step(store, step)
        await store.close()

    async def _step(self, store: TinyStore, step: tuple[str, int]) -> None:
        if step[0] == "checkpoint":
            await store.checkpoint()
        elif step[0] == "midnight":
            self.clock.now += timedelta(days=1)
        changes = changes_of(step, self.states[-1], store)
        if changes:
            rows = dict(self.states[-1])
            for change in changes:
                if isinstance(change, Put):
                    rows[change.row.id] = change.row
                else:
                    del rows[change.id]
            self.states.append(rows)
            self.acknowledged = await store.commit(changes)


async def check_copy(life: Life, copy: Path, acknowledged: int, begun: int) -> None:
    """A restart finds every acknowledged commit, whole ones only, and leaves files in which nothing is twice."""
    store = await TinyStore.open(copy, disk=Careless(), clock=life.clock)
    assert acknowledged <= store.sequence <= begun
    expected = life.states[store.sequence]
    assert {row.id: row async for row in store.rows(BRIEFINGS)} == expected
    assert store.count(BRIEFINGS) == len(expected)
    highest = max((id for state in life.states[: store.sequence + 1] for id in state), default=0)
    assert store.next_id(BRIEFINGS) == highest + 1
    await store.close()
    listed = [id for ids in plain(copy, "briefings").values() for id in ids]
    assert sorted(listed) == sorted(expected)
    assert not [name for name in tree(copy) if name.endswith(".tmp")]


@settings(max_examples=8, deadline=None)
@given(steps=STEPS)
def test_a_process_may_die_at_any_moment(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("life")
    life = Life(folder)
    with mock.patch.object(placement, "ROWS_PER_FILE", 3):
        asyncio.run(life.live(steps))
        for number, (files, acknowledged, begun) in enumerate(life.copies[:: max(1, len(life.copies) // 18)]):
            plant(folder / str(number), files)
            asyncio.run(check_copy(life, folder / str(number), acknowledged, begun))


def test_no_acknowledged_article_is_lost_by_kill_9(tmp_path: Path) -> None:
    tally, acknowledged = Tally(), set[int]()
    chance = random.Random(7)
    for _ in range(3):
        acknowledged |= set(run_until_killed(tmp_path / "desk", chance.randrange(20, 120)))
        examine(tmp_path / "desk", acknowledged, tally)
    assert tally.acknowledged >= 60
    assert (tally.kills, tally.lost, tally.half, tally.unreadable) == (3, 0, 0, 0)


# --- A disk that refuses


async def test_a_full_disk_is_said_and_nothing_that_was_kept_is_lost(tmp_path: Path) -> None:
    disk = Refusing()
    store = await TinyStore.open(tmp_path, disk=disk)
    await add(store, 2)
    disk.left = 100
    with pytest.raises(DiskError, match="full: free some space"):
        await add(store)
    assert (store.sequence, store.count(BRIEFINGS), await store.get(BRIEFINGS, 3)) == (2, 2, None)
    disk.mend()
    await add(store)
    await store.close()
    store = await TinyStore.open(tmp_path)
    assert [row.id async for row in store.rows(BRIEFINGS)] == [1, 2, 4]
    await store.close()


async def test_a_refused_checkpoint_leaves_the_journal_in_charge(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Refusing()
    store = await TinyStore.open(tmp_path, disk=disk)
    await add(store, 2)
    disk.left = 300
    with pytest.raises(DiskError):
        await store.checkpoint()
    assert await store.get(ARTICLES, 2) == filed(2)
    disk.mend()
    await store.commit([Put(BRIEFINGS, briefing(1, "Mended."))])
    await store.checkpoint()
    assert [sorted(ids) for ids in plain(tmp_path, "briefings").values()] == [[1, 2]]
    await store.commit([Delete(ARTICLES, 1)])
    disk.left = 10
    await store.close()
    assert "the journal keeps everything" in caplog.text
    store = await TinyStore.open(tmp_path)
    assert [row async for row in store.rows(BRIEFINGS)] == [briefing(1, "Mended."), briefing(2)]
    assert [row.id async for row in store.rows(ARTICLES)] == [2]
    await store.close()


LIMITED = """
import asyncio, resource, sys
from pathlib import Path
from summaries.archive.store import BRIEFINGS, Put, open_store
from summaries.errors import DiskError
from tests.rows import briefing

async def main():
    store = await open_store(f"tinydb:{sys.argv[1]}")
    resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, resource.RLIM_INFINITY))
    kept = 0
    try:
        for id in range(1, 100):
            await store.commit([Put(BRIEFINGS, briefing(id))])
            kept = id
    except DiskError as error:
        print(kept, error)

asyncio.run(main())
"""


async def test_the_systems_own_refusal_is_met_alike(tmp_path: Path) -> None:
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "desk")]
    child = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)
    kept, said = child.stdout.split(maxsplit=1)
    assert "may not grow: raise the limit" in said
    store = await TinyStore.open(tmp_path / "desk")
    assert [row.id async for row in store.rows(BRIEFINGS)] == list(range(1, int(kept) + 1))
    assert int(kept) > 5
    await store.close()


# --- Whose directory is it


async def test_a_second_writer_is_refused_by_the_first_ones_number(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path)
    with pytest.raises(LockedError, match=f"in use by process {os.getpid()}: stop"):
        await TinyStore.open(tmp_path)
    await store.close()
    await (await TinyStore.open(tmp_path)).close()


async def desk_of(directory: Path) -> None:
    store = await TinyStore.open(directory, clock=Clock())
    await add(store, 3)
    await store.close()


def a_strangers_file(directory: Path) -> None:
    directory.mkdir()
    (directory / "holiday.txt").write_text("sun")


def a_strangers_manifest(directory: Path) -> None:
    directory.mkdir()
    (directory / "manifest.json").write_text('{"name": "a web app"}')


def a_file(directory: Path) -> None:
    directory.write_text("not a directory")


def manifest_with(**fields: Any) -> Any:
    def spoil(directory: Path) -> None:
        asyncio.run(desk_of(directory))
        path = directory / "manifest.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | fields))

    return spoil


def without(name: str) -> Any:
    def spoil(directory: Path) -> None:
        asyncio.run(desk_of(directory))
        path = directory / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()

    return spoil


def torn_manifest(directory: Path) -> None:
    asyncio.run(desk_of(directory))
    path = directory / "manifest.json"
    path.write_bytes(path.read_bytes()[:-9])


@pytest.mark.parametrize("readonly", [False, True], ids=["writing", "reading"])
@pytest.mark.parametrize(
    ("spoil", "error", "said"),
    [
        pytest.param(a_strangers_file, ForeignError, "holds no desk: name another", id="somebody's files"),
        pytest.param(a_strangers_manifest, ForeignError, "not written by Backchannel", id="somebody's manifest"),
        pytest.param(a_file, ForeignError, "is a file", id="a file"),
        pytest.param(manifest_with(schema=SCHEMA + 1), ForeignError, "newer Backchannel", id="newer schema"),
        pytest.param(
            manifest_with(tables={"moods": {"highest": 1, "files": []}}), ForeignError, "newer", id="unknown table"
        ),
        pytest.param(manifest_with(sequence="two"), DamagedError, "manifest.json is damaged", id="wrong manifest"),
        pytest.param(torn_manifest, DamagedError, "manifest.json is damaged", id="torn manifest"),
        pytest.param(without("manifest.json"), DamagedError, "manifest.json is missing", id="no manifest"),
        pytest.param(without("journal"), DamagedError, "journal is missing: put it back", id="no journal"),
    ],
)
def test_what_is_no_desk_of_ours_is_refused_untouched(
    spoil: Any, error: type[ArchiveError], said: str, readonly: bool, tmp_path: Path
) -> None:
    directory = tmp_path / "place"
    spoil(directory)
    before = tree(tmp_path)
    with pytest.raises(error, match=said) as raised:
        asyncio.run(TinyStore.open(directory, readonly=readonly))
    assert "\n" not in str(raised.value)
    assert {name: data for name, data in tree(tmp_path).items() if not name.endswith("lock")} == {
        name: data for name, data in before.items() if not name.endswith("lock")
    }


async def test_a_refused_desk_is_not_left_locked(tmp_path: Path) -> None:
    await desk_of(tmp_path)
    shutil.rmtree(tmp_path / "journal")
    with pytest.raises(DamagedError):
        await TinyStore.open(tmp_path)
    with (tmp_path / "lock").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("names", [[], [".gitkeep"], ["lost+found"], ["lock", "manifest.json.tmp"]], ids=str)
async def test_an_empty_directory_becomes_a_desk(names: list[str], tmp_path: Path) -> None:
    for name in names:
        (tmp_path / name).touch()
    store = await TinyStore.open(tmp_path)
    await add(store)
    await store.close()


async def test_a_directory_is_made_for_a_writer_and_missed_by_a_reader(tmp_path: Path) -> None:
    directory = tmp_path / "deep" / "desk"
    with pytest.raises(ForeignError, match="no desk yet: add an article first"):
        await TinyStore.open(directory, readonly=True)
    assert not directory.parent.exists()
    await (await TinyStore.open(directory)).close()
    reader = await TinyStore.open(directory, readonly=True)
    assert (reader.sequence, await reader.newest(BRIEFINGS, 3)) == (0, [])


async def test_a_path_through_a_file_is_one_line_with_a_mend(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="name another --data"):
        await open_store(f"tinydb:{tmp_path / 'file' / 'desk'}")


# --- Damage


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b'{"briefings": {"1": {"id": 1', "is damaged", id="torn"),
        pytest.param(b"\0" * 40, "is damaged", id="zeros"),
        pytest.param(b'{"briefings": {"1": {"id": "one"}}}', "row 1 cannot be read", id="a wrong row"),
        pytest.param(b'{"briefings": {}}', "lacks row 1", id="a lost row"),
        pytest.param(None, "is missing", id="no file"),
    ],
)
async def test_a_damaged_file_is_named_when_it_is_read(data: bytes | None, said: str, tmp_path: Path) -> None:
    await desk_of(tmp_path)
    path = tmp_path / "briefings" / "2026-11-21.json"
    if data is None:
        path.unlink()
    else:
        path.write_bytes(data)
    store = await TinyStore.open(tmp_path)
    with pytest.raises(DamagedError, match=rf"{path.name}.*{said}.*restore it from a backup"):
        await store.get(BRIEFINGS, 1)
    assert await store.get(ARTICLES, 1) == filed(1)
    await store.close()


async def test_a_damaged_journal_is_not_opened(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path / "desk")
    await add(store, 3)
    shutil.copytree(tmp_path / "desk", tmp_path / "copy")
    await store.close()
    (path,) = (tmp_path / "copy" / "journal").iterdir()
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedError, match=r"commit 2.*restore"):
        await TinyStore.open(tmp_path / "copy")


async def test_a_journal_cut_anywhere_keeps_whole_commits(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path / "desk")
    await add(store, 4)
    shutil.copytree(tmp_path / "desk", tmp_path / "copy")
    await store.close()
    (path,) = (tmp_path / "copy" / "journal").iterdir()
    data, kept = path.read_bytes(), []
    for cut in range(0, len(data) + 1, 61):
        path.write_bytes(data[:cut])
        reader = await TinyStore.open(tmp_path / "copy", readonly=True)
        briefings, articles = reader.count(BRIEFINGS), reader.count(ARTICLES)
        assert briefings == articles == reader.sequence
        kept.append(briefings)
    assert kept == sorted(kept)
    assert set(kept) >= {0, 1, 2, 3}


# --- A reader beside the writer


async def test_a_reader_goes_on_while_the_writer_checkpoints_and_deletes(tmp_path: Path) -> None:
    store = await TinyStore.open(tmp_path, clock=Clock())
    await add(store, 5)
    await store.checkpoint()
    reader = await TinyStore.open(tmp_path, readonly=True)
    await store.commit([Delete(BRIEFINGS, 2), Put(BRIEFINGS, briefing(3, "Mended."))])
    await store.checkpoint()
    assert await reader.get(BRIEFINGS, 1) == briefing(1)
    assert await reader.get(BRIEFINGS, 2) is None
    await store.commit([Delete(ARTICLES, id) for id in range(1, 6)])
    await store.checkpoint()
    assert await reader.get(ARTICLES, 4) is None
    assert [row.id async for row in reader.rows(ARTICLES)] == []
    assert reader.sequence == store.sequence
    await reader.close()
    await store.close()
