"""Command menus: setMyCommands, getMyCommands, deleteMyCommands, by scope and language."""

import re
from dataclasses import dataclass, field

from bot.local import limits
from bot.local.access import find_chat
from bot.local.entities import clean
from bot.local.limits import Refusal, bad_request
from bot.local.params import Params
from bot.local.world import Json, World

Scope = tuple[str, int, int]
"""Type, chat id, user id; 0 where the type has none."""
_WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
_NARROW = frozenset({"chat", "chat_administrators", "chat_member"})


@dataclass(slots=True)
class Menus:
    lists: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)

    def set(self, world: World, params: Params) -> bool:
        commands = [_command(raw) for raw in params.sequence("commands", "BotCommand")]
        if len(commands) > limits.COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        self.lists[_place(world, params)] = commands
        return True

    def get(self, world: World, params: Params) -> list[Json]:
        return self.lists.get(_place(world, params), [])

    def delete(self, world: World, params: Params) -> bool:
        self.lists.pop(_place(world, params), None)
        return True


def _place(world: World, params: Params) -> tuple[Scope, str]:
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return _scope(world, params), language


def _scope(world: World, params: Params) -> Scope:
    raw = params.mapping("scope", "BotCommandScope")
    type_ = raw.get("type", "default")
    if not isinstance(type_, str):
        raise bad_request('can\'t parse BotCommandScope: Field "type" must be of type String')
    if type_ in _WIDE:
        return type_, 0, 0
    if type_ not in _NARROW or not isinstance(user := raw.get("user_id", 0), int):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = find_chat(world, Params({"chat_id": str(raw.get("chat_id", ""))}))
    if chat.type == "private" and type_ != "chat":
        raise bad_request("can't use specified scope in private chats")
    return type_, chat.id, user


def _command(raw: object) -> Json:
    if not isinstance(raw, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = _text(raw, "command").strip().removeprefix("/")
    description = _text(raw, "description").strip()
    fault = _name_fault(name) or _description_fault(description)
    if fault:
        raise fault
    return {"command": name, "description": description}


def _text(raw: Json, name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str):
        raise bad_request(f"can't parse BotCommand: Can't find field \"{name}\"")
    return clean(value)


def _name_fault(name: str) -> Refusal | None:
    if not name:
        return bad_request("command must be non-empty")
    if len(name) > limits.COMMAND_CHARACTERS:
        return bad_request(f"command length must not exceed {limits.COMMAND_CHARACTERS}")
    return None if re.fullmatch(r"[a-z0-9_]+", name) else bad_request("BOT_COMMAND_INVALID")


def _description_fault(description: str) -> Refusal | None:
    if not description:
        return bad_request("command description must be non-empty")
    if len(description) > limits.DESCRIPTION_CHARACTERS:
        return bad_request(f"command description length must not exceed {limits.DESCRIPTION_CHARACTERS}")
    return None
