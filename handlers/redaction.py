"""Takes the bot's token out of what is logged or told, in every form in which a request or an error repeats it."""

import re
from functools import lru_cache

HIDDEN = "[token]"

TELLING = 16
"""Characters from which the part behind the token's colon is a secret by itself; Telegram's have 35."""


def redacted(text: str, token: str) -> str:
    """Also where the colon is written as in a URL, however often, and where only the secret half stands."""
    return _forms(token).sub(HIDDEN, text) if token else text


@lru_cache(8)
def _forms(token: str) -> re.Pattern[str]:
    number, colon, secret = token.partition(":")
    whole = re.escape(number) + r"(?::|%(?:25)*3[Aa])" + re.escape(secret) if colon else re.escape(token)
    return re.compile(f"{whole}|{re.escape(secret)}" if len(secret) >= TELLING else whole)
