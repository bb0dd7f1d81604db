"""Text → sentences: sentencex, and the seams that it opens where a reader would not."""

import re
from collections.abc import Iterator

import sentencex

Spans = list[tuple[int, int]]

_SURROGATE = re.compile("[\ud800-\udfff]")
_WORDLIKE = re.compile(r"[^\W_]")

# sentencex takes time in the square of a line's length: 14 seconds for 500 kB of "<!--". Cut behind a word that is no
# abbreviation and the mark that ends a sentence, a line gives the same sentences in pieces.
_WINDOW = 20_000
_TAIL = 300
_CUT = re.compile(r"(?:[^\W\d_A-Z]{4}|\d{2})[.!?…][\"'”’»)\]]{0,2}\s+(?=[\"'“‘«(\[¿¡]?[^\W_a-z])|[。！？।۔؟]\s*(?=\w)")

# Chinese and Japanese put who spoke behind the closing quotation mark, where sentencex begins a new sentence.
_CLOSED_QUOTE = re.compile(r"[。！？!?…][”」』’\"]\s*$")
_JAPANESE_QUOTING = re.compile(r"と|という|って")
_CHINESE_QUOTING = re.compile(
    r"[^。！？!?，,]{0,16}(?:说|說|表示|称|稱|指出|强调|強調|写道|寫道|问道|回答|告诉|告訴|道)[，,。：:]?"
)

# Before a name these are no end of a sentence; sentencex knows them in English only.
_TITLE = re.compile(
    r"(?:^|[\s(«“\"'])(?:M|MM|Mme|Mmes|Mlle|Me|Mgr|Dr|Dra|Drs|Pr|Prof|St|Ste|Sr|Sra|Sres|Sras|Srta|D|Dª|Dña|Exmo|Eng|"
    r"Sig|Sigg|Dott|Avv|On|Hr|Fr|Hrn|Nr|Abs|Bd|Kpl|gen|kpt|mjr|płk|prof|dr|mgr|inż|г|гг|ул|им|проф|акад|ген)\.$"
)
_INITIAL = re.compile(r"(?:^|[\s.])[A-ZÀ-ÞА-Я]\.$")


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
    for first, end in _windows(line):
        at = first
        for piece in sentencex.segment(language, line[first:end]):
            if own := piece.strip():
                start = at + piece.index(own[0])
                spans.append((start, start + len(own)))
            at += len(piece)
    return _joined(line, language, spans) if len(spans) > 1 else spans


def _windows(line: str) -> Iterator[tuple[int, int]]:
    """The line in pieces of at most `_WINDOW` characters, cut between sentences where there are any."""
    start = 0
    while len(line) - start > _WINDOW:
        ends = [cut.end() for cut in _CUT.finditer(line, start, start + _WINDOW)]
        end = ends[-1] if ends else _between_words(line, start, start + _WINDOW)
        yield start, end
        start = end
    yield start, len(line)


def _between_words(line: str, start: int, end: int) -> int:
    """Behind the last white space, where there is some: half a word would begin a sentence."""
    while end > start and not line[end - 1].isspace():
        end -= 1
    return end if end > start else start + _WINDOW


def _joined(line: str, language: str, spans: Spans) -> Spans:
    out: Spans = []
    for start, end in spans:
        before, piece = (line[max(out[-1][0], out[-1][1] - _TAIL) : out[-1][1]], line[start:end]) if out else ("", "")
        if out and (_continues(before, piece, out[-1][1] == start) or _names(before, piece, language)):
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return out


def _continues(before: str, piece: str, touching: bool) -> bool:
    """Whether `piece` only goes on with `before`: no word in one of them, a small letter, or it says who spoke."""
    if not _WORDLIKE.search(piece) or not _WORDLIKE.search(before):
        return True
    if piece[0].islower() and not piece[1:2].isupper() and not touching and _opens_large(before):
        return True
    quoted = touching and _CLOSED_QUOTE.search(before) is not None
    return quoted and bool(_JAPANESE_QUOTING.match(piece) or _CHINESE_QUOTING.match(piece))


def _opens_large(before: str) -> bool:
    """Whether sentences begin with capitals here, so that "No. 1 | player." and "“Why?” | he asked" are one."""
    first = _WORDLIKE.search(before)
    return first is not None and not first[0].islower()


def _names(before: str, piece: str, language: str) -> bool:
    """Whether a title or an initial was parted from its name."""
    if language == "en" or not piece[:1].isupper():
        return False
    return _TITLE.search(before) is not None or _INITIAL.search(before) is not None
