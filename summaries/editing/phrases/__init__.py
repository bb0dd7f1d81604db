"""The editors' word lists, a text file a subject: data, so that a native reader can mend them without code."""

import re
from functools import cache
from pathlib import Path

_SMALL = re.compile(r"\\.|[^\\]+")


@cache
def sections(name: str) -> dict[str, str]:
    """The sections of `name`.txt, each as one alternation for a regular expression, without its group."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]") and " | " not in line and line[1:-1].replace(" ", "").isalpha():
            heading = line[1:-1]
        elif line.strip() and not line.startswith("# "):
            found.setdefault(heading, []).append(line.strip())
    return {heading: "|".join(lines).replace(" | ", "|") for heading, lines in found.items()}


def phrases(name: str, section: str) -> str:
    """One section of `name`.txt as a group that is not captured."""
    return f"(?:{sections(name)[section]})"


def small_phrases(name: str, section: str) -> str:
    """The same for text in lower case: without `re.IGNORECASE` a pattern of many words is three times as fast."""
    return _SMALL.sub(lambda part: part[0] if part[0][0] == "\\" else part[0].lower(), phrases(name, section))
