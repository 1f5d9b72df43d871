"""An invented dealership nine months into its programme, with four assessments and twelve findings, for tests of pages.

Its fixtures are in `tests/ui/showroom_fixtures.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.edition import Area, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import (
    AssessmentId,
    CheckpointId,
    DealershipId,
    EngagementId,
    FindingId,
    PersonId,
    RatingId,
    SiteId,
)
from qma_app.domain.people import Person, Role
from qma_app.domain.rating import Rating
from qma_app.domain.verification import Effect
from qma_app.services.assessments import complete_assessment, start_assessment
from qma_app.services.findings import close_finding, raise_finding
from qma_app.services.verifying import Target, verify_by_look
from qma_app.services.working import start_working
from qma_app.services.workspace import Workspace, create_workspace
from tests.builders import a_checkpoint, a_process, a_text, an_area, an_edition, an_id

TODAY: Final = date(2026, 11, 21)
DEALERSHIP: Final = DealershipId(an_id("showroom"))
ENGAGEMENT: Final = EngagementId(an_id("showroom programme"))
OWNERS: Final = ("R. Muster", "E. Beispiel", "T. Probe", "A. Vorlage")

# Area, code, two processes, and its levels in baseline, third, sixth and ninth month (None = not rated there).
AREAS: Final = (
    ("management", "MGT", "Management", "Targets and review", "Meetings", (48, 61, 72, 79)),
    ("new-cars", "NCS", "New cars", "Enquiry and first contact", "Test drive", (55, 63, 78, 84)),
    ("used-cars", "UCS", "Used cars", "Appraisal", "Reconditioning", (41, 49, 62, 71)),
    (
        "service",
        "SRV",
        "Service",
        "Vehicle reception with the customer",
        "Repair order and price agreement",
        (36, 52, 69, 81),
    ),
    (
        "parts",
        "PRT",
        "Parts and accessories",
        "Stock accuracy",
        "Picking for booked jobs",
        (59, 64, 74, None),
    ),
    ("finance", "FNI", "Finance and insurance", "Needs and advice", "Contract file", (62, 68, 75, 80)),
    ("marketing", "MKT", "Marketing", "Yearly plan", "Campaigns", (51, 58, 66, 70)),
    ("customers", "CXM", "Customer relations", "Feedback after the visit", "Complaints", (29, 44, 68, 83)),
    ("people", "HRM", "Staff", "Onboarding", "Training plan", (44, 55, 61, 69)),
    ("accounting", "ACC", "Accounting", "Receivables", "Monthly close", (72, 79, 86, 91)),
    ("data", "ITD", "IT and data protection", "Backup and restore", "Access rights", (57, 60, 66, None)),
)
WHAT: Final = (
    "The promised time stands on the signed order and is kept",
    "Every customer is called before the promised time when it cannot be kept",
    "The responsible person is named, with a deputy for days off",
    "The record of the last month is complete and was looked at",
    "Figures are compared with the target and somebody acts on a miss",
    "New staff are shown how it is done before they do it alone",
)

M, N, IMPROVEMENT, G = (
    FindingGrade.MAJOR,
    FindingGrade.MINOR,
    FindingGrade.IMPROVEMENT,
    FindingGrade.GOOD_PRACTICE,
)
# Grade, statement, checkpoint, owner, days until due (negative = overdue, None = none), closed after so many days.
FINDINGS: Final = (
    (M, "Restore of the backup was never tested", "data.p1.c1", 3, 19, None),
    (N, "Receivables over 60 days without a reminder", "accounting.p1.c2", 2, None, 34),
    (N, "Stock differences above 0.5% in two bins", "parts.p1.c1", 0, 9, None),
    (G, "Parts trolley for each job, prepared the day before", "parts.p2.c1", 0, None, None),
    (N, "Onboarding plan missing for three new advisors", "people.p1.c1", 1, -2, None),
    (M, "Two torque wrenches past their calibration date", "service.p2.c3", 0, -6, None),
    (IMPROVEMENT, "Follow-up of the test drive could start the same day", "new-cars.p2.c2", 2, 24, None),
    (N, "Appraisal sheets without an estimate of reconditioning", "used-cars.p1.c2", 1, 9, None),
    (M, "Customers with a low score are not called within 24 hours", "customers.p1.c1", 1, 7, None),
    (N, "Campaign budget has no owner", "marketing.p2.c1", 3, None, 20),
    (N, "Old order form still in use at the second desk", "service.p1.c2", 0, 13, None),
    (N, "Completion time missing on signed orders", "service.p1.c1", 0, 13, None),
)


def the_standard() -> Edition:
    """Eleven areas with two processes of six checkpoints; the first of each process is critical."""
    return an_edition(areas=[_area(place) for place in range(len(AREAS))])


def a_visited_dealership(folder: Path) -> Workspace:
    """A workspace in a new folder, open and ready for the ninth month's visit."""
    ids = count()
    workspace = create_workspace(folder, clock=ticking(14), new_id=lambda: an_id(f"showroom {next(ids)}"))
    edition = the_standard()
    _take_over(workspace, edition)
    start_working(
        workspace, role=Role.COACH, name="K. Beispiel", number="C-017", valid_until=date(2027, 6, 30)
    )
    for place, (kind, begun) in enumerate(
        (
            (AssessmentKind.BASELINE, date(2026, 3, 9)),
            (AssessmentKind.PROGRESS, date(2026, 5, 18)),
            (AssessmentKind.PROGRESS, date(2026, 8, 17)),
        )
    ):
        _assess(workspace, edition, place, kind, begun)
        complete_assessment(workspace, _newest(workspace), on=begun + timedelta(days=2))
    _assess(workspace, edition, 3, AssessmentKind.PROGRESS, date(2026, 11, 20))
    for finding in FINDINGS:
        _raise(workspace, edition, *finding)
    return workspace


