from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from bot.local.world import Chat
from handlers.access import Role
from handlers.asked import Asked
from handlers.document import Document, texts_of
from handlers.governed import HERE, Governed, governed, governed_by, number_of
from handlers.outside import ChatFound, Nobody
from handlers.texts import texts
from summaries.archive.store import open_store
from summaries.desk import Desk
from summaries.models import Person, Subscriber
from summaries.subscribers import Subscribers
from tests.handlers.world import MORNING, World, world

CHANNEL = ChatFound(-1001234567890, "channel", "Tarn daily", "tarn_daily")


@dataclass
class Telegram(Nobody):
    """One channel, its administrators, and whether the bot may post."""

    administrators: set[int] = field(default_factory=lambda: {2})
    posts: bool = True

    async def runs(self, chat: int, person: int) -> bool:
        return chat == CHANNEL.id and person in self.administrators

    async def may_post(self, chat: int) -> bool:
        return self.posts

    async def find(self, chat: int | str) -> ChatFound | None:
        return CHANNEL if chat in (CHANNEL.id, "@tarn_daily") else None


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """As much of a desk as is asked here, quick to open."""
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    part = SimpleNamespace(subscribers=Subscribers(store, lambda: MORNING), readonly=False)
    yield cast(Desk, part)
    await store.close()


def asked(desk: Desk, outside: Telegram, *, private: bool = True) -> Asked:
    here = Subscriber(2 if private else -5, title="here")
    return Asked(desk, texts("en"), Person(2), Role.CHAT_ADMIN, private, MORNING, chat=here, topic=7, outside=outside)


def said(document: Document) -> str:
    return "".join(text for block in document.blocks for text in texts_of(block))


@pytest.mark.parametrize(
    ("words", "topic", "rest"),
    [
        pytest.param("@tarn_daily 08:00", 0, "08:00", id="name"),
        pytest.param("  @tarn_daily", 0, "", id="name-alone"),
        pytest.param("@tarn_daily/12 08:00 daily", 12, "08:00 daily", id="topic"),
        pytest.param("-1001234567890 08:00", 0, "08:00", id="number"),
        pytest.param("https://t.me/tarn_daily 08:00", 0, "08:00", id="link"),
        pytest.param("t.me/c/1234567890/15 08:00", 15, "08:00", id="link-to-a-post"),
    ],
)
async def test_another_chat_is_named_at_the_beginning(desk: Desk, words: str, topic: int, rest: str) -> None:
    place = await governed(asked(desk, Telegram()), words)
    assert isinstance(place, Governed)
    assert (place.chat.id, place.topic, place.words, place.number) == (CHANNEL.id, topic, rest, 1001234567890)


@pytest.mark.parametrize("words", ["08:00", "", "08:00 @tarn_daily", "@ab 08:00", "-5 08:00", "https://a.example/x"])
async def test_else_the_chat_itself_is_meant(desk: Desk, words: str) -> None:
    place = await governed(asked(desk, Telegram()), words)
    assert isinstance(place, Governed)
    assert (place.chat.title, place.topic, place.words, place.number) == ("here", 7, words, HERE)


async def test_in_a_group_no_other_chat_is_named(desk: Desk) -> None:
    place = await governed(asked(desk, Telegram(), private=False), "@tarn_daily 08:00")
    assert isinstance(place, Governed)
    assert (place.chat.title, place.words) == ("here", "@tarn_daily 08:00")


async def test_a_chat_that_telegram_does_not_show_is_refused(desk: Desk) -> None:
    refused = await governed(asked(desk, Telegram()), "@elsewhere 08:00")
    assert isinstance(refused, Document)
    assert said(refused).startswith("I am in no chat @elsewhere.")


async def test_only_its_administrators_govern_it(desk: Desk) -> None:
    for refused in (
        await governed(asked(desk, Telegram(set())), "@tarn_daily 08:00"),
        await governed_by(asked(desk, Telegram(set())), number_of(CHANNEL.id)),
    ):
        assert isinstance(refused, Document)
        assert said(refused) == "Only administrators of Tarn daily can do that."


async def test_without_the_right_to_post_nothing_is_set_up(desk: Desk) -> None:
    refused = await governed(asked(desk, Telegram(posts=False)), "@tarn_daily 08:00")
    assert isinstance(refused, Document)
    assert said(refused).startswith("I may not write in Tarn daily.")


