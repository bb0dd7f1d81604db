"""A conversation as a picture for the documentation: what a console showed, as SVG."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI

_FONT_FACE = re.compile(r"@font-face\s*\{\{.*?\}\}\s*", re.DOTALL)


class Scene:
    """What was printed to a console while it was recorded."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def svg(self, title: str) -> str:
        """The picture, in a frame with `title`. It loads nothing: rich's own format fetches its font from the network."""
        return self._console.export_svg(
            title=title, theme=MONOKAI, code_format=_FONT_FACE.sub("", CONSOLE_SVG_FORMAT), clear=False
        )


@contextmanager
def record(console: Console) -> Iterator[Scene]:
    """Records what `console` prints inside the `with`; ask the scene for its picture there or after it."""
    before, console.record = console.record, True
    try:
        yield Scene(console)
    finally:
        console.record = before
