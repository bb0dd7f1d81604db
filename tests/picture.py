"""`python -m tests.picture` draws docs/chat.svg, the picture in the README: a conversation on the sample articles."""

import asyncio
import io
import tempfile
from pathlib import Path

from rich.console import Console

from bot.app import build_local
from bot.config import load
from bot.demo.tour import fill
from bot.local.server import LocalServer
from bot.local.terminal import converse, record
from summaries.desk import open_desk

PICTURE = Path(__file__).parents[1] / "docs" / "chat.svg"
LINES = ("/latest 3", "/summary 11", "1", "/search ferry light")
WIDTH = 88


async def draw() -> str:
    """The picture as SVG; the same each time."""
    console = Console(width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False)
    config = load(None, {})
    with tempfile.TemporaryDirectory() as folder:
        desk = await open_desk(f"tinydb:{folder}/data")
        try:
            await fill(desk, config.summaries.sentences, Console(quiet=True))
            await desk.searchable()
            server = LocalServer()
            with record(console) as scene:
                await converse(build_local(config, desk, server), server, LINES, console=console)
        finally:
            await desk.close()
        return scene.svg("backchannel chat")


def main() -> None:
    PICTURE.write_text(asyncio.run(draw()), encoding="utf-8")
    print(f"{PICTURE.relative_to(Path.cwd())}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
