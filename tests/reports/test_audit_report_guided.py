"""The report of a guided audit says all that an audit report owes its readers, and never more than a recommendation."""

from __future__ import annotations

import time as clocks
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from io import BytesIO
from typing import Any

import pytest

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import (
    Attendee,
    Audit,
    AuditLook,
    AuditSlot,
    Declaration,
    DrawnRecord,
    ListSource,
    Meeting,
    Replaced,
    SeenHow,
    Stratum,
    Withdrawal,
)
from qma_app.domain.edition import SampleRule
from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.ids import AssessmentId, AuditId, AuditLookId, FindingId
from qma_app.domain.rating import Rating, Sample, SampleRecord
from qma_app.domain.result import Verdict
from qma_app.domain.visit import Signature
from qma_app.i18n import _, day_text, in_language
from qma_app.reports import audit_report
from qma_app.reports.progress import Progress
from qma_app.reports.year.words import zone_text
from tests.builders import (
    GREETING,
    NOW,
    PRICE_AGREED,
    TODAY,
    a_finding,
    a_rating,
    an_assessment,
    an_edition,
    an_id,
)
from tests.reports.audit_house import (
    ASSESSMENT_ID,
    AUDIT_ID,
    LEAD,
    SECOND,
    a_closing,
    a_drawn_sample,
    an_audit,
    an_audited_house,
    an_ended_audit,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.reading_back import body_text, page_text, page_texts, squeezed


def report_of(reader: FakeReader, *, of: AssessmentId = ASSESSMENT_ID, **fields: Any) -> bytes:
    """The report as it is signed, unless said otherwise."""
    paper = audit_report.collect(reader, of, on=SECOND)
    out = BytesIO()
    paper = replace(paper, **{"is_final": True} | fields)
    audit_report.draw(paper, out, pictures=reader.evidence_bytes, progress=Progress())
    return out.getvalue()


def text_of(reader: FakeReader, **how: Any) -> str:
    return " ".join(body_text(report_of(reader, **how)).split())


def a_look(place: int = 1, **fields: Any) -> AuditLook:
    return AuditLook(
        id=AuditLookId(an_id(f"look {place}")), audit_id=AUDIT_ID, checkpoint_id=PRICE_AGREED, **fields
    )


def test_the_cover_names_report_days_recommendation_and_that_it_is_no_certificate() -> None:
    cover = page_text(report_of(an_audited_house(an_ended_audit())), 1)
    assert "Certification audit report" in cover
    assert "Auditor recommends: no pass audited 21 Nov 2026 to 22 Nov 2026" in cover
    assert "Report R-2026-0001, revision 1 · log head" in cover
    assert "Not a certificate" in cover


def test_what_was_audited_against_what_and_by_whom_is_said() -> None:
    audit = an_ended_audit(aims="To see whether the new counter works.", distribution="Principal; programme.")
    text = text_of(an_audited_house(audit))
    assert "To see whether the new counter works." in text
    assert an_edition().hash[:8] in text
    assert "PRT Parts The counter belongs to another firm." in text
    assert "Lea Lead Lead auditor A-017, valid until 21 Nov 2026 · not valid on 22 Nov 2026" in text
    assert "declared on 2 Nov 2026: no tie to the dealership" in text
    assert "24 in full-time equivalents" in text
    assert "Nobody has audited this house before" in text
    assert "Report goes to Principal; programme." in text
    assert "The archive before 2025 was not open." in text


def test_a_tie_that_was_declared_stands_in_the_report() -> None:
    tied = Declaration(
        person_id=LEAD.id, declared_on=TODAY, ties=("employed",), words="Until 2019, parts store."
    )
    assert "worked here · Until 2019, parts store." in text_of(
        an_audited_house(an_ended_audit(declarations=(tied,)))
    )


def test_meetings_evenings_and_timetable_stand_in_it() -> None:
    opening = Meeting(
        held_at=NOW, place="Meeting room", points=("people", "safety"),
        attendees=(Attendee(name="Petra Principal", function="Principal"),), words="The paint shop is closed.",
        signatures=(Signature(name="Petra Principal", function="Principal", strokes=((0, 0, 90, 40),), signed_at=NOW),),
    )  # fmt: skip
    text = text_of(an_audited_house(an_ended_audit(opening=opening)))
    assert "Petra Principal, Principal" in text
    assert "who is there, and in which part; safety in workshop and yard" in text
    assert "The paint shop is closed." in text
    assert "signed on the screen" in text
    assert "A good first day; the archive was locked until noon. Lea Lead" in text
    assert "09:00 to 12:00 SRV Service Lea Lead Rita Huber" in text


def test_each_rule_stands_with_its_numbers() -> None:
    pdf = report_of(an_audited_house(an_ended_audit()))
    reason = "1 critical checkpoint is below 8 points"
    assert f"Critical checkpoints {reason}" in page_text(pdf, 3)
    assert f"Critical checkpoints met 0 1 {reason}" in " ".join(body_text(pdf).split())


def test_a_sample_can_be_drawn_again_from_what_is_printed() -> None:
    sample = replace(
        a_drawn_sample(), blanks=2, repeats=1, stratified_by="week",
        strata=(Stratum(name="W 12", population=120, drawn=6), Stratum(name="W 13", population=80, drawn=4)),
        replaced=(Replaced(place=40, label="RO-2", by=DrawnRecord(place=77, label="RO-77"), reason="The car is abroad."),),
    )  # fmt: skip
    reader = an_audited_house(an_ended_audit())
    reader.records = [one for one in reader.records if one.id != sample.id] + [sample]
    text = text_of(reader)
    assert squeezed("ab" * 32) in squeezed(text)
    assert "200 records, 2 blank lines left out, 1 repeated line left out" in text
    assert "10 records, seed 0012-67" in text
    assert "week: W 12 6 of 120; W 13 4 of 80" in text
    assert "RO-2 (40) by RO-77: The car is abroad." in text
    assert "✗ RO-4 (80)" in text.replace("\u00a0", " ")
    assert "10 of 200 finds a fault in 10% of the records (20 records) with 66%." in text


@pytest.mark.parametrize(
    ("source", "label", "said"),
    [
        (ListSource.CSV, "employee 3", "✓ employee 3"),
        (ListSource.CSV, "RO-2203", "✓ RO-2203 (3)"),
        (ListSource.NUMBERS, "stock 2203", "✓ stock 2203"),
    ],
)
def test_the_place_of_a_record_is_said_only_where_its_label_does_not_say_it(
    source: ListSource, label: str, said: str
) -> None:
    sample = replace(a_drawn_sample(), source=source, drawn=(DrawnRecord(place=3, label=label),))
    reader = an_audited_house(an_ended_audit())
    judged = Sample(records=(SampleRecord(label=label, conforms=True),))
    reader.records = [
        replace(one, sample=judged) if isinstance(one, Rating) and one.sample else one
        for one in reader.records
        if one.id != sample.id
    ] + [sample]
    text = text_of(reader).replace("\u00a0", " ")
    assert f"Records {said}Coach and auditor" in text
    assert f"Drawn: ✓ {label}." in text


def test_a_meeting_names_its_day_once_and_the_clock_it_is_told_by() -> None:
    begun = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
    opening = Meeting(held_at=begun, ended_at=begun + timedelta(minutes=30))
    text = text_of(an_audited_house(an_ended_audit(opening=opening)))
    here = begun.astimezone()
    span = f"{day_text(here.date())}, {here:%H:%M} to {begun.astimezone() + timedelta(minutes=30):%H:%M}"
    assert f"Held {span} ({zone_text(begun)})" in text
    assert "by the clock of the computer that made this paper, UTC" in text


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "UTC"),
        ("Europe/Berlin", "UTC+1"),
        ("Asia/Kolkata", "UTC+5:30"),
        ("America/St_Johns", "UTC−3:30"),
    ],
)
def test_a_clock_is_named_by_its_distance_from_utc(
    monkeypatch: pytest.MonkeyPatch, zone: str, said: str
) -> None:
    if not hasattr(clocks, "tzset"):
        pytest.skip("this system does not change the zone of a running program")
    monkeypatch.setenv("TZ", zone)
    clocks.tzset()
    try:
        assert zone_text(datetime(2026, 11, 21, 12, tzinfo=UTC)) == said
    finally:
        monkeypatch.undo()
        clocks.tzset()


