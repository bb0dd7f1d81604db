from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from bot.local.world import Message
from handlers import filtered
from handlers.filtered import Wish, read
from summaries.archive.store import BRIEFINGS, Put
from tests.handlers.world import World, article, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


@pytest.mark.parametrize(
    ("words", "wish"),
    [
        pytest.param("", Wish(), id="nothing"),
        pytest.param("10", Wish(10), id="number"),
        pytest.param("-3", Wish(-3), id="negative"),
        pytest.param("10 Tarn Mail", Wish(10, "Tarn Mail"), id="number-first"),
        pytest.param("Tarn Mail 10", Wish(10, "Tarn Mail"), id="number-last"),
        pytest.param("Tarn Mail", Wish(None, "Tarn Mail"), id="source"),
        pytest.param("#harbour", Wish(None, "", "harbour"), id="tag"),
        pytest.param("Tarn #harbour Mail 3", Wish(3, "Tarn Mail", "harbour"), id="all"),
        pytest.param("Channel 4 news", Wish(None, "Channel 4 news"), id="number-in-a-name"),
        pytest.param("#", Wish(None, "#"), id="no-tag"),
    ],
)
def test_what_stands_behind_latest(words: str, wish: Wish) -> None:
    assert read(words) == wish


@given(st.text())
def test_anything_has_a_reading(words: str) -> None:
    read(words)


async def file(there: World, count: int, outlet: str, *, source: int = 0, tags: tuple[str, ...] = ()) -> None:
    filed = await there.file(
        *(article(f"{outlet} {n}", (f"Number {n} of {outlet} came.",), outlet=outlet) for n in range(count))
    )
    await there.desk.store.commit([Put(BRIEFINGS, changed(each, source=source, tags=tags)) for each in filed])


async def test_the_newest_of_one_source(there: World) -> None:
    tarn = await there.desk.add_source("https://tarn.example/feed", name="The Tarn Mail")
    await file(there, 3, "Tarn Evening", source=tarn.id)
    await file(there, 3, "Radio Quill")
    (shown,) = await there.say("/latest 2 tarn mail")
    assert shown.text.startswith("Latest: The Tarn Mail")
    assert labels(shown) == ["#3", "#2", "Older ›"]
    await file(there, 1, "Late", source=tarn.id)
    shown = await there.press(shown, "Older ›")
    assert labels(shown) == ["#1", "‹ Newest"]
    shown = await there.press(shown, "#1")
    shown = await there.press(shown, "‹ Back to the list")
    assert labels(shown) == ["#1", "‹ Newest"]
    shown = await there.press(shown, "‹ Newest")
    assert labels(shown) == ["#7", "#3", "Older ›"]


async def test_the_newest_of_one_tag(there: World) -> None:
    await file(there, 2, "Tarn Mail", tags=("Harbour", "valley"))
    await file(there, 2, "Radio Quill", tags=("valley",))
    (shown,) = await there.say("/latest #harbour")
    assert shown.text.startswith("Latest: #harbour")
    assert labels(shown) == ["#2", "#1"]


async def test_a_source_s_new_tag_is_its_older_articles_too(there: World) -> None:
    tarn = await there.desk.add_source("https://tarn.example/feed", name="The Tarn Mail")
    await file(there, 2, "Tarn Mail", source=tarn.id, tags=("coast",))
    await file(there, 1, "Radio Quill")
    await there.desk.change_source(tarn.id, tags=("harbour",))
    (shown,) = await there.say("/latest 1 #harbour")
    assert labels(shown) == ["#2", "Older ›"]
    shown = await there.press(shown, "Older ›")
    assert shown.text.startswith("Latest: #harbour")
    assert labels(shown) == ["#1", "‹ Newest"]
    (shown,) = await there.say("/latest #coast")
    assert labels(shown) == ["#2", "#1"]


async def test_of_one_source_and_tag(there: World) -> None:
    await file(there, 1, "Tarn Mail", tags=("harbour",))
    await file(there, 1, "Radio Quill", tags=("harbour",))
    await file(there, 1, "Radio Quill late", tags=("valley",))
    (shown,) = await there.say("/latest radio quill #harbour")
    assert shown.text.startswith("Latest: Radio Quill late #harbour\nThere is nothing of it here.")


