"""A checkpoint is found by what somebody remembers of it: a number, the beginning of a word, in any language."""

from __future__ import annotations

import pytest

from qma_app.domain.edition_search import Finder
from tests.builders import GREETING, PRICE_AGREED, STOCK_COUNT, a_checkpoint, a_text, an_edition

POINTS = (
    a_checkpoint(
        GREETING,
        statement=a_text("Each customer is greeted.", de="Jeder Kunde wird begrüßt."),
        kpis=("C15",),
        clauses=("ISO 9001:2015 8.2.3",),
    ),
    a_checkpoint(
        PRICE_AGREED,
        statement=a_text("The order states a price.", de="Aufträge nennen den Preis (Höchstbetrag)."),
    ),
    a_checkpoint(STOCK_COUNT, statement=a_text("Stock is counted.", de="Der Bestand wird gezählt.")),
)


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(an_edition(checkpoints=POINTS))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("greet", [GREETING]),
        ("GREETED", [GREETING]),
        ("begrüßt", [GREETING]),
        ("begrusst", [GREETING]),
        ("begruesst", [GREETING]),
        ("auftrag", [PRICE_AGREED]),
        ("aufträg", [PRICE_AGREED]),
        ("auftraege", [PRICE_AGREED]),
        ("AUFTRÄGE preis", [PRICE_AGREED]),
        ("höchst", [PRICE_AGREED]),
        ("hochst", [PRICE_AGREED]),
        ("(höchst", [PRICE_AGREED]),
        ("SRV-02.1", [PRICE_AGREED]),
        ("srv-0", [GREETING, PRICE_AGREED]),
        ("prt", [STOCK_COUNT]),
        ("C15", [GREETING]),
        ("iso 9001", [GREETING]),
        ("parts stock", [STOCK_COUNT]),
        ("reeted", []),
        ("greeted price", []),
        ("   ", []),
        ("", []),
        ("()", []),
    ],
)
def test_every_word_typed_must_begin_a_word(finder: Finder, typed: str, found: list[str]) -> None:
    assert list(finder.find(typed)) == found


def test_an_umlaut_typed_as_letter_and_mark_is_found(finder: Finder) -> None:
    assert finder.find("Auftra\u0308ge") == (PRICE_AGREED,)


def test_an_edition_is_read_in_parts_and_what_is_left_when_it_is_searched() -> None:
    whole = Finder(an_edition(checkpoints=POINTS))
    assert not whole.read_some(1)
    assert not whole.is_whole
    assert whole.find("zzz") == ()
    assert whole.is_whole
    assert whole.read_some(5)
