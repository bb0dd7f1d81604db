import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from summaries.desk import Desk, open_desk
from summaries.errors import InputError
from summaries.intake.health import After, Cause
from summaries.models import Health, Source
from summaries.sources import NOTICES_KEPT
from tests.newsstand import FEED, NOW, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"tinydb:{tmp_path / 'desk'}"


@pytest.fixture
async def desk(url: str, clock: Clock) -> AsyncIterator[Desk]:
    desk = await open_desk(url, clock=clock)
    yield desk
    await desk.close()


async def note(desk: Desk, id: int, *causes: Cause) -> Source | None:
    return await desk.sourcebook.settle(id, lambda source: After(source, causes))


async def fail(desk: Desk, id: int) -> None:
    health = Health(reason="server", failures=3, failing_since=NOW, told=True, next_check=NOW, etag='"a"', gap=60.0)
    await desk.sourcebook.settle(id, lambda source: After(replace(source, health=health)))


async def test_a_source_is_kept_with_all_that_is_said_of_it(desk: Desk, url: str, clock: Clock) -> None:
    added = await desk.add_source(
        f" {FEED} ", name="Courier", tags=["water"], labels={"country": "Norvale"}, site="https://courier.example/",
        language="en", credentials="COURIER_LOGIN",
    )  # fmt: skip
    await note(desk, added.id, Cause("bug", {"detail": "x"}))
    await desk.close()
    again = await open_desk(url, clock=clock)

    assert again.sources() == [added]
    assert (added.url, added.added, added.health.next_check) == (FEED, NOW, None)
    assert again.find_source("http://www.courier.example/feed.xml/") == added
    assert [notice.values["name"] for notice in await again.notices()] == ["Courier"]
    await again.close()


async def test_a_known_address_is_not_added_again_however_it_is_written(desk: Desk) -> None:
    adding = [desk.add_source(FEED), desk.add_source(FEED.replace("https", "http")), desk.add_source(f"{FEED}#top")]
    added = await asyncio.gather(*adding)

    assert {source.id for source in added} == {1}
    assert len(desk.sources()) == 1


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("courier", "no http or https address", id="no address"),
        pytest.param("file:///etc/passwd", "no http or https address", id="a file"),
        pytest.param("https://ann:secret@courier.example/feed", "environment variable", id="a password in it"),
    ],
)
async def test_a_bad_address_is_refused_without_showing_a_password(desk: Desk, address: str, said: str) -> None:
    await desk.add_source(FEED)
    for attempt in (desk.add_source(address), desk.change_source(1, url=address)):
        with pytest.raises(InputError, match=said) as caught:
            await attempt
        assert "secret" not in str(caught.value)


async def test_ids_are_not_given_again(desk: Desk) -> None:
    await desk.add_source(FEED)
    assert await desk.remove_source(1)

    assert (await desk.add_source(FEED)).id == 2


@pytest.mark.parametrize(
    ("fields", "fresh", "etag"),
    [
        pytest.param({"name": "Mine"}, False, '"a"', id="a name changes nothing else"),
        pytest.param({"paused": True}, False, '"a"', id="a pause neither"),
        pytest.param({"url": "https://news.example/feed"}, True, "", id="another address: at once, unconditionally"),
        pytest.param({"credentials": "LOGIN"}, True, '"a"', id="other credentials: at once"),
    ],
)
async def test_what_people_change(desk: Desk, fields: dict[str, Any], fresh: bool, etag: str) -> None:
    await desk.add_source(FEED)
    await fail(desk, 1)
    changed = await desk.change_source(1, **fields)

    assert changed is not None
    assert {name: getattr(changed, name) for name in fields} == fields
    assert (changed.health.failures == 0, changed.health.next_check is None) == (fresh, fresh)
    assert (changed.health.etag, changed.health.gap) == (etag, 60.0)


async def test_a_resumed_source_is_checked_at_once(desk: Desk) -> None:
    await desk.add_source(FEED)
    await fail(desk, 1)
    await desk.change_source(1, paused=True)
    resumed = await desk.change_source(1, paused=False)

    assert resumed is not None
    assert (resumed.health.next_check, resumed.health.failures, resumed.health.told) == (None, 0, False)


