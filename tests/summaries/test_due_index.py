"""Which chats are due by the minute."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from summaries.due_index import DueIndex

NOON = datetime(2031, 6, 2, 12, tzinfo=UTC)


def test_a_chat_is_named_once_and_then_forgotten() -> None:
    index = DueIndex()
    for chat, minutes in [(5, 3), (-7, 1), (5, 2), (9, 60)]:
        index.add(chat, NOON + timedelta(minutes=minutes))
    assert len(index) == 4
    assert index.weight >= 4 * 8
    assert index.take(NOON) == []
    assert index.take(NOON + timedelta(minutes=3)) == [-7, 5]
    assert index.take(NOON + timedelta(minutes=59)) == []
    assert (len(index), index.take(NOON + timedelta(days=3))) == (1, [9])


def test_what_is_due_within_a_minute_is_named_at_its_end() -> None:
    index = DueIndex()
    index.add(1, NOON + timedelta(seconds=1))
    assert (index.take(NOON + timedelta(seconds=59)), index.take(NOON + timedelta(seconds=60))) == ([], [1])


@given(
    due=st.lists(st.tuples(st.integers(-(2**52), 2**52), st.integers(0, 90)), max_size=30),
    ticks=st.lists(st.integers(0, 90), max_size=6),
)
def test_every_chat_is_named_and_none_too_early(due: list[tuple[int, int]], ticks: list[int]) -> None:
    index = DueIndex()
    for chat, minute in due:
        index.add(chat, NOON + timedelta(minutes=minute))
    named = list[int]()
    for tick in [*sorted(ticks), 90]:
        found = index.take(NOON + timedelta(minutes=tick))
        assert len(found) == len(set(found))
        assert set(found) <= {chat for chat, minute in due if minute <= tick}
        named += found
    assert set(named) == {chat for chat, _ in due}
