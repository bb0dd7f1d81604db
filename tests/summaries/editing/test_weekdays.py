"""Weekdays in a sentence."""

import pytest

from summaries.editing.weekdays import names_a_weekday


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        pytest.param("en", "It sank on Monday.", True, id="en"),
        pytest.param("en", "Sundays are quiet.", True, id="en-many"),
        pytest.param("en", "The monsoon sun dried it.", False, id="en-other-words"),
        pytest.param("fr", "Le navire a coulé lundi.", True, id="fr"),
        pytest.param("de", "Am Mittwochabend sank es.", False, id="de-in-a-longer-word"),
        pytest.param("de", "Am Mittwoch sank es.", True, id="de"),
        pytest.param("ru", "Это случилось в среду.", True, id="ru-accusative"),
        pytest.param("ru", "С понедельника закрыто.", True, id="ru-genitive"),
        pytest.param("ur", "یہ پیر کو ہوا۔", True, id="ur"),
        pytest.param("ar", "غرقت العبارة يوم الثلاثاء.", True, id="ar"),
        pytest.param("zh", "渡轮周一沉没。", True, id="zh"),
        pytest.param("ja", "火曜日に沈没した。", True, id="ja"),
        pytest.param("und", "It sank on Monday.", False, id="unknown language"),
        pytest.param("", "It sank on Monday.", False, id="no language"),
    ],
)
def test_names_a_weekday(language: str, sentence: str, expected: bool) -> None:
    assert names_a_weekday(sentence, language) is expected
