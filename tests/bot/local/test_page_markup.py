import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.local.markup import MarkupError
from bot.local.page_markup import TAGS, Element, Node, parse


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        pytest.param("<section>x</section>", 'Unsupported start tag "section" at byte offset 0', id="tag of the web"),
        pytest.param("é<b><span>x</span></b>", 'Unsupported start tag "span" at byte offset 5', id="offsets are bytes"),
        pytest.param("a < b > c", 'Unsupported start tag "" at byte offset 2', id="bare less-than"),
        pytest.param("<p>a <b", "Unclosed start tag at byte offset 5", id="cut off"),
        pytest.param("<p>a", 'Can\'t find end tag corresponding to start tag "p"', id="never closed"),
        pytest.param("a</p>", "Unexpected end tag at byte offset 1", id="never opened"),
        pytest.param(
            "<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"', id="crossed"
        ),
        pytest.param("<p/>", 'Tag "p" must not be closed in itself at byte offset 0', id="closed in itself"),
        pytest.param("<p>&copy;</p>", 'Unsupported entity "&copy;" at byte offset 3', id="entity of the web"),
        pytest.param("&#xD800;", "Invalid character reference &#xD800;", id="half a character"),
        pytest.param("<p style='x'>a</p>", 'Tag "p" has an invalid attribute "style" at byte offset 0', id="style"),
        pytest.param(
            '<table><tr><td align="justify">a</td></tr></table>',
            'Tag "td" has an invalid attribute "align" at byte offset 11',
            id="alignment",
        ),
        pytest.param(
            '<tg-time unix="1" format="rw">x</tg-time>',
            'Tag "tg-time" has an invalid attribute "format" at byte offset 0',
            id="relative and weekday",
        ),
        pytest.param(
            "<tg-time>x</tg-time>", 'Tag "tg-time" must have a valid attribute "unix" at byte offset 0', id="no instant"
        ),
        pytest.param(
            '<img src="data:x"/>', 'Tag "img" has an invalid attribute "src" at byte offset 0', id="a picture in itself"
        ),
    ],
)
def test_complains_in_telegrams_words(html: str, complaint: str) -> None:
    with pytest.raises(MarkupError) as caught:
        parse(html)
    assert str(caught.value) == complaint


def tree(nodes: list[Node]) -> list[object]:
    return [node if isinstance(node, str) else (node.tag, node.attributes, tree(node.children)) for node in nodes]


@pytest.mark.parametrize(
    ("html", "found"),
    [
        pytest.param("a<br>b<br/>", ["a", ("br", {}, []), "b", ("br", {}, [])], id="line breaks"),
        pytest.param("<P>a</p>", [("p", {}, ["a"])], id="upper case"),
        pytest.param(
            "&lt;&#62;&#x26;&quot;&apos;&amp;amp;&nbsp;&hellip;&mdash;", ["<>&\"'&amp;\u00a0…—"], id="references"
        ),
        pytest.param("AT&T & co; &#0", ["AT&T & co; &#0"], id="what is no reference stays"),
        pytest.param(
            '<a href="https://a.example/?x=1&amp;y=2">l</a>',
            [("a", {"href": "https://a.example/?x=1&y=2"}, ["l"])],
            id="references in attributes",
        ),
        pytest.param(
            "<details open><summary>a</summary></details>",
            [("details", {"open": ""}, [("summary", {}, ["a"])])],
            id="an attribute alone",
        ),
        pytest.param("<ol start='3' type=a></ol>", [("ol", {"start": "3", "type": "a"}, [])], id="kinds of quotes"),
        pytest.param(
            '<audio src="https://a.example/x.ogg"/>', [("audio", {"src": "https://a.example/x.ogg"}, [])], id="media"
        ),
    ],
)
def test_reads_a_tree(html: str, found: list[object]) -> None:
    assert tree(parse(html)) == found


@settings(max_examples=200)
@given(st.text(st.sampled_from("<>/&;#xabehr=\"' \n🛳-3"), max_size=40) | st.text(max_size=40))
def test_any_string_is_read_or_complained_about(html: str) -> None:
    try:
        nodes = parse(html)
    except MarkupError:
        return
    assert all(isinstance(node, str) or (isinstance(node, Element) and node.tag in TAGS) for node in nodes)
