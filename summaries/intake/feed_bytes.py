"""The bytes of a feed → text that an XML parser can be given.

The label is believed less than the bytes: a byte order mark, the shape of UTF-16 and UTF-32, and strict UTF-8 decide
first; then the charset of the Content-Type (RFC 7303), then that of the XML declaration, then statistics.
"""

import codecs
import re
import zlib
from collections.abc import Iterator

from summaries.errors import InputError
from summaries.intake.decoding import decode

LARGEST = 64 * 1024 * 1024
"""Bytes to which a compressed feed may grow."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
_SHAPES = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"Lo\xa7\x94", "cp037"),  # "<?xm" in EBCDIC (XML 1.0, appendix F)
)
_WIDER = {  # labels that are used for more than they name (WHATWG Encoding, "names and labels")
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "big5": "big5hkscs",
}
_DEFAULTS = ("cp1252", "utf-8", "utf8")
"""What servers put into every header, whatever they send."""

_SEVEN_BIT = re.compile(r"iso-?2022|^hz|utf-?7|^csiso2022", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([\w.:-]{2,40})", re.IGNORECASE)
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_WIDE_PROLOG = re.compile(rb"<\0\?\0x\0m\0l\0|\0<\0\?\0x\0m\0l")
_SHIFTED = re.compile(f"[{re.escape(''.join(chr(letter << 8) for letter in range(0x20, 0x7F)))}]{{8}}")
_HIGH = re.compile(rb"[\x80-\xff]+")
_FEWEST = 8
"""Letters beyond ASCII, scattered among others, of which statistics can say more than that they are Western."""

_ASCII = bytes(range(0x20, 0x7F))
_FEEDLIKE = re.compile(rb"<\s*(?:\w+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_LANGUAGE = re.compile(rb"<(?:dc:)?language>\s*([a-zA-Z]{2})\b|xml:lang=[\"']([a-zA-Z]{2})\b")
_WORDS = re.compile(rb"[^<>&\x80-\xff]{0,200}[\x80-\xff][^<>&]{0,2000}")
_OF_LANGUAGE = {
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk"), ("cp1251",)),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "ro"), ("cp1250",)),
    **dict.fromkeys(("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "nb", "fi", "is", "ca"), ("cp1252",)),
    **dict.fromkeys(("ar", "fa", "ur"), ("cp1256",)),
    "ja": ("cp932", "euc_jp"),
    "zh": ("gb18030", "big5hkscs"),
    "ko": ("cp949",),
    "el": ("cp1253",),
    "tr": ("cp1254",),
    "he": ("cp1255",),
    "th": ("cp874",),
    "vi": ("cp1258",),
}
"""The encoding that a feed in a language has most often where it is none that can be told by its bytes."""

_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BLANK = " \t\r\n\f\v\u200b\ufeff\xa0"


def read_text(data: bytes, *, name: str, content_type: str | None = None) -> str:
    """The text of a feed, without what XML 1.0 forbids (section 2.2). Raises `InputError`, naming `name`."""
    data = _without_false_mark(_unpacked(data, name))
    text = _ILLEGAL.sub("", _decoded(data, name, content_type)).lstrip(_BLANK)
    if not text.strip(_BLANK):
        raise InputError(f"{name} is empty: give the address of a feed, or a file with one in it")
    return text


def _unpacked(data: bytes, name: str) -> bytes:
    """Uncompressed where the server or a file left it compressed; what came before a cut is kept."""
    for _ in range(2):
        if not data.startswith(b"\x1f\x8b\x08"):
            break
        try:
            stream = zlib.decompressobj(wbits=31)
            unpacked = stream.decompress(data, LARGEST)
        except zlib.error:
            unpacked = b""
        if not unpacked:
            raise InputError(f"{name} is compressed and damaged: fetch it again")
        data = unpacked
        if stream.unconsumed_tail:
            raise InputError(f"{name} holds more than {LARGEST >> 20} MB: give a smaller feed")
    return data


def _decoded(data: bytes, name: str, content_type: str | None) -> str:
    text = _by_mark(data) or _by_shape(data)
    if text is not None:
        return text
    if data.count(0) * 20 < len(data):  # stray zeros, not UTF-16
        data = data.replace(b"\0", b"")
    labels = _labels(data, content_type)
    text = _by_bytes(data, labels)
    if text is None:
        text = next(filter(None, (_with_label(data, label) for label in labels)), None)
    return _guessed(data, name) if text is None else text


def _labels(data: bytes, content_type: str | None) -> list[str]:
    """The charsets that are claimed, most trusted first. A header's default yields to what the feed says of itself."""
    header = _PARAMETER.search(content_type or "")
    prolog = _DECLARED.search(data[:4096])
    claimed = [header[1]] if header else []
    claimed += [prolog[1].decode("ascii")] if prolog else []
    labels = [_WIDER.get(label.lower(), label.lower()) for label in claimed]
    labels = [label for label in labels if label not in ("us-ascii", "ascii")]  # says nothing of bytes beyond it
    return sorted(labels, key=lambda label: label in _DEFAULTS)


