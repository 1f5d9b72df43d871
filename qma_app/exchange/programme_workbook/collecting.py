"""Reads everything a programme workbook shows through a reader, each kind of record once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from qma_app.domain.action import Action
from qma_app.domain.charter import Charter
from qma_app.domain.dealership import ClosingDay, Dealership, Site
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding
from qma_app.domain.gates import gate_in
from qma_app.domain.ids import EngagementId, PersonId
from qma_app.domain.people import Person, Qualification
from qma_app.domain.plan import GateStatement, PlannedArea
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise, SponsorCheck
from qma_app.domain.record import R
from qma_app.domain.review import Decision, ManagementReview
from qma_app.domain.review_inputs import input_titles
from qma_app.domain.step_list import next_steps
from qma_app.domain.step_mark import StepMark
from qma_app.domain.target import Gain, Target
from qma_app.domain.visit import AgendaItem, VisitNote
from qma_app.domain.visit_reading import visits_of
from qma_app.domain.wording import review_title, visit_title
from qma_app.exchange.programme_workbook.audit_shelf import collect_audits
from qma_app.exchange.programme_workbook.book import OwnerLine, ProgrammeBook
from qma_app.i18n import _


def collect(reader: Reader, engagement_id: EngagementId, on: date) -> ProgrammeBook:
    """The coaching year of a programme as it stands on a day, in the language in force."""
    return _Gathering(reader, engagement_id).book(on)


class _Gathering:
    """Reads each kind of record once, in an order that does not hang on how it is stored."""

    def __init__(self, reader: Reader, engagement_id: EngagementId) -> None:
        self.reader = reader
        self.engagement = reader.get(Engagement, engagement_id)
        self.dealership = reader.get(Dealership, self.engagement.dealership_id)
        self.edition = reader.edition(self.engagement.edition)
        self.visits = visits_of(reader, engagement_id)
        self.reviews = tuple(sorted(self.mine(ManagementReview), key=lambda one: one.number))
        self.charters = self.mine(Charter)
        self.statements = tuple(sorted(self.mine(GateStatement), key=lambda one: (one.said_on, one.check)))
        self.notes = tuple(sorted(self.mine(VisitNote), key=lambda one: (one.noted_at, one.id)))
        self.promises = tuple(sorted(self.mine(Promise), key=lambda one: one.number))
        self.sponsor_checks = tuple(sorted(self.mine(SponsorCheck), key=lambda one: one.quarter))
        self.marks = tuple(sorted(self.mine(StepMark), key=lambda one: (one.marked_on, one.step, one.id)))
        self.owners = self.mine(ProcessOwner)
        self.auditing = collect_audits(reader, self.engagement)

    def mine(self, kind: type[R]) -> tuple[R, ...]:
        """The records of this programme."""
        return self.reader.all(kind, engagement_id=self.engagement.id)

    def book(self, on: date) -> ProgrammeBook:
        reading = PlanReading(self.reader, self.engagement.id, on=on)
        phases = reading.phases
        names, people = self._people(frozenset(id for one in phases if (id := one.passed_by)))
        return ProgrammeBook(
            on=on,
            dealership=self.dealership,
            sites=self.reader.all(Site, dealership_id=self.dealership.id),
            engagement=self.engagement,
            edition=self.edition,
            phases=phases,
            areas=self._planned_areas(),
            gates=tuple(gate_in(reading, one) for one in phases),
            statements=self.statements,
            targets=self._targets(),
            charters=self.charters,
            people=people,
            certificates=tuple(
                held for one in people for held in self.reader.all(Qualification, person_id=one.id)
            ),
            owners=tuple(_owner_lines(self.edition, self.owners)),
            closing=tuple(
                sorted(
                    self.reader.all(ClosingDay, dealership_id=self.dealership.id),
                    key=lambda one: (one.first_on, one.last_on, one.id),
                )
            ),
            visits=self.visits,
            items=self._items(),
            notes=self.notes,
            promises=self.promises,
            sponsor_checks=self.sponsor_checks,
            reviews=self.reviews,
            decisions=self._decisions(),
            steps=next_steps(self.reader, self.engagement.id, on=on),
            marks=self.marks,
            auditing=self.auditing,
            names=names,
            labels=self._labels(),
            inputs=input_titles(),
            evidence=self._evidence(),
            head=self.reader.log_head(),
        )

    def _planned_areas(self) -> tuple[PlannedArea, ...]:
        """Wave by wave in their order; those left out come last."""
        return tuple(
            sorted(
                self.mine(PlannedArea), key=lambda one: (one.is_left_out, one.wave, one.place, one.area_id)
            )
        )

    def _targets(self) -> tuple[Target, ...]:
        gains = list(Gain)
        return tuple(sorted(self.mine(Target), key=lambda one: (gains.index(one.gain), one.kpi, one.id)))

    def _items(self) -> tuple[AgendaItem, ...]:
        order = {visit.id: place for place, visit in enumerate(self.visits)}
        behind = len(order)
        found = self.mine(AgendaItem)
        return tuple(sorted(found, key=lambda one: (order.get(one.visit_id, behind), one.place, one.id)))

    def _decisions(self) -> tuple[Decision, ...]:
        order = {review.id: place for place, review in enumerate(self.reviews)}
        behind = len(order)
        found = self.mine(Decision)
        return tuple(sorted(found, key=lambda one: (order.get(one.review_id, behind), one.place, one.id)))

    def _people(self, others: frozenset[PersonId]) -> tuple[dict[PersonId, str], tuple[Person, ...]]:
        """The names of everybody who is named, also in the bin; and the people of the house and of the programme as they are."""
        house = sorted(
            self.reader.all(Person, dealership_id=self.dealership.id),
            key=lambda one: (one.name.casefold(), one.id),
        )
        names = {one.id: one.name for one in house}
        strangers: list[Person] = []
        for id in sorted({*self._named(), *others} - names.keys()):
            person = self.reader.find(Person, id, in_bin=True)
            if person is None:
                continue
            names[id] = person.name
            if person.deleted_at is None:
                strangers.append(person)
        strangers.sort(key=lambda one: (one.name.casefold(), one.id))
        return names, (*house, *strangers)

    def _named(self) -> Iterator[PersonId]:
        engagement = self.engagement
        named = [engagement.coach_id, engagement.principal_id, engagement.officer_id]
        named += [id for one in self.owners for id in (one.owner_id, one.deputy_id)]
        named += [one.coach_id for one in self.visits]
        there = [one for visit in self.visits for one in visit.participants]
        there += [one for review in self.reviews for one in review.participants]
        named += [PersonId(one.person_id) for one in there if one.person_id]
        named += [one.noted_by for one in self.notes]
        named += [one.said_by for one in self.statements]
        named += [one.person_id for one in self.promises]
        named += [one.checked_by for one in self.sponsor_checks]
        named += [one.marked_by for one in self.marks]
        named += self.auditing.named()
        return (id for id in named if id is not None)

    def _labels(self) -> dict[str, str]:
        labels: dict[str, str] = {}
        for area in self.edition.areas:
            labels[area.id] = f"{area.code} {area.title}"
        labels |= {id: one.number for id, one in self.edition.checkpoints.items()}
        labels |= {code: f"{code} {kpi.title}" for code, kpi in self.edition.kpis.items()}
        labels |= {one.id: one.label for one in self._findings()}
        labels |= {one.id: one.label for one in self._actions()}
        labels |= {one.id: visit_title(one) for one in self.visits}
        labels |= {one.id: review_title(one) for one in self.reviews}
        labels |= {one.id: _("Charter") for one in self.charters}
        labels |= self.auditing.labels
        return labels

    def _findings(self) -> Iterator[Finding]:
        """What was made of notes, also where it was deleted since."""
        for note in self.notes:
            found = self.reader.find(Finding, note.finding_id, in_bin=True) if note.finding_id else None
            if found is not None:
                yield found

    def _actions(self) -> Iterator[Action]:
        """What was made of decisions, also where it was deleted since."""
        for decision in self.mine(Decision):
            found = self.reader.find(Action, decision.action_id, in_bin=True) if decision.action_id else None
            if found is not None:
                yield found

    def _evidence(self) -> dict[str, tuple[str, ...]]:
        known = {one.id: one.name for one in self.mine(Evidence)}
        found: defaultdict[str, list[str]] = defaultdict(list)
        for holders, field in ((self.visits, "visit_id"), (self.charters, "charter_id")):
            ids = frozenset(one.id for one in holders)
            for link in self.reader.all(EvidenceLink, **{field: ids}) if ids else ():
                if link.evidence_id in known:
                    found[getattr(link, field)].append(known[link.evidence_id])
        return {id: tuple(dict.fromkeys(names)) for id, names in found.items()}


def _owner_lines(edition: Edition, owners: tuple[ProcessOwner, ...]) -> Iterator[OwnerLine]:
    """Each process of the edition, owned or not, then what was said about processes it no longer has."""
    held = {one.process_id: one for one in owners}
    for area in edition.areas:
        for process in area.processes:
            yield OwnerLine(area=area, process=process, owner=held.pop(process.id, None))
    for owner in sorted(held.values(), key=lambda one: one.process_id):
        yield OwnerLine(area=None, process=None, owner=owner)
