"""Pure: what is new in a story, and in all of them → documents. "Then … now …" where a number or an outcome changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers import compose, story_pages
from handlers.document import (
    Block,
    Bold,
    Button,
    Buttons,
    Document,
    Heading,
    Inlines,
    Italic,
    Paragraph,
    Passage,
    Table,
    paragraph,
    rows,
)
from handlers.press import Press
from handlers.story_pages import MORE_NEWS, MOVING, SINCE, millis, moment, to_story
from handlers.texts import Texts, fill
from handlers.turning import turned
from summaries.models import Briefing
from summaries.storyline import Moving, StoryView
from summaries.threads.changes import Change, Statement
from summaries.threads.facts import plain_number

PAGE = 5
"""Statements on a page of a story's news."""
SHOWN = 3
"""Statements of one story among the news of all."""


def news(view: StoryView, changes: Sequence[Change], since: datetime, texts: Texts, *, offset: int) -> Document:
    """A page of what is new in a story."""
    came = [told for told in view.briefings if told.received and told.received > since]
    blocks: list[Block] = [
        Heading((Passage((story_pages.name_of(view, texts),)),)),
        paragraph(*fill(texts.gettext("New since {moment}"), moment=moment(since, texts)), *_came(len(came), texts)),
    ]
    if not changes:
        blocks.append(paragraph(_nothing(len(came), texts)))
    page = changes[offset : offset + PAGE]
    known = {told.id: told for told in view.briefings}
    blocks += _statements(page, known, texts)
    here = Press(MORE_NEWS, (view.id, millis(since), offset))
    turns = turned(Press(MORE_NEWS, (view.id, millis(since))), offset, PAGE, len(changes), texts)
    shown = [known[id] for id in dict.fromkeys(change.statement.id for change in page) if id in known]
    buttons = (*compose.openers(shown, here.data), *rows(turns), (to_story(view.id, texts),))
    return Document(tuple(blocks), buttons, rtl=texts.rtl, page=compose.as_page(here, texts))


def _came(count: int, texts: Texts) -> Inlines:
    return (" · ", texts.ngettext("{count} article", "{count} articles", count)) if count else ()


def _nothing(came: int, texts: Texts) -> str:
    if came:
        return texts.gettext("What came since says nothing that was not told before.")
    return texts.gettext("Nothing has come since.")


def _statements(page: Sequence[Change], known: Mapping[int, Briefing], texts: Texts) -> Iterator[Block]:
    """Those that were told in part stand last, under a heading of their own."""
    before = "new"
    for change in page:
        if change.novelty == "partly" != before:
            yield Heading((texts.gettext("Told in part before"),), level=3)
        before = change.novelty
        yield statement(change, known, texts)


def statement(change: Change, known: Mapping[int, Briefing], texts: Texts) -> Block:
    """A new sentence and who printed it; first what was said of the same matter before, where that is another now."""
    now: Inlines = (Passage(marked(change)),)
    if change.then is None:
        return Paragraph((now, (Italic(_source(change.statement, known, texts)),)))
    sources = tuple((Italic(_source(each, known, texts)),) for each in (change.then, change.statement))
    header = ((texts.gettext("Then:"),), (texts.gettext("Now:"),))
    return Table(header, (((Passage((change.then.text,)),), now), sources), by_column=True)