def test_a_half_empty_page_is_filled_and_a_table_keeps_its_heading() -> None:
    # So many words of limits that the scope would break over two pages, and leave the second half empty.
    audit = an_ended_audit(limits="The archive was not open. " * 64)
    pages = page_texts(report_of(an_audited_house(audit)))

    def page_of(words: str) -> int:
        """Behind cover, contents and summary."""
        return next(place for place, text in enumerate(pages[3:], 3) if words in " ".join(text.split()))

    assert page_of("Left out Reason") == page_of("Scope SRV Service")
    assert page_of("How the audit was done") == page_of("Auditor days")


def test_what_the_app_wrote_into_a_timetable_is_said_in_the_language_of_the_paper() -> None:
    with in_language("de"):
        german = text_of(an_audited_house(an_ended_audit()))
        own = _("Opening meeting")
    assert own != "Opening meeting"
    assert f"{own} Lea Lead All managers" in german
    reader = an_audited_house(an_ended_audit())
    reader.records = [
        replace(one, words=own) if isinstance(one, AuditSlot) and one.words == "Opening meeting" else one
        for one in reader.records
    ]
    assert "Opening meeting Lea Lead All managers" in text_of(reader)


def test_the_recommendation_says_how_much_it_rests_on_and_until_when_each_finding_is_due() -> None:
    text = text_of(an_audited_house(an_ended_audit()))
    assert "0 of 1 areas rated, 2 of 4 applicable checkpoints rated, 2 not seen" in text
    assert "1 sample with 10 records drawn" in text
    end = text.split("What follows")[-1].split("How to object")[0]
    assert "F-002 major: " in end
    assert "15 Jan 2027" in end
    assert "F-001 minor: The desk was empty twice." in end
    assert "looked at in the next audit" in end


