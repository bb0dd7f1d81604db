"""A part of a delivery, ready to be sent: which method of the Bot API, and with what."""

import json
from dataclasses import dataclass
from typing import Any

from handlers.looks import classic, rich
from handlers.screens import Screen, keyboard
from summaries.models import Delivery

NO_PREVIEW = json.dumps({"is_disabled": True})


@dataclass(frozen=True)
class Envelope:
    """`row` is the delivery as it is written down before the request is made."""

    row: Delivery
    method: str
    parameters: dict[str, Any]

    @property
    def is_page(self) -> bool:
        return self.method == "sendRichMessage"


def envelope(row: Delivery, screen: Screen, *, paid: bool, plain: bool = False) -> Envelope:
    """`plain`: without markup and buttons, after Telegram refused them. `paid`: may cost .1 Star over 30 a second.

    Values are JSON already where they are no text: many thousand messages share them.
    """
    parameters: dict[str, Any] = {"chat_id": str(row.chat)}
    if row.topic:
        parameters["message_thread_id"] = str(row.topic)
    if paid:
        parameters["allow_paid_broadcast"] = "true"
    if screen.buttons and not plain:
        markup = keyboard(screen.buttons)
        parameters["reply_markup"] = markup.to_json() if markup else None
    if isinstance(screen, rich.Page):
        return Envelope(row, "sendRichMessage", parameters | {"rich_message": json.dumps(screen.rich_message)})
    return Envelope(row, "sendMessage", parameters | _text(screen, plain=plain))


def _text(message: classic.Message, *, plain: bool) -> dict[str, str]:
    if plain:
        return {"text": message.text, "link_preview_options": NO_PREVIEW}
    return {"text": message.html, "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
