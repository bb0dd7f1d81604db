"""What a sentence is judged by, and what that is worth."""

import numpy as np
import pytest

from summaries.editing.features import measure
from summaries.editing.weights import ANALYSIS, COLUMNS, MANY, OPINION, REPORT, weights_for
from summaries.language import words

LONG = "The boats " + "of the bay " * 16 + "came."


def column(name: str, sentences: list[str], *, title: str = "", arguing: bool = False) -> list[float]:
    split = [words(sentence, "en") for sentence in sentences]
    sheet = measure(sentences, split, words(title, "en"), "en", arguing=arguing)
    return [float(value) for value in sheet.values[:, COLUMNS.index(name)]]


@pytest.mark.parametrize(
    ("name", "sentences", "expected"),
    [
        pytest.param("position", ["A.", "B.", "C."], [1, 1 / 2, 1 / 3], id="position"),
        pytest.param("first", ["A.", "B."], [1, 0], id="first"),
        pytest.param("depth", ["A.", "B."], [0, np.log(2)], id="depth"),
        pytest.param("relative", ["A.", "B."], [0, 0.5], id="relative"),
        pytest.param("closing", ["A.", "B.", "C.", "D."], [0, 1 / 3, 1 / 2, 1], id="closing"),
        pytest.param("short", ["Boats came.", LONG], [1, 0], id="short"),
        pytest.param("long", ["Boats came.", LONG], [0, 1], id="long"),
        pytest.param("capitals", ["The mayor of Tarn left.", "it rained"], [0.25, 0], id="capitals"),
        pytest.param("number", ["It cost 5 crowns.", "It was cheap."], [1, 0], id="number"),
        pytest.param("quote_start", ["“No,” he said.", "He said “no”."], [1, 0], id="quotation at the start"),
        pytest.param("weekday", ["It sank on Monday.", "A week passed.", "MONDAY came."], [1, 0, 1], id="weekday"),
        pytest.param("bracket", ["Tarn (pop. 40) sank.", "Tarn sank."], [1, 0], id="bracket"),
        pytest.param("scrap", ["player of the year.", "Player of the year."], [1, 0], id="the end of a torn sentence"),
        pytest.param("scrap", ['" The boats came.', '"The boats came."'], [1, 0], id="another's closing mark"),
        pytest.param("scrap", ["Transcript .", "Boats came again."], [1, 0], id="a word or two"),
        pytest.param("unclosed", ['He said: "We left.', 'He said: "We left."'], [1, 0], id="a quotation that goes on"),
        pytest.param(
            "doubtful", ["Photographer Ana Lund came.", "Boats came.", "Tarn read it."], [1, 0, 0], id="caption"
        ),
        pytest.param("repeated", ["Ferry sank.", "Ferry drifted.", "Flour rose."], [0.5, 0.5, 0], id="repeated"),
        pytest.param("question", ["Why?", "“Why?”", "So."], [1, 1, 0], id="question"),
        pytest.param("unfinished", ["Harbour news", "Boats came.", "“They came.”"], [1, 0, 0], id="unfinished"),
        pytest.param("stop_share", ["it is the", "ferry sank"], [1, 0], id="stop words"),
    ],
)
def test_columns(name: str, sentences: list[str], expected: list[float]) -> None:
    assert column(name, sentences) == pytest.approx(expected)


def test_columns_of_likeness() -> None:
    story = ["Ferry sank near Tarn.", "Ferry sank near Tarn.", "Flour became dear."]
    assert column("like_first", story) == pytest.approx([0, 1, 0], abs=1e-6)
    assert column("like_earlier", story) == pytest.approx([0, 1, 0], abs=1e-6)
    assert column("title_covered", story, title="Ferry sank") == [1, 1, 0]
    assert column("in_title", story, title="Ferry sank")[2] == 0
    assert column("centroid", story)[0] > column("centroid", story)[2]
    hub = ["Ferry sank.", "Ferry sank near flour mill.", "Flour mill burned."]
    assert max(column("lexrank", hub)) == column("lexrank", hub)[1] > column("lexrank", hub)[0]
    assert column("density", story)[0] > column("density", story)[2]


def test_what_sentences_tell() -> None:
    story = ["Ferry sank near Tarn.", "Ferry sank again.", "Flour became dear."]
    sheet = measure(story, [words(one, "en") for one in story], words("The ferry sank", "en"), "en")
    assert sheet.often == {"ferri": 2, "sank": 2}
    assert sheet.topics == [{"ferri", "sank"}, {"ferri", "sank"}, set()]
    assert sheet.titled == [{"ferri", "sank"}, {"ferri", "sank"}, set()]
    assert sheet.title_size == 2
    assert sheet.dangling == [False, False, False]


def test_norms_are_searched_for_only_where_they_count() -> None:
    assert column("argues", ["We must talk.", "Boats came."], arguing=True) == [1, 0]
    assert column("argues", ["Boats came.", "We must talk."], arguing=True) == [0, 1.5]
    assert column("argues", ["We must talk.", "Boats came."]) == [0, 0]


def test_scores_are_the_weighted_sum() -> None:
    sentences = ["Ferry sank near Tarn.", "Flour became dear."]
    sheet = measure(sentences, [words(one, "en") for one in sentences], [], "en")
    by_hand = [sum(getattr(REPORT, name) * row[i] for i, name in enumerate(COLUMNS)) for row in sheet.values]
    assert np.allclose(sheet.scores(REPORT), by_hand)
    assert sheet.values.shape == (2, len(COLUMNS))


def test_weights_by_kind_and_count() -> None:
    assert weights_for("report", 3) == weights_for("live", 3) == REPORT
    assert weights_for("opinion", 3) == OPINION
    assert weights_for("analysis", 3) == ANALYSIS
    assert OPINION.position < ANALYSIS.position < REPORT.position
    assert REPORT.argues == 0 < ANALYSIS.argues < OPINION.argues
    assert weights_for("report", MANY).log_length > REPORT.log_length
    assert weights_for("report", MANY).depth > REPORT.depth
    assert weights_for("opinion", MANY).relative == OPINION.relative
