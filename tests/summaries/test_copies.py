"""Copies, through the desk that keeps them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from summaries.archive.keys import withdraw
from summaries.copies import NAME
from summaries.desk import Desk, open_desk
from summaries.filing import MOST_ALSO, Added, Copied, Known
from summaries.models import AlsoIn
from summaries.pipeline import Prepared
from summaries.threads.neighbours import SEALED, WINDOW
from tests.articles import prepared, text_of

NOW = datetime(2031, 5, 20, 12, tzinfo=UTC)
WIRE = text_of(1)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"tinydb:{tmp_path / 'desk'}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def desk(url: str, clock: Clock) -> AsyncIterator[Desk]:
    desk = await open_desk(url, clock=clock)
    yield desk
    await desk.close()


def report(text: str, outlet: str, page: str = "") -> Prepared:
    link = f"https://{outlet.lower()}.example/{page}" if page else ""
    return prepared(1, text=text, source=outlet, url=link, title=f"As {outlet} has it", date="2031-05-20")


def edited(text: str) -> str:
    return f"The harbour master was not asked. {text}"


CUT = WIRE[: WIRE.index("The Tarn")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WIRE, id="word for word"),
        pytest.param(edited(WIRE), id="edited"),
        pytest.param(CUT, id="cut"),
    ],
)
async def test_a_copy_is_kept_with_the_first(desk: Desk, text: str) -> None:
    first = await desk.file(report(WIRE, "Wire", "1"))
    copy = await desk.file(report(text, "Gazette", "2"), ref="b")

    assert isinstance(copy, Copied)
    assert copy.briefing == await desk.briefing(first.briefing.id)
    assert copy.briefing.also == (
        AlsoIn("Gazette", "https://gazette.example/2", datetime(2031, 5, 20, tzinfo=UTC), "b"),
    )
    assert replace(copy.briefing, also=(), keys=first.briefing.keys) == first.briefing
    assert desk.count == 1
    assert (await desk.file(report(text_of(2), "Wire"))).briefing.id == first.briefing.id + 1


@pytest.mark.parametrize("text", [WIRE, edited(WIRE)], ids=["word for word", "edited"])
async def test_a_copy_is_recognised_by_its_link_and_kept_once(desk: Desk, text: str) -> None:
    await desk.file(report(WIRE, "Wire", "1"))
    copy = await desk.file(report(text, "Gazette", "2"))
    again = await desk.file(report(text, "Gazette", "2"))

    assert type(again) is Known
    assert again.briefing == copy.briefing == await desk.find_url("https://gazette.example/2")


async def test_another_report_is_a_briefing_of_its_own(desk: Desk) -> None:
    for number in range(5):
        assert isinstance(await desk.file(report(text_of(number), "Wire")), Added)
    assert desk.count == 5


@pytest.mark.parametrize(
    ("first", "second", "source", "kept"),
    [
        pytest.param("Wire", "Gazette", 0, Copied, id="another outlet, handed in"),
        pytest.param("Wire", "wire", 0, Added, id="its own outlet, handed in"),
        pytest.param("", "Gazette", 0, Added, id="nobody knows whose, handed in"),
        pytest.param("Wire", "Gazette", 3, Copied, id="another outlet, followed"),
        pytest.param("Wire", "Wire", 3, Copied, id="its own outlet, followed"),
    ],
)
async def test_what_is_handed_in_is_a_copy_of_other_outlets_only(
    desk: Desk, first: str, second: str, source: int, kept: type
) -> None:
    await desk.file(report(WIRE, first))

    assert type(await desk.file(report(edited(WIRE), second), source=source)) is kept


async def test_of_copies_that_come_at_once_one_is_the_first(desk: Desk) -> None:
    texts = [f"{'Again. ' * n}{WIRE}" for n in range(8)]
    filed = await asyncio.gather(*(desk.file(report(text, f"Outlet{n}", "1")) for n, text in enumerate(texts)))

    assert [type(one) for one in filed].count(Added) == desk.count == 1
    (first,) = await desk.latest(9)
    assert len({first.outlet, *(copy.outlet for copy in first.also)}) == 8


async def test_copies_are_recognised_by_a_desk_that_was_closed(url: str, clock: Clock) -> None:
    desk = await open_desk(url, clock=clock)
    await desk.file(report(text_of(5), "Old"))
    clock.now += timedelta(days=10)
    await desk.file(report(WIRE, "Wire"))
    await desk.close()
    clock.now += timedelta(days=10)
    desk = await open_desk(url, clock=clock)

    assert isinstance(await desk.file(report(edited(WIRE), "Gazette")), Copied)
    assert isinstance(await desk.file(report(edited(text_of(5)), "Late")), Added)
    await desk.close()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda file: None, id="saved"),
        pytest.param(lambda file: file.unlink(), id="thrown away"),
        pytest.param(lambda file: file.write_bytes(file.read_bytes()[:99]), id="damaged"),
    ],
)
async def test_what_is_saved_is_worth_as_much_as_the_articles(
    url: str, clock: Clock, spoil: Callable[[Path], object]
) -> None:
    desk = await open_desk(url, clock=clock)
    await asyncio.gather(*(desk.file(report(text_of(number), "Wire")) for number in range(SEALED + 9)))
    await desk.close()
    spoil(Path(url.partition(":")[2], "copies", NAME))
    desk = await open_desk(url, clock=clock)

    for number in (0, SEALED - 1, SEALED, SEALED + 8):
        assert isinstance(await desk.file(report(edited(text_of(number)), "Gazette")), Copied)
    assert desk.count == SEALED + 9
    await desk.close()


async def test_after_14_days_it_is_news_again(desk: Desk, clock: Clock) -> None:
    await desk.file(report(WIRE, "Wire"))
    clock.now += WINDOW + timedelta(minutes=1)

    assert isinstance(await desk.file(report(edited(WIRE), "Gazette")), Added)


async def test_what_was_withdrawn_takes_no_copies(desk: Desk) -> None:
    first = await desk.file(report(WIRE, "Wire"))
    await desk.store.commit(withdraw(first.briefing, NOW))

    assert isinstance(await desk.file(report(edited(WIRE), "Gazette")), Added)


async def test_a_copy_that_changes_changes_nothing(desk: Desk) -> None:
    first = await desk.file(report(WIRE, "Wire", "1"))
    joined = await desk.file(report(edited(WIRE), "Gazette", "2"))

    assert await desk.revise(first.briefing.id, report(f"Nobody was there. {WIRE}", "Gazette", "2")) is None
    revised = await desk.revise(first.briefing.id, report(f"Nobody was there. {WIRE}", "Wire", "1"))
    assert revised is not None
    assert revised.also == joined.briefing.also


@pytest.mark.parametrize(
    ("page", "source", "taken"),
    [
        pytest.param("1", 3, True, id="its own"),
        pytest.param("1", 5, True, id="the same address in another feed of the outlet"),
        pytest.param("", 3, True, id="its own, without an address"),
        pytest.param("", 5, False, id="another source's, without an address"),
        pytest.param("9", 3, True, id="its own at a new address"),
        pytest.param("9", 5, False, id="another source's at an address that nobody knows"),
    ],
)
async def test_only_its_own_source_changes_an_article(desk: Desk, page: str, source: int, taken: bool) -> None:
    first = await desk.file(report(WIRE, "Wire", "1"), source=3)
    await desk.file(report(edited(WIRE), "Gazette"), source=5)

    revised = await desk.revise(first.briefing.id, report(f"Nobody was there. {WIRE}", "Wire", page), source=source)
    assert (revised is not None) is taken


async def test_an_outlet_without_end_fills_no_briefing(desk: Desk) -> None:
    first = await desk.file(report(WIRE, "Wire", "1"))
    for number in range(MOST_ALSO + 3):
        await desk.file(report(f"Minute {number}. {WIRE}", "Gazette", f"{number}"))

    found = await desk.briefing(first.briefing.id)
    assert found is not None
    assert len(found.also) == MOST_ALSO
    assert desk.count == 1
