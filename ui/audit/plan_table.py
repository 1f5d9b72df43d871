"""A card of the plan with a table: what it changes is offered only to whoever may write in this audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.agreement.table_card import TableCard
from ui.audit.plan_reading import PlanSheet
from ui.models.standards_table import TableColumn
from ui.widgets.buttons import Button

if TYPE_CHECKING:
    from ui.workbench import Workbench


class PlanTable(TableCard):
    """A subclass shows its rows in `show_sheet` and ends with `show_writing`; buttons added by `add_act` go with the right to write."""

    def __init__(
        self,
        workbench: Workbench,
        title: str,
        columns: Sequence[TableColumn],
        nothing: str,
        *,
        most: int = 12,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, columns, nothing, most=most, parent=parent)
        self._bench = workbench
        self.sheet: PlanSheet | None = None
        self._acts: dict[Button, bool] = {}
        self.opened.connect(self._opened_key)
        self.removed.connect(self._removed_key)
        self.table.chosen.connect(self._show_acts)

    @property
    def open_sheet(self) -> PlanSheet | None:
        """What is shown, where whoever is working may change it."""
        return self.sheet if self.sheet is not None and self.sheet.is_open else None

    def add_act(self, button: Button, act: Callable[[], object], *, needs_line: bool = False) -> Button:
        """A button that changes something; with `needs_line` the line the keyboard is on."""
        self._acts[button] = needs_line
        button.clicked.connect(act)
        self.add_button(button)
        return button

    def show_sheet(self, sheet: PlanSheet) -> None:
        """Show the plan as it stands."""
        raise NotImplementedError

    def show_writing(self) -> None:
        """Offer what may be done with what is shown now."""
        self._show_acts()

    def take_focus(self) -> bool:
        """The keyboard goes to the table, to the first button where that is empty; False where there is neither."""
        places: list[QWidget] = [self.table, *self._acts]
        wanted = next((one for one in places if one.isVisibleTo(self)), None)
        if wanted is not None:
            wanted.setFocus()
        return wanted is not None

    def open_line(self, key: str) -> None:
        """Enter on a line."""

    def remove_line(self, key: str) -> None:
        """Delete on a line."""

    def _opened_key(self, key: str) -> None:
        if self.open_sheet is not None:
            self.open_line(key)

    def _removed_key(self, key: str) -> None:
        if self.open_sheet is not None:
            self.remove_line(key)

    def _show_acts(self, _key: object = None) -> None:
        is_open = self.open_sheet is not None
        for button, needs_line in self._acts.items():
            button.setVisible(is_open and (not needs_line or bool(self.table.words.rows)))
