"""/withdraw and /correct, said and pressed by an admin."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.local.people import ADMIN_ID
from bot.local.world import Message, Person
from summaries.filing import Known
from summaries.pipeline import Prepared
from tests.handlers.world import World, article, briefing, world

LINES = tuple((f"Sentence number {number} tells of the harbour.",) for number in range(1, 9))


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as there:
        await there.file(article("Harbour strike ends in Tarn", *LINES))
        yield there


@pytest.fixture
def admin(here: World) -> Person:
    person = here.server.speaker("admin")
    assert person.id == ADMIN_ID
    return person


async def press(here: World, admin: Person, message: Message, button: str) -> Message:
    return await here.press(message, button, person=admin)


async def test_a_briefing_is_withdrawn_after_asking(here: World, admin: Person) -> None:
    [sure] = await here.say("/withdraw 1", person=admin)
    assert await here.desk.briefing(1) is not None

    done = await press(here, admin, sure, "Withdraw it")

    assert done.text == "#1 is withdrawn."
    assert await here.desk.briefing(1) is None
    assert await here.desk.withdrawn(1) is not None
    await here.desk.searchable()
    assert (await here.desk.search("harbour")).total == 0
    [latest] = await here.say("/latest")
    assert "No briefings here yet" in latest.text


async def test_no_source_brings_it_back(here: World, admin: Person) -> None:
    [sure] = await here.say("/withdraw 1", person=admin)
    await press(here, admin, sure, "Withdraw it")
    again = article("Harbour strike ends in Tarn", *LINES)

    assert isinstance(await here.desk.file(Prepared.of(again, briefing(again, id=0))), Known)


async def test_an_admin_may_think_again(here: World, admin: Person) -> None:
    [sure] = await here.say("/withdraw 1", person=admin)

    kept = await press(here, admin, sure, "Keep it")

    assert "Harbour strike ends in Tarn" in kept.text
    assert await here.desk.briefing(1) is not None


async def test_other_sentences_are_chosen(here: World, admin: Person) -> None:
    [panel] = await here.say("/correct 1", person=admin)
    page = await press(here, admin, panel, "Sentences")
    page = await press(here, admin, page, "✓ 1")
    page = await press(here, admin, page, "Next ›")
    page = await press(here, admin, page, "7")
    done = await press(here, admin, page, "Done")

    found = await here.desk.briefing(1)
    assert found is not None
    assert [chosen.place for chosen in found.sentences] == [1, 2, 6]
    assert "corrected" in done.text


async def test_the_last_sentence_stays(here: World, admin: Person) -> None:
    [panel] = await here.say("/correct 1", person=admin)
    page = await press(here, admin, panel, "Sentences")
    for button in ("✓ 1", "✓ 2", "✓ 3"):
        page = await press(here, admin, page, button)

    found = await here.desk.briefing(1)
    assert found is not None
    assert [chosen.place for chosen in found.sentences] == [2]
    assert "1 to 10" in here.toasts[-1]


async def test_a_headline_is_of_the_articles_own_words(here: World, admin: Person) -> None:
    [panel] = await here.say("/correct 1", person=admin)
    await press(here, admin, panel, "Headline")
    [again] = await here.say("The harbour is lost", person=admin)
    assert "own words" in again.text

    [done] = await here.say("Sentence number 5 tells of the harbour.", person=admin)

    found = await here.desk.briefing(1)
    assert found is not None
    assert found.headline == "Sentence number 5 tells of the harbour."
    assert found.headline in done.text


async def test_the_kind_is_changed(here: World, admin: Person) -> None:
    [panel] = await here.say("/correct 1", person=admin)

    await press(here, admin, panel, "opinion")

    found = await here.desk.briefing(1)
    assert found is not None
    assert found.kind == "opinion"


@pytest.mark.parametrize("command", ["/withdraw", "/correct"])
@pytest.mark.parametrize("words", ["99", "#99", "harbour", "0", "9" * 30])
async def test_a_briefing_that_is_not_there_is_said_to_be_none(
    here: World, admin: Person, command: str, words: str
) -> None:
    [answer] = await here.say(f"{command} {words}", person=admin)

    assert "There is no briefing" in answer.text


@pytest.mark.parametrize("command", ["/withdraw 1", "/correct 1"])
async def test_readers_are_refused(here: World, command: str) -> None:
    [answer] = await here.say(command)

    assert "Only the admins" in answer.text
    assert await here.desk.briefing(1) is not None


async def test_what_is_so_already_is_no_correction(here: World, admin: Person) -> None:
    before = await here.desk.briefing(1)
    [panel] = await here.say("/correct 1", person=admin)

    same = await here.press(panel, "✓ report", person=admin)

    assert "corrected" not in same.text
    assert await here.desk.briefing(1) == before
