"""A dialog that takes in one list: chosen or dropped, shown with what it would do, and stored as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.record import Changes
from qma_app.errors import Problem
from qma_app.i18n import _
from ui.dialogs.reading_dialog import OneFileDialog
from ui.files import nearest_folder
from ui.jobs import Progress
from ui.models.standards_table import TableRow
from ui.standards_view.table import WordTable
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class ListDifference(Protocol):
    """What the dialog must know of the difference between a list and the workspace."""

    @property
    def problems(self) -> Sequence[Problem]: ...


Rows = TypeVar("Rows")
Difference = TypeVar("Difference", bound=ListDifference)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadList(Generic[Rows, Difference]):
    """A list as it was read, and what taking it in would do."""

    rows: Rows
    difference: Difference


class ListDialog(OneFileDialog, Generic[Rows, Difference]):
    """Nothing is stored before Take in.

    A subclass says which file is asked for, how it is read, how the difference looks, and what is stored; `below` stands under its table.
    """

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        title: str,
        *,
        empty: EmptyState,
        table: WordTable,
        below: QWidget,
    ) -> None:
        super().__init__(
            parent, workbench, title, accept=_("Take in"), width=760, problems=_("Places to look at")
        )
        self._path: Path | None = None
        self._found: ReadList[Rows, Difference] | None = None
        self.is_taken = False
        self.setAcceptDrops(True)
        self.file = PlainLabel("", tone="muted", wrap=True)
        self.counts = PlainLabel("", role="strong", wrap=True)
        self.empty, self.table, self._below = empty, table, below
        self.choose_button = Button(_("Choose another…"), icon_name="folder-open")
        self._lay_out()
        self._fit_screen(widest=980, lowest=460, highest=680)

    def _lay_out(self) -> None:
        self.body.setSpacing(8)
        for label in (self.file, self.counts):
            self.body.addWidget(label)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self._below)
        self.body.addWidget(self.wrong_caption)
        self.body.addWidget(self.wrong, 2)
        self.body.addWidget(self.bar)
        self.empty.wanted.connect(self._choose)
        self.choose_button.clicked.connect(self._choose)
        self.again_button.clicked.connect(self._read_again)
        self.buttons.insertWidget(0, self.choose_button)
        self.buttons.insertWidget(2, self.again_button)

    def _begin(self, path: Path | None) -> None:
        """Read the file it was opened with, or wait for one."""
        self._path = path
        self._show()
        if path is not None:
            self.read(path)
        else:
            self._check()
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def read(self, path: Path) -> None:
        """Read the file as it lies there now."""
        if self._job is not None:
            return
        self._path, self._found = path, None
        self.show_problem("")
        self._show()
        self._read_beside(path.name, self._reading(path), self._was_read)

    def accept(self) -> None:
        """Take in what was read; it stays open where that was refused."""
        if self._found is None or not self.accept_button.isEnabled():
            return
        self.show_problem("")
        if self._take_in(self._found.rows) is not None:
            self.is_taken = True
            self._bench.told.emit(self._counts_text(self._found.difference))
            super().accept()

    def _ask_file(self) -> Path | None:
        raise NotImplementedError

    def _reading(self, path: Path) -> Callable[[Progress], ReadList[Rows, Difference]]:
        """What reads the file beside the window; it knows nothing of the dialog."""
        raise NotImplementedError

    def _take_in(self, rows: Rows) -> Changes | None:
        """Store it as one step; None when that was refused."""
        raise NotImplementedError

    def _counts_text(self, difference: Difference) -> str:
        raise NotImplementedError

    def _table_rows(self, difference: Difference) -> Sequence[TableRow]:
        raise NotImplementedError

    def _show_below(self, difference: Difference | None) -> bool:
        """Fill what stands under the table; whether it is to be seen."""
        raise NotImplementedError

    def _why_not(self, difference: Difference) -> str:
        """Why it cannot be taken in; empty when it can."""
        raise NotImplementedError

    def _read_again(self) -> None:
        if self._path is not None:
            self.read(self._path)

    def _choose(self) -> None:
        path = self._ask_file()
        if path is not None:
            self.read(path)

    def _was_read(self, found: ReadList[Rows, Difference]) -> None:
        self._job, self._found = None, found
        self._show()
        self._check()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.counts.text())

    def _show(self) -> None:
        difference = self._found.difference if self._found is not None else None
        rows = self._table_rows(difference) if difference is not None else ()
        name = self._path.name if self._path is not None else ""
        self.file.setText(name)
        self.counts.setText(self._counts_text(difference) if difference is not None else "")
        self.table.show_rows(rows)
        is_empty = self._path is None and self._found is None
        for widget, is_there in (
            (self.file, bool(name)),
            (self.empty, is_empty),
            (self.choose_button, not is_empty),
            (self.counts, difference is not None),
            (self.table, bool(rows)),
            (self._below, self._show_below(difference)),
        ):
            widget.setVisible(is_there)
        problems = difference.problems if difference is not None else ()
        self._show_problems(_("Places to look at"), problems, height_of_few=150)

    def _check(self) -> None:
        super()._check()
        is_reading = self._job is not None
        self.choose_button.setEnabled(not is_reading)
        self.again_button.setVisible(self._path is not None and not is_reading)
        difference = self._found.difference if self._found is not None else None
        why_not = "" if difference is None else self._why_not(difference)
        self._let_accept(is_possible=difference is not None and not why_not, why_not=why_not)


def ask_list_file(parent: QWidget, workbench: Workbench, title: str, kinds: str) -> Path | None:
    """Ask for a file of these kinds, looked for where the last one was; None when it was cancelled."""
    settings = workbench.settings
    chosen, _kind = QFileDialog.getOpenFileName(
        parent, title, str(nearest_folder(settings.incoming_folder)), f"{kinds};;{_('All files')} (*)"
    )
    if not chosen:
        return None
    settings.put("incoming_folder", str(Path(chosen).parent))
    return Path(chosen)
