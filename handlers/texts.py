"""What the interface itself says, in a reader's language: gettext catalogues, and dates and numbers by locale.

The code holds the English texts as msgids (`texts.gettext("…")`, `N_("…")` where only marked); `locales/*.po` hold the
other languages, compiled in memory. A new language is a new catalogue.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from string import Formatter

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from handlers.document import Inline, Inlines
from summaries.language import direction
from summaries.language.locales import locale_of

ENGLISH = "en"

_FORMATS = {ENGLISH: "en_GB"}
"""Locales for dates where the bare language means one country's: "8 August 2022" is read alike everywhere."""


def N_(message: str) -> str:
    """Marks a msgid that is translated later, where it is shown."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """Marks the two forms of a msgid with a count."""
    return one, many


@dataclass(frozen=True)
class Texts:
    """The texts of one language. Placeholders are `{name}`."""

    language: str
    catalogue: GNUTranslations
    locale: Locale

    def gettext(self, message: str, /, **values: str) -> str:
        return _formatted(self.catalogue.gettext(message), values) if message else ""

    def ngettext(self, one: str, many: str, count: int, /, **values: str) -> str:
        """The form for `count`; `{count}` is the number as the locale writes it."""
        found = self.catalogue.ngettext(one, many, count)
        return _formatted(found, {"count": self.number(count), **values})

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self.locale)

    def month(self, day: date) -> str:
        return format_skeleton("yMMMM", day, locale=self.locale)

    def date(self, day: date) -> str:
        return format_date(day, "long", locale=self.locale)

    def moment(self, at: datetime) -> str:
        """Day and time of day in UTC, for clients that do not show their reader's own."""
        at = at.astimezone(UTC)
        return f"{self.date(at.date())}, {format_time(at, 'HH:mm', locale=self.locale)} UTC"

    def duration(self, seconds: float) -> str:
        """In its largest unit: "2 hours"."""
        return format_timedelta(timedelta(seconds=seconds), threshold=1.5, locale=self.locale)

    def percent(self, share: float) -> str:
        """0.5 as "50%"."""
        return format_percent(share, locale=self.locale)

    def language_name(self, code: str) -> str:
        """The name of the language `code`; the code itself where there is none."""
        name = self.locale.languages.get(code)
        return name if isinstance(name, str) else code

    @property
    def rtl(self) -> bool:
        return direction(self.language) == "rtl"


def fill(template: str, **parts: Inline) -> Inlines:
    """`template` with its placeholders filled, each part by itself: a look keeps their scripts apart."""
    return tuple(_filled(template, parts))


def _filled(template: str, parts: dict[str, Inline]) -> Iterator[Inline]:
    for literal, name, _, _ in Formatter().parse(template):
        if literal:
            yield literal
        if name is not None:
            yield parts[name]


def _formatted(template: str, values: dict[str, str]) -> str:
    """Without values the braces stay, for `fill`."""
    return template.format_map(values) if values else template


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that there is a catalogue for."""
    names = (item.name for item in files("handlers.locales").iterdir())
    return tuple(sorted(name.removesuffix(".po") for name in names if name.endswith(".po")))


def texts(language_code: str | None) -> Texts:
    """The texts for a Telegram `language_code` (IETF tag, such as "pt-br"); English where there are none for it."""
    code = (language_code or ENGLISH).replace("_", "-").partition("-")[0].lower()
    return _load(code if code in languages() else ENGLISH)


def load_all() -> tuple[Texts, ...]:
    """Compiles every catalogue, so that a broken one shows at the start and not to its first reader."""
    return tuple(_load(code) for code in languages())


@cache
def _load(language: str) -> Texts:
    with (files("handlers.locales") / f"{language}.po").open("rb") as file:
        catalogue = _translated(read_po(file, locale=language, abort_invalid=True))
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Texts(language, GNUTranslations(compiled), locale_of(_FORMATS.get(language, language)))


def _translated(catalogue: Catalog) -> Catalog:
    """Without the messages that have no translation yet: those are shown as their msgids."""
    for message in list(catalogue):
        if message.id and not _complete(message):
            catalogue.delete(message.id)
    return catalogue


def _complete(message: Message) -> bool:
    strings = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(strings)
