"""Pure: who says what in a story, by outlet; and which of the admin's labels carry it → documents."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers import compose, story_pages
from handlers.document import (
    Block,
    Bold,
    Document,
    Heading,
    Inlines,
    Italic,
    Paragraph,
    Passage,
    Quote,
    Table,
    paragraph,
    rows,
    visible,
)
from handlers.press import Press
from handlers.story_pages import VOICES, to_story
from handlers.texts import N_, Texts, fill
from handlers.turning import turned
from summaries.models import UNKNOWN_LANGUAGE, Briefing, Chosen, Source
from summaries.storyline import StoryView

PAGE = 6
"""Statements on a page."""
OUTLETS = 12
"""Outlets whose statements are counted on a page, those with most articles."""

LANGUAGE = N_("language")


@dataclass(frozen=True)
class Said:
    """A sentence that is known to be somebody's, and the briefing that it stands in."""

    told: Briefing
    chosen: Chosen


def statements(view: StoryView) -> list[Said]:
    """By outlet, those with most articles first; of an outlet the last published first."""
    places = {outlet: place for place, outlet in enumerate(view.outlets)}
    newest = [Said(told, chosen) for told in reversed(view.briefings) for chosen in told.sentences if chosen.source]
    return sorted(newest, key=lambda said: places.get(said.told.outlet, len(places)))


def voices(view: StoryView, texts: Texts, *, offset: int) -> Document:
    said = statements(view)
    blocks: list[Block] = [Heading((Passage((story_pages.name_of(view, texts),)),))]
    if not said:
        nothing = texts.gettext("Who says what is not known here: these articles claim nothing for anybody.")
        return Document((*blocks, paragraph(nothing)), ((to_story(view.id, texts),),), rtl=texts.rtl)
    if not offset:
        blocks.append(_counted(said, texts))
    page = said[offset : offset + PAGE]
    blocks += _quoted(page, texts)
    here = Press(VOICES, (view.id, offset))
    turns = turned(Press(VOICES, (view.id,)), offset, PAGE, len(said), texts)
    buttons = (*rows(turns), (to_story(view.id, texts),))
    return Document(tuple(blocks), buttons, rtl=texts.rtl, page=compose.as_page(here, texts))


def _counted(said: Sequence[Said], texts: Texts) -> Block:
    """How many statements each outlet has of named and unnamed sources, and of its own."""
    counts: dict[str, Counter[str]] = {}
    for one in said:
        counts.setdefault(compose.outlet_of(one.told), Counter())[_kind(one)] += 1
    names = (N_("Outlet"), N_("Named"), N_("Unnamed"), N_("Its own"))
    header: tuple[Inlines, ...] = tuple((texts.gettext(name),) for name in names)
    lines = tuple(
        ((outlet or texts.gettext("unknown outlet"),), *((_number(found[kind], texts),) for kind in _KINDS))
        for outlet, found in list(counts.items())[:OUTLETS]
    )
    caption = texts.gettext("Whose words the briefings' sentences are")
    return Table(header, lines, (caption,), ("left", "right", "right", "right"))


_KINDS = ("named", "unnamed", "outlet")


def _kind(said: Said) -> str:
    return said.chosen.source.kind if said.chosen.source else ""


def _number(count: int, texts: Texts) -> str:
    return texts.number(count)


def _quoted(page: Sequence[Said], texts: Texts) -> Iterator[Block]:
    before: str | None = None
    for said in page:
        outlet = compose.outlet_of(said.told) or texts.gettext("unknown outlet")
        if outlet != before:
            yield Heading((outlet,), level=3)
        before = outlet
        yield Quote(((said.chosen.text,),), cite=_cite(said, texts))


def _cite(said: Said, texts: Texts) -> Inlines:
    """The speaker · the day · the briefing."""
    published = said.told.published
    day = texts.date(published.date()) if published else texts.gettext("undated")
    speaker = compose.speakers(said.told, [said.chosen], texts)
    return (*speaker, *((" · ",) if speaker else ()), f"{day} · #{said.told.id}")


# --- balance


@dataclass(frozen=True)
class Side:
    """One of the admin's labels, or the language: with each of its values, how many sources carry the story.

    `carrying` has the values that at least one source has that carries it, and how many of them do; `missing` those
    that sources have of which none does.
    """

    label: str
    carrying: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]


def sides(view: StoryView, sources: Iterable[Source]) -> list[Side]:
    """By the labels that the admin gave to the sources that are followed. No judgement of ours is in it."""
    sources = list(sources)
    carrying = _carrying(view, sources)
    keys = sorted({key for source in sources for key in source.labels})
    found = [_side(key, ((one.labels.get(key, ""), one.id in carrying) for one in sources)) for key in keys]
    spoken = [(_language(source, view), source.id in carrying) for source in sources]
    return [*found, _side(LANGUAGE, spoken)]


def _carrying(view: StoryView, sources: Iterable[Source]) -> set[int]:
    """The sources that brought an article of it, or a copy of one, which is kept by its outlet's name alone."""
    copying = {copy.outlet for told in view.briefings for copy in told.also if copy.outlet}
    return {told.source for told in view.briefings} | {one.id for one in sources if one.name in copying}


def _language(source: Source, view: StoryView) -> str:
    """That in which it told of the story, else that of its feed."""
    return next((told.language for told in view.briefings if told.source == source.id), source.language)


def _side(label: str, values: Iterable[tuple[str, bool]]) -> Side:
    seen = [(value, carries) for value, carries in values if value and value != UNKNOWN_LANGUAGE]
    carrying = Counter(value for value, carries in seen if carries)
    missing = sorted({value for value, _ in seen} - carrying.keys())
    return Side(label, tuple(sorted(carrying.items(), key=lambda item: (-item[1], item[0]))), tuple(missing))


def comparable(found: Sequence[Side]) -> bool:
    """Whether there is anything to set beside something else."""
    return any(len(side.carrying) + len(side.missing) > 1 for side in found)


def balance(view: StoryView, found: Sequence[Side], texts: Texts) -> Document:
    blocks: list[Block] = [
        Heading((Passage((story_pages.name_of(view, texts),)),)),
        paragraph(Italic((texts.gettext("Which sources carry the story, by the labels that the admin gave them"),))),
    ]
    blocks += [_compared(side, texts) for side in found if side.carrying or side.missing]
    if len(blocks) < 3:
        blocks.append(paragraph(texts.gettext("No source has a label. The admin gives them: /source NUMBER labels")))
    return Document(tuple(blocks), ((to_story(view.id, texts),),), rtl=texts.rtl)


def _compared(side: Side, texts: Texts) -> Block:
    names = _named(side, texts)
    head = texts.gettext(LANGUAGE) if side.label == LANGUAGE else side.label
    carried = [f"{names[value]} ({texts.number(count)})" for value, count in side.carrying]
    lines: list[Inlines] = [(Bold((head,)),)]
    lines.append(fill(texts.gettext("Carry it: {names}"), names=_or_none(carried, texts)))
    lines.append(fill(texts.gettext("Don't: {names}"), names=_or_none([names[value] for value in side.missing], texts)))
    return Paragraph(tuple(lines))


def _named(side: Side, texts: Texts) -> Mapping[str, str]:
    values = [*(value for value, _ in side.carrying), *side.missing]
    if side.label != LANGUAGE:
        return dict(zip(values, values, strict=True))
    return {value: texts.language_name(value) for value in values}


def _or_none(names: Sequence[str], texts: Texts) -> Passage:
    return Passage((", ".join(name for name in names if visible(name)) or texts.gettext("none"),))
