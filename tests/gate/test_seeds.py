"""The two real articles of the seeds, found by what they say; collected only where they are."""

import re
from functools import cache
from itertools import combinations
from pathlib import Path

from summaries.editing.brief import brief
from summaries.language import words
from summaries.models import Article
from summaries.pipeline import SUFFIXES, read_file
from tests.gate import SEEDS

REPORTER = "Kamran Yousuf"


@cache
def files() -> dict[str, Path]:
    found = {}
    for path in sorted(entry for entry in SEEDS.rglob("*") if entry.suffix.lower() in SUFFIXES):
        text = path.read_text(encoding="utf-8", errors="replace")
        found["report" if REPORTER.lower() in text.lower() else "op-ed"] = path
    return found


@cache
def article(which: str) -> Article:
    return read_file(files()[which])


def plain(text: str) -> str:
    return " ".join(words(text, "en"))


def test_both_are_there() -> None:
    assert set(files()) == {"report", "op-ed"}


def test_the_report_s_fields_are_read() -> None:
    report = article("report")

    assert report.title
    assert report.deck
    assert report.author == REPORTER
    assert report.published is not None
    assert report.published.date().isoformat() == "2022-08-08"
    assert not brief(report).made


def test_the_report_s_sentences_are_its_own() -> None:
    report = article("report")
    sentences = [plain(sentence) for sentence in report.sentences]

    assert plain(report.title) not in sentences
    assert plain(report.deck) not in sentences
    furniture = re.compile(
        r"^(?:read\b(?: more| also)?|also read|comments?\b|replying to|leave a|by " + REPORTER + ")", re.I
    )
    assert [sentence for sentence in report.sentences if furniture.match(sentence)] == []


def test_all_that_the_report_says_rests_on_unnamed_sources() -> None:
    voices = brief(article("report")).voices

    assert voices is not None
    assert voices.named == 0
    assert voices.unnamed >= 1


def test_the_op_ed_is_an_opinion_without_bio_and_address() -> None:
    opinion = article("op-ed")

    assert opinion.kind == "opinion"
    assert [sentence for sentence in opinion.sentences if re.search(r"\S@\S|\b(?:writer|author) is\b", sentence)] == []


def test_the_op_ed_says_nothing_twice() -> None:
    """Neither whole, nor in the spliced form in which the pull quotes are pasted into the text."""
    bags = [(sentence, set(words(sentence, "en"))) for sentence in article("op-ed").sentences]
    twice = [
        (one, other)
        for (one, a), (other, b) in combinations(bags, 2)
        if min(len(a), len(b)) > 4 and len(a & b) >= 0.7 * min(len(a), len(b))
    ]
    assert twice == []
