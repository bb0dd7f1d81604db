from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.local.people import READER_ID
from bot.local.world import Chat, Message, Person
from handlers.access import Invitation
from handlers.house import House, Mode
from handlers.rates import Rates
from summaries.errors import DiskError
from summaries.models import Access, Subscriber
from summaries.models import Person as Known
from tests.handlers.moving_clock import MovingClock
from tests.handlers.world import World, article, world


def moded(folder: Path, mode: Mode, **options: object) -> AbstractAsyncContextManager[World]:
    return world(folder, house=House(mode=mode), **options)


@pytest.fixture
async def approving(tmp_path: Path) -> AsyncIterator[World]:
    async with moded(tmp_path, "approve") as there:
        await there.say("/start", person=there.server.speaker("admin"))
        yield there


@pytest.fixture
async def closed(tmp_path: Path) -> AsyncIterator[World]:
    async with moded(tmp_path, "closed") as there:
        await there.say("/start", person=there.server.speaker("admin"))
        yield there


async def decide(there: World, person: Person, access: Access) -> None:
    await there.desk.people.change(person.id, lambda before: replace(before, access=access))


def requests(there: World) -> list[Message]:
    admin = there.server.speaker("admin")
    return [said for said in there.server.transcript(admin) if "asks to be let in" in said.text]


# --- a newcomer


async def test_in_an_open_desk_everybody_is_answered_and_known(tmp_path: Path) -> None:
    async with moded(tmp_path, "open") as there:
        mira = there.server.person("Mira", username="mira")
        (answer,) = await there.say("/help", person=mira)
        assert "/latest" in answer.text
        known = await there.desk.person(mira.id)
        assert known is not None
        assert (known.name, known.username, known.access, known.since) == ("Mira", "mira", "", there.desk._clock())


async def test_a_newcomer_is_told_once_and_the_admins_are_asked_once(approving: World) -> None:
    said = [await approving.say(words) for words in ("/latest", "/latest", "hello", "/help")]
    assert [len(answers) for answers in said] == [1, 1, 0, 0]
    assert said[0][0].text.startswith("This desk is not open to everybody. I have asked its admins")
    assert said[1][0].text.startswith("The admins of this desk have not answered yet")
    (request,) = requests(approving)
    assert request.text == f"Reader · {READER_ID} asks to be let in."
    assert [button.text for button in request.buttons] == ["Approve", "Block"]


async def test_whoever_waits_is_told_so_once_a_day(tmp_path: Path) -> None:
    clock = MovingClock()
    async with moded(tmp_path, "approve", clock=clock) as there:
        counts = []
        for hours in (0, 1, 1, 24, 1):
            clock.pass_(hours=hours)
            counts.append(len(await there.say("/latest")))
        assert counts == [1, 1, 0, 1, 0]
        there.server.refusals.clear()  # the admin has no chat with the bot


async def test_whoever_is_approved_is_told_and_answered(approving: World) -> None:
    await approving.say("/latest")
    (request,) = requests(approving)
    decided = await approving.press(request, "Approve", person=approving.server.speaker("admin"))
    assert "Let in." in decided.text
    assert approving.server.transcript(approving.reader)[-1].text.startswith("The admins of this desk let you in.")
    assert (await approving.say("/help"))[0].text


async def test_approving_twice_welcomes_once(approving: World) -> None:
    admin = approving.server.speaker("admin")
    await approving.say("/latest")
    (request,) = requests(approving)
    approving.server.press(admin, request, "Approve")
    approving.server.press(admin, request, "Approve")
    await approving.settle()
    said = [message.text for message in approving.server.transcript(approving.reader)]
    assert sum(text.startswith("The admins of this desk let you in.") for text in said) == 1


async def test_only_admins_decide(approving: World) -> None:
    await approving.say("/latest")
    (request,) = requests(approving)
    await decide(approving, approving.reader, "approved")
    approving.toasts.clear()
    await approving.press(request, "Block")  # as no client would let them
    assert approving.toasts == ["Only the admins of this desk can do that."]


