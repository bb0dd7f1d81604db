from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from handlers.access import Invitation
from handlers.front import KEY
from summaries.errors import DiskError
from summaries.models import Person
from tests.handlers.world import MORNING, World, article, world

URL = "https://tarn.example/harbour/strike"


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


def labels(message: object) -> list[str]:
    return [button.text for button in message.buttons]  # type: ignore[attr-defined]


# --- /start and /help


async def test_start_welcomes_and_shows_what_to_try(there: World) -> None:
    (answer,) = await there.say("/start")
    assert "quiet briefing desk" in answer.text
    assert "/search harbour strike" in answer.text
    assert "admin" not in answer.text


async def test_help_lists_every_command_by_situation(there: World) -> None:
    (answer,) = await there.say("/help")
    assert all(f"/{name}" in answer.text for name in ("latest", "summary", "search", "help", "start"))
    assert answer.text.index("What is new") < answer.text.index("/latest")


async def test_the_invitation_makes_the_first_to_open_it_admin(tmp_path: Path) -> None:
    async with world(tmp_path, invitation=Invitation("s3cret_-")) as there:
        (wrong,) = await there.say("/start guess")
        (first,) = await there.say("/start s3cret_-")
        (again,) = await there.say("/start s3cret_-", person=there.server.person("Late"))
        assert ["admin" in answer.text for answer in (wrong, first, again)] == [False, True, False]
        (admin,) = await there.desk.admins()
        assert admin == Person(there.reader.id, there.reader.name, admin=True, since=MORNING)


async def test_the_invitation_is_not_taken_in_a_group(tmp_path: Path) -> None:
    async with world(tmp_path, invitation=Invitation("s3cret")) as there:
        group = there.server.group("Newsroom", there.reader)
        (answer,) = await there.say("/start@backchannel_bot s3cret", chat=group)
        assert "admin" not in answer.text
        assert await there.desk.admins() == []


# --- /latest


async def test_latest_of_an_empty_desk(there: World) -> None:
    (answer,) = await there.say("/latest")
    assert answer.text.startswith("No briefings here yet.")


@pytest.mark.parametrize(
    ("said", "shown", "note"),
    [
        pytest.param("/latest", [7, 6, 5, 4, 3], "", id="five-unless-asked"),
        pytest.param("/latest 2", [7, 6], "", id="as-many-as-asked"),
        pytest.param("/latest ٢", [7, 6], "", id="other-digits"),
        pytest.param("/latest 100", [7, 6, 5, 4, 3, 2, 1], "At most 50 at a time.", id="too-many"),
        pytest.param("/latest 0", [7], "Fewer than one is none", id="none"),
        pytest.param("/latest -3", [7], "Fewer than one is none", id="negative"),
        pytest.param(f"/latest {'9' * 4000}", [7, 6, 5, 4, 3, 2, 1], "At most 50", id="astronomical"),
    ],
)
async def test_how_many_latest(there: World, said: str, shown: list[int], note: str) -> None:
    await there.fill(7)
    (answer,) = await there.say(said)
    assert [label for label in labels(answer) if label[0] == "#"] == [f"#{number}" for number in shown]
    assert all(f"#{number} Ferry {number} leaves Tarn" in answer.text for number in shown)
    assert "The Tarn Mail · 8 August 2022 · English · report" in answer.text
    assert note in answer.text


async def test_latest_with_something_else_says_how(there: World) -> None:
    (answer,) = await there.say("/latest news")
    assert answer.text.startswith("There is no source “news” here.")


async def test_a_long_list_goes_on_in_further_messages(there: World) -> None:
    await there.file(*(article(f"{number} {'long headline ' * 20}", (f"Text {number}.",)) for number in range(40)))
    answers = await there.say("/latest 40")
    assert len(answers) > 2
    assert [bool(answer.buttons) for answer in answers] == [False] * (len(answers) - 1) + [True]
    text = "".join(answer.text for answer in answers)
    assert all(f"#{number} " in text for number in range(1, 41))


async def test_older_and_newer_turn_the_pages(there: World) -> None:
    await there.fill(5)
    (shown,) = await there.say("/latest 2")
    assert labels(shown) == ["#5", "#4", "Older ›"]
    shown = await there.press(shown, "Older ›")
    assert labels(shown) == ["#3", "#2", "‹ Newer", "Older ›"]
    shown = await there.press(shown, "Older ›")
    assert labels(shown) == ["#1", "‹ Newer"]
    shown = await there.press(shown, "‹ Newer")
    assert labels(shown) == ["#3", "#2", "‹ Newer", "Older ›"]
    shown = await there.press(shown, "‹ Newer")
    assert labels(shown) == ["#5", "#4", "Older ›"]


