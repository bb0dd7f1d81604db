from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.threads.dates_in_text import mentions

SAID = datetime(2031, 5, 20, 9, tzinfo=UTC)
"""A Tuesday."""


def days(text: str, language: str = "en", said: datetime = SAID) -> list[str]:
    """The days that are spoken of, those that are months without a day."""
    found = mentions(text, language, said)
    return [f"{one.day:%Y-%m}" if one.precision == "month" else one.day.isoformat() for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The bridge fell on 3 March 2030.", ["2030-03-03"], id="a whole date"),
        pytest.param("It fell on March 3, 2030, and 2030-04-01.", ["2030-03-03", "2030-04-01"], id="several"),
        pytest.param("It fell on 3 March.", ["2031-03-03"], id="this year's"),
        pytest.param("It fell on December 24th.", ["2030-12-24"], id="last year's, as this year's is to come"),
        pytest.param("Trams run from 7 June.", [], id="the day to come, where that is soon"),
        pytest.param("She would ask them in July.", [], id="the month to come, where that is soon"),
        pytest.param("It fell on 29 February.", ["2028-02-29"], id="the last leap year's"),
        pytest.param("It fell on 31 June.", [], id="no such day"),
        pytest.param("Since February 2029 it has been shut.", ["2029-02"], id="a month of a year"),
        pytest.param("It was shut in February.", ["2031-02"], id="a month alone"),
        pytest.param("It was shut in late-November.", ["2030-11"], id="a part of a month"),
        pytest.param("The envoys may march on in vain.", [], id="words that are months too"),
        pytest.param("It fell on Sunday.", ["2031-05-18"], id="a weekday is the last one"),
        pytest.param("It fell on Tuesday.", ["2031-05-20"], id="today's weekday is today"),
        pytest.param("They will meet next Friday.", [], id="a weekday to come"),
        pytest.param("It fell yesterday, not today.", ["2031-05-19", "2031-05-20"], id="yesterday and today"),
        pytest.param("It fell the day before yesterday.", ["2031-05-18"], id="the longer phrase"),
        pytest.param("It was shut last month.", ["2031-04"], id="last month"),
        pytest.param("It fell three days ago.", ["2031-05-17"], id="days ago"),
        pytest.param("It was shut 14 months ago, or a month ago.", ["2030-03", "2031-04"], id="months ago"),
        pytest.param("It will open on 1 June 2031.", [], id="a plan"),
        pytest.param("It cost 300 in 2030.", [], id="a year is no day"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        pytest.param("fr", "Hier, puis dimanche, et en mars.", ["2031-05-19", "2031-05-18", "2031-03"], id="French"),
        pytest.param("fr", "Il y a 2 mois, le 1er avril 2030.", ["2031-03", "2030-04-01"], id="French, counted"),
        pytest.param(
            "es", "El domingo 3 de marzo de 2030, ayer.", ["2031-05-18", "2030-03-03", "2031-05-19"], id="Spanish"
        ),
        pytest.param("de", "Am Sonntag, gestern, am 3. März.", ["2031-05-18", "2031-05-19", "2031-03-03"], id="German"),
        pytest.param("de", "Nächsten Sonntag.", [], id="German, to come"),
        pytest.param("ru", "Вчера, 3 марта 2030 года.", ["2031-05-19", "2030-03-03"], id="Russian"),
        pytest.param("ur", "اتوار کو، گزشتہ ماہ، ۳ مارچ 2030", ["2031-05-18", "2031-04", "2030-03-03"], id="Urdu"),
        pytest.param("ur", "پیر صاحب نے کہا", [], id="Urdu, a title that is a weekday too"),
        pytest.param("hi", "रविवार को, 25 फरवरी 2030 को", ["2031-05-18", "2030-02-25"], id="Hindi"),
        pytest.param("ar", "أمس، يوم الأحد", ["2031-05-19", "2031-05-18"], id="Arabic"),
        pytest.param("zh", "昨天宣布，2030年3月3日", ["2031-05-19", "2030-03-03"], id="Chinese"),
        pytest.param("xx", "3 March 2030", ["2030-03-03"], id="a language that is not known"),
    ],
)
def test_other_languages(language: str, text: str, expected: list[str]) -> None:
    assert days(text, language) == expected


def test_the_place_of_a_mention_is_where_it_stands() -> None:
    text = "İ said it fell on Sunday, 3 March."
    assert [text[one.start : one.end] for one in mentions(text, "en", SAID)] == ["Sunday", "3 March"]


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab 0123./-Marchundy年月日کو", max_size=40), st.sampled_from(["en", "ur", "zh", "de", "xx"]))
def test_no_text_is_an_error_and_no_day_lies_ahead(text: str, language: str) -> None:
    found = mentions(text, language, SAID)

    assert all(date(1800, 1, 1) <= one.day <= SAID.date() for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
