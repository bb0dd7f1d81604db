"""What the value of a setting may be: each reader takes what TOML gave and raises `ValueError` for what is not allowed.

`words` and `numbers` make of an environment variable what TOML would have given.
"""

from collections.abc import Callable
from ipaddress import ip_network
from pathlib import Path
from re import fullmatch
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

STORES = ("tinydb",)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday()`."""

Value = str | int | bool | tuple[int, ...] | tuple[str, ...]


def token(value: object) -> str:
    if not isinstance(value, str) or any(letter.isspace() or letter == "/" for letter in value):
        raise ValueError
    return value


def user_ids(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(entry) is int and entry > 0 for entry in value):
        raise ValueError
    return tuple(dict.fromkeys(value))


def bot_address(value: object) -> str:
    if not isinstance(value, str) or not value.startswith(("http://", "https://")) or not value.endswith("/bot"):
        raise ValueError
    return value


def address(value: object) -> str:
    """An http or https address of a host, or none."""
    if not isinstance(value, str) or any(letter.isspace() for letter in value):
        raise ValueError
    split = urlsplit(value)
    if value and (split.scheme not in ("http", "https") or not split.hostname or split.fragment):
        raise ValueError
    return value


def listen(value: object) -> str:
    if not isinstance(value, str) or not value or any(letter.isspace() or letter == "/" for letter in value):
        raise ValueError
    return value


def secret(value: object) -> str:
    if not isinstance(value, str) or not fullmatch(r"[A-Za-z0-9_-]{0,256}", value):
        raise ValueError
    return value


def store_url(value: object) -> str:
    scheme, _, rest = value.partition(":") if isinstance(value, str) else ("", "", "")
    if scheme not in STORES or not rest:
        raise ValueError
    return f"{scheme}:{Path(rest).expanduser()}"


def sentences(value: object) -> int:
    if type(value) is not int or not 1 <= value <= 10:  # `type`, because True is an int too
        raise ValueError
    return value


def languages(value: object) -> tuple[str, ...]:
    """Two-letter codes (ISO 639-1) of languages that there are, each once."""
    if not isinstance(value, list) or not all(isinstance(code, str) and len(code) == 2 for code in value):
        raise ValueError
    if not value:
        return ()
    from babel import Locale  # not for every command that starts

    if not set(value) <= Locale("en").languages.keys():
        raise ValueError
    return tuple(dict.fromkeys(value))


def whole(lowest: int, highest: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if type(value) is not int or not lowest <= value <= highest:
            raise ValueError
        return value

    return read


def one_of(*allowed: str) -> Callable[[object], str]:
    def read(value: object) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise ValueError
        return value

    return read


def switch(value: object) -> bool:
    if type(value) is not bool:
        raise ValueError
    return value


def clock_time(value: object) -> str:
    """A time of day as "08:00"."""
    if not isinstance(value, str) or not fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
        raise ValueError
    return value


def zone(value: object) -> str:
    """A name of the tz database."""
    if not isinstance(value, str) or not value:
        raise ValueError
    try:
        return ZoneInfo(value).key
    except (ZoneInfoNotFoundError, OSError) as error:  # a directory of it, such as "Asia", is an OSError
        raise ValueError(value) from error


def days(value: object) -> tuple[str, ...]:
    """Days of the week, in their order."""
    if not isinstance(value, list) or not value or not set(value) <= set(DAYS):
        raise ValueError
    return tuple(day for day in DAYS if day in value)


def user_agent(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isascii() or not value.isprintable():
        raise ValueError
    return value.strip()


def networks(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise ValueError
    return tuple(str(ip_network(entry)) for entry in value)


def words(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",") if part.strip()]


def truth(text: str) -> bool:
    known = {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}.get(text.strip().lower())
    if known is None:
        raise ValueError(text)
    return known
