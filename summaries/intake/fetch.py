"""One guarded HTTP request: from a URL to bytes, or to the reason why there are none.

The network of strangers ends here. Whatever a server does (nothing, for ever; too much; something else than it says) is
a `Refusal`, in bounded time and memory. Proxies of the environment are not used, because the guard could not see past
them; cookies are not kept.
"""

import asyncio
import os
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType

import aiohttp
from yarl import URL

from summaries.intake.body import GarbledError, TooLargeError, read_body
from summaries.intake.credentials import CredentialsError, header_of
from summaries.intake.freshness import conditions, max_age, retry_after, validators_of
from summaries.intake.guard import Guard, PrivateAddressError
from summaries.intake.holding import Holding
from summaries.intake.hosts import Hosts
from summaries.intake.names import Names
from summaries.intake.outcomes import Fetched, Limits, NotModified, Outcome, Reason, Refusal, Validators
from summaries.intake.robots import LONGEST as LONGEST_ROBOTS
from summaries.intake.robots import Robots
from summaries.intake.targets import BadTargetError, UserInAddressError, follow, target
from summaries.intake.trip import Trip

__all__ = ["Fetched", "Fetcher", "Limits", "NotModified", "Outcome", "Reason", "Refusal", "Validators"]

LARGE_AT_ONCE = 2
"""Bodies beyond `body.LARGE` that are read at the same time; with `Limits.max_bytes` this bounds the memory."""

CONNECT = 10.0
"""Seconds for one connection: a host that does not answer need not hold its place for the whole deadline."""

KEEP_ALIVE = 4.0
"""Seconds. Pages of one host follow each other; feeds come minutes apart, so their connections are closed at once."""

LONGEST_HEADER = 32_768
"""Bytes of one header: policies of 10 KB are real, and aiohttp's own limit would refuse those pages."""

_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_PAGES = "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.5"
_BY_STATUS: dict[int, Reason] = {404: "not_found", 408: "timeout", 410: "gone", 429: "too_many"}


def utcnow() -> datetime:
    return datetime.now(UTC)


