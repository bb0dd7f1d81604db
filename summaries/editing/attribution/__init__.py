"""Who says what: for every sentence of an article its source, by the words around verbs of saying. No model.

Nobody is named who is not the grammatical subject of a verb of saying, or stands behind "according to". Where the words
are not understood, and in languages without a list (`<code>.txt`), nothing is claimed: a reader loses little by a
missing name, and all trust by a wrong one.
"""

import re
from dataclasses import dataclass

from summaries.editing.attribution.names import Names
from summaries.editing.attribution.quotations import Masked, mask
from summaries.editing.attribution.rules import Rules, rules_for
from summaries.editing.attribution.sayings import Saying, saying
from summaries.editing.attribution.subjects import Subject, Subjects
from summaries.models import Article, Speaker, Voices

_NEAR = 3
"""How many sentences back "he said" may reach."""
_OUTLET = Speaker("outlet")


def attribute(article: Article) -> tuple[Speaker | None, ...]:
    """The source of every sentence of an article, in the order of its spans. None: nothing is claimed."""
    rules = rules_for(article.language)
    if rules is None:
        return (None,) * len(article.spans)
    sentences = [sentence.replace("’", "'") for sentence in article.sentences]
    paragraphs = [span.paragraph for span in article.spans]
    found = _Talk(sentences, paragraphs, rules).attribute()
    return tuple(_as_written(one, article.text) for one in found)


def count_voices(sources: tuple[Speaker | None, ...]) -> Voices | None:
    """How many different ones there are; None where nothing is claimed of any sentence."""
    if not any(sources):
        return None
    found = {source for source in sources if source and source.kind != "outlet"}
    named = sum(source.kind == "named" for source in found)
    return Voices(named, len({_core(source.name) for source in found if source.kind == "unnamed"}))


def _core(description: str) -> str:
    """What tells unnamed sources apart, in small letters: "A senior official" is "senior official"."""
    return re.sub(r"^(?:the|an?|one|these|those)\s", "", description.lower())


def _as_written(source: Speaker | None, text: str) -> Speaker | None:
    if source is None or source.name in text:
        return source
    return Speaker(source.kind, source.name.replace("'", "’"))


@dataclass
class _Last:
    """Who spoke last, and in which sentence."""

    source: Speaker
    place: int
    gender: str = ""


