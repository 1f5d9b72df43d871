"""A window of its own that shows one photo or document large, with its caption and its four dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QIODevice, QSaveFile, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPixmap,
    QResizeEvent,
    QShortcut,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGraphicsPixmapItem,
    QGraphicsScene,
    QGraphicsView,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.errors import StorageTrouble
from qma_app.i18n import _, day_text, instant_text
from ui import theme
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit

LoadBytes = Callable[[Evidence], bytes | None]
_ZOOM = 1.25


class PictureView(QGraphicsView):
    """Fits the picture until it is zoomed; then it can be dragged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QGraphicsPixmapItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._is_fitted = True
        scene = QGraphicsScene(self)
        scene.addItem(self._picture)
        self.setScene(scene)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setAccessibleName(_("Picture"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_picture(self, picture: QPixmap) -> None:
        """Show another picture, fitted."""
        self._picture.setPixmap(picture)
        self.setSceneRect(self._picture.boundingRect())
        self.fit()

    def fit(self) -> None:
        """As large as the window allows, never larger than it is."""
        self._is_fitted = True
        self.resetTransform()
        area = self._picture.boundingRect()
        if area.width() > self.viewport().width() or area.height() > self.viewport().height():
            self.fitInView(area, Qt.AspectRatioMode.KeepAspectRatio)

    def zoom(self, factor: float) -> None:
        """Larger or smaller around the pointer."""
        self._is_fitted = False
        self.scale(factor, factor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom(_ZOOM if event.angleDelta().y() > 0 else 1 / _ZOOM)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()


class EvidenceViewer(QWidget):
    """Left and right go through the evidence of one place, plus and minus zoom, Esc closes."""

    caption_settled = Signal(object, str)  # EvidenceId, caption
    removal_wanted = Signal(object)  # Evidence
    failed = Signal(object)  # QmaError
    closed = Signal()

    def __init__(self, load: LoadBytes, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._load = load
        self._items: list[Evidence] = []
        self._place = 0
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = PlainLabel("", role="strong", elide=True)
        self.count = PlainLabel("", role="small", tone="muted")
        self.picture = PictureView()
        self.missing = PlainLabel("", tone="muted", wrap=True)
        self.missing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.caption = LineEdit(_("Caption"), placeholder=_("Caption"))
        self.dates = PlainLabel("", role="small", tone="muted", wrap=True, selectable=True)
        self.previous = IconButton("arrow-left", _("Previous"), keys="Left")
        self.next = IconButton("arrow-right", _("Next"), keys="Right")
        self.save = Button(_("Save a copy…"))
        self.remove = Button(_("Remove"), kind="danger")
        self._build()
        self.caption.settled.connect(self._captioned)
        self.previous.clicked.connect(self._back)
        self.next.clicked.connect(self._forward)
        self.save.clicked.connect(self.save_copy)
        self.remove.clicked.connect(self._remove)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self).activated.connect(self.close)

    def _build(self) -> None:
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.previous)
        head.addWidget(self.next)
        head.addSpacing(8)
        head.addWidget(self.name, 1)
        head.addWidget(self.count)
        foot.setSpacing(8)
        foot.addWidget(self.caption, 1)
        foot.addWidget(self.save)
        foot.addWidget(self.remove)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.picture, 1)
        column.addWidget(self.missing, 1)
        column.addLayout(foot)
        column.addWidget(self.dates)
        self.resize(theme.px(980), theme.px(720))
        self.setMinimumSize(480, 360)

    def show_evidence(
        self, items: Sequence[Evidence], current: Evidence | None, *, is_read_only: bool
    ) -> None:
        """Show the evidence of a place, beginning with one of it; closes itself where nothing is left."""
        wanted = current.id if current is not None else self._items[self._place].id if self._items else None
        self._items = list(items)
        if not self._items:
            self.close()
            return
        places = [place for place, item in enumerate(self._items) if item.id == wanted]
        self._place = places[0] if places else min(self._place, len(self._items) - 1)
        self.remove.setVisible(not is_read_only)
        self.caption.setReadOnly(is_read_only)
        self._show()

    @property
    def current(self) -> Evidence | None:
        """What is shown now."""
        return self._items[self._place] if self._items else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Left: self._back,
            Qt.Key.Key_Right: self._forward,
            Qt.Key.Key_Plus: self._larger,
            Qt.Key.Key_Minus: self._smaller,
            Qt.Key.Key_0: self.picture.fit,
        }
        act = acts.get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.caption.flush()
        super().closeEvent(event)
        self.closed.emit()

    def save_copy(self) -> None:
        """Write the shown file where the user says; nothing half-written is left behind."""
        item = self.current
        content = self._load(item) if item is not None else None
        if item is None or content is None:
            return
        name, _kind = QFileDialog.getSaveFileName(self, _("Save a copy"), item.name)
        if not name:
            return
        file = QSaveFile(name)
        is_open = file.open(QIODevice.OpenModeFlag.WriteOnly)
        if not (is_open and file.write(content) == len(content) and file.commit()):
            self.failed.emit(
                StorageTrouble(
                    _("{name} could not be written: {reason}.").format(name=name, reason=file.errorString()),
                    code="evidence.copy",
                    way_out=_("Choose another folder."),
                )
            )

    def _show(self) -> None:
        item = self._items[self._place]
        self.setWindowTitle(item.caption or item.name)
        self.name.setText(item.name)
        self.count.setText(_("{place} of {count}").format(place=self._place + 1, count=len(self._items)))
        self.previous.setEnabled(self._place > 0)
        self.next.setEnabled(self._place + 1 < len(self._items))
        if not self.caption.is_pending:
            self.caption.set_text(item.caption)
        self.dates.setText(_facts(item))
        picture = QPixmap()
        content = self._load(item) if item.kind is EvidenceKind.PHOTO else None
        has_picture = content is not None and picture.loadFromData(content)
        self.picture.setVisible(has_picture)
        self.missing.setVisible(not has_picture)
        if has_picture:
            self.picture.show_picture(picture)
        elif item.kind is EvidenceKind.DOCUMENT:
            self.missing.setText(_("A document. Save a copy to open it."))
        else:
            self.missing.setText(_("This picture cannot be shown."))

    def _captioned(self, text: str) -> None:
        if self.current is not None:
            self.caption_settled.emit(self.current.id, text.strip())

    def _remove(self) -> None:
        if self.current is not None:
            self.removal_wanted.emit(self.current)

    def _back(self) -> None:
        self._go(-1)

    def _forward(self) -> None:
        self._go(1)

    def _go(self, by: int) -> None:
        if 0 <= self._place + by < len(self._items):
            self.caption.flush()
            self._place += by
            self.caption.set_text(self._items[self._place].caption)
            self._show()

    def _larger(self) -> None:
        self.picture.zoom(_ZOOM)

    def _smaller(self) -> None:
        self.picture.zoom(1 / _ZOOM)


def _facts(item: Evidence) -> str:
    """The four dates and what identifies the file."""
    parts = [_("taken in {at}").format(at=instant_text(item.taken_in_at, "short"))]
    if item.made_on is not None:
        parts.insert(0, _("made {day}").format(day=day_text(item.made_on)))
    if item.valid_from is not None:
        parts.append(_("valid from {day}").format(day=day_text(item.valid_from)))
    if item.valid_until is not None:
        parts.append(_("valid until {day}").format(day=day_text(item.valid_until)))
    if item.width and item.height:
        parts.append(f"{item.width} × {item.height}")
    parts.append(_("{size} kB").format(size=-(-item.size // 1000)))
    parts.append(f"SHA-256 {item.digest[:12]}…")
    return " · ".join(parts)
