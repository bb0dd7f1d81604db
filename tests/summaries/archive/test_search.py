import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summaries.archive.query import Hint
from summaries.archive.search import Index, Results
from summaries.archive.store import ARTICLES, BRIEFINGS, Delete, Put, Store, open_store
from summaries.models import Briefing
from tests.news import DESK, NOW, day, news


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    await store.commit(DESK)
    yield store
    await store.close()


@pytest.fixture
async def index(store: Store, tmp_path: Path) -> AsyncIterator[Index]:
    index = await Index.open(store, tmp_path / "index")
    await index.catch_up()
    yield index
    await index.close()


def ids(results: Results) -> list[int]:
    return [hit.id for hit in results.hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("talk", {1}, id="another form of the word"),
        pytest.param("FERRY", {1, 2}, id="in the full text too"),
        pytest.param("dam ferry", {1, 2}, id="all words"),
        pytest.param("the dam in norvale", {1}, id="everyday words may be missing"),
        pytest.param('"talks about the Orrin dam"', {1}, id="phrase"),
        pytest.param('"about talks"', set(), id="phrase in another order"),
        pytest.param('"Monday nobody"', set(), id="no phrase across sentences of the briefing alone"),
        pytest.param("dam -ferry", {3}, id="without a word"),
        pytest.param('dam -"the owners"', {1, 3}, id="without a phrase"),
        pytest.param("-dam -ferry", {4, 5, 6, 7, 8, 9}, id="only negations"),
        pytest.param("cafe", {3}, id="without its accent"),
        pytest.param("source:courier", {1, 3}, id="word of the outlet"),
        pytest.param('source:"The Norvale Courier"', {1, 3}, id="outlet"),
        pytest.param("source:courier.example", {1}, id="host"),
        pytest.param("source:😀", set(), id="outlet of no letters"),
        pytest.param("source:courier source:ledger", {1, 2, 3}, id="either outlet"),
        pytest.param("-source:courier dam", {2}, id="not that outlet"),
        pytest.param("tag:water", {1, 2}, id="tag"),
        pytest.param("tag:WATER tag:courts", {2}, id="both tags"),
        pytest.param("tag:wat", set(), id="part of a tag"),
        pytest.param("kind:opinion", {3}, id="kind"),
        pytest.param("lang:ur,hi", {6, 7}, id="languages"),
        pytest.param("lang:Chinese", {4}, id="language by name"),
        pytest.param("-lang:en", {4, 5, 6, 7, 8}, id="not that language"),
        pytest.param("after:2031-05 lang:en", {2, 9}, id="undated counts from its receipt"),
        pytest.param("before:2031", {1}, id="before"),
        pytest.param("after:2031-01-10 before:2031-01-11", {3}, id="one day"),
        pytest.param("after:3d ferry", {2}, id="the last days"),
        pytest.param("中国", {4}, id="Chinese word"),
        pytest.param("中国经济", {4}, id="longer Chinese word"),
        pytest.param("国", {4}, id="one Chinese character"),
        pytest.param("京", {5}, id="one character, ending a pair"),
        pytest.param("会議", {5}, id="Japanese"),
        pytest.param("مذاکرات", {6}, id="Urdu"),
        pytest.param("مذاكرات", {6}, id="Urdu typed with an Arabic letter"),
        pytest.param("शहर", {7}, id="Hindi, another form"),
        pytest.param("کتاب", {8}, id="Arabic typed with a Persian letter"),
        pytest.param("lighthouse", {9}, id="undated"),
    ],
)
async def test_finds(index: Index, text: str, found: set[int]) -> None:
    results = await index.search(text, limit=20, now=NOW)
    if Hint("any_word") not in results.hints:
        assert set(ids(results)) == found
        assert results.total == len(found)
    else:
        assert not found


