from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.document import (
    Aside,
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
    Picture,
    Quote,
    Rule,
    Table,
    paragraph,
)
from handlers.looks.classic import render
from handlers.looks.plain import units
from tests.handlers.looks.documents import DOCUMENTS, URL, WHEN, texts_to_read
from tests.handlers.telegram_html import accepted, folded


def one(*blocks: Block) -> str:
    messages = render(Document(blocks))
    assert len(messages) == 1
    accepted(messages[0])
    return messages[0].html


@pytest.mark.parametrize(
    ("blocks", "markup"),
    [
        pytest.param([paragraph('a < b > c & "d"')], 'a &lt; b &gt; c &amp; "d"', id="escaped"),
        pytest.param([Heading(("Title",)), paragraph("text")], "<b>Title</b>\ntext", id="heading"),
        pytest.param([paragraph("a"), paragraph("b")], "a\n\nb", id="paragraphs"),
        pytest.param([Paragraph((("a",), ("b",)))], "a\nb", id="lines"),
        pytest.param([paragraph("a\n\nb\tc\r\x00d")], "a b c d", id="one-line-each"),
        pytest.param(
            [paragraph(Link(("a", Bold(("b",))), URL), Italic(("c",)))],
            '<a href="https://harbour.example/a?b=1&amp;c=2">a<b>b</b></a><i>c</i>',
            id="inlines",
        ),
        pytest.param(
            [paragraph(Moment(WHEN, "8 August 2022", "wDt"))],
            '<tg-time unix="1659951000" format="wDt">8 August 2022</tg-time>',
            id="moment",
        ),
        pytest.param(
            [Quote((("a",), ("b",)), cite=("Mayor",))],
            "<blockquote>a\nb\n— <i>Mayor</i></blockquote>",
            id="quotation",
        ),
        pytest.param([Quote((("a",),), expandable=True)], "<blockquote expandable>a</blockquote>", id="expandable"),
        pytest.param([Items((("a",), ("b",)))], "• a\n• b", id="bullets"),
        pytest.param([Items((("a",), ("b",)), numbered=True, start=9)], "9. a\n10. b", id="numbers"),
        pytest.param(
            [Table((("Day",), ("Ships",), ("Left",)), ((("Mon",), ("3",), ("",)), (("Tue",), ("4",), ("1",))))],
            "<b>Mon</b> · Ships: 3\n<b>Tue</b> · Ships: 4 · Left: 1",
            id="table",
        ),
        pytest.param(
            [Table((("Day",), ("Ships",)), ((("Mon",), ("3",)),), caption=("In port",))],
            "<i>In port</i>\n<b>Mon</b> · Ships: 3",
            id="table-with-a-caption",
        ),
        pytest.param(
            [Table((("Then:",), ("Now:",)), ((("3",), ("4",)), (("",), (Italic(("Mail",)),))), by_column=True)],
            "<b>Then:</b> 3\n<b>Now:</b> 4\n<i>Mail</i>",
            id="table-read-by-column",
        ),
        pytest.param([Aside((("a",),), cite=("Mayor",))], "<blockquote>a\n— <i>Mayor</i></blockquote>", id="aside"),
        pytest.param([paragraph("a"), Footer((("b",), ("c",)))], "a\n\n<i>b</i>\n<i>c</i>", id="footer"),
        pytest.param([paragraph("a"), Rule(), paragraph("b")], "a\n\n———\n\nb", id="rule"),
        pytest.param(
            [Rule(), paragraph("a"), Rule(), Rule(), paragraph("b"), Rule()], "a\n\n———\n\nb", id="rules-between-only"
        ),
        pytest.param([paragraph("a ", Highlight(("b",)))], "a <b>b</b>", id="highlight"),
        pytest.param(
            [Details(("More",), (paragraph("a"), paragraph("b")))],
            "<b>More</b>\n<blockquote expandable>a\n\nb</blockquote>",
            id="details",
        ),
        pytest.param(
            [Details(("More",), (Aside((("a",),)), paragraph("b")))],
            "<b>More</b>\n<blockquote>a</blockquote>\n\nb",
            id="asides-do-not-nest-either",
        ),
        pytest.param(
            [Details(("More",), (Quote((("a",),)), paragraph("b")))],
            "<b>More</b>\n<blockquote>a</blockquote>\n\nb",
            id="quotations-do-not-nest",
        ),
        pytest.param([Heading((Bold(("a",)),))], "<b>a</b>", id="bold-in-bold"),
        pytest.param([paragraph("a", Bold(("",)), Italic(()), "b")], "ab", id="nothing-marked"),
        pytest.param([paragraph("\u200b"), paragraph("a"), Quote(((" ",),))], "a", id="blocks-not-seen"),
        pytest.param([paragraph("a\u202eb\u2066c\u2069")], "abc", id="directions-from-outside"),
        pytest.param([paragraph("a\ud800b")], "a\ufffdb", id="half-a-pair"),
        pytest.param([paragraph("\ud83d\udea2")], "\U0001f6a2", id="both-halves"),
    ],
)
def test_markup(blocks: list[Block], markup: str) -> None:
    assert one(*blocks) == markup


def test_buttons_are_under_the_last_message() -> None:
    buttons = ((Button("Go", "x"),),)
    messages = render(Document((paragraph("a " * 4000),), buttons))
    assert [message.buttons for message in messages] == [(), buttons]


def texts(blocks: Iterable[Block], **limits: int) -> list[str]:
    return [accepted(message).text for message in render(Document(tuple(blocks)), **limits)]


A, B, C = ("abcdefg " * 250).strip(), ("hijklmn " * 250).strip(), ("opqrstu " * 250).strip()  # 1999 each


