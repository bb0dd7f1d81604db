"""Who is there and what was said: people, chats, topics, messages. State only; what is allowed is decided elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from bot.local.entities import NOTHING, Styled
from bot.local.pages import Page

ChatType = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]
STANDING: frozenset[Status] = frozenset({"creator", "administrator", "member", "restricted"})
RUNNING: frozenset[Status] = frozenset({"creator", "administrator"})

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """A user of Telegram; the bot is one too."""

    id: int
    name: str
    username: str = ""
    language_code: str = ""
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button: `data` or `url`; `raw` is the button as it came, for kinds that have neither."""

    text: str
    data: str = ""
    url: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document or photo with its contents."""

    kind: Literal["document", "photo"]
    name: str
    data: bytes
    mime: str = "application/octet-stream"
    file_id: str = ""


@dataclass(slots=True)
class Topic:
    id: int
    name: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The channel whose post was forwarded, and when it was posted there."""

    title: str
    username: str
    date: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A message as its chat shows it. `text` is the caption where there is an attachment, and all of a page.

    `sender` is None for a channel's own posts. `service` holds the fields of a service message (`new_chat_members`, …).
    `via_bot`: somebody sent an answer to an inline query. `as_chat` is the chat in whose name it was said: the group
    itself for an anonymous administrator, a channel for its post that Telegram repeats in the channel's group.
    `previews` are the `link_preview_options` as they were given.
    """

    chat_id: int
    id: int
    sender: Person | None
    date: datetime
    content: Styled = NOTHING
    page: Page | None = None
    keyboard: Keyboard = ()
    attachment: Attachment | None = None
    thread: int | None = None
    reply_to: int | None = None
    edited: datetime | None = None
    previews: Mapping[str, Any] | None = field(default=None, compare=False)
    service: Mapping[str, Any] | None = field(default=None, compare=False)
    via_bot: bool = False
    origin: Origin | None = None
    as_chat: int = 0

    @property
    def text(self) -> str:
        return self.page.text if self.page else self.content.text

    @property
    def buttons(self) -> tuple[Button, ...]:
        """The inline buttons, row by row."""
        return tuple(button for row in self.keyboard for button in row)


@dataclass(slots=True)
class Chat:
    """A chat. `members` holds the standing of everybody who ever was in it, the bot included.

    `general_closed` is of a forum's General topic, which has no id. `posts`: the bot, as an administrator of a channel,
    may post there. In a private chat the bot's standing is "left" until its person has written, and "kicked" while
    blocked.
    """

    id: int
    type: ChatType
    title: str = ""
    username: str = ""
    members: dict[int, Status] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    forum: bool = False
    muted: bool = False
    general_closed: bool = False
    posts: bool = True
    migrated_to: int | None = None
    last_id: int = 0

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def standing(self, person_id: int) -> Status:
        return self.members.get(person_id, "left")


@dataclass(frozen=True, slots=True)
class Query:
    """A press on a button that waits for the bot's answer."""

    id: str
    person: Person
    message: Message
    button: Button
    asked: datetime


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """What somebody typed behind the bot's name, and the page of answers that is wanted."""

    id: str
    person: Person
    text: str
    offset: str
    asked: datetime


@dataclass(frozen=True, slots=True)
class InlineResult:
    """Something to send: what is seen of it in the list, and the message that it becomes."""

    id: str
    title: str
    description: str
    content: Styled
    keyboard: Keyboard
    url: str = ""


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """`button` stands above the results and opens the private chat with `start`. `cache_time` is in seconds."""

    query: InlineQuery
    results: tuple[InlineResult, ...] = ()
    next_offset: str = ""
    button: str = ""
    start: str = ""
    cache_time: int = 300
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What a client of a chat sees happen.

    `person` did it, or is the one who gets the answer; `text` is an answer's toast, the name of a chat action, or the
    id of the inline query that was answered.
    """

    kind: Literal["message", "edit", "delete", "answer", "action", "inline"]
    chat_id: int
    message: Message | None = None
    person: Person | None = None
    text: str = ""
    alert: bool = False


@dataclass(slots=True)
class World:
    """All of it. `now` gives the time, aware and in UTC; `see` is told of every event."""

    bot: Person
    now: Callable[[], datetime]
    see: Callable[[Event], None]
    people: dict[int, Person] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    files: dict[str, Attachment] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    inline_queries: dict[str, InlineQuery] = field(default_factory=dict)
    inline_answers: dict[str, InlineAnswer] = field(default_factory=dict)
    deactivated: set[int] = field(default_factory=set)

    def keep(self, message: Message) -> Message:
        """Puts a new message into its chat and shows it."""
        self.chats[message.chat_id].messages[message.id] = message
        self.see(Event("message", message.chat_id, message, message.sender))
        return message

    def revise(self, message: Message) -> Message:
        """Puts a changed message in the place of the one with its id and shows the change."""
        self.chats[message.chat_id].messages[message.id] = message
        self.see(Event("edit", message.chat_id, message, message.sender))
        return message

    def keep_file(self, attachment: Attachment) -> None:
        self.files[attachment.file_id] = attachment
