import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.intake.discovery import LOOKED_AT, MOST, find_feeds

URL = "https://kest.example.org/news/index.html"
FEED = "https://kest.example.org/news/feed.xml"
LINK = '<link rel="alternate" type="application/rss+xml" href="feed.xml">'


def page(head: str, body: str = "<p>Hello</p>") -> bytes:
    return f"<!doctype html><html><head><title>Kest</title>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "head",
    [
        pytest.param(LINK, id="plain"),
        pytest.param(LINK.replace(">", "/>"), id="xhtml"),
        pytest.param(LINK.replace(">", " />"), id="xhtml with space"),
        pytest.param(LINK.replace('"', "'"), id="single quotes"),
        pytest.param("<link rel=alternate type=application/rss+xml href=feed.xml>", id="no quotes"),
        pytest.param('<LINK REL="ALTERNATE" TYPE="APPLICATION/RSS+XML" HREF="feed.xml">', id="upper case"),
        pytest.param('<link href="feed.xml" type="application/rss+xml" rel="alternate">', id="other order"),
        pytest.param(LINK.replace(" ", "\n   \t"), id="over several lines"),
        pytest.param(LINK.replace("=", " = "), id="space around the sign"),
        pytest.param(LINK.replace('"alternate"', '" home  alternate bogus"'), id="several relations"),
        pytest.param(LINK.replace('"feed.xml"', '" feed.xml "'), id="space in the address"),
        pytest.param(LINK.replace('rss+xml"', 'rss+xml; charset=utf-8"'), id="type with parameter"),
        pytest.param(LINK.replace("rss+xml", "atom+xml"), id="atom"),
        pytest.param(LINK.replace("rss+xml", "rdf+xml"), id="rdf"),
        pytest.param(LINK.replace("rss+xml", "x.atom+xml"), id="old atom"),
        pytest.param(LINK.replace("rss+xml", "feed+json"), id="json"),
        pytest.param(LINK.replace("feed.xml", "/news/feed.xml"), id="from the root"),
        pytest.param(LINK.replace("feed.xml", "//kest.example.org/news/feed.xml"), id="without scheme"),
        pytest.param(LINK.replace("feed.xml", FEED), id="absolute"),
        pytest.param(LINK.replace("feed.xml", "../news/./feed.xml"), id="with dots"),
        pytest.param(LINK.replace("feed.xml", "&#102;eed&#x2e;xml"), id="references"),
        pytest.param(LINK.replace("feed.xml", "feed:https://kest.example.org/news/feed.xml"), id="feed scheme"),
        pytest.param(f'<base href="https://kest.example.org/news/">{LINK}', id="base"),
        pytest.param(f'<base href="/news/x/y">{LINK}'.replace("feed", "../feed"), id="base, relative"),
        pytest.param(f'<base target="_top">{LINK}', id="base without an address"),
        pytest.param(f'<base href="/news/"><base href="https://ostra.example.org/">{LINK}', id="two bases"),
        pytest.param(f'{LINK}<base href="https://ostra.example.org/">', id="base behind: too late"),
        pytest.param(LINK.replace("alternate", "&#65;lternate").replace("+", "&#43;"), id="references in the values"),
        pytest.param(f"<!-- a comment -->{LINK}", id="behind a comment"),
        pytest.param(f"<!-- a > b -- c --->{LINK}", id="behind an odd comment"),
        pytest.param(f"<script>if (a < b) document.write('<p>')</script>{LINK}", id="behind a script"),
        pytest.param(f"<style>p > a {{ }}</style>{LINK}", id="behind a style"),
        pytest.param(f"</head><body><p>{LINK}", id="in the body"),
        pytest.param(f"<p><b><i>{LINK}", id="among open tags"),
        pytest.param(LINK.replace("<link", '<link title="a > b"'), id="a sign in an attribute"),
        pytest.param(f"{LINK}{LINK}", id="twice"),
        pytest.param(f'<link rel="stylesheet" type="text/css" href="a.css">{LINK}', id="beside a style sheet"),
        pytest.param('<link rel="feed" href="feed.xml">', id="relation feed"),
        pytest.param('<link rel="service.feed" type="application/atom+xml" href="feed.xml">', id="old relation"),
        pytest.param('<link rel="alternate" type="text/xml" title="RSS" href="feed.xml">', id="called xml"),
    ],
)
def test_declared_feeds_are_found(head: str) -> None:
    assert find_feeds(page(head), URL) == [FEED]


OTHER = LINK.replace("feed.xml", "https://ostra.example.org/404")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(OTHER.replace("alternate", "bogus"), id="relation"),
        pytest.param(OTHER.replace("alternate", "alternatebogus"), id="relation that begins alike"),
        pytest.param(OTHER.replace("rel=", "rev="), id="rev"),
        pytest.param(OTHER.replace("rel=", "id="), id="id"),
        pytest.param(OTHER.replace("rel=", "title="), id="title"),
        pytest.param(OTHER.replace("type=", "title="), id="title instead of type"),
        pytest.param(OTHER.replace("rss+xml", "rss+xmlbogus"), id="type that begins alike"),
        pytest.param(OTHER.replace("application/rss+xml", "text/html"), id="type"),
        pytest.param('<link type="alternate" rel="application/rss+xml" href="/404">', id="changed places"),
        pytest.param('<link rel="base" href="https://ostra.example.org/">', id="relation base"),
        pytest.param(f"<!-- {OTHER} -->", id="commented out"),
        pytest.param(f"<script>document.write('{OTHER}')</script>", id="in a script"),
    ],
)
def test_what_looks_like_a_declared_feed_hides_none_and_joins_none(other: str) -> None:
    assert find_feeds(page(f"{other}{LINK}{other}"), URL) == [FEED]


