from datetime import UTC, datetime, timedelta

import pytest

from summaries.threads.stories import Threads
from summaries.threads.vectors import vector_of
from tests.rivals import OP_ED, REPORT, News, everyday
from tests.summaries.threads.grouped import grouped, place

DAY = datetime(2031, 5, 20, 9, tzinfo=UTC)
REGION = datetime(2031, 1, 1, tzinfo=UTC)

FERRY = (
    "A ferry with 120 passengers capsized in the bay of Velmora on Tuesday night, and divers searched the hull for "
    "survivors. The Ilse Maren had left the quay of Osk in a gale against the advice of the coastguard. The captain "
    "was pulled from the water alive and is being questioned by prosecutors."
)
FERRY_AGAIN = (
    "Prosecutors questioned the captain of the ferry Ilse Maren, which capsized off Velmora in a gale. The coastguard "
    "had advised against leaving Osk. Divers found more passengers in the hull, where nobody is believed alive."
)
LIBRARY = (
    "The library of Brandt will lend musical instruments from autumn on. Violins, flutes and a harp were given by a "
    "retired teacher, and children may keep them for a term. The council pays for strings and repairs."
)


def news(text: str, days: float | None = 0.0, title: str = "") -> News:
    return News(title, text, None if days is None else DAY + timedelta(days=days))


@pytest.mark.parametrize("seed", range(3))
def test_talks_of_sixteen_months_are_one_story_and_nothing_else_is_part_of_it(seed: int) -> None:
    stream = sorted([*everyday(120, seed=seed), OP_ED, REPORT], key=lambda news: str(news.when))
    placed = dict(zip(stream, grouped(stream), strict=True))
    first, last = placed[OP_ED], placed[REPORT]

    assert first[1] == last[1]
    assert first[0] != last[0]
    assert [news.title for news, (_, story, _) in placed.items() if story == first[1]] == ["", REPORT.title]


NEIGHBOURS = [
    (
        40,
        "Bridge at Tolm shut for repairs",
        "The bridge at Tolm was shut for repairs after engineers of Morland found cracks in two pillars. Lorries with "
        "onions wait on the Veldian side, a customs officer said. Trade is expected to go by the ford at Linn until "
        "the rains. Welders were brought from the capital, and a ferry is hired for schoolchildren.",
    ),
    (
        130,
        "Veldia's secret service moves house",
        "The secret service of Veldia moves into a new building on the ring road of its capital. Neighbours complained "
        "of the cranes. The architect said that the windows cannot be opened. The old barracks become a school of "
        "music, for which the council has voted a roof, two staircases and forty pianos.",
    ),
    (
        200,
        "Guest houses of Sarn are full",
        "The guest houses of Sarn are booked out, their association said. Families come for the springs, the casino "
        "and the snow. Waiters are wanted, cooks even more, and landladies let their attics. A cable car with ninety "
        "cabins is to open beside the harbour, where fishermen fear for their moorings and their nets.",
    ),
    (
        310,
        "Film about the Ostra ridge wins prize",
        "A film about shepherds on the Ostra ridge won the prize of the festival of Brandt. Its director grew up in "
        "the province. The audience stood for ten minutes, and the actress thanked her goats. The jury praised the "
        "silence of the pictures and the noise of the bells.",
    ),
    (
        520,
        "Ships with wheat expected",
        "Veldia buys wheat from three countries after the poor harvest. Officials said that the ships arrive before "
        "the autumn, and that no ministry had been asked to pay in advance. Millers want the duty on flour to be cut, "
        "bakers a price that holds for a year.",
    ),
]
"""What shares places and bodies with the talks, and is about something else."""


def test_talks_of_sixteen_months_are_found_in_hundreds_of_articles_of_the_same_region() -> None:
    near = [News(title, text, REGION + timedelta(days=days)) for days, title, text in NEIGHBOURS]
    stream = sorted([*everyday(320, seed=11), *near, OP_ED, REPORT], key=lambda news: str(news.when))
    placed = dict(zip(stream, grouped(stream), strict=True))
    talks = [item for item, (_, story, _) in placed.items() if story == placed[OP_ED][1]]

    assert talks == [OP_ED, REPORT]
    assert all(placed[one][0] != placed[other][0] for one in near for other in near if one is not other)


def test_two_reports_of_a_week_are_one_event_and_a_third_thing_is_not() -> None:
    (ferry, _, _), (again, _, verdict), (library, _, _) = grouped([news(FERRY), news(FERRY_AGAIN, 1), news(LIBRARY, 1)])

    assert ferry == again != library
    assert {"ferry", "captain"} & {word.lower() for word in verdict.shared}


def test_the_same_words_a_month_later_are_another_event_of_the_same_story() -> None:
    (event, story, _), (later, same, _) = grouped([news(FERRY), news(FERRY_AGAIN, 31)])

    assert (event != later, story == same) == (True, True)


