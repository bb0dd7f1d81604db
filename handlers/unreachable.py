"""Why Telegram takes nothing for a chat or a topic, read from its refusals."""

from typing import Literal

from telegram.error import BadRequest, Forbidden, TelegramError

Why = Literal["blocked", "deactivated", "kicked", "rights", "not found", "closed", "deleted"]
"""As in `Subscriber.suspended`; the last two are about a topic, as in `Subscription.closed`."""

_FORBIDDEN: tuple[tuple[str, Why], ...] = (
    ("blocked", "blocked"),
    ("deactivated", "deactivated"),
    ("can't initiate", "blocked"),
    ("rights", "rights"),
    ("", "kicked"),
)
_REFUSED: tuple[tuple[str, Why], ...] = (
    ("topic_closed", "closed"),
    ("topic_deleted", "deleted"),
    ("message thread not found", "deleted"),
    ("chat not found", "not found"),
    ("peer_id_invalid", "not found"),
    ("group chat was deactivated", "not found"),
    ("rights", "rights"),
    ("chat_write_forbidden", "rights"),
    ("chat_restricted", "rights"),
    ("chat_send_", "rights"),
    ("chat_admin_required", "rights"),
)
"""Parts of Telegram's words, in small letters (Bot API server, and what MTProto's errors are passed on as)."""


def unreachable(error: TelegramError) -> Why | None:
    """None where the fault is with what was sent, or with the network."""
    if isinstance(error, Forbidden):
        return _first(_FORBIDDEN, error.message)
    return _first(_REFUSED, error.message) if isinstance(error, BadRequest) else None


def _first(table: tuple[tuple[str, Why], ...], said: str) -> Why | None:
    return next((why for words, why in table if words in said.lower()), None)
