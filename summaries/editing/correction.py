"""What an admin may change in a briefing that is wrong: still nothing that is not the article's own words. Pure."""

from dataclasses import dataclass

from msgspec.structs import replace

from summaries.editing.attribution import attribute
from summaries.errors import InputError
from summaries.models import Article, Briefing, Chosen, Kind

MOST = 10
"""Sentences of a briefing."""


@dataclass(frozen=True)
class Correction:
    """What is to be other than it is; None leaves it.

    `places` are the sentences, by their places among the article's; `headline` is some of the article's own words.
    """

    places: tuple[int, ...] | None = None
    headline: str | None = None
    kind: Kind | None = None


def corrected(before: Briefing, article: Article, correction: Correction) -> Briefing:
    """The briefing after it. Raises `InputError` for no sentence, for too many, and for words of somebody else's."""
    after = before
    if correction.places is not None:
        after = replace(after, sentences=_chosen(article, correction.places))
    if correction.headline is not None:
        words = _own_words(article, correction.headline)
        after = replace(after, headline=words, made=words != article.title)
    return replace(after, kind=correction.kind) if correction.kind is not None else after


def _chosen(article: Article, places: tuple[int, ...]) -> tuple[Chosen, ...]:
    wanted = sorted(set(places))
    if not 1 <= len(wanted) <= MOST:
        raise InputError(f"a briefing has 1 to {MOST} sentences, not {len(wanted)}")
    if wanted[0] < 0 or wanted[-1] >= len(article.spans):
        raise InputError("the article has no such sentence any more: open it again")
    sources, sentences = attribute(article), article.sentences
    return tuple(Chosen(sentences[place], place, sources[place]) for place in wanted)


def _own_words(article: Article, headline: str) -> str:
    words = " ".join(headline.split()).strip()
    own = " ".join("\n".join((article.title, article.deck, article.text)).split())
    if not words or words not in own:
        raise InputError("a headline is of the article's own words, letter by letter: copy them from it")
    return words
