import gzip
import io
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.errors import InputError
from summaries.intake.feeds import parse_feed
from summaries.models import Entry, Feed
from tests.feeds import CYRILLIC, RSS, SAMPLES, mutants


def item(inside: str, *, root: str = "<rss version='2.0'>", url: str = "") -> Entry:
    return parse_feed(f"{root}<channel><item>{inside}</item></channel></rss>".encode(), url=url).entries[0]


def atom(inside: str, *, url: str = "", attributes: str = "") -> Entry:
    text = f"<feed xmlns='http://www.w3.org/2005/Atom'{attributes}><entry>{inside}</entry></feed>"
    return parse_feed(text.encode(), url=url).entries[0]


def titles(feed: Feed) -> list[str]:
    return [entry.title for entry in feed.entries]


def test_rss_is_read_in_full() -> None:
    feed = parse_feed(SAMPLES["rss"], url="https://post.example.org/feed")
    assert (feed.title, feed.link, feed.language) == ("The Daral Post", "https://post.example.org/", "en")
    assert feed.entries[0] == Entry(
        id="post-1",
        title="Bridge falls at Ostra",
        link="https://post.example.org/bridge?a=1&b=2",
        published=datetime(2022, 8, 8, 7, tzinfo=UTC),
        author="Mira Daloun",
        summary="The old bridge over the Ald fell.",
        content='<p>The old bridge over the Ald fell. <a href="https://post.example.org/more">More</a></p>',
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rss", ["Bridge falls at Ostra", "Council meets over tariffs", "Ferry to Sollen resumes"]),
        ("rss091", ["Flut um sechs", "Ebbe um zwölf"]),
        ("rdf", ["Grain rots in Vell", "Vell dries its grain"]),
        ("atom", ["Mill burns", "Dam holds", "Price of a < b rises"]),
        ("atom03", ["First light"]),
        ("podcast", ["Episode 12: the tide", "Episode 11"]),
        ("cyrillic", ["Мост обрушился в Остре", "Паром снова ходит"]),
        ("japanese", ["橋が落ちた"]),
        ("utf16", ["Bridge falls at Ostra", "Council meets over tariffs", "Ferry to Sollen resumes"]),
        ("utf16be", ["Mill burns", "Dam holds", "Price of a < b rises"]),
    ],
)
def test_every_format_is_read(name: str, expected: list[str]) -> None:
    assert titles(parse_feed(SAMPLES[name])) == expected


def test_where_feedparser_gives_a_value_it_is_followed() -> None:
    for data in SAMPLES.values():
        theirs = feedparser.parse(io.BytesIO(data)).entries
        ours = parse_feed(data).entries
        assert [entry.link for entry in ours] == [entry.get("link", "") for entry in theirs]
        assert [entry.id for entry in ours] == [entry.get("id", "") for entry in theirs]


def test_a_body_that_names_a_file_opens_none(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(SAMPLES["rss"])
    with pytest.raises(InputError):
        parse_feed(str(tmp_path / "feed.xml").encode())


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param("<guid>https://a.example.org/1</guid>", "https://a.example.org/1", id="guid is the link"),
        pytest.param("<guid isPermaLink='false'>x1</guid><link>/1</link>", "https://a.example.org/1", id="relative"),
        pytest.param("<link>javascript:alert(1)</link><title>t</title>", "", id="script"),
        pytest.param("<link>\n https://a.example.org/1\n</link>", "https://a.example.org/1", id="space around"),
        pytest.param("<link>//a.example.org/1</link>", "https://a.example.org/1", id="without scheme"),
        pytest.param("<link>?p=1</link>", "https://a.example.org/feed?p=1", id="query only"),
    ],
)
def test_links(inside: str, expected: str) -> None:
    entry = item(inside, url="https://a.example.org/feed")
    assert (entry.link, entry.page) == (expected, "")


