"""A chat client of the local server: shows one chat on a console, says lines in it, presses its numbered buttons."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.text import Text

from bot.local.board import Board
from bot.local.people import PeopleSide
from bot.local.render import body, button_line, Indented, shows_links
from bot.local.world import Chat, Event, Message, Person


class Client:
    """`person` at a terminal, in `chat`. What the chat shows is printed when it happens."""

    def __init__(self, server: PeopleSide, person: Person, chat: Chat, console: Console) -> None:
        self._server = server
        self._person = person
        self._chat = chat
        self._console = console
        self._links = shows_links(console)
        self._board = Board()

    @contextmanager
    def listening(self) -> Iterator[None]:
        self._server.listeners.append(self.show)
        try:
            yield
        finally:
            self._server.listeners.remove(self.show)

    def enter(self, line: str, *, echo: bool) -> bool:
        """Presses the button whose number `line` is, or says it. Returns whether the bot has something to answer."""
        number = int(line) if line.isascii() and line.isdigit() and len(line) < 6 else None
        if number is None or not self._board:
            return self._say(line, echo=echo)
        return self._press(number, echo=echo)

    def show(self, event: Event) -> None:
        """Prints what happened, if it happened in this chat and was not this person's own doing."""
        if event.chat_id != self._chat.id or (event.kind != "answer" and event.person == self._person):
            return
        if event.kind == "answer" and event.text and event.person == self._person:
            self._print(Text(f"{'(!)' if event.alert else '(i)'} {event.text}", style="italic yellow"))
        elif event.kind == "delete" and event.message:
            self._board.remove(event.message)
            self._print(Text("a message was deleted", style="dim italic"))
        elif event.kind in {"message", "edit"} and event.message:
            self._show_message(event.message, edited=event.kind == "edit")

    def say_aside(self, note: str) -> None:
        self._print(Text(note, style="dim"))

    def _say(self, line: str, *, echo: bool) -> bool:
        if echo:
            self._print(Text("> ", style="bold green") + Text(line))
        self._board.next_turn()
        self._server.say(self._person, line, self._chat)
        return True

    def _press(self, number: int, *, echo: bool) -> bool:
        found = self._board.find(number)
        if found is None:
            self.say_aside(f"there is no button [{number}]: {self._board.choices}")
            return False
        message, button = found
        if echo:
            self._print(Text("> ", style="bold green") + Text(f"[{number}] {button.text}"))
        if not button.data:
            self.say_aside(f"opens {button.url}" if button.url else "this button does nothing in a terminal")
            return False
        self._board.next_turn()
        self._server.press(self._person, message, button)
        return True

    def _show_message(self, message: Message, *, edited: bool) -> None:
        name = message.sender.name if message.sender else self._chat.title
        self._print(Text(name, style="bold magenta").append(" edited" if edited else "", style="dim italic"))
        self._console.print(Indented(body(message, links=self._links)), highlight=False)
        for row in self._board.put(message, replaces=edited):
            self._console.print(Indented(button_line(row, links=self._links)), highlight=False)
        self._console.print()

    def _print(self, text: Text) -> None:
        self._console.print(text, highlight=False)