def test_points_a_sample_suggests_are_said_once() -> None:
    edition = an_edition()
    steps = (*edition.rules.sample, SampleRule(share=Fraction(0), points=0))
    text = text_of(
        an_audited_house(an_ended_audit()),
        edition=replace(edition, rules=replace(edition.rules, sample=steps)),
    )
    assert "from 0" not in text
    assert "from 90% conforming 8 points" in text


def test_the_cover_promises_no_certificate() -> None:
    cover = page_text(report_of(an_audited_house(an_ended_audit())), 1)
    assert "somebody who did not audit decides, and later" in cover
    reader = an_audited_house(an_ended_audit(recommendation=Verdict.PASS))
    reader.records = [
        replace(one, kind=AssessmentKind.PRE_AUDIT) if isinstance(one, Assessment) and one.is_guided else one
        for one in reader.records
    ]
    assert "nothing is decided on a pre-audit" in page_text(report_of(reader), 1)


def test_a_critical_checkpoint_without_a_sample_says_why() -> None:
    reader = an_audited_house(an_ended_audit(), a_look(no_sample="No order was written this year."))
    reader.records = [one for one in reader.records if type(one).__name__ != "AuditSample"]
    text = text_of(reader)
    assert "No sample was drawn." in text
    assert "SRV-02.1 The price agreed is as agreed. No order was written this year." in text


