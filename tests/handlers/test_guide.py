from handlers import guide
from handlers.access import Role
from handlers.asked import Asked, Command
from handlers.compose import line
from handlers.document import Document
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


def test_the_welcome_shows_a_first_example_of_each() -> None:
    said = text(guide.welcome(TABLE, EN))
    assert "/latest · the newest" in said
    assert "/latest 10" not in said
    assert "admin" not in said
    assert "You are now the admin" in text(guide.welcome(TABLE, EN, made_admin=True))


def test_every_command_is_in_the_manual_and_fits_one_message() -> None:
    said = text(guide.manual(COMMANDS, Role.ADMIN, EN))
    assert all(f"/{command.name}" in said for command in COMMANDS)
