"""The effect so far for customers, staff and profit: where it began, where it stands, how sure that is, and the way between."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.edition import Direction
from qma_app.i18n import _
from qma_app.services.today_programme import Effect
from ui import theme
from ui.today.programme_words import change_words, effect_spoken, effect_tip, gain_words, margin_words
from ui.widgets.cards import Card
from ui.widgets.labels import plain_tip
from ui.widgets.spark import paint_spark

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SPARK, _EDGE, _HIGH = 96, 8, 45
SHOWN = 3


class EffectCard(Card):
    """Not there while no target has a figure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Effect so far"), parent=parent)
        self.rows: list[EffectRow] = []
        self.body.addStretch(1)

    def show_effects(self, effects: Sequence[Effect]) -> None:
        """Show as many of these targets as there is room for: one for each gain before a second one."""
        effects = _shown(effects)
        while len(self.rows) > len(effects):
            row = self.rows.pop()
            self.body.removeWidget(row)
            row.hide()
            row.deleteLater()
        for row, effect in zip(self.rows, effects, strict=False):
            row.show_effect(effect)
        for effect in effects[len(self.rows) :]:
            row = EffectRow(effect)
            self.body.insertWidget(len(self.rows), row)
            self.rows.append(row)
        self.setVisible(bool(effects))


def _shown(effects: Sequence[Effect]) -> list[Effect]:
    firsts = list({effect.line.target.gain: effect for effect in reversed(effects)}.values())
    others = [effect for effect in effects if effect not in firsts]
    kept = [*reversed(firsts), *others][:SHOWN]
    return [effect for effect in effects if effect in kept]


class EffectRow(QWidget):
    """One target on a line."""

    def __init__(self, effect: Effect, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.effect = effect
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.show_effect(effect)

    def show_effect(self, effect: Effect) -> None:
        """Say something else in the same place."""
        self.effect = effect
        self.setAccessibleName(effect_spoken(effect))
        self.setToolTip(plain_tip(effect_tip(effect)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(_HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        look, line = theme.current(), self.effect.line
        painter = QPainter(self)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour("line"))
        edge, middle = look.px(_EDGE), self.height() // 2
        wide = min(look.px(_SPARK), self.width() * 22 // 100)
        spark = QRectF(self.width() - edge - wide, look.px(9), wide, look.px(26))
        right = spark.left() - look.px(12)
        change, margin = change_words(self.effect), margin_words(self.effect)
        strong = look.font(design.SIZE_BODY, "strong")
        wide = QFontMetrics(strong).horizontalAdvance(change) + 2
        words = QRect(edge, 0, int(right) - wide - look.px(10) - edge, self.height())
        high = QRect(words.x(), middle - look.px(19), words.width(), look.px(19))
        low = QRect(words.x(), middle + 1, words.width(), look.px(17))
        self._write(painter, high, gain_words(line.target.gain), "text", design.SIZE_BODY)
        self._write(painter, low, line.kpi_title, "muted", design.SIZE_SMALL)
        painter.setFont(strong)
        painter.setPen(look.colour("text"))
        top = middle - look.px(19) if margin else middle - look.px(10)
        painter.drawText(QRect(int(right) - wide, top, wide, look.px(20)), _RIGHT, change)
        if margin:
            painter.setFont(look.font(design.SIZE_SMALL))
            painter.setPen(look.colour("muted"))
            painter.drawText(QRect(int(right) - wide, middle + 1, wide, look.px(17)), _RIGHT, margin)
        values = [None if value is None else float(value) for value in line.trend]
        known = [place for place, value in enumerate(values) if value is not None]
        if known:
            paint_spark(painter, spark, values[known[0] : known[-1] + 1], self._tone())

    def _tone(self) -> str:
        """Green where it went the way it should since the start, amber where it did not."""
        line = self.effect.line
        start = line.target.start
        if line.now is None or start is None or line.direction in (None, Direction.BAND):
            return "accent"
        is_better = line.now >= start if line.direction is Direction.HIGHER else line.now <= start
        return "ok" if is_better else "warn"

    def _write(self, painter: QPainter, area: QRect, text: str, tone: str, size: float) -> None:
        look = theme.current()
        painter.setFont(look.font(size))
        painter.setPen(look.colour(tone))
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, area.width()))
        painter.drawText(area, _LEFT, cut)
