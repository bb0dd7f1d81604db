"""A Bot API server on loopback for what goes to many: it delivers, refuses, loses and dawdles as a test says.

It keeps what it delivered, and can be as strict as Telegram claims to be: more than so many messages in any second by
their arrival, or two in one chat, are refused with 429, and counted.
"""

import asyncio
import json
import time
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

TOKEN = "7:crowd"

POLLED = 0.2
"""Seconds after which it says that nobody said anything."""


@dataclass(frozen=True)
class Turn:
    """What one request is answered. `delivers`: the person gets the message, whatever the answer says.

    `status` 0 closes the connection without an answer. `seconds` pass before it.
    """

    status: int = 200
    says: str = ""
    parameters: dict[str, int] = field(default_factory=dict)
    delivers: bool = False
    seconds: float = 0.0


def refuses(status: int, says: str, **parameters: int) -> Turn:
    return Turn(status, says, parameters)


def waits(seconds: int) -> Turn:
    return refuses(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


BLOCKED = refuses(403, "Forbidden: bot was blocked by the user")
LOST = Turn(0, delivers=True)
"""The message arrives, and the answer does not."""
CUT = Turn(0)
FAILS = refuses(502, "Bad Gateway")


@dataclass(frozen=True)
class Got:
    """A message that a chat got; `at` is when its request had arrived, in seconds of the server's monotonic clock."""

    at: float
    chat: int
    text: str
    method: str
    values: dict[str, str]


class Crowd:
    """`turns` by chat are what its next requests are answered; `rule`, if set, is asked where there are none."""

    def __init__(self, *, round_trip: float = 0.0, a_second: int = 0, per_chat: bool = False) -> None:
        self.round_trip, self.a_second, self.per_chat = round_trip, a_second, per_chat
        self.turns: defaultdict[int, deque[Turn]] = defaultdict(deque)
        self.rule: Callable[[int, dict[str, str]], Turn | None] = lambda chat, values: None
        self.got: list[Got] = []
        self.asked: Counter[str] = Counter()
        self.too_many = 0
        self.arrivals: deque[float] = deque()
        self.latest: dict[int, float] = {}
        self.port = 0
        self.clock: Callable[[], float] = time.monotonic
        self.changed = asyncio.Event()
        self.in_flight = self.most_in_flight = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot"

    def texts(self, chat: int) -> list[str]:
        return [one.text for one in self.got if one.chat == chat]

    async def until(self, true: Callable[[], bool]) -> None:
        """Wait until something is true of what came."""
        while not true():
            self.changed.clear()
            await self.changed.wait()

    def counted(self) -> Counter[tuple[int, str]]:
        """How often each chat got each text."""
        return Counter((one.chat, one.text) for one in self.got)

    def answer(self, path: str, body: bytes) -> tuple[Turn, bytes]:
        method = path.rpartition("/")[2]
        self.asked[method] += 1
        self.changed.set()
        if method == "getUpdates":
            return Turn(seconds=POLLED), _ok([])
        if method not in ("sendMessage", "sendRichMessage"):
            return Turn(), _ok({"id": 7, "is_bot": True, "first_name": "Crowd", "username": "crowd_bot"})
        values = dict(parse_qsl(body.decode(), keep_blank_values=True))
        chat, now = int(values["chat_id"]), self.clock()
        turn = self._turn(chat, values, now)
        if turn.status == 200 or turn.delivers:
            self.got.append(Got(now, chat, values.get("text") or values.get("rich_message", ""), method, values))
        result = {"message_id": len(self.got), "date": 1656925200, "chat": {"id": chat, "type": "private"}}
        return turn, _ok(result) if turn.status == 200 else _no(turn)

    def _turn(self, chat: int, values: dict[str, str], now: float) -> Turn:
        if self.turns[chat]:
            return self.turns[chat].popleft()
        if self._flooded(chat, now):
            self.too_many += 1
            return waits(1)
        return self.rule(chat, values) or Turn()

    def _flooded(self, chat: int, now: float) -> bool:
        while self.arrivals and self.arrivals[0] <= now - 1:
            self.arrivals.popleft()
        if self.a_second and len(self.arrivals) >= self.a_second:
            return True
        if self.per_chat and self.latest.get(chat, 0.0) > now - 1:
            return True
        self.arrivals.append(now)
        self.latest[chat] = now
        return False


def _ok(result: Any) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


def _no(turn: Turn) -> bytes:
    body: dict[str, Any] = {"ok": False, "error_code": turn.status, "description": turn.says}
    return json.dumps(body | ({"parameters": turn.parameters} if turn.parameters else {})).encode()


class _Connection(asyncio.Protocol):
    def __init__(self, crowd: Crowd) -> None:
        self._crowd, self._data = crowd, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._data += data
        head, found, rest = self._data.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0) if found else 0
        if not found or len(rest) < length:
            return
        self._data = rest[length:]
        turn, body = self._crowd.answer(head.split(b" ", 2)[1].decode(), rest[:length])
        self._crowd.in_flight += 1
        self._crowd.most_in_flight = max(self._crowd.most_in_flight, self._crowd.in_flight)
        wait = self._crowd.round_trip + turn.seconds
        if wait:
            asyncio.get_running_loop().call_later(wait, self._reply, turn, body)
        else:
            self._reply(turn, body)

    def _reply(self, turn: Turn, body: bytes) -> None:
        self._crowd.in_flight -= 1
        if not turn.status:
            self._transport.abort()
            return
        head = f"HTTP/1.1 {turn.status} Told\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


@asynccontextmanager
async def serving(crowd: Crowd) -> AsyncIterator[Crowd]:
    loop = asyncio.get_running_loop()
    connections: list[_Connection] = []

    def connect() -> _Connection:
        connections.append(_Connection(crowd))
        return connections[-1]

    server = await loop.create_server(connect, "127.0.0.1", 0, backlog=1024)
    crowd.port = server.sockets[0].getsockname()[1]
    try:
        yield crowd
    finally:
        server.close()
        for connection in connections:
            connection._transport.abort()
        await server.wait_closed()