async def test_pages_stay_right_while_articles_arrive(there: World) -> None:
    await there.fill(4)
    (shown,) = await there.say("/latest 2")
    await there.file(article("Lighthouse sold", ("A buyer was found.",)), article("Pier closed", ("It was rotten.",)))
    shown = await there.press(shown, "Older ›")
    assert labels(shown)[:2] == ["#2", "#1"]
    shown = await there.press(shown, "‹ Newer")
    assert labels(shown) == ["#4", "#3", "‹ Newer", "Older ›"]
    shown = await there.press(shown, "‹ Newer")
    assert labels(shown) == ["#6", "#5", "Older ›"]


# --- /summary


async def test_summary_by_number(there: World) -> None:
    await there.file(article(url=URL, deck="A week without ferries is over."))
    for said in ("/summary 1", "/summary #1"):
        (answer,) = await there.say(said)
        assert answer.text.splitlines()[:2] == [
            "Harbour strike ends in Tarn",
            "The Tarn Mail · 8 August 2022 · English · report · #1",
        ]
        assert "A week without ferries is over." in answer.text
        sentences = ["Dockers went back to work.", "Ferries sail again.", "The mayor thanked both sides."]
        assert answer.text.endswith("\n".join(f"• {sentence}" for sentence in sentences))
        assert [(button.text, button.url) for button in answer.keyboard[0]] == [("In context", ""), ("Original", URL)]
        assert [button.text for button in answer.keyboard[1]] == ["Save", "More like this", "Report"]
        assert answer.previews == {"is_disabled": True}


async def test_summary_by_link(there: World) -> None:
    await there.file(article(url=URL))
    (answer,) = await there.say("/summary http://www.tarn.example/harbour/strike/?utm_source=chat")
    assert answer.text.startswith("Harbour strike ends in Tarn")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        pytest.param("/summary", "/summary NUMBER or LINK: an article in its own sentences", id="nothing"),
        pytest.param("/summary 99", "There is no briefing 99. /latest lists", id="unknown-number"),
        pytest.param("/summary 0", "There is no briefing 0.", id="zero"),
        pytest.param("/summary -1", "There is no briefing -1.", id="negative"),
        pytest.param(f"/summary {10**30}", "There is no briefing 1000", id="astronomical"),
        pytest.param("/summary https://other.example/a", "That article is not in this desk.", id="unknown-link"),
        pytest.param("/summary harbour <b>", "“harbour <b>” is neither a number nor a link.", id="words"),
    ],
)
async def test_summary_of_what_is_not_there(there: World, said: str, answered: str) -> None:
    await there.fill(1)
    (answer,) = await there.say(said)
    assert answer.text.startswith(answered)


async def test_in_context_and_back(there: World) -> None:
    await there.file(article(url=URL))
    (shown,) = await there.say("/summary 1")
    before = shown.text
    shown = await there.press(shown, "In context")
    quotations = [entity for entity in shown.content.entities if "blockquote" in entity.type]
    assert [entity.type for entity in quotations] == ["expandable_blockquote"] * 2
    assert "Dockers went back to work. Ferries sail again." in shown.text
    assert labels(shown) == ["‹ Briefing", "Original"]
    shown = await there.press(shown, "‹ Briefing")
    assert shown.text == before


async def test_from_a_list_to_a_briefing_to_its_context_and_all_the_way_back(there: World) -> None:
    await there.fill(3)
    (shown,) = await there.say("/latest 2")
    there_before = (shown.text, labels(shown))
    shown = await there.press(shown, "#2")
    assert shown.text.startswith("Ferry 2 leaves Tarn")
    shown = await there.press(shown, "In context")
    shown = await there.press(shown, "‹ Briefing")
    shown = await there.press(shown, "‹ Back to the list")
    assert (shown.text, labels(shown)) == there_before
    assert len(there.server.transcript(there.reader)) == 2, "nothing but the question and one message"


