from datetime import date, timedelta
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from handlers.pictures import WIDTH
from handlers.stats_pictures import HEIGHT, draw, heights
from summaries.figures import DAYS, Brought, Figures
from summaries.models import Tally
from summaries.outbox import Counts

LAST = date(2031, 5, 20)
GROUND, INK, GREY, RED = (31, 44, 56), (232, 238, 243), (130, 149, 166), (255, 122, 92)
FIRST, SECOND = (86, 180, 233), (255, 198, 92)


def made(articles: dict[int, int], brought: list[dict[int, int]], deliveries: dict[int, tuple[int, int]]) -> Figures:
    """By place among the days."""
    days = tuple(LAST - timedelta(days=back) for back in reversed(range(DAYS)))

    def row(counts: dict[int, int]) -> tuple[int, ...]:
        return tuple(counts.get(place, 0) for place in range(DAYS))

    sources = tuple(Brought(place, f"Source {place}", row(counts)) for place, counts in enumerate(brought, 1))
    sent = tuple(Tally(day.toordinal(), *deliveries.get(place, (0, 0))) for place, day in enumerate(days))
    return Figures(days, 9, 4, row(articles), sources, len(sources), 3, 3, 2, sent, Counts(0, 0, 0), 5_000)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGB")


def counted(image: Image.Image, colour: tuple[int, int, int], box: tuple[int, int, int, int] | None = None) -> int:
    colours = (image.crop(box) if box else image).getcolors(1 << 20) or []
    return sum(count for count, found in colours if found == colour)


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param(made({}, [], {}), id="nothing at all"),
        pytest.param(made({29: 1}, [{29: 1}], {29: (1, 0)}), id="one of each"),
        pytest.param(made({0: 3}, [{0: 90}], {}), id="more was brought than is kept"),
        pytest.param(made({0: 10**7, 1: 1}, [{1: 1}] * 9, {3: (10**6, 10**6)}), id="very many"),
    ],
)
def test_anything_can_be_drawn(figures: Figures) -> None:
    image = opened(draw(figures))

    assert image.size == (WIDTH, HEIGHT)
    assert counted(image, INK) > 0


def test_a_source_has_the_share_of_the_bars_that_it_brought() -> None:
    image = opened(draw(made({5: 100}, [{5: 60}, {5: 30}], {})))
    above = (0, 119, WIDTH, 496)
    first, second, grey = (counted(image, colour, above) for colour in (FIRST, SECOND, GREY))

    assert first / (first + second + grey) == pytest.approx(0.6, abs=0.03)
    assert second / (first + second + grey) == pytest.approx(0.3, abs=0.03)


def test_what_little_there_is_can_be_seen() -> None:
    image = opened(draw(made({5: 5_000}, [{5: 4_999}, {5: 1}], {7: (10_000, 1)})))

    assert counted(image, SECOND, (0, 119, WIDTH, 496)) > 0
    assert counted(image, RED, (0, 590, WIDTH, 930)) > 0


def test_what_failed_is_red_and_only_below() -> None:
    image = opened(draw(made({5: 5}, [{5: 5}], {7: (5, 5)})))

    assert counted(image, RED, (0, 590, WIDTH, 930)) > 0
    assert counted(image, RED, (0, 0, WIDTH, 560)) == 0


def test_only_named_sources_are_in_the_legend() -> None:
    legend = (0, 0, WIDTH, 80)
    one, two = (opened(draw(made({5: 5}, [{5: 2}] * count, {}))) for count in (1, 2))

    assert counted(one, FIRST, legend) > 0
    assert counted(one, SECOND, legend) == 0
    assert counted(two, SECOND, legend) > 0


@settings(max_examples=100)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=6), st.integers(0, 10**6))
def test_pieces_fit_and_none_is_lost(stack: list[int], more: int) -> None:
    tall = heights(stack, 340, max(1, sum(stack) + more))

    assert sum(tall) <= 340
    assert [bool(piece) for piece in tall] == [bool(count) for count in stack]
    assert min(tall) >= 0
