"""Takes in a list of people from Excel, CSV, vCard or the clipboard: see what it would do, then take it in as one step."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from qma_app.domain.ids import DealershipId
from qma_app.i18n import _, ngettext
from qma_app.services.people_lists import (
    PeopleDifference,
    PeopleList,
    PersonDifference,
    PersonState,
    people_list_difference,
    read_people_list,
    read_vcards,
    take_in_people,
)
from ui.dialogs.reading_dialog import ReadingDialog
from ui.jobs import Progress
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace

CARDS = (".vcf", ".vcard")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    people: PeopleList
    difference: PeopleDifference


class TakeInPeople(ReadingDialog):
    """Nothing is stored before Take in; nobody is removed, and no empty cell erases what is known."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        dealership_id: DealershipId,
        source: Path | PeopleList | None = None,
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Take in a list of people"),
            accept=_("Take in"),
            width=760,
            problems=_("Places to look at"),
        )
        self._dealership_id = dealership_id
        self._path = source if isinstance(source, Path) else None
        self._found: _Read | None = None
        self.is_taken = False
        self.setAcceptDrops(True)
        self._build()
        self._fit_screen(widest=980, lowest=460, highest=680)
        self._show()
        if isinstance(source, PeopleList):
            difference = workbench.read(people_list_difference, dealership_id, source)
            self._was_read(_Read(people=source, difference=difference))
        elif source is not None:
            self.read(source)
        else:
            self._check()
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self.file = PlainLabel("", tone="muted", wrap=True)
        self.counts = PlainLabel("", role="strong", wrap=True)
        self.empty = EmptyState(
            "users",
            _(
                "Drop a list here: an Excel workbook or CSV file with a column of names, or business cards (vCard)."
            ),
            _("Choose file…"),
        )
        self.empty.wanted.connect(self._choose)
        self.table = WordTable(
            _("People of the list"),
            (
                TableColumn(title=_("Name"), share=3, is_strong=True),
                TableColumn(title=_("Function"), share=3),
                TableColumn(title=_("E-mail"), share=3, is_quiet=True),
                TableColumn(title=_("Processes"), share=2),
                TableColumn(title=_("What happens"), share=4),
            ),
            is_opening=False,
            lines=3,
        )
        self.stay = PlainLabel("", role="small", tone="muted", wrap=True)
        self.body.setSpacing(8)
        for label in (self.file, self.counts):
            self.body.addWidget(label)
        self.body.addWidget(self.empty, 1)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.stay)
        self.body.addWidget(self.wrong_caption)
        self.body.addWidget(self.wrong, 2)
        self.body.addWidget(self.bar)
        self.choose_button = Button(_("Choose another…"), icon_name="folder-open")
        self.choose_button.clicked.connect(self._choose)
        self.again_button.clicked.connect(self._read_again)
        self.buttons.insertWidget(0, self.choose_button)
        self.buttons.insertWidget(2, self.again_button)

    def read(self, path: Path) -> None:
        """Read the file as it lies there now."""
        if self._job is not None:
            return
        self._path, self._found = path, None
        self.show_problem("")
        self._show()
        self._read_beside(
            path.name, partial(_read, self._bench.workspace, path, self._dealership_id), self._was_read
        )

    def _read_again(self) -> None:
        if self._path is not None:
            self.read(self._path)

    def _choose(self) -> None:
        path = choose_list(self, self._bench)
        if path is not None:
            self.read(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.read(path)

    def _was_read(self, found: _Read) -> None:
        self._job, self._found = None, found
        self._show()
        self._check()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.counts.text())

    def _show(self) -> None:
        difference = self._found.difference if self._found is not None else None
        name = self._path.name if self._path is not None else ""
        self.file.setText(name)
        self.counts.setText(counts_text(difference) if difference is not None else "")
        lines = difference.lines if difference is not None else ()
        self.table.show_rows([_row(place, line) for place, line in enumerate(lines)])
        staying = len(difference.not_listed) if difference is not None else 0
        self.stay.setText(
            ngettext(
                "{count} person of the dealership is not in the list and stays.",
                "{count} people of the dealership are not in the list and stay.",
                staying,
            ).format(count=staying)
        )
        is_empty = self._path is None and self._found is None
        for widget, is_there in (
            (self.file, bool(name)),
            (self.empty, is_empty),
            (self.choose_button, not is_empty),
            (self.counts, difference is not None),
            (self.table, bool(lines)),
            (self.stay, staying > 0),
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
        why_not = "" if difference is None else _why_not(difference)
        self._let_accept(is_possible=difference is not None and not why_not, why_not=why_not)

    def accept(self) -> None:
        if self._found is None or not self.accept_button.isEnabled():
            return
        self.show_problem("")
        if self._bench.do(take_in_people, self._dealership_id, self._found.people) is not None:
            self.is_taken = True
            self._bench.told.emit(counts_text(self._found.difference))
            super().accept()

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        dealership_id: DealershipId,
        source: Path | PeopleList | None = None,
        parent: QWidget | None = None,
    ) -> bool:
        """Whether people were taken in; `source` is a file, or a list that was pasted."""
        dialog = cls(parent, workbench, dealership_id, source)
        dialog._show_until_closed()
        return dialog.is_taken


