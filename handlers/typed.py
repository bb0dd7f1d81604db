"""Numbers as people type them."""

from handlers.press import HIGHEST


def id_of(words: str) -> int | None:
    """The id that was typed, with or without `#` and in any script's digits; None where that can be no id."""
    bare = words.removeprefix("#")
    fits = bare.isdecimal() and len(bare) <= len(str(HIGHEST))
    return int(bare) if fits and 0 < int(bare) < HIGHEST else None


def whole_number(word: str) -> int | None:
    """In any script's digits, with a sign or without; None where it is no number."""
    try:
        return int(word)
    except ValueError:
        return None
