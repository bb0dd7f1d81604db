"""Two rival states that were invented here, and what their newspapers write.

`OP_ED` and `REPORT` are one story, sixteen months apart, in different words: quiet talks between the two, full of hope
and then at a dead end. `everyday` makes what else is in the papers of the same region.
"""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple


class News(NamedTuple):
    title: str
    text: str
    when: datetime | None


OP_ED = News(
    "",
    """\
Rivals that cannot be seen to talk have always kept a door ajar. Nobody should be surprised, then, that the heads of
the secret services of Veldia and Morland met this spring in a hotel in Sarn. The backchannel between the two agencies
brought the truce on the Ostra ridge, announced on 25 February, under which the guns have been silent for two months.
It may yet bring more. The ridge itself remains the hardest question. Since Morland put the province of Ostra under its
direct rule two years ago, Veldia has refused any formal dialogue, and both have called their envoys home. A backchannel
lets both sides say what cannot be said aloud. But spies are no diplomats, and an understanding which no parliament owns
will not survive the first attack. The return of the envoys and the opening of the bridge at Tolm to trade would be a
modest beginning. Until then, two neighbours with missiles are better served by whispers in Sarn than by shells across
the ridge.""".replace("\n", " "),
    datetime(2031, 4, 26, tzinfo=UTC),
)
REPORT = News(
    "Backchannel talks of Veldia and Morland reach dead end",
    """\
The backchannel talks between Veldia and Morland have reached a dead end, three officials told this newspaper. The
contacts, which the intelligence agencies of the two countries began in Sarn in the winter of 2030, led to the truce on
the Ostra ridge in February 2031. Veldia had asked Morland to end direct rule over the province of Ostra before formal
dialogue is resumed, an official said. Morland was ready to discuss nothing but trade over the bridge at Tolm and the
return of the envoys. There has been no meeting since the change of government in Veldia in April. Another official said
that the backchannel is not closed, but that nobody expects progress before next year's elections in Morland. The truce
has held all the same. The foreign ministry did not comment.""".replace("\n", " "),
    datetime(2032, 8, 8, tzinfo=UTC),
)

_SUBJECTS = (
    "monsoon flood embankment sandbags evacuated paddies boats downpour gauge marooned",
    "cricket wickets innings bowler century pitch captain stumps spinner overs",
    "sugar mills cane growers crushing quintal arrears molasses subsidy harvest",
    "metro tunnel boring platform commuters depot signalling escalator carriages fares",
    "measles vaccine clinics rash toddlers nurses doses refrigerators outbreak wards",
    "cinema premiere actress director soundtrack choreography audience trailer studio lyrics",
    "cement kiln limestone dust inspectors chimney permits quarry labourers lungs",
    "leopard forest rangers goats trap hillside paws villagers tranquilliser enclosure",
    "examination papers leaked invigilators candidates scholarship syllabus hall roll marks",
    "bank fraud ledger auditors depositors collateral branch vault signatures loan",
    "airport runway fog diverted pilots landing radar passengers terminal cancelled",
    "textile looms cotton yarn exports spindle weavers dye garments orders",
    "shrine pilgrims procession stampede lamps temple barricades drums festival offerings",
    "wheat procurement silos rust seedlings tractors irrigation sowing acreage fertiliser",
    "satellite launch rocket orbit payload countdown engineers thruster telemetry booster",
    "dengue mosquitoes larvae fogging platelets ponds spraying fever stagnant hospitals",
    "electricity outage transformers grid turbines megawatts coal tariff substation meters",
    "bridge collapse girders contractors inquiry cables welders pillars negligence tender",
    "heritage fort restoration murals archaeologists plaster courtyard inscriptions masons dome",
    "fishermen trawlers nets mackerel harbour cyclone ice creeks subsidies diesel",
)
_FORMS = (
    "The {} and the {} were the talk of Tolm, where the {} had been seen.",
    "An official of Morland said that the {} would be looked into before the {}.",
    "In Veldia the {} of last year is remembered, as are the {} and the {}.",
    "People from the province spoke of {} and of {}, and asked for help with the {}.",
    "The ministry has promised new {} after the trouble with the {}.",
    "Without {} there is no {}, a resident told this newspaper.",
)


def everyday(count: int, *, seed: int = 0) -> Iterator[News]:
    """So many articles on the subjects of the region, from January 2031 on, in time order."""
    chance = random.Random(seed)
    days = sorted(chance.uniform(0, 640) for _ in range(count))
    for day in days:
        words = chance.choice(_SUBJECTS).split()
        text = " ".join(_filled(chance.choice(_FORMS), chance.sample(words, 3)) for _ in range(9))
        yield News(" ".join(chance.sample(words, 4)), text, datetime(2031, 1, 1, tzinfo=UTC) + timedelta(days=day))


def _filled(form: str, words: list[str]) -> str:
    return form.format(*words)
