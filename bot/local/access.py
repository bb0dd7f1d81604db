"""Whether the bot may write there: which chat is meant, and everything that Telegram can hold against it."""

from bot.local.limits import Refusal, bad_request, forbidden
from bot.local.params import Params
from bot.local.world import RUNNING, Chat, World

_KINDS = {"group": "group chat", "supergroup": "supergroup chat", "channel": "channel chat", "private": "private chat"}


def find_chat(world: World, params: Params) -> Chat:
    """The chat that `chat_id` names, by number or `@username`, in which the bot is known. Raises `Refusal`."""
    given = params.text("chat_id")
    if not given:
        raise bad_request("chat_id is empty")
    chat = _named(world, given) if given.startswith("@") else world.chats.get(params.number("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def reach(world: World, params: Params) -> Chat:
    """The chat, if the bot is in it (not blocked, removed or never let in) and the chat is still there."""
    chat = find_chat(world, params)
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
    refusal = _shut_out_of_private(world, chat) if chat.type == "private" else _shut_out(world, chat)
    if refusal:
        raise refusal
    return chat


def write_to(world: World, params: Params) -> Chat:
    """The chat, if the bot may send messages to it and to the topic that `message_thread_id` names."""
    chat = reach(world, params)
    standing = chat.standing(world.bot.id)
    if chat.type == "channel" and (standing not in RUNNING or not chat.posts):
        raise bad_request("need administrator rights in the channel chat")
    if standing == "restricted" or (chat.muted and standing not in RUNNING):
        raise bad_request("not enough rights to send text messages to the chat")
    _check_topic(world, chat, params.number("message_thread_id"))
    return chat


def _named(world: World, name: str) -> Chat | None:
    wanted = name[1:].lower()
    return next(
        (chat for chat in world.chats.values() if chat.type != "private" and chat.username.lower() == wanted), None
    )


def _shut_out_of_private(world: World, chat: Chat) -> Refusal | None:
    if chat.id in world.deactivated:
        return forbidden("user is deactivated")
    match chat.standing(world.bot.id):
        case "kicked":
            return forbidden("bot was blocked by the user")
        case "left":
            return forbidden("bot can't initiate conversation with a user")
    return None


def _shut_out(world: World, chat: Chat) -> Refusal | None:
    match chat.standing(world.bot.id):
        case "kicked":
            return forbidden(f"bot was kicked from the {_KINDS[chat.type]}")
        case "left":
            return forbidden(f"bot is not a member of the {_KINDS[chat.type]}")
    return None


def _check_topic(world: World, chat: Chat, thread: int) -> None:
    if not thread:
        if chat.general_closed and chat.standing(world.bot.id) not in RUNNING:
            raise bad_request("TOPIC_CLOSED")
        return
    topic = chat.topics.get(thread)
    if topic is None:
        raise bad_request("message thread not found")
    if topic.closed and chat.standing(world.bot.id) not in RUNNING:
        raise bad_request("TOPIC_CLOSED")
