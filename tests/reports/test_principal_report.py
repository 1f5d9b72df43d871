"""The first page of the progress report is enough: what changed, honestly, and what is needed; the rest stands behind it."""

from __future__ import annotations

import gettext
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from qma_app import i18n
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.ids import AssessmentId, RatingId
from qma_app.domain.target import Gain
from qma_app.i18n import in_language
from qma_app.reports import principal_report
from tests.builders import NOW, TODAY, a_finding, a_rating, an_action, an_assessment, an_engagement
from tests.reports.fake_reader import FakeReader
from tests.reports.living import a_programme
from tests.reports.principal_house import (
    a_check,
    a_decision,
    a_full_year,
    a_held_review,
    a_huge_year,
    a_reading,
    assessed,
    early,
)
from tests.reports.reading_back import FOOT, body_text, opened, page_text, page_texts, squeezed
from tests.reports.year_house import a_promise, a_target, a_visit, a_year, left_out, year_pdf


def the_pdf(reader: FakeReader, **how: Any) -> bytes:
    return year_pdf(principal_report, reader, **how)


def first_page(reader: FakeReader, **how: Any) -> str:
    return page_text(the_pdf(reader, **how), 1)


def test_the_first_page_alone_says_what_changed_and_what_is_needed() -> None:
    text = squeezed(first_page(a_full_year()))
    for said in (
        "Progress report: month 11 of 18",
        "80.0%",
        "pass mark 80%",
        "+10.0 points since 21 Aug 2026 (70.0% then).",
        "By the rules: not passed.",
        "1 major is open: F-001.",
        "Expected by the audit on 1 May 2027:",
        "SRV Service +40.0 now 100.0%",
        "PRT Parts −20.0 now 60.0%",
        "Customers C15 Ready when promised 81% 91% Nov 2026 95.5% not reached, clearly better 11 of 11 months read",
        "P-001 Petra Principal: A second phone line for the workshop late, was due 6 Nov 2026",
        "Petra Principal: The parts counter gets two hours a week late, was due 2 Nov 2026",
        "Ten minutes at the opening show your people",
    ):
        assert squeezed(said) in text, said
    assert "Shortened" not in first_page(a_full_year())


def test_behind_it_stand_areas_gate_promises_actions_and_the_days_ahead() -> None:
    text = squeezed(body_text(the_pdf(a_full_year())))
    for said in (
        "The next gate: Implement",
        "expected on 1 May 2027, between",
        "Overdue No. Action Owner State A-053 Late one",
        "effect not yet shown No. Action Owner State A-052 A talk each morning",
        "Settled since 21 Aug 2026",
        "17 Dec 2026 visit Visit 8 · 09:00 to 15:00",
        "3 Dec 2026 milestone Management review 2",
        "15 Dec 2026 promise due P-006 A new lamp for bay 3",
    ):
        assert squeezed(said) in text, said


def test_what_changed_is_told_from_the_day_of_the_last_report() -> None:
    reader = a_full_year()
    assert "+10.0 points since 1 May 2026 (70.0% then)" in first_page(reader, since=date(2026, 5, 1))
    assert "0.0 points since 1 Nov 2026 (80.0% then)" in first_page(reader, since=date(2026, 11, 1))
    assert "since 12 Jan 2026" in first_page(reader, since=date(2020, 1, 1))


def test_without_a_level_of_the_whole_house_then_nothing_is_compared() -> None:
    text = first_page(assessed(a_year(), (date(2026, 10, 20), 8, 8)))
    assert "there was no level of the whole house to hold against" in text
    assert "No area was rated both then and now: nothing can be compared." in text
    assert "Expected by the audit" not in text


def test_once_the_audit_is_completed_nothing_is_foretold() -> None:
    reader = assessed(a_year(), (date(2026, 2, 1), 6, 6), (date(2026, 10, 1), 10, 10))
    assert "Expected by the audit" in first_page(reader)
    reader.records = [
        replace(one, kind=AssessmentKind.CERTIFICATION_AUDIT)
        if isinstance(one, Assessment) and one.number == 2
        else one
        for one in reader.records
    ]
    text = " ".join(body_text(the_pdf(reader)).split())
    assert "Expected by the audit" not in text
    assert "The certification audit was completed on 1 Oct 2026" in text


def test_a_partly_rated_house_has_no_level_to_be_proud_of() -> None:
    reader = assessed(a_year(), (date(2026, 10, 20), 10, 10))
    reader.records = [one for one in reader.records if "parts" not in getattr(one, "checkpoint_id", "")]
    text = first_page(reader)
    assert "Only 1 of 2 areas are rated" in text
    assert "By the rules" not in text


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ([], "no figure yet"),
        ([("2026-10", 96)], "96% Oct 2026 95.5% reached 1 of 11 months read"),
        ([("2026-10", 90)], "not reached, too few to tell"),
        ([("2026-09", 70), ("2026-10", 71)], "not reached, no clear change"),
        ([("2026-09", 90), ("2026-10", 50)], "not reached, clearly worse"),
    ],
)
def test_the_words_on_a_target_claim_what_its_figures_show(
    readings: list[tuple[str, int]], words: str
) -> None:
    found = [a_reading(month, hits) for month, hits in readings]
    assert squeezed(words) in squeezed(first_page(a_year(a_target(), *found)))


def test_a_figure_of_a_later_month_is_not_known_yet() -> None:
    assert "no figure yet" in first_page(a_year(a_target(), a_reading("2026-12", 99)))


def test_one_month_is_no_months() -> None:
    text = squeezed(first_page(a_year(a_target(Gain.CUSTOMERS), engagement={"started_on": TODAY})))
    assert "0of1monthread" in text
    assert "0of1months" not in text


