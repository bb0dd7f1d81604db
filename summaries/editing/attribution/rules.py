"""A language's words for saying who says something, from `<code>.txt` beside this module."""

import re
from functools import cache, cached_property
from importlib import resources

from summaries.editing.alternation import alternatives, factored

NOTHING = "(?!)"
_REMEMBERED = 50_000
_CUES = ("says", "perhaps", "according", "afterwards", "hearsay", "saidhe", "saidshe")
_OPTIONAL = re.compile(r"\((?:[^()]|\([^()]*\))*\)(?:[?*+]|\{[^}]*\})?")
_PART = re.compile(r"[^\W_]+")
_EDGES = ("", " ", "'", "-")
_NONE: frozenset[str] = frozenset()
_FIRST = re.compile(r"[^\s\\|()?:+*.,^$\[\]{}<!=]+")


class Rules:
    """The sections of a language's list, each one alternation of regular expressions."""

    def __init__(self, language: str, sections: dict[str, str]) -> None:
        self.language = language
        self.sections = sections
        self._groups: dict[str, str] = {}
        self._wholes: dict[tuple[str, str], bool] = {}
        self._firsts: dict[tuple[tuple[str, ...], str], str] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}

    def has(self, section: str) -> bool:
        return section in self.sections

    def of(self, section: str) -> str:
        """As a group that is not captured; one that matches nothing where the list has no such section."""
        if section not in self._groups:
            self._groups[section] = f"(?:{factored(self.sections.get(section, NOTHING))})"
        return self._groups[section]

    def whole(self, section: str, text: str) -> bool:
        """Whether all of `text` is in the section. Remembered: the same few words are asked for again and again."""
        known = self._wholes.get((section, text))
        if known is None:
            if len(self._wholes) >= _REMEMBERED:
                self._wholes.clear()
            known = self._wholes[section, text] = self._pattern(section).fullmatch(text) is not None
        return known

    def first_whole(self, sections: tuple[str, ...], text: str) -> str:
        """The first of the sections that all of `text` is in; "" where none is. Remembered as well."""
        known = self._firsts.get((sections, text))
        if known is None:
            if len(self._firsts) >= _REMEMBERED:
                self._firsts.clear()
            fitting = (section for section in sections if self._pattern(section).fullmatch(text))
            known = self._firsts[sections, text] = next(fitting, "")
        return known

    def inside(self, section: str, text: str) -> bool:
        """Whether a word or phrase of the section stands in `text`."""
        if f"inside {section}" not in self._compiled:
            inside = rf"(?<!\w){self.of(section)}(?!\w)"
            self._compiled[f"inside {section}"] = re.compile(inside, re.IGNORECASE)
        return self._compiled[f"inside {section}"].search(text) is not None

    def cued(self, words: frozenset[str]) -> frozenset[str]:
        """The sections that say who says so and may have a phrase among these words (`words_of`).

        None is missing that has one; most sentences have none of any.
        """
        if self._any_cue.isdisjoint(words) and "" not in self._any_cue:
            return _NONE
        return frozenset(section for section, cues in self._cues.items() if "" in cues or not cues.isdisjoint(words))

    @cached_property
    def _cues(self) -> dict[str, frozenset[str]]:
        return {
            section: frozenset(map(_cue, alternatives(self.sections[section])))
            for section in _CUES
            if self.has(section)
        }

    @cached_property
    def _any_cue(self) -> frozenset[str]:
        return frozenset().union(*self._cues.values())

    def first_words(self, section: str) -> set[str]:
        """The words that the alternatives of a section begin with."""
        return {found[0].lower() for part in self.sections.get(section, "").split("|") if (found := _FIRST.match(part))}

    def _pattern(self, section: str) -> re.Pattern[str]:
        if section not in self._compiled:
            self._compiled[section] = re.compile(self.of(section), re.IGNORECASE)
        return self._compiled[section]


def words_of(text: str) -> frozenset[str]:
    return frozenset(_PART.findall(text.lower()))


@cache
def rules_for(language: str) -> Rules | None:
    """None where nobody has written rules for the language: then nothing is claimed of who says what."""
    if not (language.isascii() and language.isalpha()):
        return None
    file = resources.files("summaries.editing.attribution") / f"{language}.txt"
    return Rules(language, _read(file.read_text(encoding="utf-8"))) if file.is_file() else None


def _cue(phrase: str) -> str:
    """A whole word that is in everything that the expression matches, the longest; "" where none is sure to be."""
    plain = _OPTIONAL.sub("(", phrase.lower())
    if "|" in plain or plain.endswith("ل"):  # an Arabic "for" is written together with the next word
        return ""
    sure = [
        match[0]
        for match in _PART.finditer(plain)
        if plain[match.start() - 1 : match.start()] in _EDGES and plain[match.end() : match.end() + 1] in _EDGES
    ]
    return max(sure, key=len, default="")


def _read(text: str) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("[") and line.endswith("]") and line[1:-1].isalpha():
            heading = line[1:-1]
        elif line.strip() and not line.startswith("#"):
            found.setdefault(heading, []).append(line.strip())
    return {heading: "|".join(re.split(r"\s+\|\s+", " | ".join(lines))) for heading, lines in found.items()}
