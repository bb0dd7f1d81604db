import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summaries.threads.duplicates import Fingerprint
from summaries.threads.postings import Recent, Row, Segment, merged
from summaries.threads.samples import Hashes, sample_of

Articles = list[list[int]]
TOP = (1 << 32) - 1


def recent(articles: Articles, first: int = 0) -> Recent:
    found = Recent()
    for id, hashes in enumerate(articles, start=first):
        sample = sample_of(Fingerprint(np.array(hashes, dtype=np.uint64) << np.uint64(32)))
        found.add(Row(id, 10.0 * id, sample.extent.size, sample.extent.reach), sample)
    return found


def asked(hashes: list[int]) -> Hashes:
    return np.array(sorted(set(hashes)), dtype=np.uint32)


def pairs(held: Recent | Segment, hashes: list[int], most: int = 100) -> list[tuple[int, int]]:
    which, places = held.find(asked(hashes), most)
    values = asked(hashes).tolist()
    return sorted((values[one], held.row(place).id) for one, place in zip(which.tolist(), places.tolist(), strict=True))


def expected(articles: Articles, hashes: list[int]) -> list[tuple[int, int]]:
    return sorted((value, id) for id, held in enumerate(articles) for value in set(held) & set(hashes))


values = st.lists(st.sampled_from([0, 1, 2, 3, 500, 501, TOP - 1, TOP]), min_size=1, max_size=8)


@given(st.lists(values, min_size=1, max_size=12), values, st.integers(1, 4))
def test_recent_sealed_and_merged_find_the_same(articles: Articles, hashes: list[int], pieces: int) -> None:
    size = -(-len(articles) // pieces)
    segments = [recent(articles[at : at + size], at).sealed() for at in range(0, len(articles), size)]

    assert pairs(recent(articles), hashes) == expected(articles, hashes)
    assert pairs(recent(articles).sealed(), hashes) == expected(articles, hashes)
    assert pairs(merged(segments), hashes) == expected(articles, hashes)


@pytest.mark.parametrize("most", [1, 2, 3])
def test_of_what_many_have_only_so_many_are_found(most: int) -> None:
    articles = [[5], [5, 6], [5]]
    first = expected(articles, [5])[:most] + expected(articles, [6])
    assert pairs(recent(articles), [5, 6], most) == first
    assert pairs(recent(articles).sealed(), [5, 6], most) == first


def test_rows_keep_their_order_and_values() -> None:
    one, other = recent([[1], [2, 3]]).sealed(), recent([[4]], first=2).sealed()
    both = merged([one, other])

    assert [both.row(place).id for place in range(len(both))] == [0, 1, 2]
    assert both.row(1) == Row(1, 10.0, 2, TOP)
    assert both.newest == 20.0


@pytest.mark.parametrize("held", [recent([]), recent([[5]]), recent([[5]]).sealed()], ids=["empty", "recent", "sealed"])
def test_nothing_is_found_where_nothing_is(held: Recent | Segment) -> None:
    assert pairs(held, [4, 6, TOP]) == []
