"""The whole bot, as a process, in the middle of a broadcast."""

import asyncio
import os
import signal
import sys
from collections import Counter
from pathlib import Path

from bot import app
from summaries.archive.store import OUTBOX
from summaries.desk import open_desk
from tests.bench.kill_delivery import prepare
from tests.crowd import TOKEN, Crowd, serving


async def test_a_stop_in_the_middle_of_a_broadcast_leaves_nothing_in_doubt(tmp_path: Path) -> None:
    data = tmp_path / "data"
    await prepare(data, 400)
    async with serving(Crowd(round_trip=0.1, a_second=30)) as crowd:
        environ = os.environ | {
            "PYTHONPATH": str(Path(app.__file__).parents[1]),
            "BACKCHANNEL_TOKEN": TOKEN,
            "BACKCHANNEL_TELEGRAM__ADMINS": "9",
            "BACKCHANNEL_TELEGRAM__BASE_URL": crowd.base_url,
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "--data", str(data), "run"), stderr=asyncio.subprocess.PIPE, env=environ
        )
        begun = asyncio.create_task(crowd.until(lambda: len(crowd.got) >= 20))
        ended = asyncio.create_task(process.communicate())
        await asyncio.wait({begun, ended}, return_when=asyncio.FIRST_COMPLETED)
        begun.cancel()
        if not ended.done():
            process.send_signal(signal.SIGTERM)
        _, err = await ended

        assert process.returncode == 0, err.decode()
        assert TOKEN not in err.decode()
        desk = await open_desk(f"tinydb:{data}")
        rows = [row async for row in desk.store.rows(OUTBOX)]
        await desk.close()
        states = Counter(row.state for row in rows)

    assert states["doubt"] == states["sending"] == 0
    assert 20 <= sum(row.part for row in rows) == len(crowd.got) < 800
    assert set(crowd.counted().values()) == {1}
