"""What people typed reaches paper as they typed it, or visibly not; it is never markup and never leaves its column."""

from __future__ import annotations

import unicodedata

import pytest

from qma_app.reports.directions import as_seen, joined, reads_right_to_left
from qma_app.reports.fonts import CHAINS, Face, PaperFonts
from qma_app.reports.letters import LONGEST_WORD, REPLACEMENT
from qma_app.reports.styles import BODY, CELL, TITLE
from qma_app.reports.text import LONGEST_FIELD, Line, Typesetter

WIDTH = 200.0


@pytest.fixture
def setter() -> Typesetter:
    return Typesetter(PaperFonts())


def said(lines: tuple[Line, ...]) -> str:
    """The words of lines, a space for each break."""
    return " ".join("".join(run.text for run in line.runs) for line in lines)


def fonts_of(lines: tuple[Line, ...]) -> set[str]:
    return {run.font for line in lines for run in line.runs}


@pytest.mark.parametrize(
    "text",
    [
        "R&D <b>bold</b> a<b &#0; &amp;",
        '<img src="/etc/passwd"><a href="file:///x.exe">x</a>',
        "back\\slash (brackets) =1+1",
        "Größe, Öl, 10 €, “quoted” – dash …",
        "Zażółć gęślą jaźń",
        "Кириллица и Ελληνικά",
    ],
)
def test_markup_and_foreign_letters_are_printed_as_they_were_typed(setter: Typesetter, text: str) -> None:
    assert said(setter.lines(text, BODY, 1000)) == text
    assert not setter.notes


def test_plain_words_are_set_in_inter_alone(setter: Typesetter) -> None:
    assert fonts_of(setter.lines("The price stands on the signed order: 1,250 € ✓", BODY, WIDTH)) == {
        "Inter-Regular"
    }


def test_no_line_is_wider_than_its_column(setter: Typesetter) -> None:
    text = "Every order carries a price and the time of completion. " * 20
    assert max(line.width for line in setter.lines(text, BODY, WIDTH)) <= WIDTH


@pytest.mark.parametrize("style", [BODY, TITLE])
def test_the_width_of_a_line_is_that_of_its_letters_and_the_space_between_them(
    setter: Typesetter, style: object
) -> None:
    assert style in (BODY, TITLE)
    chosen = BODY if style is BODY else TITLE
    (line,) = setter.lines("Reception", chosen, 1000)
    widths = setter.fonts.widths(CHAINS[chosen.face][0])
    letters = sum(widths[ord(letter)] + chosen.tracking for letter in "Reception")
    assert line.width == pytest.approx(letters * chosen.size / 1000)


def test_line_ends_of_every_system_begin_a_new_line(setter: Typesetter) -> None:
    lines = setter.lines("one\ntwo\r\nthree\rfour\u2028five\x85six\n\nseven", BODY, WIDTH)
    assert [said((line,)) for line in lines] == ["one", "two", "three", "four", "five", "six", "", "seven"]


def test_a_no_break_space_holds_its_words_together(setter: Typesetter) -> None:
    lines = setter.lines(
        "word " * 7 + "RO\u00a01", CELL, setter.lines("word " * 7 + "RO", CELL, 1000)[0].width + 1
    )
    assert said(lines[-1:]) == "RO\u00a01"


@pytest.mark.parametrize(
    "bad", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ud83d", "\u202e", "\u2066", "\ufffe", "\uffff", "\U0010ffff", "\ufdd0"]
)  # fmt: skip
def test_what_no_paper_can_show_becomes_a_mark_and_is_noted_where_it_stood(
    setter: Typesetter, bad: str
) -> None:
    lines = setter.lines(f"ab{bad}cd", BODY, WIDTH, where="SRV-04.2, note")
    assert said(lines) == f"ab{REPLACEMENT}cd"
    assert dict(setter.notes.replaced) == {"SRV-04.2, note": 1}


def test_a_text_measured_twice_is_noted_once(setter: Typesetter) -> None:
    for _time in range(2):
        setter.lines("漢\x00", BODY, WIDTH, where="here")
    assert dict(setter.notes.replaced) == {"here": 1}
    assert dict(setter.notes.missing) == {"漢": 1}


def test_letters_no_font_has_are_listed_with_their_first_place(setter: Typesetter) -> None:
    lines = setter.lines("漢字 and 漢", BODY, WIDTH, where="F-003, statement")
    assert said(lines) == f"{REPLACEMENT * 2} and {REPLACEMENT}"
    assert dict(setter.notes.missing) == {"漢": 2, "字": 1}
    assert setter.notes.missing_at == {"漢": "F-003, statement", "字": "F-003, statement"}


