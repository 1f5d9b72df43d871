"""Paints the timeline: months, stripes of closed times, bars, the line of today, dots and diamonds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from PySide6.QtCore import QLineF, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from qma_app import design
from qma_app.domain.journey_views import AreaState, DotState, PhaseState
from qma_app.i18n import language
from ui import theme
from ui.journey.timeline_layout import DIAMOND, DOT, MONTHS_HIGH, TimelineLayout
from ui.journey.timeline_pieces import REACHED, Kind, Piece, Row
from ui.journey.timeline_scale import DAYS_A_MONTH
from ui.widgets.icons import paint_icon

_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE: Final = Qt.AlignmentFlag.AlignCenter
_INKS: Final[dict[str, str]] = {
    DotState.TODAY: "accent",
    DotState.MISSED: "bad",
    DotState.CANCELLED: "control_edge",
}


class TimelinePainter:
    """One paint of everything but the focus and what is being dragged."""

    def __init__(self, painter: QPainter, layout: TimelineLayout, today: date) -> None:
        self._painter, self._layout, self._today = painter, layout, today
        self._look = theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, closed: Sequence[tuple[date, date]]) -> None:
        """Back to front."""
        layout, painter = self._layout, self._painter
        axis = QRectF(layout.scale.left, 0, layout.scale.width, layout.height)
        painter.save()
        painter.setClipRect(axis.adjusted(-theme.px(30), 0, theme.px(30), 0))
        self._paint_months(axis)
        painter.restore()
        painter.save()
        painter.setClipRect(axis.adjusted(-theme.px(8), 0, theme.px(10), 0))
        self._paint_closed(closed)
        for place, row in enumerate(layout.rows):
            if row.kind is Kind.AREA:
                self._paint_row(place, row)
        self._paint_today()
        for place, row in enumerate(layout.rows):
            if row.kind is not Kind.AREA:
                self._paint_row(place, row)
            if row.note:  # after the line of today, which would run through the words
                self._paint_note(place, row)
        painter.restore()
        self._paint_names()

    def _paint_months(self, axis: QRectF) -> None:
        """A line a month, and a name where there is room for it; the year stands at the first name and at each new year."""
        look, painter, scale = self._look, self._painter, self._layout.scale
        painter.setFont(look.font(design.SIZE_SMALL - 0.5))
        locale = QLocale(language())
        top = theme.px(MONTHS_HIGH)
        metrics = QFontMetricsF(painter.font())
        room = metrics.horizontalAdvance("Sept 27") + theme.px(14)
        step = next((n for n in (1, 3, 6, 12) if n * DAYS_A_MONTH * scale.pixels_a_day >= room), 12)
        year_said = 0
        starts = [day for day in scale.month_starts() if axis.left() <= scale.x_of(day) <= axis.right() + 1]
        begin = starts[0] if starts else self._layout.scale.first
        for day in starts:
            x = round(scale.x_of(day)) + 0.5
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QLineF(x, top, x, axis.bottom()))
            if ((day.year - begin.year) * 12 + day.month - begin.month) % step:
                continue
            name = locale.standaloneMonthName(day.month, QLocale.FormatType.ShortFormat).rstrip(".")
            if day.year != year_said:
                name, year_said = f"{name} {day.year % 100:02}", day.year
            painter.setPen(look.colour("muted"))
            wide = metrics.horizontalAdvance(name)
            painter.drawText(QPointF(x - wide / 2, top - theme.px(11)), name)

    def _paint_closed(self, closed: Sequence[tuple[date, date]]) -> None:
        """Light stripes over the times in which nobody can come."""
        scale, painter = self._layout.scale, self._painter
        brush = QBrush(self._look.colour("line"), Qt.BrushStyle.BDiagPattern)
        top = theme.px(MONTHS_HIGH)
        for first, last in closed:
            left, right = scale.x_of(first), scale.end_of(last)
            painter.fillRect(QRectF(left, top, max(1.0, right - left), self._layout.height - top), brush)

    def _paint_row(self, place: int, row: Row) -> None:
        for piece in row.pieces:
            area = self._layout.area_of(place, piece)
            match row.kind:
                case Kind.PHASE:
                    self.paint_phase(area, piece)
                case Kind.AREA:
                    self.paint_area(area, piece)
                case Kind.VISIT:
                    self._paint_visit(place, piece)
                case _:
                    self._paint_milestone(place, piece)

    def _paint_note(self, place: int, row: Row) -> None:
        look, line = self._look, self._layout.row_area(place)
        self._painter.setFont(look.font(design.SIZE_SMALL - 0.5))
        self._painter.setPen(look.colour("muted"))
        shown = self._painter.fontMetrics().elidedText(
            row.note, Qt.TextElideMode.ElideRight, int(line.width())
        )
        ground = QFontMetricsF(self._painter.font()).horizontalAdvance(shown) + 6
        self._painter.fillRect(QRectF(line.left(), line.center().y() - 8, ground, 16), look.colour("surface"))
        self._painter.drawText(line.adjusted(2, 0, 0, 0), _LEFT, shown)

    def paint_phase(self, area: QRectF, piece: Piece) -> None:
        """A phase: what is passed dark, what runs in the accent, what lies ahead pale."""
        look, painter = self._look, self._painter
        colour = phase_colour(piece)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(area, design.RADIUS_SMALL, design.RADIUS_SMALL)
        if piece.is_late:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("bad"), 2))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.setPen(QColor(design.readable_on(colour.name())))
        words = f"{piece.title} {piece.mark}".strip()
        axis = QRectF(self._layout.scale.left, area.top(), self._layout.scale.width, area.height())
        inner = area.intersected(axis).adjusted(theme.px(4), 0, -theme.px(4), 0)
        for size in (design.SIZE_SMALL, design.SIZE_SMALL - 1, design.SIZE_SMALL - 2, design.SIZE_SMALL - 3):
            painter.setFont(look.font(size, "strong"))
            if QFontMetricsF(painter.font()).horizontalAdvance(words) <= inner.width():
                break
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(inner.width()))
        if len(shown) > 2:
            painter.drawText(inner, _CENTRE, shown)

    def paint_area(self, area: QRectF, piece: Piece) -> None:
        """The time of an area, filled as far as it was worked on; late ones carry a mark, done ones a tick."""
        look, painter = self._look, self._painter
        radius = area.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ahead_colour())
        painter.drawRoundedRect(area, radius, radius)
        done = self._done_width(area, piece)
        if done > 0:
            colour = QColor(design.RAMP[1] if piece.is_late else design.RAMP[5])
            filled = QRectF(area.left(), area.top(), max(area.height() * 0.7, done), area.height())
            painter.setBrush(colour)
            painter.drawRoundedRect(filled, radius, radius)
            if piece.state == AreaState.DONE:
                self._paint_sign(filled, "check", colour)
            elif piece.is_late:
                self._paint_sign(filled, "!", colour)
        elif piece.is_late:
            painter.setPen(QPen(look.colour("bad"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, radius, radius)

    def _paint_sign(self, filled: QRectF, sign: str, colour: QColor) -> None:
        side = filled.height() - theme.px(4)
        if filled.width() < 2 * side:
            return
        at = QRectF(filled.right() - side - theme.px(4), filled.top() + theme.px(2), side, side)
        ink = design.readable_on(colour.name())
        if sign == "check":
            paint_icon(self._painter, "check", ink, at)
            return
        self._painter.setPen(QColor(ink))
        self._painter.setFont(self._look.font(design.SIZE_SMALL, "bold"))
        self._painter.drawText(at, _CENTRE, sign)

    def _done_width(self, area: QRectF, piece: Piece) -> float:
        if piece.state == AreaState.DONE:
            return area.width()
        if piece.done_until is None:
            return 0.0
        return min(area.width(), self._layout.scale.end_of(piece.done_until) - area.left())

    def _paint_today(self) -> None:
        scale, painter = self._layout.scale, self._painter
        x = round(scale.x_of(self._today)) + 0.5
        pen = QPen(self._look.colour("accent"), 1.6)
        pen.setDashPattern([2.4, 1.8])
        painter.setPen(pen)
        painter.drawLine(QLineF(x, theme.px(MONTHS_HIGH) - theme.px(5), x, self._layout.height - theme.px(4)))

    def _paint_visit(self, place: int, piece: Piece) -> None:
        look, painter = self._look, self._painter
        centre, half = self._layout.centre_of(place, piece), theme.px(DOT) - 0.5
        ink = look.colour(_INKS.get(piece.state, "text"))
        is_filled = piece.state in (DotState.HELD, DotState.TODAY)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(ink if is_filled else look.colour("surface"))
        painter.drawEllipse(centre, half, half)
        if piece.state in (DotState.MISSED, DotState.CANCELLED):
            reach = half * 0.5
            painter.drawLine(centre + QPointF(-reach, -reach), centre + QPointF(reach, reach))
            painter.drawLine(centre + QPointF(-reach, reach), centre + QPointF(reach, -reach))

    def _paint_milestone(self, place: int, piece: Piece) -> None:
        look, painter = self._look, self._painter
        colour = done_colour()
        centre, half = self._layout.centre_of(place, piece), theme.px(DIAMOND)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(colour if piece.state == REACHED else look.colour("surface"))
        painter.drawPolygon(
            QPolygonF([centre + QPointF(x * half, y * half) for x, y in ((0, -1), (1, 0), (0, 1), (-1, 0))])
        )
        label = self._layout.labels.get(piece.key)
        if label is None:
            return
        area = self._layout.label_area(place, label)
        painter.fillRect(area.adjusted(-1, 3, 1, -3), look.colour("surface"))
        painter.setFont(look.font(design.SIZE_SMALL))
        painter.setPen(look.colour("muted"))
        painter.drawText(area, _LEFT, label.text)

    def _paint_names(self) -> None:
        look, painter, layout = self._look, self._painter, self._layout
        painter.setFont(look.font(design.SIZE_SMALL + 0.5))
        for place, row in enumerate(layout.rows):
            if row.kind is Kind.PHASE:
                continue
            line = layout.row_area(place)
            area = QRectF(0, line.top(), layout.scale.left - theme.px(14), line.height())
            if row.kind is Kind.MILESTONE:
                area.setHeight(theme.px(20))
            is_late = any(piece.is_late for piece in row.pieces) and row.kind is Kind.AREA
            painter.setPen(look.colour("muted" if row.note else "bad" if is_late else "text"))
            shown = painter.fontMetrics().elidedText(
                row.title, Qt.TextElideMode.ElideRight, int(area.width())
            )
            painter.drawText(area, _LEFT, shown)


def done_colour() -> QColor:
    """What is passed or reached."""
    return QColor(design.RAMP[5 if theme.current().is_dark else 6])


def ahead_colour() -> QColor:
    """What lies ahead of an area."""
    look = theme.current()
    return QColor(
        theme.mixed(look.palette.control_edge, look.palette.surface, 0.34 if look.is_dark else 0.24)
    )


def phase_colour(piece: Piece) -> QColor:
    """The ground of a phase's bar."""
    look = theme.current()
    if piece.state == PhaseState.DONE:
        return done_colour()
    if piece.state == PhaseState.NOW:
        return look.colour("accent")
    return QColor(theme.mixed(look.palette.control_edge, look.palette.surface, 0.42))
