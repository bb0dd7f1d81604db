from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.stats import on_disk
from handlers.texts import texts
from summaries.archive.store import SOURCES, SUBSCRIBERS, Put
from summaries.desk import open_desk
from summaries.figures import Figures
from summaries.models import Health, Slot, Source, Subscriber, Subscription
from tests.handlers.test_stats_pictures import made
from tests.handlers.world import MORNING, World, world


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[World]:
    """A desk with a source that brought much."""
    desk = await open_desk(f"tinydb:{tmp_path / 'desk'}")
    kept = Health(kept={MORNING.date().isoformat(): 1_234})
    source = Source(1, "https://tarn.example/feed", MORNING, name="The Tarn Mail <b>", health=kept)
    subscriber = Subscriber(5, subscriptions=(Subscription(slots=(Slot(1, 480),)),))
    await desk.store.commit([Put(SOURCES, source), Put(SUBSCRIBERS, subscriber)])
    await desk.close()
    async with world(tmp_path) as made_there:
        yield made_there


async def test_the_figures_and_their_picture(there: World) -> None:
    (shown,) = await there.say("/stats", person=there.server.speaker("admin"))

    for line in (
        "0 briefings in 0 stories",
        "0 today, 0 in 7 days, 0 in 30 days",
        "1 person, 1 chat, 1 with digests",
        "1 source; the most in 30 days",
        "1. The Tarn Mail <b>: 1,234",
        "0 sent today, 0 in 30 days",
        "0 refused today, 0 wait, 0 in doubt",
        "Running since 8 August 2022, 09:30 UTC.",
        "on the disk",
    ):
        assert line in shown.text


async def test_with_articles_there_is_a_picture_with_its_words(tmp_path: Path) -> None:
    now = datetime.now(UTC)  # the store files by its own clock
    async with world(tmp_path, clock=lambda: now) as there:
        await there.fill(3)
        (shown,) = await there.say("/stats", person=there.server.speaker("admin"))
        assert "3 today, 3 in 7 days, 3 in 30 days" in shown.text
        assert shown.attachment is not None
        assert shown.attachment.kind == "photo"


async def test_only_admins(there: World) -> None:
    (refused,) = await there.say("/stats")
    assert refused.text == "Only the admins of this desk can do that."


@pytest.mark.parametrize(
    ("size", "said"),
    [
        pytest.param(0, "0 kB on the disk", id="nothing"),
        pytest.param(999_900, "999.9 kB on the disk", id="kilobytes"),
        pytest.param(36_000_000, "36 MB on the disk", id="megabytes"),
        pytest.param(1_500_000_000, "1.5 GB on the disk", id="gigabytes"),
        pytest.param(2 * 10**16, "20,000 TB on the disk", id="very much"),
    ],
)
def test_sizes(size: int, said: str) -> None:
    figures: Figures = replace(made({}, [], {}), size=size)
    assert on_disk(figures, texts("en")) == said
