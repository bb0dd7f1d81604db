"""A language's words for saying who says something, from `<code>.txt` beside this module."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

NOTHING = "(?!)"


@dataclass(frozen=True, eq=False)
class Rules:
    """The sections of a language's list, each one alternation of regular expressions."""

    language: str
    sections: dict[str, str]

    def has(self, section: str) -> bool:
        return section in self.sections

    def of(self, section: str) -> str:
        """As a group that is not captured; one that matches nothing where the list has no such section."""
        return f"(?:{self.sections.get(section, NOTHING)})"

    def whole(self, section: str, text: str) -> bool:
        return _compiled(self.of(section)).fullmatch(text) is not None

    def inside(self, section: str, text: str) -> bool:
        return _compiled(rf"(?<!\w){self.of(section)}(?!\w)").search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def rules_for(language: str) -> Rules | None:
    """None where nobody has written rules for the language: then nothing is claimed of who says what."""
    if not (language.isascii() and language.isalpha()):
        return None
    file = resources.files("summaries.editing.attribution") / f"{language}.txt"
    return Rules(language, _read(file.read_text(encoding="utf-8"))) if file.is_file() else None


def _read(text: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].isalpha():
            heading = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            found.setdefault(heading, []).append(line.strip())
    return {heading: "|".join(re.split(r"\s+\|\s+", " | ".join(lines))) for heading, lines in found.items()}
