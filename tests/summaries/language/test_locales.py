import re
from pathlib import Path

import pytest

from summaries.language.locales import locale_of

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("language", "monday"),
    [
        pytest.param("de", "Montag", id="de"),
        pytest.param("es", "lunes", id="es"),
        pytest.param("fr", "lundi", id="fr"),
        pytest.param("hi", "सोमवार", id="hi"),
        pytest.param("ru", "понедельник", id="ru"),
        pytest.param("ur", "پیر", id="ur"),
    ],
)
def test_each_language_has_its_own_days_whoever_was_asked_before(language: str, monday: str) -> None:
    for asked in ("ur", "ar", "hi"):
        assert locale_of(asked).days["stand-alone"]["wide"][0] != "Monday"
    days = locale_of(language).days
    assert days["stand-alone"]["wide"][0] == days["format"]["wide"][0] == monday


def test_dates_come_from_nowhere_else() -> None:
    """Babel's own way would let the first language that asks decide for the others."""
    sources = [path for folder in ("bot", "handlers", "summaries") for path in (ROOT / folder).rglob("*.py")]
    using = [path.name for path in sources if re.search(r"\bLocale\.parse\(", path.read_text(encoding="utf-8"))]
    assert using == ["locales.py"]
