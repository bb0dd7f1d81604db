"""demo, chat: the bot in the terminal, without a token and without the network."""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.commands import Subcommand
from bot.commands.common import complain, settings, writing_if_free
from bot.config import Config

if TYPE_CHECKING:
    from rich.console import Console

    from bot.local.people import Speaker
    from summaries.desk import Desk


def _demo_arguments(parser: ArgumentParser) -> None:
    """It takes none of its own: the desk is thrown away, whatever `--data` says."""


def _demo(args: Namespace) -> int:
    from bot.demo.tour import tour

    asyncio.run(tour(settings(args), _console(), interactive=sys.stdin.isatty()))
    return 0


def _chat_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("lines", nargs="*", metavar='"/latest"', help="say these in turn, print the answers, and end")
    roles = ("admin", "manager", "reader")
    parser.add_argument("--as", dest="role", choices=roles, default="admin", help="who speaks (admin)")
    parser.add_argument("--group", action="store_true", help="speak in a group instead of a private chat")
    parser.add_argument("--topic", default="", metavar="NAME", help="speak in this topic of a group")


def _chat(args: Namespace) -> int:
    asyncio.run(_talk(settings(args), args.lines, args.role, group=args.group, topic=args.topic))
    return 0


async def _talk(config: Config, lines: Sequence[str], role: "Speaker", *, group: bool, topic: str) -> None:
    from bot.app import build_local
    from bot.local.server import LocalServer
    from bot.local.terminal import converse

    async with writing_if_free(config) as desk:
        if desk.readonly:
            complain("another process writes to this desk, so this chat shows it as it is now and changes nothing")
        if lines:
            await desk.searchable()  # who asks once wants the whole answer, not what is indexed so far
        server = LocalServer()
        application = build_local(config, desk, server)
        async with _outward(config, desk):
            await converse(
                application,
                server,
                lines,
                console=_console(),
                role=role,
                group=group,
                topic=topic,
                interactive=not lines,
            )


@asynccontextmanager
async def _outward(config: Config, desk: "Desk") -> AsyncIterator[None]:
    """With what goes out for sources, where the desk is ours to write to. Nothing is fetched unless it is asked for."""
    from bot.collector import limits, rules
    from summaries.scout import scouting

    if desk.readonly:
        yield
        return
    async with scouting(desk, limits(config), rules(config)):
        yield


def _console() -> "Console":
    from rich.console import Console

    return Console(highlight=False)


SUBCOMMANDS = (
    Subcommand("demo", "a guided tour on sample articles, then a chat", _demo_arguments, _demo),
    Subcommand("chat", "talk to the bot in the terminal, without a token", _chat_arguments, _chat),
)
