"""Answers are not held, and what goes to many knows of them."""

import json
from typing import Any

import pytest
from telegram import Bot
from telegram.error import RetryAfter
from telegram.request import BaseRequest, RequestData

from bot.pacing import FREE, Pace
from bot.precedence import Noting
from tests.loopback import FakeTime

OK = json.dumps({"ok": True, "result": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}}).encode()
YES = json.dumps({"ok": True, "result": True}).encode()
SLOWER = json.dumps({"ok": False, "error_code": 429, "description": "x", "parameters": {"retry_after": 9}}).encode()


class Told(BaseRequest):
    """A transport that answers what a test says."""

    def __init__(self, status: int = 200, body: bytes = OK) -> None:
        self.answer, self.asked = (status, body), 0

    @property
    def read_timeout(self) -> float | None:
        return 20.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any
    ) -> tuple[int, bytes]:
        self.asked += 1
        return self.answer


def speaking(told: Told, pace: Pace, time: FakeTime) -> Bot:
    request = Noting(told, pace, time.now, time.sleep)
    return Bot("7:x", request=request, get_updates_request=request)


async def test_an_answer_takes_its_share() -> None:
    pace, time = Pace(FREE), FakeTime()
    bot = speaking(Told(), pace, time)
    for chat in range(1, FREE + 1):
        await bot.send_message(chat, "here")

    assert pace.opens() > time.now() + 1
    assert pace.chat_opens(7) > time.now() + 1
    assert pace.chat_opens(99) < time.now()


@pytest.mark.parametrize("ask", ["menu", "typing", "settle"])
async def test_what_is_no_message_takes_none(ask: str) -> None:
    pace, time = Pace(FREE), FakeTime()
    bot = speaking(Told(body=YES), pace, time)
    for _ in range(FREE):
        if ask == "typing":
            await bot.send_chat_action(7, "typing")
        elif ask == "settle":
            await bot.answer_callback_query("1")
        else:
            await bot.delete_my_commands()

    assert pace.opens() < time.now()
    assert pace.chat_opens(7) < time.now()


async def test_a_429_to_an_answer_holds_what_goes_to_that_chat() -> None:
    pace, time = Pace(FREE), FakeTime()
    bot = speaking(Told(429, SLOWER), pace, time)
    with pytest.raises(RetryAfter):
        await bot.send_message(7, "here")

    assert pace.chat_opens(7) == time.now() + 9
    assert pace.opens() < time.now()


async def test_a_429_without_a_number_holds_for_a_second() -> None:
    pace, time = Pace(FREE), FakeTime()
    bot = speaking(Told(429, b'{"ok": false, "description": "x"}'), pace, time)
    with pytest.raises(Exception, match=r"(?i)x"):
        await bot.send_message(7, "here")

    assert pace.chat_opens(7) <= time.now() + 1.02


async def test_only_a_crowd_that_asks_at_once_waits() -> None:
    pace, time, told = Pace(FREE), FakeTime(), Told()
    bot = speaking(told, pace, time)
    starts = []
    for chat in range(1, 3 * FREE + 1):
        await bot.send_message(chat, "here")
        starts.append(time.now())

    assert told.asked == 3 * FREE
    assert len(time.slept) == 2
    assert all(later - earlier > 1 for earlier, later in zip(starts, starts[FREE:], strict=False))


async def test_answers_are_not_held_for_what_goes_to_many() -> None:
    pace, time, told = Pace(FREE), FakeTime(), Told()
    bot = speaking(told, pace, time)
    pace.refused(7, 0.0, 900, time.now())
    for chat in range(FREE):
        pace.start(100 + chat, time.now())
    await bot.send_message(7, "here")

    assert told.asked == 1
    assert time.slept == []


async def test_a_channel_by_its_name_is_a_chat() -> None:
    pace, time = Pace(FREE), FakeTime()
    await speaking(Told(), pace, time).send_message("@tarn_news", "here")

    assert len(pace._groups) == 1


async def test_its_limits_are_those_of_the_transport_behind() -> None:
    request = Noting(Told(), Pace())
    async with request:
        assert request.read_timeout == 20.0
