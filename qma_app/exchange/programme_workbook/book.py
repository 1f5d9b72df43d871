"""What the programme workbook shows: plan, agreement, visits, promises, reviews and next steps of one programme on one day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay, Dealership, Site
from qma_app.domain.edition import Area, Edition, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.gate_answers import Tone
from qma_app.domain.gates import GateView
from qma_app.domain.ids import PersonId
from qma_app.domain.next_step import NextStep
from qma_app.domain.people import Person, Qualification
from qma_app.domain.plan import GateStatement, PlannedArea, PlannedPhase
from qma_app.domain.ports import LogHead
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise, SponsorCheck
from qma_app.domain.review import Decision, ManagementReview, ReviewRemark
from qma_app.domain.step_mark import StepMark
from qma_app.domain.target import Target
from qma_app.domain.visit import AgendaItem, Participant, Signature, Stretch, Visit, VisitNote
from qma_app.exchange.programme_workbook.audit_shelf import AuditShelf
from qma_app.i18n import _, day_text


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnerLine:
    """One process; `area` and `process` are None where the edition no longer has it, `owner` where nobody was named."""

    area: Area | None
    process: Process | None
    owner: ProcessOwner | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ConditionLine:
    """One condition of the gate of a phase on the day; `words_then` and `figures_then` are what did not hold when it was passed; `tone` is None where the edition no longer asks it."""

    phase: PlannedPhase
    id: str
    title: str
    holds: bool | None
    figures: str
    tone: Tone | None
    words_then: str
    figures_then: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Attendance:
    """Somebody who was at a visit or a review; `at` is what that is called."""

    at: str
    participant: Participant


@dataclass(frozen=True, kw_only=True, slots=True)
class ClockLine:
    """One time the clock of a visit ran."""

    visit: Visit
    stretch: Stretch


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatureLine:
    """One name under the minutes of a visit."""

    visit: Visit
    signature: Signature


@dataclass(frozen=True, kw_only=True, slots=True)
class RemarkLine:
    """What a review said about one input."""

    review: ManagementReview
    title: str
    remark: ReviewRemark


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgrammeBook:
    """All that the sheets show, read in one go; figures are those of the day `on`."""

    on: date
    dealership: Dealership
    sites: tuple[Site, ...]
    engagement: Engagement
    edition: Edition
    phases: tuple[PlannedPhase, ...]
    areas: tuple[PlannedArea, ...]
    gates: tuple[GateView, ...]
    statements: tuple[GateStatement, ...]
    targets: tuple[Target, ...]
    charters: tuple[Charter, ...]
    people: tuple[Person, ...]
    certificates: tuple[Qualification, ...]
    owners: tuple[OwnerLine, ...]
    closing: tuple[ClosingDay, ...]
    visits: tuple[Visit, ...]
    items: tuple[AgendaItem, ...]
    notes: tuple[VisitNote, ...]
    promises: tuple[Promise, ...]
    sponsor_checks: tuple[SponsorCheck, ...]
    reviews: tuple[ManagementReview, ...]
    decisions: tuple[Decision, ...]
    steps: tuple[NextStep, ...]
    marks: tuple[StepMark, ...]
    auditing: AuditShelf
    names: Mapping[PersonId, str]
    labels: Mapping[str, str]
    """What an area, checkpoint, KPI, finding, action, visit, review or the charter is called, by its id."""
    inputs: Mapping[str, str]
    """What each input of a management review is called, by its code."""
    evidence: Mapping[str, tuple[str, ...]]
    """The names of what is kept of a visit or of the charter, by its id."""
    head: LogHead

    @property
    def title(self) -> str:
        """`Autohaus Beispiel · Programme · 21 Nov 2026`"""
        return f"{self.dealership.name} · {_('Programme')} · {day_text(self.on)}"

    @property
    def banner(self) -> str:
        """The line at the head of each sheet."""
        return f"{self.title} · {_('SAMPLE')}" if self.dealership.is_sample else self.title

    @property
    def changed_at(self) -> datetime:
        """The instant of the last change it shows."""
        return self.head.changed_at(self.engagement.started_on)

    def name_of(self, person_id: PersonId | None) -> str:
        """A person's name; the id where the person is no longer known."""
        return "" if person_id is None else self.names.get(person_id, person_id)

    def label_of(self, id: str | None) -> str:
        """What a record is called; its id where it is not known here."""
        return "" if not id else self.labels.get(id, id)

    def conditions(self) -> tuple[ConditionLine, ...]:
        """Every condition of every gate, and what was open when one was passed although the edition no longer asks it."""
        return tuple(line for gate in self.gates for line in _conditions(gate))

    def attendances(self) -> tuple[Attendance, ...]:
        """Everybody who was at a visit or a review."""
        return tuple(
            Attendance(at=self.label_of(held.id), participant=one)
            for held in self._gatherings()
            for one in held.participants
        )

    def _gatherings(self) -> tuple[Visit | ManagementReview, ...]:
        return (*self.visits, *self.reviews)

    def clock(self) -> tuple[ClockLine, ...]:
        """Every time a clock ran."""
        return tuple(ClockLine(visit=visit, stretch=one) for visit in self.visits for one in visit.clock)

    def signatures(self) -> tuple[SignatureLine, ...]:
        """Every name under minutes."""
        return tuple(
            SignatureLine(visit=visit, signature=one) for visit in self.visits for one in visit.signatures
        )

    def remarks(self) -> tuple[RemarkLine, ...]:
        """Everything a review said about an input."""
        return tuple(
            RemarkLine(review=review, title=self.inputs.get(one.input, one.input), remark=one)
            for review in self.reviews
            for one in review.remarks
        )


def _conditions(gate: GateView) -> list[ConditionLine]:
    left = {one.condition: one for one in gate.passed_open}
    lines = []
    for one in gate.conditions:
        then = left.pop(one.id, None)
        lines.append(
            ConditionLine(
                phase=gate.phase,
                id=one.id,
                title=one.title,
                holds=one.holds,
                figures=one.figures,
                tone=one.tone,
                words_then=then.words if then else "",
                figures_then=then.figures if then else "",
            )
        )
    lines += [
        ConditionLine(
            phase=gate.phase,
            id=then.condition,
            title="",
            holds=None,
            figures="",
            tone=None,
            words_then=then.words,
            figures_then=then.figures,
        )
        for then in left.values()
    ]
    return lines
