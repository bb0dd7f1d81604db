"""Pure: sources and notices → documents, for the admin."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import IntEnum

from handlers.compose import BRIEFING
from handlers.corrections import CORRECT
from handlers.document import (
    Asks,
    Block,
    Bold,
    Button,
    Buttons,
    Document,
    Heading,
    Inline,
    Inlines,
    Italic,
    Link,
    Moment,
    Paragraph,
    linkable,
    paragraph,
    rows,
    visible,
)
from handlers.press import Press
from handlers.reasons import notice, reason
from handlers.texts import NN_, Texts, fill
from handlers.turning import turned
from summaries.intake.urls import host_of
from summaries.models import UNKNOWN_LANGUAGE, Notice, Source

SOURCES, SOURCE, CHECK, PAUSE = "p", "o", "k", "q"
RENAME, TAGS, LABELS, REMOVE, REALLY = "e", "t", "y", "r", "z"
READ = "m"
"""The views that buttons lead to; all but `SOURCES` and `READ` carry the id of a source."""

ADD_SUGGESTED, DECLINE = "ga", "gd"
"""The views under what a reader suggested; each carries the id of its notice."""

PAGE = 8
FEW_PAGES = 5
"""With fewer pages than this it cannot be told whether a source's pages can be read."""


class State(IntEnum):
    """How a source is, the worst first."""

    FAILING = 0
    UNREADABLE = 1
    PAUSED = 2
    NEW = 3
    WELL = 4


_STATES = {
    State.FAILING: NN_("{count} failing", "{count} failing"),
    State.UNREADABLE: NN_("{count} with pages that cannot be read", "{count} with pages that cannot be read"),
    State.PAUSED: NN_("{count} paused", "{count} paused"),
    State.NEW: NN_("{count} not checked yet", "{count} not checked yet"),
    State.WELL: NN_("{count} well", "{count} well"),
}


def state_of(source: Source) -> State:
    health = source.health
    if source.paused:
        return State.PAUSED
    if health.reason:
        return State.FAILING
    if health.pages_tried >= FEW_PAGES and 2 * health.pages_read < health.pages_tried:
        return State.UNREADABLE
    return State.WELL if health.last_success else State.NEW


def by_health(sources: Iterable[Source]) -> list[Source]:
    """Those that need somebody first."""
    return sorted(sources, key=lambda source: (state_of(source), -source.health.failures, source.id))


def name_of(source: Source) -> str:
    return source.name if visible(source.name) else source.url


# --- the list


def listing(ordered: Sequence[Source], texts: Texts, offset: int = 0) -> Document:
    """A page of the sources, which come in the order of `by_health`."""
    page = ordered[offset : offset + PAGE]
    total = texts.ngettext("{count} source", "{count} sources", len(ordered))
    blocks: list[Block] = [Heading((total,)), paragraph(_counts(ordered, texts))]
    blocks += [Paragraph((_numbered(source), state_line(source, texts))) for source in page]
    here = Press(SOURCES, (offset,)).data
    openers = rows(Button(f"#{source.id}", Press(SOURCE, (source.id,), back=here).data) for source in page)
    return Document(
        tuple(blocks), (*openers, *rows(turned(Press(SOURCES, ()), offset, PAGE, len(ordered), texts))), rtl=texts.rtl
    )


def _counts(sources: Sequence[Source], texts: Texts) -> str:
    states = [state_of(source) for source in sources]
    there = [(state, states.count(state)) for state in State if state in states]
    return " · ".join(texts.ngettext(*_STATES[state], count) for state, count in there)


def _numbered(source: Source) -> Inlines:
    return (f"#{source.id} ", Bold((_linked(name_of(source), source.site or source.url),)))


def _linked(text: str, url: str) -> Inline:
    return Link((text,), url) if linkable(url) else text


def state_line(source: Source, texts: Texts) -> Inlines:
    health = source.health
    match state_of(source):
        case State.PAUSED:
            return (texts.gettext("paused"),)
        case State.FAILING:
            failures = texts.ngettext("{count} failure in a row", "{count} failures in a row", health.failures)
            return (failures, " · ", reason(health.reason, texts))
        case State.UNREADABLE:
            return (_share(source, texts),)
        case State.NEW:
            return (texts.gettext("not checked yet"),)
        case State.WELL:
            return fill(texts.gettext("well · checked {when}"), when=_ago(health.last_success, texts))


