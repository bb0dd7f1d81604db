"""Sources, end to end: the whole bot with a loopback press, and a collecting process that is killed."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.app import build, serve
from bot.collector import Collector, add_named, limits, rules
from bot.config import load
from bot.local.server import LocalServer
from summaries.desk import open_desk
from summaries.scout import scouting
from tests.press import Press, headline, printing


@pytest.fixture
async def press() -> AsyncIterator[Press]:
    async with printing(Press(entries=3, furnished=False)) as press:
        yield press


async def said(server: LocalServer, person: object, count: int) -> list[str]:
    """The bot's messages to a person, when there are `count` of them."""
    arrived = asyncio.Event()
    server.listeners.append(lambda event: arrived.set())
    while True:
        texts = [message.text for message in server.transcript(person) if message.sender == server.bot]
        if len(texts) >= count:
            return texts
        await arrived.wait()
        arrived.clear()


async def test_a_source_of_the_configuration_is_read_in_the_chat(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bot as `run` wires it: [[sources]], the collect job, worker processes, and an answer about what came."""
    file = tmp_path / "config.toml"
    file.write_text(
        f'[collect]\nallow_networks = ["127.0.0.0/8"]\nuser_agent = "Velm desk"\nmax_new_per_poll = 2\n'
        f'[summaries]\nsentences = 2\n[[sources]]\nurl = "{press.feed_url(1)}"\nname = "The First"\ntags = ["water"]\n'
    )
    config, server = load(file, {}, data=str(tmp_path / "desk")), LocalServer()
    ann = server.person("Ann")
    desk = await open_desk(config.store.url)
    await add_named(desk, config)
    checked, settle = asyncio.Event(), desk.sourcebook.settle

    async def settled(*args: Any) -> Any:
        source = await settle(*args)
        checked.set()
        return source

    monkeypatch.setattr(desk.sourcebook, "settle", settled)
    application = build(config, desk, token=server.token, request=server.request(), updates_request=server.request())
    async with scouting(desk, limits(config), rules(config), processes=1) as scout:
        collector, stop = Collector(desk, scout), asyncio.Event()
        bot = asyncio.create_task(serve(application, desk, stop, collector=collector))
        await checked.wait()
        source = desk.sources()[0]
        server.say(ann, "/latest")
        answer = (await said(server, ann, 1))[0]
        stop.set()
        await bot
    briefings = [briefing async for briefing in desk.briefings()]
    await desk.close()

    assert [briefing.headline for briefing in briefings] == [headline(1, 1), headline(1, 0)]
    assert headline(1, 0) in answer
    assert {len(briefing.sentences) for briefing in briefings} == {2}
    assert {briefing.tags for briefing in briefings} == {("water",)}
    assert (source.name, source.health.pages_read) == ("The First", 2)
    assert server.refusals == []


async def test_the_sources_of_the_configuration_are_added_once(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('[[sources]]\nurl = "https://courier.example/feed"\nname = "Courier"\nlabels = { country = "N" }\n')
    config = load(file, {}, data=str(tmp_path / "desk"))
    desk = await open_desk(config.store.url)
    await add_named(desk, config)
    await desk.change_source(1, name="Mine")
    await add_named(desk, config)

    assert [(source.name, source.labels) for source in desk.sources()] == [("Mine", {"country": "N"})]
    await desk.close()


async def run_collector(directory: Path, urls: list[str], *, kill_after: int | None = None) -> list[str]:
    """The headlines that a collecting process acknowledged before it ended, or was killed after so many of them.

    What it stored and could not acknowledge before the kill counts for the next: a late kill may come to nothing.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.collecting", str(directory), "here", *urls, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    acknowledged = []
    async for line in process.stdout:
        if line.endswith(b"\n"):
            acknowledged.append(line.decode().strip())
        if len(acknowledged) == kill_after:
            process.kill()
    assert await process.wait() in ((0,) if kill_after is None else (-9,) if kill_after == 1 else (0, -9))
    return acknowledged


async def test_kill_9_during_collection_loses_nothing_and_doubles_nothing(press: Press, tmp_path: Path) -> None:
    urls, acknowledged = [press.feed_url(outlet) for outlet in range(6)], list[str]()
    for kill_after in (1, 2, 3):
        acknowledged += await run_collector(tmp_path / "desk", urls, kill_after=kill_after)
        desk = await open_desk(f"tinydb:{tmp_path / 'desk'}")
        briefings = [briefing async for briefing in desk.briefings()]
        assert set(acknowledged) <= {briefing.headline for briefing in briefings}
        assert all([await desk.article(briefing.id) for briefing in briefings])
        await desk.close()

    await run_collector(tmp_path / "desk", urls)
    desk = await open_desk(f"tinydb:{tmp_path / 'desk'}")
    counts = Counter([briefing.headline async for briefing in desk.briefings()])
    checked = [source.health.last_success for source in desk.sources()]
    await desk.close()
    assert counts == Counter(headline(outlet, number) for outlet in range(6) for number in range(3))
    assert len(checked) == 6
    assert all(checked)
