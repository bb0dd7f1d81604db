"""The sample articles, and the tour on them."""

import asyncio
import io
import os
import re
from pathlib import Path

import pytest
from rich.console import Console

from bot.config import Config, load
from bot.demo import FOLDER, samples
from bot.demo.tour import FAREWELL, TOUR, fill, tour
from summaries.desk import open_desk
from summaries.models import Article, Briefing
from tests.picture import LINES, PICTURE


@pytest.fixture
def config() -> Config:
    return load(None, {})


Filed = tuple[list[Briefing], list[Article | None]]


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory) -> Filed:
    """What the desk of the demo holds."""

    async def read() -> Filed:
        desk = await open_desk(f"tinydb:{tmp_path_factory.mktemp('demo')}/data")
        try:
            await fill(desk, 3, Console(quiet=True))
            briefings = [briefing async for briefing in desk.briefings()]
            return briefings, [await desk.article(briefing.id) for briefing in briefings]
        finally:
            await desk.close()

    return asyncio.run(read())


@pytest.fixture(scope="module")
def briefings(filed: Filed) -> list[Briefing]:
    return filed[0]


def test_every_article_in_the_folder_is_listed_once() -> None:
    files = {path.name for path in FOLDER.iterdir() if path.suffix in {".txt", ".md", ".html"}}

    assert sorted(sample.file for sample in samples()) == sorted(files)


@pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.file)
def test_an_article_is_short_and_links_to_a_place_that_cannot_exist(sample) -> None:  # type: ignore[no-untyped-def]
    words = re.sub(r"<[^>]*>", " ", sample.path.read_text(encoding="utf-8")).split()

    assert 150 <= len(words) <= 350
    assert re.fullmatch(r"https://[a-z-]+\.example/[a-z0-9/-]+", sample.url)


def test_every_article_is_read_in_full(briefings: list[Briefing]) -> None:
    met = [
        (outlet, briefing) for briefing in briefings for outlet in (briefing.outlet, *(c.outlet for c in briefing.also))
    ]
    assert [outlet for outlet, _ in met] == [sample.outlet for sample in samples()]
    assert [briefing.headline for briefing in briefings if briefing.made] == []
    assert [briefing.headline for briefing in briefings if len(briefing.sentences) != 3] == []
    dates = [briefing.published.date() for briefing in briefings if briefing.published]
    assert len(dates) == len(samples()) - 1  # one is a copy
    assert dates == sorted(dates)


def test_there_are_several_languages_one_opinion_and_a_wire_copy(briefings: list[Briefing]) -> None:
    assert {briefing.language for briefing in briefings} == {"en", "fr", "ur"}
    assert [briefing.headline for briefing in briefings if briefing.kind == "opinion"] == ["A treaty with a leak"]
    assert [(found.outlet, copy.outlet) for found in briefings for copy in found.also] == [
        ("Northern Wire Service", "Quillane Gazette")
    ]


@pytest.mark.parametrize(
    "furniture",
    ["Share ", "Leave a comment", "Also read", "Read:", "Read more", "Lire aussi", "taught hydrology", "bertil.aske@"],
)
def test_no_furniture_is_among_the_sentences(filed: Filed, furniture: str) -> None:
    sentences = [sentence for article in filed[1] if article is not None for sentence in article.sentences]

    assert len(sentences) > 100
    assert [sentence for sentence in sentences if furniture in sentence] == []


async def test_the_tour_shows_everything_and_keeps_nothing(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    console = Console(file=io.StringIO(), width=100)

    await tour(config, console, interactive=False)

    shown = console.file.getvalue()  # type: ignore[attr-defined]
    places = [shown.find(step.word[:40]) for step in TOUR]
    assert -1 not in places
    assert places == sorted(places)
    assert FAREWELL[:40] in shown
    assert "went wrong" not in shown
    assert "there is no button" not in shown
    assert "سینٹ اسٹار" in shown
    assert "Nothing found" in shown
    assert os.listdir() == []


def test_the_picture_is_of_the_conversation_that_it_is_drawn_from() -> None:
    picture = PICTURE.read_text(encoding="utf-8").replace("&#160;", " ")

    assert [line for line in LINES if len(line) > 1 and f"&gt; {line}" not in picture] == []
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "").replace("https://www.textualize.io", "")
