"""An admin's words to everybody, and words about a subscription."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from handlers.broadcasts import WORDS, broadcast, compose, word
from handlers.document import texts_of
from handlers.letters import Letter
from summaries.archive.store import BROADCASTS, OUTBOX, SUBSCRIBERS, Put
from summaries.desk import Desk, open_desk
from summaries.models import Delivery, Person, Subscriber

NOW = datetime(2031, 5, 20, 6, tzinfo=UTC)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await open_desk(f"tinydb:{tmp_path}")
    yield desk
    await desk.close()


def said(letter: Letter | None) -> list[str]:
    assert letter is not None
    return ["".join(texts_of(block)) for block in letter.opening]


async def test_everybody_who_may_be_written_to_gets_the_words(desk: Desk) -> None:
    people = [Subscriber(1), Subscriber(2, suspended="blocked"), Subscriber(-3, left=NOW), Subscriber(-4)]
    await desk.store.commit([Put(SUBSCRIBERS, person) for person in people])

    assert await broadcast(desk, "The desk moves tonight.", 9, NOW) == 2
    rows = [row async for row in desk.store.rows(OUTBOX)]
    assert [(row.chat, row.kind, row.state) for row in rows] == [
        (-4, "broadcast", "pending"),
        (1, "broadcast", "pending"),
    ]
    kept = await desk.store.get(BROADCASTS, rows[0].about)
    assert kept is not None
    assert (kept.text, kept.by) == ("The desk moves tonight.", 9)


async def test_lines_are_paragraphs_and_nothing_is_markup(desk: Desk) -> None:
    await desk.store.commit([Put(SUBSCRIBERS, Subscriber(1))])
    await broadcast(desk, "One <b>bold</b> line\n\n  and another  \n", 9, NOW)
    row = Delivery(1, 1, "broadcast", NOW, about=1)

    assert said(await compose(desk, row, Subscriber(1))) == ["One <b>bold</b> line", "and another"]


async def test_a_broadcast_is_composed_once_for_all(desk: Desk) -> None:
    await desk.store.commit([Put(SUBSCRIBERS, Subscriber(1))])
    await broadcast(desk, "The desk moves tonight.", 9, NOW)
    row = Delivery(1, 1, "broadcast", NOW, about=1)

    assert await compose(desk, row, Subscriber(1)) is await compose(desk, row, Subscriber(2))


@pytest.mark.parametrize("row", [Delivery(1, 1, "broadcast", NOW, about=77), word("unheard of", 0, 1, NOW)])
async def test_of_what_is_gone_nothing_is_said(desk: Desk, row: Delivery) -> None:
    assert await compose(desk, row, Subscriber(1)) is None


@pytest.mark.parametrize("which", WORDS)
async def test_every_word_says_something(desk: Desk, which: str) -> None:
    about = date(2031, 5, 20).toordinal()
    (line,) = said(await compose(desk, word(which, about, 1, NOW), Subscriber(1)))

    assert len(line) > 40
    assert "{" not in line


async def test_a_silent_day_is_named(desk: Desk) -> None:
    row = word("silent day", date(2031, 5, 20).toordinal(), 1, NOW)

    assert "20 May 2031" in said(await compose(desk, row, Subscriber(1)))[0]


async def told_now(desk: Desk, about: int, chat: int) -> Letter | None:
    row = Delivery(7, chat, "broadcast", NOW, about=about)
    return await compose(desk, row, await desk.subscribers.known(chat))


async def test_somebody_with_nothing_set_gets_the_words_too(desk: Desk) -> None:
    await desk.admit(Person(5))
    begun = await desk.broadcasting.begin("The desk moves tonight.", 9)
    assert said(await told_now(desk, begun.id, 5)) == ["The desk moves tonight."]


async def test_who_went_away_before_their_turn_gets_nothing(desk: Desk) -> None:
    """They had all deleted that was kept about them, or were kept out meanwhile."""
    await desk.admit(Person(5, access="blocked"))
    begun = await desk.broadcasting.begin("The desk moves tonight.", 9)
    assert await told_now(desk, begun.id, 5) is None
    assert await told_now(desk, begun.id, 6) is None


async def test_what_was_stopped_is_told_to_nobody_else(desk: Desk) -> None:
    await desk.admit(Person(5))
    begun = await desk.broadcasting.begin("The desk moves tonight.", 9)
    await desk.broadcasting.stop(begun.id)
    assert await told_now(desk, begun.id, 5) is None
