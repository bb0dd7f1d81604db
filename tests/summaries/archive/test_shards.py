"""Tables whose ids come in any order: their files part as they grow, and nothing is lost or met twice on the way."""

import asyncio
import itertools
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from summaries.archive import placement
from summaries.archive.backup import restore_backup, write_backup
from summaries.archive.disk import Disk
from summaries.archive.store import SUBSCRIBERS, Change, Delete, Put
from summaries.archive.tiny import TinyStore
from summaries.errors import DamagedError, DiskError
from summaries.models import Subscriber
from tests.disks import Careless, Refusing, Remembering, plant, tree

IDS = [(-1) ** place * (place * 2_654_435_761 % 2**52 + 1) for place in range(40)]
"""As Telegram's: of every size, groups below zero."""


@pytest.fixture(autouse=True)
def small_files() -> Iterator[None]:
    with mock.patch.object(placement, "BYTES_PER_FILE", 300):
        yield


async def opened(directory: Path, disk: Disk | None = None) -> TinyStore:
    return await TinyStore.open(directory, disk=disk or Careless())


def chat(id: int, title: str = "Harbour desk") -> Subscriber:
    return Subscriber(id, title=title)


async def put(store: TinyStore, ids: list[int], title: str = "Harbour desk") -> None:
    await store.commit([Put(SUBSCRIBERS, chat(id, title)) for id in ids])


async def listed(store: TinyStore) -> list[int]:
    return [row.id async for row in store.rows(SUBSCRIBERS)]


def filed(directory: Path) -> dict[str, list[int]]:
    """The ids of each file, as tinydb alone reads them."""
    found = {}
    for path in sorted((directory / "subscribers").glob("*")):
        with TinyDB(path, access_mode="r") as file:
            found[path.name] = sorted(row.doc_id for row in file.table("subscribers"))
    return found


async def test_a_small_desk_has_one_file(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await put(store, [7, -5])
    await store.close()
    assert filed(tmp_path) == {"0001.json": [-5, 7]}


async def test_a_file_that_has_grown_becomes_several_and_every_row_is_in_one(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    for start in range(0, len(IDS), 4):
        await put(store, IDS[start : start + 4])
        await store.checkpoint()
    await store.close()
    files = filed(tmp_path)
    assert sorted(id for ids in files.values() for id in ids) == sorted(IDS)
    ranges = sorted((min(ids), max(ids)) for ids in files.values())
    assert all(last < first for (_, last), (first, _) in itertools.pairwise(ranges))
    assert len(files) > 5
    store = await opened(tmp_path)
    assert await listed(store) == sorted(IDS)
    assert [row.id for row in await store.newest(SUBSCRIBERS, 3)] == sorted(IDS)[:-4:-1]
    assert [await store.get(SUBSCRIBERS, id) for id in IDS] == [chat(id) for id in IDS]
    assert store.count(SUBSCRIBERS) == len(IDS)
    await store.close()


async def test_a_row_that_grows_parts_its_file(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await put(store, [1, 2])
    await store.checkpoint()
    assert filed(tmp_path) == {"0001.json": [1, 2]}
    await put(store, [1], "A long name " * 30)
    await store.checkpoint()
    await put(store, [2], "Quay watch")
    await store.checkpoint()
    assert filed(tmp_path) == {"0002.json": [1], "0003.json": [2]}
    await store.close()


async def test_a_file_without_rows_goes(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await put(store, IDS)
    await store.checkpoint()
    await store.commit([Delete(SUBSCRIBERS, id) for id in IDS[1:]])
    await store.close()
    assert list(filed(tmp_path).values()) == [IDS[:1]]


async def test_what_is_read_while_files_part_is_met_once(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await put(store, IDS[:2])
    await store.checkpoint()
    await put(store, IDS, "Grown")
    await store.checkpoint()
    seen = []
    async for row in store.rows(SUBSCRIBERS):
        seen.append(row.id)
        if len(seen) % 5 == 2:
            await put(store, [row.id, max(IDS)], "A long name " * 8)
            await store.checkpoint()
    assert seen == sorted(IDS)
    await store.close()


async def test_questions_and_checkpoints_at_once(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await put(store, IDS[:20])
    for turn in range(6):
        asked = [store.get(SUBSCRIBERS, id) for id in IDS[:20]]
        await put(store, IDS[:20], f"{turn} " * (4 + 9 * turn))
        *found, _ = await asyncio.gather(*asked, store.checkpoint())
        assert [row.id for row in found if row] == IDS[:20]
    await store.close()


async def test_a_reader_beside_the_writer_follows_to_the_pieces(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await put(store, IDS)
    await store.checkpoint()
    reader = await TinyStore.open(tmp_path, readonly=True)
    seen = []
    async for row in reader.rows(SUBSCRIBERS):
        seen.append(row.id)
        if len(seen) == 3:
            for _ in range(2):
                await put(store, IDS, "A long name " * 12)
                await store.checkpoint()
    assert seen == sorted(IDS)
    assert [await reader.get(SUBSCRIBERS, id) is not None for id in IDS] == [True] * len(IDS)
    await reader.close()
    await store.close()


@pytest.mark.parametrize("readonly", [False, True])
async def test_a_missing_file_is_named(tmp_path: Path, readonly: bool) -> None:
    store = await opened(tmp_path)
    await put(store, [1])
    await store.close()
    (tmp_path / "subscribers" / "0001.json").unlink()
    store = await TinyStore.open(tmp_path, readonly=readonly)
    for asked in (store.get(SUBSCRIBERS, 1), listed(store)):
        with pytest.raises(DamagedError, match=r"0001.json is missing"):
            await asked
    await store.close()


async def test_a_desk_that_kept_them_in_one_file_goes_on(tmp_path: Path) -> None:
    store = await opened(tmp_path)
    await put(store, [3, -8])
    await store.close()
    shutil.move(tmp_path / "subscribers" / "0001.json", tmp_path / "subscribers.json")
    manifest = json.loads((tmp_path / "manifest.json").read_bytes())
    (file,) = manifest["tables"]["subscribers"]["files"]
    manifest["tables"]["subscribers"]["files"] = [["subscribers.json", *file[1:4], [[-8, -8], [3, 3]]]]
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "schema": 1}))
    store = await opened(tmp_path)
    assert await listed(store) == [-8, 3]
    await put(store, [5])
    await store.checkpoint()
    assert await listed(store) == [-8, 3, 5]
    await store.close()
    assert filed(tmp_path) == {"0001.json": [-8, 3, 5]}
    assert not (tmp_path / "subscribers.json").exists()


async def test_a_refused_checkpoint_is_done_again(tmp_path: Path) -> None:
    disk = Refusing()
    store = await opened(tmp_path, disk)
    await put(store, IDS[:20])
    await store.checkpoint()
    await put(store, IDS[:20], "A long name " * 12)
    await store.checkpoint()
    await put(store, IDS[20:])
    disk.left = 2_000
    with pytest.raises(DiskError):
        await store.checkpoint()
    assert await listed(store) == sorted(IDS)
    disk.mend()
    await store.commit([Delete(SUBSCRIBERS, IDS[0])])
    await store.close()
    assert sorted(id for ids in filed(tmp_path).values() for id in ids) == sorted(IDS[1:])
    store = await opened(tmp_path)
    assert await listed(store) == sorted(IDS[1:])
    await store.close()


async def test_a_backup_restores_chats_below_zero(tmp_path: Path) -> None:
    store = await opened(tmp_path / "desk")
    groups = [id for id in IDS if id < 0]
    await put(store, groups)
    await write_backup(store, tmp_path / "backup.tar")
    await store.close()
    await restore_backup(tmp_path / "backup.tar", tmp_path / "again")
    store = await opened(tmp_path / "again")
    assert await listed(store) == sorted(groups)
    await store.close()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["put", "grow"]), st.integers(0, 34)),
        st.tuples(st.just("delete"), st.integers(0, 9)),
        st.tuples(st.just("checkpoint"), st.just(0)),
    ),
    min_size=3,
    max_size=9,
)


