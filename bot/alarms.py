"""Faults of what nobody waits for (sources, deliveries, jobs) on their way from the log to the admins."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from handlers.errors import Alarm, cause_of, short

ROOMS = ("bot", "summaries")
"""Whose errors are meant. The handlers tell of their own, with what was asked."""

TOLD = {"told": True}
"""`extra` of a record of which the admins hear otherwise."""


class Listening(logging.Handler):
    """Notes every record of ERROR and above, by the place that logged it; of whatever thread."""

    def __init__(self, alarm: Alarm, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(logging.ERROR)
        self._alarm, self._loop = alarm, loop

    def emit(self, record: logging.LogRecord) -> None:
        if getattr(record, "told", False):
            return
        try:
            note, cause = _told(record)
            self._loop.call_soon_threadsafe(self._alarm.note, note, cause)
        except Exception:  # noqa: BLE001  # a record that cannot be read, a loop that is closed: it is logged all the same
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        """The log says it already; what the standard one prints would hold the record's arguments."""


def _told(record: logging.LogRecord) -> tuple[str, str]:
    error = record.exc_info[1] if record.exc_info else None
    place = f"{record.name}:{record.lineno}"
    if error is None:
        return record.getMessage(), place
    return f"{record.getMessage()}: {short(error)}", f"{place} {cause_of(error)}"


@contextmanager
def listening(alarm: Alarm) -> Iterator[None]:
    """Meanwhile the admins hear of errors in the log. Enter it in the loop in which they are told."""
    handler = Listening(alarm, asyncio.get_running_loop())
    for name in ROOMS:
        logging.getLogger(name).addHandler(handler)
    try:
        yield
    finally:
        for name in ROOMS:
            logging.getLogger(name).removeHandler(handler)