async def test_no_phrase_crosses_two_sentences_where_the_text_is_not_kept(store: Store, index: Index) -> None:
    await store.commit([Delete(ARTICLES, 1)])
    await index.catch_up()
    assert ids(await index.search('"monday nobody"', limit=5, now=NOW)) == []
    assert ids(await index.search('"Orrin dam"', limit=5, now=NOW)) == [1]


async def test_a_word_of_the_headline_counts_most(store: Store, index: Index) -> None:
    await store.commit([*news(20, "Storm at sea", "Nothing else."), *news(21, "At sea", "A storm passed.")])
    await store.commit(news(22, "At sea", "Nothing.", more=["A storm passed."]))
    await index.catch_up()
    assert ids(await index.search("storm", limit=5, now=NOW)) == [20, 21, 22]


async def test_of_two_alike_the_newer_leads(store: Store, index: Index) -> None:
    for id, year in ((20, 2027), (21, 2031), (22, 2029)):
        await store.commit(news(id, "Storm at sea", "A storm.", published=day(f"{year}-01-01")))
    await index.catch_up()
    assert ids(await index.search("storm", limit=5, now=NOW)) == [21, 22, 20]


async def test_without_words_the_newest_received_come_first(index: Index) -> None:
    assert ids(await index.search("lang:en", limit=3, now=NOW)) == [9, 3, 2]


@pytest.mark.parametrize(
    ("text", "total", "hints"),
    [
        pytest.param("lighthouse zeppelin", 1, [Hint("any_word")], id="some of the words"),
        pytest.param("zeppelin", 0, [], id="one word, nowhere"),
        pytest.param("zeppelin airship", 0, [], id="two words, nowhere"),
        pytest.param("😀 ()", 0, [Hint("empty")], id="no letter at all"),
        pytest.param("the", 4, [], id="only an everyday word"),
        pytest.param("ferry soruce:x", 2, [Hint("unknown_filter", "soruce"), Hint("any_word")], id="unknown filter"),
        pytest.param("ferry kind:poem", 2, [Hint("bad_kind", "poem")], id="bad value"),
    ],
)
async def test_hints(index: Index, text: str, total: int, hints: list[Hint]) -> None:
    results = await index.search(text, limit=5, now=NOW)
    assert (results.total, list(results.hints)) == (total, hints)


async def test_a_hit_shows_the_sentence_that_answers(index: Index) -> None:
    hit = (await index.search("talks", limit=1, now=NOW)).hits[0]
    assert hit.headline == (("Dam ", False), ("talks", True), (" resume in Norvale", False))
    assert hit.snippet == (("The ", False), ("talks", True), (" about the Orrin dam resumed on Monday.", False))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("regretted", "A ferry sank near", id="of the article, where the briefing has none"),
        pytest.param("talks harbour", "A ferry sank near", id="of the article, for what the headline lacks"),
        pytest.param("norvale", "The talks about", id="the first, where only the headline has it"),
        pytest.param("before:2031", "The talks about", id="the first, where nothing was looked for"),
    ],
)
async def test_the_sentence_that_is_shown(index: Index, text: str, shown: str) -> None:
    hit = (await index.search(text, limit=1, now=NOW)).hits[0]
    assert "".join(piece for piece, _ in hit.snippet).startswith(shown)


async def test_pages_follow_each_other(index: Index) -> None:
    first = await index.search("lang:en", limit=2, now=NOW)
    second = await index.search("lang:en", limit=2, offset=2, upto=first.upto, now=NOW)
    assert (first.total, ids(first), ids(second)) == (4, [9, 3], [2, 1])
    assert ids(await index.search("lang:en", limit=2, offset=4, upto=first.upto, now=NOW)) == []


async def test_pages_stay_as_they_were_while_articles_arrive(store: Store, index: Index) -> None:
    for id in range(20, 40):
        await store.commit(news(id, f"Storm number {id}", "A storm.", published=day(f"20{id}-01-01")))
    await index.catch_up()
    first = await index.search("storm", limit=5, now=NOW)
    for id in range(50, 90):
        await store.commit(news(id, "Storm", "A storm, a storm." if id % 2 else "Number of a sea."))
    await index.catch_up()
    rest = [await index.search("storm", limit=5, offset=offset, upto=first.upto, now=NOW) for offset in (5, 10, 15)]
    assert sorted(ids(first) + [id for page in rest for id in ids(page)]) == list(range(20, 40))
    assert {page.total for page in rest} == {20}
    assert (await index.search("storm", limit=5, now=NOW)).total == 60


