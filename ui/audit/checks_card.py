"""What must hold before the report is signed: a line each, and the way to what is missing."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from qma_app import design
from qma_app.domain.audit_check import PathCheck
from qma_app.i18n import _
from ui import theme
from ui.audit.reading import AuditDesk
from ui.widgets.cards import Card, clear
from ui.widgets.chips import Chip
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from qma_app.domain.spot import Spot

_MOST: Final = 40
"""So many places stand in the menu of a line; the rest is found where the first of them are."""


class ChecksCard(Card):
    """`opened` carries the spot of something missing and the code of its check."""

    opened = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.count = Chip("")
        super().__init__(_("Before you can sign"), self.count, parent)
        self.rows: dict[str, CheckRow] = {}
        self._shown: tuple[PathCheck, ...] | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    def show_desk(self, desk: AuditDesk) -> None:
        """Show the checks of this audit; nothing is asked for any more once it is signed."""
        self.setVisible(not desk.view.audit.is_signed)
        done = sum(one.holds for one in desk.checks)
        self.count.say(
            _("{done} of {count}").format(done=done, count=len(desk.checks)),
            "ok" if done == len(desk.checks) else "warn",
        )
        if desk.checks == self._shown:
            return
        self._shown = desk.checks
        focused = next((code for code, row in self.rows.items() if row.hasFocus()), None)
        clear(self._rows)
        self.rows = {}
        for check in desk.checks:
            row = CheckRow(check)
            row.opened.connect(self.opened)
            self.rows[check.code] = row
            self._rows.addWidget(row)
        if focused in self.rows:
            self.rows[focused].setFocus(Qt.FocusReason.OtherFocusReason)


class CheckRow(QFrame):
    """One check. Enter, Space and a click lead to what it misses; the arrows walk from line to line.

    Where it misses several things a menu asks which; Shift with it leads to the first at once.
    """

    opened = Signal(object, str)

    def __init__(self, check: PathCheck, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = check
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(6), theme.px(6), theme.px(6), theme.px(7))
        row.setSpacing(theme.px(10))
        row.addWidget(_Sign(check))
        self.words = PlainLabel(check.words, wrap=True)
        row.addWidget(self.words, 1)
        state = _("holds") if check.holds else _("missing")
        self.setAccessibleName(f"{check.words} ({state})")
        if check.where is not None and not check.holds:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            go = PlainLabel("›", role="strong", tone="accent")
            row.addWidget(go)

    @property
    def leads_somewhere(self) -> bool:
        return not self.check.holds and self.check.where is not None

    def open(self, *, is_first: bool = False) -> None:
        """Go to what is missing."""
        if not self.leads_somewhere:
            return
        spots = self.check.spots
        if is_first or len(spots) < 2:
            self.opened.emit(self.check.where, self.check.code)
            return
        menu = self.menu()
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Everything missing, by name."""
        menu = QMenu(self)
        for name, spot in self.check.spots[:_MOST]:
            menu.addAction(name.replace("&", "&&")).triggered.connect(partial(self._open_spot, spot))
        return menu

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.open(is_first=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            case Qt.Key.Key_Down:
                self.focusNextChild()
            case Qt.Key.Key_Up:
                self.focusPreviousChild()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.leads_somewhere and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(self.rect(), design.RADIUS_SMALL, design.RADIUS_SMALL)
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), look.colour("line"))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("focus"), 2))
            area = self.rect().adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(area, design.RADIUS_SMALL, design.RADIUS_SMALL)

    def _open_spot(self, spot: Spot, _is_checked: bool = False) -> None:
        self.opened.emit(spot, self.check.code)


class _Sign(QWidget):
    """A tick, an open circle, or a warning where somebody else is needed."""

    def __init__(self, check: PathCheck, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = "check" if check.holds else "octagon-alert" if check.is_hard else "circle"
        self._tone = "ok" if check.holds else "bad" if check.is_hard else "text"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(16), theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        side = theme.px(14)
        area = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        paint_icon(QPainter(self), self._icon, self._tone, area)