async def test_a_long_context_is_turned_part_by_part(there: World) -> None:
    long = tuple(f"Sentence number {number} of a very long paragraph about the harbour." for number in range(150))
    await there.file(article("Long read", long))
    (shown,) = await there.say("/summary 1")
    shown = await there.press(shown, "In context")
    assert labels(shown)[0] == "Part 2 ›"
    first = shown.text
    shown = await there.press(shown, "Part 2 ›")
    assert labels(shown)[:2] == ["‹ Part 1", "Part 3 ›"]
    shown = await there.press(shown, "‹ Part 1")
    assert shown.text == first


# --- /search


async def test_search_shows_what_was_found_with_the_words_marked(there: World) -> None:
    await there.file(article(url=URL), article("Snow in Vell", ("It snowed in Vell.",)))
    (answer,) = await there.say("/search dockers")
    assert answer.text.startswith("“dockers”: 1 found")
    assert "#1 Harbour strike ends in Tarn" in answer.text
    bold = [answer.text[e.offset : e.offset + e.length] for e in answer.content.entities if e.type == "bold"]
    assert bold == ["“dockers”: 1 found", "Dockers"]
    assert labels(answer) == ["#1"]


async def test_search_pages_stay_right_while_articles_arrive(there: World) -> None:
    await there.fill(7)
    (shown,) = await there.say("/search ferry")
    assert "“ferry”: 7 found" in shown.text
    assert "1 to 5" in shown.text
    first, numbers = shown.text, labels(shown)[:5]
    await there.file(article("Ferry, ferry, ferry", ("The ferry of all ferries.",)))
    shown = await there.press(shown, "Next ›")
    assert "6 to 7" in shown.text
    assert set(labels(shown)) == {f"#{number}" for number in range(1, 8)} - set(numbers) | {"‹ Previous"}
    shown = await there.press(shown, labels(shown)[0])
    shown = await there.press(shown, "‹ Back to the list")
    shown = await there.press(shown, "‹ Previous")
    assert shown.text == first


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        pytest.param("/search", "/search WORDS: briefings by their words\n/search harbour strike", id="nothing"),
        pytest.param("/search zebra", "Nothing found for “zebra”.", id="not-there"),
        pytest.param("/search <b>zebra&\"'", "Nothing found for “<b>zebra&\"'”.", id="markup"),
        pytest.param('/search "', "There is nothing in it to look for.", id="no-words"),
        pytest.param("/search ferry after:soon", "“soon” is no date", id="bad-date"),
        pytest.param("/search ferry kind:poem", "“poem” is no kind of article", id="bad-kind"),
        pytest.param("/search ferry zebra", "Nothing has all of these words; these have some of them.", id="any-word"),
        pytest.param("/search\nferry", "“ferry”: 1 found", id="on-the-next-line"),
    ],
)
async def test_what_search_says_of_a_question(there: World, said: str, answered: str) -> None:
    await there.fill(1)
    (answer,) = await there.say(said)
    assert answered in answer.text


async def test_a_question_that_cannot_be_kept_is_answered_without_pages(
    there: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await there.fill(7)

    async def full(text: str, upto: int) -> None:
        raise DiskError("no space left: free some")

    monkeypatch.setattr(there.desk, "keep_question", full)
    (answer,) = await there.say("/search ferry")
    assert "“ferry”: 7 found" in answer.text
    assert answer.buttons == ()


# --- buttons


async def test_a_double_tap_changes_nothing_twice(there: World) -> None:
    await there.fill(3)
    (shown,) = await there.say("/latest 2")
    there.server.press(there.reader, shown, "Older ›")
    there.server.press(there.reader, shown, "Older ›")
    await there.settle()
    assert there.toasts == ["", ""]
    assert there.edits == 1


async def test_a_press_on_what_a_client_showed_long_ago_counts(there: World) -> None:
    await there.fill(5)
    (first,) = await there.say("/latest 2")
    second = await there.press(first, "Older ›")
    assert (await there.press(second, "‹ Newer")).text == first.text
    assert (await there.press(first, "Older ›")).text == second.text
    assert (await there.press(first, "Older ›")).text == second.text
    assert there.edits == 3


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("x", id="no-view"),
        pytest.param("zz:0:1", id="unknown-view"),
        pytest.param("b:0:999", id="unknown-briefing"),
        pytest.param("c:0:999", id="unknown-context"),
        pytest.param("b:0", id="no-id"),
        pytest.param("b:0:1:2", id="too-many-ids"),
        pytest.param("b:0:-1", id="negative"),
        pytest.param("l:0:5", id="list-without-size"),
        pytest.param("l:0:5:0", id="empty-page"),
        pytest.param("l:0:5:51", id="page-too-long"),
        pytest.param("n:0:5:51", id="newer-page-too-long"),
        pytest.param("n:0:5", id="newer-without-size"),
        pytest.param("s:0:7", id="search-without-offset"),
        pytest.param("s:0:7:0", id="unknown-question"),
        pytest.param(f"b:0:{10**18}", id="astronomical"),
    ],
)
async def test_a_button_that_leads_nowhere_says_that_it_is_old(there: World, data: str) -> None:
    await there.fill(1)
    (shown,) = await there.say("/latest")
    old = replace(shown.buttons[0], data=data)
    there.server.press(there.reader, shown, old)
    await there.settle()
    assert there.toasts == ["This button is old: what it led to is gone. /latest has what is new."]
    assert there.edits == 0