def ticking(hour: int) -> Callable[[], datetime]:
    """A clock of the day of the visit, a millisecond further at each look."""
    ticks, start = count(), datetime(2026, 11, 21, hour, 2, 7, tzinfo=UTC)
    return lambda: start + timedelta(milliseconds=next(ticks))


def _area(place: int) -> Area:
    id, code, title, first, second, _levels = AREAS[place]
    processes = []
    for number, name in enumerate((first, second), 1):
        points = [
            a_checkpoint(
                f"{id}.p{number}.c{row}",
                number=f"{code}-{number:02d}.{row}",
                weight=3 if row == 1 else 1 + row % 2,
                critical=row == 1,
                sample=10 if row == 2 else None,
                statement=a_text(f"{WHAT[row - 1]} ({name.lower()})."),
                failure=a_text(f"{name}: not done in {row} of 10 cases."),
            )
            for row in range(1, 7)
        ]
        processes.append(
            a_process(f"{id}.p{number}", points, number=f"{code}-{number:02d}", title=a_text(name))
        )
    return an_area(id, processes, code=code, title=a_text(title))


def _take_over(workspace: Workspace, edition: Edition) -> None:
    with workspace.writing("dealership.added") as work:
        work.put_edition(edition)
        work.put(
            Dealership(
                id=DEALERSHIP, name="Autohaus Beispiel", code="DE-BEISPI", country="DE", city="Musterstadt"
            )
        )
        work.put(
            Site(
                id=SiteId(an_id("showroom site")),
                dealership_id=DEALERSHIP,
                name="Musterstadt",
                features=("service",),
                staff=48,
            )
        )
        work.put(
            Engagement(
                id=ENGAGEMENT, dealership_id=DEALERSHIP, edition=edition.hash, started_on=date(2026, 3, 2)
            )
        )
        for name in OWNERS:
            work.put(
                Person(
                    id=PersonId(an_id(name)),
                    name=name,
                    dealership_id=DEALERSHIP,
                    function="Head of department",
                )
            )


def _assess(workspace: Workspace, edition: Edition, place: int, kind: AssessmentKind, begun: date) -> None:
    start_assessment(workspace, engagement_id=ENGAGEMENT, kind=kind, started_on=begun)
    assessment_id = _newest(workspace)
    with workspace.writing("rating.rated") as work:
        for number, (id, *_names, levels) in enumerate(AREAS):
            area, level = edition.areas[number], levels[place]
            for row, checkpoint in enumerate(area.checkpoints()):
                if level is None and row >= 3:
                    continue
                points = _points(70 if level is None else level, row)
                rating = Rating(
                    id=RatingId(work.new_id()), assessment_id=assessment_id, checkpoint_id=checkpoint.id
                ).rated(points, at=work.at + timedelta(seconds=row + 20 * number), by=work.who)
                work.put(replace(rating, note=f"Seen at the desk: {id}." if row == 0 else ""))


def _points(level: int, row: int) -> int:
    """Steps of the scale whose mean over an area is near the level."""
    wanted = level / 10 + (-1.2, 0.9, 0.4, -0.8, 1.1, -0.2)[row % 6]
    return min((0, 4, 6, 8, 10), key=lambda step: abs(step - wanted))


def _newest(workspace: Workspace) -> AssessmentId:
    with workspace.reading() as reader:
        return max(reader.all(Assessment), key=lambda a: a.number).id


def _raise(
    workspace: Workspace,
    edition: Edition,
    grade: FindingGrade,
    statement: str,
    checkpoint: str,
    owner: int,
    due: int | None,
    closed: int | None,
) -> None:
    point = edition.checkpoint(CheckpointId(checkpoint))
    seen = date(2026, 10, 2)
    changes = raise_finding(
        workspace,
        engagement_id=ENGAGEMENT,
        assessment_id=_newest(workspace),
        checkpoint_id=point.id,
        grade=grade,
        statement=statement,
        requirement=f"{point.number} {point.statement}",
        evidence="12 cases looked at in September: 5 in time, 4 late, 3 never.",
        grade_reason="Safety of the customer" if grade is M else "",
        seen_on=seen,
        place="Service desk",
        owner=OWNERS[owner],
        due_on=None if due is None else TODAY + timedelta(days=due),
    )
    if closed is not None:
        finding_id, day, note = (
            changes.made(Finding).id,
            seen + timedelta(days=closed),
            "Seen again, in order.",
        )
        verify_by_look(
            workspace,
            Target(finding_id=finding_id),
            points=None,
            effect=Effect.EFFECTIVE,
            words=note,
            on=day,
        )
        close_finding(workspace, finding_id, note=note, on=day)


def finding_ids(workspace: Workspace) -> Sequence[FindingId]:
    """The findings by number."""
    with workspace.reading() as reader:
        return [finding.id for finding in sorted(reader.all(Finding), key=lambda finding: finding.number)]
