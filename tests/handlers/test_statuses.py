from datetime import UTC, date, datetime
from typing import get_args

import pytest

from handlers import statuses
from handlers.document import Document, text_of, texts_of
from handlers.texts import texts
from summaries.models import Delivery, Slot, State, Subscriber, Subscription
from summaries.outbox import Counts
from summaries.threads.choose import Reason

ENGLISH = texts("en")
NOON = datetime(2031, 5, 20, 12, tzinfo=UTC)


def said(chat: Subscriber, own: Subscription, last: Delivery | None = None, due: datetime | None = None) -> str:
    blocks = statuses.status(chat, own, last, due, ENGLISH)
    return "\n".join(text for block in blocks for text in texts_of(block))


def test_every_reason_of_a_choice_has_words() -> None:
    assert set(statuses.REASONS) == set(get_args(Reason))


def test_every_state_has_words() -> None:
    assert set(statuses.STATES) == set(get_args(State))


@pytest.mark.parametrize("reason", [pytest.param(reason, id=reason) for reason in get_args(Reason)])
def test_a_reason_is_counted(reason: Reason) -> None:
    assert statuses.left_out([(reason, 1)], ENGLISH).startswith("1 ")
    assert statuses.left_out([(reason, 3)], ENGLISH).startswith("3 ")


def test_a_reason_of_another_version_is_shown_by_its_name() -> None:
    assert statuses.left_out([("eclipse", 2)], ENGLISH) == "2 eclipse"


@pytest.mark.parametrize(
    ("chat", "own", "expected"),
    [
        pytest.param(Subscriber(7), Subscription(), "No digest comes here", id="no slot"),
        pytest.param(Subscriber(7, suspended="blocked"), Subscription(), "was blocked", id="blocked"),
        pytest.param(Subscriber(7, suspended="eclipse"), Subscription(), "Nothing could be sent", id="another reason"),
        pytest.param(Subscriber(7), Subscription(closed="closed"), "topic is closed", id="a closed topic"),
        pytest.param(Subscriber(7), Subscription(paused_until=date(2031, 6, 1)), "1 June 2031", id="paused"),
        pytest.param(
            Subscriber(7),
            Subscription(slots=(Slot(1, 480, served=date(2031, 5, 20), outcome="late"),)),
            "away for more than 12 hours",
            id="late",
        ),
        pytest.param(
            Subscriber(7),
            Subscription(slots=(Slot(1, 480, served=date(2031, 5, 20), skipped=3),)),
            "3 before it were skipped",
            id="older ones",
        ),
        pytest.param(
            Subscriber(7),
            Subscription(slots=(Slot(1, 480, served=date(2031, 5, 20), left=(("muted", 4),)),)),
            "4 with muted words",
            id="left out",
        ),
    ],
)
def test_what_stands_in_the_way_is_said(chat: Subscriber, own: Subscription, expected: str) -> None:
    assert expected in said(chat, own)


@pytest.mark.parametrize("state", [pytest.param(state, id=state) for state in get_args(State)])
def test_the_last_one_is_told_by_its_state(state: State) -> None:
    last = Delivery(3, 7, "digest", NOON, state=state, reason="Telegram said no")

    text = said(Subscriber(7), Subscription(), last)

    assert ENGLISH.gettext(statuses.STATES[state]) in text
    assert ("Telegram said no" in text) == (state in ("failed", "doubt", "dropped"))


def test_what_is_in_doubt_has_a_button_each() -> None:
    rows = [Delivery(number, 7, "digest", NOON, state="doubt") for number in (4, 5)]
    blocks = statuses.for_admins(Counts(9, 0, 2), rows, ENGLISH)
    shown = statuses.document(blocks, rows, ENGLISH)

    assert isinstance(shown, Document)
    assert [button.data for row in shown.buttons for button in row] == ["ty:0:4", "ty:0:5"]
    assert "9 deliveries wait, 2 are in doubt" in text_of(("\n".join(t for b in blocks for t in texts_of(b)),))
