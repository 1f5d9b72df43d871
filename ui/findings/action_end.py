"""Where an action begins and ends beside its four steps: a proposal agreed, an action given up, taken up again, or deleted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.action import Action
from qma_app.i18n import _, day_text
from ui import theme
from ui.findings.section import INSET
from ui.widgets.buttons import Button
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.workbench import Workbench


class ActionEnd(QWidget):
    """`proposal` stands at the top of the form while the dealership's proposal waits; `gone` follows a deletion."""

    gone = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._action: Action | None = None
        self._proposal()
        self.reason = LineEdit(_("Why given up"), placeholder=_("Why it is given up"))
        self.reason.textChanged.connect(self._check)
        self.drop_button = Button(_("Give up"))
        self.drop_button.clicked.connect(self._drop)
        self.reason.returnPressed.connect(self._drop)
        self.dropped = PlainLabel("", wrap=True, selectable=True)
        self.take_up_button = Button(_("Take up again"), icon_name="rotate-ccw")
        self.take_up_button.clicked.connect(self._take_up)
        self.delete_button = Button(_("Delete action"), kind="quiet", icon_name="trash-2")
        self.delete_button.clicked.connect(self._delete)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.reason, 1)
        line.addWidget(self.drop_button)
        last = QHBoxLayout()
        last.addWidget(self.take_up_button)
        last.addStretch(1)
        last.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(INSET), theme.px(10), theme.px(INSET), 0)
        column.setSpacing(6)
        column.addWidget(self.dropped)
        column.addLayout(line)
        column.addLayout(last)

    def _proposal(self) -> None:
        self.proposal = QFrame()
        self.proposal.setObjectName("block")
        self.proposed = PlainLabel("", wrap=True)
        self.accept_button = Button(_("Accept"), kind="primary")
        self.accept_button.setAccessibleName(_("Accept the proposal"))
        self.accept_button.clicked.connect(self._accept)
        row = QHBoxLayout(self.proposal)
        row.setContentsMargins(10, 6, 6, 6)
        row.addWidget(self.proposed, 1)
        row.addWidget(self.accept_button)

    def show_action(self, action: Action, *, is_same: bool) -> None:
        """Show what can be done with it."""
        self._action = action
        if not is_same:
            self.reason.set_text("")
        by = action.proposed_by or _("the dealership")
        self.proposed.setText(_("Proposed by {name}; it counts once you accept it.").format(name=by))
        self.proposal.setVisible(action.is_proposal)
        is_dropped = action.is_dropped
        if action.dropped_on is not None:
            words = _("Given up {day}: {reason}")
            self.dropped.setText(words.format(day=day_text(action.dropped_on), reason=action.dropped_reason))
        self.dropped.setVisible(is_dropped)
        self.take_up_button.setVisible(is_dropped)
        self.reason.setVisible(not is_dropped)
        self.drop_button.setVisible(not is_dropped)
        self._check()

    def _check(self) -> None:
        self.drop_button.setEnabled(bool(self.reason.text().strip()))
        self.drop_button.setToolTip(
            "" if self.drop_button.isEnabled() else _("Write why it is given up, then give it up.")
        )

    def _accept(self) -> None:
        from qma_app.services.actions import accept_proposal

        if self._action is not None:
            self.workbench.do(accept_proposal, self._action.id)

    def _drop(self) -> None:
        from qma_app.services.actions import drop_action

        if self._action is None or not self.reason.text().strip():
            return
        if self.workbench.do(drop_action, self._action.id, reason=self.reason.text()) is not None:
            self.reason.set_text("")

    def _take_up(self) -> None:
        from qma_app.services.actions import take_up_action

        if self._action is not None:
            self.workbench.do(take_up_action, self._action.id)

    def _delete(self) -> None:
        from qma_app.services.actions import delete_action

        action = self._action
        if action is not None and self.workbench.do(delete_action, action.id) is not None:
            self.workbench.deleted.emit(_("Action {label} deleted.").format(label=action.label))
            self.gone.emit()
