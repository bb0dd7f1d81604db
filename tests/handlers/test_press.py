import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.document import DATA_BYTES
from handlers.press import HIGHEST, Press, read

NUMBERS = st.integers(0, HIGHEST - 1)
LISTS = st.builds(lambda view, ids: Press(view, ids).data, st.sampled_from("lns"), st.tuples(NUMBERS, NUMBERS))


@given(st.sampled_from("bc"), NUMBERS, st.integers(0, 99), LISTS)
def test_data_comes_back_and_always_fits(view: str, id: int, part: int, back: str) -> None:
    press = Press(view, (id,), part, back)
    assert read(press.data) == press
    assert len(press.data.encode()) <= DATA_BYTES


@pytest.mark.parametrize(
    "data", ["", "b", "b:", "b:0:", "b:x:1", "b:0:-1", "b:0:1.5", "b:0:٣", f"b:0:{HIGHEST}", "/l:0"]
)
def test_what_no_button_carries(data: str) -> None:
    assert read(data) is None


@given(st.text(max_size=64))
def test_any_data_is_read_without_an_error(data: str) -> None:
    press = read(data)
    assert press is None or isinstance(press, Press)


def test_another_part_of_the_same_view() -> None:
    assert Press("c", (12,), 0, "l:0:13:5").at(2).data == "c:2:12/l:0:13:5"
