"""Openings that refer back."""

from importlib import resources

import pytest

from summaries.editing.openings import refers_back
from tests.summaries.native import ARTICLES, LEANING, sentences_of

LISTS = sorted(
    file.name.removesuffix(".txt")
    for file in resources.files("summaries.editing.openings").iterdir()
    if file.name.endswith(".txt")
)


@pytest.mark.parametrize("language", ARTICLES)
def test_native_sentences(language: str) -> None:
    assert [sentence for sentence in sentences_of(language) if refers_back(sentence, language)] == LEANING[language]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        pytest.param("en", "“He left,” she said.", id="behind a quotation mark"),
        pytest.param("en", "- but not now", id="behind a dash"),
        pytest.param("en", "That’s all.", id="curly apostrophe"),
        pytest.param("en", "In  addition, it rained.", id="two spaces"),
        pytest.param("en", "The move surprised Tarn.", id="a definite event"),
        pytest.param("fr", "C’est tout.", id="French elision"),
        pytest.param("fr", "Dans ce cas, on part.", id="French demonstrative"),
        pytest.param("de", "Diesem Plan folgt niemand.", id="German case"),
        pytest.param("de", "Das ist alles.", id="German das with a verb"),
        pytest.param("it", "Quest'anno piove.", id="Italian elision"),
        pytest.param("nl", "Zo'n boot zinkt.", id="Dutch"),
        pytest.param("tr", "İkisi de gitti.", id="Turkish capital"),
        pytest.param("hi", "उन्होंने कहा।", id="Hindi"),
        pytest.param("ur", "اُنھوں نے کہا۔", id="Urdu with vowel sign"),
        pytest.param("fa", "آن‌ها رفتند.", id="Persian with non-joiner"),
        pytest.param("vi", "Ông nói vậy.", id="Vietnamese pronoun"),
        pytest.param("zh", "他们走了。", id="Chinese"),
        pytest.param("ja", "その後、帰った。", id="Japanese"),
        pytest.param("ar", "وأضاف أن الميناء مغلق.", id="Arabic verb without its subject"),
    ],
)
def test_refers_back(language: str, sentence: str) -> None:
    assert refers_back(sentence, language)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        pytest.param("en", "Hero of Tarn dies", id="only the letters"),
        pytest.param("en", "The mover of the motion", id="only the beginning of a word"),
        pytest.param("en", "", id="empty"),
        pytest.param("en", "😀", id="no word"),
        pytest.param("fr", "Alors que la mer monte, Tarn attend.", id="French conjunction"),
        pytest.param("fr", "Dans certains ports, on attend.", id="French word that begins like ce"),
        pytest.param("de", "Das Ministerium schweigt.", id="German article"),
        pytest.param("ru", "Потому что идёт дождь, порт закрыт.", id="Russian conjunction"),
        pytest.param("vi", "Ông Nam nói vậy.", id="Vietnamese title before a name"),
        pytest.param("zh", "也门宣布停火。", id="Chinese country that begins with also"),
        pytest.param("ja", "同志社の学生が来た。", id="Japanese name"),
        pytest.param("hi", "वहीदा ने कहा।", id="Hindi name that begins like a pronoun"),
        pytest.param("ar", "وزير النقل يزور الميناء.", id="Arabic minister, not and"),
        pytest.param("xx", "He left.", id="no list"),
        pytest.param("../en", "He left.", id="no code"),
    ],
)
def test_stands_alone(language: str, sentence: str) -> None:
    assert not refers_back(sentence, language)


@pytest.mark.parametrize("language", LISTS)
def test_every_line_of_a_list_is_found(language: str) -> None:
    text = (resources.files("summaries.editing.openings") / f"{language}.txt").read_text(encoding="utf-8")
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    kept_out = tuple(line[1:].rstrip("*") for line in lines if line.startswith("!"))
    for line in filter(None, lines):
        if not line.startswith("!") and not line.startswith(kept_out or "\0"):
            assert refers_back(line.rstrip("*+"), language), line
