"""What tests of the audit's page ask of it."""

from __future__ import annotations

from collections.abc import Callable

from qma_app.domain.audit import Audit
from ui.pages.audit import AuditPage

Shown = Callable[..., AuditPage]


def audit_of(page: AuditPage) -> Audit:
    """The audit shown, as it is stored now."""
    desk = page.desk
    assert desk is not None
    with page.workbench.workspace.reading() as reader:
        return reader.get(Audit, desk.view.audit.id)
