"""The signatures under the minutes of a closed visit, and a field for one more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.visit import Signature, VisitState
from qma_app.i18n import _
from ui.visit.reading import Desk
from ui.visit.signing import SignatureShown, SigningForm
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, clear
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class SignCard(Card):
    """There once a visit is closed; `reopen_wanted` to correct it with a reason."""

    reopen_wanted = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("Signatures"), parent=parent)
        self._bench = workbench
        self._desk: Desk | None = None
        self._signed: tuple[Signature, ...] | None = None
        self.shown = QVBoxLayout()
        self.shown.setSpacing(8)
        self.nothing = PlainLabel(
            _("Closed and not signed yet: sign here, or print the minutes and have them signed."),
            role="small",
            tone="warn",
            wrap=True,
        )
        self.more_button = Button(_("One more signature"), kind="link", icon_name="signature")
        self.more_button.clicked.connect(self._one_more)
        self.form = SigningForm()
        self.form.changed.connect(self._check)
        self.sign_button = Button(_("Sign"), icon_name="signature")
        self.sign_button.clicked.connect(self.sign)
        self.reopen_button = Button(_("Reopen…"), kind="quiet", icon_name="lock-open")
        self.reopen_button.clicked.connect(self.reopen_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.sign_button)
        buttons.addWidget(self.more_button)
        buttons.addStretch(1)
        buttons.addWidget(self.reopen_button)
        self.body.setSpacing(8)
        self.body.addLayout(self.shown)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.form)
        self.body.addLayout(buttons)

    def show_desk(self, desk: Desk) -> None:
        """Show who signed."""
        is_same = self._desk is not None and self._desk.visit.id == desk.visit.id
        self._desk = desk
        visit = desk.visit
        if not is_same:
            self.form.empty()
        if visit.signatures != self._signed or not is_same:
            self._signed = visit.signatures
            clear(self.shown)
            for signature in visit.signatures:
                self.shown.addWidget(SignatureShown(signature))
            self._open_form(is_open=not visit.signatures)
        first = next((one for one in desk.people if one.id == desk.view.engagement.principal_id), None)
        self.form.offer(visit.participants, desk.people, first=None if visit.signatures else first)
        self.nothing.setVisible(not visit.signatures)
        self.setVisible(visit.state is VisitState.CLOSED)
        self._check()

    def sign(self) -> None:
        """Keep what is signed; from then on the minutes are only read."""
        from ui.dialogs.close_visit import sign

        if (
            self._desk is not None
            and self.form.is_ready
            and sign(self._bench, self._desk.visit.id, self.form)
        ):
            self.form.empty()

    def _one_more(self) -> None:
        self._open_form(is_open=True)
        self.form.name.words.setFocus()

    def _open_form(self, *, is_open: bool) -> None:
        self.form.setVisible(is_open)
        self.sign_button.setVisible(is_open)
        self.more_button.setVisible(not is_open)

    def _check(self) -> None:
        self.sign_button.setEnabled(self.form.is_ready)
