"""What a worker makes of entries: their identity, and the article of each."""

from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from summaries.errors import InputError
from summaries.models import Article, Entry, Source, Span
from summaries.pipeline import same_story
from summaries.polled import Got, Polled, identified, look_at, prepare_entry, prepare_page, read_feed
from tests.newsstand import FEED, NOW, SITE, Story, page, rss, stories

SOURCE = Source(3, FEED, NOW, name="The Courier", site=f"{SITE}/", language="en")
ENTRY = Entry("guid-1", "Item 1 is voted on", Story(1).url, published=NOW, author="Mira Daloun")
SAID = "The council of Pell voted on Monday to open the tram line again. It had been closed since the flood of March."


def got(story: Story | None = None) -> Got:
    story = story or Story(1)
    return Got(page(story), story.url, "text/html; charset=utf-8")


def keys(**fields: object) -> tuple[int, ...]:
    return identified([replace(ENTRY, **fields)], 3)[0].keys


def fingerprint(**fields: object) -> int:
    return identified([replace(ENTRY, **fields)], 3)[0].fingerprint


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"id": "other"}, id="another guid"),
        pytest.param({"link": f"{SITE}/other"}, id="another link"),
        pytest.param({"id": "other", "published": None}, id="another guid, no date"),
        pytest.param({"title": "Another", "summary": "text"}, id="another text"),
        pytest.param({"link": ENTRY.link.replace("https", "http") + "?utm_medium=rss#top"}, id="the link otherwise"),
    ],
)  # fmt: skip
def test_one_key_in_common_is_enough(fields: dict[str, object]) -> None:
    assert set(keys()) & set(keys(**fields))


def test_an_entry_without_an_id_is_known_by_its_title_and_date() -> None:
    bare = Entry("", "The tide today", published=NOW, summary="High at nine.")
    told = [bare, replace(bare, published=NOW - timedelta(days=1)), replace(bare, summary="High at ten.")]
    first, other_day, other_text = identified(told, 3)

    assert not set(first.keys) & set(other_day.keys)
    assert set(first.keys) & set(other_text.keys)


def test_entries_with_nothing_in_them_are_not_counted() -> None:
    data = b"<rss version='2.0'><channel><title>Pell</title><item/><item><title>One</title></item></channel></rss>"

    assert [item.entry.title for item in read_feed(data, FEED, "", 3).items] == ["One"]
    assert look_at(Got(data, FEED, "application/rss+xml"), NOW).entries == 1


def test_guids_count_within_their_source_only() -> None:
    one, other = (identified([replace(ENTRY, link="", published=None)], source)[0].keys for source in (1, 2))

    assert not set(one) & set(other)


def test_an_entry_with_nothing_of_its_own_is_known_by_its_title() -> None:
    listed = [Entry("1", title, f"{SITE}/") for title in ("One", "Two", "Three")]
    first, second = identified(listed, 3), identified(listed[::-1], 3)

    assert len({item.keys for item in first}) == 3
    assert {item.keys for item in first} == {item.keys for item in second}
    assert all(item.keys for item in first)


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        pytest.param({"id": "x", "link": f"{SITE}/x", "published": None}, True, id="ids, links and dates"),
        pytest.param({"summary": "<p></p>"}, True, id="markup"),
        pytest.param({"title": "Item 1 is settled"}, False, id="the title"),
        pytest.param({"summary": "Something else."}, False, id="the text"),
        pytest.param({"updated": NOW}, False, id="the date of an update"),
    ],
)
def test_the_fingerprint_is_of_what_would_be_read(fields: dict[str, object], same: bool) -> None:
    assert (fingerprint() == fingerprint(**fields)) is same


def test_a_feed_says_what_it_is() -> None:
    polled = read_feed(rss(stories(2)), FEED, "application/rss+xml", 3)

    assert (polled.title, polled.site, polled.language) == ("The Norvale Courier", f"{SITE}/", "en")
    assert [item.entry.title for item in polled.items] == ["Item 2 is voted on", "Item 1 is voted on"]
    assert isinstance(polled, Polled)


def prepared(entry: Entry = ENTRY, answer: Got | None = None, source: Source = SOURCE) -> Article:
    return prepare_entry(entry, answer, source, 2, NOW).article


def test_the_page_is_read_and_the_feed_adds_what_it_knows() -> None:
    article = prepared(answer=got())

    assert (article.origin, article.title, article.author) == ("page", "Item 1 is voted on", "Mira Daloun")
    assert (article.published, article.outlet, article.language) == (NOW, "The Courier", "en")
    assert article.url == Story(1).url


@pytest.mark.parametrize(
    ("feed", "found", "title"),
    [
        pytest.param("Item 1 is voted on", "Something of the page", "Item 1 is voted on", id="the feed's wins"),
        pytest.param("The council of Pell votes …", "The council of Pell votes on trams",
                     "The council of Pell votes on trams", id="unless it is cut off"),
        pytest.param("", "The council of Pell votes on trams", "The council of Pell votes on trams", id="or missing"),
    ],
)  # fmt: skip
def test_which_title_it_has(feed: str, found: str, title: str) -> None:
    assert prepared(replace(ENTRY, title=feed), got(Story(1, title=found))).title == title


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        pytest.param(NOW - timedelta(days=3), NOW, NOW - timedelta(days=3), id="the feed's"),
        pytest.param(None, NOW, NOW, id="else when it was updated"),
        pytest.param(NOW + timedelta(days=9), None, None, id="never the future"),
        pytest.param(None, None, None, id="never a guess"),
    ],
)
def test_which_date_it_has(published: datetime | None, updated: datetime | None, expected: datetime | None) -> None:
    assert prepared(replace(ENTRY, published=published, updated=updated), got()).published == expected


