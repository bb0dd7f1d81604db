"""Stories as the desk gives them, and as an admin changes them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from summaries.archive.keys import withdraw
from summaries.desk import Desk, open_desk
from summaries.models import Briefing
from summaries.storyline import StoryView
from tests.rivals import OP_ED, REPORT, everyday
from tests.telling import on, prepared_news, tell

START = datetime(2032, 9, 1, tzinfo=UTC)

FERRY = on(
    "2032-08-10", "Ferry capsizes off Velmora", "A ferry capsized in the bay of Velmora on Monday and 31 people died."
)
DIVERS = on(
    "2032-08-11",
    "Divers at the Velmora ferry",
    "Divers search the hull of the ferry that capsized in the bay of Velmora.",
)
TOLL = on(
    "2032-08-12",
    "Velmora ferry: 43 dead",
    "The number of people who died when the ferry capsized in the bay of Velmora rose to 43.",
)
LATER = on(
    "2032-10-30",
    "Captain of the Velmora ferry jailed",
    "The captain of the ferry that capsized in the bay of Velmora was jailed.",
)
LIBRARY = on(
    "2032-08-11", "Library lends violins", "The library of Brandt lends violins, flutes and a harp to children."
)
UNDATED = on("", "The night of the ferry", "A ferry capsized in the bay of Velmora, and divers search its hull.")


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


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


async def place(desk: Desk, id: int) -> tuple[int, int]:
    briefing = await desk.briefing(id)
    assert briefing
    return await desk.place_of(briefing)


def ids(briefings: tuple[Briefing, ...]) -> list[int]:
    return [briefing.id for briefing in briefings]


# --- reading


async def test_a_story_has_its_articles_by_date_and_those_without_last(desk: Desk) -> None:
    late, undated = await tell(desk, LATER, outlet="Courier"), await tell(desk, UNDATED)
    await tell(desk, DIVERS, outlet="Herald")
    first = await tell(desk, FERRY, outlet="Courier")
    await tell(desk, LIBRARY)
    view = await desk.story(first.story)

    assert view
    assert ids(view.briefings) == [first.id, 3, late.id, undated.id]
    assert view.outlets == ("Courier", "Herald")
    assert (view.first, view.last) == (FERRY.when, LATER.when)
    assert ids(view.undated) == [undated.id]
    assert "ferry" in view.name.lower()


@pytest.mark.parametrize("id", [0, 7, -1])
async def test_there_is_no_story_of_an_id_that_was_never_given(desk: Desk, id: int) -> None:
    await tell(desk, FERRY)

    assert await desk.story(id) is None
    assert await desk.changes(id, START) == []
    assert (await desk.timeline(id)).points == ()


async def test_a_story_whose_articles_were_withdrawn_is_none(desk: Desk) -> None:
    briefing = await tell(desk, FERRY)
    await desk.store.commit(withdraw(briefing, START))

    assert await desk.story(briefing.story) is None


async def test_what_was_withdrawn_draws_no_other_articles(desk: Desk) -> None:
    """Its event is the sum of the articles that are left of it: here of none."""
    first = await tell(desk, FERRY)
    assert await desk.withdraw(first.id)

    second = await tell(desk, DIVERS)

    assert second.story != first.story


async def test_the_timeline_of_a_story(desk: Desk) -> None:
    op_ed, report = await tell(desk, OP_ED), await tell(desk, REPORT)
    timeline = await desk.timeline(op_ed.story)

    assert report.story == op_ed.story
    assert [(str(point.day), point.precision, point.id) for point in timeline.points] == [
        ("2031-02-25", "day", op_ed.id),
        ("2031-04-26", "day", op_ed.id),
        ("2032-04-01", "month", report.id),
        ("2032-08-08", "day", report.id),
    ]
    whole = {op_ed.id: OP_ED.text, report.id: REPORT.text}
    assert all(point.sentence in whole[point.id] for point in timeline.points)


async def test_what_is_new_since_a_moment(desk: Desk, clock: Clock) -> None:
    first = await tell(desk, FERRY)
    seen = clock.now
    clock.now += timedelta(days=1)
    await tell(desk, DIVERS)
    await tell(desk, TOLL)
    found = await desk.changes(first.story, seen)

    assert {change.statement.id for change in found} == {2, 3}
    [toll] = [change for change in found if ("number", "43") in change.facts]
    assert toll.then
    assert "31 people died" in toll.then.text
    assert await desk.changes(first.story, clock.now) == []


async def test_what_is_moving_is_counted_by_outlets(desk: Desk, clock: Clock) -> None:
    for news in everyday(3, seed=1):
        await tell(desk, news, outlet="Old")
    clock.now += timedelta(days=9)
    ferry = await tell(desk, FERRY, outlet="Courier")
    await tell(desk, LIBRARY, outlet="Herald")
    await tell(desk, on("2032-08-12", "Violins for children", f"{LIBRARY.text} They come in autumn."), outlet="Herald")
    await tell(desk, DIVERS, outlet="Echo")
    moving = await desk.stories(clock.now - timedelta(days=1))

    assert [(one.id, set(one.outlets), len(one.briefings)) for one in moving] == [
        (ferry.story, {"Courier", "Echo"}, 2),
        (moving[1].id, {"Herald"}, 2),
    ]
    assert len(await desk.stories(clock.now - timedelta(days=1), limit=1)) == 1


async def test_a_desk_that_is_only_read_has_its_stories(url: str, desk: Desk) -> None:
    briefing = await tell(desk, FERRY)
    reader = await open_desk(url, readonly=True)
    view = await reader.story(briefing.story)

    assert view
    assert ids(view.briefings) == [briefing.id]
    await reader.close()


# --- what an admin changes


async def test_two_stories_can_be_joined_and_both_ids_lead_to_one(desk: Desk) -> None:
    ferry, library = await tell(desk, FERRY), await tell(desk, LIBRARY)
    kept = await desk.join_stories(library.story, ferry.story)
    views = [await desk.story(ferry.story), await desk.story(library.story)]

    assert kept == ferry.story
    assert [view and (view.id, ids(view.briefings)) for view in views] == [(kept, [1, 2])] * 2
    assert (await place(desk, library.id))[1] == kept


async def test_what_was_joined_stays_joined_for_later_articles(desk: Desk, url: str, clock: Clock) -> None:
    ferry, library = await tell(desk, FERRY), await tell(desk, LIBRARY)
    await desk.join_stories(ferry.story, library.story)
    again = on("2032-08-13", "Violins for children", f"{LIBRARY.text} They come in autumn.")

    assert (await tell(desk, again)).story == ferry.story


@pytest.mark.parametrize(("one", "other"), [(1, 1), (1, 9), (9, 1), (0, 1)], ids=str)
async def test_there_must_be_two_stories_to_join(desk: Desk, one: int, other: int) -> None:
    await tell(desk, FERRY)

    assert await desk.join_stories(one, other) == 0


async def test_an_article_can_be_split_off_and_the_old_story_stays(desk: Desk) -> None:
    first, second = await tell(desk, FERRY), await tell(desk, DIVERS)
    story = await desk.split_story(second.id)
    old, new = await desk.story(first.story), await desk.story(story)

    assert story not in (0, first.story)
    assert old
    assert ids(old.briefings) == [first.id]
    assert new
    assert ids(new.briefings) == [second.id]
    again = await desk.briefing(second.id)
    assert again
    assert (again.story, again.why) == (story, ())


async def test_the_first_article_can_be_split_off_too(desk: Desk) -> None:
    first, second = await tell(desk, FERRY), await tell(desk, DIVERS)
    story = await desk.split_story(first.id)
    old = await desk.story(first.story)

    assert old
    assert ids(old.briefings) == [second.id]
    assert await place(desk, first.id) != await place(desk, second.id)
    assert (await place(desk, first.id))[1] == story


async def test_an_event_of_its_own_can_be_split_off_with_its_id(desk: Desk) -> None:
    first, later = await tell(desk, FERRY), await tell(desk, LATER)
    assert (later.story, later.event) == (first.story, 2)
    story = await desk.split_story(later.id)
    again = on("2032-10-30", "Jailed", f"{LATER.text} The judge gave him nine years.")

    assert (await place(desk, later.id))[1] == story
    assert (await tell(desk, again)).story == story
    old = await desk.story(first.story)
    assert old
    assert ids(old.briefings) == [first.id]


@pytest.mark.parametrize("id", [1, 9], ids=["alone in its story", "not there"])
async def test_what_cannot_be_split_off(desk: Desk, id: int) -> None:
    await tell(desk, FERRY)

    assert await desk.split_story(id) == 0


async def test_changes_of_an_admin_outlive_the_process(url: str, desk: Desk, clock: Clock) -> None:
    await tell(desk, FERRY)
    await tell(desk, DIVERS)
    library = await tell(desk, LIBRARY)
    story = await desk.split_story(2)
    await desk.join_stories(story, library.story)
    await desk.close()
    again = await open_desk(url, clock=clock)

    briefing, view = await again.briefing(2), await again.story(story)
    assert briefing
    assert await again.place_of(briefing) == (3, library.story)
    assert view
    assert sorted(ids(view.briefings)) == [2, library.id]
    await again.close()


async def test_a_date_that_was_not_known_can_be_said(desk: Desk) -> None:
    briefing = await tell(desk, UNDATED)
    when = datetime(2032, 8, 10, tzinfo=UTC)
    changed = await desk.redate(briefing.id, when)
    article, view = await desk.article(briefing.id), await desk.story(briefing.story)

    assert changed
    assert changed.published == when
    assert article
    assert article.published == when
    assert view
    assert view.undated == ()
    assert await desk.redate(99, when) is None


async def test_a_date_that_was_said_is_where_later_articles_look(desk: Desk) -> None:
    """An event that lay in May is one of August now, so a report of August is part of it."""
    early = await tell(desk, FERRY._replace(when=datetime(2032, 5, 1, tzinfo=UTC)))
    await desk.redate(early.id, datetime(2032, 8, 10, tzinfo=UTC))

    assert (await tell(desk, DIVERS)).event == early.event


async def test_an_article_that_changed_stays_where_it_is(desk: Desk) -> None:
    first, second = await tell(desk, FERRY), await tell(desk, DIVERS)
    item = prepared_news(DIVERS._replace(text=f"{DIVERS.text} They found nobody alive in it.", when=None))
    changed = await desk.revise(second.id, item)

    assert changed
    assert (changed.event, changed.story, changed.why) == (first.event, first.story, second.why)
    assert changed.published == DIVERS.when


def test_a_story_keeps_its_name_when_another_headline_says_no_more() -> None:
    told = [
        Briefing(headline, (), id=id, language="en") for id, headline in enumerate(("Ferry sinks", "Gale abates"), 1)
    ]

    assert StoryView(1, (told[0],), ()).name == StoryView(1, tuple(told), ()).name == "Ferry sinks"


def test_a_headline_made_of_a_sentence_names_a_story_last() -> None:
    made = Briefing("A ferry sank", (), id=1, language="en", made=True)

    assert StoryView(1, (made, Briefing("Gale abates", (), id=2, language="en")), ()).name == "Gale abates"
