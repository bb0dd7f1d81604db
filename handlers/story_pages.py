"""Pure: a story, and what is moving → documents. Every sentence is some article's own, with its outlet beside it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from handlers import compose
from handlers.compose import BRIEFING, about, linked, numbered, title
from handlers.document import (
    Block,
    Bold,
    Button,
    Buttons,
    Document,
    Heading,
    Inline,
    Inlines,
    Italic,
    Moment,
    Paragraph,
    Passage,
    Picture,
    paragraph,
    rows,
    visible,
)
from handlers.press import Press
from handlers.texts import Texts, fill
from handlers.turning import turned
from summaries.models import Briefing
from summaries.storyline import StoryView
from summaries.threads.timeline import Point, Timeline

STORY, ARTICLES, VOICES, BALANCE, WHY = "st", "sa", "sw", "sb", "sy"
NEWS, MORE_NEWS, MOVING, SINCE = "sn", "sm", "so", "sg"
JOIN, REALLY_JOIN, CHOOSE, SPLIT, REALLY_SPLIT = "sj", "sk", "sc", "sx", "sz"
"""The views that buttons lead to."""

LISTS = frozenset({STORY, ARTICLES, NEWS, MORE_NEWS, MOVING, SINCE})
"""Those from which a briefing can be opened."""

PAGE = 5
"""Articles on a page."""
MOST = 200
"""Stories of a list that can be leafed through."""
UNDATED = 5
"""Undated articles that are named under a timeline."""


@dataclass(frozen=True)
class Looked:
    """A look at a story `now`, whose reader knows what was there at `since`; None for one who looks the first time."""

    since: datetime | None
    now: datetime


def millis(at: datetime | None) -> int:
    """As a button carries an instant; 0 for none."""
    return int(at.timestamp() * 1000) if at else 0


def at_millis(milliseconds: int) -> datetime:
    """The instant that a button carries; what nobody could have put there is the year 1970."""
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)


def story(
    view: StoryView,
    times: Timeline,
    looked: Looked,
    texts: Texts,
    *,
    picture: bytes = b"",
    note: str = "",
    admin: bool = False,
    balance: bool = False,
    back: str = "",
) -> Document:
    """Name, measure and timeline. `picture` is a PNG of its volume; `balance` says that there are labels to compare."""
    known = {briefing.id: briefing for briefing in view.briefings}
    blocks: list[Block] = [Heading((Passage((name_of(view, texts),)),)), Paragraph(tuple(measure(view, texts)))]
    if note:
        blocks.append(paragraph(Italic((note,))))
    points = [point for point in times.points if point.id in known]
    blocks += [_point(number, point, known[point.id], texts) for number, point in enumerate(points, start=1)]
    blocks += _undated([known[id] for id in times.undated if id in known], texts)
    buttons = _under(view, looked, texts, admin=admin, balance=balance)
    here = Press(STORY, (view.id,)).data
    openers = compose.openers((known[id] for id in dict.fromkeys(point.id for point in points)), here)
    shown = Picture(picture, alt(view, texts)) if picture else None
    under = (*buttons, *openers, *_back(back, texts))
    page = compose.as_page(Press(STORY, (view.id,), back=back), texts)
    return Document(tuple(blocks), under, rtl=texts.rtl, picture=shown, page=page)


def name_of(view: StoryView, texts: Texts) -> str:
    return view.name if visible(view.name) else texts.gettext("(without a headline)")


def measure(view: StoryView, texts: Texts) -> Iterator[Inlines]:
    """Articles · outlets · first and last day · number; then how many others only printed copies."""
    yield (
        " · ".join((size(len(view.briefings), len(view.outlets), texts), *_days(view, texts), _number(view, texts))),
    )
    if copying := copiers(view):
        yield (texts.ngettext("{count} more outlet printed copies", "{count} more outlets printed copies", copying),)


def size(articles: int, outlets: int, texts: Texts) -> str:
    said = texts.ngettext("{count} article", "{count} articles", articles)
    if not outlets:
        return said
    return " · ".join((said, texts.ngettext("{count} outlet", "{count} outlets", outlets)))


def copiers(view: StoryView) -> int:
    """Outlets that have nothing in the story but the words of others."""
    others = {name for briefing in view.briefings for name in compose.also_in(briefing)}
    return len(others - set(view.outlets))


def _days(view: StoryView, texts: Texts) -> Iterator[str]:
    if view.first and view.last:
        first, last = texts.date(view.first.date()), texts.date(view.last.date())
        yield first if first == last else texts.gettext("{first} to {last}", first=first, last=last)


def _number(view: StoryView, texts: Texts) -> str:
    return texts.gettext("story {number}", number=str(view.id))


def alt(view: StoryView, texts: Texts) -> str:
    """The picture's caption."""
    return texts.gettext("Articles over time; the numbers mark the turning points")


