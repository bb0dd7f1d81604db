import logging
from pathlib import Path

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TimedOut

from handlers.errors import report
from summaries.errors import DiskError
from tests.handlers.world import World, world

TOKEN_SAID = "the token {token} was refused"


async def told(there: World, error: BaseException, update: object = None) -> str:
    admin = there.server.speaker("admin")
    await there.say("/start", person=admin)
    before = len(there.server.transcript(admin))
    await report(there.application.bot, there.desk, frozenset({admin.id}), update, error)
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


async def test_the_token_is_nowhere(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with world(tmp_path) as there:
        token = there.application.bot.token
        try:
            raise InvalidToken(TOKEN_SAID.format(token=token))
        except InvalidToken as error:
            said = await told(there, error)
    assert "the token <token> was refused" in said
    assert "the token <token> was refused" in caplog.text
    assert token not in said + caplog.text


async def test_an_error_of_the_world_is_one_line_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with world(tmp_path) as there:
        await told(there, DiskError("data: no space left; free some"))
    assert "Traceback" not in caplog.text
    assert "data: no space left; free some" in caplog.text


async def test_a_desk_that_cannot_name_its_admins_leaves_the_configured_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def gone() -> None:
        raise DiskError("data: it is gone; mount it")

    async with world(tmp_path) as there:
        monkeypatch.setattr(there.desk, "admins", gone)
        assert "ValueError: odd" in await told(there, ValueError("odd"))
    assert "it is gone" in caplog.text


async def test_a_person_who_cannot_be_told_is_a_line_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with world(tmp_path) as there:
        await report(there.application.bot, there.desk, frozenset({404}), None, ValueError("odd"))
        there.server.refusals.clear()
    assert "Admin 404 could not be told" in caplog.text
