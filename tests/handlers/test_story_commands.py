"""Stories, asked for through the whole bot."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.local.world import Message
from handlers import moving, story_commands, story_pages
from handlers.press import Press
from summaries.archive.store import READERS
from summaries.errors import DiskError
from summaries.models import AlsoIn
from tests.handlers.ferry import DIVERS, FERRY, LATER, LIBRARY, SAYING, START, TOLL, UNDATED, tell
from tests.handlers.world import World, world


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self):  # type: ignore[no-untyped-def]
        return self.now

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def there(tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    async with world(tmp_path, clock=clock) as made:
        yield made


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


def text(messages: list[Message]) -> str:
    return "\n".join(message.text or message.caption for message in messages)


def said(message: Message) -> str:
    return message.text or message.caption


async def last(there: World) -> Message:
    """The message that stands last in the chat: a picture takes the place of a text by a new one."""
    return there.server.transcript(there.reader)[-1]


async def tap(there: World, message: Message, label: str) -> Message:
    await there.press(message, label)
    return await last(there)


async def ferry(there: World) -> None:
    await tell(there, FERRY, "Courier")
    await tell(there, DIVERS, "Herald")
    await tell(there, LIBRARY, "Herald")


# --- /story


async def test_a_story_has_its_measure_its_days_and_a_sentence_for_each(there: World) -> None:
    await ferry(there)
    await tell(there, LATER, "Echo")
    answer = await there.say("/story 1")
    shown = text(answer)

    assert "3 articles · 3 outlets · 10 August 2032 to 30 October 2032 · story 1" in shown
    assert "1. 11 August 2032 · Herald · report · #2" in shown
    assert DIVERS.text in shown
    assert "2. 30 October 2032 · Echo · report · #4" in shown
    assert LATER.text in shown
    assert LIBRARY.title not in shown
    assert answer[0].attachment
    assert "Since I last looked" in labels(answer[-1])


async def test_a_story_of_one_day_needs_no_picture(there: World) -> None:
    await tell(there, LIBRARY, "Herald")
    (answer,) = await there.say("/story 1")

    assert not answer.attachment
    assert "1 article · 1 outlet · 11 August 2032 · story 1" in answer.text


async def test_a_story_is_found_by_number_article_link_and_words(there: World) -> None:
    await ferry(there)
    await tell(there, TOLL, "Echo", url="https://echo.example/toll")
    for words in ("1", "#2", "١", "capsized Velmora"):
        assert "3 articles · 3 outlets" in text(await there.say(f"/story {words}")), words


ASTRAY = {
    "": "/story NUMBER, #ARTICLE, LINK or WORDS",
    "99": "There is no story 99.",
    "0": "There is no story 0.",
    "-4": "There is no story -4.",
    "9" * 30: "No story has “999",
    "#99": "That article is not in this desk.",
    "https://nowhere.example/unknown": "That article is not in this desk.",
    "zeppelin": "No story has “zeppelin”.",
}


async def test_what_leads_to_no_story_is_said(there: World) -> None:
    await ferry(there)
    for words, answer in ASTRAY.items():
        assert text(await there.say(f"/story {words}".strip())).startswith(answer), words


async def test_words_of_several_stories_leave_the_choice(there: World) -> None:
    await ferry(there)
    (answer,) = await there.say("/story violins OR ferry")
    if "stories" not in answer.text:
        (answer,) = await there.say("/story of the")
    assert labels(answer) == ["1", "2"]
    shown = await tap(there, answer, "2")

    assert "story" in said(shown)
    assert "‹ Story" not in labels(shown)


async def test_undated_articles_are_listed_as_such(there: World) -> None:
    await ferry(there)
    await tell(there, UNDATED, "Echo")
    shown = text(await there.say("/story 1"))

    assert "Undated\n#4 The night of the ferry" in shown


async def test_copies_count_once(there: World) -> None:
    await tell(there, FERRY, "Courier", also=(AlsoIn("Echo"), AlsoIn("Herald")))
    await tell(there, DIVERS, "Herald")
    shown = text(await there.say("/story 1"))

    assert "2 articles · 2 outlets" in shown
    assert "1 more outlet printed copies" in shown


# --- since I last looked


async def test_who_looks_first_is_told_so_and_sees_the_timeline(there: World) -> None:
    await ferry(there)
    answer = await there.say("/story 1")
    shown = await tap(there, answer[-1], "Since I last looked")

    assert "You look at this story for the first time" in text(answer)
    assert "You look at this story for the first time" in said(shown)
    assert DIVERS.text in said(shown)
    assert there.toasts[-1].startswith("You look at this story for the first time")


async def test_only_what_is_new_is_shown_since_the_last_look(there: World, clock: Clock) -> None:
    await ferry(there)
    await there.say("/story 1")
    clock.wait(days=1)
    await tell(there, TOLL, "Echo")
    answer = await there.say("/story 1")
    shown = await tap(there, answer[-1], "Since I last looked (1)")

    assert "You look at this story for the first time" not in text(answer)
    assert "New since 1 September 2032, 09:30 UTC · 1 article" in shown.text
    assert f"Then: {FERRY.text}" in shown.text
    assert f"Now: {TOLL.text}" in shown.text
    assert DIVERS.text not in shown.text
    assert labels(shown) == ["#4", "‹ Story"]


@pytest.mark.parametrize(
    ("waits", "new"),
    [
        pytest.param([0, 0], True, id="a double tap"),
        pytest.param([2, 2, 14], True, id="opened again within minutes"),
        pytest.param([60 * 24], False, id="the next day"),
    ],
)
async def test_what_was_new_stays_so_for_a_while(there: World, clock: Clock, waits: list[int], new: bool) -> None:
    await ferry(there)
    await there.say("/story 1")
    clock.wait(days=1)
    await tell(there, TOLL, "Echo")
    await there.say("/story 1")
    for minutes in waits:
        clock.wait(minutes=minutes)
        answer = await there.say("/story 1")

    shown = await tap(there, answer[-1], "Since I last looked (1)" if new else "Since I last looked")
    assert (TOLL.text in shown.text) is new
    assert ("Nothing has come since." in shown.text) is not new


async def test_a_message_that_is_read_slowly_keeps_what_its_button_promised(there: World, clock: Clock) -> None:
    await ferry(there)
    await there.say("/story 1")
    clock.wait(days=1)
    await tell(there, TOLL, "Echo")
    answer = await there.say("/story 1")
    clock.wait(hours=2)

    assert TOLL.text in (await tap(there, answer[-1], "Since I last looked (1)")).text


async def test_a_message_of_last_week_was_the_last_look(there: World, clock: Clock) -> None:
    await ferry(there)
    await there.say("/story 1")
    clock.wait(days=1)
    await tell(there, TOLL, "Echo")
    answer = await there.say("/story 1")
    clock.wait(days=7)
    await tell(there, SAYING, "Courier")
    shown = await tap(there, answer[-1], "Since I last looked (1)")

    assert "Odo Marrin" in shown.text
    assert f"Now: {TOLL.text}" not in shown.text


async def test_everybody_has_looked_for_themselves(there: World, clock: Clock) -> None:
    await ferry(there)
    await there.say("/story 1")
    clock.wait(days=1)
    other = there.server.person("Late")

    assert "for the first time" in text(await there.say("/story 1", person=other))
    assert "for the first time" not in text(await there.say("/story 1"))


async def test_the_looks_of_those_who_knew_a_joined_story_count(there: World, clock: Clock) -> None:
    await ferry(there)
    await there.say("/story 2")
    clock.wait(days=1)
    await there.desk.join_stories(1, 2)

    assert "for the first time" not in text(await there.say("/story 2"))


async def test_what_says_nothing_new_is_said_to_say_nothing_new(there: World, clock: Clock) -> None:
    await ferry(there)
    await there.say("/story 1")
    clock.wait(days=1)
    await tell(there, FERRY._replace(title="Again", text=f"{FERRY.text[:-1]}, and Velmora."), "Echo")
    answer = await there.say("/story 1")
    shown = await tap(there, answer[-1], labels(answer[-1])[0])

    assert "What came since says nothing that was not told before." in shown.text


async def test_the_news_of_a_story_can_be_leafed_through(
    there: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_commands.story_news, "PAGE", 1)
    await ferry(there)
    await there.say("/story 1")
    clock.wait(days=1)
    await tell(there, TOLL, "Echo")
    await tell(there, SAYING, "Courier")
    answer = await there.say("/story 1")
    first = await tap(there, answer[-1], "Since I last looked (2)")
    clock.wait(hours=3)
    second = await tap(there, first, "Next ›")

    assert TOLL.text in first.text
    assert TOLL.text not in second.text
    assert "New since 1 September 2032" in second.text
    assert (await tap(there, second, "‹ Previous")).text == first.text


async def test_a_desk_that_is_only_read_shows_stories_and_keeps_no_look(tmp_path: Path, clock: Clock) -> None:
    async with world(tmp_path, clock=clock) as there:
        await ferry(there)
        await there.desk.store.checkpoint()  # type: ignore[attr-defined]
    async with world(tmp_path, clock=clock, readonly=True) as there:
        for line in ("/story 1", "/stories", "/since 3d", "/since"):
            assert FERRY.title in text(await there.say(line)), line
        assert there.desk.store.count(READERS) == 0


async def test_a_full_disk_keeps_no_look_and_shows_the_story(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await ferry(there)

    async def full(*_: object) -> None:
        raise DiskError("the disk is full")

    monkeypatch.setattr(there.desk.readers, "change", full)
    assert DIVERS.text in text(await there.say("/story 1"))
    assert "so of one day" in text(await there.say("/since"))
    assert "so of one day" in text(await there.say("/since"))


# --- what is behind its other buttons


async def test_who_says_what_by_outlet(there: World) -> None:
    await ferry(there)
    await tell(there, SAYING, "Courier")
    shown = await tap(there, (await there.say("/story 1"))[-1], "Who says what")

    assert "Courier · Named: 1 · Unnamed: 1" in shown.text
    assert "— Odo Marrin · 13 August 2032 · #4" in shown.text
    assert "— unnamed: “An official familiar with the inquiry”" in shown.text
    assert "‹ Story" in labels(shown)


async def test_nobody_says_anything_where_nothing_is_known(there: World) -> None:
    await tell(there, LIBRARY, "Herald", sentences=())
    shown = await tap(there, (await there.say("/story 1"))[-1], "Who says what")

    assert "Who says what is not known here" in shown.text


async def test_the_articles_are_paged_and_open(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await ferry(there)
    for number in range(5):
        await tell(there, DIVERS._replace(text=f"{DIVERS.text} The {number}th day."), f"Outlet {number}")
    await tell(there, UNDATED, "Echo")
    first = await tap(there, (await there.say("/story 1"))[-1], "Articles")
    second = await tap(there, first, "Next ›")

    assert "8 articles · 8 outlets · 1 to 5" in first.text
    assert "Undated" in second.text
    assert second.text.index("Undated") < second.text.index("The night of the ferry")
    opened = await tap(there, second, "#1")
    assert FERRY.title in opened.text
    assert (await tap(there, opened, "‹ Back to the list")).text == second.text


async def test_a_briefing_names_its_story_and_leads_to_it(there: World) -> None:
    await ferry(there)
    (opened,) = await there.say("/summary 2")
    (alone,) = await there.say("/summary 3")

    assert f"Story: {FERRY.title} (2 articles · 2 outlets)" in opened.text
    assert "Story" not in labels(alone)
    story = await tap(there, opened, "Story")
    assert "2 articles · 2 outlets" in said(story)
    assert (await tap(there, story, "‹ Back")).text == opened.text


async def test_why_together_names_the_words(there: World) -> None:
    await ferry(there)
    why = await tap(there, (await there.say("/summary 2"))[0], "Why together?")
    assert "Story: " in (await tap(there, why, "‹ Briefing")).text
    first = await tap(there, (await there.say("/summary 1"))[0], "Why together?")
    told = await there.desk.briefing(2)

    assert told
    assert f"These words joined it to what was there: {', '.join(told.why)}" in why.text
    assert FERRY.title in why.text
    assert "It is the first article of its story here." in first.text


async def test_why_together_where_no_word_did_it(there: World) -> None:
    await ferry(there)
    await there.desk.join_stories(1, 2)
    why = await tap(there, (await there.say("/summary 3"))[0], "Why together?")

    assert "an admin did, or names that it shares across languages" in why.text


async def test_balance_sets_the_labels_of_those_that_carry_it_beside_the_others(there: World) -> None:
    await there.desk.add_source("https://a.example/feed", name="Courier", labels={"country": "Tarn"}, language="en")
    await there.desk.add_source("https://b.example/feed", name="Herald", labels={"country": "Osk"}, language="en")
    await there.desk.add_source("https://c.example/feed", name="Tag", labels={"owner": "state"}, language="de")
    await tell(there, FERRY, "Courier", source=1)
    await tell(there, DIVERS, "Courier", source=1)
    shown = await tap(there, (await there.say("/story 1"))[-1], "Balance")

    assert "country\nCarry it: Tarn (1)\nDon't: Osk" in shown.text
    assert "owner\nCarry it: none\nDon't: state" in shown.text
    assert "language\nCarry it: English (1)\nDon't: German" in shown.text


async def test_without_labels_there_is_no_balance(there: World) -> None:
    await ferry(there)

    assert "Balance" not in labels((await there.say("/story 1"))[-1])


# --- /stories and /since


async def test_what_is_moving_is_ordered_by_outlets(there: World, clock: Clock) -> None:
    await tell(there, LIBRARY, "Herald")
    await tell(there, LIBRARY._replace(text=f"{LIBRARY.text} Violas too."), "Herald")
    await tell(there, LIBRARY._replace(text=f"{LIBRARY.text} And a lute."), "Herald")
    await tell(there, FERRY, "Courier")
    await tell(there, DIVERS, "Herald")
    (answer,) = await there.say("/stories")

    assert answer.text.index("Velmora") < answer.text.index("violins")
    assert "2 stories in 2 days" in answer.text
    shown = await tap(there, answer, "1")
    assert "2 articles · 2 outlets" in said(shown)
    assert (await tap(there, shown, "‹ Back")).text == answer.text


async def test_what_moved_lately_of_a_longer_story_is_said(there: World, clock: Clock) -> None:
    await ferry(there)
    clock.wait(days=5)
    await tell(there, TOLL, "Echo")
    (answer,) = await there.say("/stories")

    assert "lately: 1 article · 1 outlet" in answer.text
    assert "3 articles · 3 outlets" in answer.text


@pytest.mark.parametrize("days", [5, 20, 400], ids=str)
async def test_a_quiet_desk_shows_what_moved_last(there: World, clock: Clock, days: int) -> None:
    await ferry(there)
    clock.wait(days=days)

    assert FERRY.title in text(await there.say("/stories"))


async def test_an_empty_desk_has_no_stories(there: World) -> None:
    assert text(await there.say("/stories")).startswith("No stories here yet.")
    assert text(await there.say("/since 3d")).startswith("Nothing has come since")


async def test_pages_of_what_is_moving_stay_what_they_were(
    there: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "STORIES", 1)
    await ferry(there)
    (first,) = await there.say("/stories")
    await tell(there, LIBRARY._replace(text=f"{LIBRARY.text} Violas too."), "Echo")
    await tell(there, LIBRARY._replace(text=f"{LIBRARY.text} And a lute."), "Courier")
    second = await tap(there, first, "Next ›")

    assert FERRY.title in first.text
    assert "violins" in second.text
    assert (await tap(there, second, "‹ Previous")).text == first.text


async def test_what_is_new_in_everything_is_told_by_story(there: World, clock: Clock) -> None:
    await ferry(there)
    clock.wait(days=3)
    await tell(there, TOLL, "Echo")
    (answer,) = await there.say("/since 1d")

    assert "1 story" in answer.text
    assert f"Then: {FERRY.text}" in answer.text
    assert f"Now: {TOLL.text}" in answer.text
    assert LIBRARY.title not in answer.text
    more = await tap(there, answer, "1")
    assert f"Now: {TOLL.text}" in more.text


async def test_a_story_that_is_new_altogether_opens_as_a_story(there: World, clock: Clock) -> None:
    await ferry(there)
    (answer,) = await there.say("/since yesterday")

    assert "a new story: 2 articles · 2 outlets" in answer.text
    story = await tap(there, answer, "1")
    assert "story 1" in said(story)
    assert (await tap(there, story, "‹ Back")).text == answer.text


async def test_since_i_last_asked(there: World, clock: Clock) -> None:
    await ferry(there)
    (first,) = await there.say("/since")
    clock.wait(days=1)
    await tell(there, TOLL, "Echo")
    (second,) = await there.say("/since last")
    clock.wait(minutes=2)
    (again,) = await there.say("/since")
    clock.wait(days=1)
    (third,) = await there.say("/since")

    assert "the first time you ask, so of one day" in first.text
    assert LIBRARY.title in first.text
    assert f"Now: {TOLL.text}" in second.text
    assert again.text == second.text
    assert third.text.startswith("Nothing has come since 2 September 2032, 09:32")


async def test_what_is_no_moment_is_answered_with_how(there: World) -> None:
    for words in ("whenever", "2032-13-01", "3 days", "ا"):
        assert text(await there.say(f"/since {words}")).startswith("/since [last | 3d | DATE]"), words


async def test_a_moment_to_come_is_now(there: World) -> None:
    await ferry(there)

    assert text(await there.say("/since 2040-01-01")).startswith("Nothing has come since 1 September 2032")


async def test_pages_of_what_is_new(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving, "NEWS_OF", 1)
    await ferry(there)
    (first,) = await there.say("/since 3d")
    second = await tap(there, first, "Next ›")

    assert "1. " in first.text
    assert f"2. {LIBRARY.title}" in second.text
    assert (await tap(there, second, "‹ Previous")).text == first.text


# --- /latest


async def test_articles_of_a_story_on_a_page_stand_under_one_entry(there: World) -> None:
    await ferry(there)
    await tell(there, TOLL, "Echo")
    (answer,) = await there.say("/latest")

    assert "+ 2 more of this story\n#2 Divers at the Velmora ferry · Herald\n#1 Ferry capsizes" in answer.text
    assert answer.text.index("#4") < answer.text.index("#2") < answer.text.index("#3")
    assert [label for label in labels(answer) if label[0] == "#"] == ["#4", "#3", "#2", "#1"]


async def test_pages_of_the_newest_hold_so_many_articles_however_they_are_folded(there: World) -> None:
    await ferry(there)
    await tell(there, TOLL, "Echo")
    (first,) = await there.say("/latest 2")
    second = await tap(there, first, "Older ›")

    assert [label for label in labels(first) if label[0] == "#"] == ["#4", "#3"]
    assert [label for label in labels(second) if label[0] == "#"] == ["#2", "#1"]
    assert "+ 1 more of this story" in second.text


# --- buttons that lie


LIES = """
st:0:99 st:0 st:0:1:2 sn:0:1 sn:0:99:0:0 sm:0:1 sm:0:1:999999999999999:0 sa:0:99:0 sa:0:1:999999999999999 sw:0:1 sb:0
sw:0:1:999999999 sb:0:99 sy:0:99 sy:0 so:0:1 sg:0 so:0:999999999999999:0:1 sg:0:999999999999999:5:1 st:0:1/st:0:1
sg:0:0:999:999999999999999 st:0:1/x sj:0:1 sk:0:1:2 sx:0:1 sz:0:1 sc:0:1:0
""".split()  # noqa: SIM905  a list of them is longer than the test


async def test_no_button_breaks_it(there: World) -> None:
    """Data is what a client sends, whoever wrote it; the server refuses nothing of what is answered."""
    await ferry(there)
    for data in LIES:
        answer = (await there.say("/latest"))[-1]
        before = len(there.toasts)
        there.server.press(there.reader, answer, replace(answer.buttons[0], data=data))
        await there.settle()
        assert len(there.toasts) == before + 1, data
    assert await there.desk.place_of((await there.desk.latest(1))[0]) == (2, 2)


def test_every_view_has_its_own_name() -> None:
    assert len({*story_commands.TARGETS, *moving.TARGETS}) == 14
    assert all(Press(view, (10**15 - 1, 10**15 - 1, 10**15 - 1)).data for view in story_pages.LISTS)
