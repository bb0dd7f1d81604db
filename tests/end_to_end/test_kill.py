"""`backchannel import`, killed in the middle, three times: nothing that was kept is lost, nothing is kept twice."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from summaries.bulk import FILED_TOGETHER, READ_AHEAD

ROOT = Path(__file__).parents[2]
PADDING = "x" * 4000
A_ROUND = 40 + READ_AHEAD * (os.cpu_count() or 1) + FILED_TOGETHER
"""Lines fed before the kill. A pipe holds some 16, and the import has so many in hand: the first of them are kept."""

LINES = 3 * A_ROUND + 60


def line(number: int) -> bytes:
    """About 4 kB, most of which is not the article's."""
    text = f"Well {number} in Velm ran dry on Monday. The mayor of quarter {number} said so. It held {number} buckets."
    row = {"id": number, "title": f"Well {number} runs dry", "text": text, "lang": "en", "padding": PADDING}
    return json.dumps(row).encode() + b"\n"


def backchannel(data: Path, *argv: str, **options: Any) -> "subprocess.Popen[bytes]":
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "--data", str(data), *argv]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)


def refs(data: Path) -> list[str]:
    """The refs of what the desk holds, each of which must be whole."""
    out, err = backchannel(data, "export").communicate()
    assert err == b""
    rows = [json.loads(row) for row in out.splitlines()]
    assert [row["ref"] for row in rows if len(row["sentences"]) != 3] == []
    return [row["ref"] for row in rows]


def killed_after(data: Path, lines: Sequence[bytes]) -> None:
    """Feed `lines` to an import and kill it as soon as the last of them fits into the pipe."""
    process = backchannel(data, "import", "-", stdin=subprocess.PIPE, start_new_session=True)
    assert process.stdin is not None
    for each in lines:
        process.stdin.write(each)
        process.stdin.flush()
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def test_an_import_that_is_killed_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    data, lines = tmp_path / "data", [line(number) for number in range(LINES)]
    kept: list[str] = []
    for _ in range(3):
        killed_after(data, lines[: len(kept) + A_ROUND])
        now = refs(data)
        assert now[: len(kept)] == kept
        assert len(now) > len(kept)
        assert len(set(now)) == len(now)
        kept = now

    out, _ = backchannel(data, "import", "-", stdin=subprocess.PIPE).communicate(b"".join(lines))

    assert out.decode().splitlines()[-1] == f"{LINES - len(kept)} added, 0 skipped, {len(kept)} known"
    assert sorted(refs(data), key=int) == [str(number) for number in range(LINES)]
