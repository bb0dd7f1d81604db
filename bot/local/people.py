"""What people do in the local Telegram: write, press, join, leave, block. Each act reaches the bot as an update."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from bot.local import wire
from bot.local.entities import Styled, clean, finish
from bot.local.limits import INLINE_QUERY_CHARACTERS
from bot.local.updates import UpdateQueue
from bot.local.world import (
    RUNNING,
    STANDING,
    Attachment,
    Button,
    Chat,
    Event,
    InlineQuery,
    InlineResult,
    Message,
    Origin,
    Person,
    Query,
    Status,
    Topic,
    World,
)

NOBODY = 900_000_000_000_000
"""People from here on are not Telegram's, so that a desk which was talked to here writes to no stranger there."""
ADMIN_ID = NOBODY + 1
"""The person who speaks as the bot's admin in `chat` and `demo`: the caller puts this id among the admins."""
READER_ID = NOBODY + 2
MANAGER_ID = NOBODY + 3
"""Somebody who administers their group, but not the bot's desk."""

Speaker = Literal["admin", "manager", "reader"]
_SPEAKERS: dict[Speaker, int] = {"admin": ADMIN_ID, "manager": MANAGER_ID, "reader": READER_ID}
BOT_ID = 7_000_000_001
_FIRST_PERSON = NOBODY + 1_000
_FIRST_GROUP = -4_000_000_000
_FIRST_SUPERGROUP = -1_999_000_000_000
"""Telegram's end at -1997852516352 (Bot API, dialog ids)."""


