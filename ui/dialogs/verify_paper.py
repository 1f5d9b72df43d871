"""Checks signed papers: is this report or certificate the one that was issued, and does it still stand?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QWidget,
)

from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from ui import theme
from ui.audit.verdict_panel import VerdictPanel, look_of
from ui.dialogs.dialog import Dialog
from ui.files import dropped_files, nearest_folder
from ui.pages.page import scrolling
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.icons import icon
from ui.widgets.labels import PlainLabel
from ui.widgets.word_choice import WordChoice
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.paper_verifying import PaperVerdict
    from qma_app.services.workspace import Workspace
    from ui.jobs import Job, Progress

_PAPER, _REGISTER = ".pdf", ".json"
_HERE: Final = "here"
_NONE: Final = ""


class VerifyPaper(Dialog):
    """One paper is shown at once; of several the list tells each verdict and the one chosen is shown whole.

    They are checked one after the other beside the window; with another register all are checked again.
    """

    def __init__(self, parent: QWidget | None, workbench: Workbench, papers: Sequence[Path] = ()) -> None:
        super().__init__(parent, _("Check a paper"), width=680)
        self._bench = workbench
        self._papers: list[Path] = []
        self._verdicts: dict[Path, PaperVerdict] = {}
        self._job: Job | None = None
        self.setAcceptDrops(True)
        self.empty = EmptyState(
            "shield-check",
            _(
                "Drop a signed report or certificate here: the check tells whether it is the one that was issued."
            ),
            _("Choose papers…"),
        )
        self.list = QListWidget()
        self.list.setAccessibleName(_("Papers"))
        self.panel = VerdictPanel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(_("Checking"))
        self.register = WordChoice()
        self.register.setAccessibleName(_("Checked against"))
        self.register_button = Button(_("Register file…"))
        self.choose_button = Button(_("Choose papers…"), icon_name="folder-open")
        self._build()
        self._connect()
        self._show()
        self._fit()
        self.take(papers)

    def _build(self) -> None:
        self._area = scrolling(self.panel)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self.list, 2)
        middle.addWidget(self._area, 5)
        against = QHBoxLayout()
        against.setSpacing(8)
        against.addWidget(PlainLabel(_("Checked against"), role="small", tone="muted"))
        against.addWidget(self.register, 1)
        against.addWidget(self.register_button)
        self.body.addWidget(self.empty, 1)
        self.body.addLayout(middle, 1)
        self.body.addWidget(self.bar)
        self.body.addLayout(against)
        self.buttons.insertWidget(0, self.choose_button)
        if self._bench.has_workspace:
            self.register.addItem(_("The register of this workspace"), _HERE)
        self.register.addItem(_("No register: the signature alone"), _NONE)

    def _connect(self) -> None:
        self.empty.wanted.connect(self.choose)
        self.choose_button.clicked.connect(self.choose)
        self.register_button.clicked.connect(self.choose_register)
        self.register.currentIndexChanged.connect(self._check_again)
        self.list.currentRowChanged.connect(self._show_chosen)

    def _fit(self) -> None:
        parent = self.parentWidget()
        room = parent.size() if parent is not None else self.sizeHint()
        self.resize(
            max(self.minimumWidth(), min(room.width() - 80, theme.px(860))),
            max(theme.px(460), min(room.height() - 60, theme.px(620))),
        )

    def take(self, papers: Sequence[Path]) -> None:
        """Check these too; one that is listed already is checked again."""
        for path in papers:
            self._verdicts.pop(path, None)
            if path not in self._papers:
                self._papers.append(path)
                item = QListWidgetItem(icon("loader-circle", "muted"), path.name)
                item.setToolTip(str(path))
                self.list.addItem(item)
        if papers:
            self.list.setCurrentRow(self._papers.index(papers[0]))
        self._show()
        self._next()

    def choose(self) -> None:
        """Ask for papers, looked for where papers are saved."""
        start = str(nearest_folder(self._bench.settings.reports_folder))
        kinds = f"{_('PDF (*.pdf)')};;{_('All files')} (*)"
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Choose papers to check"), start, kinds)
        self.take([Path(one) for one in chosen])

    def choose_register(self) -> None:
        """Ask for a register somebody issued."""
        start = str(nearest_folder(self._bench.settings.incoming_folder))
        kinds = f"{_('Register (*.json)')};;{_('All files')} (*)"
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a register"), start, kinds)
        if chosen:
            self.take_register(Path(chosen))

    def take_register(self, path: Path) -> None:
        """Check against this register from now on."""
        place = self.register.findData(str(path))
        if place < 0:
            self.register.addItem(path.name, str(path))
            place = self.register.count() - 1
        if place == self.register.currentIndex():
            self._check_again()
        self.register.setCurrentIndex(place)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event, _PAPER, _REGISTER):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        for path in dropped_files(event, _REGISTER):
            self.take_register(path)
        self.take(dropped_files(event, _PAPER))

    def done(self, result: int) -> None:
        """Closing it ends the check."""
        self._stop()
        super().done(result)

    @classmethod
    def tell(cls, parent: QWidget | None, workbench: Workbench, papers: Sequence[Path] = ()) -> None:
        """Check papers, or wait for some, until it is closed."""
        dialog = cls(parent, workbench, papers)
        dialog.exec()
        dialog.deleteLater()

    def _check_again(self) -> None:
        self._stop()
        self._verdicts.clear()
        self.show_problem("")
        for row in range(self.list.count()):
            self.list.item(row).setIcon(icon("loader-circle", "muted"))
            self.list.item(row).setText(self._papers[row].name)
        self._show()
        self._next()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _next(self) -> None:
        """Begin with the next paper that was not checked yet."""
        path = next((one for one in self._papers if one not in self._verdicts), None)
        if self._job is not None or path is None:
            self.bar.setVisible(self._job is not None)
            return
        bench, against = self._bench, str(self.register.currentData())
        workspace = bench.workspace if against == _HERE and bench.has_workspace else None
        register = Path(against) if against not in (_HERE, _NONE) else None
        self._job = bench.jobs.run(
            _("Checking {name}").format(name=path.name),
            partial(_verify, path, workspace, register),
            self._checked,
            self._refused,
        )
        self.bar.setVisible(True)

    def _checked(self, found: tuple[Path, str, PaperVerdict]) -> None:
        path, against, verdict = found
        if path not in self._papers or against != self._against:
            return  # it was checked against a register that was left meanwhile
        self._job = None
        self._verdicts[path] = verdict
        row = self._papers.index(path)
        icon_name, tone = look_of(verdict)
        self.list.item(row).setIcon(icon(icon_name, "muted" if tone == "neutral" else tone))
        self.list.item(row).setText(f"{path.name}\n{verdict.title}")
        if row == self.list.currentRow():
            self._show()
            announce(self, f"{path.name}: {verdict.title} {verdict.words}")
        self._next()

    @property
    def _against(self) -> str:
        return str(self.register.currentData())

    def _refused(self, error: QmaError) -> None:
        """The register cannot be read: nothing was checked against it."""
        self._job = None
        self.bar.hide()
        self.show_problem(error)

    def _show_chosen(self, _row: int) -> None:
        self._show()

    def _show(self) -> None:
        row = self.list.currentRow()
        path = self._papers[row] if 0 <= row < len(self._papers) else None
        verdict = self._verdicts.get(path) if path is not None else None
        if path is not None and verdict is not None:
            self.panel.show_verdict(path.name, verdict)
            self._area.verticalScrollBar().setValue(0)
        self.empty.setVisible(path is None)
        self.choose_button.setVisible(path is not None)
        self._area.setVisible(path is not None)
        self.panel.setVisible(verdict is not None)
        self.list.setVisible(len(self._papers) > 1)
        if len(self._papers) > 1:
            words = ngettext("{count} paper", "{count} papers", len(self._papers))
            self.list.setAccessibleName(words.format(count=len(self._papers)))
        if path is None:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.list.isVisibleTo(self) and not self.list.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)


def _verify(
    path: Path, workspace: Workspace | None, register_file: Path | None, progress: Progress
) -> tuple[Path, str, PaperVerdict]:
    """Check one paper beside the window; says against what, too."""
    from qma_app.services.paper_verifying import verify_paper
    from qma_app.services.register import read_register, register_of

    progress(0.0)
    register, against = None, _NONE
    if workspace is not None:
        with workspace.reading() as reader:
            register, against = register_of(reader, on=workspace.today()), _HERE
    elif register_file is not None:
        register, against = read_register(register_file), str(register_file)
    return path, against, verify_paper(path, register=register)
