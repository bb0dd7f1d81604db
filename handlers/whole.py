"""A long answer on a page of its own: where the button that opens it leads."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.asked import Asked, Target, to_nobody
from handlers.document import Document
from handlers.press import Press, read


def opening(buttons: Mapping[str, Target]) -> Target:
    """The target of those buttons, by way of the targets of others. One that takes its time is no mere view."""

    async def show(asked: Asked, press: Press) -> Document | None:
        here = read(press.back)
        target = buttons.get(here.view) if here is not None else None
        if here is None or target is None or target.slow or asked.role < target.role:
            return None
        return await target.show(replace(asked, progress=to_nobody), here)  # the message that is opened has to stay

    return Target(show)
