"""What of the standard applies to this house, and which areas are left out of the programme, each with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from qma_app.domain.features_effect import AreaEffect
from qma_app.i18n import _
from ui.agreement.reading import Agreed
from ui.agreement.table_card import TableCard
from ui.agreement.words import applies_words, area_columns, area_row
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class AreasCard(TableCard):
    """Enter leaves an area out or takes it in again; what falls away follows from what the house offers."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("What applies"), area_columns(), "", most=24, parent=parent)
        self._bench = workbench
        self._agreed: Agreed | None = None
        self.turn_button = Button(_("Leave out…"), keys="Return")
        self.reason_button = Button(_("Change reason…"))
        self.house_button = Button(_("What the house offers…"), icon_name="building-2")
        for button, act in (
            (self.turn_button, self.turn_current),
            (self.reason_button, self._change_reason),
            (self.house_button, workbench.wanted_dealership_edit.emit),
        ):
            button.clicked.connect(act)
            self.add_button(button)
        self.opened.connect(self._turn)
        self.table.chosen.connect(self._show_buttons)

    def show_agreed(self, agreed: Agreed) -> None:
        """Show every area."""
        self._agreed = agreed
        self.state.setVisible(True)
        lacking = [one for one in agreed.effect.fallen if one.area.id not in agreed.left_out]
        self.state.say(applies_words(agreed), "neutral")
        hint = (
            _("An area in which nothing applies needs a written reason; it is read again at the audit.")
            if lacking
            else ""
        )
        self.show_rows([area_row(one, agreed) for one in agreed.effect.areas], hint)
        self._show_buttons()

    def turn_current(self) -> None:
        """Leave the area out the keyboard is on, or take it in again."""
        if self.current:
            self._turn(self.current)

    def _effect(self, key: str) -> AreaEffect | None:
        areas = self._agreed.effect.areas if self._agreed is not None else ()
        return next((one for one in areas if one.area.id == key), None)

    def _is_out(self, one: AreaEffect) -> bool:
        return self._agreed is not None and one.area.id in self._agreed.left_out

    def _turn(self, key: str) -> None:
        from qma_app.services.areas_left_out import take_in_area

        one = self._effect(key)
        if one is None or self._agreed is None:
            return
        if self._is_out(one) and not one.falls_away:
            self._bench.do(take_in_area, self._agreed.engagement.id, one.area.id)
        else:
            self._ask(one)

    def _change_reason(self) -> None:
        one = self._effect(self.current)
        if one is not None:
            self._ask(one)

    def _ask(self, one: AreaEffect) -> None:
        from qma_app.services.areas_left_out import leave_out_area
        from ui.dialogs.reason import ReasonDialog

        if self._agreed is None:
            return
        known = self._agreed.left_out.get(one.area.id, "")
        reason = ReasonDialog.ask(
            self,
            _("Leave {area} out").format(area=one.area.title),
            _("It leaves the plan and no visit is made of it. No figure changes by it."),
            accept=_("Leave out"),
            text=known or (one.reason if one.falls_away else ""),
        )
        if reason is not None:
            self._bench.do(leave_out_area, self._agreed.engagement.id, one.area.id, reason)
        self.table.setFocus()

    def _show_buttons(self, _key: object = None) -> None:
        one = self._effect(self.current)
        is_out = one is not None and self._is_out(one)
        may_come_in = one is not None and is_out and not one.falls_away
        self.turn_button.setVisible(one is not None and (may_come_in or not is_out))
        self.turn_button.say(_("Take in again") if may_come_in else _("Leave out…"))
        self.reason_button.setVisible(is_out)
