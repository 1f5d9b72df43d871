"""The signatures under a meeting of the audit, and the pad for one more."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.audit import Attendee
from qma_app.domain.people import Person
from qma_app.domain.visit import Participant, Signature
from qma_app.i18n import _
from ui.visit.signing import SignatureShown, SigningForm
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import Card, clear
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class SignaturesCard(Card):
    """`changed` after one was added or taken out; `signatures` are those under the meeting."""

    changed = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Signatures"), parent=parent)
        self._bench = workbench
        self._may_write = False
        self.signatures: tuple[Signature, ...] = ()
        self.shown = QVBoxLayout()
        self.shown.setSpacing(8)
        self.nothing = PlainLabel(_("Nobody has signed."), role="small", tone="muted", wrap=True)
        self.more_button = Button(_("Have it signed…"), kind="link", icon_name="signature")
        self.more_button.clicked.connect(self._open)
        self.form = SigningForm()
        self.form.changed.connect(self._check)
        self.form.hide()
        self.sign_button = Button(_("Take signature"), icon_name="signature")
        self.sign_button.clicked.connect(self.sign)
        self.sign_button.hide()
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.sign_button)
        buttons.addWidget(self.more_button)
        buttons.addStretch(1)
        self.body.setSpacing(8)
        self.body.addLayout(self.shown)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.form)
        self.body.addLayout(buttons)

    def offer(self, attendees: Sequence[Attendee], people: Sequence[Person]) -> None:
        """Offer those who sat there first."""
        present = [
            Participant(name=one.name, function=one.function, person_id="", at_opening=True)
            for one in attendees
        ]
        self.form.offer(present, people, first=None)

    def show_signatures(self, signatures: tuple[Signature, ...], *, may_write: bool) -> None:
        """Show who signed."""
        if (signatures, may_write) != (self.signatures, self._may_write):
            self.signatures, self._may_write = signatures, may_write
            self._fill()
        self.nothing.setVisible(not signatures)
        self._open_form(is_open=may_write and self.form.isVisibleTo(self))

    def sign(self) -> None:
        """Keep the line that was drawn, or that it was signed on paper."""
        if not self.form.is_ready:
            return
        signature = self.form.signature(self._bench.workspace.clock())
        self.form.empty()
        self._open_form(is_open=False)
        self._put((*self.signatures, signature))

    def _remove(self, place: int) -> None:
        self._put((*self.signatures[:place], *self.signatures[place + 1 :]))

    def _put(self, signatures: tuple[Signature, ...]) -> None:
        self.show_signatures(signatures, may_write=self._may_write)
        self.changed.emit()

    def _open(self) -> None:
        self._open_form(is_open=True)
        self.form.name.words.setFocus()

    def _open_form(self, *, is_open: bool) -> None:
        self.form.setVisible(is_open)
        self.sign_button.setVisible(is_open)
        self.more_button.setVisible(self._may_write and not is_open)
        self._check()

    def _check(self) -> None:
        self.sign_button.setEnabled(self.form.is_ready)

    def _fill(self) -> None:
        clear(self.shown)
        for place, signature in enumerate(self.signatures):
            line = QHBoxLayout()
            line.setSpacing(4)
            line.addWidget(SignatureShown(signature), 1)
            if self._may_write:
                remove = IconButton("x", _("Take the signature of {name} out").format(name=signature.name))
                remove.clicked.connect(partial(self._remove, place))
                line.addWidget(remove)
            self.shown.addLayout(line)
