"""Each role, wherever it may speak: every command said, every button of the answers pressed, nothing refused."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.console import Console

from bot.app import App, build_local
from bot.config import load
from bot.demo.tour import fill
from bot.local.server import LocalServer
from bot.local.terminal import running, settled
from bot.local.world import Chat, Event, Message, Person, Topic
from handlers.access import Role
from handlers.errors import SORRY
from handlers.front import refusal
from handlers.registry import COMMANDS
from handlers.texts import languages, texts
from summaries.desk import open_desk

TAPS = 2
"""How far buttons of buttons are followed."""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed desk with sample articles and a source."""
    folder = tmp_path_factory.mktemp("desk") / "data"

    async def make() -> None:
        desk = await open_desk(f"tinydb:{folder}")
        await fill(desk, 3, Console(quiet=True))
        await desk.add_source("https://mail.example/feed", name="The Tarn Mail", tags=("harbour",))
        await desk.close()

    asyncio.run(make())
    return folder


class Place(NamedTuple):
    """A person in a chat, and in a topic of it where it has topics."""

    server: LocalServer
    application: App
    person: Person
    chat: Chat
    topic: Topic | None
    events: list[Event]

    def said(self) -> dict[int, Message]:
        """What the bot shows in the chat, by number."""
        return {each.id: each for each in self.server.transcript(self.chat) if each.sender == self.server.bot}

    async def say(self, line: str) -> None:
        self.server.say(self.person, line, self.chat, topic=self.topic)
        await settled(self.application, self.server)

    async def press_all(self, before: dict[int, Message], pressed: set[str]) -> None:
        """Every button that the last answers have, and those that come of it; each view is opened once."""
        for _ in range(TAPS):
            for message in [each for number, each in self.said().items() if number not in before]:
                for button in message.buttons:
                    if button.data and button.data not in pressed:
                        pressed.add(button.data)
                        self.server.press(self.person, message, button)
                        await settled(self.application, self.server)


@pytest.fixture(
    params=[
        pytest.param(("reader", "private", Role.CHAT_ADMIN), id="a reader alone"),
        pytest.param(("reader", "topic", Role.READER), id="a reader in a topic"),
        pytest.param(("manager", "topic", Role.CHAT_ADMIN), id="who administers the group, in a topic"),
        pytest.param(("admin", "group", Role.ADMIN), id="the desk's admin in a group"),
    ]
)
async def place(request: pytest.FixtureRequest, samples: Path, tmp_path: Path) -> AsyncIterator[tuple[Place, Role]]:
    who, where, role = request.param
    shutil.copytree(samples, tmp_path / "data")
    desk, server = await open_desk(f"tinydb:{tmp_path / 'data'}"), LocalServer()
    events: list[Event] = []
    server.listeners.append(events.append)
    person = server.speaker("admin") if who == "admin" else server.person("Ann")
    application = build_local(load(None, {}), desk, server)
    owner, members = (server.person("Mira"), [person]) if who == "reader" else (person, [])
    try:
        await desk.searchable()
        async with running(application):
            chat, topic = server.chat(person), None
            if where != "private":
                chat = server.group("Newsroom", owner, *members, forum=where == "topic")
                topic = server.topic(chat, "Harbour") if where == "topic" else None
                await settled(application, server)
            yield Place(server, application, person, chat, topic, events), role
    finally:
        await desk.close()
    assert server.refusals == []


async def test_every_command_and_button_is_answered_in_its_place(place: tuple[Place, Role]) -> None:
    there, role = place
    pressed: set[str] = set()
    for command in COMMANDS:
        for line in (f"/{command.name}", *command.examples):
            before = there.said()
            await there.say(line)
            answers = [each.text for number, each in there.said().items() if number not in before]
            assert answers, line
            said_no = {refusal(command.role, texts(language)) for language in languages()}
            assert bool(said_no.intersection(answers)) is (command.role > role), line
            await there.press_all(before, pressed)

    assert sum(event.kind == "answer" for event in there.events) == len(there.server.world.queries)
    assert SORRY not in "\n".join(each.text for each in there.said().values())
    assert SORRY not in [event.text for event in there.events]
    if there.topic is not None:
        stray = [each.text for each in there.said().values() if each.thread != there.topic.id]
        assert stray[1:] == []  # the first is the greeting, which belongs to the whole group
