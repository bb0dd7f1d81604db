from handlers import guide
from handlers.access import Role
from handlers.asked import Asked, Command
from handlers.compose import line
from handlers.document import Details, Document
from handlers.looks.classic import render
from handlers.registry import COMMANDS
from handlers.texts import texts
from tests.handlers.telegram_html import accepted

EN = texts("en")


async def nothing(asked: Asked) -> Document:
    return line(asked.texts, "nothing")


TABLE = (
    Command("latest", "What is new", "the newest", nothing, "[HOW MANY]", ("/latest", "/latest 10")),
    Command("help", "This bot", "what can be asked", nothing),
    Command("reset", "This bot", "resets", nothing, role=Role.ADMIN),
)


def text(document: Document) -> str:
    (message,) = render(document)
    return accepted(message).text


def test_the_manual_is_by_situation_and_role() -> None:
    assert text(guide.manual(TABLE, Role.READER, EN)) == (
        "What is new\n/latest [HOW MANY]: the newest\n\nThis bot\n/help: what can be asked"
    )
    assert text(guide.manual(TABLE, Role.ADMIN, EN)).endswith("/help: what can be asked\n/reset: resets")


def test_usage_shows_examples() -> None:
    assert text(guide.usage(TABLE[0], EN)) == "/latest [HOW MANY]: the newest\n/latest\n/latest 10"


def test_what_only_admins_do_is_folded() -> None:
    folded = guide.manual((*TABLE, Command("drain", "The desk", "drains", nothing, role=Role.ADMIN)), Role.ADMIN, EN)
    (details,) = [block for block in folded.blocks if isinstance(block, Details)]
    assert details.summary == ("The desk",)
    assert not details.open


def test_a_situation_stands_once_wherever_its_commands_are() -> None:
    said = text(guide.manual((*TABLE, Command("since", "What is new", "since then", nothing)), Role.READER, EN))
    assert (
        said == "What is new\n/latest [HOW MANY]: the newest\n/since: since then\n\nThis bot\n/help: what can be asked"
    )


def test_the_welcome_says_what_this_is_and_who_is_admin_now() -> None:
    assert "quiet briefing desk" in text(Document(guide.welcome(EN)))
    assert "admin" not in text(Document(guide.welcome(EN)))
    assert "You are now the admin" in text(Document(guide.welcome(EN, made_admin=True)))


def test_what_is_to_be_tried_is_known_here() -> None:
    said = text(Document((guide.to_try(EN),)))
    assert {"latest", "search"} <= {command.name for command in COMMANDS}
    assert "/latest" in said
    assert "/search" in said


def test_every_command_is_in_the_manual_and_fits_one_message() -> None:
    said = text(guide.manual(COMMANDS, Role.ADMIN, EN))
    assert all(f"/{command.name}" in said for command in COMMANDS)
