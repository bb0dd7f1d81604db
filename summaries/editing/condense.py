"""An article's text → the few of its own sentences that tell it, inside sumy's frame."""

from collections.abc import Callable

from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from summaries.editing.features import REPORT, Sheet, Weights, measure
from summaries.editing.selection import Candidates, choose
from summaries.language import Tokenizer, count_words, stem, words
from summaries.models import Article, Briefing, Chosen


class BriefingSummarizer(AbstractSummarizer):  # type: ignore[misc]
    def __init__(self, language: str, *, title: str = "", weights: Weights = REPORT) -> None:
        super().__init__(lambda word: stem(word, language))
        self._language = language
        self._title = title
        self._weights = weights

    def __call__(self, document: ObjectDocumentModel, sentences_count: int) -> tuple[Sentence, ...]:
        return tuple(document.sentences[place] for place in self.places(document, sentences_count))

    def places(self, document: ObjectDocumentModel, count: int, follows: list[bool] | None = None) -> list[int]:
        sentences = document.sentences
        if not sentences:
            return []
        sheet = self.measure(document)
        scores = sheet.scores(self._weights)
        return choose(Candidates(sheet, scores, follows or [True] * len(sentences)), lambda p: len(p) <= count)

    def measure(self, document: ObjectDocumentModel) -> Sheet:
        sentences = document.sentences
        return measure(
            [str(one) for one in sentences],
            [list(one.words) for one in sentences],
            words(self._title, self._language),
            self._language,
        )


def document_of(article: Article) -> ObjectDocumentModel:
    tokenizer = Tokenizer(article.language)
    paragraphs: dict[int, list[Sentence]] = {}
    for span, text in zip(article.spans, article.sentences, strict=True):
        paragraphs.setdefault(span.paragraph, []).append(Sentence(text, tokenizer))
    return ObjectDocumentModel([Paragraph(one) for one in paragraphs.values()])


def condense(article: Article, *, sentences: int = 3) -> Briefing:
    follows = [
        i > 0 and not article.text[article.spans[i - 1].end : one.start].strip() for i, one in enumerate(article.spans)
    ]
    places = BriefingSummarizer(article.language, title=article.title).places(document_of(article), sentences, follows)
    own = article.sentences
    return Briefing(
        headline=article.title,
        sentences=tuple(Chosen(own[place], place) for place in places),
        language=article.language,
        kind=article.kind,
        words=count_words(article.text, article.language),
    )
