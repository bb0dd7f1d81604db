import json
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local.page_contents import read_page
from bot.local.pages import Page as Shown
from bot.local.params import Params
from handlers.document import (
    Aside,
    Asks,
    Block,
    Bold,
    Button,
    Details,
    Document,
    Footer,
    Heading,
    Highlight,
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
)
from handlers.looks.rich import Page, render
from tests.handlers.looks.documents import DOCUMENTS, TELEGRAM_DROPS, URL, WHEN, texts_to_read
from tests.handlers.telegram_html import folded


def accepted(page: Page) -> Shown:
    """The page as the strict server of the project reads it."""
    return read_page(Params({"rich_message": json.dumps(page.rich_message)}))


def one(*blocks: Block) -> str:
    pages = render(Document(blocks))
    assert len(pages) == 1
    accepted(pages[0])
    return pages[0].html


ROWS = ((("Mon",), ("3",)), (("Tue",), ("4",)))


@pytest.mark.parametrize(
    ("blocks", "markup"),
    [
        pytest.param([paragraph('a < b > c & "d"')], '<p>a &lt; b &gt; c &amp; "d"</p>', id="escaped"),
        pytest.param([Heading(("T",)), Heading(("S",), 6)], "<h1>T</h1><h6>S</h6>", id="headings"),
        pytest.param([Paragraph((("a",), ("b",)))], "<p>a<br>b</p>", id="lines"),
        pytest.param([Paragraph((("a",), (" ",), ("b",)))], "<p>a<br>b</p>", id="empty-lines"),
        pytest.param(
            [paragraph(Link(("a", Bold(("b",))), URL), Italic(("c",)), Highlight(("d",)), Passage(("e",)))],
            '<p><a href="https://harbour.example/a?b=1&amp;c=2">a<b>b</b></a><i>c</i><mark>d</mark>e</p>',
            id="inlines",
        ),
        pytest.param(
            [paragraph(Moment(WHEN, "8 August 2022", "wDt"))],
            '<p><tg-time unix="1659951000" format="wDt">8 August 2022</tg-time></p>',
            id="moment",
        ),
        pytest.param([paragraph(Bold((Bold(("a",)),)))], "<p><b>a</b></p>", id="bold-in-bold"),
        pytest.param(
            [Quote((("a",), ("b",)), cite=("Mayor",))],
            "<blockquote>a<br>b<cite>Mayor</cite></blockquote>",
            id="quotation",
        ),
        pytest.param(
            [Quote((), cite=("Mayor",))], "<blockquote>— <i>Mayor</i></blockquote>", id="a-cite-of-nothing-is-text"
        ),
        pytest.param([Aside((("a",),), cite=("Mayor",))], "<aside>a<cite>Mayor</cite></aside>", id="aside"),
        pytest.param([Items((("a",), ("b",)))], "<ul><li>a</li><li>b</li></ul>", id="bullets"),
        pytest.param([Items((("a",),), numbered=True)], "<ol><li>a</li></ol>", id="numbers"),
        pytest.param(
            [Items((("a",), ("b",)), numbered=True, start=9)],
            '<ol start="9"><li>a</li><li>b</li></ol>',
            id="numbers-from",
        ),
        pytest.param(
            [Table((("Day",), ("Ships",)), ROWS, ("In port",), ("left", "right"))],
            "<table bordered striped><caption>In port</caption>"
            '<tr><th align="left">Day</th><th align="right">Ships</th></tr>'
            '<tr><td align="left">Mon</td><td align="right">3</td></tr>'
            '<tr><td align="left">Tue</td><td align="right">4</td></tr></table>',
            id="table",
        ),
        pytest.param(
            [Details(("More",), (paragraph("a"), Quote((("b",),))))],
            "<details><summary>More</summary><p>a</p><blockquote>b</blockquote></details>",
            id="details",
        ),
        pytest.param(
            [Details(("More",), (paragraph("a"),), open=True)],
            "<details open><summary>More</summary><p>a</p></details>",
            id="open-details",
        ),
        pytest.param([Details(("More",), (paragraph(" "),))], "<p><b>More</b></p>", id="details-of-nothing"),
        pytest.param([Footer((("a",), ("b",)))], "<footer>a<br>b</footer>", id="footer"),
        pytest.param([Rule(), paragraph("a"), Rule(), Rule(), paragraph("b")], "<p>a</p><hr/><p>b</p>", id="rules"),
        pytest.param([paragraph("a\u202eb\u2066c\u2069")], "<p>abc</p>", id="directions-from-outside"),
        pytest.param([paragraph("a\ud800b")], "<p>a\ufffdb</p>", id="half-a-pair"),
        pytest.param(
            [paragraph("خبر ", "Tarn")], "<p>خبر \u2068Tarn\u2069</p>", id="a-name-in-another-script-is-isolated"
        ),
    ],
)
def test_markup(blocks: list[Block], markup: str) -> None:
    assert one(*blocks) == markup


