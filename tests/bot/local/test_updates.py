import asyncio
from typing import Any

import pytest

from bot.local.server import LocalServer
from tests.bot.local.worlds import call, result


@pytest.fixture
def server() -> LocalServer:
    return LocalServer()


async def waiting(server: LocalServer, **values: Any) -> "asyncio.Task[dict[str, Any]]":
    """A long poll that has begun to wait."""
    task = asyncio.create_task(call(server, "getUpdates", timeout=60, **values))
    await asyncio.sleep(0)
    assert not task.done()
    return task


async def test_a_poll_waits_for_what_comes(server: LocalServer) -> None:
    poll = await waiting(server)
    server.say(server.person("Mira"), "/start")
    answer = await poll
    assert answer["result"][0]["message"]["text"] == "/start"
    assert answer["result"][0]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]


async def test_updates_come_again_until_they_are_confirmed(server: LocalServer) -> None:
    mira = server.person("Mira")
    server.say(mira, "one")
    server.say(mira, "two")
    first = await result(server, "getUpdates")
    assert await result(server, "getUpdates") == first
    assert await result(server, "getUpdates", offset=first[0]["update_id"] + 1) == first[1:]
    assert await result(server, "getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_a_negative_offset_forgets_what_is_before(server: LocalServer) -> None:
    mira = server.person("Mira")
    for text in ("one", "two", "three"):
        server.say(mira, text)
    assert [update["message"]["text"] for update in await result(server, "getUpdates", offset=-1)] == ["three"]
    assert len(server.updates) == 1


async def test_a_page_has_its_limit(server: LocalServer) -> None:
    mira = server.person("Mira")
    for _ in range(120):
        server.say(mira, "x")
    assert len(await result(server, "getUpdates", limit=3)) == 3
    assert len(await result(server, "getUpdates")) == 100


async def test_an_empty_poll_ends_with_its_timeout(server: LocalServer) -> None:
    assert await server.updates.poll(0, 100, 0.001) == []


async def test_a_second_poll_ends_the_first_with_a_conflict(server: LocalServer) -> None:
    first = await waiting(server)
    second = await waiting(server)
    answer = await first
    assert (answer["error_code"], answer["description"]) == (
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )
    server.updates.close()
    assert (await second)["result"] == []


async def test_no_poll_beside_a_webhook(server: LocalServer) -> None:
    await result(server, "setWebhook", url="https://desk.example/hook")
    answer = await call(server, "getUpdates")
    assert answer["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
    await result(server, "deleteWebhook")
    assert await result(server, "getUpdates") == []


async def test_shutting_the_request_down_ends_the_poll(server: LocalServer) -> None:
    poll = await waiting(server)
    await server.request().shutdown()
    assert (await poll)["result"] == []


async def test_only_what_is_allowed_comes(server: LocalServer) -> None:
    mira = server.person("Mira")
    await result(server, "getUpdates", allowed_updates=["my_chat_member"])
    server.say(mira, "unheard")
    server.block(mira)
    assert [sorted(update)[0] for update in await result(server, "getUpdates")] == ["my_chat_member"]


async def test_pending_updates_can_be_dropped(server: LocalServer) -> None:
    server.say(server.person("Mira"), "old")
    await result(server, "deleteWebhook", drop_pending_updates=True)
    assert await result(server, "getUpdates") == []
