"""One set of line icons, tinted with the token in force when they are painted."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap

from qma_app import assets
from ui import theme

SIZE = 20
# What points into the direction of reading is turned round where that direction is right to left.
_MIRRORED = frozenset(
    {
        "arrow-left",
        "arrow-right",
        "chevron-left",
        "chevron-right",
        "panel-left-close",
        "panel-left-open",
        "log-in",
    }
)


# What draws icons is loaded after the first paint of the frame: for that one the places of icons stay empty.
_is_held_back = False


def hold_back(*, is_held: bool) -> None:
    """Leave the places of icons empty until further notice, or paint them from now on."""
    global _is_held_back  # noqa: PLW0603  one start of one process
    _is_held_back = is_held


def icon(name: str, token: str = "text") -> QIcon:
    """A shipped icon by name (`clipboard-check`) in the colour of a token, also after a switch of the theme."""
    return QIcon(_TintedEngine(name, token))


def paint_icon(painter: QPainter, name: str, token: str, area: QRect | QRectF) -> None:
    """Paint an icon into an area of a delegate or painted widget."""
    if _is_held_back:
        return
    ratio = painter.device().devicePixelRatioF()
    picture = _picture(
        name, theme.current().hex(token), round(min(area.width(), area.height())), ratio, _is_mirrored(name)
    )
    size = picture.deviceIndependentSize()
    painter.drawPixmap(
        QRectF(
            area.x() + (area.width() - size.width()) / 2,
            area.y() + (area.height() - size.height()) / 2,
            size.width(),
            size.height(),
        ),
        picture,
        QRectF(picture.rect()),
    )


class _TintedEngine(QIconEngine):
    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _TintedEngine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.save()
        token = self._token
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(0.6)
            token = "muted"
        paint_icon(painter, self._name, token, rect)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture


@lru_cache(maxsize=512)
def _picture(name: str, colour: str, size: int, ratio: float, is_mirrored: bool) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    drawing = assets.icon_path(name).read_text(encoding="utf-8").replace("currentColor", colour)
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    if is_mirrored:
        painter.translate(picture.width(), 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(picture.rect()))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def _is_mirrored(name: str) -> bool:
    return name in _MIRRORED and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
