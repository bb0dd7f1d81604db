from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handlers.pictures import HEIGHT, MOST_BARS, WIDTH, Bars, draw, over_time, spread

DAY = date(2031, 5, 20)


def days(*numbers: int) -> list[date]:
    return [DAY + timedelta(days=number) for number in numbers]


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


@pytest.mark.parametrize(
    ("volume", "marks", "expected"),
    [
        pytest.param({}, [], Bars(()), id="nothing"),
        pytest.param({0: 3}, [0], Bars((3,), (0,), ("2031-05-20", "2031-05-20")), id="one day"),
        pytest.param({0: 3, 1: 0, 2: 1}, [2], Bars((3, 0, 1), (2,), ("2031-05-20", "2031-05-22")), id="a bar a day"),
        pytest.param({1: 2}, [0, 1], Bars((0, 2), (0, 1), ("2031-05-20", "2031-05-21")), id="a mark before them all"),
        pytest.param(
            {0: 1, 1: 1, 119: 4}, [1, 119], Bars((2, *[0] * 58, 4), (0, 59), ("2031-05-20", "2031-09-16")),
            id="two days a bar",
        ),
    ],
)  # fmt: skip
def test_days_become_bars(volume: dict[int, int], marks: list[int], expected: Bars) -> None:
    assert over_time({DAY + timedelta(days=day): count for day, count in volume.items()}, days(*marks)) == expected


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(0, 4_000), st.integers(0, 50), min_size=1), st.lists(st.integers(0, 4_000)))
def test_no_article_is_lost_and_bars_are_few(volume: dict[int, int], marks: list[int]) -> None:
    bars = over_time({DAY + timedelta(days=day): count for day, count in volume.items()}, days(*marks))

    assert sum(bars.values) == sum(volume.values())
    assert 1 <= len(bars.values) <= MOST_BARS
    assert all(0 <= place < len(bars.values) for place in bars.marks)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(60, WIDTH - 40), max_size=12).map(sorted))
def test_discs_never_cover_each_other_nor_leave_the_picture(centres: list[float]) -> None:
    places = spread(centres)

    assert all(later - earlier >= 59 for earlier, later in pairwise(places))
    assert all(28 <= place <= WIDTH - 28 for place in places)


@pytest.mark.parametrize(
    "bars", [Bars(()), Bars((0, 0)), Bars((1,), (0,), ("a", "a")), Bars((5, 900), (0, 1))], ids=str
)
def test_any_bars_make_a_picture(bars: Bars) -> None:
    image = opened(draw(bars))

    assert image.size == (WIDTH, HEIGHT)


def test_it_can_be_read_on_light_and_on_dark_screens() -> None:
    """Its own ground is opaque, and bars, marks and digits stand out from it (WCAG 2.2: 3 to 1 and more)."""
    image = opened(draw(Bars((3, 5, 2), (1,), ("2031-05-20", "2031-05-22"))))
    colours = {colour for _, colour in image.getcolors() or []}
    ground = image.getpixel((2, 2))

    assert isinstance(ground, tuple)
    assert Image.open(BytesIO(draw(Bars((1,))))).info.get("transparency") is None
    assert sum(_contrast(ground, colour) >= 3 for colour in colours) >= 3


def _contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, ...]) -> float:
    parts = [value / 255 for value in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_highest_bar_reaches_the_line_and_half_of_it_half_the_way() -> None:
    image = opened(draw(Bars((10, 5))))
    ground = image.getpixel((2, 2))
    tall = [sum(image.getpixel((x, y)) != ground for y in range(130, HEIGHT - 70)) for x in range(100, WIDTH - 60, 10)]

    assert max(tall) > 1.8 * min(count for count in tall if count > 50)
