"""An article's briefing as the desk keeps it: condensed, and with what readers are told beside its sentences."""

from msgspec.structs import replace

from summaries.editing.attribution import attribute, count_voices
from summaries.editing.condense import condense
from summaries.editing.facts import facts_of
from summaries.models import Article, Briefing, Length


def brief(article: Article, *, sentences: int = 3, length: Length | None = None) -> Briefing:
    """`condense`, with who says each sentence, how many sources there are, and the facts that are repeated most."""
    made = condense(article, sentences=sentences, length=length)
    sources = attribute(article)
    marked = tuple(replace(chosen, source=sources[chosen.place]) for chosen in made.sentences)
    return replace(made, sentences=marked, voices=count_voices(sources), facts=facts_of(article))
