"""Stems and stop words."""

import socket
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.language import identify, split, stem, stop_words, terms
from summaries.language.stems import _OWN, _SUMY
from tests.summaries.native import ARTICLES, text_of


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        pytest.param("en", ("talk", "talks", "talking"), id="English"),
        pytest.param("fr", ("parler", "parlait", "parlé"), id="French"),
        pytest.param("ru", ("порт", "порта", "порту"), id="Russian"),
        pytest.param("ar", ("كتاب", "الكتاب", "والكتاب"), id="Arabic"),
        pytest.param("hi", ("लड़की", "लड़कियों", "लड़कियां"), id="Hindi"),
        pytest.param("ur", ("کتاب", "کتابیں", "کتابوں"), id="Urdu"),
        pytest.param("tr", ("mühendis", "mühendisler", "mühendislerin"), id="Turkish"),
        pytest.param("pl", ("miasto", "miasta", "miastem"), id="Polish"),
        pytest.param("el", ("πόλεμος", "πόλεμου"), id="Greek"),
        pytest.param("id", ("kapal", "kapalnya"), id="Indonesian"),
        pytest.param("fa", ("کتاب", "کتاب‌ها", "کتاب‌های"), id="Persian"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, forms: tuple[str, ...]) -> None:
    assert len({stem(form, language) for form in forms}) == 1


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    assert stem("cảng", "vi") == "cảng"
    assert stem("word", "und") == "word"


@settings(max_examples=200)
@given(word=st.text(max_size=20), language=st.sampled_from(sorted({*_SUMY, *_OWN})))
def test_any_word_has_a_stem(word: str, language: str) -> None:
    assert isinstance(stem(word, language), str)


@pytest.mark.parametrize(
    ("language", "usual", "telling"),
    [
        ("en", "the", "harbour"),
        ("ur", "ہے", "بندرگاہ"),
        ("hi", "है", "बंदरगाह"),
        ("ru", "что", "порт"),
        ("nl", "het", "haven"),
        ("tr", "ve", "liman"),
        ("id", "yang", "pelabuhan"),
        ("vi", "của", "cảng"),
        ("fa", "است", "بندر"),
    ],
)
def test_stop_words(language: str, usual: str, telling: str) -> None:
    assert usual in stop_words(language)
    assert telling not in stop_words(language)


@pytest.mark.parametrize("language", ["und", "", "../en", "xx"])
def test_no_stop_words_for_an_unknown_language(language: str) -> None:
    assert stop_words(language) == frozenset()


def test_nothing_needs_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise OSError("no network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    stop_words.cache_clear()
    for language in ARTICLES:
        text = text_of(language)
        assert identify(text) == language
        assert split(text, language)
        assert terms(text, language)
