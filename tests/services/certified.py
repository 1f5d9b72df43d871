"""A signed audit with two decision makers who know nobody there: for tests of what follows the signature."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.certification import (
    Certificate,
    CertificationDecision,
    DecisionOutcome,
    IssuedFile,
    IssuedKind,
    Seal,
    Signer,
)
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AuditId, IssuedFileId, SealId, SignerId
from qma_app.domain.people import Person, Role, Worker
from qma_app.domain.result import Verdict
from qma_app.domain.standing import applicable_in, edition_of_assessment, premises_in
from qma_app.exchange.signing_key import SigningKey, load_key, make_trial_key
from qma_app.services.audits import begin_audit, leave_area_out
from qma_app.services.certificate_granting import grant_certificate
from qma_app.services.deciding import decide
from qma_app.services.findings import raise_finding
from qma_app.services.people import add_person, certify_person
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from tests.services.auditing import FIRST, LAST, begin, rate_at_once
from tests.services.visiting import House, SetClock, make_house

DECIDED: Final = date(2027, 6, 30)
"""Two weeks after the last day of the audit."""
_LAPSE: Final = date(2031, 1, 1)
"""The last day of everybody's certificate."""


@dataclass(frozen=True, kw_only=True)
class Certified:
    """The house after its audit: its auditor, two who may decide, and the audit signed last."""

    house: House
    audit_id: AuditId
    auditor: Person
    decider: Person
    other: Person

    @property
    def workspace(self) -> Workspace:
        return self.house.workspace

    @property
    def audit(self) -> Audit:
        return self.house.get(Audit, self.audit_id)

    @property
    def report(self) -> IssuedFile:
        return next(one for one in self.house.all(IssuedFile) if one.audit_id == self.audit_id)

    def work_as(self, person: Person, role: Role = Role.DECISION_MAKER) -> None:
        self.workspace.set_worker(Worker(person_id=person.id, role=role))

    def on(self, day: date) -> None:
        """The decision maker sits down on that day."""
        self.house.clock.put(day)
        self.work_as(self.decider)

    def decide(self, outcome: DecisionOutcome = DecisionOutcome.GRANTED, **how: Any) -> CertificationDecision:
        return decide(self.workspace, self.audit_id, outcome, **how)

    def grant(self, outcome: DecisionOutcome = DecisionOutcome.GRANTED) -> Certificate:
        return grant_certificate(self.workspace, self.decide(outcome).id)

    def audit_again(
        self, kind: AssessmentKind, first_on: date, verdict: Verdict = Verdict.PASS, **how: Any
    ) -> Certified:
        """Another audit of one day by the same auditor, of the same area, signed that evening."""
        self.house.clock.put(first_on, 8)
        self.work_as(self.auditor, Role.AUDITOR)
        changes = begin_audit(
            self.workspace, self.house.engagement.id, kind, first_on=first_on, last_on=first_on, **how
        )
        audit = changes.made(Audit)
        for area_id in self.house.get(Assessment, audit.assessment_id).scope[1:]:
            leave_area_out(self.workspace, audit.id, area_id, "Not looked at again.")
        assessment = self.house.get(Assessment, audit.assessment_id)
        with self.workspace.reading() as reader:
            points = applicable_in(reader, assessment)
        rate_at_once(self.house, assessment, points, 10)
        self.house.clock.put(first_on, 16)
        sign_directly(self.house, audit.id, verdict)
        self.on(first_on)
        self.house.clock.put(first_on, 18)
        return replace(self, audit_id=audit.id)

    def close_majors(self) -> None:
        with self.workspace.store.writing("test.closed") as work:
            for one in work.all(Finding, grade=FindingGrade.MAJOR):
                work.put(replace(one, closed_on=self.workspace.today()))


