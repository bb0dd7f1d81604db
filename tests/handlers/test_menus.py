from pathlib import Path

import pytest

from handlers import menus
from handlers.access import Role
from handlers.asked import Asked, Command
from handlers.compose import line
from handlers.document import Document
from handlers.registry import COMMANDS, publish_menus
from handlers.texts import ENGLISH, languages, texts
from summaries.models import Person
from tests.handlers.world import World, world


async def done(asked: Asked) -> Document:
    return line(asked.texts, "done")


GUARDED = (
    Command("look", "x", "looks", done),
    Command("tidy", "x", "tidies the chat", done, role=Role.CHAT_ADMIN),
    Command("reset", "x", "resets the desk", done, role=Role.ADMIN),
)


def names(told: list[menus.Menu], type_: str, language: str = "") -> list[str]:
    (one,) = [menu for menu in told if (menu.scope.type, menu.language) == (type_, language)]
    return [command.command for command in one.commands]


def test_menus_hold_what_each_may() -> None:
    told = menus.of_everybody(GUARDED)
    assert names(told, "default") == ["look"]
    assert names(told, "all_private_chats") == ["look", "tidy"]
    assert names(told, "all_group_chats") == ["look"]
    assert names(told, "all_chat_administrators") == ["look", "tidy"]
    assert names(menus.of_admin(5, "", GUARDED), "chat") == ["look", "tidy", "reset"]


def test_menus_are_told_in_every_language() -> None:
    told = menus.of_everybody(GUARDED)
    codes = sorted(menu.language for menu in told if menu.scope.type == "all_group_chats")
    assert codes == sorted("" if code == ENGLISH else code for code in languages())
    assert len({(menu.scope.type, menu.language) for menu in told}) == len(told)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_menus_are_what_telegram_takes(command: Command) -> None:
    for language in languages():
        (told,) = menus.offered(Role.ADMIN, texts(language), (command,))
        assert told.command.isascii()
        assert told.command.islower()
        assert len(told.command) <= 32
        assert 1 <= len(told.description) <= 256


def test_a_language_that_was_chosen_takes_the_place_of_the_others() -> None:
    told = menus.of_admin(5, ENGLISH, GUARDED)
    assert names(told, "chat") == ["look", "tidy", "reset"]
    assert all(menu.commands == () for menu in told[1:])
    assert {menu.language for menu in told} == {"", *languages()} - {ENGLISH}


def test_without_a_language_a_chat_has_no_menu_of_its_own() -> None:
    told = [*menus.of_chat(5, "", GUARDED, private=True), *menus.of_chat(-5, "", GUARDED, private=False)]
    assert [menu.scope.type for menu in told] == ["chat", "chat", "chat_administrators"]
    assert all(menu.commands == () for menu in told)


async def test_a_menu_that_is_refused_holds_up_no_other(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        admin = there.server.speaker("admin")
        await there.desk.admit(Person(404, "Nobody"))
        await there.desk.admit(Person(admin.id, "Admin"))
        await publish_menus(there.application.bot, there.desk, admins=frozenset({404, admin.id}))
        told = there.server.menus.lists
        assert {"chat", "all_private_chats"} <= {scope[0] for scope, _ in told}
        assert (("chat", admin.id, 0), "") in told
        assert {refused.description for refused in there.server.refusals} == {"Bad Request: chat not found"}
        there.server.refusals.clear()


async def test_an_admin_s_menu_is_in_the_language_that_they_chose(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        admin = there.server.speaker("admin")
        await there.say("/language en", person=admin)
        told = there.server.menus.lists
        assert {"users", "language"} <= {command["command"] for command in told[("chat", admin.id, 0), ""]}


async def test_an_admin_has_their_menu_when_they_first_write(tmp_path: Path) -> None:
    """Before that there is no chat that could have one: Telegram would refuse it."""
    async with world(tmp_path) as there:
        admin = there.server.speaker("admin")
        await publish_menus(there.application.bot, there.desk, admins=frozenset({404, admin.id}))
        assert not there.server.refusals
        assert (("chat", admin.id, 0), "") not in there.server.menus.lists
        await there.say("/help", person=admin)
        assert (("chat", admin.id, 0), "") in there.server.menus.lists


async def test_who_became_admin_by_the_desk_has_a_menu_too(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        await admitted(there)
        await publish_menus(there.application.bot, there.desk)
        assert (("chat", there.reader.id, 0), "") in there.server.menus.lists


async def admitted(there: World) -> None:
    await there.say("/help")
    await there.desk.admit(Person(there.reader.id, "Reader", admin=True))


async def test_an_admin_who_only_looks_something_up_has_no_chat_for_a_menu(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        admin = there.server.speaker("admin")
        there.server.type_inline(admin, "ferry")
        await there.settle()
        assert (("chat", admin.id, 0), "") not in there.server.menus.lists
        assert not there.server.refusals
