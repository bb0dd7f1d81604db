from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.local.world import Chat
from summaries.archive.store import READERS
from summaries.models import Slot, Subscriber, Subscription
from summaries.subscribers import BARRED
from summaries.wanted import closed
from tests.handlers.world import MORNING, World, article, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


async def joined(there: World, title: str = "Newsroom", **options: object) -> Chat:
    group = there.server.group(title, there.reader, **options)  # type: ignore[arg-type]
    await there.settle()
    return group


async def kept(there: World, chat: int) -> Subscriber:
    found = await there.desk.subscribers.get(chat)
    assert found is not None
    return found


async def subscribe(there: World, chat: int) -> Subscriber:
    slots = Subscription(slots=(Slot(1, 480, served=date(2022, 8, 7)),))
    return await there.desk.subscribers.change(
        chat, lambda before: replace(before, subscriptions=(slots,), language="en", look="page")
    )


def texts(there: World, chat: Chat) -> list[str]:
    return [said.text for said in there.server.transcript(chat) if said.text]


# --- coming


async def test_added_to_a_group_it_says_hello_once_and_knows_who_added_it(there: World) -> None:
    group = await joined(there)
    (hello,) = texts(there, group)
    assert "/settings" in hello
    found = await kept(there, group.id)
    assert (found.kind, found.title, found.managers, found.added_by, found.since) == (
        "supergroup",
        "Newsroom",
        (there.reader.id,),
        there.reader.id,
        MORNING,
    )


async def test_in_a_channel_it_says_nothing_and_knows_it(there: World) -> None:
    channel = there.server.channel("Tarn daily", there.reader)
    await there.settle()
    assert texts(there, channel) == []
    found = await kept(there, channel.id)
    assert (found.kind, found.title, found.managers, found.suspended) == (
        "channel",
        "Tarn daily",
        (there.reader.id,),
        "",
    )


async def test_made_an_administrator_it_says_hello_no_second_time(there: World) -> None:
    group = await joined(there)
    there.server.add_bot(group, there.reader, "administrator")
    await there.settle()
    assert len(texts(there, group)) == 1


async def test_a_return_is_greeted_as_one(there: World) -> None:
    group = await joined(there)
    await subscribe(there, group.id)
    there.server.kick_bot(group, there.reader)
    there.server.add_bot(group, there.reader)
    await there.settle()
    assert texts(there, group)[-1].startswith("Hello again.")


async def test_a_group_that_does_not_let_it_write_is_not_greeted(there: World) -> None:
    group = await joined(there)
    there.server.add_bot(group, there.reader, "left")
    there.server.add_bot(group, there.reader, "restricted")
    await there.settle()
    assert len(texts(there, group)) == 1
    assert (await kept(there, group.id)).suspended == "rights"
    there.server.add_bot(group, there.reader, "member")
    await there.settle()
    assert (await kept(there, group.id)).suspended == ""


async def test_a_group_whose_general_topic_is_closed_is_known_all_the_same(there: World) -> None:
    group = there.server.group("Newsroom", there.reader, forum=True)
    group.general_closed = True
    await there.settle()
    assert texts(there, group) == []
    assert (await kept(there, group.id)).title == "Newsroom"
    assert [refused.description for refused in there.server.refusals] == ["Bad Request: TOPIC_CLOSED"]
    there.server.refusals.clear()


async def test_a_channel_that_takes_the_right_to_post_is_suspended_until_it_gives_it_back(there: World) -> None:
    channel = there.server.channel("Tarn daily", there.reader)
    there.server.let_post(channel, there.reader, may=False)
    await there.settle()
    assert (await kept(there, channel.id)).suspended == "rights"
    there.server.let_post(channel, there.reader, may=True)
    await there.settle()
    assert (await kept(there, channel.id)).suspended == ""


# --- going, and coming back


@pytest.mark.parametrize("how", ["kicked", "left"])
async def test_taken_out_it_keeps_the_settings(there: World, how: str) -> None:
    group = await joined(there)
    before = await subscribe(there, group.id)
    there.server.add_bot(group, there.reader, how)  # type: ignore[arg-type]
    await there.settle()
    after = await kept(there, group.id)
    assert (after.left, after.suspended, after.suspended_since) == (MORNING, "kicked", MORNING)
    assert after.subscriptions == before.subscriptions


async def test_back_again_everything_is_as_it_was(there: World) -> None:
    group = await joined(there)
    before = await subscribe(there, group.id)
    there.server.kick_bot(group, there.reader)
    there.server.add_bot(group, there.reader)
    await there.settle()
    assert await kept(there, group.id) == before


