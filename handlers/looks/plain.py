"""Any string at all, as Telegram takes it: the first step of every look."""

import re
from unicodedata import normalize

_CONTROLS = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")
# Embeddings and overrides (dropped by Telegram itself) and isolates: one that is left open in a headline would turn the
# rest of its line around, and the looks set isolates of their own.
_DIRECTIONS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_TABLE: dict[int, str | None] = {**_CONTROLS, **_DIRECTIONS}
_RINGED = re.compile(".\u030a")  # Telegram drops the ring of a letter that is written in two; "å" in one it keeps
_SPACES = re.compile(" {2,}")


def tidy(text: str) -> str:
    """`text` on one line: control characters and line breaks as spaces, runs of spaces as one.

    Half a surrogate pair, which no request can carry, becomes U+FFFD.
    """
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if "\u030a" in text:
        text = _RINGED.sub(lambda pair: normalize("NFC", pair[0]), text)
    return _SPACES.sub(" ", text.translate(_TABLE))


def units(text: str) -> int:
    """Length in UTF-16 code units, in which Telegram counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
