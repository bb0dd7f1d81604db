import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot

from bot.local.limits import Refusal, conflict, too_many_requests
from bot.local.server import LocalServer
from bot.polling import LONGEST_WAIT, Outage, patiently, poll
from summaries.errors import BackchannelError, ConfigError


class Trouble:
    """A server that refuses the first calls of one method, each with the refusal given."""

    def __init__(self, method: str, *refusals: Refusal) -> None:
        self._method = method.lower()
        self._refusals = list(refusals)

    def __call__(self, method: str, params: object) -> None:
        if method.lower() == self._method and self._refusals:
            raise self._refusals.pop(0)


class Pauses:
    """A `sleep` that does not sleep, and remembers for how long it was asked to."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def server() -> LocalServer:
    return LocalServer()


@pytest.fixture
async def bot(server: LocalServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, request=server.request(), get_updates_request=server.request()) as bot:
        yield bot


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


async def taken(server: LocalServer, bot: Bot, count: int, outage: Outage) -> list[Any]:
    """The first `count` updates that polling puts into its queue; then polling is stopped as `run` stops it."""
    queue: asyncio.Queue[Any] = asyncio.Queue()
    polling = asyncio.create_task(poll(bot, queue, outage))
    updates = []
    while len(updates) < count:
        getting = asyncio.create_task(queue.get())
        await asyncio.wait({getting, polling}, return_when=asyncio.FIRST_COMPLETED)
        updates.append(getting.result() if getting.done() else polling.result())
    polling.cancel()
    await asyncio.wait({polling})
    return updates


async def test_updates_come_in_order_and_are_confirmed_at_the_end(server: LocalServer, bot: Bot) -> None:
    ann = server.person("Ann")
    for text in ("one", "two", "three"):
        server.say(ann, text)

    updates = await taken(server, bot, 3, Outage())

    assert [update.message.text for update in updates] == ["one", "two", "three"]
    assert len(server.updates) == 0


async def test_an_update_whose_confirmation_got_lost_is_taken_once(
    server: LocalServer, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = [{"update_id": number} for number in (7, 8, 7, 8, 9)]

    async def brought(*args: object) -> list[dict[str, Any]]:
        if not bodies:
            await asyncio.Event().wait()
        return [bodies.pop(0)]

    monkeypatch.setattr("bot.polling._ask", brought)

    assert [update.update_id for update in await taken(server, bot, 3, Outage())] == [7, 8, 9]


async def test_an_update_that_cannot_be_read_is_passed_over_and_confirmed(
    server: LocalServer, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    ann = server.person("Ann")
    server.say(ann, "before")
    server.updates.add("message", {"of a later": "Bot API"})
    server.say(ann, "after")

    updates = await taken(server, bot, 2, Outage())

    assert [update.message.text for update in updates] == ["before", "after"]
    assert len(server.updates) == 0
    assert "update 2 (message, update_id) cannot be read" in caplog.text


async def test_an_outage_is_waited_out_longer_each_time_and_said_once(
    server: LocalServer, bot: Bot, pauses: Pauses, caplog: pytest.LogCaptureFixture
) -> None:
    server.trouble = Trouble("getUpdates", *[Refusal(502, "Bad Gateway")] * 8)
    server.say(server.person("Ann"), "still there?")

    with caplog.at_level(logging.INFO, "bot.polling"):
        updates = await taken(server, bot, 1, Outage(pauses))

    assert updates[0].message.text == "still there?"
    assert pauses.seconds == [1, 2, 4, 8, 16, 32, 60, LONGEST_WAIT]
    assert [record.message for record in caplog.records] == [
        "cannot reach Telegram (Bad Gateway); trying again until it answers",
        "Telegram answers again",
    ]


async def test_a_flood_limit_is_waited_for_as_long_as_telegram_says(
    server: LocalServer, bot: Bot, pauses: Pauses
) -> None:
    server.trouble = Trouble("getUpdates", too_many_requests(17))
    server.say(server.person("Ann"), "hello")

    await taken(server, bot, 1, Outage(pauses))

    assert pauses.seconds == [17]


async def test_the_wait_starts_small_again_after_an_answer(server: LocalServer, bot: Bot, pauses: Pauses) -> None:
    outage = Outage(pauses)
    for _ in range(2):
        server.trouble = Trouble("getMe", Refusal(502, "Bad Gateway"), Refusal(502, "Bad Gateway"))
        await patiently(bot.get_me, outage)

    assert pauses.seconds == [1, 2, 1, 2]


@pytest.mark.parametrize(
    ("refusal", "error", "said"),
    [
        pytest.param(Refusal(401, "Unauthorized"), ConfigError, "refuses the token", id="token revoked"),
        pytest.param(Refusal(404, "Not Found"), ConfigError, "telegram.base_url", id="no bot of this token"),
        pytest.param(
            conflict("terminated by other getUpdates request; make sure that only one bot instance is running"),
            BackchannelError,
            "another process receives",
            id="two pollers",
        ),
        pytest.param(
            conflict("can't use getUpdates method while webhook is active; use deleteWebhook"),
            BackchannelError,
            "webhook",
            id="a webhook",
        ),
    ],
)
async def test_what_waiting_cannot_mend_ends_polling_with_one_line(
    server: LocalServer, bot: Bot, pauses: Pauses, refusal: Refusal, error: type[Exception], said: str
) -> None:
    server.trouble = Trouble("getUpdates", refusal)

    with pytest.raises(error, match=said) as caught:
        await poll(bot, asyncio.Queue(), Outage(pauses))

    assert server.token not in str(caught.value)
    assert pauses.seconds == []


async def test_updates_that_cannot_be_confirmed_come_again_and_that_is_said(
    server: LocalServer, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    server.say(server.person("Ann"), "hello")
    queue: asyncio.Queue[Any] = asyncio.Queue()
    polling = asyncio.create_task(poll(bot, queue, Outage()))
    await queue.get()
    server.trouble = Trouble("getUpdates", Refusal(502, "Bad Gateway"))
    polling.cancel()
    await asyncio.wait({polling})

    assert "may come again" in caplog.text
