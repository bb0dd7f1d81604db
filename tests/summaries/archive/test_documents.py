import math
from datetime import timedelta

import pytest

from summaries.archive.documents import document, searchable
from summaries.models import Briefing, Chosen
from tests.news import NOW, article


def factor(briefing: Briefing) -> float:
    """What tantivy makes of the weight (`Searcher.search`, weight_by_field)."""
    return math.log2(2 + document(briefing, None)["weight"][0])


def of_day(published: int, received: int = 0) -> Briefing:
    """A briefing published and received so many days before now."""
    day = timedelta(days=1)
    return Briefing("Dam", (), id=1, published=NOW - published * day, received=NOW - received * day)


def test_the_factor_doubles_every_five_years() -> None:
    assert factor(of_day(0)) == pytest.approx(2 * factor(of_day(round(5 * 365.25))), rel=1e-3)


def test_a_week_makes_little_of_a_difference() -> None:
    assert 1 < factor(of_day(0)) / factor(of_day(7)) < 1.01


def test_a_date_in_the_future_gains_nothing() -> None:
    assert factor(of_day(-9000)) == factor(of_day(0))


def test_a_date_before_2000_and_no_date_at_all_are_accepted() -> None:
    assert factor(of_day(20_000)) == factor(Briefing("Dam", (), id=1)) == pytest.approx(1)


def test_an_undated_briefing_counts_from_its_receipt() -> None:
    assert factor(Briefing("Dam", (), id=1, received=NOW)) == factor(of_day(0))


def test_every_sentence_is_a_value_of_its_own() -> None:
    made = document(Briefing("Dam talks", (Chosen("Two words.", 0), Chosen("Three more words.", 1)), id=1), None)
    assert made["sentences"] == ["two words", "three more words"]


def test_the_text_is_that_of_the_article() -> None:
    assert document(Briefing("", (), id=1, language="en"), article("The dams.", "Talks."))["text"] == [
        "the dam",
        "talk",
    ]


def test_a_url_that_is_none_is_no_error() -> None:
    assert document(Briefing("Dam", (), id=1, url="http://[", outlet="Ledger"), None)["source"] == ["ledger", ""]


def test_what_has_no_words_left_is_not_searchable() -> None:
    assert searchable(Briefing("Dam", ()))
    assert not searchable(Briefing("", ()))


def test_what_an_article_repeats_is_found_like_a_tag_and_each_once() -> None:
    made = document(Briefing("Dam", (), id=1, tags=("Valley", "tarn"), facts=("Tarn", "38 per cent")), None)
    assert made["tag"] == ["valley", "tarn", "38 per cent"]
