# ruff: noqa: SIM905 (lists of words are read more easily in one line)
"""Reports of invented places, as many as are asked for: what the press prints.

Words come as often as in a newspaper: few often, most rarely (Zipf's law), the rare ones those of a report's subject
and of its people and places. Each report has persons who are introduced with their offices, quoted, and named by their
family name later, figures, days, and sentences that nobody is named for. Alike in every process.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

_STARTS = "Al Bar Cor Dal Esk Fen Gar Hol Il Jor Kel Lam Mar Nor Os Pel Quin Ras Sol Tam Ur Vel Wen Yor Zan".split()
_MIDDLES = "a e i o u an en or il ar ester ova amin edal ".split(" ")
_ENDS = "mouth ford wick dale bridge haven stead field port minster gate burn ness mere".split()
_FIRST = (
    "Mira Odile Petra Anton Rosa Jonas Leila Tomas Ines Viktor Salma Edvin Nadia Otto Clara Yusuf Hanna Pavel Lucia "
    "Emre Greta Idris Marta Simon Farah Henrik Zora Luis Amina Karl Teresa Boris Dina Felix Rana Oskar Maya Ivan"
).split()
_LAST = (
    "Daloun Farran Oland Brand Velt Harun Korvin Selby Maddox Tarrant Ostrow Lindqvist Okoye Barden Castell Dragan "
    "Eastham Fenwick Galan Hollis Ibarra Jansen Kessler Lorrimer Marchetti Nakhle Orsini Pruitt Quarles Renner Sabri "
    "Thorne Underhill Varga Whitlock Yardley Zeman Abbas Birch Conway"
).split()
_OFFICES = (
    "mayor|council leader|water minister|police chief|harbour master|chief engineer|health minister|union leader|"
    "opposition leader|school principal|farm adviser|court clerk|transport secretary|museum director|bank governor|"
    "fire chief|energy regulator|professor of hydrology|hospital director|trade envoy"
).split("|")
_BODIES = (
    "Council|Water Board|Port Authority|Chamber of Commerce|High Court|University|Teachers' Union|Health Trust|"
    "Regional Assembly|Farmers' League|Ministry of Works|Electoral Commission|Rail Company|Development Bank"
).split("|")
_KIN = "son sen ov ova etti ides escu berg mann ski uk ian oglu sdottir".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_GROUPS = "residents officials witnesses campaigners engineers shopkeepers doctors parents drivers farmers".split()
_COMMON_NOUNS = (
    "plan work people year week time money place report decision meeting service cost family change group road problem "
    "part school home question number team result effort system area house vote proposal rule case agreement budget "
    "delay damage support concern answer review office site line project price market fund worker deadline study "
    "neighbour contract complaint inspection promise survey statement measure limit risk route permit supply demand "
    "season winter summer evening morning village district region coast border quarter building bridge station"
).split()
_ADJECTIVES = (
    "new local public last early full main long large small recent former further serious old private final regular "
    "urgent temporary heavy northern southern central fresh rural legal annual medical common direct narrow modest "
    "costly careful steady quiet unusual sharp damaged crowded sensible overdue draft"
).split()
_VERBS = (
    "delay approve reject review repair extend close reopen cut raise fund move replace check protect change question "
    "defend publish sign cancel postpone finish widen clean inspect limit support oppose measure discuss"
).split()
_ADVERBS = "again soon earlier quickly slowly openly briefly twice carefully late together quietly".split()
_SUBJECTS = {
    "water": "dam reservoir pipe valve flood drought pump aqueduct basin leak turbine sluice embankment hydrologist",
    "schools": "teacher pupil classroom exam textbook lesson headteacher curriculum timetable scholarship kindergarten",
    "health": "clinic nurse vaccine ward surgeon patient outbreak ambulance midwife pharmacy infection laboratory",
    "courts": "judge verdict appeal witness bail lawyer sentence prosecutor jury evidence tribunal affidavit hearing",
    "farms": "harvest wheat barley cattle orchard fertiliser tractor dairy irrigation seed livestock drought granary",
    "rail": "train platform signal timetable locomotive carriage passenger level-crossing conductor freight junction",
    "port": "ferry crane dock container tanker pilot quay lighthouse customs cargo dredger shipyard berth",
    "power": "grid cable blackout substation turbine meter transformer pylon battery coal wind-farm subsidy tariff",
    "votes": "ballot candidate turnout recount coalition manifesto constituency poll campaign majority referendum",
    "banks": "loan deposit interest inflation bond currency mortgage creditor audit shareholder dividend pension",
    "sport": "goal referee stadium coach league penalty striker trophy supporter transfer midfielder semi-final",
    "culture": "museum painting festival orchestra novelist archive exhibition sculptor theatre manuscript choir",
    "weather": "storm gale hail snowfall landslide thunder forecast avalanche heatwave sandbag shelter evacuation",
    "crime": "burglary arrest detective suspect robbery forensics custody smuggler warrant fingerprint ransom",
    "work": "strike wage factory layoff overtime picket apprentice pension textile foundry shift employer furlough",
    "nature": "forest heron wetland poacher ranger salmon beetle reserve otter woodland pollution peat biologist",
}
_HEADLINES = (
    "{Place} {noun} plan faces {noun2} vote",
    "{Body} to {verb} {adjective} {noun} in {Place}",
    "{People} in {Place} question {noun} {common}",
    "{Last} defends {adjective} {noun} {common}",
    "Dispute over {noun} and {noun2} reaches {Place}",
    "{Place} counts cost of {adjective} {noun}",
)
_SENTENCES = (
    "{person} said on {day} that the {noun} would {verb} before the {common} of {month}, despite the {adjective} "
    "{common2} in {place}.",
    "“{quote},” said {person}.",
    "The {adjective} {noun} has cost {number} crowns since {month}, according to {body}.",
    "{people} in {place} told reporters that the {noun} had been {adjective} for {count} years.",
    "More than {number} people live near the {noun}, and many of them {verb} a {adjective} {common} every {common2}.",
    "{body} did not answer a {common} about the {noun2} on {day}.",
    "A {common} seen by this newspaper shows that {count} of the {noun} {common2}s were {adjective} by {month}.",
    "“{quote}. {quote2},” {last} said. “{quote3}.”",
    "In {month}, {body} promised to {verb} the {noun} and to {verb2} each {adjective} {common} in {place}.",
    "{last} added that a {adjective} {noun2} was the {common} of another {common2}.",
    "The {common} between {village} and {place} was {adjective} in the {common2}, when {count} {noun2}s were counted "
    "near the old {noun}.",
    "{person} called the {common} “{adjective} and {adjective2}”, while {people} asked for a {noun2}.",
    "Nobody was hurt, but the {noun} stayed {adverb} closed until {day}, and {count} families spent the {common} "
    "with relatives in {village}.",
    "Prices of the {noun} rose by {percent} per cent in {place}, against {percent2} per cent in {place2}.",
    "It is the {ordinal} time since {year} that {body} has had to {verb} a {noun} {adverb}.",
    "According to {person}, no {common} has been made about the {adjective} {noun2}.",
    "The {noun} was built in {year} for {count} {noun2}s; it now serves {number}.",
    "Critics say the {adjective} {common} would {verb} the {noun2} and leave {place2} without a {common2}.",
    "Two {people}, who asked not to be named, said {body} knew of the {noun} by {month}.",
    "In {village} and {village2}, both {adjective} villages of the {place} district, every {noun} is {adjective2} by "
    "{month}.",
    "A {common} is due on {day}, and {last} expects the {noun} to be {adjective} {adverb}.",
)
_QUOTES = (
    "We have waited {count} years for this {noun}",
    "No {common} was ever as {adjective} as the one in {place}",
    "Nobody asked us about the {noun2}",
    "This {common} will {verb} more than the {noun}",
    "I saw the {noun} myself on {day}, and it was {adjective}",
    "People here want a {adjective} {common}, not another {noun2}",
    "If they {verb} it {adverb}, {place} will lose its {common}",
)
_ORDINALS = "second third fourth fifth sixth".split()


@dataclass(frozen=True)
class Report:
    """A headline, the first sentence as feeds have it, the writer, and paragraphs."""

    headline: str
    teaser: str
    writer: str
    paragraphs: tuple[str, ...]


def report(outlet: int, number: int) -> Report:
    """The report of that number of an outlet: 10 to 30 paragraphs of one to three sentences, some 4,500 characters."""
    chance = Random(f"{outlet}/{number}")
    words = _Words(chance)
    title = f"{words.filled(chance.choice(_HEADLINES))} ({outlet}-{number})"
    order = [template for _ in range(5) for template in chance.sample(_SENTENCES, len(_SENTENCES))]
    sentences = iter(order)
    paragraphs = tuple(
        " ".join(words.filled(next(sentences)) for _ in range(chance.choice((1, 2, 2, 3))))
        for _ in range(chance.randint(10, 30))
    )
    return Report(title, paragraphs[0].split(". ")[0].rstrip(".") + ".", words.writer, paragraphs)


class _Words:
    """The words of one report: its places, people, bodies and subject, and the common ones by how common they are."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._places = [_place(chance) for _ in range(3)]
        self._people = [_person(chance) for _ in range(4)]
        self._offices = chance.sample(_OFFICES, 4)
        self._bodies = [f"{chance.choice(self._places)} {body}" for body in chance.sample(_BODIES, 2)]
        self._told: set[str] = set()
        self._nouns = _SUBJECTS[chance.choice(list(_SUBJECTS))].split()
        chance.shuffle(self._nouns)
        self.writer = _person(chance)

    def filled(self, template: str) -> str:
        """With a word for each slot. Asked in the order in which they stand, so that a name comes in full first."""
        said = _Slots(self)
        text = template.format_map(said)
        text = text.format_map(said) if "{" in text else text  # a quotation has slots of its own
        return text[:1].upper() + text[1:]

    def one(self, slot: str) -> str:
        maker = _MAKERS.get(slot.rstrip("23"))
        return maker(self) if maker else slot

    def often(self, words: Sequence[str]) -> str:
        return self._chance.choices(words, cum_weights=_zipf(len(words)))[0]

    def pick(self, words: Sequence[str]) -> str:
        return self._chance.choice(words)

    def number(self, low: int, high: int) -> int:
        return self._chance.randint(low, high)

    def person(self) -> str:
        """With the office the first time, by the family name later."""
        name = self.often(self._people)
        if name in self._told:
            return name.split()[-1]
        self._told.add(name)
        return f"{self._offices[self._people.index(name)]} {name}"

    def last(self) -> str:
        return self.pick(sorted(self._told)).split()[-1] if self._told else self.person()

    def place(self) -> str:
        return self.often(self._places)

    def village(self) -> str:
        return _place(self._chance)

    def body(self) -> str:
        return f"the {self.often(self._bodies)}"

    def noun(self) -> str:
        return self.often(self._nouns)


