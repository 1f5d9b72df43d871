"""Revoking: a paper, or everything a key signs, is said to count no more; the files stay as they are, the register tells."""

from __future__ import annotations

from dataclasses import replace

from qma_app.domain.certification import IssuedFile, IssuedKind, Signer
from qma_app.domain.ids import IssuedFileId, SignerId
from qma_app.domain.people import Role
from qma_app.domain.record import Changes
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.audit_rules import needed
from qma_app.services.deciding_rules import check_clock_on, decider_at_work
from qma_app.services.workspace import Workspace


def revoke_issued(workspace: Workspace, issued_id: IssuedFileId, reason: str) -> Changes:
    """Say of a signed file that nobody may rely on it, once and with the reason.

    A certificate's is revoked by a decision maker, a report's by a decision maker or an auditor.
    """
    reason = _reason(reason)
    with workspace.writing("issued.revoked") as work:
        check_clock_on(work)
        issued = work.get(IssuedFile, issued_id)
        if issued.kind is IssuedKind.CERTIFICATE:
            decider_at_work(workspace)
        else:
            _check_judges(workspace)
        if issued.revoked_on is not None:
            raise RuleBroken(
                _("{name} was revoked on {day}.").format(name=issued.name, day=day_text(issued.revoked_on)),
                code="issued.revoked-already",
                way_out=_("The register says so already."),
                issued=issued.id,
            )
        work.put(replace(issued, revoked_on=workspace.today(), revoked_reason=reason))
    return work.changes


def revoke_signer(workspace: Workspace, signer_id: SignerId, reason: str) -> Changes:
    """Say of a key that nothing signed with it counts any more, as when it was lost; once and with the reason.

    Its papers are then told to be revoked by whoever checks them against the register, and nothing new is signed with it here.
    """
    reason = _reason(reason)
    with workspace.writing("signer.revoked") as work:
        check_clock_on(work)
        _check_judges(workspace)
        signer = work.get(Signer, signer_id)
        if signer.revoked_on is not None:
            raise RuleBroken(
                _("The key of {name} was revoked on {day}.").format(
                    name=signer.name, day=day_text(signer.revoked_on)
                ),
                code="signer.revoked-already",
                way_out=_("The register says so already."),
                signer=signer.id,
            )
        work.put(replace(signer, revoked_on=workspace.today(), revoked_reason=reason))
    return work.changes


def _check_judges(workspace: Workspace) -> None:
    worker = workspace.worker
    if worker is None or worker.role is Role.COACH:
        raise RuleBroken(
            _("A decision maker revokes, or an auditor."),
            code="role.revoking",
            way_out=_("Change who is working in the status bar."),
        )


def _reason(reason: str) -> str:
    return needed(
        reason,
        "revoking.reason-missing",
        _("Revoking needs a reason."),
        _("Write what happened: the register shows it to everybody who checks a paper."),
    )