# --- one source


def one(source: Source, texts: Texts, *, kept: int, back: str = "", note: str = "") -> Document:
    """A source: how it is and what it brought. `kept` are its articles of the last 30 days."""
    blocks: list[Block] = [paragraph(Italic((note,)))] if note else []
    blocks += [Heading((f"#{source.id} ", name_of(source))), Paragraph(tuple(_identity(source, texts)))]
    blocks.append(Paragraph(tuple(_health(source, texts, kept))))
    return Document(tuple(blocks), _actions(source, texts, back), rtl=texts.rtl)


def _identity(source: Source, texts: Texts) -> Iterable[Inlines]:
    yield (_linked(source.url, source.url),)
    if source.site and source.site != source.url:
        yield fill(texts.gettext("Site: {site}"), site=_linked(source.site, source.site))
    if source.language and source.language != UNKNOWN_LANGUAGE:
        yield fill(texts.gettext("Language: {language}"), language=texts.language_name(source.language))
    if source.credentials:
        yield fill(texts.gettext("Credentials: of {variable}"), variable=source.credentials)
    if source.tags:
        yield fill(texts.gettext("Tags: {tags}"), tags=tags_of(source))
    if source.labels:
        yield fill(texts.gettext("Labels: {labels}"), labels=labels_of(source))


def tags_of(source: Source) -> str:
    return " ".join(f"#{tag}" for tag in source.tags)


def labels_of(source: Source) -> str:
    return ", ".join(f"{key}={value}" for key, value in source.labels.items())


def _health(source: Source, texts: Texts, kept: int) -> Iterable[Inlines]:
    health = source.health
    success = _ago(health.last_success, texts)
    yield fill(texts.gettext("Last success: {when}"), when=success or texts.gettext("none yet"))
    if health.reason:
        yield fill(texts.gettext("Last error: {reason}"), reason=reason(health.reason, texts))
        if visible(health.detail):
            yield (Italic((health.detail,)),)
    if health.failures:
        yield (texts.ngettext("{count} failure in a row", "{count} failures in a row", health.failures),)
    yield _next(source, texts)
    if health.cadence:
        yield fill(texts.gettext("Its own pace: a check every {time}"), time=texts.duration(health.cadence))
    yield (texts.ngettext("{count} article kept in 30 days", "{count} articles kept in 30 days", kept),)
    if health.pages_tried:
        yield (_share(source, texts),)


def _next(source: Source, texts: Texts) -> Inlines:
    if source.paused:
        return (Bold((texts.gettext("Paused: it is not checked."),)),)
    if source.health.next_check is None:
        return (texts.gettext("Next check: as soon as its turn comes"),)
    return fill(texts.gettext("Next check: {when}"), when=_ago(source.health.next_check, texts))


def _share(source: Source, texts: Texts) -> str:
    health = source.health
    return texts.gettext(
        "The text of {share} of its pages could be read ({read} of {tried})",
        share=texts.percent(health.pages_read / health.pages_tried),
        read=texts.number(health.pages_read),
        tried=texts.number(health.pages_tried),
    )


def _ago(at: datetime | None, texts: Texts) -> Inline:
    return Moment(at, texts.moment(at), "r") if at else ""


def _actions(source: Source, texts: Texts, back: str) -> Buttons:
    def button(label: str, view: str, *more: int) -> Button:
        return Button(label, Press(view, (source.id, *more), back=back).data)

    resume = button(texts.gettext("Resume"), PAUSE, 0) if source.paused else button(texts.gettext("Pause"), PAUSE, 1)
    first = (button(texts.gettext("Check now"), CHECK), resume, button(texts.gettext("Remove"), REMOVE))
    names = (texts.gettext("Rename"), RENAME), (texts.gettext("Tags"), TAGS), (texts.gettext("Labels"), LABELS)
    lead = ((Button(texts.gettext("‹ Back to the list"), back),),) if back else ()
    return (first, tuple(button(label, view) for label, view in names), *lead)


