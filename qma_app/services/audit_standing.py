"""Where an audit stands: its state with the independence of its people, its path, and what stands against signing it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qma_app.domain.audit import Audit
from qma_app.domain.audit_path import PathCheck, PathStep, before_signing, path_of
from qma_app.domain.audit_reading import read_audit_state
from qma_app.domain.audit_state import AuditState
from qma_app.domain.ids import AuditId
from qma_app.domain.ports import Reader
from qma_app.services.audit_people import auditor_conflicts


def audit_state(reader: Reader, audit_id: AuditId, *, on: date) -> AuditState:
    """The audit as it stands; `on` is the day independence is judged by while the audit has no days of its own."""
    audit = reader.get(Audit, audit_id)
    conflicts = tuple(
        conflict
        for member in audit.team
        if member.part.grades
        for conflict in auditor_conflicts(reader, audit, member.person_id, on=on)
    )
    return replace(read_audit_state(reader, audit), conflicts=conflicts)


def audit_path(reader: Reader, audit_id: AuditId, *, on: date) -> tuple[PathStep, ...]:
    """The steps of the audit, each with where it stands and what it misses."""
    return path_of(audit_state(reader, audit_id, on=on))


def signing_checks(reader: Reader, audit_id: AuditId, *, on: date) -> tuple[PathCheck, ...]:
    """Everything that must hold before the report is signed, met or not."""
    return before_signing(audit_state(reader, audit_id, on=on))
