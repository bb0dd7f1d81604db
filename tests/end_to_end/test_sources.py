"""The admin's sources, end to end: the whole bot, its worker processes, and a press on a loopback server."""

from collections.abc import AsyncIterator
from ipaddress import ip_network
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.app import App, build_local
from bot.config import load
from bot.local.server import LocalServer
from bot.local.terminal import running, settled
from bot.local.world import Message, Person
from summaries.desk import Desk, open_desk
from summaries.intake.opml import Outline, write_opml
from summaries.intake.outcomes import Limits
from summaries.scout import scouting
from summaries.updating import Rules
from tests.press import Press, headline, printing

LIMITS = Limits(timeout=10, host_delay=0.0, allow_networks=(ip_network("127.0.0.0/8"),))


class World(NamedTuple):
    server: LocalServer
    application: App
    desk: Desk
    admin: Person

    @property
    def last(self) -> Message:
        return self.server.transcript(self.admin)[-1]

    async def say(self, text: str, *, reply_to: Message | None = None) -> Message:
        """The last of what the bot answers."""
        self.server.say(self.admin, text, reply_to=reply_to)
        await settled(self.application, self.server)
        return self.last

    async def press(self, message: Message, label: str) -> Message:
        """The message as it is after the button was pressed and its work done."""
        self.server.press(self.admin, message, label)
        await settled(self.application, self.server)
        return self.server.world.chats[message.chat_id].messages[message.id]


@pytest.fixture
async def press() -> AsyncIterator[Press]:
    async with printing(Press(entries=3, furnished=False)) as press:
        yield press


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """The bot, running; at the end the server must have refused nothing."""
    config, server = load(None, {}, data=str(tmp_path / "desk")), LocalServer()
    desk = await open_desk(config.store.url)
    application = build_local(config, desk, server)
    try:
        async with scouting(desk, LIMITS, Rules(), processes=1), running(application):
            yield World(server, application, desk, server.speaker("admin"))
    finally:
        await desk.close()
    assert server.refusals == []


async def test_the_life_of_a_source(world: World, press: Press) -> None:
    """Added by a preview, checked, read, edited, paused, exported, removed: its briefings stay."""
    preview = await world.say(f"/addsource {press.feed_url(1)}")
    assert "Outlet 1" in preview.text
    assert "3 entries" in preview.text
    assert headline(1, 0) in preview.text
    added = await world.press(preview, "Add")
    checked = await world.press(added, "Check now")
    assert checked.text.startswith("Checked: 3 new articles")
    assert "3 articles kept in 30 days" in checked.text
    assert "The text of 100% of its pages could be read (3 of 3)" in checked.text
    assert headline(1, 0) in (await world.say("/latest")).text

    await world.press(checked, "Rename")
    await world.say("The First", reply_to=world.last)
    await world.press(checked, "Tags")
    await world.say("harbour valley", reply_to=world.last)
    await world.press(checked, "Labels")
    edited = await world.say("country=Tarn", reply_to=world.last)
    assert "#1 The First" in edited.text
    assert "Tags: #harbour #valley\nLabels: country=Tarn" in edited.text

    assert "Paused: it is not checked." in (await world.press(edited, "Pause")).text
    resumed = await world.press(world.last, "Resume")
    assert "Checked: its feed has not changed." in (await world.press(resumed, "Check now")).text
    listed = await world.say("/sources")
    assert "#1 The First\nwell · checked " in listed.text
    exported = await world.say("/export")
    assert exported.attachment is not None
    assert press.feed_url(1).encode() in exported.attachment.data

    opened = await world.press(listed, "#1")
    removed = await world.press(await world.press(opened, "Remove"), "Yes, remove it")
    assert removed.text == "The First is removed. The briefings that it brought stay."
    assert (world.desk.sources(), world.desk.count) == ([], 3)
    assert (await world.press(removed, "‹ Back to the list")).text == removed.text


async def test_a_page_is_taken_once(world: World, press: Press) -> None:
    page = press.feed_url(1).replace("feed.xml", "0.html")
    preview = await world.say(f"/addsource {page}")
    assert "This page has no feed" in preview.text
    taken = await world.press(preview, "Take it once")
    assert taken.text.startswith("Taken once, as an article.")
    assert headline(1, 0) in taken.text
    assert (await world.press(taken, "In context")).buttons


async def test_a_list_is_imported_and_its_trouble_is_told(world: World, press: Press) -> None:
    press.trouble[2] = "dead"
    outlines = [Outline(press.feed_url(outlet), f"Outlet {outlet}") for outlet in (1, 2)]
    world.server.send_document(world.admin, "list.opml", write_opml(outlines), caption="/import")
    await settled(world.application, world.server)
    assert world.last.text.startswith("2 sources added\n0 known already\n0 refused")
    for number in (1, 2):
        await world.press(await world.say(f"/source {number}"), "Check now")
    assert world.last.text.startswith("Its server cannot be reached.")
    listed = await world.say("/sources")
    assert listed.text.index("Outlet 2") < listed.text.index("Outlet 1")
    assert "1 failing · 1 well" in listed.text


async def test_what_is_nowhere_and_what_is_private_is_said(world: World, press: Press) -> None:
    nowhere = await world.say(f"/addsource {press.feed_url(1).replace('feed.xml', 'none.xml')}")
    assert "There is nothing at its address (404)." in nowhere.text
    private = await world.say("/addsource http://10.0.0.1/feed")
    assert "collect.allow_networks" in private.text
