"""Pure: the people whom the bot knows, as an admin sees them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from handlers.document import Block, Button, Buttons, Document, Heading, Inlines, Paragraph, paragraph, rows
from handlers.press import Press
from handlers.texts import N_, Texts, fill
from handlers.turning import turned
from summaries.models import Person

USERS, USER, APPROVE, BLOCK, UNBLOCK = "us", "ur", "ua", "uk", "ub"
"""The views of the list and of one person, and those that decide about them."""

PAGE = 10

State = Literal["admin", "waiting", "approved", "blocked", "reader"]

STATES: tuple[State, ...] = ("waiting", "admin", "approved", "blocked", "reader")
_NAMES: dict[State, str] = {
    "waiting": N_("waiting"),
    "admin": N_("admin"),
    "approved": N_("approved"),
    "blocked": N_("blocked"),
    "reader": N_("reader"),
}
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def called(person: Person) -> str:
    """Name, user name and number, as far as they are known."""
    known = (person.name, f"@{person.username}" if person.username else "", str(person.id))
    return " · ".join(part for part in known if part)


def request(person: Person, spoken: Texts, group: str = "") -> Document:
    """What the admins are asked about a newcomer. `group` is one into which they brought the bot."""
    lines: list[Inlines] = [fill(spoken.gettext("{name} asks to be let in."), name=called(person))]
    if group:
        lines.append(fill(spoken.gettext("They brought me into the group {group}."), group=group))
    return Document((Paragraph(tuple(lines)),), (tuple(_decisions(person, spoken, "")),), rtl=spoken.rtl)


def state_of(person: Person) -> State:
    if person.admin:
        return "admin"
    return person.access or "reader"


def state_named(words: str, spoken: Texts) -> State | None:
    """The state with this name, in English or as it is shown."""
    return next((state for state in STATES if words in (state, spoken.gettext(_NAMES[state]).casefold())), None)


def matches(person: Person, words: str) -> bool:
    """`words` in small letters."""
    return words in called(person).casefold()


def order(person: Person) -> tuple[bool, float, int]:
    return (state_of(person) != "waiting", -(person.since or _NEVER).timestamp(), person.id)


def listing(
    everybody: Sequence[Person], spoken: Texts, *, offset: int, state: State | None, turns: bool = True
) -> Document:
    """A page of it, with a button for each person. Without `turns` there is only this one."""
    page = everybody[offset : offset + PAGE]
    count = spoken.ngettext("{count} person", "{count} people", len(everybody))
    waiting = sum(one.access == "waiting" for one in everybody)
    if waiting and state != "waiting":
        count += " · " + spoken.ngettext("{count} waits to be let in", "{count} wait to be let in", waiting)
    lines = tuple(_line(offset + place, one, spoken) for place, one in enumerate(page, 1))
    here = Press(USERS, (offset, _chosen(state)))
    people = [
        Button(spoken.number(offset + place), Press(USER, (one.id,), back=here.data).data)
        for place, one in enumerate(page, 1)
    ]
    buttons: Buttons = rows(people, width=5)
    if turns:
        buttons = (*buttons, *rows(turned(Press(USERS, ()), offset, PAGE, len(everybody), spoken, _chosen(state))))
    return Document((Heading((count,)), Paragraph(lines)), buttons, rtl=spoken.rtl)


def _chosen(state: State | None) -> int:
    return STATES.index(state) + 1 if state else 0


def _line(place: int, person: Person, spoken: Texts) -> Inlines:
    number, state = spoken.number(place), _state(person, spoken)
    return fill("{place}. {who} · {state}", place=number, who=called(person), state=state)


def _state(person: Person, spoken: Texts) -> str:
    return spoken.gettext(_NAMES[state_of(person)])


def one(person: Person, spoken: Texts, back: str = "", *, note: str = "") -> Document:
    """One person, and what can be decided of them. `back` is the list that they were opened from."""
    blocks: list[Block] = [Heading((called(person),)), paragraph(_state(person, spoken))]
    if person.since is not None:
        blocks.append(paragraph(spoken.gettext("Since {day}", day=spoken.date(person.since.date()))))
    if note:
        blocks.append(paragraph(note))
    buttons: Buttons = (tuple(_decisions(person, spoken, back)),) if not person.admin else ()
    if back:
        buttons = (*buttons, (Button(spoken.gettext("‹ All"), back),))
    return Document(tuple(blocks), buttons, rtl=spoken.rtl)


def _decisions(person: Person, spoken: Texts, back: str) -> list[Button]:
    if person.access == "blocked":
        return [Button(spoken.gettext("Unblock"), Press(UNBLOCK, (person.id,), back=back).data)]
    approve = Button(spoken.gettext("Approve"), Press(APPROVE, (person.id,), back=back).data)
    block = Button(spoken.gettext("Block"), Press(BLOCK, (person.id,), back=back).data)
    return [block] if person.access == "approved" else [approve, block]


def decided(person: Person, spoken: Texts) -> str:
    match person.access:
        case "approved":
            return spoken.gettext("Let in.")
        case "blocked":
            return spoken.gettext("Blocked: they get no answer any more.")
    return spoken.gettext("The block is gone.")
