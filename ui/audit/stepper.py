"""The path of an audit as a line of steps: each says how far it has come, and turns the page to itself."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from qma_app import design
from qma_app.domain.audit_path import PathStep, StepCode, StepState
from qma_app.i18n import _
from ui import theme
from ui.widgets.icons import paint_icon
from ui.widgets.labels import plain_tip

_NARROWEST: Final = 118
"""Cells narrower than this stand in two lines."""
_HIGH: Final = 56
_LOW: Final = 38
"""How high a cell is whose words need two lines, and any other."""
_WALKING: Final = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
_ICONS: Final = {StepState.DONE: "check", StepState.BLOCKED: "octagon-alert", StepState.CURRENT: "circle-dot"}
_INKS: Final = {StepState.DONE: "ok", StepState.BLOCKED: "bad", StepState.CURRENT: "accent"}


class StepCell(QAbstractButton):
    """One step: filled while it is looked at, with a tick once it is done, with a mark where something stands against it."""

    def __init__(self, step: PathStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_step(step)

    def show_step(self, step: PathStep) -> None:
        """Say how far the step has come."""
        self.step = step
        self.setText(step_words(step))
        self.setAccessibleName(f"{self.text()}: {state_words(step.state)}")
        self.setAccessibleDescription(step.words)
        self.setToolTip(plain_tip(f"{step.title}: {state_words(step.state)}\n{step.words}"))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(_NARROWEST), theme.px(_HIGH))

    def needed(self) -> int:
        """How wide the cell has to be for its longest word to stand whole."""
        metrics = QFontMetrics(theme.current().font(design.SIZE_BODY, "medium"))
        longest = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        return longest + theme.px(12 + 17 + 8)

    def wraps_at(self, wide: int) -> bool:
        """Whether its words need a second line in a cell that wide."""
        metrics = QFontMetrics(theme.current().font(design.SIZE_BODY, "medium"))
        return metrics.horizontalAdvance(self.text()) > wide - theme.px(12 + 17 + 8)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows are left to the line of steps."""
        if event.key() in _WALKING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        state = self.step.state
        area = self.rect()
        if self.isChecked():
            painter.fillRect(area, look.colour("accent"))
        elif self.underMouse():
            painter.fillRect(area, look.colour("raised"))
        elif state is StepState.CURRENT:
            painter.fillRect(area, look.colour("accent-tint"))
        ink = "on_accent" if self.isChecked() else _INKS.get(state, "muted")
        painter.setFont(look.font(design.SIZE_BODY, "medium"))
        self._paint_words(painter, look.colour(ink), ink)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.colour("on_accent" if self.isChecked() else "focus"), 2))
            painter.drawRoundedRect(area.adjusted(3, 3, -4, -4), 4, 4)

    def _paint_words(self, painter: QPainter, colour: QColor, ink: str) -> None:
        look = theme.current()
        left, top = look.px(12), look.px(9)
        icon = _ICONS.get(self.step.state)
        if icon == "circle-dot" and self.isChecked():
            icon = None
        if icon is not None:
            side = look.px(14)
            paint_icon(painter, icon, ink, QRect(left - look.px(2), top + look.px(2), side, side))
            left += side + look.px(3)
        painter.setPen(colour)
        room = QRect(left, top, self.width() - left - look.px(6), self.height() - top)
        # A single word longer than its cell is cut rather than run into the next one.
        words = " ".join(
            painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, room.width())
            for word in self.text().split()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap), words)


