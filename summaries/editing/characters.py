"""Text → one line a paragraph, of characters that a reader sees."""

import json
import re
import unicodedata

_OTHER_BREAKS = re.compile(r"[\r\v\f\x1c-\x1e\x85\u2028\u2029](?:(?<=\r)\n)?")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff\ud800-\udfff]"
)
_JOINERS = re.compile("([\u200c\u200d]+)")
_SPELLED = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af\ufb50-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff\u2600-\u27bf]"
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_NOTE = re.compile(r'\{\s{0,9}"@(?:context|type)"\s{0,9}:')


def tidy(text: str) -> str:
    """`text` in NFC, one paragraph a line, no empty lines, single spaces.

    Control, direction and zero-width characters and soft hyphens go. Zero-width joiners stay where a script or an
    emoji is spelled with them (Persian, Urdu, Hindi), and only there.
    """
    text = _OTHER_BREAKS.sub("\n", text)
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    if "\u200c" in text or "\u200d" in text:
        text = _JOINERS.sub(_joiner, text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def tidy_line(text: str) -> str:
    """The same, all in one line: for titles, names and other fields."""
    return tidy(text).replace("\n", " ")


def without_notes(text: str) -> str:
    """Without the JSON-LD that some pages have printed amid their text; one that breaks off goes to its line's end."""
    kept, at = [], 0
    while note := _NOTE.search(text, at):
        kept.append(text[at : note.start()])
        at = _note_end(text, note.start())
    return "".join([*kept, text[at:]])


def without_surrogates(text: str) -> str:
    """For what is kept as it is: half a surrogate pair cannot be written as UTF-8."""
    return _SURROGATE.sub("", text)


def _note_end(text: str, start: int) -> int:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        line_end = text.find("\n", start)
        return len(text) if line_end < 0 else line_end


def _joiner(match: re.Match[str]) -> str:
    before = match.string[match.start() - 1 : match.start()]
    return match[1][0] if _SPELLED.match(before) else ""
