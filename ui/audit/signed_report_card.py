"""The signed report a decision rests on: its number, its SHA-256 to be compared, who signed it, and the file itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qma_app.domain.certification import IssuedFile
from qma_app.domain.ids import IssuedFileId
from qma_app.errors import ReportTrouble
from qma_app.i18n import _, day_text, instant_text
from ui.audit.decision_reading import DecisionDesk
from ui.audit.digest_row import DigestRow
from ui.audit.fact_rows import Facts
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace
    from ui.jobs import Progress


class SignedReportCard(Card):
    """Without a signed report it says so."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.trial = Chip(_("TRIAL"), tone="warn")
        super().__init__(_("Signed report"), self.trial, parent)
        self._bench = workbench
        self._report: IssuedFile | None = None
        self.nothing = PlainLabel(_("The report is not signed yet."), tone="muted", wrap=True)
        self.facts = Facts()
        self.digest = DigestRow(_("SHA-256 of the report"))
        self.save_button = Button(_("Save report"), icon_name="download")
        self.save_button.clicked.connect(self.save)
        self.body.setSpacing(10)
        for widget in (self.nothing, self.facts, self.digest):
            self.body.addWidget(widget)
        self.body.addWidget(self.save_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_desk(self, desk: DecisionDesk) -> None:
        """Show the report of this audit."""
        report = self._report = desk.report
        self.trial.setVisible(report is not None and report.is_trial)
        self.nothing.setVisible(report is None)
        for widget in (self.facts, self.digest, self.save_button):
            widget.setVisible(report is not None)
        if report is None:
            return
        number = _("{number}, revision {revision}").format(number=report.number, revision=report.revision)
        revoked = (
            _("{day}: {reason}").format(day=day_text(report.revoked_on), reason=report.revoked_reason)
            if report.revoked_on is not None
            else ""
        )
        self.facts.show_facts(
            (
                (_("Report"), number),
                (_("Signed by"), desk.signer.name if desk.signer is not None else ""),
                (_("Signed on"), instant_text(report.issued_at)),
                (_("Revoked"), revoked),
            )
        )
        self.digest.show_digest(report.digest)

    def save(self) -> None:
        """Save the file as it was signed into the folder of reports."""
        if self._report is not None:
            save_issued_file(self._bench, self._report)


def save_issued_file(workbench: Workbench, file: IssuedFile, target: Path | None = None) -> None:
    """Write a signed file out beside the window, into the folder of reports unless a place is named; the window offers it."""
    target = target or workbench.settings.reports_folder / file.name
    workbench.jobs.run(
        _("Saving {name}").format(name=target.name),
        partial(_save, workbench.workspace, file.id, target),
        workbench.file_saved.emit,
        workbench.failed.emit,
    )


def make_folder(folder: Path) -> None:
    """Make the folder of reports where it is not there yet; ReportTrouble where that is not allowed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportTrouble(
            _("The folder {folder} cannot be made: {reason}.").format(
                folder=folder, reason=error.strerror or type(error).__name__
            ),
            code="report.folder",
            way_out=_("Choose another folder for reports in Settings."),
        ) from error


def _save(workspace: Workspace, issued_id: IssuedFileId, target: Path, progress: Progress) -> Path:
    from qma_app.services.signing import save_issued

    progress(0.0)
    make_folder(target.parent)
    return save_issued(workspace, issued_id, target)
