"""What a server shows in an article's place: consent forms, challenges, shells for JavaScript, paywalls, error pages.

A wall speaks to the visitor ("verify that you are human"), and is short; an article about cookies or captchas speaks of
them, among other things, and is long. So a wall is a short text most of which is such phrases, or the
short text under a title that is one. The phrases of each kind are in `walls.txt`.
"""

import re
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

Wall = Literal["challenge", "consent", "cookies", "javascript", "paywall", "region", "missing", "empty"]

_KINDS: tuple[Wall, ...] = ("challenge", "region", "cookies", "javascript", "consent", "missing", "paywall")
_LONGEST: dict[Wall, int] = {"consent": 6000, "missing": 4000}
_USUALLY = 1500
SHORT = 6000
"""Code points; a longer text is an article, whatever else the page says."""

_MOSTLY = 0.5
TEASER = 700
"""A text so short may be the beginning of one that is to be paid for, if that is said anywhere on the page."""

_STUB, _SENTENCE_OR_TWO, _TAIL = 1500, 300, 350
_SHELL, _LINE = 400, 150
_SENTENCE = re.compile(r"[^.!?।。！？؟\n]+[.!?।。！？؟]*")
_QUOTED = re.compile(r"(?<!\w)'[^'\n]{3,200}'(?!\w)|[\"“«„][^\"”»“\n]{3,200}[\"”»“]")
_TITLE_PARTS = re.compile(r"\s+[|·•–—»:-]\s+|\s*[|»]\s*")
_CHALLENGERS = re.compile(
    r"captcha-delivery\.com|/_Incapsula_Resource|cf[-_]chl[-_]|px-captcha|awswaf|/cdn-cgi/challenge-platform|"
    r"geo\.captcha|ddos-guard|aws-waf-token|sucuri_cloudproxy",
    re.IGNORECASE,
)
_MENDS: dict[Wall, str] = {
    "challenge": "wants proof that its visitor is human: save the page in a browser and add that file",
    "consent": "shows a form for consent to cookies, and no article: save the page in a browser and add that file",
    "cookies": "shows nothing without cookies: save the page in a browser and add that file",
    "javascript": "has no text without JavaScript: save the page in a browser and add that file",
    "paywall": "shows its text to subscribers or members only: add the text that you can read as a file",
    "region": "is not shown in this part of the world: add its text as a file",
    "missing": "is an error page and no article: check the address",
    "empty": "has no article text that can be read: it may need a browser, or be no article",
}


class Sight(msgspec.Struct, frozen=True):
    """What a visitor sees of a page.

    `text` is the article's as extracted, `seen` all that is visible, `source` the HTML where there is no text. `free`
    is False where the page itself says that it is not (schema.org isAccessibleForFree).
    """

    titles: tuple[str, ...]
    text: str
    seen: str = ""
    source: str = ""
    free: bool = True


def mend(wall: Wall) -> str:
    """What is wrong with such a page and what to do, to stand behind its name."""
    return _MENDS[wall]


def wall_of(sight: Sight) -> Wall | None:
    """What stands in the article's place; None where it is the article."""
    if len(sight.text) > SHORT:
        return None
    if not sight.text.strip():
        return _behind_nothing(sight)
    return _by_title(sight) or _by_text(sight.text) or _stub(sight)


def _by_title(sight: Sight) -> Wall | None:
    titles = [part.strip(" .…!") for title in sight.titles for part in [title, *_TITLE_PARTS.split(title)]]
    low = {_plain(title) for title in titles if title}
    for kind in _KINDS:
        short = len(sight.text) <= _LONGEST.get(kind, _USUALLY)
        if short and any(map(_phrases(kind, "title").fullmatch, low)) and _agrees(kind, sight.text):
            return kind
    return None


def _agrees(kind: Wall, text: str) -> bool:
    """Whether the text under such a title does not speak for an article: "Cookies" and "Error" are good headlines."""
    return len(text) < _LINE or _share(kind, text) > 0


def _by_text(text: str) -> Wall | None:
    """From the text alone, where it is short: most articles are longer, and need no look."""
    if len(text) > _USUALLY:
        return None
    shares = {kind: _share(kind, text) for kind in _KINDS}
    kind = max(shares, key=lambda kind: shares[kind])
    return kind if shares[kind] >= _MOSTLY else None


def _stub(sight: Sight) -> Wall | None:
    """The beginning of an article, and a way to pay for the rest."""
    asks = _phrases("paywall", "text")
    if len(sight.text) <= _STUB and asks.search(_plain(sight.text[-_TAIL:])):
        return "paywall"
    if len(sight.text) <= TEASER and asks.search(_plain(sight.seen)):
        return "paywall"
    return "paywall" if len(sight.text) <= _SENTENCE_OR_TWO and not sight.free else None


def _behind_nothing(sight: Sight) -> Wall:
    seen = sight.seen[:SHORT]
    found = _by_title(Sight(sight.titles, "")) or _by_text(seen[:_USUALLY]) or _named(seen[:_USUALLY])
    if found:
        return found
    if len(seen) < _SHELL and _CHALLENGERS.search(sight.source):
        return "challenge"
    if _phrases("javascript", "text").search(_plain(sight.source[:200_000])) or _is_shell(sight):
        return "javascript"
    return "empty"


def _named(text: str) -> Wall | None:
    low = _plain(text)
    return next((kind for kind in _KINDS if _phrases(kind, "text").search(low)), None)


def _is_shell(sight: Sight) -> bool:
    """Nothing to see, and scripts."""
    return len(sight.seen) < _SHELL and len(re.findall(r"<script\b", sight.source, re.IGNORECASE)) > 0


def _share(kind: Wall, text: str) -> float:
    """How much of the text is in sentences of this kind, by characters. What is quoted is told, and not said."""
    pattern = _phrases(kind, "text")
    sentences = [sentence for sentence in _SENTENCE.findall(_QUOTED.sub(" … ", _plain(text))) if sentence.strip()]
    said = sum(len(sentence) for sentence in sentences if pattern.search(sentence))
    return said / (sum(map(len, sentences)) or 1)


def _plain(text: str) -> str:
    return text.replace("’", "'").lower()


@cache
def _phrases(kind: Wall, place: Literal["title", "text"]) -> re.Pattern[str]:
    """A pattern that begins with a word; in scripts without spaces anywhere."""
    return re.compile(f"(?<![a-z0-9_])(?:{_sections()[f'{kind} {place}']})")


@cache
def _sections() -> dict[str, str]:
    found: dict[str, list[str]] = {}
    heading = ""
    for line in Path(__file__).with_name("walls.txt").read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"\[[a-z]+ [a-z]+\]", line):
            heading = line[1:-1]
        elif line.strip() and not line.startswith("# "):
            found.setdefault(heading, []).append(line.strip())
    return {heading: "|".join(lines).replace(" | ", "|") for heading, lines in found.items()}
