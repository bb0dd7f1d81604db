import re

import pytest

from summaries.editing.phrases import phrases, sections

NAMES = ("furniture", "bios", "bylines", "kinds")


@pytest.mark.parametrize("name", NAMES)
def test_every_section_is_a_regular_expression_that_does_not_match_nothing(name: str) -> None:
    assert sections(name)
    for section in sections(name):
        assert not re.compile(phrases(name, section), re.IGNORECASE).fullmatch("")
