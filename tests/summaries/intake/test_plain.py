from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summaries.errors import InputError
from summaries.intake.plain import read_plain

NOTE = b"""---
title: The bridge
deck: It had stood for ninety years
author: Mira Daloun
date: 8 Aug 2022
source: https://example.org/bridge
category: Opinion
lang: en
---
The old bridge **fell** at night.
"""


def test_front_matter_fills_the_fields_of_the_page() -> None:
    page = read_plain(NOTE, name="bridge.md")
    assert (page.title, page.deck, page.author) == ("The bridge", "It had stood for ninety years", "Mira Daloun")
    assert page.published == datetime(2022, 8, 8, tzinfo=UTC)
    assert (page.url, page.section, page.language) == ("https://example.org/bridge", "Opinion", "en")
    assert page.text == "The old bridge fell at night."


def test_marks_in_plain_text_stay() -> None:
    assert read_plain(b"He wrote *that* down.", name="a.txt").text == "He wrote *that* down."


def test_markdown_is_known_by_its_looks_too() -> None:
    page = read_plain(b"# The bridge\n\nIt fell.", name="bridge.txt")
    assert (page.title, page.text) == ("The bridge", "It fell.")


def test_lines_broken_at_a_width_become_paragraphs() -> None:
    wrapped = (
        b"The old bridge over the river Ald fell in the night of Monday, and\n"
        b"nobody was hurt, since the road to it has been closed for repairs\n"
        b"since the early spring, when the first cracks were found by boys.\n\n"
        b"A new one will be built.\n"
    )
    assert read_plain(wrapped, name="a.txt").text.count("\n") == 1


def test_short_lines_of_a_head_are_not_joined() -> None:
    head = b"The old bridge has fallen\nNobody was hurt, police say\nMira Daloun\nAugust 8, 2022\n\nIt fell at night."
    assert read_plain(head, name="a.txt").text.split("\n")[:2] == [
        "The old bridge has fallen",
        "Nobody was hurt, police say",
    ]


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"], ids=["unix", "windows", "old-mac"])
def test_line_ends_of_all_systems_part_paragraphs(ending: bytes) -> None:
    assert read_plain(ending.join([b"One.", b"", b"Two."]), name="a.txt").text == "One.\nTwo."


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\n \n", id="space"),
        pytest.param(b"---\nlang: en\n---\n", id="only-front-matter"),
        pytest.param(b"%PDF-1.4", id="binary"),
    ],
)
def test_a_file_without_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InputError, match=r"bridge\.md"):
        read_plain(data, name="bridge.md")


@settings(max_examples=80)
@given(st.binary(max_size=200), st.sampled_from(["a.txt", "a.md", ""]))
def test_any_bytes_are_a_page_or_refused(data: bytes, name: str) -> None:
    try:
        page = read_plain(data, name=name)
    except InputError:
        return
    assert page.text or page.title