async def test_deep_pages_repeat_nothing(store: Store, index: Index) -> None:
    await store.commit([change for id in range(100, 350) for change in news(id, "Storm", "A storm.")])
    await index.catch_up()
    first = await index.search("storm", limit=20, now=NOW)
    pages = [await index.search("storm", limit=20, offset=at, upto=first.upto, now=NOW) for at in range(20, 260, 20)]
    shown = ids(first) + [id for page in pages for id in ids(page)]
    assert sorted(shown) == list(range(100, 350))


async def test_an_older_upto_leaves_out_what_came_later(index: Index) -> None:
    results = await index.search("lang:en", limit=9, upto=2, now=NOW)
    assert (results.total, ids(results)) == (2, [2, 1])


async def test_what_is_deleted_leaves_its_page_at_once_and_the_index_soon(store: Store, index: Index) -> None:
    first = await index.search("ferry", limit=5, now=NOW)
    await store.commit([Delete(BRIEFINGS, 2), Delete(ARTICLES, 2)])
    assert ids(await index.search("ferry", limit=5, upto=first.upto, now=NOW)) == [1]
    await index.catch_up()
    assert (await index.search("ferry", limit=5, now=NOW)).total == 1


async def test_what_is_changed_is_found_by_its_new_words_alone(store: Store, index: Index) -> None:
    await store.commit(news(9, "Dated note", "The bell ringer retired."))
    await index.catch_up()
    assert ids(await index.search("bell", limit=5, now=NOW)) == [9]
    assert ids(await index.search("lighthouse", limit=5, now=NOW)) == []


async def test_what_is_withdrawn_keeps_its_row_and_leaves_the_index(store: Store, index: Index) -> None:
    await store.commit([Put(BRIEFINGS, Briefing("", (), id=9, received=NOW))])
    await index.catch_up()
    assert ids(await index.search("lighthouse", limit=5, now=NOW)) == []
    assert 9 not in ids(await index.search("-dam", limit=20, now=NOW))


async def test_an_empty_desk_answers(tmp_path: Path) -> None:
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    index = await Index.open(store, tmp_path / "index")
    await index.catch_up()
    assert await index.search("dam", limit=5, now=NOW) == Results(0, (), (), 0)
    await index.close()
    await store.close()


async def test_searches_beside_each_other_answer_each_their_own(index: Index) -> None:
    results = await asyncio.gather(*(index.search(text, limit=5, now=NOW) for text in ("talks", "court", "lighthouse")))
    assert [ids(each) for each in results] == [[1], [2], [9]]


PARTS = st.sampled_from(
    ['"', "-", ":", "(", ")", "*", "?", "[", "\\", "/", "^", "source:", "after:2", "lang:", "tag:", "id:1", "국", "国",
     " ", "\u202e", "\x00", "\ud800", "talks", "AND", "OR", "NOT", "مذاکرات", "😀", "'s"]
)  # fmt: skip


@given(text=st.lists(st.one_of(PARTS, st.text(max_size=6)), max_size=12).map("".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_anything_typed_gets_an_answer(index: Index, text: str) -> None:
    results = await index.search(text, limit=3, now=NOW)
    assert len(results.hits) <= min(3, results.total)


@pytest.mark.parametrize("text", ["x" * 10_000, "talks " * 2_000, "国" * 10_000, "(" * 10_000, "-a " * 3_000], ids=len)
async def test_a_long_query_is_answered_with_a_hint(index: Index, text: str) -> None:
    results = await index.search(text, limit=3, now=NOW)
    assert "too_long" in {hint.code for hint in results.hints}