@pytest.mark.parametrize(
    ("blocks", "pieces"),
    [
        pytest.param([paragraph(A), paragraph(B), paragraph(C)], [f"{A}\n\n{B}", C], id="between-blocks"),
        pytest.param(
            [paragraph(A[:199]), paragraph(f"{A} {B}")], [A[:199], f"{A} {B}"], id="a-block-that-fits-alone-stays-whole"
        ),
        pytest.param(
            [paragraph(A), paragraph(B), Heading(("Title",)), paragraph(C)],
            [f"{A}\n\n{B}", f"Title\n{C}"],
            id="a-heading-stays-with-what-follows",
        ),
        pytest.param([Items(((A,), (B,), (C,)))], [f"• {A}\n• {B}", f"• {C}"], id="between-items"),
        pytest.param(
            [paragraph(f"{A[:900]}. {B[:900]}. {A}! {C}.")],
            [f"{A[:900]}. {B[:900]}. {A}!", f"{C}."],
            id="at-a-sentence-end",
        ),
        pytest.param(
            [paragraph("خبر۔ " * 1000)], [("خبر۔ " * 819).strip(), ("خبر۔ " * 181).strip()], id="urdu-sentences"
        ),
        pytest.param([paragraph("港口。" * 1500)], ["港口。" * 1365, "港口。" * 135], id="chinese-sentences"),
        pytest.param(
            [paragraph("word " * 1000)], [("word " * 819).strip(), ("word " * 181).strip()], id="between-words"
        ),
        pytest.param([paragraph("x" * 5000)], ["x" * 4096, "x" * 904], id="no-place-at-all"),
        pytest.param([paragraph("\U0001f6a2" * 2049)], ["\U0001f6a2" * 2048, "\U0001f6a2"], id="surrogate-pairs"),
        pytest.param(
            [paragraph("a" * 4095 + "e\u0301" + "z" * 9)], ["a" * 4095, "e\u0301" + "z" * 9], id="accents-stay"
        ),
        pytest.param(
            [paragraph("a" + "\U0001f1eb\U0001f1f7" * 1024)],
            ["a" + "\U0001f1eb\U0001f1f7" * 1023, "\U0001f1eb\U0001f1f7"],
            id="flags-stay",
        ),
        pytest.param(
            [paragraph("a" * 4090 + "\U0001f468\u200d\U0001f469\u200d\U0001f467" + "z")],
            ["a" * 4090, "\U0001f468\u200d\U0001f469\u200d\U0001f467z"],
            id="families-stay",
        ),
        pytest.param([paragraph("क" * 4095 + "क्ष" * 2)], ["क" * 4095, "क्ष" * 2], id="conjuncts-stay"),
        pytest.param([paragraph("a" + "\u0301" * 5000)], ["a" + "\u0301" * 4095, "\u0301" * 905], id="endless-accents"),
        pytest.param([paragraph("a" * 4096, "\u200b" * 50)], ["a" * 4096], id="no-message-that-is-not-seen"),
    ],
)
def test_where_messages_end(blocks: list[Block], pieces: list[str]) -> None:
    assert texts(blocks) == pieces


@pytest.mark.parametrize(
    ("length", "lengths"),
    [pytest.param(1024, [1024], id="all-of-it"), pytest.param(6000, [1024, 4096, 880], id="the-rest-as-messages")],
)
def test_a_picture_comes_first_with_what_fits_into_its_caption(length: int, lengths: list[int]) -> None:
    picture = Picture(b"PNG", "a bar for each day")
    buttons = ((Button("Go", "x"),),)
    messages = render(Document((paragraph("x" * length),), buttons, picture=picture))
    assert [len(message.text) for message in messages] == lengths
    assert [message.picture for message in messages] == [picture, *[None] * (len(lengths) - 1)]
    assert messages[-1].buttons == buttons


def test_a_mark_goes_on_in_the_next_message() -> None:
    first, second = map(accepted, render(Document((Quote(((Bold((f"{A} {B} {C}",)),),), expandable=True),))))
    assert first.marked("blockquote") == first.marked("b") == [first.text]
    assert second.marked("blockquote") == second.marked("b") == [second.text]


def test_a_moment_is_shown_once() -> None:
    line: Inlines = ("a" * 4090, " ", Moment(WHEN, "8 August 2022"))
    assert [accepted(message).marked("tg-time") for message in render(Document((Paragraph((line,)),)))] == [
        [],
        ["8 August 2022"],
    ]


def test_no_entity_beyond_the_hundredth() -> None:
    words = tuple(Bold((f"word{number}",)) if number % 2 else " " for number in range(300))
    messages = render(Document((Paragraph((words,)),)))
    assert [len(accepted(message).marks) for message in messages] == [100, 50]


def test_long_links_do_not_outgrow_the_request() -> None:
    links = tuple(Link((f"link{number} ",), f"https://harbour.example/{'&' * 1500}") for number in range(80))
    assert len(texts([Paragraph((links,))])) > 1


@settings(max_examples=60, deadline=None)
@given(DOCUMENTS)
def test_any_texts_become_messages_that_lose_nothing(document: Document) -> None:
    said = folded("".join(accepted(message).text for message in render(document)))
    at = 0
    for text in texts_to_read(document.blocks, tables=False):
        found = said.find(text, at)
        assert found >= 0, text
        at = found + len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(), st.integers(64, 200))
def test_any_limit_is_kept(text: str, limit: int) -> None:
    messages = render(Document((paragraph("start ", text * 20),)), limit=limit)
    assert all(units(message.text) <= limit for message in messages)
