"""Next steps for thirty programmes of 5,000 ratings each, in the middle of the work, as the list of a coach's dealerships asks for them.

    python benchmarks/next_steps.py [ROUNDS]

Counted is all of it: the statements that read the state of each programme, the computing of the gate it stands before, the records made of what is
open, the rules, the words of each step, and the order; with the editions read and the database's pages in the memory of the system, as in a
window that has been open for a minute. Not counted: opening the workspace and painting. Milliseconds are of processor time, as other work on the machine is
none of ours. The rules alone, on states read before, are said beside it.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from measure import median, say

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.charter import Charter
from qma_app.domain.days import month_after
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import (
    ActionId,
    ActionLinkId,
    AssessmentId,
    CharterId,
    CheckpointId,
    EngagementId,
    FindingId,
    PersonId,
    PlannedAreaId,
    PlannedPhaseId,
    ProcessOwnerId,
    PromiseId,
    RatingId,
    ReadingId,
    ReviewId,
    SponsorCheckId,
    TargetId,
    VisitId,
)
from qma_app.domain.month import Month
from qma_app.domain.next_step import steps_of
from qma_app.domain.people import Person
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise, Quarter, SponsorCheck
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.reading import Reading
from qma_app.domain.review import ManagementReview
from qma_app.domain.target import Gain, Target
from qma_app.domain.visit import Signature, Stretch, Visit
from qma_app.services.dealerships import add_dealership
from qma_app.services.next_steps import engagement_state, next_steps
from qma_app.services.workspace import Workspace, create_workspace
from qma_app.storage import driver
from qma_app.storage.rows import row_form
from qma_app.storage.scopes import WritingScope
from qma_app.storage.store import DATABASE

DEALERSHIPS, RATINGS, HOLD = 30, 5_000, 150
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
STROKE = tuple(range(100, 200))


def fill(workspace: Workspace) -> list[EngagementId]:
    """Thirty programmes between month 6 and month 17, most in the improving phase, the last ones before the audit."""
    ids = []
    for number in range(DEALERSHIPS):
        made = add_dealership(
            workspace, name=f"Autohaus {number}", country="DE", city="Musterstadt", staff=40
        )
        engagement = made.made(Engagement)
        with workspace.writing("benchmark.filled") as work:
            _fill_one(work, engagement, number)
        ids.append(engagement.id)
    return ids


def _fill_one(work: WritingScope, engagement: Engagement, number: int) -> None:
    months = 6 + number % 12
    begun = month_after(TODAY, -months)
    person = work.put(
        Person(id=PersonId(work.new_id()), name="Ada Muster", dealership_id=engagement.dealership_id)
    )
    engagement = work.put(
        replace(
            engagement,
            started_on=begun,
            months=18,
            officer_id=person.id,
            officer_percent=20,
            targets_locked_on=begun,
            plan_accepted_on=begun,
        )
    )
    edition = work.edition(engagement.edition)
    _fill_plan(work, engagement, edition, months)
    _fill_work(work, engagement, edition)
    _fill_figures(work, engagement, edition, person)
    _fill_visits(work, engagement, months)


def _fill_plan(work: WritingScope, engagement: Engagement, edition: Edition, months: int) -> None:
    begun = engagement.started_on
    work.put(
        Charter(id=CharterId(work.new_id()), engagement_id=engagement.id, aim="Fewer waits", signed_on=begun)
    )
    for place, phase in enumerate(edition.phases):
        first, last = month_after(begun, place * 3), month_after(begun, place * 3 + 3)
        work.put(
            PlannedPhase(
                id=PlannedPhaseId(work.new_id()),
                engagement_id=engagement.id,
                phase=phase.id,
                place=place,
                wave=1 if phase.id == "improve" else 0,
                starts_on=first,
                ends_on=last,
                passed_on=last if place < (4 if months > 12 else 3) else None,
            )
        )
    for place, area in enumerate(edition.areas):
        first = month_after(begun, place)
        work.put(
            PlannedArea(
                id=PlannedAreaId(work.new_id()),
                engagement_id=engagement.id,
                area_id=area.id,
                wave=1 + place // 7,
                place=place,
                starts_on=first,
                ends_on=month_after(first, 3),
            )
        )


def _fill_work(work: WritingScope, engagement: Engagement, edition: Edition) -> None:
    points = list(edition.checkpoints)
    for number in range(1, 61):
        finding = work.put(
            Finding(
                id=FindingId(work.new_id()),
                engagement_id=engagement.id,
                number=number,
                grade=FindingGrade.MAJOR if number % 12 == 0 else FindingGrade.MINOR,
                statement="The price is not on the order before the customer signs it at the desk.",
                checkpoint_id=points[number * 7 % len(points)],
                owner="A. Muster" if number % 3 else "",
                seen_on=TODAY - timedelta(days=number * 5),
                due_on=TODAY + timedelta(days=40 - number) if number % 4 else None,
                closed_on=TODAY if number % 3 else None,
            )
        )
        due = TODAY + timedelta(days=60 - number * 3)
        action = work.put(
            Action(
                id=ActionId(work.new_id()),
                engagement_id=engagement.id,
                number=number,
                what="Write the price on the order and let the customer sign beside it",
                owner="A. Muster",
                due_on=due,
                done_on=due if number % 2 and due < TODAY else None,
                effective_on=TODAY if number % 3 else None,
            )
        )
        work.put(ActionLink(id=ActionLinkId(work.new_id()), action_id=action.id, finding_id=finding.id))


def _fill_figures(work: WritingScope, engagement: Engagement, edition: Edition, person: Person) -> None:
    codes = list(edition.kpis)[:40]
    for gain, code in zip(Gain, codes, strict=False):
        work.put(
            Target(
                id=TargetId(work.new_id()), engagement_id=engagement.id, gain=gain, kpi=code, goal=Decimal(80)
            )
        )
    for code in codes:
        for back in range(1 if code != codes[3] else 2, 25):
            work.put(
                Reading(
                    id=ReadingId(work.new_id()),
                    engagement_id=engagement.id,
                    kpi=code,
                    month=Month.of(TODAY).plus(-back),
                    numerator=Decimal(back),
                )
            )
    for id in edition.processes:
        work.put(
            ProcessOwner(
                id=ProcessOwnerId(work.new_id()),
                engagement_id=engagement.id,
                process_id=id,
                owner_id=person.id,
                described_on=engagement.started_on,
            )
        )


def _fill_visits(work: WritingScope, engagement: Engagement, months: int) -> None:
    for number in range(1, months + 2):
        day = month_after(engagement.started_on, number)
        is_over = day < TODAY
        signed = Signature(name="A. Muster", function="principal", strokes=(STROKE,) * 6, signed_at=NOW)
        work.put(
            Visit(
                id=VisitId(work.new_id()),
                engagement_id=engagement.id,
                number=number,
                planned_on=day,
                held_on=day if is_over else None,
                closed_at=NOW if is_over else None,
                clock=(Stretch(begun=NOW, ended=NOW),) if is_over else (),
                signatures=(signed, signed) if is_over and number % 5 else (),
            )
        )
        work.put(
            Promise(
                id=PromiseId(work.new_id()),
                engagement_id=engagement.id,
                number=number,
                what="Attend the closing of each visit",
                who="A. Muster",
                due_on=day,
                kept_on=day if is_over and number % 4 else None,
            )
        )
    for back in range(1, 5):
        quarter = str(Quarter.of(TODAY).plus(-back))
        work.put(
            SponsorCheck(
                id=SponsorCheckId(work.new_id()),
                engagement_id=engagement.id,
                quarter=quarter,
                checked_on=TODAY,
            )
        )
    work.put(
        ManagementReview(
            id=ReviewId(work.new_id()),
            engagement_id=engagement.id,
            number=1,
            held_on=TODAY - timedelta(days=70),
        )
    )


def rate(workspace: Workspace, ids: list[EngagementId]) -> int:
    """Assessments one after the other until there are 5,000 ratings, the last one left open; written past the log, which nothing here reads."""
    form, count = row_form(Rating), 0
    for engagement_id in ids:
        with workspace.reading() as reader:
            engagement = reader.get(Engagement, engagement_id)
            edition = reader.edition(engagement.edition)
        points = list(edition.checkpoints)
        rows: list[list[object]] = []
        for number in range(1, RATINGS // len(points) + 2):
            chosen = points[: RATINGS - (number - 1) * len(points)]
            day = month_after(engagement.started_on, number - 1)
            is_whole = len(chosen) == len(points)
            with workspace.writing("benchmark.assessed") as work:
                assessment = work.put(
                    Assessment(
                        id=AssessmentId(work.new_id()),
                        engagement_id=engagement_id,
                        number=number,
                        kind=AssessmentKind.PROGRESS if number > 1 else AssessmentKind.BASELINE,
                        started_on=min(day, TODAY),
                        scope=tuple(area.id for area in edition.areas),
                        completed_at=NOW if is_whole else None,
                        completed_on=min(day, TODAY) if is_whole else None,
                    )
                )
                rows += [list(form.values(one)) for one in _ratings(work, assessment, chosen)]
        count += len(rows)
        _write(workspace, form.insert, rows)
    return count


def _ratings(work: WritingScope, assessment: Assessment, points: list[CheckpointId]) -> Iterator[Rating]:
    for place, id in enumerate(points):
        yield Rating(
            id=RatingId(work.new_id()),
            assessment_id=assessment.id,
            checkpoint_id=id,
            outcome=Outcome.RATED,
            points=(10, 8, 8, 6, 10)[place % 5],
            note="Seen at the desk with the advisor" if place % 3 == 0 else "",
            rated_at=NOW,
            version=1,
        )


def _write(workspace: Workspace, statement: str, rows: list[list[object]]) -> None:
    connection = driver.connect(workspace.folder / DATABASE, workspace.keys.database, must_exist=True)
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(statement, rows)
        connection.execute("COMMIT")
    finally:
        connection.close()


def main() -> int:
    """Measure and say; 1 when it is not held."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with (
        tempfile.TemporaryDirectory() as folder,
        create_workspace(Path(folder) / "w", clock=_clock) as workspace,
    ):
        ids = fill(workspace)
        count = rate(workspace, ids)
        with workspace.reading() as reader:
            found = [next_steps(reader, id, on=TODAY) for id in ids]
        print(f"{len(ids)} programmes, {count} ratings, {sum(map(len, found))} steps", flush=True)
        whole, reading, rules = [], [], []
        gc.collect()
        gc.disable()
        for _round in range(rounds):
            start = time.process_time()
            with workspace.reading() as reader:
                for id in ids:
                    next_steps(reader, id, on=TODAY)
            whole.append(time.process_time() - start)
            start = time.process_time()
            with workspace.reading() as reader:
                states = [engagement_state(reader, id, on=TODAY) for id in ids]
            reading.append(time.process_time() - start)
            start = time.process_time()
            for state in states:
                steps_of(state)
            rules.append(time.process_time() - start)
        print(f"of it: reading {median(reading) * 1000:.0f} ms, rules {median(rules) * 1000:.1f} ms")
        is_held = say(
            f"next steps of {DEALERSHIPS} programmes, {RATINGS} ratings each",
            median(whole) * 1000,
            HOLD,
            unit="ms",
        )
    return 0 if is_held else 1


def _clock() -> datetime:
    return NOW


if __name__ == "__main__":
    raise SystemExit(main())
