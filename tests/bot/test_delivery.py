"""Everything that waits in the outbox is sent once, or it is written down why not, whatever Telegram does meanwhile."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.delivery import PROBING, at_once
from bot.network_errors import LostError
from handlers.broadcasts import broadcast
from handlers.letters import Letter
from summaries.archive.store import TOLD, Put
from summaries.desk import Desk
from summaries.errors import DiskError
from summaries.models import Delivery, Quiet, State, Subscriber, Told, ToldTopic
from summaries.subscribers import subscription_of, with_subscription
from tests.crowd import BLOCKED, CUT, FAILS, LOST, Crowd, Turn, refuses, waits
from tests.mailing import ADMIN, BEGINNING, COMPOSERS, mailing, subscribe

LONG = 120
"""Sentences of a story of which two fit into no message."""


async def test_each_gets_its_digest_once(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, range(1, 41))
        ids = await post.digests(range(1, 41))
        await post.sent()

        assert {chat for chat, _ in post.crowd.counted()} == set(range(1, 41))
        assert set(post.crowd.counted().values()) == {1}
        assert {await post.state(id) for id in ids} == {"sent"}
        assert (await post.desk.outbox.tally(BEGINNING.date())).digests == 40


async def test_part_two_follows_part_one(tmp_path: Path) -> None:
    async with mailing(tmp_path, crowd=Crowd(per_chat=True)) as post:
        await subscribe(post.desk, [1])
        (id,) = await post.digests([1], lengths=(LONG, LONG, 1))
        await post.sent()

        assert [text.split(". ")[0] for text in post.crowd.texts(1)] == [
            f"Digest {id}\n\nStory 1 of {id}",
            f"Story 2 of {id}",
        ]
        row = await post.row(id)
        assert (row.state, row.part, row.cuts, row.messages) == ("sent", 2, (0, 1), (1, 2))
        assert post.crowd.too_many == 0


async def test_a_start_resumes_at_the_part_that_is_missing(tmp_path: Path) -> None:
    crowd = Crowd()
    crowd.turns[1].extend([Turn(), waits(600)])
    async with mailing(tmp_path, crowd=crowd) as post:
        await subscribe(post.desk, [1])
        (id,) = await post.digests([1], lengths=(LONG, LONG))
        await crowd.until(lambda: crowd.asked["sendMessage"] == 2)
    async with mailing(tmp_path) as post:
        assert (await post.row(id)).part == 1
        await post.sent()

        assert [text.split(". ")[0] for text in post.crowd.texts(1)] == [f"Story 2 of {id}"]
        assert await post.state(id) == "sent"


@pytest.mark.parametrize(
    ("turn", "suspended"),
    [
        pytest.param(BLOCKED, "blocked", id="blocked"),
        pytest.param(refuses(403, "Forbidden: user is deactivated"), "deactivated", id="deactivated"),
        pytest.param(refuses(403, "Forbidden: bot was kicked from the supergroup chat"), "kicked", id="kicked"),
        pytest.param(refuses(400, "Bad Request: chat not found"), "not found", id="chat not found"),
        pytest.param(
            refuses(400, "Bad Request: not enough rights to send text messages to the chat"), "rights", id="rights"
        ),
    ],
)
async def test_who_is_gone_is_suspended_and_the_others_are_served(tmp_path: Path, turn: Turn, suspended: str) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [1, 2])
        post.crowd.turns[1].append(turn)
        ids = await post.digests([1, 2, 1])
        await post.sent()

        there = await post.desk.subscribers.known(1)
        assert (there.suspended, there.suspended_since is not None, bool(there.subscriptions)) == (
            suspended,
            True,
            True,
        )
        assert [await post.state(id) for id in ids] == ["failed", "sent", "dropped"]
        assert (await post.row(ids[2])).reason == suspended
        assert post.crowd.asked["sendMessage"] == 2


async def test_a_group_that_moved_gets_the_same_part_under_its_new_id(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [-5])
        post.crowd.turns[-5].append(
            refuses(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1005)
        )
        ids = await post.digests([-5, -5])
        await post.sent()

        assert [await post.state(id) for id in ids] == ["sent", "sent"]
        assert {one.chat for one in post.crowd.got} == {-1005}
        assert len(post.crowd.got) == 2
        assert await post.desk.subscribers.get(-5) is None
        assert bool((await post.desk.subscribers.known(-1005)).subscriptions)


@pytest.mark.parametrize(
    ("says", "closed"),
    [
        pytest.param("Bad Request: TOPIC_CLOSED", "closed", id="closed"),
        pytest.param("Bad Request: message thread not found", "deleted", id="deleted"),
    ],
)
async def test_a_topic_that_takes_nothing_is_paused_and_its_chat_told_once(
    tmp_path: Path, says: str, closed: str
) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [-7])
        post.crowd.rule = lambda chat, values: refuses(400, says) if values.get("message_thread_id") == "5" else None
        ids = await post.digests([-7, -7], topic=5) + await post.digests([-7], topic=6)
        await post.sent()

        there = await post.desk.subscribers.known(-7)
        assert [subscription_of(there, topic).closed for topic in (0, 5, 6)] == ["", closed, ""]
        assert [await post.state(id) for id in ids] == ["failed", "dropped", "sent"]
        told = [one.text for one in post.crowd.got if "message_thread_id" not in one.values]
        assert len(told) == 1
        assert "/subscribe" in told[0]


async def test_where_even_general_is_closed_the_managers_are_told(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [-7], managers=(31, 32))
        post.crowd.rule = lambda chat, values: refuses(400, "Bad Request: TOPIC_CLOSED") if chat == -7 else None
        await post.digests([-7])
        await post.sent()

        assert sorted(one.chat for one in post.crowd.got) == [31, 32]


async def test_unparsable_markup_goes_out_plainly_and_the_admins_hear_of_it_once(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [1, 2])
        fault = refuses(400, "Bad Request: can't parse entities: unsupported start tag")
        post.crowd.rule = lambda chat, values: fault if "parse_mode" in values and chat != ADMIN else None
        ids = await post.digests([1, 2])
        await post.sent()

        assert [await post.state(id) for id in ids] == ["sent", "sent"]
        assert len(post.crowd.texts(1)) == len(post.crowd.texts(2)) == 1
        assert len(post.crowd.texts(ADMIN)) == 1


@pytest.mark.parametrize(
    "says", ["Bad Request: message is too long", "Bad Request: something that nobody has heard of"]
)
async def test_what_is_refused_for_good_has_failed(tmp_path: Path, says: str) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [1, 2])
        post.crowd.rule = lambda chat, values: refuses(400, says) if chat == 1 else None
        ids = await post.digests([1, 2])
        await post.sent()

        assert [await post.state(id) for id in ids] == ["failed", "sent"]
        assert (await post.row(ids[0])).reason.lower() == says.removeprefix("Bad Request: ")
        assert len(post.crowd.texts(ADMIN)) == 1


async def test_a_429_holds_its_chat_for_as_long_as_it_says_and_nobody_else(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, range(1, 21))
        post.crowd.turns[3].append(waits(40))
        ids = await post.digests(range(1, 21))
        await post.sent()

        at = {one.chat: one.at for one in post.crowd.got}
        assert {await post.state(id) for id in ids} == {"sent"}
        assert at[3] - at[2] >= 40
        assert max(moment for chat, moment in at.items() if chat != 3) - at[1] < 5


async def test_a_429_to_everybody_holds_everybody(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, range(1, 61))
        until: list[float] = []

        def flood(chat: int, values: dict[str, str]) -> Turn | None:
            if len(post.crowd.got) == 10 and not until:
                until.append(post.time.now() + 30)
            return waits(30) if until and post.time.now() < until[0] else None

        post.crowd.rule = flood
        ids = await post.digests(range(1, 61))
        await post.sent()

        assert {await post.state(id) for id in ids} == {"sent"}
        assert set(post.crowd.counted().values()) == {1}
        assert post.crowd.asked["sendMessage"] - 60 <= at_once(30)
        assert post.crowd.got[10].at >= until[0]


async def test_a_lost_answer_is_doubt_and_is_sent_again_only_when_somebody_asks(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [1, 2])
        post.crowd.turns[1].append(LOST)
        ids = await post.digests([1, 2])
        await post.sent()

        assert [await post.state(id) for id in ids] == ["doubt", "sent"]
        assert [row.id for row in await post.desk.outbox.doubtful()] == ids[:1]
        assert post.desk.outbox.counts().doubt == 1
        assert await post.desk.outbox.resend(ids[0])
        await post.sent()
        assert await post.state(ids[0]) == "sent"
        assert await post.desk.outbox.doubtful() == []
        assert not await post.desk.outbox.resend(ids[0])


async def test_while_telegram_is_down_all_waits_and_little_is_in_doubt(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, range(1, 101))
        left = [5]

        def down(chat: int, values: dict[str, str]) -> Turn | None:
            left[0] -= 1
            return FAILS if left[0] >= 0 else None

        post.crowd.rule = down
        ids = await post.digests(range(1, 101))
        await post.sent()

        states = [await post.state(id) for id in ids]
        assert states.count("doubt") == 5
        assert states.count("sent") == 95
        assert post.crowd.asked["getMe"] >= 1


async def test_a_row_of_chats_that_fail_holds_up_the_others_for_seconds_each(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, range(1, 61))
        post.crowd.rule = lambda chat, values: FAILS if chat <= 20 else None
        ids = await post.digests(range(1, 61))
        await post.sent()

        states = [await post.state(id) for id in ids]
        assert states == ["doubt"] * 20 + ["sent"] * 40
        assert post.time.moment() < BEGINNING + timedelta(seconds=20 * PROBING)


async def test_what_surely_was_not_sent_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with mailing(tmp_path) as post:
        bot, left = post.deliverer._bot, iter(range(6))
        real = bot._post

        async def unreachable(method: str, *rest: Any, **more: Any) -> Any:
            if next(left, None) is not None:
                raise LostError("nobody listens there", "not sent")
            return await real(method, *rest, **more)

        monkeypatch.setattr(bot, "_post", unreachable)
        await subscribe(post.desk, [1, 2])
        ids = await post.digests([1, 2])
        await post.sent()

        assert {await post.state(id) for id in ids} == {"sent"}
        assert set(post.crowd.counted().values()) == {1}
        assert post.time.moment() > BEGINNING + timedelta(seconds=1)


async def test_a_chat_that_takes_no_pages_gets_messages(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [1, 2], look="page")
        post.crowd.rule = lambda chat, values: (
            refuses(400, "Bad Request: method is not available here")
            if chat == 1 and "rich_message" in values
            else None
        )
        ids = await post.digests([1, 2])
        await post.sent()

        assert [await post.state(id) for id in ids] == ["sent", "sent"]
        assert [one.method for one in post.crowd.got if one.chat == 1] == ["sendMessage"]
        assert [one.method for one in post.crowd.got if one.chat == 2] == ["sendRichMessage"]
        assert (await post.row(ids[0])).look == "message"
        assert not (await post.desk.subscribers.known(1)).pages


async def test_a_server_without_pages_is_sent_messages(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [1, 2], look="page")
        post.crowd.rule = lambda chat, values: refuses(404, "Not Found") if "rich_message" in values else None
        ids = await post.digests([1, 2])
        await post.sent()

        assert [await post.state(id) for id in ids] == ["sent", "sent"]
        assert {one.method for one in post.crowd.got} == {"sendMessage"}


async def test_a_word_goes_before_digests_and_a_broadcast_after_them(tmp_path: Path) -> None:
    async with mailing(tmp_path, begin=False) as post:
        await subscribe(post.desk, [1, 2])
        await broadcast(post.desk, "The desk moves tonight.", ADMIN, BEGINNING)
        await post.digests([1, 2])
        await post.desk.outbox.add([Delivery(0, 9, "word", BEGINNING, word="topic closed", about=5)])
        post.deliverer.start()
        await post.sent()

        kinds = [
            "broadcast" if "moves" in one.text else "digest" if "Digest" in one.text else "word"
            for one in post.crowd.got
        ]
        assert kinds == ["word", "digest", "digest", "broadcast", "broadcast"]


async def test_a_bad_recipient_delays_nobody(tmp_path: Path) -> None:
    """One whose digest cannot be composed, one who is held, one whose answer never comes."""

    async def picky(desk: Desk, row: Delivery, chat: Subscriber) -> Letter | None:
        if row.chat == 1:
            raise RuntimeError("no such luck")
        return await COMPOSERS["digest"](desk, row, chat)

    async with mailing(tmp_path, composers={"digest": picky}) as post:
        await subscribe(post.desk, range(1, 31))
        post.crowd.turns[2].append(waits(300))
        post.crowd.turns[3].append(Turn(seconds=3600))
        ids = await post.digests(range(1, 31))
        await post.crowd.until(lambda: len(post.crowd.got) == 28)

        others = [one.at for one in post.crowd.got if one.chat > 3]
        assert max(others) - min(others) < 2
        row = await post.row(ids[0])
        assert (row.state, "RuntimeError" in row.reason) == ("pending", True)
        post.deliverer._sending[ids[2]].cancel()


async def test_what_is_never_composed_fails_in_the_end(tmp_path: Path) -> None:
    async def broken(desk: Desk, row: Delivery, chat: Subscriber) -> Letter | None:
        raise RuntimeError("no such luck")

    async with mailing(tmp_path, composers={"digest": broken}) as post:
        await subscribe(post.desk, [1])
        (id,) = await post.digests([1])
        await post.sent()

        assert await post.state(id) == "failed"
        assert post.time.moment() - BEGINNING > timedelta(hours=10)


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        pytest.param(lambda chat: replace(chat, left=BEGINNING), "left", id="left"),
        pytest.param(lambda chat: replace(chat, suspended="barred"), "barred", id="barred"),
        pytest.param(lambda chat: replace(chat, subscriptions=()), "unsubscribed", id="unsubscribed"),
        pytest.param(
            lambda chat: with_subscription(chat, replace(subscription_of(chat), paused_until=date(2031, 6, 1))),
            "paused",
            id="paused",
        ),
    ],
)
async def test_what_nobody_waits_for_is_dropped(tmp_path: Path, edit, reason: str) -> None:  # type: ignore[no-untyped-def]
    async with mailing(tmp_path, begin=False) as post:
        await subscribe(post.desk, [1])
        (id,) = await post.digests([1])
        await post.desk.store.commit([Put(TOLD, Told(1, (ToldTopic(0, {1: 1}, {"2031-05-20": (1,)}, 4),)))])
        await post.desk.subscribers.change(1, edit)
        post.deliverer.start()
        await post.sent()

        row = await post.row(id)
        assert (row.state, row.reason, post.crowd.got) == ("dropped", reason, [])
        assert await post.desk.store.get(TOLD, 1) == Told(1, (ToldTopic(0, upto=-1),))


async def test_what_waits_for_who_is_not_let_in_any_more_is_dropped(tmp_path: Path) -> None:
    async def nobody(chat: Subscriber) -> bool:
        return False

    async with mailing(tmp_path, begin=False) as post:
        await subscribe(post.desk, [1])
        (id,) = await post.digests([1])
        post.desk.digesting.admits = nobody
        post.deliverer.start()
        await post.sent()

        row = await post.row(id)
        assert (row.state, row.reason, post.crowd.got) == ("dropped", "not let in", [])


async def test_what_is_delayed_into_quiet_hours_waits_for_their_end(tmp_path: Path) -> None:
    async with mailing(tmp_path, begin=False) as post:
        await subscribe(post.desk, [1])
        quiet = Quiet(5 * 60, 7 * 60)  # it is six
        await post.desk.subscribers.change(
            1, lambda chat: with_subscription(chat, replace(subscription_of(chat), quiet=quiet))
        )
        (id,) = await post.digests([1])
        post.deliverer.start()
        await post.sent()

        assert await post.state(id) == "sent"
        assert timedelta(hours=1) <= post.time.moment() - BEGINNING < timedelta(hours=1, minutes=1)


async def test_a_stop_drains_what_is_in_flight_and_leaves_no_doubt(tmp_path: Path) -> None:
    async with mailing(tmp_path, crowd=Crowd(round_trip=0.02)) as post:
        await subscribe(post.desk, range(1, 201))
        ids = await post.digests(range(1, 201))
        await post.crowd.until(lambda: len(post.crowd.got) == 50)
        await post.deliverer.drain()
        states = [await post.state(id) for id in ids]
        arrived = len(post.crowd.got)

        assert states.count("sent") == arrived < 200
        assert states.count("pending") == 200 - arrived
        assert post.desk.outbox.counts().doubt == 0
    async with mailing(tmp_path) as post:
        await post.sent()
        assert len(post.crowd.got) == 200 - arrived
        assert {await post.state(id) for id in ids} == {"sent"}


async def test_what_is_not_answered_in_time_at_the_end_is_doubt(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [1])
        post.crowd.turns[1].append(Turn(seconds=3600))
        (id,) = await post.digests([1])
        await post.crowd.until(lambda: bool(post.crowd.got))
        await post.deliverer.drain(grace=0.0)

        assert await post.state(id) == "doubt"


async def test_where_the_disk_refuses_nothing_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with mailing(tmp_path, begin=False) as post:
        await subscribe(post.desk, [1])
        (id,) = await post.digests([1])
        real, refusals = post.desk.store.commit, [0]

        async def full(changes: object) -> int:
            refusals[0] += 1
            if refusals[0] < 4:
                raise DiskError("the disk is full")
            return await real(changes)  # type: ignore[arg-type]

        monkeypatch.setattr(post.desk.store, "commit", full)
        post.deliverer.start()
        await post.sent()

        assert await post.state(id) == "sent"
        assert len(post.crowd.got) == 1
        assert post.time.moment() - BEGINNING > timedelta(minutes=2)


async def test_the_admins_hear_of_a_day_on_which_digests_were_due_and_none_went_out(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [1, 2])
        await post.deliverer.tick()
        post.crowd.rule = lambda chat, values: BLOCKED if chat in (1, 2) else None
        await post.digests([1, 2])
        await post.sent()
        post.time.seconds += 86_400
        for _ in range(2):
            await post.deliverer.tick()
            await post.sent()

        assert len(post.crowd.texts(ADMIN)) == 1
        assert "20 May 2031" in post.crowd.texts(ADMIN)[0]


async def test_of_a_day_on_which_something_went_out_nobody_hears(tmp_path: Path) -> None:
    async with mailing(tmp_path) as post:
        await subscribe(post.desk, [1, 2])
        await post.deliverer.tick()
        post.crowd.turns[1].append(BLOCKED)
        await post.digests([1, 2])
        await post.sent()
        post.time.seconds += 86_400
        await post.deliverer.tick()
        await post.sent()

        assert post.crowd.texts(ADMIN) == []


async def test_the_tick_makes_what_is_due(tmp_path: Path) -> None:
    asked: list[datetime] = []

    async def due(now: datetime) -> None:
        asked.append(now)

    async with mailing(tmp_path, makers=(due, due)) as post:
        await post.deliverer.tick()

    assert asked == [BEGINNING, BEGINNING]


async def test_every_message_is_accounted_for_whatever_telegram_does(tmp_path: Path) -> None:
    """Refusals, floods, lost and slow answers, moved groups and closed topics, all at once."""
    troubles: tuple[Turn, ...] = (
        BLOCKED,
        waits(2),
        LOST,
        CUT,
        FAILS,
        Turn(seconds=0.05),
        refuses(400, "Bad Request: chat not found"),
        refuses(400, "Bad Request: TOPIC_CLOSED"),
        refuses(400, "Bad Request: can't parse entities: x"),
        refuses(500, "Internal Server Error"),
    )
    async with mailing(tmp_path, crowd=Crowd(a_second=30, per_chat=True)) as post:
        await subscribe(post.desk, range(1, 301))
        for chat in range(1, 301, 4):
            post.crowd.turns[chat].append(troubles[chat // 4 % len(troubles)])
        ids = await post.digests(range(1, 301), lengths=(1, 1))
        await post.sent()

        rows = [await post.row(id) for id in ids]
        got = post.crowd.counted()
        assert {row.state for row in rows} == {"sent", "failed", "doubt"}
        assert set(got.values()) == {1}
        for row in rows:
            arrived = len(post.crowd.texts(row.chat))
            assert _fits(row.state, arrived), row
        assert post.crowd.too_many == 0


def _fits(state: State, arrived: int) -> bool:
    """`sent` got it, `failed` did not, and of what is in doubt nobody knows."""
    return arrived == 1 if state == "sent" else arrived == 0 if state == "failed" else arrived in (0, 1)
