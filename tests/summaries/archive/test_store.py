"""What every store promises. Each test runs on each store; a new one is a line in `SCHEMES`."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.archive.store import (
    ARTICLES,
    BRIEFINGS,
    PEOPLE,
    QUESTIONS,
    Change,
    Delete,
    Put,
    Store,
    Table,
    open_store,
)
from summaries.errors import ArchiveError, ConfigError
from summaries.models import Person
from tests.rows import briefing, filed

SCHEMES = ("tinydb",)

Open = Callable[..., Awaitable[Store]]


@pytest.fixture(params=SCHEMES)
def open_again(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Opens the same desk each time."""

    def open_it(**how: bool) -> Awaitable[Store]:
        return open_store(f"{request.param}:{tmp_path / 'desk'}", **how)

    return open_it


async def fill(store: Store, count: int) -> list[int]:
    ids = []
    for _ in range(count):
        id = store.next_id(BRIEFINGS)
        await store.commit([Put(BRIEFINGS, briefing(id)), Put(ARTICLES, filed(id))])
        ids.append(id)
    return ids


async def listed(store: Store, table: Table[Any], **how: int) -> list[int]:
    return [row.id async for row in store.rows(table, **how)]


async def test_a_commit_can_be_read_when_it_returns_and_after_a_restart(open_again: Open) -> None:
    store = await open_again()
    assert await store.commit([Put(BRIEFINGS, briefing(1)), Put(PEOPLE, Person(-5, "Ferry Watch"))]) == 1
    assert await store.get(BRIEFINGS, 1) == briefing(1)
    await store.close()
    store = await open_again()
    assert await store.get(BRIEFINGS, 1) == briefing(1)
    assert await store.get(PEOPLE, -5) == Person(-5, "Ferry Watch")
    assert (store.sequence, store.count(BRIEFINGS), store.count(PEOPLE)) == (1, 1, 1)
    await store.close()


async def test_what_is_not_there_is_none(open_again: Open) -> None:
    store = await open_again()
    assert await store.get(BRIEFINGS, 1) is None
    assert await store.newest(BRIEFINGS, 3) == []
    assert await listed(store, BRIEFINGS) == []
    assert (store.sequence, store.count(BRIEFINGS), store.highest(BRIEFINGS)) == (0, 0, 0)
    await store.close()


async def test_an_empty_commit_writes_nothing(open_again: Open) -> None:
    store = await open_again()
    assert await store.commit([]) == 0
    assert store.sequence == 0
    await store.close()


async def test_the_last_change_of_a_row_in_a_commit_counts(open_again: Open) -> None:
    store = await open_again()
    await store.commit([Put(PEOPLE, Person(1, "a")), Delete(PEOPLE, 1), Put(PEOPLE, Person(1, "b"))])
    await store.commit([Put(PEOPLE, Person(2)), Delete(PEOPLE, 2)])
    assert await store.get(PEOPLE, 1) == Person(1, "b")
    assert await store.get(PEOPLE, 2) is None
    assert store.count(PEOPLE) == 1
    await store.close()


async def test_the_newest_come_first_and_below_what_is_asked(open_again: Open) -> None:
    store = await open_again()
    await fill(store, 6)
    await store.commit([Delete(BRIEFINGS, 5)])
    assert [row.id for row in await store.newest(BRIEFINGS, 3)] == [6, 4, 3]
    assert [row.id for row in await store.newest(BRIEFINGS, 3, below=4)] == [3, 2, 1]
    assert await store.newest(BRIEFINGS, 0) == []
    assert await store.newest(BRIEFINGS, 3, below=1) == []
    await store.close()


async def test_rows_come_lowest_first_above_what_is_asked(open_again: Open) -> None:
    store = await open_again()
    await store.commit([Put(PEOPLE, Person(id)) for id in (7, -3, 12, 2)])
    assert await listed(store, PEOPLE) == [-3, 2, 7, 12]
    assert await listed(store, PEOPLE, above=2) == [7, 12]
    await store.close()


