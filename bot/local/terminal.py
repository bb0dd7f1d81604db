"""`backchannel chat`: the application, run against the local server, with a person at the terminal."""

import asyncio
import signal
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from telegram import Update
from telegram.ext import Application

from bot.local.client import Client
from bot.local.lines import read_lines
from bot.local.people import Speaker
from bot.local.scene import record
from bot.local.server import LocalServer
from bot.local.world import Chat, Person

__all__ = ["at_work", "converse", "record", "running", "settled"]

AnyApplication = Application[Any, Any, Any, Any, Any, Any]

_QUITS = frozenset({"/quit", "/exit"})


async def converse(
    application: AnyApplication,
    server: LocalServer,
    lines: Sequence[str],
    *,
    console: Console,
    role: Speaker = "admin",
    group: bool = False,
    topic: str = "",
    interactive: bool = False,
) -> None:
    """Says `lines` in turn and prints the answers; then, if `interactive`, what is typed or piped in, until it ends.

    Each line waits until the one before is wholly handled. The application is started before and stopped after; it
    must have been built with `server.request()` for both of its requests.
    """
    person = server.speaker(role)
    chat = _gathered(server, person, role, forum=bool(topic)) if group or topic else server.chat(person)
    client = Client(server, person, chat, console, server.topic(chat, topic) if topic else None)
    async with running(application):
        with client.listening():
            talk = Talk(application, server, client, console)
            with suppress(BrokenPipeError):  # nobody reads on: there is nobody to talk to
                await _until_interrupted(talk.through(lines, interactive=interactive))


def _gathered(server: LocalServer, person: Person, role: Speaker, *, forum: bool) -> Chat:
    """A group; a reader is an ordinary member of it, anybody else its owner."""
    if role == "reader":
        return server.group("Newsroom", server.speaker("admin"), person, forum=forum)
    return server.group("Newsroom", person, forum=forum)


@asynccontextmanager
async def running(application: AnyApplication) -> AsyncIterator[None]:
    """The application, polling; started and stopped in the order of `Application.run_polling`, hooks included."""
    updater = application.updater
    if updater is None:
        raise ValueError("the application was built without an updater, so nothing would read what people say")
    async with application:
        await _hook(application, application.post_init)
        await updater.start_polling(drop_pending_updates=False, allowed_updates=Update.ALL_TYPES)
        try:
            await application.start()
            yield
        finally:
            await updater.stop()
            await _stop(application)
    await _hook(application, application.post_shutdown)


async def settled(application: AnyApplication, server: LocalServer) -> None:
    """Returns when every update has been fetched and handled, and no task that a handler left is still at work."""
    while True:
        await server.updates.confirmed()
        await application.update_queue.join()
        tasks = at_work(application)
        if not tasks and not len(server.updates):
            return
        if tasks:
            await asyncio.wait(tasks)


def at_work(application: AnyApplication) -> frozenset[asyncio.Task[Any]]:
    """What `Application.create_task` and handlers with `block=False` have started and is not done.

    python-telegram-bot keeps these under a private name and offers no other way to wait for them but `stop()`; a test
    fails if the name changes.
    """
    kept = getattr(application, "_Application__create_task_tasks")  # noqa: B009
    return frozenset(task for task in kept if not task.done())


async def _stop(application: AnyApplication) -> None:
    if application.running:
        await application.stop()
        await _hook(application, application.post_stop)


async def _hook(application: AnyApplication, hook: Callable[[AnyApplication], Any] | None) -> None:
    if hook is not None:
        await hook(application)


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation: the lines that were given, then those that come on standard input."""

    application: AnyApplication
    server: LocalServer
    client: Client
    console: Console

    async def through(self, lines: Sequence[str], *, interactive: bool) -> None:
        for line in lines:
            await self._turn(line, echo=True)
        if interactive:
            await self._read(typed=self.console.is_terminal and sys.stdin.isatty())

    async def _turn(self, line: str, *, echo: bool) -> None:
        line = line.strip()
        if line and self.client.enter(line, echo=echo):
            await self.client.follow(settled(self.application, self.server))

    async def _read(self, *, typed: bool) -> None:
        """What comes on standard input, line by line, until it ends or says that it does."""
        if typed:
            self.client.say_aside("Type a command, or the number of a button. /quit or Ctrl-D ends.")
        try:
            async with aclosing(read_lines()) as lines:
                while (line := await self._next(lines, typed=typed)) is not None and line.strip() not in _QUITS:
                    await self._turn(line, echo=not typed)
        finally:
            if typed:
                self.console.print()

    async def _next(self, lines: AsyncGenerator[str, None], *, typed: bool) -> str | None:
        if typed:
            self.client.prompt()
        return await self.client.follow(anext(lines, None), prompting=typed)


async def _until_interrupted(dialogue: Coroutine[Any, Any, None]) -> None:
    """Runs the dialogue; Ctrl-C ends it, and only it, so that everything is stopped in order."""
    task = asyncio.ensure_future(dialogue)
    with _on_interrupt(task.cancel):
        try:
            await asyncio.wait({task})
        finally:
            task.cancel()
            await asyncio.wait({task})
    with suppress(asyncio.CancelledError):
        await task


@contextmanager
def _on_interrupt(act: Callable[[], object]) -> Iterator[None]:
    """Calls `act` on SIGINT instead of what is done else; outside the main thread nothing can be listened to."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(signal.SIGINT, act)
    except (ValueError, RuntimeError, NotImplementedError):
        yield
        return
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGINT)
