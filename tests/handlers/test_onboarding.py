from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.local.world import Message
from handlers import onboarding
from handlers.access import Invitation
from handlers.links import deep_link
from summaries.models import Slot, Subscription
from summaries.subscribers import subscription_of, with_subscription
from tests.handlers.world import MORNING, World, article, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


@pytest.fixture(autouse=True)
def one_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were only one catalogue, so that no language has to be asked for."""
    monkeypatch.setattr(onboarding, "spoken_languages", lambda: ("en",))


@pytest.fixture
def two_languages(one_language: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were a second catalogue; what it says is English."""
    monkeypatch.setattr(onboarding, "spoken_languages", lambda: ("en", "de"))


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


async def own(there: World) -> Subscription:
    return subscription_of(await there.desk.subscribers.known(there.reader.id))


async def with_sources(there: World) -> None:
    await there.desk.add_source("https://tarn.example/feed", name="The Tarn Mail", tags=["harbour", "valley"])
    await there.desk.add_source("https://norvale.example/feed", name="Norvale Courier", tags=["harbour"])


# --- the steps


async def test_a_digest_in_three_taps(there: World) -> None:
    await with_sources(there)
    (shown,) = await there.say("/start")
    assert "2 questions, and a digest comes by itself." in shown.text
    shown = await there.press(shown, "Begin")
    assert shown.text.startswith("1 of 2: What do you want to read?")
    assert labels(shown) == ["#harbour", "#valley", "The Tarn Mail", "Norvale Courier", "Everything ›"]
    shown = await there.press(shown, "#harbour")
    shown = await there.press(shown, "Norvale Courier")
    assert labels(shown) == ["✓ #harbour", "#valley", "The Tarn Mail", "✓ Norvale Courier", "Next ›"]
    shown = await there.press(shown, "Next ›")
    assert shown.text.startswith("2 of 2: When shall a digest come?")
    shown = await there.press(shown, "07:00")
    assert shown.text.startswith("07:00 by the clock of which place?")
    assert (await own(there)).slots == (), "nothing is ordered before it is known for which clock"
    shown = await there.press(shown, "Karachi")
    assert shown.text.startswith(
        "All set\nLanguage: English\nTo read: #harbour, Norvale Courier\nDigest: 07:00 every day"
    )
    assert "/latest" in shown.text
    found = await own(there)
    assert (found.zone, [slot.at for slot in found.slots], found.taste.tags) == ("Asia/Karachi", [420], ("harbour",))
    assert [source.name for source in there.desk.sources() if source.id in found.taste.sources] == ["Norvale Courier"]


async def test_a_second_tap_takes_a_choice_back(there: World) -> None:
    await with_sources(there)
    (shown,) = await there.say("/start")
    shown = await there.press(shown, "Begin")
    shown = await there.press(shown, "#harbour")
    shown = await there.press(shown, "✓ #harbour")
    assert labels(shown)[-1] == "Everything ›"
    assert (await own(there)).taste.tags == ()


async def test_every_step_can_be_skipped(there: World) -> None:
    await with_sources(there)
    (shown,) = await there.say("/start")
    for label in ("Begin", "Everything ›", "No digest, thank you"):
        shown = await there.press(shown, label)
    assert "To read: everything" in shown.text
    assert "No digest. /subscribe orders one." in shown.text
    assert (await own(there)).slots == ()


async def test_the_language_comes_first_where_there_is_a_choice(there: World, two_languages: None) -> None:
    (shown,) = await there.say("/start")
    assert "1 of 2: Which language shall I speak?" in shown.text
    assert labels(shown)[-1] == "Skip ›"
    shown = await there.press(shown, "English")
    assert (await there.desk.subscribers.known(there.reader.id)).language == "en"
    assert shown.text.startswith("2 of 2: When shall a digest come?")


async def test_skipping_the_language_leaves_it_to_telegram(there: World, two_languages: None) -> None:
    (shown,) = await there.say("/start")
    shown = await there.press(shown, "Skip ›")
    assert shown.text.startswith("2 of 2")
    assert (await there.desk.subscribers.known(there.reader.id)).language == ""


async def test_skipping_the_place_takes_the_house_s(there: World) -> None:
    (shown,) = await there.say("/start")
    for label in ("Begin", "18:00", "Skip: UTC"):
        shown = await there.press(shown, label)
    found = await own(there)
    assert (found.zone, [slot.at for slot in found.slots]) == ("UTC", [18 * 60])


# --- a city


async def at_the_city(there: World) -> Message:
    (shown,) = await there.say("/start")
    for label in ("Begin", "08:00"):
        shown = await there.press(shown, label)
    await there.press(shown, "Type your city")
    return there.server.transcript(there.reader)[-1]


