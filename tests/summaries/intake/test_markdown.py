import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.intake.markdown import front_matter, looks_like_markdown, unmark


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        pytest.param("An *old* bridge.", "An old bridge.", id="emphasis"),
        pytest.param("A **very old** bridge.", "A very old bridge.", id="strong"),
        pytest.param("A ***very old*** bridge.", "A very old bridge.", id="strong-emphasis"),
        pytest.param("An _old_ bridge.", "An old bridge.", id="underscores"),
        pytest.param("The [old bridge](https://example.org/a_(b)) fell.", "The old bridge fell.", id="link"),
        pytest.param("The [old bridge][1] fell.\n\n[1]: https://example.org", "The old bridge fell.", id="reference"),
        pytest.param("![a bridge](bridge.jpg)The bridge fell.", "The bridge fell.", id="picture"),
        pytest.param("> The bridge fell.", "The bridge fell.", id="quotation"),
        pytest.param("- The bridge fell.", "The bridge fell.", id="list"),
        pytest.param("Bridges \\*fall\\*.", "Bridges *fall*.", id="escaped"),
        pytest.param("The file `bridge_old_1` is lost.", "The file bridge_old_1 is lost.", id="code"),
        pytest.param("5 * 3 * 2 is thirty.", "5 * 3 * 2 is thirty.", id="no-emphasis"),
        pytest.param("bridge_old_one fell.", "bridge_old_one fell.", id="no-underscored-emphasis"),
        pytest.param("One.<!-- not\nthis -->\nTwo.", "One.\nTwo.", id="comment"),
        pytest.param("One.\n\n* * *\n\nTwo.", "One.\n\n\n\nTwo.", id="rule"),
    ],
)
def test_what_shows_stays_and_marks_go(source: str, plain: str) -> None:
    assert unmark(source) == ("", plain)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("# The old bridge fell #\nIt was old.", id="hash"),
        pytest.param("The old bridge fell\n===\nIt was old.", id="underlined"),
        pytest.param("\n\n# *The old bridge* fell\n\nIt was old.", id="with-emphasis"),
    ],
)
def test_the_heading_at_the_top_is_the_title(source: str) -> None:
    title, body = unmark(source)
    assert title == "The old bridge fell"
    assert body.strip() == "It was old."


def test_front_matter_gives_fields_under_their_known_names() -> None:
    text = (
        '---\ntitle: "The bridge: a story"\nauthor: [Mira Daloun, Teo Varr]\ndate: 2022-08-08\nlang: en-GB\n'
        "source: The Daral Post\ndraft: true\n---\nIt fell."
    )
    fields, body = front_matter(text)
    assert fields == {
        "title": "The bridge: a story",
        "author": "Mira Daloun, Teo Varr",
        "date": "2022-08-08",
        "language": "en",
        "outlet": "The Daral Post",
    }
    assert body == "It fell."


def test_a_source_that_is_an_address_is_the_url() -> None:
    fields, _ = front_matter("---\nsource: https://example.org/a\n---\nIt fell.")
    assert fields["url"] == "https://example.org/a"
    assert "outlet" not in fields


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("---\nIt fell at night\n---\nand nobody saw.", id="rules-around-text"),
        pytest.param("---\ntitle: x\nno end", id="no-end"),
        pytest.param("It fell.", id="none"),
    ],
)
def test_other_texts_have_no_front_matter(text: str) -> None:
    assert front_matter(text) == ({}, text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("# A title\ntext", True, id="heading"),
        pytest.param("See [this](https://example.org).", True, id="link"),
        pytest.param("#hashtag and 5 * 3", False, id="neither"),
    ],
)
def test_looks_like_markdown(text: str, verdict: bool) -> None:
    assert looks_like_markdown(text) is verdict


@settings(max_examples=100)
@given(st.text(alphabet=st.sampled_from("#*_-[]()!`>\\<&= \n\tab1:|~é"), max_size=120))
def test_no_text_breaks_it(text: str) -> None:
    title, body = unmark(front_matter(text)[1])
    assert isinstance(title + body, str)
