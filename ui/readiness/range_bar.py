"""The result to expect on one line: a band for the range, a point for what is expected, and the pass mark."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _, level_text
from ui import theme
from ui.readiness.reading import Ready
from ui.readiness.words import expected_text, range_words

_HIGH, _TOP, _THICK, _EDGE = 84, 30, 12, 4
_STEP, _BELOW_MARK = 10, 15


class RangeBar(QWidget):
    """Begins low enough that range, floor and pass mark stand apart; both ends carry their figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ready: Ready | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(_("Result to expect"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ready(self, ready: Ready) -> None:
        """Show the range of a result."""
        self._ready = ready
        self.setAccessibleDescription(range_words(ready))
        self.setToolTip(range_words(ready))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(320), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(220), theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._ready is not None and self._ready.view.expected is not None:
            self._paint(painter, self._ready)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRoundedRect(
                self.rect().adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL
            )

    def _paint(self, painter: QPainter, ready: Ready) -> None:
        look, view, rules = theme.current(), ready.view, ready.edition.rules
        if view.expected is None or view.low is None or view.high is None:
            return
        track = QRectF(look.px(_EDGE), look.px(_TOP), self.width() - 2 * look.px(_EDGE), look.px(_THICK))
        first = first_level(view.low, rules.area_floor)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        painter.drawRoundedRect(track, 3, 3)
        colour = QColor(design.level_colour(view.expected, floor=rules.area_floor, pass_mark=rules.pass_mark))
        left, right = (_at(track, level, first) for level in (view.low, view.high))
        # A range of less than a point is still seen.
        spare = max(0.0, look.px(6) - (right - left)) / 2
        band = QRectF(left - spare, track.top() - look.px(3), right - left + 2 * spare, track.height())
        band.setHeight(track.height() + look.px(6))
        painter.setBrush(colour)
        painter.drawRoundedRect(band, 3, 3)
        self._paint_mark(painter, track, ready, first)
        self._paint_expected(painter, track, band, ready, first)
        self._paint_ends(painter, track, first)

    def _paint_expected(
        self, painter: QPainter, track: QRectF, band: QRectF, ready: Ready, first: int
    ) -> None:
        look, view = theme.current(), ready.view
        if view.expected is None:
            return
        at = _at(track, view.expected, first)
        painter.setPen(QPen(look.colour("surface"), 2))
        painter.setBrush(look.colour("text"))
        painter.drawEllipse(QPointF(at, track.center().y()), look.px(6), look.px(6))
        words = _("{level} expected").format(level=expected_text(ready, view.expected))
        self._paint_words(painter, words, at, QRectF(0, 0, self.width(), look.px(22)), "text", "strong")
        low, high = expected_text(ready, view.low), expected_text(ready, view.high)
        between = low if low == high else _("{low} to {high}").format(low=low, high=high)
        line = QRectF(0, band.bottom() + look.px(2), self.width(), look.px(17))
        # Beside the pass mark it stands on its own side of that line.
        wide = QFontMetricsF(look.font(design.SIZE_SMALL)).horizontalAdvance(between) / 2 + look.px(8)
        mark = _at(track, Fraction(ready.edition.rules.pass_mark), first)
        middle = band.center().x()
        if abs(middle - mark) < wide:
            middle = mark - wide if middle <= mark else mark + wide
        self._paint_words(painter, between, middle, line, "muted", "regular")

    def _paint_mark(self, painter: QPainter, track: QRectF, ready: Ready, first: int) -> None:
        look, mark = theme.current(), Fraction(ready.edition.rules.pass_mark)
        at = _at(track, mark, first)
        painter.setPen(QPen(look.colour("text"), 1.6, Qt.PenStyle.DashLine))
        foot = track.bottom() + look.px(22)
        painter.drawLine(QPointF(at, track.top() - look.px(5)), QPointF(at, foot))
        words = _("pass mark {level}").format(level=level_text(mark))
        line = QRectF(0, foot, self.width(), look.px(17))
        self._paint_words(painter, words, at, line, "text", "regular")

    def _paint_ends(self, painter: QPainter, track: QRectF, first: int) -> None:
        look = theme.current()
        painter.setFont(look.font(design.SIZE_SMALL - 1))
        painter.setPen(look.colour("muted"))
        line = QRectF(track.left(), track.bottom() + look.px(24), track.width(), look.px(17))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, level_text(Fraction(first)))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight, level_text(Fraction(100)))

    def _paint_words(
        self, painter: QPainter, words: str, at: float, line: QRectF, tone: str, weight: str
    ) -> None:
        look = theme.current()
        font = look.font(design.SIZE_SMALL, weight)
        wide = QFontMetricsF(font).horizontalAdvance(words) + 4
        left = min(max(0.0, at - wide / 2), self.width() - wide)
        painter.setFont(font)
        painter.setPen(look.colour(tone))
        painter.drawText(QRectF(left, line.top(), wide, line.height()), Qt.AlignmentFlag.AlignCenter, words)


def first_level(low: Fraction, floor: int) -> int:
    """Where the line begins: a round figure well below what is shown on it."""
    return max(0, int(min(low, Fraction(floor)) - _BELOW_MARK) // _STEP * _STEP)


def _at(track: QRectF, level: Fraction, first: int) -> float:
    share = (float(level) - first) / (100 - first)
    return track.left() + track.width() * min(1.0, max(0.0, share))
