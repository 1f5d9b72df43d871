"""Paints a chart drawn for paper (reportlab.graphics) on the screen, so that both share one chart code.

Nothing of reportlab is imported here: shapes are known by the name of their class, and the widget that shows a chart makes the
drawing only after the first paint.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QShowEvent,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app.design import Palette
from ui import theme

Chart = Callable[[float, float, Palette], Any]
PIXELS_PER_POINT: Final = 1.55
"""How much larger a chart stands on the screen than on paper, where it is read from nearer."""

_CAPS: Final = (Qt.PenCapStyle.FlatCap, Qt.PenCapStyle.RoundCap, Qt.PenCapStyle.SquareCap)
_JOINS: Final = (Qt.PenJoinStyle.MiterJoin, Qt.PenJoinStyle.RoundJoin, Qt.PenJoinStyle.BevelJoin)
_WEIGHTS: Final = (
    ("semibold", QFont.Weight.DemiBold),
    ("medium", QFont.Weight.Medium),
    ("bold", QFont.Weight.Bold),
)


def paint_drawing(painter: QPainter, drawing: Any, area: QRectF) -> None:
    """Paint a `reportlab.graphics.shapes.Drawing` into an area, as large as fits."""
    size = QSizeF(drawing.width, drawing.height)
    if size.isEmpty() or area.isEmpty():
        return
    scale = min(area.width() / size.width(), area.height() / size.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(
        area.x() + (area.width() - size.width() * scale) / 2,
        area.y() + (area.height() + size.height() * scale) / 2,
    )
    painter.scale(scale, -scale)
    _paint_group(painter, drawing)
    painter.restore()


def _paint_group(painter: QPainter, group: Any) -> None:
    for shape in group.contents:
        painter.save()
        painters = (_PAINTERS[kind.__name__] for kind in type(shape).__mro__ if kind.__name__ in _PAINTERS)
        paint = next(painters, None)
        if paint is not None:
            paint(painter, shape)
        painter.restore()


def _paint_transformed(painter: QPainter, group: Any) -> None:
    a, b, c, d, e, f = group.transform
    painter.setTransform(QTransform(a, b, c, d, e, f), True)
    _paint_group(painter, group)


def _paint_rect(painter: QPainter, shape: Any) -> None:
    _ink(painter, shape)
    area = QRectF(shape.x, shape.y, shape.width, shape.height).normalized()
    radius = shape.rx or shape.ry
    if radius:
        painter.drawRoundedRect(area, radius, shape.ry or radius)
    else:
        painter.drawRect(area)


def _paint_line(painter: QPainter, shape: Any) -> None:
    _ink(painter, shape)
    painter.drawLine(QPointF(shape.x1, shape.y1), QPointF(shape.x2, shape.y2))


def _paint_polyline(painter: QPainter, shape: Any) -> None:
    _ink(painter, shape)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(_corners(shape.points))


def _paint_polygon(painter: QPainter, shape: Any) -> None:
    _ink(painter, shape)
    painter.drawPolygon(_corners(shape.points))


def _paint_circle(painter: QPainter, shape: Any) -> None:
    _ink(painter, shape)
    painter.drawEllipse(QPointF(shape.cx, shape.cy), shape.r, shape.r)


def _paint_ellipse(painter: QPainter, shape: Any) -> None:
    _ink(painter, shape)
    painter.drawEllipse(QPointF(shape.cx, shape.cy), shape.rx, shape.ry)


def _paint_wedge(painter: QPainter, shape: Any) -> None:
    # A wedge knows its own outline, in the same form as a path or as a polygon.
    outline = shape.asPolygon()
    _ink(painter, shape)
    if hasattr(outline, "operators"):
        painter.drawPath(_path(outline))
    else:
        painter.drawPolygon(_corners(outline.points))


def _paint_path(painter: QPainter, shape: Any) -> None:
    _ink(painter, shape)
    painter.drawPath(_path(shape))


def _paint_string(painter: QPainter, shape: Any) -> None:
    colour = _colour(shape.fillColor)
    if colour is None:
        return
    font = QFont(painter.font())
    font.setFamilies([*theme.FAMILIES])
    # Painted at ten times the size and scaled back: fractions of a pixel would be lost otherwise.
    font.setPixelSize(max(1, round(shape.fontSize * 10)))
    name = shape.fontName.lower().replace("-", "")
    font.setWeight(next((weight for word, weight in _WEIGHTS if word in name), QFont.Weight.Normal))
    width = QFontMetricsF(font).horizontalAdvance(shape.text) / 10
    shift = {"middle": width / 2, "end": width}.get(shape.textAnchor, 0.0)
    painter.translate(shape.x - shift, shape.y)
    painter.scale(0.1, -0.1)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(QPointF(0, 0), shape.text)


_PAINTERS: Final[dict[str, Callable[[QPainter, Any], None]]] = {
    "Group": _paint_transformed,
    "Rect": _paint_rect,
    "Line": _paint_line,
    "PolyLine": _paint_polyline,
    "Polygon": _paint_polygon,
    "Circle": _paint_circle,
    "Ellipse": _paint_ellipse,
    "Wedge": _paint_wedge,
    "Path": _paint_path,
    "String": _paint_string,
}


def _ink(painter: QPainter, shape: Any) -> None:
    """Pen and brush of a shape; what has no colour is not painted."""
    fill = _colour(getattr(shape, "fillColor", None), getattr(shape, "fillOpacity", None))
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    stroke = _colour(shape.strokeColor, getattr(shape, "strokeOpacity", None))
    width = shape.strokeWidth or 0
    if stroke is None or not width:
        painter.setPen(Qt.PenStyle.NoPen)
        return
    pen = QPen(
        stroke,
        width,
        Qt.PenStyle.SolidLine,
        _CAPS[shape.strokeLineCap or 0],
        _JOINS[shape.strokeLineJoin or 0],
    )
    dashes = shape.strokeDashArray
    if dashes:
        # Qt counts dashes in widths of the pen, paper in points.
        pen.setDashPattern([dash / width for dash in (dashes if len(dashes) > 1 else (*dashes, *dashes))])
    painter.setPen(pen)


def _colour(colour: Any, opacity: float | None = None) -> QColor | None:
    if colour is None:
        return None
    alpha = colour.alpha * (1 if opacity is None else opacity)
    return QColor.fromRgbF(float(colour.red), float(colour.green), float(colour.blue), float(alpha))


def _corners(points: list[float]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in zip(points[::2], points[1::2], strict=True)])


def _path(shape: Any) -> QPainterPath:
    path = QPainterPath()
    numbers = iter(shape.points)

    def point() -> QPointF:
        return QPointF(next(numbers), next(numbers))

    for operator in shape.operators:
        if operator == 0:
            path.moveTo(point())
        elif operator == 1:
            path.lineTo(point())
        elif operator == 2:
            path.cubicTo(point(), point(), point())
        else:
            path.closeSubpath()
    path.setFillRule(Qt.FillRule.OddEvenFill if shape.fillMode == 0 else Qt.FillRule.WindingFill)
    return path


class DrawingView(QWidget):
    """Shows a chart; the drawing is asked for at the size there is, once the window stands, and again when size or theme change."""

    def __init__(self, name: str, parent: QWidget | None = None, *, height: int = 150) -> None:
        super().__init__(parent)
        self._height = height
        self._make: Chart | None = None
        self._drawing: Any = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(0)
        self._pause.timeout.connect(self._draw)

    def show_chart(self, make: Chart, words: str) -> None:
        """`make(width, height, palette)` gives the drawing; `words` say the same figures to those who do not see it."""
        self._make = make
        self.setAccessibleDescription(words)
        self._pause.start()

    @property
    def is_drawn(self) -> bool:
        return self._drawing is not None

    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(self._height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._pause.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._pause.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawing is not None:
            paint_drawing(QPainter(self), self._drawing, QRectF(self.rect()))

    def _draw(self) -> None:
        if self._make is not None and self.isVisible() and not self.size().isEmpty():
            scale = PIXELS_PER_POINT * theme.current().scale
            self._drawing = self._make(self.width() / scale, self.height() / scale, theme.current().palette)
            self.update()
