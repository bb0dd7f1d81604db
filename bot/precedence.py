"""Answers to people go first: they wait only for each other, and what goes to many leaves them their share."""

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from telegram.request import BaseRequest, RequestData

from bot.pacing import FREE, SECOND, Pace
from bot.polling import Pause

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

COUNTED = ("send", "edit", "copy", "forward")
"""The methods that Telegram's flood control counts, by how they begin; not that somebody is typing."""

UNCOUNTED = "sendchataction"


class Noting(BaseRequest):
    """Requests through another transport, noted in the pace that broadcasts keep: when they start, and each 429.

    Only a crowd that asks all at once waits: more answers in a second than Telegram takes would be refused, and a few
    tries later lost.
    """

    def __init__(
        self,
        through: BaseRequest,
        pace: Pace,
        timer: Callable[[], float] = time.monotonic,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._through, self._pace, self._timer, self._pause = through, pace, timer, pause
        self._answers: deque[float] = deque(maxlen=FREE)

    @property
    def read_timeout(self) -> float | None:
        return self._through.read_timeout

    async def initialize(self) -> None:
        await self._through.initialize()

    async def shutdown(self) -> None:
        await self._through.shutdown()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        write_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        connect_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
        pool_timeout: "ODVInput[float]" = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        chat = _chat(url, request_data)
        started = await self._turn() if chat else self._timer()
        if chat:
            self._pace.note(chat, started)
        status, answer = await self._through.do_request(
            url, method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        )
        if chat and status == 429:
            self._pace.refused(chat, started, _retry_after(answer), self._timer())
        elif chat and status == 200:
            self._pace.arrived(chat, started, self._timer())
        return status, answer

    async def _turn(self) -> float:
        """When the answer starts, which is now for all but the crowd."""
        while len(self._answers) == FREE and (left := self._answers[0] + SECOND - self._timer()) > 0:
            await self._pause(left)
        self._answers.append(self._timer())
        return self._answers[-1]


def _chat(url: str, data: RequestData | None) -> int:
    """The chat to which a message goes; 0 where none does. A public name (`@tarn_news`) is a chat of its own."""
    method = url.rpartition("/")[2].lower()
    if data is None or not method.startswith(COUNTED) or method == UNCOUNTED:
        return 0
    chat = data.parameters.get("chat_id", 0)
    try:
        return int(str(chat))
    except ValueError:
        return -(hash(chat) % 10**9) - 1


def _retry_after(answer: bytes) -> float:
    """Seconds; one where the answer does not say."""
    try:
        return float(json.loads(answer)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0