class Stepper(QWidget):
    """`chosen` carries the key of a step. Tab reaches the step shown, the arrows the others."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cells: dict[str, StepCell] = {}
        self._shown = ""
        self.setAccessibleName(_("Steps of the audit"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(_HIGH))

    @property
    def current(self) -> str:
        """The key of the step shown."""
        return self._shown

    def show_steps(self, steps: tuple[PathStep, ...], shown: str) -> None:
        """Show these steps, one of them as the one looked at."""
        if [str(one.code) for one in steps] != list(self.cells):
            self._make(steps)
        self._shown = shown
        for step in steps:
            cell = self.cells[str(step.code)]
            cell.show_step(step)
            cell.setChecked(str(step.code) == shown)
            is_shown = str(step.code) == shown
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_shown else Qt.FocusPolicy.ClickFocus)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        towards = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: self._in_line(),
            Qt.Key.Key_Up: -self._in_line(),
        }.get(Qt.Key(event.key()))
        keys = list(self.cells)
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and keys:
            self._choose(keys[0 if event.key() == Qt.Key.Key_Home else -1])
        elif towards is not None and self._shown in keys:
            place = keys.index(self._shown) + towards
            if 0 <= place < len(keys):
                self._choose(keys[place])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(look.colour("surface"))
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), design.RADIUS_SMALL, design.RADIUS_SMALL)
        for cell in self.cells.values():
            if cell.x() > 1:
                painter.drawLine(cell.x() - 1, cell.y(), cell.x() - 1, cell.geometry().bottom())
            if cell.y() > 1:
                painter.drawLine(cell.x(), cell.y() - 1, cell.geometry().right(), cell.y() - 1)

    def _make(self, steps: tuple[PathStep, ...]) -> None:
        for cell in self.cells.values():
            cell.hide()
            cell.deleteLater()
        self.cells = {}
        for step in steps:
            cell = StepCell(step, self)
            cell.clicked.connect(partial(self._choose, str(step.code)))
            cell.show()
            self.cells[str(step.code)] = cell
        self._arrange()

    def _choose(self, key: str, _is_checked: bool = True) -> None:
        """Turn to a step; a keyboard that stood on the line stays on it."""
        stays = any(cell.hasFocus() for cell in self.cells.values())
        for each, cell in self.cells.items():
            cell.setChecked(each == key)
        self.chosen.emit(key)
        if stays and key in self.cells:
            self.cells[key].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.cells[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def _in_line(self) -> int:
        """How many cells stand side by side."""
        count = max(1, len(self.cells))
        return count if self.width() >= count * theme.px(_NARROWEST) else (count + 1) // 2

    def _arrange(self) -> None:
        if not self.cells:
            return
        in_line = self._in_line()
        lines = -(-len(self.cells) // in_line)
        wide = self.width() - 2
        edges = _edges(
            [cell.needed() + 1 for cell in self.cells.values()] if lines == 1 else [0] * in_line, wide
        )
        wraps = lines == 1 and any(
            cell.wraps_at(right - left)
            for cell, left, right in zip(self.cells.values(), edges, edges[1:], strict=False)
        )
        high = theme.px(_HIGH if wraps else _LOW)
        if self.height() != lines * high:
            self.setFixedHeight(lines * high)
        for place, cell in enumerate(self.cells.values()):
            line, column = divmod(place, in_line)
            left, right = 1 + edges[column], 1 + edges[column + 1]
            top = 1 if line == 0 else line * high
            bottom = self.height() - 1 if line == lines - 1 else (line + 1) * high - 1
            gap = 1 if column < in_line - 1 else 0
            cell.setGeometry(left, top, right - left - gap, bottom - top)


def _edges(needed: list[int], wide: int) -> list[int]:
    """Where the cells of a line end: all alike, but those with a long word as wide as that asks for, where there is room."""
    widths, open_cells, room = [0] * len(needed), set(range(len(needed))), wide
    if sum(needed) <= wide:
        while over := {place for place in open_cells if needed[place] * len(open_cells) > room}:
            for place in over:
                widths[place] = needed[place]
            open_cells -= over
            room -= sum(needed[place] for place in over)
    edges = [0]
    given = 0
    for place, width in enumerate(widths):
        if place in open_cells:
            given += 1
            width = room * given // len(open_cells) - room * (given - 1) // len(open_cells)
        edges.append(edges[-1] + width)
    return edges


def step_words(step: PathStep) -> str:
    """The step with the count of checkpoints on site: `On site, 312 of 498`."""
    if step.code is StepCode.ON_SITE and step.count and step.state is not StepState.WAITING:
        return _("{step}, {done} of {count}").format(step=step.title, done=step.done, count=step.count)
    return step.title


def state_words(state: StepState) -> str:
    """Where a step stands, in a word or two."""
    return {
        StepState.DONE: _("done"),
        StepState.CURRENT: _("at hand"),
        StepState.WAITING: _("waiting"),
        StepState.BLOCKED: _("something stands against it"),
    }[state]
