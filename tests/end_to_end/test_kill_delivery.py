"""A broadcast that is killed and begun again: nobody gets a part twice, and nobody is forgotten."""

from pathlib import Path

from tests.bench.kill_delivery import IN_FLIGHT, measure


async def test_killed_twice_everybody_has_it_once_or_is_in_doubt(tmp_path: Path) -> None:
    tally = await measure(tmp_path, recipients=60, kills=2, a_second=120, seed=7)

    assert (tally.kills, tally.twice, tally.forgotten, tally.wrong) == (2, 0, 0, 0)
    assert tally.states["sent"] + tally.states["doubt"] == 60
    assert tally.most_doubt <= IN_FLIGHT
    assert tally.delivered >= 2 * tally.states["sent"]
