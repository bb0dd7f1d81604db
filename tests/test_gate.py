"""The gate itself: figures that fall, data that change, floors that somebody lowers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.gate import ROOT
from tests.gate.floors import (
    Floor,
    RefusedError,
    agree,
    complaint,
    digest,
    fallen,
    pinned,
    read_floors,
    write_floors,
)
from tests.gate.scoring import COMMAND, READER, measure, score_pages, score_stories, score_summaries

DATA = "summaries_tarn.jsonl"
TOLD = (
    "# Changes\n\n## Unreleased\n\n- The floor of summaries_tarn falls: its texts were mended.\n\n## 1.0\n\n- pages\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / DATA).write_text("{}\n")
    return tmp_path


def floor(folder: Path, **fields: object) -> Floor:
    given = {"data": DATA, "metric": "r1", "sha256": digest(folder / DATA), **fields}
    if "most" not in given:
        given.setdefault("least", 40.0)
    return Floor(**given)  # type: ignore[arg-type]


# --- a floor holds, or says why not


@pytest.mark.parametrize(
    ("fields", "figure", "said"),
    [
        pytest.param({"least": 40.0}, 40.0, "", id="at-the-floor"),
        pytest.param({"least": 40.0}, 39.99, "summaries_tarn r1 is 39.990, and must be ≥ 40.0", id="fallen"),
        pytest.param({"most": 0.5, "metric": "dangling"}, 0.5, "", id="at-the-ceiling"),
        pytest.param({"most": 0.5, "metric": "dangling"}, 0.6, "is 0.600, and must be ≤ 0.5", id="risen"),
        pytest.param({"metric": "r2"}, None, "was not measured", id="not-measured"),
        pytest.param({"sha256": "0" * 64}, 50.0, "is not the data on which this floor was pinned", id="other-data"),
        pytest.param({"data": "gone.jsonl"}, 50.0, "gone.jsonl is not in", id="data-gone"),
    ],
)
def test_what_is_said_of_a_floor(folder: Path, fields: dict[str, object], figure: float | None, said: str) -> None:
    one = floor(folder, **fields)
    found = complaint(one, {} if figure is None else {one.data: {one.metric: figure}}, folder)

    assert said in found
    assert bool(found) == bool(said)


@pytest.mark.parametrize("limits", [{"least": 1.0, "most": 2.0}, {"least": None}])
def test_a_floor_has_one_limit(folder: Path, limits: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="either `least` or `most`"):
        _ = floor(folder, **limits).limit


def test_the_digest_of_a_folder_is_of_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    before = digest(tmp_path)
    (tmp_path / "b").write_text("two")

    assert digest(tmp_path) != before


def test_floors_are_read_as_they_were_written(folder: Path, tmp_path: Path) -> None:
    floors = [floor(folder), floor(folder, metric="dangling", least=None, most=0.3)]
    write_floors(floors, tmp_path / "floors.toml")

    assert read_floors(tmp_path / "floors.toml") == floors


# --- pinning


def repinned(folder: Path, old: Floor, figure: float, *, lower: bool = False) -> list[Floor]:
    return pinned([old], {old.data: {old.metric: figure}}, {old.data: digest(folder / DATA)}, lower=lower)


@pytest.mark.parametrize(
    ("old", "figure", "lower", "limit"),
    [
        pytest.param({"least": 40.0}, 42.0, False, 41.7, id="risen"),
        pytest.param({"least": 40.0}, 39.0, False, 40.0, id="fallen-stays"),
        pytest.param({"least": 40.0}, 39.0, True, 38.7, id="fallen-and-lowered"),
        pytest.param({"most": 0.5, "metric": "dangling"}, 0.0, False, 0.3, id="stricter-ceiling"),
        pytest.param({"most": 0.5, "metric": "dangling"}, 1.0, False, 0.5, id="ceiling-stays"),
    ],
)
def test_pinning(folder: Path, old: dict[str, object], figure: float, lower: bool, limit: float) -> None:
    (new,) = repinned(folder, floor(folder, **old), figure, lower=lower)

    assert new.limit == limit


def test_data_that_changed_count_as_fallen_even_where_the_figure_rose(folder: Path) -> None:
    old = floor(folder, sha256="0" * 64)
    new = repinned(folder, old, 50.0)

    assert new[0].sha256 == digest(folder / DATA)
    assert fallen([old], new) == [old]


def test_a_floor_that_is_no_longer_measured_counts_as_fallen(folder: Path) -> None:
    assert fallen([floor(folder)], []) == [floor(folder)]


def test_a_stricter_floor_has_not_fallen(folder: Path) -> None:
    assert fallen([floor(folder)], [floor(folder, least=41.0)]) == []


@pytest.mark.parametrize(
    ("changelog", "lower", "refusal"),
    [
        pytest.param(TOLD, False, "add --lower", id="without-the-flag"),
        pytest.param("# Changes\n\n## Unreleased\n\n- Nothing.\n", True, "says nothing", id="changelog-silent"),
        pytest.param(f"# Changes\n\n## Unreleased\n\n## 1.0\n\n- {DATA}\n", True, "says nothing", id="told-long-ago"),
        pytest.param(TOLD, True, "", id="flag-and-changelog"),
    ],
)
def test_lowering_is_asked_for_and_told(folder: Path, changelog: str, lower: bool, refusal: str) -> None:
    if not refusal:
        agree([floor(folder)], changelog, lower=lower)
        return
    with pytest.raises(RefusedError, match=refusal):
        agree([floor(folder)], changelog, lower=lower)


def test_nothing_fallen_needs_no_leave() -> None:
    agree([], "", lower=False)


# --- reading the scorers


def scorer(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(f"import json, sys\n{body}\n")


def summaries_scorer(folder: Path, rows: list[dict[str, object]]) -> None:
    body = f"json.dump({rows!r}, open(sys.argv[sys.argv.index('--json') + 1], 'w')); print(sys.argv)"
    scorer(folder, "score_summaries.py", body)


def test_figures_are_those_of_our_command(folder: Path) -> None:
    figures = {"r1": 41.5, "dangling": 0.0, "duplicate": 0.1, "boilerplate": 0.2}
    summaries_scorer(folder, [{"system": "lead", "r1": 30.0}, {"system": COMMAND, "r2": 9.0, **figures}])

    assert score_summaries(folder, DATA) == figures


def test_a_scorer_without_figures_of_ours_is_an_error_with_what_it_said(folder: Path) -> None:
    summaries_scorer(folder, [{"system": "lead", "r1": 30.0}])

    with pytest.raises(RuntimeError, match=r"(?s)no figures for summaries_tarn.*--json"):
        score_summaries(folder, DATA)


def test_a_scorer_that_fails_is_an_error_with_what_it_said(folder: Path) -> None:
    scorer(folder, "score_summaries.py", "sys.exit('no such option')")

    with pytest.raises(RuntimeError, match=r"(?s)score_summaries.py ended with 1.*no such option"):
        score_summaries(folder, DATA)


def test_pages_are_measured_beside_trafilatura(folder: Path) -> None:
    rows = [("trafilatura precision", 0.980), (READER[-23:], 0.970)]
    table = "".join(f"{label:24s}{0.9:10.3f}{0.9:8.3f}{f1:8.3f}{20:9.0f}\n" for label, f1 in rows)
    scorer(folder, "score_pages.py", f"print({table!r})")

    assert score_pages(folder, "pages") == {"f1 ratio": pytest.approx(0.97 / 0.98, abs=1e-4)}


def test_stories_are_measured_by_their_events_and_by_themselves(folder: Path) -> None:
    rows = [("all singletons", 0.5), ("event (start 780 ms)", 0.984), ("story (start 780 ms)", 0.964)]
    table = "".join(
        f"{label:34s} {1:6.3f} {0.9:6.3f} {f1:6.3f} {54:9d} {50:5d} {0:5d} {4.4:7.2f}\n" for label, f1 in rows
    )
    scorer(folder, "score_stories.py", f"print({table!r})")

    assert score_stories(folder, "stories_basil.jsonl") == {"event f1": 0.984, "story f1": 0.964}


def test_stories_without_figures_are_an_error_with_what_was_said(folder: Path) -> None:
    scorer(folder, "score_stories.py", "print('nothing of ours')")

    with pytest.raises(RuntimeError, match="nothing of ours"):
        score_stories(folder, "stories_basil.jsonl")


def test_only_what_is_there_is_measured(folder: Path) -> None:
    (folder / "summaries_fr.jsonl").write_text("{}\n")
    summaries_scorer(folder, [{"system": COMMAND, "r1": 28, "dangling": 0, "duplicate": 0, "boilerplate": 0}])

    assert list(measure(folder)) == ["summaries_fr.jsonl"]


# --- the whole of it, in a process of its own


def gate(where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BACKCHANNEL_EVAL": str(where)}
    command = [sys.executable, "-m", "tests.gate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120)


def test_without_data_it_says_so_and_passes(tmp_path: Path) -> None:
    done = gate(tmp_path)

    assert done.returncode == 0
    assert done.stdout.startswith(f"No evaluation data in {tmp_path}")


def test_on_other_data_it_fails_in_clear_words_and_the_last_line_is_pytest_s(tmp_path: Path) -> None:
    there = tmp_path / "eval"
    there.mkdir()
    (there / "summaries_fr.jsonl").write_text(json.dumps({"id": 1}) + "\n")
    summaries_scorer(there, [{"system": "x"}])
    done = gate(tmp_path)
    assert done.returncode == 1
    assert "no figures for summaries_fr.jsonl" in done.stdout

    summaries_scorer(there, [{"system": COMMAND, "r1": 99, "dangling": 0, "duplicate": 0, "boilerplate": 0}])
    done = gate(tmp_path)
    assert done.returncode == 1
    assert "summaries_fr.jsonl is not the data on which this floor was pinned" in done.stdout
    assert "pages is not in" in done.stdout
    assert " failed" in done.stdout.splitlines()[-1]


def test_lower_alone_is_wrong_usage(tmp_path: Path) -> None:
    assert gate(tmp_path, "--lower").returncode == 2
