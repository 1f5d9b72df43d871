"""What a checkpoint was rated in each assessment of the programme, as coloured cells that open the assessment."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from qma_app import design
from ui import theme
from ui.widgets.labels import plain_tip

PITCH, WIDTH, HEIGHT, LABEL = 58, 52, 24, 17


@dataclass(frozen=True, slots=True)
class HistoryCell:
    """One assessment: its label, the figure shown, its colour as `#rrggbb`, and a sentence for the tooltip."""

    key: str
    label: str
    figure: str
    colour: str
    spoken: str
    is_current: bool = False


class HistoryStrip(QWidget):
    """Cells in the order of the assessments; click, or arrows and Enter, opens one."""

    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: tuple[HistoryCell, ...] = ()
        self._place = 0
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def cells(self) -> tuple[HistoryCell, ...]:
        return self._cells

    def show_cells(self, cells: tuple[HistoryCell, ...]) -> None:
        """Show these assessments, the one open now among them."""
        self._cells = cells
        self._place = next((place for place, cell in enumerate(cells) if cell.is_current), 0)
        self._tell()
        self.updateGeometry()
        self.update()

    def area_of(self, place: int) -> QRect:
        """Where a cell can be clicked, its label included."""
        pitch, line = theme.px(PITCH), theme.px(HEIGHT + LABEL + 4)
        columns = self._columns(self.width())
        return QRect(place % columns * pitch, place // columns * line, pitch, line)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(PITCH) * 4, theme.px(HEIGHT + LABEL + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(PITCH), theme.px(HEIGHT + LABEL + 4))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return -(-max(1, len(self._cells)) // self._columns(width)) * theme.px(HEIGHT + LABEL + 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._place = min(max(0, self._place + step), max(0, len(self._cells) - 1))
            self._tell()
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._cells:
            self.opened.emit(self._cells[self._place].key)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._place_at(event.position())
        if place is not None and event.button() is Qt.MouseButton.LeftButton:
            self.opened.emit(self._cells[place].key)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(QPointF(event.pos()))
            QToolTip.showText(
                event.globalPos(), "" if place is None else plain_tip(self._cells[place].spoken), self
            )
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        figure, label = look.font(design.SIZE_SMALL, "medium"), look.font(design.SIZE_SMALL - 0.5)
        label_now = look.font(design.SIZE_SMALL - 0.5, "strong")
        for place, cell in enumerate(self._cells):
            corner = self.area_of(place).topLeft()
            area = QRectF(corner.x(), corner.y() + 1, look.px(WIDTH), look.px(HEIGHT))
            has_ring = self.hasFocus() and place == self._place
            painter.setPen(QPen(look.colour("focus"), 2) if has_ring else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(cell.colour))
            painter.drawRoundedRect(area, design.RADIUS_SMALL, design.RADIUS_SMALL)
            painter.setPen(QColor(design.readable_on(cell.colour)))
            painter.setFont(figure)
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, cell.figure)
            painter.setPen(look.colour("text" if cell.is_current else "muted"))
            painter.setFont(label_now if cell.is_current else label)
            below = QRectF(area.x() - 3, area.bottom() + 1, area.width() + 6, look.px(LABEL))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, cell.label)

    def _columns(self, width: int) -> int:
        return max(1, width // theme.px(PITCH))

    def _place_at(self, at: QPointF) -> int | None:
        point = at.toPoint()
        return next((place for place in range(len(self._cells)) if self.area_of(place).contains(point)), None)

    def _tell(self) -> None:
        if self._cells:
            self.setAccessibleDescription(self._cells[self._place].spoken)
