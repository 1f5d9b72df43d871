"""Reads the records of one audit once, for every paper that is about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditSample, AuditSlot, Declaration, TeamPart
from qma_app.domain.audit_reading import read_audit_state
from qma_app.domain.audit_state import AuditState
from qma_app.domain.dealership import Dealership, Site
from qma_app.domain.edition import Area
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AuditId, PersonId
from qma_app.domain.people import Person, Qualification, Role
from qma_app.domain.ports import Reader
from qma_app.domain.standing import edition_of_assessment
from qma_app.reports.actions.values import Frame


@dataclass(frozen=True, kw_only=True, slots=True)
class TeamLine:
    """Somebody of the audit team with the certificates as auditor and what was declared."""

    person: Person
    part: TeamPart
    certificates: tuple[Qualification, ...]
    uncovered: tuple[date, ...]
    declaration: Declaration | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SlotLine:
    """One line of the timetable with its area and its auditor."""

    slot: AuditSlot
    area: Area | None
    auditor: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditHead:
    """What every paper of an audit says first; `left_out` are areas with the reason."""

    frame: Frame
    audit: Audit
    assessment: Assessment
    sites: tuple[Site, ...]
    team: tuple[TeamLine, ...]
    scope: tuple[Area, ...]
    left_out: tuple[tuple[Area, str], ...]
    follows: str

    @property
    def lead(self) -> TeamLine | None:
        return next((one for one in self.team if one.part is TeamPart.LEAD), None)


class AuditRecords:
    """The records of one audit; `on` is the day its paper speaks of."""

    def __init__(self, reader: Reader, audit_id: AuditId, *, on: date, is_sample: bool = False) -> None:
        self.reader = reader
        self.audit = reader.get(Audit, audit_id)
        self.assessment = reader.get(Assessment, self.audit.assessment_id)
        self.engagement = reader.get(Engagement, self.audit.engagement_id)
        self.edition = edition_of_assessment(reader, self.assessment)
        self.on = on
        self._is_sample = is_sample

    @cached_property
    def head(self) -> AuditHead:
        """Programme, scope and team."""
        audit, areas = self.audit, self.edition.areas_by_id
        dealership = self.reader.get(Dealership, self.engagement.dealership_id)
        log = self.reader.log_head()
        follows = self.reader.find(Audit, audit.follows) if audit.follows is not None else None
        frame = Frame(
            dealership=dealership,
            engagement=self.engagement,
            edition=self.edition,
            # Whoever answers for the paper is its author: in an audit the lead auditor.
            coach=self.person(audit.lead_id),
            on=self.on,
            log_head=log,
            shown_at=log.changed_at(self.engagement.started_on),
            is_sample=dealership.is_sample or self._is_sample,
        )
        return AuditHead(
            frame=frame,
            audit=audit,
            assessment=self.assessment,
            sites=self.reader.all(Site, dealership_id=dealership.id),
            team=tuple(self._team()),
            scope=tuple(area for area in self.edition.areas if area.id in self.assessment.scope),
            left_out=tuple(
                (areas[one.area_id], one.reason) for one in audit.left_out if one.area_id in areas
            ),
            follows=follows.number if follows else "",
        )

    @cached_property
    def slots(self) -> tuple[SlotLine, ...]:
        """The timetable in the order of its days and times."""
        return tuple(
            SlotLine(
                slot=slot,
                area=self.edition.areas_by_id.get(slot.area_id) if slot.area_id else None,
                auditor=self.name(slot.auditor_id),
            )
            for slot in self.state.slots
        )

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of the audit: its first and last, those of the timetable, and those something was told on."""
        audit = self.audit
        known = {audit.first_on, audit.last_on}
        known |= {line.slot.on for line in self.slots} | {one.on for one in audit.wrap_ups}
        return tuple(sorted(day for day in known if day is not None))

    @cached_property
    def samples(self) -> tuple[AuditSample, ...]:
        """The samples drawn, in the order of the standard."""
        return self.state.samples

    @cached_property
    def state(self) -> AuditState:
        """The audit as its recommendation is computed from it; of its people nothing is judged here."""
        return read_audit_state(self.reader, self.audit)

    def person(self, id: PersonId | None) -> Person | None:
        """Somebody by id, also one that was deleted since."""
        return self.reader.find(Person, id, in_bin=True) if id else None

    def name(self, id: PersonId | None) -> str:
        """The name; "" for nobody."""
        found = self.person(id)
        return found.name if found else ""

    def _team(self) -> list[TeamLine]:
        declared = {one.person_id: one for one in self.audit.declarations}
        lines = []
        for member in self.audit.team:
            person = self.person(member.person_id)
            if person is None:
                continue
            held = self.reader.all(Qualification, person_id=person.id, role=Role.AUDITOR)
            lines.append(
                TeamLine(
                    person=person,
                    part=member.part,
                    certificates=held,
                    uncovered=tuple(day for day in self.days if not any(one.is_valid_on(day) for one in held))
                    if member.part.grades
                    else (),
                    declaration=declared.get(person.id),
                )
            )
        return lines
