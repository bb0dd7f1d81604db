"""What every value needs: moments, and what is said of languages."""

from datetime import UTC, datetime
from typing import Annotated

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True)]
"""A moment: always aware, always UTC. `instant()` makes one."""

UNKNOWN_LANGUAGE = "und"
"""ISO 639-2 code for "undetermined"; every other language code here is ISO 639-1."""


def instant(value: datetime) -> datetime:
    """The same moment in UTC. Raises `ValueError` for a naive datetime, which names no moment."""
    if value.tzinfo is None:
        raise ValueError(f"{value.isoformat()} has no time zone, so it is not a moment")
    return value.astimezone(UTC)
