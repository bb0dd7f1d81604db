import xml.dom.minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.errors import InputError
from summaries.intake.opml import LARGEST, Outline, read_opml, write_opml

LIST = """<?xml version="1.0" encoding="utf-8"?>
<opml version="1.1"><head><title>Mine</title></head><body>
<outline text="World"><outline title="Daral" text="The Daral Post" type="rss" xmlUrl="https://post.example.org/feed"
 htmlUrl="https://post.example.org/"/>
<outline text="North"><outline text="Kest" xmlUrl="feed://kest.example.org/rss"/></outline></outline>
<outline text="Tide &amp; wind" type="rss" xmlUrl="https://ald.example.org/feed?a=1&amp;b=2"
 category="Sea,/Weather/Wind"/>
<outline text="Again" xmlUrl="https://post.example.org/feed"/>
<outline text="No feed" htmlUrl="https://x.example.org/"/>
<outline text="Local" xmlUrl="file:///etc/passwd"/>
</body></opml>"""


def test_folders_and_categories_become_tags() -> None:
    assert read_opml(LIST.encode()) == [
        Outline("https://post.example.org/feed", "The Daral Post", ("World",), site="https://post.example.org/"),
        Outline("http://kest.example.org/rss", "Kest", ("World", "North")),
        Outline("https://ald.example.org/feed?a=1&b=2", "Tide & wind", ("Sea", "Weather", "Wind")),
    ]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(LIST.encode("utf-16"), id="utf-16"),
        pytest.param(LIST.replace("utf-8", "windows-1252").encode(), id="wrong charset"),
        pytest.param(b"\n\n" + LIST.encode(), id="space before"),
        pytest.param(LIST.replace("Tide &amp;", "Tide &").encode(), id="bare ampersand"),
        pytest.param(LIST.replace("</body></opml>", "").encode(), id="cut off"),
        pytest.param(LIST.replace("opml", "OPML").encode(), id="upper case"),
    ],
)
def test_damaged_lists_are_read(data: bytes) -> None:
    assert [outline.name for outline in read_opml(data)] == ["The Daral Post", "Kest", "Tide & wind"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"<rss><channel/></rss>", "not OPML", id="feed"),
        pytest.param(b"words", "not OPML", id="words"),
        pytest.param(b"https://x.example.org/opml", "not OPML", id="address"),
        pytest.param(b"<opml version='2.0'><body><outline text='a'/></body></opml>", "no feed", id="without feeds"),
        pytest.param(b"<!DOCTYPE o [<!ENTITY a 'b'>]><opml><body/></opml>", "entities", id="entities"),
        pytest.param(b"<!DOCTYPE o SYSTEM 'x' [ ]><opml><body/></opml>", "entities", id="inner doctype"),
        pytest.param(b"\x00\x01\x02\x03" * 100, "not text", id="binary"),
        pytest.param(b" " * (LARGEST + 1), "larger", id="too large"),
    ],
)
def test_what_is_no_list_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_opml(data)


def test_deep_folders_end() -> None:
    deep = b"<opml><body>" + b"<outline text='a'>" * 5000 + b"<outline xmlUrl='https://x.example.org/'/>"
    assert [outline.url for outline in read_opml(deep)] == ["https://x.example.org/"]


def test_a_list_is_written_in_folders_with_what_is_ours() -> None:
    text = write_opml([Outline("https://a.example.org/?a=1&b=2", 'A "b" <c>', ("x", "y"), {"land": "Kest"})]).decode()
    assert '<opml version="2.0" xmlns:backchannel=' in text
    assert '<outline text="x" title="x">' in text
    assert 'category="x,y"' in text
    assert "&quot;land&quot;" in text or '\'{"land": "Kest"}\'' in text


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Co", "Cn"]), min_size=1, max_size=8
)
NAMES = WORDS.filter(lambda word: not set(word) & set("<>&\ufeff\ufffe\uffff"))
OUTLINES = st.builds(
    Outline,
    url=st.integers(0, 10**6).map(lambda number: f"https://x.example.org/{number}?a=1&b=%20"),
    name=NAMES,
    tags=st.lists(NAMES, max_size=3, unique=True).map(tuple),
    labels=st.dictionaries(NAMES, NAMES, max_size=2),
    site=st.just("https://x.example.org/"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(OUTLINES, min_size=1, max_size=5, unique_by=lambda outline: outline.url))
def test_what_is_written_is_read_again(outlines: list[Outline]) -> None:
    data = write_opml(outlines)
    xml.dom.minidom.parseString(data)
    assert sorted(read_opml(data), key=lambda outline: outline.url) == sorted(outlines, key=lambda outline: outline.url)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_any_name_can_be_written(name: str) -> None:
    data = write_opml([Outline("https://x.example.org/", name, (name,), {name: name})])
    xml.dom.minidom.parseString(data)
    assert read_opml(data)[0].url == "https://x.example.org/"
