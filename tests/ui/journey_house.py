"""An invented dealership in month nine of eighteen: a plan, nine visits, four assessments, gates passed, for tests of the Journey."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.edition import KpiGroup
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AssessmentId, CheckpointId, DealershipId, EngagementId, RatingId, SiteId
from qma_app.domain.people import Role
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.rating import Rating
from qma_app.domain.visit import Stretch, Visit
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.closing_times import add_closing_time
from qma_app.services.findings import raise_finding
from qma_app.services.gates import pass_gate
from qma_app.services.planning import PlanProposal, make_plan, propose_plan
from qma_app.services.standards import newest_shipped_edition
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import an_edition, an_id
from tests.ui.showroom import AREAS, the_standard

TODAY: Final = date(2026, 11, 21)
START: Final = date(2026, 3, 2)
DEALERSHIP: Final = DealershipId(an_id("journey"))
ENGAGEMENT: Final = EngagementId(an_id("journey programme"))
_PASSED: Final = (
    ("commitment", date(2026, 4, 2), "The charter is signed on paper, targets follow next week."),
    ("baseline", date(2026, 5, 8), "Two areas are still to be walked through."),
    ("plan", date(2026, 6, 12), "Owners of two processes are named after the holidays."),
    ("improve", date(2026, 9, 25), "Records are collected for six weeks so far."),
)
_ASSESSED: Final = (
    (AssessmentKind.BASELINE, date(2026, 3, 24)),
    (AssessmentKind.PROGRESS, date(2026, 6, 16)),
    (AssessmentKind.PROGRESS, date(2026, 8, 25)),
    (AssessmentKind.PROGRESS, date(2026, 11, 17)),
)


class Clock:
    """A clock that is put on: a millisecond further at each look."""

    def __init__(self, day: date) -> None:
        self._ticks = count()
        self.put(day)

    def put(self, day: date) -> None:
        """Go on on another day."""
        self._now = datetime(day.year, day.month, day.day, 14, 2, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self._now + timedelta(milliseconds=next(self._ticks))


def clock_of_today() -> Callable[[], datetime]:
    """The clock of the day the tests are about."""
    return Clock(TODAY)


def a_dealership_begun(
    folder: Path, clock: Clock | None = None, *, kpi_groups: tuple[KpiGroup, ...] = ()
) -> Workspace:
    """The same dealership on its first day: no plan, nothing rated; its standard has the KPIs given."""
    ids = count()
    clock = clock or Clock(START)
    workspace = create_workspace(folder, clock=clock, new_id=lambda: an_id(f"journey {next(ids)}"))
    edition = an_edition(
        areas=the_standard().areas, phases=newest_shipped_edition().phases, kpi_groups=kpi_groups
    )
    with workspace.writing("dealership.added") as work:
        work.put_edition(edition)
        work.put(
            Dealership(
                id=DEALERSHIP,
                name="Autohaus Beispiel",
                code="DE-BEISPI",
                country="DE",
                region="BY",
                city="Musterstadt",
            )
        )
        work.put(
            Site(
                id=SiteId(an_id("journey site")),
                dealership_id=DEALERSHIP,
                name="Musterstadt",
                features=("service",),
                staff=48,
            )
        )
        work.put(Engagement(id=ENGAGEMENT, dealership_id=DEALERSHIP, edition=edition.hash, started_on=START))
    start_working(
        workspace, role=Role.COACH, name="K. Beispiel", number="C-017", valid_until=date(2027, 6, 30)
    )
    return workspace


def a_dealership_under_way(folder: Path, *, kpi_groups: tuple[KpiGroup, ...] = ()) -> Workspace:
    """Month nine: wave 2 runs, Staff is late, one visit was missed."""
    clock = Clock(START)
    workspace = a_dealership_begun(folder, clock, kpi_groups=kpi_groups)
    _assess(workspace, 0, clock)
    make_plan(workspace, ENGAGEMENT, _proposal(workspace))
    for place in range(1, len(_ASSESSED)):
        _assess(workspace, place, clock)
    clock.put(TODAY)
    _hold_visits(workspace)
    _pass_gates(workspace)
    _raise_findings(workspace)
    add_closing_time(
        workspace, DEALERSHIP, first_on=date(2026, 12, 24), last_on=date(2027, 1, 6), words="Works holiday"
    )
    return workspace


def _proposal(workspace: Workspace) -> PlanProposal:
    with workspace.reading() as reader:
        return propose_plan(reader, ENGAGEMENT, waves=3, on=workspace.today())


def _assess(workspace: Workspace, place: int, clock: Clock) -> None:
    kind, begun = _ASSESSED[place]
    clock.put(begun)
    start_assessment(workspace, engagement_id=ENGAGEMENT, kind=kind, started_on=begun)
    newest = _newest(workspace)
    with workspace.writing("rating.rated") as work:
        edition = work.edition(work.get(Engagement, ENGAGEMENT).edition)
        for area, (_id, *_names, levels) in zip(edition.areas, AREAS, strict=True):
            for row, point in enumerate(area.checkpoints()):
                rating = Rating(id=RatingId(work.new_id()), assessment_id=newest, checkpoint_id=point.id)
                work.put(rating.rated(_points(levels[place] or 74, row), at=work.at, by=work.who))
    clock.put(begun + timedelta(days=2))
    complete_assessment(workspace, newest, on=begun + timedelta(days=2))
    clock.put(begun)


def _points(level: int, row: int) -> int:
    wanted = level / 10 + (-1.2, 0.9, 0.4, -0.8, 1.1, -0.2)[row % 6]
    return min((0, 4, 6, 8, 10), key=lambda step: abs(step - wanted))


def _newest(workspace: Workspace) -> AssessmentId:
    with workspace.reading() as reader:
        return max(reader.all(Assessment), key=lambda one: one.number).id


def _hold_visits(workspace: Workspace) -> None:
    """Those up to yesterday but the fourth; the ninth is today's."""
    with workspace.writing("visit.closed") as work:
        for visit in work.all(Visit, engagement_id=ENGAGEMENT):
            begun = datetime(
                visit.planned_on.year, visit.planned_on.month, visit.planned_on.day, 8, 30, tzinfo=UTC
            )
            if visit.planned_on < TODAY and visit.number != 4:
                clock = (Stretch(begun=begun, ended=begun + timedelta(hours=7)),)
                held = replace(
                    visit, clock=clock, held_on=visit.planned_on, closed_at=begun + timedelta(hours=8)
                )
                work.put(held)
            elif visit.number == 9:
                work.put(replace(visit, planned_on=TODAY, purpose="Service and Parts"))


def _pass_gates(workspace: Workspace) -> None:
    with workspace.reading() as reader:
        phases = sorted(reader.all(PlannedPhase, engagement_id=ENGAGEMENT), key=lambda one: one.place)
    for phase, (name, day, reason) in zip(phases, _PASSED, strict=False):
        assert phase.phase == name
        pass_gate(workspace, phase.id, on=day, reason=reason)


def _raise_findings(workspace: Workspace) -> None:
    for checkpoint, grade, days, due_in in (
        ("people.p1.c1", FindingGrade.MAJOR, 70, -4),
        ("service.p1.c2", FindingGrade.MINOR, 20, 9),
    ):
        raise_finding(
            workspace,
            engagement_id=ENGAGEMENT,
            assessment_id=_newest(workspace),
            checkpoint_id=CheckpointId(checkpoint),
            grade=grade,
            statement="Three new advisors work without an onboarding plan.",
            requirement="A plan for each",
            evidence="Three of four files",
            grade_reason="Customers are advised wrongly" if grade is FindingGrade.MAJOR else "",
            seen_on=TODAY - timedelta(days=days),
            due_on=TODAY + timedelta(days=due_in),
        )
