"""Pure: what a chat has set → documents with the buttons that change it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from handlers import timetable
from handlers.document import (
    Asks,
    Block,
    Bold,
    Button,
    Buttons,
    Document,
    Heading,
    Inlines,
    Moment,
    Paragraph,
    paragraph,
    rows,
)
from handlers.governed import Governed
from handlers.numbers import number_of
from handlers.press import Press
from handlers.scope import data
from handlers.texts import N_, Texts, fill
from handlers.turning import ON, marked, turned
from summaries.models import Length, Look, Slot, Source, Subscription

PANEL, TIMES, ADD, ASK_TIME, DROP = "ds", "dt", "da", "dy", "dd"
SLOT, DAY = "do", "dp"
ZONE, SET_ZONE, ASK_ZONE = "dz", "dj", "db"
LENGTH, SET_LENGTH, LOOK, SET_LOOK, MOST, SET_MOST = "dl", "dm", "dk", "dc", "dv", "dw"
LANGUAGES, LANGUAGE, SOURCES, SOURCE, TAGS, TAG = "dg", "dh", "dr", "di", "dx", "du"
QUIET, SET_QUIET, ASK_QUIET, PAUSE, SET_PAUSE, ASK_PAUSE = "dq", "de", "df", "tp", "ts", "ta"
FOLLOWS, ASK_FOLLOW, UNFOLLOW, MUTES, ASK_MUTE, UNMUTE, AT_ONCE = "tf", "tg", "th", "tm", "tn", "to", "tq"
UNFOLLOW_STORY = "tr"
UNSUBSCRIBE = "tu"
"""The views; each carries where, and the topic, before ids of its own."""

OFFERED_TIMES = (7 * 60, 8 * 60, 12 * 60, 18 * 60, 20 * 60, 22 * 60)
OFFERED_MOST = (3, 5, 8, 12, 20, 30)
OFFERED_PAUSES = (1, 3, 7, 14, 28)
"""Days."""
OFFERED_QUIET = ((22 * 60, 7 * 60), (23 * 60, 8 * 60), (0, 6 * 60))
LENGTHS: tuple[Length, ...] = ("short", "normal", "long")
LOOKS: tuple[Look, ...] = ("message", "page")
LENGTH_NAMES: dict[Length, str] = {"short": N_("short"), "normal": N_("normal"), "long": N_("long")}
LOOK_NAMES: dict[Look, str] = {"": N_("as the desk has it"), "message": N_("messages"), "page": N_("one page")}
PAGE = 8
OUT = "✕"


def panel(scope: Governed, own: Subscription, texts: Texts, now: datetime, *, due: datetime | None) -> Document:
    """All that is set, and a button for each of it. `due` is when the next digest falls due."""
    blocks: tuple[Block, ...] = (Heading((texts.gettext("Settings"),)), Paragraph(tuple(_set(scope, own, texts, now))))
    if due is not None:
        blocks = (*blocks, paragraph(*next_one(due, own, texts)))
    return Document(blocks, _panel_buttons(scope, own, texts), rtl=texts.rtl)


def next_one(due: datetime, own: Subscription, texts: Texts) -> Inlines:
    return fill(
        texts.gettext("The next digest: {moment}"), moment=Moment(due, timetable.moment(due, own, texts), "wDt")
    )


def _set(scope: Governed, own: Subscription, texts: Texts, now: datetime) -> Iterable[Inlines]:
    none = texts.gettext("none")
    yield _row(texts.gettext("Digest"), timetable.slots(own, texts) or none)
    yield _row(texts.gettext("Zone"), timetable.local_now(own, now, texts))
    if own.paused_until:
        yield _row(texts.gettext("Paused until"), texts.date(own.paused_until))
    yield _row(texts.gettext("Quiet hours"), timetable.quiet(own.quiet, texts) if own.quiet else none)
    yield _row(texts.gettext("Look"), texts.gettext(LOOK_NAMES[scope.chat.look]))
    yield _row(texts.gettext("Length"), texts.gettext(LENGTH_NAMES[own.taste.length]))
    yield from _tastes(own, texts)


def _tastes(own: Subscription, texts: Texts) -> Iterable[Inlines]:
    taste, every = own.taste, texts.gettext("all")
    languages = ", ".join(texts.language_name(code) for code in taste.languages)
    yield _row(texts.gettext("Article languages"), languages or every)
    named = texts.ngettext("{count} source chosen", "{count} sources chosen", len(taste.sources))
    yield _row(texts.gettext("Sources"), _without(named if taste.sources else every, len(taste.not_sources), texts))
    tags = " ".join(f"#{tag}" for tag in taste.tags)
    yield _row(texts.gettext("Tags"), _without(tags or every, len(taste.not_tags), texts))
    if taste.follow or taste.stories:
        words = [*taste.follow]
        if taste.stories:
            words.append(texts.ngettext("{count} story", "{count} stories", len(taste.stories)))
        yield _row(texts.gettext("Followed"), ", ".join(words))
    if taste.mute:
        yield _row(texts.gettext("Muted"), ", ".join(taste.mute))


def _without(what: str, left_out: int, texts: Texts) -> str:
    if not left_out:
        return what
    return texts.ngettext("{what}, {count} left out", "{what}, {count} left out", left_out, what=what)


def _row(label: str, value: str) -> Inlines:
    return (Bold((f"{label}: ",)), value)


def _panel_buttons(scope: Governed, own: Subscription, texts: Texts) -> Buttons:
    def to(label: str, view: str) -> Button:
        return Button(label, data(scope, view))

    first = [to(texts.gettext("Times"), TIMES), to(texts.gettext("Zone"), ZONE), to(texts.gettext("Pause"), PAUSE)]
    second = [to(texts.gettext("Quiet hours"), QUIET), to(texts.gettext("Look"), LOOK)]
    third = [to(texts.gettext("Length"), LENGTH), to(texts.gettext("How many"), MOST)]
    fourth = [to(texts.gettext("Article languages"), LANGUAGES), to(texts.gettext("Sources"), SOURCES)]
    fifth = [to(texts.gettext("Tags"), TAGS), to(texts.gettext("Followed"), FOLLOWS), to(texts.gettext("Muted"), MUTES)]
    last = (to(texts.gettext("Unsubscribe"), UNSUBSCRIBE),) if own.slots else ()
    return tuple(tuple(row) for row in (first, second, third, fourth, fifth, last) if row)


# --- times, days, zone


def times(scope: Governed, own: Subscription, texts: Texts, now: datetime) -> Document:
    said = timetable.slots(own, texts) or texts.gettext("No digest comes yet. At which time of day should it?")
    there = [each.at for each in own.slots]
    slots = [(Button(timetable.slot(each, texts), data(scope, SLOT, each.id)),) for each in timetable.by_time(own)]
    offered = [
        Button(f"+ {timetable.clock(at, texts)}", data(scope, ADD, at)) for at in OFFERED_TIMES if at not in there
    ]
    other = [
        Button(texts.gettext("Another time"), data(scope, ASK_TIME)),
        Button(texts.gettext("Zone"), data(scope, ZONE)),
    ]
    zone = _row(texts.gettext("Zone"), timetable.local_now(own, now, texts))
    blocks = (Heading((texts.gettext("Times"),)), Paragraph(((said,), zone)))
    return Document(blocks, (*slots, *rows(offered, width=3), tuple(other), _back(scope, texts)), rtl=texts.rtl)


def slot(scope: Governed, found: Slot, texts: Texts) -> Document:
    """One time of day, and its days."""
    days = [
        Button(marked(name, bool(found.days >> day & 1)), data(scope, DAY, found.id, day))
        for day in range(7)
        for name in (timetable.day_name(day, texts),)
    ]
    buttons = (
        *rows(days, width=4),
        (Button(texts.gettext("Remove this time"), data(scope, DROP, found.id)),),
        _back(scope, texts, TIMES, texts.gettext("‹ Times")),
    )
    return Document((Heading((timetable.slot(found, texts),)),), buttons, rtl=texts.rtl)


def zones(
    scope: Governed, own: Subscription, texts: Texts, now: datetime, offered: Sequence[tuple[int, str]]
) -> Document:
    """`offered` are zones by the numbers that `SET_ZONE` knows them by."""
    said = texts.gettext("Times of day are those of this place.")
    blocks = (Heading((texts.gettext("Zone"),)), Paragraph(((timetable.local_now(own, now, texts),), (said,))))
    buttons = rows((Button(name, data(scope, SET_ZONE, number)) for number, name in offered), width=3)
    other = (Button(texts.gettext("Another city or zone"), data(scope, ASK_ZONE)),)
    return Document(blocks, (*buttons, other, _back(scope, texts)), rtl=texts.rtl)


def asking(scope: Governed, view: str, question: str, example: str, texts: Texts) -> Document:
    """A question whose reply goes to `view`."""
    return Document((paragraph(question),), asks=Asks(data(scope, view), example), rtl=texts.rtl)


# --- one of several


def choices(
    scope: Governed, title: str, said: str, offered: Iterable[tuple[str, bool]], view: str, texts: Texts
) -> Document:
    """One button for each choice, by its place; the one that holds is marked."""
    buttons = rows(
        (Button(marked(name, on), data(scope, view, place)) for place, (name, on) in enumerate(offered)),
        width=3,
    )
    return Document((Heading((title,)), paragraph(said)), (*buttons, _back(scope, texts)), rtl=texts.rtl)


def quiet(scope: Governed, own: Subscription, texts: Texts) -> Document:
    said = texts.gettext("What falls due in quiet hours comes when they end.")
    state = timetable.quiet(own.quiet, texts) if own.quiet else texts.gettext("none")
    offered = [
        Button(f"{timetable.clock(start, texts)}–{timetable.clock(end, texts)}", data(scope, SET_QUIET, start, end))
        for start, end in OFFERED_QUIET
    ]
    other = [Button(texts.gettext("Other hours"), data(scope, ASK_QUIET))]
    if own.quiet:
        other.append(Button(texts.gettext("None"), data(scope, SET_QUIET, 0, 0)))
    blocks = (Heading((texts.gettext("Quiet hours"),)), Paragraph(((state,), (said,))))
    return Document(blocks, (*rows(offered, width=3), tuple(other), _back(scope, texts)), rtl=texts.rtl)


def pause(scope: Governed, own: Subscription, texts: Texts) -> Document:
    said = texts.gettext("Until then no digest comes. What was new meanwhile is in the first one after it.")
    state = texts.date(own.paused_until) if own.paused_until else texts.gettext("not paused")
    offered = [
        Button(texts.duration(timedelta(days=days).total_seconds()), data(scope, SET_PAUSE, days))
        for days in OFFERED_PAUSES
    ]
    other = [Button(texts.gettext("Until a date"), data(scope, ASK_PAUSE))]
    if own.paused_until:
        other.append(Button(texts.gettext("Go on"), data(scope, SET_PAUSE, 0)))
    blocks = (Heading((texts.gettext("Pause"),)), Paragraph(((state,), (said,))))
    return Document(blocks, (*rows(offered, width=3), tuple(other), _back(scope, texts)), rtl=texts.rtl)


# --- what is wanted


def languages(scope: Governed, own: Subscription, texts: Texts, there: Iterable[str]) -> Document:
    """`there` are the codes of the languages that the desk has articles in."""
    wanted = own.taste.languages
    offered = [
        Button(marked(texts.language_name(code), code in wanted), data(scope, LANGUAGE, int(code, 36)))
        for code in sorted({*there, *wanted})
    ]
    said = texts.gettext("Only the marked ones are in digests; all, where none is marked.")
    blocks = (Heading((texts.gettext("Article languages"),)), paragraph(said))
    return Document(blocks, (*rows(offered, width=3), _back(scope, texts)), rtl=texts.rtl)


def sources(scope: Governed, own: Subscription, texts: Texts, there: Sequence[Source], offset: int) -> Document:
    """A page of the desk's sources, with what is said of each."""
    page = there[offset : offset + PAGE]
    taste = own.taste
    sources = [
        Button(
            _said(source.name or source.url, source.id, taste.sources, taste.not_sources),
            data(scope, SOURCE, source.id, offset),
        )
        for source in page
    ]
    turns = turned(Press(SOURCES, (scope.number, scope.topic)), offset, PAGE, len(there), texts)
    blocks = (Heading((texts.gettext("Sources"),)), paragraph(_explained(texts)))
    return Document(blocks, (*rows(sources, width=1), *rows(turns), _back(scope, texts)), rtl=texts.rtl)


