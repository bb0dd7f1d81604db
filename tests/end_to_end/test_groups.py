"""The whole bot in groups, topics and channels, where Telegram refuses things: nothing crashes, nothing goes astray."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace as over
from pathlib import Path

import pytest
from msgspec.structs import replace
from telegram.ext import CommandHandler

from bot.app import App, build_local
from bot.config import load
from bot.local.params import Params
from bot.local.server import LocalServer
from bot.local.terminal import running, settled
from bot.local.world import Button, Chat, Event, Message, Person, Topic
from handlers import messages
from handlers.asked import Asked, Command
from handlers.compose import line
from handlers.document import Document
from handlers.front import KEY
from summaries.desk import Desk, open_desk


class World:
    def __init__(self, server: LocalServer, application: App, desk: Desk) -> None:
        self.server, self.application, self.desk = server, application, desk
        self.admin = server.speaker("admin")
        self.owner = server.person("Mira")

    async def settle(self) -> None:
        await settled(self.application, self.server)

    async def say(self, text: str, chat: Chat, *, person: Person | None = None, topic: Topic | None = None) -> None:
        self.server.say(person or self.owner, text, chat, topic=topic)
        await self.settle()

    def shown(self) -> dict[int, int]:
        """How many messages of the bot each chat shows."""
        bot = self.server.bot
        return {
            id: sum(m.sender == bot for m in chat.messages.values()) for id, chat in self.server.world.chats.items()
        }

    def last(self, chat: Chat) -> Message:
        return self.server.transcript(chat)[-1]

    def before_sending(self, act: Callable[[], object]) -> None:
        """`act` happens in the moment in which the bot's next answer is on its way."""

        def trouble(method: str, params: Params) -> None:
            if method == "sendMessage":
                self.server.trouble = None
                act()

        self.server.trouble = trouble


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    desk, server = await open_desk(f"tinydb:{tmp_path / 'desk'}"), LocalServer()
    application = build_local(load(None, {}), desk, server)
    try:
        async with running(application):
            yield World(server, application, desk)
    finally:
        await desk.close()


def unheard(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]


# --- what Telegram refuses in the middle of an answer


def kicked(there: World, chat: Chat, topic: Topic) -> None:
    there.server.kick_bot(chat, there.owner)


def topic_closed(there: World, chat: Chat, topic: Topic) -> None:
    topic.closed = True


def topic_deleted(there: World, chat: Chat, topic: Topic) -> None:
    del chat.topics[topic.id]


def muted(there: World, chat: Chat, topic: Topic) -> None:
    there.server.add_bot(chat, there.owner, "restricted")


@pytest.mark.parametrize("trouble", [kicked, topic_closed, topic_deleted, muted])
async def test_an_answer_that_is_refused_goes_nowhere_else(
    there: World, caplog: pytest.LogCaptureFixture, trouble: Callable[[World, Chat, Topic], None]
) -> None:
    """Not to General, not in private, and the admins need not hear of it."""
    forum = there.server.group("Newsroom", there.owner, forum=True)
    topic, other = there.server.topic(forum, "Harbour"), there.server.group("Night desk", there.owner)
    await there.say("/start", there.server.chat(there.admin), person=there.admin)
    await there.settle()
    before = there.shown()
    there.before_sending(lambda: trouble(there, forum, topic))
    await there.say("/help", forum, topic=topic)
    assert there.shown() == before
    assert len(there.server.refusals) == 1
    assert unheard(caplog) == []
    await there.say("/help", other)
    assert there.shown() == {**before, other.id: before[other.id] + 1}, "and the bot goes on"


async def test_blocked_in_the_middle_of_an_answer(there: World, caplog: pytest.LogCaptureFixture) -> None:
    private = there.server.chat(there.owner)
    await there.say("/help", private)
    before = there.shown()
    there.before_sending(lambda: there.server.block(there.owner))
    await there.say("/help", private)
    assert (there.shown(), unheard(caplog)) == (before, [])
    there.server.unblock(there.owner)
    await there.say("/help", private)
    assert there.shown()[private.id] == before[private.id] + 1


async def test_migration_in_the_middle_of_an_answer(there: World, caplog: pytest.LogCaptureFixture) -> None:
    group = there.server.group("Newsroom", there.owner, kind="group")
    await there.say("/language en", group)
    moved: list[Chat] = []
    there.before_sending(lambda: moved.append(there.server.migrate(group)))
    await there.say("/help", group)
    (new,) = moved
    answers = [said for said in there.server.transcript(new) if said.sender == there.server.bot]
    assert len(answers) == 1
    assert "/latest" in answers[0].text
    kept = await there.desk.subscribers.get(new.id)
    assert kept is not None
    assert (kept.language, kept.kind, kept.added_by) == ("en", "supergroup", there.owner.id)
    assert await there.desk.subscribers.get(group.id) is None
    assert unheard(caplog) == []
    await there.say("/help", new)
    assert len([said for said in there.server.transcript(new) if said.sender == there.server.bot]) == 2


