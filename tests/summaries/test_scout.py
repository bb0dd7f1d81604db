"""What an address leads to, and the scout's own life. What updates do is in tests/summaries/test_updating.py."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest

from summaries.desk import Desk, open_desk
from summaries.errors import InputError, KilledError
from summaries.filing import Added, Known
from summaries.intake.outcomes import Limits, Refusal
from summaries.scout import Scout, Step, scouting
from summaries.updating import Rules
from tests.newsstand import FEED, NOW, SITE, Clock, Hands, Story, Wire, page, rss, stories


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await open_desk(f"tinydb:{tmp_path}", clock=Clock())
    yield desk
    await desk.close()


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def scout(desk: Desk, wire: Wire, hands: Hands) -> Scout:
    return Scout(desk, cast(Any, wire), cast(Any, hands), Rules(), clock=Clock())


def front(*feeds: str) -> bytes:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{feed}">' for feed in feeds)
    return f"<html><head><title>Courier</title>{links}</head><body></body></html>".encode()


async def test_a_feed_is_previewed_and_nothing_is_stored(desk: Desk, wire: Wire, scout: Scout) -> None:
    wire.publish(stories(24))
    steps: list[Step] = []

    async def progress(step: Step) -> None:
        steps.append(step)

    found = await scout.prospect(f" {FEED}", progress)

    assert (found.kind, found.url, found.name, found.site) == ("feed", FEED, "The Norvale Courier", f"{SITE}/")
    assert (found.entries, found.newest, found.newest_date, found.language) == (24, "Item 24 is voted on", NOW, "en")
    assert (found.full_text, found.candidates, found.known) == (0, (), None)
    assert steps == [Step("fetching", FEED), Step("reading", FEED)]
    assert (desk.sources(), desk.count) == ([], 0)


async def test_a_known_feed_is_said_to_be_known(desk: Desk, wire: Wire, scout: Scout) -> None:
    wire.publish(stories(1))
    source = await desk.add_source(FEED)

    assert (await scout.prospect(FEED)).known == source


async def test_a_feed_that_moved_for_good_is_taken_where_it_is(wire: Wire, scout: Scout) -> None:
    wire.publish(stories(1))
    wire.moved[FEED] = "https://news.example/feed"

    assert (await scout.prospect(FEED)).url == "https://news.example/feed"


async def test_a_site_s_feed_is_found_and_its_others_are_candidates(wire: Wire, scout: Scout) -> None:
    wire.publish(stories(3))
    wire.pages[f"{SITE}/"] = front("/broken.xml", "/feed.xml", "/sport.xml")
    wire.pages[f"{SITE}/broken.xml"] = b"<html><body>Gone</body></html>"
    steps: list[str] = []

    async def progress(step: Step) -> None:
        steps.append(f"{step.doing} {step.url.removeprefix(SITE)}")

    found = await scout.prospect(f"{SITE}/", progress)

    assert (found.kind, found.url, found.entries) == ("feed", FEED, 3)
    assert found.candidates == (f"{SITE}/broken.xml", f"{SITE}/sport.xml")
    assert steps[0] == "fetching /"
    assert [step for step in steps if step.startswith("trying")] == ["trying /broken.xml", "trying /feed.xml"]


async def test_a_feed_that_the_site_does_not_name_is_found_where_feeds_are(wire: Wire, scout: Scout) -> None:
    wire.publish(stories(3), f"{SITE}/feed")
    wire.pages[f"{SITE}/"] = front()

    assert (await scout.prospect(f"{SITE}/")).url == f"{SITE}/feed"


async def test_a_page_without_a_feed_is_a_page_and_can_be_taken_once(desk: Desk, wire: Wire, scout: Scout) -> None:
    story = Story(1)
    wire.pages[story.url] = page(story)
    found = await scout.prospect(story.url)
    first, second = await scout.take(story.url, tags=["water"]), await scout.take(story.url)

    assert (found.kind, found.newest, found.language) == ("page", "Item 1 is voted on", "en")
    assert isinstance(first, Added)
    assert isinstance(second, Known)
    assert (first.briefing.tags, first.briefing.origin, first.briefing.source) == (("water",), "page", 0)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        pytest.param(Refusal("private_address", "10.0.0.1 is private"), "private_address", id="a private address"),
        pytest.param(Refusal("timeout", "no answer"), "timeout", id="no answer"),
        pytest.param(b"<html><body></body></html>", "no_feed", id="an empty page"),
        pytest.param(b"\x00\x01\x02" * 50, "no_feed", id="binary"),
    ],
)
async def test_nothing_is_said_to_be_nothing(wire: Wire, scout: Scout, answer: bytes | Refusal, reason: str) -> None:
    if isinstance(answer, Refusal):
        wire.refused[SITE] = answer
    else:
        wire.pages[SITE] = answer
    found = await scout.prospect(SITE)

    assert (found.kind, found.reason) == ("nothing", reason)
    assert found.detail
    if isinstance(answer, Refusal):
        with pytest.raises(InputError, match=answer.detail):
            await scout.take(SITE)
    else:
        with pytest.raises(InputError):
            await scout.take(SITE)


async def test_an_address_that_kills_its_reader_is_nothing(wire: Wire, hands: Hands, scout: Scout) -> None:
    def trouble(name: str, args: tuple[Any, ...]) -> None:
        raise KilledError("took longer than 20 s")

    hands.trouble = trouble
    wire.publish(stories(1))

    assert (await scout.prospect(FEED)).reason == "given_up"


async def test_a_source_that_is_not_there_is_not_checked(wire: Wire, scout: Scout) -> None:
    assert (await scout.check(7)).source is None
    assert wire.asked == []


async def test_stopping_breaks_off_what_does_not_end(
    desk: Desk, wire: Wire, scout: Scout, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*args: Any, **fields: Any) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(wire, "get", hang)
    source = await desk.add_source(FEED)
    checking = asyncio.create_task(scout.check(source.id))
    await asyncio.sleep(0)
    await scout.stop(0.0)

    with pytest.raises(asyncio.CancelledError):
        await checking


async def test_the_desk_has_a_scout_while_it_is_open_to_the_network(desk: Desk) -> None:
    assert desk.scout is None
    async with scouting(desk, Limits(), Rules(most=7)) as scout:
        assert desk.scout is scout
        assert scout.rules.most == 7
    assert desk.scout is None


async def test_feeds_of_this_world_are_feeds(wire: Wire, scout: Scout) -> None:
    wire.feeds[FEED] = rss([])

    assert ((await scout.prospect(FEED)).kind, (await scout.prospect(FEED)).entries) == ("feed", 0)
