"""Articles placed by the desk that files them, and by the one that comes after a crash."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from summaries import placing
from summaries.archive.store import ARTICLES, BRIEFINGS, EVENTS, STORIES, Put, Store, open_store
from summaries.desk import Desk, open_desk
from summaries.errors import DiskError
from summaries.models import Article, Briefing, Filed, Story
from summaries.placing import NAME, Placer
from summaries.threads.stories import Threads
from tests.disks import Refusing
from tests.rivals import OP_ED, REPORT, News, everyday
from tests.telling import prepared_news, tell

NOW = datetime(2032, 9, 1, tzinfo=UTC)
STREAM = sorted([*everyday(16, seed=5), OP_ED, REPORT], key=lambda news: str(news.when))
FERRY = News(
    "Ferry capsizes off Velmora", "A ferry capsized in the bay of Velmora. Divers search the hull for people.", NOW
)
DIVERS = News("Divers at the ferry", "Divers search the hull of the ferry that capsized in the bay of Velmora.", NOW)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "desk"


async def opened(folder: Path) -> Desk:
    return await open_desk(f"tinydb:{folder}", clock=lambda: NOW)


@pytest.fixture
async def desk(folder: Path) -> AsyncIterator[Desk]:
    desk = await opened(folder)
    yield desk
    await desk.close()


async def stories(desk: Desk) -> dict[str, tuple[int, int]]:
    """The event and story of each briefing, by its headline and text."""
    return {f"{b.headline} {b.sentences[0].text}": await desk.place_of(b) async for b in desk.briefings()}


async def test_a_briefing_is_filed_with_its_event_and_story(desk: Desk) -> None:
    first, second = await tell(desk, FERRY), await tell(desk, DIVERS)

    assert (first.event, first.story, first.why) == (1, 1, ())
    assert (second.event, second.story) == (1, 1)
    assert {"ferry", "hull"} <= {word.lower() for word in second.why}
    event, story = await desk.store.get(EVENTS, 1), await desk.store.get(STORIES, 1)
    assert event
    assert event.briefings == (1, 2)
    assert story
    assert story.events == (1,)


async def test_a_new_event_of_a_story_is_kept_with_it(desk: Desk) -> None:
    first, *_, last = [await tell(desk, news) for news in STREAM if news in (OP_ED, REPORT)]
    story = await desk.store.get(STORIES, first.story)

    assert last.story == first.story
    assert story == Story(first.story, (first.event, last.event))


async def test_articles_that_come_at_once_are_placed_one_after_the_other(desk: Desk) -> None:
    news = [FERRY, DIVERS, *(FERRY._replace(text=f"{FERRY.text} {extra}.") for extra in ("Rain", "Gale", "Fog"))]
    filed = await asyncio.gather(*(desk.file(prepared_news(one)) for one in news))
    event = await desk.store.get(EVENTS, 1)

    assert [one.briefing.event for one in filed] == [1] * 5
    assert event
    assert event.briefings == (1, 2, 3, 4, 5)


@pytest.mark.parametrize("many", [1, 11])
@pytest.mark.parametrize("saved_every", [5, 2_048])
async def test_a_killed_desk_goes_on_as_one_that_was_not(
    folder: Path, tmp_path: Path, many: int, saved_every: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a kill leaves is what is on the disk when `file` returns."""
    monkeypatch.setattr(placing, "SAVED_EVERY", saved_every)
    desk = await opened(folder)
    for news in STREAM[:many]:
        await tell(desk, news)
    shutil.copytree(folder, tmp_path / "killed", ignore=shutil.ignore_patterns("index"))  # it is being written
    heir = await opened(tmp_path / "killed")
    for news in STREAM[many:]:
        await tell(desk, news)
        await tell(heir, news)

    assert await stories(heir) == await stories(desk)
    await desk.close()
    await heir.close()


