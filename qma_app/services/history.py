"""Taking over what was done before the program was used: assessments known by their points, gates passed, visits held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, CheckpointId, EngagementId, PlannedPhaseId, RatingId, VisitId
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.rating import Rating
from qma_app.domain.record import Changes
from qma_app.domain.standing import premises_in
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.assessments import begun_assessment
from qma_app.services.visit_rules import next_visit_number
from qma_app.services.workspace import Workspace


@dataclass(frozen=True, kw_only=True, slots=True)
class PastVisit:
    """A visit of which only the day and a few words are known."""

    day: date
    areas: tuple[AreaId, ...] = ()
    purpose: str = ""
    summary: str = ""


def take_over_assessment(
    workspace: Workspace,
    engagement_id: EngagementId,
    *,
    kind: AssessmentKind,
    scope: Sequence[AreaId],
    started_on: date,
    completed_on: date,
    points: Mapping[CheckpointId, int],
    summary: str,
) -> Changes:
    """A completed assessment with its points, in one edit; what has none counts as not seen. It is taken back as any completed
    one: reopened with a reason, then discarded.

    RuleBroken for days out of order or ahead, for points off the scale and for checkpoints outside the areas; nothing is written then.
    """
    _check_days(workspace, started_on, completed_on)
    with workspace.writing("history.assessment-taken-over") as work:
        engagement = work.get(Engagement, engagement_id)
        edition = work.edition(engagement.edition)
        assessment = begun_assessment(
            workspace, work, engagement, kind=kind, scope=scope, started_on=started_on
        )
        for id, given in points.items():
            if given not in edition.points or edition.checkpoint(id).area_id not in assessment.scope:
                raise RuleBroken(
                    _("{number} cannot have {points} points here.").format(
                        number=edition.checkpoint(id).number, points=given
                    ),
                    code="history.points",
                    way_out=_("Use the steps of the scale, and checkpoints of the areas."),
                )
        work.put(replace(assessment, summary=summary.strip()))
        for id, given in points.items():
            fresh = Rating(id=RatingId(work.new_id()), assessment_id=assessment.id, checkpoint_id=id)
            work.put(fresh.rated(given, at=work.at, by=work.who))
        stored = work.get(Assessment, assessment.id)
        work.put(stored.completed(at=work.at, on=completed_on, premises=premises_in(work, stored)))
    return work.changes


def take_over_progress(
    workspace: Workspace,
    engagement_id: EngagementId,
    *,
    gates: Mapping[PlannedPhaseId, date],
    reason: str,
    visits: Sequence[PastVisit] = (),
) -> Changes:
    """Gates that were passed on those days without their conditions being looked at, which the reason says, and visits held: one edit."""
    if gates and not reason.strip():
        raise RuleBroken(
            _("Gates that are taken over need a reason."),
            code="history.reason-missing",
            way_out=_("Write where it is kept that they were passed."),
        )
    for day in (*gates.values(), *(one.day for one in visits)):
        _check_days(workspace, day, day)
    with workspace.writing("history.progress-taken-over") as work:
        engagement = work.get(Engagement, engagement_id)
        for phase_id, day in gates.items():
            phase = work.get(PlannedPhase, phase_id)
            work.put(replace(phase, passed_on=day, passed_by=work.who, passed_reason=reason.strip()))
        number = next_visit_number(work, engagement_id)
        for place, one in enumerate(sorted(visits, key=_day)):
            work.put(
                Visit(
                    id=VisitId(work.new_id()),
                    engagement_id=engagement_id,
                    number=number + place,
                    planned_on=one.day,
                    areas=one.areas,
                    purpose=one.purpose.strip(),
                    coach_id=engagement.coach_id,
                    summary=one.summary.strip(),
                    held_on=one.day,
                    closed_at=work.at,
                )
            )
    return work.changes


def _day(visit: PastVisit) -> date:
    return visit.day


def _check_days(workspace: Workspace, first: date, last: date) -> None:
    if last < first:
        raise RuleBroken(
            _("The end on {end} lies before the start on {start}.").format(
                end=day_text(last), start=day_text(first)
            ),
            code="history.days",
            way_out=_("Correct one of the two days."),
        )
    if last > workspace.today():
        raise RuleBroken(
            _("{day} lies ahead: only what has been can be taken over.").format(day=day_text(last)),
            code="history.ahead",
            way_out=_("Choose today or an earlier day."),
        )
