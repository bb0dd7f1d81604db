"""Pure: what a search found → documents. What was looked for is bold."""

from handlers.compose import RESULTS, Pieces, about, as_page, linked, numbered, openers, title
from handlers.document import (
    Block,
    Document,
    Heading,
    Highlight,
    Inlines,
    Italic,
    Paragraph,
    Passage,
    paragraph,
    rows,
    visible,
)
from handlers.press import Press
from handlers.texts import N_, Texts, fill
from handlers.turning import turned
from summaries.archive.query import Hint, HintCode
from summaries.desk import Found, FoundBriefing
from summaries.models import Question

HINTS: dict[HintCode, str] = {
    "empty": N_("There is nothing in it to look for. Some words would do."),
    "too_long": N_("Only the first {value} words were looked for."),
    "unknown_filter": N_(
        "There is no filter “{value}:”, so it was looked for as a word. "
        "There are source: tag: lang: kind: after: before:"
    ),
    "empty_filter": N_("The filter “{value}:” names nothing, so it was left out."),
    "bad_date": N_("“{value}” is no date, so it was left out. These are: 2022, 2022-08, 2022-08-31, yesterday, 3d"),
    "bad_kind": N_(
        "“{value}” is no kind of article, so it was left out. "
        "These are: report, opinion, analysis, interview, live, list, release"
    ),
    "bad_language": N_("“{value}” is no language, so it was left out. These are: en, ur, hi, and so on"),
    "any_word": N_("Nothing has all of these words; these have some of them."),
    "indexing": N_("The index is being made, {value} % of it is there. Later there may be more."),
}


def results(found: Found, question: Question | None, texts: Texts, *, words: str, offset: int, size: int) -> Document:
    """A page of what a search found; without `question` (it could not be kept) there are no further pages."""
    count = texts.ngettext("“{words}”: {count} found", "“{words}”: {count} found", found.total, words="{words}")
    blocks: list[Block] = [Heading(fill(count, words=words))]
    if len(found.hits) < found.total:
        first, last = texts.number(offset + 1), texts.number(min(offset + size, found.total))
        blocks.append(paragraph(Italic((texts.gettext("{first} to {last}", first=first, last=last),))))
    blocks += [_hit(hit, texts) for hit in found.hits]
    blocks += _hints(found, texts)
    if question is None:
        return Document(tuple(blocks), rtl=texts.rtl)
    here = Press(RESULTS, (question.id, offset))
    buttons = openers([hit.briefing for hit in found.hits], here.data)
    buttons += rows(turned(Press(RESULTS, (question.id,)), offset, size, found.total, texts))
    return Document(tuple(blocks), buttons, rtl=texts.rtl, page=as_page(here, texts))


def nothing_found(found: Found, texts: Texts, *, words: str) -> Document:
    if Hint("empty") in found.hints:
        return Document(tuple(_hints(found, texts)), rtl=texts.rtl)
    said = fill(texts.gettext("Nothing found for “{words}”."), words=words)
    return Document((Paragraph((said,)), *_hints(found, texts)), rtl=texts.rtl)


def _hints(found: Found, texts: Texts) -> list[Block]:
    return [paragraph(*fill(texts.gettext(HINTS[hint.code]), value=hint.value)) for hint in found.hints]


def _highlighted(pieces: Pieces) -> Inlines:
    return tuple(Highlight((text,)) if marked else text for text, marked in pieces)


def _hit(hit: FoundBriefing, texts: Texts) -> Block:
    seen = any(visible(text) for text, _ in hit.headline)
    headline = linked(Passage(_highlighted(hit.headline)), hit.briefing) if seen else title(hit.briefing, texts)
    lines: list[Inlines] = [numbered(hit.briefing, (headline,)), about(hit.briefing, texts, short=True)]
    if hit.snippet:
        lines.append((Passage(_highlighted(hit.snippet)),))
    return Paragraph(tuple(lines))
