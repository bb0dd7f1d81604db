"""A chat client of the local server: shows one chat on a console, says lines in it, presses its numbered buttons."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console, RenderableType
from rich.text import Text

from bot.local.board import Board
from bot.local.drawing import Indented
from bot.local.people import PeopleSide
from bot.local.render import body, button_line, shows_links
from bot.local.world import Button, Chat, Event, InlineAnswer, InlineResult, Message, Person, Topic

T = TypeVar("T")

INLINE = "inline"
"""Under what a numbered answer to an inline query is found in `Button.raw`."""


class Client:
    """`person` at a terminal, in `chat`, and in one topic of it where `topic` is given.

    What happens is printed by whoever follows the chat, never inside the bot's own request: a pipe that broke, or a bug
    in drawing, would look to the bot like a failure of Telegram's.
    """

    def __init__(
        self, server: PeopleSide, person: Person, chat: Chat, console: Console, topic: Topic | None = None
    ) -> None:
        self._server = server
        self._person = person
        self._chat = chat
        self._topic = topic
        self._console = console
        self._links = shows_links(console)
        self._board = Board()
        self._unseen: deque[Event] = deque()
        self._news = asyncio.Event()

    @contextmanager
    def listening(self) -> Iterator[None]:
        self._server.listeners.append(self._hear)
        try:
            yield
        finally:
            self._server.listeners.remove(self._hear)

    def enter(self, line: str, *, echo: bool) -> bool:
        """Presses the button whose number `line` is, or says it. Returns whether the bot has something to answer."""
        if (asked := self._inline(line)) is not None:
            return self._type_inline(asked, line, echo=echo)
        number = int(line) if line.isascii() and line.isdigit() and len(line) < 6 else None
        if number is None or not self._board:
            return self._say(line, echo=echo)
        return self._press(number, echo=echo)

    async def follow(self, work: Awaitable[T], *, prompting: bool = False) -> T:
        """Waits for `work` and prints meanwhile what happens in the chat; `prompting` says that a prompt stands there.

        Raises `BrokenPipeError` when nobody reads the output any more.
        """
        task = asyncio.ensure_future(work)
        task.add_done_callback(lambda _: self._news.set())
        try:
            while not task.done():
                await self._news.wait()
                self._news.clear()
                self._catch_up(prompting=prompting and not task.done())
            return await task
        finally:
            task.cancel()
            await asyncio.wait({task})

    def prompt(self) -> None:
        self._print(Text("> ", style="bold green"), end="")

    def _hear(self, event: Event) -> None:
        """Keeps what happened in this chat and was not this person's own doing, but for answers to them."""
        own = event.person == self._person
        if (event.kind == "inline" and own) or (event.chat_id == self._chat.id and (event.kind == "answer" or not own)):
            self._unseen.append(event)
            self._news.set()

    def _catch_up(self, *, prompting: bool) -> None:
        if prompting and self._unseen:
            self._print()
        shown = bool(self._unseen)
        while self._unseen:
            self._show(self._unseen.popleft())
        if prompting and shown:
            self.prompt()

    def _show(self, event: Event) -> None:
        if event.kind == "answer" and event.text and event.person == self._person:
            self._print(Text(f"{'(!)' if event.alert else '(i)'} {event.text}", style="italic yellow"))
        elif event.kind == "delete" and event.message:
            self._board.remove(event.message)
            self._print(Text("a message was deleted", style="dim italic"))
        elif event.kind == "inline":
            self._show_inline(self._server.world.inline_answers[event.text])
        elif event.kind in {"message", "edit"} and event.message:
            self._show_message(event.message, edited=event.kind == "edit")

    def say_aside(self, note: str) -> None:
        self._print(Text(note, style="dim"))

    def _say(self, line: str, *, echo: bool) -> bool:
        if echo:
            self._print(Text("> ", style="bold green") + Text(line))
        self._board.next_turn()
        self._server.say(self._person, line, self._chat, topic=self._topic)
        return True

    # --- inline: a line that begins with the bot's name is typed, and not said

    def _inline(self, line: str) -> str | None:
        """What is typed behind the bot's name; None for a line that does not begin with it."""
        name, _, rest = line.partition(" ")
        return rest.strip() if name.lower() == f"@{self._server.bot.username.lower()}" else None

    def _type_inline(self, text: str, line: str, *, echo: bool) -> bool:
        if echo:
            self._print(Text("> ", style="bold green") + Text(line))
        self._board.next_turn()
        self._server.type_inline(self._person, text)
        return True

    def _show_inline(self, answer: InlineAnswer) -> None:
        """The answers as a list, each with the number that sends it, and one more for the next page."""
        self._print(Text(f"@{self._server.bot.username}", style="bold magenta"))
        if answer.button:
            self._print(Indented(Text(f"{answer.button} (/start {answer.start})", style="italic")))
        rows = [(Button(each.title, raw={INLINE: each}),) for each in answer.results]
        if answer.next_offset:
            rows.append((Button("More …", raw={INLINE: answer}),))
        shown = Message(self._chat.id, 0, self._server.bot, self._server.world.now(), keyboard=tuple(rows))
        details = [*(each.description for each in answer.results), ""]
        for row, detail in zip(self._board.put(shown, replaces=False), details, strict=False):
            self._print(Indented(button_line(row, links=self._links)))
            if detail:
                self._print(Indented(Text(detail, style="dim")))
        self._print()

    def _send_inline(self, chosen: object) -> bool:
        self._board.next_turn()
        if isinstance(chosen, InlineAnswer):
            self._server.type_inline(self._person, chosen.query.text, chosen.next_offset)
        elif isinstance(chosen, InlineResult):
            self._show_message(self._server.send_inline(self._person, chosen, self._chat), edited=False)
        return True

    def _press(self, number: int, *, echo: bool) -> bool:
        found = self._board.find(number)
        if found is None:
            self.say_aside(f"there is no button [{number}]: {self._board.choices}")
            return False
        message, button = found
        if echo:
            self._print(Text("> ", style="bold green") + Text(f"[{number}] {button.text}"))
        if INLINE in button.raw:
            return self._send_inline(button.raw[INLINE])
        if not button.data:
            self.say_aside(f"opens {button.url}" if button.url else "this button does nothing in a terminal")
            return False
        self._board.next_turn()
        self._server.press(self._person, message, button)
        return True

    def _show_message(self, message: Message, *, edited: bool) -> None:
        name = message.sender.name if message.sender else self._chat.title
        self._print(Text(name, style="bold magenta").append(" edited" if edited else "", style="dim italic"))
        self._print(Indented(body(message, links=self._links)))
        for row in self._board.put(message, replaces=edited):
            self._print(Indented(button_line(row, links=self._links)))
        self._print()

    def _print(self, what: RenderableType = "", end: str = "\n") -> None:
        """rich raises `SystemExit` when the pipe is closed (`backchannel chat /latest | head`)."""
        try:
            self._console.print(what, end=end, highlight=False, markup=False)
        except SystemExit:
            raise BrokenPipeError from None
