"""Terms of texts, quickly: what stands between two white spaces is spelled out once, and then remembered."""

from functools import cache

from summaries.language import terms

_KEPT = 100_000
_LONGEST = 30


class _Spelled(dict[str, str]):
    """What stands between white spaces, punctuation and all → its terms with a space between them."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, chunk: str) -> str:
        spelled = " ".join(terms(chunk, self._language))
        if len(chunk) <= _LONGEST:  # longer ones are sentences of scripts without spaces, and never come again
            if len(self) >= _KEPT:
                self.clear()
            self[chunk] = spelled
        return spelled


_spelled = cache(_Spelled)


def joined(text: str, language: str) -> str:
    """`language.terms` of the text, with a space between them; thrice as quick, since no term holds white space."""
    return " ".join(filter(None, map(_spelled(language).__getitem__, text.split())))
