"""Of whom the subject of "said" speaks: somebody named, nobody in particular, or somebody mentioned before."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from summaries.editing.attribution.names import NAME, Names
from summaries.editing.attribution.rules import Rules

_SPACE = re.compile(r"\s+")
_LONGEST = 90
_PART_END = re.compile(r"[,;:.!?،؛؟۔।\ue000](?:\s|$)|\s[–—-]\s|[()]")
_POINTED = re.compile(r"\b([A-Z]|St|Dr|Mr|Mrs|Ms|Lt|Gen|Col|Sgt|Capt|Prof|Rev|Sen|Gov|Rep|Sra?|Mme|M|Hr)\.")
_ROLE_AND_NAME = re.compile(rf"\s([a-z][a-z'-]+)\s{NAME.pattern}$")


@dataclass(frozen=True)
class Subject:
    """`words` are the article's. `role` is what a definite description says: "minister" of "the minister"."""

    kind: Literal["named", "unnamed", "he", "she", "they", "it", "the role", "the unnamed", "the group"]
    words: str = ""
    titles: tuple[str, ...] = ()


class Subjects:
    """Reads noun phrases of one article."""

    def __init__(self, rules: Rules, names: Names) -> None:
        self._rules = rules
        self._names = names
        self._titled_names: list[str] = []

    def read(self, phrase: str, place: int) -> Subject | None:
        """The whole phrase has to be one that is understood: half of it would name whoever is only mentioned in it."""
        phrase = _SPACE.sub(" ", phrase).strip(" ,")
        if not phrase or len(phrase) > 200:
            return None
        return (
            self._pronoun(phrase)
            or self._standing(phrase)
            or self._spokesperson(phrase, place)
            or self._unnamed(phrase, place)
            or (self._titled(phrase) if self._rules.has("uncapped") else self._named(phrase, place))
            or self._definite(phrase, place)
        )

    def at_start(self, text: str, place: int, *, whole: bool = False) -> Subject | None:
        """The subject that stands at the beginning of `text`, as behind the verb in "…”, said Odile Farran of Tarn".

        `whole`: nothing but the subject may stand before the next comma or preposition.
        """
        text = _SPACE.sub(" ", text).lstrip()
        part = _PART_END.split(_points_kept(text), maxsplit=1)[0].replace("\ue001", ".")
        part = self._described(part)
        for cut in self._cuts(part, whole=whole):
            if found := self.read(cut, place):
                return found
        return None

    def _cuts(self, part: str, *, whole: bool) -> list[str]:
        """The longest reading of an unnamed source first; then up to the first word that goes on to something else."""
        stop = _barrier(self._rules).search(part)
        if stop and self._rules.whole("verbs", stop[0].strip()):
            return []  # "…, a judge, said the rain was late": that is what was said, not who said it
        first = part[: stop.start()] if stop else part
        leading = _followed(self._rules).match(first)
        if whole and self._rules.has("verbsecond"):  # "Laut Odile Farran steht ein Abkommen bevor"
            words = part.split()
            return [part, first, *(" ".join(words[:count]) for count in (3, 2, 1))]
        return [part, first, *([leading[0]] if leading and not whole else [])]

    def _described(self, part: str) -> str:
        """What is said of a source, without what it says or asks for: "مصدر مطلع" of "مصدر مطلع إن الاتفاق قريب"."""
        return _ends(self._rules).split(part, maxsplit=1)[0] if self._rules.has("ends") else part

    def _short(self, after: str) -> str:
        """As much of what tells the source apart as a reader needs: up to the next comma, whole words."""
        text = self._described(after).partition(",")[0]
        return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + "…"

    def _pronoun(self, phrase: str) -> Subject | None:
        match self._rules.first_whole(("he", "she", "they", "it"), phrase):
            case "he" | "she" | "they" | "it" as kind:
                return Subject(kind)
        return None

    def _standing(self, phrase: str) -> Subject | None:
        bare = _article(self._rules).sub("", phrase)
        return Subject("named", bare.lower()) if self._rules.whole("standing", bare) else None

    def _spokesperson(self, phrase: str, place: int) -> Subject | None:
        """A spokesman speaks for a body that has a name, and is nobody's source where it has none."""
        if not self._rules.inside("spokes", phrase):
            return None
        after = re.split(self._rules.of("spokes"), phrase, maxsplit=1, flags=re.IGNORECASE)[1].strip()
        if (named := NAME.fullmatch(after.lstrip(", "))) and " " in named[0]:
            return self._name(named[0], place)
        words = re.sub(r"^(?:the|an?|its|their|his|her)\s", "", phrase, flags=re.IGNORECASE)
        before = re.split(rf"\s?{self._rules.of('spokes')}", words, maxsplit=1, flags=re.IGNORECASE)[0]
        if re.search(r"\s(?:who|said|and)\s|,", words) or self._rules.inside("barriers", before):
            return None
        capitals = any(part[:1].isupper() for part in words.split()[1:]) or (
            words[:1].isupper() and not phrase.startswith(words[:3])
        )
        return Subject("named", words) if capitals else None

    def _unnamed(self, phrase: str, place: int) -> Subject | None:
        match = _unnamed_pattern(self._rules).fullmatch(phrase)
        if not match:
            return None
        if match["alone"]:
            return Subject("unnamed", match["alone"])
        before, head, after = match["before"] or "", match["head"], match["after"] or ""
        if name := self._apposed_name(after):
            return self._name(name, place)
        if not match["sure"] and self._rules.whole("documents", head.split()[-1]):
            return None
        strong = self._rules.whole("strong", head)
        if not (strong or match["definite"] or match["indefinite"] or self._rules.whole("many", head.split()[-1])):
            return None  # "Marina Pacheco, chief executive of the society said": a role, not a source
        if self._ends_with_name(after):
            return None
        generic = self._rules.has("generic") and self._rules.whole("many", head.split()[-1])  # "los vecinos"
        if match["definite"] and not strong and not generic:
            return Subject("the group", f"{match['definite']}{before}{head}") if not after else None
        kind: Literal["the unnamed", "unnamed"] = "the unnamed" if match["definite"] and not after else "unnamed"
        return Subject(kind, f"{match['definite'] or match['indefinite'] or ''}{before}{head}{self._short(after)}")

    def _ends_with_name(self, after: str) -> bool:
        """ "media and communications manager Richard Bates", but not "officials in Tarn"."""
        match = _ROLE_AND_NAME.search(after)
        return match is not None and not any(self._rules.whole(one, match[1]) for one in ("barriers", "definite"))

    def _apposed_name(self, after: str) -> str:
        """ "Rita Rogado" of ", Rita Rogado, 20": an unnamed source has a name after all."""
        name = after.strip(" ,").split(", ")[0]
        return name if after.startswith(",") and NAME.fullmatch(name) and " " in name else ""

    def _named(self, phrase: str, place: int) -> Subject | None:
        """A name, maybe behind a role ("fisherman Odo Brand"), maybe before an apposition ("Farran, a judge")."""
        head, comma, apposed = phrase.partition(", ")
        if comma and (found := self._named(head, place)):
            return found
        if comma:
            name = apposed.strip(" ,")
            fits = NAME.fullmatch(name) and " " in name and self._is_role(head)
            return self._name(name, place) if fits and not self._names.is_place(name) else None
        match = _named_pattern(self._rules).fullmatch(phrase)
        return self._name(match["name"], place) if match else None

    def _is_role(self, head: str) -> bool:
        """ "the head of the council", but neither "a statement by his son" nor "a man from Lahore"."""
        if head.split()[-1][:1].isupper() and not re.search(r"\s(?:of|for)\s", head):
            return False
        plain = re.sub(r"\s(?:of|for|in|at)\s", " ", head)
        return not self._rules.inside("barriers", plain) and not self._rules.inside("documents", head)

    def _name(self, written: str, place: int) -> Subject | None:
        name, titles = self._names.bare(_person_of(written, self._names))
        if any(self._rules.whole("unnamed", token) for token in name.split()):
            return None
        if self._names.is_place(name) or name.endswith(("'s", "'")) or not name[:1].isupper():
            return None
        single = " " not in name
        if single and not (self._names.known(name, place) or self._names.acceptable(name) or _personal(titles)):
            return None
        return Subject("named", self._names.resolve(name, place), titles)

    def _titled(self, phrase: str) -> Subject | None:
        """A name in a script without capitals: two or three words behind a title, later also the last one alone.

        What an Arabic title without an article is of comes before the name: "وزير المياه أودو براند".
        """
        words = phrase.split()
        if any(self._rules.whole("barriers", word) or self._rules.whole("unnamed", word) for word in words):
            return None
        titles = [at for at, word in enumerate(words) if self._rules.whole("titles", word)]
        name = words[titles[-1] + 1 :] if titles else words
        if titles and self._rules.language == "ar":
            of = next((at for at, word in enumerate(name) if not word.startswith("ال")), len(name))
            if of == 0 and not words[titles[-1]].startswith("ال"):
                return None
            name = name[of:]
        if titles and 2 <= len(name) <= 3 and not self._names.is_place(" ".join(name)):
            self._titled_names.append(" ".join(name))
            return Subject("named", " ".join(name))
        known = {full for full in self._titled_names if name and full.split()[-len(name) :] == name}
        return Subject("named", known.pop()) if len(known) == 1 and len(name) <= 3 else None

    def _definite(self, phrase: str, place: int) -> Subject | None:
        match = _described_role(self._rules).fullmatch(phrase)
        if not match or self._rules.whole("documents", match[1]) or self._rules.whole("body", match[1]):
            return None
        return None if self._rules.whole("barriers", match[1]) else Subject("the role", match[1].lower())