async def test_whoever_is_blocked_meets_silence(approving: World) -> None:
    await approving.say("/latest")
    (request,) = requests(approving)
    await approving.press(request, "Block", person=approving.server.speaker("admin"))
    before = approving.server.transcript(approving.server.speaker("admin"))
    assert [await approving.say(words) for words in ("/latest", "/start", "hello")] == [[], [], []]
    assert approving.server.transcript(approving.server.speaker("admin")) == before


@pytest.mark.parametrize("mode", ["open", "approve", "closed"])
async def test_the_blocked_are_silently_passed_over_in_every_mode(tmp_path: Path, mode: Mode) -> None:
    async with moded(tmp_path, mode) as there:
        await decide(there, there.reader, "approved")
        await there.fill(1)
        (shown,) = await there.say("/latest")
        await decide(there, there.reader, "blocked")
        assert await there.say("/latest") == []
        pressed = await there.press(shown, "#1")
        assert (there.toasts, pressed.text) == ([""], shown.text), "the button spins no more, and nothing is shown"


async def test_a_closed_desk_says_so_once_a_day(closed: World) -> None:
    said = [await closed.say(words) for words in ("/latest", "/latest", "hello")]
    assert [[answer.text for answer in answers] for answers in said] == [
        ["This desk is closed: only those whom its admins let in are answered."],
        [],
        [],
    ]
    assert requests(closed) == []


async def test_a_closed_desk_answers_the_approved_and_the_admins(closed: World) -> None:
    await decide(closed, closed.reader, "approved")
    assert (await closed.say("/help"))[0].text
    assert (await closed.say("/help", person=closed.server.speaker("admin")))[0].text


@pytest.mark.parametrize("mode", ["approve", "closed"])
async def test_the_first_admin_comes_through_a_closed_door(tmp_path: Path, mode: Mode) -> None:
    invitation = Invitation.new()
    async with moded(tmp_path, mode, invitation=invitation) as there:
        (answer, *_) = await there.say(f"/start {invitation.secret}")
        known = await there.desk.person(there.reader.id)
        assert known is not None
        assert known.admin
        assert (await there.say("/users"))[0].text
        assert answer.text


async def test_a_wrong_secret_opens_nothing(tmp_path: Path) -> None:
    async with moded(tmp_path, "closed", invitation=Invitation.new()) as there:
        (answer,) = await there.say("/start not-the-secret")
        assert answer.text.startswith("This desk is closed")


async def test_a_press_of_somebody_who_waits_says_why(tmp_path: Path) -> None:
    async with moded(tmp_path, "closed") as there:
        await decide(there, there.reader, "approved")
        await there.fill(1)
        (shown,) = await there.say("/latest")
        await decide(there, there.reader, "")
        await there.press(shown, "#1")
        assert there.toasts == ["This desk is closed: only those whom its admins let in are answered."]


async def test_an_inline_query_of_somebody_who_is_not_let_in_leads_to_the_private_chat(closed: World) -> None:
    query = closed.server.type_inline(closed.reader, "harbour")
    await closed.settle()
    answer = closed.server.world.inline_answers[query.id]
    assert (answer.results, answer.start) == ((), "wait")
    assert answer.button.startswith("This desk is closed")
    assert await closed.desk.person(closed.reader.id) is None


# --- groups


async def invited(there: World, by: Person, *members: Person) -> Chat:
    group = there.server.group("Newsroom", by, *members)
    await there.settle()
    return group


async def test_a_group_works_where_an_admin_brought_the_bot(closed: World) -> None:
    group = await invited(closed, closed.server.speaker("admin"), closed.reader)
    assert [len(await closed.say("/help", chat=group))] == [1]


async def test_a_group_works_where_somebody_who_was_let_in_brought_the_bot(closed: World) -> None:
    mira = closed.server.person("Mira")
    await decide(closed, mira, "approved")
    group = await invited(closed, mira, closed.reader)
    assert len(await closed.say("/help", chat=group)) == 1


async def test_a_group_of_a_stranger_is_told_so_and_meets_silence(closed: World) -> None:
    mira = closed.server.person("Mira")
    group = await invited(closed, mira, closed.reader, closed.server.speaker("admin"))
    (hello,) = closed.server.transcript(group)
    assert hello.text == "Hello. I only work where an admin of my desk, or somebody they let in, adds me."
    assert await closed.say("/help", chat=group) == []
    assert len(await closed.say("/help", chat=group, person=closed.server.speaker("admin"))) == 1
    assert await closed.say("/help", chat=group) == []