@pytest.mark.parametrize(
    ("inside", "link", "page"),
    [
        pytest.param("<title>t</title><enclosure url='/1.mp3'/>", "", "https://a.example.org/1.mp3", id="enclosure"),
        pytest.param("<guid isPermaLink='false'>https://a.example.org/1</guid>", "", "", id="an id that is no link"),
        pytest.param("<link>javascript:alert(1)</link><enclosure url='data:text/html,x'/>", "", "", id="scripts"),
        pytest.param("<link>https://feedproxy.google.com/~r/a/b</link><feedburner:origLink>/1</feedburner:origLink>",
                     "https://feedproxy.google.com/~r/a/b", "https://a.example.org/1", id="feedburner"),
        pytest.param("<link>https://feedproxy.google.com/~r/a/b</link>", "https://feedproxy.google.com/~r/a/b", "",
                     id="feedburner alone"),
        pytest.param("<link>/2</link><feedburner:origLink>/1</feedburner:origLink>", "https://a.example.org/2", "",
                     id="a link that is no proxy's"),
    ],
)  # fmt: skip
def test_where_to_read_on_if_not_at_the_link(inside: str, link: str, page: str) -> None:
    root = "<rss version='2.0' xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>"
    entry = item(inside, root=root, url="https://a.example.org/feed")
    assert (entry.link, entry.page) == (link, page)


def test_an_alternate_that_is_no_page_and_an_address_as_id_stand_for_a_missing_link() -> None:
    alternate = "<link rel='alternate' type='text/plain' href='https://a.example.org/1.txt'/>"
    assert atom(alternate).page == "https://a.example.org/1.txt"
    rdf = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    feed = parse_feed(f"{rdf}<item rdf:about='https://a.example.org/1'><title>t</title></item></rdf:RDF>".encode())
    assert feed.entries == (Entry("https://a.example.org/1", "t", page="https://a.example.org/1"),)


def test_xml_base_goes_before_the_feeds_address() -> None:
    entry = atom("<link href='c'/>", url="https://a.example.org/x/feed", attributes=" xml:base='/b/'")
    assert entry.link == "https://a.example.org/b/c"


def test_the_alternate_link_goes_before_the_others() -> None:
    links = "<link rel='self' href='https://a.example.org/s'/><link rel='edit' href='https://a.example.org/e'/>"
    assert atom(f"{links}<link href='https://a.example.org/1'/>").link == "https://a.example.org/1"


def test_no_id_is_invented() -> None:
    assert item("<title>t</title><link>https://a.example.org/1</link>").id == ""
    assert item("<title>t</title><pubDate>Mon, 8 Aug 2022 07:00:00 GMT</pubDate>").id == ""


def test_entries_with_next_to_nothing_in_them_keep_their_places() -> None:
    feed = parse_feed(
        b"<rss><channel><item/><item><title>t</title></item><item><author>Ana</author></item></channel></rss>"
    )
    assert feed.entries == (Entry(""), Entry("", "t"), Entry("", author="Ana"))


def test_authors_are_names() -> None:
    assert item("<title>t</title><author>ana@a.example.org (Ana Kell)</author>").author == "Ana Kell"
    assert item("<title>t</title><author>ana@a.example.org</author>").author == ""
    assert parse_feed(SAMPLES["atom"]).entries[0].author == "Ana Kell"


def test_plain_content_becomes_html_and_content_that_is_the_summary_stands_once() -> None:
    assert atom("<id>1</id><summary>a &lt; b &amp; c</summary>").summary == "<p>a &lt; b &amp; c</p>"
    entry = atom("<id>1</id><content type='html'>&lt;p&gt;x&lt;/p&gt;</content>")
    assert (entry.content, entry.summary) == ("<p>x</p>", "")


def test_a_date_in_the_future_stays_what_it_says_and_none_stays_none() -> None:
    assert item("<guid>1</guid><pubDate>Sun, 01 Jan 2090 00:00:00 GMT</pubDate>").published == datetime(
        2090, 1, 1, tzinfo=UTC
    )
    assert item("<guid>1</guid><pubDate>soon</pubDate>").published is None


def test_a_date_before_all_feeds_stays_what_it_says() -> None:
    entry = item("<guid>1</guid><pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>")
    assert entry.published == datetime(1970, 1, 1, tzinfo=UTC)


def test_created_stands_for_published_where_there_is_no_other_date() -> None:
    created, updated = "<created>2022-08-08T09:00:00Z</created>", "<updated>2022-08-08T10:00:00Z</updated>"
    assert atom(f"<id>1</id>{created}").published == datetime(2022, 8, 8, 9, tzinfo=UTC)
    assert atom(f"<id>1</id>{created}{updated}").published is None


