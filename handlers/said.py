"""What a message says, as far as an article may be behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from telegram import Message, MessageEntity, MessageOriginChannel, MessageOriginChat

from summaries.intake.urls import is_url


@dataclass(frozen=True)
class Said:
    """`links` are those of its words, hidden ones included, the first first; those under its buttons follow.

    `by_bot`: a bot wrote it. `forwarded`: it was said elsewhere first; then `outlet`, `url` and `at` are the name of
    the channel or group, its address there and when, as far as Telegram tells.
    """

    text: str = ""
    links: tuple[str, ...] = ()
    by_bot: bool = False
    forwarded: bool = False
    outlet: str = ""
    url: str = ""
    at: datetime | None = None


NOTHING = Said()


def said_in(message: Message | None) -> Said:
    """What `message` says; nothing where there is none."""
    if message is None:
        return NOTHING
    text = message.text or message.caption or ""
    links = dict.fromkeys(url for url in (*_links(message), *_button_links(message)) if is_url(url))
    by_bot = message.from_user is not None and message.from_user.is_bot
    match message.forward_origin:
        case MessageOriginChannel(chat=chat, message_id=number, date=at):
            url = f"https://t.me/{chat.username}/{number}" if chat.username else ""
            return Said(text, tuple(links), by_bot, True, chat.title or "", url, at)
        case MessageOriginChat(sender_chat=chat, date=at):
            return Said(text, tuple(links), by_bot, True, chat.title or "", "", at)
        case origin:
            return Said(text, tuple(links), by_bot, origin is not None)


def _links(message: Message) -> Iterator[str]:
    kinds: list[str | None] = [MessageEntity.URL, MessageEntity.TEXT_LINK]
    found = message.parse_entities(kinds) if message.text else message.parse_caption_entities(kinds)
    for entity, words in sorted(found.items(), key=lambda each: each[0].offset):
        yield entity.url or (words if "://" in words else f"https://{words}")


def _button_links(message: Message) -> Iterator[str]:
    for row in message.reply_markup.inline_keyboard if message.reply_markup else ():
        yield from (button.url for button in row if button.url)