async def test_a_question_that_no_longer_finds_anything_is_old(there: World) -> None:
    await there.fill(1)
    (shown,) = await there.say("/search ferry")
    there.server.press(there.reader, shown, replace(shown.buttons[0], data="s:0:1:5"))
    await there.settle()
    assert there.toasts[0].startswith("This button is old")


@pytest.mark.parametrize("back", ["x", "c:0:1", "b:0:1/l:0:1:5", "l:0:1:5/l:0:1:5"])
async def test_only_lists_are_gone_back_to(there: World, back: str) -> None:
    await there.fill(1)
    (shown,) = await there.say("/latest")
    old = replace(shown.buttons[0], data=f"b:0:1/{back}")
    there.server.press(there.reader, shown, old)
    await there.settle()
    (_, shown) = there.server.transcript(there.reader)
    assert "‹ Back to the list" not in labels(shown)


async def test_a_button_under_a_deleted_message_is_answered(there: World) -> None:
    await there.fill(1)
    (shown,) = await there.say("/latest")
    del there.server.world.chats[shown.chat_id].messages[shown.id]
    there.server.press(there.reader, shown, "#1")
    await there.settle()
    assert len(there.toasts) == 1
    there.server.refusals.clear()


async def test_a_desk_opened_for_reading_only_answers_too(tmp_path: Path) -> None:
    async with world(tmp_path) as writer:
        await writer.fill(7)
        async with world(tmp_path, readonly=True) as there:
            (shown,) = await there.say("/search ferry")
            assert "“ferry”: 7 found" in shown.text
            assert shown.buttons == (), "a question can't be kept for further pages"
            (shown,) = await there.say("/latest 1")
            shown = await there.press(shown, "#7")
            assert labels(shown)[:2] == ["In context", "More like this"], "nothing that writes"
            assert labels(shown)[-1] == "‹ Back to the list"


NASTY = [
    "<b>ferry</b> &amp; <a href='x'>",
    "{value} %s {0} \\n",
    "\u202eyrref\u202c \u2068ferry",
    "فیری BBC ferry",
    "👨\u200d👩\u200d👧 🇫🇷",
    "e\u0301" * 900,
    "ferry " * 680,
    "x" * 4000,
    '"',
    "-",
    "source: after: kind:",
]


async def test_whatever_is_said_the_server_refuses_nothing(there: World) -> None:
    await there.file(*(article(said, (f"{said} and more.",), outlet=said, deck=f"ferry {said}") for said in NASTY))
    for said in (*NASTY, "ferry", "and more"):
        for command in ("/search", "/summary", "/latest", "/start", "/nonsense", ""):
            assert await there.say(f"{command} {said}".strip()[:4096])
    for number in range(1, len(NASTY) + 1):
        shown = (await there.say(f"/summary {number}"))[-1]
        assert "In context" in labels(shown)
        assert (await there.press(shown, "In context")).text


async def test_one_search_at_a_time_for_each_person(there: World) -> None:
    await there.fill(2)
    other = there.server.person("Bo")
    async with there.application.bot_data[KEY].turns.turn(("search", there.reader.id)):
        (told,) = await there.say("/search ferry")
        (found,) = await there.say("/search ferry", person=other)
    assert told.text == "I am still at your last search. One at a time, please."
    assert found.text.startswith("“ferry”: 2 found")
    (found,) = await there.say("/search ferry")
    assert found.text.startswith("“ferry”: 2 found")
