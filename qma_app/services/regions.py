"""The parts of a country whose public holidays differ, to choose from instead of knowing their letters."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CODE: Final = re.compile(r"[A-Z0-9]{1,3}")


@lru_cache(maxsize=32)
def regions_of(country: str) -> tuple[tuple[str, str], ...]:
    """(letters of ISO 3166-2, name as the country writes it) by name; empty where holidays do not differ or are not known."""
    import holidays  # takes a tenth of a second, which the first paint does not have

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return ()
    names = known.get_subdivision_aliases()
    rows = [
        (code, next(iter(names.get(code, ())), code)) for code in known.subdivisions if _CODE.fullmatch(code)
    ]
    return tuple(sorted(rows, key=lambda row: row[1].casefold()))
