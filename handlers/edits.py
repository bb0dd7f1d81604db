"""Pure: what an admin writes about a source, as its fields. None: that is none of it."""

import re
from collections.abc import Mapping

from handlers.document import visible

LONGEST_NAME = 100
LONGEST_WORD = 50
MOST_WORDS = 20
"""Tags or labels of one source: more are somebody's pasted text."""

NONE = "-"
"""Takes all tags or labels away."""


def read_name(words: str) -> str | None:
    name = " ".join(words.split())
    return name if visible(name) and len(name) <= LONGEST_NAME else None


def read_tags(words: str) -> tuple[str, ...] | None:
    """Tags between spaces or commas, with or without `#`, each once; `-` for none."""
    if words.strip() == NONE:
        return ()
    tags = dict.fromkeys(tag.strip("#") for tag in re.split(r"[\s,;]+", words))
    return _bounded(tuple(tag for tag in tags if visible(tag)))


def read_labels(words: str, before: Mapping[str, str]) -> dict[str, str] | None:
    """The labels `before`, changed as `words` say: `key=value` between commas or lines, `key=` to take one away."""
    if words.strip() == NONE:
        return {}
    pairs = [pair.partition("=") for pair in re.split(r"[,;\n]", words) if pair.strip()]
    said = {key.strip(): value.strip() for key, _, value in pairs}
    if (
        not pairs
        or not all(equals for _, equals, _ in pairs)
        or _bounded((*said, *filter(None, said.values()))) is None
    ):
        return None
    labels = {key: value for key, value in {**before, **said}.items() if value}
    return labels if len(labels) <= MOST_WORDS else None


def _bounded(words: tuple[str, ...]) -> tuple[str, ...] | None:
    fitting = all(visible(word) and len(word) <= LONGEST_WORD for word in words)
    return words if words and len(words) <= 2 * MOST_WORDS and fitting else None


def read_variable(words: str) -> str | None:
    """The name of an environment variable that holds credentials; `-` for none. Never the credentials themselves."""
    if words.strip() == NONE:
        return ""
    return words.strip() if re.fullmatch(r"[A-Z_][A-Z0-9_]{0,99}", words.strip()) else None


def address(words: str) -> str:
    """What was pasted, with the scheme that browsers leave out of what they show."""
    bare = "." in words and "://" not in words and not re.search(r"\s", words)
    return f"https://{words}" if bare else words
