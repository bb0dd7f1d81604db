import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from summaries.archive import filling, keeper, search
from summaries.archive.documents import FINGERPRINT
from summaries.archive.index_folder import IndexFault, IndexFolder
from summaries.archive.query import Hint
from summaries.archive.search import Index
from summaries.archive.store import BRIEFINGS, Delete, R, Store, Table, open_store
from summaries.errors import DamagedError
from tests.news import DESK, NOW, news

ENGLISH = [9, 3, 2, 1]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    await store.commit(DESK)
    yield store
    await store.close()


@asynccontextmanager
async def opened(store: Any, root: Path) -> AsyncIterator[Index]:
    index = await Index.open(store, root)
    try:
        yield index
    finally:
        await index.close()


async def found(index: Index, text: str = "lang:en") -> list[int]:
    return [hit.id for hit in (await index.search(text, limit=20, now=NOW)).hits]


async def filled(store: Store, root: Path) -> None:
    async with opened(store, root) as index:
        await index.catch_up()
        assert await found(index) == ENGLISH


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():  # noqa: ASYNC110 – what is waited for happens in a thread and has no event
            await asyncio.sleep(0)


class Beside:
    """A store in whose place a test stands for some of the questions."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class Forgetful(Beside):
    """Does not remember what changed."""

    def changed_since(self, table: Table[R], sequence: int) -> None:
        return None


class Counted(Beside):
    """Counts the rows that are read, and breaks off after some of them."""

    def __init__(self, store: Store, breaks_after: int = 1_000_000) -> None:
        super().__init__(store)
        self.read, self._breaks_after = list[int](), breaks_after

    async def rows(self, table: Table[R], *, above: int = 0) -> AsyncIterator[R]:
        async for row in self._store.rows(table, above=above):
            if table.name == BRIEFINGS.name:
                if len(self.read) == self._breaks_after:
                    raise IndexFault("os error 28")
                self.read.append(row.id)
            yield row


class Gated(Beside):
    """Gives no row before it is told to."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.gate = asyncio.Event()

    async def rows(self, table: Table[R], *, above: int = 0) -> AsyncIterator[R]:
        await self.gate.wait()
        async for row in self._store.rows(table, above=above):
            yield row


async def test_what_was_indexed_is_not_read_again(store: Store, tmp_path: Path) -> None:
    await filled(store, tmp_path / "index")
    counted = Counted(store)
    async with opened(counted, tmp_path / "index") as index:
        await index.catch_up()
        assert await found(index) == ENGLISH
    assert counted.read == []


async def test_changes_made_while_the_index_was_away_are_found(store: Store, tmp_path: Path) -> None:
    await filled(store, tmp_path / "index")
    await store.commit([Delete(BRIEFINGS, 9), *news(20, "Later", "A ferry left.")])
    async with opened(store, tmp_path / "index") as index:
        await index.catch_up()
        assert await found(index) == [20, 3, 2, 1]
        assert index.seen == store.sequence


async def test_it_is_filled_without_being_waited_for(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "PAUSE", 0)
    async with opened(store, tmp_path / "index") as index:
        for id in (20, 21, 22):
            await store.commit(news(id, "Later", "A ferry left."))
            index.wake()
            await until(lambda: index.seen == store.sequence)
        assert await found(index) == [22, 21, 20, *ENGLISH]


async def test_a_search_ends_the_pause_of_an_index_that_is_behind(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "PAUSE", 600)
    async with opened(store, tmp_path / "index") as index:
        await index.catch_up()
        for id in (20, 21):
            await store.commit(news(id, "Later", "A ferry left."))
            index.wake()
            async with asyncio.timeout(20):
                while id not in await found(index):
                    pass


def _write_over(folder: Path, pattern: str, data: bytes) -> None:
    for file in sorted(folder.glob(pattern)):
        file.write_bytes(data)


