"""The words that a language uses everywhere and that therefore say nothing about a text."""

from functools import cache
from importlib import resources

from sumy.utils import expand_resource_path, read_stop_words

# sumy's own lists, by the name of its files. Read by name, since `get_stop_words` loads the whole of pycountry first.
_SUMY = {
    "ar": "arabic", "cs": "czech", "de": "german", "el": "greek", "en": "english", "es": "spanish", "fr": "french",
    "he": "hebrew", "it": "italian", "ja": "japanese", "ko": "korean", "pl": "polish", "pt": "portuguese",
    "sk": "slovak", "sv": "swedish", "th": "thai", "uk": "ukrainian", "zh": "chinese",
}  # fmt: skip


@cache
def stop_words(language: str) -> frozenset[str]:
    """Lowercased stop words: sumy's list and the one beside this module, together; empty where there is neither."""
    theirs = read_stop_words(expand_resource_path(f"stopwords/{_SUMY[language]}.txt")) if language in _SUMY else ()
    return frozenset(theirs) | _ours(language)


def _ours(language: str) -> frozenset[str]:
    if not language.isalpha():
        return frozenset()
    file = resources.files("summaries.language") / "stopwords" / f"{language}.txt"
    return frozenset(file.read_text(encoding="utf-8").split()) if file.is_file() else frozenset()