def sign_directly(house: House, audit_id: AuditId, verdict: Verdict) -> None:
    """The records a signature leaves, around a report of a few bytes."""
    workspace = house.workspace
    data = f"report of {audit_id}".encode()
    digest = workspace.store.evidence.put(data)
    with workspace.store.writing("test.signed") as work:
        audit = work.get(Audit, audit_id)
        assessment = work.get(Assessment, audit.assessment_id)
        known = work.all(Signer, fingerprint="a" * 64)
        signer = known[0] if known else Signer(
            id=SignerId(work.new_id()), fingerprint="a" * 64, name="TRIAL Auditor",
            person_id=audit.lead_id, is_trial=True,
        )  # fmt: skip
        work.put(signer)
        work.put(
            replace(
                audit, recommendation=verdict, recommended_at=work.at, recommended_by=audit.lead_id,
                signed_at=work.at, signed_by=audit.lead_id,
            )
        )  # fmt: skip
        work.put(
            assessment.completed(at=work.at, on=workspace.today(), premises=premises_in(work, assessment))
        )
        content = sha256(data[::-1]).hexdigest()
        work.put(
            IssuedFile(
                id=IssuedFileId(work.new_id()), engagement_id=audit.engagement_id, audit_id=audit_id,
                kind=IssuedKind.REPORT, number=audit.number, revision=audit.revision, language="en",
                name="report.pdf", digest=digest, content_digest=content, size=len(data),
                issued_at=work.at, signer_id=signer.id, log_seq=1, log_hash="b" * 64, is_trial=True,
            )
        )  # fmt: skip
        work.put(
            Seal(
                id=SealId(work.new_id()), audit_id=audit_id, assessment_id=assessment.id,
                engagement_id=audit.engagement_id, edition=edition_of_assessment(work, assessment).hash,
                sealed_at=work.at, report_digest=digest, content_digest=content, log_seq=1, log_hash="b" * 64,
            )
        )  # fmt: skip


@contextmanager
def certified_in(folder: Path, verdict: Verdict = Verdict.PASS) -> Iterator[Certified]:
    """A copy of a house audited over one area and signed with that recommendation; a major stands in the way of more."""
    kept, next_name, at = _audited(verdict)
    shutil.copytree(kept, folder)
    names, clock = count(next_name), SetClock(at)
    with open_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        with workspace.reading() as reader:
            (engagement,) = reader.all(Engagement)
            people = {one.name: one for one in reader.all(Person)}
            (audit,) = reader.all(Audit)
            house = House(
                workspace=workspace,
                clock=clock,
                dealership=reader.get(Dealership, engagement.dealership_id),
                engagement=engagement,
                coach=reader.get(Person, engagement.coach_id or ""),
            )
        certified = Certified(
            house=house,
            audit_id=audit.id,
            auditor=people["Dora Auditor"],
            decider=people["Dirk Decider"],
            other=people["Olga Other"],
        )
        certified.on(DECIDED)
        yield certified


@cache
def a_key(name: str = "Dirk Decider") -> SigningKey:
    """A key for trial, the same for the same name in one run."""
    at = datetime(2027, 6, 1, tzinfo=UTC)
    return load_key(make_trial_key("a phrase", name=name, at=at, serial=7), "a phrase", on=DECIDED)


@cache
def _audited(verdict: Verdict) -> tuple[Path, int, datetime]:
    keeper = TemporaryDirectory(prefix="certified-")
    atexit.register(keeper.cleanup)
    folder, names = Path(keeper.name) / "w", count(1)
    clock = SetClock(datetime(2026, 2, 2, 9, tzinfo=UTC))
    with create_workspace(folder, clock=clock, new_id=lambda: f"id-{next(names)}") as workspace:
        workspace.store.hurry()
        house = make_house(workspace, clock)
        add_decider(house, "Dirk Decider", "D-1")
        add_decider(house, "Olga Other", "D-2")
        audited = begin(house)
        certify_person(workspace, audited.auditor.id, role=Role.AUDITOR, number="A-3", valid_until=_LAPSE)
        audited.look_at_one_area()
        clock.put(FIRST, 9)
        with workspace.reading() as reader:
            points = applicable_in(reader, audited.assessment)
        rate_at_once(house, audited.assessment, points, 4 if verdict is Verdict.FAIL else 10)
        clock.put(LAST, 14)
        if verdict is Verdict.CONDITIONAL:
            raise_finding(
                workspace,
                engagement_id=house.engagement.id,
                assessment_id=audited.assessment.id,
                checkpoint_id=points[0],
                statement="No price on the order",
                grade=FindingGrade.MAJOR,
                requirement="Every order carries the price.",
                evidence="4 of 10 orders",
            )
        clock.put(LAST, 17)
        sign_directly(house, audited.audit_id, verdict)
    return folder, next(names), clock.at


def add_decider(house: House, name: str, number: str) -> Person:
    """Somebody of the programme certified to decide."""
    person = add_person(house.workspace, name=name).made(Person)
    certify_person(
        house.workspace,
        person.id,
        role=Role.DECISION_MAKER,
        number=number,
        valid_from=date(2026, 1, 1),
        valid_until=_LAPSE,
    )
    return person
