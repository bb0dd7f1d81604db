"""Pure: from which state a delivery may pass to which, and what is written down as it does.

    pending ──▶ sending ──▶ sent
       ▲           ├─────▶ failed     refused for good
       │           ├─────▶ doubt      nobody knows whether it arrived
       ├───────────┘  its next part, or it surely did not arrive
       ├── doubt                      somebody asks for it again
       └─────────────────▶ dropped    nobody waits for it any more

Anything else is a bug and raises `ValueError`: what was sent is never sent again.
"""

from datetime import datetime

from msgspec.structs import replace

from summaries.models import Delivery, Look, State

OVER: frozenset[State] = frozenset({"sent", "failed", "dropped"})
"""The states that a delivery never leaves."""

REASON = 300
"""Characters of what Telegram answered that are kept."""


def sending(row: Delivery, look: Look, cuts: tuple[int, ...]) -> Delivery:
    """About to be sent, as it was composed just now. Durable before the request is made."""
    _must_be(row, "pending")
    return replace(row, state="sending", look=look, cuts=cuts, tries=row.tries + 1, after=None, reason="")


def arrived(row: Delivery, message: int, now: datetime) -> Delivery:
    """One more part arrived: the next one's turn, or the end."""
    _must_be(row, "sending")
    part, messages = row.part + 1, (*row.messages, message)
    if part < len(row.cuts):
        return replace(row, state="pending", part=part, messages=messages, tries=0)
    return replace(_ended(row, "sent", "", now), part=part, messages=messages)


def complete(row: Delivery, now: datetime) -> Delivery:
    """What is left of it has nothing to say any more."""
    _must_be(row, "pending")
    return _ended(row, "sent", "", now)


def not_sent(row: Delivery, reason: str, after: datetime | None = None) -> Delivery:
    """It surely did not arrive: tried again, though not before `after`."""
    _must_be(row, "sending", "pending")
    return replace(row, state="pending", reason=reason[:REASON], after=after)


def moved(row: Delivery, chat: int) -> Delivery:
    """The chat goes by another id, and did not get it under the old one."""
    return replace(not_sent(row, f"moved from {row.chat}"), chat=chat)


def relooked(row: Delivery, look: Look) -> Delivery:
    """The chat takes no message of that look: what has not arrived is cut anew."""
    return replace(not_sent(row, "pages are refused"), look=look)


def postponed(row: Delivery, reason: str, after: datetime) -> Delivery:
    """It could not be composed."""
    _must_be(row, "pending")
    return replace(row, reason=reason[:REASON], after=after, tries=row.tries + 1)


def failed(row: Delivery, reason: str, now: datetime) -> Delivery:
    _must_be(row, "sending", "pending")
    return _ended(row, "failed", reason, now)


def doubtful(row: Delivery, reason: str, now: datetime) -> Delivery:
    _must_be(row, "sending")
    return _ended(row, "doubt", reason, now)


def dropped(row: Delivery, reason: str, now: datetime) -> Delivery:
    _must_be(row, "pending")
    return _ended(row, "dropped", reason, now)


def again(row: Delivery) -> Delivery:
    """Somebody looked, and wants the part that is in doubt to be sent once more."""
    _must_be(row, "doubt")
    return replace(row, state="pending", ended=None, after=None, reason="sent again from doubt", tries=0)


def _ended(row: Delivery, state: State, reason: str, now: datetime) -> Delivery:
    return replace(row, state=state, reason=reason[:REASON], ended=now, after=None)


def _must_be(row: Delivery, *states: State) -> None:
    if row.state not in states:
        raise ValueError(
            f"delivery {row.id} is {row.state}, where only {' or '.join(states)} may become something else"
        )
