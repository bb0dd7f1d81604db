"""Where a sentence may be cut so that what is left still says something."""

import re

from summaries.editing.openings import refers_back

_SEAM = re.compile(r"[,;:،؛]\s+|[，；：、]|\s+[–—-]\s+|[—–](?=\w)")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"), ("«", "»"), ("「", "」"), ("『", "』"), ("（", "）"), ("《", "》"))
_PAIRED = re.compile(f"[{re.escape(''.join(a + b for a, b in _PAIRS))}]")
_STOPS = ".。।۔"
# Behind a comma these lean on what was before it, so that no headline can begin with them.
_LEANING = re.compile(
    r"(?:which|who|whom|whose|where|when|as|after|before|while|because|since|although|though|if|unless|until|that|with|in|on|at|"
    r"by|for|from|of|to|including|amid|despite|following|according|said|says|adding|saying|qui|que|dont|où|selon|après|"
    r"avant|der|die|das|dass|weil|obwohl|nachdem|während|wie|als|que|quien|cuando|donde|según|tras|após|который|которая|"
    r"которое|которые|что|где|когда|после|как|che|cui|dove|dopo|jo|जो|کہ|جو|जब|जिस|والتي|الذي|التي)\b",
    re.IGNORECASE,
)


def clauses(sentence: str, most: int) -> list[str]:
    """Stretches of whole clauses of up to `most` characters, each verbatim, quotation marks and brackets closed."""
    ends = [0, *(match.start() for match in _SEAM.finditer(sentence)), len(sentence)]
    starts = [0, *(match.end() for match in _SEAM.finditer(sentence))]
    pieces = (sentence[start:end].strip() for start in starts for end in ends if 0 < end - start <= most + 1)
    return [text for piece in pieces if (text := unstopped(piece)) and len(text) <= most and balanced(text)]


def stands(clause: str, language: str) -> bool:
    """Whether a reader understands the clause without what was around it."""
    return not _LEANING.match(clause) and not refers_back(clause, language)


def unstopped(piece: str) -> str:
    """Without the full stop, but not without the last point of "U.S." """
    bare = piece.rstrip(_STOPS + " ")
    return piece if re.search(r"\b\w\.\w\.$", piece) or piece.endswith("...") else bare


def balanced(text: str) -> bool:
    """Whether every quotation mark and bracket is closed. Most sentences have none."""
    if text.count('"') % 2:
        return False
    return not _PAIRED.search(text) or all(text.count(a) == text.count(b) for a, b in _PAIRS)


def shortened(text: str, most: int) -> str:
    """The beginning of `text` in at most `most` characters, cut at a clause where one ends late enough, with "…"."""
    if len(text) <= most:
        return text
    room = text[: most - 1]
    seams = [match.start() for match in _SEAM.finditer(room) if match.start() >= most // 2]
    cut = seams[-1] if seams else max(room.rfind(" "), 0) or len(room)
    return room[:cut].rstrip(" ,;:–—-،؛，；：、") + "…"