async def test_who_governs_it_is_among_its_managers(desk: Desk) -> None:
    await governed(asked(desk, Telegram()), "@tarn_daily")
    kept = await desk.subscribers.get(CHANNEL.id)
    assert kept is not None
    assert (kept.kind, kept.title, kept.managers) == ("channel", "Tarn daily", (2,))


async def test_a_button_s_number_leads_to_its_chat_and_topic(desk: Desk) -> None:
    place = await governed_by(asked(desk, Telegram()), number_of(CHANNEL.id), 12)
    here = await governed_by(asked(desk, Telegram()), HERE, 3)
    assert isinstance(place, Governed)
    assert isinstance(here, Governed)
    assert (place.chat.id, place.topic, here.chat.title, here.topic) == (CHANNEL.id, 12, "here", 3)


async def test_a_button_for_another_chat_works_in_private_only(desk: Desk) -> None:
    refused = await governed_by(asked(desk, Telegram(), private=False), number_of(CHANNEL.id))
    assert isinstance(refused, Document)


# --- with Telegram


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path) as made:
        yield made


async def channel(there: World) -> Chat:
    made = there.server.channel("Tarn daily", there.reader, username="tarn_daily")
    await there.settle()
    return made


async def test_channels_lists_what_its_asker_administers(there: World) -> None:
    mira = there.server.person("Mira")
    await channel(there)
    there.server.group("Mira's", mira)
    there.server.group("Newsroom", there.reader, mira)
    (none,) = await there.say("/channels", person=there.server.person("Omar"))
    (mine,) = await there.say("/channels")
    (hers,) = await there.say("/channels", person=mira)
    assert "no channel or group" in none.text
    assert [button.text for button in mine.buttons] == ["Newsroom", "Tarn daily"]
    assert [button.text for button in hers.buttons] == ["Mira's"]


async def test_a_channel_s_page_leads_to_its_language(there: World) -> None:
    made = await channel(there)
    (listed,) = await there.say("/channels")
    page = await there.press(listed, "Tarn daily")
    assert f"/language {made.id}" in page.text
    chooser = await there.press(page, "Language")
    assert "Tarn daily" in chooser.text
    said = await there.press(chooser, "English")
    assert said.text == "From now on I speak English in Tarn daily."
    kept = await there.desk.subscribers.get(made.id)
    assert kept is not None
    assert kept.language == "en"


async def test_a_channel_is_set_up_by_its_name(there: World) -> None:
    await channel(there)
    (said,) = await there.say("/language @tarn_daily English")
    (page,) = await there.say("/channels @tarn_daily")
    assert said.text == "From now on I speak English in Tarn daily."
    assert page.text.startswith("Tarn daily")


async def test_whoever_lost_the_channel_is_refused_at_its_button(there: World) -> None:
    made = await channel(there)
    (listed,) = await there.say("/channels")
    there.server._stand(made, there.reader, "member", by=there.server.person("Mira"))
    refused = await there.press(listed, "Tarn daily")
    assert refused.text == "Only administrators of Tarn daily can do that."
    assert (await there.say("/channels"))[0].buttons == ()


async def test_a_stranger_s_channel_is_none_of_theirs(there: World) -> None:
    await channel(there)
    (refused,) = await there.say("/language @tarn_daily English", person=there.server.person("Omar"))
    assert refused.text == "Only administrators of Tarn daily can do that."


async def test_without_the_right_to_post_the_channel_says_so(there: World) -> None:
    made = await channel(there)
    there.server.let_post(made, there.reader, may=False)
    (refused,) = await there.say("/language @tarn_daily English")
    assert refused.text.startswith("I may not write in Tarn daily.")


async def test_a_channel_that_took_the_bot_out_is_unknown(there: World) -> None:
    made = await channel(there)
    there.server.kick_bot(made, there.reader)
    (refused,) = await there.say("/language @tarn_daily English")
    assert refused.text.startswith("I am in no chat @tarn_daily.")
    assert there.server.refusals
    there.server.refusals.clear()


async def test_in_a_group_channels_are_not_told(there: World) -> None:
    await channel(there)
    group = there.server.group("Newsroom", there.reader)
    (said,) = await there.say("/channels", chat=group)
    assert "private" in said.text
    assert "Tarn daily" not in said.text
