"""run: the bot."""

import asyncio
from argparse import ArgumentParser, Namespace

from bot.commands import Subcommand
from bot.commands.common import settings


def _run_arguments(parser: ArgumentParser) -> None:
    """It takes none of its own."""


def _run(args: Namespace) -> int:
    from bot import app

    asyncio.run(app.run(settings(args)))
    return 0


SUBCOMMANDS = (Subcommand("run", "run the bot until SIGTERM or Ctrl-C", _run_arguments, _run),)
