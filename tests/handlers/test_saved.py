from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from handlers.saved import MOST, with_saved, without_saved
from summaries.models import Reader
from tests.handlers.world import MORNING, World, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


def labels(message: object) -> list[str]:
    return [button.text for button in message.buttons]  # type: ignore[attr-defined]


# --- pure


def test_what_is_saved_twice_is_kept_once_where_it_was() -> None:
    reader = with_saved(with_saved(with_saved(Reader(1), 5, MORNING), 6, MORNING), 5, MORNING + timedelta(days=1))
    assert [each.briefing for each in reader.saved] == [5, 6]


def test_no_two_are_of_one_moment() -> None:
    reader = Reader(1)
    for briefing in range(1, 4):
        reader = with_saved(reader, briefing, MORNING)
    assert len({int(each.at.timestamp() * 1000) for each in reader.saved}) == 3


def test_there_is_room_for_so_many() -> None:
    reader = Reader(1)
    for briefing in range(1, MOST + 3):
        reader = with_saved(reader, briefing, MORNING)
    assert len(reader.saved) == MOST
    assert len(with_saved(without_saved(reader, 1), MOST + 1, MORNING).saved) == MOST


# --- in a chat


async def test_save_and_take_away_again(there: World) -> None:
    await there.fill(1)
    (shown,) = await there.say("/summary 1")
    shown = await there.press(shown, "Save")
    assert there.toasts == ["Saved. /saved lists what you keep."]
    assert "Saved ✓" in labels(shown)
    (listed,) = await there.say("/saved")
    assert listed.text.startswith("1 saved\n#1 Ferry 1 leaves Tarn")
    shown = await there.press(shown, "Saved ✓")
    assert there.toasts[-1] == "No longer saved."
    assert "Save" in labels(shown)
    (empty,) = await there.say("/saved")
    assert empty.text.startswith("You have saved nothing yet.")


async def test_a_briefing_that_was_opened_from_a_list_keeps_its_way_back(there: World) -> None:
    await there.fill(2)
    (shown,) = await there.say("/latest")
    shown = await there.press(shown, "#2")
    shown = await there.press(shown, "Save")
    shown = await there.press(shown, "‹ Back to the list")
    assert shown.text.startswith("Latest briefings")


async def test_pages_of_what_is_saved_and_removing(there: World) -> None:
    await there.fill(7)
    for number in range(1, 8):
        (shown,) = await there.say(f"/summary {number}")
        await there.press(shown, "Save")
    (page,) = await there.say("/saved")
    assert labels(page) == ["#7", "#6", "#5", "#4", "#3", "✕ 7", "✕ 6", "✕ 5", "✕ 4", "✕ 3", "Older ›"]
    page = await there.press(page, "Older ›")
    assert labels(page) == ["#2", "#1", "✕ 2", "✕ 1", "‹ Newest"]
    page = await there.press(page, "✕ 2")
    assert labels(page) == ["#1", "✕ 1", "‹ Newest"]
    page = await there.press(page, "✕ 1")
    assert labels(page)[:5] == ["#7", "#6", "#5", "#4", "#3"], "an empty page gives way to the newest"
    opened = await there.press(page, "#5")
    assert "Saved ✓" in labels(opened)
    assert (await there.press(opened, "‹ Back to the list")).text.startswith("5 saved")


async def test_what_was_withdrawn_is_said_to_be(there: World) -> None:
    await there.fill(1)
    await there.desk.readers.change(there.reader.id, lambda reader: with_saved(reader, 99, MORNING))
    (page,) = await there.say("/saved")
    assert "#99 was withdrawn." in page.text
    assert labels(page) == ["✕ 99"]


async def test_what_somebody_saved_is_shown_to_nobody_else(there: World) -> None:
    await there.fill(1)
    group = there.server.group("Newsroom", there.reader)
    (shown,) = await there.say("/summary 1", chat=group)
    before = labels(shown)
    shown = await there.press(shown, "Save")
    assert there.toasts == ["Saved. /saved lists what you keep."]
    assert labels(shown) == before
    (answer,) = await there.say("/saved", chat=group)
    assert "our private chat" in answer.text
    (own,) = await there.say("/saved")
    assert "#1 " in own.text
    (others,) = await there.say("/saved", person=there.server.person("Sana"))
    assert others.text.startswith("You have saved nothing yet.")


@pytest.mark.parametrize(
    "data", ["sv:0:1", "sv:0:1:2", "sv:0:99:1", "sv:0", "sl:0", "sl:0:1:2", "su:0:1", "su:0", "sv:0:1:1:1"]
)
async def test_a_button_that_leads_nowhere_is_old(there: World, data: str) -> None:
    await there.fill(1)
    (shown,) = await there.say("/summary 1")
    there.server.press(there.reader, shown, replace(shown.buttons[0], data=data))
    await there.settle()
    assert there.toasts[0].startswith("This button is old")


async def test_where_nothing_is_written_nothing_is_saved(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        await there.fill(1)
    async with world(tmp_path, readonly=True) as there:
        (shown,) = await there.say("/summary 1")
        assert not {"Save", "Report"} & {button.text for button in shown.buttons}
        there.server.press(there.reader, shown, replace(shown.buttons[0], data="sv:0:1:1"))
        await there.settle()
        assert there.toasts[0].startswith("This button is old")
