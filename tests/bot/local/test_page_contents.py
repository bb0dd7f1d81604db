import json
from typing import Any

import pytest

from bot.local.entities import Entity, Styled
from bot.local.limits import Refusal
from bot.local.page_contents import read_page
from bot.local.pages import (
    Block,
    Cell,
    Divider,
    Folded,
    Gallery,
    Grid,
    Item,
    Listing,
    Media,
    Page,
    Prose,
    Quotation,
)
from bot.local.params import Params


def read(html: str, **fields: Any) -> Page:
    return read_page(Params({"rich_message": json.dumps({"html": html, **fields})}))


def said(text: str) -> Prose:
    return Prose("paragraph", Styled(text))


PHOTO = "https://a.example/x.jpg"


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        pytest.param("<p>a</p><p></p>b", [said("a"), said("b")], id="paragraphs, one without its tag"),
        pytest.param("<p> a\n\t b<br> c </p>", [said("a b\nc")], id="white space folds"),
        pytest.param(
            "<h1>a</h1><h6>b</h6>", [Prose("heading", Styled("a"), 1), Prose("heading", Styled("b"), 6)], id="h"
        ),
        pytest.param("<footer>a</footer><hr/>", [Prose("footer", Styled("a")), Divider()], id="footer and divider"),
        pytest.param("<pre>a\n  b</pre>", [Prose("pre", Styled("a\n  b"))], id="code as it stands"),
        pytest.param(
            '<pre><code class="language-c">a</code></pre>', [Prose("pre", Styled("a"))], id="code of a language"
        ),
        pytest.param(
            "<ul><li>a</li> <li><p>b</p><ul><li>c</li></ul></li></ul>",
            [Listing((Item("•", (said("a"),)), Item("•", (said("b"), Listing((Item("•", (said("c"),)),))))))],
            id="lists in lists",
        ),
        pytest.param(
            '<ol start="3"><li>a</li><li value="7">b</li><li>c</li></ol>',
            [Listing(tuple(Item(label, (said(text),)) for label, text in (("3.", "a"), ("7.", "b"), ("8.", "c"))))],
            id="numbers",
        ),
        pytest.param(
            "<ol reversed><li>a</li><li>b</li></ol>",
            [Listing((Item("2.", (said("a"),)), Item("1.", (said("b"),))))],
            id="numbers backwards",
        ),
        pytest.param(
            '<ul><li><input type="checkbox" checked>a</li><li><input type="checkbox">b</li></ul>',
            [Listing((Item("☑", (said("a"),)), Item("☐", (said("b"),))))],
            id="boxes",
        ),
        pytest.param(
            "<blockquote>a<br>b<cite>c</cite></blockquote>", [Quotation((said("a\nb"),), Styled("c"))], id="quotation"
        ),
        pytest.param(
            "<aside>a<cite>c</cite></aside>", [Prose("pullquote", Styled("a"), credit=Styled("c"))], id="pull quotation"
        ),
        pytest.param(
            "<details open> <summary>a</summary><h2>b</h2>c</details>",
            [Folded(Styled("a"), (Prose("heading", Styled("b"), 2), said("c")), open=True)],
            id="details",
        ),
        pytest.param(
            '<table bordered><caption>c</caption><tr><th>a</th><td colspan="2" align="right">b</td></tr></table>',
            [
                Grid(
                    ((Cell(Styled("a"), header=True), Cell(Styled("b"), align="right", columns=2)),),
                    Styled("c"),
                    bordered=True,
                )
            ],
            id="table",
        ),
        pytest.param(
            f'<figure><img src="{PHOTO}"/><figcaption>a<cite>b</cite></figcaption></figure>',
            [Media("photo", PHOTO, Styled("a"))],
            id="figure",
        ),
        pytest.param(
            f'<tg-collage><img src="{PHOTO}"/><figcaption>a</figcaption></tg-collage>',
            [Gallery("collage", (Media("photo", PHOTO),), Styled("a"))],
            id="collage",
        ),
        pytest.param('<tg-map lat="41.9" long="12.5" zoom="14"/>', [Media("map", "41.9,12.5")], id="map"),
        pytest.param(
            "<tg-math-block>E = mc^2</tg-math-block>",
            [Prose("mathematical_expression", Styled("E = mc^2"))],
            id="formula",
        ),
    ],
)
def test_reads_blocks(html: str, blocks: list[Block]) -> None:
    assert list(read(html).blocks) == blocks


