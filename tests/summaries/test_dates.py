from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.dates import find_date, plain, read_date

AUGUST_8 = datetime(2022, 8, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("August 08, 2022", id="en-us"),
        pytest.param("8 Aug 2022", id="en-short"),
        pytest.param("Aug. 8, 2022", id="en-short-dotted"),
        pytest.param("8th of August, 2022", id="en-ordinal"),
        pytest.param("Monday, 8 August 2022", id="weekday"),
        pytest.param("2022-08-08", id="iso"),
        pytest.param("2022/08/08", id="slashes-year-first"),
        pytest.param("08.08.2022", id="dots"),
        pytest.param("8 août 2022", id="fr"),
        pytest.param("8 de agosto de 2022", id="es"),
        pytest.param("8. August 2022", id="de"),
        pytest.param("8 agosto 2022", id="it"),
        pytest.param("8 августа 2022 г.", id="ru"),
        pytest.param("8 أغسطس 2022", id="ar"),
        pytest.param("٨ أغسطس ٢٠٢٢", id="ar-digits"),
        pytest.param("8 آب 2022", id="ar-levant"),
        pytest.param("۸ اگست ۲۰۲۲", id="ur-digits"),
        pytest.param("8 अगस्त 2022", id="hi"),
        pytest.param("८ अगस्त २०२२", id="hi-digits"),
        pytest.param("8 Ağustos 2022", id="tr"),
        pytest.param("8 Agustus 2022", id="id"),
        pytest.param("8 tháng 8, 2022", id="vi"),
        pytest.param("2022年8月8日", id="zh-ja"),
        pytest.param("2022년 8월 8일", id="ko"),
        pytest.param("8 augustus 2022", id="nl"),
        pytest.param("2022-08-08T05:00:00+05:00", id="iso-with-zone"),
    ],
)
def test_a_day_is_read_in_many_languages_as_its_midnight_in_utc(text: str) -> None:
    assert read_date(text) == AUGUST_8


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        pytest.param(
            "PUBLISHED: 14:11 EST, 25 October 2013", datetime(2013, 10, 25, 19, 11, tzinfo=UTC), id="time-before"
        ),
        pytest.param("August 8, 2022 3:15 pm IST", datetime(2022, 8, 8, 9, 45, tzinfo=UTC), id="half-hour-zone"),
        pytest.param("2022-08-08T10:11:12Z", datetime(2022, 8, 8, 10, 11, 12, tzinfo=UTC), id="iso-z"),
        pytest.param(
            "2022-08-08T10:11:12.123-03:30",
            datetime(2022, 8, 8, 13, 41, 12, 123000, tzinfo=UTC),
            id="iso-negative-half",
        ),
        pytest.param("Mon, 08 Aug 2022 10:00:00 +0000", datetime(2022, 8, 8, 10, tzinfo=UTC), id="rfc-5322"),
        pytest.param(
            "Last updated at 12:25 AM on 3rd August 2011", datetime(2011, 8, 3, 0, 25, tzinfo=UTC), id="midnight-am"
        ),
        pytest.param("08.08.2022 14:30", datetime(2022, 8, 8, 14, 30, tzinfo=UTC), id="no-zone-is-utc"),
        pytest.param("25/04/2022", datetime(2022, 4, 25, tzinfo=UTC), id="only-day-first-fits"),
        pytest.param("04/25/2022", datetime(2022, 4, 25, tzinfo=UTC), id="only-month-first-fits"),
    ],
)
def test_a_time_with_its_zone_makes_the_moment(text: str, moment: datetime) -> None:
    assert read_date(text) == moment


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("04/05/2022", id="day-or-month-first"),
        pytest.param("31 February 2022", id="no-such-day"),
        pytest.param("May 2022", id="no-day"),
        pytest.param("8 August", id="no-year"),
        pytest.param("the 1500 metres", id="a-number"),
        pytest.param("0001-01-01", id="a-filler"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_names_no_certain_day_is_no_date(text: str) -> None:
    assert read_date(text) is None


def test_the_language_settles_what_numbers_leave_open() -> None:
    assert read_date("04/05/2022", language="fr") == datetime(2022, 5, 4, tzinfo=UTC)


def test_a_month_name_of_two_languages_is_read_by_the_language() -> None:
    assert read_date("5 listopad 2022", language="pl") == datetime(2022, 11, 5, tzinfo=UTC)


def test_a_date_far_ahead_of_now_is_not_believed() -> None:
    assert read_date("8 August 2022", now=AUGUST_8 - timedelta(days=3)) is None
    assert read_date("8 August 2022", now=AUGUST_8 - timedelta(days=1)) == AUGUST_8


def test_the_place_of_a_date_is_in_code_points_of_the_text_as_given() -> None:
    text = "İzmir, ٨ أغسطس ٢٠٢٢: x"
    found = find_date(text)
    assert found is not None
    assert text[found.start : found.end] == "٨ أغسطس ٢٠٢٢"


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("İΣςẞ٣३ Aa"), max_size=20))
def test_every_character_is_made_plain_by_itself_and_in_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(text) == "".join(map(plain, text))


@settings(max_examples=60)
@given(st.dates(min_value=date(1850, 1, 1), max_value=date(2999, 1, 1)))
def test_iso_days_are_read_back(day: date) -> None:
    assert read_date(day.isoformat()) == datetime(day.year, day.month, day.day, tzinfo=UTC)


@settings(max_examples=80)
@given(st.text(alphabet=st.sampled_from("0123456789 -/.:,TZ+augmaisept年月日आगस٢"), max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    found = find_date(text)
    assert found is None or text[found.start : found.end]
