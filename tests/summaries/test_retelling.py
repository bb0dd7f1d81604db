from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from summaries.archive.store import ARTICLES, BRIEFINGS, Delete, Put, Store, open_store
from summaries.editing.brief import brief
from summaries.editing.clean import clean
from summaries.models import Filed, Length, Page
from summaries.retelling import Retelling

TEXT = "\n".join(
    (
        "The pier of Velmora will stay closed until May after a storm tore away its northern half in January.",
        "Harbour master Edda Quist said that divers found cracks in eleven of the forty pillars under the pier.",
        "The repairs cost 4.5 million crowns, of which the county pays a third and the ferry company the rest.",
        "Ferries to the islands leave from the coal quay, half an hour later than the timetable says.",
        "Traders on the promenade expect to lose the whole spring season, their association wrote to the mayor.",
        "A wooden pier stood in the same place from 1871 until a fire destroyed it on a night in August.",
        "The new planks are of oak from Norvale, which lasts longer in salt water than the pine used so far.",
        "Two cranes will stand on a barge in front of the beach, and swimmers have to keep away from it.",
        "The mayor has promised to open the southern half at weekends as soon as a fence is up.",
        "Fishing from the southern half stays forbidden because lines would catch in the machines.",
    )
)
ARTICLE = clean(Page(TEXT, title="Pier of Velmora stays closed until May", language="en"))
KEPT = replace(brief(ARTICLE), id=1, outlet="The Velmora Post", story=7)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"tinydb:{tmp_path}")
    await store.commit([Put(BRIEFINGS, KEPT), Put(ARTICLES, Filed(1, ARTICLE))])
    yield store
    await store.close()


@pytest.mark.parametrize(
    ("length", "least", "most"),
    [pytest.param("short", 20, 60, id="short"), pytest.param("long", 110, 180, id="long")],
)
async def test_a_briefing_is_told_in_the_length_that_is_asked_for(
    store: Store, length: Length, least: int, most: int
) -> None:
    retelling = Retelling(store)

    told = await retelling.retold(KEPT, length)
    again = await retelling.retold(KEPT, length)

    assert least <= sum(len(chosen.text.split()) for chosen in told.sentences) <= most
    assert all(chosen.text in TEXT for chosen in told.sentences)
    assert replace(told, sentences=()) == replace(KEPT, sentences=())
    assert again == told


async def test_the_normal_length_is_the_one_that_is_kept(store: Store) -> None:
    retelling = Retelling(store)

    assert await retelling.retold(KEPT, "normal") is KEPT


async def test_what_changed_is_told_anew(store: Store) -> None:
    retelling = Retelling(store)
    before = await retelling.retold(KEPT, "long")
    shorter = clean(Page("\n".join(TEXT.splitlines()[:4]), title=ARTICLE.title, language="en"))
    await store.commit([Put(ARTICLES, Filed(1, shorter))])

    after = await retelling.retold(replace(KEPT, updated=datetime(2031, 5, 20, tzinfo=UTC)), "long")

    assert len(after.sentences) < len(before.sentences)


async def test_without_its_article_a_briefing_is_told_as_it_is(store: Store) -> None:
    retelling = Retelling(store)
    await store.commit([Delete(ARTICLES, 1)])

    assert await retelling.retold(KEPT, "short") == KEPT
