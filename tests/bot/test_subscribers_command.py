"""`backchannel subscribers`."""

import asyncio
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot import cli
from bot.commands import subscribers
from bot.commands.subscribers import VERBS, state_of, times_of
from summaries.desk import open_desk
from summaries.models import Slot, Subscriber, Subscription
from tests.test_docs import section

NOON = datetime(2026, 7, 4, 12, 0, tzinfo=UTC)
MORNING = Subscription(slots=(Slot(1, 480), Slot(2, 1170)), zone="Asia/Karachi")
TOPIC = Subscription(topic=12, slots=(Slot(1, 480),))
GROUP = Subscriber(-1001234567890, kind="supergroup", title="Newsroom", subscriptions=(MORNING, TOPIC), since=NOON)
READER = Subscriber(2, language="ur")


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("BACKCHANNEL_")]:
        monkeypatch.delenv(name)

    async def fill() -> None:
        desk = await open_desk("tinydb:data")
        for each in (GROUP, READER):
            await desk.subscribers.change(each.id, lambda _, each=each: each)
        await desk.close()

    asyncio.run(fill())

    def run(*argv: str) -> Ran:
        try:
            code = cli.main(["subscribers", *argv])
        except SystemExit as exit:
            code = int(exit.code or 0)
        return Ran(code, *capsys.readouterr())

    return run


def test_list_prints_json_lines_where_it_is_piped(run: Run) -> None:
    group, reader = run("list").lines
    assert (group["id"], group["kind"], group["title"], group["state"]) == (
        GROUP.id,
        "supergroup",
        "Newsroom",
        "active",
    )
    assert group["subscriptions"][0]["times"] == ["08:00", "19:30"]
    assert group["subscriptions"][1]["topic"] == 12
    assert (reader["language"], reader["state"], reader["subscriptions"]) == ("ur", "no digest", [])


def test_list_is_a_table_for_people(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscribers.sys, "stdout", type("Tty", (), {"isatty": lambda self: True})())
    shown: list[list[Subscriber]] = []
    monkeypatch.setattr(subscribers, "_print_table", shown.append)
    run("list")
    assert [[one.id for one in rows] for rows in shown] == [[GROUP.id, READER.id]]


def test_show(run: Run) -> None:
    said = run("show", str(GROUP.id))
    assert said.code == 0
    for part in ("Newsroom", "active", "08:00, 19:30 Asia/Karachi; 08:00 UTC (topic 12)", "2026-07-04"):
        assert part in said.out


def test_pause_and_resume(run: Run) -> None:
    assert "state: paused until 2026-08-01" in run("pause", str(GROUP.id), "--until", "2026-08-01").out
    assert "state: paused\n" in run("pause", str(GROUP.id)).out
    assert "state: active" in run("resume", str(GROUP.id)).out
    assert run("list").lines[0]["subscriptions"][0]["paused_until"] is None


def test_remove(run: Run) -> None:
    assert run("remove", str(GROUP.id)).out.startswith(f"removed {GROUP.id}: Newsroom")
    assert [line["id"] for line in run("list").lines] == [READER.id]


@pytest.mark.parametrize(
    ("argv", "code", "says"),
    [
        pytest.param(("show", "7"), 1, "there is no subscriber 7", id="unknown"),
        pytest.param(("remove", "7"), 1, "there is no subscriber 7", id="remove-unknown"),
        pytest.param(("pause", "2"), 1, "nothing is sent to 2 by itself", id="nothing-to-pause"),
        pytest.param(("pause", "2", "--until", "soon"), 2, '"soon" is no date', id="no-date"),
        pytest.param(("show", "mira"), 2, "invalid int value", id="no-number"),
        pytest.param((), 2, "required: VERB", id="no-verb"),
    ],
)
def test_what_is_wrong_is_one_line(run: Run, argv: tuple[str, ...], code: int, says: str) -> None:
    ran = run(*argv)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize("verb", [verb.name for verb in VERBS])
def test_every_verb_is_documented(verb: str) -> None:
    assert f"| `{verb}" in section("subscribers")


@pytest.mark.parametrize(
    ("subscriber", "state"),
    [
        pytest.param(Subscriber(1, suspended="blocked"), "blocked", id="blocked"),
        pytest.param(Subscriber(-1, left=NOON, suspended="kicked"), "left", id="left"),
        pytest.param(Subscriber(1), "no digest", id="nothing"),
        pytest.param(GROUP, "active", id="active"),
    ],
)
def test_states(subscriber: Subscriber, state: str) -> None:
    assert state_of(subscriber) == state


def test_one_paused_topic_pauses_no_chat() -> None:
    paused = Subscription(topic=3, slots=(Slot(1, 0),), paused_until=date.max)
    assert state_of(Subscriber(-1, subscriptions=(MORNING, paused))) == "active"
    assert times_of(Subscriber(-1, subscriptions=(Subscription(),))) == ""