async def test_rows_see_what_is_committed_while_they_are_read(open_again: Open) -> None:
    store = await open_again()
    await fill(store, 4)
    seen = []
    async for row in store.rows(BRIEFINGS):
        seen.append(row.id)
        if row.id == 2:
            await store.commit(
                [Delete(BRIEFINGS, 3), Put(BRIEFINGS, briefing(4, "It was mended since.")), Delete(PEOPLE, 9)]
            )
            await fill(store, 1)
    assert seen == [1, 2, 4, 5]
    await store.close()


@pytest.mark.parametrize(
    "ends",
    [
        pytest.param(False, id="while open"),
        pytest.param(True, id="after a restart"),
    ],
)
async def test_an_id_is_never_given_twice(open_again: Open, ends: bool) -> None:
    store = await open_again()
    await fill(store, 3)
    await store.commit([Delete(BRIEFINGS, 3), Delete(ARTICLES, 3)])
    if ends:
        await store.close()
        store = await open_again()
    assert store.highest(BRIEFINGS) == 3
    assert (store.next_id(BRIEFINGS), store.next_id(BRIEFINGS)) == (4, 5)
    assert store.next_id(QUESTIONS) == 1
    await store.close()


async def test_changes_are_named_since_a_commit_in_the_order_of_the_last(open_again: Open) -> None:
    store = await open_again()
    await fill(store, 3)
    await store.commit([Put(BRIEFINGS, briefing(1, "Mended."))])
    await store.commit([Delete(BRIEFINGS, 2)])
    assert store.changed_since(BRIEFINGS, 0) == [3, 1, 2]
    assert store.changed_since(BRIEFINGS, 3) == [1, 2]
    assert store.changed_since(BRIEFINGS, 5) == []
    assert store.changed_since(ARTICLES, 2) == [3]
    await store.close()


async def test_changes_are_remembered_over_a_restart_while_somebody_needs_them(open_again: Open) -> None:
    store = await open_again()
    store.retain(lambda: 2)
    await fill(store, 4)
    await store.close()
    for _ in range(2):
        store = await open_again()
        store.retain(lambda: 2)
        assert store.changed_since(BRIEFINGS, 2) == [3, 4]
        await store.close()


async def test_concurrent_commits_all_stand_and_are_numbered(open_again: Open) -> None:
    store = await open_again()
    ids = [store.next_id(BRIEFINGS) for _ in range(50)]
    numbers = await asyncio.gather(*(store.commit([Put(BRIEFINGS, briefing(id))]) for id in ids))
    assert sorted(numbers) == list(range(1, 51))
    assert await listed(store, BRIEFINGS) == ids
    await store.close()


async def test_a_cancelled_caller_does_not_take_its_commit_back(open_again: Open) -> None:
    store = await open_again()
    waiting = asyncio.create_task(store.commit([Put(PEOPLE, Person(1))]))
    await asyncio.sleep(0)
    waiting.cancel()
    assert await store.commit([Put(PEOPLE, Person(2))]) == 2
    assert await listed(store, PEOPLE) == [1, 2]
    await store.close()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        pytest.param(Put(BRIEFINGS, briefing(0)), ValueError, id="no id"),
        pytest.param(Put(BRIEFINGS, briefing(2**63)), ValueError, id="an id of more than 64 bits"),
        pytest.param(Delete(BRIEFINGS, -(2**63) - 1), ValueError, id="a deletion of more than 64 bits"),
        pytest.param(Put(PEOPLE, Person(1, since=datetime(2026, 11, 21))), ValueError, id="a naive datetime"),  # noqa: DTZ001
        pytest.param(Put(PEOPLE, Person(1, name="\ud800")), ValueError, id="half a character"),
        pytest.param(Put(Table("moods", Person, "single"), Person(1)), KeyError, id="an unknown table"),
        pytest.param(Delete(Table("moods", Person, "single"), 1), KeyError, id="a deletion from an unknown table"),
        pytest.param(Put(BRIEFINGS, Person(1)), TypeError, id="a row of another table"),  # type: ignore[arg-type]
    ],
)
async def test_a_wrong_row_is_a_bug_and_nothing_of_its_commit_is_kept(
    open_again: Open, change: Change, error: type[Exception]
) -> None:
    store = await open_again()
    with pytest.raises(error):
        await store.commit([Put(PEOPLE, Person(1)), change])
    assert (store.sequence, store.count(PEOPLE)) == (0, 0)
    await store.close()


