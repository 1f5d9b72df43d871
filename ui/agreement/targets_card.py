"""The targets for customers, staff and profit, held against the figures, and locked with a date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from qma_app.domain.target import Target
from qma_app.i18n import _, day_text
from ui.agreement.reading import Agreed
from ui.agreement.table_card import TableCard
from ui.agreement.words import lacking_words, target_columns, target_row
from ui.widgets.buttons import Button
from ui.workbench import Workbench


class TargetsCard(TableCard):
    """Once locked they are only looked at."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Targets"),
            target_columns(),
            _("No target yet: agree one each for customers, staff and profit."),
            parent=parent,
        )
        self._bench = workbench
        self._agreed: Agreed | None = None
        self.new_button = Button(_("Add target"), keys="N", icon_name="plus")
        self.edit_button = Button(_("Edit"), keys="Return")
        self.lock_button = Button(_("Lock targets…"), keys="L", icon_name="lock")
        for button, act in (
            (self.new_button, self.new),
            (self.edit_button, self.edit_current),
            (self.lock_button, self.lock),
        ):
            button.clicked.connect(act)
            self.add_button(button)
        self.opened.connect(self._edit)
        self.removed.connect(self._remove)

    def show_agreed(self, agreed: Agreed) -> None:
        """Show what was agreed, and how it stands."""
        self._agreed = agreed
        locked = agreed.engagement.targets_locked_on
        self.state.setVisible(True)
        if locked is not None:
            self.state.say(_("locked {day}").format(day=day_text(locked)), "ok")
        else:
            self.state.say(_("not locked"), "warn")
        hint = "" if locked is not None or not agreed.targets else lacking_words(agreed)
        self.show_rows([target_row(line, agreed) for line in agreed.targets], hint)
        for button in (self.new_button, self.edit_button, self.lock_button):
            button.setVisible(locked is None)
        self.edit_button.setVisible(locked is None and bool(agreed.targets))

    def take_focus(self) -> None:
        """The keyboard goes to what can still be done: agreeing those that lack, else locking; locked ones are read."""
        agreed = self._agreed
        is_locked = agreed is None or agreed.engagement.targets_locked_on is not None
        waiting = self.new_button if agreed is None or lacking_words(agreed) else self.lock_button
        (self.table if is_locked else waiting).setFocus(Qt.FocusReason.OtherFocusReason)

    def new(self) -> None:
        """Agree one more."""
        from ui.dialogs.target import TargetDialog

        if self._agreed is None or self._is_refused():
            return
        TargetDialog.ask(self._bench, self._agreed, parent=self)
        self.table.setFocus()

    def edit_current(self) -> None:
        """Correct the one the keyboard is on."""
        if self.current:
            self._edit(self.current)

    def lock(self) -> None:
        """From a day on they do not change any more."""
        from ui.dialogs.target import LockTargets

        if self._agreed is not None and not self._is_refused():
            LockTargets.ask(self._bench, self._agreed, self)

    def _target(self, key: str) -> Target | None:
        lines = self._agreed.targets if self._agreed is not None else ()
        return next((line.target for line in lines if line.target.id == key), None)

    def _edit(self, key: str) -> None:
        from ui.dialogs.target import TargetDialog

        target = self._target(key)
        if target is None or self._agreed is None or self._is_refused():
            return
        TargetDialog.ask(self._bench, self._agreed, target, self)
        self.table.setFocus()

    def _remove(self, key: str) -> None:
        from qma_app.services.targets import remove_target

        target = self._target(key)
        if target is not None and self._bench.do(remove_target, target.id) is not None:
            self._bench.deleted.emit(_("The target was taken back."))

    def _is_refused(self) -> bool:
        """Locked targets say so at once instead of after a dialog was filled in."""
        agreed = self._agreed
        if agreed is None or agreed.engagement.targets_locked_on is None:
            return False
        self._bench.told.emit(
            _("The targets were locked on {day} and do not change any more.").format(
                day=day_text(agreed.engagement.targets_locked_on)
            )
        )
        return True