def _cut(folder: Path, pattern: str) -> None:
    for file in sorted(folder.glob(pattern)):
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _remove(folder: Path, pattern: str) -> None:
    for file in sorted(folder.glob(pattern)):
        file.unlink()


def _replaced_by_a_file(folder: Path) -> None:
    shutil.rmtree(folder.parent)
    folder.parent.write_bytes(b"not ours")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda folder: shutil.rmtree(folder.parent), id="gone"),
        pytest.param(lambda folder: shutil.rmtree(folder), id="folder gone"),
        pytest.param(lambda folder: _remove(folder, "*"), id="emptied"),
        pytest.param(lambda folder: _remove(folder, "meta.json"), id="no list of segments"),
        pytest.param(lambda folder: _write_over(folder, "meta.json", b""), id="empty list of segments"),
        pytest.param(lambda folder: _write_over(folder, "meta.json", b'{"segments": 3}'), id="foreign list"),
        pytest.param(lambda folder: _cut(folder, "meta.json"), id="list cut"),
        pytest.param(lambda folder: _remove(folder, "*.term"), id="no terms"),
        pytest.param(lambda folder: _cut(folder, "*.term"), id="terms cut"),
        pytest.param(lambda folder: _cut(folder, "*.idx"), id="postings cut"),
        pytest.param(lambda folder: _cut(folder, "*.fast"), id="columns cut"),
        pytest.param(lambda folder: _write_over(folder, "*.store", b"x" * 500), id="foreign state"),
        pytest.param(lambda folder: _write_over(folder, "*.pos", b""), id="positions empty"),
        pytest.param(_replaced_by_a_file, id="a file in its place"),
    ],
)  # fmt: skip
async def test_a_damaged_index_is_made_anew(store: Store, tmp_path: Path, damage: Callable[[Path], None]) -> None:
    await filled(store, tmp_path / "index")
    damage(tmp_path / "index" / FINGERPRINT)
    async with opened(store, tmp_path / "index") as index:
        await index.catch_up()
        assert await found(index) == ENGLISH
        assert await found(index, '"Orrin dam"') == [1]


async def test_an_index_of_older_rules_goes_and_what_is_not_ours_stays(store: Store, tmp_path: Path) -> None:
    older, foreign = tmp_path / "index" / "0123456789ab", tmp_path / "index" / "notes"
    older.mkdir(parents=True)
    foreign.mkdir()
    await filled(store, tmp_path / "index")
    assert not older.exists()
    assert foreign.exists()


