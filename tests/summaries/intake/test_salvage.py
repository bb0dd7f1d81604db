import xml.dom.minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.intake.feeds import parse_feed
from summaries.intake.salvage import count_items, is_cut, mended, salvaged, without_junk
from summaries.intake.salvage_fields import Closings, clean_fields
from tests.feeds import ATOM, RDF, RSS, SAMPLES, mutants


@pytest.mark.parametrize(
    ("junk", "feed"),
    [
        pytest.param("", RSS, id="nothing"),
        pytest.param("<br /><b>Notice</b>: x\n", RSS, id="php"),
        pytest.param("ok\n", ATOM, id="letters"),
        pytest.param("<html><body>", RSS, id="page begun"),
    ],
)
def test_junk_before_the_feed_goes(junk: str, feed: str) -> None:
    assert without_junk(junk + feed) == feed


def test_what_belongs_to_the_feed_stays() -> None:
    for text in (f"<!-- made by hand -->{RSS}", "<item><title>a</title></item><?xml version='1.0'?>", "no feed"):
        assert without_junk(text) == text


def test_items_in_comments_and_cdata_do_not_count() -> None:
    assert count_items(RSS) == 3
    assert count_items("<item><!-- <item> --><![CDATA[<item>]]></item><entry a='b'><items><x:item/>") == 3


def test_a_feed_is_cut_where_its_last_item_does_not_end() -> None:
    assert not is_cut(RSS)
    assert not is_cut("<rss></rss>")
    assert is_cut(RSS[: RSS.index("Twice a day")])


def test_mending_leaves_cdata_alone_and_declares_prefixes() -> None:
    text = "<rss><item><title>A&B &eacute; &#8212; &lt;</title><a:b>x</a:b><d><![CDATA[a&b]]></d></item></rss>"
    assert mended(text) == (
        '<rss xmlns:a="urn:prefix:a"><item><title>A&amp;B é &#8212; &lt;</title><a:b>x</a:b>'
        "<d><![CDATA[a&b]]></d></item></rss>"
    )


@pytest.mark.parametrize("text", [RSS, ATOM, RDF])
def test_a_sound_feed_is_mended_into_itself(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize("name", SAMPLES)
def test_salvaged_feeds_say_the_same(name: str) -> None:
    whole = parse_feed(SAMPLES[name])
    text = salvaged(_text(name))
    again = parse_feed(text.encode())
    assert [(one.title, one.link, one.id) for one in again.entries] == [
        (one.title, one.link, one.id) for one in whole.entries
    ]
    assert [one.published for one in again.entries] == [one.published for one in whole.entries]


def _text(name: str) -> str:
    encodings = {"cyrillic": "cp1251", "japanese": "shift_jis", "utf16": "utf-16", "utf16be": "utf-16-be"}
    return SAMPLES[name].decode(encodings.get(name, "utf-8"))


@pytest.mark.parametrize("name", ["rss", "atom", "podcast"])
def test_what_is_salvaged_is_well_formed(name: str) -> None:
    for mutant in mutants(SAMPLES[name], seed=5, count=60):
        text = mutant.decode("utf-8", "ignore").replace("\x00", "").replace("\x1b", "")
        if count_items(text) and not any(mark < " " and mark not in "\t\r\n" for mark in text):
            xml.dom.minidom.parseString(salvaged(text))


@pytest.mark.parametrize(
    ("item", "fields"),
    [
        pytest.param("<title>a<link>b</link>", ["<title>a</title>", "<link>b</link>"], id="title open"),
        pytest.param("<title>a & <b>c</title>", ["<title>a &amp; &lt;b&gt;c</title>"], id="markup in it"),
        pytest.param("<guid isPermaLink=false>x", ['<guid isPermaLink="false">x</guid>'], id="bare attribute"),
        pytest.param("<link>a <title>b</title>", ["<link>a</link>", "<title>b</title>"], id="link open"),
        pytest.param("<link>a</b</link>", [], id="link that ran over"),
        pytest.param("<link href='a&b'/>", ['<link href="a&amp;b"></link>'], id="empty element"),
        pytest.param("<author><name>A &amp; B</name></author>", ["<author><name>A &amp; B</name></author>"], id="name"),
        pytest.param("<unknown>x</unknown>", [], id="unknown field"),
    ],
)
def test_fields_are_told_apart(item: str, fields: list[str]) -> None:
    assert list(clean_fields(item, whole=True)) == fields


def test_a_field_that_breaks_off_is_none() -> None:
    assert list(clean_fields("<title>a</title><link>https://ald.exa", whole=False)) == ["<title>a</title>"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["<!--", "-->", "<![CDATA[", "]]>", "<item>", "a", "&", "</item>"]), max_size=30))
def test_pieces_lose_nothing(parts: list[str]) -> None:
    text = "".join(parts)
    assert count_items(text) <= text.count("<item>")
    assert count_items(salvaged(text)) == count_items(text)


@given(st.text(alphabet="ab", max_size=50), st.lists(st.integers(0, 50), max_size=10))
def test_closings_are_found_as_by_find(text: str, places: list[int]) -> None:
    closings = Closings(text)
    for place in sorted(places):
        assert closings.after("ab", place) == text.find("ab", place)
