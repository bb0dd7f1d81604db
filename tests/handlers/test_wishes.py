import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from handlers.wishes import WEEKDAYS, WEEKENDS, Wish, read, read_hours
from summaries.models import EVERY_DAY, Quiet

ENGLISH = Locale.parse("en_GB")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("", Wish(), id="nothing"),
        pytest.param("08:00", Wish((480,)), id="the usual way"),
        pytest.param("8", Wish((480,)), id="an hour"),
        pytest.param("8am", Wish((480,)), id="am"),
        pytest.param("8 AM", Wish((480,)), id="am apart"),
        pytest.param("12am", Wish((0,)), id="midnight in twelve hours"),
        pytest.param("12:30 pm", Wish((750,)), id="after noon"),
        pytest.param("7.45p.m.", Wish((1185,)), id="pm with dots"),
        pytest.param("0800", Wish((480,)), id="four digits"),
        pytest.param("18h30", Wish((1110,)), id="French"),
        pytest.param("20h", Wish((1200,)), id="French hour"),
        pytest.param("8.30", Wish((510,)), id="a point"),
        pytest.param("٠٨:٠٠", Wish((480,)), id="Arabic digits"),
        pytest.param("०८:३०", Wish((510,)), id="Devanagari digits"),
        pytest.param("noon", Wish((720,)), id="noon"),
        pytest.param("18:00 08:00 8am", Wish((480, 1080)), id="several, each once, in order"),
        pytest.param("08:00 mon-fri", Wish((480,), WEEKDAYS), id="a range"),
        pytest.param("08:00 Mon – Fri", Wish((480,), WEEKDAYS), id="a range with a long dash"),
        pytest.param("08:00 sat,sun", Wish((480,), WEEKENDS), id="a list"),
        pytest.param("08:00 Saturday and Sunday", Wish((480,), WEEKENDS), id="full names"),
        pytest.param("fri-mon", Wish((), 0b1110001), id="across the weekend"),
        pytest.param("8 weekdays", Wish((480,), WEEKDAYS), id="weekdays"),
        pytest.param("8 daily", Wish((480,), EVERY_DAY), id="daily"),
        pytest.param("every day at 8", Wish((480,)), id="a sentence"),
        pytest.param("08:00 Asia/Karachi mon-fri", Wish((480,), WEEKDAYS, "Asia/Karachi"), id="all three"),
        pytest.param("New York 6:30", Wish((390,), None, "New York"), id="a city of two words"),
        pytest.param("in São Paulo, 7am", Wish((420,), None, "São Paulo"), id="a city with a comma"),
        pytest.param("25:00", Wish((), None, "25:00"), id="no such hour"),
        pytest.param("08:61", Wish((), None, "08:61"), id="no such minute"),
        pytest.param("13pm", Wish((), None, "13pm"), id="no such hour of twelve"),
        pytest.param("mon-zzz", Wish((), None, "mon-zzz"), id="no such day"),
    ],
)
def test_a_wish_is_read(words: str, expected: Wish) -> None:
    assert read(words, ENGLISH) == expected


@pytest.mark.parametrize(
    ("language", "words", "days"),
    [
        pytest.param("de", "mo-fr", WEEKDAYS, id="German"),
        pytest.param("fr", "samedi,dimanche", WEEKENDS, id="French"),
        pytest.param("es", "lun-vie", WEEKDAYS, id="Spanish"),
        pytest.param("ru", "сб,вс", WEEKENDS, id="Russian"),
        pytest.param("ar", "الجمعة", 0b0010000, id="Arabic"),
        pytest.param("ur", "جمعہ", 0b0010000, id="Urdu"),
        pytest.param("hi", "शनिवार,रविवार", WEEKENDS, id="Hindi"),
        pytest.param("de", "mon-fri", WEEKDAYS, id="English everywhere"),
    ],
)
def test_days_are_known_in_the_language_of_the_reader(language: str, words: str, days: int) -> None:
    assert read(f"08:00 {words}", Locale.parse(language)) == Wish((480,), days)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("22:00-07:00", Quiet(1320, 420), id="the usual way"),
        pytest.param("22 – 7", Quiet(1320, 420), id="hours"),
        pytest.param("10pm to 7am", Quiet(1320, 420), id="in words"),
        pytest.param("٢٢:٠٠ ٠٧:٠٠", Quiet(1320, 420), id="Arabic digits"),
        pytest.param("22", None, id="one time"),
        pytest.param("22 22", None, id="no hours between"),
        pytest.param("night", None, id="no time"),
    ],
)
def test_quiet_hours_are_read(words: str, expected: Quiet | None) -> None:
    assert read_hours(words) == expected


@given(st.text(max_size=80))
def test_anything_is_read_without_an_error(words: str) -> None:
    wish = read(words, ENGLISH)

    assert all(0 <= time < 24 * 60 for time in wish.times)
    assert list(wish.times) == sorted(set(wish.times))
    assert wish.days is None or 0 < wish.days <= EVERY_DAY
