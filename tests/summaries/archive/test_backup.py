"""A backup is the whole archive at one moment; what is no whole backup restores nothing."""

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from summaries.archive.backup import restore_backup, write_backup
from summaries.archive.store import ARTICLES, BRIEFINGS, PEOPLE, TABLES, Delete, Put, Store, open_store
from summaries.errors import ArchiveError, BackchannelError, DamagedError, DiskError, ForeignError, InputError
from summaries.models import Article, Briefing, Chosen, Filed, Person


async def filled(path: Path, count: int) -> Store:
    store = await open_store(f"tinydb:{path}")
    for _ in range(count):
        id = store.next_id(BRIEFINGS)
        text = f"Snow fell on Velm for the {id}th day."
        briefing = Briefing(f"Snow, day {id}", (Chosen(text, 0),), id=id, keys=(id, -id))
        await store.commit([Put(BRIEFINGS, briefing), Put(ARTICLES, Filed(id, Article(text)))])
    await store.commit([Put(PEOPLE, Person(7, "Ann", admin=True))])
    return store


async def everything(store: Store) -> dict[str, list[object]]:
    return {table.name: [row async for row in store.rows(table)] for table in TABLES}


async def backed_up(path: Path, count: int, file: Path) -> dict[str, list[object]]:
    """The rows of a new archive at `path`, which was written to `file`."""
    store = await filled(path, count)
    await write_backup(store, file)
    rows = await everything(store)
    await store.close()
    return rows


@pytest.mark.parametrize("name", ["desk.tar", "desk.tar.gz"])
@pytest.mark.parametrize("count", [0, 3, 1100], ids="{} rows".format)
async def test_what_was_backed_up_is_restored(tmp_path: Path, name: str, count: int) -> None:
    rows = await backed_up(tmp_path / "one", count, tmp_path / name)

    manifest = await restore_backup(tmp_path / name, tmp_path / "two")

    store = await open_store(f"tinydb:{tmp_path / 'two'}")
    assert await everything(store) == rows
    assert manifest.tables["briefings"].rows == count
    await store.close()


async def test_an_id_that_was_deleted_is_not_given_again(tmp_path: Path) -> None:
    store = await filled(tmp_path / "one", 3)
    await store.commit([Delete(BRIEFINGS, 3)])
    await write_backup(store, tmp_path / "desk.tar")
    await store.close()

    await restore_backup(tmp_path / "desk.tar", tmp_path / "two")

    store = await open_store(f"tinydb:{tmp_path / 'two'}")
    assert [row.id async for row in store.rows(BRIEFINGS)] == [1, 2]
    assert store.next_id(BRIEFINGS) == 4
    await store.close()


async def test_a_backup_beside_a_writer_is_of_one_moment(tmp_path: Path) -> None:
    writer = await filled(tmp_path / "one", 3)
    reader = await open_store(f"tinydb:{tmp_path / 'one'}", readonly=True)
    await writer.commit([Put(BRIEFINGS, Briefing("Later", (), id=writer.next_id(BRIEFINGS)))])

    manifest = await write_backup(reader, tmp_path / "desk.tar")

    assert manifest.tables["briefings"].rows == manifest.tables["articles"].rows == 3
    await reader.close()
    await writer.close()


async def test_a_backup_takes_the_place_of_an_older_one_and_names_nobody(tmp_path: Path) -> None:
    file = tmp_path / "desk.tar"
    file.write_text("an older one")
    await backed_up(tmp_path / "one", 1, file)

    with tarfile.open(file) as archive:
        assert {(member.uid, member.gid, member.uname) for member in archive} == {(0, 0, "")}
    assert {path.name for path in tmp_path.iterdir()} == {"desk.tar", "one"}  # noqa: ASYNC240 (a test may wait)


async def test_a_backup_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    store = await filled(tmp_path / "one", 1)

    with pytest.raises(DiskError, match=r"missing/desk\.tar"):
        await write_backup(store, tmp_path / "missing" / "desk.tar")
    await store.close()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3000])


def newer(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"format": 1', b'"format": 9'))


def shortened(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b'"rows": 3', b'"rows": 4'))


SPOILT = [
    pytest.param(cut, DamagedError, id="cut"),
    pytest.param(shortened, DamagedError, id="rows missing"),
    pytest.param(newer, ForeignError, id="from a newer version"),
    pytest.param(lambda path: path.write_text("Dear diary"), DamagedError, id="no backup"),
    pytest.param(lambda path: path.write_bytes(b""), DamagedError, id="empty"),
    pytest.param(lambda path: path.unlink(), InputError, id="missing"),
]


@pytest.mark.parametrize("keep", [0.2, 0.6, 0.95])
async def test_a_cut_compressed_backup_restores_nothing(tmp_path: Path, keep: float) -> None:
    file = tmp_path / "desk.tar.gz"
    await backed_up(tmp_path / "one", 30, file)
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * keep)])

    with pytest.raises(DamagedError, match="no whole backup"):
        await restore_backup(file, tmp_path / "two")


@pytest.mark.parametrize(("spoil", "error"), SPOILT)
async def test_what_is_no_whole_backup_restores_nothing(
    tmp_path: Path, spoil: Callable[[Path], object], error: type[BackchannelError]
) -> None:
    file = tmp_path / "desk.tar"
    await backed_up(tmp_path / "one", 3, file)
    spoil(file)

    with pytest.raises(error, match=r"desk\.tar") as caught:
        await restore_backup(file, tmp_path / "two")

    assert "\n" not in str(caught.value)
    assert not {path.name for path in tmp_path.iterdir()} - {"desk.tar", "one"}  # noqa: ASYNC240 (a test may wait)


async def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "desk.tar"
    rows = await backed_up(tmp_path / "one", 3, file)

    with pytest.raises(ArchiveError, match="not empty"):
        await restore_backup(file, tmp_path / "one")

    store = await open_store(f"tinydb:{tmp_path / 'one'}", readonly=True)
    assert await everything(store) == rows
    await store.close()


async def test_what_an_interrupted_restore_left_is_not_in_the_way(tmp_path: Path) -> None:
    file = tmp_path / "desk.tar"
    await backed_up(tmp_path / "one", 3, file)
    await (await filled(tmp_path / "two.restoring", 2)).close()

    manifest = await restore_backup(file, tmp_path / "two")

    assert manifest.tables["briefings"].rows == 3
