import pytest

from summaries.threads import saved
from summaries.threads.neighbours import SEALED, Neighbours
from summaries.threads.saved import read, written
from tests.summaries.threads.prints import made
from tests.summaries.threads.test_neighbours import NOW, filled, ids

HELD = SEALED * 2 + 5


def data(neighbours: Neighbours, stamp: int = 7) -> bytes:
    return b"".join(written(neighbours.sealed, stamp))


def test_what_was_sealed_comes_back() -> None:
    neighbours = filled({id: made(id, 20) for id in range(HELD)})
    segments, stamp = read(data(neighbours))
    restored = Neighbours.restored(segments)

    assert stamp == 7
    assert (len(restored), restored.sealed_up_to) == (2 * SEALED, 2 * SEALED - 1)
    assert ids(restored, made(300, 20)) == [300]
    assert ids(restored, made(HELD - 1, 20)) == []
    restored.fill((id, NOW, made(id, 20)) for id in range(restored.sealed_up_to + 1, HELD))
    assert data(restored) == data(neighbours)


def test_nothing_is_kept_as_nothing() -> None:
    assert read(data(Neighbours())) == ([], 7)
    assert Neighbours().sealed_up_to == 0


@pytest.mark.parametrize("cut", [0, 3, 11, 40, 1000, -1])
def test_a_file_cut_off_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match="damaged"):
        read(data(filled({id: made(id, 20) for id in range(SEALED)}))[:cut])


def test_a_file_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    before = data(Neighbours())
    monkeypatch.setattr(saved, "VERSION", saved.VERSION + 1)

    with pytest.raises(ValueError, match="version 1"):
        read(before)
