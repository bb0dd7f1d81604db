"""What the running bot writes to stderr, without its token."""

import logging
import sys
from typing import TextIO

HIDDEN = "[token]"
QUIET = ("httpx", "httpcore", "apscheduler", "telegram")
"""Libraries that speak up at INFO about every request (with the token in its URL) or every job."""


class Redacting(logging.Formatter):
    """Formats a record, traceback included, and then takes the token out: whoever logged it, and wherever it stood."""

    def __init__(self, token: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return text.replace(self._token, HIDDEN) if self._token else text


def start_logging(token: str, *, stream: TextIO | None = None) -> logging.Handler:
    """Send log records of INFO and above to `stream` (stderr), times in local time as the system's journal has them."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Redacting(token))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    return handler
