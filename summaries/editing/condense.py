"""An article's text → the few of its own sentences that tell it, inside sumy's frame."""

from typing import Literal

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from summaries.editing.clauses import shortened
from summaries.editing.features import Sheet, measure, unspaced
from summaries.editing.headline import headline
from summaries.editing.selection import Candidates, Room, choose
from summaries.editing.weights import weights_for
from summaries.language import Tokenizer, count_words, stem, words
from summaries.models import Article, Briefing, Chosen, Kind

Length = Literal["short", "normal", "long"]

WORDS: dict[Length, int] = {"short": 40, "normal": 80, "long": 150}
_CUT_FROM = 1.25  # of the words of a short briefing


class BriefingSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy has no types
    """A sumy summariser: called with a document and a count it returns sentences of it, in document order.

    The document has to be made with `Tokenizer(language)`. Fewer sentences than asked for come back only where the
    rest would repeat what is shown. `title` and `kind` are those of the article: an opinion is judged by other weights.
    """

    def __init__(self, language: str, *, title: str = "", kind: Kind = "report") -> None:
        super().__init__(lambda word: stem(word, language))
        self._language = language
        self._title = title
        self._kind = kind

    def __call__(self, document: ObjectDocumentModel, sentences_count: int) -> tuple[Sentence, ...]:
        candidates = self.rate(document, sentences_count)
        chosen = choose(candidates, Room(sentences=sentences_count))
        return tuple(document.sentences[place] for place in chosen)

    def rate(self, document: ObjectDocumentModel, sentences: int, follows: list[bool] | None = None) -> Candidates:
        """The document's sentences, scored for a briefing of so many. `follows`: see `Candidates`; None: no gaps."""
        weights = weights_for(self._kind, sentences)
        sheet = self.measure(document, arguing=weights.argues != 0)
        scores = sheet.scores(weights)
        return Candidates(sheet, scores, follows or [True] * len(sheet.words), weights.together)

    def measure(self, document: ObjectDocumentModel, *, arguing: bool = True) -> Sheet:
        """What `rate` scores: a row of features a sentence."""
        return measure(
            [str(sentence) for sentence in document.sentences],
            [list(sentence.words) for sentence in document.sentences],
            words(self._title, self._language),
            self._language,
            arguing=arguing,
        )


def condense(article: Article, *, sentences: int = 3, length: Length | None = None) -> Briefing:
    """The briefing of an article, not yet stored (id 0): whole sentences of it, verbatim, in document order.

    `sentences` of them, fewer only where the article has no more without repeats; with `length` instead as many as come
    nearest to that many words. Only a "short" one may show a single long sentence cut at a clause, ending in "…".
    """
    summarizer = BriefingSummarizer(article.language, title=article.title, kind=article.kind)
    candidates = summarizer.rate(_document(article), 0 if length else sentences, _follows(article))
    places = choose(candidates, Room(words=WORDS[length]) if length else Room(sentences=sentences))
    own = article.sentences
    chosen = tuple(Chosen(own[place], place) for place in places)
    return Briefing(
        headline=article.title or _headline(article, candidates, places),
        made=not article.title,
        sentences=tuple(map(_cut, chosen)) if length == "short" and len(chosen) == 1 else chosen,
        url=article.url,
        outlet=article.outlet,
        author=article.author,
        deck=article.deck,
        published=article.published,
        language=article.language,
        kind=article.kind,
        words=round(sum(candidates.sheet.lengths)),
    )


def _document(article: Article) -> ObjectDocumentModel:
    """The article as sumy sees it, in the order of its spans."""
    tokenizer = Tokenizer(article.language)
    return ObjectDocumentModel([Paragraph([Sentence(text, tokenizer)]) for text in article.sentences])


def _follows(article: Article) -> list[bool]:
    """For each sentence whether it stands right behind the one before it, and nothing was left out between them."""
    ends = [span.end for span in article.spans]
    return [
        place > 0 and not article.text[ends[place - 1] : span.start].strip() for place, span in enumerate(article.spans)
    ]


def _headline(article: Article, candidates: Candidates, places: list[int]) -> str:
    best_first = sorted(places, key=lambda place: -candidates.scores[place])
    alone = [place for place in best_first if not candidates.sheet.dangling[place]]
    own = article.sentences
    return headline(
        [own[place] for place in alone or best_first], article.language, unspaced=unspaced(article.language)
    )


def _cut(chosen: Chosen) -> Chosen:
    many = count_words(chosen.text, "")
    if many <= _CUT_FROM * WORDS["short"]:
        return chosen
    return Chosen(shortened(chosen.text, len(chosen.text) * WORDS["short"] // many), chosen.place)
