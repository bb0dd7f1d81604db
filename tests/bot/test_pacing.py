"""When a message may be sent: no second and no minute above the limit, and what a 429 holds."""

from bisect import bisect_right
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pacing import FREE, GROUP, PAID, Pace

CHATS = st.sampled_from([1, 2, 3, -1, -2])
STEPS = st.lists(st.tuples(st.floats(0, 3), CHATS, st.booleans()), max_size=200)


def sent(pace: Pace, chats: list[int], now: float = 0.0, *, begin: bool = True) -> list[float]:
    """The moments at which messages to these chats start, each as soon as it may."""
    if begin:
        pace.begin(now)
    moments = []
    for chat in chats:
        now = max(now, pace.opens(), pace.chat_opens(chat))
        pace.start(chat, now)
        moments.append(now)
    return moments


def most_within(moments: list[float], span: float) -> int:
    """Of moments in any stretch that is `span` long, both of its ends counted."""
    return max((bisect_right(moments, moment + span) - place for place, moment in enumerate(moments)), default=0)


@pytest.mark.parametrize("a_second", [FREE, PAID])
def test_at_full_speed_it_is_nearly_the_limit_and_never_above_it(a_second: int) -> None:
    moments = sent(Pace(a_second), list(range(1, 5 * a_second)))

    assert most_within(moments, 1.0) <= a_second
    assert (len(moments) - 1) / (moments[-1] - moments[0]) >= 0.98 * a_second


def test_messages_are_evenly_spaced() -> None:
    """Not thirty at once and then nothing. At first, while connections are opened, a little apart from the rest."""
    moments = sent(Pace(FREE), list(range(1, 91)))
    gaps = [after - before for before, after in pairwise(moments)]

    assert max(gaps) < 0.08
    assert min(gaps) > 0.01


def test_turns_that_passed_just_now_are_made_up_for() -> None:
    """The disk was busy for a twentieth of a second; or there was nothing to send for a minute."""
    pace = Pace(PAID)
    last = sent(pace, list(range(1, 5_500)))[-1]
    late = sent(pace, list(range(6_000, 6_200)), last + 0.05, begin=False)

    assert late[-1] < last + 0.05 + 200 / PAID - 0.03
    assert most_within(late, 0.01) <= 25
    now = late[-1]

    pace.begin(now + 60)
    pace.start(1, now + 60)
    assert pace.opens() >= now + 60


@settings(max_examples=60)
@given(STEPS)
def test_no_second_and_no_minute_is_ever_above_the_limit(steps: list[tuple[float, int, bool]]) -> None:
    """However long nothing was sent between, and whatever is asked for meanwhile."""
    pace, now = Pace(5), 0.0
    starts: list[float] = []
    by_chat: dict[int, list[float]] = {}
    for wait, chat, patient in steps:
        now += wait
        opens = max(pace.opens(), pace.chat_opens(chat))
        if opens > now and not patient:
            continue
        now = max(now, opens)
        pace.start(chat, now)
        starts.append(now)
        by_chat.setdefault(chat, []).append(now)

    assert most_within(starts, 1.0) <= 5
    for chat, moments in by_chat.items():
        assert most_within(moments, 1.0) <= 1
        assert chat > 0 or most_within(moments, 60.0) <= GROUP


@settings(max_examples=60)
@given(st.lists(st.tuples(st.floats(0, 0.05), st.booleans()), max_size=200))
def test_answers_take_their_share_of_the_second(steps: list[tuple[float, bool]]) -> None:
    """They wait for nothing; as long as they are not too many themselves, no second is above the limit."""
    pace, now = Pace(FREE), 0.0
    starts: list[float] = []
    answered = -1.0
    for place, (wait, answer) in enumerate(steps):
        now += wait
        if answer and now > answered + 0.2:
            answered = now
            pace.note(1_000 + place, now)
            starts.append(now)
        elif pace.opens() <= now:
            pace.start(place + 1, now)
            starts.append(now)

    after_an_answer = 5  # those that were let in just before an answer which nobody could foresee
    assert most_within(starts, 1.0) <= FREE + after_an_answer


def test_what_comes_after_others_opens_later() -> None:
    pace = Pace(PAID)
    sent(pace, list(range(1, 5_500)))

    assert pace.opens() <= pace.opens(1) <= pace.opens(30) <= pace.opens() + 0.031
    now = pace.opens()
    assert 18 <= pace.turns(now + 0.02) <= 22
    assert pace.turns(now - 1) == 0


def test_a_chat_s_second_begins_with_the_answer() -> None:
    """Nobody knows when a request arrived that took half a second to be answered."""
    pace = Pace()
    pace.start(1, 10.0)
    pace.arrived(1, 10.0, 10.5)
    pace.start(-1, 10.0)
    pace.arrived(-1, 10.0, 10.5)

    assert pace.chat_opens(1) > 11.5
    assert pace.chat_opens(-1) > 11.5
    assert pace.chat_opens(2) < 10


def test_a_429_holds_one_chat_for_exactly_so_long() -> None:
    pace = Pace()
    pace.start(1, 10.0)

    assert pace.refused(1, 10.0, 7, 10.2) == "chat"
    assert pace.chat_opens(1) == 17.2
    assert pace.chat_opens(2) < 10
    assert pace.opens() < 10.2


def refused(pace: Pace, chats: list[int]) -> list[str]:
    for place, chat in enumerate(chats):
        pace.start(chat, 10 + place / 10)
    return [pace.refused(chat, 10 + place / 10, 7, 11.0) for place, chat in enumerate(chats)]


def test_a_second_chat_s_429_holds_everybody() -> None:
    pace = Pace()

    assert refused(pace, [1, 2]) == ["chat", "all"]
    assert pace.opens() == 18.0
    assert pace.opens(3) == 18.0


def test_twice_the_same_chat_s_is_its_own() -> None:
    pace = Pace()

    assert refused(pace, [1, 1]) == ["chat", "chat"]


def test_what_is_taken_after_it_shows_that_not_everybody_was_meant() -> None:
    pace = Pace()
    refused(pace, [1, 2])
    pace.start(3, 10.15)
    pace.arrived(3, 10.15, 11.0)

    assert pace.opens() < 12
    assert pace.chat_opens(1) == pace.chat_opens(2) == 18.0
    assert pace.refused(4, 10.2, 7, 11.1) == "chat"


def test_what_was_sent_before_it_shows_nothing() -> None:
    pace = Pace()
    pace.start(3, 9.9)
    refused(pace, [1, 2])
    pace.arrived(3, 9.9, 11.0)

    assert pace.opens() == 18.0


def test_what_is_remembered_is_bounded_by_a_minute() -> None:
    pace = Pace(PAID)
    now = 0.0
    for chat in range(1, 20_001):
        now = max(now, pace.opens())
        pace.start(chat if chat % 10 else -chat, now)
        pace.refused(chat, now, 0.5, now)

    assert len(pace._people) <= PAID
    assert len(pace._groups) <= 60 * PAID
    assert len(pace._held) <= PAID + 1
    sent(pace, [1, -1], now + 120)
    assert len(pace._people) == len(pace._groups) == 1
