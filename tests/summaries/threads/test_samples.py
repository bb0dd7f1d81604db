import numpy as np
import pytest

from summaries.threads.duplicates import containment
from summaries.threads.samples import END, SAMPLE, estimate, sample_of
from tests.summaries.threads.prints import joined, made, part


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        pytest.param(SAMPLE - 1, SAMPLE - 1, id="a short text"),
        pytest.param(SAMPLE, SAMPLE, id="just whole"),
        pytest.param(SAMPLE + 1, SAMPLE, id="a longer one"),
    ],
)
def test_the_smallest_hashes_are_kept(size: int, kept: int) -> None:
    text = made(1, size)
    sample = sample_of(text)

    assert sample.hashes.tolist() == sorted(value >> 32 for value in text.shingles.tolist())[:kept]
    assert sample.extent.size == size
    assert sample.extent.reach == (END - 1 if kept == size else sample.hashes[-1])


@pytest.mark.parametrize("size", [40, 300, 3000])
@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param(0, 1, id="the same"),
        pytest.param(0, 0.5, id="a half"),
        pytest.param(0.3, 0.6, id="a third"),
    ],
)
def test_all_of_a_cut_text_is_found(size: int, first: float, last: float) -> None:
    """Exactly, where the shorter one is asked for; nearly, where its sample can only be guessed at."""
    whole = made(2, size)
    piece = part(whole, first, last)
    longer, shorter = sample_of(whole), sample_of(piece)
    shared = len(np.intersect1d(longer.hashes, shorter.hashes))

    assert estimate(shared, shorter, longer.extent) == 1.0
    assert estimate(shared, longer, shorter.extent) == pytest.approx(1.0, abs=0.25)


@pytest.mark.parametrize("size", [200, 600])
def test_estimates_lie_near_the_truth(size: int) -> None:
    errors = []
    for seed in range(100):
        common = made(1000 + seed, size)
        one, other = joined(common, made(2000 + seed, size)), joined(common, made(3000 + seed, 2 * size))
        asked, held = sample_of(one), sample_of(other)
        shared = len(np.intersect1d(asked.hashes, held.hashes))
        errors.append(estimate(shared, asked, held.extent) - containment(one, other))

    assert abs(np.mean(errors)) < 0.03
    assert np.std(errors) < 0.09
