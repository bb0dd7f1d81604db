"""What the tests of the local server share: a clock that is moved by hand, and a plain way to call a method."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.local.params import Params
from bot.local.server import LocalServer

NOON = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)


@dataclass
class Clock:
    time: datetime = NOON

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


async def call(server: LocalServer, method: str, **values: Any) -> dict[str, Any]:
    """The whole answer to a call, its values encoded as a client encodes them."""
    strings = {name: value if isinstance(value, str) else json.dumps(value) for name, value in values.items()}
    status, body = await server.answer(f"/bot{server.token}/{method}", Params(strings))
    answer: dict[str, Any] = json.loads(body)
    assert status == answer.get("error_code", 200)
    return answer


async def result(server: LocalServer, method: str, **values: Any) -> Any:
    answer = await call(server, method, **values)
    assert answer["ok"], answer
    return answer["result"]


async def updates(server: LocalServer) -> list[dict[str, Any]]:
    """What waits for the bot; it is confirmed with this."""
    found: list[dict[str, Any]] = await result(server, "getUpdates")
    if found:
        await result(server, "getUpdates", offset=found[-1]["update_id"] + 1)
    return found
