"""The level of each area before and after a change of edition, as two bars with their figures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app import design
from qma_app.i18n import _
from ui import theme
from ui.widgets.level_bar import paint_level_bar

ROW = 46


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaMove:
    """One area; a level is None where nothing is rated or the edition has no such area, `figure` says both."""

    title: str
    before: Fraction | None
    after: Fraction | None
    figure: str

    @property
    def is_moved(self) -> bool:
        return self.before != self.after


class AreaMoves(QWidget):
    """One line an area: its title and figures, below them the level before (quiet) and after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.moves: tuple[AreaMove, ...] = ()
        self._floor, self._pass_mark = 70, 80
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_moves(self, moves: tuple[AreaMove, ...], *, floor: int, pass_mark: int) -> None:
        """Show these areas in their order."""
        self.moves, self._floor, self._pass_mark = moves, floor, pass_mark
        self.setAccessibleName(
            _("Level of each area before and after: {areas}").format(
                areas="; ".join(f"{move.title} {move.figure}" for move in moves)
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(ROW) * len(self.moves))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, move in enumerate(self.moves):
            area = QRect(0, place * theme.px(ROW), self.width(), theme.px(ROW))
            if area.intersects(event.rect()):
                self._paint(painter, area, move)

    def _paint(self, painter: QPainter, area: QRect, move: AreaMove) -> None:
        look = theme.current()
        words = QRect(area.left(), area.top(), area.width(), look.px(20))
        painter.setFont(look.font(design.SIZE_SMALL, "strong" if move.is_moved else "regular"))
        painter.setPen(look.colour("text" if move.is_moved else "muted"))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, move.figure)
        figure = painter.fontMetrics().horizontalAdvance(move.figure) + look.px(8)
        title = painter.fontMetrics().elidedText(
            move.title, Qt.TextElideMode.ElideRight, max(0, words.width() - figure)
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, title)
        for top, level, token in ((20, move.before, "control_edge"), (30, move.after, "")):
            bar = QRectF(area.left(), area.top() + look.px(top), area.width(), look.px(10))
            paint_level_bar(painter, bar, level, floor=self._floor, pass_mark=self._pass_mark, token=token)
