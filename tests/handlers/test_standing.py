import asyncio
from datetime import UTC, datetime

from handlers.standing import LIFETIME, Standings

NOON = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)


class Telegram:
    def __init__(self) -> None:
        self.now, self.asked, self.says = NOON, 0, True

    def clock(self) -> datetime:
        return self.now

    async def ask(self) -> bool:
        self.asked += 1
        return self.says


async def test_it_is_asked_once_a_minute() -> None:
    there = Telegram()
    standings = Standings(there.clock)
    for _ in range(3):
        assert await standings.runs(-1, 2, there.ask)
    there.now += LIFETIME
    there.says = False
    assert not await standings.runs(-1, 2, there.ask)
    assert there.asked == 2


async def test_of_each_person_in_each_chat() -> None:
    there = Telegram()
    standings = Standings(there.clock)
    for chat, person in ((-1, 2), (-1, 3), (-2, 2)):
        await standings.runs(chat, person, there.ask)
    assert there.asked == 3


async def test_what_changed_is_asked_again() -> None:
    there = Telegram()
    standings = Standings(there.clock)
    await standings.runs(-1, 2, there.ask)
    await standings.runs(-2, 2, there.ask)
    there.says = False
    standings.forget(-1, 2)
    assert (await standings.runs(-1, 2, there.ask), await standings.runs(-2, 2, there.ask)) == (False, True)
    standings.forget_chat(-2)
    assert not await standings.runs(-2, 2, there.ask)


async def test_an_answer_that_a_change_overtook_is_not_remembered() -> None:
    there = Telegram()
    standings, gate = Standings(there.clock), asyncio.Event()

    async def slowly() -> bool:
        await gate.wait()
        return True

    asking = asyncio.create_task(standings.runs(-1, 2, slowly))
    await asyncio.sleep(0)
    standings.forget(-1, 2)
    gate.set()
    assert await asking
    there.says = False
    assert not await standings.runs(-1, 2, there.ask)


async def test_it_is_bounded() -> None:
    there = Telegram()
    standings = Standings(there.clock, most=2)
    for person in (1, 2, 3, 3, 1):
        await standings.runs(-1, person, there.ask)
    assert there.asked == 4