async def test_blocked_and_unblocked_in_private(there: World) -> None:
    await there.say("/help")
    before = await subscribe(there, there.reader.id)
    there.server.block(there.reader)
    await there.settle()
    blocked = await kept(there, there.reader.id)
    assert (blocked.suspended, blocked.suspended_since) == ("blocked", MORNING)
    there.server.unblock(there.reader)
    await there.settle()
    assert await kept(there, there.reader.id) == before


async def test_of_a_chat_that_set_nothing_nothing_is_kept(there: World) -> None:
    await there.say("/help")
    there.server.block(there.reader)
    await there.settle()
    assert await there.desk.subscribers.get(there.reader.id) is None


@pytest.mark.parametrize("why", ["blocked", "deactivated", "rights", "not found", "kicked"])
async def test_whoever_is_heard_of_again_is_suspended_no_more(there: World, why: str) -> None:
    before = await subscribe(there, there.reader.id)
    await there.desk.subscribers.change(
        there.reader.id, lambda chat: replace(chat, suspended=why, suspended_since=MORNING)
    )
    await there.say("/help")
    assert await kept(there, there.reader.id) == before


async def test_talk_that_is_not_for_the_bot_resumes_a_group_too(there: World) -> None:
    group = await joined(there)
    there.server.promote(group, there.server.bot, there.reader)
    await there.settle()
    await there.desk.subscribers.change(group.id, lambda chat: replace(chat, suspended="not found"))
    assert await there.say("good morning", chat=group) == []
    assert (await kept(there, group.id)).suspended == ""


async def test_whom_the_admins_blocked_only_they_let_in_again(there: World) -> None:
    admin = there.server.speaker("admin")
    await there.say("/help")
    before = await subscribe(there, there.reader.id)
    await there.say(f"/block {there.reader.id}", person=admin)
    assert await there.say("/help") == []
    there.server.block(there.reader)
    there.server.unblock(there.reader)
    await there.settle()
    assert (await kept(there, there.reader.id)).suspended == BARRED
    await there.say(f"/unblock {there.reader.id}", person=admin)
    assert await kept(there, there.reader.id) == before
    assert await there.say("/help")


async def test_a_press_in_a_group_that_took_it_out_is_no_return(there: World) -> None:
    await there.fill(1)
    group = await joined(there)
    (shown,) = await there.say("/latest", chat=group)
    there.server.kick_bot(group, there.reader)
    await there.settle()
    await there.press(shown, "#1")
    assert (await kept(there, group.id)).left == MORNING
    assert {refused.description for refused in there.server.refusals} == {
        "Forbidden: bot was kicked from the supergroup chat"
    }
    there.server.refusals.clear()


async def test_a_title_that_changed_is_noted(there: World) -> None:
    group = await joined(there)
    there.server.rename(group, "Night desk", there.reader)
    await there.settle()
    assert (await kept(there, group.id)).title == "Night desk"


async def test_a_group_from_before_is_known_once_somebody_speaks_to_the_bot(there: World) -> None:
    group = await joined(there)
    await there.desk.subscribers.forget(group.id)
    await there.say("/help", chat=group)
    found = await kept(there, group.id)
    assert (found.kind, found.title, found.added_by) == ("supergroup", "Newsroom", 0)


# --- who runs it


async def test_what_somebody_may_no_longer_do_counts_at_once_where_telegram_tells(there: World) -> None:
    mira = there.server.person("Mira")
    group = await joined(there)
    there.server.promote(group, there.server.bot, there.reader)
    there.server.promote(group, mira, there.reader)
    (chooser,) = await there.say("/language", chat=group, person=mira)
    assert chooser.buttons
    assert mira.id in (await kept(there, group.id)).managers
    there.server._stand(group, mira, "member", by=there.reader)
    (refused,) = await there.say("/language", chat=group, person=mira)
    assert refused.text == "Only administrators of this chat can do that."
    assert mira.id not in (await kept(there, group.id)).managers


async def test_an_anonymous_administrator_may_and_a_press_of_theirs_is_looked_up(there: World) -> None:
    mira = there.server.person("Mira")
    group = await joined(there)
    there.server.promote(group, there.server.bot, there.reader)
    there.server.say(there.reader, "/language", group, anonymous=True)
    await there.settle()
    chooser = there.server.transcript(group)[-1]
    assert chooser.buttons
    there.toasts.clear()
    await there.press(chooser, "✓ As each person's Telegram does", person=mira)
    pressed = await there.press(chooser, "✓ As each person's Telegram does")
    assert there.toasts == ["Only administrators of this chat can do that.", ""]
    assert pressed.text.startswith("From now on I speak to everybody")


