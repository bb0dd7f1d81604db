"""Which zone somebody means by a city, a country, or the name of a zone, in any of the interface's languages. Offline.

The zones and their countries are the tz database's (`zone.tab`, in which the most populous of a country comes first);
their cities and countries in other languages are CLDR's, by Babel; larger cities that neither names are in
`zone_cities.txt`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from handlers.numbers import number_of
from summaries.language.locales import locale_of

MOST = 8
"""Zones that one name is taken for: more are no choice, but a list."""

UTC = "UTC"

_LANGUAGES = ("en", "ur", "hi", "ar", "es", "fr", "de", "ru")
"""In which places are known, whichever of them the interface speaks by now."""

_LIKELY = {
    zone: place
    for place, zone in enumerate((
        "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Anchorage",
        "Pacific/Honolulu", "Europe/Moscow", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok",
        "America/Toronto", "America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Halifax",
        "Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane", "Australia/Perth", "Australia/Adelaide",
        "America/Sao_Paulo", "America/Manaus", "America/Mexico_City", "America/Tijuana", "Asia/Jakarta",
    ))
}  # fmt: skip
"""Where most people of a large country live, for a country that has many zones."""

_SHORTEST_BEGINNING = 3
_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+−-])\s*(\d{1,2})(?:[:.]?([0-5]\d))?", re.IGNORECASE)

_ABBREVIATIONS = {
    "utc": (UTC,), "gmt": (UTC,), "z": (UTC,), "pkt": ("Asia/Karachi",), "npt": ("Asia/Kathmandu",),
    "bst": ("Europe/London", "Asia/Dhaka"), "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
    "cet": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome"), "msk": ("Europe/Moscow",),
    "cest": ("Europe/Berlin", "Europe/Paris", "Europe/Madrid", "Europe/Rome"), "wet": ("Europe/Lisbon",),
    "eet": ("Europe/Athens", "Europe/Helsinki", "Europe/Kyiv", "Africa/Cairo"), "trt": ("Europe/Istanbul",),
    "jst": ("Asia/Tokyo",), "kst": ("Asia/Seoul",), "hkt": ("Asia/Hong_Kong",), "sgt": ("Asia/Singapore",),
    "wib": ("Asia/Jakarta",), "ict": ("Asia/Bangkok", "Asia/Ho_Chi_Minh"), "sast": ("Africa/Johannesburg",),
    "wat": ("Africa/Lagos",), "eat": ("Africa/Nairobi",), "cat": ("Africa/Maputo",), "brt": ("America/Sao_Paulo",),
    "art": ("America/Argentina/Buenos_Aires",), "cst": ("America/Chicago", "Asia/Shanghai", "America/Mexico_City"),
    "cdt": ("America/Chicago",), "est": ("America/New_York",), "edt": ("America/New_York",),
    "et": ("America/New_York",), "ct": ("America/Chicago",), "mt": ("America/Denver",), "mst": ("America/Denver",),
    "mdt": ("America/Denver",), "pt": ("America/Los_Angeles",), "pst": ("America/Los_Angeles", "Asia/Manila"),
    "pdt": ("America/Los_Angeles",), "aest": ("Australia/Sydney", "Australia/Brisbane"),
    "aedt": ("Australia/Sydney",), "awst": ("Australia/Perth",), "nzst": ("Pacific/Auckland",),
    "nzdt": ("Pacific/Auckland",), "gst": ("Asia/Dubai",), "ast": ("Asia/Riyadh", "America/Halifax"),
    "irst": ("Asia/Tehran",), "uzt": ("Asia/Tashkent",), "usa": ("America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"), "uk": ("Europe/London",),
    "uae": ("Asia/Dubai",), "ksa": ("Asia/Riyadh",),
}  # fmt: skip

_PARTS_OF_HOURS = {
    330: "Asia/Kolkata", 345: "Asia/Kathmandu", 210: "Asia/Tehran", 270: "Asia/Kabul", 390: "Asia/Yangon",
    570: "Australia/Darwin", -210: "America/St_Johns", 525: "Australia/Eucla", 630: "Australia/Lord_Howe",
    765: "Pacific/Chatham", -570: "Pacific/Marquesas",
}  # fmt: skip


def find_zones(words: str, locale: Locale) -> list[str]:
    """The zones that `words` may mean, the likeliest first, at most `MOST`; none where it is no place that is known.

    Names in the language of `locale` come before those in others; the whole name before its beginning.
    """
    wanted = _folded(words)
    if not wanted:
        return []
    found = _by_name(words) or _offset(words) or list(_ABBREVIATIONS.get(wanted, ()))
    found = found or _place(words, wanted, locale.language) or _beginning(wanted)
    return list(dict.fromkeys(found))[:MOST]


def city(zone: str, locale: Locale) -> str:
    """The zone as people call it: by its city, in the language of `locale` where CLDR has it."""
    known = locale.time_zones.get(_cldr(zone), {}).get("city")
    return known if isinstance(known, str) else zone.rpartition("/")[2].replace("_", " ")


def zone_of(number: int) -> str | None:
    """None where no zone of this tz database has that number."""
    return _numbers().get(number)


@cache
def _numbers() -> dict[int, str]:
    return {number_of(zone): zone for zone in sorted(_every().values())}


# --- by its own name


def _by_name(words: str) -> list[str]:
    """ "asia/karachi", "Asia/Calcutta"."""
    name = "_".join(words.split()).casefold()
    found = _every().get(name) if "/" in name or name == "utc" else None
    return [_current(found)] if found else []


@cache
def _every() -> dict[str, str]:
    """The names of all zones, by their names in lower case."""
    return {zone.casefold(): zone for zone in available_timezones()}


def _offset(words: str) -> list[str]:
    """ "UTC+5", "+05:30". The names of the tz database have the sign of POSIX, which is the other one."""
    found = _OFFSET.fullmatch(words.strip())
    if not found:
        return []
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    signed = minutes if found[1] == "+" else -minutes
    if minutes % 60:
        return [_PARTS_OF_HOURS[signed]] if signed in _PARTS_OF_HOURS else []
    name = f"Etc/GMT{-signed // 60:+d}" if signed else UTC
    return [name] if name.casefold() in _every() else []


# --- by a place


def _place(words: str, wanted: str, language: str) -> list[str]:
    """ "Karachi", "Pakistan", "Paris, France", "Karachi Pakistan"."""
    index = _index()
    if found := _ranked(index.get(wanted, {}), language):
        return found
    before, comma, behind = words.partition(",")
    parts = [_folded(before), _folded(behind)] if comma else list(wanted.rpartition(" ")[::2])
    first, second = (_ranked(index.get(part, {}), language) for part in parts)
    return [zone for zone in first if zone in second] or (first if comma else [])


def _beginning(wanted: str) -> list[str]:
    """Of a name that is not finished."""
    if len(wanted) < _SHORTEST_BEGINNING:
        return []
    names = sorted(name for name in _index() if name.startswith(wanted))
    return [zone for name in names for zone in _index()[name]]


def _ranked(found: dict[str, set[str]], language: str) -> list[str]:
    """In the order of the index, but first what is called so in `language`."""
    return sorted(found, key=lambda zone: (language not in found[zone], _LIKELY.get(zone, len(_LIKELY))))


@cache
def _index() -> dict[str, dict[str, set[str]]]:
    """Folded names → zones, those of the tz database's order first → the languages in which they are called so."""
    index: dict[str, dict[str, set[str]]] = {}
    for name, zone, language in _names():
        index.setdefault(_folded(name), {}).setdefault(zone, set()).add(language)
    index.pop("", None)
    return index


