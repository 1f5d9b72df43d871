"""Notes what somebody promises, or corrects it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from qma_app.domain.promise import Promise
from qma_app.i18n import _
from qma_app.services.promises import break_promise, change_promise, keep_promise, make_promise
from ui.dialogs.dialog import field, side_by_side
from ui.findings.date_field import DateField
from ui.findings.growing_note import GrowingNote
from ui.findings.owner_field import OwnerField
from ui.journey.asking import AskingDialog
from ui.promises.reading import Book
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class PromiseDialog(AskingDialog):
    """What, who, until when; of one whose paper was signed only what was said about it can be changed."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, book: Book, promise: Promise | None
    ) -> None:
        super().__init__(
            parent,
            workbench,
            _("Promise {number}").format(number=promise.number) if promise else _("New promise"),
            accept=_("Save promise") if promise else _("Note promise"),
            width=520,
        )
        self._book, self._promise = book, promise
        self.what = QLineEdit(" ".join(promise.what.split()) if promise else "")
        self.what.setPlaceholderText(_("What is promised, in one sentence"))
        self.who = OwnerField()
        self.who.words.setPlaceholderText(_("Who"))
        self.who.show_people(book.names)
        self.who.set_text(promise.who if promise else "")
        self.due = DateField(_("Until when"), placeholder=_("4 Dec or +14"))
        self.made = DateField(_("Made on"))
        self.is_coachs = QCheckBox(_("It is a promise of the coach"))
        self.outcome = GrowingNote(_("What was said about it"), least=1, most=4)
        self._build()
        self._show()

    def _build(self) -> None:
        self.body.addWidget(field(_("What is promised"), self.what))
        self.body.addWidget(field(_("Who promises it"), self.who))
        self.who.words.setAccessibleName(_("Who promises it"))
        self.body.addLayout(side_by_side(field(_("Until when"), self.due), field(_("Made on"), self.made)))
        self.body.addWidget(self.is_coachs)
        self._outcome_box = field(_("What was said about it"), self.outcome)
        self.body.addWidget(self._outcome_box)
        self.signed = PlainLabel(
            _("The paper it stands on was signed, so its words stay; what was said about it can be added."),
            role="small",
            tone="muted",
            wrap=True,
        )
        self.body.addWidget(self.signed)
        self.who.words.textChanged.connect(self._who_typed)

    def _show(self) -> None:
        today, promise = self._book.on, self._promise
        self.due.show_day(promise.due_on if promise else None, today)
        self.made.show_day(promise.made_on if promise else today, today)
        self.is_coachs.setChecked(promise.is_coachs if promise else False)
        self.outcome.set_text(promise.outcome if promise else "")
        is_settled = promise is not None and promise.is_settled
        self._outcome_box.setVisible(is_settled)
        is_signed = promise is not None and self._book.is_signed(promise)
        self.signed.setVisible(is_signed)
        for widget in (self.what, self.who, self.due, self.made, self.is_coachs):
            widget.setEnabled(not is_signed)
        first = self.what if not is_signed else self.outcome if is_settled else self.cancel_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _who_typed(self, name: str) -> None:
        self.is_coachs.setChecked(self._book.is_coachs(name))

    def accept(self) -> None:
        """Store it; what cannot be read is said above the buttons."""
        self.due.flush()
        self.made.flush()
        if self.due.is_pending or self.made.is_pending:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        if self._stored():
            super().accept()

    def _stored(self) -> bool:
        fields: dict[str, Any] = {
            "what": self.what.text().strip(),
            "who": " ".join(self.who.words.text().split()),
            "due_on": self.due.day,
            "made_on": self.made.day,
            "is_coachs": self.is_coachs.isChecked(),
        }
        promise = self._promise
        if promise is None:
            return self.workbench.do(make_promise, self._book.engagement.id, **fields) is not None
        changed = {name: value for name, value in fields.items() if value != getattr(promise, name)}
        if " ".join(promise.what.split()) == fields["what"]:
            changed.pop("what", None)
        key = f"promise dialog {promise.id}"
        if changed and self.workbench.do(change_promise, promise.id, merge_key=key, **changed) is None:
            return False
        outcome = self.outcome.toPlainText().strip()
        is_new = promise.is_settled and outcome not in ("", promise.outcome)
        return not is_new or self._said(promise, outcome, key)

    def _said(self, promise: Promise, outcome: str, key: str) -> bool:
        """What was said is kept together with how it was settled."""
        use_case = break_promise if promise.broken_on is not None else keep_promise
        day = promise.broken_on or promise.kept_on
        done = self.workbench.do(use_case, promise.id, on=day, outcome=outcome, merge_key=key)
        return done is not None

    @classmethod
    def ask(
        cls, workbench: Workbench, book: Book, promise: Promise | None = None, parent: QWidget | None = None
    ) -> bool:
        """Let somebody note or correct a promise; whether something was stored."""
        return cls(parent, workbench, book, promise).ask_until_done()
