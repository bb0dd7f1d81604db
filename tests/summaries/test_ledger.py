"""Through which states a delivery may pass."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import product

import pytest
from msgspec.structs import replace

from summaries import ledger
from summaries.models import Delivery, State

NOW = datetime(2031, 5, 20, 6, tzinfo=UTC)
ROW = Delivery(7, 12, "digest", NOW, cuts=(0, 2), tries=1)
STATES: tuple[State, ...] = ("pending", "sending", "sent", "failed", "doubt", "dropped")

RULES: dict[str, tuple[Callable[[Delivery], Delivery], State, set[State]]] = {
    "sending": (lambda row: ledger.sending(row, "page", (0, 2)), "sending", {"pending"}),
    "first part arrived": (lambda row: ledger.arrived(row, 31, NOW), "pending", {"sending"}),
    "last part arrived": (lambda row: ledger.arrived(replace(row, part=1), 32, NOW), "sent", {"sending"}),
    "nothing left": (lambda row: ledger.complete(row, NOW), "sent", {"pending"}),
    "not sent": (lambda row: ledger.not_sent(row, "no network", NOW), "pending", {"sending", "pending"}),
    "moved": (lambda row: ledger.moved(row, -1007), "pending", {"sending", "pending"}),
    "another look": (lambda row: ledger.relooked(row, "message"), "pending", {"sending", "pending"}),
    "not composed": (lambda row: ledger.postponed(row, "a bug", NOW), "pending", {"pending"}),
    "refused": (lambda row: ledger.failed(row, "blocked", NOW), "failed", {"sending", "pending"}),
    "lost": (lambda row: ledger.doubtful(row, "no answer", NOW), "doubt", {"sending"}),
    "dropped": (lambda row: ledger.dropped(row, "left", NOW), "dropped", {"pending"}),
    "again": (ledger.again, "pending", {"doubt"}),
}


@pytest.mark.parametrize(("name", "state"), list(product(RULES, STATES)))
def test_which_state_leads_where(name: str, state: State) -> None:
    rule, leads, allowed = RULES[name]
    row = replace(ROW, state=state)
    if state in allowed:
        assert rule(row).state == leads
    else:
        with pytest.raises(ValueError, match=f"is {state}, where"):
            rule(row)


def test_what_is_over_stays_over() -> None:
    leaving = {state for _, _, allowed in RULES.values() for state in allowed}

    assert set(STATES) - leaving == ledger.OVER


def test_what_is_written_down() -> None:
    row = ledger.sending(ROW, "page", (0, 3))
    assert (row.look, row.cuts, row.tries, row.after) == ("page", (0, 3), 2, None)
    row = ledger.arrived(row, 31, NOW)
    assert (row.state, row.part, row.messages, row.tries, row.ended) == ("pending", 1, (31,), 0, None)
    row = ledger.arrived(ledger.sending(row, "page", (0, 3)), 32, NOW)
    assert (row.state, row.part, row.messages, row.ended) == ("sent", 2, (31, 32), NOW)


def test_what_is_sent_again_begins_with_the_part_in_doubt() -> None:
    row = ledger.doubtful(ledger.sending(replace(ROW, part=1, messages=(31,)), "", (0, 2)), "no answer", NOW)

    assert (row.ended, row.reason) == (NOW, "no answer")
    assert (ledger.again(row).part, ledger.again(row).messages, ledger.again(row).ended) == (1, (31,), None)


def test_reasons_are_kept_short() -> None:
    assert len(ledger.failed(ROW, "x" * 10_000, NOW).reason) == ledger.REASON
