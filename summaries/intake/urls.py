"""The identity of a link: which addresses are the same page."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from courlan import normalize_url
from w3lib.url import canonicalize_url

_LONGEST = 8192
_SCHEME = re.compile(r"^https?://", re.IGNORECASE)
_WWW = re.compile(r"^www\d?\.")


def is_url(text: str) -> bool:
    """Whether `text` as a whole is an http(s) address with a host."""
    text = text.strip()
    if not _SCHEME.match(text) or len(text.split()) > 1:
        return False
    return bool(_host(text))


@lru_cache(maxsize=1024)
def url_key(url: str) -> str:
    """The identity key of a link; equal keys mean the same page. It is for comparing, not for fetching.

    http and https, `www.`, default ports, tracking parameters, the order of parameters, fragments and a trailing slash
    make no difference. What is not an http(s) address is its own key, trimmed. Remembered for a while, since each link
    is asked for as its entry's, as its page's and as its article's.
    """
    url = url.strip()
    if not is_url(url) or len(url) > _LONGEST:
        return url
    try:
        normal = canonicalize_url(normalize_url(url))
        parts = urlsplit(normal)
        port = parts.port
    except ValueError:
        return url
    host = _WWW.sub("", (parts.hostname or "").rstrip("."))
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{place}{parts.path.rstrip('/')}{query}"


def host_of(url: str) -> str:
    """The host without `www.`, lower case; empty where there is none."""
    return _WWW.sub("", _host(url))


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""