@pytest.mark.parametrize(
    ("html", "entities"),
    [
        pytest.param("🛳 <b>x</b>", [Entity("bold", 3, 1)], id="in UTF-16 units"),
        pytest.param("<p> <b> x </b> </p>", [Entity("bold", 0, 1)], id="around folded white space"),
        pytest.param("<mark>x</mark>", [Entity("marked", 0, 1)], id="highlighted"),
        pytest.param("<b><i>x</i></b>", [Entity("bold", 0, 1), Entity("italic", 0, 1)], id="nested"),
        pytest.param("<b></b>x", [], id="empty"),
        pytest.param(
            '<a href="https://a.example/x">l</a>', [Entity("text_link", 0, 1, url="https://a.example/x")], id="link"
        ),
        pytest.param('<a href="#below">l</a>', [Entity("text_link", 0, 1, url="#below")], id="link inside"),
        pytest.param('<a name="here"></a>x', [], id="a place that is named"),
        pytest.param('<a href="nowhere">l</a>', [], id="a link to nowhere is dropped without a word"),
        pytest.param(
            '<tg-time unix="5" format="wDT">x</tg-time>',
            [Entity("date_time", 0, 1, unix_time=5, date_time_format="wDT")],
            id="instant",
        ),
        pytest.param(
            '<tg-emoji emoji-id="53">x</tg-emoji>', [Entity("custom_emoji", 0, 1, custom_emoji_id="53")], id="emoji"
        ),
        pytest.param("see /help", [Entity("bot_command", 4, 5)], id="commands are found"),
    ],
)
def test_reads_marks(html: str, entities: list[Entity]) -> None:
    (block,) = read(html).blocks
    assert isinstance(block, Prose)
    assert list(block.text.entities) == entities


def test_commands_are_not_found_where_nobody_wants_them_to() -> None:
    (block,) = read("see /help", skip_entity_detection=True).blocks
    assert isinstance(block, Prose)
    assert block.text.entities == ()


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        pytest.param("<p>a<p>b</p></p>", 'Unexpected tag "p" inside text at byte offset 4', id="block in a paragraph"),
        pytest.param("<b><p>a</p></b>", 'Unexpected tag "p" inside text at byte offset 3', id="block in a mark"),
        pytest.param(
            "<table><tr><td><p>a</p></td></tr></table>",
            'Unexpected tag "p" inside text at byte offset 15',
            id="block in a cell",
        ),
        pytest.param(
            "<table><tr>a</tr></table>", 'Unexpected text in the tag "tr" at byte offset 7', id="text in a row"
        ),
        pytest.param("<table></table>", 'Tag "table" is empty at byte offset 0', id="empty table"),
        pytest.param(
            "<table><caption>a</caption></table>", 'Tag "table" is empty at byte offset 0', id="only a caption"
        ),
        pytest.param(
            "<table><tr><td>a</td></tr><caption>b</caption></table>",
            'Unexpected tag "caption" at byte offset 26',
            id="caption below",
        ),
        pytest.param("<tr><td>a</td></tr>", 'Unexpected tag "tr" at byte offset 0', id="row without a table"),
        pytest.param("<li>a</li>", 'Unexpected tag "li" at byte offset 0', id="item without a list"),
        pytest.param("<ul><p>a</p></ul>", 'Unexpected tag "p" in the tag "ul" at byte offset 4', id="no item"),
        pytest.param("<ul></ul>", 'Tag "ul" is empty at byte offset 0', id="empty list"),
        pytest.param(
            "<details>a<summary>b</summary></details>",
            'Tag "details" must start with a tag "summary" at byte offset 0',
            id="summary behind",
        ),
        pytest.param(
            "<details><summary> </summary>b</details>", 'Tag "summary" is empty at byte offset 9', id="empty summary"
        ),
        pytest.param("<summary>a</summary>", 'Unexpected tag "summary" at byte offset 0', id="summary of nothing"),
        pytest.param(
            "<blockquote>a<cite>b</cite>c</blockquote>", 'Unexpected tag "cite" at byte offset 13', id="cite amid"
        ),
        pytest.param("<pre>a<b>c</b></pre>", 'Unexpected tag "b" in the tag "pre" at byte offset 6', id="mark in code"),
        pytest.param(
            f'<figure><figcaption>a</figcaption><img src="{PHOTO}"/></figure>',
            'Tag "figure" holds one picture and its caption at byte offset 0',
            id="figure upside down",
        ),
        pytest.param(f'<p><img src="{PHOTO}"/></p>', 'Unexpected tag "img" inside text at byte offset 3', id="picture"),
    ],
)
def test_complains_of_what_stands_where_it_may_not(html: str, complaint: str) -> None:
    with pytest.raises(Refusal) as caught:
        read(html)
    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