async def test_a_file_in_its_place_is_moved_aside(store: Store, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a letter")
    await filled(store, tmp_path / "index")
    assert (tmp_path / "index.aside").read_text() == "a letter"


async def test_a_folder_that_cannot_be_written_is_done_without(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    await filled(store, tmp_path / "file" / "index")


async def test_an_index_of_another_archive_is_read_anew(store: Store, tmp_path: Path) -> None:
    for id in (20, 21):
        await store.commit(news(id, "Later", "A ferry left."))
    async with opened(store, tmp_path / "index") as index:
        await index.catch_up()
    other = await open_store(f"tinydb:{tmp_path / 'restored'}")
    await other.commit(news(2, "Restored", "A ferry came back."))
    async with opened(other, tmp_path / "index") as index:
        await index.catch_up()
        assert await found(index, "-zeppelin") == [2]
        assert await found(index, "fined") == []
    await other.close()


async def test_what_the_store_forgot_is_read_anew_while_answers_go_on(store: Store, tmp_path: Path) -> None:
    await filled(store, tmp_path / "index")
    await store.commit([Delete(BRIEFINGS, 3), Delete(BRIEFINGS, 9), *news(2, "Ferry owners freed", "They laughed.")])
    gated = Gated(store)
    gated.changed_since = Forgetful(store).changed_since  # type: ignore[attr-defined]
    async with opened(gated, tmp_path / "index") as index:
        assert await found(index, "resume") == [1]
        gated.gate.set()
        await index.catch_up()
        assert await found(index) == [2, 1]
        assert (await index.search("lang:en", limit=5, now=NOW)).total == 2
        assert await found(index, "fined") == []
        assert await found(index, "freed") == [2]


async def test_while_it_is_first_filled_answers_say_so(store: Store, tmp_path: Path) -> None:
    gated = Gated(store)
    async with opened(gated, tmp_path / "index") as index:
        results = await index.search("ferry", limit=5, now=NOW)
        assert (results.total, results.hints, index.seen) == (0, (Hint("indexing", "0"),), 0)
        gated.gate.set()
        await index.catch_up()
        again = await index.search("ferry", limit=5, now=NOW, upto=results.upto)
        assert (again.total, again.hints) == (2, ())


@pytest.mark.parametrize("after", range(10))
async def test_a_first_filling_broken_off_anywhere_is_taken_up_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(filling, "BATCH", 2)
    monkeypatch.setattr(filling, "COMMIT_EVERY", 4)
    async with opened(Counted(store, breaks_after=after), tmp_path / "index") as index:
        await index.catch_up()
    await store.commit([Delete(BRIEFINGS, 3), *news(20, "Later", "A ferry left.")])
    counted = Counted(store)
    async with opened(counted, tmp_path / "index") as index:
        await index.catch_up()
        results = await index.search("lang:en", limit=9, now=NOW)
        assert (results.total, [hit.id for hit in results.hits]) == (4, [20, 9, 2, 1])
    kept = min(after // 4 * 4, 8)
    assert counted.read == ([] if after == 9 else [id for id in [1, 2, 4, 5, 6, 7, 8, 9, 20] if id > kept])


async def test_another_writer_is_waited_for(store: Store, tmp_path: Path) -> None:
    other = IndexFolder(tmp_path / "index" / FINGERPRINT, writable=True)
    other.drop(1)
    async with opened(store, tmp_path / "index") as index:
        await index.catch_up()
        assert (await index.search("ferry", limit=5, now=NOW)).hints == (Hint("indexing", "0"),)
        other.close()
        await index.catch_up()
        assert await found(index) == ENGLISH


async def test_an_index_that_cannot_be_searched_is_made_anew(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panics(*_: object) -> None:
        raise IndexFault("the postings make no sense")

    async with opened(store, tmp_path / "index") as index:
        await index.catch_up()
        with monkeypatch.context() as broken:
            broken.setattr(search, "_search", panics)
            results = await index.search("ferry", limit=5, now=NOW)
        assert (results.total, results.hints) == (0, (Hint("indexing", "0"),))
        await index.catch_up()
        again = await index.search("ferry", limit=5, now=NOW, upto=results.upto)
        assert (again.total, again.hints) == (2, ())


class Damaged(Beside):
    """Cannot read a file of rows."""

    def rows(self, table: Table[R], *, above: int = 0) -> AsyncIterator[R]:
        raise DamagedError("briefings of 2031-05-20 cannot be read")


async def test_an_error_of_the_store_is_logged_and_the_next_round_tries_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeper, "PAUSE", 0)
    damaged = Damaged(store)
    async with opened(damaged, tmp_path / "index") as index:
        await until(lambda: "was not filled" in caplog.text)
        with pytest.raises(DamagedError):
            await index.catch_up()
        damaged.rows = store.rows  # type: ignore[method-assign]
        index.wake()
        await until(lambda: index.seen == store.sequence)
        assert await found(index) == ENGLISH


async def test_who_waits_for_it_and_closes_at_once_is_not_kept_waiting(store: Store, tmp_path: Path) -> None:
    """The filling is told to hurry and to end in the same turn of the loop."""
    kept = await keeper.Keeper.open(store, tmp_path / "index")
    await kept.ready()
    kept._hurry.clear()
    kept.wake()
    await until(lambda: bool(kept._hurry._waiters))
    kept._hurry.set()
    closing = asyncio.create_task(kept.close())

    done, _ = await asyncio.wait({closing}, timeout=20)

    assert done == {closing}
