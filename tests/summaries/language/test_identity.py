"""Which language a text is in."""

import pytest

from summaries.language import direction, identify
from tests.summaries.native import ARTICLES, text_of


@pytest.mark.parametrize("language", ARTICLES)
def test_names_the_language_of_an_article(language: str) -> None:
    assert identify(text_of(language)) == language


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        pytest.param("OK", "", "und", id="too short to tell"),
        pytest.param("", "", "und", id="nothing"),
        pytest.param("1234 — 5678 😀", "", "und", id="no letter"),
        pytest.param("1234", "fr", "fr", id="no letter, declared"),
        pytest.param("OK", "en-GB", "en", id="short, declared with a region"),
        pytest.param("OK", "EN_us", "en", id="declared with an underscore"),
        pytest.param("OK", "english", "und", id="a declaration that is no code"),
        pytest.param("OK", "ur", "und", id="declared in a language of another script"),
        pytest.param("یہ کتابیں بڑی ہیں", "", "ur", id="short Urdu has letters of its own"),
        pytest.param("این یک متن است چه", "", "fa", id="short Persian has letters of its own"),
        pytest.param("नमस्ते", "", "hi", id="short Devanagari is most often Hindi"),
        pytest.param("東京は雨です", "", "ja", id="a little kana makes Han Japanese"),
        pytest.param("北京", "", "zh", id="Han alone is Chinese"),
        pytest.param("北京", "ja", "ja", id="unless declared Japanese"),
        pytest.param("서울", "", "ko", id="Hangul"),
        pytest.param("Αθήνα", "", "el", id="Greek"),
        pytest.param("ירושלים", "iw", "he", id="an old code for Hebrew"),
    ],
)
def test_short_texts_and_declarations(text: str, hint: str, expected: str) -> None:
    assert identify(text, hint=hint) == expected


@pytest.mark.parametrize("language", ["fr", "ur", "ru", "de", "zh", "id"])
def test_a_template_that_declares_english_does_not_win(language: str) -> None:
    assert identify(text_of(language), hint="en") == language


@pytest.mark.parametrize("language", ["en", "es", "pt", "ar", "fr"])
def test_a_declaration_that_the_text_bears_out_wins(language: str) -> None:
    assert identify(text_of(language), hint=f"{language}-XX") == language


def test_direction() -> None:
    assert {code: direction(code) for code in ("ur", "ar", "fa", "he")} == dict.fromkeys(
        ("ur", "ar", "fa", "he"), "rtl"
    )
    assert {direction(code) for code in ("en", "hi", "zh", "und", "")} == {"ltr"}
