"""Reads one assessment with all it rests on, through the same functions the screen uses, so that both show the same figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time

from qma_app.domain.applicability import applicable_checkpoints
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.audit_reading import revisions
from qma_app.domain.cause_rules import CauseTree
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.finding_reading import actions_of_finding, causes_of_finding
from qma_app.domain.finding_state import agreed_actions
from qma_app.domain.highlights import gaps, strengths
from qma_app.domain.history import assessment_label, earlier_ratings
from qma_app.domain.ids import AreaId, AssessmentId, CheckpointId, PersonId
from qma_app.domain.intervals import exact_interval
from qma_app.domain.levels import outcome_of
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.ports import Reader
from qma_app.domain.rating import Outcome, Rating
from qma_app.domain.result import AreaResult
from qma_app.domain.scoring import area_results, is_in_scope, overall_of, score
from qma_app.domain.standing import (
    edition_of_assessment,
    findings_behind,
    list_assessments,
    place_of_finding,
    premises_in,
)
from qma_app.reports.auditing.reading import AuditRecords
from qma_app.reports.auditing.report_reading import read_audit_part
from qma_app.reports.evidence_register import Files, files_behind
from qma_app.reports.paper import (
    AreaPart,
    AssessmentPaper,
    CheckpointLine,
    FindingPart,
    FindingPlace,
    PastLevel,
    ProcessPart,
    ReopeningLine,
    TrendStep,
)
from qma_app.reports.self_gaps import self_gaps_beside


def collect_assessment(
    reader: Reader,
    assessment_id: AssessmentId,
    *,
    on: date,
    areas: tuple[AreaId, ...] | None = None,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> AssessmentPaper:
    """Everything a report of this assessment shows; only what is overdue in an open one depends on the day `on`.

    `areas` makes it an extract: as if the assessment had been about these areas alone, without the summary, which speaks of the whole house.
    """
    return _Collector(reader, assessment_id, on, areas).paper(is_sample=is_sample, step=step)


class _Collector:
    """The records of one assessment, read once."""

    def __init__(
        self, reader: Reader, assessment_id: AssessmentId, on: date, areas: tuple[AreaId, ...] | None
    ) -> None:
        self.reader = reader
        whole = reader.get(Assessment, assessment_id)
        self.guided = _records_of(reader, whole, on)
        self.own_assessments = frozenset({whole.id})
        self.judged_on = whole.completed_on or on
        self.is_extract = areas is not None and set(areas) != set(whole.scope)
        self.assessment = replace(whole, scope=areas, summary="") if areas and self.is_extract else whole
        self.engagement = reader.get(Engagement, self.assessment.engagement_id)
        self.edition = edition_of_assessment(reader, whole)
        self.ratings = reader.ratings(assessment_id)
        self.premises = premises_in(reader, whole)
        self.applicable = applicable_checkpoints(self.edition, self.premises, self.assessment.scope)
        self.applying = frozenset(self.applicable)
        self.before = earlier_ratings(reader, self.assessment)
        self.assessments = [
            other
            for other in list_assessments(reader, self.engagement.id)
            if other.number < self.assessment.number and other.kind is not AssessmentKind.SELF_ASSESSMENT
        ] + [self.assessment]
        self.findings = tuple(sorted(self._findings_in_scope(), key=_finding_number))
        if self.guided is not None and not self.is_extract:
            self._take_from_audit(self.guided)
        self.labels = _labels_at_checkpoints(self.findings)
        self.files = Files()
        self._names: dict[PersonId, str] = {}

    def _take_from_audit(self, records: AuditRecords) -> None:
        """An audit rests on its own ratings and findings alone, and shows no figure of the coach's but where both are compared."""
        audit, state = records.audit, records.state
        basis = state.basis
        own = {one.assessment_id for one in revisions(self.reader, audit)}
        self.judged_on = audit.last_on or self.judged_on
        self.assessment = replace(
            self.assessment,
            scope=basis.scope,
            assessor_id=audit.lead_id,
            started_on=audit.first_on or self.assessment.started_on,
        )
        self.ratings = dict(basis.ratings)
        self.applicable = basis.applicable
        self.applying = frozenset(point.id for point in state.to_rate)
        self.before = {}
        self.assessments = [one for one in self.assessments if one.is_audit and one.id not in own]
        self.assessments.append(self.assessment)
        self.own_assessments = frozenset(own)
        self.findings = tuple(sorted(basis.findings, key=_finding_number))

    def paper(self, *, is_sample: bool, step: Callable[[float], None]) -> AssessmentPaper:
        """Put everything together."""
        scope, edition, assessment = self.assessment.scope, self.edition, self.assessment
        self.files = files_behind(
            self.reader,
            self.assessment,
            self.findings,
            self._number_of,
            step,
        )
        audit = read_audit_part(self.guided) if self.guided is not None and not self.is_extract else None
        behind = findings_behind(self.reader, assessment) if audit is None else self.findings
        result = score(edition, self.ratings, self.applicable, behind, scope=scope)
        trend, histories = self._trend()
        open_then = {finding.id for finding in behind if finding.is_open}
        findings = tuple(self._finding_part(finding, finding.id in open_then) for finding in self.findings)
        parts = [self._area_part(area, findings, histories) for area in result.areas]
        head = self.reader.log_head()
        dealership = self.reader.get(Dealership, self.engagement.dealership_id)
        return AssessmentPaper(
            dealership=dealership,
            sites=self.reader.all(Site, dealership_id=dealership.id),
            engagement=self.engagement,
            edition=edition,
            assessment=assessment,
            label=assessment_label(self.engagement, assessment),
            assessor=self._person(assessment.assessor_id),
            qualification=self._qualification(),
            coach=self._person(self.engagement.coach_id),
            has_coached=self._has_coached(),
            result=result,
            areas=tuple(part for part in parts if part.processes or self._is_carried_over(part)),
            left_out=tuple(
                part.area for part in parts if not part.processes and not self._is_carried_over(part)
            ),
            strengths=strengths(edition, self.ratings, self.applicable, scope=scope),
            gaps=gaps(edition, self.ratings, self.applicable, scope=scope),
            labels=tuple(assessment_label(self.engagement, other) for other in self.assessments),
            trend=trend,
            findings=findings,
            evidence=self.files.register,
            reopenings=tuple(
                ReopeningLine(at=entry.at, who=self._name(entry.who), reason=entry.reason)
                for entry in assessment.reopenings
            ),
            set_aside=self._set_aside(),
            log_head=head,
            shown_at=head.at or self._last_change(),
            is_sample=dealership.is_sample or is_sample,
            is_extract=self.is_extract,
            self_gaps=self_gaps_beside(
                self.reader, edition, assessment, self.ratings, self.before, self.applying
            )
            if audit is None
            else (),
            audit=audit,
        )

    def _is_carried_over(self, part: AreaPart) -> bool:
        """Whether an area counts with the ratings of the audit before alone: a follow-up looks only at what had failed."""
        return self.guided is not None and self.guided.state.follows is not None and part.result.applies

    def _findings_in_scope(self) -> Iterator[Finding]:
        """The findings behind the result as they are recorded now; see `is_in_scope`."""
        for finding in findings_behind(self.reader, self.assessment):
            if is_in_scope(self.edition, finding, self.assessment.scope):
                yield self.reader.get(Finding, finding.id)

    def _trend(self) -> tuple[tuple[TrendStep, ...], dict[AreaId, list[PastLevel]]]:
        """The overall level over this scope in each assessment that covered it, and the level of each area in all."""
        scope = self.assessment.scope
        steps: list[TrendStep] = []
        histories: dict[AreaId, list[PastLevel]] = {id: [] for id in scope}
        for other in self.assessments:
            ratings = self.ratings if other is self.assessment else self.reader.ratings(other.id)
            edition, applicable = self._edition_behind(other)
            results = area_results(edition, ratings, applicable, scope=scope)
            levels = {area.area_id: area for area in results if area.area_id in other.scope}
            for area_id, history in histories.items():
                known = levels.get(area_id)
                history.append(
                    PastLevel(
                        level=known.level if known else None, is_rated=known is not None and known.is_rated
                    )
                )
            if set(scope) <= set(other.scope):
                counted = [area for area in results if area.applies]
                steps.append(
                    TrendStep(
                        label=assessment_label(self.engagement, other),
                        day=other.completed_on or other.started_on,
                        level=overall_of(counted, edition.rules),
                        is_partial=not all(area.is_rated for area in counted),
                    )
                )
        return tuple(steps), histories

    def _edition_behind(self, other: Assessment) -> tuple[Edition, Sequence[CheckpointId]]:
        """The edition another assessment was made in, and what of it applies to the same premises."""
        edition = self.edition if other is self.assessment else edition_of_assessment(self.reader, other)
        if edition is self.edition:
            return edition, self.applicable
        return edition, applicable_checkpoints(edition, self.premises, self.assessment.scope)

    def _area_part(
        self,
        result: AreaResult,
        findings: Sequence[FindingPart],
        histories: Mapping[AreaId, Sequence[PastLevel]],
    ) -> AreaPart:
        area = self.edition.areas_by_id[result.area_id]
        results = {process.process_id: process for process in result.processes}
        parts = []
        for process in area.processes:
            lines = tuple(self._line(point) for point in process.checkpoints if point.id in self.applying)
            if lines:
                parts.append(ProcessPart(process=process, result=results[process.id], lines=lines))
        return AreaPart(
            area=area,
            result=result,
            processes=tuple(parts),
            remark=self.assessment.remark_on(area.id),
            findings=tuple(part for part in findings if _area_of(part.finding) == area.id),
            history=tuple(histories[area.id]),
        )

    def _line(self, checkpoint: Checkpoint) -> CheckpointLine:
        rating = self.ratings.get(checkpoint.id)
        outcome = outcome_of(rating)
        is_untouched = outcome is Outcome.OPEN and not self.assessment.is_open
        sample = rating.sample if rating else None
        return CheckpointLine(
            checkpoint=checkpoint,
            rating=rating,
            outcome=Outcome.NOT_SEEN if is_untouched else outcome,
            is_untouched=is_untouched,
            before=self.before.get(checkpoint.id),
            rated_by=self._name(rating.rated_by) if rating else "",
            interval=exact_interval(sample.conforming, sample.looked_at)
            if sample and sample.looked_at
            else None,
            findings=self.labels.get(checkpoint.id, ()),
            evidence=self.files.at_checkpoint.get(checkpoint.id, ()),
        )

    def _finding_part(self, finding: Finding, is_open: bool) -> FindingPart:
        raised_in = next((a for a in self.assessments if a.id == finding.assessment_id), None)
        found_at = place_of_finding(self.reader, finding)
        return FindingPart(
            finding=finding,
            place=self._place_of(finding),
            is_open=is_open and finding.grade is not FindingGrade.GOOD_PRACTICE,
            is_overdue=is_open and finding.due_on is not None and finding.due_on < self.judged_on,
            checkpoint=found_at[1] if found_at else None,
            raised_by=self._name(finding.raised_by),
            raised_in=assessment_label(self.engagement, raised_in) if raised_in else "",
            evidence=self.files.of_finding.get(finding.id, ()),
            roots=CauseTree(causes_of_finding(self.reader, finding.id)).roots,
            actions=agreed_actions(actions_of_finding(self.reader, finding.id)),
        )

    def _place_of(self, finding: Finding) -> FindingPlace:
        if finding.assessment_id in self.own_assessments:
            return FindingPlace.HERE
        end = self.assessment.completed_on
        is_closed = finding.closed_on is not None and (end is None or finding.closed_on <= end)
        asks_nothing = finding.grade is FindingGrade.GOOD_PRACTICE
        return FindingPlace.EARLIER_CLOSED if is_closed or asks_nothing else FindingPlace.EARLIER_OPEN

    def _set_aside(self) -> tuple[CheckpointLine, ...]:
        """What was rated or noted at checkpoints that do not apply, or are not in the scope, any more: it is not lost."""
        return tuple(
            self._line(checkpoint)
            for id, checkpoint in self.edition.checkpoints.items()
            if id in self.ratings
            and id not in self.applicable
            and _says_something(self.ratings[id])
            and not (self.is_extract and checkpoint.area_id not in self.assessment.scope)
        )

    def _person(self, id: PersonId | None) -> Person | None:
        return self.reader.find(Person, id, in_bin=True) if id else None

    def _name(self, id: PersonId | None) -> str:
        if id is None:
            return ""
        if id not in self._names:
            person = self._person(id)
            self._names[id] = person.name if person else ""
        return self._names[id]

    def _number_of(self, id: CheckpointId) -> str:
        checkpoint = self.edition.checkpoints.get(id)
        return checkpoint.number if checkpoint else id

    def _qualification(self) -> Qualification | None:
        """The assessor's certificate for this kind of work, one that is valid on the first day if there is one."""
        if self.assessment.assessor_id is None:
            return None
        role = Role.AUDITOR if self.assessment.kind.is_audit else Role.COACH
        held = self.reader.all(Qualification, person_id=self.assessment.assessor_id, role=role)
        valid = [each for each in held if each.is_valid_on(self.assessment.started_on)]
        return next(iter(valid or held), None)

    def _has_coached(self) -> bool:
        id = self.assessment.assessor_id
        return id is not None and (
            id == self.engagement.coach_id
            or any(other.assessor_id == id and not other.kind.is_audit for other in self.assessments)
        )

    def _last_change(self) -> datetime:
        """Where there is no log: the newest instant among the records shown."""
        instants = [rating.rated_at for rating in self.ratings.values() if rating.rated_at]
        instants += [entry.evidence.taken_in_at for entry in self.files.register]
        if self.assessment.completed_at:
            instants.append(self.assessment.completed_at)
        return max(instants, default=datetime.combine(self.assessment.started_on, time(), tzinfo=UTC))


def _records_of(reader: Reader, assessment: Assessment, on: date) -> AuditRecords | None:
    """The audit around an assessment; None where it is not guided by one."""
    audits = reader.all(Audit, assessment_id=assessment.id) if assessment.is_guided else ()
    return AuditRecords(reader, audits[0].id, on=on) if audits else None


def _labels_at_checkpoints(findings: Sequence[Finding]) -> dict[CheckpointId, tuple[str, ...]]:
    labels: dict[CheckpointId, tuple[str, ...]] = {}
    for finding in findings:
        if finding.checkpoint_id:
            labels[finding.checkpoint_id] = (*labels.get(finding.checkpoint_id, ()), finding.label)
    return labels


def _says_something(rating: Rating) -> bool:
    return rating.outcome is not Outcome.OPEN or bool(rating.note) or rating.sample is not None


def _area_of(finding: Finding) -> str:
    return finding.checkpoint_id.split(".", 1)[0] if finding.checkpoint_id else ""


def _finding_number(finding: Finding) -> tuple[int, str]:
    return finding.number, finding.id
