from collections.abc import Iterable
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.archive import sorted_keys
from summaries.archive.disk import Disk
from summaries.archive.sorted_keys import Pairs, find, load, merge, pairs_of, write

KEYS = st.dictionaries(st.integers(-20, 20) | st.sampled_from([-(2**63), 2**63 - 1]), st.integers(1, 9), max_size=30)


def pairs(model: dict[int, int]) -> Pairs:
    return pairs_of(list(model), list(model.values()))


def as_dict(blocks: Iterable[Pairs]) -> list[tuple[int, int]]:
    return [(int(key), int(id)) for block in blocks for key, id in block]


@given(KEYS, KEYS)
def test_a_merge_is_that_of_dicts_in_order(old: dict[int, int], new: dict[int, int]) -> None:
    with mock.patch.object(sorted_keys, "_BLOCK", 4):
        assert as_dict(merge(pairs(old), pairs(new))) == sorted((old | new).items())


@settings(max_examples=20)
@given(KEYS)
def test_what_was_written_is_found(model: dict[int, int]) -> None:
    found = pairs(model)
    assert [find(found, key) for key in range(-22, 23)] == [model.get(key) for key in range(-22, 23)]


@pytest.mark.parametrize("model", [{}, {5: 1}, {-(2**63): 1, 0: 2, 2**63 - 1: 3}], ids=str)
def test_a_file_comes_back_with_its_sequence(model: dict[int, int], tmp_path: Path) -> None:
    write(tmp_path, iter([pairs(model)]), 17, Disk())
    found = load(tmp_path)
    assert found is not None
    assert (as_dict([found[0]]), found[1]) == (sorted(model.items()), 17)


def test_the_later_of_two_ids_counts() -> None:
    assert as_dict([pairs_of([7, 3, 7], [1, 2, 9])]) == [(3, 2), (7, 9)]
