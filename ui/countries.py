"""The countries a dealership can stand in, by name in the window's language."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QLocale

from qma_app.i18n import language

# Parts of the world and reserved codes, which no dealership has as its country.
_NO_COUNTRY = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@cache
def countries(code: str = "") -> tuple[tuple[str, str], ...]:
    """(ISO code, name) by name; `code` is the language, else the one in force."""
    from babel import Locale

    names = Locale.parse(code or language()).territories
    rows = [
        (key, str(name))
        for key, name in names.items()
        if len(key) == 2 and key.isalpha() and key not in _NO_COUNTRY
    ]
    return tuple(sorted(rows, key=lambda row: row[1].casefold()))


def country_name(key: str) -> str:
    """`Germany` for DE; the code itself when nobody knows it."""
    return dict(countries(language())).get(key, key)


def own_country() -> str:
    """Where this computer is set up to be, as a first guess."""
    code = QLocale.territoryToCode(QLocale.system().territory())
    return code if len(code) == 2 and code.isalpha() else "DE"