def _point(number: int, point: Point, told: Briefing, texts: Texts) -> Block:
    day = texts.month(point.day) if point.precision == "month" else texts.date(point.day)
    head = (Bold((f"{number}. {day}",)), *_beside(told, texts))
    return Paragraph((head, (Passage((point.sentence,)),)))


def _beside(told: Briefing, texts: Texts) -> Inlines:
    """Who said it, in which kind of text, and the number to open it by."""
    kind = texts.gettext(compose.KINDS[told.kind])
    return (" · ", *outlet(told, texts), f" · {kind} · #{told.id}")


def outlet(told: Briefing, texts: Texts) -> Inlines:
    name = compose.outlet_of(told)
    return (linked(name if visible(name) else texts.gettext("unknown outlet"), told),)


def _undated(undated: Sequence[Briefing], texts: Texts) -> Iterator[Block]:
    if undated:
        head: Inlines = (Bold((texts.gettext("Undated"),)),)
        lines = [numbered(told, (title(told, texts),)) for told in undated[:UNDATED]]
        more = len(undated) - UNDATED
        rest = [(texts.ngettext("and {count} more", "and {count} more", more),)] if more > 0 else []
        yield Paragraph((head, *lines, *rest))


def _under(view: StoryView, looked: Looked, texts: Texts, *, admin: bool, balance: bool) -> Buttons:
    new = sum(1 for told in view.briefings if looked.since and told.received and told.received > looked.since)
    label = texts.gettext("Since I last looked")
    since = Button(
        f"{label} ({texts.number(new)})" if new else label,
        Press(NEWS, (view.id, millis(looked.since), millis(looked.now))).data,
    )
    others = [
        Button(texts.gettext("Who says what"), Press(VOICES, (view.id, 0)).data),
        Button(texts.gettext("Articles"), Press(ARTICLES, (view.id, 0)).data),
    ]
    if balance:
        others.append(Button(texts.gettext("Balance"), Press(BALANCE, (view.id,)).data))
    return ((since,), *rows(others, width=3), *(_mending(view, texts) if admin else ()))


def _mending(view: StoryView, texts: Texts) -> Buttons:
    join = Button(texts.gettext("Join"), Press(JOIN, (view.id,)).data)
    split = Button(texts.gettext("Split"), Press(CHOOSE, (view.id, 0)).data)
    return ((join, split),) if len(view.briefings) > 1 else ((join,),)


def _back(back: str, texts: Texts) -> Buttons:
    return ((Button(texts.gettext("‹ Back"), back),),) if back else ()


def to_story(id: int, texts: Texts) -> Button:
    return Button(texts.gettext("‹ Story"), Press(STORY, (id,)).data)


# --- its articles


def articles(view: StoryView, texts: Texts, *, offset: int) -> Document:
    """A page of them, the last published first, those without a date last."""
    page = _page(view, offset)
    blocks = (Heading((Passage((name_of(view, texts),)),)), *_listing(view, page, offset, texts))
    here = Press(ARTICLES, (view.id, offset))
    buttons = (*compose.openers(page, here.data), *_around(view, ARTICLES, offset, texts))
    return Document(blocks, buttons, rtl=texts.rtl, page=compose.as_page(here, texts))


