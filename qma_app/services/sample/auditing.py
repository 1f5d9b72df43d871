"""Lives through the sample's audit up to the recommendation, so that signing it is what is left to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import (
    Attendee,
    Audit,
    AuditLook,
    AuditSample,
    AuditSlot,
    Meeting,
    TeamMember,
    TeamPart,
)
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Checkpoint, Edition
from qma_app.domain.finding import Finding
from qma_app.domain.history import earlier_ratings
from qma_app.domain.ids import AreaId, AuditLookId, CheckpointId, EngagementId, PersonId, RatingId
from qma_app.domain.people import Person, Role
from qma_app.domain.rating import Rating, Sample
from qma_app.domain.result import Verdict
from qma_app.domain.seeds import LARGEST_SEED
from qma_app.domain.standing import applicable_in, current_engagement
from qma_app.domain.visit import Signature
from qma_app.services import (
    assessments,
    audit_conduct,
    audit_meetings,
    audit_samples,
    audits,
    evidence,
    findings,
    people,
)
from qma_app.services.sample.audit_looks import look_at, points_at
from qma_app.services.sample.audit_story import AuditFound, AuditTold, MetLine
from qma_app.services.sample.chance import SampleClock
from qma_app.services.sample.pictures import PICTURES
from qma_app.services.sample.steps import Hour, Step
from qma_app.services.sample.visiting import in_utc, strokes
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope

_PRINCIPAL, _OFFICER = "Dealer principal", "Quality officer"
_QUARTER: Final = timedelta(minutes=15)


@dataclass(slots=True)
class Auditing:
    """The audit of the house of that name by the one who sits on the auditor's seat; each day's work comes last that day."""

    workspace: Workspace
    clock: SampleClock
    edition: Edition
    told: AuditTold
    name: str
    lead: PersonId | None = None
    _audit: Audit | None = None
    _dealership: Dealership | None = None

    def steps(self) -> Iterator[Step]:
        """Each step on its day; the teller puts them in order."""
        told = self.told
        yield _step(told.begun, self._plan)
        yield _step(told.sent, self._send)
        yield _step(told.first, partial(self._meet, told.opening))
        yield _step(told.first, self._draw)
        for day in sorted(told.wrap_ups):
            yield _step(day, partial(self._look, day))
        yield _step(told.last, self._reply)
        yield _step(told.last, partial(self._meet, told.closing, is_closing=True))
        yield _step(told.recommended, self._recommend)

    @property
    def audit(self) -> Audit:
        assert self._audit is not None
        with self.workspace.reading() as reader:
            return reader.get(Audit, self._audit.id)

    def _plan(self) -> None:
        told, workspace = self.told, self.workspace
        known = told.decider
        decider = people.add_person(workspace, name=known.name).made(Person)
        people.certify_person(
            workspace,
            decider.id,
            role=known.role,
            number=known.number,
            valid_from=known.valid_from,
            valid_until=known.valid_until,
            training=known.training,
            trained_on=known.trained,
            checked_on=known.checked,
        )
        observer = people.add_person(workspace, name=told.observer).made(Person).id
        with workspace.reading() as reader:
            self._dealership = reader.all(Dealership, name=self.name)[0]
            engagement = current_engagement(reader, self._dealership.id).id
        self._audit = audits.begin_audit(
            workspace,
            engagement,
            AssessmentKind.CERTIFICATION_AUDIT,
            first_on=told.first,
            last_on=told.last,
        ).made(Audit)
        id, lead = self._audit.id, self._audit.lead_id
        assert lead is not None
        self.lead = lead
        for area_id, reason in told.left_out.items():
            audits.leave_area_out(workspace, id, area_id, reason)
        team = [TeamMember(person_id=lead, part=TeamPart.LEAD)]
        audits.set_team(workspace, id, [*team, TeamMember(person_id=observer, part=TeamPart.OBSERVER)])
        for person in (lead, observer):
            audits.declare(workspace, id, person)
        audits.plan_audit_days(workspace, id, risks=told.risks)
        audits.change_audit(workspace, id, **told.fields)
        self._make_timetable(lead)

    def _make_timetable(self, lead: PersonId) -> None:
        """As proposed, with the names of whom the auditor meets; the last area of the first day begins a quarter later."""
        id = self.audit.id
        audits.propose_timetable(self.workspace, id)
        lines = [one for one in self._slots() if one.area_id is not None]
        late = [one for one in lines if one.on == self.told.first][-1]
        for line in lines:
            begins = line.begins if line is not late else _later(line)
            assert line.area_id is not None
            audits.put_slot(
                self.workspace,
                id,
                slot_id=line.id,
                on=line.on,
                begins=begins,
                ends=line.ends,
                area_id=line.area_id,
                auditor_id=lead,
                with_whom=self.told.meets.get(line.area_id, ""),
            )

    def _slots(self) -> list[AuditSlot]:
        with self.workspace.reading() as reader:
            lines = reader.all(AuditSlot, audit_id=self.audit.id)
        return sorted(lines, key=lambda one: (one.on, one.begins))

    def _send(self) -> None:
        audits.mark_plan_sent(self.workspace, self.audit.id)

    def _meet(self, met: MetLine, *, is_closing: bool = False) -> None:
        """The meeting with the principal, the officer and those the file names; principal and lead sign."""
        audit, day = self.audit, self.told.last if is_closing else self.told.first
        assert self._dealership is not None
        self.clock.go_on(day, in_utc(day, met.ends))
        with self.workspace.reading() as reader:
            house = reader.all(Person, dealership_id=self._dealership.id)
            lead = reader.get(Person, audit.lead_id or "")
        present = [one for title in (_PRINCIPAL, _OFFICER) for one in house if one.function == title]
        also = [Attendee(name=name, function=function) for name, function in met.also.items()]
        held = self.clock.moment(day, in_utc(day, met.begins))
        ended = self.clock.moment(day, in_utc(day, met.ends))
        meeting = Meeting(
            held_at=held,
            ended_at=ended,
            place=met.place,
            points=audit_meetings.CLOSING_POINTS if is_closing else audit_meetings.OPENING_POINTS,
            attendees=(
                *(Attendee(name=one.name, function=one.function) for one in present),
                *also,
                Attendee(name=lead.name, function="Lead auditor"),
                Attendee(name=self.told.observer, function="Observer"),
            ),
            words=met.words,
            signatures=(
                _signature(present[0].name, _PRINCIPAL, ended),
                _signature(lead.name, "Lead auditor", ended),
            ),
        )
        hold = audit_meetings.hold_closing if is_closing else audit_meetings.hold_opening
        hold(self.workspace, audit.id, meeting)

    def _draw(self) -> None:
        """Every sample on the first morning, with a seed for each checkpoint; then the records that could not be had."""
        audit = self.audit
        for at, numbers in self.told.samples.items():
            made = audit_samples.draw_sample(
                self.workspace,
                audit.id,
                at,
                audit_samples.read_numbers(numbers),
                seed=Random(f"{self.name} {at}").randrange(LARGEST_SEED + 1),
            )
            reason = self.told.replaced.get(at)
            if reason is not None:
                sample = made.made(AuditSample)
                audit_samples.replace_record(self.workspace, sample.id, sample.drawn[-1].place, reason)

    def _look(self, day: date) -> None:
        """The areas whose time in the timetable ends that day; what was found there; what was told in the evening."""
        audit = self.audit
        ends = {one.area_id: one.on for one in self._slots() if one.area_id is not None}
        for area_id in (id for id, last in ends.items() if last == day and id is not None):
            self._rate_area(audit, area_id)
        for found in self.told.findings:
            if found.seen == day:
                self._raise(audit, found)
        audit_conduct.write_wrap_up(self.workspace, audit.id, on=day, words=self.told.wrap_ups[day])

    def _rate_area(self, audit: Audit, area_id: AreaId) -> None:
        """All checkpoints of an area in one edit, and in another how they were looked at."""
        chance = Random(f"{self.name} {area_id}")
        with self.workspace.writing("rating.rated") as work:
            assessment = assessments.open_assessment(self.workspace, work, audit.assessment_id)
            points = self._checkpoints(work, assessment, area_id)
            known = work.ratings(assessment.id)
            coach = earlier_ratings(work, assessment, [one.id for one in points], by_coach=True)
            for point in points:
                rating = known.get(point.id) or Rating(
                    id=RatingId(work.new_id()), assessment_id=assessment.id, checkpoint_id=point.id
                )
                before = coach[point.id].points if point.id in coach else None
                work.put(self._rated(work, rating, point, before, chance))
        with self.workspace.writing("audit.looked") as work:
            for point in points:
                look = look_at(point, self.told, chance)
                if look is not None:
                    work.put(
                        AuditLook(
                            id=AuditLookId(work.new_id()), audit_id=audit.id, checkpoint_id=point.id, **look
                        )
                    )

    def _checkpoints(self, work: WritingScope, assessment: Assessment, area_id: AreaId) -> list[Checkpoint]:
        every = (self.edition.checkpoints[id] for id in applicable_in(work, assessment))
        return [one for one in every if one.area_id == area_id]

    def _rated(
        self, work: WritingScope, rating: Rating, point: Checkpoint, before: int | None, chance: Random
    ) -> Rating:
        reason = self.told.not_seen.get(point.id)
        if reason is not None:
            return rating.not_seen(reason, at=work.at, by=work.who)
        if rating.sample is not None:
            failing = self.told.failing.get(point.id, 0)
            records = rating.sample.records
            seen = (
                replace(one, conforms=place >= failing)
                for place, one in enumerate(chance.sample(records, len(records)))
            )
            by_label = {one.label: one for one in seen}
            rating = replace(rating, sample=Sample(records=tuple(by_label[one.label] for one in records)))
        points = points_at(point, self.edition, self.told, before, chance)
        return rating.rated(points, at=work.at, by=work.who)

    def _raise(self, audit: Audit, found: AuditFound) -> None:
        point = self.edition.checkpoint(found.at)
        finding = findings.raise_finding(
            self.workspace,
            engagement_id=audit.engagement_id,
            assessment_id=audit.assessment_id,
            checkpoint_id=found.at,
            grade=found.grade,
            statement=found.statement,
            requirement=f"{point.number} {point.statement}",
            evidence=found.evidence,
            place=found.place,
            owner=found.owner,
            due_on=found.due,
        ).made(Finding)
        if found.picture:
            evidence.add_evidence(
                self.workspace,
                engagement_id=EngagementId(audit.engagement_id),
                data=PICTURES[found.picture]().finished(found.seen),
                name=found.file,
                assessment_id=audit.assessment_id,
                checkpoint_id=CheckpointId(found.at),
                finding_id=finding.id,
                caption=found.caption,
            )

    def _reply(self) -> None:
        """The house says to each finding whether it agrees, in its own words."""
        with self.workspace.reading() as reader:
            raised = {
                one.checkpoint_id: one.id
                for one in reader.all(Finding, assessment_id=self.audit.assessment_id)
            }
        for found in self.told.findings:
            if found.reply is not None:
                findings.reply_to_finding(
                    self.workspace,
                    raised[found.at],
                    reply=found.reply,
                    words=found.words,
                    by=found.by,
                )

    def _recommend(self) -> None:
        audit, told = self.audit, self.told
        assessments.write_summary(self.workspace, audit.assessment_id, text=told.summary)
        for area_id, text in told.remarks.items():
            assessments.write_remark(self.workspace, audit.assessment_id, area_id=area_id, text=text)
        audit_conduct.recommend(self.workspace, audit.id, Verdict.PASS)


def _later(line: AuditSlot) -> time:
    """A quarter of an hour behind its beginning."""
    return (datetime.combine(line.on, line.begins) + _QUARTER).time()


def _signature(name: str, function: str, at: datetime) -> Signature:
    return Signature(name=name, function=function, strokes=strokes(name, 1), signed_at=at)


def _step(day: date, do: Callable[[], object]) -> Step:
    return Step(day=day, hour=Hour.PREPARE, role=Role.AUDITOR, do=do, is_aside=True)
