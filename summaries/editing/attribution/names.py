"""Names as an article writes them, and the fullest form of each that it has given."""

import re
from functools import cache

from babel.core import UnknownLocaleError

from summaries.editing.attribution.rules import Rules
from summaries.language import stop_words
from summaries.language.locales import locale_of

_BIG = "A-ZÀ-ÖØ-ÞĄĆĘŁŃŚŹŻČŠŽĐİŞĞŐŰА-ЯЁ"
_POINTED = "St|Dr|Mr|Mrs|Ms|Lt|Gen|Col|Sgt|Capt|Prof|Rev|Sen|Gov|Rep|Sra?|Mme|M|Hr"
_FIRST = f"(?=[{_BIG}]|[dl]'|[ae]l-)"  # what any token begins with: most places of a text need no further look
_TOKEN = rf"{_FIRST}(?:[{_BIG}]\.|(?:{_POINTED})\.(?=\s)|(?:[dDlL]'|al-|el-|Al-|O'|Mc)?[{_BIG}][\w'-]*(?:&\w+)?)"
_PARTICLES = (
    "(?:(?:de|del|la|los|van|von|der|den|zu|bin|ibn|al|el|ul|da|dos|di|du|des|le|ter|ben|abu|of the|of|for) ){0,2}"
)
NAME = re.compile(rf"{_TOKEN}(?:\s{_PARTICLES}{_TOKEN}){{0,7}}")
_AFTER_PLACE = re.compile(r"(?:\b(?:in|at|near|of|across|en|à|aux?|im|в|из|на)\s)$", re.IGNORECASE)
_LONG_NAME = re.compile(rf"{_TOKEN}(?:\s{_PARTICLES}{_TOKEN}){{1,7}}")
_OPENING = 60
_LEAST_ALIKE = 4
"""First letters that the forms of a name have in common, where a language bends names."""
_AHEAD = re.compile(rf"(?P<name>{NAME.pattern})")
_BEHIND = re.compile(rf"(?P<name>{NAME.pattern}),\s(?:[\w'-]+\s){{0,4}}?$")
_ACRONYM = re.compile(rf"[{_BIG}]{{2,7}}")
_ABBREVIATED = re.compile(rf"(?P<name>{NAME.pattern})\s\((?P<short>[{_BIG}]{{2,8}})\)")
AGENCIES = frozenset({
    "Reuters", "Xinhua", "Bloomberg", "Interfax", "Anadolu", "Politico", "Axios", "Spiegel", "Interpol", "Europol",
    "Amnesty", "Greenpeace", "Unicef", "Oxfam", "Nasa", "Nato", "Unesco",
})  # fmt: skip


def _beside(role: str, sentence: str, lowered: str) -> list[str]:
    """The names in "Water minister Petra Oland" and in "Petra Oland, the minister".

    The role is looked for as text: a pattern of its own for each role takes longer to compile than an article to read.
    """
    before, behind = [], []
    start = lowered.find(role.lower())
    while start >= 0:
        end = start + len(role)
        if not sentence[start - 1 : start].isalnum() and sentence[end : end + 1].isspace():
            before.append(_AHEAD.match(sentence, end + 1))
        if "," in sentence[:start] and sentence.startswith(role, start) and not sentence[end : end + 1].isalnum():
            behind.append(_BEHIND.search(sentence, 0, start))
        start = lowered.find(role.lower(), end)
    return [match["name"] for match in (*before, *behind) if match]


def _lower(sentence: str) -> str:
    """In small letters, every letter in its place: "İ" alone becomes two, and then stays as it is."""
    low = sentence.lower()
    return low if len(low) == len(sentence) else "".join(m.lower() if len(m.lower()) == 1 else m for m in sentence)