async def test_a_desk_that_was_closed_goes_on_without_reading_its_articles(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await opened(folder)
    for news in (*STREAM, FERRY):
        await tell(desk, news)
    await desk.close()
    assert (folder / "threads" / NAME).exists()

    def forbidden(*_: object) -> None:
        raise AssertionError("nothing needs to be learned again")

    again = await opened(folder)
    with monkeypatch.context() as context:
        context.setattr(Placer, "_relearn", forbidden)
        briefing = await tell(again, DIVERS)
    assert briefing.event == (await again.latest(2))[1].event
    await again.close()


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda path: path.unlink(), id="deleted"),
        pytest.param(lambda path: path.write_bytes(b"nonsense"), id="overwritten"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-9]), id="cut"),
    ],
)
async def test_what_was_saved_can_be_made_again(folder: Path, harm: Callable[[Path], None]) -> None:
    desk = await opened(folder)
    first = await tell(desk, FERRY)
    await desk.close()
    harm(folder / "threads" / NAME)
    again = await opened(folder)

    assert (await tell(again, DIVERS)).event == first.event
    await again.close()


async def test_what_was_lost_is_made_again_at_once_and_places_as_if_it_had_not_been(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "MADE_AGAIN", 5)
    desk = await opened(folder)
    for news in STREAM[:12]:
        await tell(desk, news)
    await desk.close()
    shutil.copytree(folder, tmp_path / "lost", ignore=shutil.ignore_patterns("index"))
    (tmp_path / "lost" / "threads" / NAME).unlink()
    desk, heir = await opened(folder), await opened(tmp_path / "lost")
    first = [task for task in asyncio.all_tasks() if task.get_name() == "events"]
    for news in (*STREAM[12:], FERRY, DIVERS):
        await tell(desk, news)
        await tell(heir, news)

    assert len(first) == 1
    assert await stories(heir) == await stories(desk)
    await desk.close()
    await heir.close()


async def test_making_it_again_goes_on_where_it_was_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placing, "MADE_AGAIN", 4)
    desk = await opened(folder)
    for news in STREAM[:11]:
        await tell(desk, news)
    await desk.close()
    (folder / "threads" / NAME).unlink()
    read: list[int] = []
    relearn, many, halfway = Placer._relearn, 6, asyncio.Event()

    async def some(placer: Placer, threads: Threads, id: int, article: Article) -> None:
        read.append(id)
        if len(read) == many:
            halfway.set()
            await asyncio.Event().wait()
        await relearn(placer, threads, id, article)

    with monkeypatch.context() as context:
        context.setattr(Placer, "_relearn", some)
        desk = await opened(folder)
        await halfway.wait()
        await desk.close()
        many = 0
        desk = await opened(folder)
        await tell(desk, FERRY)
    assert read == [1, 2, 3, 4, 5, 6, *range(5, 12)]
    assert (await tell(desk, DIVERS)).event == 12
    await desk.close()


REWRITTEN = FERRY._replace(
    title="Owners insured twice", text="The owners of the Ilse Maren had insured her cargo of copper wire twice."
)
CARGO = News("The cargo of the Ilse Maren", "Copper wire was insured twice by the owners of the Ilse Maren.", NOW)


@pytest.mark.parametrize("when", ["at once", "after a restart", "after a kill"])
async def test_later_articles_go_by_what_a_revised_one_says_now(folder: Path, tmp_path: Path, when: str) -> None:
    desk = await opened(folder)
    first = await tell(desk, FERRY)
    if when != "at once":
        await desk.close()
        desk = await opened(folder)
        if when == "after a kill":
            await tell(desk, STREAM[0])
    assert await desk.revise(first.id, prepared_news(REWRITTEN))
    if when == "after a kill":
        shutil.copytree(folder, tmp_path / "killed", ignore=shutil.ignore_patterns("index"))
        await desk.close()
        desk = await opened(tmp_path / "killed")

    assert (await tell(desk, CARGO)).event == first.event
    assert (await tell(desk, DIVERS)).event != first.event
    await desk.close()


async def test_an_event_of_many_articles_stays_as_it_was_when_one_is_revised(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "REMADE", 1)
    first, second = await tell(desk, FERRY), await tell(desk, DIVERS)
    assert await desk.revise(second.id, prepared_news(REWRITTEN))

    assert (await tell(desk, DIVERS._replace(text=f"{DIVERS.text} Rain."))).event == first.event
    assert (await tell(desk, CARGO)).event != first.event


async def test_what_is_split_off_takes_its_words_along(desk: Desk) -> None:
    first, second = await tell(desk, FERRY), await tell(desk, DIVERS)
    own = await desk.split_story(second.id)

    assert (await tell(desk, DIVERS._replace(text=f"{DIVERS.text} Rain."))).story == own != first.story


