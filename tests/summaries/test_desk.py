import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summaries.archive.keys import key_of
from summaries.desk import QUESTIONS_KEPT, Desk, open_desk
from summaries.errors import ForeignError, LockedError
from summaries.filing import Added, Known
from summaries.intake.urls import url_key
from summaries.models import Person
from tests.articles import prepared

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"tinydb:{tmp_path / 'desk'}"


@pytest.fixture
async def desk(url: str) -> AsyncIterator[Desk]:
    desk = await open_desk(url, clock=lambda: NOW)
    yield desk
    await desk.close()


async def test_a_filed_article_is_kept_whole(desk: Desk) -> None:
    item = prepared(7, url="https://courier.example/7", source="Courier", date="2026-03-01")
    filed = await desk.file(item, ref="7", tags=["works"])
    assert isinstance(filed, Added)
    briefing = await desk.briefing(filed.briefing.id)
    assert briefing == filed.briefing
    assert briefing is not None
    assert (briefing.ref, briefing.tags, briefing.received) == ("7", ("works",), NOW)
    assert (briefing.outlet, briefing.published) == ("Courier", datetime(2026, 3, 1, tzinfo=UTC))
    assert await desk.article(briefing.id) == item.article


async def test_latest_is_by_the_order_of_arrival(desk: Desk) -> None:
    for number in range(5):
        await desk.file(prepared(number))
    assert [briefing.id for briefing in await desk.latest(3)] == [5, 4, 3]
    assert [briefing.id for briefing in await desk.latest(3, below=3)] == [2, 1]
    assert (desk.count, desk.highest) == (5, 5)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param({}, {}, id="the same text"),
        pytest.param({"title": "Before"}, {"title": "After"}, id="the same text under another title"),
        pytest.param(
            {"url": "http://www.courier.example/a?utm_source=x"},
            {"url": "https://courier.example/a", "text": "Another text about the same vote. " * 5},
            id="the same link, written otherwise",
        ),
    ],
)
async def test_what_is_known_is_not_added_again(
    desk: Desk, first: dict[str, object], second: dict[str, object]
) -> None:
    added = await desk.file(prepared(1, **first))
    known = await desk.file(prepared(1, **second))
    assert isinstance(known, Known)
    assert known.briefing == added.briefing
    assert desk.count == 1


async def test_of_many_at_once_with_the_same_text_one_is_added(desk: Desk) -> None:
    filed = await asyncio.gather(*(desk.file(prepared(number % 3)) for number in range(30)))
    assert sum(isinstance(one, Added) for one in filed) == 3
    assert desk.count == 3


async def test_the_desk_is_the_same_after_it_was_closed(url: str) -> None:
    desk = await open_desk(url)
    filed = await desk.file(prepared(1, url="https://courier.example/1"))
    await desk.close()
    desk = await open_desk(url)
    try:
        assert await desk.latest(9) == [filed.briefing]
        assert isinstance(await desk.file(prepared(1)), Known)
        assert await desk.find_url("http://courier.example/1/") == filed.briefing
        await desk.searchable()
        assert (await desk.search("council item")).total == 1
    finally:
        await desk.close()


async def test_a_link_nobody_filed_is_found_nowhere(desk: Desk) -> None:
    await desk.file(prepared(1, url="https://courier.example/1"))
    assert await desk.find_url("https://courier.example/2") is None
    assert await desk.find_url("") is None


async def test_search_gives_briefings_with_their_words_marked(desk: Desk) -> None:
    for number in range(12):
        await desk.file(prepared(number))
    await desk.searchable()
    found = await desk.search("harbour Tarn", limit=2)
    assert found.total == 1
    assert found.hits[0].briefing.headline == "Tarn repairs its harbour (11)"
    assert ("harbour", True) in found.hits[0].headline


async def test_pages_of_a_search_stay_as_they_were_while_articles_arrive(desk: Desk) -> None:
    for number in range(6):
        await desk.file(prepared(number))
    await desk.searchable()
    first = await desk.search("bridge", limit=3)
    for number in range(100, 106):
        await desk.file(prepared(number))
    await desk.searchable()
    second = await desk.search("bridge", limit=3, offset=3, upto=first.upto)
    assert {hit.briefing.id for page in (first, second) for hit in page.hits} == set(range(1, 7))


async def test_a_question_is_kept_and_let_go_in_time(desk: Desk) -> None:
    question = await desk.keep_question("bridge", upto=4)
    assert await desk.question(question.id) == question
    await desk.housekeeping(NOW + QUESTIONS_KEPT)
    assert await desk.question(question.id) == question
    await desk.housekeeping(NOW + QUESTIONS_KEPT + timedelta(seconds=1))
    assert await desk.question(question.id) is None


async def test_people_are_known_by_their_id(desk: Desk) -> None:
    await desk.admit(Person(5, "Ines", admin=True))
    await desk.admit(Person(6, "Pavel"))
    assert await desk.person(6) == Person(6, "Pavel")
    assert await desk.admins() == [Person(5, "Ines", admin=True)]
    assert await desk.person(7) is None


async def test_a_desk_has_one_writer_and_readers_beside_it(desk: Desk, url: str) -> None:
    filed = await desk.file(prepared(1))
    with pytest.raises(LockedError):
        await open_desk(url)
    reader = await open_desk(url, readonly=True)
    try:
        assert reader.readonly
        assert await reader.latest(1) == [filed.briefing]
        await desk.searchable()
        assert (await reader.search("council")).total == 1
    finally:
        await reader.close()


async def test_a_desk_that_cannot_be_opened_holds_no_lock(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("not ours")
    for _ in range(2):
        with pytest.raises(ForeignError):
            await open_desk(f"tinydb:{tmp_path}")


async def test_knows_tells_a_filed_key_from_others(desk: Desk) -> None:
    await desk.file(prepared(1, url="https://courier.example/1"))
    key = url_key("https://courier.example/1")
    assert await desk.knows(key_of(url=key))
    assert not await desk.knows(key_of(guid=key))
    assert not await desk.knows(None)
