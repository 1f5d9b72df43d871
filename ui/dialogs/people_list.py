"""Takes in a list of people from Excel, CSV, vCard or the clipboard: see what it would do, then take it in as one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from qma_app.domain.ids import DealershipId
from qma_app.domain.record import Changes
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
from ui.dialogs.list_dialog import ListDialog, ReadList, ask_list_file
from ui.jobs import Progress
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace

CARDS = (".vcf", ".vcard")


PeopleRead = ReadList[PeopleList, PeopleDifference]


class TakeInPeople(ListDialog[PeopleList, PeopleDifference]):
    """Nobody is removed, and no empty cell erases what is known."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        dealership_id: DealershipId,
        source: Path | PeopleList | None = None,
    ) -> None:
        self.stay = PlainLabel("", role="small", tone="muted", wrap=True)
        super().__init__(
            parent,
            workbench,
            _("Take in a list of people"),
            empty=EmptyState(
                "users",
                _(
                    "Drop a list here: an Excel workbook or CSV file with a column of names, or business cards (vCard)."
                ),
                _("Choose file…"),
            ),
            table=_table(),
            below=self.stay,
        )
        self._dealership_id = dealership_id
        if isinstance(source, PeopleList):
            self._show()
            difference = workbench.read(people_list_difference, dealership_id, source)
            self._was_read(ReadList(rows=source, difference=difference))
        else:
            self._begin(source)

    def _ask_file(self) -> Path | None:
        return choose_list(self, self._bench)

    def _reading(self, path: Path) -> Callable[[Progress], PeopleRead]:
        return partial(_read, self._bench.workspace, path, self._dealership_id)

    def _take_in(self, rows: PeopleList) -> Changes | None:
        return self._bench.do(take_in_people, self._dealership_id, rows)

    def _counts_text(self, difference: PeopleDifference) -> str:
        return counts_text(difference)

    def _table_rows(self, difference: PeopleDifference) -> Sequence[TableRow]:
        return [_row(place, line) for place, line in enumerate(difference.lines)]

    def _show_below(self, difference: PeopleDifference | None) -> bool:
        staying = len(difference.not_listed) if difference is not None else 0
        self.stay.setText(
            ngettext(
                "{count} person of the dealership is not in the list and stays.",
                "{count} people of the dealership are not in the list and stay.",
                staying,
            ).format(count=staying)
        )
        return staying > 0

    def _why_not(self, difference: PeopleDifference) -> str:
        if difference.errors:
            return _("Mend the places named in the list, save it and read it again.")
        return _("The list changes nothing.") if difference.changes_nothing else ""

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
    return ask_list_file(
        parent,
        workbench,
        _("Take in a list of people"),
        f"{_('Lists of people')} (*.xlsx *.xlsm *.csv *.vcf *.vcard)",
    )


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


def _read(workspace: Workspace, path: Path, dealership_id: DealershipId, progress: Progress) -> PeopleRead:
    people = read_any_list(path, progress)
    with workspace.reading() as reader:
        return ReadList(rows=people, difference=people_list_difference(reader, dealership_id, people))


def _table() -> WordTable:
    return WordTable(
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
