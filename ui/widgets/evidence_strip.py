"""The photos and documents at a checkpoint as small pictures, and the place where more are dropped or pasted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QVBoxLayout, QWidget

from qma_app import design
from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.i18n import _
from ui import theme
from ui.checklists.incoming import can_come_in
from ui.widgets.flow import FlowLayout
from ui.widgets.icons import icon, paint_icon
from ui.widgets.labels import PlainLabel, plain_tip

TILE = QSize(72, 54)
Thumbnail = Callable[[Evidence], QPixmap | None]


class _Tile(QAbstractButton):
    """A small surface that can be pressed."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(TILE.width()), theme.px(TILE.height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    def _paint_ring(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setPen(QPen(theme.current().colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(1, 1, -1, -1), design.RADIUS_CARD, design.RADIUS_CARD
            )


class EvidenceTile(_Tile):
    """One photo or document; a click opens it, Delete removes it."""

    removal_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, evidence: Evidence, picture: QPixmap | None, parent: QWidget | None = None) -> None:
        super().__init__(evidence.caption or evidence.name, parent)
        self.evidence = evidence
        self._picture = picture

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(area, design.RADIUS_CARD, design.RADIUS_CARD)
        painter.setClipPath(shape)
        painter.fillRect(area, look.colour("raised"))
        if self._picture is not None and not self._picture.isNull():
            painter.drawPixmap(area, self._picture, _middle(self._picture, area))
        else:
            self._paint_document(painter, area)
        painter.setClipping(False)
        self._paint_ring(painter)

    def _paint_document(self, painter: QPainter, area: QRectF) -> None:
        look = theme.current()
        side = look.px(20)
        is_photo = self.evidence.kind is EvidenceKind.PHOTO
        name = "image" if is_photo else "file-text"
        paint_icon(painter, name, "muted", QRectF(area.center().x() - side / 2, look.px(9), side, side))
        painter.setFont(look.font(design.SIZE_SMALL - 2))
        painter.setPen(look.colour("muted"))
        words = area.adjusted(3, look.px(30), -3, -3)
        text = painter.fontMetrics().elidedText(
            self.evidence.name, Qt.TextElideMode.ElideMiddle, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)


class WaitingTile(QWidget):
    """Something on its way in."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setAccessibleName(_("Taking in {name}").format(name=name))
        self.setToolTip(plain_tip(self.accessibleName()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(TILE.width()), theme.px(TILE.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()), design.RADIUS_CARD, design.RADIUS_CARD)
        side = look.px(18)
        paint_icon(
            painter, "loader-circle", "accent", QRect((self.width() - side) // 2, look.px(9), side, side)
        )
        painter.setFont(look.font(design.SIZE_SMALL - 2))
        painter.setPen(look.colour("muted"))
        words = self.rect().adjusted(3, look.px(30), -3, -3)
        text = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, text)


class AddTile(_Tile):
    """Where files are dropped; a click asks for them."""

    def __init__(self, parent: QWidget | None = None, *, is_alone: bool = False) -> None:
        super().__init__(_("Add evidence (E): drop files here or paste a photo"), parent)
        self._is_alone = is_alone

    def sizeHint(self) -> QSize:
        # Beside no pictures it needs no picture's height.
        return QSize(theme.px(150), theme.px(34)) if self._is_alone else super().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.colour("accent" if self.underMouse() else "control_edge"), 1)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), design.RADIUS_CARD, design.RADIUS_CARD
        )
        painter.setFont(look.font(design.SIZE_SMALL - 0.5))
        painter.setPen(look.colour("muted"))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(self.rect().adjusted(4, 2, -4, -2), int(flags), _("drop or paste"))
        self._paint_ring(painter)


class EvidenceStrip(QWidget):
    """Small pictures in the order they came, what is on its way, and where to add more; nothing to add when read-only."""

    opened = Signal(object)  # Evidence
    removal_wanted = Signal(object)  # Evidence
    adding_wanted = Signal()
    dropped = Signal(object)  # QMimeData

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_read_only = False
        self._shown: tuple[tuple[Evidence, ...], tuple[str, ...], bool] | None = None
        self.tiles: list[EvidenceTile] = []
        self._nothing = PlainLabel(_("none"), role="small", tone="muted")
        self._row = QWidget()
        self._flow = FlowLayout(self._row, spacing=8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._nothing)
        column.addWidget(self._row)

    def show_evidence(
        self, items: Sequence[Evidence], waiting: Sequence[str], thumbnail: Thumbnail, *, is_read_only: bool
    ) -> None:
        """Show what is there and what is coming; the same again changes nothing, so that the keyboard stays where it is."""
        shown = (tuple(items), tuple(waiting), is_read_only)
        if shown == self._shown:
            return
        self._shown = shown
        focused = next((tile.evidence.id for tile in self.tiles if tile.hasFocus()), None)
        self._is_read_only = is_read_only
        self.setAcceptDrops(not is_read_only)
        self._flow.clear()
        self.tiles = [EvidenceTile(item, thumbnail(item)) for item in items]
        for tile in self.tiles:
            tile.clicked.connect(self._open)
            tile.removal_wanted.connect(self._remove)
            tile.menu_wanted.connect(self._show_menu)
            self._add(tile)
            if tile.evidence.id == focused:
                tile.setFocus()
        for name in waiting:
            self._add(WaitingTile(name))
        if not is_read_only:
            add = AddTile(is_alone=not items and not waiting)
            add.clicked.connect(self.adding_wanted)
            self._add(add)
        self._nothing.setVisible(is_read_only and not items)
        self._row.setVisible(bool(items) or bool(waiting) or not is_read_only)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if can_come_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.dropped.emit(event.mimeData())

    def _add(self, tile: QWidget) -> None:
        """Shown at once: only what is shown can take the keyboard."""
        self._flow.addWidget(tile)
        tile.setVisible(True)

    def _open(self) -> None:
        sender = self.sender()
        if isinstance(sender, EvidenceTile):
            self.opened.emit(sender.evidence)

    def _remove(self) -> None:
        sender = self.sender()
        if isinstance(sender, EvidenceTile) and not self._is_read_only:
            self.removal_wanted.emit(sender.evidence)

    def _show_menu(self, at: QPoint) -> None:
        tile = self.sender()
        if not isinstance(tile, EvidenceTile):
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("expand"), _("Open it")).triggered.connect(tile.click)
        if not self._is_read_only:
            menu.addAction(icon("trash-2", "bad"), _("Remove")).triggered.connect(tile.removal_wanted)
        menu.popup(at)


def _middle(picture: QPixmap, area: QRectF) -> QRectF:
    """The part of a picture that fills an area without being stretched."""
    scale = min(picture.width() / area.width(), picture.height() / area.height())
    width, height = area.width() * scale, area.height() * scale
    return QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
