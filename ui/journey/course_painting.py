"""Paints the course of the score with where it leads, and the checkpoints assessed and passed from month to month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from qma_app import design
from qma_app.i18n import _, language, level_text, ngettext, number_text
from ui import theme

if TYPE_CHECKING:
    from qma_app.services.journey import BurnPoint, ScoreCourse

_LEFT, _RIGHT, _TOP, _FOOT = 36, 16, 12, 20
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """Days to the right, figures upwards."""

    area: QRectF
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        """Where a day stands; days outside stand at the edge."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.area.left() + self.area.width() * min(1.0, max(0.0, share))

    def y(self, value: float) -> float:
        """Where a figure stands."""
        share = (value - self.low) / max(1e-9, self.high - self.low)
        return self.area.bottom() - self.area.height() * min(1.0, max(0.0, share))


def field_of(size: QRectF, first: date, last: date, low: float, high: float) -> Field:
    """The room between the figures at the left, the dates below and the edges."""
    area = size.adjusted(theme.px(_LEFT), theme.px(_TOP), -theme.px(_RIGHT), -theme.px(_FOOT))
    return Field(area=area, first=first, last=last, low=low, high=high)


def paint_score(painter: QPainter, size: QRectF, course: ScoreCourse, first: date, last: date) -> None:
    """Points with their line, the pass mark, and the expected line within its range."""
    field = field_of(size, first, max(last, course.audit_on), lowest_of(course), 100)
    look = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_grid(painter, field, [float(at) for at in range(int(field.low), 101, 20)], percent=True)
    _paint_dates(painter, field, course.audit_on)
    forecast = course.forecast
    if forecast is not None and course.points:
        here = max(course.points, key=lambda point: point.on)
        begin = QPointF(field.x(here.on), field.y(float(here.overall)))
        x = field.x(forecast.on)
        cone = QPolygonF(
            [begin, QPointF(x, field.y(float(forecast.high))), QPointF(x, field.y(float(forecast.low)))]
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent-tint"))
        painter.drawPolygon(cone)
        _dashed(painter, QLineF(begin, QPointF(x, field.y(float(forecast.expected)))), "accent", 1.8)
    _paint_mark(painter, field, course.pass_mark)
    line = [QPointF(field.x(point.on), field.y(float(point.overall))) for point in course.points]
    painter.setPen(QPen(look.colour("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(line))
    painter.setBrush(look.colour("accent"))
    for point in line:
        painter.drawEllipse(point, 2.5, 2.5)
    if forecast is not None:
        _paint_expected(painter, field, course)


def lowest_of(course: ScoreCourse) -> int:
    """Where the axis of the score begins: 40, lower where a point or the range lies lower."""
    levels = [float(point.overall) for point in course.points]
    if course.forecast is not None:
        levels.append(float(course.forecast.low))
    return max(0, min(40, int(min(levels, default=40) - 5) // 20 * 20))


def expected_words(course: ScoreCourse) -> str:
    """`86 % expected`, empty while nothing can be expected."""
    forecast = course.forecast
    return "" if forecast is None else _("{level} expected").format(level=level_text(forecast.expected))


def paint_burn(painter: QPainter, size: QRectF, course: ScoreCourse, first: date, last: date) -> None:
    """Assessed and passed checkpoints month by month, up to the line of all there are."""
    points = course.assessed
    if not points:
        return
    look = theme.current()
    total = max(point.total for point in points)
    field = field_of(size, first, max(last, course.audit_on), 0, total * 1.06)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    step = _step(total)
    _paint_grid(painter, field, [float(at) for at in range(0, total + 1, step)], percent=False)
    _paint_dates(painter, field, course.audit_on)
    painter.setPen(QPen(look.colour("text"), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(field.area.left(), field.y(total), field.area.right(), field.y(total)))
    passed = _line(field, points, [point.passed for point in points])
    assessed = _line(field, points, [point.assessed for point in points])
    painter.setPen(QPen(look.colour("control_edge"), 2))
    painter.drawPolyline(QPolygonF(assessed))
    painter.setPen(QPen(look.colour("ok"), 2))
    painter.drawPolyline(QPolygonF(passed))
    burn = course.burn
    if burn is not None and burn.left and burn.done_on is not None:
        tone = "bad" if burn.is_late else "ok"
        end = min(burn.done_on, field.last)
        days = max(1, (burn.done_on - points[-1].on).days)
        share = (end - points[-1].on).days / days
        height = points[-1].passed + (total - points[-1].passed) * share
        _dashed(painter, QLineF(passed[-1], QPointF(field.x(end), field.y(height))), tone, 1.8)
    everything = ngettext("{count} checkpoint applies", "{count} checkpoints apply", total).format(
        count=number_text(total)
    )
    _paint_label(painter, everything, QPointF(field.area.left(), field.y(total)))
    for line, words, tone in ((assessed, _("assessed"), "muted"), (passed, _("passed"), "ok")):
        _paint_beside(painter, field, line[-1], words, tone, is_above=tone == "muted")


def _line(field: Field, points: Sequence[BurnPoint], values: Sequence[int]) -> list[QPointF]:
    return [QPointF(field.x(point.on), field.y(value)) for point, value in zip(points, values, strict=True)]


def _step(total: int) -> int:
    return next((step for step in (5, 10, 20, 50, 100, 200, 500, 1000) if total / step <= 5), 2000)


def _paint_grid(painter: QPainter, field: Field, values: Sequence[float], *, percent: bool) -> None:
    look = theme.current()
    painter.setFont(look.font(design.SIZE_SMALL - 0.5))
    for value in values:
        y = round(field.y(value)) + 0.5
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QLineF(field.area.left(), y, field.area.right(), y))
        painter.setPen(look.colour("muted"))
        words = QRectF(0, y - 9, field.area.left() - theme.px(8), 18)
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignRight | _MIDDLE,
            level_text_of(value) if percent else number_text(int(value)),
        )


def level_text_of(value: float) -> str:
    """A level of the axis without its sign: the sign stands in the title."""
    return str(int(value))


def _paint_dates(painter: QPainter, field: Field, audit_on: date) -> None:
    """Each third month below the axis, and the day of the audit as a line."""
    look = theme.current()
    painter.setFont(look.font(design.SIZE_SMALL - 1))
    metrics, locale = QFontMetricsF(painter.font()), QLocale(language())
    day, free_from = field.first.replace(day=1), field.area.left() - theme.px(20)
    audit_x = field.x(audit_on)
    audit = _("audit")
    wide = metrics.horizontalAdvance(audit)
    audit_left = min(audit_x - wide / 2, field.area.right() + theme.px(_RIGHT) - wide)
    painter.setPen(QPen(look.colour("control_edge"), 1, Qt.PenStyle.DotLine))
    painter.drawLine(QLineF(audit_x, field.area.top(), audit_x, field.area.bottom() + 3))
    base = field.area.bottom() + theme.px(16)
    painter.setPen(look.colour("text"))
    painter.drawText(QPointF(audit_left, base), audit)
    painter.setPen(look.colour("muted"))
    while day <= field.last:
        if day >= field.first:
            name = locale.standaloneMonthName(day.month, QLocale.FormatType.ShortFormat).rstrip(".")
            name = f"{name} {day.year % 100:02}"
            half = metrics.horizontalAdvance(name) / 2
            x = field.x(day)
            is_clear = x + half < audit_left - 4 or x - half > audit_left + wide + 4
            if x - half > free_from and is_clear and x + half <= field.area.right() + theme.px(_RIGHT):
                painter.drawText(QPointF(x - half, base), name)
                free_from = x + half + theme.px(18)
        for _month in range(3):
            day = (day + timedelta(days=32)).replace(day=1)


def _paint_mark(painter: QPainter, field: Field, mark: int) -> None:
    look = theme.current()
    y = field.y(mark)
    painter.setPen(QPen(look.colour("text"), 1, Qt.PenStyle.DashLine))
    painter.drawLine(QLineF(field.area.left(), y, field.area.right(), y))
    words = _("pass mark {mark}").format(mark=level_text(Fraction(mark)))
    painter.setFont(look.font(design.SIZE_SMALL - 0.5))
    painter.setPen(look.colour("text"))
    painter.drawText(QPointF(field.area.left() + theme.px(4), y - theme.px(4)), words)


def _paint_expected(painter: QPainter, field: Field, course: ScoreCourse) -> None:
    """`86% expected` behind the end of the line, above it where there is no room behind."""
    look, forecast, words = theme.current(), course.forecast, expected_words(course)
    if forecast is None:
        return
    painter.setFont(look.font(design.SIZE_SMALL - 0.5, "strong"))
    wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
    at = QPointF(field.x(forecast.on), field.y(float(forecast.expected)))
    if at.x() + theme.px(8) + wide <= field.area.right() + theme.px(_RIGHT):
        left = QPointF(at.x() + theme.px(8), max(at.y() + theme.px(4), theme.px(11)))
    else:
        above = max(field.y(float(forecast.high)) - theme.px(5), theme.px(10))
        left = QPointF(at.x() - theme.px(8) - wide, above)
    painter.setPen(look.colour("accent"))
    painter.drawText(left, words)


def _paint_label(painter: QPainter, words: str, at: QPointF) -> None:
    """Quiet words above a point."""
    look = theme.current()
    painter.setFont(look.font(design.SIZE_SMALL - 0.5))
    painter.setPen(look.colour("muted"))
    painter.drawText(QPointF(at.x() + theme.px(4), max(at.y() - theme.px(4), theme.px(10))), words)


def _paint_beside(
    painter: QPainter, field: Field, at: QPointF, words: str, tone: str, *, is_above: bool
) -> None:
    look = theme.current()
    painter.setFont(look.font(design.SIZE_SMALL - 0.5, "strong"))
    wide = QFontMetricsF(painter.font()).horizontalAdvance(words)
    left = min(at.x() + theme.px(6), field.area.right() - wide)
    painter.setPen(look.colour(tone))
    painter.drawText(QPointF(left, at.y() + theme.px(-5 if is_above else 13)), words)


def _dashed(painter: QPainter, line: QLineF, tone: str, width: float) -> None:
    pen = QPen(QColor(theme.current().colour(tone)), width)
    pen.setDashPattern([2.2, 1.8])
    painter.setPen(pen)
    painter.drawLine(line)
