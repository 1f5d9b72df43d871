"""What an audit comes to: its own ratings and findings under the rules of its edition."""

from __future__ import annotations

from qma_app.domain.audit import Audit
from qma_app.domain.audit_reading import audit_findings, read_audit_state, revisions
from qma_app.domain.ids import AuditId
from qma_app.domain.ports import Reader
from qma_app.domain.recommending import Recommended

__all__ = ["audit_findings", "audit_result", "revisions"]


def audit_result(reader: Reader, audit_id: AuditId) -> Recommended:
    """What the rules say about an audit as it stands, each with its numbers.

    A follow-up is judged on the audit it follows, with what was rated again, and on the majors of then as they stand now.
    """
    return read_audit_state(reader, reader.get(Audit, audit_id)).recommended
