"""Two photos of the same thing: side by side with one zoom, or one laid over the other with a line to draw across."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QShortcut,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.evidence import Evidence
from qma_app.i18n import _, day_text
from ui import theme
from ui.evidence_view.picture_view import ZOOM, PictureView, ZoomedTogether, pixmap_of
from ui.evidence_view.reading import PairShown
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit

LoadBytes = Callable[[Evidence], bytes | None]


class PairWindow(QWidget):
    """Plus, minus and 0 zoom both, O lays one over the other, S swaps, Esc closes."""

    words_settled = Signal(object, str)  # PairShown, words
    swap_wanted = Signal(object)  # PairShown
    apart_wanted = Signal(object)  # PairShown
    words_left = Signal()

    def __init__(self, load: LoadBytes, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._load = load
        self.shown: PairShown | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWindowTitle(_("Before and after"))
        self.before, self.after = PictureView(_("Before")), PictureView(_("After"))
        self.before_words, self.after_words = (
            PlainLabel("", role="strong", elide=True) for _number in range(2)
        )
        self.together = ZoomedTogether((self.before, self.after), self)
        self.wipe = Wipe()
        self.words = LineEdit(_("Words between the photos"), placeholder=_("What was changed"))
        self.over = Button(_("Lay over"), keys="O")
        self.over.setCheckable(True)
        self.swap = Button(_("Swap"), keys="S")
        self.apart = Button(_("Take apart"), kind="danger")
        self.smaller = IconButton("zoom-out", _("Smaller"), keys="-")
        self.larger = IconButton("zoom-in", _("Larger"), keys="+")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(_("How much of the photo before is shown"))
        self.slider.setRange(0, 100)
        self.slider.setValue(50)
        self._build()
        self._connect()

    def _build(self) -> None:
        sides = QWidget()
        row = QHBoxLayout(sides)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for words, view in ((self.before_words, self.before), (self.after_words, self.after)):
            side = QVBoxLayout()
            side.setSpacing(6)
            side.addWidget(words)
            side.addWidget(view, 1)
            row.addLayout(side, 1)
        laid = QWidget()
        over = QVBoxLayout(laid)
        over.setContentsMargins(0, 0, 0, 0)
        over.addWidget(self.wipe, 1)
        over.addWidget(self.slider)
        self.middle = QStackedWidget()
        self.middle.addWidget(sides)
        self.middle.addWidget(laid)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.words, 1)
        for button in (self.smaller, self.larger, self.over, self.swap, self.apart):
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        column.addWidget(self.middle, 1)
        column.addLayout(foot)
        self.resize(theme.px(1160), theme.px(660))
        self.setMinimumSize(560, 360)

    def _connect(self) -> None:
        self.over.toggled.connect(self._lay_over)
        self.swap.clicked.connect(self._swap)
        self.apart.clicked.connect(self._take_apart)
        self.smaller.clicked.connect(self._zoom_out)
        self.larger.clicked.connect(self._zoom_in)
        self.slider.valueChanged.connect(self.wipe.show_share)
        self.wipe.dragged.connect(self.slider.setValue)
        self.words.settled.connect(self._worded)
        self.words.left.connect(self.words_left)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self).activated.connect(self.close)

    def show_pair(self, shown: PairShown) -> None:
        """Show a pair, each photo as it leaves the app."""
        same_photos = self.shown is not None and (self.shown.before, self.shown.after) == (
            shown.before,
            shown.after,
        )
        if self.shown is None or self.shown.pair.id != shown.pair.id:
            self.words.flush()
            self.words.set_text(shown.pair.words)
        elif not self.words.is_pending:
            self.words.set_text(shown.pair.words)
        self.shown = shown
        if same_photos:
            return
        pictures = []
        for title, item, words, view in (
            (_("Before"), shown.before, self.before_words, self.before),
            (_("After"), shown.after, self.after_words, self.after),
        ):
            day = f", {day_text(item.made_on)}" if item.made_on is not None else ""
            words.setText(f"{title}: {item.caption or item.name}{day}")
            picture = pixmap_of(self._load(item))
            pictures.append(picture)
            if picture.isNull():
                view.clear(
                    _("{name} cannot be shown: its file {hash} is missing or changed.").format(
                        name=item.name, hash=item.digest
                    )
                )
            else:
                view.show_picture(picture)
        self.wipe.show_pictures(*pictures)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Plus: self._zoom_in,
            Qt.Key.Key_Minus: self._zoom_out,
            Qt.Key.Key_0: self.together.fit,
            Qt.Key.Key_O: self.over.toggle,
            Qt.Key.Key_S: self._swap,
        }
        act = acts.get(event.key())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.words.flush()
        super().closeEvent(event)

    def _lay_over(self, is_on: bool) -> None:
        self.middle.setCurrentIndex(1 if is_on else 0)
        if is_on:
            self.slider.setFocus(Qt.FocusReason.OtherFocusReason)

    def _zoom_in(self) -> None:
        self.together.zoom(ZOOM)

    def _zoom_out(self) -> None:
        self.together.zoom(1 / ZOOM)

    def _worded(self, words: str) -> None:
        if self.shown is not None:
            self.words_settled.emit(self.shown, words.strip())

    def _swap(self) -> None:
        if self.shown is not None:
            self.swap_wanted.emit(self.shown)

    def _take_apart(self) -> None:
        if self.shown is not None:
            self.words.flush()
            self.apart_wanted.emit(self.shown)


class Wipe(QWidget):
    """The photo after, and over it as much of the photo before as the line leaves."""

    dragged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before, self._after = QPixmap(), QPixmap()
        self._share = 50
        self.setAccessibleName(_("One photo laid over the other"))
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), theme.px(400))

    def show_pictures(self, before: QPixmap, after: QPixmap) -> None:
        """Lay these over each other."""
        self._before, self._after = before, after
        self.update()

    def show_share(self, share: int) -> None:
        """So many hundredths from the left are the photo before."""
        self._share = share
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._drag(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        field = self._field()
        line = field.x() + field.width() * self._share / 100
        for picture, part in (
            (self._after, QRectF(line, 0, self.width() - line, self.height())),
            (self._before, QRectF(0, 0, line, self.height())),
        ):
            if picture.isNull():
                continue
            painter.setClipRect(part)
            painter.drawPixmap(_fitted(picture, field), picture, QRectF(picture.rect()))
        painter.setClipping(False)
        for colour, width in ((QColor("#FFFFFF"), 4), (theme.current().colour("accent"), 2)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(round(line), round(field.top()), round(line), round(field.bottom()))

    def _drag(self, event: QMouseEvent) -> None:
        field = self._field()
        share = (event.position().x() - field.x()) * 100 / max(field.width(), 1)
        self.dragged.emit(round(max(0.0, min(100.0, share))))

    def _field(self) -> QRectF:
        """What both photos cover together."""
        room = QRectF(self.rect())
        fields = [_fitted(picture, room) for picture in (self._before, self._after) if not picture.isNull()]
        if not fields:
            return room
        field = fields[0]
        for other in fields[1:]:
            field = field.united(other)
        return field


def _fitted(picture: QPixmap, room: QRectF) -> QRectF:
    size = QRectF(picture.rect()).size()
    scale = min(room.width() / size.width(), room.height() / size.height())
    field = QRectF(0, 0, size.width() * scale, size.height() * scale)
    field.moveCenter(room.center())
    return field
