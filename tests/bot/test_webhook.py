"""Deliveries, from a stranger's and from Telegram's; what Telegram is told; when the bot must end."""

import asyncio
import json
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import aiohttp
import pytest
from telegram import Bot, Update

from bot import webhook as module
from bot.config import Webhook
from bot.local.limits import Refusal
from bot.local.params import Params
from bot.local.server import LocalServer
from bot.polling import Outage
from bot.webhook import SECRET_HEADER, Door, listening, receive
from summaries.errors import BackchannelError, ConfigError
from tests.wire import free_port

SECRET = "opens-the-door"
UPDATE = {
    "update_id": 5,
    "message": {
        "message_id": 1,
        "date": 1_656_925_200,
        "chat": {"id": 7, "type": "private", "first_name": "Ann"},
        "from": {"id": 7, "is_bot": False, "first_name": "Ann"},
        "text": "/help",
    },
}


@pytest.fixture
def hook() -> Webhook:
    return Webhook("https://desk.example/telegram/updates", "127.0.0.1", free_port(), SECRET)


@pytest.fixture
def server() -> LocalServer:
    return LocalServer()


@pytest.fixture
async def bot(server: LocalServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, request=server.request(), get_updates_request=server.request()) as bot:
        yield bot


@pytest.fixture
async def door(bot: Bot) -> Door:
    return Door(bot, asyncio.Queue(), SECRET)


async def delivered(
    hook: Webhook, body: bytes, *, secret: str | None = SECRET, path: str = "/telegram/updates", method: str = "POST"
) -> int:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    url = f"http://127.0.0.1:{hook.port}{path}"
    async with aiohttp.ClientSession() as session, session.request(method, url, data=body, headers=headers) as response:
        return response.status


def queued(queue: "asyncio.Queue[Any]") -> list[int]:
    return [queue.get_nowait().update_id for _ in range(queue.qsize())]


# --- deliveries


async def test_an_update_that_is_brought_is_queued(hook: Webhook, door: Door) -> None:
    async with listening(door, hook):
        assert await delivered(hook, json.dumps(UPDATE).encode()) == 200

    update = door.queue.get_nowait()
    assert isinstance(update, Update)
    assert update.effective_message is not None
    assert update.effective_message.text == "/help"
    assert update.get_bot() is door.bot


@pytest.mark.parametrize(
    ("options", "body", "status"),
    [
        pytest.param({"secret": None}, UPDATE, 403, id="no secret"),
        pytest.param({"secret": ""}, UPDATE, 403, id="an empty secret"),
        pytest.param({"secret": "opens-the-doo"}, UPDATE, 403, id="most of the secret"),
        pytest.param({"secret": "öffne"}, UPDATE, 403, id="a secret that is not ASCII"),
        pytest.param({"secret": "wrong"}, b"{", 403, id="a stranger learns nothing of the body"),
        pytest.param({}, b"", 400, id="nothing"),
        pytest.param({}, b'{"update_id": 5', 400, id="broken JSON"),
        pytest.param({}, b"\xff\xfe", 400, id="no text"),
        pytest.param({}, b"[" * 100_000, 400, id="JSON too deep"),
        pytest.param({}, b"[5]", 400, id="a list"),
        pytest.param({}, {"message": {}}, 400, id="no update_id"),
        pytest.param({}, {"update_id": "5"}, 400, id="an update_id that is text"),
        pytest.param({}, {"update_id": True}, 400, id="an update_id that is a boolean"),
        pytest.param({"path": "/"}, UPDATE, 404, id="another path"),
        pytest.param({"method": "GET"}, UPDATE, 405, id="a look"),
        pytest.param({"method": "PUT"}, UPDATE, 405, id="another method"),
    ],
)
async def test_what_is_no_delivery_is_refused(
    hook: Webhook, door: Door, options: dict[str, Any], body: dict[str, Any] | bytes, status: int
) -> None:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with listening(door, hook):
        assert await delivered(hook, data, **options) == status

    assert door.queue.empty()


