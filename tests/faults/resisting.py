"""A really signed audit over one area with everything a report rests on: evidence, a sample, a finding of its own, one of the coach seen again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from sqlite3 import Connection
from typing import Any, Final

from qma_app.domain.audit import AuditSample
from qma_app.domain.evidence import Evidence, EvidenceLink
from qma_app.domain.finding import Finding, FindingGrade, Reply, Sighting
from qma_app.domain.ids import AssessmentId, CheckpointId, EditionHash
from qma_app.domain.people import Role, Worker
from qma_app.domain.result import Verdict
from qma_app.services.audit_conduct import recommend
from qma_app.services.audit_samples import draw_sample, read_numbers
from qma_app.services.audit_timetable import put_slot
from qma_app.services.evidence import add_evidence
from qma_app.services.findings import note_sighting, raise_finding, reply_to_finding
from qma_app.services.ratings import tick_sample
from tests.services.auditing import LAST, Audited
from tests.services.signed import sign
from tests.services.visiting import House

OF_AUDIT: Final = ("audit_slots", "audit_samples", "audit_looks")
OF_ASSESSMENT: Final = ("ratings", "sightings")
ALL_OF_IT: Final = ("evidence", "evidence_links", "seals", "issued_files", "signers")
"""Tables of which the report of this house rests on every row."""
RESTED_ON: Final = (
    "audits", "assessments", "findings", "editions", *OF_AUDIT, *OF_ASSESSMENT, *ALL_OF_IT,
)  # fmt: skip
"""Every table the signed report of this house rests on, or that says of it that it is signed."""


@dataclass(frozen=True, kw_only=True)
class Signed:
    """The audit after its signature, with the records attacked."""

    audited: Audited
    assessment_id: AssessmentId
    edition: EditionHash
    checkpoint: CheckpointId
    drawn_at: CheckpointId
    own: Finding
    seen_again: Finding
    proof: Evidence
    proof_of_coach: Evidence

    @property
    def house(self) -> House:
        return self.audited.house

    @property
    def workspace(self) -> Any:
        return self.house.workspace

    def work_as(self, role: Role | None) -> None:
        """The auditor, the coach, or nobody is named as working."""
        if role is None:
            self.workspace.set_worker(None)
            return
        person = self.audited.auditor if role is Role.AUDITOR else self.house.coach
        self.workspace.set_worker(Worker(person_id=person.id, role=role))

    def rows(self, connection: Connection, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The columns of a table with its rows the report rests on."""
        cursor = connection.execute(f'SELECT * FROM "{table}"')
        names = [one[0] for one in cursor.description]
        return names, [
            row for row in cursor.fetchall() if self._is_rested_on(table, dict(zip(names, row, strict=True)))
        ]

    def _is_rested_on(self, table: str, row: dict[str, Any]) -> bool:
        column, ids = {
            "audits": ("id", (self.audited.audit_id,)),
            "assessments": ("id", (self.assessment_id,)),
            "findings": ("id", (self.own.id, self.seen_again.id)),
            "editions": ("hash", (self.edition,)),
            **dict.fromkeys(OF_AUDIT, ("audit_id", (self.audited.audit_id,))),
        }.get(table, ("assessment_id", (self.assessment_id,)))
        return table in ALL_OF_IT or row[column] in ids


def sign_with_everything(audited: Audited) -> Signed:
    """Add to an audit that is ready what it does not have yet, recommend anew and sign."""
    house, workspace = audited.house, audited.house.workspace
    edition = audited.view().edition
    first, second, third = audited.applicable[:3]
    drawn_at = next(id for id in audited.applicable if edition.checkpoints[id].sample is not None)
    workspace.set_worker(Worker(person_id=house.coach.id, role=Role.COACH))
    of_coach = raise_finding(
        workspace,
        engagement_id=house.engagement.id,
        checkpoint_id=third,
        statement="The board is not kept up to date.",
        grade=FindingGrade.IMPROVEMENT,
        evidence="seen on two days",
    ).made(Finding)
    proof_of_coach = file_at(house, b"the board in May\n", finding_id=of_coach.id)
    workspace.set_worker(Worker(person_id=audited.auditor.id, role=Role.AUDITOR))
    note_sighting(
        workspace, of_coach.id, words="Still so.", assessment_id=audited.assessment.id, checkpoint_id=third
    )
    reply_to_finding(workspace, of_coach.id, reply=Reply.AGREED, by="Paula Principal")
    own = raise_finding(
        workspace,
        engagement_id=house.engagement.id,
        assessment_id=audited.assessment.id,
        checkpoint_id=second,
        statement="A list was signed later.",
        grade=FindingGrade.MINOR,
        requirement="Lists are signed on the day.",
    ).made(Finding)
    file_at(house, b"the list signed later\n", finding_id=own.id)
    reply_to_finding(workspace, own.id, reply=Reply.AGREED, by="Paula Principal")
    proof = file_at(
        house, b"the orders looked at\n", assessment_id=audited.assessment.id, checkpoint_id=first
    )
    draw_sample(workspace, audited.audit_id, drawn_at, read_numbers("1-200"), size=2, seed=7)
    for place in (0, 1):
        tick_sample(workspace, audited.assessment.id, drawn_at, place=place, conforms=True)
    audited.rate(drawn_at, 10)
    put_slot(workspace, audited.audit_id, on=LAST, begins=time(9), ends=time(10), words="Walk round")
    recommend(workspace, audited.audit_id, Verdict.PASS)
    sign(audited)
    assert house.all(AuditSample)
    assert house.all(Sighting)
    assert len(house.all(EvidenceLink)) == 3
    assert audited.assessment.edition is not None
    return Signed(
        audited=audited,
        assessment_id=audited.assessment.id,
        edition=audited.assessment.edition,
        checkpoint=first,
        drawn_at=drawn_at,
        own=house.get(Finding, own.id),
        seen_again=house.get(Finding, of_coach.id),
        proof=house.get(Evidence, proof.id),
        proof_of_coach=house.get(Evidence, proof_of_coach.id),
    )


def file_at(house: House, data: bytes, **place: Any) -> Evidence:
    """A small file taken in at a place."""
    taken = add_evidence(
        house.workspace, engagement_id=house.engagement.id, data=data, name="note.csv", **place
    )
    return taken.made(Evidence)
