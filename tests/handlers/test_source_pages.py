from typing import get_args

import pytest
from msgspec.structs import replace

from handlers.looks import classic
from handlers.reasons import NOTICES, REASONS
from handlers.source_pages import State, by_health, one, state_of
from handlers.texts import texts
from summaries.intake.outcomes import Reason
from summaries.models import Health, NoticeCode, Source
from tests.handlers.world import MORNING

PLAIN = Source(1, "https://courier.example/feed.xml", MORNING)


@pytest.mark.parametrize("reason", [*get_args(Reason), "no_feed", "given_up", "bug", "disk"])
def test_every_reason_has_a_sentence_that_says_what_to_do(reason: str) -> None:
    page = one(replace(PLAIN, health=Health(reason=reason, failures=1)), texts(None), kept=0)
    assert f"Last error: {REASONS[reason]}" in classic.render(page)[0].text
    assert REASONS[reason].endswith(".")


def test_a_reason_of_a_later_version_is_told_all_the_same() -> None:
    page = one(replace(PLAIN, health=Health(reason="eaten", failures=1)), texts(None), kept=0)
    assert "Last error: Something is wrong with it." in classic.render(page)[0].text


def test_every_notice_has_words() -> None:
    assert set(NOTICES) == set(get_args(NoticeCode))


WELL = Health(last_success=MORNING)


@pytest.mark.parametrize(
    ("source", "state"),
    [
        pytest.param(PLAIN, State.NEW, id="never-checked"),
        pytest.param(replace(PLAIN, health=WELL), State.WELL, id="well"),
        pytest.param(replace(PLAIN, health=replace(WELL, reason="timeout")), State.FAILING, id="failing"),
        pytest.param(replace(PLAIN, health=Health(reason="gone"), paused=True), State.PAUSED, id="paused-and-failing"),
        pytest.param(replace(PLAIN, health=replace(WELL, pages_tried=4)), State.WELL, id="too-few-pages-to-tell"),
        pytest.param(replace(PLAIN, health=replace(WELL, pages_tried=5, pages_read=2)), State.UNREADABLE, id="shells"),
        pytest.param(replace(PLAIN, health=replace(WELL, pages_tried=6, pages_read=3)), State.WELL, id="half"),
    ],
)
def test_the_state_of_a_source(source: Source, state: State) -> None:
    assert state_of(source) is state


def test_those_that_need_somebody_come_first_then_the_oldest() -> None:
    rows = [
        replace(PLAIN, id=1, health=WELL),
        replace(PLAIN, id=2, health=Health(reason="server", failures=1)),
        replace(PLAIN, id=3, health=Health(reason="server", failures=5)),
        replace(PLAIN, id=4, health=WELL),
    ]
    assert [source.id for source in by_health(rows)] == [3, 2, 1, 4]
