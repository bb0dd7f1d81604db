import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from telegram.ext import Application

from bot.local.server import LocalServer
from handlers import registry
from handlers.access import Role
from handlers.asked import Asked, Command
from handlers.compose import line
from handlers.document import Document
from handlers.registry import COMMANDS
from summaries.models import Person
from tests.handlers.world import MORNING, World, world


async def say_done(asked: Asked) -> Document:
    return line(asked.texts, f"done by {asked.role.name}")


GUARDED = (
    *COMMANDS,
    Command("tidy", "The chat", "tidies the chat", say_done, role=Role.CHAT_ADMIN),
    Command("reset", "The desk", "resets the desk", say_done, role=Role.ADMIN),
)


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path, commands=GUARDED) as made:
        yield made


# --- where the bot answers, and where it is silent


async def test_what_is_not_understood_in_private_gets_one_helpful_line(there: World) -> None:
    (answer,) = await there.say("good morning")
    assert answer.text.startswith("I answer to commands: /latest")


async def test_a_file_in_private_gets_one_helpful_line(there: World) -> None:
    there.server.send_document(there.reader, "notes.zip", b"notes")
    await there.settle()
    assert there.server.transcript(there.reader)[-1].text.startswith("I answer to commands")


@pytest.mark.parametrize("said", ["/nonsense", "/nonsense@backchannel_bot now", "/nonsense@Backchannel_Bot"])
async def test_an_unknown_command_in_private_is_named(there: World, said: str) -> None:
    (answer,) = await there.say(said)
    assert answer.text == "There is no /nonsense here. /help says what there is."


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        pytest.param("/latest@backchannel_bot", True, id="addressed"),
        pytest.param("/LATEST@Backchannel_Bot", True, id="in-any-case"),
        pytest.param("/latest", True, id="not-addressed"),
        pytest.param("/latest@other_bot", False, id="of-another-bot"),
        pytest.param("/nonsense@backchannel_bot", True, id="unknown-but-addressed"),
        pytest.param("/nonsense", False, id="unknown"),
        pytest.param("/nonsense@other_bot", False, id="unknown-of-another-bot"),
        pytest.param("good morning", False, id="talk"),
    ],
)
async def test_in_a_group_only_what_is_meant_for_the_bot_is_answered(there: World, said: str, answered: bool) -> None:
    group = there.server.group("Newsroom", there.reader)
    there.server.promote(group, there.server.bot, there.reader)  # an administrator hears everything
    await there.settle()
    assert bool(await there.say(said, chat=group)) is answered


async def test_a_command_of_another_bot_in_private_is_left_alone(there: World) -> None:
    assert await there.say("/latest@other_bot") == []


async def test_a_correction_is_not_answered_twice(there: World) -> None:
    there.server.say(there.reader, "/latest")
    await there.settle()
    asked, _ = there.server.transcript(there.reader)
    there.server.revise(asked, "/latest 3")
    await there.settle()
    assert len(there.server.transcript(there.reader)) == 2


async def test_an_answer_in_a_group_says_which_message_it_answers(there: World) -> None:
    group = there.server.group("Newsroom", there.reader)
    (answer,) = await there.say("/latest", chat=group)
    assert answer.reply_to == there.server.transcript(group)[-2].id


async def test_an_answer_in_private_is_no_reply(there: World) -> None:
    (answer,) = await there.say("/latest")
    assert answer.reply_to is None


async def test_answers_stay_in_their_topic(there: World) -> None:
    forum = there.server.group("Newsroom", there.reader, forum=True)
    topic = there.server.topic(forum, "Harbour")
    (answer,) = await there.say("/latest", chat=forum, topic=topic)
    assert answer.thread == topic.id


# --- who may


async def test_in_private_everybody_runs_their_own_chat_but_not_the_desk(there: World) -> None:
    (tidied,) = await there.say("/tidy")
    (refused,) = await there.say("/reset")
    assert (tidied.text, refused.text) == ("done by CHAT_ADMIN", "Only the admins of this desk can do that.")


async def test_configured_admins_and_those_of_the_desk_may_everything(there: World) -> None:
    configured, promoted = there.server.speaker("admin"), there.server.person("Sana")
    await there.desk.admit(Person(promoted.id, "Sana", admin=True, since=MORNING))
    for admin in (configured, promoted):
        assert [answer.text for answer in await there.say("/reset", person=admin)] == ["done by ADMIN"]