def test_a_page_says_that_its_language_is_written_from_right_to_left() -> None:
    (page,) = render(Document((paragraph("خبر"),), rtl=True))
    assert page.rich_message == {"html": "<p>خبر</p>", "is_rtl": True}
    assert accepted(page).rtl


@pytest.mark.parametrize(
    "under",
    [
        pytest.param(Document((paragraph("a " * 20_000),), ((Button("Go", "x"),),)), id="buttons"),
        pytest.param(Document((paragraph("a " * 20_000),), asks=Asks("q:0", "A name")), id="question"),
    ],
)
def test_what_is_under_a_document_is_under_its_last_page(under: Document) -> None:
    pages = render(under)
    assert [(page.buttons, page.asks) for page in pages] == [((), None), (under.buttons, under.asks)]


A, B, C = (f"{name} " * 5_500 for name in ("a", "b", "c"))  # 11,000 characters each


def texts(blocks: Iterable[Block]) -> list[str]:
    return [" ".join(accepted(page).text.split()) for page in render(Document(tuple(blocks)))]


def short(pages: Iterable[str]) -> list[str]:
    """Runs of one word as one."""
    return [
        " ".join(word for word, before in zip(page.split(), ["", *page.split()], strict=False) if word != before)
        for page in pages
    ]


@pytest.mark.parametrize(
    ("blocks", "pages"),
    [
        pytest.param([paragraph(A), paragraph(B), paragraph(C)], ["a b", "c"], id="between-blocks"),
        pytest.param(
            [paragraph(A), paragraph(B), Heading(("Title",)), paragraph(C)],
            ["a b", "Title c"],
            id="a-heading-stays-with-what-follows",
        ),
        pytest.param([Paragraph(((A,), (B,), (C,)))], ["a b", "c"], id="between-lines"),
        pytest.param([Items(((A,), (B,), (C,)))], ["a b", "c"], id="between-items"),
        pytest.param([paragraph(A + B + C + A)], ["a b c", "c a"], id="inside-a-line"),
        pytest.param([Quote(((A,), (B,), (C,)), cite=("M",))], ["a b", "c M"], id="a-cite-stays-at-the-end"),
        pytest.param(
            [Details(("More",), (paragraph(A), paragraph(B), paragraph(C)))],
            ["More a b", "More c"],
            id="details-go-on-under-their-summary",
        ),
        pytest.param([Heading((A,)), paragraph("x")], ["a x"], id="a-heading-as-long-as-a-text"),
        pytest.param([Details((A,), (paragraph("x"),))], ["a x"], id="a-summary-as-long-as-a-text"),
        pytest.param([Quote((("x",),), cite=(A,))], ["x — a"], id="a-cite-as-long-as-a-text"),
        pytest.param([Table((("D",), ("S",)), ((("x",), (A,)),))], ["D · S x · S: a"], id="a-cell-as-long-as-a-text"),
        pytest.param(
            [Table((("D",), ("S",)), ((("x",), (A,)),), by_column=True)], ["D x S a"], id="a-column-as-long-as-a-text"
        ),
        pytest.param([paragraph(Moment(WHEN, A), B)], ["a b"], id="a-moment-as-long-as-a-text"),
    ],
)
def test_where_pages_end(blocks: list[Block], pages: list[str]) -> None:
    assert short(texts(blocks)) == pages


