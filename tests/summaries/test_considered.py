"""What digests are chosen from, while several ask and more is filed."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from summaries.considered import Considered
from summaries.models import Taste, ToldTopic
from tests.digests import Clock, Desk, file, opened

FERRY = "The ferry of Ostrava Bay is closed after the storm. Forty people wait at the quay."
MOVED = "The ferry of Ostrava Bay sails again on Tuesday. Engineer Tova Lind found 3 cracks in the hull."


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with opened(tmp_path / "desk", clock) as desk:
        yield desk


class Overtaken(Considered):
    """Somebody else takes notice of something new while it is first learned what is new in a story."""

    learned = 0

    async def _new_in(self, story: int, mark: int) -> Mapping[int, int]:
        self.learned += 1
        if self.learned == 1:
            self.news, self._now = {}, {}
        return await super()._new_in(story, mark)


async def test_what_was_learned_before_something_new_came_is_learned_again(desk: Desk, clock: Clock) -> None:
    before = await file(desk, clock, FERRY, story=7)
    later = await file(desk, clock, MOVED, story=7)
    considered = Overtaken(desk.store)
    await considered.refresh(clock())
    told, _ = await considered.known(ToldTopic(0, {7: before}), Taste(), before)
    assert considered.learned == 2
    assert considered.news[7, before][later] > 0
    assert told.stories == {7: before}


async def test_what_did_not_change_is_not_prepared_again(desk: Desk, clock: Clock) -> None:
    considered = Considered(desk.store)
    await file(desk, clock, FERRY)
    await considered.refresh(clock())
    before = considered.candidates
    await considered.refresh(clock())
    assert (considered.candidates is before, considered.turn) == (True, 1)
    id = await file(desk, clock, MOVED)
    await considered.refresh(clock())
    assert (considered.candidates.highest, considered.turn) == (id, 2)
