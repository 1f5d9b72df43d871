"""The invented dealership of month nine with all that was agreed: charter, targets, people, promises, reviews, and what speaks against its rating."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId, PersonId, ReviewId, VisitId
from qma_app.domain.month import Month
from qma_app.domain.people import Person
from qma_app.domain.promise import Promise
from qma_app.domain.rating import Rating
from qma_app.domain.reading import MonthFigures
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.target import Gain
from qma_app.domain.visit import Participant, Visit
from qma_app.services.areas_left_out import leave_out_area
from qma_app.services.charters import charter_of, sign_charter, write_charter
from qma_app.services.engagements import name_leaders
from qma_app.services.evidence import add_evidence
from qma_app.services.findings import raise_finding
from qma_app.services.people import add_person
from qma_app.services.promises import break_promise, keep_promise, make_promise
from qma_app.services.readings import write_readings
from qma_app.services.reviews import decide, decision_to_action, hold_review, plan_review
from qma_app.services.sponsoring import write_sponsor_check
from qma_app.services.standards import newest_shipped_edition
from qma_app.services.targets import add_target, lock_targets
from qma_app.services.workspace import Workspace
from tests.ui.journey_house import DEALERSHIP, ENGAGEMENT, START, TODAY, a_dealership_under_way

CUSTOMERS: Final = "C03"
STAFF: Final = "E02"
PROFIT: Final = "P01"
_LAST_RATED: Final = datetime(2026, 11, 17, 10, tzinfo=UTC)
PEOPLE: Final = (
    ("E. Beispiel", "Principal"),
    ("T. Probe", "Quality officer"),
    ("R. Muster", "Head of Service"),
    ("A. Vorlage", "Head of Sales"),
)
_PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
# What, who, made in, due, settled on (minus = broken), what was said about it.
_PROMISES: Final = (
    ("Ten minutes at each opening", "E. Beispiel", date(2026, 3, 2), date(2026, 3, 31), date(2026, 3, 31), ""),
    ("Release the head of Service every Tuesday morning", "E. Beispiel", date(2026, 3, 2), date(2026, 4, 15), date(2026, 4, 14), ""),
    ("Second tablet for the reception", "R. Muster", date(2026, 4, 9), date(2026, 5, 8), date(2026, 5, 20), "Delivered late"),
    ("Training plan for the three new advisors", "R. Muster", date(2026, 5, 11), date(2026, 6, 30), date(2026, 6, 30), ""),
    ("Call two unhappy customers a month", "E. Beispiel", date(2026, 5, 11), date(2026, 7, 31), None, "No time before the summer; agreed anew in August"),
    ("Price list at the reception desk", "R. Muster", date(2026, 6, 9), date(2026, 8, 14), date(2026, 8, 12), ""),
    ("Weekly stand-up in the workshop", "R. Muster", date(2026, 8, 10), date(2026, 9, 11), date(2026, 9, 10), ""),
    ("Figures of complaints by the fifth", "A. Vorlage", date(2026, 8, 10), date(2026, 10, 5), date(2026, 10, 5), ""),
    ("Job descriptions for all process owners", "T. Probe", date(2026, 9, 9), date(2026, 11, 3), None, ""),
    ("Signed holiday cover for the parts counter", "A. Vorlage", date(2026, 10, 9), date(2026, 11, 18), None, ""),
    ("Send the sample of repair orders", "K. Beispiel", date(2026, 11, 9), date(2026, 11, 25), None, ""),
    ("Walk the parts store together before the next visit", "R. Muster", date(2026, 11, 9), date(2026, 12, 4), None, ""),
    ("Budget for two diagnostic testers", "E. Beispiel", date(2026, 11, 9), date(2026, 12, 18), None, ""),
)  # fmt: skip
_BROKEN: Final = {"Call two unhappy customers a month": date(2026, 8, 10)}


def an_agreed_dealership(folder: Path) -> Workspace:
    """Month nine with everything agreed; the workspace is open."""
    workspace = a_dealership_under_way(folder, kpi_groups=newest_shipped_edition().kpi_groups)
    _name_people(workspace)
    _agree(workspace)
    _promise(workspace)
    _look_at_the_principal(workspace)
    _review(workspace)
    _speak_against(workspace)
    return workspace


def _name_people(workspace: Workspace) -> None:
    named: dict[str, PersonId] = {}
    for name, function in PEOPLE:
        made = add_person(workspace, name=name, function=function, dealership_id=DEALERSHIP)
        named[name] = made.made(Person).id
    name_leaders(
        workspace,
        ENGAGEMENT,
        principal_id=named["E. Beispiel"],
        officer_id=named["T. Probe"],
        officer_percent=30,
    )


def _agree(workspace: Workspace) -> None:
    write_charter(
        workspace,
        ENGAGEMENT,
        aim="Customers get their car back on the day and at the price that was agreed, and nobody waits for an answer longer than a day.",
        coach_part="Seventeen visits, an open word at each, and every paper ready before the day.",
    )
    sign_charter(workspace, ENGAGEMENT, on=START, by="E. Beispiel", place="Musterstadt")
    with workspace.reading() as reader:
        charter = charter_of(reader, ENGAGEMENT)
    assert charter is not None
    add_evidence(
        workspace,
        engagement_id=ENGAGEMENT,
        data=_PDF,
        name="Charter signed.pdf",
        charter_id=charter.id,
    )
    for gain, kpi, start, goal in (
        (Gain.CUSTOMERS, CUSTOMERS, "71", "85"),
        (Gain.STAFF, STAFF, "61", "75"),
        (Gain.PROFIT, PROFIT, "0.8", "2.0"),
    ):
        add_target(
            workspace,
            ENGAGEMENT,
            gain=gain,
            kpi=kpi,
            start=Decimal(start),
            goal=Decimal(goal),
            due_on=date(2027, 8, 31),
        )
    lock_targets(workspace, ENGAGEMENT, on=date(2026, 3, 30))
    for kpi, first, step in ((CUSTOMERS, Decimal(71), Decimal("1.5")), (STAFF, Decimal(61), Decimal(2))):
        months = [MonthFigures(month=Month(2026, 3).plus(at), numerator=first + step * at) for at in range(8)]
        write_readings(workspace, ENGAGEMENT, kpi, months)
    leave_out_area(workspace, ENGAGEMENT, AreaId("data"), "The group looks after its computers itself.")


def _promise(workspace: Workspace) -> None:
    visits = _visits(workspace)
    with workspace.reading() as reader:
        charter = charter_of(reader, ENGAGEMENT)
    for what, who, made_on, due_on, settled_on, outcome in _PROMISES:
        changes = make_promise(
            workspace,
            ENGAGEMENT,
            what=what,
            who=who,
            made_on=made_on,
            due_on=due_on,
            is_coachs=who == "K. Beispiel",
            visit_id=visits.get(made_on),
        )
        promise = changes.made(Promise)
        if made_on == START and charter is not None:
            with workspace.writing("promise.changed") as work:
                work.put(replace(work.get(Promise, promise.id), charter_id=charter.id))
        if what in _BROKEN:
            break_promise(workspace, promise.id, on=_BROKEN[what], outcome=outcome)
        elif settled_on is not None:
            keep_promise(workspace, promise.id, on=settled_on, outcome=outcome)


def _visits(workspace: Workspace) -> dict[date, VisitId]:
    with workspace.reading() as reader:
        return {one.held_on: one.id for one in reader.all(Visit, engagement_id=ENGAGEMENT) if one.held_on}


def _look_at_the_principal(workspace: Workspace) -> None:
    for quarter, missed in (
        ("2026-Q1", ()),
        ("2026-Q2", ("calls_customers",)),
        ("2026-Q3", ("calls_customers", "gives_money")),
    ):
        answers: dict[str, Any] = {
            name: name not in missed
            for name in ("attends_opening", "attends_closing", "calls_customers", "gives_time", "gives_money")
        }
        write_sponsor_check(
            workspace, ENGAGEMENT, quarter, on=date(2026, int(quarter[-1]) * 3, 28), **answers
        )


def _review(workspace: Workspace) -> None:
    first = _planned(workspace, date(2026, 6, 30))
    hold_review(
        workspace,
        first,
        on=date(2026, 6, 30),
        led_by="E. Beispiel",
        participants=(
            Participant(name="E. Beispiel", function="Principal"),
            Participant(name="T. Probe", function="Quality officer"),
        ),
        remarks=(
            ReviewRemark(input="context", words="A second brand is talked about for spring."),
            ReviewRemark(input="resources", words="The quality officer gets one day more a month."),
        ),
        conclusion="The programme helps; the reception is where most is still to be had.",
    )
    decided = decide(
        workspace,
        first,
        words="Hire a second tester for the workshop",
        owner="R. Muster",
        due_on=date(2026, 9, 30),
    ).made(Decision)
    decision_to_action(workspace, decided.id)
    decide(
        workspace,
        first,
        words="Meet the parts supplier twice a year",
        owner="A. Vorlage",
        due_on=date(2026, 12, 15),
    )
    _planned(workspace, date(2026, 12, 3))


def _planned(workspace: Workspace, day: date) -> ReviewId:
    return plan_review(workspace, ENGAGEMENT, planned_on=day).made(ManagementReview).id


def _speak_against(workspace: Workspace) -> None:
    """A finding newer than the rating it contradicts, evidence that ran out, and checkpoints nobody looked at."""
    with workspace.writing("rating.rated") as work:
        for one in work.all(Rating):
            if one.checkpoint_id.startswith("customers.") and one.checkpoint_id.endswith((".c4", ".c5")):
                work.put(one.cleared())
            elif one.checkpoint_id == "service.p2.c4" and one.points is not None:
                work.put(one.rated(10, at=_LAST_RATED, by=one.rated_by))
    raised = raise_finding(
        workspace,
        engagement_id=ENGAGEMENT,
        checkpoint_id=CheckpointId("service.p2.c4"),
        grade=FindingGrade.MINOR,
        statement="Two of five invoices were above the price that was agreed.",
        requirement="The price agreed is the price paid",
        evidence="Invoices of the last week",
        grade_reason="",
        seen_on=TODAY - timedelta(days=1),
        due_on=TODAY + timedelta(days=20),
    )
    certificate = add_evidence(
        workspace,
        engagement_id=ENGAGEMENT,
        data=_PDF.replace(b"1.4", b"1.5"),
        name="Brake tester calibration.pdf",
        caption="Calibration of the brake tester",
        finding_id=raised.made(Finding).id,
    )
    with workspace.writing("evidence.described") as work:
        work.put(replace(certificate.made(Evidence), valid_until=date(2026, 10, 31)))
