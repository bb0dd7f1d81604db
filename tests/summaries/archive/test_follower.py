import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from summaries.archive.documents import FINGERPRINT
from summaries.archive.follower import Follower
from summaries.archive.index_folder import IndexFolder, Mark
from summaries.archive.query import Hint
from summaries.archive.search import Index
from summaries.archive.store import BRIEFINGS, Delete, Store, open_store
from summaries.models import Article, Briefing, Chosen
from tests.news import DESK, NOW, news

ENGLISH = [9, 3, 2, 1]


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    await store.commit(DESK)
    yield store
    await store.close()


@pytest.fixture
async def keeper(store: Store, tmp_path: Path) -> AsyncIterator[Index]:
    index = await Index.open(store, tmp_path / "index")
    await index.catch_up()
    yield index
    await index.close()


@asynccontextmanager
async def reading(tmp_path: Path, *, patience: float = 0) -> AsyncIterator[Index]:
    """The same desk, opened beside its writer."""
    store = await open_store(f"tinydb:{tmp_path / 'desk'}", readonly=True)
    index = Index(store, Follower(store, tmp_path / "index", patience=patience))
    try:
        yield index
    finally:
        await index.close()
        await store.close()


async def found(index: Index, text: str = "lang:en") -> list[int]:
    return [hit.id for hit in (await index.search(text, limit=20, now=NOW)).hits]


async def test_a_desk_opened_for_reading_follows(store: Store, keeper: Index, tmp_path: Path) -> None:
    readonly = await open_store(f"tinydb:{tmp_path / 'desk'}", readonly=True)
    index = await Index.open(readonly, tmp_path / "index")
    assert await found(index) == ENGLISH
    await index.close()
    await readonly.close()
    await store.commit(news(20, "Later", "A ferry left."))
    await keeper.catch_up()
    assert await found(keeper) == [20, *ENGLISH]


async def test_it_reads_the_keepers_index_and_writes_nothing(keeper: Index, tmp_path: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "index" / FINGERPRINT).iterdir()}
    async with reading(tmp_path) as index:
        assert await found(index) == ENGLISH
        assert index.seen == keeper.seen
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "index" / FINGERPRINT).iterdir()} == before


async def test_a_keeper_that_is_ahead_shows_nothing_that_is_not_in_our_store(
    store: Store, keeper: Index, tmp_path: Path
) -> None:
    async with reading(tmp_path) as index:
        await store.commit(news(20, "Later", "A ferry left."))
        await keeper.catch_up()
        results = await index.search("lang:en", limit=20, now=NOW)
        assert (results.total, [hit.id for hit in results.hits]) == (4, ENGLISH)


@pytest.mark.parametrize("runs", [pytest.param(True, id="keeper runs"), pytest.param(False, id="keeper is gone")])
async def test_what_the_keeper_has_not_seen_is_found_all_the_same(
    store: Store, keeper: Index, tmp_path: Path, runs: bool
) -> None:
    if not runs:
        await keeper.close()
    await store.commit(
        [Delete(BRIEFINGS, 3), *news(2, "Ferry owners freed", "They laughed."), *news(20, "Later", "Sea.")]
    )
    async with reading(tmp_path) as index:
        results = await index.search("lang:en", limit=20, now=NOW)
        assert (results.total, results.hints) == (4, ())
        assert {hit.id for hit in results.hits} == {1, 2, 9, 20}
        assert await found(index, "fined") == []
        assert await found(index, "freed") == [2]
        assert index.seen == store.sequence


async def test_it_waits_for_a_keeper_that_is_nearly_there(store: Store, keeper: Index, tmp_path: Path) -> None:
    await store.commit(news(20, "Later", "A ferry left."))
    async with reading(tmp_path, patience=60) as index:
        ids, _ = await asyncio.gather(found(index), keeper.catch_up())
        assert ids == [20, *ENGLISH]
        views = await index._upkeep.views()
        assert len(views) == 1


async def test_without_any_index_it_makes_one_for_itself(store: Store, tmp_path: Path) -> None:
    async with reading(tmp_path) as index:
        await index.catch_up()
        assert await found(index) == ENGLISH
        assert index.seen == store.sequence
    assert not (tmp_path / "index").exists()


async def test_a_damaged_index_is_left_to_its_keeper(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "index" / FINGERPRINT
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text("{")
    async with reading(tmp_path) as index:
        assert await found(index) == ENGLISH
    assert (folder / "meta.json").read_text() == "{"


async def test_an_index_that_fails_in_use_is_done_without(keeper: Index, tmp_path: Path) -> None:
    async with reading(tmp_path) as index:
        assert await found(index) == ENGLISH
        index._upkeep.distrust()
        assert await found(index) == ENGLISH
        assert len(await index._upkeep.views()) == 1


async def test_a_keeper_at_its_first_reading_is_searched_with_a_hint(store: Store, tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path / "index" / FINGERPRINT, writable=True)
    folder.put(Briefing("Ferry", (Chosen("A ferry.", 0),), id=2, language="en"), Article("A ferry."))
    folder.commit(Mark(store.sequence, above=4))
    async with reading(tmp_path) as index:
        results = await index.search("ferry", limit=20, now=NOW)
        assert (results.total, results.hints) == (1, (Hint("indexing", "44"),))
        folder.close()
        results = await index.search("ferry", limit=20, now=NOW)
        assert (results.total, results.hints) == (2, ())
