"""What the running bot writes to stderr, without its token."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from handlers.redaction import redacted

QUIET = ("httpx", "httpcore", "apscheduler", "telegram")
"""Libraries that speak up at INFO about every request (with the token in its URL) or every job."""


class Redacting(logging.Formatter):
    """Formats a record, traceback included, and then takes the token out: whoever logged it, and wherever it stood."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record), self._token)


class _Stream(logging.StreamHandler[TextIO]):
    """One line for a record that cannot be formatted: the standard one prints its arguments, whatever they hold."""

    def handleError(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[0]
        said = f"a record of {record.name} ({record.filename}:{record.lineno}) cannot be written: "
        print(said + (error.__name__ if error else "nobody knows why"), file=sys.stderr)


@contextmanager
def logged(token: str, *, stream: TextIO | None = None) -> Iterator[None]:
    """Meanwhile records of INFO and above go to `stream` (stderr), with local times as in the system's journal."""
    handler = _Stream(stream or sys.stderr)
    handler.setFormatter(Redacting(token))
    levels = {logging.getLogger(name): logging.getLogger(name).level for name in ("", *QUIET)}
    root = logging.getLogger()
    root.addHandler(handler)
    for logger in levels:
        logger.setLevel(logging.INFO if logger is root else logging.WARNING)
    try:
        yield
    finally:
        root.removeHandler(handler)
        for logger, level in levels.items():
            logger.setLevel(level)
