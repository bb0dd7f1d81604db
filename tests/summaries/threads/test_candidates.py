"""What is worked out once for all readers."""

from summaries.models import Taste
from summaries.threads.candidates import Candidate, Candidates, said


def spoken(id: int, text: str, language: str = "en", *, story: int = 0, source: int = 0) -> Candidate:
    return Candidate(id, story, source, language=language, said=said([text], language))


def test_words_are_looked_for_in_each_language_as_it_forms_them() -> None:
    found = Candidates(
        [
            spoken(3, "Two ferries sailed at noon."),
            spoken(1, "Die Ferry Line meldet Ausfälle.", "de"),
            spoken(2, "A ferry line is planned."),
        ]
    )
    assert [one.id for one in found.all] == [1, 2, 3]
    assert found.speaking_of("ferry") == {1, 2, 3}
    assert found.speaking_of("Ferry lines") == {1, 2}
    assert found.speaking_of("line ferry") == frozenset()
    assert found.speaking_of("—") == frozenset()


def test_what_came_after_a_briefing_is_grouped_by_story() -> None:
    found = Candidates([spoken(id, "The ferry sailed.", story=id // 2, source=id) for id in range(1, 6)])
    lately = found.after(2)
    assert found.after(2) is lately
    assert {subject: [one.id for one in members] for subject, members in lately.of.items()} == {1: [3], 2: [4, 5]}
    assert [tale.subject for tale in lately.tales] == [2, 1]
    assert found.after(9).tales == ()
    assert found.highest == 5


def test_settings_are_worked_out_once() -> None:
    lately = Candidates([spoken(1, "The ferry sailed."), Candidate(2)]).after(0)
    assert lately.refused(Taste(languages=("ur",))) == {1: "language", 2: "withdrawn"}
    assert lately.refused(Taste(languages=("ur",), mute=("storm",))) is lately.refused(Taste(languages=("ur",)))


def test_a_story_is_made_once_for_all_to_whom_it_is_the_same() -> None:
    lately = Candidates([spoken(id, "The ferry sailed.", story=7, source=id) for id in (1, 2, 3)]).after(0)
    news = {1: 0, 2: 2, 3: 1}
    tale, old = lately.to_whom(7, frozenset({3}), news, followed=False)
    assert tale is not None
    assert ([one.id for one in tale.members], old, tale.known) == ([2], (1,), True)
    assert lately.to_whom(7, frozenset({3}), news, followed=False)[0] is tale
    followed, _ = lately.to_whom(7, frozenset({3}), news, followed=True)
    assert followed is not None
    assert followed.weight < tale.weight
    assert lately.to_whom(7, frozenset({1, 2, 3}), None, followed=False) == (None, ())
