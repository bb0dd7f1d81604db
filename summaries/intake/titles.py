"""Which of a page's names for itself is the article's title."""

import re

_SEPARATOR = re.compile(r"\s+[|·•–—»«:-]\s+|\s*[|»]\s*")
_TITLE_LENGTHS = range(3, 400)
_CUT = ("...", "…")


def best_title(candidates: list[str], outlet: str) -> str:
    """The first of `candidates` (most trusted first) that is a title; if it was cut off, the one that goes on.

    The outlet's name is taken off the end. Empty where there is none.
    """
    candidates = [_without_outlet(title, outlet) for title in candidates]
    candidates = [title for title in candidates if len(title) in _TITLE_LENGTHS and title.lower() != outlet.lower()]
    if not candidates:
        return ""
    best = candidates[0]
    if best.endswith(_CUT):
        stem = best.rstrip(".… ").lower()
        best = next(
            (title for title in candidates if title.lower().startswith(stem) and not title.endswith(_CUT)), best
        )
    return best


def _without_outlet(title: str, outlet: str) -> str:
    """`Title | Outlet` and `Outlet: Title` without the outlet, where the end is the outlet's name or its host."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    name = _letters(outlet)
    while len(parts) > 1 and len(name) > 1 and _same_outlet(_letters(parts[-1]), name):
        title = title[: title.rindex(parts[-1])].rstrip(" |·•–—»«:-")
        parts.pop()
    return title


def _same_outlet(part: str, name: str) -> bool:
    """Whether a title's part names the outlet: "The Daral Post - World", or half of a long name, but not one "A"."""
    if not 2 < len(part) < len(name) + 12:
        return False
    return name in part or (part in name and 2 * len(part) >= len(name))


def _letters(text: str) -> str:
    return re.sub(r"\W|_", "", text.lower().removeprefix("the ").removesuffix(".com"))