def test_how_evidence_was_seen_is_counted_and_told_at_the_checkpoint() -> None:
    look = a_look(
        interviews="Two advisors.", observed="The desk at eight.", records="Ten orders.",
        seen_how=SeenHow.REMOTE, is_live=True, is_repeated=True,
    )  # fmt: skip
    text = text_of(an_audited_house(an_ended_audit(), look))
    assert "SRV Service – 1 – 1 1 1" in text
    assert "Interviews: Two advisors.Observed: The desk at eight.Records: Ten orders." in text
    assert "Seen: remote, watched live, check made again" in text


def test_coach_and_auditor_are_compared_only_after_the_closing() -> None:
    after = text_of(an_audited_house(an_ended_audit()))
    assert "Altogether 2 50.0% 0.428 +2.00" in after
    assert "SRV-02.1 The price agreed is as agreed. 8 4" in after
    before = text_of(an_audited_house(an_ended_audit(closing=None)))
    assert "Shown after the closing meeting" in before
    assert "Weighted kappa" not in before


def test_an_objection_stands_in_the_dealerships_own_words() -> None:
    reader = an_audited_house(an_ended_audit())
    reader.records = [
        replace(one, reply_words="The board was being moved.", reply_by="P. Principal", replied_on=SECOND)
        if isinstance(one, Finding) and one.reply is Reply.DISAGREED
        else one
        for one in reader.records
    ]
    text = text_of(reader)
    assert "The board was being moved. P. Principal, 22 Nov 2026" in text
    assert "Without a reply: F-001." in text


def test_days_that_hang_on_the_decision_are_said_as_rules() -> None:
    reader = an_audited_house(an_ended_audit())
    reader.records = [
        replace(one, due_on=None) if isinstance(one, Finding) else one for one in reader.records
    ]
    text = text_of(reader)
    assert "within 90 days of the decision" in text
    assert "looked at in the next audit" in text


@pytest.mark.parametrize(
    ("verdict", "code"),
    [(Verdict.PASS, "en"), (Verdict.CONDITIONAL, "de"), (Verdict.FAIL, "en"), (Verdict.PASS, "de")],
)
def test_a_report_recommends_and_never_says_certified(verdict: Verdict, code: str) -> None:
    with in_language(code):
        text = " ".join(page_texts(report_of(an_audited_house(an_ended_audit(recommendation=verdict)))))
    assert "certified" not in text.casefold()
    assert "zertifiziert" not in text.casefold()


def test_a_coachs_finding_and_level_of_before_do_not_weigh_on_an_audit() -> None:
    coachs = a_finding(
        7, FindingGrade.MAJOR, assessment_id=an_assessment(1).id, statement="The coach saw this."
    )
    text = text_of(an_audited_house(an_ended_audit(), coachs))
    assert "The coach saw this." not in text
    assert "Development" not in text


def test_a_pre_audit_ends_with_its_report() -> None:
    reader = an_audited_house(an_ended_audit(recommendation=Verdict.PASS))
    reader.records = [
        replace(one, kind=AssessmentKind.PRE_AUDIT) if isinstance(one, Assessment) and one.is_guided else one
        for one in reader.records
    ]
    text = text_of(reader)
    assert "nothing is decided on it" in text
    assert "recertification before" not in text


def test_only_what_is_about_to_be_signed_is_no_draft() -> None:
    reader = an_audited_house(an_ended_audit())
    assert "DRAFT" in page_text(report_of(reader, is_final=False), 2)
    assert "DRAFT" not in " ".join(page_texts(report_of(reader)))


def test_a_paper_for_a_key_for_trial_says_so_on_every_page_twice() -> None:
    reader = an_audited_house(an_ended_audit())
    assert all(text.count("TRIAL") == 2 for text in page_texts(report_of(reader, is_trial=True)))
    assert "TRIAL" not in " ".join(page_texts(report_of(reader)))


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_same_audit_gives_the_same_bytes(code: str) -> None:
    with in_language(code):
        assert report_of(an_audited_house(an_ended_audit())) == report_of(an_audited_house(an_ended_audit()))


