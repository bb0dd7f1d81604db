import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.editing.characters import tidy, tidy_line, without_notes


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        pytest.param("One.\r\n\r\nTwo.\rThree.", "One.\nTwo.\nThree.", id="line-ends"),
        pytest.param("One.\u2028Two.\x0bThree.\x85Four.", "One.\nTwo.\nThree.\nFour.", id="unicode-line-ends"),
        pytest.param("a\u00a0b\u202fc\u3000d\te", "a b c d e", id="spaces"),
        pytest.param("  a   b  ", "a b", id="runs-of-spaces"),
        pytest.param("hy\u00adphen\u200bated\ufeff\u2060", "hyphenated", id="invisible"),
        pytest.param("a\x00b\x07c\x1bd", "abcd", id="controls"),
        pytest.param("\u202babc\u202c\u200f", "abc", id="directions"),
        pytest.param("cafe\u0301", "café", id="nfc"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiner-in-persian"),
        pytest.param("क्\u200dष", "क्\u200dष", id="joiner-in-hindi"),
        pytest.param("👩\u200d🚀", "👩\u200d🚀", id="joiner-in-emoji"),
        pytest.param("en\u200cvoy\u200d", "envoy", id="joiner-in-latin"),
        pytest.param("a\ud800b", "ab", id="lone-surrogate"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_only_what_a_reader_sees_stays(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


def test_a_field_is_one_line() -> None:
    assert tidy_line("The bridge\n fell ") == "The bridge fell"


@settings(max_examples=150)
@given(st.text(max_size=80))
def test_tidying_twice_changes_nothing_more(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(line != line.strip() or not line for line in once.split("\n") if once)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param(
            'Rating: 4/5{"@context": "x", "a": {"b": [1]}}The bridge fell.', "Rating: 4/5The bridge fell.", id="amid"
        ),
        pytest.param(
            'The bridge fell.\n{"@type":"Review","a"\nNobody was hurt.',
            "The bridge fell.\n\nNobody was hurt.",
            id="cut-off",
        ),
        pytest.param('The bridge fell.{"@type":\n"Review",\n"a": 1}', "The bridge fell.", id="several-lines"),
        pytest.param('{"@context":1}{"@context":2}', "", id="two"),
        pytest.param('{"@context":' + "[" * 9000, "", id="deep"),
        pytest.param('The sign {"a": 1} stays.', 'The sign {"a": 1} stays.', id="other-braces"),
    ],
)
def test_linked_data_amid_the_text_goes(text: str, left: str) -> None:
    assert without_notes(text) == left
