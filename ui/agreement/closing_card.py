"""When the dealership cannot be visited."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.domain.dealership import ClosingDay
from qma_app.i18n import _
from ui.agreement.reading import Agreed
from ui.agreement.table_card import TableCard
from ui.agreement.words import closing_row
from ui.models.standards_table import TableColumn
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class ClosingCard(TableCard):
    """Enter edits a closing time, Delete takes it out."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Closing times"),
            (TableColumn(title=_("Days"), share=4, is_strong=True), TableColumn(title=_("Why"), share=5)),
            _("None: visits may be planned on any working day."),
            most=5,
            parent=parent,
        )
        self._bench = workbench
        self._agreed: Agreed | None = None
        self.new_button = Button(_("Add closing time"), icon_name="plus")
        self.new_button.clicked.connect(self.new)
        self.add_button(self.new_button)
        self.opened.connect(self._edit)
        self.removed.connect(self._remove)

    def show_agreed(self, agreed: Agreed) -> None:
        """Show them in the order of their days."""
        self._agreed = agreed
        self.show_rows([closing_row(one, agreed) for one in agreed.closing])

    def new(self) -> None:
        """Note one more."""
        from ui.dialogs.closing_time import ClosingTime

        if self._agreed is not None:
            ClosingTime.ask(self._bench, self._agreed, parent=self)

    def _closing(self, key: str) -> ClosingDay | None:
        known = self._agreed.closing if self._agreed is not None else ()
        return next((one for one in known if one.id == key), None)

    def _edit(self, key: str) -> None:
        from ui.dialogs.closing_time import ClosingTime

        closing = self._closing(key)
        if closing is not None and self._agreed is not None:
            ClosingTime.ask(self._bench, self._agreed, closing, self)
            self.table.setFocus()

    def _remove(self, key: str) -> None:
        from qma_app.services.closing_times import remove_closing_time

        closing = self._closing(key)
        if closing is not None and self._bench.do(remove_closing_time, closing.id) is not None:
            self._bench.deleted.emit(_("The closing time was taken out."))
