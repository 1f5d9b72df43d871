"""Every field of every record of the coaching year stands in its workbook, in both languages, and nothing in it is ever computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from io import BytesIO
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from qma_app.domain.audit import (
    AreaLeftOut,
    Attendee,
    Audit,
    AuditDays,
    AuditLook,
    AuditSample,
    AuditSlot,
    Declaration,
    DrawnRecord,
    ListSource,
    Meeting,
    Replaced,
    SeenHow,
    Stratum,
    TeamMember,
    TeamPart,
    Withdrawal,
    WrapUp,
)
from qma_app.domain.audit_wording import (
    appeal_title,
    certificate_step_title,
    decided_title,
    issued_kind_title,
    list_source_title,
    part_title,
    seen_how_title,
    tie_title,
)
from qma_app.domain.certification import (
    Appeal,
    AppealOutcome,
    Certificate,
    CertificateEvent,
    CertificateStep,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
    IssuedKind,
    Seal,
    Signer,
)
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay, Dealership
from qma_app.domain.edition import Edition, GateCondition, Phase, Span
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import EvidenceKind, EvidenceLink
from qma_app.domain.ids import AreaId, DealershipId, PersonId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.plan import GateStatement, OpenCondition, PlannedArea, PlannedPhase
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import SPONSOR_ANSWERS, Promise, SponsorCheck
from qma_app.domain.record import Record
from qma_app.domain.result import Verdict
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.sponsorship import answer_title
from qma_app.domain.step_mark import StepMark
from qma_app.domain.target import Gain, Target
from qma_app.domain.tie import Tie, TieKind
from qma_app.domain.visit import AgendaItem, Participant, Signature, Stretch, Visit, VisitNote
from qma_app.domain.wording import gain_title, role_title, verdict_title
from qma_app.exchange.programme_workbook.collecting import collect
from qma_app.exchange.programme_workbook.visiting import strokes_text
from qma_app.exchange.programme_workbook.writing import write
from qma_app.i18n import day_text, in_language
from qma_app.storage.rows import TABLES
from tests.builders import (
    NOW,
    PRICE_AGREED,
    TODAY,
    a_dealership,
    a_finding,
    a_person,
    a_site,
    a_text,
    an_action,
    an_engagement,
)
from tests.exchange.action_workbook import test_every_field as of_the_plan
from tests.exchange.shelf import Shelf, texts_of
from tests.exchange.standard_workbook.desk import an_edition_with_kpis
from tests.exchange.test_workbook_assessment import _evidence

UNSHOWN: Final = {
    "deleted_at": "what is in the bin is not shown",
    "version": "only rows that may be worked on and brought back carry their version",
    "engagement_id": "stands on the first sheet once",
}
LEFT_OUT: Final[dict[type, dict[str, str]]] = {
    kind: {}
    for kind in (
        *(Engagement, Dealership, ClosingDay, Person, Qualification, Target, Charter, ProcessOwner),
        *(PlannedPhase, PlannedArea, OpenCondition, GateStatement, Visit, Stretch, Participant, Signature),
        *(AgendaItem, VisitNote, Promise, SponsorCheck, ManagementReview, ReviewRemark, Decision, StepMark),
        *(Audit, TeamMember, AreaLeftOut, AuditDays, Declaration, Attendee, WrapUp, Withdrawal, AuditSlot),
        *(AuditSample, Stratum, DrawnRecord, Replaced, AuditLook, CertificationDecision, Appeal, Certificate),
        *(CertificateEvent, IssuedFile, Signer, Seal),
    )
} | {
    Meeting: {},
    Tie: {"dealership_id": "stands on the first sheet once"},
    EvidenceLink: {"id": "shown as the visit or the charter whose row names the evidence"},
}
RECORDS: Final = tuple(kind for kind in LEFT_OUT if issubclass(kind, Record))
"""The kinds of records this workbook shows; whoever looks for a kind that is forgotten counts them as shown."""
HELD_ELSEWHERE: Final = (
    "assessment_id", "checkpoint_id", "finding_id", "action_id", "verification_id",
)  # fmt: skip
"""Uses of evidence that stand in the workbooks of assessments and of the action plan."""
TITLES: Final[dict[type, Any]] = {
    TeamPart: part_title,
    ListSource: list_source_title,
    SeenHow: seen_how_title,
    DecisionOutcome: decided_title,
    AppealOutcome: appeal_title,
    CertificateStep: certificate_step_title,
    IssuedKind: issued_kind_title,
    TieKind: tie_title,
    Verdict: verdict_title,
}
FIRST_PHASE, OLD_CONDITION = "contract", "a condition of an older edition"


class Filler(of_the_plan.Filler):
    """Also fills times of day."""

    def _value(self, kind: str, name: str, hint: Any) -> Any:
        if of_the_plan.bare(hint) is time:
            minutes = next(self._numbers) % (24 * 60)
            return time(minutes // 60, minutes % 60)
        return super()._value(kind, name, hint)


@cache
def a_standard() -> Edition:
    """The small standard with KPIs, and one phase whose gate asks for a charter."""
    phase = Phase(
        id=FIRST_PHASE,
        title=a_text("Agree", de="Vereinbaren"),
        purpose=a_text("Agree on what the programme is for"),
        spans=tuple(Span(length=length, first=0, last=1) for length in (12, 18, 24)),
        gate=(GateCondition(id="charter", title=a_text("The charter is signed"), check="charter-signed"),),
    )
    return an_edition_with_kpis(phases=(phase,))


def everything() -> tuple[Shelf, list[Any]]:
    """One record of each kind, every field filled, and all those records and what is in them."""
    fill, edition = Filler(), a_standard()
    house = a_dealership().id
    people = [fill.filled(Person, id=f"p{place}", dealership_id=house) for place in range(27)]
    ids: Iterator[PersonId] = (one.id for one in people)
    engagement = fill.filled(
        Engagement, id=an_engagement().id, dealership_id=house, edition=edition.hash, coach_id=next(ids),
        principal_id=next(ids), officer_id=next(ids), started_on=TODAY - timedelta(days=100), ended_on=TODAY + timedelta(days=400),
    )  # fmt: skip
    mine = {"engagement_id": engagement.id}
    dealership = replace(
        fill.filled(Dealership, id=house, is_sample=True, archived_at=NOW + timedelta(days=3)), country="DE"
    )
    area = AreaId("service")
    held = fill.filled(Qualification, person_id=engagement.coach_id, role=Role.AUDITOR)
    closing = fill.filled(ClosingDay, dealership_id=house)
    target = fill.filled(Target, **mine, gain=Gain.STAFF, kpi="C15")
    charter = fill.filled(Charter, **mine)
    phase = fill.filled(
        PlannedPhase, **mine, phase=FIRST_PHASE, passed_by=next(ids),
        passed_open=(fill.filled(OpenCondition, condition="charter"), fill.filled(OpenCondition, condition=OLD_CONDITION)),
    )  # fmt: skip
    planned = fill.filled(PlannedArea, **mine, area_id=area)
    said = fill.filled(GateStatement, **mine, check="staff-survey-done", area_id=area, said_by=next(ids))
    owner = fill.filled(
        ProcessOwner, **mine, process_id="service.repair-order", owner_id=next(ids), deputy_id=next(ids)
    )
    visitor = next(ids)
    there = fill.filled(Participant, person_id=visitor)
    leader = fill.filled(Participant, person_id="")
    signature = fill.filled(Signature, strokes=((11, 22, 33, 44), (55, 66, 77, 88)))
    visit = fill.filled(
        Visit, **mine, areas=(area, AreaId("parts")), coach_id=next(ids), participants=(there,), signatures=(signature,),
        clock=(fill.filled(Stretch), fill.filled(Stretch)),
    )  # fmt: skip
    item = fill.filled(AgendaItem, **mine, visit_id=visit.id, rule="verify")
    finding = a_finding(71, **mine)
    note = fill.filled(
        VisitNote, **mine, visit_id=visit.id, checkpoint_id=PRICE_AGREED, finding_id=finding.id, noted_by=next(ids)
    )  # fmt: skip
    promise = fill.filled(Promise, **mine, person_id=next(ids), charter_id=charter.id, visit_id=visit.id)
    sponsor = fill.filled(SponsorCheck, **mine, quarter="2031-Q3", checked_by=next(ids))
    remark = fill.filled(ReviewRemark, input="audit-results")
    review = fill.filled(ManagementReview, **mine, participants=(leader,), remarks=(remark,))
    action = an_action(81, **mine)
    decision = fill.filled(Decision, **mine, review_id=review.id, action_id=action.id)
    mark = fill.filled(StepMark, **mine, marked_by=next(ids))
    photo = _evidence(
        id="e1", name="signed page.pdf", engagement_id=engagement.id, kind=EvidenceKind.DOCUMENT
    )
    desk = _evidence(id="e2", name="desk.pdf", engagement_id=engagement.id)
    uses = [
        EvidenceLink(id="l1", evidence_id=photo.id, charter_id=charter.id),  # type: ignore[arg-type]
        EvidenceLink(id="l2", evidence_id=desk.id, visit_id=visit.id),  # type: ignore[arg-type]
    ]
    shown = [
        *(engagement, dealership, held, closing, target, charter, phase, planned, said, owner, visit, item),
        *(note, promise, sponsor, review, decision, mark, *uses, *people[:1]),
        *(there, leader, signature, remark, *visit.clock, *phase.passed_open),
    ]
    audited = audit_records(fill, ids, dealership.id)
    shown += audited
    records = [one for one in shown if isinstance(one, Record)]
    return Shelf(edition, [*records, *people[1:], a_site(), finding, action, photo, desk]), shown


def audit_records(fill: Filler, ids: Iterator[PersonId], house: DealershipId) -> list[Any]:
    """What stands around an audit, and what is in it."""
    mine = {"engagement_id": an_engagement().id}
    area, other = AreaId("service"), AreaId("parts")
    lead, stranger = fill.filled(TeamMember, person_id=next(ids)), next(ids)
    said = fill.filled(Declaration, person_id=lead.person_id, ties=("employed", "paid"))
    alone = fill.filled(Declaration, person_id=stranger, ties=("coached",))
    gone = fill.filled(Withdrawal, finding_id=a_finding(71).id)
    left = fill.filled(AreaLeftOut, area_id=other)
    days = fill.filled(AuditDays, risks=("night-shift", "several-sites"))
    told = fill.filled(WrapUp, by=next(ids))
    there = fill.filled(Attendee)
    name = fill.filled(Signature, strokes=((15, 25, 35, 45), (56, 66, 76, 86)))
    held = fill.filled(Meeting, points=("people", "scope"), attendees=(there,), signatures=(name,))
    begun = fill.filled(Meeting, points=("safety",), attendees=(), signatures=())
    audit = fill.filled(
        Audit, **mine, team=(lead,), declarations=(said, alone), left_out=(left,), days=days, opening=begun, closing=held,
        wrap_ups=(told,), withdrawn=(gone,), recommended_by=next(ids), signed_by=next(ids), recommendation=Verdict.CONDITIONAL,
    )  # fmt: skip
    own = {"audit_id": audit.id}
    slot = fill.filled(AuditSlot, **own, area_id=area, auditor_id=next(ids))
    part, record, new = fill.filled(Stratum), fill.filled(DrawnRecord), fill.filled(DrawnRecord)
    swapped = fill.filled(Replaced, by=new)
    sample = fill.filled(
        AuditSample, **own, checkpoint_id=PRICE_AGREED, drawn=(record,), strata=(part,), replaced=(swapped,)
    )
    look = fill.filled(AuditLook, **own, checkpoint_id=PRICE_AGREED, is_live=True, is_repeated=True)
    decision = fill.filled(CertificationDecision, **mine, **own, decided_by=next(ids))
    appeal = fill.filled(
        Appeal, **mine, **own, decision_id=decision.id, outcome=AppealOutcome.UPHELD, answered_by=next(ids)
    )
    event = fill.filled(CertificateEvent, by=next(ids))
    certificate = fill.filled(
        Certificate,
        **mine,
        **own,
        decision_id=decision.id,
        scope=(area,),
        events=(event,),
        is_conditional=True,
    )
    signer = fill.filled(Signer, person_id=next(ids), is_trial=True)
    issued = fill.filled(
        IssuedFile, **mine, **own, certificate_id=certificate.id, signer_id=signer.id, is_trial=True
    )
    seal = fill.filled(Seal, **mine, **own)
    tie = fill.filled(Tie, person_id=next(ids), dealership_id=house)
    return [
        *(audit, slot, sample, look, decision, appeal, certificate, signer, issued, seal, tie),
        *(
            lead,
            said,
            alone,
            gone,
            left,
            days,
            told,
            there,
            name,
            held,
            begun,
            part,
            record,
            new,
            swapped,
            event,
        ),
    ]


def bytes_of(shelf: Shelf, on: date = TODAY) -> bytes:
    file = BytesIO()
    write(collect(shelf, an_engagement().id, on), file)
    return file.getvalue()


def book_of(shelf: Shelf, on: date = TODAY) -> Any:
    return load_workbook(BytesIO(bytes_of(shelf, on)))


def rows_of(book: Any, title: str) -> list[dict[str, Any]]:
    """The rows of a table by the titles of their columns."""
    names, *rows = book[title].iter_rows(min_row=2, values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def names(shelf: Shelf, id: str) -> str:
    """What an id is called in the workbook, where it is not shown itself."""
    edition = a_standard()
    for area in edition.areas:
        if area.id == id:
            return f"{area.code} {area.title}"
    if id in edition.checkpoints:
        return edition.checkpoints[id].number  # type: ignore[index]
    for kind in TABLES:
        found: Any = shelf.find(kind, id)
        match found:
            case Visit():
                return f"Visit {found.number}"
            case ManagementReview():
                return f"Management review {found.number}"
            case Charter():
                return "Charter"
            case None:
                continue
        return str(getattr(found, "label", getattr(found, "name", id)))
    return id


def stands(shelf: Shelf, value: Any, texts: list[str], numbers: set[float], days: set[datetime]) -> bool:
    joined = "\n".join(texts)
    match value:
        case Gain() | Role():
            return (gain_title(value) if isinstance(value, Gain) else role_title(value)) in texts
        case Enum() if type(value) in TITLES:
            return TITLES[type(value)](value) in texts
        case Enum():
            return value.value in joined
        case bool():
            return "yes" in texts
        case datetime():
            here = value.astimezone().replace(tzinfo=None)
            return any(abs(one - here) < timedelta(seconds=1) for one in days)
        case date():
            return datetime.combine(value, time()) in days or day_text(value) in joined
        case time():
            return f"{value:%H:%M}" in texts
        case int() | Decimal():
            return float(value) in numbers or any(str(value) in text for text in texts)
        case tuple() if all(isinstance(one, tuple) for one in value):
            return strokes_text(value) in texts
        case tuple():
            return all(stands(shelf, one, texts, numbers, days) for one in value if not is_dataclass(one))
    return value in joined or names(shelf, value) in joined


def missing_fields(shelf: Shelf, shown: list[Any], book: Any) -> list[str]:
    cells = [
        cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    texts = [one for one in cells if isinstance(one, str)]
    numbers = {float(one) for one in cells if isinstance(one, int | float)}
    days = {one for one in cells if isinstance(one, datetime)}
    return [
        f"{type(thing).__name__}.{field.name} = {getattr(thing, field.name)!r}"
        for thing in shown
        for field in fields(thing)
        if field.name not in UNSHOWN | LEFT_OUT[type(thing)]
        and not (isinstance(thing, EvidenceLink) and field.name in HELD_ELSEWHERE)
        and getattr(thing, field.name) not in (None, "", ())
        and not is_dataclass(getattr(thing, field.name))
        and not stands(shelf, getattr(thing, field.name), texts, numbers, days)
    ]


def test_every_field_of_every_record_stands_in_some_cell() -> None:
    shelf, shown = everything()
    assert missing_fields(shelf, shown, book_of(shelf)) == []


def test_every_field_was_filled() -> None:
    """Else the test above would look for nothing; a kind of record that comes later is asked for too."""
    _shelf, shown = everything()
    assert {type(one) for one in shown} == LEFT_OUT.keys()
    empty = {
        f"{kind.__name__}.{field.name}"
        for kind in LEFT_OUT
        for field in fields(kind)
        if field.name not in UNSHOWN | LEFT_OUT[kind]
        and not (kind is EvidenceLink and field.name in HELD_ELSEWHERE)
        and all(getattr(one, field.name) in (None, "", ()) for one in shown if type(one) is kind)
    }
    assert empty == set()


def test_what_is_left_out_still_exists() -> None:
    for kind, left in LEFT_OUT.items():
        assert left.keys() <= {field.name for field in fields(kind)}


def test_a_programme_without_any_of_it_still_has_its_headings() -> None:
    edition = a_standard()
    empty = Shelf(edition, [a_dealership(), a_site(), replace(an_engagement(), edition=edition.hash)])
    full, _shown = everything()
    book, whole = book_of(empty), book_of(full)
    assert book.sheetnames == whole.sheetnames
    for sheet in book.worksheets[1:]:
        assert [cell.value for cell in sheet[2]] == [cell.value for cell in whole[sheet.title][2]]
    filled = {sheet.title for sheet in book.worksheets[1:] if sheet.max_row > 2}
    assert filled == {"Process owners", "Next steps"}


def test_a_gate_shows_what_did_not_hold_when_it_was_passed_beside_what_holds_now() -> None:
    shelf, _shown = everything()
    (phase,) = shelf.all(PlannedPhase)
    first, gone = rows_of(book_of(shelf), "Gates")
    assert (first["Phase"], first["Condition"], first["Holds"], first["State"]) == (
        f"Agree, wave {phase.wave}", "The charter is signed", "no", "open",
    )  # fmt: skip
    assert (first["What did not hold then"], first["Figures then"]) == (
        phase.passed_open[0].words,
        phase.passed_open[0].figures,
    )
    assert (gone["Condition"], gone["Holds"], gone["Condition id"]) == (
        phase.passed_open[1].words,
        None,
        OLD_CONDITION,
    )


def test_an_answer_is_yes_no_or_not_given_in_its_own_column() -> None:
    edition = a_standard()
    engagement = replace(an_engagement(), edition=edition.hash)
    mine = {"engagement_id": engagement.id}
    checks = [
        SponsorCheck(id=f"s{place}", **mine, quarter=f"2026-Q{place}", checked_on=TODAY, **{name: place == 1})  # type: ignore[arg-type]
        for place, name in enumerate(SPONSOR_ANSWERS[:2], 1)
    ]
    people = tuple(Participant(name=name, at_opening=name == "A", at_closing=name == "B") for name in "AB")
    visit = Visit(id="v", **mine, number=1, planned_on=TODAY, participants=people)  # type: ignore[arg-type]
    promises = [
        Promise(id=f"pr{place}", **mine, number=place, what="A bay", who="Ada", is_coachs=place == 1)  # type: ignore[arg-type]
        for place in (1, 2)
    ]
    book = book_of(Shelf(edition, [a_dealership(), a_site(), engagement, visit, *checks, *promises]))
    titles = [answer_title(name) for name in SPONSOR_ANSWERS]
    answers = [[row[title] for title in titles] for row in rows_of(book, "Sponsor checks")]
    assert answers == [["yes", *[None] * 5], [None, "no", *[None] * 4]]
    there = [(row["Name"], row["Opening"], row["Closing"]) for row in rows_of(book, "Participants")]
    assert there == [("A", "yes", None), ("B", None, "yes")]
    assert [row["Promised by the coach"] for row in rows_of(book, "Promises")] == ["yes", None]


def test_states_are_those_of_the_day() -> None:
    edition = a_standard()
    engagement = replace(an_engagement(), edition=edition.hash)
    promise = Promise(
        id="pr", engagement_id=engagement.id, number=3, what="A bay", who="Ada", due_on=TODAY  # type: ignore[arg-type]
    )  # fmt: skip
    shelf = Shelf(edition, [a_dealership(), a_site(), engagement, promise])
    rows = [rows_of(book_of(shelf, TODAY + timedelta(days=days)), "Promises")[0] for days in (0, 1)]
    assert [(row["No."], row["State"]) for row in rows] == [("P-003", "open"), ("P-003", "late")]


def test_somebody_in_the_bin_is_still_named() -> None:
    edition = a_standard()
    gone = a_person("Ada Sample", deleted_at=NOW)
    engagement = replace(an_engagement(), edition=edition.hash, coach_id=gone.id)
    book = book_of(Shelf(edition, [a_dealership(), a_site(), engagement, gone]))
    facts = {row[0]: row[1] for row in book["Overview"].iter_rows(values_only=True)}
    assert facts["Coach"] == "Ada Sample"
    assert "Ada Sample" not in [row["Name"] for row in rows_of(book, "People")]


def test_what_was_made_of_notes_and_decisions_is_named_even_when_it_was_deleted() -> None:
    edition = a_standard()
    engagement = replace(an_engagement(), edition=edition.hash)
    mine: dict[str, Any] = {"engagement_id": engagement.id}
    finding, action = a_finding(4, deleted_at=NOW, **mine), an_action(7, deleted_at=NOW, **mine)
    note = VisitNote(id="n", **mine, words="Keys hang openly", noted_at=NOW, finding_id=finding.id)  # type: ignore[arg-type]
    review = ManagementReview(id="r", **mine, number=1)  # type: ignore[arg-type]
    decision = Decision(id="d", **mine, review_id=review.id, place=1, words="Buy a box", action_id=action.id)  # type: ignore[arg-type]
    book = book_of(
        Shelf(edition, [a_dealership(), a_site(), engagement, finding, action, note, review, decision])
    )
    assert rows_of(book, "Notes")[0]["Finding"] == "F-004"
    assert rows_of(book, "Decisions")[0]["Action"] == "A-007"


def test_a_sample_says_so_on_every_sheet() -> None:
    shelf, _shown = everything()
    for sheet in book_of(shelf):
        assert "SAMPLE" in "\n".join(str(cell.value) for row in sheet["A1:A2"] for cell in row)


def test_no_cell_is_a_formula() -> None:
    edition = a_standard()
    engagement = replace(an_engagement(), edition=edition.hash, note="=1+1")
    visit = Visit(
        id="v", engagement_id=engagement.id, number=1, planned_on=TODAY, purpose="@SUM(A1)", summary='=HYPERLINK("x")'  # type: ignore[arg-type]
    )  # fmt: skip
    book = book_of(Shelf(edition, [a_dealership(city="+A"), a_site(), engagement, visit]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "inlineStr"}
    assert {"=1+1", "@SUM(A1)", '=HYPERLINK("x")', "+A"} <= {cell.value for cell in cells}


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_same_programme_gives_the_same_bytes(language: str) -> None:
    shelf, _shown = everything()
    with in_language(language):
        assert bytes_of(shelf) == bytes_of(shelf)
        if language == "de":
            assert "Vereinbaren" in "\n".join(texts_of(book_of(shelf)))


def test_what_was_drawn_and_seen_is_shown_only_after_the_closing_meeting() -> None:
    """Before it neither the records nor what the auditor saw is for anybody else."""
    shelf, _shown = everything()
    (audit,) = shelf.all(Audit)
    hidden = {"Audit samples", "Records drawn", "How it was looked at"}
    assert all(rows_of(book_of(shelf), title) for title in hidden)
    before = replace(audit, closing=None, signed_at=None)
    book = book_of(Shelf(a_standard(), [before if one is audit else one for one in shelf._records]))
    assert not any(rows_of(book, title) for title in hidden)
    assert rows_of(book, "Audit timetable")
    words = "\n".join(texts_of(book))
    assert not [one for one in shelf.all(AuditLook) if one.interviews in words]