async def test_what_was_saved_of_another_desk_is_not_believed(folder: Path, tmp_path: Path) -> None:
    """As after a backup was restored beside it: the ids say other things."""
    older, newer = await opened(folder), await opened(tmp_path / "newer")
    for news in STREAM[:5]:
        await tell(newer, news)
    await newer.close()
    await older.close()
    shutil.copytree(tmp_path / "newer" / "threads", folder / "threads")
    older = await opened(folder)

    assert (await tell(older, STREAM[0])).event == 1
    await older.close()


@pytest.fixture
async def store(folder: Path) -> AsyncIterator[Store]:
    store = await open_store(f"tinydb:{folder}")
    yield store
    await store.close()


async def filed(store: Store, placer: Placer, id: int, news: News, *, fails: bool = False) -> int:
    """The event of an article that is committed, or fails to be."""
    prepared = prepared_news(news)
    async with placer.place(id, prepared.vector, prepared.article.published) as placed:
        if fails:
            raise DiskError("the disk is full")
        briefing = Briefing(news.title, (), id=id, event=placed.event, story=placed.story)
        await store.commit([Put(BRIEFINGS, briefing), Put(ARTICLES, Filed(id, prepared.article)), *placed.changes])
    return placed.event


async def test_what_could_not_be_committed_was_never_placed(store: Store, folder: Path) -> None:
    placer = Placer(store, folder / "threads")
    with pytest.raises(DiskError):
        await filed(store, placer, 1, FERRY, fails=True)
    event = await filed(store, placer, 2, DIVERS)
    row = await store.get(EVENTS, event)

    assert row
    assert row.briefings == (2,)
    await placer.close()


async def test_what_waits_for_one_that_could_not_be_committed_is_placed_anew(store: Store, folder: Path) -> None:
    placer = Placer(store, folder / "threads")
    first, second, third = await asyncio.gather(
        filed(store, placer, 1, FERRY, fails=True),
        filed(store, placer, 2, DIVERS),
        filed(store, placer, 3, FERRY._replace(text=f"{FERRY.text} Rain.")),
        return_exceptions=True,
    )
    assert isinstance(first, DiskError)
    assert second == third
    row = await store.get(EVENTS, int(str(second)))
    assert row
    assert row.briefings == (2, 3)
    await placer.close()


async def test_one_that_gave_up_waiting_holds_up_nobody(store: Store, folder: Path) -> None:
    placer = Placer(store, folder / "threads")
    ferry = prepared_news(FERRY)
    async with placer.place(1, ferry.vector, ferry.article.published):
        waiting = asyncio.create_task(filed(store, placer, 2, DIVERS))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    assert await filed(store, placer, 3, DIVERS)
    await placer.close()


async def test_a_disk_that_refuses_costs_only_time(
    store: Store, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Refusing()
    disk.left = 0
    placer = Placer(store, folder / "threads", disk)
    await filed(store, placer, 1, FERRY)
    await placer.close()
    again = Placer(store, folder / "threads")

    assert "could not be saved" in caplog.text
    assert await filed(store, again, 2, DIVERS) == 1
    await again.close()


async def test_events_that_turn_out_to_be_one_are_one_in_the_archive_too(store: Store, folder: Path) -> None:
    between = "Prosecutors question the captain of the ferry as divers search its hull."
    texts = ["Divers search the hull of the ferry.", "Prosecutors question the captain.", between, f"Again {between}"]
    placer = Placer(store, folder / "threads")
    for id, text in enumerate(texts, start=1):
        await filed(store, placer, id, News("", text, NOW))
    kept, gone = await store.get(EVENTS, 1), await store.get(EVENTS, 2)
    story = await store.get(STORIES, 2)

    assert kept
    assert (kept.briefings, kept.absorbed) == ((1, 2, 3, 4), ((2, 4),))
    assert gone
    assert gone.into == 1
    assert story
    assert (story.events, story.into) == ((), 1)
    again = Placer(store, folder / "elsewhere")
    assert await filed(store, again, 5, News("", "Prosecutors question the captain.", NOW)) == 1
    await placer.close()
    await again.close()
