"""What Telegram allows, and how it says no. Figures and wordings are those of the Bot API server."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
ENTITIES = 100
CALLBACK_BYTES = 64
ANSWER_CHARACTERS = 200
URL_CHARACTERS = 2048
COMMANDS = 100
COMMAND_CHARACTERS = 32
DESCRIPTION_CHARACTERS = 256
UPDATES_A_POLL = 100
INLINE_RESULTS = 50
RESULT_ID_BYTES = 64
OFFSET_BYTES = 64
INLINE_QUERY_CHARACTERS = 256

PHOTO_BYTES = 10_000_000
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20
PAGE_CHARACTERS = 32_768
PAGE_BLOCKS = 500
PAGE_LEVELS = 16
PAGE_MEDIA = 50
PAGE_COLUMNS = 20

LINK_SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite", "ftp"})
_HOSTLESS = frozenset({"tg", "ton"})


class Refusal(Exception):
    """An answer with `ok: false`: the HTTP status `code`, Telegram's `description`, and its `parameters` if any."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, int] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = dict(parameters or {})


class Refused(NamedTuple):
    """One request that was refused, as tests look for it: the method as it was called, and the description."""

    method: str
    description: str


def bad_request(what: str, **parameters: int) -> Refusal:
    return Refusal(400, f"Bad Request: {what}", parameters)


def forbidden(what: str) -> Refusal:
    return Refusal(403, f"Forbidden: {what}")


def conflict(what: str) -> Refusal:
    return Refusal(409, f"Conflict: {what}")


def too_many_requests(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def utf16_units(text: str) -> int:
    """Telegram's measure of text: UTF-16 code units, so that a character beyond U+FFFF counts twice."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def link_fault(url: str) -> str:
    """Why Telegram refuses `url` as a link, in its words; empty if it takes it. A link without a scheme is HTTP."""
    if not url.strip():
        return "URL host is empty"
    scheme, address = _scheme_and_address(url.strip())
    if scheme not in LINK_SCHEMES:
        return "Unsupported URL protocol"
    if scheme in _HOSTLESS:
        return ""
    return "" if _names_a_host(address) else "Wrong HTTP URL"


def _scheme_and_address(url: str) -> tuple[str, str]:
    """`mailto:a@b.example` has a scheme too: only a port may follow a colon that no `//` follows."""
    scheme, colon, rest = url.partition(":")
    if "://" in url:
        return scheme.lower(), url
    if colon and scheme.isalpha() and not rest[:1].isdigit():
        return scheme.lower(), url
    return "http", f"http://{url}"


def _names_a_host(url: str) -> bool:
    try:
        split = urlsplit(url)
        host, _ = split.hostname or "", split.port
    except ValueError:
        return False
    if any(character.isspace() or character in '<>"\\' for character in split.netloc):
        return False
    return ":" in host or ("." in host.strip(".") and ".." not in host)