class _Slots(dict[str, str]):
    def __init__(self, words: _Words) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, slot: str) -> str:
        return self._words.one(slot)


_MAKERS: dict[str, Callable[[_Words], str]] = {
    "Place": _Words.place,
    "place": _Words.place,
    "village": lambda words: words.village(),
    "Body": lambda words: words.body().removeprefix("the "),
    "body": _Words.body,
    "person": _Words.person,
    "last": _Words.last,
    "Last": _Words.last,
    "noun": _Words.noun,
    "People": lambda words: words.pick(_GROUPS).title(),
    "people": lambda words: words.pick(_GROUPS),
    "common": lambda words: words.often(_COMMON_NOUNS),
    "adjective": lambda words: words.often(_ADJECTIVES),
    "verb": lambda words: words.often(_VERBS),
    "adverb": lambda words: words.often(_ADVERBS),
    "day": lambda words: words.pick(_DAYS),
    "month": lambda words: words.pick(_MONTHS),
    "number": lambda words: f"{words.number(200, 900_000):,}",
    "count": lambda words: str(words.number(3, 60)),
    "percent": lambda words: f"{words.number(1, 30)}.{words.number(1, 9)}",
    "year": lambda words: str(words.number(1950, 2024)),
    "ordinal": lambda words: words.pick(_ORDINALS),
    "quote": lambda words: words.pick(_QUOTES),
}


def _place(chance: Random) -> str:
    return chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)


def _person(chance: Random) -> str:
    """Every other one of a family that no other report need have."""
    last = chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_KIN)
    return f"{chance.choice(_FIRST)} {chance.choice((last, chance.choice(_LAST)))}"


@cache
def _zipf(count: int) -> list[float]:
    """The weights of words by rank, summed up: the second comes half as often as the first."""
    return list(accumulate(1 / rank for rank in range(1, count + 1)))
