"""The handlers in a Telegram inside the process, with a desk of their own: people say and press, the bot answers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.local.people import ADMIN_ID
from bot.local.server import LocalServer
from bot.local.terminal import at_work
from bot.local.world import Chat, Event, Message, Person, Topic
from handlers.access import Invitation
from handlers.rates import UNHURRIED, Rates
from handlers.registry import install
from summaries.desk import Desk, open_desk
from summaries.filing import Added
from summaries.models import Article, Briefing, Chosen, Kind, Span
from summaries.pipeline import Prepared

MORNING = datetime(2022, 8, 8, 9, 30, tzinfo=UTC)


def article(
    title: str = "Harbour strike ends in Tarn",
    *paragraphs: Sequence[str],
    url: str = "",
    outlet: str = "The Tarn Mail",
    author: str = "",
    deck: str = "",
    published: datetime | None = MORNING,
    language: str = "en",
    kind: Kind = "report",
) -> Article:
    """An article of paragraphs, each given as its sentences."""
    lines = paragraphs or (("Dockers went back to work.", "Ferries sail again."), ("The mayor thanked both sides.",))
    spans, text = [], ""
    for number, line in enumerate(lines):
        text += "\n" * bool(number)
        for place, sentence in enumerate(line):
            text += " " * bool(place)
            spans.append(Span(len(text), len(text) + len(sentence), number))
            text += sentence
    return Article(
        text,
        tuple(spans),
        url=url,
        title=title,
        deck=deck,
        author=author,
        outlet=outlet,
        published=published,
        language=language,
        kind=kind,
    )


def briefing(of: Article, *, chosen: Sequence[int] | None = None, id: int = 12, words: int = 0) -> Briefing:
    """The briefing of an article that was told which sentences to choose: the first three."""
    places = range(min(3, len(of.spans))) if chosen is None else chosen
    return Briefing(
        headline=of.title or of.sentences[0],
        sentences=tuple(Chosen(of.sentences[place], place) for place in places),
        id=id,
        made=not of.title,
        url=of.url,
        outlet=of.outlet,
        author=of.author,
        deck=of.deck,
        published=of.published,
        language=of.language,
        kind=of.kind,
        words=words,
    )


@dataclass
class World:
    server: LocalServer
    desk: Desk
    application: Application[Any, Any, Any, Any, Any, Any]
    reader: Person
    toasts: list[str] = field(default_factory=list)
    edits: int = 0
    _next: int = 0

    async def file(self, *articles: Article) -> list[Briefing]:
        filed = []
        for each in articles:
            added = await self.desk.file(Prepared.of(each, briefing(each, id=0)))
            assert isinstance(added, Added)
            filed.append(added.briefing)
        await self.desk.searchable()
        return filed

    async def fill(self, count: int) -> list[Briefing]:
        """Articles 1 to `count`, each with a headline and words of its own."""
        return await self.file(
            *(
                article(f"Ferry {number} leaves Tarn", (f"The ferry called number{number} left the harbour.",))
                for number in range(1, count + 1)
            )
        )

    async def say(
        self, text: str, *, person: Person | None = None, chat: Chat | None = None, topic: Topic | None = None
    ) -> list[Message]:
        """What the bot answers to it."""
        speaker = person or self.reader
        await self.settle()
        self.server.say(speaker, text, chat, topic=topic)
        before = len(self.server.transcript(chat or speaker))
        await self.settle()
        return list(self.server.transcript(chat or speaker)[before:])

    async def press(self, message: Message, button: str, *, person: Person | None = None) -> Message:
        """The message as it is after the press, if it is still there."""
        self.server.press(person or self.reader, message, button)
        await self.settle()
        return self.server.world.chats[message.chat_id].messages.get(message.id, message)

    async def settle(self) -> None:
        """Hands the bot every update that waits for it, one after the other, and lets slow work come to its end."""
        bot = self.application.bot
        while True:
            updates = await bot.get_updates(self._next, timeout=0, allowed_updates=Update.ALL_TYPES)
            for update in updates:
                self._next = update.update_id + 1
                await self.application.process_update(update)
            if tasks := at_work(self.application):
                await asyncio.wait(tasks)
            elif not updates:
                return

    def hear(self, event: Event) -> None:
        if event.kind == "answer":
            self.toasts.append(event.text)
        self.edits += event.kind == "edit"


@asynccontextmanager
async def started(application: Application[Any, Any, Any, Any, Any, Any]) -> AsyncIterator[None]:
    """So that slow work goes on by itself; updates are handed over one by one nevertheless."""
    await application.start()
    try:
        yield
    finally:
        await application.stop()


@asynccontextmanager
async def world(
    folder: Path,
    *,
    invitation: Invitation | None = None,
    readonly: bool = False,
    clock: Callable[[], datetime] = lambda: MORNING,
    **options: Any,
) -> AsyncIterator[World]:
    """At the end the server must have refused nothing, unless the test emptied its list of refusals."""
    server = LocalServer()
    options.setdefault("rates", Rates(UNHURRIED))
    desk = await open_desk(f"tinydb:{folder / 'desk'}", readonly=readonly, clock=clock)
    try:
        builder = Application.builder().token(server.token).base_url("http://local.invalid/bot").job_queue(None)
        application = builder.request(server.request()).get_updates_request(server.request()).build()
        install(application, desk, admins=frozenset({ADMIN_ID}), invitation=invitation, clock=clock, **options)
        async with application, started(application):
            there = World(server, desk, application, server.speaker("reader"))
            server.listeners.append(there.hear)
            yield there
            assert server.refusals == []
    finally:
        await desk.close()
