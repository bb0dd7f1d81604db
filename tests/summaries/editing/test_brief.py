from summaries.editing.brief import brief
from summaries.editing.clean import clean
from summaries.editing.condense import condense
from summaries.models import Article, Page, Speaker, Voices
from tests.summaries.native import ARTICLES, text_of

TEXT = (
    "The pier of Velmora will stay closed until May, two officials said.\n"
    "Judge Odile Farran told reporters in Velmora that the repairs cost 4.5 million crowns.\n"
    "The pier is a hundred metres long."
)


def article(text: str = TEXT, language: str = "en") -> Article:
    return clean(Page(text, title="Pier of Velmora stays closed", language=language))


def test_a_brief_is_what_condense_makes_of_it_with_notes() -> None:
    made, plain = brief(article()), condense(article())

    assert [(chosen.text, chosen.place) for chosen in made.sentences] == [
        (chosen.text, chosen.place) for chosen in plain.sentences
    ]
    assert [chosen.source for chosen in made.sentences] == [
        Speaker("unnamed", "two officials"),
        Speaker("named", "Odile Farran"),
        Speaker("outlet"),
    ]
    assert made.voices == Voices(named=1, unnamed=1)
    assert made.facts == ("Velmora",)


def test_sources_are_counted_over_the_whole_article() -> None:
    made = brief(article(), sentences=1)

    assert len(made.sentences) == 1
    assert made.voices == Voices(named=1, unnamed=1)


def test_where_a_language_has_no_rules_nothing_is_claimed() -> None:
    made = brief(clean(Page(text_of("tr"), title=ARTICLES["tr"][0], language="tr")))

    assert made.sentences
    assert made.voices is None
    assert {chosen.source for chosen in made.sentences} == {None}
