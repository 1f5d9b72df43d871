"""The minutes tell a visit as it was: who, what came of each point, what was agreed, and the signatures as they were drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from qma_app.domain.evidence import Consent
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.visit import Participant, Stretch, Visit
from qma_app.errors import NotFound
from qma_app.i18n import in_language
from tests.builders import NOW, TODAY, a_finding, an_action
from tests.reports.fake_reader import FakeReader
from tests.reports.reading_back import body_text, opened, page_text, page_texts, squeezed
from tests.reports.year_house import (
    a_closed_visit,
    a_full_visit,
    a_note,
    a_promise,
    a_signature,
    a_visit,
    a_year,
    an_item,
    minutes_pdf,
    with_visit_photo,
)

WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf"


def words_of(reader: FakeReader, of: str | None = None, **how: Any) -> str:
    return " ".join(body_text(minutes_pdf(reader, of, **how)).split())


def test_a_full_visit_from_head_to_end_in_this_order() -> None:
    text = squeezed(words_of(a_full_visit()))
    places = [
        text.index(squeezed(said))
        for said in (
            "Visit 7: Saturday, 21 Nov 2026",
            "6:55 h in all",
            "Purpose Repair orders and what became of the parts counter",
            "A good day: the team showed the new board",
            "Who was there",
            "Petra Principal Managing director · dealer principal",
            "Promises at the opening",
            "Installed",
            "What was looked at",
            "Nine of ten orders carry a price.",
            "Notes",
            "became F-001",
            "Findings raised",
            "Two of ten orders carry no price.",
            "Photos and files",
            "The board in the workshop, seen from the door",
            "What was agreed",
            "Price on the order before the key is taken",
            "A new lamp for bay 3",
            "Next visit",
            "Visit 8: Thursday, 17 Dec 2026, 09:00 to 15:00.",
            "Signatures",
            "has read these minutes",
            "Change log: 42 entries",
        )
    ]
    assert places == sorted(places)


def test_without_a_number_it_is_the_last_closed_visit() -> None:
    first, last = a_closed_visit(1, held_on=date(2026, 10, 1)), a_closed_visit(2)
    reader = a_year(last, first, a_visit(3, planned_on=date(2026, 12, 1)))
    assert "Visit 2:" in words_of(reader)
    assert "Visit 1:" in words_of(reader, "1")
    with pytest.raises(NotFound, match="Choose one of: 1, 2, 3"):
        minutes_pdf(reader, "4")
    with pytest.raises(NotFound, match="No visit was closed yet"):
        minutes_pdf(a_year(a_visit()))


@pytest.mark.parametrize(
    ("visit", "mark"),
    [
        (a_visit(), "DRAFT"),
        (a_visit(clock=(Stretch(begun=NOW),), held_on=TODAY), "DRAFT"),
        (a_visit(cancelled_on=TODAY), "CALLED OFF"),
        (a_closed_visit(), ""),
    ],
)
def test_what_is_not_closed_is_a_draft_on_each_page(visit: Visit, mark: str) -> None:
    pages = page_texts(minutes_pdf(a_year(visit, *(a_note(number) for number in range(60))), "1"))
    assert len(pages) > 1
    for page in pages:
        assert [word for word in ("DRAFT", "CALLED OFF") if word in page] == ([mark] if mark else [])


def test_what_was_promised_is_judged_by_the_day_of_the_visit_for_ever() -> None:
    reader = a_year(
        a_closed_visit(1, held_on=date(2026, 10, 1)), a_closed_visit(2),
        a_promise(1, what="Kept in between", kept_on=date(2026, 10, 20), due_on=date(2026, 10, 25)),
        a_promise(2, what="Kept late", kept_on=date(2026, 11, 15)),
        a_promise(3, what="Broken in between", broken_on=date(2026, 11, 12), outcome="No money"),
        a_promise(4, what="Still late"),
        a_promise(5, what="Kept after it", kept_on=date(2026, 12, 24), outcome="A late gift", due_on=date(2026, 12, 1)),
        a_promise(6, what="Settled before", kept_on=date(2026, 9, 15), made_on=date(2026, 9, 1)),
        a_promise(7, what="Made after it", made_on=date(2026, 12, 1)),
    )  # fmt: skip
    text = words_of(reader, "2")
    opening = text[text.index("Promises at the opening") : text.index("What was looked at")]
    states = re.findall(r"(P-00\d).*?2026 (kept late|kept|broken|late|open)", opening)
    assert sorted(states) == [
        ("P-001", "kept"),
        ("P-002", "kept late"),
        ("P-003", "broken"),
        ("P-004", "late"),
        ("P-005", "open"),
    ]
    assert "broken 12 Nov 2026: No money" in opening
    assert "A late gift" not in text
    assert "Settled before" not in text
    assert "Made after it" not in text
    assert minutes_pdf(reader, "2", on=date(2027, 5, 1)) == minutes_pdf(reader, "2", on=TODAY)


def test_what_was_agreed_names_owner_and_day() -> None:
    visit = a_closed_visit()
    action = an_action(2, what="Print the field", owner="E. Kern", due_on=date(2027, 1, 8))
    reader = a_year(visit, action, an_action(3, what="Of another day"))
    text = words_of(reader, agreed=[action.id])
    assert "A-002 Print the field E. Kern 8 Jan 2027" in text
    assert "Of another day" not in text
    assert "Nothing was agreed." in words_of(a_year(visit))


def test_minutes_do_not_foretell_what_became_of_an_action() -> None:
    done = an_action(2, due_on=date(2027, 1, 8), done_on=date(2027, 2, 1), effective_on=date(2027, 3, 1))
    text = words_of(a_year(a_closed_visit(), done), agreed=[done.id])
    assert "8 Jan 2027" in text
    assert "1 Mar 2027" not in text
    assert "1 Feb 2027" not in text


def test_the_next_visit_is_the_one_after_it_even_when_both_are_long_over() -> None:
    first, second, third = (
        a_closed_visit(1, next_on=date(2026, 12, 3)),
        a_closed_visit(2, planned_on=date(2026, 12, 1), held_on=date(2026, 12, 1)),
        a_visit(3, planned_on=date(2027, 1, 15)),
    )
    text = words_of(a_year(first, second, third), "1")
    assert "Agreed: Thursday, 3 Dec 2026. Visit 2 is planned for 1 Dec 2026" in text
    assert "Visit 3" not in text
    called_off = replace(second, closed_at=None, cancelled_on=TODAY)
    assert "Visit 3 is planned for 15 Jan 2027" in words_of(a_year(first, called_off, third), "1")


def test_a_visit_held_before_its_day_does_not_follow_itself() -> None:
    early = a_closed_visit(1, planned_on=date(2026, 12, 8), next_on=date(2027, 1, 8))
    following = a_visit(2, planned_on=date(2027, 1, 8))
    text = words_of(a_year(early, following), "1")
    assert "Visit 2: Friday, 8 Jan 2027" in text
    assert "Visit 1 is planned" not in text


def test_the_sentence_of_a_rule_is_said_once_for_points_that_follow_one_another() -> None:
    rules = ("verify", "verify", "rate", "verify")
    items = [an_item(place, rule=rule, step="") for place, rule in enumerate(rules, 1)]
    text = words_of(a_year(a_closed_visit(), *items))
    assert text.count("An action that is done is checked for its effect.") == 2


def test_findings_of_the_day_and_those_made_of_a_note_are_there() -> None:
    seen = a_finding(1, statement="Seen on the day")
    noted = a_finding(2, FindingGrade.MAJOR, statement="Made of a note", seen_on=None)
    other = a_finding(3, statement="Of another day", seen_on=date(2026, 1, 1))
    reader = a_year(a_closed_visit(), seen, noted, other, a_note(finding_id=noted.id))
    text = words_of(reader)
    assert "F-001 minor Seen on the day" in text
    assert "F-002 major Made of a note" in text
    assert "Of another day" not in text
    assert len(reader.all(Finding)) == 3


def test_a_point_says_whether_it_was_dealt_with() -> None:
    done = an_item(1, title="Done", done_at=NOW, outcome="All good")
    open_ones = (
        an_item(2, title="Left", reason=""),
        an_item(3, title="Half", reason="", outcome="Half done"),
    )
    text = words_of(a_year(a_closed_visit(), done, *open_ones))
    assert re.search(r"DoneHalf of the process is rated\.done \d\d:\d\dAll good", text)
    assert "Left not dealt with" in text
    assert "Half Half done" in text
    assert "not dealt with" not in words_of(a_year(a_visit(), done, *open_ones), "1")


def test_a_clock_set_back_is_told_and_counts_nothing() -> None:
    begun = datetime(2026, 11, 21, 10, tzinfo=UTC)
    clock = (
        Stretch(begun=begun, ended=begun - timedelta(hours=2)),
        Stretch(begun=begun, ended=begun + timedelta(minutes=20)),
    )
    text = words_of(a_year(a_closed_visit(clock=clock)))
    assert "20 min in all" in text
    assert "was set back" in text


def strokes_in(pdf: bytes) -> list[str]:
    """The paths with round ends in the ink of text: the strokes of signatures."""
    found: list[str] = []
    for page in opened(pdf).pages:
        code = page.get_contents().get_data().decode("latin-1")
        found += re.findall(r"1 J 1 j ([\d. ml-]+?) S 0 J 0 j", code)
    return found


def test_a_signature_is_drawn_as_lines_inside_its_field() -> None:
    signature = a_signature()
    pdf = minutes_pdf(a_year(a_closed_visit(signatures=(signature,))))
    drawn = strokes_in(pdf)
    assert [len(path.split(" l")) - 1 for path in drawn] == [4, 4, 1]
    figures = [
        tuple(map(float, pair.split())) for path in drawn for pair in re.findall(r"[\d.]+ [\d.]+", path)
    ]
    across, up = {x for x, _y in figures}, {y for _x, y in figures}
    assert max(across) - min(across) < 222
    assert max(up) - min(up) <= 58
    assert not [page for page in opened(pdf).pages if page.images]


def test_strokes_that_leave_the_pad_stay_on_its_edge() -> None:
    wild = a_signature(strokes=((-500, -500, 5000, 5000, 500), ()))
    (path,) = strokes_in(minutes_pdf(a_year(a_closed_visit(signatures=(wild,)))))
    (x1, y1), (x2, y2) = (tuple(map(float, pair.split())) for pair in re.findall(r"[\d.]+ [\d.]+", path))
    assert 0 < x2 - x1 < 222
    assert 0 < y1 - y2 <= 58.01


@pytest.mark.parametrize(
    ("signed", "lines"),
    [((), ["For the dealership", "Coach: place"]), (("Petra Principal",), ["Coach: place"]), (("Ada Sample",), ["For the dealership"]), (("Petra Principal", "Ada Sample"), [])],
)  # fmt: skip
def test_who_has_not_signed_on_the_screen_has_a_line_to_sign_on(
    signed: tuple[str, ...], lines: list[str]
) -> None:
    text = words_of(a_year(a_closed_visit(signatures=tuple(map(a_signature, signed)))))
    assert [words for words in ("For the dealership", "Coach: place") if words in text] == lines
    assert text.count("has read these minutes") == len(signed)


@pytest.mark.parametrize("notes", [2, 16, 17, 18, 19, 30])
def test_photos_stand_two_across_each_with_its_caption_on_its_page(notes: int) -> None:
    visit = a_closed_visit()
    reader = a_year(visit, *(a_note(number) for number in range(notes)))
    for number in range(1, 6):
        with_visit_photo(reader, number, visit, caption=f"Caption {number}.")
    pages = opened(minutes_pdf(reader)).pages
    counts = [(len(page.images), len(re.findall(r"Caption \d\.", page.extract_text()))) for page in pages]
    assert sum(images for images, _captions in counts) == 5
    assert all(images == captions for images, captions in counts)


def test_a_photo_of_people_who_refused_is_named_and_not_shown() -> None:
    visit = a_closed_visit()
    reader = with_visit_photo(a_year(visit), 1, visit, consent=Consent.REFUSED)
    pdf = minutes_pdf(reader)
    assert "Not shown: no consent." in " ".join(body_text(pdf).split())
    assert not [page for page in opened(pdf).pages if page.images]


def test_forty_promises_three_hundred_notes_and_twenty_people_are_all_there() -> None:
    people = tuple(Participant(name=f"{WORD} {number}", function=WORD) for number in range(20))
    reader = a_full_visit(promises=40, notes=0)
    place = next(at for at, one in enumerate(reader.records) if isinstance(one, Visit))
    visit: Any = reader.records[place]
    reader.records[place] = replace(visit, participants=people, summary=f"{WORD} " * 40)
    reader.add(*(a_note(number, words=f"Note {number:03d} {WORD}") for number in range(300)))
    with in_language("de"):
        text = squeezed(body_text(minutes_pdf(reader)))
    assert all(squeezed(f"Note {number:03d}") in text for number in range(300))
    assert all(f"P-{number:03d}" in text for number in range(1, 42))
    assert all(f"{WORD}{number}" in text for number in range(20))


def test_an_empty_visit_has_a_page_that_says_what_there_is_not() -> None:
    pdf = minutes_pdf(a_year(a_visit(coach_id=None), engagement={"coach_id": None}), "1")
    (text,) = page_texts(pdf)
    for said in ("Nobody is noted.", "No promise was open.", "No point is planned yet.", "None.", "Nothing is agreed yet.", "No day is agreed yet."):  # fmt: skip
        assert said in text


def test_a_sample_is_marked_and_the_same_minutes_are_made_byte_for_byte() -> None:
    assert "SAMPLE" in page_text(minutes_pdf(a_year(a_closed_visit(), sample=True)), 1)
    reader = a_full_visit()
    assert minutes_pdf(reader) == minutes_pdf(reader)


def test_a_visit_called_off_has_nothing_to_sign() -> None:
    text = words_of(a_year(a_visit(cancelled_on=TODAY, cancelled_reason="Snow")), "1")
    assert "21 Nov 2026: Snow" in text
    assert "signature" not in text


@pytest.mark.parametrize("lines", [5, 6, 7, 8, 57, 58])
def test_the_end_of_the_log_never_stands_alone_on_a_page(lines: int) -> None:
    pages = page_texts(minutes_pdf(a_year(a_closed_visit(summary="\n".join(["word"] * lines)))))
    assert "Coach: place, date, signature" in next(page for page in pages if "Change log:" in page)
