"""Page → Article: the body's own sentences, and title, deck, byline and date as fields."""

import re
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec

from summaries.editing.bios import is_bio
from summaries.editing.bylines import clean_name, read_byline
from summaries.editing.characters import tidy, tidy_line, without_notes, without_surrogates
from summaries.editing.datelines import dateline_end, stamp_end
from summaries.editing.furniture import after_link, is_address, is_furniture, is_furniture_line
from summaries.editing.glue import unglue
from summaries.editing.head import Head, read_foot, read_head
from summaries.editing.kind import kind_of
from summaries.editing.repeats import repeats
from summaries.language import identify, split, stop_words
from summaries.models import Article, Page, Span

_TAIL = 6
_ENDED = re.compile(r"[.!?…:;,。！？।۔؟][\"'”’»)\]]*$")
_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_LONGEST_END = 8
_LONGEST_LABEL = 120
_BELIEVED_AHEAD = timedelta(days=2)


class _Piece(msgspec.Struct):
    """A sentence of the page: where it stands in its paragraph, where its own words begin, and whether it is kept."""

    paragraph: int
    start: int
    end: int
    first: int
    kept: bool = True
    shown: bool = True


def clean(page: Page, *, now: datetime | None = None) -> Article:
    """The article of a page. Never raises; a page without sentences gives an Article without spans.

    What the page says of title, deck, author and date wins over what its lines say. A date without a time is 00:00
    UTC of its day; one more than two days after `now` is not believed; one that only the running text names is not
    the article's.
    """
    text = tidy(without_notes(page.text))
    language = identify(text, hint=page.language)
    lines = unglue(text.split("\n"), language)
    head = read_head(lines, title=tidy_line(page.title), deck=tidy_line(page.deck), language=language, now=now)
    foot = read_foot(list(head.lines), language=language, now=now)
    body, spans = _body(_own_lines(head.lines), language)
    return _article(page, head, foot, body, spans, language, text, now)


def _article(
    page: Page,
    head: Head,
    foot: datetime | None,
    body: str,
    spans: tuple[Span, ...],
    language: str,
    text: str,
    now: datetime | None,
) -> Article:
    said = page.published if not (now and page.published and page.published > now + _BELIEVED_AHEAD) else None
    author = clean_name(tidy_line(page.author)) or head.author
    title = tidy_line(page.title) or head.title
    section = tidy_line(page.section)
    return Article(
        text=body,
        spans=spans,
        url=_shown(page.url),
        title=title,
        deck=tidy_line(page.deck) or head.deck,
        author=author,
        outlet=tidy_line(page.outlet) or head.outlet,
        section=section,
        published=said or head.published or foot,
        language=language,
        kind=kind_of(title=title, text=text, section=section, url=page.url, author=author, language=language),
        guid=without_surrogates(page.guid),
    )


def _shown(url: str) -> str:
    """An address that may become a link; "" for "javascript:" and its like."""
    url = without_surrogates(url.strip())
    return url if _WEB.match(url) else ""


def _own_lines(lines: tuple[str, ...]) -> list[str]:
    """Without furniture, and without byline and date lines at either end; addresses amid the text stay."""
    end = len(lines) - _TAIL
    edge = {*range(_TAIL), *range(end, len(lines))}
    return [
        line
        for place, line in enumerate(lines)
        if not (is_furniture_line(line) and (place >= end or not is_address(line)))
        and not (place in edge and (found := read_byline(line)) and found.certain)
    ]


def _body(lines: list[str], language: str) -> tuple[str, tuple[Span, ...]]:
    """The body's text and its sentences."""
    pieces = [
        _Piece(paragraph, start, end, start)
        for paragraph, line in enumerate(lines)
        for start, end in split(line, language)
    ]
    texts = [lines[piece.paragraph][piece.start : piece.end] for piece in pieces]
    for place, (piece, text) in enumerate(zip(pieces, texts, strict=True)):
        piece.kept = not (is_furniture(text) or is_bio(text, from_end=len(pieces) - 1 - place))
        piece.shown = piece.kept or is_address(text)
        if not piece.shown and (own := after_link(text, stop_words(language))):
            piece.start = piece.first = piece.start + own
            piece.shown = piece.kept = True
        piece.first += stamp_end(lines[piece.paragraph][piece.first : piece.end])
    _cut_dateline(lines, pieces)
    _drop_repeats(lines, pieces, language)
    _drop_halves(lines, pieces)
    return _assemble(lines, pieces)


def _cut_dateline(lines: list[str], pieces: list[_Piece]) -> None:
    """Off the first sentence, or off the line where a splitter parts it: "Ostra, 8 ago (EFE).- Las dos partes".

    What was left of a head above it, such as a name that stands there twice, is short and ends as no sentence does.
    """
    first = next((piece for piece in pieces if piece.kept and not _is_label(lines[piece.paragraph])), None)
    if not first:
        return
    end = first.first + dateline_end(lines[first.paragraph][first.first :])
    for piece in pieces:
        if piece.paragraph == first.paragraph and first.start <= piece.start < end:
            piece.first = max(end, piece.first)
            piece.kept = piece.kept and end < piece.end


def _is_label(line: str) -> bool:
    return len(line) < _LONGEST_LABEL and not _ENDED.search(line)


def _drop_repeats(lines: list[str], pieces: list[_Piece], language: str) -> None:
    own = [piece for piece in pieces if piece.kept]
    texts = [lines[piece.paragraph][piece.first : piece.end] for piece in own]
    for place, paste in repeats(texts, language).items():
        if paste.start is None:
            own[place].kept = False
        else:
            own[place].first += paste.start
            own[place].start = own[place].first


def _drop_halves(lines: list[str], pieces: list[_Piece]) -> None:
    """Leaves out the two ends of a sentence that a paste between two lines has broken: neither says anything alone."""
    own = [piece for piece in pieces if piece.kept]
    for before, piece in pairwise(own):
        broken = not _ENDED.search(lines[before.paragraph][max(before.first, before.end - _LONGEST_END) : before.end])
        if broken and piece.paragraph != before.paragraph and lines[piece.paragraph][piece.first].islower():
            before.kept = piece.kept = False


def _assemble(lines: list[str], pieces: list[_Piece]) -> tuple[str, tuple[Span, ...]]:
    """What is shown, one line a paragraph, gaps between neighbours as they were; and where the sentences are in it."""
    text, spans, paragraph, at = "", [], -1, 0
    parts: list[str] = []
    last: _Piece | None = None
    for piece in (piece for piece in pieces if piece.shown):
        line = lines[piece.paragraph]
        if last is None or last.paragraph != piece.paragraph:
            gap, paragraph = "\n" if last else "", paragraph + 1
        else:
            gap = line[last.end : piece.start]
            gap = gap if not gap.strip() else " "
        parts += [gap, line[piece.start : piece.end]]
        at += len(gap)
        if piece.kept:
            spans.append(Span(at + piece.first - piece.start, at + piece.end - piece.start, paragraph))
        at += piece.end - piece.start
        last = piece
    text = "".join(parts)
    return text, tuple(spans)
