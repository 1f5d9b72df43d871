"""A programme with a year of visits, promises and targets, for papers of the coaching year; everything in it is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from types import ModuleType
from typing import Any

from qma_app.domain.charter import Charter
from qma_app.domain.edition import Direction, KpiDefinition, KpiGroup
from qma_app.domain.engagement import Engagement
from qma_app.domain.evidence import EvidenceLink
from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import (
    AgendaItemId,
    AreaId,
    CharterId,
    EvidenceLinkId,
    PlannedAreaId,
    PlannedPhaseId,
    ProcessId,
    ProcessOwnerId,
    PromiseId,
    TargetId,
    VisitId,
    VisitNoteId,
)
from qma_app.domain.plan import PlannedArea, PlannedPhase
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.promise import Promise
from qma_app.domain.target import Gain, Target
from qma_app.domain.visit import AgendaItem, Participant, Signature, Stretch, Visit, VisitNote
from qma_app.reports import agenda, charter, minutes
from qma_app.reports.progress import Progress
from tests.builders import (
    NOW,
    PRICE_AGREED,
    TODAY,
    a_finding,
    a_person,
    a_qualification,
    a_text,
    an_action,
    an_engagement,
    an_id,
)
from tests.reports.fake_reader import FakeReader
from tests.reports.houses import a_photo, a_photo_evidence
from tests.reports.living import a_programme

PRINCIPAL = a_person("Petra Principal", function="Managing director")
OFFICER = a_person("Otto Officer", function="Quality officer")
COACH = a_person()
KPI = KpiDefinition(
    code="C15", title=a_text("Ready when promised", de="Fertig wie versprochen"), purpose=a_text("Trust"),
    numerator=a_text("Cars ready"), denominator=a_text("Cars"), calculation="ratio", unit="percent", factor=100,
    direction=Direction.HIGHER, rhythm="month", area=AreaId("service"),
)  # fmt: skip


def a_kpi_group() -> KpiGroup:
    return KpiGroup(perspective="customers", title=a_text("Customers"), kpis=(KPI,))


def a_visit(number: int = 1, **changes: Any) -> Visit:
    """A visit planned for today."""
    visit = Visit(
        id=VisitId(an_id(f"visit {number}")),
        engagement_id=an_engagement().id,
        number=number,
        planned_on=TODAY,
        coach_id=COACH.id,
    )
    return replace(visit, **changes)


def a_closed_visit(number: int = 1, **changes: Any) -> Visit:
    """A visit held today with a clock that ran twice."""
    begun = datetime(2026, 11, 21, 8, 31, tzinfo=UTC)
    clock = (
        Stretch(begun=begun, ended=begun + timedelta(hours=3, minutes=29)),
        Stretch(begun=begun + timedelta(hours=4, minutes=14), ended=begun + timedelta(hours=7, minutes=40)),
    )
    held = {"held_on": TODAY, "closed_at": NOW, "clock": clock}
    return a_visit(number, **{**held, **changes})


def an_item(place: int = 1, **changes: Any) -> AgendaItem:
    item = AgendaItem(
        id=AgendaItemId(an_id(f"item {place}")),
        engagement_id=an_engagement().id,
        visit_id=a_visit().id,
        place=place,
        title="Look at ten repair orders",
        minutes=30,
        reason="Half of the process is rated.",
    )
    return replace(item, **changes)


def a_note(number: int = 1, **changes: Any) -> VisitNote:
    note = VisitNote(
        id=VisitNoteId(an_id(f"note {number}")),
        engagement_id=an_engagement().id,
        words="The board hangs beside the key safe.",
        noted_at=NOW + timedelta(minutes=number),
        visit_id=a_visit().id,
    )
    return replace(note, **changes)


def a_promise(number: int = 1, **changes: Any) -> Promise:
    promise = Promise(
        id=PromiseId(an_id(f"promise {number}")),
        engagement_id=an_engagement().id,
        number=number,
        what="A second phone line for the workshop",
        who="Petra Principal",
        made_on=date(2026, 10, 5),
        due_on=date(2026, 11, 10),
    )
    return replace(promise, **changes)


def a_charter(**changes: Any) -> Charter:
    charter = Charter(
        id=CharterId(an_id("charter")),
        engagement_id=an_engagement().id,
        aim="Every car is ready when it was promised, and every customer knows the price before the work begins.",
        coach_part="The coach comes once a month, trains the process owners and says honestly what was seen.",
    )
    return replace(charter, **changes)


def a_target(gain: Gain = Gain.CUSTOMERS, number: int = 1, **changes: Any) -> Target:
    target = Target(
        id=TargetId(an_id(f"target {gain} {number}")),
        engagement_id=an_engagement().id,
        gain=gain,
        kpi="C15",
        goal=Decimal("95.5"),
        start=Decimal(81),
        due_on=date(2027, 6, 30),
    )
    return replace(target, **changes)


def a_signature(name: str = "Petra Principal", **changes: Any) -> Signature:
    strokes = (
        (60, 220, 120, 60, 180, 220, 240, 80, 300, 210),
        (340, 150, 420, 120, 520, 190, 700, 90, 940, 160),
        (500, 40),
    )
    signature = Signature(name=name, function="Managing director", strokes=strokes, signed_at=NOW)
    return replace(signature, **changes)


def a_phase(phase: str, place: int, *, wave: int = 0, **changes: Any) -> PlannedPhase:
    first = date(2026, 1, 12) + timedelta(days=60 * (place - 1))
    planned = PlannedPhase(
        id=PlannedPhaseId(an_id(f"phase {phase} {wave}")),
        engagement_id=an_engagement().id,
        phase=phase,
        place=place,
        wave=wave,
        starts_on=first,
        ends_on=first + timedelta(days=59),
    )
    return replace(planned, **changes)


def left_out(area: str, reason: str) -> PlannedArea:
    return PlannedArea(
        id=PlannedAreaId(an_id(f"planned {area}")),
        engagement_id=an_engagement().id,
        area_id=AreaId(area),
        left_out=reason,
    )


def owns(process: str, person: Any) -> ProcessOwner:
    return ProcessOwner(
        id=ProcessOwnerId(an_id(f"owner {process}")),
        engagement_id=an_engagement().id,
        process_id=ProcessId(process),
        owner_id=person.id,
    )


def a_year(*records: Any, sample: bool = False, engagement: dict[str, Any] | None = None) -> FakeReader:
    """A programme whose principal and quality officer are named, and these records in it."""
    reader = a_programme(PRINCIPAL, OFFICER, a_qualification(), *records, kpi_groups=(a_kpi_group(),))
    place = next(at for at, one in enumerate(reader.records) if isinstance(one, Engagement))
    leaders: dict[str, Any] = {"principal_id": PRINCIPAL.id, "officer_id": OFFICER.id, "officer_percent": 20}
    found: Any = reader.records[place]
    reader.records[place] = replace(found, **leaders | (engagement or {}))
    if sample:
        house: Any = reader.records[0]
        reader.records[0] = replace(house, is_sample=True)
    return reader


def with_visit_photo(reader: FakeReader, number: int, visit: Visit, **changes: Any) -> FakeReader:
    """The same with one more photo taken at the visit."""
    name = f"photo-{number}.jpg"
    evidence = a_photo_evidence(reader, name, a_photo(400, 300, number), **changes)
    link = EvidenceLink(
        id=EvidenceLinkId(an_id(f"visit link {number}")), evidence_id=evidence.id, visit_id=visit.id
    )
    reader.add(evidence, link)
    return reader


def a_full_visit(*, promises: int = 5, notes: int = 6, people: int = 5) -> FakeReader:
    """A closed visit with something of everything, and one ahead."""
    visit = a_closed_visit(
        7,
        id=a_visit().id,
        areas=(AreaId("service"), AreaId("parts")),
        purpose="Repair orders and what became of the parts counter",
        bring="The last ten repair orders\nThe list of open complaints\nTyre tread gauge",
        summary="A good day: the team showed the new board without being asked. What is missing is time for the parts counter.",
        participants=(
            Participant(name="Petra Principal", function="Managing director", person_id=PRINCIPAL.id, at_opening=True, at_closing=True),
            *(Participant(name=f"Person {number}", function="Service advisor", at_opening=number % 2 == 0, at_closing=True) for number in range(1, people)),
        ),
        next_on=date(2026, 12, 17),
        signatures=(a_signature(), a_signature("Ada Sample", function="Coach")),
    )  # fmt: skip
    finding = a_finding(1, FindingGrade.MAJOR, owner="R. Huber")
    items = [
        an_item(1, title="Opening: what was promised", minutes=15, reason="", step="agenda:opening", done_at=NOW),
        an_item(2, step=f"verify:{an_action().id}", rule="verify", reason="Done 60 days ago", done_at=NOW, outcome="Nine of ten orders carry a price."),
        an_item(3, title="Walk through parts", rule="rate", minutes=90, step="rate:x:parts.stock", outcome="Half done"),
        an_item(4, title="Break", minutes=45, reason="", step="agenda:break"),
        an_item(5, title="Talk with the principal", minutes=20, reason=""),
    ]  # fmt: skip
    said = [
        a_note(number, checkpoint_id=PRICE_AGREED if number % 2 else None, finding_id=finding.id if number == 1 else None, noted_by=COACH.id)
        for number in range(1, notes + 1)
    ]  # fmt: skip
    given = [
        a_promise(number, due_on=date(2026, 11, 5) + timedelta(days=number), kept_on=date(2026, 11, 9) if number == 2 else None, outcome="Installed" if number == 2 else "")
        for number in range(1, promises + 1)
    ]  # fmt: skip
    made = a_promise(
        promises + 1, what="A new lamp for bay 3", visit_id=visit.id, made_on=TODAY, due_on=date(2026, 12, 15)
    )
    coming = a_visit(
        8,
        planned_on=date(2026, 12, 17),
        starts_at=time(9),
        ends_at=time(15),
        areas=visit.areas,
        bring=visit.bring,
    )
    reader = a_year(visit, coming, finding, an_action(due_on=TODAY), *items, *said, *given, made)
    reader.add(*(replace(one, id=AgendaItemId(f"{one.id}-8"), visit_id=coming.id) for one in items))
    reader.add(
        owns("service.repair-order", a_person("Rita Huber")),
        a_person("Rita Huber", function="Service manager"),
    )
    for number in range(1, 4):
        with_visit_photo(reader, number, visit, caption="The board in the workshop, seen from the door")
    return reader


def a_full_charter(*, promises: int = 4, targets: int = 3) -> FakeReader:
    """A charter ready to be signed."""
    charter = a_charter()
    return a_year(
        charter,
        left_out("parts", "The parts counter belongs to another firm."),
        *(a_phase(phase, place) for place, phase in enumerate(("baseline", "implement", "audit"), 1)),
        *(a_target(gain, number) for number in range(1, targets // 3 + 1) for gain in Gain),
        *(a_promise(number, charter_id=charter.id) for number in range(1, promises)),
        a_promise(promises, charter_id=charter.id, what="Answers within two working days", who="Ada Sample", is_coachs=True),
        engagement={"targets_locked_on": date(2026, 1, 30)},
    )  # fmt: skip


def year_pdf(
    kind: ModuleType, reader: FakeReader, of: str | None = None, *, on: date = TODAY, **how: Any
) -> bytes:
    """The paper of a kind as a PDF."""
    out = BytesIO()
    paper = kind.collect(reader, an_engagement().id, of, on=on, **how)
    kind.draw(paper, out, pictures=reader.evidence_bytes, progress=Progress())
    return out.getvalue()


def charter_pdf(reader: FakeReader, **how: Any) -> bytes:
    return year_pdf(charter, reader, **how)


def agenda_pdf(reader: FakeReader, of: str | None = None, **how: Any) -> bytes:
    return year_pdf(agenda, reader, of, **how)


def minutes_pdf(reader: FakeReader, of: str | None = None, **how: Any) -> bytes:
    return year_pdf(minutes, reader, of, **how)
