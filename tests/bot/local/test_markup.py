from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local.entities import Entity, Styled, clean, finish
from bot.local.markup import MarkupError, parse


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        pytest.param("<p>x</p>", 'Unsupported start tag "p" at byte offset 0', id="tag of the web"),
        pytest.param("é<br/>", 'Unsupported start tag "br/" at byte offset 2', id="offsets are bytes"),
        pytest.param("a < b", 'Unsupported start tag "" at byte offset 2', id="bare less-than"),
        pytest.param("x<b", "Unclosed start tag at byte offset 1", id="text ends in a tag name"),
        pytest.param("<b>x", 'Can\'t find end tag corresponding to start tag "b"', id="never closed"),
        pytest.param("x</b>", "Unexpected end tag at byte offset 1", id="never opened"),
        pytest.param(
            "<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"', id="crossed"
        ),
        pytest.param(
            "<b>x</strong>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</strong>"', id="synonym"
        ),
        pytest.param("<b>x</b", "Unclosed end tag at byte offset 4", id="end tag cut off"),
        pytest.param("<a href>x</a>", None, id="attribute without value"),
        pytest.param('<a href="x"', 'Unclosed start tag "a" at byte offset 0', id="cut off behind an attribute"),
        pytest.param('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0', id="nameless attribute"),
        pytest.param("<a href=http://x>y</a>", "Unexpected end of name token at byte offset 8", id="unquoted URL"),
        pytest.param("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0', id="plain span"),
        pytest.param(
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            'Nested tag "blockquote" at byte offset 13',
            id="quotation in a quotation",
        ),
        pytest.param("a&nbsp;b", 'Unsupported entity "&nbsp;" at byte offset 1', id="entity of the web"),
        pytest.param('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified", id="emoji"),
        pytest.param(
            "<tg-time>x</tg-time>", 'Tag "tg-time" must have a valid attribute "unix" at byte offset 0', id="no instant"
        ),
        pytest.param(
            '<tg-time unix="1" format="rw">x</tg-time>',
            'Tag "tg-time" has an invalid attribute "format" at byte offset 0',
            id="relative and weekday",
        ),
        pytest.param(
            "&#xD800;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code "
            "units",
            id="half a character",
        ),
    ],
)
def test_complains_in_telegrams_words(html: str, complaint: str | None) -> None:
    if complaint is None:
        assert parse(html)
        return
    with pytest.raises(MarkupError) as caught:
        parse(html)
    assert str(caught.value) == complaint


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        pytest.param("🛳 <b>x</b>", "🛳 x", [Entity("bold", 3, 1)], id="astral characters count twice"),
        pytest.param("<STRONG>x</strong>", "x", [Entity("bold", 0, 1)], id="upper case"),
        pytest.param("<b>x</>", "x", [Entity("bold", 0, 1)], id="nameless end tag"),
        pytest.param("<b></b>x", "x", [], id="empty tags leave nothing"),
        pytest.param("&lt;&#62;&#x26;&quot;&amp;amp;", '<>&"&amp;', [], id="references"),
        pytest.param("AT&T & co; &#0; &#x110000;", "AT&T & co; &#0; &#x110000;", [], id="what is no reference stays"),
        pytest.param(
            '<a href="https://a.example/?x=1&amp;y=2">l</a>',
            "l",
            [Entity("text_link", 0, 1, url="https://a.example/?x=1&y=2")],
            id="link",
        ),
        pytest.param("<a>a.example</a>", "a.example", [Entity("text_link", 0, 9, url="http://a.example/")], id="bare"),
        pytest.param('<a href="nowhere">l</a>', "l", [], id="a link to nowhere is dropped without a word"),
        pytest.param(
            '<a href="tg://user?id=42">A</a>', "A", [Entity("text_mention", 0, 1, user=42)], id="mention by id"
        ),
        pytest.param(
            '<pre><code class="language-c">x</code></pre>', "x", [Entity("pre", 0, 1, language="c")], id="language"
        ),
        pytest.param("<code class='language-c'>x</code>", "x", [Entity("code", 0, 1)], id="only pre has a language"),
        pytest.param(
            "<blockquote expandable>x</blockquote>", "x", [Entity("expandable_blockquote", 0, 1)], id="expandable"
        ),
        pytest.param(
            '<tg-time unix="1647531900" format="wDT">then</tg-time>',
            "then",
            [Entity("date_time", 0, 4, unix_time=1647531900, date_time_format="wDT")],
            id="instant",
        ),
        pytest.param(
            '<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>',
            "x",
            [Entity("custom_emoji", 0, 1, custom_emoji_id="5368324170671202286")],
            id="custom emoji",
        ),
    ],
)
def test_reads_text_and_entities(html: str, text: str, entities: list[Entity]) -> None:
    assert parse(html) == Styled(text, tuple(entities))


TAGS = st.sampled_from(["b", "strong", "i", "em", "u", "ins", "s", "del", "tg-spoiler", "code", "pre"])
PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
Piece = tuple[str, str]
"""Markup and the plain text that it stands for."""

PIECES: st.SearchStrategy[Piece] = st.recursive(
    PLAIN.map(lambda text: (escape(text), text)),
    lambda inner: st.one_of(
        st.tuples(TAGS, inner).map(lambda made: (f"<{made[0]}>{made[1][0]}</{made[0]}>", made[1][1])),
        st.lists(inner, max_size=3).map(lambda made: ("".join(m for m, _ in made), "".join(t for _, t in made))),
    ),
    max_leaves=8,
)


@settings(max_examples=150)
@given(PIECES)
def test_valid_markup_is_read_back_as_its_text(piece: Piece) -> None:
    html, text = piece
    # A quotation mark in the shape that html.escape gives it is decoded too.
    assert parse(html).text == text


@settings(max_examples=200)
@given(st.text(st.sampled_from("<>/&;#xabehr=\"' \n🛳-3"), max_size=40) | st.text(max_size=40))
def test_any_string_is_read_or_complained_about(html: str) -> None:
    try:
        styled = parse(html)
    except MarkupError:
        return
    units = len(styled.text.encode("utf-16-le", "surrogatepass")) // 2
    assert all(entity.offset >= 0 and entity.length > 0 and entity.end <= units for entity in styled.entities)


@settings(max_examples=150)
@given(PIECES)
def test_finished_entities_lie_inside_the_text(piece: Piece) -> None:
    styled = finish(parse(clean(piece[0])))
    units = len(styled.text.encode("utf-16-le")) // 2
    assert styled.text == styled.text.strip()
    assert all(entity.offset >= 0 and entity.length > 0 and entity.end <= units for entity in styled.entities)
