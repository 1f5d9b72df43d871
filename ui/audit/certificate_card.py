"""What a certificate says and how it stands: its days, what falls due next, what happened to it, and what can happen now."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.certificate_dues import Due, DueState
from qma_app.domain.certification import Certificate, CertificateEvent, CertificateStep
from qma_app.domain.wording import role_title
from qma_app.i18n import _, day_text
from ui.audit.certificate_reading import CertificateDesk
from ui.audit.decision_words import event_words, step_button
from ui.audit.fact_rows import Facts
from ui.widgets.buttons import Button, MenuButton
from ui.widgets.cards import Card, clear
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel

_DUE_TONES = {
    DueState.AHEAD: "muted",
    DueState.OPEN: "warn",
    DueState.OVERDUE: "bad",
    DueState.DONE: "ok",
}
_DUE_MARKS = {DueState.AHEAD: "○", DueState.OPEN: "◔", DueState.OVERDUE: "!", DueState.DONE: "✓"}


class CertificateCard(Card):
    """`granting`, `issuing` and `stepping` (a CertificateStep) ask for what can happen now; `switching` for another person at work."""

    granting = Signal()
    issuing = Signal()
    stepping = Signal(object)
    switching = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("How it stands"), parent=parent)
        self.facts = Facts()
        self.dues_caption = PlainLabel(_("What falls due"), role="caption")
        self.dues = QVBoxLayout()
        self.dues.setSpacing(4)
        self.events_caption = PlainLabel(_("What happened"), role="caption")
        self.events = QVBoxLayout()
        self.events.setSpacing(6)
        self.why_not = PlainLabel("", tone="warn", wrap=True)
        self.grant_button = Button(_("Grant certificate"), kind="primary", icon_name="award")
        self.issue_button = Button(_("Issue certificate…"), kind="primary", icon_name="signature")
        self.again_button = Button(_("Issue again…"), icon_name="signature")
        self.steps_button = MenuButton(_("Next step"))
        self.switch_button = Button(_("Change who is working…"), icon_name="user")
        self.grant_button.clicked.connect(self.granting)
        self.issue_button.clicked.connect(self.issuing)
        self.again_button.clicked.connect(self.issuing)
        self.switch_button.clicked.connect(self.switching)
        self.steps_button.choices.triggered.connect(self._chosen)
        self._build()

    def _build(self) -> None:
        row = FlowLayout()
        for button in (
            self.grant_button,
            self.issue_button,
            self.again_button,
            self.steps_button,
            self.switch_button,
        ):
            row.addWidget(button)
        buttons = QVBoxLayout()
        buttons.addLayout(row)
        self.body.setSpacing(8)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.dues_caption)
        self.body.addLayout(self.dues)
        self.body.addWidget(self.events_caption)
        self.body.addLayout(self.events)
        self.body.addWidget(self.why_not)
        self.body.addLayout(buttons)

    def show_desk(self, desk: CertificateDesk) -> None:
        """Show this certificate, or what stands before it."""
        certificate, life = desk.certificate, desk.life
        has_one = certificate is not None and life is not None
        self.facts.setVisible(has_one)
        if certificate is not None and life is not None:
            self.facts.show_facts(_facts(desk, certificate))
        self._show_dues(life.dues if life is not None else ())
        self._show_events(desk, certificate.events if certificate is not None else ())
        self._show_buttons(desk)
        self.setVisible(has_one or desk.can_be_granted)

    def _show_dues(self, dues: tuple[Due, ...]) -> None:
        clear(self.dues)
        self.dues_caption.setVisible(bool(dues))
        for due in dues:
            words = f"{_DUE_MARKS[due.state]}  {due.words}"
            self.dues.addWidget(PlainLabel(words, tone=_DUE_TONES[due.state], wrap=True))

    def _show_events(self, desk: CertificateDesk, events: tuple[CertificateEvent, ...]) -> None:
        clear(self.events)
        self.events_caption.setVisible(bool(events))
        for event in reversed(events):
            line = QVBoxLayout()
            line.setSpacing(1)
            line.addWidget(PlainLabel(event_words(event, desk.name_of(event.by)), wrap=True))
            line.addWidget(PlainLabel(event.reason, role="small", tone="muted", wrap=True))
            self.events.addLayout(line)

    def _show_buttons(self, desk: CertificateDesk) -> None:
        is_at_work = desk.is_decision_maker_at_work
        has_work = desk.can_be_granted or bool(desk.steps)
        why_not = _why_not(desk) if has_work and not is_at_work else ""
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not))
        self.switch_button.setVisible(bool(why_not))
        self.grant_button.setVisible(is_at_work and desk.can_be_granted)
        certificate = desk.certificate
        can_issue = certificate is not None and not desk.can_be_granted and bool(desk.steps)
        has_file = desk.newest_file is not None
        self.issue_button.setVisible(is_at_work and can_issue and not has_file)
        self.again_button.setVisible(is_at_work and can_issue and has_file)
        self.steps_button.setVisible(is_at_work and bool(desk.steps))
        self.steps_button.choices.clear()
        for step in desk.steps:
            self.steps_button.choices.addAction(step_button(step)).setData(step)

    def _chosen(self, action: object) -> None:
        self.stepping.emit(CertificateStep(str(action.data())))  # type: ignore[attr-defined]  # the signal of a menu carries a QAction


def _facts(desk: CertificateDesk, certificate: Certificate) -> tuple[tuple[str, str], ...]:
    audited = day_text(certificate.audited_from)
    if certificate.audited_to != certificate.audited_from:
        audited = _("{first} to {last}").format(first=audited, last=day_text(certificate.audited_to))
    valid = _("{first} to {last}").format(
        first=day_text(certificate.valid_from), last=day_text(certificate.valid_until)
    )
    holder = ", ".join(filter(None, (certificate.holder, certificate.address)))
    return (
        (_("Number"), certificate.number),
        (_("Holder"), holder),
        (_("Overall level"), desk.level),
        (_("Areas left out"), ", ".join(desk.left_out)),
        (_("Audited"), audited),
        (_("Decided on"), day_text(certificate.decided_on)),
        (_("Valid"), valid),
        (_("Next surveillance"), _next_surveillance(desk)),
        (_("Takes the place of"), desk.replaces),
    )


def _next_surveillance(desk: CertificateDesk) -> str:
    due = desk.life.next_surveillance if desk.life is not None else None
    if due is None:
        return ""
    return _("{first} to {last}").format(first=day_text(due.window_from), last=day_text(due.due_on))


def _why_not(desk: CertificateDesk) -> str:
    worker = desk.worker
    if worker is None:
        return _("Nobody is named as working. A decision maker goes on from here.")
    return _("{name} is working as {role}. A decision maker goes on from here.").format(
        name=desk.name_of(worker.person_id), role=role_title(worker.role)
    )
