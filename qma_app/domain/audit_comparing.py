"""Sets an audit beside the one it follows, as both stand in the records."""

from __future__ import annotations

from qma_app.domain.audit import Audit
from qma_app.domain.audit_reading import read_audit_state
from qma_app.domain.audit_state import AuditState
from qma_app.domain.ports import Reader
from qma_app.domain.standing import applicable_in
from qma_app.domain.surveillance import AuditComparison, AuditSide, compare_audits


def compared_with_before(reader: Reader, now: AuditState) -> AuditComparison | None:
    """What has gone back, was kept or is better since the audit it follows; None where it follows none."""
    if now.audit.follows is None:
        return None
    then = read_audit_state(reader, reader.get(Audit, now.audit.follows))
    return compare_audits(_side(reader, then), _side(reader, now))


def _side(reader: Reader, state: AuditState) -> AuditSide:
    return AuditSide(
        edition=state.edition,
        ratings=state.ratings,
        applicable=applicable_in(reader, state.assessment),
        findings=state.standing_findings,
    )
