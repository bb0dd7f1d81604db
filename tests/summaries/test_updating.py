"""The life of an update, against a network and workers in memory: every trap that a feed can set."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from summaries.archive.keys import withdraw
from summaries.desk import Desk, open_desk
from summaries.errors import DiskError, KilledError
from summaries.intake.outcomes import Refusal
from summaries.models import Briefing, Source
from summaries.scout import Scout
from summaries.updating import Checked, Rules
from tests.newsstand import FEED, NOW, SITE, Clock, Hands, Story, Wire, page, rss, stories


@dataclass
class World:
    """A desk with one source, and a scout that asks the wire."""

    desk: Desk
    scout: Scout
    wire: Wire
    hands: Hands
    clock: Clock
    source: Source

    async def poll(self, listed: list[Story] | None = None, *, after: timedelta = timedelta(hours=1)) -> Checked:
        """The feed as it is listed, checked some time later."""
        if listed is not None:
            self.wire.publish(listed)
        self.clock.now += after
        self.wire.asked.clear()
        return await self.scout.check(self.source.id)

    async def briefings(self) -> list[Briefing]:
        return [briefing async for briefing in self.desk.briefings()]

    async def headlines(self) -> list[str]:
        return [briefing.headline for briefing in await self.briefings()]

    @property
    def now(self) -> Source:
        source = self.desk.source(self.source.id)
        assert source is not None
        return source

    def notices(self) -> dict[str, int]:
        return {notice.code: notice.count for notice in self.desk.sourcebook.notices()}


async def world_of(url: str, clock: Clock, *, most: int = 20, languages: tuple[str, ...] = ()) -> World:
    desk = await open_desk(url, clock=clock)
    wire, hands = Wire(), Hands()
    rules = Rules(every=1800, most=most, languages=languages)
    scout = Scout(desk, cast(Any, wire), cast(Any, hands), rules, clock=clock, chance=lambda: 0.5)
    return World(desk, scout, wire, hands, clock, await desk.add_source(FEED))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    world = await world_of(f"tinydb:{tmp_path / 'desk'}", Clock(), most=5)
    yield world
    await world.desk.close()


# --- the plain way


async def test_new_articles_become_briefings_in_the_order_of_time(world: World) -> None:
    checked = await world.poll(stories(3))

    assert await world.headlines() == ["Item 1 is voted on", "Item 2 is voted on", "Item 3 is voted on"]
    assert (checked.entries, checked.kept, checked.waiting) == (3, 3, 0)
    first = (await world.briefings())[0]
    assert (first.source, first.origin, first.outlet) == (world.source.id, "page", "The Norvale Courier")
    assert (first.published, first.received) == (NOW - timedelta(hours=2), world.clock.now)


async def test_the_feed_introduces_itself_but_does_not_overrule_the_admin(world: World) -> None:
    await world.desk.change_source(world.source.id, name="Courier", tags=("water",))
    await world.poll(stories(1))

    assert (world.now.name, world.now.site, world.now.language) == ("Courier", f"{SITE}/", "en")
    assert (await world.briefings())[0].tags == ("water",)


async def test_an_unchanged_feed_is_not_read(world: World) -> None:
    await world.poll(stories(3))
    world.hands.work.clear()
    checked = await world.poll()

    assert checked.entries is None
    assert world.hands.work == []
    assert world.now.health.last_success == world.clock.now


async def test_what_follows_is_read_once(world: World) -> None:
    await world.poll(stories(3))
    checked = await world.poll(stories(5))

    assert checked.kept == 2
    assert sorted(world.wire.pages_asked()) == [Story(4).url, Story(5).url]
    assert len(await world.headlines()) == 5


# --- languages

GERMAN = (
    "Der Stadtrat von Norwald hat am Montag beschlossen, den alten Hafen zu schließen. "
    "Die Fähren fahren ab Juni von der neuen Brücke aus. Die Bürgermeisterin sprach von einem schweren Tag."
)


@pytest.fixture
async def english(tmp_path: Path) -> AsyncIterator[World]:
    world = await world_of(f"tinydb:{tmp_path / 'desk'}", Clock(), languages=("en",))
    yield world
    await world.desk.close()


def bilingual() -> list[Story]:
    second, first = stories(2)
    return [second.changed(title="Der alte Hafen von Norwald wird geschlossen", text=GERMAN), first]


async def test_articles_in_other_languages_are_not_kept_and_not_fetched_again(english: World) -> None:
    listed = bilingual()
    checked = await english.poll(listed)
    assert await english.headlines() == ["Item 1 is voted on"]
    assert (checked.kept, checked.waiting, english.notices()) == (1, 0, {})
    seen = await english.desk.sourcebook.seen(english.source.id)
    assert seen is not None
    assert sorted(mark.reason for mark in seen.marks) == ["", "language"]

    await english.poll([listed[0].changed(text=f"{GERMAN} Mehr dazu folgt."), listed[1]])
    assert english.wire.pages_asked() == []


async def test_without_languages_all_are_kept(world: World) -> None:
    assert (await world.poll(bilingual())).kept == 2


async def test_what_is_kept_already_goes_on_in_another_language(english: World) -> None:
    (first,) = stories(1)
    await english.poll([first])
    checked = await english.poll([first.changed(title="Der alte Hafen wird geschlossen", text=GERMAN)])
    assert (checked.kept, checked.updated) == (0, 1)


@pytest.mark.parametrize(
    ("languages", "language", "wanted"),
    [
        pytest.param((), "de", True, id="all"),
        pytest.param(("en", "ur"), "ur", True, id="named"),
        pytest.param(("en", "ur"), "de", False, id="not-named"),
        pytest.param(("en", "ur"), "und", True, id="cannot-be-told"),
    ],
)
def test_which_languages_are_wanted(languages: tuple[str, ...], language: str, wanted: bool) -> None:
    assert Rules(languages=languages).want(language) is wanted


# --- nothing twice


def flip(story: Story) -> Story:
    return story.changed(link=story.url.replace("https://", "http://") + "?utm_source=feed", guid=f"x-{story.number}")


AGAIN: list[Any] = [
    pytest.param(lambda s: s, id="the same again"),
    pytest.param(lambda s: s.changed(guid=f"new-{s.number}"), id="other guids"),
    pytest.param(lambda s: s.changed(link=f"{SITE}/other/{s.number}-moved-to-here"), id="other links"),
    pytest.param(lambda s: s.changed(link=s.url.replace("https:", "http:")), id="http instead of https"),
    pytest.param(lambda s: s.changed(link=s.url.replace("courier", "www.courier") + "/"), id="www and a slash"),
    pytest.param(flip, id="http, tracking and other guids at once"),
    pytest.param(lambda s: s.changed(published=s.published + timedelta(days=1)), id="other dates"),
    pytest.param(lambda s: s.changed(published=None), id="no dates any more"),
    pytest.param(
        lambda s: s.changed(guid=f"n{s.number}", link=f"{SITE}/n/{s.number}-moved-to-here"),
        id="other guids and links: the text tells",
    ),
    pytest.param(
        lambda s: s.changed(
            guid=f"n{s.number}", link=f"{SITE}/n/{s.number}-moved-to-here", published=s.published + timedelta(days=1)
        ),
        id="other guids, links and dates: the text tells",
    ),
]


@pytest.mark.parametrize("change", AGAIN)
async def test_a_feed_that_changes_its_ids_announces_nothing_twice(
    world: World, change: Callable[[Story], Story]
) -> None:
    listed = stories(4)
    await world.poll(listed)
    for _ in range(3):
        checked = await world.poll([change(story) for story in listed])
        assert (checked.kept, checked.updated) == (0, 0)
    await world.poll(listed)

    assert len(await world.headlines()) == 4


async def test_guids_that_are_addresses_may_change_their_scheme(world: World) -> None:
    listed = [story.changed(guid=f"http://courier.example/?p={story.number}") for story in stories(4)]
    await world.poll(listed)
    checked = await world.poll([
        story.changed(guid=story.guid.replace("http:", "https:"), link=f"{SITE}/b/{story.number}") for story in listed
    ])  # fmt: skip

    assert checked.kept == 0
    assert world.wire.pages_asked() == []


async def test_dropped_and_added_again(world: World) -> None:
    listed = stories(4)
    await world.poll(listed)
    await world.poll(listed[:1])
    await world.poll([])
    checked = await world.poll(listed)

    assert checked.kept == 0
    assert world.wire.pages_asked() == []


async def test_a_withdrawn_article_stays_withdrawn(world: World) -> None:
    await world.poll(stories(2))
    await world.desk.store.commit(withdraw((await world.briefings())[0], world.clock.now))
    other = [story.changed(title="Another headline") for story in stories(2)]
    await world.poll(other)
    await world.poll([])
    await world.poll(stories(2))

    assert [briefing.id for briefing in await world.briefings()] == [2]


async def test_the_same_article_in_two_sources_is_one_briefing(world: World) -> None:
    await world.poll(stories(2))
    other = await world.desk.add_source(f"{SITE}/world.xml")
    world.wire.publish(stories(2), f"{SITE}/world.xml")

    assert (await world.scout.check(other.id)).kept == 0
    assert len(await world.headlines()) == 2


async def test_a_source_that_was_removed_and_added_again_announces_nothing_twice(world: World) -> None:
    await world.poll(stories(4))
    await world.desk.remove_source(world.source.id)
    world.source = await world.desk.add_source(FEED)
    checked = await world.poll()

    assert checked.kept == 0
    assert len(await world.headlines()) == 4


async def test_one_article_listed_twice_is_one(world: World) -> None:
    story = Story(1)

    assert (await world.poll([story, story.changed(guid="other"), story.changed(link=f"{SITE}/b")])).kept == 1


async def test_a_front_page_for_every_link_is_nobody_s_identity(world: World) -> None:
    text = "The ferry to Sollen sails again from Monday on. It had been repaired for three months in the yard."
    listed = [story.changed(link=f"{SITE}/", summary=f"{text} Sailing {story.number} is free.") for story in stories(3)]
    checked = await world.poll(listed)

    assert checked.kept == 3
    assert {briefing.origin for briefing in await world.briefings()} == {"feed"}


async def test_one_guid_for_all_is_nobody_s_identity(world: World) -> None:
    assert (await world.poll([story.changed(guid="1") for story in stories(3)])).kept == 3
    assert (await world.poll([story.changed(guid="1") for story in stories(4)])).kept == 1


async def test_a_programme_that_says_the_same_every_day_is_new_every_day(world: World) -> None:
    said = "Our daily programme about all that moves the harbour towns of the eastern coast, with music between."
    for day in (1, 2, 3):
        story = Story(day, NOW + timedelta(days=day), title="The Daily Tide", summary=said, text=f"Today: {day}. " * 20)
        checked = await world.poll([story], after=timedelta(days=1))
        assert checked.kept == 1


# --- floods


async def test_of_a_first_poll_the_newest_are_taken_and_older_ones_never(world: World) -> None:
    checked = await world.poll(stories(30))
    again = await world.poll(stories(30)[::-1])

    assert checked.kept == 5
    assert await world.headlines() == [f"Item {number} is voted on" for number in range(26, 31)]
    assert again.kept == 0
    assert world.notices() == {}


@pytest.mark.parametrize(
    "date",
    [
        pytest.param(lambda number: None, id="no dates: the feed's order"),
        pytest.param(lambda number: NOW + timedelta(days=400 - number), id="all in the future: the feed's order"),
        pytest.param(lambda number: NOW - timedelta(hours=30 - number) if number % 3 else None, id="a third undated"),
    ],
)
async def test_missing_and_future_dates_neither_flood_nor_hide(world: World, date: Callable[[int], Any]) -> None:
    listed = [Story(number, date(number)) for number in range(30, 0, -1)]
    assert (await world.poll(listed)).kept == 5
    assert await world.headlines() == [f"Item {number} is voted on" for number in range(26, 31)]

    checked = await world.poll([Story(31, date(31)), *listed])
    assert checked.kept == 1


async def test_a_date_in_the_future_is_not_kept(world: World) -> None:
    await world.poll([Story(1, NOW + timedelta(days=30))])

    assert (await world.briefings())[0].published is None


async def test_a_feed_suddenly_full_of_old_articles_is_told_once_and_not_read(world: World) -> None:
    await world.poll(stories(4))
    old = [Story(number, NOW - timedelta(days=90)) for number in range(100, 140)]
    checked = await world.poll([*stories(5), *old])
    await world.poll([*stories(5), *old])

    assert checked.kept == 1
    assert len(await world.headlines()) == 5
    assert world.notices() == {"flood": 1}


async def test_a_latecomer_is_no_flood(world: World) -> None:
    await world.poll(stories(4))
    checked = await world.poll([*stories(4), Story(9, NOW - timedelta(days=10))])

    assert checked.kept == 1
    assert world.notices() == {}


async def test_a_long_list_of_undated_strangers_is_a_flood(world: World) -> None:
    await world.poll([Story(number, None) for number in range(10, 0, -1)])
    checked = await world.poll([Story(number, None) for number in range(90, 50, -1)])

    assert checked.kept == 5
    assert world.notices() == {"flood": 1}


async def test_more_news_than_are_taken_at_once_follows_at_the_next_polls(world: World) -> None:
    await world.poll(stories(1))
    listed = stories(12, newest=NOW + timedelta(days=1), apart=timedelta(minutes=10))
    polls = [await world.poll(listed, after=timedelta(days=3)) for _ in range(4)]

    assert [(checked.kept, checked.waiting) for checked in polls] == [(5, 6), (5, 1), (1, 0), (0, 0)]
    assert world.notices() == {}


# --- changes


async def test_a_changed_article_changes_its_briefing_and_says_so(world: World) -> None:
    await world.poll(stories(2))
    changed = Story(2, text=Story(2).body + " The vote was repeated on Friday and the result was the same.")
    checked = await world.poll([changed.changed(title="Item 2 is voted on again"), Story(1, NOW - timedelta(hours=1))])
    briefing = (await world.briefings())[1]

    assert (checked.kept, checked.updated) == (0, 1)
    assert (briefing.id, briefing.headline, briefing.updated) == (2, "Item 2 is voted on again", world.clock.now)
    assert briefing.received == NOW + timedelta(hours=1)
    article = await world.desk.article(2)
    assert article is not None
    assert "repeated on Friday" in article.text


async def test_a_feed_whose_text_changes_at_every_poll_is_soon_left_alone(world: World) -> None:
    asked = []
    for count in range(10):
        await world.poll([story.changed(summary=f"Read by {count} people.") for story in stories(2)])
        asked.append(len(world.wire.pages_asked()))

    assert asked == [2, 2, 2, 2, 2, 0, 0, 0, 0, 0]
    assert {briefing.updated for briefing in await world.briefings()} == {None}


async def test_after_a_quiet_day_a_change_is_looked_into_again(world: World) -> None:
    for count in range(10):
        await world.poll([Story(1, summary=f"Read by {count} people.")])
    checked = await world.poll([Story(1, title="Item 1 is settled")], after=timedelta(days=2))

    assert checked.updated == 1


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"<html><body></body></html>", id="an empty shell"),
        pytest.param(page(Story(1, text="Subscribe now to read this article on all your devices.")), id="a stub"),
    ],
)
async def test_a_page_that_cannot_be_read_any_more_changes_nothing(world: World, answer: bytes) -> None:
    await world.poll([Story(1)])
    world.wire.pages[Story(1).url] = answer
    world.wire.feeds[FEED] = rss([Story(1, summary="Another sentence about it, which is long enough to be a text.")])
    checked = await world.poll()

    assert checked.updated == 0
    assert (await world.briefings())[0].origin == "page"


# --- pages that cannot be read

SAID = "The council of Pell voted on Monday to open the tram line again. It had been closed since the flood of March."


COOKIES = b"<html><body><p>Please enable cookies and reload this page.</p></body></html>"


@pytest.mark.parametrize(
    ("answer", "wall"),
    [
        pytest.param(b"<html><body></body></html>", "empty", id="an empty shell"),
        pytest.param(COOKIES, "cookies", id="a wall"),
        pytest.param(b"\x00\x01\x02\x03" * 100, "empty", id="binary"),
        pytest.param(Refusal("forbidden", "HTTP 403", 403), "", id="forbidden"),
        pytest.param(Refusal("robots", "robots.txt"), "", id="robots"),
        pytest.param(Refusal("timeout", "slow"), "", id="timeout"),
        pytest.param(Refusal("too_large", "11 MB"), "", id="too large"),
    ],
)
async def test_the_feed_s_own_text_stands_in_for_a_page(world: World, answer: bytes | Refusal, wall: str) -> None:
    """And why is remembered with the entry."""
    story = Story(1, summary=SAID)
    world.wire.publish([story])
    if isinstance(answer, Refusal):
        world.wire.refused[story.url] = answer
    else:
        world.wire.pages[story.url] = answer
    await world.poll()
    briefing = (await world.briefings())[0]

    assert (briefing.origin, briefing.headline) == ("feed", "Item 1 is voted on")
    assert [chosen.text for chosen in briefing.sentences] == SAID.replace("again. ", "again.\n").split("\n")
    assert (world.now.health.pages_tried, world.now.health.pages_read) == (1, 0)
    seen = await world.desk.sourcebook.seen(world.source.id)
    assert seen is not None
    assert [mark.reason for mark in seen.marks] == [wall]


async def test_a_stub_of_what_the_feed_has_whole_is_not_taken(world: World) -> None:
    whole = f"{SAID} " + Story(7).body + " " + Story(8).body
    story = Story(1, text="Subscribe to read on. The council of Pell voted on Monday to open the line.", summary=whole)
    await world.poll([story])

    assert (await world.briefings())[0].origin == "feed"


async def test_a_page_that_is_away_is_asked_for_again_and_then_given_up(world: World) -> None:
    world.wire.publish([Story(1)])
    world.wire.refused[Story(1).url] = Refusal("server", "HTTP 503", 503)
    asked = []
    for _ in range(5):
        checked = await world.poll()
        asked.append((world.wire.asked.count(Story(1).url), checked.waiting))

    assert asked == [(1, 1), (1, 1), (1, 0), (0, 0), (0, 0)]
    seen = await world.desk.sourcebook.seen(world.source.id)
    assert seen is not None
    assert [mark.reason for mark in seen.marks] == ["server"]


async def test_a_page_that_comes_back_in_time_is_read(world: World) -> None:
    world.wire.publish([Story(1)])
    world.wire.refused[Story(1).url] = Refusal("unreachable", "refused")
    await world.poll()
    world.wire.refused.clear()

    assert (await world.poll()).kept == 1


async def test_a_site_that_is_down_is_not_asked_for_every_page(world: World) -> None:
    world.wire.publish(stories(5))
    world.wire.refused = {story.url: Refusal("timeout", "slow") for story in stories(5)}
    await world.poll()
    assert len(world.wire.pages_asked()) == 2

    world.wire.refused.clear()
    assert (await world.poll()).kept == 5


async def test_an_entry_without_any_text_is_given_up_at_once(world: World) -> None:
    world.wire.publish([Story(1)])
    world.wire.pages[Story(1).url] = b"<html><body></body></html>"
    await world.poll()
    world.wire.publish(stories(2))
    await world.poll()

    assert world.wire.pages_asked() == [Story(2).url]


# --- workers


async def test_an_article_that_kills_its_worker_twice_is_set_aside_with_a_notice(world: World) -> None:
    def trouble(name: str, args: tuple[Any, ...]) -> None:
        if name == "prepare_entry" and args[0].id == "guid-1":
            raise KilledError("the process that read it died (exit code -9)")

    world.hands.trouble = trouble
    checked = await world.poll(stories(3))
    assert (checked.kept, world.hands.work.count("prepare_entry")) == (0, 2)

    assert (await world.poll()).kept == 2
    assert (await world.poll(stories(4))).kept == 1
    assert world.wire.pages_asked() == [Story(4).url]
    assert world.notices() == {"set_aside": 1}
    assert "Item 1 is voted on" not in await world.headlines()


async def test_one_death_may_have_been_another_s_fault(world: World) -> None:
    deaths = iter([KilledError("died")])

    def trouble(name: str, args: tuple[Any, ...]) -> None:
        if name == "prepare_entry" and (death := next(deaths, None)):
            raise death

    world.hands.trouble = trouble

    assert (await world.poll(stories(2))).kept == 2


async def test_a_bug_in_one_article_does_not_keep_the_others(world: World, caplog: pytest.LogCaptureFixture) -> None:
    def trouble(name: str, args: tuple[Any, ...]) -> None:
        if name == "prepare_entry" and args[0].id == "guid-2":
            raise ZeroDivisionError("a bug")

    world.hands.trouble = trouble
    assert (await world.poll(stories(3))).kept == 2
    assert "ZeroDivisionError" in caplog.text
    assert world.notices() == {"bug": 1}
    world.hands.trouble = lambda name, args: None
    assert (await world.poll()).kept == 1


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        pytest.param(KilledError("took longer than 20 s"), "given_up", id="a feed that kills its reader"),
        pytest.param(ZeroDivisionError("a bug"), "bug", id="a bug"),
    ],
)
async def test_a_feed_that_cannot_be_read_is_that_source_s_trouble(
    world: World, error: Exception, reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    def trouble(name: str, args: tuple[Any, ...]) -> None:
        raise error

    world.hands.trouble = trouble
    checked = await world.poll(stories(1))

    assert checked.reason == reason
    assert (world.now.health.failures, world.now.health.reason) == (1, reason)
    assert world.now.health.next_check == world.clock.now + timedelta(minutes=30)


# --- health


async def test_what_is_no_feed_is_said(world: World) -> None:
    world.wire.feeds[FEED] = b"<html><body>Welcome</body></html>"
    checked = await world.poll()

    assert checked.reason == "no_feed"
    assert "web page" in checked.detail


async def test_a_failure_is_kept_and_a_success_forgets_it(world: World) -> None:
    world.wire.refused[FEED] = Refusal("server", "HTTP 500", 500)
    await world.poll(stories(1))
    assert (world.now.health.failures, world.now.health.reason) == (1, "server")

    world.wire.refused.clear()
    await world.poll()
    health = world.now.health
    assert (health.failures, health.reason, health.failing_since) == (0, "", None)


async def test_a_day_of_failures_is_told_once(world: World) -> None:
    world.wire.refused[FEED] = Refusal("unreachable", "no such host")
    for _ in range(30):
        await world.poll()

    assert world.notices() == {"failing": 1}


async def test_a_source_that_is_gone_is_paused_and_told(world: World) -> None:
    world.wire.refused[FEED] = Refusal("gone", "HTTP 410", 410)
    await world.poll()

    assert world.now.paused
    assert world.notices() == {"gone": 1}


async def test_a_new_address_is_taken_after_several_days(world: World) -> None:
    target = "https://news.example/feed"
    world.wire.publish(stories(1))
    world.wire.moved[FEED] = target
    urls = []
    for _ in range(5):
        await world.poll(after=timedelta(hours=16))
        urls.append(world.now.url)

    assert urls == [FEED, FEED, FEED, target, target]
    assert world.notices() == {"moved": 1}
    assert world.desk.find_source(FEED) is None


async def test_a_source_does_not_move_to_where_another_one_is(world: World) -> None:
    other = await world.desk.add_source("https://news.example/feed")
    world.wire.publish(stories(1))
    world.wire.moved[FEED] = other.url
    for _ in range(5):
        await world.poll(after=timedelta(days=1))

    assert world.now.url == FEED
    assert world.notices() == {"moved_same": 1}


async def test_many_hosts_at_once_are_not_their_fault(world: World) -> None:
    others = [await world.desk.add_source(f"https://outlet{number}.example/feed") for number in range(12)]
    for other in others:
        world.wire.refused[other.url] = Refusal("unreachable", "no route")
    for _ in range(3):
        world.clock.forward(days=1)
        for other in others:
            await world.scout.check(other.id)

    failures = [source.health.failures for other in others if (source := world.desk.source(other.id))]
    assert sum(failures) < len(failures)
    assert world.notices() == {}

    await world.poll(stories(1))
    await world.scout.check(others[0].id)
    assert world.desk.source(others[0].id).health.failures > failures[0]  # type: ignore[union-attr]


# --- what is stored, and when


async def test_nothing_is_seen_before_it_is_stored(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*args: Any) -> int:
        raise DiskError("the disk is full")

    world.wire.publish(stories(3))
    with monkeypatch.context() as patch:
        patch.setattr(world.desk.store, "commit", full)
        with pytest.raises(DiskError):
            await world.poll()
    assert await world.desk.sourcebook.seen(world.source.id) is None
    assert world.now.health.last_try is None

    assert (await world.poll()).kept == 3


@pytest.mark.parametrize("commits", range(8))
async def test_a_process_that_dies_between_commits_loses_nothing_and_doubles_nothing(
    tmp_path: Path, commits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update is broken off after so many commits, and the desk opened again as after a kill."""
    url, clock = f"tinydb:{tmp_path / 'desk'}", Clock()
    world = await world_of(url, clock, most=5)
    real, left = world.desk.store.commit, iter(range(commits))

    async def commit(changes: Any) -> int:
        if next(left, None) is None:
            raise asyncio.CancelledError
        return await real(changes)

    monkeypatch.setattr(world.desk.store, "commit", commit)
    results = await asyncio.gather(world.poll(stories(9)), return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError) == (commits < 6)
    monkeypatch.undo()
    await world.desk.close()

    again = await world_of(url, clock, most=5)
    again.wire.publish(stories(9))
    await again.scout.check(world.source.id)
    await again.poll(stories(10))
    assert await again.headlines() == [f"Item {number} is voted on" for number in range(5, 11)]
    await again.desk.close()


