"""A web server on loopback that keeps what it was asked, bodies included, and behaves as badly as a test says."""

import asyncio
import json
import socket
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


@dataclass(frozen=True)
class Asked:
    """A request; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(self.body)))

    @property
    def parts(self) -> dict[str, tuple[str | None, str, bytes]]:
        """Of a multipart body by name: file name, content type, content."""
        whole = message_from_bytes(f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode() + self.body)
        found = {}
        for part in whole.get_payload():
            assert not isinstance(part, str)
            name = str(part.get_param("name", header="content-disposition"))
            found[name] = (part.get_filename(), part.get_content_type(), part.get_payload(decode=True))
        return found  # type: ignore[return-value]


Turn = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def answer(body: bytes | dict[str, Any], *headers: str, status: int = 200, length: int | None = None) -> bytes:
    """A whole answer. `length` lies about the length of the body."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = (f"HTTP/1.1 {status} Told", *headers, f"Content-Length: {len(content) if length is None else length}")
    return "\r\n".join((*lines, "\r\n")).encode() + content


OK = answer({"ok": True, "result": True})


class Wire:
    """Answers with `told` in turn, then with `OK`. Bytes are sent after the whole request was read, and the connection
    is kept unless they are empty; a `Turn` is called instead before anything is read, and then it is closed."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.told: deque[bytes | Turn] = deque()
        self.asked: list[Asked] = []
        self.connections = 0
        self.open = self.most = 0
        self.arrived = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.open += 1
        self.most = max(self.most, self.open)
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client went, or the test is over
        finally:
            self.open -= 1
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if self.told and callable(self.told[0]):
            turn = self.told.popleft()
            assert callable(turn)
            await turn(reader, writer)
            return False
        self.asked.append(await _read(reader))
        self.arrived.set()
        told = self.told.popleft() if self.told else OK
        assert isinstance(told, bytes)
        await self.gate.wait()
        writer.write(told)
        await writer.drain()
        return bool(told)


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.strip().split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    method, path, _ = first.split(" ")
    return Asked(method, path, headers, await reader.readexactly(int(headers.get("content-length", 0))))


@asynccontextmanager
async def wire(port: int = 0) -> AsyncIterator[Wire]:
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(made.serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", port)
    made = Wire(server.sockets[0].getsockname()[1])
    try:
        yield made
    finally:
        server.close()
        for task in tuple(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
