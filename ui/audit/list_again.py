"""Gets the list of a sample again: at once where numbers were typed, else from a file chosen and read beside the window."""

from __future__ import annotations

from pathlib import Path

from qma_app.domain.audit import AuditSample, ListSource
from qma_app.services.audit_samples import SampleList, read_list_again, read_numbers
from ui.jobs import Progress


def needs_file(sample: AuditSample) -> bool:
    """Whether the list has to be handed over again."""
    return sample.source is not ListSource.NUMBERS


def list_again(sample: AuditSample, path: Path | None, progress: Progress) -> SampleList:
    """The list of a sample from the file given, or from the numbers typed then."""
    if path is None:
        return read_numbers(sample.list_name)
    return read_list_again(path, sample, progress=progress)
