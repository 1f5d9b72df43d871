"""The parts of a country are offered by name, with the letters the dealership keeps."""

from __future__ import annotations

from qma_app.services.dealerships import known_region
from qma_app.services.regions import regions_of


def test_regions_stand_by_name_with_the_letters_that_are_kept() -> None:
    found = regions_of("DE")
    assert ("BY", "Bayern") in found
    assert [name for _code, name in found] == sorted((name for _code, name in found), key=str.casefold)
    assert all(
        known_region(code) == code
        for country in ("DE", "AT", "FR", "GB")
        for code, _name in regions_of(country)
    )


def test_a_country_without_or_unknown_has_none() -> None:
    assert regions_of("XX") == ()
    assert regions_of("") == ()
