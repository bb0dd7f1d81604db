import asyncio
import io

import pytest
from rich.console import Console

from bot.local.client import Client
from bot.local.server import LocalServer
from tests.bot.local.worlds import result


@pytest.fixture
def server() -> LocalServer:
    server = LocalServer()
    server.say(server.speaker("reader"), "/start")
    return server


@pytest.fixture
def console() -> Console:
    return Console(file=io.StringIO(), width=60)


@pytest.fixture
def client(server: LocalServer, console: Console) -> Client:
    reader = server.speaker("reader")
    return Client(server, reader, server.chat(reader), console)


def shown(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


async def test_what_comes_while_a_prompt_stands_is_shown_at_once(
    server: LocalServer, client: Client, console: Console
) -> None:
    typed = asyncio.get_running_loop().create_future()
    with client.listening():
        following = asyncio.create_task(client.follow(typed, prompting=True))
        await asyncio.sleep(0)
        previews = {"is_disabled": True}
        chat = server.speaker("reader").id
        sent = await result(server, "sendMessage", chat_id=chat, text="The tide turns", link_preview_options=previews)
        await asyncio.sleep(0)
        assert shown(console) == "\nBackchannel\n  The tide turns\n\n> "
        typed.set_result("line")
        assert await following == "line"
    assert sent["link_preview_options"] == previews


async def test_deletions_are_shown_and_other_chats_are_not(
    server: LocalServer, client: Client, console: Console
) -> None:
    other = server.person("Other")
    server.say(other, "/start")
    with client.listening():
        await result(server, "sendMessage", chat_id=other.id, text="elsewhere")
        await result(server, "deleteMessage", chat_id=server.speaker("reader").id, message_id=1)
        await client.follow(asyncio.sleep(0))
    assert shown(console) == "a message was deleted\n"
