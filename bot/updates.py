"""From what Telegram sends to updates, one by one: one that cannot be read holds up no other, however it arrives."""

import logging
from typing import Any

from telegram import Bot, Update

logger = logging.getLogger(__name__)


def read_update(body: dict[str, Any], bot: Bot) -> Update | None:
    """None for what python-telegram-bot cannot read, now or later: it is logged, so that it can be passed over."""
    try:
        return Update.de_json(body, bot)
    except (TypeError, ValueError, LookupError, AttributeError):
        logger.exception("update %d (%s) cannot be read", body["update_id"], ", ".join(sorted(body)))
        return None
