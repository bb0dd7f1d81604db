"""What an error of Telegram, or of the way to it, means for the delivery that it ended.

`handlers.unreachable` has the wordings that are about a chat or a topic.
"""

from dataclasses import dataclass
from typing import Literal

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.network_errors import delivery_of
from bot.polling import retry_after
from handlers.unreachable import Why, unreachable

Meaning = Literal["gone", "moved", "topic", "ours", "slower", "not sent", "doubt", "token", "refused"]
"""`gone`: the chat takes nothing from us. `moved`: it has another id. `topic`: this topic of it is closed or deleted.
`ours`: the message itself is at fault. `slower`: a 429. `not sent`, `doubt`: the network. `token`: Telegram does not
know the bot, or not the method. `refused`: for good, and nobody knows why."""

OURS: tuple[str, ...] = (
    "can't parse",
    "too long",
    "too_long",
    "entities_too",
    "entity_",
    "button_",
    "reply_markup",
    "reply markup",
    "text must be non-empty",
    "message text is empty",
    "rich_",
    "rich message",
    "wrong http url",
    "can't be parsed",
)
"""What Telegram says, in small letters, of a message that it does not take as it is. That cannot happen, and if it
does, the message goes out as plain text."""


@dataclass(frozen=True)
class Refusal:
    """`detail` is the reason of a suspension or of a closed topic, else what Telegram said."""

    meaning: Meaning
    detail: str
    chat: int = 0
    seconds: float = 0.0


def read(error: TelegramError) -> Refusal:
    """What an error means for the delivery that it ended."""
    said = error.message
    if isinstance(error, RetryAfter):
        return Refusal("slower", said, seconds=retry_after(error))
    if isinstance(error, ChatMigrated):
        return Refusal("moved", said, chat=error.new_chat_id)
    if isinstance(error, InvalidToken):
        return Refusal("token", said)
    if isinstance(error, BadRequest | Forbidden):
        return _by_wording(said, unreachable(error))
    return Refusal("doubt" if delivery_of(error) == "maybe sent" else "not sent", said)


def _by_wording(said: str, why: Why | None) -> Refusal:
    if why is not None:
        return Refusal("topic" if why in ("closed", "deleted") else "gone", why)
    return Refusal("ours" if any(wording in said.lower() for wording in OURS) else "refused", said)