def _without_false_mark(data: bytes) -> bytes:
    """Without junk before UTF-16, and without a byte order mark that names it where there is none."""
    if wide := _WIDE_PROLOG.search(data, 0, 4096):
        data = data[wide.start() :]
    while True:
        mark, encoding = next((pair for pair in _MARKS if data.startswith(pair[0])), (b"", "utf-8"))
        text = data[len(mark) : 8192].decode(encoding, errors="replace")
        if not mark or (("<" in text or "{" in text) and sum(map(str.isascii, text)) * 5 > len(text)):
            return data
        data = data[len(mark) :]


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS[:-1]:
        if data.startswith(mark):
            return _wide(data[len(mark) :], encoding)
    return None


def _by_shape(data: bytes) -> str | None:
    for start, encoding in _SHAPES:
        if data.startswith(start):
            text = _wide(data, encoding)
            return text if re.match(r"<[\w!?]", text) else None
    if data.count(0) * 4 < len(data):
        return None
    text = _wide(data, "utf-16-be" if data[0::2].count(0) > data[1::2].count(0) else "utf-16-le")
    return text if _FEEDLIKE.search(text.encode("utf-8", "replace")) else None


def _wide(data: bytes, encoding: str) -> str:
    """UTF-16 and its like, set straight where a byte was lost: from there on every letter is another one."""
    text = ""
    for _ in range(8):
        piece = data.decode(encoding, errors="replace")
        shifted = _SHIFTED.search(piece) if encoding.startswith("utf-16") else None
        if not shifted:
            return text + piece
        text += piece[: shifted.start()]
        data = data[len(piece[: shifted.start()].encode("utf-16-le", "surrogatepass")) + 1 :]
    return text


def _by_bytes(data: bytes, labels: list[str]) -> str | None:
    """Strict UTF-8, whatever the label; but ASCII bytes may be one of the encodings that switch by escapes."""
    if data.isascii():
        switching = next((label for label in labels if _SEVEN_BIT.search(label)), None)
        return _strict(data, switching) if switching else None
    return None if b"\0" in data else _strict(data, "utf-8")


def _with_label(data: bytes, label: str) -> str | None:
    """Read as claimed, if the claim holds but for a few damaged places."""
    if label.startswith(("utf-16", "utf16", "utf-32", "utf32", "utf-8", "utf8")) or b"\0" in data:
        return None
    text = _strict(data, label)
    if text is None and (text := _strict(data, label, errors="replace")) is not None:
        return text if _is_little_damaged(text, 20) else None
    return text if text is None or "<" in text or "{" in text else None


def _strict(data: bytes, encoding: str, errors: str = "strict") -> str | None:
    """None where `encoding` is unknown, is no text encoding, or cannot have made these bytes."""
    try:
        return data.decode(encoding, errors)
    except (UnicodeError, LookupError, ValueError, AssertionError):
        return None


def _guessed(data: bytes, name: str) -> str:
    """By the language that the feed names, else by statistics over the words alone: tags are in every encoding."""
    text = data.decode("utf-8", errors="replace")
    if _is_little_damaged(text, 3):  # other encodings make whole sequences of UTF-8 by chance, but few
        return text
    if b"\0" not in data:
        for encoding in (*_of_language(data), *_by_statistics(data)):
            guess = _strict(data, encoding, "replace")
            if guess is not None and _is_little_damaged(guess, 10) and ("<" in guess or "{" in guess):
                return guess
    if _FEEDLIKE.search(data):  # a feed with some binary in it
        return text
    try:
        return decode(data, name=name) if data.strip() else ""
    except InputError:
        raise InputError(f"{name} is not text: give the address of a feed, or a file with one in it") from None


def _is_little_damaged(text: str, share: int) -> bool:
    """Whether less than one in `share` of what is beyond ASCII could not be read."""
    sample = text[:200_000]
    return sample.count("\ufffd") * share < sum(mark > "\x7f" for mark in sample)


def _of_language(data: bytes) -> tuple[str, ...]:
    named = _LANGUAGE.search(data[:65_536])
    return _OF_LANGUAGE.get((named[1] or named[2]).lower().decode(), ()) if named else ()


def _by_statistics(data: bytes) -> Iterator[str]:
    words = b"\n".join(_WORDS.findall(data[:500_000]))
    runs = list(map(len, _HIGH.findall(words)))
    if sum(runs) >= _FEWEST or max(runs, default=0) > 2:
        from chardet import detect  # what feedparser asks; of short texts it knows more than charset-normalizer

        name = (detect(words[:32_768])["encoding"] or "cp1252").lower()
        if _strict(_ASCII, name) == _ASCII.decode():  # one that reads ~ as ‾ would change every link
            yield _WIDER.get(name, name)
    yield "cp1252"