async def test_a_source_that_is_removed_meanwhile_is_not_brought_back(world: World) -> None:
    def trouble(name: str, args: tuple[Any, ...]) -> None:
        if name == "prepare_entry":
            removing.append(asyncio.ensure_future(world.desk.remove_source(world.source.id)))

    removing: list[asyncio.Future[bool]] = []
    world.hands.trouble = trouble
    checked = await world.poll(stories(3))
    await asyncio.gather(*removing)

    assert checked.source is None
    assert world.desk.sources() == []
    assert await world.desk.sourcebook.seen(world.source.id) is None


async def test_what_the_admin_changes_meanwhile_is_kept(world: World) -> None:
    def trouble(name: str, args: tuple[Any, ...]) -> None:
        if name == "prepare_entry":
            changing.append(asyncio.ensure_future(world.desk.change_source(world.source.id, name="Mine", paused=True)))

    changing: list[asyncio.Future[Any]] = []
    world.hands.trouble = trouble
    await world.poll(stories(3))
    await asyncio.gather(*changing)

    assert (world.now.name, world.now.paused, world.now.health.failures) == ("Mine", True, 0)
    assert world.now.health.last_success == world.clock.now


async def test_articles_are_counted_by_the_day(world: World) -> None:
    await world.poll(stories(2))
    await world.poll(stories(3), after=timedelta(days=3))

    assert world.now.health.kept == {"2031-05-20": 2, "2031-05-23": 1}
    assert await world.desk.kept_since(world.source.id, world.clock.now - timedelta(days=30)) == 3
    assert await world.desk.kept_since(world.source.id, world.clock.now - timedelta(days=1)) == 1


async def test_two_checks_at_once_are_one(world: World) -> None:
    world.wire.publish(stories(2))
    first, second = await asyncio.gather(world.poll(), world.scout.check(world.source.id))

    assert first is second
    assert world.wire.asked.count(FEED) == 1
