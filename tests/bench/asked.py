"""What people ask of stories, at 100,000 briefings: CPU from the question to the document, on the loop and in all.

The loop's own CPU is what everybody else waits for; what takes longer is done in threads. One story has 2,000 articles,
the others one to four. Beside them stands /summary, which asks for one briefing and the name of its story.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from handlers import moving, opened, story_commands
from handlers.access import Role
from handlers.asked import Asked
from handlers.document import Document
from handlers.press import Press
from handlers.story_pages import MORE_NEWS, STORY
from handlers.texts import texts
from summaries.archive.store import ARTICLES, BRIEFINGS, EVENTS, STORIES, Change, Put, open_store
from summaries.desk import Desk, open_desk
from summaries.memory import settle
from summaries.models import Briefing, Chosen, Event, Filed, Person, Story, instant
from tests.bench.search import World

SIZE = 100_000
LONG = 2_000
"""Articles of the long story, which is number 1; one in twenty of the newest is of it."""
ASKED = 150
A_DAY = 1_500
NOW = datetime(2030, 6, 1, 12, tzinfo=UTC)
LIMIT = 20.0

Question = Callable[[int], Awaitable[Document | None]]


def main() -> None:
    asyncio.run(_main())


async def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"tinydb:{Path(folder) / 'desk'}"
        await filled(url, World(words=20_000, paragraphs=2_000))
        desk = await open_desk(url, readonly=True, clock=lambda: NOW)
        settle()
        try:
            Console().print(await _measured(desk))
        finally:
            await desk.close()


async def filled(url: str, world: World) -> None:
    """A desk of `SIZE` briefings in stories, and the articles of the long one."""
    store = await open_store(url)
    for chunk in track(list(_chunks()), description="A desk of 100,000 briefings", transient=True):
        await store.commit([change for id, story in chunk for change in _filed(world, id, story)])
    stories = _stories()
    changes: list[Change] = []
    for story, ids in stories.items():
        events = [ids[at : at + 8] for at in range(0, len(ids), 8)]
        changes += [Put(EVENTS, Event(event[0], story, tuple(event))) for event in events]
        changes.append(Put(STORIES, Story(story, tuple(event[0] for event in events))))
    for at in range(0, len(changes), 5_000):
        await store.commit(changes[at : at + 5_000])
    await store.close()


def _story_of() -> list[int]:
    """The story of each briefing, by its id."""
    chance = random.Random(4)
    newest = SIZE - LONG * 20
    told = [0]
    for id in range(1, SIZE + 1):
        if id > newest and id % 20 == 0:
            told.append(1)
        else:
            told.append(2 + (id - chance.randint(0, 3)) // 2)
    return told


def _stories() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for id, story in enumerate(_story_of()[1:], start=1):
        found.setdefault(story, []).append(id)
    return found


def _chunks() -> Iterator[list[tuple[int, int]]]:
    told = _story_of()
    for start in range(1, SIZE + 1, 1_000):
        yield [(id, told[id]) for id in range(start, min(start + 1_000, SIZE + 1))]


def _filed(world: World, id: int, story: int) -> list[Change]:
    chance = random.Random(id)
    lead = chance.choice(world.paragraphs)
    headline = " ".join(chance.choice(world.paragraphs)[0].split()[:9])
    when = instant(NOW - timedelta(days=(SIZE - id) / A_DAY))
    row = Briefing(
        headline, tuple(Chosen(lead[place], place) for place in range(3)), id, outlet=f"Outlet {id % 97}",
        published=when, received=when, language="en", event=_event_ids()[id], story=story, source=1 + id % 97,
    )  # fmt: skip
    article = [Put(ARTICLES, Filed(id, world.article(id)))] if story == 1 else []
    return [Put(BRIEFINGS, row), *article]


_EVENTS: dict[int, int] = {}


def _event_ids() -> dict[int, int]:
    """The event of each briefing: the id of its first one."""
    if not _EVENTS:
        for ids in _stories().values():
            _EVENTS.update({id: ids[place // 8 * 8] for place, id in enumerate(ids)})
    return _EVENTS


async def _measured(desk: Desk) -> Table:
    told = _story_of()
    chance = random.Random(9)
    small = [told[chance.randint(1, SIZE)] for _ in range(ASKED)]
    small = [story if story > 1 else 2 for story in small]
    since = int((NOW - timedelta(hours=6)).timestamp() * 1000)

    def asked(words: str = "") -> Asked:
        return Asked(desk, texts("en"), Person(1, "Ann"), Role.READER, private=True, now=NOW, words=words)

    questions: dict[str, Question] = {
        "/summary": lambda n: _opened(asked(), chance.randint(1, SIZE)),
        "/story, small": lambda n: story_commands.story(asked(str(small[n]))),
        "/story, 2,000 articles, first": lambda n: story_commands.story(asked("1")) if not n else _nothing(),
        "/story, 2,000 articles": lambda n: story_commands.story(asked("1")),
        "its button": lambda n: story_commands.show_story(asked(), Press(STORY, (1,))),
        "what is new in it, first": lambda n: _news(asked(), since) if not n else _nothing(),
        "what is new in it": lambda n: _news(asked(), since),
        "/stories": lambda n: moving.stories(asked()),
        "/since 1d": lambda n: moving.since(asked("1d")),
    }
    table = Table(title=f"Stories asked for, {desk.count:,} briefings: milliseconds of CPU")
    for heading in ("question", "loop, median", "loop, p99", f"loop ≤ {LIMIT:g}", "all threads, median", "of those"):
        table.add_column(heading, justify="left" if heading == "question" else "right")
    for name, ask in questions.items():
        table.add_row(name, *await _row(ask))
    return table


async def _opened(asked: Asked, id: int) -> Document | None:
    return await opened.show_briefing(asked, Press("b", (id,)))


async def _news(asked: Asked, since: int) -> Document | None:
    return await story_commands.show_more_news(asked, Press(MORE_NEWS, (1, since, 0)))


async def _nothing() -> None:
    return None


async def _row(ask: Question) -> list[str]:
    loop, together = [], []
    for number in range(ASKED):
        began, began_all = time.thread_time(), time.process_time()
        if await ask(number) is None:
            continue
        loop.append(1000 * (time.thread_time() - began))
        together.append(1000 * (time.process_time() - began_all))
    loop.sort()
    together.sort()
    p99 = loop[min(len(loop) - 1, int(len(loop) * 0.99))]
    verdict = "yes" if p99 <= LIMIT else "no"
    return [f"{loop[len(loop) // 2]:.2f}", f"{p99:.2f}", verdict, f"{together[len(together) // 2]:.2f}", str(len(loop))]


if __name__ == "__main__":
    main()
