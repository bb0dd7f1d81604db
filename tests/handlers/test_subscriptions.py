"""/subscribe, /unsubscribe, /digest, /status and /settings, said and pressed in a Telegram inside the process."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from handlers.subscribing import MOST_WORDS
from handlers.wishes import MOST_TIMES
from summaries.models import EVERY_DAY, Quiet, Subscriber, Subscription
from summaries.subscribers import subscription_of, with_subscription
from tests.handlers.world import MORNING, World, article, world


class Clock:
    def __init__(self) -> None:
        self.now = MORNING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def here(tmp_path: Path, clock: Clock) -> AsyncIterator[World]:
    async with world(tmp_path, clock=clock) as there:
        yield there


async def own(here: World) -> Subscription:
    return subscription_of(await here.desk.subscribers.get(here.reader.id) or Subscriber(here.reader.id))


@pytest.mark.parametrize(
    ("said", "times", "days", "zone"),
    [
        pytest.param("/subscribe 08:00", [480], EVERY_DAY, "UTC", id="a time"),
        pytest.param("/subscribe 8am 6:30pm", [480, 1110], EVERY_DAY, "UTC", id="two times"),
        pytest.param("/subscribe 08:00 Asia/Karachi mon-fri", [480], 0b0011111, "Asia/Karachi", id="all"),
        pytest.param("/subscribe 0800 Karachi", [480], EVERY_DAY, "Asia/Karachi", id="a city"),
        pytest.param("/subscribe Karachi", [480], EVERY_DAY, "Asia/Karachi", id="the desk's own time"),
        pytest.param("/subscribe weekends", [480], 0b1100000, "UTC", id="only days"),
    ],
)
async def test_a_subscription_is_one_line(here: World, said: str, times: list[int], days: int, zone: str) -> None:
    [answer] = await here.say(said)

    kept = await own(here)
    assert [slot.at for slot in kept.slots] == times
    assert {slot.days for slot in kept.slots} == {days}
    assert kept.zone == zone
    assert "A digest comes" in answer.text
    assert "The next digest" in answer.text


async def test_an_unknown_place_subscribes_to_nothing(here: World) -> None:
    [answer] = await here.say("/subscribe 08:00 Velmorabad")

    assert "Velmorabad" in answer.text
    assert (await own(here)).slots == ()


async def test_several_places_of_a_name_are_asked_about(here: World) -> None:
    [answer] = await here.say("/subscribe 08:00 usa")

    assert "/subscribe 08:00 America/New_York" in answer.text
    assert (await own(here)).slots == ()


async def test_more_times_than_there_may_be_are_refused(here: World) -> None:
    await here.say("/subscribe " + " ".join(f"{hour:02}:00" for hour in range(MOST_TIMES)))

    [answer] = await here.say("/subscribe 20:00")

    assert "At most" in answer.text
    assert len((await own(here)).slots) == MOST_TIMES


async def test_without_words_there_is_a_panel_with_times_to_tap(here: World) -> None:
    [panel] = await here.say("/subscribe")
    assert "No digest comes yet" in panel.text

    panel = await here.press(panel, "+ 18:00")

    assert [slot.at for slot in (await own(here)).slots] == [1080]
    assert "18:00 every day" in panel.text


async def test_a_time_can_be_typed(here: World) -> None:
    [panel] = await here.say("/subscribe")
    await here.press(panel, "Another time")

    [again, *_] = await here.say("6.45 mon-fri")

    [slot] = (await own(here)).slots
    assert (slot.at, slot.days) == (405, 0b0011111)
    assert "06:45" in again.text


async def test_days_are_turned_and_a_time_removed(here: World) -> None:
    await here.say("/subscribe 08:00")
    [panel] = await here.say("/subscribe")
    slot = await here.press(panel, "08:00 every day")

    slot = await here.press(slot, "✓ Sun")
    assert (await own(here)).slots[0].days == 0b0111111
    times = await here.press(slot, "Remove this time")

    assert (await own(here)).slots == ()
    assert "No digest comes yet" in times.text


async def test_unsubscribing_takes_one_tap_and_can_be_undone(here: World) -> None:
    await here.say("/subscribe 08:00 18:00")
    [gone] = await here.say("/unsubscribe")
    assert (await own(here)).slots == ()

    back = await here.press(gone, "Undo")

    assert [slot.at for slot in (await own(here)).slots] == [480, 1080]
    assert "A digest comes" in back.text


async def test_unsubscribing_where_nothing_comes_says_so(here: World) -> None:
    [answer] = await here.say("/unsubscribe")

    assert "No digest comes here" in answer.text


SETTINGS = [
    pytest.param(["Length", "short"], lambda kept: kept.taste.length == "short", id="length"),
    pytest.param(["How many", "12"], lambda kept: kept.taste.most == 12, id="how many"),
    pytest.param(["Quiet hours", "22:00–07:00"], lambda kept: kept.quiet == Quiet(1320, 420), id="quiet hours"),
    pytest.param(["Pause", "3 days"], lambda kept: kept.paused_until == date(2022, 8, 11), id="pause"),
    pytest.param(["Article languages", "English"], lambda kept: kept.taste.languages == ("en",), id="languages"),
    pytest.param(["Tags", "#ports"], lambda kept: kept.taste.tags == ("ports",), id="a tag only"),
    pytest.param(["Tags", "#ports", "✓ #ports"], lambda kept: kept.taste.not_tags == ("ports",), id="no such tag"),
    pytest.param(["Sources", "Tarn Mail"], lambda kept: len(kept.taste.sources) == 1, id="a source only"),
    pytest.param(
        ["Sources", "Tarn Mail", "✓ Tarn Mail"], lambda kept: len(kept.taste.not_sources) == 1, id="no such source"
    ),
    pytest.param(["Zone", "Karachi"], lambda kept: kept.zone == "Asia/Karachi", id="zone"),
    pytest.param(["Followed", "At once"], lambda kept: kept.taste.at_once, id="at once"),
]


@pytest.mark.parametrize(("presses", "holds"), SETTINGS)
async def test_a_setting_is_a_tap_away_and_kept(here: World, presses: list[str], holds) -> None:  # type: ignore[no-untyped-def]
    await here.desk.add_source("https://tarn.example/feed", name="Tarn Mail", tags=["ports"])
    await here.file(article())
    await here.say("/subscribe 08:00")
    [message] = await here.say("/settings")

    for button in presses:
        message = await here.press(message, button)

    assert holds(await own(here))
    back = await here.press(message, "‹ Settings")
    assert "Settings" in back.text


@pytest.mark.parametrize("look", ["messages", "one page"])
async def test_the_look_is_chosen_for_the_whole_chat(here: World, look: str) -> None:
    [message] = await here.say("/settings")
    message = await here.press(message, "Look")
    await here.press(message, look if look == "one page" else "✓ messages")

    kept = await here.desk.subscribers.get(here.reader.id)
    assert kept is not None
    assert kept.look == ("page" if look == "one page" else "message")


TYPED = [
    pytest.param(
        "Quiet hours", "Other hours", "21:30-6", lambda kept: kept.quiet == Quiet(1290, 360), id="quiet hours"
    ),
    pytest.param("Pause", "Until a date", "2022-09-01", lambda kept: kept.paused_until == date(2022, 9, 1), id="pause"),
    pytest.param("Zone", "Another city or zone", "Lahore", lambda kept: kept.zone == "Asia/Karachi", id="a city"),
    pytest.param(
        "Followed", "Add words", "harbour strike", lambda kept: kept.taste.follow == ("harbour strike",), id="f"
    ),
    pytest.param("Muted", "Add words", "“horoscope”", lambda kept: kept.taste.mute == ("horoscope",), id="mute"),
]


@pytest.mark.parametrize(("menu", "button", "words", "holds"), TYPED)
async def test_what_has_no_button_is_typed(here: World, menu: str, button: str, words: str, holds) -> None:  # type: ignore[no-untyped-def]
    [message] = await here.say("/settings")
    message = await here.press(message, menu)
    await here.press(message, button)
    await here.say(words)

    assert holds(await own(here))


@pytest.mark.parametrize(
    ("menu", "button", "words"),
    [
        pytest.param("Quiet hours", "Other hours", "late", id="hours"),
        pytest.param("Pause", "Until a date", "2020-01-01", id="a date that is over"),
        pytest.param("Pause", "Until a date", "2031-01-01", id="a date years away"),
        pytest.param("Zone", "Another city or zone", "Velmorabad", id="a city that is none"),
    ],
)
async def test_what_cannot_be_read_is_asked_again(here: World, menu: str, button: str, words: str) -> None:
    [message] = await here.say("/settings")
    before = await own(here)
    message = await here.press(message, menu)
    await here.press(message, button)

    [again] = await here.say(words)

    assert "?" in again.text
    assert await own(here) == before


async def test_a_word_is_followed_or_muted_but_not_both(here: World) -> None:
    await here.say("/follow Harbour Strike")
    [answer] = await here.say("/mute harbour strike")

    kept = await own(here)
    assert (kept.taste.follow, kept.taste.mute) == ((), ("harbour strike",))
    assert "harbour strike" in answer.text

    gone = await here.press(answer, "✕ harbour strike")

    assert (await own(here)).taste.mute == ()
    assert "Nothing is muted" in gone.text


async def test_there_is_an_end_to_what_is_followed(here: World) -> None:
    for number in range(MOST_WORDS):
        await here.say(f"/follow subject {number}")

    [answer] = await here.say("/follow one more")

    assert "At most" in answer.text
    assert len((await own(here)).taste.follow) == MOST_WORDS


async def test_a_digest_says_now_what_it_would_say_and_tells_nothing(here: World) -> None:
    await here.say("/subscribe 08:00")
    await here.file(article(outlet="The Tarn Mail"), article("Ferry sinks off Velm", ("A ferry sank off Velm.",)))

    [first] = await here.say("/digest")
    [second] = await here.say("/digest")

    assert "Harbour strike ends in Tarn" in first.text
    assert "Ferry sinks off Velm" in first.text
    assert "2 articles read" in first.text
    assert first.text == second.text


async def test_an_empty_desk_has_nothing_to_digest(here: World) -> None:
    [answer] = await here.say("/digest")

    assert "Nothing is new" in answer.text


async def test_a_status_says_when_the_next_one_comes(here: World) -> None:
    [nothing] = await here.say("/status")
    await here.say("/subscribe 08:00")
    [something] = await here.say("/status")

    assert "No digest comes here" in nothing.text
    assert "The next digest" in something.text
    assert "None was sent yet" in something.text


async def test_a_status_says_what_was_left_out_and_why(here: World, clock: Clock) -> None:
    await here.say("/subscribe 10:00")
    await here.say("/mute ferry")
    await here.file(article("Ferry sinks off Velm", ("A ferry sank off Velm.",)))
    clock.now = MORNING + timedelta(hours=1)
    await here.desk.digesting.fall_due(clock.now)

    [answer] = await here.say("/status")

    assert "nothing was new" in answer.text
    assert "1 with muted words" in answer.text


async def test_the_next_one_is_told_in_local_time(here: World) -> None:
    said = [*await here.say("/subscribe 08:00 Karachi"), *await here.say("/status"), *await here.say("/settings")]

    assert all("The next digest: Tue, 9 August 2022, 08:00 (Asia/Karachi)" in each.text for each in said)


async def test_a_zone_that_is_no_more_counts_as_utc(here: World) -> None:
    await here.say("/subscribe 08:00")
    await here.desk.subscribers.change(
        here.reader.id, lambda chat: with_subscription(chat, replace(subscription_of(chat), zone="Mars/Olympus"))
    )

    said = [(await here.say(words))[0].text for words in ("/status", "/settings", "/subscribe 09:00")]

    assert all("08:00 (Mars/Olympus)" in text for text in said)
    assert "Nothing is new" in (await here.say("/digest"))[0].text


async def test_a_pause_that_is_over_is_said_no_more(here: World, clock: Clock) -> None:
    await here.say("/subscribe 08:00")
    [message] = await here.say("/settings")
    await here.press(await here.press(message, "Pause"), "3 days")
    [paused], [set_up] = await here.say("/status"), await here.say("/settings")
    clock.now = MORNING + timedelta(days=3)
    [over], [set_up_then] = await here.say("/status"), await here.say("/settings")

    assert ("Paused until" in paused.text, "Paused until" in set_up.text) == (True, True)
    assert ("Paused until" in over.text, "Paused until" in set_up_then.text) == (False, False)


async def test_an_old_button_of_a_digest_says_that_it_is_old(here: World, clock: Clock) -> None:
    await here.say("/subscribe 08:00")
    [gone] = await here.say("/unsubscribe")
    clock.now += timedelta(hours=2)

    await here.press(gone, "Undo")

    assert "old" in here.toasts[-1]
    assert (await own(here)).slots == ()


async def test_a_zone_that_is_far_is_shown_with_its_clock(here: World) -> None:
    [answer] = await here.say("/subscribe 08:00 Asia/Karachi")

    assert "14:30" in answer.text
    assert datetime(2022, 8, 9, 3, 0, tzinfo=UTC) == await here.desk.digesting.next_due(here.reader.id, 0)
