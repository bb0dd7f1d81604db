"""`backchannel stats`."""

import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import cli
from summaries.archive.store import BRIEFINGS, SOURCES, TALLIES, Put
from summaries.desk import open_desk
from summaries.models import Health, Source, Tally
from tests.rows import briefing


@pytest.fixture
def today(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> datetime:
    """When a desk was filled in the working directory."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("BACKCHANNEL_")]:
        monkeypatch.delenv(name)
    now = datetime.now(UTC)

    async def fill() -> None:
        desk = await open_desk("tinydb:data")
        source = Source(1, "https://tarn.example/feed", now, name="The Tarn Mail")
        kept = Source(1, source.url, now, name=source.name, health=Health(kept={now.date().isoformat(): 2}))
        await desk.store.commit([Put(SOURCES, kept), *(Put(BRIEFINGS, briefing(id)) for id in (1, 2, 3))])
        await desk.store.commit([Put(TALLIES, Tally(now.date().toordinal(), sent=1_234, failed=5, doubt=1))])
        await desk.close()

    asyncio.run(fill())
    return now


def test_piped_it_is_a_line_a_day(today: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["stats"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert len(lines) == 30
    assert lines[-1] == {
        "day": today.date().isoformat(),
        "articles": 3,
        "sources": {"The Tarn Mail": 2},
        "sent": 1234,
        "failed": 5,
        "doubt": 1,
    }
    assert [line["day"] for line in lines] == sorted(line["day"] for line in lines)


def test_on_a_terminal_it_is_for_people(
    today: datetime, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert cli.main(["stats"]) == 0
    said = capsys.readouterr().out

    assert "3 briefings in 0 stories" in said
    assert "articles: 3 today, 3 in 7 days, 3 in 30 days" in said
    assert "deliveries: 1,234 sent today, 1,234 in 30 days; 5 refused today, 0 in doubt" in said
    assert "      2  The Tarn Mail" in said
    assert cli.main(["stats", "--json"]) == 0
    assert capsys.readouterr().out.startswith('{"day"')


@pytest.mark.usefixtures("today")
def test_without_a_desk_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--data", str(tmp_path / "none"), "stats"]) == 1
    assert capsys.readouterr().err.startswith("backchannel: ")
