"""The `backchannel` command: a table of subcommands, and what becomes of their errors."""

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from bot.commands import Subcommand, filing, filters, keeping, relating, running, sources, stats, subscribers, talking
from bot.commands.common import complain, everywhere
from summaries.errors import BackchannelError

SUBCOMMANDS: tuple[Subcommand, ...] = (
    *talking.SUBCOMMANDS,
    *filing.SUBCOMMANDS,
    *filters.SUBCOMMANDS,
    *relating.SUBCOMMANDS,
    *sources.SUBCOMMANDS,
    *subscribers.SUBCOMMANDS,
    *stats.SUBCOMMANDS,
    *keeping.SUBCOMMANDS,
    *running.SUBCOMMANDS,
)
INTERRUPTED = 130
BROKEN_PIPE = 141
"""Exit codes as a shell gives them for SIGINT and SIGPIPE."""

DEBUG = "BACKCHANNEL_DEBUG"
"""An environment variable that lets a bug show its traceback."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, in the form of every other error."""

    def error(self, message: str) -> NoReturn:
        complain(f"{message} (see {self.prog} --help)")
        sys.exit(2)


def parser() -> argparse.ArgumentParser:
    """The whole command line. `--config` and `--data` may stand before or after the subcommand; the latter wins."""
    top = Parser(prog="backchannel", description="A quiet briefing desk on Telegram.")
    everywhere(top, config=None, data=None)
    families = top.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=Parser)
    for command in SUBCOMMANDS:
        sub = families.add_parser(command.name, help=command.help, description=_sentence(command.help))
        command.arguments(sub)
        everywhere(sub, config=argparse.SUPPRESS, data=argparse.SUPPRESS)
        sub.set_defaults(run=command.run)
    return top


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand. Returns its exit code: 0 done, 1 an error of the world, 2 wrong usage."""
    try:
        args = parser().parse_args(argv)
        code: int = args.run(args)
        sys.stdout.flush()
        return code
    except BackchannelError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return _hung_up()
    except OSError as error:
        complain(_in_words(error))
        return 1
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        complain(f"a bug: {type(error).__name__}: {error} (set {DEBUG}=1 to see where, and please report it)")
        return 1


def _hung_up() -> int:
    """Whoever read our output went away, as `head` does: no error. What is still buffered goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return BROKEN_PIPE


def _in_words(error: OSError) -> str:
    return f"{error.filename}: {error.strerror}" if error.filename and error.strerror else str(error)