class Names:
    """The names of an article, by the place of the sentence where each stands."""

    def __init__(self, sentences: list[str], rules: Rules) -> None:
        self._sentences = sentences
        self._rules = rules
        self._full: dict[str, int] | None = None
        self._by_family: dict[str, list[tuple[str, int]]] | None = None
        self._short: dict[str, str] | None = None
        self._longer: dict[str, list[tuple[str, int]]] = {}
        self._at: dict[int, list[str]] = {}
        self._lowered = [_lower(sentence) for sentence in sentences]
        self._by_role: dict[str, list[tuple[int, str]]] = {}

    def bare(self, name: str) -> tuple[str, tuple[str, ...]]:
        """Without articles and titles before it; and the titles, in small letters. A title alone stays."""
        tokens = name.rpartition("'s ")[2].split()  # "Tarn's Ministry of Water"
        titles: list[str] = []
        while len(tokens) > 1 and (self._is_opening(tokens[0]) or self._is_title_before(tokens)):
            titles.append(tokens.pop(0).rstrip(".").lower())
        # "Indian Prime Minister Narendra Modi": what stands before a title goes with it.
        for at in range(len(tokens) - 2, 0, -1):
            if self._is_title(tokens[at]) and not self._is_opening(tokens[at]) and not self._is_body(tokens[at + 1 :]):
                titles += [token.rstrip(".").lower() for token in tokens[: at + 1]]
                tokens = tokens[at + 1 :]
                break
        return " ".join(tokens), tuple(titles)

    def resolve(self, name: str, place: int) -> str:
        """The fullest form up to that sentence; the name as it is where none or several would do."""
        if long := self._long_forms().get(name):
            return long
        if name not in self._longer:
            alike = self._families().get(_family(name), ())
            self._longer[name] = [(full, first) for full, first in alike if _within(name, full, self._rules)]
        found = [full for full, first in self._longer[name] if first <= place]
        if not found:
            return name
        fullest = max(found, key=len)
        return fullest if all(_within(other, fullest, self._rules) for other in found) else name

    def known(self, name: str, place: int) -> bool:
        return name in self._all() or self.resolve(name, place) != name

    def persons(self, place: int) -> list[str]:
        """Whom the sentence names, each in the fullest form, in order; no bodies and no places."""
        if place not in self._at:
            found = []
            for match in NAME.finditer(self._sentences[place]):
                name = self.bare(match[0])[0] if " " in match[0] else match[0]
                full = self.resolve(name, place)
                if " " in full and full in self._all() and not self.is_body(full) and full not in found:
                    found.append(full)
            self._at[place] = found
        return self._at[place]

    def opens_with(self, place: int) -> str:
        """The person whom the sentence names within its first words: its subject, more often than not."""
        found = self.persons(place)
        return found[0] if found and found[0].split()[-1] in self._sentences[place][:_OPENING] else ""

    def is_body(self, name: str) -> bool:
        return self._is_body(name.split())

    def is_place(self, name: str) -> bool:
        return name.lower() in _territories(self._rules.language) or self._rules.whole("places", name)

    def acceptable(self, name: str) -> bool:
        """Whether one word alone is a name: an acronym, or an agency known by it."""
        return _ACRONYM.fullmatch(name) is not None or name in AGENCIES

    def introduced(self, role: str, place: int) -> list[str]:
        """The persons whom the article has called so up to that sentence: "Water minister Petra Oland"."""
        found: list[str] = []
        for at, bare in self._called(role):
            name = self.resolve(bare, place) if at <= place else ""
            if " " in name and name not in found and not self.is_place(name) and not self.is_body(name):
                found.append(name)
        return found

    def _called(self, role: str) -> list[tuple[int, str]]:
        """Every name that the article puts beside that role, and the place of its sentence, in order."""
        if role not in self._by_role:
            self._by_role[role] = [
                (place, self.bare(name)[0])
                for place, (sentence, lowered) in enumerate(zip(self._sentences, self._lowered, strict=True))
                if role.lower() in lowered
                for name in _beside(role, sentence, lowered)
            ]
        return self._by_role[role]

    def _long_forms(self) -> dict[str, str]:
        """ "MCG" where the article has "Municipal Corporation of Gurugram (MCG)"."""
        if self._short is None:
            self._short = {}
            for sentence in self._sentences:
                if "(" in sentence:
                    for match in _ABBREVIATED.finditer(sentence):
                        name = self.bare(match["name"])[0]
                        if name[:1] == match["short"][:1] and " " in name:
                            self._short.setdefault(match["short"], name)
        return self._short

    def _is_opening(self, token: str) -> bool:
        """ "The", "Selon", but neither the initial "K" nor what begins "New Tarn" and "All Tarn Congress"."""
        if len(token) < 2 or token.lower() in ("new", "all", "great", "old"):
            return False
        openings = self._rules.first_whole(("definite", "intro", "according"), token)
        return bool(openings) or token.lower() in stop_words(self._rules.language)

    def _is_title_before(self, tokens: list[str]) -> bool:
        """ "Minister" of "Minister Petra Oland", but not "Water" of "Water Board"."""
        return self._is_title(tokens[0]) and not self._rules.whole("bodies", tokens[1])

    def _is_title(self, token: str) -> bool:
        return self._rules.whole("titles", token.rstrip("."))

    def _is_body(self, tokens: list[str]) -> bool:
        return any(self._rules.whole("bodies", token) or _ACRONYM.fullmatch(token) for token in tokens)

    def _all(self) -> dict[str, int]:
        """Names of two words and more, and the sentence where each stands first."""
        if self._full is None:
            self._full, places = {}, set()
            for place, sentence in enumerate(self._sentences):
                for match in _LONG_NAME.finditer(sentence):
                    name, titles = self.bare(match[0].removesuffix("'s"))
                    if " " not in name or self.is_place(name):
                        continue
                    if not titles and _AFTER_PLACE.search(sentence[max(0, match.start() - 8) : match.start()]):
                        places.add(name)
                    self._full.setdefault(name, place)
            for name in places:
                if not self.is_body(name):
                    del self._full[name]
        return self._full

    def _families(self) -> dict[str, list[tuple[str, int]]]:
        """The same by what their last words begin with: without that in common, none is a longer form of another."""
        if self._by_family is None:
            self._by_family = {}
            for name, place in self._all().items():
                self._by_family.setdefault(_family(name), []).append((name, place))
        return self._by_family


def _family(name: str) -> str:
    return "".join(name.split()[-1:])[:_LEAST_ALIKE]


def _within(name: str, full: str, rules: Rules) -> bool:
    """Whether `full` is the longer form: "Farran" of "Odile Farran"; the family name has to be there."""
    short, long = name.split(), full.split()
    if len(short) > len(long):
        return False
    if len(short) == 1:
        return _same(short[0], long[-1], rules)
    return all(any(_same(one, other, rules) for other in long) for one in short) and _same(short[-1], long[-1], rules)


def _same(one: str, other: str, rules: Rules) -> bool:
    """Russian bends names: "по словам Вельта" is of "Вельт"."""
    if one == other:
        return True
    stem = max(_LEAST_ALIKE, min(len(one), len(other)) - 2)
    return rules.language == "ru" and abs(len(one) - len(other)) <= 3 and one[:stem] == other[:stem]


@cache
def _territories(language: str) -> frozenset[str]:
    try:
        names = locale_of(language).territories
    except UnknownLocaleError:
        return frozenset()
    return frozenset(name.lower() for name in names.values())
