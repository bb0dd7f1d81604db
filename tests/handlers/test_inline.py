from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.local.limits import utf16_units
from bot.local.world import InlineAnswer, Person
from handlers.inline import PAGE, Offset, read_offset, to_send
from handlers.press import HIGHEST
from handlers.texts import texts
from summaries.models import Chosen, Speaker
from tests.handlers.telegram_html import accepted
from tests.handlers.world import World, article, briefing, world

URL = "https://tarn.example/harbour/strike"
EN = texts("en")


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


async def typed(there: World, text: str, offset: str = "", person: Person | None = None) -> InlineAnswer:
    query = there.server.type_inline(person or there.reader, text, offset)
    await there.settle()
    return there.server.world.inline_answers[query.id]


def numbers(answer: InlineAnswer) -> list[int]:
    return [int(result.id) for result in answer.results]


async def test_without_words_the_latest(there: World) -> None:
    await there.fill(3)
    answer = await typed(there, "")
    assert numbers(answer) == [3, 2, 1]
    assert (answer.next_offset, answer.button) == ("", "")
    assert answer.results[0].title == "Ferry 3 leaves Tarn"
    about, sentence = answer.results[0].description.splitlines()
    assert about == "The Tarn Mail · 8 August 2022 · English · report"
    assert sentence == "The ferry called number3 left the harbour."


async def test_with_words_what_is_found(there: World) -> None:
    await there.fill(3)
    await there.file(article(url=URL))
    answer = await typed(there, "  harbour strike ")
    assert numbers(answer) == [4]
    (result,) = answer.results
    assert result.content.text.splitlines()[:2] == [
        "Harbour strike ends in Tarn",
        "The Tarn Mail · 8 August 2022 · English · report",
    ]
    assert "• Dockers went back to work." in result.content.text
    assert [(button.text, button.url) for button in result.keyboard[0]] == [
        ("Original", URL),
        ("Open here", "https://t.me/backchannel_bot?start=b4"),
    ]


async def test_the_link_under_what_was_sent_opens_it(there: World) -> None:
    await there.fill(1)
    (result,) = (await typed(there, "")).results
    link = result.keyboard[0][-1].url
    (answer,) = await there.say(f"/start {link.partition('start=')[2]}", person=there.server.person("Sana"))
    assert answer.text.startswith("Ferry 1 leaves Tarn")


@pytest.mark.parametrize("words", ["", "ferry"])
async def test_leafing_through_while_articles_arrive(there: World, words: str) -> None:
    await there.fill(2 * PAGE + 1)
    first = await typed(there, words)
    await there.file(article("Ferry sold", ("A buyer was found.",)))
    second = await typed(there, words, first.next_offset)
    third = await typed(there, words, second.next_offset)
    shown = [*numbers(first), *numbers(second), *numbers(third)]
    assert sorted(shown) == list(range(1, 2 * PAGE + 2))
    assert third.next_offset == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param("", "Nothing here yet. Ask me in our chat", id="empty-desk"),
        pytest.param("quillane", "Nothing found. Ask me in our chat", id="nothing-found"),
    ],
)
async def test_where_there_is_nothing_a_button_leads_to_the_chat(there: World, words: str, said: str) -> None:
    answer = await typed(there, words)
    assert (answer.results, answer.button, answer.start) == ((), said, "search")
    (shown,) = await there.say(f"/start {answer.start}")
    assert shown.text.startswith("/search WORDS")


async def test_behind_the_last_page_no_button_says_that_nothing_was_found(there: World) -> None:
    await there.fill(1)
    assert (await typed(there, "ferry", "1.10")).button == ""


async def test_what_was_sent_by_way_of_the_bot_is_not_answered(there: World) -> None:
    await there.fill(1)
    (result,) = (await typed(there, "")).results
    before = len(there.server.transcript(there.reader))
    there.server.send_inline(there.reader, result)
    await there.settle()
    assert len(there.server.transcript(there.reader)) == before + 1


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        pytest.param("", None, id="first-page"),
        pytest.param("12.10", Offset(12, 10), id="further-page"),
        pytest.param("12", None, id="another-version-s"),
        pytest.param("-1.0", None, id="negative"),
        pytest.param(f"{HIGHEST}.0", None, id="too-high"),
        pytest.param("١٢.0", None, id="other-digits"),
    ],
)
def test_offsets(text: str, offset: Offset | None) -> None:
    assert read_offset(text) == offset


@given(st.integers(0, HIGHEST - 1), st.integers(0, 999_999))
def test_an_offset_is_read_as_it_was_written_and_fits(upto: int, skip: int) -> None:
    offset = Offset(upto, skip)
    assert read_offset(str(offset)) == offset
    assert len(str(offset).encode()) <= 64


def test_who_says_so_stands_behind_a_sentence() -> None:
    found = briefing(article())
    named = Chosen("Ferries sail again.", 1, Speaker("named", "Ada Verin"))
    said = accepted(to_send(replace(found, sentences=(named,)), EN)).text
    assert "• Ferries sail again. (Ada Verin)" in said


def test_the_outlet_is_not_named_behind_every_sentence() -> None:
    own = Chosen("Ferries sail again.", 1, Speaker("outlet"))
    said = accepted(to_send(replace(briefing(article()), sentences=(own,)), EN)).text
    assert said.endswith("• Ferries sail again.")


@given(st.lists(st.text(min_size=1, max_size=3_000), max_size=4), st.text(max_size=5_000))
@settings(max_examples=40, deadline=None)
def test_whatever_it_says_one_message_holds_it(sentences: list[str], headline: str) -> None:
    chosen = tuple(Chosen(text, place) for place, text in enumerate(sentences))
    message = to_send(replace(briefing(article()), headline=headline, sentences=chosen), EN)
    assert utf16_units(accepted(message).text) <= 4096


@given(st.text(max_size=256), st.text(max_size=64))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_typed_is_answered(tmp_path_factory: pytest.TempPathFactory, text: str, offset: str) -> None:
    plain = "".join(char for char in text if not "\ud800" <= char <= "\udfff")
    async with world(tmp_path_factory.mktemp("inline")) as there:
        await there.fill(2)
        answer = await typed(there, plain, offset.encode("utf-8", "ignore").decode())
        assert answer.results or answer.button or offset
