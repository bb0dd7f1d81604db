"""The whole bot on the sample articles, through the Telegram in the process: every command, every button."""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from typing import NamedTuple

import pytest
from rich.console import Console

from bot.app import App, build_local
from bot.config import Config, load
from bot.demo.tour import fill
from bot.local.people import Speaker
from bot.local.server import LocalServer
from bot.local.terminal import converse, running, settled
from bot.local.world import Chat, Message, Person
from handlers.registry import COMMANDS
from summaries.desk import Desk, open_desk

SAMPLES = 11


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A desk with the sample articles, closed, for every test of this module to open."""
    url = f"tinydb:{tmp_path_factory.mktemp('desk')}/data"

    async def make() -> None:
        desk = await open_desk(url)
        await fill(desk, 3, Console(quiet=True))
        await desk.searchable()
        await desk.close()

    asyncio.run(make())
    return url


class World(NamedTuple):
    server: LocalServer
    application: App
    desk: Desk
    reader: Person

    async def say(self, text: str, *, person: Person | None = None, chat: Chat | None = None) -> list[Message]:
        """What the bot answers."""
        speaker = person or self.reader
        place = chat or self.server.chat(speaker)
        seen = {message.id for message in self.server.transcript(place)}
        self.server.say(speaker, text, place)
        await settled(self.application, self.server)
        return [
            message
            for message in self.server.transcript(place)
            if message.id not in seen and message.sender == self.server.bot
        ]

    async def press(self, message: Message, label: str) -> Message:
        """The message as it is after the button was pressed."""
        self.server.press(self.reader, message, label)
        await settled(self.application, self.server)
        return self.server.world.chats[message.chat_id].messages[message.id]


@pytest.fixture(params=["message", "page"])
def config(request: pytest.FixtureRequest) -> Config:
    """Everything is said in either look."""
    return load(None, {"BACKCHANNEL_TELEGRAM__LOOK": request.param})


@pytest.fixture
async def world(store: str, config: Config) -> AsyncIterator[World]:
    """The bot, running; at the end the server must have refused nothing."""
    desk, server = await open_desk(store), LocalServer()
    application = build_local(config, desk, server)
    try:
        async with running(application):
            yield World(server, application, desk, server.person("Ann"))
    finally:
        await desk.close()
    assert server.refusals == []


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def walk(world: World, message: Message, onward: str) -> AsyncIterator[Message]:
    """The pages of a list, from the one that is shown to the last."""
    yield message
    while onward in labels(message):
        message = await world.press(message, onward)
        yield message


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
async def test_every_command_answers_as_it_stands_and_by_its_examples(world: World, command) -> None:  # type: ignore[no-untyped-def]
    for line in (f"/{command.name}", *command.examples):
        assert await world.say(line), line
    await world.say("/language en")  # the store is every test's, and an example changed it


async def test_the_newest_briefings_can_be_leafed_through_to_the_first(world: World) -> None:
    (first,) = await world.say("/latest")
    pages = [page.text async for page in walk(world, first, "Older ›")]

    together = "\n".join(pages)
    assert all(f"#{number} " in together for number in range(1, SAMPLES + 1))
    assert len(pages) > 1
    back = world.server.world.chats[first.chat_id].messages[first.id]
    assert "‹ Newer" in labels(back)
    assert (await world.press(back, "‹ Newer")).text == pages[-2]


@pytest.mark.parametrize("number", range(1, SAMPLES + 1))
async def test_a_briefing_opens_by_number_shows_its_context_and_returns(world: World, number: int) -> None:
    briefing, article = await world.desk.briefing(number), await world.desk.article(number)
    assert briefing is not None
    assert article is not None

    (shown,) = await world.say(f"/summary {number}")
    context = await world.press(shown, "In context")
    again = await world.press(context, "‹ Briefing")

    for chosen in briefing.sentences:
        assert chosen.text in shown.text
        assert chosen.text in context.text
        assert chosen.text in article.text
    assert again.text == shown.text


async def test_a_briefing_opens_from_the_list_and_leads_back_to_it(world: World) -> None:
    (latest,) = await world.say("/latest")
    opened = await world.press(latest, labels(latest)[0])
    back = next(label for label in labels(opened) if label.startswith("‹"))

    assert (await world.press(opened, back)).text == latest.text


async def test_a_briefing_opens_by_its_link_however_that_is_written(world: World) -> None:
    briefing = await world.desk.briefing(1)
    assert briefing is not None

    (by_number,) = await world.say("/summary 1")
    (by_link,) = await world.say(f"/summary {briefing.url}/?utm_source=mail#top")

    assert by_link.text == by_number.text


SEARCHES = [
    pytest.param("ferry light", ["Buoy light", "Sennet Star"], id="words"),
    pytest.param('"water talks"', ["half-closes Anweth sluice"], id="a phrase"),
    pytest.param("Anweth -hotel", ["half-closes Anweth sluice"], id="without a word"),
    pytest.param("source:radio trams", ["Harsk keeps its night trams"], id="by outlet"),
    pytest.param("kind:opinion river", ["A treaty with a leak"], id="by kind"),
    pytest.param("after:2026-04-01 trams", ["Harsk keeps its night trams"], id="by date"),
    pytest.param("lang:fr vanne", ["L’Anweth coulera"], id="by language"),
    pytest.param("دھند", ["سینٹ اسٹار"], id="in Urdu"),
]


@pytest.mark.parametrize(("words", "found"), SEARCHES)
async def test_a_search_finds_what_was_meant(world: World, words: str, found: list[str]) -> None:
    (answer,) = await world.say(f"/search {words}")

    assert [headline for headline in found if headline not in answer.text] == []


@pytest.mark.parametrize(
    "words", ['"', "(", "a:b", "-", "((((", "source:", "after:never", "\u200f", "'; DROP", "*" * 300]
)
async def test_anything_typed_gets_an_answer(world: World, words: str) -> None:
    assert len(await world.say(f"/search {words}")) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("/summary 999", "999", id="unknown number"),
        pytest.param("/summary https://velm.example/unknown", "not in this desk", id="unknown link"),
        pytest.param("/frobnicate", "/frobnicate", id="unknown command"),
        pytest.param("good morning", "/help", id="no command"),
    ],
)
async def test_what_leads_nowhere_is_said(world: World, line: str, said: str) -> None:
    (answer,) = await world.say(line)

    assert said in answer.text


async def test_in_a_group_it_answers_commands_and_nothing_else(world: World) -> None:
    group = world.server.group("Newsroom", world.reader)

    assert await world.say("/latest", chat=group)
    assert await world.say(f"/latest@{world.server.bot.username}", chat=group)
    assert await world.say("good morning", chat=group) == []
    assert await world.say("/latest@another_bot", chat=group) == []


async def test_a_desk_that_is_only_read_answers_as_well(store: str, config: Config) -> None:
    """As `chat` does while the bot runs: nothing can be kept, and everything can be asked."""
    writer = await open_desk(store)
    desk, server = await open_desk(store, readonly=True), LocalServer()
    application = build_local(config, desk, server)
    try:
        async with running(application):
            world = World(server, application, desk, server.person("Ann"))
            for line in ("/start", "/help", "/latest", "/summary 1", "/search Anweth", "/search trams"):
                answers = await world.say(line)
                assert answers, line
                assert not [answer.text for answer in answers if "went wrong" in answer.text], line
    finally:
        await desk.close()
        await writer.close()


@pytest.fixture
def screen() -> Iterator[Console]:
    with io.StringIO() as file:
        yield Console(file=file, width=100)


@pytest.mark.parametrize("group", [False, True], ids=["private", "group"])
@pytest.mark.parametrize("role", ["admin", "manager", "reader"])
async def test_the_terminal_shows_what_telegram_would(
    store: str,
    config: Config,
    screen: Console,
    role,
    group: bool,  # type: ignore[no-untyped-def]
) -> None:
    desk, server = await open_desk(store), LocalServer()
    try:
        lines = ["/latest 2", "1", "/search ferry"]
        await converse(build_local(config, desk, server), server, lines, console=screen, role=role, group=group)
    finally:
        await desk.close()
    shown = screen.file.getvalue()  # type: ignore[attr-defined]

    assert "Harsk keeps its night trams, on one line" in shown
    assert "> [1] #11" in shown
    assert "“ferry”: " in shown
    assert server.refusals == []


@pytest.mark.parametrize(
    ("role", "said"),
    [
        pytest.param("admin", "From now on I speak English here.", id="admin"),
        pytest.param("manager", "From now on I speak English here.", id="manager"),
        pytest.param("reader", "Only administrators of this chat can do that.", id="reader"),
    ],
)
async def test_the_terminal_speaks_in_a_topic_as_each_role(
    store: str, config: Config, screen: Console, role: Speaker, said: str
) -> None:
    desk, server = await open_desk(store), LocalServer()
    try:
        await converse(
            build_local(config, desk, server), server, ["/language en"], console=screen, role=role, topic="Harbour"
        )
    finally:
        await desk.close()
    (forum,) = [chat for chat in server.world.chats.values() if chat.forum]
    answer = server.transcript(forum)[-1]
    assert (answer.text, answer.thread) == (said, next(iter(forum.topics)))
    assert said in screen.file.getvalue()  # type: ignore[attr-defined]
