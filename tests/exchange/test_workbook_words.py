"""Words in cells: shown as typed, or replaced and counted, never read as anything else."""

from __future__ import annotations

import pytest

from qma_app.exchange.workbook.words import LONGEST, Losses, markup_of, sheet_title, shown


def test_plain_words_stay_as_they_are() -> None:
    losses = Losses()
    assert markup_of("Two of ten orders carry no price – „Größe“ €5", losses) == (
        "Two of ten orders carry no price – „Größe“ €5"
    )
    assert losses == Losses()


def test_markup_is_escaped_and_words_excel_would_decode_are_spelled_out() -> None:
    assert markup_of("R&D <b>bold</b>", Losses()) == "R&amp;D &lt;b&gt;bold&lt;/b&gt;"
    assert markup_of("_x0041_ and _x41_", Losses()) == "_x005F_x0041_ and _x41_"


@pytest.mark.parametrize(
    "letter", ["\x00", "\x07", "\x7f", "\x9b", "\ud800", "\ufffe", "\U0001ffff", "\u202e"]
)
def test_what_no_cell_can_show_becomes_a_replacement_and_is_counted(letter: str) -> None:
    losses = Losses()
    assert shown(f"a{letter}b{letter}", losses) == "a\ufffdb\ufffd"
    assert losses.replaced == 2


def test_every_kind_of_line_end_is_one() -> None:
    losses = Losses()
    assert shown("a\r\nb\rc\x0bd\x85e\u2028f\tg", losses) == "a\nb\nc\nd\ne\nf\tg"
    assert losses.replaced == 0


def test_scripts_and_signs_survive() -> None:
    words = "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 车间 \U0001f697\u200d\U0001f527 e\u0301 \u200f"
    assert shown(words, Losses()) == words


@pytest.mark.parametrize("letter", ["a", "é", "\U0001f697"])
def test_an_overlong_text_is_cut_with_a_note_at_what_excel_keeps(letter: str) -> None:
    losses = Losses()
    kept = shown(letter * 1_000_000, losses)
    assert len(kept.encode("utf-16-le")) // 2 in (LONGEST - 1, LONGEST)
    assert kept.endswith(
        "[Cut here: a cell holds 32,767 of 1,000,000 characters; the program keeps them all.]"
    )
    assert losses.cut == 1


@pytest.mark.parametrize("letter", ["a", "\U0001f697"])
def test_a_text_that_just_fits_is_whole(letter: str) -> None:
    losses = Losses()
    text = letter * (LONGEST // len(letter.encode("utf-16-le")) * 2)
    assert shown(text, losses) == text
    assert losses.cut == 0


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("Ratings", "Ratings"),
        ("Q1/Q2: [all]*?\\", "Q1_Q2_ _all____"),
        ("'quoted'", "quoted"),
        ("a" * 40, "a" * 31),
        ("\U0001f697" * 20, "\U0001f697" * 15),
        ("", "Sheet"),
        ("History", "Sheet"),
        ("a\x00b\r\nc", "a\ufffdb c"),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(wanted: str, given: str) -> None:
    assert sheet_title(wanted) == given


def test_a_second_sheet_of_the_same_name_is_numbered_whatever_its_case() -> None:
    assert sheet_title("ratings", ["Ratings"]) == "ratings 2"
    assert sheet_title("a" * 31, ["A" * 31]) == "a" * 29 + " 2"