def test_updated_is_not_taken_for_published() -> None:
    entry = atom("<id>1</id><updated>2022-08-08T10:00:00Z</updated>")
    assert (entry.published, entry.updated) == (None, datetime(2022, 8, 8, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"\n \n" + data, id="space before the prolog"),
        pytest.param(lambda data: b"\xef\xbb\xbf\xef\xbb\xbf" + data, id="two marks"),
        pytest.param(lambda data: b"<br />\n<b>Warning</b>: mysql in <b>/x.php</b><br />\n" + data, id="php warning"),
        pytest.param(lambda data: data.replace(b"News from Daral &amp;", b"News & more"), id="bare ampersand"),
        pytest.param(lambda data: data.replace(b"The old", b"The&nbsp;&bogus;old"), id="undefined entities"),
        pytest.param(lambda data: data.replace(b"The old", b"The\x0b\x1b\x00old"), id="control characters"),
        pytest.param(lambda data: data.replace(b"The old", b"The &#xfffffff; &#0; old"), id="impossible references"),
        pytest.param(lambda data: data.replace(b' xmlns:dc="http://purl.org/dc/elements/1.1/"', b""), id="namespace"),
        pytest.param(lambda data: data.replace(b"The old bridge over the Ald fell.</d", b"<b>The</d"), id="open tag"),
        pytest.param(lambda data: data.replace(b"]]>", b""), id="open cdata"),
        pytest.param(lambda data: data.replace(b"Bridge falls at Ostra</title>", b"Bridge falls at Ostra"),
                     id="open title"),
        pytest.param(lambda data: data.replace(b'<rss version="2.0"', b'<rs version="2.0"'), id="broken root"),
        pytest.param(lambda data: data.replace(b"</item>", b""), id="items not closed"),
        pytest.param(lambda data: data + data[:60], id="several roots"),
        pytest.param(gzip.compress, id="gzip"),
        pytest.param(lambda data: gzip.compress(data)[:-9], id="gzip cut off"),
        pytest.param(lambda data: data.replace(b'encoding="utf-8"', b'encoding="klingon"'), id="unknown charset"),
        pytest.param(lambda data: data.replace(b'encoding="utf-8"', b'encoding="utf-16"'), id="wrong charset"),
        pytest.param(lambda data: data.decode().encode("utf-32"), id="utf-32"),
        pytest.param(lambda data: data.decode().encode("utf-32-le"), id="utf-32 without mark"),
        pytest.param(lambda data: b"\xff\xfe" + data, id="wrong mark"),
    ],
)  # fmt: skip
def test_damaged_feeds_get_a_second_chance(damage: Callable[[bytes], bytes]) -> None:
    feed = parse_feed(damage(SAMPLES["rss"]))
    assert titles(feed) == ["Bridge falls at Ostra", "Council meets over tariffs", "Ferry to Sollen resumes"]
    assert [entry.link.removeprefix("https://post.example.org/") for entry in feed.entries] == [
        "bridge?a=1&b=2",
        "council",
        "ferry",
    ]


def test_two_feeds_in_one_are_both_read() -> None:
    assert len(parse_feed(SAMPLES["rss"] + SAMPLES["rss"]).entries) == 6