def test_what_was_rated_since_the_last_assessment_ends_the_course() -> None:
    reader = assessed(a_year(), (early(20), 4, 4))
    assert "Now" not in course_of(reader)
    (edition,) = reader.editions.values()
    later = AssessmentId("later")
    reader.add(an_assessment(2, id=later, edition=edition.hash, started_on=TODAY, completed_on=None))
    for number, point in enumerate(edition.checkpoints):
        id = RatingId(f"later {number}")
        reader.add(a_rating(10, point, id=id, assessment_id=later, rated_at=NOW))
    assert "Now Nov 2026" in course_of(reader)


def course_of(reader: FakeReader) -> str:
    text = first_page(reader)
    return text[: text.index("What changed")]


def test_late_promises_come_first_and_the_coachs_own_are_no_demand() -> None:
    reader = a_year(
        a_promise(1, what="In time", due_on=date(2026, 12, 1)),
        a_promise(2, what="Too late", due_on=date(2026, 11, 1)),
        a_promise(3, what="My own", is_coachs=True, due_on=date(2026, 11, 1)),
    )
    text = first_page(reader)
    assert text.index("Too late") < text.index("In time")
    assert "My own" not in text
    assert "My own" in body_text(the_pdf(reader))


def test_a_decision_waits_until_its_action_is_shown_to_work() -> None:
    shown = an_action(7, done_on=date(2026, 9, 1), effective_on=date(2026, 11, 1))
    reader = a_year(
        a_held_review(),
        a_decision(1, words="Not begun"),
        a_decision(2, words="All settled", action_id=shown.id),
        shown,
    )
    text = first_page(reader)
    assert "Not begun" in text
    assert "All settled" not in text


def test_one_missed_quarter_is_not_held_against_the_principal() -> None:
    assert "Your part" not in first_page(a_year(a_check("2026-Q3")))
    assert "Your part" in first_page(a_year(a_check("2026-Q2"), a_check("2026-Q3")))


def test_an_area_left_out_is_named_with_its_reason_and_not_compared() -> None:
    reader = assessed(
        a_year(left_out("parts", "Another firm runs it.")),
        (date(2026, 2, 1), 4, 4),
        (date(2026, 10, 1), 8, 8),
    )
    assert "PRT Parts" not in first_page(reader)
    assert squeezed("PRT Parts Another firm runs it.") in squeezed(body_text(the_pdf(reader)))


def test_visits_are_never_pushed_out_of_the_days_ahead_by_what_falls_due() -> None:
    text = " ".join(body_text(the_pdf(a_huge_year())).split())
    assert all(f"Visit {60 + at}" in text for at in range(9))
    assert re.search(r"… and \d+ more in the app", text)


def lowest_line(pdf: bytes) -> float:
    """How far down anything is written on the first page; the foot of the page is two lines."""
    heights: list[float] = []

    def keep(text: str, page: list[float], matrix: list[float], _font: Any, _size: float) -> None:
        if text.strip():
            heights.append(page[1] * matrix[4] + page[3] * matrix[5] + page[5])

    opened(pdf).pages[0].extract_text(visitor_text=keep)
    return min(heights)


class _Longer(gettext.NullTranslations):
    """Every word of the app a good third longer, as in another language."""

    def gettext(self, message: str) -> str:
        return message + "m" * (len(message) * 4 // 10)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.mark.parametrize("language", ["en", "de", "longer"])
@pytest.mark.parametrize("make", [a_programme, a_full_year, a_huge_year])
def test_the_first_page_is_always_one_page(make: Any, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if language == "longer":
        monkeypatch.setattr(i18n, "_catalogue", lambda _code: _Longer())
    with in_language("en" if language == "longer" else language):
        pdf = the_pdf(make())
        heading, needed = i18n._("Areas"), i18n._("What is needed from you")
    pages = page_texts(pdf)
    assert lowest_line(pdf) > FOOT - 34
    assert heading in pages[1]
    assert squeezed(needed)[:10] in squeezed(pages[0])


def test_no_gain_is_cut_off_before_the_others() -> None:
    text = first_page(a_huge_year())
    assert all(gain in text for gain in ("Customers", "Staff", "Profit"))
    assert "Shortened to fit one page; the pages behind say more." in text


def test_an_empty_programme_asks_for_nothing() -> None:
    text = first_page(a_programme())
    assert "No area is rated yet." in text
    assert "Nothing is open: thank you." in text


def test_a_house_nobody_rated_has_no_table_of_dashes() -> None:
    pages = page_texts(the_pdf(a_programme()))
    assert "No area is rated yet." in pages[1]
    assert "Grey: too little was rated." not in pages[1]


def test_same_input_same_bytes() -> None:
    assert the_pdf(a_full_year()) == the_pdf(a_full_year())


def test_a_sample_is_marked() -> None:
    assert "SAMPLE" in first_page(a_year(sample=True))


def test_actions_count_from_the_day_of_the_last_report() -> None:
    reader = a_year(an_action(1, done_on=date(2026, 8, 20)), an_action(2, done_on=date(2026, 8, 22)))
    paper = principal_report.collect(reader, an_engagement().id, on=TODAY)
    assert [one.action.number for one in paper.actions.done] == [2]


def test_what_lies_ahead_ends_with_the_ninetieth_day() -> None:
    reader = a_year(
        a_visit(1, planned_on=date(2027, 2, 19)),
        a_visit(2, planned_on=date(2027, 2, 20)),
        a_target(Gain.STAFF, due_on=date(2026, 11, 20)),
        a_finding(),
    )
    paper = principal_report.collect(reader, an_engagement().id, on=TODAY)
    assert [one.words.split(" · ")[0] for one in paper.ahead] == ["Visit 1"]
