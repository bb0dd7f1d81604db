"""Sentences that say what ought to be: what an opinion piece argues."""

import re
from functools import cache

_OUGHT = {
    "en": r"must|should|ought to|needs? to|has to|have to|it is time|it's time|time to|let us|cannot afford|had better|"
    r"would do well|the answer is|the lesson|the only way|i believe|i argue|we need|the challenge is|it is imperative",
}


def argues(sentence: str, language: str) -> bool:
    """Whether the sentence demands, urges or concludes. False where the language has no list."""
    pattern = _pattern(language)
    return pattern is not None and pattern.search(sentence) is not None


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{_OUGHT[language]})\b", re.IGNORECASE) if language in _OUGHT else None
