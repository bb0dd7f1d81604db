"""`reply_markup`: the inline keyboard of a message, checked as the server checks it."""

from typing import Any

from bot.local import limits
from bot.local.entities import clean
from bot.local.limits import bad_request
from bot.local.params import Params
from bot.local.world import Button, Keyboard

_ACTIONS = frozenset(
    [
        "callback_data",
        "url",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    ]
)


def read_keyboard(params: Params) -> Keyboard:
    """The inline keyboard; empty if there is none, or if the markup is of a kind that belongs to the input field."""
    markup = params.mapping("reply_markup", "reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list):
        raise _unparsable('Field "inline_keyboard" must be of type Array')
    read = tuple(_row(row) for row in rows)
    return tuple(row for row in read if row)


def _row(row: object) -> tuple[Button, ...]:
    if not isinstance(row, list):
        raise _unparsable("expected an Array of InlineKeyboardButton")
    return tuple(_button(button) for button in row)


def _button(raw: object) -> Button:
    if not isinstance(raw, dict):
        raise _unparsable("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    text = clean(_string(raw, "text"))
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not _ACTIONS & raw.keys():
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    button = Button(text, clean(_string(raw, "callback_data")), clean(_string(raw, "url")), raw)
    _check_data(button)
    _check_url(button)
    return button


def _string(raw: dict[str, Any], name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str):
        raise bad_request(f'can\'t parse inline keyboard button: Field "{name}" must be of type String')
    return value


def _check_data(button: Button) -> None:
    if "callback_data" in button.raw and not 1 <= len(button.data.encode()) <= limits.CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(button: Button) -> None:
    if "url" not in button.raw:
        return
    if fault := limits.link_fault(button.url):
        raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: {fault}")
    if len(button.url) > limits.URL_CHARACTERS or any(character.isspace() for character in button.url.strip()):
        raise bad_request("BUTTON_URL_INVALID")


def _unparsable(what: str) -> limits.Refusal:
    return bad_request(f"can't parse reply keyboard markup JSON object: {what}")
