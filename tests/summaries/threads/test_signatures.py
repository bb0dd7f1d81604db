import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.threads.signatures import SEALED, Signatures


def found(signatures: Signatures, terms: list[int], slots: int = 50) -> dict[int, float]:
    numbers = np.array(terms, dtype=np.int32)
    scores = signatures.find(numbers, np.ones(len(terms), dtype=np.float32), slots)
    return {slot: float(scores[slot]) for slot in np.flatnonzero(scores).tolist()}


def test_events_are_found_by_each_of_their_terms() -> None:
    signatures = Signatures()
    signatures.sign(3, [10, 11])
    signatures.sign(4, [11, 12])

    assert found(signatures, [10, 11]) == {3: 2, 4: 1}
    assert found(signatures, [99]) == {}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.sets(st.integers(0, 20), min_size=1)), max_size=30), st.data())
def test_sealing_changes_nothing(signed: list[tuple[int, set[int]]], data: st.DataObject) -> None:
    """Whenever it happens, and however often an event is signed with a term."""
    open_, sealed = Signatures(), Signatures()
    for slot, terms in signed:
        open_.sign(slot, terms)
        sealed.sign(slot, terms)
        if data.draw(st.booleans()):
            sealed.sealed()
    terms = list(range(21))

    assert found(sealed, terms) == found(open_, terms)
    assert np.array_equal(sealed.sealed(), open_.sealed())


def test_it_seals_by_itself_and_can_be_made_of_what_was_sealed() -> None:
    signatures = Signatures()
    for number in range(SEALED):
        signatures.sign(number % 40, [number])
    again = Signatures(signatures.sealed())

    assert found(again, [5, 45]) == {5: 2}


def test_a_slot_that_was_forgotten_is_another_event_after_sealing() -> None:
    signatures = Signatures()
    signatures.sign(3, [10])
    signatures.sign(4, [10])
    signatures.sealed()
    signatures.forget(3)
    signatures.sign(3, [20])
    signatures.sealed()

    assert (found(signatures, [10]), found(signatures, [20])) == ({4: 1}, {3: 1})
