"""The way between pages: names with counts, foldable to icons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.key_names import keys_text
from ui.widgets.buttons import IconButton
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel

WIDTH, FOLDED = 208, 60
_BAD_GROUND = "#A8321F"


@dataclass(frozen=True, kw_only=True, slots=True)
class Badge:
    """A count behind a page's name; `what` says in words what is counted."""

    count: int
    what: str
    is_urgent: bool = False


class SidebarItem(QAbstractButton):
    """One page: name, icon and count; folded, the icon alone with the name in its tooltip."""

    def __init__(
        self, key: str, title: str, icon_name: str, keys: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._title, self._icon, self._keys = title, icon_name, keys
        self._badge: Badge | None = None
        self._is_folded = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell()

    def fold(self, is_folded: bool) -> None:
        self._is_folded = is_folded
        self.update()

    def show_badge(self, badge: Badge | None) -> None:
        self._badge = badge if badge and badge.count else None
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(FOLDED - 20), theme.px(36))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif step is None:
            super().keyPressEvent(event)
        elif step > 0:
            self.focusNextChild()
        else:
            self.focusPreviousChild()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            ground = look.colour("sidebar_selected")
            if not self.isChecked():
                ground.setAlpha(120)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(area, design.RADIUS_CARD, design.RADIUS_CARD)
        if self.hasFocus():
            painter.setPen(QPen(QColor(design.DARK.focus), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, design.RADIUS_CARD, design.RADIUS_CARD)
        ink = "#FFFFFF" if self.isChecked() else look.hex("sidebar_text")
        side = look.px(18)
        left = (self.width() - side) // 2 if self._is_folded else look.px(10)
        paint_icon(painter, self._icon, ink, QRect(left, (self.height() - side) // 2, side, side))
        if self._is_folded:
            self._paint_dot(painter)
        else:
            self._paint_words(painter, ink, left + side + look.px(10))

    def _paint_words(self, painter: QPainter, ink: str, left: int) -> None:
        look = theme.current()
        right = self.width() - look.px(8)
        if self._badge:
            right = self._paint_badge(painter, self._badge, right) - look.px(4)
        font = look.font(design.SIZE_BODY, "medium" if self.isChecked() else "regular")
        painter.setFont(font)
        painter.setPen(QColor(ink))
        words = QFontMetrics(font).elidedText(self._title, Qt.TextElideMode.ElideRight, right - left)
        painter.drawText(QRect(left, 0, right - left, self.height()), Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_badge(self, painter: QPainter, badge: Badge, right: int) -> int:
        look = theme.current()
        font = look.font(design.SIZE_SMALL - 1, "strong")
        text = str(badge.count) if badge.count < 1000 else "999+"
        height = look.px(18)
        width = max(look.px(24), QFontMetrics(font).horizontalAdvance(text) + look.px(12))
        area = QRectF(right - width, (self.height() - height) / 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_BAD_GROUND if badge.is_urgent else "#35506A"))
        painter.drawRoundedRect(area, height / 2, height / 2)
        painter.setFont(font)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
        return int(area.left())

    def _paint_dot(self, painter: QPainter) -> None:
        if self._badge:
            size = theme.px(7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(
                theme.current().colour(design.DARK.bad if self._badge.is_urgent else design.DARK.accent)
            )
            painter.drawEllipse(self.width() // 2 + theme.px(7), theme.px(7), size, size)

    def _tell(self) -> None:
        counted = f", {self._badge.count} {self._badge.what}" if self._badge else ""
        self.setAccessibleName(f"{self._title}{counted}")
        self.setToolTip(
            f"{self._title}{counted} ({keys_text(self._keys)})" if self._keys else f"{self._title}{counted}"
        )


class Sidebar(QFrame):
    """The pages there are; `chosen` carries the key of the one clicked."""

    chosen = Signal(str)
    folded = Signal(bool)  # by the user, not by a narrow window

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, SidebarItem] = {}
        self._is_folded = False
        self._name = PlainLabel(design.APP_NAME, role="lead")
        self._name.setObjectName("appName")
        self._workspace = PlainLabel("", role="small", elide=True)
        self._workspace.setObjectName("workspaceName")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 18, 10, 8)
        self._column.setSpacing(1)
        words = QVBoxLayout()
        words.setContentsMargins(10, 0, 0, 14)
        words.setSpacing(1)
        words.addWidget(self._name)
        words.addWidget(self._workspace)
        self._column.addLayout(words)
        self._pages = QVBoxLayout()
        self._pages.setSpacing(1)
        self._column.addLayout(self._pages)
        self._column.addStretch(1)
        self._fold_button = IconButton("panel-left-close", _("Fold the sidebar"), token="sidebar_text")
        self._fold_button.clicked.connect(self._toggle)
        self._column.addWidget(self._fold_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.fold(is_folded=False)

    def add_page(self, key: str, title: str, icon_name: str, keys: str) -> None:
        """One more page at the end of the group begun."""
        item = SidebarItem(key, title, icon_name, keys)
        item.clicked.connect(self._clicked)
        self._items[key] = item
        self._pages.addWidget(item)

    def begin_group(self) -> None:
        """A fine line between groups of pages."""
        line = QFrame()
        line.setObjectName("sidebarRule")
        line.setFixedHeight(1)
        self._pages.addSpacing(10)
        self._pages.addWidget(line)
        self._pages.addSpacing(10)

    def show_page(self, key: str) -> None:
        """Mark the page shown."""
        if key in self._items:
            self._items[key].setChecked(True)

    def show_badge(self, key: str, badge: Badge | None) -> None:
        if key in self._items:
            self._items[key].show_badge(badge)

    def show_workspace(self, text: str) -> None:
        """The small line under the name: `Workspace · no passphrase`."""
        self._workspace.setText(text)

    @property
    def is_folded(self) -> bool:
        return self._is_folded

    def fold(self, is_folded: bool) -> None:
        """Names, or icons alone."""
        self._is_folded = is_folded
        self.setFixedWidth(theme.px(FOLDED if is_folded else WIDTH))
        self._name.setVisible(not is_folded)
        self._workspace.setVisible(not is_folded)
        for item in self._items.values():
            item.fold(is_folded)
        if is_folded:
            self._fold_button.show_as("panel-left-open", _("Unfold the sidebar"))
        else:
            self._fold_button.show_as("panel-left-close", _("Fold the sidebar"))

    def _toggle(self) -> None:
        self.fold(not self._is_folded)
        self.folded.emit(self._is_folded)

    def _clicked(self) -> None:
        sender = self.sender()
        if isinstance(sender, SidebarItem):
            self.chosen.emit(sender.key)
