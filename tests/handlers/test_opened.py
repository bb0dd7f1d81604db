"""What is said of a briefing that was withdrawn, wherever somebody still has its number or its buttons."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.handlers.world import World, world

SAID = "Briefing #2 was withdrawn on 8 August 2022."


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        await made.fill(3)
        yield made


@pytest.mark.parametrize("number", ["2", "#2", "٢"])
async def test_by_its_number(there: World, number: str) -> None:
    await there.desk.withdraw(2)
    assert [answer.text for answer in await there.say(f"/summary {number}")] == [SAID]


@pytest.mark.parametrize("number", ["0", "4", "-2", "1000000000000000000000"])
async def test_a_number_that_never_was_is_not_withdrawn(there: World, number: str) -> None:
    (answer,) = await there.say(f"/summary {number}")
    assert "There is no briefing" in answer.text


async def test_by_a_link_to_the_bot(there: World) -> None:
    await there.desk.withdraw(2)
    assert [answer.text for answer in await there.say("/start b2")] == [SAID]


@pytest.mark.parametrize("command", ["/correct 2", "/withdraw #2"])
async def test_to_who_would_mend_it(there: World, command: str) -> None:
    await there.desk.withdraw(2)
    assert [answer.text for answer in await there.say(command, person=there.server.speaker("admin"))] == [SAID]


@pytest.mark.parametrize("button", ["In context", "Save", "More like this", "Report"])
async def test_under_an_old_message(there: World, button: str) -> None:
    (shown,) = await there.say("/summary 2")
    await there.desk.withdraw(2)
    assert (await there.press(shown, button)).text == SAID


async def test_from_a_list_with_the_way_back(there: World) -> None:
    (listed,) = await there.say("/latest")
    opener = next(button for button in listed.buttons if button.data.startswith("b:0:2"))
    await there.desk.withdraw(2)
    gone = await there.press(listed, opener.text)
    assert gone.text == SAID
    again = await there.press(gone, "‹ Back to the list")
    assert "Ferry 3" in again.text
    assert "Ferry 2" not in again.text


@pytest.mark.parametrize("view", ["wc", "wd"])
async def test_under_an_admin_s_old_message(there: World, view: str) -> None:
    admin = there.server.speaker("admin")
    (panel,) = await there.say("/correct 2", person=admin)
    await there.desk.withdraw(2)
    there.server.press(admin, panel, replace(panel.buttons[0], data=f"{view}:0:2"))
    await there.settle()
    assert there.server.transcript(admin)[-1].text == SAID


async def test_a_button_about_what_never_was_is_old(there: World) -> None:
    (shown,) = await there.say("/summary 2")
    there.server.press(there.reader, shown, replace(shown.buttons[0], data="b:0:99"))
    await there.settle()
    assert there.toasts[0].startswith("This button is old")


async def test_the_admins_can_mend_what_is_reported(there: World) -> None:
    admin = there.server.speaker("admin")
    await there.say("/help", person=admin)
    (shown,) = await there.say("/summary 2")
    await there.press(shown, "Report")
    await there.say("The date is wrong.")
    told = there.server.transcript(admin)[-1]
    assert [button.text for button in told.buttons] == ["Briefing #2", "Correct #2"]
    panel = await there.press(told, "Correct #2", person=admin)
    assert "Withdraw it" in [button.text for button in panel.buttons]
    (page,) = await there.say("/notices", person=admin)
    assert "Correct #2" in [button.text for button in page.buttons]
