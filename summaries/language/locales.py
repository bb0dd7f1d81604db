"""Babel's tables of a language, apart from those of all others.

Babel writes what it looks up for one locale into tables that locales share (2.18, `LocaleDataDict.__getitem__`): once
the weekdays of Urdu were asked for, those of German and Hindi were Urdu, too. What can be written to is copied here
before anybody asks.
"""

from copy import deepcopy
from functools import cache

from babel import Locale, localedata


@cache
def locale_of(code: str) -> Locale:
    """The locale of a language tag such as "de" or "zh_Hans". Raises `UnknownLocaleError`, `ValueError`."""
    found = Locale.parse(code)
    tables = localedata.load(str(found))
    tables.update({name: deepcopy(table) for name, table in tables.items() if _refers(table)})
    return found


def _refers(table: object) -> bool:
    """Whether something in it is looked up in another place."""
    if isinstance(table, dict):
        return any(map(_refers, table.values()))
    return isinstance(table, localedata.Alias | tuple)
