"""Inline mode: what is typed behind the bot's name anywhere, and the answers to send from there (answerInlineQuery)."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from bot.local import limits
from bot.local.changing import QUERY_LIFETIME, TOO_OLD
from bot.local.contents import read_text
from bot.local.entities import Styled, clean
from bot.local.keyboards import read_keyboard
from bot.local.limits import bad_request
from bot.local.params import Params
from bot.local.world import Event, InlineAnswer, InlineResult, World

_START = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CONTENT = {"message_text": "text", "parse_mode": "parse_mode", "entities": "entities"}


def answer_inline_query(world: World, params: Params) -> bool:
    query = world.inline_queries.get(params.text("inline_query_id"))
    if query is None or world.now() - query.asked > QUERY_LIFETIME:
        raise bad_request(TOO_OLD)
    next_offset = params.text("next_offset")
    if len(next_offset.encode()) > limits.OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    text, start = _button(params)
    seconds, personal = params.number("cache_time", 300), params.flag("is_personal")
    answer = InlineAnswer(query, _results(params), next_offset, text, start, seconds, personal)
    world.inline_answers[query.id] = answer
    world.see(Event("inline", query.person.id, person=query.person, text=query.id))
    return True


def _results(params: Params) -> tuple[InlineResult, ...]:
    if not params.text("results").strip():
        raise bad_request("results isn't specified")
    results = tuple(_result(each) for each in params.sequence("results", "InlineQueryResult"))
    if len(results) > limits.INLINE_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    if len({each.id for each in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def _result(raw: object) -> InlineResult:
    """An article, the one kind that this bot sends. Bot API, InlineQueryResultArticle."""
    if not isinstance(raw, dict):
        raise _unparsable("InlineQueryResult must be an Object")
    id, title, url = _string(raw, "id"), clean(_string(raw, "title")).strip(), _string(raw, "url")
    if not 1 <= len(id.encode()) <= limits.RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if _string(raw, "type") != "article":
        raise _unparsable("only articles are known here")
    if not title:
        raise _unparsable('Field "title" must be of type String')
    if url and (fault := limits.link_fault(url)):
        raise bad_request(f"WEBPAGE_URL_INVALID: {fault}")
    markup = {"reply_markup": _json(raw["reply_markup"])} if raw.get("reply_markup") else {}
    keyboard = read_keyboard(Params(markup))
    return InlineResult(id, title, clean(_string(raw, "description")), _content(raw), keyboard, url)


def _content(raw: Mapping[str, Any]) -> Styled:
    """What is sent. Bot API, InputTextMessageContent."""
    content = raw.get("input_message_content")
    if not isinstance(content, dict):
        raise _unparsable('Can\'t find field "input_message_content"')
    return read_text(Params({name: _json(content[key]) for key, name in _CONTENT.items() if content.get(key)}))


def _button(params: Params) -> tuple[str, str]:
    """The text above the results, and the parameter of the private chat that it opens."""
    button = params.mapping("button", "InlineQueryResultsButton")
    if not button:
        return "", ""
    text, start = clean(_string(button, "text")), _string(button, "start_parameter")
    if not text.strip():
        raise bad_request("text of the inline query results button must be non-empty")
    if not start and not button.get("web_app"):
        raise bad_request('exactly one of the fields "web_app" and "start_parameter" must be used')
    if start and not _START.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    return text, start


def _string(raw: Mapping[str, Any], name: str) -> str:
    value = raw.get(name, "")
    if not isinstance(value, str):
        raise _unparsable(f'Field "{name}" must be of type String')
    return value


def _unparsable(what: str) -> limits.Refusal:
    return bad_request(f"can't parse inline query result: {what}")


def _json(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
