import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.intake import feed_dates
from summaries.intake.feed_dates import Dates, believable

NINE = datetime(2022, 8, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("2022-08-08 09:00", "", NINE, id="no zone is UTC"),
        pytest.param("August 8, 2022 9:00 AM", "", NINE, id="American"),
        pytest.param("8 août 2022 09:00", "fr", NINE, id="French"),
        pytest.param("08. August 2022, 11:00 MESZ", "de", NINE, id="German with zone"),
        pytest.param("Lundi, 08 Aug 2022 09:00:00 +0000", "fr", NINE, id="foreign weekday"),
        pytest.param("Fri, 8 August 2022 09:00 UTC", "", NINE, id="wrong weekday"),
        pytest.param("8 августа 2022 г. 09:00", "ru", NINE, id="Russian"),
        pytest.param("2022年8月8日 09:00", "ja", NINE, id="Japanese"),
        pytest.param("1659949200", "", NINE, id="seconds"),
        pytest.param("1659949200000", "", NINE, id="milliseconds"),
        pytest.param("Sun, 07 Aug 2022 24:00:00 +0000", "", datetime(2022, 8, 8, tzinfo=UTC), id="24:00"),
        pytest.param("08.08.2022 09:00", "", NINE, id="same number twice"),
        pytest.param("04.05.2022", "", datetime(2022, 5, 4, tzinfo=UTC), id="dots put the day first"),
        pytest.param("04/05/2022", "fr", datetime(2022, 5, 4, tzinfo=UTC), id="French puts the day first"),
        pytest.param("04/05/2022", "en-us", datetime(2022, 4, 5, tzinfo=UTC), id="Americans put the month first"),
        pytest.param("04/05/2022", "en", None, id="nobody can know"),
        pytest.param("14/05/2022", "", datetime(2022, 5, 14, tzinfo=UTC), id="no month 14"),
        pytest.param("Heute 14:30", "de", None, id="today"),
        pytest.param("14:30", "", None, id="time alone"),
        pytest.param("yesterday", "en", None, id="yesterday"),
        pytest.param("3 hours ago", "en", None, id="ago"),
        pytest.param("August 2022", "en", None, id="no day"),
        pytest.param("0000-00-00 00:00:00", "", None, id="zeros"),
        pytest.param("0001-01-01T00:00:00", "", None, id="year one"),
        pytest.param("Thu, 01 Jan 1970 01:00:00 +0100", "", None, id="epoch"),
        pytest.param("2022-13-45", "", None, id="no such day"),
        pytest.param("soon", "", None, id="words"),
        pytest.param("", "", None, id="nothing"),
    ],
)
def test_odd_dates(text: str, language: str, expected: datetime | None) -> None:
    assert Dates(language).read(text) == expected


@pytest.mark.parametrize(
    ("text", "parsed", "expected"),
    [
        pytest.param("Mon, 08 Aug 2022 09:00:00 GMT", (2022, 8, 8, 9, 0, 0, 0, 220, 0), NINE, id="followed"),
        pytest.param("Mon, 08 Aug 2022 11:00:00 CEST", (2022, 8, 8, 11, 0, 0, 0, 220, 0), NINE, id="zone it lacks"),
        pytest.param("Mon, 08 Aug 2022 04:00:00 EST", (2022, 8, 8, 9, 0, 0, 0, 220, 0), NINE, id="zone it knows"),
        pytest.param("x", (1970, 1, 1, 0, 0, 0, 3, 1, 0), datetime(1970, 1, 1, tzinfo=UTC), id="epoch"),
        pytest.param("x", (2022, 8, 8, 9, 0, 61, 0, 220, 0), datetime(2022, 8, 8, 9, 1, 1, tzinfo=UTC), id="leap"),
        pytest.param("x", (0, 0, 0, 0, 0, 0, 0, 0, 0), None, id="no date at all"),
    ],
)
def test_feedparsers_reading_is_followed(text: str, parsed: tuple[int, ...], expected: datetime | None) -> None:
    assert Dates().read(text, parsed) == expected
    assert Dates().read(text, time.struct_time(parsed)) == expected


@pytest.mark.parametrize(
    ("moment", "believed"),
    [
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), False, id="epoch"),
        pytest.param(datetime(1969, 12, 31, 16, tzinfo=UTC), False, id="epoch in California"),
        pytest.param(datetime(1, 1, 1, tzinfo=UTC), False, id="year one"),
        pytest.param(datetime(1970, 1, 2, tzinfo=UTC), True, id="the day after"),
        pytest.param(datetime(1901, 12, 13, tzinfo=UTC), True, id="an archive"),
        pytest.param(datetime(2090, 1, 1, tzinfo=UTC), True, id="the future"),
    ],
)
def test_only_the_zeros_of_a_database_are_not_believed(moment: datetime, believed: bool) -> None:
    assert believable(moment) == (moment if believed else None)


def test_dateparser_is_given_up_after_a_few_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(text: str, language: str) -> None:
        asked.append(text)

    monkeypatch.setattr(feed_dates, "_by_dateparser", refuse)
    dates = Dates()
    for number in range(50):
        assert dates.read(f"the {number}th of Nivose, year 11") is None
    assert len(asked) == feed_dates.FAILURES


@settings(max_examples=100, deadline=None)
@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2090, 1, 1)))  # noqa: DTZ001  naive on purpose
def test_iso_dates_round_trip(moment: datetime) -> None:
    moment = moment.replace(tzinfo=UTC)
    if abs((moment - datetime(1970, 1, 1, tzinfo=UTC)).days) > 1:
        assert Dates().read(moment.isoformat(sep=" ")) == moment


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_read_or_none(text: str) -> None:
    found = Dates().read(text)
    assert found is None or found.tzinfo is UTC
