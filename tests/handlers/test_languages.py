from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from handlers import languages
from handlers.press import Press
from handlers.texts import languages as spoken
from tests.handlers.world import World, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


@pytest.mark.parametrize("code", spoken())
def test_a_button_s_number_stands_for_its_language(code: str) -> None:
    assert languages.code_of(languages.number(code)) == code
    assert Press(languages.CHOSEN, (10**14, languages.number(code))).data


def test_a_number_of_no_language_stands_for_none() -> None:
    assert languages.code_of(7) is None


@pytest.mark.parametrize(
    ("words", "code"),
    [
        pytest.param("en", "en", id="code"),
        pytest.param("EN ", "en", id="in-capitals"),
        pytest.param("English", "en", id="own-name"),
        pytest.param("Klingon", None, id="none"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_language_is_found_by_what_it_is_called(words: str, code: str | None) -> None:
    assert languages.find(words) == code


def test_each_is_offered_in_its_own_name() -> None:
    names = [languages.native(code) for code in spoken()]
    assert names[spoken().index("en")] == "English"
    assert all(name == name[:1].upper() + name[1:] for name in names)
    assert len(set(names)) == len(names)


async def test_language_shows_what_there_is_and_takes_a_press(there: World) -> None:
    (chooser,) = await there.say("/language")
    assert chooser.text == "Which language shall I speak?"
    assert [button.text for button in chooser.buttons][-1] == "✓ As each person's Telegram does"
    chosen = await there.press(chooser, "English")
    assert chosen.text == "From now on I speak English here."
    here = await there.desk.subscribers.get(there.reader.id)
    assert here is not None
    assert here.language == "en"
    (again,) = await there.say("/language")
    assert "✓ English" in [button.text for button in again.buttons]


async def test_language_takes_a_name(there: World) -> None:
    (said,) = await there.say("/language english")
    assert said.text == "From now on I speak English here."


async def test_a_language_that_nobody_speaks_is_answered_with_those_there_are(there: World) -> None:
    (said,) = await there.say("/language Klingon")
    assert said.text.startswith("I do not speak Klingon. These I do:")
    assert said.buttons


async def test_what_was_chosen_can_be_taken_back(there: World) -> None:
    await there.say("/language en")
    (chooser,) = await there.say("/language")
    said = await there.press(chooser, "As each person's Telegram does")
    assert said.text.startswith("From now on I speak to everybody")
    here = await there.desk.subscribers.get(there.reader.id)
    assert here is not None
    assert here.language == ""


async def test_in_a_group_only_its_administrators_choose(there: World) -> None:
    mira = there.server.person("Mira")
    group = there.server.group("Newsroom", there.reader, mira)
    (refused,) = await there.say("/language en", chat=group, person=mira)
    (said,) = await there.say("/language en", chat=group)
    assert (refused.text, said.text) == (
        "Only administrators of this chat can do that.",
        "From now on I speak English here.",
    )


async def test_the_menu_of_the_chat_follows(there: World) -> None:
    await there.say("/language en")
    scope = ("chat", there.reader.id, 0)
    told = there.server.menus.lists[scope, ""]
    assert {"language", "latest"} <= {command["command"] for command in told}
    (chooser,) = await there.say("/language")
    await there.press(chooser, "As each person's Telegram does")
    assert (scope, "") not in there.server.menus.lists


async def test_the_menus_of_a_group_follow_for_readers_and_administrators(there: World) -> None:
    group = there.server.group("Newsroom", there.reader)
    await there.say("/language en", chat=group)
    readers = {c["command"] for c in there.server.menus.lists[("chat", group.id, 0), ""]}
    administrators = {c["command"] for c in there.server.menus.lists[("chat_administrators", group.id, 0), ""]}
    assert "language" not in readers
    assert administrators > readers


@pytest.mark.parametrize("data", ["lc:0:0", "lc:0:0:7", "la:0", "lc:0:0:1:2"])
async def test_data_that_no_button_carries_leads_nowhere(there: World, data: str) -> None:
    (chooser,) = await there.say("/language")
    there.server.press(there.reader, chooser, replace(chooser.buttons[0], data=data))
    await there.settle()
    assert there.toasts == ["This button is old: what it led to is gone. /latest has what is new."]