async def test_two_sources_have_not_one_address(desk: Desk) -> None:
    await desk.add_source(FEED)
    await desk.add_source("https://news.example/feed")

    with pytest.raises(InputError, match="source 1 already"):
        await desk.change_source(2, url=FEED)
    assert await desk.change_source(1, url=FEED.replace("https", "http"))


async def test_health_is_not_people_s_to_change(desk: Desk) -> None:
    await desk.add_source(FEED)

    with pytest.raises(TypeError, match="health"):
        await desk.change_source(1, health=Health())


async def test_what_is_not_there_is_none(desk: Desk) -> None:
    assert desk.source(7) is None
    assert desk.find_source(FEED) is None
    assert await desk.change_source(7, name="x") is None
    assert not await desk.remove_source(7)
    assert await note(desk, 7, Cause("bug")) is None
    assert await desk.notices() == []
    assert await desk.kept_since(7, NOW) == 0


async def test_an_address_that_was_left_is_free_again(desk: Desk) -> None:
    await desk.add_source(FEED)
    await desk.change_source(1, url="https://news.example/feed")

    assert desk.find_source(FEED) is None
    assert (await desk.add_source(FEED)).id == 2


# --- notices


async def test_one_notice_for_each_cause_counted_until_it_is_read(desk: Desk, clock: Clock) -> None:
    await desk.add_source(FEED, name="Courier")
    await desk.add_source("https://news.example/feed")
    for _ in range(3):
        await note(desk, 1, Cause("bug", {"detail": "a"}), Cause("set_aside", key="x"), Cause("set_aside", key="y"))
        clock.forward(hours=1)
    await note(desk, 2, Cause("bug", {"detail": "b"}))
    found = await desk.notices()

    assert [(notice.code, notice.count) for notice in found] == [
        ("bug", 1), ("set_aside", 3), ("set_aside", 3), ("bug", 3),
    ]  # fmt: skip
    assert (found[-1].first, found[-1].last) == (NOW, NOW + timedelta(hours=2))
    assert found[-1].values == {"source": "1", "name": "Courier", "detail": "a"}

    await desk.read_notices([found[-1].id])
    await note(desk, 1, Cause("bug", {"detail": "c"}))
    bugs = [notice for notice in await desk.notices() if notice.values.get("source") == "1" and notice.code == "bug"]
    assert [(notice.count, notice.values["detail"]) for notice in bugs] == [(1, "c")]
    assert len(await desk.notices(unread=False)) == 5


async def test_notices_outlive_a_restart_and_go_on_being_counted(desk: Desk, url: str, clock: Clock) -> None:
    await desk.add_source(FEED)
    await note(desk, 1, Cause("bug"))
    await note(desk, 1, Cause("flood"))
    await desk.read_notices([2, 999])
    await desk.close()
    again = await open_desk(url, clock=clock)
    await note(again, 1, Cause("bug"), Cause("flood"))

    assert sorted((notice.id, notice.code, notice.count) for notice in await again.notices()) == [
        (1, "bug", 2), (3, "flood", 1),
    ]  # fmt: skip
    await again.close()


async def test_notices_of_a_removed_source_go_with_it(desk: Desk) -> None:
    await desk.add_source(FEED)
    await note(desk, 1, Cause("bug"))
    await desk.remove_source(1)

    assert await desk.notices(unread=False) == []


async def test_read_notices_are_kept_for_a_while_and_unread_ones_always(desk: Desk, clock: Clock) -> None:
    await desk.add_source(FEED)
    await note(desk, 1, Cause("bug"), Cause("flood"))
    await desk.read_notices([1])
    await desk.housekeeping(clock.now + NOTICES_KEPT)
    assert len(await desk.notices(unread=False)) == 2

    await desk.housekeeping(clock.now + NOTICES_KEPT + timedelta(minutes=1))
    assert [notice.code for notice in await desk.notices(unread=False)] == ["flood"]
