"""Runs the scorers, a process each, and reads what they found."""

import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.gate import ROOT

AT_ONCE = 2
"""Scorers that run at the same time; each has one process of ours beside it."""
MINUTES = 10
SUMMARIES: dict[str, tuple[str, ...]] = {
    "summaries_en_cnn.jsonl": (),
    "summaries_en_mixed.jsonl": (),
    "summaries_en_india.jsonl": (),
    "summaries_fr.jsonl": (),
    "summaries_ur.jsonl": ("--sentences", "5", "--max-words", "110"),
}
STORIES = ("stories_basil.jsonl", "stories_ecb.jsonl", "stories_headlines.jsonl")
PAGES = "pages"
DATA = (*SUMMARIES, *STORIES, PAGES)
METRICS = ("r1", "dangling", "duplicate", "boilerplate")
COMMAND = shlex.join([sys.executable, "-m", "bot", "condense", "--jsonl", "-n"]) + " {n}"
RELATE = shlex.join([sys.executable, "-m", "bot", "relate", "--jsonl"])
READER = "summaries.pipeline:read_page"


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """Every figure of the data that is there: data → metric → figure. Raises `RuntimeError` for a scorer that fails."""
    there = [name for name in DATA if (folder / name).exists()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return dict(zip(there, pool.map(lambda name: _scorer(name)(folder, name), there), strict=True))


def _scorer(name: str) -> Callable[[Path, str], dict[str, float]]:
    if name in STORIES:
        return score_stories
    return score_pages if name == PAGES else score_summaries


def score_summaries(folder: Path, name: str) -> dict[str, float]:
    """ROUGE-1 F1 x 100, and the shares of summaries with a defect, in per cent."""
    with tempfile.TemporaryDirectory() as place:
        found = Path(place) / "found.json"
        options = ["--data", str(folder / name), "--builtin", "lead", "--command", COMMAND, "--json", str(found)]
        said = _run(folder / "score_summaries.py", *options, *SUMMARIES.get(name, ()))
        rows = json.loads(found.read_text(encoding="utf-8")) if found.is_file() else []
    ours = [row for row in rows if row["system"] == COMMAND]
    if not ours:
        raise RuntimeError(f"score_summaries.py has no figures for {name}; it said:\n{said}")
    return {metric: float(ours[0][metric]) for metric in METRICS}


def score_stories(folder: Path, name: str) -> dict[str, float]:
    """BCubed F1 of the events, and of the stories, that the articles were put into."""
    said = _run(folder / "score_stories.py", str(folder / name), "--cmd", RELATE)
    rows = {line.split(" (")[0]: line[34:].split() for line in said.splitlines() if " (start " in line}
    if not {"event", "story"} <= rows.keys():
        raise RuntimeError(f"score_stories.py printed no events and stories of {name}; it said:\n{said}")
    return {f"{level} f1": float(rows[level][2]) for level in ("event", "story")}


def score_pages(folder: Path, name: str) -> dict[str, float]:
    """The F1 of our text of the pages, as a ratio to trafilatura's in the same run."""
    said = _run(folder / "score_pages.py", str(folder / name), "--py", READER)
    scores = {line[:24].strip(): line[24:].split() for line in said.splitlines()}
    ours, theirs = scores.get(READER[-23:]), scores.get("trafilatura precision")
    if not ours or not theirs:
        raise RuntimeError(f"score_pages.py printed no table; it said:\n{said}")
    return {"f1 ratio": round(float(ours[2]) / float(theirs[2]), 4)}


def _run(script: Path, *options: str) -> str:
    done = subprocess.run(
        [sys.executable, str(script), *options], capture_output=True, text=True, cwd=ROOT, timeout=MINUTES * 60
    )
    if done.returncode:
        raise RuntimeError(f"{script.name} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout
