"""The methods that change what is there: edits, deletion, and the answer to a press on a button."""

from dataclasses import replace
from datetime import timedelta

from bot.local import limits, wire
from bot.local.access import reach
from bot.local.contents import read_text
from bot.local.entities import NOTHING, Styled, clean
from bot.local.keyboards import read_keyboard
from bot.local.limits import bad_request
from bot.local.page_contents import read_page
from bot.local.pages import Page
from bot.local.params import Params
from bot.local.world import RUNNING, Chat, Event, Json, Message, World

QUERY_LIFETIME = timedelta(minutes=15)
"""Telegram names no figure; presses answered later than this are refused by it in practice."""
DELETION_WINDOW = timedelta(hours=48)

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def edit_message_text(world: World, params: Params) -> Json:
    """To a text or to a page, whichever it was before."""
    content, page = _text_or_page(params)
    keyboard = read_keyboard(params)
    message = _own_message(world, params)
    if message.attachment:
        raise bad_request("there is no text in the message to edit")
    previews = params.mapping("link_preview_options", "link preview options") or None
    changed = replace(message, content=content, page=page, keyboard=keyboard, previews=previews)
    return _revise(world, message, changed)


def _text_or_page(params: Params) -> tuple[Styled, Page | None]:
    if not params.text("rich_message"):
        return read_text(params), None
    if params.text("text"):
        raise bad_request("either text or rich_message must be used")
    return NOTHING, read_page(params)


def edit_message_reply_markup(world: World, params: Params) -> Json:
    keyboard = read_keyboard(params)
    message = _own_message(world, params)
    return _revise(world, message, replace(message, keyboard=keyboard))


def delete_message(world: World, params: Params) -> bool:
    chat = reach(world, params)
    message = chat.messages.get(_message_id(params))
    if message is None:
        raise bad_request("message to delete not found")
    if not _may_delete(world, chat, message):
        raise bad_request("message can't be deleted")
    del chat.messages[message.id]
    world.see(Event("delete", chat.id, message, world.bot))
    return True


def answer_callback_query(world: World, params: Params) -> bool:
    text = clean(params.text("text"))
    query = world.queries.get(params.text("callback_query_id"))
    if query is None or world.now() - query.asked > QUERY_LIFETIME:
        raise bad_request(TOO_OLD)
    if len(text) > limits.ANSWER_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    if params.text("url") and not params.text("url").startswith(f"https://t.me/{world.bot.username}?start="):
        raise bad_request("URL_INVALID")
    alert = params.flag("show_alert")
    world.see(Event("answer", query.message.chat_id, query.message, query.person, text, alert))
    return True


def _message_id(params: Params) -> int:
    message_id = params.number("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    return message_id


def _own_message(world: World, params: Params) -> Message:
    message_id = _message_id(params)
    chat = reach(world, params)
    message = chat.messages.get(message_id)
    if message is None:
        raise bad_request("message to edit not found")
    if message.service or not (message.sender == world.bot or _edits_channel(world, chat)):
        raise bad_request("message can't be edited")
    return message


def _edits_channel(world: World, chat: Chat) -> bool:
    return chat.type == "channel" and chat.standing(world.bot.id) in RUNNING


def _may_delete(world: World, chat: Chat, message: Message) -> bool:
    """Bot API, "deleteMessage": its own, anything of a private chat, all else as an administrator; for 48 hours."""
    if chat.standing(world.bot.id) in RUNNING:
        return True
    mine = message.sender == world.bot or chat.type == "private"
    return mine and world.now() - message.date <= DELETION_WINDOW


def _revise(world: World, before: Message, after: Message) -> Json:
    """Only text and buttons are compared: changed preview options alone change nothing that could be seen."""
    same = (before.content, before.page) == (after.content, after.page)
    if same and before.keyboard == after.keyboard:
        raise bad_request(_SAME)
    edited = before.edited if same else world.now()
    return wire.message(world, world.revise(replace(after, edited=edited)))
