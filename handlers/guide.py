"""Pure: the bot about itself, from the one table of commands."""

from collections.abc import Sequence

from handlers.access import Role
from handlers.asked import Command
from handlers.document import Block, Details, Document, Heading, Inlines, Italic, Paragraph, paragraph
from handlers.texts import Texts


def welcome(texts: Texts, *, made_admin: bool = False) -> tuple[Block, ...]:
    """What this is, for somebody who has just come."""
    blocks: list[Block] = [
        Heading((texts.gettext("Backchannel, a quiet briefing desk"),)),
        paragraph(texts.gettext("Articles in a few of their own sentences, word for word. Nothing is made up.")),
    ]
    if made_admin:
        blocks.append(paragraph(texts.gettext("You are now the admin of this desk. The link works no more.")))
    return tuple(blocks)


def to_try(texts: Texts) -> Block:
    """Three things that show what this can do."""
    return Paragraph(
        (
            ("/latest · ", Italic((texts.gettext("the newest briefings"),))),
            ("/search harbour strike · ", Italic((texts.gettext("briefings by their words"),))),
            (texts.gettext("or send me a link, and I read it for you"),),
        )
    )


def manual(commands: Sequence[Command], role: Role, texts: Texts) -> Document:
    """What `role` can do, by situation; what only admins do is folded, for it is long and seldom wanted."""
    situations: dict[str, list[Command]] = {}
    for command in allowed(commands, role):
        situations.setdefault(command.situation, []).append(command)
    blocks: list[Block] = []
    for situation, group in situations.items():
        entries = Paragraph(tuple(_entry(command, texts) for command in group))
        if all(command.role is Role.ADMIN for command in group):
            blocks.append(Details((texts.gettext(situation),), (entries,)))
        else:
            blocks += [Heading((texts.gettext(situation),), level=2), entries]
    return Document(tuple(blocks), rtl=texts.rtl)


def usage(command: Command, texts: Texts) -> Document:
    """How a command is called, for somebody who called it otherwise."""
    examples: list[Inlines] = [(example,) for example in command.examples]
    return Document((Paragraph((_entry(command, texts), *examples)),), rtl=texts.rtl)


def usage_of(name: str, commands: Sequence[Command], texts: Texts) -> Document:
    return usage(next(command for command in commands if command.name == name), texts)


def allowed(commands: Sequence[Command], role: Role) -> list[Command]:
    return [command for command in commands if command.role <= role]


def _entry(command: Command, texts: Texts) -> Inlines:
    """In parts, so that a command keeps its slash in front beside words that run from right to left."""
    usage = texts.gettext(command.usage)
    return (f"/{command.name}", *((" ", usage) if usage else ()), ": ", texts.gettext(command.help))
