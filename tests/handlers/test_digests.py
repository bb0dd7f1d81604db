"""What a story of a digest shows: its sentences, and who says so."""

import pytest
from msgspec.structs import replace

from handlers.digests import Told, story
from handlers.document import Details, texts_of
from handlers.texts import texts
from summaries.models import Chosen, Look, Pick, Speaker
from tests.handlers.world import article, briefing

ENGLISH = texts("en")


def shown(source: Speaker | None, look: Look = "message") -> str:
    """A story of one sentence that comes from `source`."""
    found = replace(briefing(article()), sentences=(Chosen("The pier stays closed.", 0, source),))
    blocks = story(Told(Pick(0, (12,)), (found,)), 1, ENGLISH, look)
    return "".join(text for block in blocks for text in texts_of(block))


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param(Speaker("named", "Edda Quist"), "The pier stays closed. (Edda Quist)", id="by name"),
        pytest.param(Speaker("unnamed", "officials"), "The pier stays closed. (unnamed: “officials”)", id="described"),
        pytest.param(Speaker("outlet"), "The pier stays closed.", id="the outlet, which is named above"),
        pytest.param(None, "The pier stays closed.", id="nobody could be made out"),
    ],
)
@pytest.mark.parametrize("look", ["message", "page"])
def test_behind_each_sentence_stands_who_says_so(source: Speaker | None, line: str, look: Look) -> None:
    text = shown(source, look)
    assert line in text
    assert ("closed. (" in text) == line.endswith(")")


def test_on_a_page_all_but_the_headline_is_folded() -> None:
    found = replace(briefing(article()), sentences=(Chosen("It stays closed.", 0, Speaker("named", "Edda Quist")),))

    [folded] = story(Told(Pick(0, (12,)), (found,)), 1, ENGLISH, "page")

    assert isinstance(folded, Details)
