"""One point of an agenda whole: what, why, how long, and what came of it."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from qma_app.domain.visit import AgendaItem
from qma_app.i18n import _
from ui import theme
from ui.dialogs.dialog import Dialog, field, side_by_side
from ui.widgets.number_edit import NumberEdit

_MOST_MINUTES = 600


class AgendaPointDialog(Dialog):
    """What was ticked opens with the cursor in what came of it."""

    def __init__(self, parent: QWidget | None, item: AgendaItem) -> None:
        super().__init__(parent, _("Point of the agenda"), accept=_("Save point"), width=520)
        self._item = item
        self.what = QLineEdit(item.title)
        self.minutes = NumberEdit(most=_MOST_MINUTES)
        self.minutes.setValue(item.minutes)
        self.reason = QLineEdit(item.reason)
        self.outcome = QPlainTextEdit(item.outcome)
        self.outcome.setTabChangesFocus(True)
        self.outcome.setFixedHeight(theme.px(92))
        row = side_by_side(field(_("What"), self.what), field(_("Minutes"), self.minutes))
        row.setStretch(0, 4)
        self.body.addLayout(row)
        self.body.addWidget(field(_("Why"), self.reason))
        self.body.addWidget(field(_("What came of it"), self.outcome))
        self.what.textChanged.connect(self._check)
        self._check()
        (self.outcome if item.done_at else self.what).setFocus()

    def answer(self) -> dict[str, Any]:
        """The fields that differ from what is stored."""
        typed = {
            "title": self.what.text().strip(),
            "minutes": self.minutes.value(),
            "reason": self.reason.text().strip(),
            "outcome": self.outcome.toPlainText().strip(),
        }
        return {name: value for name, value in typed.items() if value != getattr(self._item, name)}

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.what.text().strip()))

    @classmethod
    def ask(cls, parent: QWidget | None, item: AgendaItem) -> dict[str, Any] | None:
        """The fields somebody changed; None when it was cancelled."""
        dialog = cls(parent, item)
        answer = dialog.answer() if dialog.exec() else None
        dialog.deleteLater()
        return answer