async def test_a_city_that_is_known(there: World) -> None:
    question = await at_the_city(there)
    assert question.text.startswith("Which city are you in, or near?")
    (shown,) = await there.say("Lahore")
    assert shown.text.startswith("All set")
    assert (await own(there)).zone == "Asia/Karachi"


async def test_a_city_that_may_be_several(there: World) -> None:
    await at_the_city(there)
    (shown,) = await there.say("Hyderabad")
    assert shown.text == "Which of these?"
    shown = await there.press(shown, "Kolkata")
    assert (await own(there)).zone == "Asia/Kolkata"


async def test_a_city_that_is_not_known_is_asked_for_again(there: World) -> None:
    await at_the_city(there)
    (shown,) = await there.say("Quillane")
    assert shown.text.startswith("I do not know that place.")
    (shown,) = await there.say("Cairo")
    assert (await own(there)).zone == "Africa/Cairo"


# --- who has been here before


async def test_who_has_a_digest_sees_it(there: World) -> None:
    slot = Subscription(slots=(Slot(1, 480),), zone="Asia/Karachi")
    await there.desk.subscribers.change(there.reader.id, lambda before: with_subscription(before, slot))
    (shown,) = await there.say("/start")
    assert "Digest: 08:00 every day, Asia/Karachi." in shown.text
    assert labels(shown) == ["Set up again"]


async def test_where_nothing_is_written_nothing_is_asked(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        await there.fill(1)
    async with world(tmp_path, readonly=True) as there:
        (shown,) = await there.say("/start")
        assert "quiet briefing desk" in shown.text
        assert labels(shown) == []


async def test_in_a_group_it_is_short(there: World) -> None:
    group = there.server.group("Newsroom", there.reader)
    (shown,) = await there.say("/start", chat=group)
    assert shown.text.startswith("I am here: /latest")
    assert labels(shown) == []


@pytest.mark.parametrize(
    "data",
    [
        "ol:0", "ol:0:1", "ol:0:1:2", "ot:0:2:1", "ot:0:0:1", "ot:0:1:99", "ot:0", "oh:0", "oh:0:1441", "oz:0:480",
        "oz:0:480:1", "oz:0:1440:1", "oy:0", "oy:0:1440",
    ],
)  # fmt: skip
async def test_a_button_that_leads_nowhere_is_old(there: World, data: str) -> None:
    (shown,) = await there.say("/start")
    there.server.press(there.reader, shown, replace(shown.buttons[0], data=data))
    await there.settle()
    assert there.toasts[0].startswith("This button is old")


@pytest.mark.parametrize("data", ["oa:0", "ol:0:0", "on:0", "oh:0:480", "oh:0:1440"])
async def test_in_a_group_its_buttons_are_old(there: World, data: str) -> None:
    group = there.server.group("Newsroom", there.reader)
    await there.fill(1)
    (shown,) = await there.say("/latest", chat=group)
    there.server.press(there.reader, shown, replace(shown.buttons[0], data=data))
    await there.settle()
    assert there.toasts[0].startswith("This button is old")


# --- links to the bot


def test_a_link_to_the_bot() -> None:
    assert deep_link("backchannel_bot", "b12") == "https://t.me/backchannel_bot?start=b12"


async def test_a_link_to_a_briefing(there: World) -> None:
    await there.fill(2)
    (shown,) = await there.say("/start b2")
    assert shown.text.startswith("Ferry 2 leaves Tarn")
    assert "Save" in labels(shown)


async def test_a_link_to_a_source(there: World) -> None:
    await with_sources(there)
    source = there.desk.sources()[0]
    (shown,) = await there.say(f"/start f{source.id}")
    assert shown.text.startswith("Latest: The Tarn Mail")


async def test_a_link_to_a_story(there: World) -> None:
    (filed,) = await there.file(article())
    (shown, *_) = await there.say(f"/start s{filed.story}")
    assert "Harbour strike ends in Tarn" in shown.text


async def test_a_link_to_what_was_saved(there: World) -> None:
    (shown,) = await there.say("/start saved")
    assert shown.text.startswith("You have saved nothing yet.")


@pytest.mark.parametrize(
    "payload", ["b99", "s99", "f99", "b0", "x1", f"b{10**15}", "b", "b1b", "<b>", "wait", "б1", "b１"]
)
async def test_a_link_to_what_is_not_there_is_a_welcome(there: World, payload: str) -> None:
    await there.fill(1)
    (shown,) = await there.say(f"/start {payload}")
    assert "quiet briefing desk" in shown.text


async def test_the_invitation_still_makes_the_first_admin(tmp_path: Path) -> None:
    async with world(tmp_path, invitation=Invitation("s3cret")) as there:
        (shown,) = await there.say("/start s3cret")
        assert "You are now the admin of this desk." in shown.text
        assert [admin.since for admin in await there.desk.admins()] == [MORNING]
