"""The bytes of a feed → text that an XML parser can be given.

The label is believed less than the bytes: a byte order mark, the shape of UTF-16 and UTF-32, and strict UTF-8 decide
first; then the charset of the Content-Type (RFC 7303), then that of the XML declaration, then statistics.
"""

import codecs
import re
import zlib

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
    "ascii": "cp1252",
    "us-ascii": "cp1252",
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
_FEEDLIKE = re.compile(rb"<\s*(?:\w+:)?(?:rss|feed|rdf|channel|item|entry)\b", re.IGNORECASE)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BLANK = " \t\r\n\f\v\u200b\ufeff\xa0"


def read_text(data: bytes, *, name: str, content_type: str | None = None) -> str:
    """The text of a feed, without what XML 1.0 forbids (section 2.2). Raises `InputError`, naming `name`."""
    data = _unpacked(data, name)
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
            data = stream.decompress(data, LARGEST)
        except zlib.error:
            raise InputError(f"{name} is compressed and damaged: fetch it again") from None
        if stream.unconsumed_tail:
            raise InputError(f"{name} holds more than {LARGEST >> 20} MB: give a smaller feed")
    return data


def _decoded(data: bytes, name: str, content_type: str | None) -> str:
    labels = _labels(data, content_type)
    text = _by_mark(data) or _by_shape(data) or _by_bytes(data, labels)
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
    return sorted(labels, key=lambda label: label in _DEFAULTS)


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return text if "<" in text[:4096] or "{" in text[:4096] else None
    return None


def _by_shape(data: bytes) -> str | None:
    for start, encoding in _SHAPES:
        if data.startswith(start):
            text = data.decode(encoding, errors="replace")
            return text if re.match(r"<[\w!?]", text) else None
    return None


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
        wide = sum(mark > "\x7f" for mark in text[:200_000])
        return text if text.count("\ufffd") * 20 < wide else None
    return text if text is None or "<" in text or "{" in text else None


def _strict(data: bytes, encoding: str, errors: str = "strict") -> str | None:
    """None where `encoding` is unknown, is no text encoding, or cannot have made these bytes."""
    try:
        return data.decode(encoding, errors)
    except (UnicodeError, LookupError, ValueError, AssertionError):
        return None


def _guessed(data: bytes, name: str) -> str:
    try:
        return decode(data, name=name)
    except InputError:
        if _FEEDLIKE.search(data):  # a feed with some binary in it
            return data.decode("utf-8", errors="replace")
        if data.strip():
            raise InputError(f"{name} is not text: give the address of a feed, or a file with one in it") from None
        return ""
