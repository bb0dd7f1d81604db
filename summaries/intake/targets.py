"""Which address a request goes to: a link or a Location header → one http(s) URL in ASCII, or none.

It is parsed once, and the same parts decide what is connected to: no two readings of one URL can be played against each
other. Escapes are left as they were written, because signed links break when they are rewritten.
"""

import re
import socket
from ipaddress import IPv6Address
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

from yarl import URL

LONGEST = 8192
_KEPT = "%/:?@!$&'()*+,;=-._~|^[]"
_PORTS = {"http": 80, "https": 443}
_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)\.?", re.IGNORECASE)
"""Hosts that a browser takes for an IPv4 address: 127.1, 2130706433, 0x7f.0.0.1, 0177.0.0.1."""


class BadTargetError(ValueError):
    """Not an address that can be asked; the text says why."""


class UserInAddressError(BadTargetError):
    pass


def target(text: str) -> URL:
    """The URL to ask for `text`, without fragment. Raises `BadTargetError`, and where it holds a user or a password
    `UserInAddressError`: they are not for the archive and the logs, where addresses go."""
    text = text.strip()
    url = _parsed(text)
    if "@" in urlsplit(text).netloc:
        raise UserInAddressError("the address holds a user name or password; name an environment variable instead")
    return url


def follow(base: URL, location: str) -> URL:
    """Where a Location header leads from `base`; a user or password in it is dropped. Raises `BadTargetError`."""
    try:
        return _parsed(urljoin(str(base), location.strip()))
    except ValueError as error:
        raise BadTargetError(f"redirect to nowhere: {error}") from None


def _parsed(text: str) -> URL:
    if len(text) > LONGEST:
        raise BadTargetError(f"the address is longer than {LONGEST} characters")
    try:
        parts = urlsplit(text)
        if parts.scheme not in _PORTS:
            raise BadTargetError("only http and https addresses are asked")
        path, query = _escaped(parts.path) or "/", _escaped(parts.query)
        return URL(urlunsplit((parts.scheme, _place(parts), path, query, "")), encoded=True)
    except BadTargetError:
        raise
    except ValueError:  # a port of 99999, brackets that don't match, a host that is no name
        raise BadTargetError("the address cannot be read") from None


def _place(parts: SplitResult) -> str:
    host, port = _host(parts.hostname or ""), parts.port
    if port == 0:
        raise BadTargetError("there is no port 0")
    if "[" in parts.netloc and not host.startswith("["):
        raise BadTargetError("what stands in brackets is no IPv6 address")
    return host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"


def _host(name: str) -> str:
    if ":" in name:
        return f"[{IPv6Address(name.partition('%')[0])}]"
    host = URL.build(scheme="http", host=name).raw_host if name else None
    if not host or len(host) > 253 or any(not 0 < len(label) < 64 for label in host.rstrip(".").split(".")):
        raise BadTargetError("the address has no host that could exist")
    return _dotted(host) if _NUMBER.fullmatch(host) else host


def _dotted(number: str) -> str:
    try:
        return socket.inet_ntoa(socket.inet_aton(number.rstrip(".")))
    except OSError:
        raise BadTargetError("the host is a number, but no IPv4 address") from None


def _escaped(text: str) -> str:
    """With what may not stand in a URL escaped: also bytes that were no UTF-8, which come as lone surrogates."""
    return quote(text.encode("utf-8", "surrogateescape"), safe=_KEPT)
