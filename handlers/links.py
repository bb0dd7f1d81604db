"""Links to the bot, and what they lead to.

t.me/bot?start=b12   briefing 12        t.me/bot?start=f3     the newest of source 3
t.me/bot?start=s5    story 5            t.me/bot?start=saved  what the reader saved
"""

import re
from dataclasses import replace

from handlers import filtered, guide
from handlers.asked import Asked
from handlers.document import Document
from handlers.opened import opened, withdrawn
from handlers.press import HIGHEST
from handlers.saved import saved
from handlers.story_commands import story

_LINKED = re.compile(r"([bsf])(\d{1,15})", re.ASCII)


def deep_link(username: str, payload: str) -> str:
    """The address that opens the private chat with `payload` behind /start (Bot API, deep linking)."""
    return f"https://t.me/{username}?start={payload}"


async def linked(asked: Asked) -> Document | None:
    """What a link to the bot leads to; the welcome where that is gone or was never there."""
    if asked.words == "saved":
        return await saved(asked)
    if asked.words == "search":
        return guide.usage_of("search", asked.commands, asked.texts)
    link = _LINKED.fullmatch(asked.words)
    if link is None or not 0 < (number := int(link[2])) < HIGHEST:
        return None
    match link[1]:
        case "b":
            briefing = await asked.desk.briefing(number)
            return await opened(asked, briefing) if briefing else await withdrawn(asked, number)
        case "s":
            return await story(replace(asked, words=str(number))) if await asked.desk.story(number) else None
    return await filtered.of_source(asked, number)