def a_second(audit_id: str, **fields: Any) -> tuple[Assessment, Audit]:
    """A later audit of the same house, with its own assessment."""
    edition = an_edition()
    kind = fields.pop("kind", AssessmentKind.CERTIFICATION_AUDIT)
    assessment = an_assessment(
        3, kind=kind, is_guided=True, edition=edition.hash, scope=("service",), assessor_id=LEAD.id
    )
    later = {"first_on": SECOND + timedelta(days=30), "last_on": SECOND + timedelta(days=30)}
    audit = an_ended_audit(
        id=AuditId(an_id(audit_id)), assessment_id=assessment.id, closing=a_closing(), **later | fields
    )
    return assessment, audit


def test_a_revision_says_what_it_changes_and_which_findings_it_withdraws() -> None:
    signed = an_ended_audit(signed_at=NOW, signed_by=LEAD.id, recommendation=Verdict.FAIL)
    gone = Withdrawal(finding_id=FindingId(an_id("finding 1")), reason="It was another desk.")
    assessment, audit = a_second(
        "revised", revision=2, revises=AUDIT_ID, revision_reason="The appeal was upheld.",
        withdrawn=(gone,), recommendation=Verdict.CONDITIONAL,
    )  # fmt: skip
    ratings = [a_rating(10, id, assessment_id=assessment.id) for id in (GREETING, PRICE_AGREED)]
    reader = an_audited_house(signed, assessment, audit, *ratings)
    text = text_of(reader, of=assessment.id)
    assert "This is revision 2 of report R-2026-0001." in text
    assert "Lea Lead The appeal was upheld." in text
    assert "SRV-02.1 The price agreed is as agreed. 4 10" in text
    assert "F-001 The desk was empty twice. It was another desk. 2" in text
    assert "not passed before, " in text
    assert text.count("The desk was empty twice.") == 1


def test_a_follow_up_tells_of_the_majors_of_then_and_how_they_were_verified() -> None:
    major = a_finding(
        5, FindingGrade.MAJOR, assessment_id=ASSESSMENT_ID, checkpoint_id=PRICE_AGREED, due_on=None,
        statement="No order names its price.", closed_on=date(2026, 12, 20), closing_note="Ten of ten orders now do.",
    )  # fmt: skip
    assessment, audit = a_second(
        "follow", kind=AssessmentKind.FOLLOW_UP_AUDIT, follows=AUDIT_ID, number="R-2026-0002"
    )
    reader = an_audited_house(
        an_ended_audit(signed_at=NOW), major, assessment, audit, a_rating(10, PRICE_AGREED, assessment_id=assessment.id)
    )  # fmt: skip
    pdf = report_of(reader, of=assessment.id)
    text = " ".join(body_text(pdf).split())
    assert "Certification audit R-2026-0001" in text
    assert "SRV-02.1 · No order names its price." in text
    assert "closed 20 Dec 2026: Ten of ten orders now do." in text
    assert "4 10 closed, and it holds" in text
    annex = text.split("Annex A: every checkpoint")[-1]
    assert "SRV-02.1" in annex
    assert "SRV-01.1" not in annex.split("Annex B")[0]


def test_an_unfinished_plan_still_makes_a_draft() -> None:
    bare = an_audit(
        first_on=None, last_on=None, team=(), declarations=(), days=None, sent_on=None, left_out=(), wrap_ups=()
    )  # fmt: skip
    reader = an_audited_house(bare)
    reader.records = [one for one in reader.records if type(one).__name__ not in {"AuditSlot", "AuditSample"}]
    text = text_of(reader, is_final=False)
    assert "no day is set yet" in text
    assert "Nobody is named yet." in text
    assert "No recommendation is given yet" in text


def test_whatever_is_typed_about_an_audit_stands_in_its_report() -> None:
    names = ("aims", "methods", "confidentiality", "distribution", "limits", "recommendation_words")
    audit = an_ended_audit(**{name: f"Typed as {name}." for name in names})
    text = text_of(an_audited_house(audit))
    assert [name for name in names if f"Typed as {name}." not in text] == []
