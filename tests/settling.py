"""Brings a finding to its end the way the rules ask for, where a test is about something else."""

from __future__ import annotations

from datetime import date

from qma_app.domain.cause import Cause
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import CauseId, FindingId
from qma_app.domain.record import Changes
from qma_app.domain.verification import Effect
from qma_app.services.causes import add_cause
from qma_app.services.findings import close_finding
from qma_app.services.verifying import Target, verify_by_look
from qma_app.services.workspace import Workspace

WHYS = ("The step is left out", "Nobody knows it is asked for", "The instruction does not name it")


def understand(workspace: Workspace, finding_id: FindingId) -> None:
    """Three whys down to what the owner can change, unless there are some."""
    with workspace.reading() as reader:
        if reader.all(Cause, finding_id=finding_id):
            return
    above: CauseId | None = None
    for words in WHYS:
        changes = add_cause(
            workspace,
            finding_id,
            words=words,
            parent_id=above,
            category="method",
            origin="organisation",
            is_changeable=words is WHYS[-1],
        )
        above = changes.made(Cause).id


def settle(workspace: Workspace, finding_id: FindingId, *, note: str, on: date | None = None) -> Changes:
    """Understood, looked at again today and closed, today unless said otherwise."""
    with workspace.reading() as reader:
        grade = reader.get(Finding, finding_id).grade
    if grade is FindingGrade.MAJOR:
        understand(workspace, finding_id)
    verify_by_look(
        workspace,
        Target(finding_id=finding_id),
        points=None,
        effect=Effect.EFFECTIVE,
        words=note.strip() or "seen",
    )
    return close_finding(workspace, finding_id, note=note, on=on)
