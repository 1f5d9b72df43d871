"""Hands a chart of the trends out as a picture or as a page: drawn anew in the light colours, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSaveFile, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageSize, QPainter, QPdfWriter

from qma_app import design
from qma_app.errors import StorageTrouble
from qma_app.i18n import _
from ui.widgets.drawing_painter import paint_drawing

Draw = Callable[[float, float, design.Palette], Any]
WIDTH, HEIGHT = 520.0, 300.0
_SCALE: Final = 3
_EDGE: Final = 14.0
_DOTS: Final = 300


def save_chart(draw: Draw, target: Path, title: str) -> Path:
    """Write a chart as PNG or PDF, by the ending of the name; StorageTrouble where that cannot be done."""
    drawing = draw(WIDTH, HEIGHT, design.LIGHT)
    content = _pdf(drawing, title) if target.suffix.lower() == ".pdf" else _png(drawing)
    file = QSaveFile(str(target))
    is_open = file.open(QIODevice.OpenModeFlag.WriteOnly)
    if is_open and file.write(content) == len(content) and file.commit():
        return target
    raise StorageTrouble(
        _("{name} could not be written: {reason}.").format(name=target.name, reason=file.errorString()),
        code="trends.not-saved",
        way_out=_("Choose another folder."),
    )


def _png(drawing: Any) -> bytes:
    width, height = drawing.width + 2 * _EDGE, drawing.height + 2 * _EDGE
    image = QImage(round(width * _SCALE), round(height * _SCALE), QImage.Format.Format_RGB32)
    image.fill(design.LIGHT.surface)
    painter = QPainter(image)
    painter.scale(_SCALE, _SCALE)
    paint_drawing(painter, drawing, QRectF(_EDGE, _EDGE, drawing.width, drawing.height))
    painter.end()

    def write(buffer: QBuffer) -> None:
        QImageWriter(buffer, QByteArray(b"png")).write(image)

    return _bytes(write)


def _pdf(drawing: Any, title: str) -> bytes:
    size = QSizeF(drawing.width + 2 * _EDGE, drawing.height + 2 * _EDGE)

    def write(buffer: QBuffer) -> None:
        writer = QPdfWriter(buffer)
        writer.setTitle(title)
        writer.setCreator(design.APP_NAME)
        writer.setResolution(_DOTS)
        writer.setPageSize(QPageSize(size, QPageSize.Unit.Point))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        painter = QPainter(writer)
        painter.scale(_DOTS / 72, _DOTS / 72)
        paint_drawing(painter, drawing, QRectF(_EDGE, _EDGE, drawing.width, drawing.height))
        painter.end()

    return _bytes(write)


def _bytes(write: Callable[[QBuffer], object]) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    write(buffer)
    buffer.close()
    return bytes(content.data())