def _points_kept(text: str) -> str:
    """The points of initials and titles do not end a phrase."""
    return _POINTED.sub("\\1\ue001", text) if "." in text else text


def _person_of(written: str, names: Names) -> str:
    """ "Odile Farran of the Tarn Institute" is Odile Farran; "Ministry of Water" is that ministry."""
    first, inner, _ = written.partition(" of ")
    return first if inner and " " in names.bare(first)[0] and not names.is_body(first) else written


def _personal(titles: tuple[str, ...]) -> bool:
    return any(title not in ("the", "us", "uk", "un", "eu", "police", "army", "party") for title in titles)


@cache
def _unnamed_pattern(rules: Rules) -> re.Pattern[str]:
    """ "[two] [senior government] [officials] [familiar with the talks]" """
    determiner = rf"(?:(?P<definite>{rules.of('definite')}\s)|(?P<indefinite>{rules.of('indefinite')}\s))?"
    word = rf"(?!{rules.of('barriers')}\s)[^\s,]+\s"
    any_noun = rf"(?(indefinite){rules.of('agents')}|{rules.of('unnamed')})(?!\w)"
    after = rf"(?:,?\s{rules.of('complement')}(?!\w).*|,\s.*)?"
    sure = rf"(?P<sure>{rules.of('unnamed')}(?!\w))"
    body = rf"(?P<before>(?:{word}){{0,6}}?)(?P<head>{sure}|{any_noun})(?P<after>{after})"
    alone = rf"(?P<alone>{rules.of('alone')}(?:\sof\s(?:them|us|those)(?:\s.*)?|\swho\s.*)?)"
    return re.compile(f"{determiner}(?:{body})|{alone}", re.IGNORECASE)


@cache
def _named_pattern(rules: Rules) -> re.Pattern[str]:
    word = rf"(?!(?i:{rules.of('barriers')})\s)[\w'’/-]+\s"
    return re.compile(rf"(?:{word}){{0,7}}?(?<!\d)(?<!\dth\s)(?<!\dst\s)(?P<name>{NAME.pattern})")


@cache
def _barrier(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"\s{rules.of('barriers')}\s", re.IGNORECASE)


@cache
def _followed(rules: Rules) -> re.Pattern[str]:
    """A name, maybe behind its role, before what goes on to something else."""
    return re.compile(rf"(?:[^\W\d_A-Z][\w'-]*\s){{0,4}}{NAME.pattern}(?=\s{rules.of('follows')}(?!\w))")


@cache
def _ends(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"\s{rules.of('ends')}(?!\w)")


@cache
def _article(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"^{rules.of('definite')}\s", re.IGNORECASE)


@cache
def _described_role(rules: Rules) -> re.Pattern[str]:
    return re.compile(rf"{rules.of('definite')}\s(?:[a-z'-]+\s){{0,3}}([a-z-]+)", re.IGNORECASE)
