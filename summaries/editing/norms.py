"""Sentences that say what ought to be: what an opinion piece argues.

A list per language stands in `ought/<code>.txt`: a word of obligation, of urging or of conclusion a line, in small
letters; `*meli` is any word that ends so.
"""

import re
from functools import cache
from importlib import resources

_UNSPACED = frozenset({"zh", "ja", "th"})


def argues(sentence: str, language: str) -> bool:
    """Whether the sentence demands, urges or concludes. False where the language has no list."""
    pattern = _pattern(language)
    return pattern is not None and pattern.search(sentence) is not None


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    if not (language.isascii() and language.isalpha()):
        return None
    file = resources.files("summaries.editing") / "ought" / f"{language}.txt"
    if not file.is_file():
        return None
    lines = file.read_text(encoding="utf-8").splitlines()
    ought = "|".join(r"\s+".join(map(re.escape, line.split())).replace(r"\*", r"\w+") for line in lines if line)
    return re.compile(ought if language in _UNSPACED else rf"(?<!\w)(?:{ought})(?!\w)", re.IGNORECASE)
