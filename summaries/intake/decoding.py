"""Bytes → text, in whatever encoding they came."""

import codecs
import re

from summaries.errors import InputError

_SAMPLE = 65_536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
)
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,40})",
    re.I,
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\v"))
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_LATIN = {"ascii", "iso-8859-1", "latin-1", "latin1", "us-ascii", "iso8859-1", "iso_8859-1"}
"""Browsers read these as windows-1252 (WHATWG Encoding, "names and labels"), and so does this module."""


def decode(data: bytes, *, name: str = "the input", declared: str | None = None, markup: bool = False) -> str:
    """The text of `data`. `declared` is a Content-Type header or a charset; `markup` also asks `<meta charset>`.

    A byte order mark decides, then strict UTF-8 (wrong labels are common, UTF-8 by accident is not), then what was
    declared, then charset-normalizer. Raises `InputError`, naming `name`, for nothing, only space, and binaries.
    """
    if not data.strip():
        raise InputError(f"{name} is empty: give a file or page with an article in it")
    text = _by_mark(data) or _by_shape(data, name) or _strict(data, "utf-8")
    if text is None:
        text = next(filter(None, (_strict(data, label) for label in _labels(data, declared, markup))), None)
    if text is None:
        text = _by_statistics(data)
    sample = text[:_SAMPLE].encode("utf-8", "surrogatepass")
    if len(sample) - len(sample.translate(None, _CONTROLS)) > min(len(text), _SAMPLE) / 50:
        raise _binary(name)
    return text.removeprefix("\ufeff")


def _binary(name: str) -> InputError:
    return InputError(f"{name} is not text: give a .txt, .md or .html file")


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    return None


def _by_shape(data: bytes, name: str) -> str | None:
    """UTF-16 without a mark shows as a zero in every second byte; other zeros and well-known headers are binaries."""
    sample = data[:_SAMPLE]
    if data.startswith(_SIGNATURES):
        raise _binary(name)
    if b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2 or 1
    if odd > 0.3 * half and even < 0.05 * half:
        return data.decode("utf-16-le", errors="replace")
    if even > 0.3 * half and odd < 0.05 * half:
        return data.decode("utf-16-be", errors="replace")
    if even + odd > len(sample) / 100:
        raise _binary(name)
    return None


def _labels(data: bytes, declared: str | None, markup: bool) -> list[str]:
    labels = []
    if declared:
        match = _PARAMETER.search(declared)
        labels.append(match[1] if match else declared)
    if markup and (meta := _META.search(data[:4096])):
        labels.append((meta[1] or meta[2]).decode("ascii"))
    return ["cp1252" if label.lower() in _LATIN else label for label in labels]


def _strict(data: bytes, encoding: str) -> str | None:
    """None where `encoding` is unknown, is no text encoding, or cannot have made these bytes."""
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None


def _by_statistics(data: bytes) -> str:
    """A guess: UTF-8 with few damaged places, else charset-normalizer's, else windows-1252, which takes any byte."""
    damaged = data.decode("utf-8", errors="replace")
    wide = len(damaged) - len(damaged.encode("ascii", "ignore"))
    if damaged.count("\ufffd") * 10 < wide:
        return damaged
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    encoding = best.encoding if best else "cp1252"
    return data.decode("cp1252" if encoding in ("ascii", "latin_1", "cp1250", "cp1257") else encoding, errors="replace")
