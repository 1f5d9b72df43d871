"""What plan, gates and journey of a programme rest on: each kind of record read once, when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cached_property

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.applying import Applying, ApplyingProcess, applying_in
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certification import CertificationDecision
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import Premises
from qma_app.domain.edition import Area, Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import ActionId, AreaId, AssessmentId, CheckpointId, EngagementId, ProcessId
from qma_app.domain.levels import area_results
from qma_app.domain.lineage import Lineage, lineage_of
from qma_app.domain.month import Month
from qma_app.domain.phase_spans import audit_phase
from qma_app.domain.plan import GateStatement, PlannedArea, PlannedPhase
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.rating import Rating
from qma_app.domain.rating_marks import LevelRun, Marks, RunningLevels, marks_of
from qma_app.domain.reading import Reading
from qma_app.domain.result import AreaResult, Tally
from qma_app.domain.review import ManagementReview
from qma_app.domain.standing import list_assessments, premises_in
from qma_app.domain.target import Target
from qma_app.domain.upgrade import Upgrade
from qma_app.domain.visit import Visit

_NOTHING = Tally(applicable=0, rated=0, not_applicable=0, not_seen=0, weighted_points=0, weight=0)


class PlanReading:
    """One programme as a reader shows it, looked at on the day `on`; nothing is read that is not asked for."""

    def __init__(self, reader: Reader, engagement_id: EngagementId, *, on: date) -> None:
        self.reader = reader
        self.engagement_id = engagement_id
        self.on = on

    @cached_property
    def engagement(self) -> Engagement:
        return self.reader.get(Engagement, self.engagement_id)

    @cached_property
    def edition(self) -> Edition:
        return self.reader.edition(self.engagement.edition)

    @cached_property
    def applicable(self) -> tuple[CheckpointId, ...]:
        """The checkpoints that apply to the dealership now, in the order of the standard."""
        return applicable_checkpoints(self.edition, self.premises)

    @cached_property
    def applying(self) -> Applying:
        """The same by area and process."""
        return applying_in(self.edition, self.applicable)

    @cached_property
    def phases(self) -> tuple[PlannedPhase, ...]:
        """The planned phases in their order; empty without a plan."""
        return tuple(sorted(self.reader.all(PlannedPhase, engagement_id=self.engagement_id), key=_place))

    @cached_property
    def current(self) -> PlannedPhase | None:
        """The first phase whose gate was not passed; None without a plan, or when all are passed."""
        return next((phase for phase in self.phases if not phase.is_passed), None)

    @cached_property
    def audit_on(self) -> date:
        """The first day of the audit as planned, else the day by which the agreed length is over."""
        phase = audit_phase(self.edition)
        days = [one.starts_on for one in self.phases if phase is not None and one.phase == phase.id]
        return min(days, default=self.engagement.audit_due_on)

    @cached_property
    def planned_areas(self) -> Mapping[AreaId, PlannedArea]:
        """What is planned for each area, left-out ones included."""
        return {one.area_id: one for one in self.reader.all(PlannedArea, engagement_id=self.engagement_id)}

    @cached_property
    def areas(self) -> tuple[Area, ...]:
        """The areas that are worked on: something applies there and they are not left out; in the order of the standard."""
        left_out = {id for id, planned in self.planned_areas.items() if planned.is_left_out}
        worked_on = self.applying.counts.keys() - left_out
        return tuple(area for area in self.edition.areas if area.id in worked_on)

    def is_left_out(self, area_id: AreaId) -> bool:
        """Whether an area was left out of the programme with a reason."""
        planned = self.planned_areas.get(area_id)
        return planned is not None and planned.is_left_out

    def areas_up_to(self, wave: int) -> tuple[Area, ...]:
        """The areas of this wave and of those before it; all areas where waves do not matter (0)."""
        if not wave:
            return self.areas
        waves = {id: planned.wave for id, planned in self.planned_areas.items()}
        return tuple(area for area in self.areas if 0 < waves.get(area.id, 0) <= wave)

    @cached_property
    def checkpoints(self) -> tuple[Checkpoint, ...]:
        """The applicable checkpoints of the areas that are worked on."""
        return tuple(point for process in self.processes for point in process.points)

    @cached_property
    def processes(self) -> tuple[ApplyingProcess, ...]:
        """The processes of the areas that are worked on, with what applies there."""
        areas = {area.id for area in self.areas}
        return tuple(one for one in self.applying.processes if one.area_id in areas)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        return self.reader.all(Finding, engagement_id=self.engagement_id)

    @cached_property
    def open_majors(self) -> tuple[Finding, ...]:
        """Majors that were open on the day, by number."""
        majors = (one for one in self.findings if one.grade is FindingGrade.MAJOR and self._was_open(one))
        return tuple(sorted(majors, key=_number))

    def _was_open(self, finding: Finding) -> bool:
        is_known = finding.seen_on is None or finding.seen_on <= self.on
        return is_known and (finding.closed_on is None or finding.closed_on > self.on)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        return self.reader.all(Action, engagement_id=self.engagement_id)

    @cached_property
    def areas_of_action(self) -> Mapping[ActionId, frozenset[str]]:
        """The areas an open action serves: those of its findings, and that of the checkpoint it was taken from."""
        places = {one.id: one.checkpoint_id for one in self.findings}
        served: dict[ActionId, list[CheckpointId | None]] = {
            one.id: [one.from_checkpoint] for one in self.actions if one.is_open
        }
        for link in self.reader.all(ActionLink, action_id=frozenset(served)) if served else ():
            served[link.action_id].append(places.get(link.finding_id))
        return {
            action_id: frozenset(id.split(".", 1)[0] for id in ids if id) for action_id, ids in served.items()
        }

    @cached_property
    def assessments(self) -> tuple[Assessment, ...]:
        """By number, self-assessments included."""
        return list_assessments(self.reader, self.engagement_id)

    def completed(self, *kinds: AssessmentKind) -> tuple[Assessment, ...]:
        """The assessments of these kinds that were completed on the day or before, by number."""
        return tuple(
            one
            for one in self.assessments
            if one.kind in kinds and one.completed_on is not None and one.completed_on <= self.on
        )

    @cached_property
    def audits(self) -> tuple[Audit, ...]:
        """Those led along their path, by number and revision."""
        return tuple(sorted(self.reader.all(Audit, engagement_id=self.engagement_id), key=_number_of_audit))

    @cached_property
    def decisions(self) -> tuple[CertificationDecision, ...]:
        """What was decided on certificates up to the day, the newest last."""
        taken = self.reader.all(CertificationDecision, engagement_id=self.engagement_id)
        return tuple(sorted((one for one in taken if one.decided_on <= self.on), key=_decided_at))

    @cached_property
    def lineage(self) -> Lineage:
        """The editions the programme went through."""
        if not self.reader.fields(Upgrade, ("id",), engagement_id=self.engagement_id):
            return Lineage(editions=(self.engagement.edition,), upgrades=())
        return lineage_of(self.reader, self.engagement_id)

    @cached_property
    def tallies(self) -> Mapping[AreaId, Tally] | None:
        """The standing of each area in sums, where they are kept."""
        return self.reader.area_tallies(self.engagement_id)

    @cached_property
    def standing(self) -> Mapping[CheckpointId, Rating]:
        return self.reader.standing(self.engagement_id)

    @cached_property
    def marks(self) -> Marks:
        """The decided ratings of each assessment begun up to the day, self-assessments left out, each under the ids of its edition."""
        return marks_of(self.reader, (one for one in self.assessments if one.started_on <= self.on))

    @cached_property
    def run(self) -> tuple[RunningLevels, Mapping[AssessmentId, Fraction | None]]:
        """The levels after all marks, by what applies now, and the overall level after each completed assessment as it was then.

        Then: in the edition of that assessment and by what applied when it was completed, so that neither a new edition nor a department
        won or lost later changes the history.
        """
        run = LevelRun(self.marks, self.lineage)
        overall: dict[AssessmentId, Fraction | None] = {}
        for one in self.assessments:
            if one.id not in self.marks:
                continue
            run.add(one)
            if one.completed_on is not None and one.completed_on <= self.on:
                edition = self.reader.edition(self.lineage.of(one))
                overall[one.id] = run.levels(edition, premises_in(self.reader, one)).overall()
        return run.levels(self.edition, self.premises), overall

    @cached_property
    def premises(self) -> Premises:
        return premises_of(self.reader, self.engagement.dealership_id)

    @cached_property
    def levels(self) -> Mapping[AreaId, AreaResult]:
        """How each area stands in which something applies, areas left out included; without their processes."""
        if self.lineage.upgrades:  # what was carried over is known to the store alone
            results = area_results(self.edition, self.standing, self.applicable)
            return {result.area_id: result for result in results}
        return {area.area_id: area for area in self.run[0].areas()}

    @cached_property
    def unmet_criticals(self) -> tuple[CheckpointId, ...]:
        """The criticals that apply and whose last rating is below the points they need."""
        criticals = [id for id in self.applicable if self.edition.checkpoints[id].is_critical]
        if self.lineage.upgrades:
            standing = self.standing
            points = {id: standing[id].points for id in criticals if id in standing}
        else:
            points = self.run[0].points_of(criticals)
        least = self.edition.rules.critical_points
        return tuple(id for id, one in points.items() if one is not None and one < least)

    @cached_property
    def described(self) -> Mapping[ProcessId, date]:
        """Since when each process has a description; only those that have an owner as well."""
        names = ("process_id", "owner_id", "described_on")
        rows = self.reader.fields(ProcessOwner, names, engagement_id=self.engagement_id)
        return {
            ProcessId(id): described_on
            for id, owner_id, described_on in rows
            if owner_id is not None and described_on is not None
        }

    @cached_property
    def statements(self) -> tuple[GateStatement, ...]:
        """What was stated up to the day, the newest last."""
        said = self.reader.all(GateStatement, engagement_id=self.engagement_id)
        return tuple(sorted((one for one in said if one.said_on <= self.on), key=_said_on))

    @cached_property
    def reviews(self) -> tuple[ManagementReview, ...]:
        return self.reader.all(ManagementReview, engagement_id=self.engagement_id)

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """By day, then by number."""
        return tuple(sorted(self.reader.all(Visit, engagement_id=self.engagement_id), key=_day))

    @cached_property
    def charter(self) -> Charter | None:
        found = self.reader.all(Charter, engagement_id=self.engagement_id)
        return found[0] if found else None

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        return self.reader.all(Target, engagement_id=self.engagement_id)

    @cached_property
    def months_read(self) -> Mapping[str, frozenset[Month]]:
        """The months of which each KPI has figures."""
        found: dict[str, set[Month]] = {}
        for kpi, month in self.reader.fields(Reading, ("kpi", "month"), engagement_id=self.engagement_id):
            found.setdefault(kpi, set()).add(month)
        return {kpi: frozenset(months) for kpi, months in found.items()}


def _place(phase: PlannedPhase) -> tuple[int, date, str]:
    return phase.place, phase.starts_on, phase.id


def _number(finding: Finding) -> int:
    return finding.number


def _number_of_audit(audit: Audit) -> tuple[str, int]:
    return audit.number, audit.revision


def _decided_at(decision: CertificationDecision) -> tuple[datetime, str]:
    return decision.decided_at, decision.id


def _said_on(statement: GateStatement) -> date:
    return statement.said_on


def _day(visit: Visit) -> tuple[date, int]:
    return visit.day, visit.number
