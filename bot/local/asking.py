"""The methods that only ask: getMe, getChat, getChatMember, getChatAdministrators, getChatMemberCount, getFile."""

from bot.local import wire
from bot.local.access import reach
from bot.local.limits import bad_request
from bot.local.params import Params
from bot.local.world import STANDING, Json, World


def get_me(world: World, params: Params) -> Json:
    return wire.user(world.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(world: World, params: Params) -> Json:
    return wire.full_chat(world, reach(world, params))


def get_chat_member(world: World, params: Params) -> Json:
    chat = reach(world, params)
    who = params.number("user_id")
    person = world.bot if who == world.bot.id else world.people.get(who)
    if person is None:
        raise bad_request("user not found")
    return wire.member(chat, person, chat.standing(who))


def get_chat_administrators(world: World, params: Params) -> list[Json]:
    chat = reach(world, params)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return wire.administrators(world, chat)


def get_chat_member_count(world: World, params: Params) -> int:
    return sum(status in STANDING for status in reach(world, params).members.values())


def get_file(world: World, params: Params) -> Json:
    file_id = params.text("file_id")
    file = world.files.get(file_id)
    if file is None:
        raise bad_request("invalid file_id" if file_id else "file_id is empty")
    return {"file_id": file_id, "file_unique_id": file_id, "file_size": len(file.data), "file_path": f"files/{file_id}"}