def test_the_font_falls_back_letter_by_letter(setter: Typesetter) -> None:
    lines = setter.lines("order ש ok हि", BODY, WIDTH)
    assert fonts_of(lines) == {"Inter-Regular", "DejaVuSans", "NotoSans-Regular"}
    assert not setter.notes.missing


def test_joiners_and_soft_hyphens_leave_no_trace(setter: Typesetter) -> None:
    assert said(setter.lines("Rück\u00adgabe\u200b und\ufeff", BODY, WIDTH)) == "Rückgabe und"
    assert not setter.notes


def test_composed_and_decomposed_letters_look_the_same(setter: Typesetter) -> None:
    text = "été à Zürich"
    assert setter.lines(unicodedata.normalize("NFD", text), BODY, WIDTH) == setter.lines(text, BODY, WIDTH)


def test_a_field_is_cut_at_its_limit_and_says_so(setter: Typesetter) -> None:
    lines = setter.lines("word " * 10_000, BODY, WIDTH, where="F-001, seen")
    text = said(lines)
    assert "[Cut here: 20,000 of 50,000 characters are printed.]" in text.replace("  ", " ")
    assert len(text) < LONGEST_FIELD + 100
    assert setter.notes.cut == {"F-001, seen": 50_000}


def test_a_field_at_its_limit_is_whole(setter: Typesetter) -> None:
    setter.lines("x" * LONGEST_FIELD, BODY, WIDTH)
    assert not setter.notes.cut


def test_a_long_word_is_broken_and_loses_no_letter(setter: Typesetter) -> None:
    word = "https://example.org/" + "abcdefghij" * 40
    lines = setter.lines(f"See {word} please", BODY, WIDTH)
    assert len(word) > LONGEST_WORD
    assert said(lines).replace(" ", "") == f"See{word}please"
    assert max(line.width for line in lines) <= WIDTH


def test_a_hash_stays_in_one_piece(setter: Typesetter) -> None:
    assert len(setter.lines("ab" * 32, CELL, 400)) == 1


def test_a_word_wider_than_its_column_is_broken_there(setter: Typesetter) -> None:
    lines = setter.lines("Donaudampfschifffahrtsgesellschaft", BODY, 60)
    assert len(lines) > 2
    assert max(line.width for line in lines) <= 60
    assert said(lines).replace(" ", "") == "Donaudampfschifffahrtsgesellschaft"


def test_one_line_is_shortened_with_an_ellipsis_and_never_wider(setter: Typesetter) -> None:
    line = setter.one_line("Certification audit report\nof a long name", BODY, 80)
    assert said((line,)).endswith("…")
    assert line.width <= 80
    assert said((setter.one_line("short", BODY, 80),)) == "short"


def test_hebrew_reads_from_the_right_with_its_brackets_turned() -> None:
    assert as_seen("מחיר (כולל) 1,250", is_right_to_left=True) == "1,250 (ללוכ) ריחמ"
    assert as_seen("([שלום])", is_right_to_left=True) == "([םולש])"
    assert as_seen("price (שלום) 12", is_right_to_left=False) == "price (םולש) 12"
    assert as_seen("no ([turning]) at all", is_right_to_left=False) == "no ([turning]) at all"


def test_right_to_left_text_is_broken_in_the_order_it_is_spoken(setter: Typesetter) -> None:
    text = "שלום לכולם זה טקסט ארוך יותר כדי לראות שבירת שורות"
    lines = setter.lines(text, BODY, 120)
    assert len(lines) > 1
    assert all(line.is_right_to_left for line in lines)
    spoken = " ".join(said((line,))[::-1] for line in lines)
    assert spoken == text


def test_arabic_letters_are_joined_and_keep_their_vowels() -> None:
    assert joined("سلام") == "\ufeb3\ufefc\ufee1"
    assert "\u0651" in joined("الموقّع")


def test_the_first_letter_with_a_direction_decides_a_paragraph() -> None:
    assert reads_right_to_left("12: שלום abc")
    assert not reads_right_to_left("12: abc שלום")


def test_every_face_can_write_the_mark_for_what_is_missing() -> None:
    fonts = PaperFonts()
    assert all(fonts.name_for(face, ord(REPLACEMENT)) for face in Face)


def test_two_reports_share_no_font() -> None:
    assert PaperFonts().font("Inter-Regular") is not PaperFonts().font("Inter-Regular")
