from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from threading import Event

import pytest

from summaries.bulk import Tally, import_lines
from summaries.desk import Desk, open_desk
from summaries.workers import Workers
from tests.articles import line_of


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    desk = await open_desk(f"tinydb:{tmp_path}")
    yield desk
    await desk.close()


async def imported(desk: Desk, lines: Iterable[bytes]) -> tuple[Tally, list[tuple[int, str]]]:
    refused: list[tuple[int, str]] = []
    async with Workers(processes=2) as workers:
        tally = await import_lines(desk, workers, lines, on_refused=lambda number, why: refused.append((number, why)))
    return tally, refused


async def test_lines_are_filed_in_their_order_and_known_by_their_ids(desk: Desk) -> None:
    tally, refused = await imported(desk, [line_of(number) for number in range(60)])
    assert (tally.added, tally.known, tally.skipped, refused) == (60, 0, 0, [])
    assert [briefing.ref async for briefing in desk.briefings()] == [str(number) for number in range(60)]


async def test_bad_lines_are_skipped_with_their_number_and_a_reason(desk: Desk) -> None:
    lines = [
        line_of(1),
        b"not json\n",
        b"\n",
        b'{"title": "No words"}\n',
        b'{"text": 7}\n',
        b'{"text": "  "}\n',
        b"[]\n",
        b'{"title": "A title", "text": "https://courier.example"}\n',
        b'"\xff"\n',
        line_of(2),
    ]
    tally, refused = await imported(desk, lines)
    assert (tally.added, tally.skipped) == (2, 7)
    assert [number for number, _ in refused] == [2, 4, 5, 6, 7, 8, 9]
    assert all(why and "\n" not in why for _, why in refused)


async def test_a_second_import_adds_nothing_and_goes_on_where_the_first_one_stopped(desk: Desk) -> None:
    lines = [line_of(number) for number in range(20)]
    await imported(desk, lines[:12])
    tally, _ = await imported(desk, lines)
    assert (tally.added, tally.known) == (8, 12)
    assert desk.count == 20


async def test_what_is_in_hand_is_filed_while_a_pipe_pauses(desk: Desk) -> None:
    filed = Event()

    def slow_pipe() -> Iterator[bytes]:
        yield line_of(1)
        yield line_of(2)
        assert filed.wait(60)  # until both are on the disk, which they never were while the reader blocked the loop
        yield line_of(3)

    def told(tally: Tally) -> None:
        if tally.added == 2:
            filed.set()

    async with Workers(processes=1) as workers:
        tally = await import_lines(desk, workers, slow_pipe(), on_progress=told)
    assert tally.added == 3


async def test_what_breaks_the_file_breaks_the_import(desk: Desk) -> None:
    def broken() -> Iterator[bytes]:
        yield line_of(1)
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        await imported(desk, broken())


async def test_progress_is_told_line_by_line_and_adds_up_to_the_file(desk: Desk) -> None:
    lines = [line_of(1), b"\n", b"nonsense\n", line_of(1), line_of(2)]
    seen: list[tuple[int, int]] = []
    async with Workers(processes=1) as workers:
        tally = await import_lines(
            desk, workers, lines, on_progress=lambda tally: seen.append((tally.lines, tally.bytes))
        )
    assert [count for count, _ in seen] == [1, 2, 3, 4]
    assert seen[-1][1] == tally.bytes == sum(map(len, lines))


async def test_the_fields_of_a_line_win_over_its_text(desk: Desk) -> None:
    line = line_of(3, title="Its own title", source="Sarn Herald", date="2026-02-03T04:05:06Z", lang="en")
    await imported(desk, [line])
    briefing = (await desk.latest(1))[0]
    assert (briefing.headline, briefing.outlet, briefing.made) == ("Its own title", "Sarn Herald", False)
    assert briefing.published is not None
    assert briefing.published.isoformat() == "2026-02-03T04:05:06+00:00"


async def test_a_line_of_html_is_read_as_a_page(desk: Desk) -> None:
    html = """<html><head><title>Vell closes its dam</title></head><body><article>
        <p>The dam at Vell was closed on Monday for repairs.</p>
        <p>Engineers found a crack in the eastern wall, and the lake will be lowered by two metres.</p>
        </article></body></html>"""
    tally, refused = await imported(desk, [line_of(1, text=None, title=None, html=html)])
    assert (tally.added, refused) == (1, [])
    assert (await desk.latest(1))[0].headline == "Vell closes its dam"
