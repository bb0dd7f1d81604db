"""The admin's work on sources in a chat: every command, every button, every refusal."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, cast, get_args

import pytest
from msgspec.structs import replace

from bot.local.world import Message, Person
from handlers import adding, drafts
from handlers.admin import NOTICES, outcome
from handlers.reasons import REASONS
from handlers.source_pages import PAGE
from handlers.texts import texts
from summaries.intake.fetch import Fetcher
from summaries.intake.health import After, Cause
from summaries.intake.opml import Outline, read_opml, write_opml
from summaries.intake.outcomes import Reason, Refusal
from summaries.models import Health, NoticeCode, Source
from summaries.scout import Scout
from summaries.updating import Checked, Rules
from summaries.workers import Workers
from tests.handlers.world import MORNING, World, world
from tests.newsstand import FEED, NOW, SITE, Hands, Story, Wire, page, rss, stories

OTHER = f"{SITE}/opinion.xml"
FRONT = b"""<html><head><title>The Norvale Courier</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="alternate" type="application/rss+xml"
href="/opinion.xml"></head><body><p>Front page.</p></body></html>"""
OLD = "This button is old: what it led to is gone. /latest has what is new."
REFUSED = "Only the admins of this desk can do that."


@pytest.fixture
def wire() -> Wire:
    made = Wire()
    made.publish(stories(3))
    made.feeds[OTHER] = rss(stories(2), title="Courier Opinion")
    made.pages[SITE] = made.pages[f"{SITE}/"] = FRONT
    return made


@pytest.fixture
async def there(tmp_path: Path, wire: Wire) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        scout = Scout(
            made.desk, cast("Fetcher", wire), cast("Workers", Hands()), Rules(), clock=lambda: NOW, chance=lambda: 0.5
        )
        made.desk.scout = scout
        made.reader = made.server.speaker("admin")
        yield made
        await scout.stop(1)


async def ask(there: World, text: str) -> Message:
    """The one message that the bot answers with."""
    (answer,) = await there.say(text)
    return answer


async def source(there: World, url: str = FEED, *, health: Health | None = None, **fields: Any) -> Source:
    added = await there.desk.add_source(url, **fields)
    if health is None:
        return added
    settled = await there.desk.sourcebook.settle(added.id, lambda source: After(replace(source, health=health)))
    assert settled is not None
    return settled


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


# --- who may


COMMANDS = ["/addsource https://x.example", "/source 1", "/notices", "/import", "/export"]


@pytest.mark.parametrize("command", COMMANDS)
async def test_readers_are_refused_kindly(there: World, command: str) -> None:
    reader = there.server.speaker("reader")
    (answer,) = await there.say(command, person=reader)
    assert answer.text == REFUSED


async def test_buttons_of_admins_refuse_readers_of_the_same_group(there: World) -> None:
    reader, admin = there.server.speaker("reader"), there.reader
    await source(there)
    group = there.server.group("Newsroom", admin, reader)
    (shown,) = await there.say("/source 1", chat=group)
    there.toasts.clear()
    for button in labels(shown):
        assert (await there.press(shown, button, person=reader)).text == shown.text
    assert set(there.toasts) == {REFUSED}
    assert [each.paused for each in there.desk.sources()] == [False]


# --- adding


async def test_a_feed_is_previewed_and_added(there: World) -> None:
    preview = await ask(there, f"/addsource {FEED}")
    assert "The Norvale Courier" in preview.text
    assert "3 entries, their text is read from the pages" in preview.text
    assert "Newest: “Item 3 is voted on”" in preview.text
    assert "Language: English" in preview.text
    assert labels(preview) == ["Add", "Cancel"]
    assert there.desk.sources() == [], "nothing is added before somebody says so"

    added = await there.press(preview, "Add")
    assert "Added." in added.text
    (made,) = there.desk.sources()
    assert (made.url, made.name, made.language) == (FEED, "The Norvale Courier", "en")


async def test_full_text_in_the_feed_is_counted(there: World, wire: Wire) -> None:
    long = [Story(1, summary="The council of Norvale met. " * 60), Story(2)]
    wire.feeds[FEED] = rss(long)
    assert "2 entries, 1 of them with their full text" in (await ask(there, f"/addsource {FEED}")).text
    wire.feeds[FEED] = rss(long[:1])
    assert "1 entry, all with their full text" in (await ask(there, f"/addsource {FEED}")).text
    wire.feeds[FEED] = rss([])
    assert "A feed, with nothing in it yet" in (await ask(there, f"/addsource {FEED}")).text


async def test_the_preview_is_one_message_edited_while_it_works(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    scout = there.desk.scout
    assert scout is not None
    seen: list[str] = []
    gate, get = asyncio.Event(), scout._fetcher.get

    async def wait(url: str) -> Any:
        await gate.wait()
        return await get(url)

    def hear(event: Any) -> None:
        if event.kind in ("message", "edit") and event.person == there.server.bot:
            seen.append(event.message.text)
            gate.set()

    monkeypatch.setattr(scout._fetcher, "get", wait)
    there.server.listeners.append(hear)
    answer = await ask(there, f"/addsource {SITE}")
    assert seen[0] == f"Finding the feed of {SITE} …"
    assert seen[-1] == answer.text
    assert "3 entries" in answer.text


async def test_the_other_feeds_of_a_site_are_shown_in_turn(there: World) -> None:
    preview = await ask(there, "/addsource courier.example")
    assert "1 other feed of this site" in preview.text
    second = await there.press(preview, "Not this one")
    assert "Courier Opinion" in second.text
    third = await there.press(second, "Not this one")
    assert "3 entries" in third.text, "after the last comes the first again"
    await there.press(third, "Not this one")
    await there.press(there.server.transcript(there.reader)[-1], "Add")
    assert [made.url for made in there.desk.sources()] == [OTHER]


async def test_other_feeds_that_cannot_be_read_are_said_so(there: World, wire: Wire) -> None:
    preview = await ask(there, f"/addsource {SITE}")
    wire.refused[OTHER] = Refusal("server", "HTTP 500", 500)
    shown = await there.press(preview, "Not this one")
    assert "The other feeds of this site cannot be read." in shown.text
    assert labels(shown) == ["Add", "Cancel"]


async def test_cancelling_adds_nothing(there: World) -> None:
    preview = await ask(there, f"/addsource {FEED}")
    cancelled = await there.press(preview, "Cancel")
    assert cancelled.text == f"Nothing was added of {FEED}"
    assert (cancelled.buttons, there.desk.sources()) == ((), [])


async def test_a_page_without_a_feed_is_taken_once_and_said_so(there: World, wire: Wire) -> None:
    story = Story(9, site="https://lone.example")
    wire.pages[story.url] = page(story)
    preview = await ask(there, f"/addsource {story.url}")
    assert "This page has no feed, so it cannot be followed. It can be taken once, as an article." in preview.text
    taken = await there.press(preview, "Take it once")
    assert taken.text.startswith("Taken once, as an article. The page is not followed.")
    assert (await there.desk.latest(2))[0].headline == "Item 9 is voted on"
    assert there.desk.sources() == []

    again = await there.press(await ask(there, f"/addsource {story.url}"), "Take it once")
    assert again.text.startswith("This article is here already.")


async def test_a_page_that_cannot_be_had_any_more_is_said_so(there: World, wire: Wire) -> None:
    story = Story(9, site="https://lone.example")
    wire.pages[story.url] = page(story)
    preview = await ask(there, f"/addsource {story.url}")
    wire.refused[story.url] = Refusal("gone", "HTTP 410", 410)
    assert (await there.press(preview, "Take it once")).text.startswith("That cannot be taken: ")


async def test_nothing_to_follow_is_explained(there: World, wire: Wire) -> None:
    for reason in get_args(Reason):
        wire.refused["https://lost.example"] = Refusal(reason, "what the log says")
        answer = await ask(there, "/addsource https://lost.example")
        assert answer.text.startswith("There is nothing to follow at https://lost.example")
        assert REASONS[reason] in answer.text
        assert "what the log says" in answer.text
        assert answer.buttons == ()


async def test_a_site_whose_feeds_all_hang_has_an_end(
    there: World, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(url: str) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(adding, "PATIENCE", 0.0)
    monkeypatch.setattr(wire, "get", hang)
    assert REASONS["timeout"] in (await ask(there, f"/addsource {SITE}")).text


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        pytest.param("/addsource", "/addsource LINK", id="nothing"),
        pytest.param("/addsource the harbour", "“the harbour” is no address", id="words"),
        pytest.param("/addsource ftp://x.example/feed", "is no address", id="another-scheme"),
    ],
)
async def test_what_is_no_address_is_said_so(there: World, said: str, answered: str) -> None:
    assert answered in (await ask(there, said)).text


async def test_a_known_source_is_shown(there: World) -> None:
    await source(there, name="The Courier")
    for url in (FEED, FEED.replace("https", "http"), SITE):
        answer = await ask(there, f"/addsource {url}")
        assert "This source is here already." in answer.text, url
    assert len(there.desk.sources()) == 1


async def test_a_preview_of_an_earlier_run_says_that_it_is_old(there: World) -> None:
    previews = [await ask(there, f"/addsource {SITE}") for _ in range(3)]
    front = there.application.bot_data["backchannel"]
    front.drafts._kept.clear()  # as a restart does
    there.toasts.clear()
    for preview, button in zip(previews, ("Add", "Not this one", "Cancel"), strict=True):
        assert (await there.press(preview, button)).text == preview.text
    assert there.toasts == [OLD] * 3
    assert there.desk.sources() == []


async def test_a_second_tap_adds_nothing_twice(there: World) -> None:
    preview = await ask(there, f"/addsource {FEED}")
    for _ in range(2):
        there.server.press(there.reader, preview, "Add")
    await there.settle()
    assert len(there.desk.sources()) == 1


async def test_slow_work_holds_up_nobody_and_says_so_to_impatient_fingers(
    there: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    scout, gate, entered = there.desk.scout, asyncio.Event(), asyncio.Event()
    assert scout is not None
    await source(there)
    check = scout.check

    async def wait(id: int) -> Checked:
        entered.set()
        await gate.wait()
        return await check(id)

    monkeypatch.setattr(scout, "check", wait)
    shown = await ask(there, "/source 1")
    bot, seen = there.application.bot, there._next
    for what in ("press", "press", "say"):
        if what == "press":
            there.server.press(there.reader, shown, "Check now")
        else:
            there.server.say(there.reader, "/help")
    for update in await bot.get_updates(seen, timeout=0):
        there._next = update.update_id + 1
        await there.application.process_update(update)
    await entered.wait()
    assert "I am still at it." in there.toasts
    assert "/latest" in there.server.transcript(there.reader)[-1].text, "answered while the check waits"
    gate.set()
    await there.settle()
    assert "Checked: 3 new articles" in there.server.world.chats[shown.chat_id].messages[shown.id].text


# --- the list


async def test_sources_are_listed_those_in_trouble_first(there: World) -> None:
    assert (await ask(there, "/sources")).text == "There are no sources yet. /addsource LINK adds the first."
    well = Health(last_success=MORNING, pages_tried=10, pages_read=9)
    await source(there, "https://a.example/feed", name="Well", health=well)
    await source(there, "https://b.example/feed", name="New")
    await source(there, "https://c.example/feed", name="Paused", health=well)
    await there.desk.change_source(3, paused=True)
    await source(there, "https://d.example/feed", name="Unreadable", health=replace(well, pages_read=4))
    await source(there, "https://e.example/feed", name="Failing", health=Health(reason="timeout", failures=2))
    await source(there, "https://f.example/feed", name="Worse", health=Health(reason="gone", failures=7))
    answer = await ask(there, "/sources")
    names = ["Worse", "Failing", "Unreadable", "Paused", "New", "Well"]
    places = [answer.text.index(f" {name}\n") for name in names]
    assert places == sorted(places)
    assert "6 sources" in answer.text
    assert "2 failing · 1 with pages that cannot be read · 1 paused · 1 not checked yet · 1 well" in answer.text
    assert "7 failures in a row · Its server says that it is gone for ever (410)." in answer.text
    assert "The text of 40% of its pages could be read (4 of 10)" in answer.text


async def test_a_long_list_has_pages_and_sources_lead_back_to_theirs(there: World) -> None:
    for number in range(2 * PAGE + 1):
        await source(there, f"https://s{number}.example/feed", name=f"Source {number}")
    first = await ask(there, "/sources")
    second = await there.press(first, "Next ›")
    third = await there.press(second, "Next ›")
    assert [label for label in labels(third) if not label.startswith("#")] == ["‹ Previous"]
    assert (await there.press(third, "‹ Previous")).text == second.text
    opened = await there.press(second, f"#{PAGE + 2}")
    assert f"#{PAGE + 2} Source {PAGE + 1}" in opened.text
    assert (await there.press(opened, "‹ Back to the list")).text == second.text


async def test_a_page_beyond_the_end_is_the_last_one(there: World) -> None:
    for number in range(PAGE + 1):
        await source(there, f"https://s{number}.example/feed")
    second = await there.press(await ask(there, "/sources"), "Next ›")
    opened = await there.press(second, f"#{PAGE + 1}")
    await there.desk.remove_source(1)
    shown = await there.press(opened, "‹ Back to the list")
    assert shown.text.startswith(f"{PAGE} sources")


# --- one source


async def test_a_source_shows_how_it_is(there: World) -> None:
    health = Health(
        last_success=MORNING,
        last_try=MORNING,
        reason="server",
        detail="HTTP 503",
        failures=3,
        next_check=MORNING + timedelta(hours=2),
        cadence=7200.0,
        pages_tried=50,
        pages_read=45,
        kept={"2022-08-08": 4, "2022-07-20": 3, "2022-06-01": 9},
    )
    await source(
        there, name="The Courier", site=SITE, language="en", tags=["harbour"], labels={"country": "Tarn"}, health=health
    )
    shown = (await ask(there, "/source 1")).text
    for line in (
        "#1 The Courier",
        FEED,
        f"Site: {SITE}",
        "Language: English",
        "Tags: #harbour",
        "Labels: country=Tarn",
        "Last success: 8 August 2022, 09:30 UTC",
        "Last error: Its server has trouble of its own. It is asked again later; nothing to do.",
        "HTTP 503",
        "3 failures in a row",
        "Next check: 8 August 2022, 11:30 UTC",
        "Its own pace: a check every 2 hours",
        "7 articles kept in 30 days",
        "The text of 90% of its pages could be read (45 of 50)",
    ):
        assert line in shown.splitlines(), line


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        pytest.param("/source", "/source NUMBER", id="nothing"),
        pytest.param("/source 9", "There is no source 9.", id="unknown"),
        pytest.param("/source 9999999999999999999", "There is no source", id="beyond-ids"),
        pytest.param("/source ٣", "There is no source", id="other-digits"),
        pytest.param("/source 1 paint red", "/source NUMBER", id="unknown-action"),
        pytest.param("/source #1", "The Courier", id="with-a-hash"),
        pytest.param("/source https://courier.example/feed.xml", "The Courier", id="by-address"),
        pytest.param(f"/source 1 name {'x' * 101}", "A name has up to 100 characters.", id="long-name"),
        pytest.param(f"/source 1 tags {'x' * 51}", "Those are no tags.", id="long-tag"),
        pytest.param("/source 1 labels country", "Those are no labels.", id="no-labels"),
        pytest.param("/source 1 credentials hunter2", "never a password itself", id="a-password"),
    ],
)
async def test_what_leads_nowhere_is_said(there: World, said: str, answered: str) -> None:
    before = await source(there, name="The Courier")
    assert answered in (await ask(there, said)).text
    assert there.desk.source(1) == before


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        pytest.param("name The  Tarn Mail", "name", "The Tarn Mail", id="name"),
        pytest.param("tags #harbour, valley harbour", "tags", ("harbour", "valley"), id="tags"),
        pytest.param("tags -", "tags", (), id="no-tags"),
        pytest.param(
            "labels country=Tarn, kind=public radio",
            "labels",
            {"country": "Tarn", "kind": "public radio", "old": "1"},
            id="labels",
        ),
        pytest.param("labels old=", "labels", {}, id="one-label-less"),
        pytest.param("labels -", "labels", {}, id="no-labels"),
        pytest.param("credentials TARN_LOGIN", "credentials", "TARN_LOGIN", id="credentials"),
    ],
)
async def test_a_command_edits(there: World, said: str, field: str, value: object) -> None:
    await source(there, tags=["old"], labels={"old": "1"})
    answer = await ask(there, f"/source 1 {said}")
    assert answer.text.startswith("#1 ")
    assert getattr(there.desk.source(1), field) == value


QUESTIONS = [
    pytest.param("Rename", "The Tarn Mail", "name", "The Tarn Mail", id="name"),
    pytest.param("Tags", "harbour valley", "tags", ("harbour", "valley"), id="tags"),
    pytest.param("Labels", "country=Tarn", "labels", {"country": "Tarn"}, id="labels"),
]


@pytest.mark.parametrize(("button", "reply", "field", "value"), QUESTIONS)
async def test_a_button_asks_and_a_reply_edits(
    there: World, button: str, reply: str, field: str, value: object
) -> None:
    await source(there, name="The Courier")
    shown = await ask(there, "/source 1")
    await there.press(shown, button)
    question = there.server.transcript(there.reader)[-1]
    assert "The Courier" in question.text
    assert "Or send: /source 1 " in question.text
    there.server.say(there.reader, reply, reply_to=question)
    await there.settle()
    assert getattr(there.desk.source(1), field) == value
    assert there.server.transcript(there.reader)[-1].text.startswith("#1 ")


async def test_in_a_group_a_reply_edits_and_talk_does_not(there: World) -> None:
    await source(there, name="The Courier")
    group = there.server.group("Newsroom", there.reader)
    there.server.promote(group, there.server.bot, there.reader)  # an administrator hears everything
    (shown,) = await there.say("/source 1", chat=group)
    await there.press(shown, "Rename")
    question = there.server.transcript(group)[-1]
    assert await there.say("good morning", chat=group) == []
    there.server.say(there.reader, "The Tarn Mail", group, reply_to=question)
    await there.settle()
    assert [each.name for each in there.desk.sources()] == ["The Tarn Mail"]


async def test_somebody_else_s_reply_edits_nothing(there: World) -> None:
    await source(there, name="The Courier")
    reader = there.server.speaker("reader")
    group = there.server.group("Newsroom", there.reader, reader)
    (shown,) = await there.say("/source 1", chat=group)
    await there.press(shown, "Rename")
    there.server.say(reader, "Mine now", group, reply_to=there.server.transcript(group)[-1])
    await there.settle()
    assert [each.name for each in there.desk.sources()] == ["The Courier"]


async def test_in_private_the_next_thing_said_is_the_answer_unless_it_is_a_command(there: World) -> None:
    await source(there, name="The Courier")
    shown = await ask(there, "/source 1")
    await there.press(shown, "Rename")
    await there.say("The Tarn Mail")
    assert [each.name for each in there.desk.sources()] == ["The Tarn Mail"]
    await there.press(shown, "Rename")
    await there.say("/help")
    assert (await ask(there, "Something else")).text.startswith("I answer to commands")
    assert [each.name for each in there.desk.sources()] == ["The Tarn Mail"]


async def test_a_reply_about_a_removed_source_says_so(there: World) -> None:
    await source(there)
    await there.press(await ask(there, "/source 1"), "Rename")
    await there.desk.remove_source(1)
    assert (await ask(there, "The Tarn Mail")).text == OLD


async def test_check_now_takes_what_is_there_and_says_what_came(there: World, wire: Wire) -> None:
    await source(there)
    shown = await ask(there, "/source 1")
    checked = await there.press(shown, "Check now")
    assert checked.text.startswith("Checked: 3 new articles")
    assert (await there.desk.latest(9))[0].source == 1
    assert (await there.press(checked, "Check now")).text.startswith("Checked: its feed has not changed.")
    wire.refused[FEED] = Refusal("not_found", "HTTP 404", 404)
    assert (await there.press(checked, "Check now")).text.startswith(REASONS["not_found"])


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        pytest.param(Checked(None, entries=9, kept=1), "Checked: 1 new article", id="one"),
        pytest.param(Checked(None, entries=9), "Checked: 0 new articles", id="none"),
        pytest.param(
            Checked(None, entries=9, kept=2, updated=1, waiting=5),
            "Checked: 2 new articles, 1 updated, 5 left for the next check",
            id="all",
        ),
    ],
)
def test_what_came_of_a_check(checked: Checked, said: str) -> None:
    assert outcome(checked, texts(None)) == said


async def test_a_source_is_paused_and_resumed(there: World) -> None:
    await source(there, health=Health(reason="gone", failures=9))
    paused = await there.press(await ask(there, "/source 1"), "Pause")
    assert "Paused: it is not checked." in paused.text
    resumed = await there.press(paused, "Resume")
    assert "Next check: as soon as its turn comes" in resumed.text
    assert [each.paused for each in there.desk.sources()] == [False]


async def test_a_source_is_removed_after_a_question_and_its_briefings_stay(there: World) -> None:
    await source(there, name="The Courier")
    shown = await there.press(await ask(there, "/source 1"), "Check now")
    question = await there.press(shown, "Remove")
    assert question.text == "Remove The Courier? It is no longer followed. The briefings that it brought stay."
    kept = await there.press(question, "Keep it")
    assert kept.text.startswith("#1 The Courier")
    removed = await there.press(await there.press(kept, "Remove"), "Yes, remove it")
    assert removed.text == "The Courier is removed. The briefings that it brought stay."
    assert (there.desk.sources(), there.desk.count) == ([], 3)


async def test_buttons_of_a_removed_source_say_that_they_are_old(there: World) -> None:
    await source(there)
    shown = await ask(there, "/source 1")
    question = await there.press(await ask(there, "/source 1"), "Remove")
    await there.desk.remove_source(1)
    there.toasts.clear()
    for message in (shown, question):
        for button in labels(message):
            await there.press(message, button)
    assert there.toasts == [OLD] * 8


# --- lists


OPML = write_opml(
    [
        Outline(FEED, "The Courier", ("harbour",), {"country": "Tarn"}, SITE),
        Outline("https://b.example/feed", "B"),
        Outline("https://user:secret@c.example/feed", "C"),
    ]
)


def by_caption(there: World, person: Person) -> None:
    there.server.send_document(person, "list.opml", OPML, caption="/import")


def by_caption_with_name(there: World, person: Person) -> None:
    there.server.send_document(person, "list", OPML, caption="/import@backchannel_bot please")


def by_reply(there: World, person: Person) -> None:
    sent = there.server.send_document(person, "list", OPML)
    there.server.say(person, "/import", reply_to=sent)


def by_itself(there: World, person: Person) -> None:
    there.server.send_document(person, "subscriptions.OPML", OPML)


def by_addsource(there: World, person: Person) -> None:
    there.server.send_document(person, "list", OPML, caption="/addsource")


@pytest.mark.parametrize("send", [by_caption, by_caption_with_name, by_reply, by_itself, by_addsource])
async def test_a_list_is_imported(there: World, send: Callable[[World, Person], None]) -> None:
    await source(there, "https://b.example/feed")
    send(there, there.reader)
    await there.settle()
    answer = there.server.transcript(there.reader)[-1]
    counts, refusals, _ = answer.text.split("\n\n")
    assert counts == "1 source added\n1 known already\n1 refused"
    assert refusals.startswith("• https://…@c.example/feed: ")
    assert [each.url for each in there.desk.sources()] == ["https://b.example/feed", FEED]
    made = there.desk.sources()[1]
    assert (made.name, made.tags, made.labels, made.site) == ("The Courier", ("harbour",), {"country": "Tarn"}, SITE)


async def test_many_refused_addresses_are_counted(there: World) -> None:
    outlines = [Outline(f"https://u:p@s{number}.example/feed") for number in range(14)]
    there.server.send_document(there.reader, "list.opml", write_opml(outlines))
    await there.settle()
    answer = there.server.transcript(there.reader)[-1].text
    assert "14 refused" in answer
    assert answer.endswith("• and 4 more")


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        pytest.param("list.opml", b"<html>no</html>", "That list cannot be taken: ", id="no-opml"),
        pytest.param("list.opml", b" " * 5_000_001, "too large, at most 5 MB are taken", id="too-large"),
    ],
)
async def test_a_file_that_is_no_list_is_refused_with_the_reason(
    there: World, name: str, data: bytes, said: str
) -> None:
    there.server.send_document(there.reader, name, data)
    await there.settle()
    assert said in there.server.transcript(there.reader)[-1].text
    assert there.desk.sources() == []


async def test_import_without_a_file_says_how(there: World) -> None:
    assert "send it with this as its caption" in (await ask(there, "/import")).text


async def test_a_reader_s_list_is_refused(there: World) -> None:
    reader = there.server.speaker("reader")
    by_itself(there, reader)
    await there.settle()
    assert there.server.transcript(reader)[-1].text == REFUSED


async def test_captions_for_others_and_unknown_ones(there: World) -> None:
    before = len(there.server.transcript(there.reader))
    there.server.send_document(there.reader, "list.opml", OPML, caption="/import@another_bot")
    await there.settle()
    assert len(there.server.transcript(there.reader)) == before + 1
    there.server.send_document(there.reader, "list.opml", OPML, caption="/inport")
    await there.settle()
    assert there.server.transcript(there.reader)[-1].text.startswith("There is no /inport here.")


async def test_export_sends_what_import_takes(there: World) -> None:
    assert (await ask(there, "/export")).text == "There are no sources to export."
    await source(
        there, name="The Courier", tags=["harbour"], labels={"country": "Tarn"}, site=SITE, credentials="TARN_LOGIN"
    )
    answer = await ask(there, "/export")
    assert answer.text == "1 source"
    assert answer.attachment is not None
    assert answer.attachment.name == "backchannel-sources.opml"
    assert read_opml(answer.attachment.data) == [Outline(FEED, "The Courier", ("harbour",), {"country": "Tarn"}, SITE)]
    assert b"TARN_LOGIN" not in answer.attachment.data


# --- notices


async def note(there: World, *causes: Cause) -> None:
    await there.desk.sourcebook.settle(1, lambda source: After(source, causes))


async def test_every_notice_is_told_in_words(there: World) -> None:
    await source(there, name="The Courier")
    values = {"reason": "not_found", "detail": "Oh", "days": "14", "url": OTHER, "count": "40", "title": "Bridge falls"}
    values |= {"briefing": "1", "by": "Sana", "words": "wrong"}
    for code in get_args(NoticeCode):
        await note(there, Cause(code, values | {"other": "2", "old": FEED, "link": SITE}))
        (told,) = await there.desk.notices()
        answer = await ask(there, "/notices")
        assert answer.text.startswith("1 notice\n")
        assert code == "suggested" or "The Courier" in answer.text, code
        assert "{" not in answer.text
        await there.desk.read_notices([told.id])


async def test_notices_are_counted_read_and_told_again_only_if_they_come_again(there: World) -> None:
    await source(there, name="The Courier")
    assert (await ask(there, "/notices")).text.startswith("Nothing new to tell.")
    for _ in range(3):
        await note(there, Cause("flood", {"count": "40"}))
    shown = await ask(there, "/notices")
    assert "The Courier showed 40 old articles as if they were new." in shown.text
    assert "3 times, last 8 August 2022, 09:30 UTC" in shown.text
    assert (await there.press(shown, "Mark as read")).text.startswith("Nothing new to tell.")
    assert await there.desk.notices() == []
    opened = await there.press(shown, "#1")
    assert opened.text.startswith("#1 The Courier")


async def test_many_notices_are_marked_page_by_page(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    await source(there)
    for number in range(NOTICES + 2):
        later = MORNING + timedelta(seconds=number)
        monkeypatch.setattr(there.desk.sourcebook, "_clock", lambda later=later: later)
        await note(there, Cause("set_aside", {"title": f"Title {number} ends"}, key=str(number)))
    shown = await ask(there, "/notices")
    assert f"{NOTICES + 2} notices" in shown.text
    assert "Title 2 ends" in shown.text
    assert "Title 1 ends" not in shown.text
    rest = await there.press(shown, "Mark these as read")
    assert rest.text.startswith("2 notices")
    assert "Title 1 ends" in rest.text


# --- a desk that is only shown


async def test_a_desk_that_is_only_read_changes_and_fetches_nothing(tmp_path: Path) -> None:
    async with world(tmp_path) as writer:
        await source(writer, name="The Courier")
        await note(writer, Cause("gone"))
        async with world(tmp_path, readonly=True) as there:
            there.reader = there.server.speaker("admin")
            shows = "This chat only shows the desk: it changes and fetches nothing."
            assert (await ask(there, "/addsource https://new.example")).text == shows
            assert (await ask(there, "/source 1 name X")).text == shows
            by_itself(there, there.reader)
            await there.settle()
            assert there.server.transcript(there.reader)[-1].text == shows
            for button in ("Check now", "Pause"):
                assert (await there.press(await ask(there, "/source 1"), button)).text == shows
            question = await there.press(await ask(there, "/source 1"), "Remove")
            assert (await there.press(question, "Yes, remove it")).text == shows
            assert (await there.press(await ask(there, "/notices"), "Mark as read")).text == shows


# --- drafts


def test_drafts_are_bounded_and_expire() -> None:
    kept = drafts.Drafts(most=2)
    first, second, third = (kept.keep(text, MORNING) for text in ("a", "b", "c"))
    assert [kept.find(id, str, MORNING) for id in (first, second, third)] == [None, "b", "c"]
    assert kept.find(second, int, MORNING) is None
    assert kept.find(second, str, MORNING + drafts.LIFETIME + timedelta(seconds=1)) is None
    kept.drop(second)
    assert kept.find(second, str, MORNING) is None
