from datetime import UTC, datetime

import pytest

from summaries.intake.feeds import parse_feed
from summaries.intake.usable import usable
from summaries.models import Entry, Feed
from tests.feeds import SAMPLES

NINE = datetime(2022, 8, 8, 9, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LINK = "https://a.example.org/1"


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        pytest.param(Entry("1", "t", LINK, NINE, NINE), Entry("1", "t", LINK, NINE, NINE), id="as it is"),
        pytest.param(Entry("", "t", LINK), Entry(LINK, "t", LINK), id="the link for a missing id"),
        pytest.param(Entry("1", link="https://proxy.example.org/x", page=LINK), Entry("1", link=LINK), id="proxy"),
        pytest.param(Entry("", page=LINK), Entry(LINK, link=LINK), id="enclosure alone"),
        pytest.param(Entry("", "t"), Entry("", "t"), id="nothing invented"),
        pytest.param(Entry("1", published=EPOCH, updated=NINE), Entry("1", updated=NINE), id="zeros for a date"),
        pytest.param(Entry("1", published=NINE, updated=EPOCH), Entry("1", published=NINE), id="zeros for a change"),
    ],
)
def test_gaps_are_filled_and_zeros_taken_out(entry: Entry, expected: Entry) -> None:
    assert usable(Feed(entries=(entry,))) == (expected,)


@pytest.mark.parametrize(
    ("entries", "cut", "kept"),
    [
        pytest.param((Entry("1"), Entry("", "Ferr")), True, 1, id="stub"),
        pytest.param((Entry("1"), Entry("", "Ferr")), False, 2, id="an entry without anything but a title"),
        pytest.param((Entry("1"), Entry("", "Ferr", LINK)), True, 2, id="with its link"),
        pytest.param((Entry("", "Ferr"),), True, 1, id="the only one"),
        pytest.param((), True, 0, id="none"),
    ],
)
def test_a_last_entry_that_broke_off_before_its_link_and_id_is_left_out(
    entries: tuple[Entry, ...], cut: bool, kept: int
) -> None:
    assert len(usable(Feed(entries=entries, cut=cut))) == kept


def test_of_a_cut_feed_no_half_title_is_used() -> None:
    whole = {entry.title for entry in parse_feed(SAMPLES["rss"]).entries}
    for end in range(SAMPLES["rss"].index(b"Council"), SAMPLES["rss"].index(b"Ferry to Sollen") + 10, 7):
        assert {entry.title for entry in usable(parse_feed(SAMPLES["rss"][:end]))} <= whole


@pytest.mark.parametrize("name", SAMPLES)
def test_what_has_a_link_has_an_id(name: str) -> None:
    assert all(entry.id or not entry.link for entry in usable(parse_feed(SAMPLES[name])))
