import asyncio
import re
from pathlib import Path

import pytest

from handlers.access import Entry, Invitation, Role, entry, role_of, runs_chat
from handlers.house import Mode
from summaries.desk import Desk, open_desk
from summaries.models import Access, Person
from tests.handlers.world import MORNING

ADA, BEN = Person(1, "Ada"), Person(2, "Ben")


@pytest.mark.parametrize(
    ("known", "admins", "runs", "role"),
    [
        pytest.param(None, (), False, Role.READER, id="stranger"),
        pytest.param(None, (), True, Role.CHAT_ADMIN, id="runs-the-chat"),
        pytest.param(ADA, (), False, Role.READER, id="known"),
        pytest.param(None, (1,), False, Role.ADMIN, id="configured"),
        pytest.param(None, (2,), False, Role.READER, id="somebody-else-is-configured"),
        pytest.param(Person(1, admin=True), (), False, Role.ADMIN, id="of-the-desk"),
        pytest.param(Person(1, admin=True), (1,), True, Role.ADMIN, id="all-at-once"),
    ],
)
def test_roles(known: Person | None, admins: tuple[int, ...], runs: bool, role: Role) -> None:
    assert role_of(1, known, admins, runs_chat=runs) is role


@pytest.mark.parametrize(
    ("status", "runs"),
    [("creator", True), ("administrator", True), ("member", False), ("restricted", False), ("left", False)],
)
def test_who_runs_a_chat(status: str, runs: bool) -> None:
    assert runs_chat(status) is runs


def test_an_invitation_fits_into_a_deep_link() -> None:
    one, other = Invitation.new(), Invitation.new()
    assert re.fullmatch(r"[A-Za-z0-9_-]{20,64}", one.secret)
    assert one.secret != other.secret
    assert one.link("backchannel_bot") == f"https://t.me/backchannel_bot?start={one.secret}"
    assert one.secret not in repr(one)


@pytest.fixture
async def desk(tmp_path: Path) -> Desk:
    return await open_desk(f"tinydb:{tmp_path}")


async def test_of_two_who_open_it_at_once_one_is_let_in(desk: Desk) -> None:
    invitation = Invitation("secret")
    taken = await asyncio.gather(*(invitation.accept("secret", desk, each, MORNING) for each in (ADA, BEN)))
    assert sorted(taken) == [False, True]
    assert len(await desk.admins()) == 1
    await desk.close()


async def test_it_works_once_whatever_happens_to_its_admin(desk: Desk) -> None:
    invitation = Invitation("secret")
    assert await invitation.accept("secret", desk, ADA, MORNING)
    assert await desk.admins() == [Person(1, "Ada", admin=True, since=MORNING)]
    await desk.admit(ADA)
    assert not await invitation.accept("secret", desk, BEN, MORNING)
    await desk.close()


@pytest.mark.parametrize("secret", ["", "Secret", "secret ", "سر"])
async def test_another_secret_lets_nobody_in(desk: Desk, secret: str) -> None:
    assert not await Invitation("secret").accept(secret, desk, ADA, MORNING)
    assert await desk.admins() == []
    await desk.close()


async def test_a_desk_with_an_admin_invites_nobody(desk: Desk) -> None:
    await desk.admit(Person(3, admin=True))
    assert not await Invitation("secret").accept("secret", desk, ADA, MORNING)
    await desk.close()


@pytest.mark.parametrize(
    ("mode", "role", "access", "brought", "verdict"),
    [
        pytest.param("open", Role.READER, "", None, "in", id="open"),
        pytest.param("open", Role.READER, "", False, "in", id="open-in-any-group"),
        pytest.param("open", Role.READER, "blocked", None, "hush", id="open-but-blocked"),
        pytest.param("open", Role.READER, "waiting", None, "in", id="open-by-now"),
        pytest.param("approve", Role.READER, "", None, "ask", id="newcomer"),
        pytest.param("approve", Role.READER, "waiting", None, "wait", id="waiting"),
        pytest.param("approve", Role.READER, "approved", None, "in", id="approved"),
        pytest.param("approve", Role.READER, "", True, "in", id="in-a-group-that-works"),
        pytest.param("approve", Role.READER, "approved", False, "hush", id="approved-in-a-group-that-does-not"),
        pytest.param("approve", Role.READER, "", False, "hush", id="newcomer-in-a-group-that-does-not"),
        pytest.param("approve", Role.READER, "blocked", True, "hush", id="blocked-in-a-group-that-works"),
        pytest.param("closed", Role.READER, "", None, "closed", id="closed"),
        pytest.param("closed", Role.READER, "waiting", None, "closed", id="closed-to-who-waited"),
        pytest.param("closed", Role.READER, "approved", None, "in", id="closed-to-others"),
        pytest.param("closed", Role.READER, "", True, "in", id="closed-in-a-group-that-works"),
        pytest.param("closed", Role.ADMIN, "", None, "in", id="admin"),
        pytest.param("closed", Role.ADMIN, "blocked", False, "in", id="admin-everywhere"),
        pytest.param("closed", Role.CHAT_ADMIN, "", None, "closed", id="running-a-chat-is-no-key"),
    ],
)
def test_who_is_let_in(mode: Mode, role: Role, access: Access, brought: bool | None, verdict: Entry) -> None:
    assert entry(mode, role, access, brought) == verdict
