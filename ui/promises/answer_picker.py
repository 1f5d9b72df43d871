"""One answer of three beside its question: yes, no, or not looked at; a single stop of the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme

ANSWERS: Final = (True, False, None)
_DIGITS: Final = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2}
_TONES: Final = ("ok", "bad", "muted")
_HIGH, _PAD = 34, 9


class AnswerPicker(QWidget):
    """`picked` carries True, False or None. 1, 2 and 3 pick, Left and Right move on; Up and Down go from question to question."""

    picked = Signal(object)

    def __init__(self, question: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.answer: bool | None = None
        self.is_red = False
        self._is_short = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_answer(None)

    def show_answer(self, answer: bool | None, *, is_red: bool = False) -> None:
        """Show what is stored; `is_red` says it was missed twice."""
        self.answer, self.is_red = answer, is_red
        said = f"{self.question}: {answer_words()[ANSWERS.index(answer)]}"
        self.setAccessibleName(f"{said}, {_('missed twice')}" if is_red else said)
        self.setAccessibleDescription(_("1 yes, 2 no, 3 not looked at"))
        self.setToolTip(_("1 yes, 2 no, 3 not looked at"))
        self.update()

    def show_short(self, *, is_short: bool) -> None:
        """Say the third answer in one word, where its question finds too little room beside it."""
        if is_short != self._is_short:
            self._is_short = is_short
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(sum(self._widths())) + 2, theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        here = ANSWERS.index(self.answer)
        match event.key():
            case Qt.Key.Key_1 | Qt.Key.Key_2 | Qt.Key.Key_3:
                self._pick(_DIGITS[Qt.Key(event.key())])
            case Qt.Key.Key_Right | Qt.Key.Key_Left:
                step = 1 if event.key() == Qt.Key.Key_Right else -1
                self._pick(min(2, max(0, here + step)))
            case Qt.Key.Key_Space:
                self._pick((here + 1) % 3)
            case Qt.Key.Key_Backspace | Qt.Key.Key_Delete:
                self._pick(2)
            case _:
                event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        at = event.position()
        for place, area in enumerate(self._areas()):
            if area.contains(QPointF(at.x(), area.center().y())):
                self._pick(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shape = QPainterPath()
        shape.addRoundedRect(whole, design.RADIUS_CARD, design.RADIUS_CARD)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("surface"))
        painter.drawPath(shape)
        painter.setFont(look.font(design.SIZE_SMALL, "medium"))
        painter.save()
        painter.setClipPath(shape)
        for place, (area, words) in enumerate(zip(self._areas(), self._shown_words(), strict=True)):
            self._paint_answer(painter, area, words, place)
        painter.restore()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        is_focused = self.hasFocus()
        painter.setPen(QPen(look.colour("focus" if is_focused else "control_edge"), 2 if is_focused else 1))
        painter.drawPath(shape)

    def _paint_answer(self, painter: QPainter, area: QRectF, words: str, place: int) -> None:
        look, is_on = theme.current(), ANSWERS[place] is self.answer
        tone = _TONES[place]
        if is_on:
            painter.fillRect(area, look.colour("raised" if tone == "muted" else f"{tone}-tint"))
        painter.setPen(look.colour(tone if is_on and tone != "muted" else "text" if is_on else "muted"))
        painter.setFont(look.font(design.SIZE_SMALL, "strong" if is_on and tone != "muted" else "regular"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
        if place:
            painter.setPen(QPen(look.colour("control_edge"), 1))
            painter.drawLine(area.topLeft(), area.bottomLeft())

    def _pick(self, place: int) -> None:
        if ANSWERS[place] is not self.answer:
            self.picked.emit(ANSWERS[place])

    def _widths(self) -> list[float]:
        look = theme.current()
        metrics = QFontMetricsF(look.font(design.SIZE_SMALL, "strong"))
        return [metrics.horizontalAdvance(words) + 2 * look.px(_PAD) for words in self._shown_words()]

    def _shown_words(self) -> tuple[str, str, str]:
        yes, no, unseen = answer_words()
        return yes, no, f"○ {_('open')}" if self._is_short else unseen

    def _areas(self) -> Sequence[QRectF]:
        areas, left = [], 1.0
        for width in self._widths():
            areas.append(QRectF(left, 1, width, self.height() - 2))
            left += width
        return areas


def answer_words() -> tuple[str, str, str]:
    """Yes, no, and not looked at, each with its shape."""
    return (f"✓ {_('Yes')}", f"✗ {_('No')}", _("Not looked at"))