@pytest.mark.parametrize("dates", [(0.0, None), (None, 0.0), (None, None)], ids=str)
def test_without_a_date_the_words_decide_alone(dates: tuple[float | None, float | None]) -> None:
    one, other = grouped([news(FERRY, dates[0]), news(FERRY_AGAIN, dates[1])])

    assert one[0] == other[0]


def test_stop_words_alone_join_nothing() -> None:
    assert [event for event, _, _ in grouped([news("It was not so."), news("It was not so.")])] == [1, 2]


def test_a_headline_alone_joins_by_two_words() -> None:
    stream = [
        news("", title="Ferry Ilse Maren capsizes off Velmora"),
        news("", title="Velmora ferry: captain questioned"),
        news("", title="Brandt captain retires after nine seasons, six cups and one broken knee"),
    ]
    placed = grouped([*everyday(40), *(item._replace(when=DAY + timedelta(days=700)) for item in stream)])[-3:]

    assert placed[0][0] == placed[1][0] != placed[2][0]


HIGHWAY = (
    "Work on a flyover of the highway to Brandt is delayed by electric lines of high tension above the pillars, which "
    "nobody wants to move.",
    "Queensland builds an electric highway: sockets every forty miles along the coast, reefs and mangroves beside, "
    "koalas above, tourists with hired batteries.",
)
"""Two rare words are shared, which are much of so short a text."""


def test_a_short_text_is_of_no_story_for_two_words() -> None:
    placed = grouped([*everyday(40), news(HIGHWAY[0], 700), news(HIGHWAY[1], 760)])[-2:]

    assert placed[0][1] != placed[1][1]


def test_languages_do_not_mix_by_words() -> None:
    threads = Threads(10)
    english = place(threads, 1, news("Radio Orchestra Museum Festival. " * 5), "en")
    german = place(threads, 2, news("Radio Orchestra Museum Festival. " * 5), "de")

    assert english[:2] != german[:2]


ABROAD = (
    "Le ferry Ilse Maren a chaviré mardi dans la baie de Velmora avec 120 passagers à bord, selon le port de Osk. "
    "Le procureur de Brandt interroge le capitaine."
)


@pytest.mark.parametrize(
    ("text", "days", "joined"),
    [
        pytest.param(ABROAD, 1, True, id="the same names and figures"),
        pytest.param(ABROAD, 30, False, id="the same names a month later"),
        pytest.param(ABROAD, None, False, id="the same names, nobody knows when"),
        pytest.param("Le ferry de Velmora sera plus cher dès mai, dit la ville de Osk.", 1, False, id="two names"),
    ],
)
def test_another_language_is_of_the_same_story_where_that_is_sure(text: str, days: float | None, joined: bool) -> None:
    threads = Threads(10)
    english = (
        "The ferry Ilse Maren, with 120 passengers, capsized in the bay of Velmora, said the port of Osk. "
        "A prosecutor from Brandt questions the captain."
    )
    event, story, _ = place(threads, 1, news(english))
    other, same, _ = place(threads, 2, news(text, days), "fr")

    assert event != other
    assert (story == same) is joined


def test_two_events_that_turn_out_to_be_one_become_one() -> None:
    """The second came too early to be known as part of the first, which spoke of other things then."""
    between = "Prosecutors question the captain of the ferry as divers search its hull."
    threads = Threads(50)
    place(threads, 1, news("Divers search the hull of the ferry."))
    place(threads, 2, news("Prosecutors question the captain."))
    assert place(threads, 3, news(between))[:2] == (1, 1)
    event, story, verdict = place(threads, 4, news(f"Again {between}", 1))

    assert (event, story, verdict.absorbed) == (1, 1, (2,))
    assert threads.events.slot_of(2) is None
    assert threads.judge(vector_of("", "Prosecutors question the captain.", "en"), DAY).event == 1


def test_judging_changes_nothing() -> None:
    threads = Threads(10)
    place(threads, 1, news(FERRY))
    vector = vector_of("", FERRY_AGAIN, "en")

    assert threads.judge(vector, DAY) == threads.judge(vector, DAY)
    assert len(threads.events) == 1


def test_an_event_can_be_moved_to_another_story_and_go_by_another_id() -> None:
    threads = Threads(10)
    place(threads, 1, news(FERRY))
    threads.retell(1, 7)
    assert threads.judge(vector_of("", FERRY_AGAIN, "en"), DAY).story == 7
    threads.rename(1, 8, 9)
    verdict = threads.judge(vector_of("", FERRY_AGAIN, "en"), DAY)
    assert (verdict.event, verdict.story) == (8, 9)


def test_an_event_reaches_to_the_day_that_was_mended() -> None:
    threads = Threads(10)
    place(threads, 1, news(FERRY))
    later = DAY + timedelta(days=40)
    vector = vector_of("", FERRY_AGAIN, "en")
    assert threads.judge(vector, later).event == 0
    threads.redate(1, later)
    assert threads.judge(vector, later).event == 1