async def test_a_body_that_is_too_large_is_not_read(hook: Webhook, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LARGEST", 1_000)
    async with listening(door, hook):
        assert await delivered(hook, json.dumps(UPDATE | {"x": "y" * 2_000}).encode()) == 413
        assert await delivered(hook, json.dumps(UPDATE).encode()) == 200

    assert queued(door.queue) == [5]


async def test_an_update_that_is_brought_again_is_taken_once(
    hook: Webhook, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the memory for it has an end."""
    monkeypatch.setattr("bot.updates.REMEMBERED", 3)
    async with listening(door, hook):
        for number in (5, 6, 5, 6, 7, 8, 5):
            assert await delivered(hook, json.dumps(UPDATE | {"update_id": number}).encode()) == 200

    assert queued(door.queue) == [5, 6, 7, 8, 5]


async def test_an_update_that_cannot_be_read_is_logged_and_not_asked_for_again(
    hook: Webhook, door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(door, hook):
        assert await delivered(hook, b'{"update_id": 9, "message": {"message_id": "x"}}') == 200

    assert door.queue.empty()
    assert "update 9 (message, update_id) cannot be read" in caplog.text


async def test_a_url_without_a_path_is_taken_at_the_root(hook: Webhook, door: Door) -> None:
    async with listening(door, replace(hook, url="https://desk.example")):
        assert await delivered(hook, json.dumps(UPDATE).encode(), path="/") == 200


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda taken: {"port": taken}, id="a port that is taken"),
        pytest.param(lambda taken: {"listen": "192.0.2.1"}, id="an address of another machine"),
    ],
)
async def test_where_nobody_may_listen_the_settings_are_named(
    hook: Webhook, door: Door, change: Callable[[int], dict[str, Any]]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ConfigError, match=r"cannot listen on .* change telegram\.webhook\.listen or \.port"):
            async with listening(door, replace(hook, **change(taken.getsockname()[1]))):
                pass


# --- Telegram


class Looks:
    """Pauses that end when the test says so: one look at the webhook after the other."""

    def __init__(self) -> None:
        self._next = asyncio.Event()
        self.waiting = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.waiting.set()
        await self._next.wait()
        self._next.clear()

    async def another(self) -> None:
        self.waiting.clear()
        self._next.set()
        await self.waiting.wait()

    def last(self) -> None:
        self._next.set()


@asynccontextmanager
async def receiving(
    bot: Bot, hook: Webhook, looks: Looks, outage: Outage | None = None
) -> AsyncIterator["tuple[asyncio.Queue[Any], asyncio.Task[None]]"]:
    queue: asyncio.Queue[Any] = asyncio.Queue()
    task = asyncio.create_task(receive(bot, queue, outage or Outage(), hook, pause=looks))
    ready = asyncio.create_task(looks.waiting.wait())
    await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    try:
        yield queue, task
    finally:
        task.cancel()
        await asyncio.wait({task})


def asking(server: LocalServer, method: str) -> list[Params]:
    """The calls of a method, from now on."""
    calls: list[Params] = []

    def note(called: str, params: Params) -> None:
        if called == method:
            calls.append(params)

    server.trouble = note
    return calls


async def test_telegram_is_told_where_with_what_secret_and_which_updates(
    server: LocalServer, bot: Bot, hook: Webhook
) -> None:
    calls = asking(server, "setWebhook")
    server.say(server.person("Ann"), "waiting")
    async with receiving(bot, hook, Looks()) as (queue, _):
        assert await delivered(hook, json.dumps(UPDATE).encode()) == 200
        assert queued(queue) == [5]

    (params,) = calls
    assert (params.text("url"), params.text("secret_token")) == (hook.url, SECRET)
    assert set(params.sequence("allowed_updates", "String")) == set(Update.ALL_TYPES)
    assert not params.flag("drop_pending_updates")
    assert len(server.updates) == 1


async def test_the_webhook_stays_at_the_end_and_nobody_listens(server: LocalServer, bot: Bot, hook: Webhook) -> None:
    async with receiving(bot, hook, Looks()):
        pass

    assert server.webhook == hook.url
    with pytest.raises(aiohttp.ClientConnectorError):
        await delivered(hook, b"")


async def test_without_a_secret_there_is_a_new_one_each_time(server: LocalServer, bot: Bot, hook: Webhook) -> None:
    calls = asking(server, "setWebhook")
    for _ in range(2):
        async with receiving(bot, replace(hook, secret=""), Looks()):
            told = calls[-1].text("secret_token")
            assert await delivered(hook, json.dumps(UPDATE).encode(), secret="") == 403
            assert await delivered(hook, json.dumps(UPDATE).encode(), secret=told) == 200

    first, second = (call.text("secret_token") for call in calls)
    assert first != second
    assert min(len(first), len(second)) >= 32


async def test_an_outage_is_waited_out(server: LocalServer, bot: Bot, hook: Webhook) -> None:
    waits: list[float] = []

    async def pause(seconds: float) -> None:
        waits.append(seconds)

    def trouble(method: str, params: Params) -> None:
        if len(waits) < 2:
            raise Refusal(502, "Bad Gateway")

    server.trouble = trouble
    async with receiving(bot, hook, Looks(), Outage(pause)):
        assert server.webhook == hook.url

    assert waits == [1, 2]


async def test_a_url_that_telegram_refuses_is_named(server: LocalServer, bot: Bot, hook: Webhook) -> None:
    with pytest.raises(ConfigError, match=r"(?i)an https url must be provided.*telegram\.webhook\.url"):
        await receive(bot, asyncio.Queue(), Outage(), replace(hook, url="http://desk.example/t"))


async def test_a_refused_token_is_said(server: LocalServer, bot: Bot, hook: Webhook) -> None:
    def trouble(method: str, params: Params) -> None:
        raise Refusal(401, "Unauthorized")

    server.trouble = trouble
    with pytest.raises(ConfigError, match="refuses the token"):
        await receive(bot, asyncio.Queue(), Outage(), hook)


@pytest.mark.parametrize("url", [pytest.param("", id="polling"), pytest.param("https://other.example/", id="webhook")])
async def test_somebody_else_who_takes_the_updates_ends_the_bot(
    server: LocalServer, bot: Bot, hook: Webhook, url: str
) -> None:
    looks = Looks()
    async with receiving(bot, hook, looks) as (_, task):
        await looks.another()
        assert not task.done()
        server.webhook = url
        looks.last()
        await asyncio.wait({task})

        with pytest.raises(BackchannelError, match="another process took this bot's updates"):
            task.result()


async def test_what_telegram_cannot_deliver_is_said_once(
    server: LocalServer, bot: Bot, hook: Webhook, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the errors before this start nothing is said."""
    looks = Looks()
    info = {"url": hook.url, "has_custom_certificate": False, "pending_update_count": 4}
    dates = [100, 100, 200, 200, 300]

    async def answer(params: Params) -> dict[str, Any]:
        return info | {"last_error_date": dates.pop(0), "last_error_message": "SSL error"}

    monkeypatch.setitem(server._own_methods, "getwebhookinfo", answer)
    with caplog.at_level(logging.INFO, "bot.webhook"):
        async with receiving(bot, hook, looks):
            while dates:
                await looks.another()

    said = [record.message for record in caplog.records if record.levelno == logging.WARNING]
    assert said == ["Telegram cannot deliver to the webhook: SSL error; 4 updates wait there"] * 2
