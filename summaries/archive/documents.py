"""What a briefing is to the search index: its fields, and how each is filled."""

import hashlib
from datetime import UTC, datetime
from importlib import metadata, resources
from urllib.parse import urlsplit

import tantivy

from summaries.archive.query import folded
from summaries.archive.spelling import joined
from summaries.models import UNKNOWN_LANGUAGE, Article, Briefing

_HALF_LIFE = 5 * 365.25 * 86_400
_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_FARTHEST = 9.5


def _schema() -> tantivy.Schema:
    """The texts are our own terms with a space between them. `when` is in seconds since 1970.

    `id` is signed, since tantivy's binding deletes by a signed number only, and by no other without a word.
    """
    builder = tantivy.SchemaBuilder()
    for name in ("headline", "sentences", "text", "source"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("tag", "lang", "kind", "mark"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("id", indexed=True, fast=True)
    builder.add_integer_field("when", fast=True)
    builder.add_float_field("weight", fast=True)
    builder.add_bytes_field("state", stored=True)
    return builder.build()


SCHEMA = _schema()


def _fingerprint() -> str:
    digest = hashlib.blake2b(
        f"tantivy {metadata.version('tantivy')} sumy {metadata.version('sumy')}".encode(), digest_size=6
    )
    rules = [resources.files("summaries.language") / f"{name}.py" for name in ("scripts", "stems", "terms")]
    for source in (*rules, resources.files("summaries.archive") / "documents.py"):
        digest.update(source.read_bytes())
    return digest.hexdigest()


FINGERPRINT = _fingerprint()
"""Changes with the fields and with the rules by which texts become terms: an index of other rules cannot be asked."""


def searchable(briefing: Briefing) -> bool:
    """Whether a search may find it: one that was withdrawn keeps its row, and no words."""
    return bool(briefing.headline or briefing.sentences)


def document(briefing: Briefing, article: Article | None) -> tantivy.Document:
    """All that is searched of a briefing; the words of its whole text too, where the archive has it."""
    language, made = briefing.language, tantivy.Document()
    for text in (briefing.headline, briefing.deck):
        made.add_text("headline", joined(text, language))
    for sentence in briefing.sentences:  # a value each, as below: no phrase reaches from one into the next
        made.add_text("sentences", joined(sentence.text, language))
    if article is not None:
        for paragraph in article.text.split("\n"):
            made.add_text("text", joined(paragraph, language))
    for text in (briefing.outlet, _host(briefing.url)):
        made.add_text("source", joined(text, UNKNOWN_LANGUAGE))
    for tag in dict.fromkeys(map(folded, (*briefing.tags, *briefing.facts))):  # what it is about, whoever says so
        made.add_text("tag", tag)
    made.add_text("lang", language)
    made.add_text("kind", briefing.kind)
    made.add_integer("id", briefing.id)
    made.add_integer("when", int(_when(briefing).timestamp()))
    made.add_float("weight", _weight(briefing))
    return made


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # "http://[": kept as it came, and no address
        return ""


def _when(briefing: Briefing) -> datetime:
    return briefing.published or briefing.received or _LONG_AGO


def _weight(briefing: Briefing) -> float:
    """What tantivy multiplies the score by log2(2 + this) for: the factor doubles every five years.

    So of two equally good answers the newer leads, and one of last year needs to be a seventh better. A factor that
    grows with the date needs no "now", and a page of answers stays as it was. A date in the future is taken for the
    day of receipt. Before 2000 all is equally old; in 2047 the factor ends, at what fits into a float.
    """
    when = min(_when(briefing), briefing.received or _when(briefing))
    halvings = (when - _LONG_AGO).total_seconds() / _HALF_LIFE
    return float(2 ** (2 ** min(max(halvings, 0), _FARTHEST)) - 2)
