"""What people ask of 100,000 briefings, from the update to the request that answers it, alone and during a broadcast.

CPU of the whole process: during the broadcast the messages to others that fall between are counted too. They go at the
paid limit, over HTTP, to a server in a process of its own. The floor is an inline query that finds nothing: the same
way through the door, the handler and the request, without an answer. `asked` measures what is asked of stories.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from telegram import Bot, Update
from telegram.ext import Application

from bot.app import build_local
from bot.config import load
from bot.delivery import Deliverer, at_once
from bot.local import wire
from bot.local.params import Params
from bot.local.server import LocalServer
from bot.local.terminal import at_work
from bot.pacing import PAID, Pace
from bot.transport import broadcasts_request
from handlers.broadcasts import broadcast
from handlers.looks.choice import Looks
from summaries.archive.store import SUBSCRIBERS, Put
from summaries.desk import Desk, open_desk
from summaries.memory import settle
from summaries.models import Subscriber
from tests.bench.asked import SIZE, filled
from tests.bench.delivery import WORDS, telegram
from tests.bench.search import World
from tests.crowd import TOKEN

ASKED = 150
WARMING = 20
RECIPIENTS = 30_000
ALONE, MEANWHILE = 20.0, 50.0
"""Milliseconds of CPU at the 99th percentile that an answer may take."""

Body = dict[str, Any]
Question = Callable[[int], Body]
App = Application[Any, Any, Any, Any, Any, Any]


class Asker:
    """The admin at the terminal, whose rate is not limited."""

    def __init__(self, application: App, server: LocalServer, world: World) -> None:
        self._application, self._server = application, server
        self._person = server.speaker("admin")
        self._chat = server.chat(self._person)
        self._requested, self._updates = 0.0, 0
        server.trouble = self._note
        chance, common = random.Random(9), [" ".join(world.words(2)) for _ in range(ASKED)]
        rare = [chance.choice(world.vocabulary[120:]) for _ in range(ASKED)]
        self.questions: dict[str, Question] = {
            "inline, nothing found (floor)": lambda n: self._typed(f"zzqx{n}"),
            "inline, the latest": lambda n: self._typed(""),
            "inline, one word": lambda n: self._typed(rare[n]),
            "inline, two words": lambda n: self._typed(common[n]),
            "inline, two words, third page": lambda n: self._typed(common[n], f"{SIZE}.20"),
            "/latest": lambda n: self._said("/latest"),
            "/summary": lambda n: self._said(f"/summary {chance.randint(1, SIZE)}"),
            "a button of it": lambda n: self._pressed(),
            "/search, one word": lambda n: self._said(f"/search {rare[n]}"),
            "/search, two words": lambda n: self._said(f"/search {common[n]}"),
        }

    async def introduce(self) -> None:
        """An admin who was never met is given a menu of their own."""
        await self._cost(self._said("/start"))

    async def costs(self, ask: Question) -> list[float]:
        """Milliseconds of CPU of each, in rising order; the first ones load what is loaded once."""
        found = [await self._cost(ask(number)) for number in range(ASKED)]
        return sorted(found[WARMING:])

    async def _cost(self, body: Body) -> float:
        self._requested, self._updates = 0.0, self._updates + 1
        start = time.process_time()
        update = Update.de_json({"update_id": self._updates, **body}, self._application.bot)
        await self._application.process_update(update)
        while left := at_work(self._application):
            await asyncio.wait(left)
        if not self._requested:
            raise RuntimeError(f"not answered: {body}: {self._server.refusals}")
        return 1_000 * (self._requested - start)

    def _note(self, method: str, params: Params) -> None:
        """A request is made: what the server does with it is not the bot's."""
        if method != "sendChatAction":
            self._requested = time.process_time()

    def _typed(self, text: str, offset: str = "") -> Body:
        return {"inline_query": wire.inline_query(self._server.type_inline(self._person, text, offset))}

    def _said(self, text: str) -> Body:
        return {"message": wire.message(self._server.world, self._server.say(self._person, text, self._chat))}

    def _pressed(self) -> Body:
        last = next(one for one in reversed(self._server.transcript(self._chat)) if one.buttons)
        query = self._server.press(self._person, last, last.buttons[0])
        return {"callback_query": wire.callback_query(self._server.world, query)}


@asynccontextmanager
async def broadcasting(desk: Desk, url: str) -> AsyncIterator[None]:
    """Words on their way to everybody, at the paid limit."""
    await desk.store.commit([Put(SUBSCRIBERS, Subscriber(chat)) for chat in range(10, RECIPIENTS + 10)])
    pace = Pace(PAID)
    async with broadcasts_request(connections=at_once(PAID)) as many:
        bot = Bot(TOKEN, url, request=many, get_updates_request=many)
        deliverer = Deliverer(bot, desk, {}, Looks(desk.subscribers), pace, paid=True)
        await broadcast(desk, WORDS, 1, datetime.now(UTC))
        deliverer.start()
        try:
            yield
            if not desk.outbox.counts().pending:
                raise RuntimeError("the broadcast was over before the questions: it needs more recipients")
        finally:
            await deliverer.drain()


async def _measured(folder: Path) -> Table:
    url, world, server = f"tinydb:{folder / 'desk'}", World(words=20_000, paragraphs=2_000), LocalServer()
    await filled(url, world)
    desk = await open_desk(url)
    await desk.searchable()
    await _quiet()
    settle()
    try:
        async with build_local(load(None, {}, data=str(folder)), desk, server) as application:
            await application.start()
            alone, meanwhile = await _both(Asker(application, server, world), desk)
            await application.stop()
    finally:
        await desk.close()
    return _table(alone, meanwhile)


async def _quiet() -> None:
    """Returns when nothing is made in the background any more: a desk that was just filled has events to make."""
    before = -1.0
    while time.process_time() - before > 0.05:
        before = time.process_time()
        await asyncio.sleep(1)


async def _both(asker: Asker, desk: Desk) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    await asker.introduce()
    alone = {name: await asker.costs(ask) for name, ask in asker.questions.items()}
    with telegram(PAID) as (url, pipe):
        async with broadcasting(desk, url):
            meanwhile = {name: await asker.costs(ask) for name, ask in asker.questions.items()}
        pipe.send("enough")
        pipe.recv()
    return alone, meanwhile


def _table(alone: dict[str, list[float]], meanwhile: dict[str, list[float]]) -> Table:
    table = Table(title=f"{SIZE:,} briefings: ms of CPU from update to request")
    for heading in ("asked", "p50", "p99", f"≤ {ALONE:g}", "p99 to the floor", "broadcast: p50", "p99"):
        table.add_column(heading, justify="left" if heading == "asked" else "right")
    table.add_column(f"≤ {MEANWHILE:g}", justify="right")
    floor = _p99(next(iter(alone.values())))
    for name, costs in alone.items():
        among = meanwhile[name]
        table.add_row(
            *(name, f"{costs[len(costs) // 2]:.2f}", f"{_p99(costs):.2f}", _verdict(_p99(costs), ALONE)),
            *(f"{_p99(costs) / floor:.1f}", f"{among[len(among) // 2]:.2f}", f"{_p99(among):.2f}"),
            _verdict(_p99(among), MEANWHILE),
        )
    return table


def _p99(costs: Sequence[float]) -> float:
    return costs[int(len(costs) * 0.99) - 1]


def _verdict(cost: float, goal: float) -> str:
    return "yes" if cost <= goal else "no"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        table = asyncio.run(_measured(Path(folder)))
    Console(width=max(Console().width, 110)).print(table)


if __name__ == "__main__":
    main()
