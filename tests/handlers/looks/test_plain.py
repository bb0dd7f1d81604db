import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.looks.plain import tidy, units


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        pytest.param("  a   b  ", " a b ", id="runs-of-spaces"),
        pytest.param("a\r\n\t\x0b\x0cb", "a b", id="line-breaks"),
        pytest.param("a\x00\x1f\x7f\x85b", "a b", id="controls"),
        pytest.param("a\u2028b\u2029c", "a b c", id="separators"),
        pytest.param("\u202aa\u202e\u2066b\u2069", "ab", id="directions"),
        pytest.param("\u200ea\u200fb\u200dc\u200c", "\u200ea\u200fb\u200dc\u200c", id="marks-and-joiners-stay"),
        pytest.param("a\u00a0b\u202fc", "a\u00a0b\u202fc", id="spaces-that-hold-together-stay"),
        pytest.param("A\u030angstro\u0308m", "Ångstro\u0308m", id="rings-that-telegram-would-drop"),
        pytest.param("\ud83d\udea2 \ud83d \udea2", "🚢 \ufffd \ufffd", id="surrogates"),
    ],
)
def test_any_string_as_telegram_takes_it(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@given(st.text(st.characters()))
def test_tidied_text_can_be_sent_and_stays_as_it_is(text: str) -> None:
    once = tidy(text)
    assert once.encode().decode() == once
    assert tidy(once) == once


@given(st.text())
def test_units_are_those_of_utf_16(text: str) -> None:
    assert units(text) == len(text.encode("utf-16-le")) // 2
