"""What a request may cost, and what came of it. The errors of the world are values here: a `Refusal` says which."""

from ipaddress import IPv4Network, IPv6Network
from typing import Literal

from msgspec import Struct

Reason = Literal[
    "unreachable",
    "not_found",
    "gone",
    "forbidden",
    "too_many",
    "server",
    "timeout",
    "too_large",
    "too_many_redirects",
    "private_address",
    "bad_url",
    "robots",
    "certificate",
    "credentials",
    "garbled",
]

USER_AGENT = "Backchannel (self-hosted news desk)"


class Limits(Struct, frozen=True):
    """What one request may cost, in seconds and in bytes of the body after decompression.

    `timeout` is for the whole request, redirects included; waiting for a turn at the host is not counted. `host_delay`
    is the time between two starts on one host, `at_once` the number of requests over all hosts. Addresses inside
    `allow_networks` are asked although they are not public.
    """

    timeout: float = 30.0
    max_bytes: int = 10_000_000
    redirects: int = 5
    per_host: int = 2
    host_delay: float = 1.0
    at_once: int = 64
    user_agent: str = USER_AGENT
    allow_networks: tuple[IPv4Network | IPv6Network, ...] = ()


class Validators(Struct, frozen=True, omit_defaults=True):
    """What a server gave to recognise a body by: the values of ETag and Last-Modified, as sent."""

    etag: str = ""
    modified: str = ""


class Fetched(Struct, frozen=True):
    """A body. `url` is where it was in the end; `moved` the same if every redirect on the way there was permanent.

    `content_type` is the header as sent. `max_age` is for how many seconds the server calls the body fresh.
    """

    url: str
    body: bytes
    content_type: str = ""
    validators: Validators = Validators()
    moved: str = ""
    max_age: float | None = None
    status: int = 200


class NotModified(Struct, frozen=True):
    """The body is what it was. `validators` are those to send next time."""

    validators: Validators
    max_age: float | None = None
    moved: str = ""


class Refusal(Struct, frozen=True):
    """No body. `detail` is for the log: one line without secrets. `retry_after` is in seconds, as the server said."""

    reason: Reason
    detail: str = ""
    status: int | None = None
    retry_after: float | None = None
    moved: str = ""


Outcome = Fetched | NotModified | Refusal
