"""The values of the world as the Bot API's JSON objects."""

from datetime import datetime
from functools import partial
from typing import Any

from bot.local.entities import Entity
from bot.local.page_wire import rich_message
from bot.local.world import (
    RUNNING,
    Attachment,
    Button,
    Chat,
    InlineQuery,
    Json,
    Keyboard,
    Message,
    Origin,
    Person,
    Query,
    Status,
    World,
)

_RIGHTS = [
    "can_be_edited",
    "is_anonymous",
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
]

_PERMISSIONS = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
]

ANONYMOUS = Person(1_087_968_824, "Group", "GroupAnonymousBot", is_bot=True)
TELEGRAM = Person(777_000, "Telegram")
"""The accounts under which Telegram itself shows anonymous administrators, and posts of a group's channel."""

_FORWARDED_CHANNEL = -1_009_000_000_001
"""A channel in which the bot is not."""


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def user(person: Person) -> Json:
    known = {"username": person.username, "language_code": person.language_code}
    return {"id": person.id, "is_bot": person.is_bot, "first_name": person.name} | _given(known)


def chat(world: World, there: Chat) -> Json:
    head: Json = {"id": there.id, "type": there.type}
    if there.type == "private":
        person = world.people[there.id]
        return head | {"first_name": person.name} | _given({"username": person.username})
    return head | {"title": there.title} | _given({"username": there.username, "is_forum": there.forum})


def full_chat(world: World, there: Chat) -> Json:
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    return chat(world, there) | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def message(world: World, said: Message, *, with_reply: bool = True) -> Json:
    there = world.chats[said.chat_id]
    body: Json = {"message_id": said.id, "date": seconds(said.date), "chat": chat(world, there)}
    body |= _origin(world, said, there) | _content(world, said) | dict(said.service or {})
    if said.origin:
        body["forward_origin"] = _forwarded(said.origin)
    if said.via_bot:
        body["via_bot"] = user(world.bot)
    if said.edited:
        body["edit_date"] = seconds(said.edited)
    if said.thread is not None:
        body |= {"message_thread_id": said.thread, "is_topic_message": True}
    elif there.type == "supergroup" and said.reply_to:  # which is no topic: sending to it is refused
        body["message_thread_id"] = said.reply_to
    if said.keyboard:
        body["reply_markup"] = keyboard(said.keyboard)
    if said.previews:
        body["link_preview_options"] = dict(said.previews)
    replied = there.messages.get(said.reply_to or 0)
    if replied and with_reply:
        body["reply_to_message"] = message(world, replied, with_reply=False)
    return body


def entity(world: World, found: Entity) -> Json:
    body: Json = {"type": found.type, "offset": found.offset, "length": found.length}
    body |= _given({"url": found.url, "language": found.language, "custom_emoji_id": found.custom_emoji_id})
    if found.user:
        body["user"] = user(world.people.get(found.user) or Person(found.user, str(found.user)))
    if found.unix_time is not None:
        body |= {"unix_time": found.unix_time} | _given({"date_time_format": found.date_time_format})
    return body


def keyboard(rows: Keyboard) -> Json:
    return {"inline_keyboard": [[_button(button) for button in row] for row in rows]}


def member(there: Chat, person: Person, status: Status) -> Json:
    body: Json = {"user": user(person), "status": status}
    if status == "creator":
        return body | {"is_anonymous": False}
    if status == "administrator":
        posting = {"can_post_messages": there.posts or not person.is_bot} if there.type == "channel" else {}
        return body | dict.fromkeys(_RIGHTS, False) | {"can_manage_chat": True, "can_delete_messages": True} | posting
    if status == "restricted":
        return body | dict.fromkeys(_PERMISSIONS, False) | {"is_member": True, "until_date": 0}
    return body | ({"until_date": 0} if status == "kicked" else {})


def administrators(world: World, there: Chat) -> list[Json]:
    every = {**world.people, world.bot.id: world.bot}
    return [member(there, every[id_], status) for id_, status in there.members.items() if status in RUNNING]


def member_change(world: World, there: Chat, who: Person, by: Person, old: Status, new: Status) -> Json:
    return {
        "chat": chat(world, there),
        "from": user(by),
        "date": seconds(world.now()),
        "old_chat_member": member(there, who, old),
        "new_chat_member": member(there, who, new),
    }


def callback_query(world: World, query: Query) -> Json:
    """A press. The message is as it is now; one that is gone is "inaccessible", with a date of 0."""
    there = world.chats[query.message.chat_id]
    current = there.messages.get(query.message.id)
    gone = {"chat": chat(world, there), "message_id": query.message.id, "date": 0}
    return {
        "id": query.id,
        "from": user(query.person),
        "message": message(world, current) if current else gone,
        "chat_instance": str(there.id),
        "data": query.button.data,
    }


def _forwarded(origin: Origin) -> Json:
    """Bot API, MessageOriginChannel."""
    channel = {"id": _FORWARDED_CHANNEL, "type": "channel", "title": origin.title}
    where = channel | _given({"username": origin.username})
    return {"type": "channel", "date": seconds(origin.date), "chat": where, "message_id": 1}


def inline_query(query: InlineQuery) -> Json:
    return {
        "id": query.id,
        "from": user(query.person),
        "query": query.text,
        "offset": query.offset,
        "chat_type": "sender",
    }


def _given(fields: dict[str, Any]) -> Json:
    """Telegram leaves out what is empty or false."""
    return {name: value for name, value in fields.items() if value}


def _origin(world: World, said: Message, there: Chat) -> Json:
    if said.as_chat == there.id:
        return {"from": user(ANONYMOUS), "sender_chat": chat(world, there)}
    if said.as_chat:
        channel = chat(world, world.chats[said.as_chat])
        return {"from": user(TELEGRAM), "sender_chat": channel, "is_automatic_forward": True}
    if said.sender is None:
        return {"sender_chat": chat(world, there)}
    return {"from": user(said.sender)}


def _content(world: World, said: Message) -> Json:
    if said.page is not None:
        return {"rich_message": rich_message(said.page, partial(entity, world))}
    kind = "caption" if said.attachment else "text"
    body: Json = {kind: said.text} if said.text else {}
    if said.content.entities:
        found = [entity(world, one) for one in said.content.entities]
        body["entities" if kind == "text" else "caption_entities"] = found
    return body | (_attachment(said.attachment) if said.attachment else {})


def _attachment(attachment: Attachment) -> Json:
    file: Json = {
        "file_id": attachment.file_id,
        "file_unique_id": attachment.file_id,
        "file_size": len(attachment.data),
    }
    if attachment.kind == "photo":
        width, height = picture_size(attachment.data)
        return {"photo": [file | {"width": width, "height": height}]}
    return {"document": file | {"file_name": attachment.name, "mime_type": attachment.mime}}


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height from a PNG's header (PNG specification, 11.2.2); 0 × 0 for other formats."""
    if not data.startswith(b"\x89PNG\r\n") or len(data) < 24:
        return 0, 0
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _button(button: Button) -> Json:
    return dict(button.raw) or {"text": button.text} | _given({"callback_data": button.data, "url": button.url})