async def test_in_a_group_its_administrators_may(there: World) -> None:
    member, owner = there.server.person("Member"), there.reader
    group = there.server.group("Newsroom", owner, member)
    (refused,) = await there.say("/tidy@backchannel_bot", chat=group, person=member)
    (tidied,) = await there.say("/tidy@backchannel_bot", chat=group, person=owner)
    assert (refused.text, tidied.text) == ("Only administrators of this chat can do that.", "done by CHAT_ADMIN")


async def test_help_shows_what_its_reader_may(there: World) -> None:
    (readers,) = await there.say("/help")
    (admins,) = await there.say("/help", person=there.server.speaker("admin"))
    assert ("/reset" in readers.text, "/reset" in admins.text) == (False, True)


# --- when something fails


async def fail(asked: Asked) -> Document:
    raise RuntimeError("the pier collapsed")


FAILING = (*COMMANDS, Command("fail", "Nothing", "fails", fail))


async def test_a_failing_handler_is_logged_told_kindly_and_reported(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with world(tmp_path, commands=FAILING) as there:
        admin = there.server.speaker("admin")
        await there.say("/start", person=admin)
        (answer,) = await there.say("/fail")
        assert answer.text == "That went wrong, and it has been noted. Please try again in a moment."
        told = there.server.transcript(admin)[-1]
        assert told.text == "Something failed: /fail: RuntimeError: the pier collapsed. The log has the rest."
        assert "the pier collapsed" in caplog.text
        assert (await there.say("/help"))[0].text, "and the bot goes on"


async def fail_slowly(asked: Asked) -> Document:
    asked.progress(line(asked.texts, "looking"))
    await asyncio.sleep(0)
    await fail(asked)
    raise AssertionError


async def test_slow_work_that_fails_takes_its_progress_away_and_says_so(tmp_path: Path) -> None:
    slow = Command("fail", "Nothing", "fails", fail_slowly, slow=True)
    async with world(tmp_path, commands=(*COMMANDS, slow)) as there:
        await there.say("/start", person=there.server.speaker("admin"))
        (answer,) = await there.say("/fail")
        assert answer.text == "That went wrong, and it has been noted. Please try again in a moment."


async def test_a_failing_button_is_answered(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def collapse(id: int) -> None:
        raise RuntimeError("the pier collapsed")

    await there.fill(1)
    (shown,) = await there.say("/latest")
    monkeypatch.setattr(there.desk, "briefing", collapse)
    await there.press(shown, "#1")
    assert there.toasts == ["That went wrong, and it has been noted. Please try again in a moment."]
    there.server.refusals.clear()  # the admin has no chat with the bot yet


def test_every_button_of_the_table_has_a_short_name_of_its_own() -> None:
    assert all(len(view) <= 2 for view in registry.BUTTONS)


async def test_callback_data_of_every_shown_button_leads_somewhere(there: World) -> None:
    await there.fill(12)
    shown = [*(await there.say("/latest 2")), *(await there.say("/search ferry")), *(await there.say("/summary 3"))]
    there.toasts.clear()
    for message in shown:
        for button in message.buttons:
            there.server.press(there.reader, message, replace(button))
            await there.settle()
    assert there.toasts
    assert [toast for toast in there.toasts if "old" in toast or "wrong" in toast] == []


async def test_install_takes_an_application_that_was_not_started(tmp_path: Path) -> None:
    server = LocalServer()
    application = Application.builder().token(server.token).job_queue(None).build()
    async with world(tmp_path) as there:
        registry.install(application, there.desk)
        assert application.bot_data


def test_no_two_families_of_buttons_share_a_name() -> None:
    families = [
        module.TARGETS
        for module in vars(registry).values()
        if isinstance(module, ModuleType) and hasattr(module, "TARGETS")
    ]

    assert sum(map(len, families)) + 1 == len(registry.BUTTONS)  # one opens any of them as a page


def test_no_two_commands_share_a_name() -> None:
    names = [command.name for command in registry.COMMANDS]

    assert len(set(names)) == len(names)
