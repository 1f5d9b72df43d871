"""The line above every page: whose dealership this is, and the field that finds and runs everything."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.key_names import keys_text
from ui.widgets.chips import Chip
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel

HEIGHT = 52


class Header(QFrame):
    """`switch_wanted` opens the choice of dealerships below the name, `search_wanted` the command palette."""

    switch_wanted = Signal()
    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = NameButton()
        self.name.clicked.connect(self.switch_wanted)
        self._sample = Chip(_("SAMPLE"), tone="warn")
        self._sample.setVisible(False)
        self._detail = PlainLabel("", role="small", tone="muted", elide=True)
        self._detail.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.search = SearchBox()
        self.search.clicked.connect(self.search_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 22, 0)
        row.setSpacing(8)
        row.addWidget(self.name)
        row.addWidget(self._sample)
        row.addWidget(self._detail, 1)
        row.addWidget(self.search)
        self.rescale()

    def rescale(self) -> None:
        """Take the height from the font size in force."""
        self.setFixedHeight(theme.px(HEIGHT))
        self.name.updateGeometry()
        self.search.updateGeometry()

    def show_dealership(self, name: str, detail: str, *, is_sample: bool) -> None:
        """`detail` is the small line behind the name: code, edition, month."""
        self.name.say(name)
        self._detail.setText(detail)
        self._sample.setVisible(is_sample)

    def below_name(self) -> QPoint:
        """Where the choice of dealerships opens."""
        return self.name.mapToGlobal(QPoint(0, self.name.height() + 4))


class NameButton(QAbstractButton):
    """The dealership's name with the two arrows of a switch."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.say("")

    def say(self, name: str) -> None:
        self.setText(name)
        self.setAccessibleName(
            _("Dealership {name}: switch").format(name=name) if name else _("Switch dealership")
        )
        self.setToolTip(_("Switch dealership"))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.current().font(design.SIZE_BODY + 0.5, "strong"))
        return QSize(min(metrics.horizontalAdvance(self.text()), theme.px(420)) + theme.px(38), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, self, "raised" if self.underMouse() or self.isDown() else "", edge="")
        font = look.font(design.SIZE_BODY + 0.5, "strong")
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        words = QRect(look.px(8), 0, self.width() - look.px(34), self.height())
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignVCenter,
            QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width()),
        )
        side = look.px(15)
        paint_icon(
            painter,
            "chevrons-up-down",
            "muted",
            QRect(self.width() - side - look.px(7), (self.height() - side) // 2, side, side),
        )


class SearchBox(QAbstractButton):
    """Looks like a field and opens the command palette, where one really types."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = _("Search or run a command")
        self._keys = keys_text("Ctrl+K").replace("+", " ")
        self.setAccessibleName(self._words)
        self.setToolTip(f"{self._words} ({keys_text('Ctrl+K')})")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), theme.px(34))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), theme.px(34))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_ground(painter, self, "bg" if not self.underMouse() else "raised", edge="control_edge")
        side = look.px(16)
        paint_icon(painter, "search", "muted", QRect(look.px(10), (self.height() - side) // 2, side, side))
        small = look.font(design.SIZE_SMALL - 1)
        keys_width = QFontMetrics(small).horizontalAdvance(self._keys)
        painter.setFont(small)
        painter.setPen(look.colour("muted"))
        painter.drawText(
            QRect(self.width() - keys_width - look.px(12), 0, keys_width, self.height()),
            Qt.AlignmentFlag.AlignVCenter,
            self._keys,
        )
        painter.setFont(look.font(design.SIZE_BODY))
        left = look.px(34)
        words = QRect(left, 0, self.width() - left - keys_width - look.px(20), self.height())
        painter.drawText(
            words,
            Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, words.width()),
        )


def _paint_ground(painter: QPainter, widget: QWidget, ground: str, *, edge: str) -> None:
    look = theme.current()
    area = QRect(widget.rect()).adjusted(1, 1, -1, -1)
    pen = QPen(look.colour(edge), 1) if edge else QPen(QColor(0, 0, 0, 0))
    if widget.hasFocus():
        pen = QPen(look.colour("focus"), 2)
    painter.setPen(pen)
    painter.setBrush(look.colour(ground) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area, design.RADIUS_CARD, design.RADIUS_CARD)
