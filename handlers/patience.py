"""Work on a story that may take its time, and then says so."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from handlers import compose
from handlers.asked import Asked
from summaries.storyline import StoryView

PATIENCE = 1.0
"""Seconds after which it is said that something takes its time."""

T = TypeVar("T")


async def patiently(asked: Asked, work: Coroutine[Any, Any, T], view: StoryView) -> T:
    """What comes of the work; where it takes its time, that is said meanwhile."""
    task = asyncio.ensure_future(work)
    try:
        done, _ = await asyncio.wait({task}, timeout=PATIENCE)
        if not done:
            count = len(view.briefings)
            said = asked.texts.ngettext("Reading {count} article …", "Reading {count} articles …", count)
            asked.progress(compose.line(asked.texts, said))
        return await task
    finally:
        task.cancel()
