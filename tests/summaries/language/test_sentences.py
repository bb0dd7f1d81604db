"""Text into sentences."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.language import Tokenizer, split
from tests.summaries.native import ARTICLES, sentences_of, text_of

ANY_TEXT = st.text(alphabet=st.one_of(st.characters(), st.sampled_from(" \n.。۔।!?؟“”\"'「」Aaиé中भ")), max_size=200)


def pieces(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in split(text, language)]


@pytest.mark.parametrize("language", ARTICLES)
def test_splits_a_native_article_where_a_reader_would(language: str) -> None:
    assert pieces(text_of(language), language) == sentences_of(language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("en", "He met Dr. Holm at 3 p.m. today. Rain fell.", 2, id="English abbreviations"),
        pytest.param("en", "It cost 3.5 million. Nobody paid.", 2, id="decimal point"),
        pytest.param("fr", "Selon M. Durel, tout va bien. Mme. Aubry le nie.", 2, id="French titles"),
        pytest.param("en", "He was ranked No. 1. player of the day. It rained.", 2, id="a small letter goes on"),
        pytest.param("en", "“Why?” he asked. It rained. eBay fell.", 3, id="a brand in small letters does not"),
        pytest.param("en", "it rained. nobody came. we left", 3, id="all in small letters"),
        pytest.param("es", "Habló la Sra. Pons. Nadie respondió.", 2, id="Spanish title"),
        pytest.param("de", "Am 3. Mai kam Dr. Voss. Er blieb.", 2, id="German date and title"),
        pytest.param("de", "Der Maler J. Amsel ist tot. Er malte viel.", 2, id="initial"),
        pytest.param("ur", "یہ پہلا ہے ۔ یہ دوسرا ہے ۔ کیا؟", 3, id="Urdu stop behind a space"),
        pytest.param("ja", "「雨だ。」と彼は言った。終わり。", 2, id="Japanese quotation and who said it"),
        pytest.param("zh", "“下雨了。”奥多说。大家走了。", 2, id="Chinese quotation and who said it"),
        pytest.param(
            "zh", "他说：“走吧。”大家都离开了港口，回到城里去了。", 2, id="Chinese sentence behind a quotation"
        ),
        pytest.param("en", "One line\nanother line", 2, id="a newline always parts"),
        pytest.param("xx", "A language nobody knows. It splits too.", 2, id="unknown language"),
        pytest.param("", "No language. Two sentences.", 2, id="no language"),
        pytest.param("en", "Wait … what? …", 1, id="dots without a word belong to the sentence"),
    ],
)
def test_named_cases(language: str, text: str, expected: int) -> None:
    assert len(pieces(text, language)) == expected, pieces(text, language)


@settings(max_examples=150)
@given(text=ANY_TEXT, language=st.sampled_from(["en", "ur", "zh", "ja", "fr", "und", ""]))
def test_loses_nothing_and_never_crosses_a_line(text: str, language: str) -> None:
    spans = split(text, language)
    assert spans == sorted(spans)
    assert all(one[1] <= following[0] for one, following in pairwise(spans))
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(text[a:b] == text[a:b].strip() != "" and "\n" not in text[a:b] for a, b in spans)


def test_lone_surrogates_and_a_line_of_two_megabytes() -> None:
    assert pieces("Odd \ud800 letter. Next one.", "en") == ["Odd \ud800 letter.", "Next one."]
    long_line = "word " * 400_000
    assert "".join(pieces(long_line, "en")).count("word") == 400_000


def test_the_tokenizer_for_sumy_uses_the_same_sentences_and_words() -> None:
    tokenizer = Tokenizer("hi")
    assert tokenizer.to_sentences(text_of("hi")) == tuple(sentences_of("hi"))
    assert tokenizer.to_words("किताबें, पढ़ो!") == ("किताबें", "पढ़ो")


def test_a_line_without_end_is_split_in_pieces_between_its_sentences() -> None:
    sentences = [f"The bridge number {place} fell in the night, police said." for place in range(2000)]
    line = " ".join(sentences)
    assert [line[start:end] for start, end in split(line, "en")] == sentences


@pytest.mark.parametrize("mark", ["<!--", "a", ". ", '"', "。", "«» "])
def test_nothing_of_a_line_without_sentences_is_lost(mark: str) -> None:
    line = mark * 50_000
    spans = split(line, "en")
    assert "".join("".join(line[start:end].split()) for start, end in spans) == "".join(line.split())
