"""From what Telegram sends to updates, one by one: one that cannot be read holds up no other, however it arrives."""

import logging
from collections import OrderedDict
from typing import Any

from telegram import Bot, Update

logger = logging.getLogger(__name__)

REMEMBERED = 1_000
"""Updates whose ids are known, for Telegram brings an update again when our answer, or our next offset, got lost."""


class Known:
    """The updates that came last, by their ids, of which Telegram only says that they rise for some days."""

    def __init__(self) -> None:
        self._ids: OrderedDict[int, None] = OrderedDict()

    def is_new(self, update_id: int) -> bool:
        """Whether it comes for the first time; from now on it does not."""
        if update_id in self._ids:
            return False
        self._ids[update_id] = None
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)
        return True


def read_update(body: dict[str, Any], bot: Bot) -> Update | None:
    """None for what python-telegram-bot cannot read, now or later: it is logged, so that it can be passed over."""
    try:
        return Update.de_json(body, bot)
    except (TypeError, ValueError, LookupError, AttributeError):
        logger.exception("update %d (%s) cannot be read", body["update_id"], ", ".join(sorted(body)))
        return None
