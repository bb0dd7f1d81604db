from hypothesis import given
from hypothesis import strategies as st

from summaries.archive.ids import Ids

NUMBERS = st.integers(-6, 12) | st.sampled_from([-(2**63), 2**63 - 1])


@given(st.lists(st.tuples(st.booleans(), NUMBERS), max_size=40), NUMBERS)
def test_ids_are_a_set_in_order(steps: list[tuple[bool, int]], limit: int) -> None:
    ids, model = Ids(), set[int]()
    for wanted, id in steps:
        if wanted and id not in model:
            ids.add(id)
            model.add(id)
        elif not wanted and id in model:
            ids.remove(id)
            model.discard(id)
        assert (id in ids) == (id in model)
    assert list(ids) == sorted(model)
    assert len(ids) == len(model)
    assert list(ids.below(limit)) == sorted((id for id in model if id < limit), reverse=True)
    assert list(ids.below(None)) == sorted(model, reverse=True)
    assert ids.above(limit) == sorted(id for id in model if id > limit)
    assert list(Ids(ids.runs())) == sorted(model)


def test_what_follows_without_a_gap_is_one_run() -> None:
    ids = Ids()
    for id in range(5, 5000):
        ids.add(id)
    assert ids.runs() == ((5, 4999),)
    ids.remove(7)
    assert ids.runs() == ((5, 6), (8, 4999))