async def test_who_brought_the_bot_into_a_group_is_asked_about(approving: World) -> None:
    mira = approving.server.person("Mira")
    group = await invited(approving, mira, approving.reader)
    (request,) = requests(approving)
    assert "They brought me into the group Newsroom." in request.text
    await approving.press(request, "Approve", person=approving.server.speaker("admin"))
    assert len(await approving.say("/help", chat=group)) == 1
    approving.server.refusals.clear()  # Mira never wrote to the bot, so she can't be told


async def test_an_inline_newcomer_may_ask(approving: World) -> None:
    query = approving.server.type_inline(approving.reader, "harbour")
    await approving.settle()
    answer = approving.server.world.inline_answers[query.id]
    assert (answer.results, answer.button, answer.start) == ((), "Not open to everybody: ask to be let in", "wait")
    assert requests(approving) == []
    (asked,) = await approving.say(f"/start {answer.start}")
    assert "I have asked its admins" in asked.text


async def test_a_door_that_fails_stays_shut(approving: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(changes: object) -> int:
        raise DiskError("the disk is full: make room")

    monkeypatch.setattr(approving.desk.store, "commit", refuse)
    (answer,) = await approving.say("/help")
    assert answer.text == "That went wrong, and it has been noted. Please try again in a moment."


async def test_members_of_a_foreign_group_cause_no_requests(approving: World) -> None:
    group = await invited(approving, approving.server.person("Mira"), approving.reader)
    assert await approving.say("/help", chat=group) == []
    assert len(requests(approving)) == 1


async def test_an_admin_takes_on_a_group_of_which_nobody_knows_who_brought_the_bot(tmp_path: Path) -> None:
    async with moded(tmp_path, "closed") as there:
        admin = there.server.speaker("admin")
        group = await invited(there, there.server.person("Mira"), there.reader, admin)
        await there.desk.subscribers.forget(group.id)
        assert await there.say("/help", chat=group) == []
        assert len(await there.say("/help", chat=group, person=admin)) == 1
        assert len(await there.say("/help", chat=group)) == 1


async def test_the_blocked_are_silent_also_in_a_group(closed: World) -> None:
    group = await invited(closed, closed.server.speaker("admin"), closed.reader)
    await decide(closed, closed.reader, "blocked")
    assert await closed.say("/help", chat=group) == []


async def test_talk_in_a_group_is_nobody_s_business(tmp_path: Path) -> None:
    """An administrator bot hears everything: who talks is not kept, not told anything, and pays nothing."""
    async with moded(tmp_path, "closed", rates=Rates(1)) as there:
        mira = there.server.person("Mira")
        group = await invited(there, there.server.speaker("admin"), mira)
        there.server.promote(group, there.server.bot, there.server.speaker("admin"))
        for words in ("good morning", "/nonsense", "/latest@other_bot", "hm"):
            assert await there.say(words, chat=group, person=mira) == []
        assert await there.desk.person(mira.id) is None
        assert len(await there.say("/help", chat=group, person=mira)) == 1


# --- too much at once


async def test_too_much_is_said_once_kindly(tmp_path: Path) -> None:
    clock = MovingClock()
    async with world(tmp_path, rates=Rates(3), clock=clock) as there:
        said = [await there.say("/help") for _ in range(6)]
        assert [len(answers) for answers in said] == [1, 1, 1, 1, 0, 0]
        assert said[3][0].text == "That is a lot at once. Give me a minute, then ask again."
        clock.pass_(minutes=1)
        assert "/latest" in (await there.say("/help"))[0].text


async def test_a_press_too_many_is_told_in_a_toast_and_no_button_spins_on(tmp_path: Path) -> None:
    async with world(tmp_path, rates=Rates(2)) as there:
        await there.fill(1)
        (shown,) = await there.say("/latest")
        for _ in range(4):
            await there.press(shown, "#1")
        assert there.toasts == ["", "", "That is a lot at once. Give me a minute, then ask again.", ""]


async def test_admins_may_ask_as_much_as_they_like(tmp_path: Path) -> None:
    async with world(tmp_path, rates=Rates(1)) as there:
        admin = there.server.speaker("admin")
        said = [await there.say("/help", person=admin) for _ in range(4)]
        assert all("/users" in answer.text for (answer,) in said)


async def test_one_person_s_haste_is_not_another_s(tmp_path: Path) -> None:
    async with world(tmp_path, rates=Rates(1)) as there:
        for _ in range(3):
            await there.say("/help")
        assert "/latest" in (await there.say("/help", person=there.server.person("Mira")))[0].text


async def test_anonymous_administrators_of_two_groups_have_two_purses(tmp_path: Path) -> None:
    async with world(tmp_path, rates=Rates(1)) as there:
        answers = []
        for title in ("Newsroom", "Harbour"):
            group = await invited_as(there, title)
            there.server.say(there.reader, "/help", group, anonymous=True)
            await there.settle()
            answers.append(there.server.transcript(group)[-1].text)
        assert all("/latest" in text for text in answers)
        assert await there.desk.person(1_087_968_824) is None, "nobody is called so"


async def invited_as(there: World, title: str) -> Chat:
    group = there.server.group(title, there.reader)
    await there.settle()
    return group


# --- what is kept


async def test_a_name_that_changed_is_kept_and_nothing_is_written_otherwise(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        await there.say("/help")
        before = there.desk.store.sequence
        await there.say("/help")
        assert there.desk.store.sequence == before
        there.server.world.people[there.reader.id] = Person(there.reader.id, "Mira", "mira")
        await there.say("/help", person=there.server.world.people[there.reader.id])
        known = await there.desk.person(there.reader.id)
        assert known is not None
        assert (known.name, known.username) == ("Mira", "mira")


async def test_a_full_disk_holds_up_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with world(tmp_path) as there:

        async def refuse(changes: object) -> int:
            raise DiskError("the disk is full: make room")

        monkeypatch.setattr(there.desk.store, "commit", refuse)
        assert "/latest" in (await there.say("/help"))[0].text


# --- what comes by itself


@pytest.mark.parametrize(
    ("mode", "access", "expected"),
    [
        pytest.param("open", "", True, id="open"),
        pytest.param("approve", "", False, id="never asked"),
        pytest.param("approve", "waiting", False, id="waits"),
        pytest.param("approve", "approved", True, id="approved"),
        pytest.param("closed", "", False, id="closed"),
        pytest.param("closed", "approved", True, id="closed to others"),
    ],
)
@pytest.mark.parametrize(
    "chat",
    [
        pytest.param(Subscriber(77), id="private"),
        pytest.param(Subscriber(-5, kind="group", added_by=77), id="group"),
        pytest.param(Subscriber(-6, kind="channel", managers=(78, 77)), id="channel"),
    ],
)
async def test_where_the_desk_is_not_open_digests_go_to_those_who_are_let_in(
    tmp_path: Path, mode: Mode, access: Access, expected: bool, chat: Subscriber
) -> None:
    async with moded(tmp_path, mode) as there:
        await there.desk.admit(Known(77, "Mira", access=access))
        assert await there.desk.digesting.admits(chat) is expected


async def test_the_digests_of_an_admin_come_always(closed: World) -> None:
    assert await closed.desk.digesting.admits(Subscriber(closed.server.speaker("admin").id))


async def test_who_is_let_in_has_the_digest_that_they_once_chose(tmp_path: Path) -> None:
    clock = MovingClock()
    async with moded(tmp_path, "open", clock=clock) as there:
        await there.file(article())
        await there.say("/subscribe 10:00")
    async with moded(tmp_path, "approve", clock=clock) as there:
        clock.pass_(hours=1)
        assert await there.desk.digesting.fall_due(clock()) == 0
        await there.say(f"/approve {there.reader.id}", person=there.server.speaker("admin"))
        assert await there.desk.digesting.fall_due(clock()) == 1
        there.server.refusals.clear()  # in this Telegram, which is a new one, they have no chat yet
