"""The agenda is one sheet whatever is planned: points with their times, what was promised, what to bring, who is asked to come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from qma_app.domain.ids import AreaId
from qma_app.domain.visit import Participant
from qma_app.errors import NotFound
from qma_app.i18n import in_language
from tests.builders import TODAY, a_dealership, a_person, an_action
from tests.reports.fake_reader import FakeReader
from tests.reports.reading_back import opened, page_text
from tests.reports.year_house import (
    OFFICER,
    PRINCIPAL,
    a_closed_visit,
    a_full_visit,
    a_promise,
    a_visit,
    a_year,
    agenda_pdf,
    an_item,
    owns,
)

GERMAN = "Die Terminplanung wird um die Verfügbarkeit der Ersatzteile ergänzt; der Teiledienst bestätigt jede Bestellung bis 16 Uhr am Vortag"
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf"


def text_of(reader: FakeReader, of: str | None = None, *, on: date = TODAY) -> str:
    return page_text(agenda_pdf(reader, of, on=on), 1)


def a_day(*items: dict[str, Any], **visit: Any) -> FakeReader:
    """A visit with these points, in this order."""
    points = [
        an_item(place, **{"title": f"Point {place}", **fields}) for place, fields in enumerate(items, 1)
    ]
    return a_year(a_visit(**visit), *reversed(points))


def test_it_names_the_visit_its_day_times_coach_and_areas() -> None:
    text = text_of(a_day(areas=(AreaId("service"), AreaId("parts")), purpose="Price and time"))
    assert "Visit 1: Saturday, 21 Nov 2026" in text
    assert (
        "Time 08:30 to 16:30 (8:00 h) Coach Ada Sample Areas SRV Service, PRT Parts Purpose Price and time"
        in text
    )


def test_each_point_begins_where_the_one_before_ends() -> None:
    reader = a_day(
        {"minutes": 15}, {"minutes": 90, "reason": "Half done"}, {"minutes": 45}, starts_at=time(9)
    )
    text = text_of(reader)
    assert re.findall(r"(\d\d:\d\d) (\d+) Point \d", text) == [
        ("09:00", "15"),
        ("09:15", "90"),
        ("10:45", "45"),
    ]
    assert "Point 2 Half done" in text
    assert "Ends at 11:30; 5:00 h are free." in text


def test_a_day_too_full_says_by_how_much_and_midnight_is_no_end_of_it() -> None:
    late = {"starts_at": time(22), "ends_at": time(23)}
    text = text_of(a_day({"minutes": 180}, {"minutes": 5}, **late))
    assert "01:00 5 Point 2" in text
    assert "Ends at 01:05: 2:05 h longer than planned." in text


def test_a_point_names_the_record_it_is_about() -> None:
    reader = a_day(
        {"step": f"verify:{an_action(3).id}"}, {"step": "rate:x:parts.stock"}, {"step": "gone:away"}
    )
    reader.add(an_action(3))
    text = text_of(reader)
    assert "Point 1 · A-003" in text
    assert "Point 2 · PRT-01" in text
    assert "gone" not in text


def test_a_record_the_words_name_themselves_is_not_named_again() -> None:
    action = an_action(3)
    reader = a_day({"step": f"verify:{action.id}", "title": "Verify action A-003 · Print the field"})
    reader.add(action)
    assert "Print the field · A-003" not in text_of(reader)
    other = a_day({"step": f"verify:{action.id}", "title": "Verify action A-0031"})
    other.add(action)
    assert "A-0031 · A-003" in text_of(other)


def test_a_full_sheet_cuts_why_before_what_and_names_its_column_for_it() -> None:
    long = "Ask whether the new staffing plan of the workshop still holds now that two of its people are on leave for weeks"
    reader = a_day(*({"title": f"{long} {place}", "reason": f"Reason {place}"} for place in range(1, 15)))
    text = text_of(reader)
    assert "on leave for weeks 14" in " ".join(text.split())
    assert "Reason 14" not in text
    assert "Point, and why" not in text
    assert "Shortened to fit one sheet" in text


def test_open_and_late_promises_are_there_and_settled_ones_are_not() -> None:
    reader = a_year(
        a_visit(planned_on=date(2026, 12, 1)),
        a_promise(1, what="Late one"), a_promise(2, what="Due before the visit", due_on=date(2026, 11, 28)),
        a_promise(3, what="Kept one", kept_on=TODAY), a_promise(4, what="Broken one", broken_on=TODAY),
        a_promise(5, what="Without a day", due_on=None),
    )  # fmt: skip
    text = text_of(reader)
    assert "P-001 Late one Petra Principal 10 Nov 2026 late" in text
    assert "P-002 Due before the visit Petra Principal 28 Nov 2026 open" in text
    assert "P-005 Without a day Petra Principal no day open" in text
    assert "Kept one" not in text
    assert "Broken one" not in text


def test_who_is_asked_to_come_and_what_for() -> None:
    kern, other = a_person("E. Kern", function="Service manager"), a_person("Elsewhere")
    reader = a_year(
        a_visit(
            areas=(AreaId("service"),),
            participants=(Participant(name="Guest", function="Tyre supplier"), Participant(name="Otto Officer", person_id=OFFICER.id)),
        ),
        kern, other, owns("service.reception", kern), owns("service.repair-order", kern), owns("parts.stock", other),
    )  # fmt: skip
    text = text_of(reader)
    assert "Petra Principal Managing director · dealer principal Otto Officer Quality officer" in text
    assert "E. Kern Service manager · owner of SRV-01, SRV-02 Guest Tyre supplier" in text
    assert "Elsewhere" not in text
    assert text.count("Otto Officer") == 1
    assert PRINCIPAL.name in text


def test_without_a_number_it_is_the_visit_under_way_else_the_next_one() -> None:
    past, coming = a_visit(2, planned_on=date(2026, 11, 2)), a_visit(3, planned_on=date(2026, 12, 2))
    far, held = a_visit(4, planned_on=date(2027, 1, 4)), a_closed_visit(1)
    off = a_visit(5, planned_on=date(2026, 11, 25), cancelled_on=TODAY)
    reader = a_year(far, coming, past, held, off)
    assert "Visit 3:" in text_of(reader)
    assert "Visit 2:" in text_of(reader, on=date(2026, 11, 1))
    assert "Visit 4:" in text_of(reader, on=date(2027, 3, 1))
    assert "Visit 1:" in text_of(reader, "1")
    assert "Visit 4:" in text_of(reader, "V-04")
    reader.add(a_visit(6, planned_on=TODAY, clock=held.clock))
    assert "Visit 6:" in text_of(reader)


def test_a_number_that_is_not_there_is_refused_with_the_choices() -> None:
    with pytest.raises(NotFound, match="Choose one of: 1, 2"):
        agenda_pdf(a_year(a_visit(1), a_visit(2)), "9")
    with pytest.raises(NotFound, match="Plan a visit first"):
        agenda_pdf(a_year())
    with pytest.raises(NotFound, match="Choose one of: 1"):
        agenda_pdf(a_year(a_closed_visit(1)))


def test_a_visit_called_off_says_so_on_the_sheet() -> None:
    text = text_of(a_year(a_visit(cancelled_on=date(2026, 11, 20), cancelled_reason="Snow")), "1")
    assert "CALLED OFF" in text
    assert "Called off 20 Nov 2026: Snow" in text


def test_lists_too_long_for_the_sheet_end_with_how_many_more() -> None:
    text = text_of(a_full_visit(promises=40))
    shown = len(re.findall(r"P-\d\d\d", text))
    assert f"and {41 - 1 - shown} more" in text
    assert "Shortened to fit one sheet; the whole text is in the app." in text
    assert "Shortened" not in text_of(a_full_visit(promises=4))


def hard(count: int, words: str) -> FakeReader:
    """So many of everything, with these words everywhere."""
    people = tuple(Participant(name=f"{words} {number}", function=words) for number in range(count))
    visit = a_visit(
        purpose=words, bring="\n".join([words] * count), participants=people, areas=(AreaId("service"),)
    )
    items = [an_item(place, title=words, reason=words, minutes=5) for place in range(1, count + 1)]
    promises = [a_promise(number, what=words, who=words) for number in range(1, count + 1)]
    reader = a_year(visit, *items, *promises)
    place = next(at for at, one in enumerate(reader.records) if one.id == a_dealership().id)
    reader.records[place] = replace(a_dealership(), name=words[:500], city=words[:500])
    return reader


@pytest.mark.parametrize(("count", "language"), [(0, "en"), (1, "de"), (7, "en"), (30, "de"), (120, "en")])
@pytest.mark.parametrize(
    "words", ["Short", GERMAN, WORD * 3, "word " * 900], ids=["short", "german", "long", "endless"]
)
def test_it_is_always_one_page_and_nothing_stands_outside(count: int, words: str, language: str) -> None:
    with in_language(language):
        pdf = agenda_pdf(hard(count, words))
    (page,) = opened(pdf).pages
    lines: list[tuple[float, float]] = []

    def keep(text: str, _at: Any, by: Sequence[float], _font: Any, size: float) -> None:
        if text.strip():
            lines.append((by[5], size))

    page.extract_text(visitor_text=keep)
    assert all(30 < y < 800 for y, _size in lines)
    assert min(y for y, _size in lines if y > 60) > 62


def test_letters_nobody_can_print_are_told_on_the_sheet() -> None:
    assert "could not be printed" in text_of(a_day({"title": "bell \x07 rung"}))


def test_the_same_agenda_is_made_byte_for_byte_and_is_no_draft() -> None:
    reader = a_full_visit()
    assert agenda_pdf(reader) == agenda_pdf(reader)
    assert "DRAFT" not in text_of(reader)
