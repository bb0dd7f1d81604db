"""Pure: sources on their way into the desk → documents: what is being looked at, what was found, what was imported."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.document import (
    Block,
    Button,
    Buttons,
    Document,
    Heading,
    Inline,
    Inlines,
    Italic,
    Items,
    Link,
    Moment,
    Paragraph,
    linkable,
    paragraph,
    rows,
    visible,
)
from handlers.press import Press
from handlers.reasons import reason
from handlers.texts import Texts, fill
from summaries.models import UNKNOWN_LANGUAGE
from summaries.scout import Prospect, Step

ADD, NEXT, CANCEL = "a", "i", "x"
"""The views of a preview's buttons; each carries the id of its draft."""

LISTED = 10
"""Refused addresses of an import that are named; the others are counted."""


@dataclass(frozen=True)
class Preview:
    """A prospect that waits for somebody's word. `others` are the site's other feeds, in the order to be shown."""

    prospect: Prospect
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Imported:
    """What became of a list. `refused` are its addresses that cannot be followed, with the reason."""

    added: int = 0
    known: int = 0
    refused: tuple[tuple[str, str], ...] = ()


def looking(step: Step, texts: Texts) -> Document:
    """How far a preview is."""
    said = {
        "fetching": texts.gettext("Finding the feed of {url} …"),
        "reading": texts.gettext("Reading {url} …"),
        "trying": texts.gettext("Looking for a feed at {url} …"),
    }
    return Document((paragraph(*fill(said[step.doing], url=presentable(step.url))),), rtl=texts.rtl)


def preview(found: Preview, texts: Texts, draft: int | None = None, note: str = "") -> Document:
    """What an address leads to. With the id of a draft there are buttons that decide on it."""
    match found.prospect.kind:
        case "feed":
            blocks, label = _feed(found, texts), texts.gettext("Add")
        case "page":
            blocks, label = _page(found.prospect, texts), texts.gettext("Take it once")
        case "nothing":
            return nothing(found.prospect, texts)
    if note:
        blocks.append(paragraph(Italic((note,))))
    return Document(tuple(blocks), _decisions(found, texts, draft, label) if draft else (), rtl=texts.rtl)


def _decisions(found: Preview, texts: Texts, draft: int, label: str) -> Buttons:
    buttons = [Button(label, Press(ADD, (draft,)).data)]
    if found.others:
        buttons.append(Button(texts.gettext("Not this one"), Press(NEXT, (draft,)).data))
    buttons.append(Button(texts.gettext("Cancel"), Press(CANCEL, (draft,)).data))
    return rows(buttons)


def _feed(found: Preview, texts: Texts) -> list[Block]:
    prospect = found.prospect
    name = prospect.name if visible(prospect.name) else prospect.url
    lines: list[Inlines] = [_linked(prospect.url), (_entries(prospect, texts),)]
    if prospect.newest:
        lines.append(_newest(prospect, texts))
    if prospect.language and prospect.language != UNKNOWN_LANGUAGE:
        lines.append(fill(texts.gettext("Language: {language}"), language=texts.language_name(prospect.language)))
    if found.others:
        count = len(found.others)
        lines.append((texts.ngettext("{count} other feed of this site", "{count} other feeds of this site", count),))
    return [Heading((name,)), Paragraph(tuple(lines))]


def _entries(prospect: Prospect, texts: Texts) -> str:
    if not prospect.entries:
        return texts.gettext("A feed, with nothing in it yet")
    count = texts.ngettext("{count} entry", "{count} entries", prospect.entries)
    if prospect.full_text == prospect.entries:
        return texts.gettext("{entries}, all with their full text", entries=count)
    if not prospect.full_text:
        return texts.gettext("{entries}, their text is read from the pages", entries=count)
    full = texts.number(prospect.full_text)
    return texts.gettext("{entries}, {full} of them with their full text", entries=count, full=full)


def _newest(prospect: Prospect, texts: Texts) -> Inlines:
    if prospect.newest_date is None:
        return fill(texts.gettext("Newest: “{title}”"), title=prospect.newest)
    when = Moment(prospect.newest_date, texts.date(prospect.newest_date.date()), "D")
    return fill(texts.gettext("Newest: “{title}”, {date}"), title=prospect.newest, date=when)


def _page(prospect: Prospect, texts: Texts) -> list[Block]:
    said = texts.gettext("This page has no feed, so it cannot be followed. It can be taken once, as an article.")
    title = prospect.newest or prospect.name
    head: list[Block] = [Heading((title,))] if visible(title) else []
    return [*head, paragraph(*_linked(prospect.url)), paragraph(said)]


def nothing(prospect: Prospect, texts: Texts) -> Document:
    blocks: list[Block] = [
        paragraph(*fill(texts.gettext("There is nothing to follow at {url}"), url=presentable(prospect.url))),
        paragraph(reason(prospect.reason, texts)),
    ]
    if visible(prospect.detail):
        blocks.append(paragraph(prospect.detail))
    return Document(tuple(blocks), rtl=texts.rtl)


def presentable(url: str) -> str:
    """Without the user and password that people paste with an address: others may read the chat."""
    return re.sub(r"(?<=//)[^/?#]*@", "…@", url)


def _linked(url: str) -> Inlines:
    text: Inline = Link((url,), url) if linkable(url) else url
    return (text,)


def importing(done: int, total: int, texts: Texts) -> Document:
    said = texts.gettext("Importing: {done} of {total} …", done=texts.number(done), total=texts.number(total))
    return Document((paragraph(said),), rtl=texts.rtl)


def imported(tally: Imported, texts: Texts) -> Document:
    """Each number, and the refused addresses with their reasons."""
    counts = (
        texts.ngettext("{count} source added", "{count} sources added", tally.added),
        texts.ngettext("{count} known already", "{count} known already", tally.known),
        texts.ngettext("{count} refused", "{count} refused", len(tally.refused)),
    )
    blocks: list[Block] = [Paragraph(tuple((count,) for count in counts))]
    if tally.refused:
        blocks.append(Items(_refusals(tally.refused, texts)))
    if tally.added:
        blocks.append(paragraph(texts.gettext("They are checked one after the other. /sources says how they are.")))
    return Document(tuple(blocks), rtl=texts.rtl)


def _refusals(refused: Sequence[tuple[str, str]], texts: Texts) -> tuple[Inlines, ...]:
    named: list[Inlines] = [fill("{url}: {why}", url=presentable(url), why=why) for url, why in refused[:LISTED]]
    if len(refused) > LISTED:
        named.append((texts.ngettext("and {count} more", "and {count} more", len(refused) - LISTED),))
    return tuple(named)
