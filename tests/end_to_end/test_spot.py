"""A reader's own articles, end to end: the whole bot, its worker processes, and a site on a loopback server."""

from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.app import App, build_local
from bot.config import load
from bot.local.server import LocalServer
from bot.local.terminal import running, settled
from bot.local.world import Message
from summaries.desk import Desk, open_desk
from summaries.intake.outcomes import Limits
from summaries.scout import scouting
from summaries.updating import Rules
from tests.loopback import Site, answer, loopback

PAGE = """<html lang="en"><head><title>Harbour crane returns to work</title></head><body><article>
<h1>Harbour crane returns to work</h1>
<p>The old harbour crane in Tarn lifted its first container in nine years on Tuesday, after volunteers rebuilt its
motor. The port authority said that the crane would serve two ships a week until a new one arrives in 2028.</p>
<p>The work cost 40,000 crowns, all of it from donations. Fishermen in the harbour said the noise was a small price to
pay. The town will vote in June on whether to keep the crane as a monument.</p></article></body></html>"""


class World:
    def __init__(self, server: LocalServer, application: App, desk: Desk) -> None:
        self.server, self.application, self.desk = server, application, desk
        self.reader, self.admin = server.speaker("reader"), server.speaker("admin")

    async def say(self, text: str, *, by_admin: bool = False) -> Message:
        person = self.admin if by_admin else self.reader
        self.server.say(person, text)
        await settled(self.application, self.server)
        return self.server.transcript(person)[-1]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with loopback() as site:
        site.answers["/crane"] = answer(PAGE.encode(), "Content-Type: text/html; charset=utf-8")
        site.answers["/large"] = answer(b"x" * 3_000_000, "Content-Type: text/html")
        yield site


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The bot, running; at the end the server must have refused nothing."""
    limits = Limits(timeout=10, host_delay=0.0, max_bytes=1_000_000, allow_networks=(ip_network("127.0.0.0/8"),))
    config, server = load(None, {}, data=str(tmp_path / "desk")), LocalServer()
    desk = await open_desk(config.store.url)
    application = build_local(config, desk, server)
    try:
        async with scouting(desk, limits, Rules(), processes=1), running(application):
            yield World(server, application, desk)
    finally:
        await desk.close()
    assert server.refusals == []


async def test_a_link_is_fetched_within_limits_read_and_kept_if_an_admin_says_so(world: World, site: Site) -> None:
    shown = await world.say(site.url("/crane"))
    assert shown.text.startswith("Harbour crane returns to work")
    assert "lifted its first container" in shown.text
    assert world.desk.count == 0
    assert (await world.say(site.url("/large"))).text == "This is too large to be an article."
    assert (await world.say(site.url("/gone"))).text.startswith("There is nothing at this link.")
    for private in ("http://192.168.1.1/", "http://[::1]/", "http://0.0.0.0/"):
        assert (await world.say(private)).text == "This link leads into a private network, where I do not go."
    shown = await world.say(site.url("/crane"), by_admin=True)
    world.server.press(world.admin, shown, "Keep it in the desk")
    await settled(world.application, world.server)
    assert world.desk.count == 1
    asked = len(site.requests)
    assert "#1" in (await world.say(site.url("/crane"))).text
    assert len(site.requests) == asked, "what is kept is not fetched again"
