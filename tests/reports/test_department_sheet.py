"""The sheet for the wall is one page, whatever the words: three actions that matter most, large, and nothing of findings."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from qma_app.domain.action import ActionLink
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import ActionLinkId
from qma_app.i18n import in_language
from qma_app.reports.department_sheet import MOST, WallSheet
from qma_app.reports.fonts import PaperFonts
from qma_app.reports.pages import CONTENT_WIDTH
from qma_app.reports.text import Typesetter
from tests.builders import STOCK_COUNT, TODAY, a_finding, an_action
from tests.reports.fake_reader import FakeReader
from tests.reports.living import a_programme, department_pdf, the_department
from tests.reports.reading_back import opened, page_text

NUMERAL = 30.0
GERMAN = "Die Terminplanung wird um die Verfügbarkeit der Ersatzteile ergänzt; der Teiledienst bestätigt jede Bestellung bis 16 Uhr am Vortag"
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf"


def a_wall(*actions: dict[str, Any], finding: Finding | None = None) -> FakeReader:
    finding = finding or a_finding(1, FindingGrade.MAJOR, statement="Shameful secret", owner="B. Blamed")
    reader = a_programme(finding)
    for number, fields in enumerate(actions, 1):
        action = an_action(number, **{"proof": "Nineteen of twenty", **fields})
        reader.add(
            action, ActionLink(id=ActionLinkId(f"l{number}"), action_id=action.id, finding_id=finding.id)
        )
    return reader


def sheet_of(reader: FakeReader) -> WallSheet:
    return WallSheet(Typesetter(PaperFonts()), the_department(reader))


def test_three_open_actions_with_owner_date_and_proof_and_no_word_of_the_finding() -> None:
    values = {"cx": 5, "ex": 5, "profit": 5, "confidence": 100}
    reader = a_wall(
        {"what": "Fourth"}, {"what": "First", "effort": 1, **values}, {"what": "Third", "effort": 3, **values},
        {"what": "Second", "effort": 2, **values}, {"what": "Shown", "effective_on": TODAY, "effort": 1, **values},
        {"what": "Dropped", "dropped_on": TODAY}, {"what": "Proposed", "is_proposal": True},
    )  # fmt: skip
    text = page_text(department_pdf(reader), 1)
    assert text.index("First") < text.index("Second") < text.index("Third")
    assert not [
        word for word in ("Fourth", "Shown", "Dropped", "Proposed", "Shameful", "Blamed") if word in text
    ]
    assert text.count("R. Huber · by 1 Dec 2026") == MOST
    assert text.count("How we will know: Nineteen of twenty") == MOST
    assert "1 more step is in the action plan." in text


def test_what_only_waits_for_its_check_comes_behind() -> None:
    reader = a_wall({"what": "Done", "done_on": TODAY, "check_on": date(2027, 1, 5)}, {"what": "To do"})
    text = page_text(department_pdf(reader), 1)
    assert text.index("To do") < text.index("Done")
    assert "done; we look at the effect from 5 Jan 2027" in text


def test_another_department_has_its_own_sheet() -> None:
    reader = a_wall({"what": "Mine"}, finding=a_finding(1, checkpoint_id=STOCK_COUNT))
    assert "Mine" in page_text(department_pdf(reader, "parts"), 1)
    text = page_text(department_pdf(reader, "service"), 1)
    assert "Mine" not in text
    assert "Nothing is open here" in text


HARD = [
    [{"what": GERMAN}] * 3,
    [{"what": GERMAN, "proof": GERMAN, "owner": "Maximiliane Oberhuber-Niedermaier"}] * 3,
    [{"what": WORD * 3, "proof": WORD * 3, "owner": WORD * 4}] * 3,
    [{"what": "word " * 900, "proof": "proof " * 900}] * 3,
    [{"what": "Short", "proof": "", "owner": "", "due_on": None}],
    [],
]


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("actions", HARD)
def test_it_is_always_one_page_with_nothing_outside_or_over_another(
    actions: list[dict[str, Any]], language: str
) -> None:
    with in_language(language):
        pdf = department_pdf(a_wall(*actions))
    (page,) = opened(pdf).pages
    lines: list[tuple[float, float]] = []

    def keep(text: str, _at: Any, by: Sequence[float], _font: Any, size: float) -> None:
        if text.strip() and size != NUMERAL:
            lines.append((by[5], size))

    page.extract_text(visitor_text=keep)
    assert all(30 < y < 800 for y, _size in lines)
    body = sorted({(round(y, 1), size) for y, size in lines if y > 60}, reverse=True)
    assert all(
        upper - lower >= 0.9 * size or upper == lower
        for (upper, _u), (lower, size) in itertools.pairwise(body)
    )


def test_long_words_are_set_smaller_before_anything_is_cut() -> None:
    assert (
        sheet_of(a_wall({"what": GERMAN, "proof": GERMAN}, {"what": GERMAN}, {"what": GERMAN})).shortened(
            CONTENT_WIDTH
        )
        == ()
    )


def test_what_does_not_fit_ends_in_an_ellipsis_and_is_noted_with_its_number() -> None:
    reader = a_wall({"what": "word " * 400}, {"what": "Short"}, {"what": "Other", "proof": "proof " * 400})
    assert sheet_of(reader).shortened(CONTENT_WIDTH) == ("A-001", "A-003")
    text = page_text(department_pdf(reader), 1)
    assert "…" in text
    assert "the whole text is in the action plan: A-001, A-003." in text
    assert "Short" in text


def test_the_same_sheet_is_made_byte_for_byte() -> None:
    reader = a_wall({"what": GERMAN})
    assert department_pdf(reader) == department_pdf(reader)
