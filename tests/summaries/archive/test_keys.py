import asyncio
import unicodedata
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.archive import keys as keys_module
from summaries.archive.keys import SHORTEST_TEXT, Keys, key_of, keys_of, withdraw
from summaries.archive.sorted_keys import NAME
from summaries.archive.store import ARTICLES, BRIEFINGS, TOMBSTONES, Put, Store, open_store
from tests.disks import Refusing
from tests.rows import WORDS, briefing, filed

NOW = datetime(2026, 11, 21, tzinfo=UTC)
MADE = keys_of(guid="feed.example 17", url="ostrava.example/night", text=WORDS)


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    yield store
    await store.close()


async def add(store: Store, *keys: int) -> int:
    id = store.next_id(BRIEFINGS)
    await store.commit([Put(BRIEFINGS, briefing(id, keys=keys)), Put(ARTICLES, filed(id))])
    return id


# --- What a key is


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"text": WORDS}, {"text": f"  {WORDS.upper()}\n"}, id="case and outer space"),
        pytest.param({"text": WORDS}, {"text": WORDS.replace(" ", "\u00a0\n\t")}, id="inner space"),
        pytest.param({"text": "é" * 80}, {"text": unicodedata.normalize("NFD", "é" * 80)}, id="composed or not"),
        pytest.param({"text": "ｆｅｒｒｙ " * 20}, {"text": "ferry " * 20}, id="wide letters"),
        pytest.param({"guid": "tag:ferry,2026:1"}, {"guid": " tag:ferry,2026:1\n"}, id="space around a guid"),
    ],
)
def test_the_same_article_has_the_same_key(one: dict[str, str], other: dict[str, str]) -> None:
    assert key_of(**one) == key_of(**other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"text": WORDS}, {"text": WORDS.replace("voted", "refused")}, id="another word"),
        pytest.param({"guid": WORDS}, {"url": WORDS}, id="guid and link"),
        pytest.param({"guid": WORDS}, {"text": WORDS.casefold()}, id="guid and text"),
        pytest.param({"guid": "A1"}, {"guid": "a1"}, id="guids know case"),
    ],
)
def test_another_article_has_another_key(one: dict[str, str], other: dict[str, str]) -> None:
    assert key_of(**one) != key_of(**other)


@pytest.mark.parametrize(
    "said",
    [{}, {"guid": "  "}, {"url": "\n"}, {"text": ""}, {"text": "x" * (SHORTEST_TEXT - 1)}, {"text": "x" + " " * 100}],
    ids=str,
)
def test_what_says_nothing_has_no_key(said: dict[str, str]) -> None:
    assert key_of(**said) is None
    assert keys_of(**said) == ()


@given(st.text(min_size=1))
def test_a_key_is_a_signed_64_bit_number(text: str) -> None:
    assert all(-(2**63) <= key < 2**63 for key in keys_of(guid=text, url=text, text=text * SHORTEST_TEXT))


# --- Finding


async def test_any_of_the_keys_finds_the_briefing(store: Store, tmp_path: Path) -> None:
    keys = await Keys.open(tmp_path / "keys", store)
    assert keys.find(MADE) is None
    await add(store, 1, 2)
    id = await add(store, *MADE)
    await keys.catch_up()
    assert [keys.find([key]) for key in MADE] == [id] * 3
    assert keys.find([99, MADE[2]]) == id
    assert keys.find([]) is None
    await keys.close()


async def test_a_withdrawn_briefing_is_still_recognised(store: Store, tmp_path: Path) -> None:
    id = await add(store, *MADE)
    row = await store.get(BRIEFINGS, id)
    assert row is not None
    await store.commit(withdraw(row, NOW))
    assert [await store.get(table, id) for table in (BRIEFINGS, ARTICLES)] == [None, None]
    kept = await store.get(TOMBSTONES, id)
    assert kept is not None
    assert (kept.keys, kept.withdrawn) == (MADE, NOW)
    keys = await Keys.open(tmp_path / "keys", store)
    assert keys.find(MADE) == id
    await keys.close()


async def test_keys_given_in_a_correction_are_known_beside_the_old(store: Store, tmp_path: Path) -> None:
    id = await add(store, 1, 2)
    keys = await Keys.open(tmp_path / "keys", store)
    await store.commit([Put(BRIEFINGS, briefing(id, keys=(2, 3)))])
    await keys.catch_up()
    assert [keys.find([key]) for key in (1, 2, 3)] == [id] * 3
    await keys.close()


# --- Deciding about a duplicate


async def test_of_many_that_add_the_same_article_one_does(store: Store, tmp_path: Path) -> None:
    keys = await Keys.open(tmp_path / "keys", store)

    async def add_once(mine: tuple[int, ...]) -> tuple[bool, int]:
        async with keys.claim(mine) as known:
            return (False, known) if known else (True, await add(store, *mine))

    others = [(number,) for number in range(100, 110)]
    found = await asyncio.gather(*(add_once(mine) for mine in [MADE, MADE[1:], *others, MADE[:1], MADE]))
    assert sum(new for new, _ in found) == 11
    assert {id for _, id in (found[0], found[1], found[-1], found[-2])} <= {found[0][1], found[1][1]}
    assert store.count(BRIEFINGS) == 11
    await keys.close()


