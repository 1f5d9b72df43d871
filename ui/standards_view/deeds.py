"""What can be done with standards as a whole: bring one in, hand one out, begin or drop an edition, move a programme."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.edition import Edition
from qma_app.domain.ids import EditionHash
from qma_app.i18n import _
from qma_app.services.browsing_standards import forget_edition, keep_next_edition
from qma_app.services.standards import write_standard
from ui.dialogs.confirm import ConfirmDialog
from ui.files import nearest_folder
from ui.jobs import Progress
from ui.standards_view.shelf import Shelf
from ui.workbench import Workbench


class StandardDeeds(QObject):
    """`done` when the editions at hand are others than before, with the hash to look at next ("" = whichever)."""

    done = Signal(str)

    def __init__(self, workbench: Workbench, shelf: Shelf, page: QWidget) -> None:
        super().__init__(page)
        self._bench, self._shelf, self._page = workbench, shelf, page

    def import_file(self) -> None:
        """Choose a file; our own workbook shows its difference, anything else is read with a wizard."""
        from ui.dialogs.import_standard import import_standard_file

        hash = import_standard_file(self._page.window(), self._bench, self._shelf)
        if hash is not None:
            self.done.emit(hash)

    def export_workbook(self) -> None:
        """The edition looked at as a workbook a quality manager can work in."""
        edition = self._shelf.edition
        if edition is None:
            return
        name = f"{_file_name(edition)}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page,
            _("Export as Excel workbook"),
            str(self._start() / name),
            _("Excel (*.xlsx)"),
        )
        if chosen:
            target = Path(chosen)
            if target.suffix.lower() != ".xlsx":
                target = target.with_name(f"{target.name}.xlsx")
            self.save_workbook(edition, target)

    def save_workbook(self, edition: Edition, target: Path) -> None:
        """Write the workbook beside the window."""
        self._bench.jobs.run(
            _("Saving {name}").format(name=target.name),
            partial(_write_workbook, edition, target),
            self._bench.file_saved.emit,
        )

    def export_folder(self) -> None:
        """The edition looked at as YAML files in a folder of their own."""
        edition = self._shelf.edition
        if edition is None:
            return
        chosen = QFileDialog.getExistingDirectory(
            self._page, _("Export as YAML: choose a folder"), str(self._start())
        )
        if chosen:
            self.save_folder(edition, Path(chosen) / edition.standard / edition.version)

    def save_folder(self, edition: Edition, folder: Path) -> None:
        """Write the files beside the window."""
        self._bench.jobs.run(
            _("Saving {name}").format(name=folder.name),
            partial(_write_folder, edition, folder),
            self._bench.file_saved.emit,
        )

    def _start(self) -> Path:
        """Where a file is offered to go: the folder of reports, before the first report the home it will lie in."""
        return nearest_folder(self._bench.settings.reports_folder)

    def new_edition(self) -> None:
        """A draft that says the same under a later version, kept in the workspace."""
        from ui.dialogs.new_edition import NewEditionDialog

        edition = self._shelf.edition
        if edition is None:
            return
        version = NewEditionDialog.ask(self._page.window(), edition)
        if version is None:
            return
        before = {row.hash for row in self._shelf.rows}
        changes = self._bench.do(keep_next_edition, edition, version=version)
        if changes is not None:
            self.done.emit("")
            fresh = [row.hash for row in self._shelf.rows if row.hash not in before]
            self.done.emit(fresh[0] if fresh else "")
            self._bench.told.emit(
                _(
                    "The draft {version} is kept in this workspace. Export it, change it, and import it again."
                ).format(version=version)
            )

    def forget(self) -> None:
        """Drop the draft looked at, after asking: this cannot be undone."""
        edition = self._shelf.edition
        if edition is None:
            return
        is_wanted = ConfirmDialog.ask(
            self._page.window(),
            _("Remove {edition}?").format(edition=edition.label),
            _("The draft is deleted from this workspace. Export it first if it is still needed."),
            accept=_("Remove draft"),
        )
        if is_wanted and self._bench.do(forget_edition, EditionHash(edition.hash)) is not None:
            self.done.emit("")

    def upgrade(self) -> None:
        """Move the programme of the dealership shown to another edition."""
        from ui.dialogs.upgrade_desk import open_upgrade_desk

        engagement = self._bench.engagement
        if engagement is None:
            self._bench.told.emit(_("Choose a dealership first: its programme is what moves."))
            return
        edition = self._shelf.edition
        open_upgrade_desk(
            self._page.window(), engagement.id, EditionHash(edition.hash) if edition is not None else None
        )


def _file_name(edition: Edition) -> str:
    return f"{edition.standard}_{edition.version}"


def _write_workbook(edition: Edition, target: Path, progress: Progress) -> Path:
    from qma_app.services.standard_workbook import export_standard

    return export_standard(edition, target, progress)


def _write_folder(edition: Edition, folder: Path, progress: Progress) -> Path:
    progress(0.2, 1, folder.name)
    write_standard(edition, folder)
    return folder
