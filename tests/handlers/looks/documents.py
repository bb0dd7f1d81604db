"""Any document at all, for what holds of every one of them, and what of it is to be read."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from hypothesis import strategies as st

from handlers.document import (
    Aside,
    Block,
    Bold,
    Details,
    Document,
    Footer,
    Heading,
    Highlight,
    Inline,
    Inlines,
    Italic,
    Items,
    Link,
    Moment,
    Paragraph,
    Passage,
    Quote,
    Rule,
    Table,
    paragraph,
    texts_of,
    visible,
)
from handlers.looks.plain import tidy
from tests.handlers.telegram_html import folded

URL = "https://harbour.example/a?b=1&c=2"
WHEN = datetime(2022, 8, 8, 9, 30, tzinfo=UTC)

ANY = st.text(st.characters() | st.sampled_from("<>&\"' .\n。اب🚢"), max_size=40) | st.builds(
    lambda text, times: text * times, st.text(max_size=12), st.integers(1, 900)
)
TELEGRAM_DROPS = "\u030a\u0333\u033f"
"""Marks that scrawl over the lines around them: its server takes them out of every text."""

INLINE: st.SearchStrategy[Inline] = st.deferred(
    lambda: (
        ANY
        | st.builds(Bold, INLINES)
        | st.builds(Italic, INLINES)
        | st.builds(Highlight, INLINES)
        | st.builds(Passage, INLINES)
        | st.builds(lambda parts: Link(parts, URL), INLINES)
        | st.builds(lambda text: Moment(WHEN, text), ANY.filter(visible))
    )
)
INLINES: st.SearchStrategy[Inlines] = st.lists(INLINE, max_size=3).map(tuple)
LINES = st.lists(INLINES, max_size=3).map(tuple)
BLOCK: st.SearchStrategy[Block] = st.deferred(
    lambda: (
        st.builds(Heading, INLINES, st.integers(1, 6))
        | st.builds(Paragraph, LINES)
        | st.builds(Quote, LINES, INLINES, st.booleans())
        | st.builds(Aside, LINES, INLINES)
        | st.builds(Footer, LINES)
        | st.just(Rule())
        | st.builds(Items, LINES, st.booleans(), st.integers(1, 9))
        | st.builds(
            Table, st.tuples(INLINES, INLINES), st.lists(st.tuples(INLINES, INLINES), max_size=3).map(tuple), INLINES
        )
        | st.builds(Details, INLINES.filter(seen), st.lists(BLOCK, max_size=3).map(tuple), st.booleans())
    )
)
DOCUMENTS = st.builds(
    lambda blocks, last, rtl: Document((*blocks, paragraph("end ", last)), rtl=rtl),
    st.lists(BLOCK, max_size=5),
    ANY,
    st.booleans(),
)


def seen(parts: Inlines) -> bool:
    return any(map(visible, texts_of(Paragraph((parts,)))))


def texts_to_read(blocks: Iterable[Block], *, tables: bool) -> Iterator[str]:
    """Every text of the blocks that is to be seen, white space folded, in order; of tables only if `tables`."""
    for block in blocks:
        if isinstance(block, Details):
            yield from (folded(tidy(text)) for text in texts_of(Paragraph((block.summary,))))
            yield from texts_to_read(block.blocks, tables=tables)
        elif any(map(visible, texts_of(block))) and (tables or not isinstance(block, Table)):
            yield from (folded(tidy(text)) for text in texts_of(block))