def to_split(view: StoryView, texts: Texts, *, offset: int) -> Document:
    """The same page, of which the admin takes one out."""
    page = _page(view, offset)
    ask = texts.gettext("Which article is to be a story of its own?")
    choices = rows(Button(f"#{told.id}", Press(SPLIT, (told.id,)).data) for told in page)
    blocks = (Heading((ask,)), *_listing(view, page, offset, texts))
    return Document(blocks, (*choices, *_around(view, CHOOSE, offset, texts)), rtl=texts.rtl)


def _page(view: StoryView, offset: int) -> list[Briefing]:
    ordered = [told for told in reversed(view.briefings) if told.published] + list(view.undated)
    return ordered[offset : offset + PAGE]


def _listing(view: StoryView, page: Sequence[Briefing], offset: int, texts: Texts) -> Iterator[Block]:
    yield Paragraph((_range(offset, page, view, texts),))
    for told in page:
        if told.published is None and (told is page[0] or told is view.undated[0]):
            yield Heading((texts.gettext("Undated"),), level=3)
        yield compose.entry(told, texts)


def _around(view: StoryView, to: str, offset: int, texts: Texts) -> Buttons:
    turns = turned(Press(to, (view.id,)), offset, PAGE, len(view.briefings), texts)
    return (*rows(turns), (to_story(view.id, texts),))


def _range(offset: int, page: Sequence[Briefing], view: StoryView, texts: Texts) -> Inlines:
    first, last = texts.number(offset + 1), texts.number(offset + len(page))
    parts = (
        size(len(view.briefings), len(view.outlets), texts),
        texts.gettext("{first} to {last}", first=first, last=last),
    )
    return (Italic((" · ".join(parts),)),)


# --- which story, where words fit several


def choice(views: Sequence[StoryView], texts: Texts, *, words: str) -> Document:
    said = texts.ngettext(
        "“{words}” is in {count} story", "“{words}” is in {count} stories", len(views), words="{words}"
    )
    blocks: list[Block] = [Heading(fill(said, words=words))]
    blocks += [listed(number, view, (), texts) for number, view in enumerate(views, start=1)]
    return Document(tuple(blocks), openers(enumerate(views, start=1)), rtl=texts.rtl)


def listed(number: int, view: StoryView, lately: Inlines, texts: Texts) -> Block:
    """A story in a list; `lately` says what it is there for."""
    lines = [(Bold((f"{number}. ", Passage((name_of(view, texts),)))),), next(measure(view, texts))]
    return Paragraph((*lines, lately) if lately else tuple(lines))


def openers(views: Iterable[tuple[int, StoryView]], back: str = "") -> Buttons:
    return rows((Button(str(number), Press(STORY, (view.id,), back=back).data) for number, view in views), width=5)


# --- what joined an article


def why(told: Briefing, view: StoryView, texts: Texts, *, back: str) -> Document:
    blocks: list[Block] = [Heading((title(told, texts),)), paragraph(*_joined_by(told, view, texts))]
    first = min(view.briefings, key=lambda one: one.id)
    if first.id != told.id:
        blocks.append(Paragraph(((Italic((texts.gettext("The story began here with"),)),), *_lines(first, texts))))
    lead = [Button(texts.gettext("‹ Briefing"), Press(BRIEFING, (told.id,), back=back).data), to_story(view.id, texts)]
    return Document(tuple(blocks), (tuple(lead),), rtl=texts.rtl)


def _lines(told: Briefing, texts: Texts) -> tuple[Inlines, ...]:
    return numbered(told, (title(told, texts),)), about(told, texts, short=True)


def _joined_by(told: Briefing, view: StoryView, texts: Texts) -> Inlines:
    if told.why:
        parts: list[Inline] = []
        for word in told.why:
            parts += [", ", Bold((word,))] if parts else [Bold((word,))]
        return fill(texts.gettext("These words joined it to what was there: {words}"), words=Passage(tuple(parts)))
    if told.id == min(one.id for one in view.briefings):
        return (texts.gettext("It is the first article of its story here. The others joined it."),)
    return (texts.gettext("No words of its own joined it: an admin did, or names that it shares across languages."),)


def moment(at: datetime, texts: Texts) -> Moment:
    return Moment(at, texts.moment(at), "dt")
