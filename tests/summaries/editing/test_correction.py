import pytest
from msgspec.structs import replace

from summaries.editing.brief import brief
from summaries.editing.clean import clean
from summaries.editing.correction import Correction, corrected
from summaries.errors import InputError
from summaries.models import Page, Speaker

TEXT = (
    "The pier of Velmora will stay closed until May, two officials said.\n"
    "Judge Odile Farran told reporters in Velmora that the repairs cost 4.5 million crowns.\n"
    "The pier is a hundred metres long."
)
ARTICLE = clean(Page(TEXT, title="Pier of Velmora stays closed", language="en"))
BRIEFING = replace(brief(ARTICLE), id=7, outlet="The Post", ref="a-1")


def test_other_sentences_come_in_the_order_of_the_article_with_who_says_so() -> None:
    after = corrected(BRIEFING, ARTICLE, Correction(places=(2, 1)))

    assert [(chosen.place, chosen.source) for chosen in after.sentences] == [
        (1, Speaker("named", "Odile Farran")),
        (2, Speaker("outlet")),
    ]
    assert replace(after, sentences=BRIEFING.sentences) == BRIEFING


def test_a_headline_is_taken_from_the_article() -> None:
    after = corrected(BRIEFING, ARTICLE, Correction(headline="The pier of Velmora will stay  closed until May"))

    assert (after.headline, after.made) == ("The pier of Velmora will stay closed until May", True)
    assert corrected(after, ARTICLE, Correction(headline=ARTICLE.title)) == BRIEFING


def test_the_kind_is_said_otherwise() -> None:
    assert corrected(BRIEFING, ARTICLE, Correction(kind="opinion")) == replace(BRIEFING, kind="opinion")


@pytest.mark.parametrize(
    ("correction", "why"),
    [
        pytest.param(Correction(places=()), "1 to 10 sentences", id="no sentence"),
        pytest.param(Correction(places=(0, 3)), "no such sentence", id="a sentence that is not there"),
        pytest.param(Correction(places=(-1,)), "no such sentence", id="a place before the first"),
        pytest.param(Correction(headline="The pier is lost"), "own words", id="words of somebody else's"),
        pytest.param(Correction(headline="  "), "own words", id="no words"),
    ],
)
def test_what_is_not_the_articles_own_is_refused(correction: Correction, why: str) -> None:
    with pytest.raises(InputError, match=why):
        corrected(BRIEFING, ARTICLE, correction)
