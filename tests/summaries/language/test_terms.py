"""Words for measuring, terms for finding."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.language import count_words, spelt_terms, terms, tokens, words
from tests.summaries.native import ARTICLES, text_of


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param(
            "en", "Don’t stop the O'Neil ferry!", ["don't", "stop", "the", "o", "neil", "ferry"], id="English"
        ),
        pytest.param("fr", "L’État n'aide pas", ["l", "état", "n", "aide", "pas"], id="French elision"),
        pytest.param("tr", "IŞIK İzmir'de", ["ışık", "izmir", "de"], id="Turkish capitals"),
        pytest.param("hi", "हिंदी की किताबें", ["हिंदी", "की", "किताबें"], id="Hindi keeps its vowel signs"),
        pytest.param("uk", "Комп’ютер", ["комп'ютер"], id="Ukrainian apostrophe is a letter"),
        pytest.param("zh", "北京大学 a", ["北京", "京大", "大学", "a"], id="Chinese bigrams"),
        pytest.param("zh", "中", ["中"], id="a single character stays itself"),
        pytest.param("ja", "iPhone発売", ["iphone", "発売"], id="Latin beside Han"),
        pytest.param("fa", "می‌خواهد", ["می\u200cخواهد"], id="a word joined by a non-joiner"),
        pytest.param("en", "Ｆｕｌｌ ﬁsh", ["full", "fish"], id="NFKC"),
        pytest.param("en", "snake_case — 3.5", ["snake", "case", "3", "5"], id="underscores and stops part words"),
        pytest.param("en", "", [], id="empty"),
    ],
)
def test_words(language: str, text: str, expected: list[str]) -> None:
    assert words(text, language) == expected


@pytest.mark.parametrize(
    ("language", "typed", "written"),
    [
        pytest.param("en", "talk", "Talks", id="English stem"),
        pytest.param("en", "neil", "Neil's", id="possessive"),
        pytest.param("fr", "ecole", "École", id="accents that readers leave out"),
        pytest.param("de", "strasse", "Straße", id="sharp s"),
        pytest.param("tr", "istanbul", "İSTANBUL", id="Turkish capitals"),
        pytest.param("und", "istanbul", "İstanbul", id="Turkish capital, language unknown"),
        pytest.param("ru", "елка", "Ёлка", id="Russian yo"),
        pytest.param("ur", "كيا", "کیا", id="Urdu typed on an Arabic keyboard"),
        pytest.param("ar", "احمد", "أَحْمَد", id="Arabic hamza and vowel signs"),
        pytest.param("ar", "مدرسه", "مدرسة", id="Arabic ta marbuta"),
        pytest.param("hi", "किताब", "किताबों", id="Hindi stem"),
        pytest.param("hi", "लड़का", "लड़का", id="Hindi nukta, composed or not"),
        pytest.param("fa", "۱۴۰۲", "1402", id="Persian digits"),
        pytest.param("zh", "２０２２", "2022", id="full-width digits"),
        pytest.param("fa", "کتابها", "کتاب‌ها", id="with and without the non-joiner"),
    ],
)
def test_what_is_typed_finds_what_is_written(language: str, typed: str, written: str) -> None:
    assert terms(typed, language) == terms(written, language) != []


def test_unlike_words_stay_apart() -> None:
    assert terms("й", "ru") != terms("и", "ru")
    assert terms("कि", "hi") != terms("की", "hi") or terms("बाल", "hi") != terms("बिल", "hi")
    assert terms("बाल", "hi") != terms("बिल", "hi")


def test_offsets_are_of_the_text_that_was_given() -> None:
    text = "😀 L’État، İzmir 北京大"
    found = [(text[token.start : token.end], token.term) for token in tokens(text, "und")]
    assert found == [("L", "l"), ("État", "etat"), ("İzmir", "izmir"), ("北京", "北京"), ("京大", "京大")]


@settings(max_examples=150)
@given(
    text=st.text(max_size=120),
    language=st.sampled_from(["en", "ur", "ar", "hi", "tr", "zh", "el", "uk", "pl", "cs", "und"]),
)
def test_any_text_gives_terms_that_can_be_indexed(text: str, language: str) -> None:
    found = tokens(text, language)
    assert [token.term for token in found] == terms(text, language)
    spelt = [text[token.start : token.end].replace("’", "'") for token in found]
    assert [(term, word.replace("’", "'")) for term, word in spelt_terms(text, language)] == list(
        zip(terms(text, language), spelt, strict=True)
    )
    assert all(token.term and not any(map(str.isspace, token.term)) for token in found)
    assert all(0 <= token.start < token.end <= len(text) for token in found)
    assert not any(text[token.start : token.end].isspace() for token in found)
    words(text, language)


@pytest.mark.parametrize("language", ARTICLES)
def test_count_words_is_about_what_a_reader_would_count(language: str) -> None:
    assert 50 <= count_words(text_of(language), language) <= 130


def test_count_words_takes_two_characters_as_one_word() -> None:
    assert count_words("北京大学", "zh") == 2
    assert count_words("three plain words", "en") == 3


@settings(max_examples=100)
@given(text=st.text(alphabet=st.characters(max_codepoint=127), max_size=60))
def test_the_quick_way_for_ascii_finds_the_same(text: str) -> None:
    assert terms(text, "en") == [token.term for token in tokens(text, "en")]
    assert words(text, "en") == words(f"{text} é", "en")[:-1]