class _Talk:
    """One article, read from its first sentence to its last."""

    def __init__(self, sentences: list[str], paragraphs: list[int], rules: Rules) -> None:
        self._sentences = sentences
        self._paragraphs = paragraphs
        self._rules = rules
        self._masked = mask(sentences, paragraphs)
        self._names = Names(sentences, rules)
        self._subjects = Subjects(rules, self._names)
        self._last: _Last | None = None
        self._unnamed: list[Speaker] = []
        self._genders: dict[str, str] = {}

    def attribute(self) -> list[Speaker | None]:
        found: list[Speaker | None] = []
        for place, masked in enumerate(self._masked):
            found.append(self._one(place, masked, found))
            self._reach_back(place, masked, found)
        return found

    def _one(self, place: int, masked: Masked, before: list[Speaker | None]) -> Speaker | None:
        said = saying(masked, place, self._rules, self._subjects)
        if said is not None:
            hidden = self._rules.inside("anonymity", masked.text)
            source = self._resolved(said.subject, place) if said.subject else None
            if hidden and (source is None or source.kind == "named"):
                source = Speaker("unnamed")
            if source is not None:
                self._remember(source, place, said)
            return source
        if masked.begins or masked.only:
            return self._quoted(place, masked, before)
        return None if masked.quotes and masked.ends else _OUTLET

    def _quoted(self, place: int, masked: Masked, before: list[Speaker | None]) -> Speaker | None:
        """A quotation that says nothing of its speaker: whoever was just quoted goes on, in the same paragraph."""
        if not before or self._last is None or before[-1] != self._last.source:
            return None
        same = self._paragraphs[place] == self._paragraphs[place - 1]
        previous = self._masked[place - 1]
        if masked.begins or (same and previous.quotes) or previous.ends:
            return self._last.source
        return None

    def _reach_back(self, place: int, masked: Masked, found: list[Speaker | None]) -> None:
        """ "We won. It was great," said Farran: the sentence before belongs to the same quotation."""
        at = place
        while at > 0 and self._masked[at].begins and self._masked[at - 1].ends and found[at - 1] is None:
            found[at - 1] = found[place]
            at -= 1

    def _remember(self, source: Speaker, place: int, said: Saying) -> None:
        if source.kind == "unnamed" and source.name and source not in self._unnamed:
            self._unnamed.append(source)
        gender = self._genders.get(source.name, "") or self._gender_of(said)
        if gender and source.kind == "named":
            self._genders[source.name] = gender
        self._last = _Last(source, place, gender)

    def _gender_of(self, said: Saying) -> str:
        subject = said.subject
        if subject is None:
            return ""
        if subject.kind in ("he", "she"):
            return subject.kind
        men = any(self._rules.whole("men", title) for title in subject.titles)
        women = any(self._rules.whole("women", title) for title in subject.titles)
        if self._rules.has("womensay"):  # a Russian verb in the past tells
            women, men = self._rules.whole("womensay", said.verb), self._rules.whole("mensay", said.verb)
        return "he" if men and not women else "she" if women and not men else ""

    def _resolved(self, subject: Subject, place: int) -> Speaker | None:
        match subject.kind:
            case "named":
                return Speaker("named", subject.words)
            case "unnamed":
                return Speaker("unnamed", subject.words)
            case "the unnamed":
                return self._same_unnamed(subject)
            case "the group":
                known = self._same_unnamed(subject)
                return known if known in self._unnamed else None
            case "the role":
                return self._by_role(subject.words, place)
            case _:
                return self._pronoun(subject.kind, place)

    def _same_unnamed(self, subject: Subject) -> Speaker:
        """ "the sources" are the sources of before."""
        head = subject.words.split()[-1].lower().rstrip("s")
        for known in reversed(self._unnamed):
            if re.search(rf"\b{re.escape(head)}s?\b", known.name.lower()):
                return known
        return Speaker("unnamed", subject.words)

    def _by_role(self, role: str, place: int) -> Speaker | None:
        people = self._names.introduced(role, place)
        return Speaker("named", people[0]) if len(people) == 1 else None

    def _pronoun(self, pronoun: str, place: int) -> Speaker | None:
        last = self._last
        if (
            last is None
            or place - last.place > _NEAR
            or (last.gender and pronoun in ("he", "she") and last.gender != pronoun)
        ):
            return self._just_named(place, pronoun) if pronoun in ("he", "she") else None
        body = last.source.kind == "named" and self._names.is_body(last.source.name)
        if pronoun == "it":
            return last.source if body else None
        many = last.source.kind == "unnamed" and self._is_many(last.source.name)
        if pronoun == "they":
            return last.source if many or body else None
        if many or body:
            return self._just_named(place, pronoun)
        return last.source if self._nobody_else(last, place) else self._just_named(place, pronoun)

    def _nobody_else(self, last: _Last, place: int) -> bool:
        """Whether nobody else has been named as the one spoken of since; of an unnamed source, nobody at all."""
        between = range(last.place + 1, place)
        others = {self._names.opens_with(at) for at in between} | set(self._before_saying(place))
        if last.source.kind == "unnamed":
            others.update(name for at in between for name in self._names.persons(at))
        return others <= {"", last.source.name}

    def _just_named(self, place: int, pronoun: str) -> Speaker | None:
        """The one person of the sentence before, if that begins with the name: "Oland resigned. She said …" """
        if place == 0 or self._before_saying(place):
            return None
        opening = self._names.opens_with(place - 1)
        alone = opening and self._names.persons(place - 1) == [opening]
        return Speaker("named", opening) if alone and self._genders.get(opening, pronoun) == pronoun else None

    def _before_saying(self, place: int) -> list[str]:
        """Whom the sentence itself names outside its quotations."""
        masked = self._masked[place].text
        return [name for name in self._names.persons(place) if name.split()[-1] in masked]

    def _is_many(self, description: str) -> bool:
        words = description.lower().split()  # none where it is only said that somebody said so
        single = any(self._rules.whole("single", word) for word in words[:1])
        return not single and any(self._rules.whole("many", word) for word in words)
