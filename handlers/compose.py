"""Pure: what the desk holds → documents, in the reader's language. All words are the article's own, but for labels."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time
from types import MappingProxyType
from urllib.parse import urlsplit

from handlers.document import (
    DATA_BYTES,
    Block,
    Bold,
    Button,
    Buttons,
    Details,
    Document,
    Heading,
    Inline,
    Inlines,
    Italic,
    Items,
    Link,
    Moment,
    Paragraph,
    Passage,
    Quote,
    linkable,
    paragraph,
    rows,
    visible,
)
from handlers.press import OPEN, Press
from handlers.texts import N_, Texts, fill
from summaries.language import count_words
from summaries.models import UNKNOWN_LANGUAGE, Article, Briefing, Chosen, Kind, Speaker

BRIEFING, CONTEXT, LATEST, NEWER, RESULTS = "b", "c", "l", "n", "s"
"""The views that buttons lead to."""

WORDS_PER_MINUTE = 230
"""Silent reading of English non-fiction: 238 (Brysbaert 2019), a little less for news in a chat."""

KINDS: dict[Kind, str] = {
    "report": N_("report"),
    "opinion": N_("opinion"),
    "analysis": N_("analysis"),
    "live": N_("live blog"),
    "list": N_("list"),
    "release": N_("press release"),
    "interview": N_("interview"),
}
_SIGNED: tuple[Kind, ...] = ("opinion", "analysis", "interview")

Pieces = Sequence[tuple[str, bool]]
"""Pieces of one text; True marks the highlighted ones."""


def line(texts: Texts, *parts: Inline) -> Document:
    """One line to a person."""
    return Document((paragraph(*parts),), rtl=texts.rtl)


def as_page(here: Press, texts: Texts) -> Button | None:
    """Opens what `here` leads to, which must only show something; None where that does not fit into a button."""
    data = Press(OPEN, (), back=here.at(0).data).data
    return Button(texts.gettext("Open as a page"), data) if len(data.encode()) <= DATA_BYTES else None


def briefing(
    found: Briefing,
    texts: Texts,
    *,
    back: str = "",
    context: str = "",
    others: Iterable[Button] = (),
    story: Inlines = (),
) -> Document:
    """A briefing with its buttons; `back` is the data of the list that it was opened from.

    `context` is where *In context* leads, for one that is not kept; `others` are buttons beside the usual ones; `story`
    is the line that names its story.
    """
    sentences = tuple((chosen.text,) for chosen in found.sentences)
    blocks: list[Block] = [_headline(found, texts), Paragraph((about(found, texts),))]
    if tells_more(found):
        blocks.append(paragraph(Italic((found.deck,))))
    if sentences:
        blocks.append(Items(sentences))
    if notes := (*voices(found, texts), *facts(found, texts)):
        blocks.append(Paragraph(notes))
    if outlets := also_in(found):
        blocks.append(paragraph(Italic((texts.gettext("Also in: {outlets}", outlets=", ".join(outlets)),))))
    if story:
        blocks.append(Paragraph((story,)))
    first = Button(texts.gettext("In context"), context or Press(CONTEXT, (found.id,), back=back).data)
    page = as_page(Press(BRIEFING, (found.id,), back=back), texts) if found.id else None
    return Document(tuple(blocks), _under(found, texts, [first], back, others), rtl=texts.rtl, page=page)


def in_context(found: Briefing, article: Article | None, texts: Texts, *, back: str = "", again: str = "") -> Document:
    """Each chosen sentence in its paragraph, the chosen words bold; behind the paragraph who says so.

    `again` is where *‹ Briefing* leads, for one that is not kept.
    """
    blocks: list[Block] = [_headline(found, texts), Paragraph((about(found, texts),))]
    if article is None:
        blocks.append(paragraph(Italic((texts.gettext("The article's text is no longer kept."),))))
    for pieces, chosen in paragraphs(found, article):
        blocks.append(Quote((highlighted(pieces),), cite=speakers(found, chosen, texts), expandable=True))
    first = Button(texts.gettext("‹ Briefing"), again or Press(BRIEFING, (found.id,), back=back).data)
    page = as_page(Press(CONTEXT, (found.id,), back=back), texts) if found.id else None
    return Document(tuple(blocks), _under(found, texts, [first], back), rtl=texts.rtl, page=page)


def voices(found: Briefing, texts: Texts) -> Iterator[Inlines]:
    """The line that counts the sources of the whole article; none where nothing is known of them."""
    if found.voices and (found.voices.named or found.voices.unnamed):
        named = texts.ngettext("{count} named", "{count} named", found.voices.named)
        unnamed = texts.ngettext("{count} unnamed", "{count} unnamed", found.voices.unnamed)
        yield (texts.gettext("Sources: {named}, {unnamed}", named=named, unnamed=unnamed),)


def facts(found: Briefing, texts: Texts) -> Iterator[Inlines]:
    """The line of what the article repeats most."""
    if seen := [fact for fact in found.facts if visible(fact)]:
        yield fill(texts.gettext("Often in it: {facts}"), facts=Passage(_joined(seen)))


def speakers(found: Briefing, chosen: Iterable[Chosen], texts: Texts) -> Inlines:
    """Who says so, each named once, in the order of the sentences; nothing where nothing is claimed."""
    said = dict.fromkeys(one.source for one in chosen if one.source is not None)
    return _joined(part for source in said for part in _speaker(found, source, texts))


def with_source(found: Briefing, chosen: Chosen, texts: Texts) -> Inlines:
    """A sentence, and behind it who says so; the outlet itself is named above."""
    its_own = chosen.source is None or chosen.source.kind == "outlet"
    said = () if its_own else speakers(found, [chosen], texts)
    return (chosen.text, " (", *said, ")") if said else (chosen.text,)


def _speaker(found: Briefing, source: Speaker, texts: Texts) -> Iterator[Inline]:
    """An opinion is its author's own word, a report its outlet's."""
    if source.kind == "named":
        yield source.name
    elif source.kind == "unnamed":
        description = visible(source.name)
        said = texts.gettext("unnamed: “{words}”") if description else texts.gettext("an unnamed source")
        yield Passage(fill(said, words=source.name))
    elif visible(own := found.author if found.kind in _SIGNED else found.outlet):
        yield Passage(fill(texts.gettext("{name} itself"), name=own)) if found.kind not in _SIGNED else own


def paragraphs(found: Briefing, article: Article | None) -> list[tuple[list[tuple[str, bool]], list[Chosen]]]:
    """The paragraphs of the article that hold chosen sentences, in pieces, with those; True marks the chosen ones.

    A sentence that the article does not hold (any more) stands alone.
    """
    text = article.text if article is not None else ""
    places: dict[tuple[int, int], list[tuple[tuple[int, int], Chosen]]] = {}
    loose = []
    for chosen in found.sentences:
        place = _place(chosen, article)
        if place is None:
            loose.append(([(chosen.text, True)], [chosen]))
        else:
            places.setdefault(_line_around(text, *place), []).append((place, chosen))
    held = []
    for around, inside in sorted(places.items()):
        inside.sort(key=lambda one: one[0])
        held.append((_cut(text, around, [place for place, _ in inside]), [chosen for _, chosen in inside]))
    return held + loose


def _place(chosen: Chosen, article: Article | None) -> tuple[int, int] | None:
    if article is None or not chosen.text:
        return None
    if 0 <= chosen.place < len(article.spans):
        span = article.spans[chosen.place]
        if article.text[span.start : span.end] == chosen.text:
            return span.start, span.end
    start = article.text.find(chosen.text)
    return None if start < 0 else (start, start + len(chosen.text))


def _line_around(text: str, start: int, end: int) -> tuple[int, int]:
    after = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if after < 0 else after


def _cut(text: str, around: tuple[int, int], places: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    at, end = around
    pieces = []
    for first, last in places:
        pieces += [(text[at : max(at, first)], False), (text[max(at, first) : last], True)]
        at = max(at, last)
    return [piece for piece in (*pieces, (text[at:end], False)) if piece[0]]


def latest(
    page: Sequence[Briefing],
    texts: Texts,
    *,
    size: int,
    older: bool,
    newer: bool,
    note: str = "",
    stories: Mapping[int, int] = MappingProxyType({}),
) -> Document:
    """A page of the newest briefings, newest first; `note` says what was asked otherwise.

    `stories` are the stories of the briefings, by their ids: those of one story stand together under its newest.
    """
    blocks: list[Block] = [Heading((texts.gettext("Latest briefings"),))]
    if note:
        blocks.append(paragraph(Italic((note,))))
    blocks += entries(page, stories, texts)
    here = Press(LATEST, (page[0].id + 1, size))
    turns = [Button(texts.gettext("‹ Newer"), Press(NEWER, (page[0].id, size)).data)] if newer else []
    if older:
        turns.append(Button(texts.gettext("Older ›"), Press(LATEST, (page[-1].id, size)).data))
    buttons = (*openers(page, here.data), *rows(turns))
    return Document(tuple(blocks), buttons, rtl=texts.rtl, page=as_page(here, texts))


def entry(found: Briefing, texts: Texts) -> Block:
    return Paragraph((numbered(found, (title(found, texts),)), about(found, texts, short=True)))


def entries(page: Sequence[Briefing], stories: Mapping[int, int], texts: Texts) -> Iterator[Block]:
    """An entry for each, those of one story folded under the first of them."""
    together: dict[int, list[Briefing]] = {}
    for found in page:
        together.setdefault(stories.get(found.id) or -found.id, []).append(found)
    for first, *others in together.values():
        yield entry(first, texts)
        if others:
            more = texts.ngettext("+ {count} more of this story", "+ {count} more of this story", len(others))
            yield Details((more,), (Paragraph(tuple(_in_short(other, texts) for other in others)),))


def _in_short(found: Briefing, texts: Texts) -> Inlines:
    outlet = outlet_of(found)
    return (*numbered(found, (title(found, texts),)), *((" · ", outlet) if outlet else ()))


def highlighted(pieces: Pieces) -> Inlines:
    return tuple(Bold((text,)) if marked else text for text, marked in pieces)


def numbered(found: Briefing, parts: Inlines) -> Inlines:
    return (f"#{found.id} ", *parts)


def openers(page: Iterable[Briefing], here: str) -> Buttons:
    return rows(Button(f"#{found.id}", Press(BRIEFING, (found.id,), back=here).data) for found in page)


def _under(found: Briefing, texts: Texts, first: list[Button], back: str, others: Iterable[Button] = ()) -> Buttons:
    original = [Button(texts.gettext("Original"), url=found.url)] if linkable(found.url) else []
    lead = [Button(texts.gettext("‹ Back to the list"), back)] if back else []
    return (*rows([*first, *original]), *rows(others, width=3), *rows(lead))


def _headline(found: Briefing, texts: Texts) -> Heading:
    return Heading((title(found, texts),))


def title(found: Briefing, texts: Texts) -> Inline:
    return linked(found.headline if visible(found.headline) else texts.gettext("(without a headline)"), found)


def linked(text: Inline, found: Briefing) -> Inline:
    return Link((text,), found.url) if linkable(found.url) else text


def tells_more(found: Briefing) -> bool:
    """Whether its deck says something that headline and sentences do not."""
    said = {found.headline, *(chosen.text for chosen in found.sentences)}
    return visible(found.deck) and found.deck not in said


def about(found: Briefing, texts: Texts, *, short: bool = False) -> Inlines:
    """Outlet · date · language · kind · minutes saved · number; of all that only what is known, but the date always."""
    parts: list[Inline] = [outlet_of(found)]
    if found.kind in _SIGNED:
        parts.append(found.author)
    parts.append(_when(found.published, texts))
    if found.language != UNKNOWN_LANGUAGE:
        parts.append(texts.language_name(found.language))
    parts.append(texts.gettext(KINDS[found.kind]))
    parts += _provenance(found, texts)
    if not short:
        parts += [_saved(found, texts), f"#{found.id}" if found.id else ""]
    if found.made:
        parts.append(Italic((texts.gettext("headline made of the article's own words"),)))
    return _joined(part for part in parts if not isinstance(part, str) or visible(part))


def _provenance(found: Briefing, texts: Texts) -> list[Inline]:
    """What sets it apart from the page as it was first read."""
    said: list[Inline] = [texts.gettext("from the feed")] if found.origin == "feed" else []
    if found.updated is not None:
        said.append(texts.gettext("updated"))
    if found.corrected is not None:
        said.append(texts.gettext("corrected"))
    return said


def also_in(found: Briefing) -> list[str]:
    """The other outlets that have its text, each once, the first met first."""
    own = outlet_of(found)
    names = (copy.outlet if visible(copy.outlet) else _host(copy.url) for copy in found.also)
    return [name for name in dict.fromkeys(names) if name and name != own]


def _joined(parts: Iterable[Inline]) -> Inlines:
    joined: list[Inline] = []
    for part in parts:
        joined += [" · ", part] if joined else [part]
    return tuple(joined)


def outlet_of(found: Briefing) -> str:
    """Its outlet, else the host of its link; "" where neither is known."""
    return found.outlet if visible(found.outlet) else _host(found.url)


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.") if linkable(url) else ""


def _when(published: datetime | None, texts: Texts) -> Inline:
    """Midnight sharp is how a date without a time is kept: shown in a zone west of it, it would be the day before."""
    if published is None:
        return texts.gettext("date unknown")
    day = texts.date(published.date())
    return day if published.time() == time() or published.timestamp() < 0 else Moment(published, day, "D")


def _saved(found: Briefing, texts: Texts) -> str:
    told = sum(count_words(chosen.text, found.language) for chosen in found.sentences)
    minutes = round((found.words - told) / WORDS_PER_MINUTE)
    return texts.ngettext("{count} min saved", "{count} min saved", minutes) if minutes > 0 else ""
