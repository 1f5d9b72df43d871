"""Takes papers out of the program: into the folder of reports, to a place the user names, or to a printer."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from ui.files import nearest_folder
from ui.reports_view.papers import Built, Request, paper_name, save_paper
from ui.workbench import Workbench


class HandingOut(QObject):
    """Long work, so each is a job; what was saved is announced as `file_saved` of the workbench."""

    def __init__(self, workbench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._workbench = workbench
        self._page = page

    def save(self, request: Request, target: Path | None = None) -> None:
        """Save into the folder of reports under a name people recognise, or to a place named."""
        if target is None:
            name = self._name(request)
            if name is None:
                return
            target = self._workbench.settings.reports_folder / name
        self._workbench.jobs.run(
            _("Saving {name}").format(name=target.name),
            partial(save_paper, self._workbench.workspace, request, target),
            self._workbench.file_saved.emit,
            self._workbench.failed.emit,
        )

    def save_elsewhere(self, request: Request) -> None:
        """Ask where, and save there."""
        name = self._name(request)
        target = self.ask_target(name) if name is not None else None
        if target is not None:
            self.save(request, target)

    def ask_target(self, name: str) -> Path | None:
        """Where to save a file of that name; None when it was cancelled."""
        start = nearest_folder(self._workbench.settings.reports_folder) / name
        kinds = {".pdf": _("PDF (*.pdf)"), ".xlsx": _("Excel (*.xlsx)")}
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page, _("Save"), str(start), kinds.get(start.suffix, "")
        )
        if not chosen:
            return None
        target = Path(chosen)
        return (
            target if target.suffix.lower() == start.suffix else target.with_name(target.name + start.suffix)
        )

    def print_pages(self, built: Built) -> None:
        """Send the pages shown to a printer the user chooses."""
        from ui.reports_view import printing

        printer = printing.ask_printer(self._page, built.request.choice.title, built.pages)
        if printer is not None:
            self._workbench.jobs.run(
                _("Printing"), partial(printing.print_pages, built.content, printer), self._printed
            )

    def _printed(self, pages: int) -> None:
        words = ngettext("{count} page printed.", "{count} pages printed.", pages)
        self._workbench.told.emit(words.format(count=pages))

    def _name(self, request: Request) -> str | None:
        try:
            return self._workbench.read(paper_name, request)
        except QmaError as error:
            self._workbench.failed.emit(error)
            return None
