"""Text → sentences: sentencex, and the seams that it opens where a reader would not."""

import re
from collections.abc import Iterator

import sentencex

Spans = list[tuple[int, int]]

_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDLIKE = re.compile(r"[^\W_]")
_LONGEST_LINE = 200_000

# Chinese and Japanese put who spoke behind the closing quotation mark, where sentencex begins a new sentence.
_CLOSED_QUOTE = re.compile(r"[。！？!?…][”」』’\"]\s*$")
_JAPANESE_QUOTING = re.compile(r"と|という|って")
_CHINESE_QUOTING = re.compile(
    r"[^。！？!?，,]{0,16}(?:说|說|表示|称|稱|指出|强调|強調|写道|寫道|问道|回答|告诉|告訴|道)[，,。：:]?"
)


def split(text: str, language: str) -> Spans:
    """Sentence spans (start, end) of `text`, in order, without the white space around them; none crosses a newline.

    Every character that is not white space lies in exactly one of them.
    """
    clean = _SURROGATE.sub("\ufffd", text)
    found: Spans = []
    for start, end in _lines(clean):
        found += [(start + a, start + b) for a, b in _split_line(clean[start:end], language)]
    return found


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _split_line(line: str, language: str) -> Spans:
    spans: Spans = []
    for first in range(0, len(line), _LONGEST_LINE):
        at = first
        for piece in sentencex.segment(language, line[first : first + _LONGEST_LINE]):
            spans.append((at, at + len(piece)))
            at += len(piece)
    return _joined(line, [span for span in (_trimmed(line, *span) for span in spans) if span[0] < span[1]])


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    piece = line[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _joined(line: str, spans: Spans) -> Spans:
    out: Spans = []
    for start, end in spans:
        if out and _belongs(line[out[-1][0] : out[-1][1]], line[start:end], line[out[-1][1] : start]):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _belongs(before: str, piece: str, gap: str) -> bool:
    """Whether `piece` only continues `before`: no word in one of them, a small letter after a stop, or who said it."""
    if not _WORDLIKE.search(piece) or not _WORDLIKE.search(before):
        return True
    if gap == "" and _CLOSED_QUOTE.search(before):
        return bool(_JAPANESE_QUOTING.match(piece) or _CHINESE_QUOTING.match(piece))
    return False