def test_of_a_cut_feed_whole_items_are_kept_and_no_cut_link() -> None:
    links = {entry.link for entry in parse_feed(SAMPLES["rss"]).entries}
    for end in range(len(SAMPLES["rss"]) // 3, len(SAMPLES["rss"]), 23):
        for entry in parse_feed(SAMPLES["rss"][:end]).entries:
            assert entry.link in links or not entry.link
    stub = parse_feed(SAMPLES["rss"][: SAMPLES["rss"].index(b"Ferry to Sollen") + 4])
    assert (len(stub.entries), stub.cut) == (3, True)
    assert not parse_feed(SAMPLES["rss"]).cut


def test_a_charset_in_the_header_is_used_and_a_wrong_one_is_not() -> None:
    bare = CYRILLIC.replace(' encoding="windows-1251"', "").replace("<language>ru</language>", "").encode("cp1251")
    assert parse_feed(bare, content_type="text/xml; charset=windows-1251").title == "Вести Ольхова"
    assert parse_feed(SAMPLES["cyrillic"], content_type="text/xml; charset=ISO-8859-1").title == "Вести Ольхова"
    assert parse_feed(CYRILLIC.encode(), content_type="text/xml; charset=koi8-r").title == "Вести Ольхова"


def test_without_a_charset_the_feeds_language_decides() -> None:
    bare = CYRILLIC.replace(' encoding="windows-1251"', "").encode("cp1251")
    assert titles(parse_feed(bare)) == ["Мост обрушился в Остре", "Паром снова ходит"]


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse_feed(b"<rss><channel><title>Empty</title></channel></rss>") == Feed(title="Empty")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \n\t ", "empty", id="space"),
        pytest.param(b"<!doctype html><html><body><p>Hello</p></body></html>", "web page", id="page"),
        pytest.param(b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "web page", id="xhtml"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "not text", id="picture"),
        pytest.param(b"%PDF-1.4 \x00\x01\x02", "not text", id="pdf"),
        pytest.param(b"<opml version='2.0'><body/></opml>", "OPML", id="opml"),
        pytest.param(b"<urlset><url><loc>https://a.example.org</loc></url></urlset>", "sitemap", id="sitemap"),
        pytest.param(b"just words", "no feed", id="words"),
        pytest.param(b'{"a": 1}', "JSON", id="json"),
        pytest.param(b"\x1f\x8b\x08 broken", "compressed", id="broken gzip"),
    ],
)
def test_what_is_no_feed_is_refused_in_plain_words(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as raised:
        parse_feed(data, url="https://a.example.org/x")
    assert str(raised.value).startswith("https://a.example.org/x ")
    assert "\n" not in str(raised.value)


def test_entities_that_grow_do_not() -> None:
    lines = "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    bomb = (
        f"<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>{lines}]><rss><channel><item><title>&j;</title></item></channel></rss>"
    )
    for data in (bomb.encode(), f"<!-- <x> -->{bomb}".encode()):
        assert all(len(entry.title) < 100_000 for entry in parse_feed(data).entries)


def test_commented_out_items_stay_out() -> None:
    hidden = RSS.replace("<item><title>Council", "<!-- <item><title>Council").replace(
        "went home.&lt;/p&gt;</description></item>", "</description></item> -->"
    )
    assert len(parse_feed(hidden.encode()).entries) == 2
    assert len(parse_feed(hidden.replace("&amp;b=2", "&b=2&nbsp;").encode()).entries) == 2


@pytest.mark.parametrize("name", SAMPLES)
def test_entries_are_found_in_no_fewer_mutants_than_feedparser_finds(name: str) -> None:
    ours = theirs = 0
    for mutant in mutants(SAMPLES[name], seed=20220808, count=25):
        theirs += bool(_by_feedparser(mutant))
        with suppress(InputError):
            ours += bool(parse_feed(mutant).entries)
    assert ours >= theirs


def _by_feedparser(data: bytes) -> list[object]:
    """What feedparser finds, as far as it holds anything."""
    try:
        entries = feedparser.parse(io.BytesIO(data)).entries
    except (ValueError, LookupError, AssertionError, OverflowError, AttributeError, TypeError):
        return []
    return [entry for entry in entries if any(entry.get(key) for key in ("title", "link", "id", "summary"))]


PARTS = st.sampled_from(
    ["<rss>", "<channel>", "<item>", "</item>", "<entry>", "<title>", "</title>", "<link href='a", "'/>", "]]>", " ",
     "<![CDATA[", "<!--", "-->", "&", "&amp;", "&#x110000;", "&lt;b&gt;", "<?xml ", "?>", "xmlns:x='", "<x:item>", "{",
     "\x00", "ü", "<guid>", "<pubDate>1", "<content type='xhtml'>", "<div>", "</div>", "<!ENTITY a 'b'>", '{"items":[{']
)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.lists(PARTS, max_size=40).map(lambda parts: "".join(parts).encode())))
def test_nothing_but_an_input_error_leaves(data: bytes) -> None:
    try:
        feed = parse_feed(data, url="https://a.example.org/feed")
    except InputError:
        return
    for entry in feed.entries:
        assert "\n" not in entry.title
        assert entry.published is None or entry.published.tzinfo is UTC
