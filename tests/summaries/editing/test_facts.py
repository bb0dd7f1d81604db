import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.editing.facts import MOST, facts_of
from summaries.models import Article


def facts(text: str, language: str = "en") -> tuple[str, ...]:
    return facts_of(Article(text, language=language))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("The pier of Velmora fell. Then Velmora was dark.", ("Velmora",), id="a-place"),
        pytest.param("The pier of Velmora fell.", (), id="once-is-not-often"),
        pytest.param(
            "Odile Farran came. Nobody but Farran spoke.", ("Odile Farran",), id="the-family-name-counts-for-the-whole"
        ),
        pytest.param(
            "Odile Farran and Ida Farran came, and Farran spoke to Farran.", ("Farran",), id="unless-it-is-of-two"
        ),
        pytest.param(
            "It cost 4.5 million crowns. Of 4.5 million, half is paid.", ("4.5 million",), id="number-and-unit"
        ),
        pytest.param("In all 1,200 came, and 1,200 went.", ("1,200",), id="number"),
        pytest.param("Nearly 38 per cent fell. The 38 per cent stayed.", ("38 per cent",), id="share"),
        pytest.param("In 2019 it was two, and in 2019 it was 12 and 12.", (), id="years-and-small-numbers-say-little"),
        pytest.param("Winter came. Winter went. Rain fell.", (), id="a-capital-at-the-beginning-is-none"),
        pytest.param("On Monday, and again on Monday, in May and in May.", (), id="the-calendar"),
        pytest.param("The port of New Tarn and the dam of New Tarn.", ("New Tarn",), id="stop-words-within-names-stay"),
        pytest.param("Tarn's quay, then Tarn’s pier, by Tarn.", ("Tarn",), id="possessives"),
        pytest.param(
            "Near Tarn and Harsk, in Harsk and Tarn, by Harsk.", ("Harsk", "Tarn"), id="the-most-repeated-first"
        ),
    ],
)
def test_what_is_repeated(text: str, found: tuple[str, ...]) -> None:
    assert facts(text) == found


def test_german_nouns_are_no_names() -> None:
    assert facts("Der Hafen von Velmora. Am Hafen sprach Odo Brand, und Odo Brand ging zum Hafen.", "de") == (
        "Odo Brand",
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("ویلمورا کی بندرگاہ پر 1,200 لوگ آئے۔ ویلمورا میں 1,200 رہے۔", "ur", id="ur"),
        pytest.param("वेलमोरा में 1,200 लोग आए। वेलमोरा में 1,200 रहे।", "hi", id="hi"),
    ],
)
def test_a_script_without_capitals_has_numbers_alone(text: str, language: str) -> None:
    assert facts(text, language) == ("1,200",)


def test_there_are_at_most_six() -> None:
    names = ["Abel", "Bruno", "Cato", "Dario", "Enzo", "Falk", "Gero", "Hugo"]
    assert facts(" ".join(f"We saw {name} with {name}." for name in names)) == tuple(names[:MOST])


@given(st.lists(st.sampled_from(["Odile Farran", "the pier", "38 per cent", "Velmora", "said", ".", "New", "\n"])))
def test_facts_are_the_article_s_own_words_and_none_holds_another(words: list[str]) -> None:
    text = " ".join(words)
    found = facts(text)

    assert all(fact in text for fact in found)
    assert [(a, b) for a in found for b in found if a != b and f" {a} " in f" {b} "] == []