def nested(levels: int) -> str:
    return "<details><summary>s</summary>" * levels + "<p>a</p>" + "</details>" * levels


LONG = "rich message is too long"
BLOCKS = "rich message has too many blocks"
DEEP = "rich message is nested too deep"
EMPTY = "message text must be non-empty"


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        pytest.param("<p>" + "a" * 32_768 + "</p>", "", id="as long as can be"),
        pytest.param("<p>" + "a" * 32_768 + "</p><p>b</p>", LONG, id="too long"),
        pytest.param("<details><summary>b</summary>" + "a" * 32_768 + "</details>", LONG, id="too long with a summary"),
        pytest.param("<p>a</p>" * 500, "", id="as many blocks as can be"),
        pytest.param("<p>a</p>" * 501, BLOCKS, id="too many blocks"),
        pytest.param("<ul>" + "<li>a</li>" * 250 + "</ul>", BLOCKS, id="items and what is in them"),
        pytest.param("<table>" + "<tr><td>a</td></tr>" * 499 + "</table>", "", id="as many rows as can be"),
        pytest.param("<table>" + "<tr><td>a</td></tr>" * 500 + "</table>", BLOCKS, id="too many rows"),
        pytest.param("<blockquote>a</blockquote>" * 251, BLOCKS, id="quotations and what is in them"),
        pytest.param("<details><summary>a</summary>b</details>" * 251, BLOCKS, id="details and what is in them"),
        pytest.param(nested(15), "", id="as deep as can be"),
        pytest.param(nested(16), DEEP, id="too deep"),
        pytest.param(nested(14).replace("<p>a</p>", "<p><b><i>a</i></b></p>"), DEEP, id="marks are levels too"),
        pytest.param("<table><tr>" + "<td>a</td>" * 20 + "</tr></table>", "", id="as wide as can be"),
        pytest.param(
            '<table><tr><td colspan="2">a</td>' + "<td>a</td>" * 19 + "</tr></table>",
            "rich message has a table with too many columns",
            id="too wide",
        ),
        pytest.param(f'<img src="{PHOTO}"/>' * 51, "rich message has too many media", id="too many media"),
        pytest.param("<p> \u200b </p><hr/>", EMPTY, id="nothing to be seen"),
        pytest.param("", EMPTY, id="nothing at all"),
    ],
)
def test_limits(html: str, complaint: str) -> None:
    if not complaint:
        assert read(html).blocks
        return
    with pytest.raises(Refusal) as caught:
        read(html)
    assert caught.value.description == f"Bad Request: {complaint}"


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        pytest.param({}, "rich message is empty", id="nothing"),
        pytest.param(
            {"html": "a", "markdown": "a"},
            "exactly one of the fields html, markdown, and blocks of a rich message must be used",
            id="two forms",
        ),
        pytest.param(
            {"markdown": "a"},
            "this server reads only the field html of a rich message, not markdown",
            id="another form",
        ),
        pytest.param({"html": 5}, 'can\'t parse rich message: Field "html" must be of type String', id="no text"),
        pytest.param([], "object expected as rich message", id="no object"),
    ],
)
def test_what_is_no_rich_message(given: object, complaint: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_page(Params({"rich_message": json.dumps(given)}))
    assert caught.value.description == f"Bad Request: {complaint}"


def test_all_of_a_page_can_be_read_as_text() -> None:
    page = read(
        "<h1>a</h1><details><summary>b</summary><ul><li>c</li></ul></details><table><caption>d</caption><tr><th>e</th>"
        "</tr><tr><td>f</td></tr></table><blockquote>g<cite>h</cite></blockquote><aside>i<cite>j</cite></aside>"
        f'<figure><img src="{PHOTO}"/><figcaption>k</figcaption></figure><hr/><footer>l</footer>',
        is_rtl=True,
    )
    assert page.text == "\n".join("abcdefghijkl")
    assert page.rtl
