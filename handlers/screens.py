"""A document as the messages and pages that are sent of it, and what those that were sent show now."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.document import Button, Buttons, Document, paragraph
from handlers.looks import classic, rich
from handlers.looks.choice import Look, Looks
from handlers.press import Press
from handlers.texts import Texts

Screen: TypeAlias = classic.Message | rich.Page
"""What one message of a chat shows."""


class Screens:
    """What edited messages show now, and the look that each chat gets.

    A press carries its message as its client saw it, which may be long ago: another may stand in its place by now.
    """

    def __init__(self, looks: Looks | None = None, *, kept: int = 10_000) -> None:
        self.looks = looks or Looks()
        self._kept = kept
        self._shown: OrderedDict[tuple[int, int], int] = OrderedDict()
        self._instead: OrderedDict[tuple[int, int], Message] = OrderedDict()

    async def of(self, document: Document, chat: int) -> list[Screen]:
        """What is sent of the document to `chat`, in order."""
        look = await self.looks.of(chat)
        openable = look == "message" and document.page is not None and await self.looks.take_pages(chat)
        return screens_of(document, look, openable=openable)

    def shows(self, message: Message, wanted: Screen) -> bool:
        known = self._shown.get(_key(message))
        if known is not None:
            return known == hash(wanted)
        if isinstance(wanted, rich.Page):
            return False
        text = message.caption if wanted.picture else message.text
        return text == wanted.text and message.reply_markup == keyboard(wanted.buttons)

    def note(self, message: Message, shown: Screen) -> None:
        self._shown[_key(message)] = hash(shown)
        self._shown.move_to_end(_key(message))
        if len(self._shown) > self._kept:
            self._shown.popitem(last=False)

    def standing(self, message: Message) -> Message:
        """What stands in the place of `message` now: itself, or what was sent in its place."""
        while (later := self._instead.get(_key(message))) is not None:
            message = later
        return message

    def replaced(self, gone: Message, by: Message) -> None:
        self._instead[_key(gone)] = by
        if len(self._instead) > self._kept:
            self._instead.popitem(last=False)


def _key(message: Message) -> tuple[int, int]:
    return message.chat_id, message.message_id


def screens_of(document: Document, look: Look, *, openable: bool = False) -> list[Screen]:
    """In one look; `openable`: with the button that opens a long one as a page.

    A file goes with a message in either look: a page cannot hold it. A picture goes before the pages, in its words.
    """
    if look == "message" or document.file is not None:
        messages = classic.render(document)
        if openable and document.page is not None and len(messages) > 1:
            messages[-1] = replace(messages[-1], buttons=(*messages[-1].buttons, (document.page,)))
        return list(messages)
    return [*_picture(document), *rich.render(document)]


def _picture(document: Document) -> Sequence[Screen]:
    if document.picture is None:
        return ()
    shown = Document((paragraph(document.picture.alt),), rtl=document.rtl, picture=document.picture)
    return classic.render(shown)


def with_picture_apart(screens: Sequence[Screen]) -> tuple[Sequence[Screen], Sequence[Screen]]:
    """The picture that goes before pages, and the pages; a picture in its message, with the text, is not apart."""
    first = next(
        index for index, screen in enumerate(screens) if isinstance(screen, rich.Page) or screen is screens[-1]
    )
    return (screens[:first], screens[first:]) if isinstance(screens[first], rich.Page) else ((), screens)


def part_of(screens: Sequence[Screen], press: Press, texts: Texts) -> Screen:
    """One screen of the document, with all its buttons and those to its other parts."""
    part = min(press.part, len(screens) - 1)
    turns = []
    if part > 0:
        turns.append(Button(texts.gettext("‹ Part {part}", part=texts.number(part)), press.at(part - 1).data))
    if part + 1 < len(screens):
        turns.append(Button(texts.gettext("Part {part} ›", part=texts.number(part + 2)), press.at(part + 1).data))
    under = screens[-1].buttons
    return with_buttons(screens[part], (tuple(turns), *under) if turns else under)


def with_buttons(screen: Screen, buttons: Buttons) -> Screen:
    if isinstance(screen, rich.Page):
        return replace(screen, document=replace(screen.document, buttons=buttons))
    return replace(screen, buttons=buttons)


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(b.label, callback_data=b.data or None, url=b.url or None) for b in row]
            for row in buttons
        ]
    )