def test_an_article_of_elsewhere_is_not_the_source_s() -> None:
    elsewhere = Story(1, site="https://ledger.example")

    assert prepared(replace(ENTRY, link=elsewhere.url), got(elsewhere)).outlet == "ledger.example"


@pytest.mark.parametrize(
    ("canonical", "asked", "kept"),
    [
        pytest.param("/2031/05/item-1-is-voted-on", "/amp/item-1-is-voted-on", True, id="of the article"),
        pytest.param("/news", "/news/item-1-is-voted-on", False, id="of its section"),
        pytest.param("/", "/news/item-1-is-voted-on", False, id="of the site"),
        pytest.param("https://elsewhere.example/item-1-is-voted-on", "/item-1-is-voted-on", False, id="of others"),
    ],
)  # fmt: skip
def test_a_page_s_own_address_is_believed_if_it_is_one_of_the_article(canonical: str, asked: str, kept: bool) -> None:
    address = canonical if canonical.startswith("http") else SITE + canonical
    body = page(Story(1)).replace(b"<title>", f'<link rel="canonical" href="{address}"><title>'.encode())
    article = prepared(answer=Got(body, SITE + asked, "text/html"))

    assert article.url == (address if kept else SITE + asked)


@pytest.mark.parametrize(
    ("body", "wall"),
    [
        pytest.param(page(Story(1)), "", id="an article"),
        pytest.param(b"<html><body></body></html>", "empty", id="nothing"),
        pytest.param(b"\x00\x01\x02\x03" * 100, "empty", id="no page"),
        pytest.param(
            b"<html><title>Just a moment...</title><body><p>Verify you are human to go on.</p></body></html>",
            "challenge", id="a challenge",
        ),
    ],
)  # fmt: skip
def test_what_stood_in_the_page_s_place_is_kept(body: bytes, wall: str) -> None:
    said = replace(ENTRY, summary="The council of Pell voted on Monday to open the tram line again. It was closed.")
    made = prepare_entry(said, Got(body, Story(1).url, "text/html"), SOURCE, 2, NOW)

    assert (made.wall, made.article.origin) == (wall, "feed" if wall else "page")


def test_what_neither_page_nor_feed_says_is_refused() -> None:
    with pytest.raises(InputError):
        prepared(answer=Got(b"<html></html>", Story(1).url))
    with pytest.raises(InputError, match="feed has no text"):
        prepared()


def test_a_page_of_plain_text_is_read_as_such() -> None:
    article = prepared(answer=Got(f"{SAID}\n\n{SAID} Again.".encode(), f"{SITE}/item-1.txt", "text/plain"))

    assert (article.origin, article.url) == ("page", f"{SITE}/item-1.txt")
    assert article.text.startswith("The council of Pell")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(Article("One. Two.", (Span(0, 4, 0), Span(5, 9, 0)), title="A"), True, id="the same"),
        pytest.param(Article("Two. One.", (Span(0, 4, 0), Span(5, 9, 0)), title="A"), True, id="in another order"),
        pytest.param(Article("One. Six.", (Span(0, 4, 0), Span(5, 9, 0)), title="A"), False, id="another sentence"),
        pytest.param(Article("One. Two.", (Span(0, 4, 0), Span(5, 9, 0)), title="B"), False, id="another title"),
    ],
)
def test_when_an_article_has_changed(other: Article, same: bool) -> None:
    assert same_story(Article("One. Two.", (Span(0, 4, 0), Span(5, 9, 0)), title="A"), other) is same


# --- what an address leads to


def test_a_feed_is_seen_with_its_newest_entry_and_full_texts() -> None:
    listed = [Story(1, NOW - timedelta(days=1), summary=SAID * 8), Story(2, NOW, summary=SAID), Story(3, None)]
    seen = look_at(Got(rss(listed), FEED, "application/rss+xml"), NOW)

    assert seen.feed is not None
    assert (seen.entries, seen.full_text, seen.newest, seen.newest_date) == (3, 1, "Item 2 is voted on", NOW)


def test_an_empty_feed_is_a_feed() -> None:
    seen = look_at(Got(rss([]), FEED), NOW)

    assert seen.feed is not None
    assert (seen.entries, seen.newest, seen.newest_date) == (0, "", None)


def test_the_language_is_read_from_the_texts_where_the_feed_does_not_say() -> None:
    silent = rss([Story(1, summary=SAID * 3)]).replace(b"<language>en</language>", b"")
    seen = look_at(Got(silent, FEED), NOW)

    assert seen.feed is not None
    assert seen.feed.language == "en"


def test_a_page_is_seen_with_its_feeds() -> None:
    link = b'<link rel="alternate" type="application/rss+xml" href="/feed.xml"><title>'
    seen = look_at(Got(page(Story(1)).replace(b"<title>", link), Story(1).url), NOW)

    assert (seen.feed, seen.page) == (None, "Item 1 is voted on")
    assert (seen.feeds[0], seen.named) == (FEED, 1)
    assert len(seen.feeds) > 1


def test_a_page_that_somebody_named_is_an_article() -> None:
    article = prepare_page(got(), 3).article

    assert (article.origin, article.title, article.published) == ("page", "Item 1 is voted on", None)
