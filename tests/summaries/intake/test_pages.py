import gzip
import json
from contextlib import suppress
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.errors import InputError
from summaries.intake.pages import read_html

BODY = """<p>The old bridge over the river Ald fell in the night of Monday, and nobody was hurt, Ostra police said.</p>
<p>It had been closed since spring, when the first cracks were found. A new one will be built of stone.</p>
<p>The mayor said that the town would pay for it, and that the work would begin before the winter came.</p>"""
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "no article"},
        {
            "@type": ["NewsArticle"],
            "headline": "Bridge falls",
            "datePublished": "2022-08-08T09:00:00+02:00",
            "author": [{"@type": "Person", "name": "Mira Daloun"}, {"name": "Teo Varr"}],
            "publisher": {"@type": "Organization", "name": "The Daral Post"},
            "articleSection": "Region",
        },
    ],
}


def page(head: str = "", body: str = BODY, lang: str = ' lang="en-GB"') -> bytes:
    return f"<!doctype html><html{lang}><head>{head}</head><body><article>{body}</article></body></html>".encode()


def linked(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def test_the_text_is_the_articles_with_a_line_a_paragraph() -> None:
    text = read_html(page(), url="https://example.org/a/bridge").text
    assert text.split("\n")[0].startswith("The old bridge")
    assert len(text.split("\n")) == 3


def test_fields_come_from_linked_data() -> None:
    found = read_html(
        page(linked(LINKED) + "<title>Bridge falls - The Daral Post</title>"), url="https://post.example.org/region/a"
    )
    assert (found.title, found.author, found.outlet, found.section) == (
        "Bridge falls",
        "Mira Daloun, Teo Varr",
        "The Daral Post",
        "Region",
    )
    assert found.published == datetime(2022, 8, 8, 7, tzinfo=UTC)
    assert found.language == "en"


def test_fields_come_from_meta_tags() -> None:
    head = (
        '<meta property="og:title" content="Bridge falls &amp; nobody is hurt">'
        '<meta property="og:site_name" content="The Daral Post">'
        '<meta name="author" content="Mira Daloun"><meta property="article:published_time" content="2022-08-08">'
        '<meta property="article:section" content="Region">'
    )
    found = read_html(page(head, lang=""), url="https://example.org/a")
    assert (found.title, found.outlet, found.author, found.section) == (
        "Bridge falls & nobody is hurt",
        "The Daral Post",
        "Mira Daloun",
        "Region",
    )
    assert found.published == datetime(2022, 8, 8, tzinfo=UTC)
    assert found.language == "und"


@pytest.mark.parametrize(
    ("said", "deck"),
    [
        pytest.param("Police say the steel bridge of Ostra will be built in stone", True, id="of-the-article"),
        pytest.param("The old bridge over the river Ald fell in the night of Mon…", False, id="its-beginning"),
        pytest.param("Latest headlines, sports, celebrity gossip, showbiz updates daily", False, id="the-sites-own"),
        pytest.param("Ostra", False, id="a-word"),
    ],
)
def test_a_description_is_a_deck_where_it_says_something_of_its_own(said: str, deck: bool) -> None:
    assert bool(read_html(page(f'<meta name="description" content="{said}">')).deck) is deck


def test_a_day_in_the_address_dates_a_page_that_says_nothing() -> None:
    assert read_html(page(), url="https://example.org/2021/04/26/bridge").published == datetime(2021, 4, 26, tzinfo=UTC)


def test_a_date_in_the_text_alone_is_not_the_articles() -> None:
    assert (
        read_html(page(body=BODY + "<p>It was opened on 3 March 1931.</p>"), url="https://example.org/a").published
        is None
    )


@pytest.mark.parametrize(
    ("canonical", "url", "kept"),
    [
        pytest.param("https://example.org/a", "https://example.org/a?x=1", "https://example.org/a", id="same-page"),
        pytest.param("/a", "https://example.org/a?x=1", "https://example.org/a", id="relative"),
        pytest.param("https://elsewhere.org/a", "https://example.org/a", "https://example.org/a", id="another-host"),
        pytest.param("https://example.org/", "https://example.org/a/b", "https://example.org/a/b", id="front-page"),
        pytest.param("https://[broken", "https://example.org/a", "https://example.org/a", id="broken"),
    ],
)
def test_the_canonical_address_is_believed_within_its_host(canonical: str, url: str, kept: str) -> None:
    assert read_html(page(f'<link rel="canonical" href="{canonical}">'), url=url).url == kept


def test_the_header_names_the_charset() -> None:
    html = page(body=BODY.replace("Ostra", "Östra")).decode().encode("cp1252")
    assert "Östra" in read_html(html, content_type="text/html; charset=windows-1252").text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(gzip.compress(b"<html>"), id="binary"),
        pytest.param(b"<html><body></body></html>", id="no-text"),
        pytest.param(b"<html><body><script>var a = 1</script></body></html>", id="only-script"),
    ],
)
def test_a_page_without_text_is_refused_by_its_address(data: bytes) -> None:
    with pytest.raises(InputError, match=r"example\.org/a"):
        read_html(data, url="https://example.org/a")


