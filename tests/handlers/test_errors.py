import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram import Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TimedOut

from bot.local.world import Person
from handlers import errors
from handlers.errors import Alarm
from summaries.errors import DiskError
from tests.handlers.world import MORNING, World, world

TOKEN_SAID = "the token {token} was refused"


class Hours:
    """A clock that is told how late it is."""

    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


async def alarm_of(there: World, clock: Hours | None = None) -> tuple[Alarm, Person]:
    admin = there.server.speaker("admin")
    await there.say("/start", person=admin)
    return Alarm(there.application.bot, there.desk, frozenset({admin.id}), clock or Hours()), admin


async def told(there: World, error: BaseException, update: object = None) -> str:
    alarm, admin = await alarm_of(there)
    before = len(there.server.transcript(admin))
    await alarm.report(update, error)
    return "\n".join(message.text for message in there.server.transcript(admin)[before:])


@pytest.mark.parametrize(
    ("error", "level", "says"),
    [
        pytest.param(NetworkError("no route"), logging.WARNING, "", id="the-network"),
        pytest.param(TimedOut(), logging.WARNING, "", id="a-slow-network"),
        pytest.param(Forbidden("bot was blocked by the user"), logging.INFO, "", id="blocked"),
        pytest.param(BadRequest("odd"), logging.ERROR, "a task: BadRequest: odd", id="a-refusal"),
        pytest.param(ValueError("two\nlines"), logging.ERROR, "a task: ValueError: two lines", id="a-bug"),
        pytest.param(DiskError("data: no space left; free some"), logging.ERROR, "a task: data: no space", id="disk"),
    ],
)
async def test_who_hears_of_what(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, error: Exception, level: int, says: str
) -> None:
    caplog.set_level(logging.INFO, "handlers.errors")
    async with world(tmp_path) as there:
        said = await told(there, error)
        assert says in said
        assert bool(said) is bool(says)
    assert [record.levelno for record in caplog.records if record.name == "handlers.errors"] == [level]


@pytest.mark.parametrize(
    ("error", "says"),
    [
        pytest.param(NetworkError("no route"), "Telegram did not say whether my answer arrived.", id="the-network"),
        pytest.param(ValueError("odd"), "That went wrong, and it has been noted.", id="a-bug"),
    ],
)
async def test_the_person_is_told_what_is_known_of_their_answer(tmp_path: Path, error: Exception, says: str) -> None:
    async with world(tmp_path) as there:
        await there.say("/help")
        who = {"id": there.reader.id, "is_bot": False, "first_name": "Reader"}
        chat = {"id": there.reader.id, "type": "private"}
        said = {"message_id": 1, "date": 0, "chat": chat, "from": who, "text": "/latest"}
        update = Update.de_json({"update_id": 1, "message": said}, there.application.bot)
        admins_hear = await told(there, error, update)

        assert there.server.transcript(there.reader)[-1].text.startswith(says)
        assert bool(admins_hear) is isinstance(error, ValueError)


async def test_the_token_is_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with world(tmp_path) as there:
        token = there.application.bot.token
        try:
            try:
                raise ValueError("first", {"url": f"https://telegram.example/bot{token}/getMe"})
            except ValueError as first:
                raise InvalidToken(TOKEN_SAID.format(token=token)) from first
        except InvalidToken as error:
            said = await told(there, error)
    assert "the token [token] was refused" in said
    assert "the token [token] was refused" in caplog.text
    assert "bot[token]/getMe" in caplog.text
    assert token not in said + caplog.text


async def test_an_error_of_the_world_is_one_line_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with world(tmp_path) as there:
        await told(there, DiskError("data: no space left; free some"))
    assert "Traceback" not in caplog.text
    assert "data: no space left; free some" in caplog.text


async def test_the_same_cause_is_told_once_and_then_counted(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        clock = Hours()
        alarm, admin = await alarm_of(there, clock)
        before = len(there.server.transcript(admin))
        for number in range(15):
            await alarm.report(None, DiskError(f"day {number}: no space left; free some."))
        assert len(there.server.transcript(admin)) == before + 1
        clock.now += timedelta(hours=1)
        await alarm.tick()
        *_, first, again = (message.text for message in there.server.transcript(admin))
    assert first == "Something failed: a task: day 0: no space left; free some. The log has the rest."
    assert again == (
        "Something failed, ×14 in the last hour: a task: day 14: no space left; free some. The log has the rest."
    )


async def test_what_nobody_could_be_told_is_told_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with world(tmp_path) as there:
        alarm, admin = await alarm_of(there)

        async def cut(*args: Any) -> None:
            raise NetworkError("no route")

        with monkeypatch.context() as outage:
            outage.setattr(errors, "send", cut)
            await alarm.tell("the disk is full")
        before = len(there.server.transcript(admin))
        await alarm.tick()
        await alarm.tick()
        assert [message.text for message in there.server.transcript(admin)[before:]] == [
            "Something failed: the disk is full. The log has the rest."
        ]


async def test_a_desk_that_cannot_name_its_admins_leaves_the_configured_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def gone() -> None:
        raise DiskError("data: it is gone; mount it")

    async with world(tmp_path) as there:
        monkeypatch.setattr(there.desk, "admins", gone)
        assert "ValueError: odd" in await told(there, ValueError("odd"))
    assert "it is gone" in caplog.text


async def test_a_person_who_cannot_be_told_is_a_line_in_the_log_and_is_not_told_later(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with world(tmp_path) as there:
        alarm = Alarm(there.application.bot, there.desk, frozenset({404}), Hours())
        await alarm.report(None, ValueError("odd"))
        await alarm.tick()
        there.server.refusals.clear()
    assert caplog.text.count("Admin 404 could not be told") == 1
