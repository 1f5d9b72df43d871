"""The small line of a KPI on an action's card: its months, the goal, and the day the action was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import floor

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.edition import KpiDefinition
from qma_app.domain.month import Month
from qma_app.domain.reading import Reading, reading_value
from qma_app.i18n import _, number_text, percent_text
from ui import theme
from ui.verification.words import month_words, value_words

_HEIGHT, _WORDS = 68, 14
_PARTS = 8  # into how many parts a month is cut to see whether the line runs through words


class EffectLine(QWidget):
    """Hidden without readings; painted without the chart library, so that a panel full of cards opens at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[Fraction | None, ...] = ()
        self._goal: Fraction | None = None
        self._goal_words = ""
        self._done_at: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVisible(False)

    def show_readings(
        self,
        readings: Sequence[Reading],
        kpi: KpiDefinition,
        done_on: date | None = None,
        goal: Decimal | None = None,
    ) -> None:
        """The readings of one KPI in any order; `goal` is in its unit."""
        known = sorted(readings, key=lambda one: one.month)
        self.setVisible(bool(known))
        if not known:
            self._values = ()
            return
        first = known[0].month
        values: list[Fraction | None] = [None] * (_months_from(first, known[-1].month) + 1)
        for one in known:
            values[_months_from(first, one.month)] = reading_value(kpi, one.numerator, one.denominator)
        self._values = tuple(values)
        self._goal = None if goal is None else Fraction(goal)
        self._goal_words = (
            "" if goal is None else _("goal {figure}").format(figure=_short(kpi, Fraction(goal)))
        )
        self._done_at = None
        if done_on is not None:
            at = _months_from(first, Month.of(done_on)) + (done_on.day - 1) / 31
            self._done_at = at if 0 <= at <= len(values) else None
        self.setAccessibleName(_("{code} {title} over the months").format(code=kpi.code, title=kpi.title))
        self.setAccessibleDescription(_said(known, kpi, self._goal_words))
        self.update()

    @property
    def values(self) -> tuple[Fraction | None, ...]:
        """What the line goes through, a month each; None leaves a gap."""
        return self._values

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.current().font(design.SIZE_SMALL - 1.5))
        words = theme.px(_WORDS)
        area = QRectF(self.rect()).adjusted(2, words, -2, -words)
        self._paint_done(painter, area)
        self._paint_line(painter, area)
        self._paint_goal(painter, area)

    def _paint_goal(self, painter: QPainter, area: QRectF) -> None:
        if self._goal is None:
            return
        y = floor(self._y(area, self._goal)) + 0.5  # between two rows of pixels a line would be two, and grey
        painter.setPen(QPen(theme.current().colour("ok"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        high = theme.px(_WORDS)
        wide = painter.fontMetrics().horizontalAdvance(self._goal_words)
        above, below = (QRectF(area.right() - wide, top, wide, high) for top in (y - high, y + 2))
        place = min((above, below), key=partial(self._crossings, area))
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._goal_words)

    def _crossings(self, area: QRectF, place: QRectF) -> int:
        """In how many spots of a place for words the line would run through them."""
        step = area.width() / len(self._values)
        known = [
            QPointF(area.left() + step * (at + 0.5), self._y(area, value))
            for at, value in enumerate(self._values)
            if value is not None
        ]
        room = place.adjusted(-2, -2, 2, 2)
        return sum(
            room.contains(one + (other - one) * share / _PARTS)
            for one, other in pairwise(known)
            for share in range(_PARTS + 1)
        )

    def _paint_done(self, painter: QPainter, area: QRectF) -> None:
        if self._done_at is None:
            return
        x = floor(area.left() + area.width() * self._done_at / len(self._values)) + 0.5
        look = theme.current()
        painter.setPen(QPen(look.colour("control_edge"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, self.height() - 1))
        painter.setPen(look.colour("muted"))
        is_left = x > area.center().x()
        room = QRectF(x + 4, area.bottom(), area.right() - x, theme.px(_WORDS))
        side = Qt.AlignmentFlag.AlignLeft
        if is_left:
            room = QRectF(area.left(), area.bottom(), x - 4 - area.left(), theme.px(_WORDS))
            side = Qt.AlignmentFlag.AlignRight
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, _("action done"))

    def _paint_line(self, painter: QPainter, area: QRectF) -> None:
        accent = theme.current().colour("accent")
        step = area.width() / len(self._values)
        pen = QPen(
            accent,
            theme.px(2),
            Qt.PenStyle.SolidLine,
            Qt.PenCapStyle.RoundCap,
            Qt.PenJoinStyle.RoundJoin,
        )
        part: list[QPointF] = []
        for place, value in enumerate((*self._values, None)):
            if value is not None:
                part.append(QPointF(area.left() + step * (place + 0.5), self._y(area, value)))
                continue
            painter.setPen(pen)
            if len(part) > 1:
                painter.drawPolyline(QPolygonF(part))
            elif part:
                painter.setBrush(accent)
                painter.drawEllipse(part[0], theme.px(1.5), theme.px(1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
            part = []

    def _y(self, area: QRectF, value: Fraction) -> float:
        known = [one for one in (*self._values, self._goal) if one is not None]
        low, high = min(known), max(known)
        share = float((value - low) / (high - low)) if high > low else 0.5
        return area.bottom() - share * area.height()


def _months_from(first: Month, other: Month) -> int:
    return (other.year - first.year) * 12 + other.number - first.number


def _short(kpi: KpiDefinition, value: Fraction) -> str:
    figure = number_text(value, 0 if value.denominator == 1 else 1)
    return percent_text(figure) if kpi.unit == "percent" else figure


def _said(known: Sequence[Reading], kpi: KpiDefinition, goal: str) -> str:
    """The same in words: where it began, where it is now, and the goal."""
    parts = [
        f"{month_words(one.month)}: " + value_words(kpi, reading_value(kpi, one.numerator, one.denominator))
        for one in dict.fromkeys((known[0], known[-1]))
    ]
    return "; ".join(filter(None, (*parts, goal)))