async def test_nothing_is_kept_of_who_speaks_in_the_name_of_a_group(there: World) -> None:
    """Telegram shows all of them, of all groups, as one user: what one looked at is not what another did."""
    group = await joined(there)
    await there.file(article())
    there.server.promote(group, there.server.bot, there.reader)
    met = [one.id async for one in there.desk.people.all()]
    for said in ("/since", "/story 1", "/latest"):
        there.server.say(there.reader, said, group, anonymous=True)
        await there.settle()
    assert [one async for one in there.desk.store.rows(READERS)] == []
    assert [one.id async for one in there.desk.people.all()] == met
    await there.say("/since")
    assert [one.id async for one in there.desk.store.rows(READERS)] == [there.reader.id]


# --- migration


@pytest.mark.parametrize("order", ["old-first", "new-first"])
async def test_a_group_that_becomes_a_supergroup_takes_everything_along(there: World, order: str) -> None:
    group = await joined(there, kind="group")
    before = await subscribe(there, group.id)
    supergroup = there.server.migrate(group)
    if order == "new-first":
        there.server.updates._pending.reverse()
        for number, update in enumerate(there.server.updates._pending):
            update["update_id"] = 900 + number
        there.server.updates._next_id = 910
    await there.settle()
    assert await there.desk.subscribers.get(group.id) is None
    assert await kept(there, supergroup.id) == replace(before, id=supergroup.id, kind="supergroup")


async def test_an_answer_that_meets_the_migration_goes_to_the_new_chat(there: World) -> None:
    group = await joined(there, kind="group")
    before = await subscribe(there, group.id)
    there.server.say(there.reader, "/help", group)
    there.server.updates.allow(["message"])
    supergroup = there.server.migrate(group)
    for _ in range(2):
        there.server.updates._pending.pop()  # the answer's refusal comes before the service messages
    await there.settle()
    assert "/latest" in there.server.transcript(supergroup)[-1].text
    assert await kept(there, supergroup.id) == replace(before, id=supergroup.id, kind="supergroup")
    assert [refused.description for refused in there.server.refusals] == [
        "Bad Request: group chat was upgraded to a supergroup chat"
    ]
    there.server.refusals.clear()


async def test_news_of_the_old_chat_after_the_migration_take_nothing_away(there: World) -> None:
    group = await joined(there, kind="group")
    await subscribe(there, group.id)
    supergroup = there.server.migrate(group)
    await there.settle()
    before = await kept(there, supergroup.id)
    there.server.kick_bot(group, there.reader)
    await there.settle()
    await there.desk.subscribers.move(group.id, supergroup.id)
    assert await kept(there, supergroup.id) == before


async def test_posts_that_telegram_repeats_from_the_group_s_channel_are_not_answered(there: World) -> None:
    group = await joined(there)
    there.server.promote(group, there.server.bot, there.reader)
    channel = there.server.channel("Tarn daily", there.reader)
    post = there.server.say(there.reader, "/help", channel)
    await there.settle()
    before = there.server.transcript(group)
    there.server.repeat_post(post, group)
    await there.settle()
    assert len(there.server.transcript(group)) == len(before) + 1


# --- ninety days


async def test_the_desk_forgets_after_ninety_days(there: World) -> None:
    group = await joined(there)
    await subscribe(there, group.id)
    there.server.kick_bot(group, there.reader)
    await there.settle()
    await there.desk.housekeeping(MORNING + timedelta(days=90))
    assert await there.desk.subscribers.get(group.id) is not None
    await there.desk.housekeeping(MORNING + timedelta(days=90, seconds=1))
    assert await there.desk.subscribers.get(group.id) is None


async def test_a_topic_that_is_opened_again_gets_its_digests_again(there: World) -> None:
    group = there.server.group("Tarn watch", there.reader, forum=True)
    topic = there.server.topic(group, "News")
    await there.say("/subscribe 10:00", chat=group, topic=topic)
    await there.desk.subscribers.change(group.id, closed(topic.id, "closed"))
    assert await there.desk.digesting.next_due(group.id, topic.id) is None

    there.server.reopen(group, topic, there.reader)
    await there.settle()

    assert await there.desk.digesting.next_due(group.id, topic.id) is not None


async def test_a_topic_without_digests_has_none_after_it_was_opened(there: World) -> None:
    group = there.server.group("Tarn watch", there.reader, forum=True)
    topic = there.server.topic(group, "News")
    await there.say("/subscribe 10:00", chat=group)
    before = await there.desk.subscribers.get(group.id)

    there.server.reopen(group, topic, there.reader)
    await there.settle()

    assert await there.desk.subscribers.get(group.id) == before
