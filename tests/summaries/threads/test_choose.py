"""What a digest is made of: each setting's effect, what is left out and why, and laws that hold for any candidates."""

from collections.abc import Iterable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from summaries.models import Pick, Taste, ToldTopic
from summaries.threads.candidates import Candidate, Candidates, said
from summaries.threads.choose import PER_SOURCE, TOGETHER, Choice, LeftOut, choose

NOBODY, ANY = ToldTopic(0), Taste()


def one(
    id: int, text: str = "The ferry sailed.", *, language: str = "en", story: int = 0, **fields: object
) -> Candidate:
    named: dict[str, object] = {"source": id, "outlet": f"outlet {id}", **fields}
    return Candidate(id, story, language=language, said=said([text], language), **named)  # type: ignore[arg-type]


def chosen(candidates: Iterable[Candidate], taste: Taste = ANY, told: ToldTopic = NOBODY, **how: object) -> Choice:
    return choose(Candidates(candidates), taste, told, **{"most": 8, **how})  # type: ignore[arg-type]


def leads(choice: Choice) -> list[int]:
    return [pick.briefings[0] for pick in choice.picks]


def reason(choice: Choice, id: int) -> str:
    return next((left.reason for left in choice.left if left.briefing == id), "")


# --- Settings


@pytest.mark.parametrize(
    ("taste", "candidate", "why"),
    [
        pytest.param(Taste(languages=("en", "ur")), one(1), "", id="a language that is wanted"),
        pytest.param(Taste(languages=("ur",)), one(1), "language", id="a language that is not"),
        pytest.param(Taste(sources=(1,)), one(1), "", id="a source that is wanted"),
        pytest.param(Taste(sources=(2,)), one(1), "source", id="a source that is not"),
        pytest.param(Taste(not_sources=(1,)), one(1), "source", id="a source that is unwanted"),
        pytest.param(Taste(tags=("Harbour",)), one(1, tags=frozenset({"harbour"})), "", id="a tag that is wanted"),
        pytest.param(Taste(tags=("trade",)), one(1, tags=frozenset({"harbour"})), "tag", id="a tag that is not"),
        pytest.param(Taste(not_tags=("Harbour",)), one(1, tags=frozenset({"harbour"})), "tag", id="an unwanted tag"),
        pytest.param(Taste(mute=("ferry",)), one(1), "muted", id="a muted word"),
        pytest.param(Taste(mute=("FERRIES",)), one(1), "muted", id="a muted word in another form"),
        pytest.param(Taste(mute=("fer",)), one(1), "", id="part of a word is no word"),
        pytest.param(Taste(mute=("ferry sailed",)), one(1), "muted", id="a muted phrase"),
        pytest.param(Taste(mute=("sailed ferry",)), one(1), "", id="its words in another order"),
        pytest.param(Taste(mute=("...",)), one(1), "", id="nothing that is a word"),
        pytest.param(
            Taste(mute=("бюджет",)), one(1, "Совет принял бюджет порта.", language="ru"), "muted", id="Russian"
        ),
        pytest.param(Taste(mute=("بندرگاہ",)), one(1, "بندرگاہ بند رہی۔", language="ur"), "muted", id="Urdu"),
        pytest.param(Taste(mute=("बंदरगाह",)), one(1, "बंदरगाह खुला रहा।", language="hi"), "muted", id="Hindi"),
        pytest.param(Taste(mute=("港口",)), one(1, "新港口今天开放。", language="zh"), "muted", id="Chinese"),
        pytest.param(Taste(mute=("港",)), one(1, "新港口今天开放。", language="zh"), "muted", id="a Chinese character"),
        pytest.param(Taste(mute=("船",)), one(1, "新港口今天开放。", language="zh"), "", id="another one"),
        pytest.param(Taste(), Candidate(1), "withdrawn", id="one that was withdrawn"),
    ],
)
def test_a_setting_lets_through_or_says_why_not(taste: Taste, candidate: Candidate, why: str) -> None:
    choice = chosen([candidate], taste)
    assert (leads(choice), reason(choice, 1)) == (([], why) if why else ([1], ""))