async def test_a_reader_beside_the_writer_sees_what_was_committed_and_writes_nothing(open_again: Open) -> None:
    store = await open_again()
    await fill(store, 3)
    reader = await open_again(readonly=True)
    assert reader.readonly
    assert not store.readonly
    assert (reader.sequence, reader.count(BRIEFINGS), await reader.get(ARTICLES, 2)) == (3, 3, filed(2))
    with pytest.raises(ArchiveError, match="reading only"):
        await reader.commit([Put(PEOPLE, Person(1))])
    await reader.close()
    await store.close()


async def test_a_closed_store_takes_no_commit(open_again: Open) -> None:
    store = await open_again()
    await store.close()
    await store.close()
    with pytest.raises(ArchiveError, match="closed"):
        await store.commit([Put(PEOPLE, Person(1))])


@pytest.mark.parametrize("url", ["", "tinydb:", "postgresql://desk", "data"])
async def test_an_unknown_store_is_refused_with_what_is_known(url: str) -> None:
    with pytest.raises(ConfigError, match="write tinydb:DIRECTORY"):
        await open_store(url)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 4)),
        st.tuples(st.sampled_from(["update", "delete"]), st.integers(0, 30)),
        st.tuples(st.sampled_from(["person", "forget"]), st.sampled_from([-7, -1, 1, 3, 2**62])),
        st.tuples(st.just("reopen"), st.just(0)),
    ),
    max_size=25,
)


def decided(step: tuple[str, int], store: Store, model: dict[str, dict[int, Any]]) -> list[Change]:
    """The changes of a step, made in the model at once."""
    what, number = step
    ids = sorted(model["briefings"])
    changes: list[Change] = []
    if what == "add":
        changes = [Put(BRIEFINGS, briefing(store.next_id(BRIEFINGS))) for _ in range(number)]
    elif what == "update" and ids:
        changes = [Put(BRIEFINGS, briefing(ids[number % len(ids)], f"Mended {number} times."))]
    elif what == "delete" and ids:
        changes = [Delete(BRIEFINGS, ids[number % len(ids)])]
    elif what == "person":
        changes = [Put(PEOPLE, Person(number, f"after {len(ids)}"))]
    elif what == "forget":
        changes = [Delete(PEOPLE, number)]
    for change in changes:
        rows = model[change.table.name]
        if isinstance(change, Put):
            rows[change.row.id] = change.row
        else:
            rows.pop(change.id, None)
    return changes


async def check(store: Store, model: dict[str, dict[int, Any]]) -> None:
    for table in (BRIEFINGS, PEOPLE):
        rows = [row async for row in store.rows(table)]
        expected = [row for _, row in sorted(model[table.name].items())]
        assert rows == expected
        assert store.count(table) == len(expected)
        assert await store.newest(table, 100) == expected[::-1]
        assert [await store.get(table, row.id) for row in expected] == expected


@pytest.mark.parametrize("scheme", SCHEMES)
@settings(max_examples=25, deadline=None)
@given(steps=STEPS)
def test_a_store_is_its_rows_whatever_was_done_and_however_often_it_was_opened(
    scheme: str, steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    url = f"{scheme}:{tmp_path_factory.mktemp('law')}"

    async def live() -> None:
        model: dict[str, dict[int, Any]] = {"briefings": {}, "people": {}}
        store = await open_store(url)
        for step in [*steps, ("reopen", 0)]:
            await store.commit(decided(step, store, model))
            if step[0] == "reopen":
                await check(store, model)
                await store.close()
                store = await open_store(url)
        await check(store, model)
        await store.close()

    asyncio.run(live())
