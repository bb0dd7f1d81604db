"""run: the bot."""

import asyncio
import logging
import traceback
from argparse import ArgumentParser, Namespace

from bot.commands import Subcommand
from bot.commands.common import settings
from summaries.errors import BackchannelError

logger = logging.getLogger(__name__)


def _run_arguments(parser: ArgumentParser) -> None:
    """It takes none of its own."""


def _run(args: Namespace) -> int:
    from bot import app

    config = settings(args)
    try:
        asyncio.run(app.run(config))
    except Exception as error:  # noqa: BLE001  # raised again
        raise without(error, config.telegram.token) from None
    return 0


def without(error: Exception, token: str) -> Exception:
    """The error, where neither it nor what led to it names the token; else one that says the same without it.

    What is printed of an error that ends the process does not pass through the log. There its traceback stays.
    """
    from bot.logs import logged
    from handlers.redaction import redacted

    whole = "".join(traceback.format_exception(error))
    if redacted(whole, token) == whole:
        return error
    if isinstance(error, BackchannelError):
        said = BackchannelError(redacted(str(error), token))
        said.exit_code = error.exit_code
        return said
    with logged(token):
        logger.critical("a bug ends the bot", exc_info=error)
    return RuntimeError(redacted(f"{type(error).__name__}: {error}", token))


SUBCOMMANDS = (Subcommand("run", "run the bot until SIGTERM or Ctrl-C", _run_arguments, _run),)