def marked(change: Change) -> Inlines:
    """The sentence with its new numbers bold; dates and names may be written in many ways."""
    text, numbers = change.statement.text, {value for kind, value in change.facts if kind == "number"}
    parts: list[str | Bold] = []
    at = 0
    for start, end in _runs(text):
        if plain_number(text[start:end]) in numbers:
            parts += [text[at:start], Bold((text[start:end],))]
            at = end
    return tuple(part for part in (*parts, text[at:]) if part)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where digits stand together, with the marks between them."""
    start = None
    for place, char in enumerate(f"{text} "):
        inside = char.isdecimal() or (start is not None and char in ".,٫٬" and text[place + 1 : place + 2].isdecimal())
        if inside and start is None:
            start = place
        elif not inside and start is not None:
            yield start, place
            start = None


def _source(said: Statement, known: Mapping[int, Briefing], texts: Texts) -> Inlines:
    told = known.get(said.id)
    day = texts.date(said.when.date())
    return (*story_pages.outlet(told, texts), f" · {day} · #{told.id}") if told else (day,)


# --- across everything


@dataclass(frozen=True)
class Told:
    """A story among the news: its number on the list, what is new in it, and how much came."""

    number: int
    view: StoryView
    changes: tuple[Change, ...]
    came: int
    outlets: int


@dataclass(frozen=True)
class Leaf:
    """One page of what came after `since`, of briefings up to `upto`: from number `offset` of `total` stories on."""

    since: datetime
    upto: int
    offset: int
    total: int
    size: int


def everything(told: Sequence[Told], leaf: Leaf, texts: Texts, *, note: str = "") -> Document:
    head = fill(texts.gettext("New since {moment}"), moment=moment(leaf.since, texts))
    stories = texts.ngettext("{count} story", "{count} stories", leaf.total)
    blocks: list[Block] = [Heading(head), paragraph(Italic((" · ".join(filter(None, (stories, note))),)))]
    for one in told:
        blocks += _of_one(one, leaf.since, texts)
    here = Press(SINCE, (millis(leaf.since), leaf.offset, leaf.upto))
    turns = turned(Press(SINCE, (millis(leaf.since),)), leaf.offset, leaf.size, leaf.total, texts, leaf.upto)
    buttons: Buttons = (*_openers(told, leaf, here.data), *rows(turns))
    return Document(tuple(blocks), buttons, rtl=texts.rtl, page=compose.as_page(here, texts))


def nothing(since: datetime, texts: Texts) -> Document:
    said = fill(texts.gettext("Nothing has come since {moment}."), moment=moment(since, texts))
    return Document((paragraph(*said),), rtl=texts.rtl)


def moving(page: Sequence[tuple[Moving, StoryView]], leaf: Leaf, now: datetime, texts: Texts) -> Document:
    """The stories that most outlets told of lately."""
    stories = texts.ngettext("{count} story in {time}", "{count} stories in {time}", leaf.total, time="{time}")
    time = texts.duration((now - leaf.since).total_seconds())
    blocks: list[Block] = [Heading((texts.gettext("Moving now"),)), paragraph(Italic(fill(stories, time=time)))]
    for number, (one, view) in enumerate(page, start=leaf.offset + 1):
        blocks.append(story_pages.listed(number, view, _lately(one, view, texts), texts))
    here = Press(MOVING, (millis(leaf.since), leaf.offset, leaf.upto))
    turns = turned(Press(MOVING, (millis(leaf.since),)), leaf.offset, leaf.size, leaf.total, texts, leaf.upto)
    openers = story_pages.openers(enumerate((view for _, view in page), start=leaf.offset + 1), here.data)
    return Document(tuple(blocks), (*openers, *rows(turns)), rtl=texts.rtl, page=compose.as_page(here, texts))


def _lately(one: Moving, view: StoryView, texts: Texts) -> Inlines:
    """What moved of it, unless that is all there is."""
    if len(one.briefings) == len(view.briefings):
        return ()
    size = story_pages.size(len(one.briefings), len(one.outlets), texts)
    return (Italic((texts.gettext("lately: {size}", size=size),)),)


def _of_one(one: Told, since: datetime, texts: Texts) -> Iterator[Block]:
    size = story_pages.size(one.came, one.outlets, texts)
    whole = one.came == len(one.view.briefings)
    said = texts.gettext("a new story: {size}", size=size) if whole else size
    yield Heading((f"{one.number}. ", Passage((story_pages.name_of(one.view, texts),))), level=2)
    yield Paragraph(((Italic((said,)),),))
    known = {told.id: told for told in one.view.briefings}
    for change in telling(one.changes):
        yield statement(change, known, texts)
    rest = len(one.changes) - SHOWN
    if rest > 0:
        yield paragraph(Italic((texts.ngettext("+ {count} more statement", "+ {count} more statements", rest),)))
    if not one.changes:
        yield paragraph(Italic((texts.gettext("It says nothing that was not told before."),)))


def telling(changes: Sequence[Change]) -> list[Change]:
    """The few that are shown, in their order: what is otherwise now, then the leads of articles, the last first."""
    ranked = sorted(
        changes,
        key=lambda one: (
            one.then is None,
            one.novelty == "partly",
            one.statement.place,
            -one.statement.when.timestamp(),
        ),
    )
    chosen = {id(one) for one in ranked[:SHOWN]}
    return [one for one in changes if id(one) in chosen]


def _openers(told: Sequence[Told], leaf: Leaf, here: str) -> Buttons:
    """To what is new in each; a story all of whose articles came since has a page of its own to show."""
    return rows((_opener(one, leaf, here) for one in told), width=5)


def _opener(one: Told, leaf: Leaf, here: str) -> Button:
    if one.came < len(one.view.briefings):
        return Button(str(one.number), Press(MORE_NEWS, (one.view.id, millis(leaf.since), 0)).data)
    return Button(str(one.number), Press(story_pages.STORY, (one.view.id,), back=here).data)