@pytest.mark.parametrize(
    "note",
    [
        pytest.param("{not json", id="no-json"),
        pytest.param("[" * 5000, id="deep"),
        pytest.param('{"@type": 3, "headline": ["x"], "author": 7}', id="wrong-types"),
        pytest.param(
            '{"@type": "Article", "headline": 5, "author": {"name": {"name": []}}, "publisher": [1]}', id="wrong-values"
        ),
    ],
)
def test_broken_linked_data_is_left_alone(note: str) -> None:
    assert read_html(page(f'<script type="application/ld+json">{note}</script>')).text


@settings(max_examples=30, deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(alphabet="<>/pdivabm=\"' \n&;-!", max_size=120).map(str.encode)))
def test_any_bytes_are_a_page_or_refused(data: bytes) -> None:
    with suppress(InputError):
        assert read_html(data).text.strip()


BITS = (
    b"<!--",
    b"-->",
    b"<p>",
    b"</div>" * 9,
    b"\x00",
    b"&#xD800;",
    b"<script>",
    b"\xff",
    b'"\\ud800"',
    b"<h1>",
    b"<![CDATA[",
)
WHOLE = page(linked(LINKED) + "<title>Bridge falls - The Daral Post</title>", f"<h1>Bridge falls</h1>{BODY}")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 60), st.sampled_from((b"", *BITS))), max_size=6))
def test_a_damaged_page_is_a_page_or_refused(damages: list[tuple[int, int, bytes]]) -> None:
    data = WHOLE
    for at, length, instead in damages:
        data = data[:at] + instead + data[at + length :]
    with suppress(InputError):
        msgspec.json.encode(read_html(data, url="https://example.org/a"))


def test_readings_above_the_words_are_no_part_of_them() -> None:
    def ruby(word: str, reading: str) -> str:
        return f"<ruby>{word}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"

    told = f"{ruby('川', 'かわ')}の{ruby('橋', 'はし')}が夜に落ちたが、けが人はいなかったと町の警察は月曜日に話した。"
    heading = f"<h1>{ruby('橋', 'はし')}が落ちた、けが人なし</h1>"
    found = read_html(page("<title>Kest｜橋が落ちた、けが人なし</title>", heading + f"<p>{told}</p>" * 3 + BODY, ""))
    assert found.title == "橋が落ちた、けが人なし"
    assert "川の橋が夜に落ちたが" in found.text


def test_a_kicker_is_the_section_of_a_page_that_names_none() -> None:
    head = "<title>Opinion | A treaty with a leak</title>"
    found = read_html(page(head, body=f"<h1>A treaty with a leak</h1>{BODY}"))
    assert (found.title, found.section) == ("A treaty with a leak", "Opinion")
