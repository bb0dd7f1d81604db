"""/users, /approve, /block, /unblock: whom the admins let in and keep out."""

from msgspec.structs import replace

from handlers import admission, compose, guide, people_pages
from handlers.access import Role
from handlers.asked import Asked, Command, Target
from handlers.document import Document
from handlers.press import HIGHEST, Press
from handlers.texts import N_, fill
from summaries.models import Access, Person
from summaries.people import with_access


async def users(asked: Asked) -> Document:
    """/users, and /users WORDS: a state, or a part of a name."""
    words = asked.words.strip().removeprefix("@").casefold()
    everybody = await _everybody(asked)
    state = people_pages.state_named(words, asked.texts)
    if state is not None:
        everybody, words = [one for one in everybody if people_pages.state_of(one) == state], ""
    if words:
        everybody = [one for one in everybody if people_pages.matches(one, words)]
    if not everybody:
        return compose.line(asked.texts, asked.texts.gettext("There is nobody like that."))
    return people_pages.listing(everybody, asked.texts, offset=0, state=state, turns=not words)


async def show_users(asked: Asked, press: Press) -> Document | None:
    match press.ids:
        case (offset, chosen) if chosen <= len(people_pages.STATES):
            state = people_pages.STATES[chosen - 1] if chosen else None
        case _:
            return None
    everybody = [one for one in await _everybody(asked) if state is None or people_pages.state_of(one) == state]
    if not everybody:
        return compose.line(asked.texts, asked.texts.gettext("There is nobody like that."))
    last = (len(everybody) - 1) // people_pages.PAGE * people_pages.PAGE
    return people_pages.listing(everybody, asked.texts, offset=min(offset, last), state=state)


async def _everybody(asked: Asked) -> list[Person]:
    """Those who wait first, then those who came last."""
    return sorted([_as_is(asked, one) async for one in asked.desk.people.all()], key=people_pages.order)


def _as_is(asked: Asked, person: Person) -> Person:
    """The desk does not keep who is an admin by the configuration."""
    return replace(person, admin=True) if person.id in asked.admins else person


async def show_user(asked: Asked, press: Press) -> Document | None:
    found = await _pressed(asked, press)
    return people_pages.one(found, asked.texts, _back(press)) if found else None


async def _pressed(asked: Asked, press: Press) -> Person | None:
    found = await asked.desk.person(press.ids[0]) if len(press.ids) == 1 else None
    return _as_is(asked, found) if found else None


def _back(press: Press) -> str:
    return press.back if press.back.startswith(f"{people_pages.USERS}:") and "/" not in press.back else ""


# --- the decision


async def approve(asked: Asked) -> Document:
    return await _by_words(asked, "approve", "approved")


async def block(asked: Asked) -> Document:
    return await _by_words(asked, "block", "blocked")


async def unblock(asked: Asked) -> Document:
    return await _by_words(asked, "unblock", "")


async def _by_words(asked: Asked, name: str, access: Access) -> Document:
    who = asked.words.strip()
    if not who:
        return guide.usage_of(name, asked.commands, asked.texts)
    id = int(who) if who.isascii() and who.isdigit() and 0 < int(who) < HIGHEST else 0
    if not id and who.startswith("@"):
        found = await asked.desk.people.named(who)
        id = found.id if found else 0
    if not id:
        said = asked.texts.gettext("I do not know {name}. Write their number, or let them write to me first.")
        return compose.line(asked.texts, *fill(said, name=who))
    return await _decide(asked, id, access)


async def approve_pressed(asked: Asked, press: Press) -> Document | None:
    return await _by_press(asked, press, "approved")


async def block_pressed(asked: Asked, press: Press) -> Document | None:
    return await _by_press(asked, press, "blocked")


async def unblock_pressed(asked: Asked, press: Press) -> Document | None:
    return await _by_press(asked, press, "")


async def _by_press(asked: Asked, press: Press, access: Access) -> Document | None:
    found = await _pressed(asked, press)
    return await _decide(asked, found.id, access, _back(press)) if found else None


async def _decide(asked: Asked, id: int, access: Access, back: str = "") -> Document:
    """Kept, made to count for what is sent to them, and told to whoever waited for it. Twice is once."""
    known = await asked.desk.person(id)
    if access == "blocked" and await asked.outside.is_admin(id):
        return compose.line(asked.texts, asked.texts.gettext("That is an admin of this desk: admins are not blocked."))
    if asked.desk.readonly:
        return compose.line(asked.texts, asked.texts.gettext("Nothing can be changed here at the moment."))
    person = await asked.desk.people.change(id, lambda before: with_access(before, access))
    await _bar(asked, id, barred=access == "blocked")
    if known is not None and known.access != "approved" and access == "approved":
        await _welcome(asked, person)
    return people_pages.one(_as_is(asked, person), asked.texts, back, note=people_pages.decided(person, asked.texts))


async def _bar(asked: Asked, id: int, *, barred: bool) -> None:
    """Nothing is sent to somebody who is blocked; what they have set stays as it is.

    Where the desk is not open, who is let in has the digests that they once chose, and so have the chats they run.
    """
    if await asked.desk.subscribers.get(id) is not None:
        await asked.desk.subscribers.bar(id, barred=barred)
    if asked.house.mode != "open":
        async for chat in asked.desk.subscribers.all():
            if id in (chat.id, chat.added_by, *chat.managers):
                asked.desk.digesting.noticed(chat)


async def _welcome(asked: Asked, person: Person) -> None:
    here = await asked.desk.subscribers.known(person.id)
    await asked.outside.tell(person.id, admission.welcome(here))


_PEOPLE = N_("People")

COMMANDS = (
    Command(
        "users",
        _PEOPLE,
        N_("who is here, and who waits to be let in"),
        users,
        N_("[WORDS]"),
        ("/users", "/users waiting"),
        role=Role.ADMIN,
    ),
    Command("approve", _PEOPLE, N_("lets somebody in"), approve, N_("NUMBER or @NAME"), role=Role.ADMIN),
    Command("block", _PEOPLE, N_("answers somebody no more"), block, N_("NUMBER or @NAME"), role=Role.ADMIN),
    Command("unblock", _PEOPLE, N_("takes a block away"), unblock, N_("NUMBER or @NAME"), role=Role.ADMIN),
)

TARGETS = {
    people_pages.USERS: Target(show_users, Role.ADMIN),
    people_pages.USER: Target(show_user, Role.ADMIN),
    people_pages.APPROVE: Target(approve_pressed, Role.ADMIN),
    people_pages.BLOCK: Target(block_pressed, Role.ADMIN),
    people_pages.UNBLOCK: Target(unblock_pressed, Role.ADMIN),
}
