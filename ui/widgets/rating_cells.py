"""The row of cells a checkpoint is rated with: which cells a scale gives, how they are painted, and the shape of a rating.

Colour never speaks alone: each rating has its figure, a shape that fills as it rises, and a word beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from qma_app import design
from qma_app.domain.rating import Outcome, Rating
from qma_app.i18n import _
from ui import theme

PITCH = 40
"""Width and height of what can be hit; the cell painted in it is smaller."""
WIDTH, HEIGHT = 34, 32


@dataclass(frozen=True, slots=True)
class Cell:
    """One choice: points of the scale, or one of the two marks that need a reason."""

    outcome: Outcome
    points: int | None
    text: str


def cells_of(steps: tuple[int, ...]) -> tuple[Cell, ...]:
    """The cells of a scale, lowest first, then "not seen" and "not applicable"."""
    rated = tuple(Cell(Outcome.RATED, points, str(points)) for points in steps)
    return (*rated, Cell(Outcome.NOT_SEEN, None, "?"), Cell(Outcome.NOT_APPLICABLE, None, _("n/a")))


def place_of(cells: tuple[Cell, ...], rating: Rating | None) -> int | None:
    """Which cell a rating stands for, None while there is none."""
    if rating is None or rating.outcome is Outcome.OPEN:
        return None
    for place, cell in enumerate(cells):
        if cell.outcome is rating.outcome and cell.points == rating.points:
            return place
    return None


@dataclass(frozen=True, slots=True)
class CellLook:
    """The colours of one painted cell."""

    ground: QColor
    edge: QColor
    ink: QColor


@lru_cache(maxsize=256)
def cell_look(look: theme.Theme, steps: tuple[int, ...], points: int | None, state: str) -> CellLook:
    """Colours of a cell that is `free`, `hovered`, or `chosen` (then in the ramp's colour for its points)."""
    if state == "chosen":
        ramp = design.points_colour(points, steps)
        return CellLook(QColor(ramp), QColor(ramp).darker(112), QColor(design.readable_on(ramp)))
    ground = look.colour("raised" if state == "hovered" else "surface")
    edge = look.colour("accent") if state == "hovered" else look.colour("control_edge")
    return CellLook(ground, edge, look.colour("text"))


def paint_cell(
    painter: QPainter,
    area: QRectF,
    text: str,
    colours: CellLook,
    font: QFont,
    *,
    radius: float = design.RADIUS_CARD,
) -> None:
    """One cell; the painter is expected to smooth edges already."""
    painter.setPen(QPen(colours.edge, 1))
    painter.setBrush(colours.ground)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(font)
    painter.setPen(colours.ink)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def key_ink(look: theme.Theme, steps: tuple[int, ...], place: int, *, is_chosen: bool) -> QColor:
    """The colour of a step's key number: muted, and on a chosen cell what can be read on it."""
    return cell_look(look, steps, steps[place], "chosen").ink if is_chosen else look.colour("muted")


def paint_key(painter: QPainter, area: QRectF, key: int, ink: QColor, font: QFont) -> None:
    """The number of the key that chooses a cell, small in its upper left corner."""
    painter.setFont(font)
    painter.setPen(ink)
    inset = area.height() / 12
    corner = area.adjusted(inset * 1.5, inset / 2, 0, 0)
    painter.drawText(corner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, str(key))


def paint_shape(
    painter: QPainter, area: QRectF, rating: Rating | None, steps: tuple[int, ...], ink: QColor
) -> None:
    """○ ◔ ◑ ◕ ● rising with the points, – for not applicable, ? for not seen; nothing is painted for an unrated one."""
    if rating is None or rating.outcome is Outcome.OPEN:
        return
    thick = max(1.5, area.height() / 8)
    ring = area.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
    painter.setPen(QPen(ink, thick))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if rating.outcome is Outcome.NOT_APPLICABLE:
        painter.drawLine(
            QPointF(area.left() + thick, area.center().y()), QPointF(area.right() - thick, area.center().y())
        )
        return
    if rating.outcome is Outcome.NOT_SEEN:
        painter.setPen(QPen(ink, thick, Qt.PenStyle.DotLine))
        painter.drawEllipse(ring)
        return
    painter.drawEllipse(ring)
    share = share_of(rating.points, steps)
    if share:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawPie(ring, 90 * 16, -round(share * 360 * 16))


def share_of(points: int | None, steps: tuple[int, ...]) -> float:
    """How full the shape of these points is: empty at the lowest step, full at the highest."""
    return steps.index(points) / (len(steps) - 1) if points in steps and len(steps) > 1 else 0.0
