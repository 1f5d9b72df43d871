"""Who is certified as coach, auditor or decision maker: number, validity with the days left, training, supervised cases, yearly check."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.people import Qualification
from qma_app.domain.record import Changes
from qma_app.domain.wording import role_title
from qma_app.i18n import _, day_text, ngettext
from qma_app.services.certificates import CertificateLine, CertificateState, certificate_title, certificates
from qma_app.services.people import withdraw_qualification
from ui.models.standards_table import TableColumn, TableRow
from ui.pages.view_part import ViewPart
from ui.people import lists
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.standards_view.table import WordTable
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench

_ORDER = (
    CertificateState.LAPSED,
    CertificateState.LAPSES_SOON,
    CertificateState.NOT_YET,
    CertificateState.VALID,
    CertificateState.NO_END,
)
_SHAPES = {
    CertificateState.LAPSED: ("✕", "bad"),
    CertificateState.LAPSES_SOON: ("▲", "warn"),
    CertificateState.NOT_YET: ("○", "neutral"),
    CertificateState.VALID: ("✓", "ok"),
    CertificateState.NO_END: ("✓", "ok"),
}


class CertificatesView(ViewPart):
    """What lapses first stands on top; Enter renews or corrects, N notes a new one, Delete withdraws."""

    key: ClassVar[str] = "certificates"
    page_key: ClassVar[str] = "people"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.lines: tuple[CertificateLine, ...] = ()
        self.table = WordTable(
            _("Certificates of coaches and auditors"),
            (
                TableColumn(title=_("Name"), share=4, is_strong=True),
                TableColumn(title=_("Certified as"), share=3),
                TableColumn(title=_("Number"), share=2, is_quiet=True),
                TableColumn(title=_("Validity"), width=148, is_chip=True),
                TableColumn(title=_("Until"), share=3),
                TableColumn(title=_("Training"), share=4, is_quiet=True, hidden_below=900),
                TableColumn(title=_("Supervised"), share=2, hidden_below=820),
                TableColumn(title=_("Yearly check"), share=2, hidden_below=760),
            ),
        )
        self.empty = EmptyState(
            "badge-check",
            _("No coach or auditor is known yet."),
            _("Note a certificate"),
            keys="N",
        )
        self.cards_button = Button(_("Business cards…"))
        self.cards_button.setAccessibleName(_("Save coaches and auditors as business cards (vCard)"))
        self.new_button = Button(_("Note a certificate"), kind="primary", keys="N")
        card = Card()
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.empty, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self.table.opened.connect(self.edit)
        self.empty.wanted.connect(self.new)
        self.new_button.clicked.connect(self.new)
        self.cards_button.clicked.connect(self._save_cards)
        LetterKey("N", self, self.new, is_on=self.has_letters)
        delete = QShortcut(QKeySequence("Delete"), self)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(self.withdraw)

    def refresh(self) -> None:
        lines = self.workbench.read(certificates, on=self.workbench.workspace.today())
        self.lines = tuple(sorted(lines, key=lambda one: (_ORDER.index(one.state), one.days_left or 0)))
        self.table.show_rows([_row(one) for one in self.lines])
        self.table.setVisible(bool(self.lines))
        self.empty.setVisible(not self.lines)
        for button in (self.new_button, self.cards_button):
            button.setVisible(bool(self.lines))
        self.head_changed.emit()

    def mark(self, changes: Changes) -> None:
        for held in changes.of(Qualification):
            self.table.select(held.id)

    def go(self, place: Place) -> None:
        held = next((one for one in self.lines if one.person.id == place.person_id), None)
        if held is not None:
            self.table.select(held.qualification.id)

    def take_focus(self) -> None:
        shown = self.table if self.lines else self.empty.button
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def new(self) -> None:
        """N: note who is certified."""
        self._ask(None)

    def edit(self, _key: object = None) -> None:
        """Enter: renew or correct the certificate chosen."""
        line = self._current()
        if line is not None:
            self._ask(line)

    def withdraw(self) -> None:
        """Delete: the person no longer works in that role; the window offers Undo."""
        line = self._current()
        if line is None or not self.table.hasFocus():
            return
        if self.workbench.do(withdraw_qualification, line.qualification.id) is not None:
            self.workbench.deleted.emit(
                _("{name} is no longer certified as {role}.").format(
                    name=line.person.name, role=role_title(line.qualification.role)
                )
            )

    def title_words(self) -> str:
        return _("Certificates")

    def detail_words(self) -> str:
        lapsed = sum(one.state is CertificateState.LAPSED for one in self.lines)
        soon = sum(one.state is CertificateState.LAPSES_SOON for one in self.lines)
        words = []
        if lapsed:
            words.append(ngettext("{count} has lapsed", "{count} have lapsed", lapsed).format(count=lapsed))
        if soon:
            words.append(ngettext("{count} lapses soon", "{count} lapse soon", soon).format(count=soon))
        if self.lines and not words:
            words.append(_("All are valid"))
        return " · ".join((*words, _("They count for all dealerships of this workspace")))

    def buttons(self) -> tuple[QWidget, ...]:
        return (self.cards_button, self.new_button)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="N", title=_("Note a certificate")),
            Shortcut(keys="Return", title=_("Renew or correct the certificate chosen")),
            Shortcut(keys="Delete", title=_("Withdraw the certificate chosen")),
        )

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(title=_("Note a certificate"), run=self.new, keys="N", icon="badge-check"),
            Command(
                title=_("Save coaches and auditors as business cards (vCard)"),
                run=partial(lists.save_cards, self.workbench, self, None),
                icon="users",
            ),
        )

    def _current(self) -> CertificateLine | None:
        key = self.table.current_key
        return next((one for one in self.lines if one.qualification.id == key), None)

    def _ask(self, line: CertificateLine | None) -> None:
        from ui.dialogs.certify_person import CertifyPerson

        changes = CertifyPerson.ask(self.workbench, self.window(), line)
        if changes is not None:
            self.mark(changes)
        self.take_focus()

    def _save_cards(self) -> None:
        lists.save_cards(self.workbench, self, None)


def _row(line: CertificateLine) -> TableRow:
    held = line.qualification
    shape, tone = _SHAPES[line.state]
    trained = day_text(held.trained_on) if held.trained_on is not None else ""
    return TableRow(
        key=held.id,
        cells=(
            line.person.name,
            role_title(held.role),
            held.number or "–",
            f"{shape} {_chip_words(line)}",
            day_text(held.valid_until) if held.valid_until is not None else "–",
            held.training or trained or "–",
            "–" if held.supervised is None else str(held.supervised),
            day_text(held.checked_on) if held.checked_on is not None else "–",
        ),
        tones={3: tone},
        small={
            **({4: _left(line)} if _left(line) else {}),
            **({5: trained} if held.training and trained else {}),
        },
        tip=certificate_title(line.state),
    )


def _chip_words(line: CertificateLine) -> str:
    return _("valid") if line.state is CertificateState.NO_END else certificate_title(line.state)


def _left(line: CertificateLine) -> str:
    """`223 days left`, or since when it has lapsed."""
    days = line.days_left
    if line.state is CertificateState.NOT_YET and line.qualification.valid_from is not None:
        return _("from {day}").format(day=day_text(line.qualification.valid_from))
    if days is None:
        return _("no end noted") if line.state is CertificateState.NO_END else ""
    if days < 0:
        return ngettext("{count} day ago", "{count} days ago", -days).format(count=-days)
    return ngettext("{count} day left", "{count} days left", days).format(count=days)
