"""Weekdays in a sentence: news is told by the day on which it happened, background is not."""

import re
from functools import cache

from babel import UnknownLocaleError

from summaries.language.locales import locale_of
from summaries.models import UNKNOWN_LANGUAGE

_ENDINGS = 3  # "понедельник", "понедельника"; the last letter of the name goes with them: "среда", "среду"


def names_a_weekday(sentence: str, language: str) -> bool:
    """Whether a weekday is named in full. False where the language's names are not known."""
    pattern = _pattern(language)
    return pattern is not None and pattern.search(sentence.lower()) is not None


@cache
def _pattern(language: str) -> re.Pattern[str] | None:
    if language == UNKNOWN_LANGUAGE:
        return None
    if language == "zh":
        return re.compile("(?:[周週]|星期|礼拜|禮拜)[一二三四五六日天]")
    try:
        days = locale_of(language).days
    except (UnknownLocaleError, ValueError):
        return None
    names = {name.lower() for form in ("format", "stand-alone") for name in days[form]["wide"].values()}
    if language in ("ja", "th"):
        return re.compile("|".join(sorted(map(re.escape, names))))
    stems = sorted({re.escape(name[:-1] if len(name) > 4 else name) for name in names})
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})\w{{0,{_ENDINGS}}}(?!\w)")
