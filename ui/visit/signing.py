"""Signing the minutes: a name, and a line drawn with mouse, pen or finger, or the word that they were signed on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from qma_app import design
from qma_app.domain.people import Person
from qma_app.domain.visit import Participant, Signature
from qma_app.i18n import _, day_text
from ui import theme
from ui.findings.owner_field import OwnerField
from ui.visit.signature_pad import HEIGHT, WIDTH, SignaturePad, stroke_path
from ui.widgets.buttons import Button
from ui.widgets.note_edit import LineEdit

_SHOWN_HIGH = 84


class SigningForm(QWidget):
    """`changed` when there is more or less to sign with; Enter in the name goes on to the pad."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, str] = {}
        self.name = OwnerField()
        self.name.setAccessibleName(_("Who signs"))
        self.name.words.setAccessibleName(_("Who signs"))
        self.name.words.setPlaceholderText(_("Who signs"))
        self.name.words.textChanged.connect(self._named)
        self.name.words.returnPressed.connect(self._to_the_pad)
        self.function = LineEdit(_("What they do"), placeholder=_("What they do"))
        self.pad = SignaturePad()
        self.pad.drawn.connect(self._drawn)
        self.on_paper = QCheckBox(_("Signed on paper"))
        self.on_paper.setAccessibleDescription(_("The minutes carry the name, and a line to sign on"))
        self.on_paper.toggled.connect(self._toggled)
        self.undo_button = Button(_("Take last stroke back"), kind="link")
        self.undo_button.clicked.connect(self.pad.undo_stroke)
        self.clear_button = Button(_("Clear"), kind="link")
        self.clear_button.clicked.connect(self.pad.clear)
        names = QHBoxLayout()
        names.setSpacing(6)
        names.addWidget(self.name, 3)
        names.addWidget(self.function, 2)
        below = QHBoxLayout()
        below.setSpacing(4)
        below.addWidget(self.on_paper)
        below.addStretch(1)
        below.addWidget(self.undo_button)
        below.addWidget(self.clear_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(names)
        column.addWidget(self.pad)
        column.addLayout(below)
        self._check()

    @property
    def is_ready(self) -> bool:
        """Whether there is a name, and a line or the word that it was signed on paper."""
        return bool(self._name()) and (self.on_paper.isChecked() or self.pad.is_signed)

    @property
    def is_begun(self) -> bool:
        """Whether somebody drew something or said that it was signed on paper."""
        return bool(self.pad.strokes) or self.on_paper.isChecked()

    def offer(
        self, present: Sequence[Participant], people: Sequence[Person], *, first: Person | None
    ) -> None:
        """Offer those who were there, then the people of the house; `first` stands in the field as long as it is empty."""
        self._known = {
            **{one.name: one.function for one in people},
            **{one.name: one.function for one in present},
        }
        names = [one.name for one in present]
        self.name.show_people([*names, *(name for name in self._known if name not in names)])
        if first is not None and not self._name():
            self.name.words.setText(first.name)
            self.function.set_text(first.function)

    def signature(self, at: datetime) -> Signature:
        """What is to be kept."""
        return Signature(
            name=self._name(),
            function=self.function.text().strip(),
            strokes=() if self.on_paper.isChecked() else self.pad.strokes,
            signed_at=at,
            height=HEIGHT,
        )

    def empty(self) -> None:
        """Ready for the next one."""
        self.name.set_text("")
        self.function.set_text("")
        self.on_paper.setChecked(False)
        self.pad.clear()

    def _name(self) -> str:
        return " ".join(self.name.words.text().split())

    def _named(self) -> None:
        known = self._known.get(self._name(), "")
        if known and not self.function.text():
            self.function.set_text(known)
        self.changed.emit()

    def _to_the_pad(self) -> None:
        if not self.on_paper.isChecked():
            self.pad.setFocus(Qt.FocusReason.TabFocusReason)

    def _drawn(self) -> None:
        self._check()
        self.changed.emit()

    def _toggled(self, is_on_paper: bool) -> None:
        self.pad.setVisible(not is_on_paper)
        self._check()
        self.changed.emit()

    def _check(self) -> None:
        has_strokes = bool(self.pad.strokes) and not self.on_paper.isChecked()
        for button in (self.undo_button, self.clear_button):
            button.setEnabled(has_strokes)
            button.setVisible(not self.on_paper.isChecked())


class SignatureShown(QWidget):
    """A signature as it was drawn, with who signed and when."""

    def __init__(self, signature: Signature, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.signature = signature
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self._words())

    def sizeHint(self) -> QSize:
        high = _SHOWN_HIGH if self.signature.strokes else 0
        return QSize(theme.px(200), theme.px(high + 24))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = self.height() - look.px(24)
        scale = min(self.width() / WIDTH, high / max(1, self.signature.height))
        pen = QPen(look.colour("text"), look.px(1.6))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for stroke in self.signature.strokes:
            if stroke:
                painter.drawPath(stroke_path(stroke, scale))
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QPointF(0, high), QPointF(self.width(), high))
        painter.setPen(look.colour("muted"))
        painter.setFont(look.font(design.SIZE_SMALL))
        words = painter.fontMetrics().elidedText(self._words(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(0, high, self.width(), look.px(24), int(Qt.AlignmentFlag.AlignVCenter), words)

    def _words(self) -> str:
        signed = self.signature
        day = day_text(signed.signed_at.astimezone().date())
        how = _("signed {day}") if signed.strokes else _("signed on paper {day}")
        return " · ".join(filter(None, (signed.name, signed.function, how.format(day=day))))