class Life:
    """A store on a remembering disk: the rows after each commit, and copies of its files at each moment."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.states: list[dict[int, Subscriber]] = [{}]
        self.acknowledged = 0
        self.copies: list[tuple[dict[str, bytes], int, int]] = []
        directory.mkdir()
        self.disk = Remembering(directory, self._remember)

    def _remember(self, files: dict[str, bytes]) -> None:
        self.copies.append((files, self.acknowledged, len(self.states) - 1))

    def changes_of(self, what: str, number: int) -> list[Change]:
        rows = self.states[-1]
        if what == "delete":
            return [Delete(SUBSCRIBERS, id) for id in sorted(rows)[number : number + 3]]
        return [Put(SUBSCRIBERS, chat(id, "Grown " * (20 * (what == "grow")))) for id in IDS[number : number + 6]]

    async def live(self, steps: list[tuple[str, int]]) -> None:
        store = await opened(self.directory, self.disk)
        for what, number in steps:
            if what == "checkpoint":
                await store.checkpoint()
            elif changes := self.changes_of(what, number):
                puts = {change.row.id: change.row for change in changes if isinstance(change, Put)}
                gone = {change.id for change in changes if isinstance(change, Delete)}
                rows = {id: row for id, row in self.states[-1].items() if id not in gone}
                self.states.append({**rows, **puts})
                self.acknowledged = await store.commit(changes)
        await store.close()


async def check_copy(life: Life, copy: Path, acknowledged: int, begun: int) -> None:
    store = await opened(copy)
    assert acknowledged <= store.sequence <= begun
    expected = dict(sorted(life.states[store.sequence].items()))
    assert [row async for row in store.rows(SUBSCRIBERS)] == list(expected.values())
    assert store.count(SUBSCRIBERS) == len(expected)
    await put(store, [9])
    await store.close()
    assert sorted(id for ids in filed(copy).values() for id in ids) == sorted({*expected, 9})
    assert not [name for name in tree(copy) if name.endswith(".tmp")]


@settings(max_examples=8, deadline=None)
@given(steps=STEPS)
@example(steps=[("delete", 0), ("grow", 0), ("checkpoint", 0), ("delete", 2), ("delete", 2)])  # parted beside emptied
def test_a_process_may_die_at_any_moment(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("life")
    life = Life(folder / "desk")
    with mock.patch.object(placement, "BYTES_PER_FILE", 300):
        asyncio.run(life.live([("put", 0), ("checkpoint", 0), *steps]))
        for number, (files, acknowledged, begun) in enumerate(life.copies[:: max(1, len(life.copies) // 20)]):
            plant(folder / str(number), files)
            asyncio.run(check_copy(life, folder / str(number), acknowledged, begun))
