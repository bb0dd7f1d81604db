"""Why a request to Telegram failed, in words without secrets, and what is known of its delivery.

The Bot API has no idempotency key: whether a message may be sent again depends on whether it can have arrived.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

Delivery = Literal["not sent", "maybe sent"]
"""`not sent`: the request never left, or Telegram refused it, so it may be made again. `maybe sent`: it left, and the
answer is missing or says nothing certain."""

_REFUSALS = (BadRequest, ChatMigrated, Conflict, EndPointNotFound, Forbidden, InvalidToken, RetryAfter)


class LostError(NetworkError):
    """The network, or whoever answered in Telegram's place, was in the way."""

    __slots__ = ("delivery",)

    def __init__(self, message: str, delivery: Delivery = "maybe sent") -> None:
        super().__init__(message)
        self.delivery: Delivery = delivery

    def __reduce__(self) -> tuple[type, tuple[str, Delivery]]:  # type: ignore[override]
        return self.__class__, (self.message, self.delivery)


class LateError(TimedOut):
    """A time limit passed."""

    __slots__ = ("delivery",)

    def __init__(self, message: str, delivery: Delivery = "maybe sent") -> None:
        super().__init__(message)
        self.delivery: Delivery = delivery

    def __reduce__(self) -> tuple[type, tuple[str, Delivery]]:  # type: ignore[override]
        return self.__class__, (self.message, self.delivery)


def delivery_of(error: BaseException) -> Delivery:
    """What is known after `error`, whoever raised it. After a 5xx the message may be on its way nevertheless."""
    if isinstance(error, LostError | LateError):
        return error.delivery
    return "not sent" if isinstance(error, _REFUSALS) else "maybe sent"


@dataclass(frozen=True)
class Timeouts:
    """In seconds; None waits for ever.

    `pool` is for a free connection, `connect` for name, connection and TLS together, `write` for the whole request to
    be taken, `read` for the answer to begin, and between any two pieces of it.
    """

    connect: float | None = 10.0
    write: float | None = 30.0
    read: float | None = 20.0
    pool: float | None = 30.0


def failure(error: Exception, host: str, timeouts: Timeouts, *, begun: bool, taken: bool) -> LostError | LateError:
    """What python-telegram-bot is told instead of `error`, whose own text may hold the URL, and in it the token.

    `begun`: some of the request was handed to the connection; `taken`: all of it was.
    """
    delivery: Delivery = "maybe sent" if begun else "not sent"
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return LateError(f"{host}: no connection within {_seconds(timeouts.connect)}", delivery)
    if isinstance(error, TimeoutError):
        waited = timeouts.read if taken else timeouts.write
        late = "did not answer" if taken else "did not take the request"
        return LateError(f"{host} {late} within {_seconds(waited)}", delivery)
    return LostError(f"{host}: {_said(error)}", delivery)


def _seconds(limit: float | None) -> str:
    return "the system's own limit" if limit is None else f"{limit:g} s"


def _said(error: Exception) -> str:
    for kind, say in _SAYINGS:
        if isinstance(error, kind):
            return say(error)
    return type(error).__name__


def _of_system(error: Exception) -> str:
    number = getattr(error, "errno", None)
    return os.strerror(number) if number is not None and number > 0 else "the connection broke"


_SAYINGS: tuple[tuple[type[Exception], Callable[[Exception], str]], ...] = (
    (aiohttp.ClientConnectorDNSError, lambda error: "no such address is known"),
    (aiohttp.ClientConnectorCertificateError, lambda error: "its certificate is not valid"),
    (aiohttp.ClientSSLError, lambda error: "no secure connection could be made"),
    (aiohttp.ClientProxyConnectionError, lambda error: f"the proxy cannot be reached ({_of_system(error)})"),
    (aiohttp.ClientHttpProxyError, lambda error: f"the proxy refuses ({getattr(error, 'status', 0)})"),
    (aiohttp.ServerDisconnectedError, lambda error: "the connection was closed without an answer"),
    (aiohttp.ClientOSError, _of_system),
    (aiohttp.ClientPayloadError, lambda error: "the answer broke off"),
    (aiohttp.ClientResponseError, lambda error: "the answer is not HTTP"),
    (aiohttp.InvalidURL, lambda error: "this is no address; check telegram.base_url"),
    (aiohttp.ClientConnectionError, lambda error: "the connection broke"),
    (OSError, _of_system),
)
"""The first that fits; subclasses stand before their parents."""
