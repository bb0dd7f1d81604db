"""Digests from the subscription to the message, through the real application: subscribe, wait, read, press, leave."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace as over
from telegram import Bot

from bot.delivery import Deliverer
from bot.local.world import Message
from bot.pacing import FREE, Pace
from handlers import digests
from handlers.front import KEY
from summaries import outbox
from summaries.models import Delivery
from summaries.pipeline import Prepared
from tests.handlers.world import MORNING, World, article, briefing, world
from tests.loopback import FakeTime

NEWS = (
    article(
        "Harbour strike ends in Tarn",
        ("Dockers went back to work on Monday.", "The union and the port agreed on Sunday night."),
        ("Ferries to the islands sail again.",),
        outlet="The Tarn Mail",
        url="https://mail.example/strike",
    ),
    article(
        "Judge stops the dam at Velm",
        ("A court halted the dam on the upper Velm.", "Farmers had sued over the water."),
        ("The ministry will appeal.",),
        outlet="Norvale Ledger",
        url="https://ledger.example/dam",
    ),
)


FIVE = (
    "Harbour strike ends in Tarn",
    "Judge stops the dam at Velm",
    "Norvale elects a beekeeper",
    "Quist buys eleven trams",
    "Flood warning lifted along the Ombra",
)

PIER = (
    "The pier of Velmora will stay closed until May after a storm tore away its northern half in January.",
    "Harbour master Edda Quist said that divers found cracks in eleven of the forty pillars.",
    "The repairs cost 4.5 million crowns, of which the county pays a third and the ferry company the rest.",
    "Ferries to the islands leave from the coal quay, half an hour later than the timetable says.",
    "Traders on the promenade expect to lose the whole spring season, their association wrote to the mayor.",
    "A wooden jetty stood in the same place from 1871 until a fire destroyed it on a night in August.",
    "The new planks are of oak from Norvale, which lasts longer in salt water than the pine used so far.",
    "Two cranes will stand on a barge in front of the beach, and swimmers have to keep away from it.",
    "The council has promised to open the southern half at weekends as soon as a fence is up.",
)


class Clock(FakeTime):
    """Of the desk, the deliverer and its pace; nobody waits for it."""

    @property
    def moment(self) -> datetime:
        return MORNING + timedelta(seconds=self.seconds - 1000.0)

    def at(self, moment: datetime) -> None:
        self.seconds = max(self.seconds, 1000.0 + (moment - MORNING).total_seconds())

    def __call__(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def here(tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    async with world(tmp_path, clock=clock) as there:
        yield there


@asynccontextmanager
async def delivering(here: World, clock: Clock) -> AsyncIterator[Deliverer]:
    """As `run` wires it, but for the requests and the clock."""
    request = here.server.request()
    bot = Bot(here.server.token, "http://local.invalid/bot", request=request, get_updates_request=request)
    front = here.application.bot_data[KEY]
    deliverer = Deliverer(
        bot,
        here.desk,
        {"digest": digests.letter, "push": digests.letter},
        front.screens.looks,
        Pace(FREE),
        makers=(here.desk.digesting.fall_due, here.desk.digesting.push),
        clock=clock,
        timer=clock.now,
        pause=clock.sleep,
    )
    async with bot:
        deliverer.start()
        try:
            yield deliverer
        finally:
            await deliverer.drain()


async def digest_at(here: World, clock: Clock, now: datetime) -> list[Message]:
    """What the reader is sent by a tick at `now`."""
    before = len(here.server.transcript(here.reader))
    clock.at(now)
    async with delivering(here, clock) as deliverer:
        await deliverer.tick()
        await deliverer.settle()
    return list(here.server.transcript(here.reader)[before:])


async def test_a_digest_comes_at_its_hour_and_once(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    await here.file(*NEWS)

    early = await digest_at(here, clock, MORNING + timedelta(minutes=29))
    [digest] = await digest_at(here, clock, MORNING + timedelta(minutes=31))
    again = await digest_at(here, clock, MORNING + timedelta(minutes=32))
    tomorrow = await digest_at(here, clock, MORNING + timedelta(days=1, minutes=31))

    assert (early, again, tomorrow) == ([], [], [])
    assert "Your digest, 8 August 2022" in digest.text
    assert "Dockers went back to work on Monday." in digest.text
    assert "Judge stops the dam at Velm" in digest.text
    assert "2 articles read · 1 minute for you" in digest.text
    assert digest.previews == {"is_disabled": True}


async def test_a_status_tells_of_both_days(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    await here.file(*NEWS)
    await digest_at(here, clock, MORNING + timedelta(minutes=31))
    [sent] = await here.say("/status")
    await digest_at(here, clock, MORNING + timedelta(days=1, minutes=31))
    [nothing] = await here.say("/status")

    assert "sent" in sent.text
    assert "nothing was new, so nothing was sent" in nothing.text


async def test_a_status_knows_the_last_one_however_much_was_sent_since(
    here: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "LOOKED_BACK", 64)
    await here.say("/subscribe 10:00 18:00")
    await here.file(*NEWS)
    await digest_at(here, clock, MORNING + timedelta(minutes=31))
    await here.desk.outbox.add([Delivery(0, 555, "broadcast", clock(), state="sent") for _ in range(70)])

    [status] = await here.say("/status")

    assert "The last one: " in status.text


async def test_after_days_away_a_status_tells_of_those_that_were_skipped(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    clock.at(MORNING + timedelta(days=3))
    await here.file(NEWS[0])
    [digest] = await digest_at(here, clock, MORNING + timedelta(days=3, minutes=31))

    [status] = await here.say("/status")

    assert "Your digest, 11 August 2022" in digest.text
    assert "3 before it were skipped" in status.text


async def test_a_story_opens_from_the_digest_and_leads_back(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    await here.file(*NEWS)
    [digest] = await digest_at(here, clock, MORNING + timedelta(minutes=31))

    opened = await here.press(digest, "1")
    back = await here.press(opened, "‹ Back to the list")

    assert "In context" in [button.text for button in opened.buttons]
    assert back.text == digest.text


async def test_one_tap_under_a_digest_ends_them(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    await here.file(NEWS[0])
    [digest] = await digest_at(here, clock, MORNING + timedelta(minutes=31))

    gone = await here.press(digest, "Unsubscribe")
    await here.file(NEWS[1])
    later = await digest_at(here, clock, MORNING + timedelta(days=1, minutes=31))

    assert "No digest comes any more" in gone.text
    assert later == []


async def test_what_has_no_room_is_behind_a_button(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    [panel] = await here.say("/settings")
    await here.press(await here.press(panel, "How many"), "3")
    await here.file(*(article(title, (f"{title}, the mayor said.",), outlet=title) for title in FIVE))
    [digest] = await digest_at(here, clock, MORNING + timedelta(minutes=31))

    rest = await here.press(digest, "+ 2 more")
    back = await here.press(rest, "‹ Digest")

    told = [title for title in FIVE if title in digest.text]
    others = [title for title in FIVE if title in rest.text]
    assert (len(told), sorted(told + others)) == (3, sorted(FIVE))
    assert back.text == digest.text


async def test_in_a_group_only_who_runs_it_ends_its_digests(here: World, clock: Clock) -> None:
    member = here.server.person("Omar")
    group = here.server.group("Tarn watch", here.reader)
    here.server.join(group, member)
    await here.say("/subscribe 10:00", chat=group)
    await here.file(*NEWS)
    await digest_at(here, clock, MORNING + timedelta(minutes=31))
    digest = here.server.transcript(group)[-1]

    refused = await here.press(digest, "Unsubscribe", person=member)
    kept = await here.desk.subscribers.known(group.id)
    gone = await here.press(digest, "Unsubscribe")
    left = await here.desk.subscribers.known(group.id)

    assert "Your digest" in digest.text
    assert refused.text == digest.text
    assert "administrators" in here.toasts[0]
    assert (len(kept.subscriptions[0].slots), len(left.subscriptions[0].slots)) == (1, 0)
    assert "No digest comes any more" in gone.text


async def test_a_channel_that_its_administrator_subscribed_gets_its_digest(here: World, clock: Clock) -> None:
    channel = here.server.channel("Tarn daily", here.reader, username="tarn_daily")
    await here.settle()
    await here.say("/subscribe @tarn_daily 10:00")
    await here.file(*NEWS)

    mine = await digest_at(here, clock, MORNING + timedelta(minutes=31))

    [digest] = here.server.transcript(channel)
    assert mine == []
    assert "Your digest" in digest.text


@dataclass(frozen=True)
class Setting:
    """What is pressed below /settings or said, and what becomes of the two articles at 10:00 on Monday, 8 August.

    `told` are the headlines that come then, and `later` is when they come instead.
    """

    presses: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    told: tuple[str, ...] = ("Harbour", "Judge")
    later: datetime | None = None


TUESDAY = MORNING + timedelta(days=1, minutes=30)


@pytest.mark.parametrize(
    "setting",
    [
        pytest.param(Setting(), id="nothing set"),
        pytest.param(Setting(presses=("Times", "10:00 every day", "✓ Mon"), later=TUESDAY), id="a day out"),
        pytest.param(Setting(presses=("Zone", "London"), later=TUESDAY - timedelta(hours=1)), id="the zone"),
        pytest.param(
            Setting(presses=("Zone", "New York"), later=MORNING + timedelta(hours=4, minutes=30)),
            id="a zone in the west",
        ),
        pytest.param(Setting(presses=("Article languages", "English"), told=("Harbour",)), id="a language"),
        pytest.param(Setting(presses=("Sources", "Tarn Mail"), told=("Harbour",)), id="a source"),
        pytest.param(Setting(presses=("Sources", "Tarn Mail", "✓ Tarn Mail"), told=("Judge",)), id="a source out"),
        pytest.param(Setting(presses=("Tags", "#ports"), told=("Harbour",)), id="a tag"),
        pytest.param(Setting(presses=("Tags", "#ports", "✓ #ports"), told=("Judge",)), id="a tag out"),
        pytest.param(Setting(presses=("How many", "3"), told=("Harbour", "Judge")), id="how many"),
        pytest.param(
            Setting(
                presses=("Quiet hours", "Other hours"), says=("09:45-12:15",), later=MORNING + timedelta(minutes=165)
            ),
            id="quiet hours",
        ),
        pytest.param(Setting(presses=("Pause", "24 hours"), later=TUESDAY), id="a pause"),
        pytest.param(Setting(says=("/mute dockers",), told=("Judge",)), id="muted"),
        pytest.param(Setting(says=("/follow dam",), told=("Judge", "Harbour")), id="followed"),
        pytest.param(Setting(says=("/unsubscribe",), told=()), id="unsubscribed"),
    ],
)
async def test_a_setting_has_its_effect_on_the_digest(here: World, clock: Clock, setting: Setting) -> None:
    source = await here.desk.add_source("https://tarn.example/feed", name="Tarn Mail", tags=["ports"])
    strike, dam = NEWS[0], over(NEWS[1], language="de")
    await here.say("/subscribe 10:00")
    [message] = await here.say("/settings")
    await here.desk.file(Prepared.of(dam, briefing(dam, id=0)))
    await here.desk.file(Prepared.of(strike, briefing(strike, id=0)), source=source.id, tags=source.tags)
    for button in setting.presses:
        message = await here.press(message, button)
    for words in setting.says:
        await here.say(words)

    found = await digest_at(here, clock, MORNING + timedelta(minutes=31))
    if setting.later is not None:
        before = await digest_at(here, clock, setting.later - timedelta(minutes=1))
        assert (found, before) == ([], [])
        found = await digest_at(here, clock, setting.later + timedelta(minutes=1))

    text = found[0].text if found else ""
    there = sorted((text.index(word), word) for word in ("Harbour", "Judge") if word in text)
    assert {word for _, word in there} == set(setting.told)
    assert setting.told[:1] != ("Judge",) or there[0][1] == "Judge"


@pytest.mark.parametrize("length", ["short", "long"])
async def test_the_length_is_the_readers(here: World, clock: Clock, length: str) -> None:
    await here.say("/subscribe 10:00")
    [panel] = await here.say("/settings")
    await here.press(await here.press(panel, "Length"), length)
    await here.file(article("Pier of Velmora stays closed", *((line,) for line in PIER)))

    [digest] = await digest_at(here, clock, MORNING + timedelta(minutes=31))

    told = sum(line in digest.text for line in PIER)
    assert told <= 3 if length == "short" else told >= 6


async def test_a_page_has_its_stories_folded(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    [panel] = await here.say("/settings")
    await here.press(await here.press(panel, "Look"), "one page")
    await here.file(*NEWS)

    [digest] = await digest_at(here, clock, MORNING + timedelta(minutes=31))

    assert digest.page is not None
    assert "Judge stops the dam at Velm" in digest.text
    assert digest.buttons


async def test_a_server_without_pages_gets_messages(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    [panel] = await here.say("/settings")
    await here.press(await here.press(panel, "Look"), "one page")
    await here.file(*NEWS)
    here.server.pages = False

    [digest] = await digest_at(here, clock, MORNING + timedelta(minutes=31))

    assert digest.page is None
    assert "Judge stops the dam at Velm" in digest.text
    here.server.refusals.clear()


async def test_what_came_while_the_bot_was_blocked_is_in_the_first_digest_after_it(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    await here.file(NEWS[0])
    here.server.block(here.reader)
    refused = await digest_at(here, clock, MORNING + timedelta(minutes=31))
    here.server.unblock(here.reader)
    await here.settle()
    await here.file(NEWS[1])

    [digest] = await digest_at(here, clock, MORNING + timedelta(days=1, minutes=31))
    again = await digest_at(here, clock, MORNING + timedelta(days=2, minutes=31))

    assert (refused, again) == ([], [])
    assert [each.title in digest.text for each in NEWS] == [True, True]
    here.server.refusals.clear()


async def test_many_long_stories_come_in_parts_between_stories(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    words = zip(FIVE, ("ship ", "court ", "honey ", "rail ", "river "), strict=True)
    long = [(title, [(f"{title} {n}: " + word * 150 + ".",) for n in range(3)]) for title, word in words]
    await here.file(*(article(title, *lines, outlet=title) for title, lines in long))

    parts = await digest_at(here, clock, MORNING + timedelta(minutes=31))

    assert len(parts) > 1
    assert all(len(part.text.encode("utf-16-le")) // 2 <= 4096 for part in parts)
    assert sorted(title for part in parts for title in FIVE if f"{title} 0" in part.text) == sorted(FIVE)
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]


@pytest.mark.parametrize("pages", [pytest.param(True, id="pages"), pytest.param(False, id="a server without pages")])
async def test_a_digest_of_several_messages_opens_as_a_page(here: World, clock: Clock, pages: bool) -> None:
    if not pages:
        here.application.bot_data[KEY].screens.looks.not_served()
    await here.say("/subscribe 10:00")
    await here.file(*(article(title, (f"{title}: " + f"word{n} " * 250 + ".",)) for n, title in enumerate(FIVE)))
    *_, last = await digest_at(here, clock, MORNING + timedelta(minutes=31))
    assert ("Open as a page" in [button.text for button in last.buttons]) is pages
    if pages:
        await here.press(last, "Open as a page")
        opened = here.server.transcript(here.reader)[-1]
        assert opened.page is not None
        assert all(title in opened.text for title in FIVE)


async def test_a_followed_subject_comes_at_once(here: World, clock: Clock) -> None:
    await here.say("/follow harbour strike")
    [followed] = await here.say("/follow")
    await here.press(followed, "At once")
    await digest_at(here, clock, MORNING + timedelta(minutes=1))
    await here.file(*NEWS)

    [push] = await digest_at(here, clock, MORNING + timedelta(minutes=5))
    again = await digest_at(here, clock, MORNING + timedelta(minutes=6))

    assert "New in what you follow" in push.text
    assert "Harbour strike" in push.text
    assert "Judge stops" not in push.text
    assert again == []


async def test_a_group_topic_has_its_own_digest(here: World, clock: Clock) -> None:
    group = here.server.group("Tarn watch", here.reader, forum=True)
    topic = here.server.topic(group, "News")
    await here.say("/subscribe 10:00", chat=group, topic=topic)
    await here.file(*NEWS)
    before = len(here.server.transcript(group))

    await digest_at(here, clock, MORNING + timedelta(minutes=31))

    [digest] = here.server.transcript(group)[before:]
    assert digest.thread == topic.id
    assert "Your digest" in digest.text or "digest" in digest.text