def tags(scope: Governed, own: Subscription, texts: Texts, there: Iterable[str]) -> Document:
    taste = own.taste
    offered = [
        Button(_said(f"#{tag}", tag, taste.tags, taste.not_tags, name=tag), data(scope, TAG, number_of(tag)))
        for tag in sorted({*there, *taste.tags, *taste.not_tags})
    ][:60]
    said = _explained(texts) if offered else texts.gettext("No source of this desk has a tag.")
    blocks = (Heading((texts.gettext("Tags"),)), paragraph(said))
    return Document(blocks, (*rows(offered, width=3), _back(scope, texts)), rtl=texts.rtl)


def _explained(texts: Texts) -> str:
    return texts.gettext("Tap once for ✓ only these, twice for ✕ never these, three times for neither.")


def _said(label: str, value: object, wanted: Sequence[object], unwanted: Sequence[object], *, name: str = "") -> str:
    if value in wanted:
        return f"{ON} {label}"
    return f"{OUT} {label}" if value in unwanted else label


def subjects(
    scope: Governed, title: str, said: str, words: Sequence[str], texts: Texts, *, ask: str, drop: str,
    more: Sequence[Button] = (),
    rows_more: Sequence[Button] = (),
) -> Document:  # fmt: skip
    """What is followed or muted, with a button to take each away."""
    buttons = rows((Button(f"{OUT} {word}", data(scope, drop, number_of(word))) for word in words), width=2)
    add = Button(texts.gettext("Add words"), data(scope, ask))
    blocks: list[Block] = [Heading((title,)), paragraph(said)]
    taken = rows(rows_more, width=3)
    return Document(tuple(blocks), (*buttons, *taken, (add, *more), _back(scope, texts)), rtl=texts.rtl)


def _back(scope: Governed, texts: Texts, view: str = PANEL, label: str = "") -> tuple[Button, ...]:
    return (Button(label or texts.gettext("‹ Settings"), data(scope, view)),)
