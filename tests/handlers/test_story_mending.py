"""What an admin changes in the grouping, through the whole bot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local.world import Message, Person
from tests.handlers.ferry import DIVERS, FERRY, LIBRARY, START, UNDATED, tell
from tests.handlers.world import World, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path, clock=lambda: START) as made:
        for news, outlet in ((FERRY, "Courier"), (DIVERS, "Herald"), (LIBRARY, "Herald")):
            await tell(made, news, outlet)
        yield made


@pytest.fixture
def admin(there: World) -> Person:
    return there.server.speaker("admin")


async def say(there: World, line: str, who: Person) -> str:
    return "\n".join(message.text for message in await there.say(line, person=who))


async def tap(there: World, message: Message, label: str, who: Person) -> Message:
    await there.press(message, label, person=who)
    return there.server.transcript(who)[-1]


async def places(there: World) -> list[int]:
    """The story of each briefing."""
    return [(await there.desk.place_of(briefing))[1] async for briefing in there.desk.briefings()]


async def test_two_stories_are_joined_when_that_is_confirmed(there: World, admin: Person) -> None:
    (asked,) = await there.say("/join 2 #1", person=admin)
    before = await places(there)
    done = await tap(there, asked, "Yes, join them", admin)

    assert before == [1, 1, 2]
    assert await places(there) == [1, 1, 1]
    assert done.text.startswith("They are one story now: 1. 2 leads to it as well.")
    assert "3 articles" in await say(there, "/story 2", admin)
    await tap(there, asked, "Yes, join them", admin)
    assert await places(there) == [1, 1, 1]


async def test_stories_that_are_left_stay_two(there: World, admin: Person) -> None:
    (asked,) = await there.say("/join 1 2", person=admin)
    left = await tap(there, asked, "Leave them", admin)

    assert "story 1" in left.text
    assert await places(there) == [1, 1, 2]


async def test_the_button_of_a_story_asks_for_the_other_one(there: World, admin: Person) -> None:
    story = (await there.say("/story 2", person=admin))[-1]
    asked = await tap(there, story, "Join", admin)
    wrong = await say(there, "that one", admin)
    asked_again = await tap(there, story, "Join", admin)
    (confirm,) = await there.say("1", person=admin)
    await tap(there, confirm, "Yes, join them", admin)

    assert "Which story is the same as" in asked.text
    assert asked_again.text == asked.text
    assert wrong.startswith("That is no story's number.")
    assert await places(there) == [1, 1, 1]


async def test_an_article_is_split_off_and_put_back(there: World, admin: Person) -> None:
    (asked,) = await there.say("/split 2", person=admin)
    done = await tap(there, asked, "Yes, split it off", admin)
    apart = await places(there)
    await tap(there, done, "Put it back", admin)

    assert "Make this article a story of its own?" in asked.text
    assert "It is story 3 now, apart from story 1." in done.text
    assert apart == [1, 3, 2]
    assert await places(there) == [1, 1, 2]
    assert "2 articles" in await say(there, "/story 3", admin)


async def test_the_article_to_split_off_is_picked_from_the_story(there: World, admin: Person) -> None:
    story = (await there.say("/story 1", person=admin))[-1]
    listed = await tap(there, story, "Split", admin)
    asked = await tap(there, listed, "#2", admin)
    left = await tap(there, asked, "Leave it", admin)

    assert "Which article is to be a story of its own?" in listed.text
    assert DIVERS.title in asked.text
    assert await places(there) == [1, 1, 2]
    assert left.id


async def test_a_date_is_said_and_can_be_taken_back(there: World, admin: Person) -> None:
    briefing = await tell(there, UNDATED, "Echo")
    said = await say(there, f"/date {briefing.id} 2032-08-10", admin)
    again = await say(there, f"/date #{briefing.id} 12 August 2032", admin)
    now = await there.desk.briefing(briefing.id)

    assert "10 August 2032" in said
    assert "It was undated before." in said
    assert f"To take it back: /date {briefing.id} 2032-08-10T00:00" in again
    assert now
    assert now.published
    assert now.published.date().isoformat() == "2032-08-12"


REFUSED = {
    "/join": "/join NUMBER NUMBER",
    "/join 1": "/join NUMBER NUMBER",
    "/join 1 two": "/join NUMBER NUMBER",
    "/join 1 2 3": "/join NUMBER NUMBER",
    "/join 1 99": "There is no story 99.",
    "/join 1 1": "These are one story already: 1.",
    "/split": "/split ARTICLE",
    "/split 99": "There is no briefing 99.",
    "/split x": "/split ARTICLE",
    "/split 3": "That article is a story of its own already.",
    "/date": "/date ARTICLE DATE",
    "/date 1": "/date ARTICLE DATE",
    "/date x 2032-08-01": "/date ARTICLE DATE",
    "/date 99 2032-08-01": "There is no briefing 99.",
    "/date 1 someday": "“someday” is no date, or not yet.",
    "/date 1 2040-01-01": "“2040-01-01” is no date, or not yet.",
}


async def test_what_cannot_be_mended_is_said_and_changes_nothing(there: World, admin: Person) -> None:
    for line, answer in REFUSED.items():
        assert (await say(there, line, admin)).startswith(answer), line
    assert await places(there) == [1, 1, 2]


async def test_only_admins_mend(there: World) -> None:
    for line in ("/join 1 2", "/split 2", "/date 1 2032-08-01"):
        assert await say(there, line, there.reader) == "Only the admins of this desk can do that."
    story = (await there.say("/story 1"))[-1]
    assert {"Join", "Split"}.isdisjoint(button.text for button in story.buttons)
