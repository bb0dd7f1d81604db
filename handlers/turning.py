"""What lists of buttons have in common: turning to the pages before and behind, and the mark of what is chosen."""

from handlers.document import Button
from handlers.press import Press
from handlers.texts import Texts

ON = "✓"


def within(offset: int, total: int, page: int) -> int:
    """The page at `offset`; the last one where there are fewer by now."""
    return min(offset, max(0, total - 1) // page * page)


def turned(to: Press, offset: int, page: int, total: int, texts: Texts, *more: int) -> list[Button]:
    """Buttons to the pages before and behind; `to` gets the offset as its last id, `more` behind it."""

    def at(place: int) -> str:
        return Press(to.view, (*to.ids, place, *more)).data

    turns = [Button(texts.gettext("‹ Previous"), at(max(0, offset - page)))] if offset else []
    if offset + page < total:
        turns.append(Button(texts.gettext("Next ›"), at(offset + page)))
    return turns


def marked(label: str, on: bool) -> str:
    return f"{ON} {label}" if on else label
