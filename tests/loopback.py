"""A web server on loopback that answers byte for byte what a test says, and a time that passes when a test says."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

NOW = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Request:
    """What was asked; header names in lower case."""

    path: str
    headers: dict[str, str]


Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]
Answer = bytes | Behaviour | Callable[[Request], bytes]


def answer(body: bytes = b"", *headers: str, status: int = 200, length: int | None = None) -> bytes:
    """A whole HTTP answer. `headers` are lines; `length` lies about the length of the body."""
    lines = [f"HTTP/1.1 {status} Told", *headers, f"Content-Length: {len(body) if length is None else length}"]
    return b"".join(line.encode("utf-8", "surrogateescape") + b"\r\n" for line in lines) + b"\r\n" + body


def redirect(location: str, status: int = 302) -> bytes:
    return answer(b"", f"Location: {location}", status=status)


def http_date(moment: datetime) -> str:
    return format_datetime(moment, usegmt=True)


class Site:
    """`answers` by path; what has none is 404. `requests` are all that came, in order."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.requests: list[Request] = []
        self.connections = 0
        self.port = 0
        self.scheme = "http"

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went, as it should from most of these answers; or the test is over
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        start = await reader.readexactly(1)
        if start == b"\x16":  # a TLS greeting
            writer.write(answer(status=400))
            return False
        head = (start + await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        request = Request(first.split(" ")[1], headers)
        self.requests.append(request)
        told = self.answers.get(request.path, answer(b"nothing here", status=404))
        if isinstance(told, bytes):
            writer.write(told)
            if not told:
                return False
        else:
            done = told(request if getattr(told, "asks", False) else writer)  # type: ignore[arg-type]
            if isinstance(done, bytes):
                writer.write(done)
            else:
                await done
                return False
        await writer.drain()
        return headers.get("connection") == "keep-alive"


def asks(function: Callable[[Request], bytes]) -> Callable[[Request], bytes]:
    """Marks an answer that depends on the request."""
    function.asks = True  # type: ignore[attr-defined]
    return function


@asynccontextmanager
async def loopback(certificate: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    site = Site()
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(site.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=certificate)
    site.port = server.sockets[0].getsockname()[1]
    site.scheme = "https" if certificate else "http"
    try:
        yield site
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()


class FakeTime:
    """Seconds that pass only while somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.seconds += seconds
        await asyncio.sleep(0)
