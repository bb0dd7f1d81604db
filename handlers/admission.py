"""People who want to be let in: what they are told, and what the admins are asked."""

from msgspec.structs import replace
from telegram import Bot, User

from handlers import compose, errors, people_pages
from handlers.document import Document
from handlers.front import Front
from handlers.texts import Texts, texts
from summaries.models import Person, Subscriber


def asked(spoken: Texts) -> str:
    return spoken.gettext("This desk is not open to everybody. I have asked its admins, and will say what they answer.")


def may_ask(spoken: Texts) -> str:
    return spoken.gettext("Not open to everybody: ask to be let in")


def waiting(spoken: Texts) -> str:
    return spoken.gettext("The admins of this desk have not answered yet whether you may come in.")


def closed(spoken: Texts) -> str:
    return spoken.gettext("This desk is closed: only those whom its admins let in are answered.")


def welcome(here: Subscriber) -> Document:
    spoken = texts(here.language)
    return compose.line(spoken, spoken.gettext("The admins of this desk let you in. /start says what there is."))


async def ask_admins(front: Front, bot: Bot, user: User, group: str = "") -> None:
    """Once for a person: afterwards they are waiting. `group` is one into which they brought the bot."""
    turns: list[bool] = []

    def wait(before: Person) -> Person:
        turns.append(not before.access)
        if before.access:
            return before
        return replace(before, name=user.full_name, username=user.username or "", access="waiting")

    person = await front.desk.people.change(user.id, wait)
    if not turns[-1]:
        return
    for admin in await errors.everybody(front.desk, front.admins):
        here = await front.desk.subscribers.known(admin)
        await front.side(bot).tell(admin, people_pages.request(person, texts(here.language), group))