def test_a_phrase_does_not_reach_over_two_sentences() -> None:
    apart = Candidate(1, said=said(["They took the ferry.", "Sailed away."], "en"), language="en")
    assert leads(chosen([apart], Taste(mute=("ferry sailed",)))) == [1]


def test_no_more_than_the_most_and_the_rest_is_counted_and_named() -> None:
    choice = chosen([one(id) for id in range(1, 8)], most=3)
    assert (leads(choice), choice.more, choice.rest) == ([7, 6, 5], 4, (4, 3, 2, 1))
    assert choice.reasons == (("room", 4),)
    assert choice.upto == 7


def test_what_came_before_the_last_digest_is_not_looked_at() -> None:
    choice = chosen([one(id) for id in range(1, 8)], after=5)
    assert (leads(choice), choice.left, choice.read) == ([7, 6], (), 2)


def test_copies_count_as_read_and_as_outlets() -> None:
    choice = chosen([one(1, copies=("bay times", "quay post")), one(2)])
    assert choice.read == 4
    assert [pick.outlets for pick in choice.picks] == [3, 1]


# --- Order


def test_the_most_widely_carried_first_then_copies_then_quiet_sources_then_the_newest() -> None:
    carried = [one(1, story=70), one(2, story=70), one(3, story=70)]
    copied = [one(4, copies=("bay times", "quay post", "tide"))]
    chatty = [one(id, source=9, outlet="chatter") for id in (20, 21, 22)]
    quiet, quiet_and_older = one(11), one(10)
    choice = chosen([*chatty, quiet, quiet_and_older, *copied, *carried])
    assert leads(choice) == [3, 4, 11, 10, 22, 21, 20]
    assert choice.picks[0] == Pick(70, (3, 2, 1), new=False, outlets=3)


def test_one_outlet_often_is_not_several() -> None:
    again = [one(id, story=70, source=1, outlet="bay times") for id in (1, 2, 3)]
    both = [one(4, story=71), one(5, story=71)]
    assert leads(chosen([*again, *both])) == [5, 3]


def test_what_is_followed_comes_first() -> None:
    wide = [one(id, story=70) for id in (1, 2, 3)]
    choice = chosen(
        [*wide, one(4, "The lighthouse keeper retired."), one(5, story=71)],
        Taste(follow=("lighthouse keeper",), stories=(71,)),
    )
    assert leads(choice) == [5, 4, 3]


def test_what_is_muted_stays_out_though_it_is_followed() -> None:
    choice = chosen([one(1, story=70)], Taste(stories=(70,), follow=("ferry",), mute=("ferry",)))
    assert (leads(choice), reason(choice, 1)) == ([], "muted")


