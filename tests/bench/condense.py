"""Condensing: articles a second and ROUGE-1 beside sumy's own LexRank, and CPU from ten to a thousand sentences.

Measured on the English sets of the folder that BACKCHANNEL_EVAL names (default: `shared` beside the project), where it
has `eval/`; elsewhere on articles made here, whose reference summary is their first sentence in other words.
LexRank gets the same sentences, words and stop words, through our tokenizer, and sumy's own stemmer.
Everybody goes over the articles once before, as in a desk that has been running: ours remembers stems.
"""

import json
import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rouge_score.rouge_scorer import RougeScorer
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.nlp.stemmers import Stemmer
from sumy.summarizers.lex_rank import LexRankSummarizer

from summaries.editing.condense import condense
from summaries.language import Tokenizer, split, stop_words
from summaries.models import Article, Span

SENTENCES = 3
SETS = ("cnn", "mixed", "india")
PER_SET = 60
SIZES = (10, 30, 100, 300, 1000)
REPEATS = 5
MADE = 60

System = Callable[[Article], list[str]]


@dataclass(frozen=True)
class Judged:
    """An article and the summary that a person wrote of it."""

    article: Article
    reference: str


def main() -> None:
    console = Console()
    for name, sample in _samples().items():
        console.print(_beside_lexrank(name, sample))
    console.print(_growth())


def _samples() -> dict[str, list[Judged]]:
    default = Path(__file__).parents[3] / "shared"
    folder = Path(os.environ.get("BACKCHANNEL_EVAL", default)) / "eval"
    files = {name: folder / f"summaries_en_{name}.jsonl" for name in SETS}
    found = {name: _read(path) for name, path in files.items() if path.is_file()}
    return found or {"made here": [_made(seed) for seed in range(MADE)]}


def _read(path: Path) -> list[Judged]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:PER_SET]]
    return [
        Judged(_article(record["text"], record.get("title") or ""), "\n".join(record["refs"][0])) for record in records
    ]


def _article(text: str, title: str = "") -> Article:
    spans = tuple(Span(start, end, text.count("\n", 0, start)) for start, end in split(text, "en"))
    return Article(text=text, spans=spans, title=title, language="en")


def _made(seed: int, sentences: int = 25) -> Judged:
    """An article whose later sentences take up words of the first, less and less."""
    chance = random.Random(seed)
    names = [f"{a}{b}{c}" for a in ("bel", "tar", "vel", "mor") for b in "aeiou" for c in ("n", "ra", "sk", "mont")]
    subject = chance.sample(names, 12)
    lines = [
        " ".join(chance.choice(subject if chance.random() < 4 / (place + 5) else names) for _ in range(18)).capitalize()
        for place in range(sentences)
    ]
    return Judged(_article(" ".join(f"{line}." for line in lines)), " ".join(subject))


def _ours(article: Article) -> list[str]:
    return [chosen.text for chosen in condense(article, sentences=SENTENCES).sentences]


def _lexrank(article: Article) -> list[str]:
    tokenizer = Tokenizer("en")
    document = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in article.sentences])])
    summarizer = LexRankSummarizer(Stemmer("english"))
    summarizer.stop_words = stop_words("en")
    return [str(sentence) for sentence in summarizer(document, SENTENCES)]


def _lead(article: Article) -> list[str]:
    return list(article.sentences[:SENTENCES])


def _beside_lexrank(name: str, sample: list[Judged]) -> Table:
    table = Table(title=f"Condense, {name}: {len(sample)} articles, {SENTENCES} sentences")
    for heading in ("system", "articles/s of CPU", "x LexRank", "ROUGE-1"):
        table.add_column(heading, justify="left" if heading == "system" else "right")
    measured = {label: _measure(system, sample) for label, system in _SYSTEMS.items()}
    floor = measured["sumy LexRank"][0]
    for label, (rate, rouge) in measured.items():
        table.add_row(label, f"{rate:,.0f}", f"{rate / floor:.1f}", f"{100 * rouge:.2f}")
    return table


_SYSTEMS: dict[str, System] = {"first sentences": _lead, "sumy LexRank": _lexrank, "Backchannel": _ours}


def _measure(system: System, sample: list[Judged]) -> tuple[float, float]:
    """(articles a second of CPU, mean ROUGE-1 F1)."""
    for one in sample:
        system(one.article)
    began = time.process_time()
    summaries = [system(one.article) for one in sample]
    spent = time.process_time() - began
    scorer = RougeScorer(["rouge1"], use_stemmer=True)
    scores = [
        scorer.score(one.reference, "\n".join(found))["rouge1"].fmeasure
        for one, found in zip(sample, summaries, strict=True)
    ]
    return len(sample) / max(spent, 1e-9), sum(scores) / len(scores)


def _growth() -> Table:
    table = Table(title="Condense, CPU by length of the article (median)")
    for heading in ("sentences", "ms", "ms LexRank", "µs a sentence"):
        table.add_column(heading, justify="right")
    for size in SIZES:
        article = _made(size, size).article
        ours = _milliseconds(_ours, article)
        peer = f"{_milliseconds(_lexrank, article, 1):,.1f}" if size <= 300 else "–"
        table.add_row(f"{size:,}", f"{ours:.1f}", peer, f"{1000 * ours / size:.0f}")
    return table


def _milliseconds(system: System, article: Article, repeats: int = REPEATS) -> float:
    spent = []
    for _ in range(repeats):
        began = time.process_time()
        system(article)
        spent.append(time.process_time() - began)
    return 1000 * sorted(spent)[len(spent) // 2]


if __name__ == "__main__":
    main()
