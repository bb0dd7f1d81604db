from typing import Any

import pytest

from bot.local.server import LocalServer
from tests.bot.local.worlds import call, result


def command(name: object = "latest", description: object = "What is new") -> dict[str, Any]:
    return {"command": name, "description": description}


@pytest.mark.parametrize(
    ("values", "description"),
    [
        pytest.param({"commands": [command("Latest")]}, "BOT_COMMAND_INVALID", id="capitals"),
        pytest.param({"commands": [command("add-source")]}, "BOT_COMMAND_INVALID", id="hyphen"),
        pytest.param({"commands": [command("")]}, "command must be non-empty", id="no name"),
        pytest.param({"commands": [command("x" * 33)]}, "command length must not exceed 32", id="33 characters"),
        pytest.param({"commands": [command(description=" ")]}, "command description must be non-empty", id="no words"),
        pytest.param(
            {"commands": [command(description="x" * 257)]},
            "command description length must not exceed 256",
            id="257 characters",
        ),
        pytest.param({"commands": [command(f"c{n}") for n in range(101)]}, "BOT_COMMANDS_TOO_MUCH", id="101 commands"),
        pytest.param({"commands": {}}, "expected an Array of BotCommand", id="no list"),
        pytest.param({"commands": [command(1)]}, "can't parse BotCommand: Can't find field \"command\"", id="number"),
        pytest.param({"commands": [], "language_code": "eng"}, "invalid language code specified", id="three letters"),
        pytest.param(
            {"commands": [], "scope": {"type": "world"}},
            "can't parse BotCommandScope: Unsupported type specified",
            id="scope",
        ),
        pytest.param(
            {"commands": [], "scope": {"type": []}},
            'can\'t parse BotCommandScope: Field "type" must be of type String',
            id="scope of no type",
        ),
        pytest.param({"commands": [], "scope": {"type": "chat", "chat_id": 9}}, "chat not found", id="no such chat"),
    ],
)
async def test_refuses_a_menu(values: dict[str, Any], description: str) -> None:
    answer = await call(LocalServer(), "setMyCommands", **values)
    assert answer["description"] == f"Bad Request: {description}"


async def test_menus_are_kept_by_scope_and_language() -> None:
    server = LocalServer()
    group = server.group("Harbour watch", server.person("Owner"))
    await result(server, "setMyCommands", commands=[command()])
    await result(server, "setMyCommands", commands=[command("neu", "Neues")], language_code="de")
    scope = {"type": "chat", "chat_id": group.id}
    await result(server, "setMyCommands", commands=[command("here", "This group")], scope=scope)
    assert await result(server, "getMyCommands") == [command()]
    assert await result(server, "getMyCommands", language_code="de") == [command("neu", "Neues")]
    assert await result(server, "getMyCommands", scope=scope) == [command("here", "This group")]
    await result(server, "deleteMyCommands", language_code="de")
    assert await result(server, "getMyCommands", language_code="de") == []
