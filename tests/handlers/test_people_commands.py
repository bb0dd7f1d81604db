from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.local.world import Message, Person
from handlers import people_pages
from handlers.texts import texts
from summaries.models import Access
from summaries.models import Person as Known
from tests.handlers.world import MORNING, World, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        await made.say("/start", person=made.server.speaker("admin"))
        yield made


async def as_admin(there: World, text: str) -> Message:
    (answer,) = await there.say(text, person=there.server.speaker("admin"))
    return answer


async def access(there: World, person: int) -> Access | None:
    known = await there.desk.person(person)
    return known.access if known else None


async def admit(there: World, *people: Known) -> None:
    for person in people:
        await there.desk.admit(person)


CROWD = tuple(
    Known(100 + number, f"Reader {number}", since=MORNING + timedelta(minutes=number), username=f"reader{number}")
    for number in range(1, 26)
)


async def test_users_are_paged_the_last_come_first(there: World) -> None:
    await admit(there, *CROWD)
    first = await as_admin(there, "/users")
    assert first.text.startswith("26 people")
    assert "1. Reader 25 · @reader25 · 125 · reader" in first.text
    second = await there.press(first, "Next ›", person=there.server.speaker("admin"))
    assert "11. Reader 15" in second.text
    assert (await there.press(second, "‹ Previous", person=there.server.speaker("admin"))).text == first.text


async def test_admins_of_the_configuration_are_shown_as_admins(there: World) -> None:
    admin = there.server.speaker("admin")
    shown = await as_admin(there, "/users")
    assert f"{admin.id} · admin" in shown.text
    assert [button.text for button in (await there.press(shown, "1", person=admin)).buttons] == ["‹ All"]
    assert "1 person" in (await as_admin(there, "/users admin")).text


async def test_those_who_wait_come_first_and_are_counted(there: World) -> None:
    await admit(there, *CROWD, Known(90, "Mira", since=MORNING, access="waiting"))
    shown = await as_admin(there, "/users")
    assert shown.text.startswith("27 people · 1 waits to be let in")
    assert "1. Mira · 90 · waiting" in shown.text


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("waiting", ["Mira"], id="state"),
        pytest.param("blocked", ["Omar"], id="another-state"),
        pytest.param("admin", ["Sana"], id="admins"),
        pytest.param("mir", ["Mira"], id="part-of-a-name"),
        pytest.param("@OMAR_T", ["Omar"], id="user-name"),
        pytest.param("92", ["Sana"], id="number"),
        pytest.param("nobody", [], id="nobody"),
    ],
)
async def test_users_by_words(there: World, words: str, found: list[str]) -> None:
    await admit(there, Known(90, "Mira", access="waiting"), Known(91, "Omar", username="omar_t", access="blocked"))
    await admit(there, Known(92, "Sana", admin=True))
    shown = await as_admin(there, f"/users {words}")
    assert [name for name in ("Mira", "Omar", "Sana") if name in shown.text] == found
    assert (shown.text == "There is nobody like that.") is (not found)


async def test_one_of_them_and_the_way_back(there: World) -> None:
    admin = there.server.speaker("admin")
    await admit(there, Known(90, "Mira", since=MORNING, access="waiting"))
    shown = await as_admin(there, "/users")
    one = await there.press(shown, "1", person=admin)
    assert one.text.splitlines()[0] == "Mira · 90"
    assert "Since 8 August 2022" in one.text
    assert [button.text for button in one.buttons] == ["Approve", "Block", "‹ All"]
    approved = await there.press(one, "Approve", person=admin)
    assert approved.text.endswith("Let in.")
    assert [button.text for button in approved.buttons] == ["Block", "‹ All"]
    assert (await there.press(approved, "‹ All", person=admin)).text.startswith("2 people")
    there.server.refusals.clear()  # she has no chat with the bot


@pytest.mark.parametrize(
    ("command", "after", "says"),
    [
        pytest.param("approve", "approved", "Let in.", id="approve"),
        pytest.param("block", "blocked", "Blocked: they get no answer any more.", id="block"),
        pytest.param("unblock", "", "The block is gone.", id="unblock"),
    ],
)
@pytest.mark.parametrize("by", ["number", "name"])
async def test_a_decision_by_number_and_by_name(there: World, command: str, after: Access, says: str, by: str) -> None:
    mira = there.server.person("Mira", username="Mira_T")
    await there.say("/help", person=mira)
    said = await as_admin(there, f"/{command} {mira.id if by == 'number' else '@mira_t'}")
    assert says in said.text
    assert await access(there, mira.id) == after


async def test_somebody_who_never_wrote_can_be_let_in_beforehand(there: World) -> None:
    said = await as_admin(there, "/approve 4711")
    assert "Let in." in said.text
    assert await access(there, 4711) == "approved"
    there.server.refusals.clear()  # the bot can't write to them first


@pytest.mark.parametrize("who", ["@nobody_here", "Mira", "0", "99999999999999999999", "-5"])
async def test_whom_nobody_knows_is_said(there: World, who: str) -> None:
    assert (await as_admin(there, f"/approve {who}")).text.startswith(f"I do not know {who}.")


@pytest.mark.parametrize("command", ["approve", "block", "unblock"])
async def test_without_a_name_they_say_how_they_are_used(there: World, command: str) -> None:
    assert (await as_admin(there, f"/{command}")).text.startswith(f"/{command} NUMBER or @NAME")


@pytest.mark.parametrize("whose", ["configured", "own"])
async def test_admins_are_not_blocked(there: World, whose: str) -> None:
    admin: Person | Known = there.server.speaker("admin")
    if whose == "own":
        admin = Known(92, "Sana", admin=True)
        await admit(there, admin)
    said = await as_admin(there, f"/block {admin.id}")
    assert said.text == "That is an admin of this desk: admins are not blocked."
    assert await access(there, admin.id) == ""


@pytest.mark.parametrize("command", ["users", "approve 5", "block 5", "unblock 5"])
async def test_readers_may_none_of_it(there: World, command: str) -> None:
    (refused,) = await there.say(f"/{command}")
    assert refused.text == "Only the admins of this desk can do that."


def test_states_are_known_by_their_names() -> None:
    assert people_pages.state_named("waiting", texts("en")) == "waiting"
    assert people_pages.state_named("mira", texts("en")) is None
