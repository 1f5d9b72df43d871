"""Brings a standard in: our own workbook with its difference, anybody else's checklist in three steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget, QWidget

from qma_app.domain.edition import Edition
from qma_app.domain.ids import EditionHash
from qma_app.errors import ContentProblems, QmaError
from qma_app.i18n import _, ngettext
from qma_app.services.browsing_standards import (
    forget_edition,
    keep_edition,
    keep_mapping,
    kept_mapping,
    with_hash,
)
from qma_app.services.import_choices import (
    FileLook,
    Imported,
    ListChoice,
    file_suffixes,
    fingerprint_of,
    first_choice,
    mapping_of,
    mapping_words,
)
from ui import theme
from ui.dialogs.dialog import Dialog
from ui.jobs import Job, Progress
from ui.standards_view.import_columns import ColumnsPage
from ui.standards_view.import_file import FilePage
from ui.standards_view.import_result import ResultPage
from ui.standards_view.import_workbook import WorkbookPage
from ui.standards_view.shelf import Shelf
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

_NO_WORKBOOK = "standard-workbook.form"
_SHOWN_PROBLEMS = 5


def import_standard_file(window: QWidget, workbench: Workbench, shelf: Shelf) -> str | None:
    """Ask for a file and lead through it; the hash of the edition kept, None when nothing was."""
    path = choose_file(window)
    return None if path is None else ImportStandardDialog.ask(window, workbench, shelf, path)


def choose_file(parent: QWidget) -> Path | None:
    """A file that may hold a standard; None when it was cancelled."""
    endings = " ".join(f"*{suffix}" for suffix in file_suffixes())
    chosen, _kind = QFileDialog.getOpenFileName(
        parent,
        _("Import a standard or checklist"),
        "",
        f"{_('Checklists')} ({endings});;{_('All files')} (*)",
    )
    return Path(chosen) if chosen else None


class ImportStandardDialog(Dialog):
    """Step by step; each reading of the file is a job that closing the dialog ends."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, shelf: Shelf, path: Path) -> None:
        super().__init__(parent, _("Import a checklist"), accept=_("Next"), width=880)
        self._bench, self._shelf = workbench, shelf
        self._path = path
        self._job: Job | None = None
        self._look: FileLook | None = None
        self._asked = 0
        self.kept: EditionHash | None = None
        self.step = PlainLabel("", role="small", tone="muted")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Reading the file"))
        self.file_page = FilePage()
        self.columns_page = ColumnsPage()
        self.result_page = ResultPage()
        self.workbook_page = WorkbookPage(shelf)
        self.pages = QStackedWidget()
        for page in (self.file_page, self.columns_page, self.result_page, self.workbook_page):
            self.pages.addWidget(page)
        self.body.addWidget(self.step)
        self.body.addWidget(self.pages, 1)
        self.body.addWidget(self.bar)
        self.back_button = Button(_("Back"))
        self.back_button.clicked.connect(self._back)
        self.buttons.insertWidget(1, self.back_button)
        self.file_page.other_wanted.connect(self._choose_other)
        self.columns_page.changed.connect(self._check)
        self.result_page.changed.connect(self._check)
        self.workbook_page.base_chosen.connect(self._read_workbook)
        workbench.failed.connect(self.show_problem)
        self._fit_screen(parent)
        self._begin()

    def _fit_screen(self, parent: QWidget | None) -> None:
        room = parent.size() if parent is not None else self.size()
        self.resize(
            max(theme.px(880), min(room.width() - 80, theme.px(1120))),
            max(theme.px(520), min(room.height() - 60, theme.px(820))),
        )

    def _begin(self) -> None:
        """Look at the file: our own workbook, or one of the formats of others."""
        self._look = None
        self.show_problem("")
        self.file_page.show_waiting(self._path)
        self._show(self.file_page)
        if self._path.suffix.lower() == ".xlsx":
            read = partial(_read_back, self._path, self._shelf.edition, self._shelf.read_if_there)
            self._run(read, self._workbook_read, self._no_workbook)
        else:
            self._look_at_list()

    def _look_at_list(self) -> None:
        self._run(partial(_look, self._path), self._looked, self._refused)

    def _no_workbook(self, error: QmaError) -> None:
        if isinstance(error, ContentProblems) and error.code == _NO_WORKBOOK:
            self._look_at_list()
        else:
            self._refused(error)

    def _workbook_read(self, read: Any) -> None:
        self.workbook_page.show_reading(read)
        self._show(self.workbook_page)

    def _read_workbook(self, base: Edition) -> None:
        self._run(partial(_read_back, self._path, base, None), self._workbook_read, self._refused)

    def _looked(self, look: FileLook) -> None:
        self._look = look
        choice = first_choice(look)
        if choice is not None:
            kept = self._bench.read(kept_mapping, fingerprint_of(choice))
            self.columns_page.show_look(look, first_choice(look, kept) or choice, is_kept=bool(kept))
        self.file_page.show_look(look)
        self._show(self.file_page)

    def _refused(self, error: QmaError) -> None:
        self.file_page.show_refusal(error)
        self._show(self.file_page)

    def accept(self) -> None:
        """Next, and at the end Finish."""
        if not self.accept_button.isEnabled():
            return
        page = self.pages.currentWidget()
        if page is self.file_page and self._look is not None and self._look.is_mapped:
            self._show(self.columns_page)
        elif page in (self.file_page, self.columns_page):
            self._import()
        elif page is self.result_page:
            self._finish(self.result_page.edition())
        else:
            self._finish(self.workbook_page.edition(), self.workbook_page.replaced())

    def reject(self) -> None:
        self._stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    def _import(self) -> None:
        if self._look is None:
            return
        choice = self.columns_page.choice() if self._look.is_mapped else None
        self.show_problem("")
        self._run(
            partial(_import, self._path, choice, self._look, self._shelf.edition),
            self._imported,
            self._not_imported,
        )

    def _imported(self, imported: Imported) -> None:
        self.result_page.show_imported(imported, {(row.standard, row.version) for row in self._shelf.rows})
        self._show(self.result_page)

    def _not_imported(self, error: QmaError) -> None:
        self.show_problem(_shortened(error))
        self._check()

    def _finish(self, edition: Edition | None, replaced: EditionHash | None = None) -> None:
        if edition is None:
            return
        kept = with_hash(edition)
        if self._bench.do(keep_edition, kept) is None:
            return
        self.kept = kept.hash
        if replaced is not None and replaced != kept.hash:
            self._bench.do(forget_edition, replaced)
        if self._look is not None and self._look.is_mapped:
            choice = self.columns_page.choice()
            self._bench.do(
                keep_mapping, fingerprint=fingerprint_of(choice), mapping=mapping_words(choice, self._look)
            )
        super().accept()

    def _back(self) -> None:
        self.show_problem("")
        page = self.pages.currentWidget()
        is_mapped = self._look is not None and self._look.is_mapped
        self._show(self.columns_page if page is self.result_page and is_mapped else self.file_page)

    def _choose_other(self) -> None:
        path = choose_file(self)
        if path is not None:
            self._path = path
            self._begin()

    def _show(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        number = {self.file_page: 1, self.columns_page: 2, self.result_page: 3}.get(page, 0)
        titles = (
            _("A workbook of a standard: what it changes"),
            _("1 of 3 · The file"),
            _("2 of 3 · What each column is"),
            _("3 of 3 · What becomes of it"),
        )
        self.step.setText(titles[number])
        self.back_button.setVisible(number > 1)
        self.accept_button.say(_("Keep as draft") if number in (0, 3) else _("Next"))
        self._check()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check(self) -> None:
        page = self.pages.currentWidget() or self.file_page
        is_ready = {
            self.file_page: self._look is not None,
            self.columns_page: self.columns_page.is_ready,
            self.result_page: self.result_page.is_ready,
        }.get(page, self.workbook_page.edition() is not None)
        self.accept_button.setEnabled(is_ready and self._job is None)
        self.back_button.setEnabled(self._job is None)
        self.bar.setVisible(self._job is not None)

    def _run(
        self,
        work: Callable[[Progress], Any],
        done: Callable[[Any], object],
        failed: Callable[[QmaError], object],
    ) -> None:
        """Read the file beside the window; an answer that nobody waits for any more is dropped."""
        self._stop()
        self._asked += 1
        asked = self._asked
        self.bar.setRange(0, 0)
        self._job = self._bench.jobs.run(
            _("Reading {name}").format(name=self._path.name),
            work,
            partial(self._answered, asked, done),
            partial(self._answered, asked, failed),
            partial(self._ended, asked),
        )
        self._job.progressed.connect(self._progressed)
        self._check()

    def _answered(self, asked: int, tell: Callable[[Any], object], answer: object) -> None:
        if asked == self._asked:
            self._job = None
            tell(answer)
            self._check()

    def _ended(self, asked: int) -> None:
        if asked == self._asked:
            self._job = None
            self._check()

    def _progressed(self, share: float, _text: str) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(round(share * 100))

    def _stop(self) -> None:
        self._asked += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None

    @classmethod
    def ask(cls, parent: QWidget | None, workbench: Workbench, shelf: Shelf, path: Path) -> str | None:
        """The hash of the edition kept; None when nothing was."""
        dialog = cls(parent, workbench, shelf, path)
        dialog.exec()
        kept = dialog.kept
        dialog.deleteLater()
        return kept


def _shortened(error: QmaError) -> QmaError | str:
    """A dialog has room for a few problems only."""
    if not isinstance(error, ContentProblems):
        return error
    lines = [error.message, *map(str, error.problems[:_SHOWN_PROBLEMS])]
    rest = len(error.problems) - _SHOWN_PROBLEMS
    if rest > 0:
        lines.append(ngettext("and {n} more", "and {n} more", rest).format(n=rest))
    return "\n".join(lines)


def _look(path: Path, progress: Progress) -> FileLook:
    from qma_app.services.importing import look_at_file

    progress(0.05)
    return look_at_file(path)


def _read_back(
    path: Path,
    base: Edition | None,
    find: Callable[[EditionHash], Edition | None] | None,
    progress: Progress,
) -> object:
    from qma_app.services.standard_workbook import read_back

    return read_back(path, base, progress, find=find)


def _import(
    path: Path, choice: ListChoice | None, look: FileLook, base: Edition | None, progress: Progress
) -> Imported:
    from qma_app.services.importing import import_standard

    name = path.stem.replace("_", " ").strip()
    return import_standard(
        path,
        title=name,
        standard_id=_id_of(name),
        version="2026.1",
        mapping=mapping_of(choice, look) if choice is not None else None,
        base=base,
        kind=look.kind,
        progress=progress,
    )


def _id_of(name: str) -> str:
    from ui.standards_view.import_result import id_of

    return id_of(name)