@pytest.mark.parametrize(
    "head",
    [
        pytest.param("", id="nothing"),
        pytest.param(f"<!-- {LINK} -->", id="commented out"),
        pytest.param(f"<script>document.write('{LINK}')</script>", id="in a script"),
        pytest.param(f"<style>{LINK}</style>", id="in a style"),
        pytest.param(LINK.replace("alternate", "alternate stylesheet"), id="style sheet"),
        pytest.param(LINK.replace("application/rss+xml", "text/html").replace("feed.xml", "en.html"), id="translation"),
        pytest.param('<link rel="alternate" type="application/json+oembed" href="/oembed">', id="oembed"),
        pytest.param('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">', id="api"),
        pytest.param('<link rel="alternate" hreflang="de" href="/de/">', id="language"),
        pytest.param('<link rel="alternate" type="application/rss+xml">', id="no address"),
        pytest.param(LINK.replace("feed.xml", "javascript:alert(1)"), id="script address"),
        pytest.param(LINK.replace("feed.xml", "mailto:a@b.example.org"), id="mail address"),
        pytest.param('<link rel="alternate" media="handheld" href="https://m.kest.example.org/">', id="handheld"),
    ],
)
def test_other_links_are_none(head: str) -> None:
    assert find_feeds(page(head), URL) == []


def test_the_main_feed_comes_first_and_comments_last() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" title="Kest &raquo; Comments Feed" href="/comments/feed/">'
        '<link rel="alternate" type="application/feed+json" title="Kest" href="/feed.json">'
        '<link rel="alternate" type="application/rss+xml" title="Kest &raquo; Feed" href="/feed/">'
        '<link rel="alternate" type="application/atom+xml" title="Kest" href="/atom/">'
    )
    assert [url.removeprefix("https://kest.example.org") for url in find_feeds(page(head), URL)] == [
        "/feed/",
        "/atom/",
        "/feed.json",
        "/comments/feed/",
    ]


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("/rss", True),
        ("/rss.xml", True),
        ("feed/", True),
        ("/atom.xml", True),
        ("/index.rdf", True),
        ("/blog/feed", True),
        ("/rss/world.xml", True),
        ("https://feeds.example.org/kest", True),
        ("/?feed=rss2", True),
        ("/news?format=rss", True),
        ("feed://kest.example.org/all", True),
        ("/feedback", False),
        ("/press", False),
        ("/about", False),
        ("/feedback/rss-help.html", False),
        ("https://feedly.com/i/subscription/feed/https://kest.example.org/rss", False),
        ("/sitemap.xml", False),
    ],
)
def test_links_that_look_like_feeds(href: str, expected: bool) -> None:
    found = find_feeds(page("", f'<p><a href="{href}">Here</a></p>'), URL)
    assert bool(found) is expected


def test_links_in_the_text_are_taken_only_where_nothing_is_declared() -> None:
    assert find_feeds(page(LINK, '<a href="/rss">RSS</a>'), URL) == [FEED]


def test_charsets_and_what_is_no_page() -> None:
    assert find_feeds(page(LINK).decode().encode("utf-16"), URL) == [FEED]
    for data in (b"", b" ", b"\x00\x01\x02\x03" * 50, b"<", b"<!-- -->", b"\x89PNG\r\n\x1a\n\0\0"):
        assert find_feeds(data, URL) == []


def test_a_title_that_is_not_closed_hides_nothing() -> None:
    assert find_feeds(f"<html><head><title>Kest{LINK}<body><p>Hello".encode(), URL) == [FEED]


def test_addresses_with_space_in_them() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/my\n feed.xml">'
    assert find_feeds(page(head), URL) == ["https://kest.example.org/my%20feed.xml"]


def test_of_many_links_the_first_are_looked_at() -> None:
    links = "<a href='/about'>x</a>" * LOOKED_AT
    assert find_feeds(page("", f"{links}<a href='/rss'>RSS</a>"), URL) == []
    assert find_feeds(page("", f"{links}{LINK}"), URL) == [FEED]


def test_a_page_of_feeds_names_only_so_many() -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="/{number}.xml">' for number in range(99))
    assert len(find_feeds(page(links), URL)) == MOST


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([LINK, "<!--", "-->", "<script>", "</script>", "<", "&", "'", '"', "<a href=feed>"])))
def test_any_page_gives_web_addresses(parts: list[str]) -> None:
    assert all(url.startswith("https://kest.example.org/") for url in find_feeds("".join(parts).encode(), URL))
