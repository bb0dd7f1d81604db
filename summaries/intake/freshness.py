"""What the headers of an answer say about time: how long it is fresh, when to come again, how to recognise it."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from summaries.intake.outcomes import Validators

LONGEST = 365 * 86_400.0
"""Seconds. Nothing that a server says of time is taken for more than a year."""

_LONGEST_VALIDATOR = 1000
_DIRECTIVE = re.compile(r'([a-z\-]+)(?:\s*=\s*"?(\d+)"?)?')


def max_age(headers: Mapping[str, str], now: datetime) -> float | None:
    """For how many more seconds the body is fresh; None where the server does not say (RFC 9111, section 4.2).

    Cache-Control wins over Expires. What must not be cached, or expired at no readable date, is fresh for 0 seconds.
    """
    said = dict(_DIRECTIVE.findall(headers.get("Cache-Control", "").lower()))
    if "no-store" in said or "no-cache" in said:
        return 0.0
    if said.get("max-age"):
        return _bounded(_seconds(said["max-age"]) - _seconds(headers.get("Age", "")))
    if "Expires" not in headers:
        return None
    expires, date = http_date(headers["Expires"]), http_date(headers.get("Date", "")) or now
    return _bounded((expires - date).total_seconds()) if expires else 0.0


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """In how many seconds to come again, said as seconds or as a date (RFC 9110, section 10.2.3)."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return _bounded(_seconds(text))
    date = http_date(text)
    return _bounded((date - now).total_seconds()) if date else None


def validators_of(headers: Mapping[str, str]) -> Validators:
    """The validators of an answer. What could not be sent back as it came is left out."""
    return Validators(_sendable(headers.get("ETag", "")), _sendable(headers.get("Last-Modified", "")))


def conditions(validators: Validators) -> dict[str, str]:
    """The headers of a conditional GET (RFC 9110, section 13.1)."""
    asked = {"If-None-Match": _sendable(validators.etag), "If-Modified-Since": _sendable(validators.modified)}
    return {name: value for name, value in asked.items() if value}


def http_date(text: str) -> datetime | None:
    """An HTTP date as an aware UTC datetime; None where it is none. Without a zone it is taken as UTC."""
    try:
        date = parsedate_to_datetime(text)
        return (date.replace(tzinfo=UTC) if date.tzinfo is None else date).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _seconds(digits: str) -> float:
    digits = digits.strip()
    return float(digits[:12]) if digits.isascii() and digits.isdigit() else 0.0


def _bounded(seconds: float) -> float:
    return min(max(seconds, 0.0), LONGEST)


def _sendable(value: str) -> str:
    value = value.strip()
    return value if value.isascii() and value.isprintable() and len(value) <= _LONGEST_VALIDATOR else ""
