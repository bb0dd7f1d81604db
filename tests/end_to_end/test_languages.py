"""The interface in every language: each command said, each button of the answers pressed, by an admin of the desk."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from rich.console import Console

from bot.app import App, build_local
from bot.config import load
from bot.demo.tour import fill
from bot.local.server import LocalServer
from bot.local.terminal import running, settled
from bot.local.world import Event, Message, Person
from handlers.languages import native
from handlers.locales import refresh
from handlers.registry import COMMANDS
from handlers.texts import languages, texts
from summaries.desk import open_desk

LINES = (
    *(line for command in COMMANDS for line in (f"/{command.name}", *command.examples)),
    "/latest kind:opinion",
    "/summary 5",
    '/search "flying trams"',
    "/search foo:bar kind:nope after:never lang:tlh ferry",
    "/story #5",
    "/source 1",
    "/correct 5",
    "/date 5 2021-04-26",
    "/split 5",
    "/withdraw 3",
    "/frobnicate",
    "good morning",
)
"""The commands, their examples, and lines that lead on where the examples name what the sample desk does not have."""


SWITCH = "/language Deutsch"
"""Left out, as the buttons are that switch to another language."""
WORDS = 3
"""Spaces of an English text that no sample article holds by chance."""


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a closed desk with the sample articles and two sources."""
    folder = tmp_path_factory.mktemp("desk") / "data"

    async def make() -> None:
        desk = await open_desk(f"tinydb:{folder}")
        await fill(desk, 3, Console(quiet=True))
        await desk.add_source("https://mail.example/feed", name="The Tarn Mail", tags=("harbour",))
        await desk.add_source("https://radio.example/feed", tags=("valley",), labels={"ownership": "public"})
        await desk.close()

    asyncio.run(make())
    return folder


class Talk(NamedTuple):
    server: LocalServer
    application: App
    person: Person
    events: list[Event]

    async def say(self, line: str) -> list[Message]:
        """What the bot answers."""
        chat = self.server.chat(self.person)
        last = self.server.say(self.person, line).id
        await settled(self.application, self.server)
        return [message for message in self.server.transcript(chat) if message.id > last]

    async def press(self, message: Message, left_alone: set[str]) -> None:
        """Every button once, as a client with a slow view would; a view that was seen before is not opened again."""
        for button in message.buttons:
            if button.data and button.data not in left_alone and button.text.removeprefix("✓ ") not in left_alone:
                left_alone.add(button.data)
                self.server.press(self.person, message, button)
                await settled(self.application, self.server)

    def heard(self) -> Iterator[str]:
        """All that was shown: texts as they were and as they became, labels, toasts."""
        for event in self.events:
            yield event.text
            if event.message is not None and event.message.sender == self.server.bot:
                yield event.message.text
                yield from (button.text for button in event.message.buttons)

    def directions(self) -> set[bool]:
        """Whether the pages that were shown ran from right to left."""
        messages = (event.message for event in self.events)
        return {message.page.rtl for message in messages if message is not None and message.page}


@pytest.fixture(params=languages())
async def talk(request: pytest.FixtureRequest, samples: Path, tmp_path: Path) -> AsyncIterator[Talk]:
    """The bot and an admin whose Telegram speaks the language; half of the languages are shown as pages."""
    shutil.copytree(samples, tmp_path / "data")
    look = ("message", "page")[languages().index(request.param) % 2]
    desk, server = await open_desk(f"tinydb:{tmp_path / 'data'}"), LocalServer()
    events: list[Event] = []
    server.listeners.append(events.append)
    person = server.speaker("admin", language_code=request.param)
    application = build_local(load(None, {"BACKCHANNEL_TELEGRAM__LOOK": look}), desk, server)
    try:
        await desk.searchable()
        async with running(application):
            yield Talk(server, application, person, events)
    finally:
        await desk.close()
    assert server.refusals == []


@cache
def english() -> tuple[str, ...]:
    """The sentences of the interface that are said as they are written."""
    found = (message.id for message in refresh.extracted() if isinstance(message.id, str))
    return tuple(words for words in found if words.count(" ") >= WORDS and "{" not in words)


async def test_all_is_said_in_the_language_and_no_button_stays_silent(talk: Talk) -> None:
    language = talk.person.language_code
    pressed = {native(other) for other in languages() if other != language}
    for line in (line for line in LINES if line != SWITCH):
        answers = await talk.say(line)
        assert answers, line
        for answer in answers:
            await talk.press(answer, pressed)

    heard = "\n".join(talk.heard())
    assert texts(language).gettext("That went wrong, and it has been noted. Please try again in a moment.") not in heard
    foreign = [words for words in english() if words in heard and texts(language).gettext(words) != words]
    assert foreign == []
    assert talk.directions() <= {texts(language).rtl}
    assert sum(event.kind == "answer" for event in talk.events) == len(talk.server.world.queries)
