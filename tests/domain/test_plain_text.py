"""Whatever was typed or pasted is kept as it was, but for what no file can hold."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qma_app.domain.plain_text import MOST_MARKS, all_composed, composed, storable


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("plain words", "plain words"),
        ("Öl, שלום, 服务 🚗, \u202eturned", "Öl, שלום, 服务 🚗, \u202eturned"),
        ("O\u0308l stays in two parts", "O\u0308l stays in two parts"),
        ("a\0b", "a\ufffdb"),
        ("\0", "\ufffd"),
        ("cut \ud83d", "cut \ufffd"),
        ("\ude97 cut", "\ufffd cut"),
        ("turned \ude97\ud83d round", "turned \ufffd\ufffd round"),
        ("ö\0\ud800", "ö\ufffd\ufffd"),
    ],
)
def test_only_what_cannot_be_stored_is_replaced(typed: str, kept: str) -> None:
    assert storable(typed) == kept


def test_two_halves_that_belong_together_become_their_character() -> None:
    """As a text that came through UTF-16 carelessly has them."""
    assert storable("a car: \ud83d\ude97") == "a car: 🚗"


@given(st.text(st.characters(), max_size=60))
def test_every_text_can_be_written_afterwards_and_needs_it_only_once(typed: str) -> None:
    kept = storable(typed)
    assert kept.encode().decode() == kept
    assert "\0" not in kept
    assert storable(kept) == kept


@given(st.text(max_size=40))
def test_composing_is_that_of_unicode(text: str) -> None:
    assert composed(text) == unicodedata.normalize("NFC", text)


def test_a_letter_with_marks_without_end_is_left_alone() -> None:
    """Composing these would take hours."""
    heap = "a" + "\u0301\u0323" * 500_000
    assert composed(heap) == heap
    assert composed("o\u0308" + "\u0301" * (MOST_MARKS - 1)) == "ö" + "\u0301" * (MOST_MARKS - 1)


def test_lists_and_groups_are_composed_text_by_text() -> None:
    assert all_composed({"O\u0308": ["u\u0308", 1, None, "\n\u0301"]}) == {"Ö": ["ü", 1, None, "\n\u0301"]}
