"""Paints marks over a photo as they will be burnt in: red within a white edge, sized to what is shown of the picture."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
)

from qma_app.design import LIGHT
from qma_app.domain.evidence import FULL_SIDE, Mark, MarkKind
from ui import theme

LINE, TEXT, NUMBER = 0.005, 0.032, 0.03
"""Line, height of letters and radius of a number, as shares of the longer side of what is shown."""

BLUR_CELLS, BLUR_LEVELS = 4, 32
_COLOUR, _HALO = QColor(LIGHT.bad), QColor("#FFFFFF")
_LEAST_LETTER = 8


class MarkPainter:
    """Works on a picture shown in `area` (in pixels of the widget); `frame` is the crop within it, in the same pixels."""

    def __init__(self, area: QRectF, frame: QRectF | None = None) -> None:
        self.area = area
        self._frame = frame or area
        self._unit = max(self._frame.width(), self._frame.height())
        self._line = max(1.5, self._unit * LINE)

    def point(self, x: float, y: float) -> QPointF:
        """Where ten-thousandths of the picture stand in the widget."""
        return QPointF(
            self.area.x() + x * self.area.width() / FULL_SIDE,
            self.area.y() + y * self.area.height() / FULL_SIDE,
        )

    def units(self, at: QPointF) -> tuple[int, int]:
        """Ten-thousandths of the picture at a point of the widget, also of one beyond its edges."""
        return (
            round((at.x() - self.area.x()) * FULL_SIDE / max(self.area.width(), 1)),
            round((at.y() - self.area.y()) * FULL_SIDE / max(self.area.height(), 1)),
        )

    def field(self, mark: Mark) -> QRectF:
        """What a mark covers in the widget."""
        start = self.point(mark.x, mark.y)
        if mark.kind is MarkKind.NUMBER:
            return self._disc(start)
        if mark.kind is MarkKind.TEXT:
            return self._text_field(mark)
        return QRectF(start, self.point(mark.x + mark.width, mark.y + mark.height)).normalized()

    def paint(self, painter: QPainter, mark: Mark) -> None:
        """Paint one mark that points at something."""
        start, end = self.point(mark.x, mark.y), self.point(mark.x + mark.width, mark.y + mark.height)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if mark.kind is MarkKind.BOX:
            for colour, width in ((_HALO, self._line * 2), (_COLOUR, self._line)):
                painter.setPen(QPen(colour, width, j=Qt.PenJoinStyle.MiterJoin))
                painter.drawRect(QRectF(start, end).normalized())
        elif mark.kind is MarkKind.ARROW:
            painter.setPen(Qt.PenStyle.NoPen)
            for colour, edge in ((_HALO, self._line * 0.6), (_COLOUR, 0.0)):
                painter.setBrush(colour)
                painter.drawPolygon(self._arrow(start, end, edge))
        elif mark.kind is MarkKind.NUMBER:
            self._paint_number(painter, mark)
        elif mark.kind is MarkKind.TEXT:
            self._paint_text(painter, mark)

    def is_on_arrow(self, mark: Mark, at: QPointF, reach: float) -> bool:
        """Whether a point lies near the shaft of an arrow."""
        start, end = self.point(mark.x, mark.y), self.point(mark.x + mark.width, mark.y + mark.height)
        along = end - start
        length = max(hypot(along.x(), along.y()), 1)
        share = QPointF.dotProduct(at - start, along) / length**2
        nearest = start + along * max(0.0, min(1.0, share))
        return hypot((at - nearest).x(), (at - nearest).y()) <= reach

    def _disc(self, centre: QPointF) -> QRectF:
        """A number stands whole within the picture, also at its edge."""
        radius = self._unit * NUMBER
        frame = self._frame
        x = min(max(centre.x(), frame.left() + radius), max(frame.right() - radius, frame.left() + radius))
        y = min(max(centre.y(), frame.top() + radius), max(frame.bottom() - radius, frame.top() + radius))
        return QRectF(x - radius, y - radius, radius * 2, radius * 2)

    def _paint_number(self, painter: QPainter, mark: Mark) -> None:
        disc = self._disc(self.point(mark.x, mark.y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_HALO)
        painter.drawEllipse(disc)
        inner = self._line * 0.6
        painter.setBrush(_COLOUR)
        painter.drawEllipse(disc.adjusted(inner, inner, -inner, -inner))
        share = 1.25 if len(mark.words) < 2 else 1.0 if len(mark.words) < 3 else 0.75
        painter.setFont(_font(disc.width() / 2 * share))
        painter.setPen(_HALO)
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, mark.words)

    def _paint_text(self, painter: QPainter, mark: Mark) -> None:
        font, size = self._letters()
        metrics = QFontMetricsF(font)
        field = self._text_field(mark)
        path = QPainterPath()
        for number, line in enumerate(self._lines(mark)):
            path.addText(QPointF(field.x(), field.y() + number * size * 1.25 + metrics.ascent()), font, line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(_HALO, size * 0.28, j=Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(path)
        painter.fillPath(path, _COLOUR)

    def _text_field(self, mark: Mark) -> QRectF:
        font, size = self._letters()
        halo = size * 0.14
        metrics, lines, start = QFontMetricsF(font), self._lines(mark), self.point(mark.x, mark.y)
        widest = max((metrics.horizontalAdvance(line) for line in lines), default=size)
        height = size * 1.25 * len(lines)
        frame = self._frame
        x = max(frame.left() + halo, min(start.x(), frame.right() - widest - halo))
        y = max(frame.top() + halo, min(start.y(), frame.bottom() - height - halo))
        return QRectF(QPointF(x, y), QSizeF(max(widest, size), height))

    def _lines(self, mark: Mark) -> list[str]:
        """Broken where the field of the text, or else the picture, ends."""
        font, size = self._letters()
        halo = size * 0.14
        room = max(self._frame.width() - 2 * halo, size)
        start = self.point(mark.x, 0).x() - self._frame.x()
        own = mark.width * self.area.width() / FULL_SIDE
        width = min(max(own or self._frame.width() - start - halo, room / 3), room)
        metrics, lines = QFontMetricsF(font), [""]
        for word in mark.words.split():
            joined = f"{lines[-1]} {word}".strip()
            if lines[-1] and metrics.horizontalAdvance(joined) > width:
                lines.append(word)
            else:
                lines[-1] = joined
        return lines

    def _letters(self) -> tuple[QFont, float]:
        size = max(float(_LEAST_LETTER), self._unit * TEXT)
        return _font(size), size

    def _arrow(self, start: QPointF, end: QPointF, edge: float) -> QPolygonF:
        along = end - start
        angle, length = atan2(along.y(), along.x()), hypot(along.x(), along.y())
        head = min(self._line * 6, max(length * 0.6, 1))
        half, wing = self._line / 2 + edge, head * 0.5 + edge * 1.8
        neck = length - head - edge
        upper = [(-edge, -half), (neck, -half), (neck, -wing), (length + edge * 2, 0.0)]
        outline = upper + [(x, -y) for x, y in reversed(upper[:-1])]
        return QPolygonF([_turned(x, y, start, angle) for x, y in outline])


def paint_blurred(painter: QPainter, picture: QImage, mark: Mark, area: QRectF) -> None:
    """Paint a few plain cells over what is blurred, as it will leave the app."""
    left = mark.x * picture.width() // FULL_SIDE
    top = mark.y * picture.height() // FULL_SIDE
    right = -(-(mark.x + mark.width) * picture.width() // FULL_SIDE)
    bottom = -(-(mark.y + mark.height) * picture.height() // FULL_SIDE)
    region = picture.copy(left, top, max(1, right - left), max(1, bottom - top))
    longer = max(region.width(), region.height())
    across, down = (max(1, round(BLUR_CELLS * side / longer)) for side in (region.width(), region.height()))
    cells = region.scaled(
        across, down, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    cells = cells.convertToFormat(QImage.Format.Format_RGB32)
    for x in range(cells.width()):
        for y in range(cells.height()):
            cells.setPixelColor(x, y, _rounded(cells.pixelColor(x, y)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
    painter.drawImage(area, cells)
    painter.restore()


def _rounded(colour: QColor) -> QColor:
    """Few shades, so that nothing can be read from how they differ."""
    red, green, blue = (
        value // BLUR_LEVELS * BLUR_LEVELS + BLUR_LEVELS // 2
        for value in (colour.red(), colour.green(), colour.blue())
    )
    return QColor(red, green, blue)


def _font(pixels: float) -> QFont:
    font = theme.current().font(weight="strong")
    font.setPixelSize(max(1, round(pixels)))
    return font


def _turned(along: float, across: float, origin: QPointF, angle: float) -> QPointF:
    return QPointF(
        origin.x() + along * cos(angle) + across * cos(angle + pi / 2),
        origin.y() + along * sin(angle) + across * sin(angle + pi / 2),
    )