def choose_list(parent: QWidget, workbench: Workbench) -> Path | None:
    """Ask for a file of people; None when it was cancelled."""
    settings = workbench.settings
    chosen, _kind = QFileDialog.getOpenFileName(
        parent,
        _("Take in a list of people"),
        str(settings.incoming_folder),
        f"{_('Lists of people')} (*.xlsx *.xlsm *.csv *.vcf *.vcard);;{_('All files')} (*)",
    )
    if not chosen:
        return None
    settings.put("incoming_folder", str(Path(chosen).parent))
    return Path(chosen)


def read_any_list(path: Path, progress: Progress | None = None) -> PeopleList:
    """A file of people by its ending: business cards, or else a table."""
    if path.suffix.lower() in CARDS:
        return read_vcards(path)
    return read_people_list(path, progress=progress)


def counts_text(difference: PeopleDifference) -> str:
    """`4 new people · 2 changed · 3 as they are`."""
    new, changed, same = (
        sum(line.state is state for line in difference.lines)
        for state in (PersonState.NEW, PersonState.CHANGED, PersonState.SAME)
    )
    return " · ".join(
        (
            ngettext("{count} new person", "{count} new people", new).format(count=new),
            ngettext("{count} changed", "{count} changed", changed).format(count=changed),
            ngettext("{count} as it is", "{count} as they are", same).format(count=same),
        )
    )


def _why_not(difference: PeopleDifference) -> str:
    if difference.errors:
        return _("Mend the places named in the list, save it and read it again.")
    return _("The list changes nothing.") if difference.changes_nothing else ""


def _read(workspace: Workspace, path: Path, dealership_id: DealershipId, progress: Progress) -> _Read:
    people = read_any_list(path, progress)
    with workspace.reading() as reader:
        return _Read(people=people, difference=people_list_difference(reader, dealership_id, people))


def _row(place: int, line: PersonDifference) -> TableRow:
    row = line.row
    what = {
        PersonState.NEW: _("is added"),
        PersonState.CHANGED: _("is changed"),
        PersonState.SAME: _("stays as it is"),
    }[line.state]
    said = [
        _("{field}: {before} → {after}").format(field=one.title, before=one.before or "–", after=one.after)
        for one in line.fields
        if line.person is not None
    ]
    said += [
        _("{process}, until now {name}").format(process=one.title, name=one.before.name)
        if one.before is not None
        else one.title
        for one in line.processes
    ]
    return TableRow(
        key=place,
        cells=(row.name, row.function, row.email, ", ".join(row.processes), what),
        tones={
            4: {PersonState.NEW: "ok", PersonState.CHANGED: "warn", PersonState.SAME: "muted"}[line.state]
        },
        small={4: "; ".join(said)} if said else {},
    )


def _dropped(event: QDropEvent) -> Path | None:
    """The first local file of a drop."""
    files = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return next(files, None)