def _names() -> Iterator[tuple[str, str, str]]:
    """Every name of every zone, with its language; "" for names that belong to none."""
    locales = [locale_of(code) for code in _LANGUAGES]
    for country, zone in _zone_table():
        yield zone.rpartition("/")[2], zone, ""
        yield _cldr(zone).rpartition("/")[2], zone, ""
        for locale in locales:
            yield city(zone, locale), zone, locale.language
            yield str(locale.territories.get(country, "")), zone, locale.language
    for line in _lines("zone_cities.txt", "handlers"):
        zone, _, names = line.partition(" ")
        yield from ((name.strip(), zone, "") for name in names.split(","))


@cache
def _zone_table() -> tuple[tuple[str, str], ...]:
    """Countries and zones, in the order of `zone.tab`."""
    rows = (line.split("\t") for line in _lines("zone.tab", "tzdata.zoneinfo"))
    return tuple((country, zone) for country, _, zone, *_ in rows)


def _lines(name: str, package: str) -> Iterable[str]:
    text = (files(package) / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _cldr(zone: str) -> str:
    """CLDR keeps the name under which it first knew a zone: Asia/Calcutta."""
    newest = str(get_global("zone_aliases").get(zone, zone))
    return _first_names().get(newest, newest)


@cache
def _first_names() -> dict[str, str]:
    """The names under which CLDR has the cities of zones that were named anew since."""
    known = {zone for code in _LANGUAGES for zone in locale_of(code).time_zones}
    aliases = get_global("zone_aliases").items()
    return {str(newest): str(first) for first, newest in aliases if first in known and newest not in known}


@cache
def _modern() -> dict[str, str]:
    return {_cldr(zone): zone for _, zone in _zone_table()}


def _current(zone: str) -> str:
    """The name that a zone has now."""
    return _modern().get(_cldr(zone), zone)


def _folded(words: str) -> str:
    """Without case, accents and punctuation, so that "são paulo" is "Sao_Paulo"."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", words) if unicodedata.category(char) != "Mn")
    return " ".join(re.sub(r"[^\w]+|_", " ", plain.casefold()).split())
