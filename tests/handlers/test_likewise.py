from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.local.world import Message
from handlers.likewise import WORDS, question
from summaries.archive.query import MAX_CLAUSES, parse
from tests.handlers.world import MORNING, World, article, briefing, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def test_what_has_the_telling_words_comes_first_and_itself_not(there: World) -> None:
    await there.file(
        article("Dockers strike in Tarn harbour", ("The strike of the dockers began.", "Ferries stood still.")),
        article("Tram fares rise in Harsk", ("A ticket costs three crowns.",)),
        article("Tarn harbour reopens after strike", ("The dockers went back to work.", "Ferries sail again.")),
    )
    (shown,) = await there.say("/summary 1")
    shown = await there.press(shown, "More like this")
    assert labels(shown) == ["#3", "‹ Briefing"]
    opened = await there.press(shown, "#3")
    shown = await there.press(opened, "‹ Back to the list")
    assert shown.text.startswith("More like this")
    assert (await there.press(shown, "‹ Briefing")).text.startswith("Dockers strike in Tarn harbour")


async def test_what_is_of_its_story_is_marked(there: World) -> None:
    sentences = ("The ferry Sennet Star ran aground on the Cutler Bank.", "All 212 people on board were rescued.")
    await there.file(
        article("Ferry Sennet Star aground on Cutler Bank", sentences, outlet="Tarn Mail"),
        article("Ferry Sennet Star: 212 rescued off Cutler Bank", (*sentences[::-1], "Fog was thick."), outlet="Quill"),
    )
    one, other = await there.desk.latest(2)
    assert (await there.desk.place_of(one))[1] == (await there.desk.place_of(other))[1]
    (shown,) = await there.say("/summary 1")
    shown = await there.press(shown, "More like this")
    assert "of the same story" in shown.text


async def test_where_nothing_is_like_it_that_is_said(there: World) -> None:
    await there.file(article("Tram fares rise", ("A ticket costs three crowns.",)))
    (shown,) = await there.say("/summary 1")
    shown = await there.press(shown, "More like this")
    assert shown.text.endswith("Nothing here is like this one.")
    assert labels(shown) == ["‹ Briefing"]


@given(st.text(max_size=300), st.lists(st.text(max_size=40), max_size=5))
@settings(max_examples=50, deadline=None)
def test_what_is_asked_has_no_meaning_of_its_own(headline: str, facts: list[str]) -> None:
    query = parse(question(replace(briefing(article()), headline=headline, facts=tuple(facts))), MORNING)
    assert len(query.words) <= WORDS <= MAX_CLAUSES
    assert query.filters == ()
    assert not any(words.negated or words.phrase for words in query.words)
