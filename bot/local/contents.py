"""What a message says: its text or caption, parsed and held to the limits."""

import msgspec

from bot.local import limits
from bot.local.entities import Entity, Styled, clean, finish, is_blank
from bot.local.limits import bad_request, utf16_units
from bot.local.markup import MarkupError, parse
from bot.local.params import Params


class _GivenUser(msgspec.Struct, frozen=True):
    id: int = 0


class _GivenEntity(msgspec.Struct, frozen=True):
    """A MessageEntity as a bot may send it."""

    type: str
    offset: int
    length: int
    url: str = ""
    language: str = ""
    custom_emoji_id: str = ""
    user: _GivenUser = _GivenUser()
    unix_time: int | None = None
    date_time_format: str = ""


def read_text(params: Params) -> Styled:
    """The `text` of a message, 1–4096 UTF-16 units after parsing. Raises `Refusal`."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    styled = _styled(params, "text", "entities")
    if is_blank(styled.text):
        raise bad_request("text must be non-empty")
    if utf16_units(styled.text) > limits.TEXT_UNITS:
        raise bad_request("message is too long")
    return styled


def read_caption(params: Params) -> Styled:
    """The `caption` of an attachment, at most 1024 UTF-16 units after parsing; it may be empty. Raises `Refusal`."""
    styled = _styled(params, "caption", "caption_entities")
    if utf16_units(styled.text) > limits.CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return Styled("") if is_blank(styled.text) else styled


def _styled(params: Params, text_name: str, entities_name: str) -> Styled:
    text = clean(params.text(text_name))
    mode = params.text("parse_mode").lower()
    if mode == "html":
        return finish(_parsed(text))
    if mode not in {"", "none"}:
        raise bad_request("unsupported parse_mode")
    given = params.sequence(entities_name, "MessageEntity")
    return finish(Styled(text, tuple(_entity(raw) for raw in given)))


def _parsed(text: str) -> Styled:
    try:
        return parse(text)
    except MarkupError as error:
        raise bad_request(f"can't parse entities: {error}") from error


def _entity(raw: object) -> Entity:
    try:
        given = msgspec.convert(raw, _GivenEntity)
    except msgspec.ValidationError as error:
        raise bad_request(f"can't parse MessageEntity: {error}") from error
    if given.offset < 0 or given.length < 0:
        raise bad_request("can't parse entities: Receive an entity with incorrect offset or length")
    fields = msgspec.structs.asdict(given) | {"user": given.user.id}
    return Entity(**fields)
