import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.intake.feed_text import absolute, as_html, plain, without_feed_scheme


@pytest.mark.parametrize(
    ("text", "markup", "expected"),
    [
        pytest.param("AT&T", False, "AT&T", id="bare ampersand"),
        pytest.param("AT&amp;T", False, "AT&T", id="escaped twice"),
        pytest.param("AT&amp;amp;T", True, "AT&T", id="escaped three times"),
        pytest.param("a < b", False, "a < b", id="less than"),
        pytest.param("a < b > c", True, "a < b > c", id="no tag at all"),
        pytest.param("x <y> z", False, "x <y> z", id="no element of HTML"),
        pytest.param("The <b> element", False, "The <b> element", id="named, not used"),
        pytest.param("The <b> element", True, "The element", id="declared as HTML"),
        pytest.param("<b>Mill</b> burns", False, "Mill burns", id="HTML nobody declared"),
        pytest.param("&lt;i&gt;light&lt;/i&gt; &amp; dark", True, "light & dark", id="tags escaped twice"),
        pytest.param("Mill<br/>burns", False, "Mill burns", id="line break"),
        pytest.param("M<b>ill</b>", True, "Mill", id="inside a word"),
        pytest.param("Tide<script>alert(1)</script>", True, "Tide", id="script"),
        pytest.param("a<!-- note -->b", True, "a b", id="comment"),
        pytest.param("Caf&eacute; &#8217;s &#x2014;", False, "Café ’s —", id="references"),
        pytest.param("rules&copy=1 &para", False, "rules&copy=1 &para", id="references without semicolon"),
        pytest.param(" two\n\tlines\u00a0here ", False, "two lines here", id="space"),
        pytest.param("a\x00b\x07c", False, "abc", id="control characters"),
    ],
)
def test_titles_become_plain(text: str, markup: bool, expected: str) -> None:
    assert plain(text, markup=markup) == expected


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="<&", exclude_categories=["Cc", "Cn", "Co"])))
def test_what_has_neither_tag_nor_reference_stays(text: str) -> None:
    assert plain(text) == " ".join(text.replace("\ufeff", "").split())


@given(st.text(max_size=300))
def test_plain_is_one_line(text: str) -> None:
    assert "\n" not in plain(text, markup=True)


def test_relative_links_of_html_are_joined_and_others_left() -> None:
    text = '<a href="/a">x</a> <img alt="" src=\'b.png\'> <a href="https://c.example.org/">y</a> <a href="#top">z</a>'
    assert as_html(text, markup=True, base="https://d.example.org/e/") == (
        '<a href="https://d.example.org/a">x</a> <img alt="" src=\'https://d.example.org/e/b.png\'>'
        ' <a href="https://c.example.org/">y</a> <a href="#top">z</a>'
    )


def test_plain_text_becomes_paragraphs() -> None:
    assert as_html("a < b\n\nc & d", markup=False) == "<p>a &lt; b</p>\n<p>c &amp; d</p>"
    assert as_html("<p>a</p>", markup=False) == "<p>a</p>"


@pytest.mark.parametrize(
    ("link", "base", "expected"),
    [
        ("a\n b", "https://x.example.org/", "https://x.example.org/a b"),
        ("//[bad", "https://x.example.org/", "//[bad"),
        ("", "https://x.example.org/", ""),
    ],
)
def test_links_are_joined_where_they_can_be(link: str, base: str, expected: str) -> None:
    assert absolute(link, base) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("feed://x.example.org/rss", "http://x.example.org/rss"),
        ("feed:https://x.example.org/rss", "https://x.example.org/rss"),
        ("feed://https://x.example.org/rss", "https://x.example.org/rss"),
        ("https://x.example.org/feed:1", "https://x.example.org/feed:1"),
    ],
)
def test_the_feed_scheme_is_no_other_address(address: str, expected: str) -> None:
    assert without_feed_scheme(address) == expected
