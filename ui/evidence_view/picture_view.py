"""One picture that fits until it is zoomed, and several that are zoomed and moved together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPixmap, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsScene, QGraphicsView, QWidget

from qma_app.i18n import _
from ui import theme
from ui.widgets.labels import PlainLabel

ZOOM = 1.25


def pixmap_of(content: bytes | None) -> QPixmap:
    """A picture from its bytes; a null one where there is none."""
    picture = QPixmap()
    if content is not None:
        picture.loadFromData(content)
    return picture


class PictureView(QGraphicsView):
    """Fits the picture until it is zoomed; then it can be dragged."""

    moved = Signal()  # zoomed or scrolled by the user
    pressed = Signal()  # clicked without being dragged

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self.is_fitted = True
        self._pressed_at = QPointF()
        scene = QGraphicsScene(self)
        scene.addItem(self._picture)
        self.setScene(scene)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAccessibleName(name or _("Picture"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._words = PlainLabel("", self, tone="muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.hide()

    @property
    def pixmap(self) -> QPixmap:
        return self._picture.pixmap()

    def show_picture(self, picture: QPixmap) -> None:
        """Show another picture, fitted."""
        self._words.hide()
        self._picture.setPixmap(picture)
        self.setSceneRect(self._picture.boundingRect())
        self.fit()

    def clear(self, words: str = "") -> None:
        """Show no picture, but words on why."""
        self._picture.setPixmap(QPixmap())
        self.setSceneRect(self._picture.boundingRect())
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._words.setGeometry(self.viewport().rect().adjusted(12, 12, -12, -12))

    def fit(self) -> None:
        """As large as the window allows, never larger than it is."""
        self.is_fitted = True
        self.resetTransform()
        area = self._picture.boundingRect()
        if area.width() > self.viewport().width() or area.height() > self.viewport().height():
            self.fitInView(area, Qt.AspectRatioMode.KeepAspectRatio)

    def zoom(self, factor: float) -> None:
        """Larger or smaller around the pointer."""
        self.is_fitted = False
        self.scale(factor, factor)
        self.moved.emit()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        painter.fillRect(rect, theme.current().colour("raised"))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(ZOOM if event.angleDelta().y() > 0 else 1 / ZOOM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words.setGeometry(self.viewport().rect().adjusted(12, 12, -12, -12))
        if self.is_fitted:
            self.fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons():
            self.moved.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if (event.position() - self._pressed_at).manhattanLength() < 4:
            self.pressed.emit()


class ZoomedTogether(QObject):
    """Whatever one picture shows, zoomed or moved, the others show of theirs."""

    def __init__(self, views: Sequence[PictureView], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views = tuple(views)
        for view in self._views:
            view.moved.connect(self._follow)

    def zoom(self, factor: float) -> None:
        """All larger or smaller."""
        self._views[0].zoom(factor)

    def fit(self) -> None:
        """All fitted again."""
        for view in self._views:
            view.fit()

    def _follow(self) -> None:
        leader = self.sender()
        if not isinstance(leader, PictureView) or leader.pixmap.isNull():
            return
        size = leader.pixmap.size()
        seen = leader.mapToScene(leader.viewport().rect().center())
        share = QPointF(seen.x() / max(size.width(), 1), seen.y() / max(size.height(), 1))
        shown = leader.transform().m11() * size.width()
        for view in self._views:
            if view is leader or view.pixmap.isNull():
                continue
            scale = shown / max(view.pixmap.width(), 1)
            view.is_fitted = False
            view.setTransform(QTransform.fromScale(scale, scale))
            view.centerOn(share.x() * view.pixmap.width(), share.y() * view.pixmap.height())