def removal(source: Source, texts: Texts, *, back: str = "") -> Document:
    """The question before it is done."""
    said = texts.gettext("Remove {name}? It is no longer followed. The briefings that it brought stay.")
    yes = Button(texts.gettext("Yes, remove it"), Press(REALLY, (source.id,), back=back).data)
    no = Button(texts.gettext("Keep it"), Press(SOURCE, (source.id,), back=back).data)
    return Document((paragraph(*fill(said, name=name_of(source))),), ((yes, no),), rtl=texts.rtl)


def removed(source: Source, texts: Texts, *, back: str = "") -> Document:
    said = texts.gettext("{name} is removed. The briefings that it brought stay.")
    lead = ((Button(texts.gettext("‹ Back to the list"), back),),) if back else ()
    return Document((paragraph(*fill(said, name=name_of(source))),), lead, rtl=texts.rtl)


# --- questions that are answered by a reply


def ask_name(source: Source, texts: Texts) -> Document:
    said = texts.gettext("What is {name} to be called? Reply with the new name.")
    return _ask(source, texts, RENAME, said, texts.gettext("The new name"), "name NAME")


def ask_tags(source: Source, texts: Texts) -> Document:
    said = texts.gettext("Which tags is {name} to have? Reply with all of them, a space between; - for none.")
    return _ask(source, texts, TAGS, said, texts.gettext("harbour valley"), "tags harbour valley", tags_of(source))


def ask_labels(source: Source, texts: Texts) -> Document:
    said = texts.gettext("What else is known of {name}? Reply with labels, a comma between; - for none.")
    example = texts.gettext("country=Tarn, ownership=public")
    return _ask(source, texts, LABELS, said, example, "labels country=Tarn", labels_of(source))


def _ask(source: Source, texts: Texts, view: str, said: str, placeholder: str, command: str, now: str = "") -> Document:
    lines = [fill(said, name=name_of(source))]
    if now:
        lines.append(fill(texts.gettext("Now: {value}"), value=now))
    lines.append(fill(texts.gettext("Or send: {command}"), command=f"/source {source.id} {command}"))
    return Document((Paragraph(tuple(lines)),), rtl=texts.rtl, asks=Asks(Press(view, (source.id,)).data, placeholder))


# --- notices


def notices(page: Sequence[Notice], total: int, texts: Texts) -> Document:
    """The newest unread ones, one for each cause."""
    blocks: list[Block] = [Heading((texts.ngettext("{count} notice", "{count} notices", total),))]
    blocks += [Paragraph((notice(told, texts), *_words(told), _often(told, texts))) for told in page]
    about = dict.fromkeys(int(told.values["source"]) for told in page if "source" in told.values)
    openers = rows(Button(f"#{id}", Press(SOURCE, (id,)).data) for id in about)
    decided = ((Button(label, data) for label, data in decisions(told, texts)) for told in page)
    openers = (*openers, *(row for each in decided if (row := tuple(each))))
    first, last = milliseconds(page[-1].last), milliseconds(page[0].last)
    label = texts.gettext("Mark as read") if len(page) == total else texts.gettext("Mark these as read")
    return Document(tuple(blocks), (*openers, (Button(label, Press(READ, (first, last)).data),)), rtl=texts.rtl)


def _words(told: Notice) -> tuple[Inlines, ...]:
    """What a reader wrote, in their own words."""
    words = told.values.get("words", "")
    return (("“", words, "” – ", told.values["by"]),) if words else ()


def decisions(told: Notice, texts: Texts) -> tuple[tuple[str, str], ...]:
    """Labels and data of the buttons of a notice that is about no source."""
    match told.code:
        case "report":
            number = told.values["briefing"]
            look = texts.gettext("Briefing #{number}", number=number)
            correct = texts.gettext("Correct #{number}", number=number)
            return ((look, Press(BRIEFING, (int(number),)).data), (correct, Press(CORRECT, (int(number),)).data))
        case "suggested":
            look = texts.gettext("Look at {host}", host=host_of(told.values["url"]))
            decline = texts.gettext("Decline")
            return ((look, Press(ADD_SUGGESTED, (told.id,)).data), (decline, Press(DECLINE, (told.id,)).data))
    return ()


def _often(told: Notice, texts: Texts) -> Inlines:
    when = _ago(told.last, texts)
    if told.count == 1:
        return (when,)
    times = texts.ngettext("{count} time, last {when}", "{count} times, last {when}", told.count, when="{when}")
    return fill(times, when=when)


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)