async def test_an_outlet_that_no_source_brought(there: World) -> None:
    await file(there, 2, "Radio Quill")
    await file(there, 1, "Tarn Mail")
    (shown,) = await there.say("/latest quill")
    assert shown.text.startswith("Latest: Radio Quill")
    assert labels(shown) == ["#2", "#1"]


async def test_a_name_that_several_have(there: World) -> None:
    for name in ("The Tarn Mail", "The Tarn Star"):
        await there.desk.add_source(f"https://{name.split()[-1].lower()}.example/feed", name=name)
    (shown,) = await there.say("/latest tarn")
    assert shown.text == "Which of these?"
    assert labels(shown) == ["The Tarn Mail", "The Tarn Star"]
    shown = await there.press(shown, "The Tarn Star")
    assert shown.text.startswith("Latest: The Tarn Star\nThere is nothing of it here.")
    (shown,) = await there.say("/latest the tarn mail")
    assert shown.text.startswith("Latest: The Tarn Mail")


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        pytest.param("/latest quillane", "There is no source “quillane” here.", id="source"),
        pytest.param("/latest #quillane", "Latest: #quillane\nThere is nothing of it here.", id="tag"),
    ],
)
async def test_what_is_not_there(there: World, said: str, answered: str) -> None:
    await there.fill(1)
    (shown,) = await there.say(said)
    assert shown.text.startswith(answered)


async def test_a_page_that_looked_far_enough_says_so_and_goes_on(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filtered, "WINDOW", 2)
    monkeypatch.setattr(filtered, "LOOKED_AT", 4)
    await file(there, 1, "Tarn Mail", tags=("harbour",))
    await file(there, 6, "Radio Quill")
    (shown,) = await there.say("/latest #harbour")
    assert "None among these 4 briefings. There may be older ones." in shown.text
    shown = await there.press(shown, "Older ›")
    assert labels(shown) == ["#1", "‹ Newest"]


@pytest.mark.parametrize("data", ["lf:0", "lf:0:0:5:0", "lf:0:0:0:0:0", "lf:0:0:51:0:0", "lf:0:0:5:99:0"])
async def test_a_button_that_leads_nowhere_is_old(there: World, data: str) -> None:
    await there.fill(1)
    (shown,) = await there.say("/latest")
    there.server.press(there.reader, shown, replace(shown.buttons[0], data=data))
    await there.settle()
    assert there.toasts[0].startswith("This button is old")


# --- /sources for readers


async def test_the_sources_of_readers(there: World) -> None:
    assert (await there.say("/sources"))[0].text.startswith("No sources are followed here yet.")
    tarn = await there.desk.add_source(
        "https://tarn.example/feed", name="The Tarn Mail", tags=["harbour"], language="en", site="https://tarn.example/"
    )
    await there.desk.add_source("https://quill.example/feed", name="Radio Quill")
    await there.desk.change_source(tarn.id, paused=True)
    await file(there, 1, "Tarn Mail", source=tarn.id)
    (shown,) = await there.say("/sources")
    assert shown.text == (
        "2 sources\nRadio Quill\n0 articles in the last week\n\nThe Tarn Mail\npaused · English · #harbour"
    )
    assert labels(shown) == ["Radio Quill", "The Tarn Mail"]
    shown = await there.press(shown, "The Tarn Mail")
    assert labels(shown) == ["#1"]


async def test_pages_of_sources(there: World) -> None:
    for number in range(10):
        await there.desk.add_source(f"https://s{number}.example/feed", name=f"Source {number}")
    (shown,) = await there.say("/sources")
    assert labels(shown)[-1] == "Next ›"
    shown = await there.press(shown, "Next ›")
    assert labels(shown) == ["Source 8", "Source 9", "‹ Previous"]
    shown = await there.press(shown, "‹ Previous")
    assert labels(shown)[0] == "Source 0"


async def test_admins_see_how_each_source_is(there: World) -> None:
    await there.desk.add_source("https://tarn.example/feed", name="The Tarn Mail")
    (shown,) = await there.say("/sources", person=there.server.speaker("admin"))
    assert "not checked yet" in shown.text
