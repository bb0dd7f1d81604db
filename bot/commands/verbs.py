"""Subcommands that have several things to do: `backchannel sources add`, `backchannel subscribers list`."""

import asyncio
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from bot.commands import Subcommand
from bot.commands.common import everywhere, settings
from bot.config import Config

Work = Callable[[Config, Namespace], Coroutine[Any, Any, int]]


@dataclass(frozen=True)
class Verb:
    """One thing to do: `backchannel SUBCOMMAND NAME …`. `work` returns the exit code."""

    name: str
    help: str
    work: Work
    arguments: Callable[[ArgumentParser], None]


def with_verbs(name: str, help: str, verbs: Sequence[Verb]) -> Subcommand:
    def arguments(parser: ArgumentParser) -> None:
        there = parser.add_subparsers(dest="verb", required=True, metavar="VERB", parser_class=type(parser))
        for verb in verbs:
            sub = there.add_parser(verb.name, help=verb.help, description=f"{verb.help[0].upper()}{verb.help[1:]}.")
            verb.arguments(sub)
            everywhere(sub, config=SUPPRESS, data=SUPPRESS)
            sub.set_defaults(work=verb.work)

    return Subcommand(name, help, arguments, _run)


def _run(args: Namespace) -> int:
    code: int = asyncio.run(args.work(settings(args), args))
    return code


def list_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON lines; also where the output is piped")