class Fetcher:
    """Fetches with the same limits, turns at hosts and robots.txt for everybody who shares it; an async context.

    `clock` is what dates in headers are measured against, `now` (seconds, never going back) what turns and the robots
    cache are, and `sleep` waits for a turn.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        *,
        environ: Mapping[str, str] = os.environ,
        clock: Callable[[], datetime] = utcnow,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.limits = limits = limits or Limits()
        self._environ, self._clock = environ, clock
        self._guard = Guard(limits.allow_networks)
        self._hosts = Hosts(
            per_host=limits.per_host, at_once=limits.at_once, delay=limits.host_delay, now=now, sleep=sleep
        )
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._robots = Robots(self._ask_robots, limits.user_agent, now)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "Fetcher":
        limits = self.limits
        connector = aiohttp.TCPConnector(
            limit=0,  # turns are taken before the deadline begins to count, so not inside of aiohttp
            keepalive_timeout=KEEP_ALIVE,
            ttl_dns_cache=60,
            resolver=Names(limits.at_once),
            socket_factory=self._guard.socket,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=min(CONNECT, limits.timeout)),
            auto_decompress=False,
            trust_env=False,
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def get(
        self, url: str, *, validators: Validators | None = None, page: bool = False, credentials: str = ""
    ) -> Outcome:
        """What is at `url`, or why it could not be had; errors of the world are never raised, and nothing is retried.

        With `validators` the answer may be `NotModified`. A `page` is asked for only if robots.txt lets us.
        `credentials` is the name of the environment variable that holds "user:password" or "Header-Name: value".
        """
        conditional = conditions(validators or Validators())
        try:
            secret = header_of(credentials, self._environ) if credentials else None
            headers = self._headers(page) | conditional
            trip = Trip(target(url), self.limits, headers, page=page, conditional=bool(conditional), secret=secret)
        except (CredentialsError, UserInAddressError) as error:
            return Refusal("credentials", str(error))
        except BadTargetError as error:
            return Refusal("bad_url", str(error))
        outcome = await self._travel(trip)
        return _merged(outcome, validators) if validators and isinstance(outcome, NotModified) else outcome

    def _headers(self, page: bool) -> dict[str, str]:
        return {
            "User-Agent": self.limits.user_agent,
            "Accept": _PAGES if page else _FEEDS,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "keep-alive" if page else "close",
        }

    async def _travel(self, trip: Trip) -> Outcome:
        """Host after host: a redirect inside of one continues the visit, one to another waits for its turn there."""
        while True:
            async with self._hosts.turn(trip.host):
                outcome = await self._visit(trip)
            if outcome is not None:
                return outcome

    async def _visit(self, trip: Trip) -> Outcome | None:
        host = trip.host
        while trip.host == host:
            objection = await self._robots.objection(trip.url) if trip.page else None
            outcome = objection or await self._step(trip)
            if outcome is not None:
                return outcome
        return None

    async def _ask_robots(self, url: URL) -> bytes | Refusal:
        """Part of the visit for which it is asked, so it takes no turn of its own."""
        trip = Trip(url, self.limits, self._headers(page=True))
        trip.most = LONGEST_ROBOTS
        while True:
            outcome = await self._step(trip, cut=True)
            if isinstance(outcome, Fetched):
                return outcome.body
            if isinstance(outcome, Refusal):
                return outcome

    async def _step(self, trip: Trip, *, cut: bool = False) -> Outcome | None:
        """One request; None where it was redirected. With `cut` the start of a body that is too large is enough."""
        if self._session is None:
            raise RuntimeError("the fetcher is not open: use it as `async with Fetcher() as fetcher`")
        loop = asyncio.get_running_loop()
        started = loop.time()
        try:
            async with (
                asyncio.timeout(max(trip.left, 0.0)),
                self._session.get(trip.url, headers=trip.headers, allow_redirects=False) as response,
            ):
                return await self._answer(trip, response, cut)
        except (aiohttp.ClientError, OSError, GarbledError, TooLargeError) as error:
            return trip.refusal(*_explained(error))
        finally:
            trip.left -= loop.time() - started

    async def _answer(self, trip: Trip, response: aiohttp.ClientResponse, cut: bool) -> Outcome | None:
        status, headers, now = response.status, response.headers, self._clock()
        if status in _REDIRECTS:
            return _redirected(trip, status, headers.get("Location", ""))
        if status == 304 and trip.conditional:
            return NotModified(validators_of(headers), max_age(headers, now), trip.moved)
        if not 200 <= status < 300 or status == 206:
            return trip.refusal(_reason(status), f"HTTP {status}", status, retry_after(headers, now))
        return Fetched(
            url=str(trip.url),
            body=await _body(response, trip.most, cut, self._large),
            content_type=_printable(headers.get("Content-Type", "")),
            validators=validators_of(headers),
            moved=trip.moved,
            max_age=max_age(headers, now),
            status=status,
        )


async def _body(response: aiohttp.ClientResponse, most: int, cut: bool, places: asyncio.Semaphore) -> bytes:
    if not cut and (response.content_length or 0) > 2 * most:
        raise TooLargeError(Holding(most), most)
    try:
        return await read_body(response, most, places)
    except TooLargeError as error:
        if not cut:
            raise
        return error.body.whole()


def _redirected(trip: Trip, status: int, location: str) -> Refusal | None:
    if not location.strip():
        return trip.refusal("garbled", f"HTTP {status} that leads nowhere", status)
    try:
        url = follow(trip.url, location)
    except BadTargetError as error:
        return trip.refusal("bad_url", f"HTTP {status} to somewhere else: {error}", status)
    return trip.go(url, permanent=status in _PERMANENT)


def _reason(status: int) -> Reason:
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    return "forbidden" if 400 <= status < 500 else "server" if status >= 500 else "garbled"


def _merged(outcome: NotModified, sent: Validators) -> NotModified:
    """A 304 need not repeat what it confirms."""
    new = outcome.validators
    kept = Validators(new.etag or sent.etag, new.modified or sent.modified)
    return NotModified(kept, outcome.max_age, outcome.moved)


def _explained(error: Exception) -> tuple[Reason, str]:
    """The reason for what was raised, and a line for the log. Nothing that we sent is part of it."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, PrivateAddressError):
        return "private_address", str(cause)
    if isinstance(error, TimeoutError):
        return "timeout", "no complete answer in time"
    if isinstance(error, aiohttp.ClientSSLError) or isinstance(cause, ssl.SSLError):
        return "certificate", f"no secure connection: {_printable(str(cause))}"
    if isinstance(error, TooLargeError):
        return "too_large", str(error)
    if isinstance(error, aiohttp.InvalidURL):
        return "bad_url", "the address cannot be asked"
    if isinstance(error, (GarbledError, aiohttp.ClientResponseError)):
        return "garbled", _printable(getattr(error, "message", "") or str(error))
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return "unreachable", "the connection was closed without an answer"
    return "unreachable", _printable(str(cause))


def _printable(text: str) -> str:
    """One line that can be stored: servers send bytes that are no text."""
    clean = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join("".join(mark if mark.isprintable() else " " for mark in clean).split())[:300]
