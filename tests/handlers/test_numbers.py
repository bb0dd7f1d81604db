import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.numbers import named, number_of
from handlers.press import HIGHEST


@given(st.text())
def test_every_name_has_a_number_that_a_button_can_carry(name: str) -> None:
    assert 0 < number_of(name) < HIGHEST


def test_the_number_of_a_name_never_changes() -> None:
    assert number_of("harbour") == 402_070_145_490


@pytest.mark.parametrize(
    ("number", "name"),
    [
        pytest.param(number_of("ferry"), "ferry", id="there"),
        pytest.param(number_of("tram"), None, id="not-there"),
        pytest.param(0, None, id="none"),
    ],
)
def test_the_name_of_a_number(number: int, name: str | None) -> None:
    assert named(number, ["harbour", "ferry"]) == name
