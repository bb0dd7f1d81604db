import pytest

from summaries.archive.query import parse
from summaries.archive.ranking import plan
from summaries.archive.snippets import LONGEST, Finder, Pieces
from tests.news import NOW

LONG = "The council met. " * 40 + "Then the ferry sailed, " + "and everybody went home, " * 40


def finder(query: str, *languages: str) -> Finder:
    return Finder(plan(parse(query, NOW), languages).groups)


def marked(pieces: Pieces) -> str:
    return "".join(f"[{text}]" if found else text for text, found in pieces)


@pytest.mark.parametrize(
    ("query", "language", "text", "expected"),
    [
        pytest.param("talk", "en", "Talks, talking; a TALK.", "[Talks], [talking]; a [TALK].", id="stems and case"),
        pytest.param("cafe", "fr", "Le café, les cafés", "Le [café], les [cafés]", id="accents"),
        pytest.param('"dam talks"', "en", "dam talks talks dam", "[dam talks] talks dam", id="phrase"),
        pytest.param("cease-fire", "en", "A cease-fire, no fire", "A [cease-fire], no fire", id="hyphen"),
        pytest.param("dam -ferry", "en", "dam ferry", "[dam] ferry", id="not what is excluded"),
        pytest.param("中国经济", "zh", "看中国经济吧", "看[中国经济]吧", id="Chinese word"),
        pytest.param("国", "zh", "中国和国家", "中[国]和[国]家", id="one character"),
        pytest.param("كتاب", "ur", "یہ کتاب ہے", "یہ [کتاب] ہے", id="Arabic letters, Urdu text"),
        pytest.param("किताब", "hi", "दो किताबों पर", "दो [किताबों] पर", id="Hindi"),
        pytest.param("dam", "en", "", "", id="nothing to mark in"),
        pytest.param("tag:x", "en", "dam", "dam", id="nothing looked for"),
        pytest.param("dam", "en", "a 😀 dam 😀", "a 😀 [dam] 😀", id="astral characters"),
    ],
)
def test_marks(query: str, language: str, text: str, expected: str) -> None:
    pieces = finder(query, language).marked(text, language)
    assert marked(pieces) == expected
    assert "".join(piece for piece, _ in pieces) == text


def test_a_short_sentence_is_shown_whole() -> None:
    assert marked(finder("ferry", "en").snippet("The ferry sailed.", "en")) == "The [ferry] sailed."


def test_a_long_sentence_is_cut_around_the_mark() -> None:
    shown = marked(finder("ferry", "en").snippet(LONG, "en"))
    assert "Then the [ferry] sailed" in shown
    assert len(shown) <= LONGEST + len("… [] …")
    assert (shown[:2], shown[-2:]) == ("… ", " …")
    assert shown[2:-2].replace("[", "").replace("]", "") in LONG


def test_a_long_sentence_without_a_mark_shows_its_beginning() -> None:
    shown = marked(finder("zeppelin", "en").snippet(LONG, "en"))
    assert shown.startswith("The council met.")
    assert shown.endswith(" …")


def test_a_long_text_without_spaces_is_cut_all_the_same() -> None:
    shown = marked(finder("国", "zh").snippet("水" * 1000 + "国" + "水" * 1000, "zh"))
    assert "[国]" in shown
    assert len(shown) <= LONGEST + len("… [] …")


@pytest.mark.parametrize(
    ("query", "best"),
    [
        pytest.param("dam", "The dam waits.", id="the first that has it"),
        pytest.param("ferry dam", "The ferry passed the dam.", id="the one that has more"),
        pytest.param('"the ferry"', "The ferry passed the dam.", id="phrase"),
        pytest.param("zeppelin", "", id="none"),
        pytest.param("tag:x", "", id="nothing looked for"),
    ],
)
def test_the_best_sentence(query: str, best: str) -> None:
    sentences = ["Nobody came.", "The dam waits.", "A ferry left.", "The ferry passed the dam."]
    assert finder(query, "en").best(sentences, "en")[0] == best