async def test_after_one_that_failed_the_next_is_the_first(store: Store, tmp_path: Path) -> None:
    keys = await Keys.open(tmp_path / "keys", store)
    entered = asyncio.Event()

    async def fail() -> None:
        async with keys.claim(MADE):
            entered.set()
            await asyncio.sleep(0)
            raise OSError

    failing = asyncio.create_task(fail())
    await entered.wait()
    async with keys.claim(MADE) as known:
        assert known is None
        assert failing.done()
    with pytest.raises(OSError):  # noqa: PT011  # the one above
        await failing
    await keys.close()


async def test_one_that_is_cancelled_while_it_waits_holds_nobody_up(store: Store, tmp_path: Path) -> None:
    keys = await Keys.open(tmp_path / "keys", store)

    async def wait() -> None:
        async with keys.claim(MADE):
            pytest.fail("the first is still deciding")

    async with keys.claim(MADE[:1]):
        waiting = asyncio.create_task(wait())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
    async with keys.claim(MADE) as known:
        assert known is None
    await keys.close()


# --- The file


async def test_keys_are_kept_with_the_commit_that_they_have_seen(store: Store, tmp_path: Path) -> None:
    keys = await Keys.open(tmp_path / "keys", store)
    ids = [await add(store, number) for number in range(5)]
    await keys.close()
    ids.append(await add(store, 5))
    again = await Keys.open(tmp_path / "keys", store)
    assert (again.saved, again.seen) == (5, 6)
    assert [again.find([number]) for number in range(6)] == ids
    await again.close()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: None, id="missing"),
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:-5], id="cut at the end"),
        pytest.param(lambda data: data[16:], id="cut at the start"),
        pytest.param(lambda data: data[:3] + bytes([data[3] ^ 1]) + data[4:], id="a flipped bit"),
        pytest.param(lambda data: b"not our file, not at all, no", id="another file"),
    ],
)
async def test_a_file_that_is_not_whole_is_made_again(
    spoil: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys_module, "REBUILT_AT_ONCE", 2)
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    ids = [await add(store, number) for number in range(5)]
    row = await store.get(BRIEFINGS, 2)
    assert row is not None
    await store.commit(withdraw(row, NOW))
    await (await Keys.open(tmp_path / "keys", store)).close()
    await store.close()
    for _ in range(2):  # until the store no longer knows what changed when
        store = await open_store(f"tinydb:{tmp_path / 'desk'}")
        ids.append(await add(store, len(ids)))
        await store.close()
    path = tmp_path / "keys" / NAME
    data = spoil(path.read_bytes())  # type: ignore[operator]
    path.unlink() if data is None else path.write_bytes(data)
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    keys = await Keys.open(tmp_path / "keys", store)
    assert [keys.find([number]) for number in range(7)] == ids
    assert keys.saved == store.sequence
    await keys.close()
    await store.close()


async def test_keys_of_a_later_desk_are_not_believed(store: Store, tmp_path: Path) -> None:
    """A desk that was restored from a backup is behind the keys that were left beside it."""
    keys = await Keys.open(tmp_path / "keys", store)
    for number in range(3):
        await add(store, number)
    await keys.close()
    earlier = await open_store(f"tinydb:{tmp_path / 'restored'}")
    id = await add(earlier, 2)
    again = await Keys.open(tmp_path / "keys", earlier)
    assert [again.find([number]) for number in range(3)] == [None, None, id]
    await again.close()
    await earlier.close()


async def test_a_reader_knows_the_keys_and_writes_none(tmp_path: Path) -> None:
    store = await open_store(f"tinydb:{tmp_path / 'desk'}")
    id = await add(store, *MADE)
    reader = await open_store(f"tinydb:{tmp_path / 'desk'}", readonly=True)
    keys = await Keys.open(tmp_path / "keys", reader)
    assert keys.find(MADE) == id
    await keys.close()
    assert not (tmp_path / "keys").exists()
    await store.close()


async def test_keys_that_cannot_be_saved_are_still_found(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    disk = Refusing()
    keys = await Keys.open(tmp_path / "keys", store, disk=disk)
    ids = [await add(store, number) for number in range(3)]
    disk.left = 10
    await keys.close()
    assert "Keys are not saved" in caplog.text
    assert [keys.find([number]) for number in range(3)] == ids
    disk.mend()
    await keys.close()
    assert keys.saved == store.sequence


@settings(max_examples=10, deadline=None)
@given(steps=st.lists(st.sampled_from(["add", "add", "again", "reopen", "withdraw"]), max_size=14))
def test_keys_are_those_of_the_store_whenever_they_were_merged(
    steps: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("keys")

    async def live() -> None:
        store = await open_store(f"tinydb:{folder / 'desk'}")
        keys = await Keys.open(folder / "keys", store)
        model: dict[int, int] = {}
        for number, step in enumerate(steps):
            if step == "add":
                mine = (number * 7919 % 13 - 6, 100 + number)
                id = await add(store, *mine)
                model |= dict.fromkeys(mine, id)
            elif step == "again":
                await keys.catch_up()
            elif step == "withdraw" and (newest := await store.newest(BRIEFINGS, 1)):
                await store.commit(withdraw(newest[0], NOW))
                model |= dict.fromkeys(newest[0].keys, newest[0].id)
            elif step == "reopen":
                await keys.close()
                keys = await Keys.open(folder / "keys", store)
        await keys.catch_up()
        assert {key: keys.find([key]) for key in model} == model
        await keys.close()
        await store.close()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys_module, "RECENT", 3)
        patch.setattr(keys_module, "REBUILT_AT_ONCE", 4)
        asyncio.run(live())