class PeopleSide:
    """The server as people meet it. Chats and people are made here; the other methods are acts of a person."""

    def __init__(self, username: str, name: str, clock: Callable[[], datetime]) -> None:
        bot = Person(BOT_ID, name, username, is_bot=True)
        self.updates = UpdateQueue()
        self.listeners: list[Callable[[Event], None]] = []
        self.world = World(bot, clock, self._show)

    @property
    def bot(self) -> Person:
        return self.world.bot

    def person(self, name: str, *, language_code: str = "en", username: str = "", id: int = 0) -> Person:
        """A new person, whom the bot can't write to before they write to it."""
        person = Person(id or _FIRST_PERSON + len(self.world.people), name, username, language_code)
        self.world.people[person.id] = person
        self.world.chats[person.id] = Chat(person.id, "private", members={person.id: "member"})
        return person

    def speaker(self, role: Speaker, *, language_code: str = "en") -> Person:
        """Who speaks in the terminal, always under the same id for the same role."""
        id_ = _SPEAKERS[role]
        return self.world.people.get(id_) or self.person(role.capitalize(), language_code=language_code, id=id_)

    def chat(self, person: Person) -> Chat:
        """The private chat of `person` with the bot."""
        return self.world.chats[person.id]

    def group(
        self,
        title: str,
        owner: Person,
        *members: Person,
        kind: Literal["group", "supergroup"] = "supergroup",
        forum: bool = False,
        username: str = "",
    ) -> Chat:
        """A group that `owner` made and added the bot to, as an ordinary member."""
        first = _FIRST_GROUP if kind == "group" else _FIRST_SUPERGROUP
        chat = Chat(first - len(self.world.chats), kind, title, username, forum=forum)
        return self._found(chat, owner, members, "member")

    def channel(self, title: str, owner: Person, *, username: str = "") -> Chat:
        """A channel of `owner`, with the bot as one of its administrators."""
        chat = Chat(_FIRST_SUPERGROUP - len(self.world.chats), "channel", title, username)
        return self._found(chat, owner, (), "administrator")

    def topic(self, chat: Chat, name: str) -> Topic:
        """A new topic of a forum; its id is the `message_thread_id`."""
        topic = Topic(chat.next_id() + 1, name)  # 1 stands for General, where nothing can be sent by that number
        chat.last_id = topic.id
        chat.topics[topic.id] = topic
        return topic

    def say(
        self,
        person: Person,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: Message | None = None,
        topic: Topic | None = None,
        anonymous: bool = False,
    ) -> Message:
        """`person` writes `text`, in the private chat with the bot unless another is named.

        An `anonymous` administrator speaks in the name of the group.
        """
        said: dict[str, Any] = {"reply_to": reply_to and reply_to.id, "thread": topic and topic.id}
        as_chat = chat.id if chat is not None and anonymous else 0
        return self._write(person, chat, content=finish(Styled(clean(text))), as_chat=as_chat, **said)

    def send_document(
        self, person: Person, name: str, data: bytes, chat: Chat | None = None, *, caption: str = ""
    ) -> Message:
        """`person` sends a file, which the bot can fetch by `getFile`."""
        file = Attachment("document", name, data, file_id=f"file{len(self.world.files) + 1}")
        self.world.keep_file(file)
        return self._write(person, chat, attachment=file, content=finish(Styled(clean(caption))))

    def revise(self, message: Message, text: str) -> Message:
        """The writer of `message` edits it."""
        changed = replace(message, content=finish(Styled(clean(text))), edited=self.world.now())
        self.world.revise(changed)
        if self._reaches_bot(self.world.chats[message.chat_id], changed):
            self.updates.add("edited_message", wire.message(self.world, changed))
        return changed

    def press(self, person: Person, message: Message, button: str | int | Button) -> Query:
        """`person` presses a button, named by its label, its place (from 0), or itself.

        `message` may be one that has changed since: a client that lags presses what it still shows. `ValueError` if
        there is no such button, or if it opens a link, of which the bot never hears.
        """
        chosen = button if isinstance(button, Button) else _find_button(message, button)
        if not chosen.data:
            raise ValueError(
                f"the button {chosen.text!r} opens {chosen.url or 'something'}: the bot does not hear of it"
            )
        query = Query(f"query{len(self.world.queries) + 1}", person, message, chosen, self.world.now())
        self.world.queries[query.id] = query
        self.updates.add("callback_query", wire.callback_query(self.world, query))
        return query

    def type_inline(self, person: Person, text: str, offset: str = "") -> InlineQuery:
        """`person` types `text` behind the bot's name, in any chat; `offset` asks for a further page of answers."""
        said = clean(text)[:INLINE_QUERY_CHARACTERS]
        query = InlineQuery(f"inline{len(self.world.inline_queries) + 1}", person, said, offset, self.world.now())
        self.world.inline_queries[query.id] = query
        self.updates.add("inline_query", wire.inline_query(query))
        return query

    def forward(self, person: Person, text: str, *, channel: str, username: str = "") -> Message:
        """`person` forwards a channel's post to the bot, in their private chat."""
        origin = Origin(channel, username, self.world.now())
        return self._write(person, None, content=finish(Styled(clean(text))), origin=origin)

    def send_inline(self, person: Person, result: InlineResult, chat: Chat | None = None) -> Message:
        """`person` sends one of the answers, into any chat: a message of theirs, by way of the bot."""
        return self._write(person, chat, content=result.content, keyboard=result.keyboard, via_bot=True)

    def block(self, person: Person) -> None:
        self._stand(self.chat(person), self.bot, "kicked", by=person)

    def unblock(self, person: Person) -> None:
        self._stand(self.chat(person), self.bot, "member", by=person)

    def deactivate(self, person: Person) -> None:
        """`person` deletes their account, of which the bot is not told."""
        self.world.deactivated.add(person.id)

    def add_bot(self, chat: Chat, by: Person, status: Status = "member") -> None:
        """Adds the bot, or gives it another standing: "administrator", "left", "kicked"."""
        self._stand(chat, self.bot, status, by=by)

    def let_post(self, channel: Chat, by: Person, may: bool) -> None:
        """Gives the bot the right to post in a channel, or takes it."""
        channel.posts = may
        self._stand(channel, self.bot, "administrator", by=by)

    def kick_bot(self, chat: Chat, by: Person) -> None:
        self._stand(chat, self.bot, "kicked", by=by)

    def repeat_post(self, post: Message, group: Chat) -> Message:
        """Telegram repeats a channel's post in the group that belongs to it."""
        repeated = Message(
            group.id, group.next_id(), wire.TELEGRAM, self.world.now(), post.content, as_chat=post.chat_id
        )
        self.world.keep(repeated)
        if self._reaches_bot(group, repeated):
            self.updates.add("message", wire.message(self.world, repeated))
        return repeated

    def rename(self, chat: Chat, title: str, by: Person) -> Message:
        chat.title = title
        return self._service(chat, by, {"new_chat_title": title})

    def promote(self, chat: Chat, person: Person, by: Person) -> None:
        self._stand(chat, person, "administrator", by=by)

    def join(self, chat: Chat, person: Person) -> Message:
        self._stand(chat, person, "member", by=person)
        return self._service(chat, person, {"new_chat_members": [wire.user(person)]})

    def leave(self, chat: Chat, person: Person) -> Message:
        self._stand(chat, person, "left", by=person)
        return self._service(chat, person, {"left_chat_member": wire.user(person)})

    def migrate(self, chat: Chat) -> Chat:
        """The group becomes a supergroup with another id; the old one refuses with `migrate_to_chat_id` from now on."""
        new = Chat(_FIRST_SUPERGROUP - len(self.world.chats), "supergroup", chat.title, members=dict(chat.members))
        self.world.chats[new.id] = new
        owner = self._owner(chat)
        self._service(chat, owner, {"migrate_to_chat_id": new.id})
        self._service(new, owner, {"migrate_from_chat_id": chat.id})
        chat.migrated_to = new.id
        return new

    def transcript(self, chat: Chat | Person) -> tuple[Message, ...]:
        """The messages that a chat shows now: edits made, deleted ones gone, oldest first."""
        there = self.chat(chat) if isinstance(chat, Person) else chat
        return tuple(there.messages.values())

    def _show(self, event: Event) -> None:
        for listener in tuple(self.listeners):
            listener(event)

    def _found(self, chat: Chat, owner: Person, members: Iterable[Person], bot: Status) -> Chat:
        chat.members = {owner.id: "creator"}
        chat.members.update((member.id, "member") for member in members)
        self.world.chats[chat.id] = chat
        self._stand(chat, self.bot, bot, by=owner)
        return chat

    def _owner(self, chat: Chat) -> Person:
        return next(self.world.people[id_] for id_, status in chat.members.items() if status == "creator")

    def _stand(self, chat: Chat, who: Person, new: Status, *, by: Person) -> None:
        """Changes the standing of `who`; the bot hears of its own, and of others' if it asked for `chat_member`."""
        old, chat.members[who.id] = chat.standing(who.id), new
        kind = "my_chat_member" if who == self.bot else "chat_member"
        self.updates.add(kind, wire.member_change(self.world, chat, who, by, old, new))

    def _write(self, person: Person, chat: Chat | None, **fields: Any) -> Message:
        there = chat or self.chat(person)
        if there.type == "private":
            self._open(there, person)
        sender = None if there.type == "channel" else person
        message = Message(there.id, there.next_id(), sender, self.world.now(), **fields)
        self.world.keep(message)
        if self._reaches_bot(there, message):
            kind = "channel_post" if there.type == "channel" else "message"
            self.updates.add(kind, wire.message(self.world, message))
        return message

    def _open(self, chat: Chat, person: Person) -> None:
        if chat.standing(self.bot.id) == "kicked":
            raise ValueError(f"{person.name} has blocked the bot and must unblock it before writing")
        chat.members[self.bot.id] = "member"

    def reopen(self, chat: Chat, topic: Topic, by: Person) -> Message:
        """A topic that was closed is open again."""
        topic.closed = False
        return self._service(chat, by, {"forum_topic_reopened": {}}, topic.id)

    def _service(self, chat: Chat, person: Person, service: dict[str, Any], thread: int | None = None) -> Message:
        message = Message(chat.id, chat.next_id(), person, self.world.now(), thread=thread, service=service)
        self.world.keep(message)
        if self._reaches_bot(chat, message):
            self.updates.add("message", wire.message(self.world, message))
        return message

    def _reaches_bot(self, chat: Chat, message: Message) -> bool:
        """Privacy mode: of a group, an ordinary member bot gets commands, replies to it and service messages."""
        standing = chat.standing(self.bot.id)
        if chat.type == "private" or standing in RUNNING:
            return standing in STANDING
        replied = chat.messages.get(message.reply_to or 0)
        answers_bot = replied is not None and replied.sender == self.bot
        return standing in STANDING and bool(message.service or answers_bot or self._commands_bot(message))

    def _commands_bot(self, message: Message) -> bool:
        first = message.content.entities[0] if message.content.entities else None
        if first is None or first.type != "bot_command" or first.offset != 0:
            return False
        _, at, name = message.text[: first.length].partition("@")
        return not at or name.lower() == self.bot.username.lower()


def _find_button(message: Message, wanted: str | int) -> Button:
    if isinstance(wanted, int):
        if 0 <= wanted < len(message.buttons):
            return message.buttons[wanted]
    elif found := [button for button in message.buttons if button.text == wanted]:
        return found[0]
    labels = ", ".join(repr(button.text) for button in message.buttons) or "none"
    raise ValueError(f"no button {wanted!r} under message {message.id}; there are: {labels}")