# --- topics


async def test_every_answer_stays_in_the_topic_that_it_was_asked_in(there: World) -> None:
    forum = there.server.group("Newsroom", there.owner, forum=True)
    topic = there.server.topic(forum, "Harbour")
    await there.say("/language", forum, topic=topic)
    chooser = there.last(forum)
    there.server.press(there.owner, chooser, "English")
    await there.say("/help", forum)
    await there.settle()
    mine = [said for said in there.server.transcript(forum) if said.sender == there.server.bot]
    assert [said.thread for said in mine] == [None, topic.id, None]
    assert mine[1].text == "From now on I speak English here."
    assert there.server.refusals == []


async def test_a_reply_outside_forums_is_no_topic(there: World) -> None:
    """Telegram gives it a `message_thread_id` all the same, to which nothing can be sent."""
    group = there.server.group("Newsroom", there.owner)
    await there.say("/help", group)
    there.server.say(there.owner, "/help", group, reply_to=there.last(group))
    await there.settle()
    assert "/latest" in there.last(group).text
    assert there.server.refusals == []


# --- a press


async def test_two_taps_at_once_do_nothing_twice(there: World) -> None:
    group = there.server.group("Newsroom", there.owner)
    await there.say("/language", group)
    chooser = there.last(group)
    edits: list[Message] = []
    there.server.listeners.append(lambda event: edits.append(event.message) if event.kind == "edit" else None)
    for _ in range(3):
        there.server.press(there.owner, chooser, "English")
    await there.settle()
    assert len(edits) == 1
    assert there.server.refusals == []


async def test_an_old_button_says_so(there: World) -> None:
    await there.say("/language", there.server.chat(there.owner))
    chooser = there.last(there.server.chat(there.owner))
    toasts: list[str] = []
    there.server.listeners.append(lambda event: toasts.append(event.text) if event.kind == "answer" else None)
    there.server.press(there.owner, chooser, replaced(chooser, "zz:0:1"))
    await there.settle()
    assert toasts == ["This button is old: what it led to is gone. /latest has what is new."]


def replaced(message: Message, data: str) -> Button:
    return over(message.buttons[0], data=data)


# --- one slow answer


async def test_one_slow_answer_holds_up_no_other_chat_and_a_slow_command_not_its_own(there: World) -> None:
    front = there.application.bot_data[KEY]
    gate, begun = asyncio.Event(), asyncio.Event()

    async def wait(asked: Asked) -> Document:
        begun.set()
        await gate.wait()
        return line(asked.texts, "done at last")

    for name, slow in (("crawl", True), ("stall", False)):
        command = Command(name, "x", "x", wait, slow=slow)
        there.application.handlers[0].insert(0, CommandHandler(name, messages.answering(command)))
    object.__setattr__(front, "names", front.names | {"crawl", "stall"})

    crawling, stalled, quick = (there.server.group(title, there.owner) for title in ("A", "B", "C"))
    there.server.say(there.owner, "/crawl", crawling)
    there.server.say(there.owner, "/help", crawling)
    there.server.say(there.owner, "/stall", stalled)
    there.server.say(there.owner, "/help", quick)
    answered: set[int] = set()
    others = asyncio.Event()

    def hear(event: Event) -> None:
        if event.kind == "message" and event.message and event.message.sender == there.server.bot:
            answered.add(event.chat_id)
            if {crawling.id, quick.id} <= answered:
                others.set()

    there.server.listeners.append(hear)
    async with asyncio.timeout(20):
        await begun.wait()
        await others.wait()
    assert "/latest" in there.last(quick).text
    gate.set()
    await there.settle()
    assert [there.last(chat).text for chat in (crawling, stalled)] == ["done at last", "done at last"]


# --- what is told of comings and goings reaches the bot as it runs


async def test_updates_of_members_are_asked_for(there: World) -> None:
    group = there.server.group("Newsroom", there.owner)
    there.server.promote(group, there.server.bot, there.owner)
    await there.say("/language", group)
    other = there.server.person("Omar")
    there.server.promote(group, other, there.owner)
    await there.settle()
    kept = await there.desk.subscribers.get(group.id)
    assert kept is not None
    assert kept == replace(kept, title="Newsroom", managers=(there.owner.id,))
    there.server.kick_bot(group, there.owner)
    await there.settle()
    gone = await there.desk.subscribers.get(group.id)
    assert gone is not None
    assert gone.left is not None
