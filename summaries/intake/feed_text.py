"""What feeds write in their fields → plain text, or HTML with absolute links."""

import html
import re
from urllib.parse import urljoin

LONGEST = 20_000
"""Code points of a title or name that are looked at."""

_INLINE = (
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark q s samp small span strike strong"
    " sub sup time tt u var wbr nobr blink"
)
_BLOCK = (
    "address article aside blockquote br center dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li"
    " main nav ol p pre section table tbody td tfoot th thead tr ul iframe video audio source picture button form"
    " input label select option body html head title meta link object embed param svg math"
)
_ELEMENTS = frozenset(_INLINE.split()) | frozenset(_BLOCK.split())
_GLUED = frozenset(_INLINE.split())
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[\s/][^<>]*)?)>")
_CLOSING = re.compile(r"</([a-zA-Z][\w-]*)\s*>")
_LONE = re.compile(r"<(?:br|hr)\s*/?>|<(?:img|a|span|font)\s[^<>]*=[^<>]*>", re.IGNORECASE)
_HIDDEN = re.compile(r"<!--(?:(?!<!--|-->).)*-->|<(script|style|applet)\b[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_LINK = re.compile(r"""(<[a-zA-Z][^<>]{0,2000}?\s(?:href|src|poster)\s{0,3}=\s{0,3}["'])([^"'<>]{1,4000})(?=["'])""")
_FEED_SCHEME = re.compile(r"^\s*feed:(?://(?=https?:))?", re.IGNORECASE)
_WHOLE = re.compile(r"^\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|#)")


def plain(text: str, *, markup: bool = False) -> str:
    """One line of plain text: tags gone, references decoded, also where they were escaped twice.

    `markup` says that the feed declares HTML. What only looks like a tag ("a < b", "x <y>") stays: an element must be
    HTML's own and, where no markup was declared, be closed or carry attributes.
    """
    text = text[:LONGEST]
    for _ in range(3):
        bare = _decoded(_untagged(text, markup))
        if bare == text:
            break
        text, markup = bare, False
    return " ".join(_CONTROL.sub("", text).split())


def _untagged(text: str, markup: bool) -> str:
    if "<" not in text or not (markup or has_markup(text)):
        return text
    return _TAG.sub(_space, _HIDDEN.sub(" ", text))


def _space(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name not in _ELEMENTS and "-" not in name and name not in ("script", "style", "applet"):
        return tag[0]
    return "" if name in _GLUED else " "


def has_markup(text: str) -> bool:
    """Whether `text` is HTML although nobody says so: an element of HTML's is closed, or carries attributes."""
    return any(found[1].lower() in _ELEMENTS for found in _CLOSING.finditer(text)) or bool(_LONE.search(text))


def _decoded(text: str) -> str:
    """References with their semicolon only: without it, "&para" and "&copy" are parts of words and addresses."""
    return _REFERENCE.sub(lambda reference: html.unescape(reference[0]), text)


def as_html(text: str, *, markup: bool, base: str = "") -> str:
    """Text or HTML of a feed as HTML, its relative links joined with `base`."""
    text = _CONTROL.sub("", text).strip()
    if not markup and not has_markup(text):
        return "\n".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line.strip())
    return _LINK.sub(lambda link: link[1] + _joined(base, link[2]), text) if base else text


def _joined(base: str, link: str) -> str:
    return link if _WHOLE.match(link) else absolute(link, base)


def absolute(link: str, base: str) -> str:
    """`link` joined with `base`; as it is where both make no address. Line breaks inside are dropped (WHATWG URL)."""
    link = re.sub(r"[\t\r\n]", "", link.strip())
    try:
        return urljoin(base, link) if base and link else link
    except ValueError:
        return link


def without_feed_scheme(address: str) -> str:
    """ "feed://example.org/rss" and "feed:https://example.org/rss" as web addresses."""
    bare = _FEED_SCHEME.sub("", address)
    return f"http:{bare}" if bare != address and bare.startswith("//") else bare
