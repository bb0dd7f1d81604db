from datetime import timedelta

import pytest

from handlers.waiting import LIFETIME, Question, Waiting
from tests.handlers.world import MORNING

ANN, BEN, CHAT, GROUP = 1, 2, 1, -7


def waiting(*questions: Question) -> Waiting:
    made = Waiting(most=2)
    for question in questions:
        made.ask(question)
    return made


ASKED = Question(CHAT, 10, ANN, "e:0:1", MORNING)


@pytest.mark.parametrize(
    ("person", "replied_to", "private", "later", "answers"),
    [
        pytest.param(ANN, 10, True, timedelta(), True, id="reply"),
        pytest.param(ANN, 10, False, timedelta(), True, id="reply-in-a-group"),
        pytest.param(ANN, None, True, timedelta(), True, id="next-thing-said"),
        pytest.param(ANN, None, False, timedelta(), False, id="talk-in-a-group"),
        pytest.param(ANN, 11, True, timedelta(), False, id="reply-to-something-else"),
        pytest.param(BEN, 10, False, timedelta(), False, id="somebody-else"),
        pytest.param(ANN, 10, True, LIFETIME + timedelta(seconds=1), False, id="too-late"),
    ],
)
def test_what_answers_a_question(
    person: int, replied_to: int | None, private: bool, later: timedelta, answers: bool
) -> None:
    asked = waiting(ASKED)
    found = asked.answered(CHAT, person, replied_to, MORNING + later, private=private)
    assert found == (ASKED if answers else None)
    if answers:
        assert asked.answered(CHAT, person, replied_to, MORNING, private=private) is None, "it is answered once"


def test_a_new_question_takes_the_place_of_the_last_and_the_oldest_of_many_goes() -> None:
    again = Question(CHAT, 12, ANN, "t:0:1", MORNING)
    others = Question(GROUP, 3, BEN, "e:0:2", MORNING), Question(GROUP, 4, ANN, "e:0:2", MORNING)
    asked = waiting(ASKED, again)
    assert asked.answered(CHAT, ANN, 10, MORNING, private=True) is None
    asked = waiting(again, *others)
    assert asked.answered(CHAT, ANN, 12, MORNING, private=True) is None
    asked.drop(GROUP, BEN)
    assert asked.answered(GROUP, BEN, 3, MORNING, private=False) is None
    assert asked.answered(GROUP, ANN, 4, MORNING, private=False) == others[1]


def test_an_anonymous_administrator_answers_the_question_that_they_reply_to() -> None:
    """Their press came with who they are, and their message does not."""
    there = waiting(Question(GROUP, 10, ANN, "e:0:1", MORNING))
    everybody = 1_087_968_824
    assert there.answered(GROUP, everybody, 10, MORNING, private=False) is None
    assert there.answered(GROUP, everybody, 11, MORNING, private=False, anonymous=True) is None
    assert there.answered(CHAT, everybody, 10, MORNING, private=False, anonymous=True) is None
    assert there.answered(GROUP, everybody, 10, MORNING, private=False, anonymous=True) is not None


def test_it_says_which_messages_of_a_chat_wait() -> None:
    there = waiting(Question(GROUP, 10, ANN, "e:0:1", MORNING), Question(CHAT, 11, ANN, "e:0:1", MORNING))
    assert (there.in_chat(GROUP), there.in_chat(-8)) == ({10}, set())
