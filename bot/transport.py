"""python-telegram-bot's way to Telegram: its `BaseRequest` on one aiohttp session.

Updates, answers and broadcasts each have an instance of their own, so that none waits for another's connections.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

import aiohttp
from telegram._utils.defaultvalue import DefaultValue
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.network_errors import Delivery, LateError, LostError, Timeouts, delivery_of, failure
from bot.polling import Pause
from bot.request_body import Body, body_of

if TYPE_CHECKING:
    from telegram._utils.types import ODVInput

__all__ = [
    "AiohttpRequest",
    "Delivery",
    "LateError",
    "LostError",
    "Timeouts",
    "answers_request",
    "broadcasts_request",
    "delivery_of",
    "updates_request",
]

KEEP_ALIVE = 50.0
"""Seconds that an unused connection is kept: less than the 75 after which web servers like Telegram's close it. What is
written into a connection that was just closed is in doubt."""

LARGEST = 64 * 1024 * 1024
"""Bytes of an answer. A hundred updates are far below; Telegram lets bots download files of 20 MB."""

INSISTENCE = (0.5, 1.0, 2.0)
"""Seconds between attempts at an answer that was not sent: short, for a person waits for it."""

_SECRET = re.compile(r"/bot([^/]+)/")

_ONCE = re.compile(r"/(?:send(?!ChatAction)|forward|copy)[^/]*$", re.IGNORECASE)
"""Methods that make a message. All others do the same thing when they are asked twice: an edit that was made already
is "not modified", a press that was answered "too old"."""


class AiohttpRequest(BaseRequest):
    """Requests over at most `connections` connections, kept open between them.

    Raises `LostError` and `LateError`, which say whether the request can have arrived and never hold the token. What
    certainly was not sent, and what makes no message, is tried again after each of `insistence` (seconds). `proxy` is
    an `http://` or `https://` address; proxies of the environment are not used. Nothing is opened before `initialize`.
    """

    def __init__(
        self,
        *,
        connections: int = 64,
        timeouts: Timeouts | None = None,
        insistence: tuple[float, ...] = (),
        proxy: str = "",
        keep_alive: float = KEEP_ALIVE,
        largest: int = LARGEST,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._timeouts = timeouts or Timeouts()
        self._insistence, self._pause = insistence, pause
        self._proxy, self._keep_alive, self._largest = proxy or None, keep_alive, largest
        self._connections = asyncio.Semaphore(connections)
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._timeouts.read

    async def initialize(self) -> None:
        if not _is_open(self._session):
            self._session = self._open()

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def _open(self) -> aiohttp.ClientSession:
        """The limit of connections is kept by us, because aiohttp counts the wait for one into `connect`."""
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=self._keep_alive, ttl_dns_cache=60),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self.USER_AGENT},
            skip_auto_headers=("Accept-Encoding",),  # answers are short: unpacking would cost more than it saves
            proxy=self._proxy,
            trust_env=False,
        )

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
        given = {"read": read_timeout, "write": write_timeout, "connect": connect_timeout, "pool": pool_timeout}
        own = {name: value for name, value in given.items() if not isinstance(value, DefaultValue)}
        timeouts = replace(self._timeouts, **own) if own else self._timeouts
        harmless = _ONCE.search(url) is None
        for wait in self._insistence:
            try:
                answer = await self._once(url, method, request_data, timeouts)
                if answer[0] < 500 or not harmless:
                    return answer
            except (LostError, LateError) as error:
                if (error.delivery != "not sent" and not harmless) or self._session is None:
                    raise
            await self._pause(wait)
        return await self._once(url, method, request_data, timeouts)

    async def _once(
        self, url: str, method: str, request_data: RequestData | None, timeouts: Timeouts
    ) -> tuple[int, bytes]:
        """The failure is raised outside of the handler for what caused it, whose text and attributes hold the URL."""
        body = body_of(request_data, timeouts.write) if method == "POST" else None
        try:
            async with self._connection(timeouts.pool):
                return await self._exchange(url, method, body, timeouts)
        except (aiohttp.ClientError, OSError) as error:
            # A GET changes nothing, so it may always be made again.
            failed = failure(
                error, _host(url), timeouts, begun=body is not None and body.begun, taken=body is None or body.taken
            )
        raise failed

    @asynccontextmanager
    async def _connection(self, within: float | None) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(within):
                await self._connections.acquire()
        except TimeoutError:
            raise LateError(f"no connection became free within {within:g} s", "not sent") from None
        try:
            yield
        finally:
            self._connections.release()

    async def _exchange(self, url: str, method: str, body: Body | None, timeouts: Timeouts) -> tuple[int, bytes]:
        session = self._session
        if not _is_open(session):
            raise LostError("the way to Telegram is closed: the bot has not started, or has stopped", "not sent")
        limits = aiohttp.ClientTimeout(total=None, connect=timeouts.connect, sock_read=timeouts.read)
        async with session.request(method, url, data=body, timeout=limits, allow_redirects=False) as response:
            if 300 <= response.status < 400:
                raise LostError(
                    f"{_host(url)} points elsewhere ({response.status}); check telegram.base_url", "not sent"
                )
            answer = await self._read(response.content, _host(url))
            return response.status, answer if _is_telegram_s(method, response.status, answer) else _redacted(
                answer, url
            )

    async def _read(self, content: aiohttp.StreamReader, host: str) -> bytes:
        pieces, size = [], 0
        async for piece in content.iter_any():
            size += len(piece)
            if size > self._largest:
                raise LostError(f"{host}: the answer is larger than {self._largest:,} bytes")
            pieces.append(piece)
        return b"".join(pieces)


def _is_open(session: aiohttp.ClientSession | None) -> TypeGuard[aiohttp.ClientSession]:
    return session is not None and not session.closed


def _host(url: str) -> str:
    """All that may be said of a URL: its path holds the token."""
    try:
        return URL(url).authority.rpartition("@")[2] or "Telegram"
    except ValueError:
        return "Telegram"


def _is_telegram_s(method: str, status: int, answer: bytes) -> bool:
    """Whether an answer is handed on untouched: a file, or JSON that says yes."""
    return status == 200 and (method == "GET" or answer[:1] == b"{")


def _redacted(answer: bytes, url: str) -> bytes:
    """Without the token: error pages repeat the address that was asked, and errors repeat the error pages."""
    secret = _SECRET.search(url)
    return answer.replace(secret[1].encode(), b"[token]") if secret else answer


def updates_request(proxy: str = "") -> AiohttpRequest:
    """For `getUpdates`, of which there is one at a time; `bot.polling` waits for a lost network itself."""
    return AiohttpRequest(connections=2, proxy=proxy)


def answers_request(proxy: str = "") -> AiohttpRequest:
    """For what people wait for: what was not sent is tried again at once."""
    return AiohttpRequest(connections=64, insistence=INSISTENCE, proxy=proxy)


def broadcasts_request(proxy: str = "", *, connections: int = 128) -> AiohttpRequest:
    """For what goes to many. A failure is reported at once: their ledger knows best what to send again, and when."""
    return AiohttpRequest(connections=connections, proxy=proxy)
