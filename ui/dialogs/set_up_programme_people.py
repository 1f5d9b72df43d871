"""The third step of setting up: the people of the house, typed, pasted, or from Excel and business cards."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.edition import Edition
from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from qma_app.services.people_lists import PeopleList, PersonWords, people_to_set_up, typed_people
from qma_app.services.setting_up import NewPerson
from ui.dialogs.people_list import choose_list, read_any_list
from ui.dialogs.set_up_programme_grid import PeopleGrid
from ui.jobs import Progress
from ui.people import lists
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class PeopleStep(QWidget):
    """`changed` with each row; `refused` carries what is wrong with a file."""

    changed = Signal()
    refused = Signal(object)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self.grid = PeopleGrid()
        how = PlainLabel(
            _(
                "Tab goes on, Enter begins the next person, Ctrl+V pastes rows of a spreadsheet. Processes by their numbers: SRV-04; PRT-02."
            ),
            role="small",
            tone="muted",
            wrap=True,
        )
        self.file_button = Button(_("From Excel or vCard…"), icon_name="file-spreadsheet")
        self.template_button = Button(_("Save an empty list…"), kind="quiet")
        self.remove_button = Button(_("Remove row"), kind="quiet")
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.file_button, self.template_button, self.remove_button):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(how)
        column.addWidget(self.grid, 1)
        column.addLayout(row)
        self.grid.edited.connect(self.changed)
        self.file_button.clicked.connect(self._choose)
        self.template_button.clicked.connect(self._save_template)
        self.remove_button.clicked.connect(self.grid.remove_row)

    @property
    def summary(self) -> str:
        """The step in a few words."""
        count = self.grid.count()
        return ngettext("{count} person", "{count} people", count).format(count=count) if count else ""

    @property
    def has_officer(self) -> bool:
        """Whether somebody is ticked as the quality officer."""
        return any(one.is_officer and one.words.name for one in self.grid.people())

    def people(self, edition: Edition) -> tuple[NewPerson, ...]:
        """The people typed; ContentProblems names every row that does not hold."""
        typed = self.grid.people()
        new = people_to_set_up(typed_people([one.words for one in typed]), edition)
        named = [one for one in typed if one.words.name]
        return tuple(
            replace(one, is_principal=row.is_principal, is_officer=row.is_officer)
            for one, row in zip(new, named, strict=True)
        )

    def read(self, path: Path) -> None:
        """Read a file of people beside the window and put them into the table."""
        self.file_button.setEnabled(False)
        self._bench.jobs.run(
            _("Reading {name}").format(name=path.name),
            _Read(path),
            self._was_read,
            self._was_refused,
            self._ended,
        )

    def take_focus(self) -> None:
        self.grid.take_focus()

    def _choose(self) -> None:
        path = choose_list(self, self._bench)
        if path is not None:
            self.read(path)

    def _was_read(self, people: PeopleList) -> None:
        self._ended()
        self.grid.add_people(
            [
                PersonWords(
                    name=row.name,
                    function=row.function,
                    email=row.email,
                    phone=row.phone,
                    processes="; ".join(row.processes),
                )
                for row in people.rows
            ]
        )
        self.refused.emit("\n".join(str(problem) for problem in people.problems[:4]))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def _was_refused(self, error: QmaError) -> None:
        self._ended()
        self.refused.emit(f"{error.message} {error.way_out}".strip())

    def _ended(self) -> None:
        self.file_button.setEnabled(True)

    def _save_template(self) -> None:
        lists.save_template(self._bench, self)


class _Read:
    """Reads a file of people; called in a thread of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, progress: Progress) -> PeopleList:
        return read_any_list(self._path, progress)
