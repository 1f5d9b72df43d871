"""What stands above the steps of an audit: its kind, days and lead, which audit is looked at, the buttons of the step, the path."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.audit import Audit
from qma_app.domain.ids import AuditId
from qma_app.domain.wording import kind_title
from qma_app.i18n import _
from ui.audit.part import AuditPart
from ui.audit.stepper import Stepper
from ui.audit.words import audit_words, days_words, detail_words, title_words
from ui.pages.view_part import PartsHead, ViewPart
from ui.widgets.buttons import Button, MenuButton


class AuditHead(PartsHead):
    """`audit_chosen` carries the id of another audit; `begin_wanted` asks for a new one, `discard_wanted` to take this one away."""

    audit_chosen = Signal(str)
    begin_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chooser = MenuButton("")
        self.chooser.setToolTip(_("Other audits of this programme"))
        self.begin_button = Button(_("Begin an audit…"), icon_name="plus")
        self.begin_button.clicked.connect(self.begin_wanted)
        self.stepper = Stepper()
        self.stepper.chosen.connect(self.chosen)
        self._boxes: dict[ViewPart, QWidget] = {}
        self._is_narrow: bool | None = None
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(4)
        self._buttons.addWidget(self.begin_button)
        self._buttons.addWidget(self.chooser)
        self._first, self._below = QHBoxLayout(), QHBoxLayout()
        self._first.setSpacing(16)
        self._first.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._first)
        column.addLayout(self._below)
        column.addWidget(self.stepper)
        self._share_out()

    def take_part(self, part: ViewPart) -> None:
        self._boxes[part] = self.buttons_box(part)
        self._buttons.addWidget(self._boxes[part])

    def show_part(self, part: ViewPart) -> None:
        for other, box in self._boxes.items():
            box.setVisible(other is part and bool(other.buttons()))
        desk = part.desk if isinstance(part, AuditPart) else None
        if desk is None:
            return
        self.title.setText(part.title_words() or title_words(desk.state))
        self.detail.setText(part.detail_words() or detail_words(desk.state))
        self.stepper.show_steps(desk.steps, part.key)
        self._share_out()

    def show_audits(
        self, audits: tuple[Audit, ...], kinds: dict[AuditId, AssessmentKind], shown: AuditId | None
    ) -> None:
        """The audits of the programme to choose from; a new one can be begun once none is under way."""
        self.chooser.choices.clear()
        for audit in audits:
            action = self.chooser.choices.addAction(audit_line(audit, kinds[audit.id]))
            action.setCheckable(True)
            action.setChecked(audit.id == shown)
            action.triggered.connect(partial(self._choose, audit.id))
        current = next((one for one in audits if one.id == shown), None)
        if current is not None:
            self.chooser.say(audit_words(current))
            self.chooser.setAccessibleName(_("Audit shown: {audit}").format(audit=audit_words(current)))
        if current is not None and not current.is_signed:
            self.chooser.choices.addSeparator()
            self.chooser.choices.addAction(_("Discard this audit")).triggered.connect(self._discard)
        self.chooser.setVisible(bool(self.chooser.choices.actions()))
        self.begin_button.setVisible(all(one.is_signed for one in audits))
        self._share_out()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _choose(self, audit_id: AuditId, _is_checked: bool = True) -> None:
        self.audit_chosen.emit(audit_id)

    def _discard(self, _is_checked: bool = False) -> None:
        self.discard_wanted.emit()

    def _share_out(self) -> None:
        """Buttons that would press the words together stand in a line of their own."""
        is_narrow = self._buttons.sizeHint().width() * 2 > self.width() > 0
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self._first.removeItem(self._buttons)
        self._below.removeItem(self._buttons)
        if is_narrow:
            self._below.addLayout(self._buttons)
            self._below.setAlignment(self._buttons, Qt.AlignmentFlag.AlignLeft)
        else:
            self._first.addLayout(self._buttons)
            self._first.setAlignment(self._buttons, Qt.AlignmentFlag.AlignBottom)


def audit_line(audit: Audit, kind: AssessmentKind) -> str:
    """One audit in the list: `Certification audit · R-2027-0093, revision 2 · 14–16 Jun 2027 · signed`."""
    state = _("signed") if audit.is_signed else _("under way")
    days = days_words(audit.first_on, audit.last_on)
    return " · ".join((kind_title(kind), audit_words(audit), days, state))
