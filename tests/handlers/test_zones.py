from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.numbers import number_of
from handlers.press import HIGHEST
from handlers.zones import MOST, city, find_zones, zone_of

ENGLISH = Locale("en")


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        pytest.param("Karachi", "Asia/Karachi", id="city-of-the-tz-database"),
        pytest.param("  karachi ", "Asia/Karachi", id="case-and-space"),
        pytest.param("Lahore", "Asia/Karachi", id="larger-city"),
        pytest.param("sao paulo", "America/Sao_Paulo", id="without-accents"),
        pytest.param("São Paulo", "America/Sao_Paulo", id="with-accents"),
        pytest.param("کراچی", "Asia/Karachi", id="urdu"),
        pytest.param("पाकिस्तान", "Asia/Karachi", id="country-in-hindi"),
        pytest.param("القاهرة", "Africa/Cairo", id="arabic"),
        pytest.param("Москва", "Europe/Moscow", id="russian"),
        pytest.param("Londres", "Europe/London", id="french"),
        pytest.param("Pakistan", "Asia/Karachi", id="country"),
        pytest.param("Paris, France", "Europe/Paris", id="city-and-country"),
        pytest.param("Karachi Pakistan", "Asia/Karachi", id="city-and-country-without-comma"),
        pytest.param("Asia/Karachi", "Asia/Karachi", id="name"),
        pytest.param("asia/calcutta", "Asia/Kolkata", id="old-name"),
        pytest.param("America/New York", "America/New_York", id="name-with-a-space"),
        pytest.param("PKT", "Asia/Karachi", id="abbreviation-of-one"),
        pytest.param("utc", "UTC", id="utc"),
        pytest.param("UTC+5", "Etc/GMT-5", id="whole-hours"),
        pytest.param("gmt -3", "Etc/GMT+3", id="hours-west"),
        pytest.param("+05:30", "Asia/Kolkata", id="half-hours"),
        pytest.param("UTC+0", "UTC", id="no-offset"),
        pytest.param("karach", "Asia/Karachi", id="beginning"),
    ],
)
def test_a_place_that_is_clear(words: str, zone: str) -> None:
    assert find_zones(words, ENGLISH) == [zone]


@pytest.mark.parametrize(
    ("words", "among"),
    [
        pytest.param("IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}, id="abbreviation-of-several"),
        pytest.param("Hyderabad", {"Asia/Karachi", "Asia/Kolkata"}, id="city-of-two-countries"),
        pytest.param("Россия", {"Europe/Moscow", "Asia/Yekaterinburg"}, id="country-of-several"),
    ],
)
def test_a_place_that_may_be_several(words: str, among: set[str]) -> None:
    assert among <= set(find_zones(words, ENGLISH))


def test_of_a_large_country_most_people_come_first() -> None:
    assert find_zones("United States", ENGLISH)[:2] == ["America/New_York", "America/Chicago"]


@pytest.mark.parametrize("words", ["", " ", "🙂", "Quillane", "xx", "+26", "+05:17", "Asia/Quillane", ",", "/"])
def test_no_place(words: str) -> None:
    assert find_zones(words, ENGLISH) == []


@given(st.text(max_size=40))
@settings(max_examples=100)
def test_whatever_is_typed_gives_zones_that_there_are(words: str) -> None:
    found = find_zones(words, ENGLISH)
    assert len(found) <= MOST
    assert all(ZoneInfo(zone).key == zone for zone in found)


@pytest.mark.parametrize(
    ("zone", "language", "name"),
    [
        pytest.param("Asia/Karachi", "ur", "کراچی", id="own-script"),
        pytest.param("America/New_York", "en", "New York", id="without-a-translation"),
        pytest.param("Asia/Kolkata", "en", "Kolkata", id="known-by-its-old-name"),
        pytest.param("Asia/Kolkata", "hi", "कोलकाता", id="known-by-its-old-name-in-another-language"),
        pytest.param("America/Argentina/Buenos_Aires", "ru", "Буэнос-Айрес", id="moved-to-a-folder"),
    ],
)
def test_what_people_call_it(zone: str, language: str, name: str) -> None:
    assert city(zone, Locale(language)) == name


def test_a_button_carries_a_zone_as_a_number() -> None:
    assert zone_of(number_of("Asia/Karachi")) == "Asia/Karachi"
    assert zone_of(1) is None
    assert number_of("Asia/Karachi") < HIGHEST
