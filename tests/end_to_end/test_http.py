"""The whole bot over real HTTP, polling and with a webhook, against the local Telegram on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.app import build, serve
from bot.config import Config, load
from bot.local.limits import Refusal
from bot.local.params import Params
from bot.local.server import LocalServer
from bot.local.world import Message, Person
from summaries.desk import open_desk
from tests.articles import prepared
from tests.telegram_http import TelegramHttp, over_http
from tests.wire import free_port

TITLE = "Ferries return to Velm & Tarn"
URL = "https://desk.example/telegram/updates"


class World(NamedTuple):
    telegram: TelegramHttp
    server: LocalServer
    reader: Person
    stop: asyncio.Event
    running: "asyncio.Task[None]"

    async def answers(self, count: int = 1) -> list[Message]:
        """The bot's messages to the reader, when there are `count` of them. A bot that ends raises what ended it."""
        arrived = asyncio.Event()
        self.server.listeners.append(lambda event: arrived.set())
        while len(found := self._said()) < count:
            waiting = asyncio.create_task(arrived.wait())
            await asyncio.wait({waiting, self.running}, return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
            if self.running.done():
                self.running.result()
            arrived.clear()
        return found

    def _said(self) -> list[Message]:
        return [message for message in self.server.transcript(self.reader) if message.sender == self.server.bot]


@pytest.fixture(params=["polling", "webhook"])
def mode(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def configured(telegram: TelegramHttp, folder: Path, mode: str) -> Config:
    environ = {
        "BACKCHANNEL_TOKEN": telegram.server.token,
        "BACKCHANNEL_TELEGRAM__BASE_URL": telegram.base_url,
        "BACKCHANNEL_TELEGRAM__BASE_FILE_URL": telegram.base_file_url,
    }
    if mode == "webhook":
        environ["BACKCHANNEL_TELEGRAM__WEBHOOK__URL"] = URL
        environ["BACKCHANNEL_TELEGRAM__WEBHOOK__PORT"] = str(telegram.hook_port)
    return load(None, environ, data=str(folder / "data"))


async def at_once(seconds: float) -> None:
    await asyncio.sleep(0)


@asynccontextmanager
async def started(telegram: TelegramHttp, folder: Path, mode: str, reader: Person) -> AsyncIterator[World]:
    config = configured(telegram, folder, mode)
    desk = await open_desk(config.store.url)
    stop = asyncio.Event()
    try:
        if not desk.count:
            await desk.file(prepared(1, title=TITLE))
        application = build(config, desk, token=config.telegram.token)
        running = asyncio.create_task(serve(application, desk, stop, webhook=config.telegram.webhook, pause=at_once))
        yield World(telegram, telegram.server, reader, stop, running)
        stop.set()
        await running
    finally:
        await desk.close()


@pytest.fixture
def ann(telegram: TelegramHttp) -> Person:
    return telegram.server.person("Ann")


@pytest.fixture
async def telegram() -> AsyncIterator[TelegramHttp]:
    async with over_http(LocalServer(), hook_port=free_port()) as made:
        yield made


async def test_a_question_is_answered(telegram: TelegramHttp, ann: Person, tmp_path: Path, mode: str) -> None:
    async with started(telegram, tmp_path, mode, ann) as world:
        world.server.say(world.reader, "/latest")
        (message,) = await world.answers()
        if mode == "webhook":  # polling confirms at its end
            await world.server.updates.confirmed()

    assert TITLE in message.text
    assert telegram.server.refusals == []
    assert len(telegram.server.updates) == 0
    assert ("getUpdates" in telegram.calls) == (mode == "polling")
    assert telegram.server.webhook == (URL if mode == "webhook" else "")


async def test_a_lost_network_is_waited_out_and_nothing_is_lost(
    telegram: TelegramHttp, ann: Person, tmp_path: Path, mode: str
) -> None:
    failures = iter(range(2))

    def trouble(method: str, params: Params) -> None:
        if method in ("getUpdates", "setWebhook", "getMe") and next(failures, None) is not None:
            raise Refusal(502, "Bad Gateway")

    telegram.server.trouble = trouble
    telegram.server.say(ann, "/latest")
    async with started(telegram, tmp_path, mode, ann) as world:
        assert len(await world.answers()) == 1


async def test_from_one_mode_to_the_other_nothing_is_dropped(
    telegram: TelegramHttp, ann: Person, tmp_path: Path
) -> None:
    for turn, mode in enumerate(("webhook", "polling", "webhook"), start=1):
        telegram.server.say(ann, "/latest")
        async with started(telegram, tmp_path, mode, ann) as world:
            assert len(await world.answers(turn)) == turn

    assert telegram.server.refusals == []
    assert set(telegram.deliveries) == {200}
