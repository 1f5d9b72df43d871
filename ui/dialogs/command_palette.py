"""One field that finds and runs everything: commands, dealerships, and every word anybody wrote."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.key_names import keys_text
from ui.shortcuts import Command
from ui.widgets.icons import paint_icon
from ui.widgets.labels import PlainLabel

PAUSE_MS = 90
ROW = 40


class CommandPalette(QDialog):
    """Shows commands that match what is typed, and what `find(text)` gives after a short pause."""

    def __init__(
        self,
        parent: QWidget | None,
        commands: Sequence[Command],
        find: Callable[[str], Sequence[Command]],
        *,
        hint: str = "",
        below: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(_("Command palette"))
        self.setModal(True)
        self._commands = tuple(commands)
        self._find = find
        self.chosen: Command | None = None
        self.field = QLineEdit()
        self.field.setPlaceholderText(hint or _("Search or run a command"))
        self.field.setAccessibleName(hint or _("Search or run a command"))
        self.rows = QListWidget()
        self.rows.setAccessibleName(_("Results"))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setItemDelegate(_RowPainter(self.rows))
        self.rows.setUniformItemSizes(True)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._nothing = PlainLabel(_("Nothing found. Try another word."), tone="muted")
        self._nothing.setVisible(False)
        self._nothing.setContentsMargins(12, 8, 12, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.rows)
        column.addWidget(self._nothing)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.field.textChanged.connect(self._typed)
        self.rows.itemClicked.connect(self._clicked)
        self._show(matching(self._commands, ""))
        self._place(below)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._pause.isActive():
                self._search()
            self._take(self.rows.currentItem())
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.rows.setCurrentRow((self.rows.currentRow() + step) % max(1, self.rows.count()))
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            step = 8 if event.key() == Qt.Key.Key_PageDown else -8
            self.rows.setCurrentRow(max(0, min(self.rows.count() - 1, self.rows.currentRow() + step)))
        else:
            super().keyPressEvent(event)

    def _typed(self, text: str) -> None:
        self._show(matching(self._commands, text))
        if text.strip():
            self._pause.start()
        else:
            self._pause.stop()

    def _search(self) -> None:
        self._pause.stop()
        text = self.field.text().strip()
        self._show([*matching(self._commands, text), *(self._find(text) if text else ())])

    def _show(self, commands: Sequence[Command]) -> None:
        self.rows.clear()
        for command in commands:
            item = QListWidgetItem(command.title)
            item.setData(Qt.ItemDataRole.UserRole, command)
            spoken = ", ".join(
                filter(None, (command.title, command.detail, keys_text(command.keys) if command.keys else ""))
            )
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.rows.addItem(item)
        self.rows.setCurrentRow(0 if commands else -1)
        self.rows.setVisible(bool(commands))
        self._nothing.setVisible(not commands)
        shown = max(1, min(10, len(commands)))
        self.rows.setFixedHeight(shown * theme.px(ROW) + 4)
        self.adjustSize()

    def _clicked(self, item: QListWidgetItem) -> None:
        self._take(item)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen = item.data(Qt.ItemDataRole.UserRole)
            self.accept()

    def _place(self, below: QWidget | None) -> None:
        self.setFixedWidth(theme.px(460 if below else 620))
        parent = self.parentWidget()
        if below is not None:
            self.move(below.mapToGlobal(QPoint(0, below.height() + 4)))
        elif parent is not None:
            self.move(parent.mapToGlobal(QPoint((parent.width() - self.width()) // 2, theme.px(64))))

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        commands: Sequence[Command],
        find: Callable[[str], Sequence[Command]],
        *,
        hint: str = "",
        below: QWidget | None = None,
    ) -> Command | None:
        """The command the user chose; None on Esc. It opens below a widget if one is given."""
        palette = cls(parent, commands, find, hint=hint, below=below)
        chosen = palette.chosen if palette.exec() else None
        palette.deleteLater()
        return chosen


def matching(commands: Sequence[Command], text: str) -> list[Command]:
    """Commands in whose words every typed word occurs; those whose title begins with it first."""
    words = text.casefold().split()
    if not words:
        return list(commands)
    hits = [command for command in commands if _says(f"{command.title} {command.detail}".casefold(), words)]
    return sorted(hits, key=lambda command: not command.title.casefold().startswith(words[0]))


class _RowPainter(QStyledItemDelegate):
    """Icon, title, smaller detail, key at the right end."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(theme.px(200), theme.px(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme.current()
        command: Command = index.data(Qt.ItemDataRole.UserRole)
        area = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent-tint"))
            painter.drawRoundedRect(area, design.RADIUS_CARD, design.RADIUS_CARD)
        side = look.px(18)
        paint_icon(
            painter,
            command.icon or "chevron-right",
            "muted",
            QRect(area.x() + look.px(12), area.center().y() - side // 2, side, side),
        )
        left, right = area.x() + look.px(42), area.right() - look.px(12)
        if command.keys:
            right = self._paint_right(
                painter, keys_text(command.keys), QRect(left, area.y(), right - left, area.height())
            )
        self._paint_words(painter, command, QRect(left, area.y(), right - left, area.height()))
        painter.restore()

    def _paint_right(self, painter: QPainter, text: str, area: QRect) -> int:
        look = theme.current()
        font = look.font(design.SIZE_SMALL)
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        return area.right() - QFontMetrics(font).horizontalAdvance(text) - look.px(12)

    def _paint_words(self, painter: QPainter, command: Command, area: QRect) -> None:
        look = theme.current()
        font = look.font(design.SIZE_BODY, "medium")
        metrics = QFontMetrics(font)
        title = metrics.elidedText(command.title, Qt.TextElideMode.ElideRight, area.width())
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, title)
        used = metrics.horizontalAdvance(title) + look.px(10)
        if command.detail and area.width() - used > look.px(60):
            rest = area.adjusted(used, 0, 0, 0)
            font = look.font(design.SIZE_SMALL)
            painter.setFont(font)
            painter.setPen(look.colour("muted"))
            detail = QFontMetrics(font).elidedText(
                command.detail.replace("\n", " "), Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, detail)


def _says(text: str, words: list[str]) -> bool:
    """Whether every word stands in the text, also where the text parts it: "backup" finds "Back up now"."""
    squeezed = text.replace(" ", "").replace("-", "")
    return all(word in text or word in squeezed for word in words)
