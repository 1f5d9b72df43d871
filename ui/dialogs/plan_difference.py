"""The difference between an action plan workbook and the plan here, as a table to choose from by keys or mouse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from qma_app.i18n import _, instant_text
from qma_app.services.action_workbook import CellChange, CellKey, PlanDifference, Proposal, Taking
from ui.models.standards_table import ROW_ROLE, TableColumn, TableRow
from ui.standards_view.table import WordTable

PROPOSAL: Final = "proposal"
_TAKE, _WHAT, _HERE, _FIRST_OFFER = range(4)
_KEPT: Final = -1


class DifferenceTable(WordTable):
    """A row for each cell that differs and each proposal; conflicts stand first and are kept as they are until somebody chooses.

    Space turns a row to what comes next, Left and Right choose the side, a click on a value takes that value.
    """

    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Differences"), _columns(("",)), parent, is_opening=False, lines=4)
        self._difference: PlanDifference | None = None
        self._choices: dict[CellKey, int] = {}
        self._rows: tuple[tuple[CellKey, CellChange | Proposal], ...] = ()
        self.clicked.connect(self._was_clicked)
        self.setAccessibleDescription(_("Space takes a change over or leaves it"))

    @property
    def taking(self) -> Taking:
        """What is chosen now."""
        cells = {key: place for key, place in self._choices.items() if place != _KEPT and key[1] != PROPOSAL}
        proposals = [key[2] for key, place in self._choices.items() if place != _KEPT and key[1] == PROPOSAL]
        return Taking(cells=cells, proposals=frozenset(proposals))

    def show_difference(self, difference: PlanDifference | None) -> None:
        """Show what differs: taken is what only a workbook changed and what is proposed, kept are conflicts."""
        self._difference = difference
        if difference is None:
            self._rows, self._choices = (), {}
            self.words.show_rows(())
            return
        rows: list[tuple[CellKey, CellChange | Proposal]] = [
            (one.cell, one) for one in (*difference.conflicts, *difference.changes)
        ]
        rows += [(("", PROPOSAL, place), one) for place, one in enumerate(difference.proposals)]
        self._rows = tuple(rows)
        self._choices = {
            key: _KEPT if isinstance(one, CellChange) and one.is_conflict else 0 for key, one in rows
        }
        names = [file.name for file in difference.files]
        self.words.show_columns(_columns(names))
        self._repaint()

    def take_all(self) -> None:
        """Everything a workbook says holds; where two contradict one another, the first."""
        self._choose_all(0)

    def take_nothing(self) -> None:
        """Everything stays as it is here."""
        self._choose_all(_KEPT)

    def choose(self, key: CellKey, place: int) -> None:
        """Take the offer at `place` for one row; -1 keeps what stands here."""
        if self._difference is None or self._choices.get(key) == place:
            return
        self._choices[key] = place
        files = len(self._difference.files)
        at, one = next((at, one) for at, (its, one) in enumerate(self._rows) if its == key)
        self.words.show_row(at, _row(key, one, self._choices, files))
        self.turned.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = self.current_key
        if isinstance(key, tuple) and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.choose(key, self._next(key, event.key()))
            return
        super().keyPressEvent(event)

    def _next(self, key: CellKey, pressed: int) -> int:
        place, last = self._choices[key], self._count(key) - 1
        if pressed == Qt.Key.Key_Left:
            return max(_KEPT, place - 1)
        if pressed == Qt.Key.Key_Right:
            return min(last, place + 1)
        return _KEPT if place == last else place + 1

    def _count(self, key: CellKey) -> int:
        one = next(found for its, found in self._rows if its == key)
        return len(one.offers) if isinstance(one, CellChange) else 1

    def _was_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, TableRow):
            return
        one = next(found for its, found in self._rows if its == row.key)
        if index.column() == _TAKE:
            self.choose(row.key, self._next(row.key, Qt.Key.Key_Space))
        elif index.column() == _HERE:
            self.choose(row.key, _KEPT)
        elif index.column() >= _FIRST_OFFER:
            file = index.column() - _FIRST_OFFER
            place = _place_of(one, file)
            if place is not None:
                self.choose(row.key, place)

    def _choose_all(self, place: int) -> None:
        self._choices = dict.fromkeys(self._choices, place)
        self._repaint()
        self.turned.emit()

    def _repaint(self) -> None:
        difference = self._difference
        if difference is None:
            return
        files = len(difference.files)
        self.show_rows([_row(key, one, self._choices, files) for key, one in self._rows])


def _columns(files: Sequence[str]) -> tuple[TableColumn, ...]:
    offers = (_("In the workbook"),) if len(files) == 1 else tuple(files)
    return (
        TableColumn(title=_("Take over"), width=92, is_chip=True),
        TableColumn(title=_("What"), share=4),
        TableColumn(title=_("Here now"), share=5),
        *(TableColumn(title=title, share=5) for title in offers),
    )


def _place_of(one: CellChange | Proposal, file: int) -> int | None:
    """The offer of a file; two files that say the same share one."""
    if isinstance(one, Proposal):
        return 0 if file == one.file else None
    return next((place for place, offer in enumerate(one.offers) if offer.file == file), None)


def _row(key: CellKey, one: CellChange | Proposal, choices: Mapping[CellKey, int], files: int) -> TableRow:
    chosen = choices[key]
    cells, tones, small = ["", "", ""] + [""] * files, {}, {}
    cells[_TAKE] = _("keep") if chosen == _KEPT else _("take")
    tones[_TAKE] = "neutral" if chosen == _KEPT else "accent"
    if isinstance(one, Proposal):
        cells[_WHAT] = _("new action")
        small[_WHAT] = one.by
        column = _FIRST_OFFER + one.file
        cells[column] = "\n".join(
            words if title == one.shown[0][0] else f"{title}: {words}" for title, words in one.shown
        )
        small[column] = one.place
        tones[column] = "text" if chosen != _KEPT else "muted"
        return TableRow(key=key, cells=tuple(cells), tones=tones, small=small)
    cells[_WHAT] = f"{one.label} {one.title}"
    small[_WHAT] = one.subject
    cells[_HERE] = one.here or _("(empty)")
    tones[_HERE] = "text" if chosen == _KEPT else "muted"
    if one.is_conflict:
        tones[_WHAT] = "warn"
        small[_WHAT] = _("conflict · {what}").format(what=one.subject)
        small[_HERE] = _touched(one)
    for place, offer in enumerate(one.offers):
        column = _FIRST_OFFER + offer.file
        cells[column] = offer.shown or _("(empty)")
        small[column] = offer.place
        tones[column] = "text" if place == chosen else "muted"
    return TableRow(key=key, cells=tuple(cells), tones=tones, small=small, tip=one.subject)


def _touched(one: CellChange) -> str:
    if one.touch is None:
        return ""
    return _("{who}, {when}").format(who=one.touch.who or "–", when=instant_text(one.touch.at))
