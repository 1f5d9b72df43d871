"""Plan, wrap-up and summary of an audit: complete, on so many pages, the same bytes each time, and never more than a recommendation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from types import ModuleType
from typing import Any

import pytest

from qma_app.domain.audit import Declaration, Withdrawal, WrapUp
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AuditSampleId, FindingId
from qma_app.domain.independence import Conflict, ConflictCode
from qma_app.domain.result import Verdict
from qma_app.errors import NotFound
from qma_app.i18n import in_language
from qma_app.reports import audit_plan, audit_summary, wrap_up
from tests.builders import GREETING, NOW, TODAY, a_finding, an_id
from tests.reports.audit_house import (
    ASSESSMENT_ID,
    AUDIT_ID,
    LEAD,
    SECOND,
    a_drawn_sample,
    a_slot,
    an_audit,
    an_audited_house,
    an_ended_audit,
    audit_pdf,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.reading_back import body_text, opened, page_text, page_texts

LONG = (
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf und was dazu gehört. " * 20
)


def text_of(kind: ModuleType, reader: FakeReader, *args: Any, **how: Any) -> str:
    return " ".join(" ".join(page_texts(audit_pdf(kind, reader, *args, **how))).split())


def many_findings(count: int) -> list[Finding]:
    grades = list(FindingGrade)
    return [
        replace(
            a_finding(number, grades[number % 4], assessment_id=ASSESSMENT_ID, statement=LONG),
            id=FindingId(an_id(f"many {number}")),
        )
        for number in range(10, 10 + count)
    ]


def test_a_plan_says_what_is_left_out_and_why_who_comes_and_on_which_certificate() -> None:
    text = text_of(audit_plan, an_audited_house())
    assert "Certification audit R-2026-0001" in text
    assert "Areas SRV Service Left out PRT Parts: The counter belongs to another firm." in text
    assert "A-017, valid until 21 Nov 2026 · not valid on 22 Nov 2026" in text
    assert "declared on 2 Nov 2026: no tie to the dealership" in text
    assert "Expert, does not grade" in text


def test_a_plan_explains_its_days_and_names_the_lists_to_bring() -> None:
    text = text_of(audit_plan, an_audited_house())
    assert "24 in full-time equivalents Planning table 3 auditor days" in text
    assert "Nobody has audited this house before Agreed 2.5 auditor days, 2 of them on site" in text
    assert "SRV-02.1 The price agreed is as agreed. 10 of: repair orders" in text
    assert "in writing to the lead auditor before 21 Nov 2026" in text


def test_the_timetable_stands_by_day_with_auditor_and_whom_they_meet() -> None:
    text = text_of(audit_plan, an_audited_house())
    first = (
        "Saturday, 21 Nov 2026 Time What Auditor Meets 08:30 to 09:00 Opening meeting Lea Lead All managers"
    )
    assert f"{first} 09:00 to 12:00 SRV Service Lea Lead Rita Huber" in text
    assert "Sunday, 22 Nov 2026 Time What Auditor Meets 14:00 to 15:00 Closing meeting Lea Lead" in text


def test_what_stands_against_somebody_is_printed_beside_what_they_declared() -> None:
    tied = Declaration(
        person_id=LEAD.id, declared_on=TODAY, ties=("employed",), words="Until 2019 in the parts store."
    )
    against = Conflict(
        code=ConflictCode.EMPLOYED, person_id=LEAD.id, reason="Lea Lead worked at this dealership."
    )
    text = text_of(audit_plan, an_audited_house(an_audit(declarations=(tied,))), conflicts=(against,))
    assert (
        "declared on 21 Nov 2026: worked here · Until 2019 in the parts store. · Lea Lead worked at" in text
    )


def test_a_plan_not_sent_is_a_draft_and_an_empty_one_says_what_it_lacks() -> None:
    bare = an_audit(
        first_on=None, last_on=None, team=(), declarations=(), days=None, sent_on=None, left_out=(), wrap_ups=()
    )  # fmt: skip
    reader = an_audited_house(bare)
    reader.records = [one for one in reader.records if type(one).__name__ != "AuditSlot"]
    text = text_of(audit_plan, reader)
    assert "DRAFT" in text
    assert "no day is set yet" in text
    assert "Nobody is named yet." in text
    assert "The days are not agreed yet." in text
    assert "The timetable is not made yet." in text
    assert "DRAFT" not in text_of(audit_plan, an_audited_house())


def test_a_wrap_up_tells_a_day_by_what_was_known_that_evening() -> None:
    text = text_of(wrap_up, an_audited_house(), TODAY)
    assert "A good first day; the archive was locked until noon." in text
    assert "F-001 minor The desk was empty twice. today" in text
    assert "F-002" not in text
    assert "1 of 4 checkpoints are decided." in text
    assert "Checkpoints open: SRV 3" in text
    assert "SRV-02.1: 0 of 10 records looked at" in text
    assert "What comes next: Sunday, 22 Nov 2026" in text
    assert "For the dealership, taken note: date, signature" in text


def test_the_last_day_has_all_findings_the_heaviest_first_and_no_tomorrow() -> None:
    text = text_of(wrap_up, an_audited_house(), SECOND)
    assert text.index("F-002") < text.index("F-001")
    assert "2 of 4 checkpoints are decided." in text
    assert "SRV-02.1: 8 of 10 records looked at" in text
    assert "This was the last audit day." in text


def test_without_a_day_every_day_that_has_come_gets_a_page() -> None:
    assert len(page_texts(audit_pdf(wrap_up, an_audited_house(), on=TODAY))) == 1
    assert len(page_texts(audit_pdf(wrap_up, an_audited_house(), on=SECOND))) == 2


def test_a_day_that_is_none_of_the_audit_is_refused_with_those_that_are() -> None:
    with pytest.raises(NotFound, match="21 Nov 2026, 22 Nov 2026"):
        wrap_up.collect(an_audited_house(), AUDIT_ID, date(2026, 12, 24), on=SECOND)
    with pytest.raises(NotFound):
        wrap_up.collect(an_audited_house(), AUDIT_ID, on=TODAY - timedelta(days=1))


def test_a_day_shows_all_of_its_lines_while_the_page_has_room() -> None:
    slots = [
        a_slot(place, TODAY, time(9, place), time(9, place + 1), words=f"Talk {place}")
        for place in range(10, 22)
    ]
    page = page_text(audit_pdf(wrap_up, an_audited_house(an_audit(), *slots), TODAY), 1)
    assert [place for place in range(10, 22) if f"Talk {place}" not in page] == []
    assert "more" not in page


def test_a_full_day_shows_what_was_found_before_the_rest() -> None:
    slots = [
        a_slot(place, day, time(9, place), time(9, place + 1), words=f"Talk {place}")
        for place in range(10, 50)
        for day in (TODAY, SECOND)
    ]
    seen = [replace(one, seen_on=TODAY) for one in many_findings(20)]
    page = page_text(audit_pdf(wrap_up, an_audited_house(an_audit(), *slots, *seen), TODAY), 1)
    assert page.count("today") >= 8
    assert "Talk 49" not in page


def test_a_day_stays_on_one_page_whatever_was_found_and_says_how_much_is_left_out() -> None:
    told = an_audit(wrap_ups=(WrapUp(on=TODAY, words=LONG),))
    pdf = audit_pdf(wrap_up, an_audited_house(told, *many_findings(60)), TODAY)
    assert len(opened(pdf).pages) == 1
    assert "more in the report" in page_text(pdf, 1)
    assert "For the audit team: date, signature" in page_text(pdf, 1)


def test_a_summary_has_four_pages_with_rules_areas_findings_and_what_it_rests_on() -> None:
    pdf = audit_pdf(audit_summary, an_audited_house(an_ended_audit()))
    assert len(opened(pdf).pages) == 4
    assert "Critical checkpoints met 0 1 1 critical checkpoint is below 8 points" in page_text(pdf, 1)
    assert "Service 64.0%" in page_text(pdf, 2)
    assert "The archive before 2025 was not open." in page_text(pdf, 2)
    third = page_text(pdf, 3)
    assert third.index("F-002 major") < third.index("F-001 minor")
    assert "by 15 Jan 2027" in third
    assert "Dealership: disagreed" in third
    fourth = page_text(pdf, 4)
    assert "1 of 8 records looked at do not conform" in fourth
    assert "10 of 200 finds a fault in 10% of the records (20 records) with 66%." in fourth
    assert "seed 0012-67" in fourth
    assert "1 major: closed and verified within 90 days of the decision." in fourth


def test_a_critical_checkpoint_that_is_a_major_by_itself_is_told_in_what_follows() -> None:
    reader = an_audited_house(an_ended_audit())
    reader.records = [one for one in reader.records if not isinstance(one, Finding)]
    fourth = page_text(audit_pdf(audit_summary, reader), 4)
    assert "1 major: closed and verified within 90 days of the decision." in fourth


def test_few_findings_are_told_with_what_was_seen_whose_they_are_and_the_reply() -> None:
    reader = an_audited_house(an_ended_audit())
    reader.records = [
        replace(one, evidence="Twice in an hour.", owner="Rita Huber", reply_words="We move the desk.")
        if isinstance(one, Finding) and one.reply is not None
        else one
        for one in reader.records
    ]
    third = page_text(audit_pdf(audit_summary, reader), 3)
    assert "Seen: Twice in an hour." in third
    assert "Dealership: disagreed: We move the desk." in third
    assert "by 15 Jan 2027 Rita Huber" in third
    reader.records += many_findings(80)
    assert "We move the desk." not in page_text(audit_pdf(audit_summary, reader), 3)


def test_a_summary_shows_what_is_best_and_what_is_most_urgent() -> None:
    second = page_text(audit_pdf(audit_summary, an_audited_house(an_ended_audit())), 2)
    assert second.index("Strengths") < second.index("SRV-01.1")
    assert "SRV-02.1 · critical" in second.split("Most urgent gaps")[-1]


def test_a_summary_of_what_is_signed_is_no_draft_and_says_trial_where_its_report_does() -> None:
    signed = an_audited_house(an_ended_audit(signed_at=NOW))
    assert "DRAFT" not in text_of(audit_summary, signed)
    assert "TRIAL" not in text_of(audit_summary, signed)
    assert all("TRIAL" in text for text in page_texts(audit_pdf(audit_summary, signed, is_trial=True)))
    assert "DRAFT" in text_of(audit_summary, an_audited_house(an_ended_audit()))


def test_coach_and_auditor_are_compared_only_after_the_closing() -> None:
    after = page_text(audit_pdf(audit_summary, an_audited_house(an_ended_audit())), 4)
    assert "2 checkpoints rated by both; 50.0% of them alike." in after
    assert "Read most differently: SRV-02.1." in after
    before = page_text(audit_pdf(audit_summary, an_audited_house(an_ended_audit(closing=None))), 4)
    assert "rated by both" not in before
    assert "Shown after the closing meeting" in before


@pytest.mark.parametrize("verdict", [*Verdict, None])
@pytest.mark.parametrize("code", ["en", "de"])
def test_a_summary_recommends_and_never_says_certified(verdict: Verdict | None, code: str) -> None:
    with in_language(code):
        text = text_of(audit_summary, an_audited_house(an_ended_audit(recommendation=verdict)))
    assert "certified" not in text.casefold()
    assert "zertifiziert" not in text.casefold()


def test_what_is_recommended_below_the_rules_names_what_the_rules_say() -> None:
    reader = an_audited_house(an_ended_audit(recommendation=Verdict.CONDITIONAL))
    assert "By the rules alone: not passed." in page_text(audit_pdf(audit_summary, reader), 1)
    same = an_audited_house(an_ended_audit())
    assert "By the rules alone" not in page_text(audit_pdf(audit_summary, same), 1)


def test_an_audit_that_failed_promises_no_surveillance() -> None:
    failed = text_of(audit_summary, an_audited_house(an_ended_audit()))
    assert "surveillance" not in failed
    passed = text_of(audit_summary, an_audited_house(an_ended_audit(recommendation=Verdict.PASS)))
    assert "surveillance 12 and 24 months after the decision" in passed


@pytest.mark.parametrize("code", ["en", "de"])
def test_a_summary_stays_on_four_pages_whatever_is_in_it(code: str) -> None:
    samples = [
        replace(a_drawn_sample(), id=AuditSampleId(an_id(f"drawn {place}")), checkpoint_id=GREETING)
        for place in range(40)
    ]
    audit = an_ended_audit(recommendation_words=LONG * 5, limits=LONG)
    with in_language(code):
        pdf = audit_pdf(audit_summary, an_audited_house(audit, *many_findings(80), *samples))
    assert len(opened(pdf).pages) == 4
    assert body_text(pdf)


@pytest.mark.parametrize("kind", [audit_plan, wrap_up, audit_summary])
@pytest.mark.parametrize("code", ["en", "de"])
def test_the_same_audit_gives_the_same_bytes(kind: ModuleType, code: str) -> None:
    with in_language(code):
        first = audit_pdf(kind, an_audited_house(an_ended_audit()))
        assert audit_pdf(kind, an_audited_house(an_ended_audit())) == first


def test_a_finding_withdrawn_is_in_no_paper() -> None:
    gone = Withdrawal(finding_id=FindingId(an_id("finding 1")), reason="Seen wrongly.")
    reader = an_audited_house(an_ended_audit(withdrawn=(gone,)))
    assert "F-001" not in text_of(audit_summary, reader)
    assert "F-001" not in text_of(wrap_up, reader, TODAY)
