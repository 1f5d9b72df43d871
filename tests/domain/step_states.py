"""A programme in which nothing wants to be done, to be changed by one thing a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.charter import Charter
from qma_app.domain.edition import Direction, GateCondition, KpiDefinition, KpiGroup, Phase
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import (
    AreaId,
    CharterId,
    PlannedAreaId,
    PlannedPhaseId,
    PromiseId,
    ReviewId,
    SponsorCheckId,
    VisitId,
)
from qma_app.domain.next_step import CurrentGate, EngagementState, GateCheck
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.promise import Promise, SponsorCheck
from qma_app.domain.review import ManagementReview
from qma_app.domain.visit import Visit
from tests.builders import (
    TODAY,
    a_person,
    a_qualification,
    a_text,
    an_assessment,
    an_edition,
    an_engagement,
    an_id,
)

SERVICE, PARTS = AreaId("service"), AreaId("parts")


def days(count: int) -> date:
    """So many days after today."""
    return TODAY + timedelta(days=count)


def a_kpi(code: str, title: str) -> KpiDefinition:
    return KpiDefinition(
        code=code,
        title=a_text(title),
        purpose=a_text("How it goes"),
        numerator=a_text("Cases"),
        calculation="ratio",
        unit="percent",
        direction=Direction.HIGHER,
        rhythm="monthly",
        area=SERVICE,
    )


EDITION = an_edition(
    phases=(
        Phase(
            id="commitment",
            title=a_text("Commitment"),
            gate=tuple(
                GateCondition(id=check, check=check, title=a_text(check))
                for check in ("charter-signed", "targets-locked", "quality-officer-named")
            ),
        ),
        Phase(
            id="plan",
            title=a_text("Plan"),
            gate=(
                GateCondition(
                    id="owners", check="process-owners-named", title=a_text("Every process has an owner.")
                ),
                GateCondition(id="accepted", check="plan-accepted", title=a_text("The plan is accepted.")),
            ),
        ),
        Phase(id="improve", title=a_text("Improve")),
    ),
    kpi_groups=(
        KpiGroup(
            perspective="customers",
            title=a_text("Customers"),
            kpis=(a_kpi("C01", "First-time fix"), a_kpi("C02", "Stock turn"), a_kpi("C03", "Absorption")),
        ),
    ),
)
ENGAGEMENT: Engagement = an_engagement(
    edition=EDITION.hash,
    started_on=days(-200),
    officer_id=a_person("Olga Officer").id,
    officer_percent=20,
    targets_locked_on=days(-190),
    plan_accepted_on=days(-100),
)


def a_phase(phase: str, place: int, first: int, last: int, **changes: Any) -> PlannedPhase:
    planned = PlannedPhase(
        id=PlannedPhaseId(f"phase-{phase}"),
        engagement_id=ENGAGEMENT.id,
        phase=phase,
        place=place,
        starts_on=days(first),
        ends_on=days(last),
    )
    return replace(planned, **changes)


PHASES = (
    a_phase("commitment", 0, -200, -170, passed_on=days(-170)),
    a_phase("plan", 1, -169, -100, passed_on=days(-100)),
    a_phase("improve", 2, -99, 100),
)


def a_gate(*checks: GateCheck, **changes: Any) -> CurrentGate:
    """The gate of the running phase; one condition is open unless others are given."""
    waiting = GateCheck(check="wave-level", title="Every area stands at 75.", holds=False)
    gate = CurrentGate(phase=PHASES[2], title="Improve", checks=checks or (waiting,))
    return replace(gate, **changes)


def a_visit(number: int = 9, day: int = 20, **changes: Any) -> Visit:
    visit = Visit(
        id=VisitId(f"visit-{number}"), engagement_id=ENGAGEMENT.id, number=number, planned_on=days(day)
    )
    return replace(visit, **changes)


def a_promise(number: int = 1, due: int | None = 3, **changes: Any) -> Promise:
    promise = Promise(
        id=PromiseId(f"promise-{number}"),
        engagement_id=ENGAGEMENT.id,
        number=number,
        what="Hold the weekly round",
        who="P. Sommer",
        due_on=None if due is None else days(due),
    )
    return replace(promise, **changes)


def a_sponsor_check(quarter: str = "2026-Q4", **changes: Any) -> SponsorCheck:
    check = SponsorCheck(
        id=SponsorCheckId(an_id(quarter)), engagement_id=ENGAGEMENT.id, quarter=quarter, checked_on=TODAY
    )
    return replace(check, **changes)


def a_review(number: int = 1, **changes: Any) -> ManagementReview:
    return replace(
        ManagementReview(id=ReviewId(f"review-{number}"), engagement_id=ENGAGEMENT.id, number=number),
        **changes,
    )


def a_state(**changes: Any) -> EngagementState:
    """Everything agreed, signed, planned, rated and entered."""
    coach = a_person()
    state = EngagementState(
        on=TODAY,
        engagement=ENGAGEMENT,
        edition=EDITION,
        coach=coach,
        certificates=(a_qualification(person=coach, valid_until=days(400)),),
        charter=Charter(
            id=CharterId("charter"), engagement_id=ENGAGEMENT.id, aim="Fewer waits", signed_on=days(-195)
        ),
        phases=PHASES,
        gate=a_gate(),
        planned_areas=tuple(
            PlannedArea(
                id=PlannedAreaId(f"area-{id}"),
                engagement_id=ENGAGEMENT.id,
                area_id=id,
                wave=1,
                starts_on=days(first),
                ends_on=days(last),
            )
            for id, first, last in ((SERVICE, -20, 40), (PARTS, 41, 90))
        ),
        applicable={SERVICE: 5, PARTS: 2},
        processes=tuple(EDITION.processes),
        owned=frozenset(EDITION.processes),
        completed=(
            an_assessment(1, kind=AssessmentKind.BASELINE, started_on=days(-160), completed_on=days(-150)),
            an_assessment(2, kind=AssessmentKind.PROGRESS, started_on=days(-40), completed_on=days(-30)),
        ),
        ahead=(a_visit(),),
        last_visit_on=days(-10),
        sponsor_checks=(a_sponsor_check(),),
        reviews=(a_review(held_on=days(-30)),),
    )
    return replace(state, **changes)


def engaged(**changes: Any) -> EngagementState:
    """The settled state with its engagement changed."""
    return a_state(engagement=replace(ENGAGEMENT, **changes))
