import ast
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from gettext import c2py
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po

from bot.local.limits import DESCRIPTION_CHARACTERS
from handlers import texts as module
from handlers.document import Bold, visible
from handlers.locales import refresh
from handlers.registry import COMMANDS
from handlers.texts import Texts, fill, languages, load_all, texts

CATALOGUES = sorted(refresh.HERE.glob("*.po*"))


def ids(catalogue: Catalog) -> set[object]:
    return {message.id for message in catalogue if message.id}


@cache
def in_the_code() -> set[object]:
    return ids(refresh.extracted())


def read(path: Path) -> Catalog:
    return read_po(BytesIO(path.read_bytes()), locale=None if path.suffix == ".pot" else path.stem, abort_invalid=True)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_catalogues_hold_every_text_of_the_code_and_no_other(path: Path) -> None:
    missing, stale = in_the_code() - ids(read(path)), ids(read(path)) - in_the_code()
    assert (missing, stale) == (set(), set()), "run: python -m handlers.locales.refresh"


_MARKERS = {"gettext": 1, "N_": 1, "ngettext": 2, "NN_": 2}


def marked() -> Iterator[str]:
    """Every text that the code hands to a marker, however deep in other calls."""
    for path in refresh.HERE.parent.glob("**/*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                words = [part.value for part in node.args[: _MARKERS.get(name, 0)] if isinstance(part, ast.Constant)]
                yield from (word for word in words if isinstance(word, str))


def test_every_marked_text_is_extracted() -> None:
    """Babel overlooks a marker inside the call of another, and inside an f-string."""
    extracted = {part for id in in_the_code() for part in (id if isinstance(id, tuple) else (id,))}
    assert set(marked()) - extracted == set()


def names(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.name)
def test_translations_keep_their_placeholders(path: Path) -> None:
    catalogue = read(path)
    for message in catalogue:
        for form, string in enumerate(forms(message.string) if message.id else ()):
            kept = names(string) | ({"count"} if says_its_number(catalogue, form) else set())
            assert not string or kept == names(forms(message.id)[-1]) | (kept & {"count"}), message.id


TRANSLATED = [path for path in CATALOGUES if path.stem not in ("en", "backchannel")]
_KEPT = re.compile(r"(?<![\w/<>}:])/[a-z]+|source: tag: lang: kind: after: before:|[‹›✓✕]|\w+/\w+")
"""Commands, filters, the marks of buttons, zones: what a reader sees or types alike in every language."""


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.name)
def test_catalogues_are_complete(path: Path) -> None:
    catalogue = read(path)
    messages = [message for message in catalogue if message.id]
    assert [message.id for message in messages if message.fuzzy or not all(map(visible, forms(message.string)))] == []
    counts = {message.id: catalogue.num_plurals if message.pluralizable else 1 for message in messages}
    assert {message.id: len(forms(message.string)) for message in messages} == counts


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.name)
def test_plural_rules_are_those_of_the_language(path: Path) -> None:
    header, rule = read_po(BytesIO(path.read_bytes())), get_plural(path.stem)
    assert (header.num_plurals, header.plural_expr) == (rule.num_plurals, rule.plural_expr)


@pytest.mark.parametrize("path", TRANSLATED, ids=lambda path: path.name)
def test_what_a_reader_types_or_taps_is_the_same_in_every_language(path: Path) -> None:
    for message in read(path):
        for string in forms(message.string) if message.id else ():
            words = forms(message.id)[-1]
            assert sorted(_KEPT.findall(string)) in [sorted(_KEPT.findall(form)) for form in forms(message.id)], words
            assert (string[:1].isspace(), string[-1:].isspace()) == (words[:1].isspace(), words[-1:].isspace()), words
            assert "\n" not in string


@pytest.mark.parametrize("code", languages())
def test_commands_fit_the_menu(code: str) -> None:
    """A description has 1 to 256 characters (Bot API, BotCommand)."""
    helps = {command.name: texts(code).gettext(command.help) for command in COMMANDS}
    assert {
        name: said for name, said in helps.items() if not (visible(said) and len(said) <= DESCRIPTION_CHARACTERS)
    } == {}
    assert len(set(helps.values())) == len(helps)


def says_its_number(catalogue: Catalog, form: int) -> bool:
    """Whether a plural form is for one number alone, which its words may say: the Arabic dual."""
    plural = c2py(catalogue.plural_expr)
    return catalogue.num_plurals > len(("one", "many")) and sum(plural(number) == form for number in range(1000)) == 1


def test_refreshing_changes_nothing_that_is_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in CATALOGUES:
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(refresh, "TEMPLATE", tmp_path / refresh.TEMPLATE.name)
    monkeypatch.setattr(refresh, "CATALOGUES", tmp_path)
    refresh.main()
    assert [(tmp_path / path.name).read_bytes() for path in CATALOGUES] == [path.read_bytes() for path in CATALOGUES]


@pytest.mark.parametrize("code", ["en", "EN", "en-GB", "en_US", "tlh", "", None])
def test_english_is_there_for_everybody(code: str | None) -> None:
    assert texts(code).language == "en"


def test_every_catalogue_compiles() -> None:
    assert [loaded.language for loaded in load_all()] == list(languages())
    assert "en" in languages()


POLISH = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\n"

msgid "report"
msgstr "relacja"

msgid "opinion"
msgstr ""

msgid "{count} min saved"
msgid_plural "{count} min saved"
msgstr[0] "{count} minuta mniej"
msgstr[1] "{count} minuty mniej"
msgstr[2] "{count} minut mniej"

msgid "“{words}”: {count} found"
msgid_plural "“{words}”: {count} found"
msgstr[0] ""
msgstr[1] ""
msgstr[2] ""
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Texts:
    (tmp_path / "pl.po").write_text(POLISH, "utf-8")
    (tmp_path / "en.po").write_bytes((refresh.HERE / "en.po").read_bytes())
    monkeypatch.setattr(module, "files", lambda package: tmp_path)
    for name in ("languages", "_load"):  # caches of their own, so that no other test meets this language
        monkeypatch.setattr(module, name, cache(getattr(module, name).__wrapped__))
    return texts("pl-PL")


def test_a_new_language_is_only_a_catalogue(polish: Texts) -> None:
    assert polish.language == "pl"
    assert polish.gettext("report") == "relacja"
    assert polish.date(date(2022, 8, 8)) == "8 sierpnia 2022"
    assert polish.language_name("ur") == "urdu"
    assert polish.number(12345) == "12\u00a0345"


@pytest.mark.parametrize(
    ("count", "said"),
    [(1, "1 minuta mniej"), (3, "3 minuty mniej"), (5, "5 minut mniej"), (1234, "1\u00a0234 minuty mniej")],
)
def test_plural_forms(polish: Texts, count: int, said: str) -> None:
    assert polish.ngettext("{count} min saved", "{count} min saved", count) == said


def test_what_is_not_translated_yet_is_english(polish: Texts) -> None:
    assert polish.gettext("opinion") == "opinion"
    assert polish.ngettext("“{words}”: {count} found", "“{words}”: {count} found", 2, words="x") == "“x”: 2 found"


def test_values_are_never_read_as_placeholders() -> None:
    assert texts("en").gettext("{first} to {last}", first="{last}", last="{0}") == "{last} to {0}"
    assert fill("a {b} c{d}", b="{d}", d=Bold(("x",))) == ("a ", "{d}", " c", Bold(("x",)))
    assert texts("en").gettext("") == ""


def test_languages_say_which_way_they_run() -> None:
    assert texts("en").rtl is False
