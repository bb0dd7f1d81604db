"""One briefing as it is opened, and the views under it."""

from handlers import compose, digests, story_pages
from handlers.asked import Asked, View
from handlers.document import Button, Document, Moment, paragraph
from handlers.press import Press
from handlers.press import read as read_press
from handlers.saved import SAVE, SAVED, is_saved, put_aside
from handlers.story_line import story_line
from handlers.texts import Texts, fill
from summaries.models import Briefing

MORE, REPORT = "ml", "rp"
"""The views of *More like this* and *Report*."""

FILTERED = "lf"
"""The view of the newest of a source or tag."""

_DIGESTS = (digests.SHOWN, digests.MORE)

_LISTS = frozenset({compose.LATEST, compose.RESULTS, SAVED, FILTERED, MORE, *_DIGESTS, *story_pages.LISTS})


async def opened(asked: Asked, found: Briefing, back: str = "") -> Document:
    """A briefing with all its buttons. In a group *Save* says nothing of who has saved it."""
    others = [Button(asked.texts.gettext("More like this"), Press(MORE, (found.id,)).data)]
    if not asked.desk.readonly:
        others.insert(0, await _save_button(asked, found, back))
        others.append(Button(asked.texts.gettext("Report"), Press(REPORT, (found.id,)).data))
    line, stories = await story_line(asked, found)
    return compose.briefing(found, asked.texts, back=back, others=(*others, *stories), story=line)


async def _save_button(asked: Asked, found: Briefing, back: str) -> Button:
    saved = asked.private and await is_saved(asked, found.id)
    label = asked.texts.gettext("Saved ✓") if saved else asked.texts.gettext("Save")
    return Button(label, Press(SAVE, (found.id, int(not saved)), back=back).data)


async def show_briefing(asked: Asked, press: Press) -> Document | None:
    found = await pressed(asked, press)
    return await opened(asked, found, lists(press)) if found else await gone(asked, press)


def unknown(number: str, texts: Texts) -> Document:
    """That no briefing has this number, as it was typed."""
    said = texts.gettext("There is no briefing {number}. /latest lists the newest with their numbers.")
    return compose.line(texts, *fill(said, number=number))


async def show_context(asked: Asked, press: Press) -> Document | None:
    found = await pressed(asked, press)
    if found is None:
        return await gone(asked, press)
    article = await asked.desk.article(found.id)
    return compose.in_context(found, article, asked.texts, back=lists(press))


async def save(asked: Asked, press: Press) -> Document | None:
    """Save, or take away again; the briefing stays as it is in a group, where others look at it."""
    match press.ids:
        case (id, (0 | 1) as wanted) if not asked.desk.readonly:
            found = await asked.desk.briefing(id)
        case _:
            return None
    if found is None:
        return await gone(asked, press)
    asked.aside(await put_aside(asked, found.id, wanted=bool(wanted)))
    return await opened(asked, found, lists(press))


async def pressed(asked: Asked, press: Press) -> Briefing | None:
    """The briefing that a button is about."""
    return await asked.desk.briefing(press.ids[0]) if len(press.ids) == 1 else None


async def gone(asked: Asked, press: Press) -> Document | None:
    """What is said where a button is about a briefing that was withdrawn; None where there never was one."""
    return await withdrawn(asked, press.ids[0], lists(press)) if press.ids else None


async def withdrawn(asked: Asked, id: int, back: str = "") -> Document | None:
    """When a briefing was withdrawn; None where it was not."""
    at = await asked.desk.withdrawn(id)
    if at is None:
        return None
    said = asked.texts.gettext("Briefing #{number} was withdrawn on {date}.")
    line = fill(said, number=str(id), date=Moment(at, asked.texts.date(at.date())))
    buttons = ((Button(asked.texts.gettext("‹ Back to the list"), back),),) if back else ()
    return Document((paragraph(*line),), buttons, rtl=asked.texts.rtl)


def lists(press: Press) -> str:
    """What leads back: only to a list, for data is what a client sends, whoever wrote it."""
    back = read_press(press.back)
    return press.back if back is not None and back.view in _LISTS and not back.back else ""


VIEWS: dict[str, View] = {compose.BRIEFING: show_briefing, compose.CONTEXT: show_context, SAVE: save}
