from hypothesis import given
from hypothesis import strategies as st

from handlers.looks.cut import cut
from handlers.looks.plain import units

PLACES = st.lists(st.integers(0, 80), max_size=6).map(lambda places: tuple(sorted(set(places))))


@given(st.text("ab .\u0301🚢", min_size=1, max_size=80), st.integers(1, 40), st.lists(PLACES, max_size=3))
def test_a_text_is_cut_up_without_a_gap(text: str, limit: int, breaks: list[tuple[int, ...]]) -> None:
    start, pieces = 0, []
    while start < len(text):
        furthest = min(start + max(1, limit // 2), len(text))
        end = cut(text, start, furthest, breaks, limit)
        assert start < end <= furthest
        pieces.append(text[start:end])
        start = end
    assert "".join(pieces) == text
    assert all(units(piece) <= max(2, limit) for piece in pieces)


def test_the_best_kind_of_place_wins_over_a_later_one_of_another() -> None:
    text = "aaaa bbbb. cccc dddd eeee"
    assert cut(text, 0, 20, [[8]], 20) == 8
    assert cut(text, 0, 20, [[]], 20) == len("aaaa bbbb. ")


def test_a_place_too_early_counts_only_if_what_follows_fits() -> None:
    text = "ab " + "c" * 30
    assert cut(text, 0, 20, [[3]], 30) == 3
    assert cut(text, 0, 20, [[3]], 20) == 20