def test_a_chatty_source_has_no_more_than_its_share_while_others_have_something() -> None:
    chatty = [one(id, source=9, outlet="chatter") for id in range(20, 30)]
    wide = [one(id, story=id // 2, source=id % 2 + 1, outlet=f"paper {id % 2}") for id in range(2, 8)]
    choice = chosen([*chatty, *wide], most=6)
    assert sum(id >= 20 for id in leads(choice)) == PER_SOURCE
    assert sum(id >= 20 for id in leads(chosen(chatty, most=6))) == 6


def test_a_report_leads_before_an_opinion_and_only_so_many_tell_a_story() -> None:
    members = [one(id, story=70, kind="opinion" if id == 9 else "report") for id in range(1, 10)]
    choice = chosen(members)
    assert choice.picks[0].briefings == (8, 7, 6, 5, 4)
    assert choice.reasons == (("covered", 9 - TOGETHER),)
    assert choice.marks == ((70, 9),)


# --- What was told


def test_what_was_told_is_not_told_again() -> None:
    choice = chosen([one(1), one(2)], told=ToldTopic(0, {}, {"2031-05-20": (2,)}))
    assert (leads(choice), reason(choice, 2)) == ([1], "told")


def test_a_story_comes_again_only_if_it_moved_and_then_with_what_is_new() -> None:
    told = ToldTopic(0, {70: 1, 71: 1})
    members = [one(2, story=70), one(3, story=70), one(4, story=71), one(5, story=72)]
    choice = chosen(members, told=told, news={(70, 1): {2: 3, 3: 0}})
    assert choice.picks == (Pick(72, (5,), new=False), Pick(70, (2,), new=True))
    assert [reason(choice, id) for id in (3, 4)] == ["not new", "not new"]


def test_only_what_is_followed_comes_at_once_and_not_what_just_did() -> None:
    members = [one(1), one(2, story=70), one(3, story=71), one(4, story=72)]
    taste = Taste(stories=(70, 71))
    choice = chosen(members, taste, only_followed=True, resting=frozenset({71}))
    assert leads(choice) == [2]
    assert [reason(choice, id) for id in (1, 3, 4)] == ["not followed", "resting", "not followed"]


# --- Laws

WORDS = ("ferry", "harbour", "storm", "council", "lamp")

CANDIDATES = st.lists(
    st.builds(
        lambda id, story, source, language, words, tags, copies, kind: Candidate(
            id, story, source, f"outlet {source}", copies, language, tags, kind, said(words, language)
        ),
        st.integers(1, 60),
        st.integers(0, 6),
        st.integers(0, 4),
        st.sampled_from(["en", "ur", "und"]),
        st.lists(st.sampled_from(WORDS), max_size=4),
        st.frozensets(st.sampled_from(["sea", "trade"])),
        st.lists(st.sampled_from(["tide", "quay", "bay"]), unique=True).map(tuple),
        st.sampled_from(["report", "opinion"]),
    ),
    unique_by=lambda candidate: candidate.id,
    max_size=30,
)
SOME_WORDS = st.lists(st.sampled_from(WORDS), unique=True, max_size=2).map(tuple)
TASTES = st.builds(
    Taste,
    languages=st.sampled_from([(), ("en",), ("en", "und")]),
    sources=st.sampled_from([(), (1, 2)]),
    not_sources=st.sampled_from([(), (3,)]),
    tags=st.sampled_from([(), ("sea",)]),
    not_tags=st.sampled_from([(), ("trade",)]),
    follow=SOME_WORDS,
    stories=st.sampled_from([(), (1,)]),
    mute=SOME_WORDS,
)
TOLD = st.builds(
    ToldTopic,
    st.just(0),
    st.dictionaries(st.integers(1, 6), st.integers(1, 40), max_size=3),
    st.dictionaries(st.just("2031-05-20"), st.lists(st.integers(1, 60), max_size=6).map(tuple)),
)


def news_of(candidates: Iterable[Candidate], told: ToldTopic) -> dict[tuple[int, int], dict[int, int]]:
    found: dict[tuple[int, int], dict[int, int]] = {}
    for candidate in candidates:
        if candidate.story in told.stories:
            key = (candidate.story, told.stories[candidate.story])
            found.setdefault(key, {})[candidate.id] = candidate.id % 3
    return found


@settings(max_examples=120, deadline=None)
@given(candidates=CANDIDATES, taste=TASTES, told=TOLD, most=st.integers(0, 9), chance=st.randoms())
def test_laws(candidates: list[Candidate], taste: Taste, told: ToldTopic, most: int, chance: Random) -> None:
    news = news_of(candidates, told)
    choice = chosen(candidates, taste, told, most=most, news=news)
    picked = [id for pick in choice.picks for id in pick.briefings]
    left = [each.briefing for each in choice.left]
    assert sorted(picked + left) == sorted(candidate.id for candidate in candidates)
    assert len(choice.picks) <= most
    assert choice.read == sum(1 + len(candidate.copies) for candidate in candidates)
    by_id = {candidate.id: candidate for candidate in candidates}
    for id in picked:
        found = by_id[id]
        assert not any(f" {word} " in found.said for word in said(taste.mute, found.language).split())
        assert not taste.languages or found.language in taste.languages
        assert found.source not in taste.not_sources
        assert not found.tags & set(taste.not_tags)
        assert id not in told.briefings.get("2031-05-20", ())
    room = {by_id[each.briefing].subject for each in choice.left if each.reason == "room"}
    assert (choice.more, len(room) == 0 or len(choice.picks) == most) == (len(room), True)
    shuffled = chance.sample(candidates, len(candidates))
    assert chosen(shuffled, taste, told, most=most, news=news) == choice


@settings(max_examples=60, deadline=None)
@given(candidates=CANDIDATES, taste=TASTES, told=TOLD, most=st.integers(0, 9), word=st.sampled_from(WORDS))
def test_more_room_keeps_what_was_there_and_more_muting_lets_nothing_else_through(
    candidates: list[Candidate], taste: Taste, told: ToldTopic, most: int, word: str
) -> None:
    news = news_of(candidates, told)
    choice = chosen(candidates, taste, told, most=most, news=news)
    roomier = chosen(candidates, taste, told, most=most + 1, news=news)
    assert set(choice.picks) <= set(roomier.picks)
    quieter = chosen(candidates, replace(taste, mute=(*taste.mute, word)), told, most=60, news=news)
    everything = chosen(candidates, taste, told, most=60, news=news)
    assert ids(quieter, "covered") <= ids(everything, "covered")
    muted = {each.briefing for each in quieter.left if each.reason == "muted"}
    assert {each.briefing for each in everything.left if each.reason == "muted"} <= muted


def ids(choice: Choice, *reasons: str) -> set[int]:
    """What is told, and what was left for one of these reasons."""
    told = {id for pick in choice.picks for id in pick.briefings}
    return told | {each.briefing for each in choice.left if each.reason in reasons}


@settings(max_examples=60, deadline=None)
@given(candidates=CANDIDATES, taste=TASTES, most=st.integers(1, 4))
def test_one_digest_after_the_other_tells_nothing_twice(candidates: list[Candidate], taste: Taste, most: int) -> None:
    told = set[int]()
    while True:
        known = ToldTopic(0, {}, {"2031-05-20": tuple(told)})
        choice = chosen(candidates, taste, known, most=most)
        now = {id for pick in choice.picks for id in pick.briefings}
        assert not now & told
        told |= now
        if not now:
            assert {each.reason for each in choice.left} <= {"told", "muted", "language", "source", "tag", "withdrawn"}
            return


def test_a_reason_is_given_once_for_each() -> None:
    assert chosen([Candidate(4)]).left == (LeftOut(4, "withdrawn"),)


def test_the_example_of_the_documentation() -> None:
    """`docs/digests.md`."""
    times, post, tide, hourly, lamp = range(1, 6)
    ferry, bridge = 70, 71

    def filed(id: int, source: int, text: str, story: int = 0) -> Candidate:
        return one(id, text, story=story, source=source, outlet=f"outlet {source}")

    members = [
        filed(11, times, "The night ferry is closed", ferry),
        filed(12, post, "Ferry closed after the storm, 40 wait", ferry),
        filed(13, tide, "No ferry tonight", ferry),
        filed(14, times, "The bridge of Varn is still shut", bridge),
        filed(15, post, "The bridge of Varn opens on Tuesday", bridge),
        filed(16, hourly, "Mayor visits a school"),
        filed(17, hourly, "Market day moved"),
        filed(18, lamp, "The lighthouse is to be sold"),
        filed(19, hourly, "Football: Varn beat Ostrava Bay"),
    ]
    told, news = ToldTopic(0, {bridge: 9}), {(bridge, 9): {14: 0, 15: 1}}
    choice = chosen(members, Taste(mute=("football",)), told, most=3, news=news)
    assert choice.picks == (Pick(70, (13, 12, 11), False, 3), Pick(0, (18,)), Pick(71, (15,), True))
    assert {left.briefing: left.reason for left in choice.left} == {14: "not new", 16: "room", 17: "room", 19: "muted"}
    assert choice.more == 2
    follower = Taste(mute=("football",), follow=("market day",))
    assert leads(chosen(members, follower, told, most=3, news=news))[0] == 17
