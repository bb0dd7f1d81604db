"""A source's credentials: the name of an environment variable → the header that is sent."""

import re
from base64 import b64encode
from collections.abc import Mapping

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_HEADER = re.compile(r"([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[ \t]+(.*)")
_OURS = re.compile(r"BACKCHANNEL_(TOKEN|.*__.*)")
"""The desk's own settings: whoever may add sources could have the bot's token sent to a server of theirs."""


class CredentialsError(ValueError):
    """There are none to send. The text names the variable and never its value."""


def header_of(name: str, environ: Mapping[str, str]) -> tuple[str, str]:
    """The header for the variable `name`: "Header-Name: value" as it is, "user:password" as basic auth (RFC 7617).

    A blank after the first colon makes it a header. Raises `CredentialsError`.
    """
    if not _NAME.fullmatch(name):  # perhaps the secret itself: it is not repeated
        raise CredentialsError("the source's credentials are not the name of an environment variable")
    if _OURS.fullmatch(name):
        raise CredentialsError(f"{name} is a setting of the desk and is not sent to sources")
    value = environ.get(name, "").strip()
    if not value:
        raise CredentialsError(f"the environment variable {name} is not set")
    if not value.isprintable() or ":" not in value:
        raise CredentialsError(f"{name} must be user:password or Header-Name: value, on one line")
    header = _HEADER.fullmatch(value)
    return (header[1], header[2]) if header else ("Authorization", f"Basic {_base64(value)}")


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()
