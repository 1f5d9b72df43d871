"""Everything the screens of an audit show, read at one moment; no widgets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qma_app.domain.audit_path import PathCheck, PathStep, StepCode, before_signing, path_of
from qma_app.domain.audit_state import AuditState
from qma_app.domain.ids import AuditId
from qma_app.domain.ports import Reader
from qma_app.services.audit_standing import audit_state
from qma_app.services.audits import AuditView, audit_view


@dataclass(frozen=True, kw_only=True, slots=True)
class AuditDesk:
    """One audit with its path and what stands against signing it; `on` is the day it was read for."""

    on: date
    view: AuditView
    state: AuditState
    steps: tuple[PathStep, ...]
    checks: tuple[PathCheck, ...]

    def step(self, code: StepCode) -> PathStep | None:
        """That step of the path; None where this kind of audit has none."""
        return next((one for one in self.steps if one.code is code), None)


def read_desk(reader: Reader, audit_id: AuditId, *, on: date) -> AuditDesk:
    """The audit as it stands now."""
    state = audit_state(reader, audit_id, on=on)
    return AuditDesk(
        on=on,
        view=audit_view(reader, audit_id),
        state=state,
        steps=path_of(state),
        checks=before_signing(state),
    )
