"""The methods that put something into a chat: sendMessage, sendRichMessage, sendPhoto, sendDocument, sendChatAction."""

from typing import Literal

from bot.local import limits, wire
from bot.local.access import write_to
from bot.local.contents import read_caption, read_text
from bot.local.entities import NOTHING, Styled
from bot.local.keyboards import read_keyboard
from bot.local.limits import bad_request
from bot.local.page_contents import read_page
from bot.local.pages import Page
from bot.local.params import Params
from bot.local.world import Attachment, Chat, Event, Json, Message, World

_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(world: World, params: Params) -> Json:
    return _send(world, params, read_text(params), None)


def send_rich_message(world: World, params: Params) -> Json:
    return _send(world, params, NOTHING, None, read_page(params))


def send_photo(world: World, params: Params) -> Json:
    return _send(world, params, read_caption(params), _attachment(world, params, "photo"))


def send_document(world: World, params: Params) -> Json:
    return _send(world, params, read_caption(params), _attachment(world, params, "document"))


def send_chat_action(world: World, params: Params) -> bool:
    action = params.text("action").lower()
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = write_to(world, params)
    world.see(Event("action", chat.id, person=world.bot, text=action))
    return True


def _send(
    world: World, params: Params, content: Styled, attachment: Attachment | None, page: Page | None = None
) -> Json:
    keyboard = read_keyboard(params)
    reply = params.mapping("reply_parameters", "reply parameters")
    previews = params.mapping("link_preview_options", "link preview options")
    chat = write_to(world, params)
    said = Message(
        chat_id=chat.id,
        reply_to=_replied(chat, reply.get("message_id"), bool(reply.get("allow_sending_without_reply"))),
        id=chat.next_id(),
        sender=None if chat.type == "channel" else world.bot,
        date=world.now(),
        content=content,
        page=page,
        keyboard=keyboard,
        attachment=attachment,
        thread=params.number("message_thread_id") or None,
        previews=previews or None,
    )
    return wire.message(world, world.keep(said))


def _replied(chat: Chat, wanted: object, may_be_gone: bool) -> int | None:
    if wanted is None:
        return None
    if isinstance(wanted, int) and wanted in chat.messages:
        return wanted
    if may_be_gone:
        return None
    raise bad_request("message to be replied not found")


def _attachment(world: World, params: Params, kind: Literal["photo", "document"]) -> Attachment:
    """The uploaded file, or one that is known by its `file_id`."""
    upload = params.upload(kind)
    if upload is None:
        return _known(world, params.text(kind), kind)
    if not upload.data:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        _check_photo(upload.data)
    attachment = Attachment(kind, upload.name, upload.data, upload.mime, f"file{len(world.files) + 1}")
    world.keep_file(attachment)
    return attachment


def _check_photo(data: bytes) -> None:
    """Bot API, sendPhoto: at most 10 MB, width and height together at most 10000, neither over 20 times the other."""
    if len(data) > limits.PHOTO_BYTES:
        raise bad_request("file is too big")
    width, height = wire.picture_size(data)
    if width + height > limits.PHOTO_SIDES or max(width, height) > limits.PHOTO_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def _known(world: World, file_id: str, kind: str) -> Attachment:
    if not file_id:
        raise bad_request(f"there is no {kind} in the request")
    if file_id not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return world.files[file_id]
