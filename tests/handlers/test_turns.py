import asyncio

import pytest

from handlers.turns import Turns

MINE, OTHERS = ("search", 1), ("search", 2)


async def test_what_one_person_asks_for_is_done_in_turn() -> None:
    turns, done, first_may_end = Turns(), [], asyncio.Event()

    async def work(name: str, wait: asyncio.Event | None) -> None:
        async with turns.turn(MINE):
            if wait:
                await wait.wait()
            done.append(name)

    first = asyncio.create_task(work("first", first_may_end))
    second = asyncio.create_task(work("second", None))
    await asyncio.sleep(0)
    assert turns.waiting(MINE) == 2
    first_may_end.set()
    await asyncio.gather(first, second)
    assert done == ["first", "second"]
    assert turns.waiting(MINE) == 0


async def test_another_person_does_not_wait() -> None:
    turns = Turns()
    async with turns.turn(MINE):
        assert turns.waiting(OTHERS) == 0
        async with turns.turn(OTHERS):
            assert turns.waiting(OTHERS) == 1


async def test_nothing_is_kept_of_work_that_failed() -> None:
    turns = Turns()
    with pytest.raises(LookupError):
        async with turns.turn(MINE):
            raise LookupError
    assert turns.waiting(MINE) == 0
