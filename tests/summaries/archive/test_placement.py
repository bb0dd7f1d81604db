"""What the store's own tests do not reach: how far back changes are remembered."""

from datetime import date

import pytest

from summaries.archive import placement
from summaries.archive.placement import ChangeLog, Placement
from summaries.archive.store import BRIEFINGS, QUESTIONS


def test_changes_are_remembered_within_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement, "REMEMBERED", 10)
    log = ChangeLog()
    for sequence in range(1, 22):
        log.record(sequence, sequence % 15)
    assert log.floor == 12
    assert log.since(11) is None
    assert log.since(12) == [13, 14, 0, 1, 2, 3, 4, 5, 6]
    assert log.since(21) == []


def test_a_commit_is_remembered_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement, "REMEMBERED", 3)
    log = ChangeLog()
    for id in range(6):
        log.record(1, id)
    log.record(2, 99)
    assert (log.since(0), log.since(1)) == (None, [99])


def test_the_same_records_lie_the_same_way_after_a_checkpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a checkpoint that was cut off is done again in the same files."""
    monkeypatch.setattr(placement, "ROWS_PER_FILE", 3)
    today = date(2026, 11, 21).toordinal()
    changes = [(id, b"x" * id, today + id // 10) for id in (1, 2, 3, 4, 7, 6, 11, 12, 5, 21, 22, 23, 24)]
    changes[4:4] = [(2, None, today), (3, None, today), (1, None, today)]
    straight = Placement(BRIEFINGS)
    for change in changes:
        straight.apply(*change)
    for cut in range(len(changes) + 1):
        before = Placement(BRIEFINGS)
        for change in changes[:cut]:
            before.apply(*change)
        before.clear_out()
        after = Placement(BRIEFINGS, before.entry())
        for run in (before, after):
            for change in changes[cut:]:
                run.apply(*change)
        assert after.entry() == before.entry()
        assert (after.count, list(after.down(None))) == (straight.count, list(straight.down(None)))


def test_a_small_table_is_one_file() -> None:
    questions = Placement(QUESTIONS)
    for id in (5, -9, 7):
        questions.apply(id, b"{}", 1)
    files = [(file.name, file.runs) for file in questions.entry().files]
    assert files == [("questions.json", ((-9, -9), (5, 5), (7, 7)))]
