import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from summaries.archive.store import open_store
from summaries.models import Person
from summaries.people import People, with_access

NOON = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
async def people(tmp_path: Path) -> AsyncIterator[People]:
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    yield People(store, lambda: NOON)
    await store.close()


async def test_whoever_is_new_was_met_now(people: People) -> None:
    assert await people.change(5, lambda before: with_access(before, "waiting")) == Person(
        5, since=NOON, access="waiting"
    )
    assert await people.get(5) == Person(5, since=NOON, access="waiting")


async def test_changes_at_once_lose_nothing(people: People) -> None:
    await asyncio.gather(
        people.change(5, lambda before: replace(before, name="Mira")),
        people.change(5, lambda before: with_access(before, "approved")),
        people.change(5, lambda before: replace(before, admin=True)),
    )
    assert await people.get(5) == Person(5, "Mira", admin=True, since=NOON, access="approved")


@pytest.mark.parametrize("name", ["mira", "@mira", "MIRA"])
async def test_people_are_found_by_their_user_name(people: People, name: str) -> None:
    await people.change(5, lambda before: replace(before, username="Mira"))
    await people.change(6, lambda before: replace(before, username="Omar"))
    found = await people.named(name)
    assert found is not None
    assert found.id == 5


async def test_nobody_is_found_by_a_name_that_nobody_has(people: People) -> None:
    await people.change(5, lambda before: replace(before, username=""))
    assert await people.named("@nobody") is None
