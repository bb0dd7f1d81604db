import json
from datetime import UTC, datetime
from typing import Any

import pytest

from summaries.errors import InputError
from summaries.intake.feeds import parse_feed
from summaries.models import Entry, Feed

ITEMS: list[dict[str, Any]] = [
    {
        "id": "https://ald.example.org/1",
        "url": "https://ald.example.org/1",
        "title": "Tide &amp; wind",
        "content_html": "<p>High. <a href='/map'>Map</a></p>",
        "date_published": "2022-08-08T09:00:00+02:00",
        "date_modified": "2022-08-08T10:00:00Z",
        "authors": [{"name": "Ana Kell"}, {"name": "Ivo Marn"}],
    },
    {"id": 2, "content_text": "a < b", "external_url": "/2"},
    {"id": "3", "url": "https://ald.example.org/3", "summary": "Short."},
]


def document(items: object = None, **fields: object) -> bytes:
    head = {"version": "https://jsonfeed.org/version/1.1", "title": "Ald", "home_page_url": "https://ald.example.org/"}
    return json.dumps({**head, "language": "en-GB", **fields, "items": ITEMS if items is None else items}).encode()


def test_a_json_feed_is_read_in_full() -> None:
    feed = parse_feed(document(), url="https://ald.example.org/feed.json")
    assert feed == Feed(
        title="Ald",
        link="https://ald.example.org/",
        language="en",
        entries=(
            Entry(
                id="https://ald.example.org/1",
                title="Tide & wind",
                link="https://ald.example.org/1",
                published=datetime(2022, 8, 8, 7, tzinfo=UTC),
                updated=datetime(2022, 8, 8, 10, tzinfo=UTC),
                author="Ana Kell, Ivo Marn",
                content="<p>High. <a href='https://ald.example.org/map'>Map</a></p>",
            ),
            Entry(id="2", link="https://ald.example.org/2", content="<p>a &lt; b</p>"),
            Entry(id="3", link="https://ald.example.org/3", summary="<p>Short.</p>"),
        ),
    )


def test_version_one_has_one_author_and_a_feeds_author_is_everyones() -> None:
    feed = parse_feed(document([{"id": "1", "author": {"name": "Ana"}}, {"id": "2"}], author={"name": "Ivo"}))
    assert [entry.author for entry in feed.entries] == ["Ana", "Ivo"]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + document(), id="mark"),
        pytest.param(b")]}'\n" + document(), id="guard"),
        pytest.param(document().replace(b"High.", b"Hi\ngh."), id="line break in a string"),
        pytest.param(document().replace(b"jsonfeed.org/version/1.1", b"example.org"), id="without version"),
        pytest.param(document() + b"junk", id="junk behind"),
        pytest.param(document().decode().encode("utf-16"), id="utf-16"),
    ],
)
def test_damage_that_costs_nothing(data: bytes) -> None:
    assert [entry.id for entry in parse_feed(data).entries] == ["https://ald.example.org/1", "2", "3"]


def test_items_before_a_cut_and_beside_damage_are_kept() -> None:
    whole = document()
    assert len(parse_feed(whole[:-20]).entries) == 2
    assert [entry.id for entry in parse_feed(whole.replace(b'"id": 2,', b'"id": oops,')).entries] == [
        "https://ald.example.org/1",
        "3",
    ]
    for end in range(60, len(whole), 5):
        try:
            found = parse_feed(whole[:end]).entries
        except InputError:
            continue
        assert [entry.id for entry in found] == ["https://ald.example.org/1", "2", "3"][: len(found)]


def test_an_id_that_is_an_address_stands_for_a_missing_one_and_no_id_is_invented() -> None:
    address = "https://ald.example.org/4"
    items = [{"id": address, "title": "t"}, {"url": address, "title": "t"}]
    assert parse_feed(document(items)).entries == (Entry(address, "t", page=address), Entry("", "t", address))


def test_items_of_no_use_are_left_out() -> None:
    assert parse_feed(document([{}, 1, None, [], {"id": True}, {"title": " "}, {"id": "4"}])).entries == (
        Entry(id="4"),
    )


@pytest.mark.parametrize(
    "data",
    [b"{}", b'{"items": []}', b'{"items": {}}', b"{", b'{"version": "https://jsonfeed.org/version/1"}', b"{" * 5000],
)
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="JSON"):
        parse_feed(data)


def test_a_json_feed_without_items_is_one() -> None:
    assert parse_feed(document([])).title == "Ald"
