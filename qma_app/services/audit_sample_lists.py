"""The records of a sample to be handed on: as lines for a screen, as text to paste, as a workbook."""

from __future__ import annotations

from pathlib import Path

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditSample
from qma_app.domain.edition import Checkpoint
from qma_app.domain.ids import AuditSampleId
from qma_app.domain.ports import Reader
from qma_app.domain.sample_lines import RecordLine, record_lines
from qma_app.domain.standing import edition_of_assessment
from qma_app.exchange.sample_workbook import drawing_facts, write_drawn
from qma_app.i18n import _
from qma_app.services.subjects import file_name
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import atomic_file

__all__ = [
    "drawing_facts",
    "drawn_lines",
    "drawn_text",
    "sample_file_name",
    "save_drawn",
]


def drawn_lines(reader: Reader, sample_id: AuditSampleId) -> tuple[RecordLine, ...]:
    """The records to look at, each with what was seen."""
    sample = reader.get(AuditSample, sample_id)
    audit = reader.get(Audit, sample.audit_id)
    return record_lines(sample, reader.ratings(audit.assessment_id).get(sample.checkpoint_id))


def drawn_text(reader: Reader, sample_id: AuditSampleId) -> str:
    """One record a line with its part behind a tab, as a table program takes it."""
    return "\n".join(
        f"{one.record.label}\t{one.record.stratum}" if one.record.stratum else one.record.label
        for one in drawn_lines(reader, sample_id)
    )


def sample_file_name(reader: Reader, sample_id: AuditSampleId) -> str:
    """`R-2027-0093_Sample_SRV-4.12.xlsx`"""
    sample = reader.get(AuditSample, sample_id)
    audit = reader.get(Audit, sample.audit_id)
    return file_name(".xlsx", audit.number, _("Sample"), _checkpoint(reader, audit, sample).number)


def save_drawn(workspace: Workspace, sample_id: AuditSampleId, target: Path) -> Path:
    """Write the records as a workbook, whole or not at all, and give its path back; what stood there before is replaced."""
    with workspace.reading() as reader:
        sample = reader.get(AuditSample, sample_id)
        audit = reader.get(Audit, sample.audit_id)
        checkpoint = _checkpoint(reader, audit, sample)
        lines = drawn_lines(reader, sample_id)
    title = _("Sample {number}").format(number=checkpoint.number)
    banner = _("{report}: sample for {number} {statement}").format(
        report=audit.number, number=checkpoint.number, statement=checkpoint.statement
    )
    with atomic_file(target) as file:
        write_drawn(sample, lines, title=title, banner=banner, file=file)
    return target


def _checkpoint(reader: Reader, audit: Audit, sample: AuditSample) -> Checkpoint:
    edition = edition_of_assessment(reader, reader.get(Assessment, audit.assessment_id))
    return edition.checkpoint(sample.checkpoint_id)
