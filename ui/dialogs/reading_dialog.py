"""A dialog that reads files beside the window and names what is wrong in them, before anything is stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QProgressBar, QWidget

from qma_app.errors import Problem, QmaError
from qma_app.i18n import _
from ui import theme
from ui.dialogs.dialog import Dialog
from ui.files import dropped_file
from ui.jobs import Job, Progress
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

T = TypeVar("T")
_FEW_PROBLEMS: Final = 3
_NO_LIMIT: Final = 16_777_215


class ReadingDialog(Dialog):
    """Holds the job with its bar, and the table of problems.

    A subclass lays them out, says what is read, and adds to `_check` what may be pressed meanwhile.
    """

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        title: str,
        detail: str = "",
        *,
        accept: str,
        width: int,
        problems: str,
    ) -> None:
        super().__init__(parent, title, detail, accept=accept, width=width)
        self._bench = workbench
        self._job: Job | None = None
        self.wrong_caption = PlainLabel("", role="caption")
        self.wrong = WordTable(
            problems,
            (
                TableColumn(title=_("Where"), width=190),
                TableColumn(title=_("Found"), share=2),
                TableColumn(title=_("What to do"), share=3),
            ),
            is_opening=False,
        )
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Reading the file"))
        self.bar.setRange(0, 0)
        self.again_button = Button(_("Read again"), icon_name="refresh-cw")
        workbench.failed.connect(self.show_problem)

    def _fit_screen(self, *, widest: int, lowest: int, highest: int) -> None:
        """As large as the window it stands on lets it be, within these bounds."""
        parent = self.parentWidget()
        room = parent.size() if parent is not None else self.size()
        self.resize(
            max(self.minimumWidth(), min(room.width() - 80, theme.px(widest))),
            max(theme.px(lowest), min(room.height() - 60, theme.px(highest))),
        )

    def _read_beside(self, name: str, work: Callable[[Progress], T], was_read: Callable[[T], object]) -> None:
        """Read beside the window; `was_read` is a method of the dialog, so that it is not called once that is gone."""
        self._job = self._bench.jobs.run(
            _("Reading {name}").format(name=name), work, was_read, self._was_refused, self._ended
        )
        self._check()

    def _was_refused(self, error: QmaError) -> None:
        self._ended()
        self.show_problem(f"{error.message} {error.way_out}".strip())

    def _ended(self) -> None:
        self._job = None
        self._check()

    def _show_problems(self, caption: str, problems: Sequence[Problem], *, height_of_few: int) -> None:
        """Those that must be mended stand first; without any, caption and table go."""
        self.wrong_caption.setText(caption)
        self.wrong.show_rows(
            tuple(
                TableRow(
                    key=place,
                    cells=(one.place, one.found, one.advice),
                    tones={0: "warn" if one.is_warning else "bad"},
                )
                for place, one in enumerate(sorted(problems, key=lambda one: one.is_warning))
            )
        )
        # A table of one or two rows takes no more room than they need.
        self.wrong.setMaximumHeight(theme.px(height_of_few) if len(problems) < _FEW_PROBLEMS else _NO_LIMIT)
        for widget in (self.wrong_caption, self.wrong):
            widget.setVisible(bool(problems))

    def _check(self) -> None:
        """What can be pressed now, and why not what cannot."""
        self.bar.setVisible(self._job is not None)

    def _let_accept(self, *, is_possible: bool, why_not: str) -> None:
        self.accept_button.setEnabled(is_possible)
        self.accept_button.setToolTip(why_not)
        self.accept_button.setAccessibleDescription(why_not)

    def done(self, result: int) -> None:
        """Closing it ends the reading."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        super().done(result)

    def _show_until_closed(self) -> None:
        self.exec()
        self._bench.failed.disconnect(self.show_problem)
        self.deleteLater()


class OneFileDialog(ReadingDialog):
    """One that reads a single file, chosen or dropped on it where it accepts drops."""

    def read(self, path: Path) -> None:
        """Read the file as it lies there now."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.read(path)