def test_a_list_counts_on() -> None:
    words = [f"{name} " * 5_500 for name in ("a", "b", "c")]
    pages = render(Document((Items(tuple((each,) for each in words), numbered=True, start=4),)))
    assert [page.html[:20] for page in pages] == ['<ol start="4"><li>a ', '<ol start="6"><li>c ']


def test_the_rest_of_an_item_is_no_item() -> None:
    first, second = render(Document((Items((("a " * 20_000,), ("b",)), numbered=True),)))
    assert first.html.startswith("<ol><li>a a")
    assert second.html.startswith("<p>a a")
    assert second.html.endswith('</p><ol start="2"><li>b</li></ol>')


def test_a_table_goes_on_under_its_header() -> None:
    rows = tuple(((f"day {number}",), ("3",)) for number in range(900))
    pages = render(Document((Table((("Day",), ("Ships",)), rows, caption=("In port",)),)))
    assert len(pages) == 2
    assert [page.html.count("<th>Day</th>") for page in pages] == [1, 1]
    assert [page.html.count("In port") for page in pages] == [1, 0]
    assert sum(page.html.count("<tr><td>") for page in pages) == 900
    assert all(accepted(page) for page in pages)


def test_details_in_details_in_details_are_held_to_the_limit_of_levels() -> None:
    block: Block = Quote(((Bold((Italic((Highlight((Link((Moment(WHEN, "then"),), URL),)),)),)),),))
    for number in range(40):
        block = Details((f"level {number}",), (block,))
    (page,) = render(Document((block,)))
    assert accepted(page).text.count("level") == 40


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(Items((("a",),) * 1200), id="items"),
        pytest.param(Details(("More",), (paragraph("a"),) * 1200), id="blocks-in-details"),
        pytest.param(Paragraph((("a" * 100,),) * 1200), id="lines"),
        pytest.param(paragraph(*("ab ",) * 20_000), id="pieces-of-a-line"),
        pytest.param(paragraph("🚢" * 40_000), id="astral-characters"),
        pytest.param(paragraph("a" + "\u0301" * 70_000), id="endless-accents"),
        pytest.param(
            Table(tuple(("h" * 395,) for _ in range(20)), (tuple(("c" * 395,) for _ in range(20)),) * 9), id="row"
        ),
    ],
)
def test_no_limit_is_passed(block: Block) -> None:
    pages = render(Document((block,)))
    assert len(pages) > 1
    assert all(accepted(page).blocks for page in pages)


def test_a_moment_is_not_cut() -> None:
    line: Inlines = ("a" * 31_980, " ", Moment(WHEN, "8 August 2022"), "b" * 100)
    pages = render(Document((Paragraph((line,)),)))
    assert [page.html.count("8 August 2022</tg-time>") for page in pages] == [0, 1]


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_any_texts_become_pages_that_lose_nothing(document: Document) -> None:
    """What goes on is under its summary or header again, so that each text is looked for letter by letter."""
    said = iter(folded("".join(accepted(page).text for page in render(document))))
    for text in texts_to_read(document.blocks, tables=False):
        for letter in text:
            assert letter in TELEGRAM_DROPS or letter in said, text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=30), st.integers(1, 2000)), min_size=1, max_size=6), st.integers(0, 9))
def test_what_is_on_several_pages_is_there_once(texts: list[tuple[str, int]], depth: int) -> None:
    block: Block = Paragraph(tuple((f"x {text * times}",) for text, times in texts))
    for _ in range(depth):
        block = Details(("summary",), (block,))
    pages = [accepted(page).text for page in render(Document((block,)))]
    said = "".join(texts_to_read([block], tables=False)).replace("summary", "")
    for mark in TELEGRAM_DROPS:
        said = said.replace(mark, "")
    assert folded("".join(page.replace("summary\n", "") for page in pages)) == said
