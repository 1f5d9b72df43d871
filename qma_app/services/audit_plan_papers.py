"""Saves what a dealership is sent before an audit: its plan as a paper, and the timetable for its calendars."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from qma_app.domain.audit import Audit
from qma_app.domain.dealership import Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AuditId
from qma_app.i18n import _
from qma_app.services.audit_calendar import audit_calendar_bytes
from qma_app.services.reports import make_report, report_name
from qma_app.services.subjects import file_name
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import atomic_file

PLAN: Final = "audit-plan"
"""The key of the plan among the reports."""


def save_audit_plan(
    workspace: Workspace, audit_id: AuditId, folder: Path, *, progress: Callable[[float], bool] | None = None
) -> Path:
    """Write the plan into a folder under a name people recognise, in the language of the audit; what stood there is replaced."""
    with workspace.reading() as reader:
        audit = reader.get(Audit, audit_id)
        house = reader.get(Dealership, reader.get(Engagement, audit.engagement_id).dealership_id)
        language = audit.language or house.language or None
        name = report_name(reader, PLAN, dealership_id=house.id, of=audit.label, language=language)
    folder.mkdir(parents=True, exist_ok=True)
    return make_report(
        workspace,
        PLAN,
        dealership_id=house.id,
        of=audit.label,
        language=language,
        target=folder / name,
        progress=progress,
    )


def save_audit_calendar(workspace: Workspace, audit_id: AuditId, folder: Path) -> Path:
    """Write the timetable as a calendar file into a folder; the name stays, so that a newer one takes its place."""
    with workspace.reading() as reader:
        audit = reader.get(Audit, audit_id)
        house = reader.get(Dealership, reader.get(Engagement, audit.engagement_id).dealership_id)
        content = audit_calendar_bytes(reader, audit_id, on=workspace.today())
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / file_name(".ics", house.name, _("audit timetable"), audit.number)
    with atomic_file(target) as file:
        file.write(content)
    return target
