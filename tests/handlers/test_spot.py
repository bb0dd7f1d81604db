"""What somebody hands in, in a private chat, with a scout that reads in this process and fetches from a shelf."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.local.world import Message
from handlers.house import House
from handlers.said import Said
from handlers.spot import ARTICLE, LARGEST, meant
from summaries.desk import Desk
from summaries.errors import FetchError, InputError, KilledError, WallError
from summaries.filing import Added, Known
from summaries.models import Reader, Spent
from summaries.pipeline import Better, Prepared, prepare_document
from summaries.polled import Got, prepare_page
from tests.handlers.world import MORNING, World, article, world

URL = "https://tarn.example/harbour/crane"
TEXT = (
    "Harbour crane returns to work in Tarn\n\nBy Ada Verin\n12 May 2022\n\n"
    "The old harbour crane in Tarn lifted its first container in nine years on Tuesday, after volunteers rebuilt its "
    "motor. The port authority said that the crane would serve two ships a week until a new one arrives in 2028.\n\n"
    "The work cost 40,000 crowns, all of it from donations. Fishermen in the harbour said the noise was a small price "
    "to pay. The town will vote in June on whether to keep the crane as a monument."
)
PAGE = f"<html lang=en><title>Crane</title><article><h1>Harbour crane returns</h1><p>{TEXT}</p></article></html>"


@dataclass
class Shelf:
    """A scout without a network. `pages` by address: a page, or what goes wrong."""

    desk: Desk
    pages: dict[str, str | InputError] = field(default_factory=dict)
    read_urls: list[str] = field(default_factory=list)
    gate: asyncio.Event | None = None
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self, url: str) -> Prepared:
        self.read_urls.append(url)
        self.begun.set()
        if self.gate is not None:
            await self.gate.wait()
        found = self.pages.get(url, FetchError(f"{url} is not there", "not_found"))
        if isinstance(found, InputError):
            raise found
        return prepare_page(Got(found.encode(), url, "text/html"), 3)

    async def read_document(self, data: bytes, name: str = "", better: Better | None = None) -> Prepared:
        return prepare_document(data, name, better, 3)

    async def keep(self, prepared: Prepared, url: str = "", *, tags: Sequence[str] = ()) -> Added | Known:
        return await self.desk.file(prepared)


@dataclass
class There:
    world: World
    shelf: Shelf

    async def say(self, text: str, **fields: Any) -> Message:
        return (await self.world.say(text, **fields))[-1]

    async def send(self, name: str, data: bytes, caption: str = "") -> Message:
        self.world.server.send_document(self.world.reader, name, data, caption=caption)
        await self.world.settle()
        return self.world.server.transcript(self.world.reader)[-1]


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[There]:
    async with world(tmp_path, house=House(on_the_spot=5)) as made:
        shelf = Shelf(made.desk, {URL: PAGE})
        made.desk.scout = cast(Any, shelf)
        yield There(made, shelf)


def labels(message: Message) -> list[str]:
    return [button.text for button in message.buttons]


# --- what is handed in


async def test_a_link_becomes_a_briefing_that_is_not_kept(there: There) -> None:
    answer = await there.say(f"look at this: {URL}")
    assert answer.text.startswith("Harbour crane returns")
    assert "lifted its first container" in answer.text
    assert answer.text.endswith("Read for you alone; it is not kept here.")
    assert [(button.text, button.url) for button in answer.buttons] == [("In context", ""), ("Original", URL)]
    assert there.world.desk.count == 0


async def test_a_pasted_article_becomes_a_briefing(there: There) -> None:
    answer = await there.say(TEXT)
    assert answer.text.startswith("Harbour crane returns to work in Tarn\n")
    assert labels(answer) == ["In context"]
    assert there.world.desk.count == 0


async def test_a_link_in_a_pasted_article_is_not_followed(there: There) -> None:
    answer = await there.say(f"{TEXT} {URL}")
    assert answer.text.startswith("Harbour crane returns to work in Tarn\n")
    assert there.shelf.read_urls == []


@pytest.mark.parametrize("name", ["crane.txt", "CRANE.TXT", "crane.md", "crane.html", "crane.htm"])
async def test_a_document_becomes_a_briefing(there: There, name: str) -> None:
    data = PAGE if "htm" in name else TEXT
    answer = await there.send(name, data.encode())
    assert "lifted its first container" in answer.text


async def test_the_context_of_what_is_not_kept(there: There) -> None:
    answer = await there.say(TEXT)
    before = answer.text
    answer = await there.world.press(answer, "In context")
    assert "Fishermen in the harbour said" in answer.text
    answer = await there.world.press(answer, "‹ Briefing")
    assert answer.text == before


async def test_what_the_desk_has_is_shown_as_it_is_kept(there: There) -> None:
    await there.world.file(article(url="https://tarn.example/harbour/strike"))
    answer = await there.say("http://www.tarn.example/harbour/strike/?utm_source=chat")
    assert answer.text.startswith("Harbour strike ends in Tarn")
    assert "Save" in labels(answer)
    assert there.shelf.read_urls == []


async def test_a_page_that_calls_itself_by_a_known_address_is_the_kept_one(there: There) -> None:
    await there.world.file(article(url="https://tarn.example/harbour/strike"))
    canonical = '<link rel="canonical" href="https://tarn.example/harbour/strike"><title>'
    there.shelf.pages["https://tarn.example/amp/harbour/strike"] = PAGE.replace("<title>", canonical)
    answer = await there.say("https://tarn.example/amp/harbour/strike")
    assert answer.text.startswith("Harbour strike ends in Tarn")
    assert "Save" in labels(answer)


async def test_summary_of_an_unknown_link_reads_it_too(there: There) -> None:
    answer = await there.say(f"/summary {URL}")
    assert answer.text.startswith("Harbour crane returns")


async def test_in_a_group_an_unknown_link_is_not_read(there: There) -> None:
    group = there.world.server.group("Newsroom", there.world.reader)
    (answer,) = await there.world.say(f"/summary {URL}", chat=group)
    assert answer.text.startswith("That article is not in this desk.")
    assert there.shelf.read_urls == []


@pytest.mark.parametrize(
    ("said", "file", "is_meant"),
    [
        pytest.param(Said("good morning"), "", False, id="talk"),
        pytest.param(Said("x" * (ARTICLE - 1)), "", False, id="almost-long-enough"),
        pytest.param(Said("x" * ARTICLE), "", True, id="long-enough"),
        pytest.param(Said("see", links=(URL,)), "", True, id="link"),
        pytest.param(Said(), "notes.md", True, id="markdown"),
        pytest.param(Said("x" * ARTICLE), "photo.zip", False, id="another-kind-of-file"),
    ],
)
def test_what_is_meant_to_be_read(said: Said, file: str, is_meant: bool) -> None:
    assert meant(said, file) is is_meant


# --- what cannot be read


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        pytest.param(FetchError("", "not_found"), "There is nothing at this link.", id="not-found"),
        pytest.param(FetchError("", "private_address"), "This link leads into a private network", id="private"),
        pytest.param(FetchError("", "too_large"), "This is too large to be an article.", id="too-large"),
        pytest.param(FetchError("", "robots"), "Its site asks programs to stay away.", id="robots"),
        pytest.param(WallError("", "paywall"), "Its text is for subscribers.", id="wall"),
        pytest.param(WallError("", "empty"), "There is no article at this link", id="no-article"),
        pytest.param(KilledError(""), "Reading it took too long", id="killed"),
        pytest.param(InputError(""), "There is no article in this", id="nothing"),
    ],
)
async def test_what_cannot_be_read_is_said_in_plain_words(there: There, trouble: InputError, said: str) -> None:
    there.shelf.pages[URL] = trouble
    assert (await there.say(URL)).text.startswith(said)


async def test_a_document_that_is_too_large_is_not_fetched(there: There) -> None:
    answer = await there.send("novel.txt", b"x" * (LARGEST + 1))
    assert answer.text == "That document is too large to be an article."


async def test_a_document_without_an_article(there: There) -> None:
    answer = await there.send("empty.txt", b"   ")
    assert answer.text.startswith("There is no article in this")


async def test_where_a_post_s_link_cannot_be_read_its_own_text_is(there: There) -> None:
    there.shelf.pages[URL] = WallError("", "paywall")
    there.world.server.forward(there.world.reader, f"{TEXT}\n{URL}", channel="Harbour watch", username="harbourwatch")
    await there.world.settle()
    answer = there.world.server.transcript(there.world.reader)[-1]
    assert "lifted its first container" in answer.text
    assert "Harbour watch" in answer.text


# --- how many


async def test_each_has_so_many_a_day(there: There) -> None:
    for _ in range(5):
        assert "lifted" in (await there.say(TEXT)).text
    answer = await there.say(TEXT)
    assert answer.text.startswith("Those were 5 articles of your own today")
    assert "lifted" in (await there.say(TEXT, person=there.world.server.person("Sana"))).text


async def test_yesterday_s_do_not_count(there: There) -> None:
    yesterday = Spent(MORNING.date().replace(day=7), 5)
    await there.world.desk.readers.change(
        there.world.reader.id, lambda _: Reader(there.world.reader.id, spent=yesterday)
    )
    assert "lifted" in (await there.say(TEXT)).text


async def test_a_desk_that_reads_none_says_so(tmp_path: Path) -> None:
    async with world(tmp_path, house=House(on_the_spot=0)) as there:
        there.desk.scout = cast(Any, Shelf(there.desk))
        (answer,) = await there.say(TEXT)
        assert answer.text.startswith("This desk reads no articles of your own.")


async def test_where_nothing_goes_out_nothing_is_read(tmp_path: Path) -> None:
    async with world(tmp_path) as there:
        (answer,) = await there.say(URL)
        assert answer.text.startswith("This chat only shows the desk")


async def test_articles_of_one_person_are_read_in_turn(there: There) -> None:
    there.shelf.gate = asyncio.Event()
    first = "https://tarn.example/first"
    for url in (first, URL):
        there.world.server.say(there.world.reader, url)
    work = asyncio.create_task(there.world.settle())
    await there.shelf.begun.wait()
    assert there.shelf.read_urls == [first]
    there.shelf.gate.set()
    await work
    assert there.shelf.read_urls == [first, URL]


async def test_typing_is_shown_meanwhile(there: There) -> None:
    actions: list[str] = []
    there.world.server.listeners.append(lambda event: actions.append(event.text) if event.kind == "action" else None)
    await there.say(TEXT)
    assert actions == ["typing"]


# --- keeping


async def test_an_admin_keeps_it(there: There) -> None:
    admin = there.world.server.speaker("admin")
    answer = await there.say(URL, person=admin)
    assert "Keep it in the desk" in labels(answer)
    answer = await there.world.press(answer, "Keep it in the desk", person=admin)
    assert there.world.toasts == ["Kept in the desk."]
    assert "#1" in answer.text
    assert there.world.desk.count == 1
    again = await there.say(URL)
    assert "not kept" not in again.text


async def test_a_reader_cannot_keep_it(there: There) -> None:
    answer = await there.say(URL)
    there.world.server.press(there.world.reader, answer, replace(answer.buttons[0], data="pk:0:1"))
    await there.world.settle()
    assert there.world.toasts == ["Only the admins of this desk can do that."]
    assert there.world.desk.count == 0


@pytest.mark.parametrize("data", ["pp:0:1", "pp:0", "pc:0:1", "pc:0", "pp:0:1:2"])
async def test_a_button_whose_draft_is_gone_is_old(there: There, data: str) -> None:
    answer = await there.say(URL)
    there.world.server.press(there.world.reader, answer, replace(answer.buttons[0], data=data))
    await there.world.settle()
    assert there.world.toasts[0].startswith("This button is old")


# --- any text at all


@given(st.text(max_size=300))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_text_at_all_is_answered(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    async with world(tmp_path_factory.mktemp("any"), house=House(on_the_spot=1_000)) as there:
        there.desk.scout = cast(Any, Shelf(there.desk))
        padded = "".join(char for char in text if not "\ud800" <= char <= "\udfff").lstrip("/") + " and so on" * 40
        answers = await there.say(padded)
        assert len(answers) >= 1
