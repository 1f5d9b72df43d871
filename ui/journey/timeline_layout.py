"""Where each row, bar, dot, diamond and label of the timeline stands, so that painting and pointing agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from qma_app import design
from ui import theme
from ui.journey.timeline_pieces import Kind, Piece, Row
from ui.journey.timeline_scale import Scale

PAD: Final = 2
MONTHS_HIGH: Final = 26
PHASE_HIGH: Final = 26
DOT: Final = 7.0
DIAMOND: Final = 6.0
_AFTER_PHASES: Final = 10
_AREAS_HIGH, _AREA_LEAST, _AREA_MOST = 270, 19, 27
_BAR_HIGH, _BAR_LEAST = 14, 12
_VISITS_HIGH, _LANE_HIGH, _MOST_LANES = 26, 18, 5
_LABELS_LEAST, _LABELS_MOST = 92, 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """The words of a milestone: where they stand; a label without room has none."""

    area: QRectF
    text: str


def labels_width(rows: Sequence[Row], width: float) -> float:
    """The room at the left for the names of the rows."""
    metrics = QFontMetricsF(theme.current().font(design.SIZE_SMALL + 0.5))
    widest = max((metrics.horizontalAdvance(row.title) for row in rows), default=0.0)
    return min(max(widest, theme.px(_LABELS_LEAST)), theme.px(_LABELS_MOST), width * 0.3) + theme.px(18)


class TimelineLayout:
    """Made anew when rows, width or scale change."""

    def __init__(self, rows: Sequence[Row], scale: Scale) -> None:
        self.rows = tuple(rows)
        self.scale = scale
        areas = sum(row.kind is Kind.AREA for row in rows)
        self.area_high = theme.px(min(_AREA_MOST, max(_AREA_LEAST, _AREAS_HIGH // max(1, areas))))
        self.labels: dict[str, Label] = {}
        self.lanes: dict[str, int] = {}
        self._lay_labels()
        self.tops: list[float] = []
        self.height = self._lay_rows()

    def row_area(self, place: int) -> QRectF:
        """The whole line of a row, as wide as the axis."""
        return QRectF(self.scale.left, self.tops[place], self.scale.width, self.row_high(self.rows[place]))

    def row_high(self, row: Row) -> float:
        """How high a row is."""
        match row.kind:
            case Kind.PHASE:
                return theme.px(PHASE_HIGH)
            case Kind.AREA:
                return self.area_high
            case Kind.VISIT:
                return theme.px(_VISITS_HIGH)
            case _:
                return theme.px(_LANE_HIGH) * max(1, max(self.lanes.values(), default=0) + 1)

    def area_of(self, place: int, piece: Piece) -> QRectF:
        """Where a piece is painted."""
        row, scale = self.row_area(place), self.scale
        if piece.kind is Kind.PHASE:
            return QRectF(
                scale.x_of(piece.first) + 1, row.top(), self._long(piece) - 2, row.height()
            ).normalized()
        if piece.kind is Kind.AREA:
            # Where rows are close there is air between the bars all the same.
            high = max(theme.px(_BAR_LEAST), min(theme.px(_BAR_HIGH), self.area_high - theme.px(7)))
            top = row.center().y() - high / 2
            return QRectF(scale.x_of(piece.first), top, self._long(piece), high)
        centre = self.centre_of(place, piece)
        half = theme.px(DOT if piece.kind is Kind.VISIT else DIAMOND)
        return QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half)

    def centre_of(self, place: int, piece: Piece) -> QPointF:
        """The middle of a dot or diamond."""
        row = self.row_area(place)
        x = (self.scale.x_of(piece.first) + self.scale.end_of(piece.last)) / 2
        if piece.kind is Kind.MILESTONE:
            return QPointF(x, row.top() + theme.px(_LANE_HIGH) * (self.lanes.get(piece.key, 0) + 0.5))
        return QPointF(x, row.center().y())

    def row_at(self, y: float) -> int | None:
        """The row at a height; None above and below all of them."""
        for place, top in enumerate(self.tops):
            if top <= y < top + self.row_high(self.rows[place]):
                return place
        return None

    def piece_at(self, point: QPointF) -> tuple[int, Piece] | None:
        """The piece at a point, with its row; small ones may be missed by a little."""
        place = self.row_at(point.y())
        if place is None:
            return None
        slack = theme.px(4)
        for piece in reversed(self.rows[place].pieces):
            area = self.area_of(place, piece).adjusted(-slack, -slack, slack, slack)
            label = self.labels.get(piece.key) if piece.kind is Kind.MILESTONE else None
            if area.contains(point) or (label is not None and self.label_area(place, label).contains(point)):
                return place, piece
        return None

    def label_area(self, place: int, label: Label) -> QRectF:
        """Where the words of a milestone stand."""
        return label.area.translated(0, self.tops[place])

    def _long(self, piece: Piece) -> float:
        return max(theme.px(8), self.scale.end_of(piece.last) - self.scale.x_of(piece.first))

    def _lay_rows(self) -> float:
        y = float(theme.px(MONTHS_HIGH))
        for place, row in enumerate(self.rows):
            if row.kind is Kind.VISIT:
                y += theme.px(4)
            self.tops.append(y)
            y += self.row_high(row)
            if row.kind is Kind.PHASE and place + 1 < len(self.rows):
                y += theme.px(_AFTER_PHASES)
        return y + theme.px(PAD + 2)

    def _lay_labels(self) -> None:
        """Right of its diamond, else left of it, else a line further down: words never lie over words or diamonds."""
        metrics = QFontMetricsF(theme.current().font(design.SIZE_SMALL))
        taken: list[list[tuple[float, float]]] = [[] for _lane in range(_MOST_LANES)]
        lane_high, gap, half = theme.px(_LANE_HIGH), theme.px(5), theme.px(DIAMOND)
        right_end = self.scale.left + self.scale.width
        pieces = [piece for row in self.rows if row.kind is Kind.MILESTONE for piece in row.pieces]
        for piece in pieces:
            x = (self.scale.x_of(piece.first) + self.scale.end_of(piece.last)) / 2
            width = metrics.horizontalAdvance(piece.title) + 2
            placed = self._room_for(x, width, half + gap, right_end, taken)
            if placed is None:
                bare = (
                    at for at in range(_MOST_LANES) if _is_free(taken[at], x - half - gap, x + half + gap)
                )
                lane = next(bare, _MOST_LANES - 1)
                taken[lane].append((x - half, x + half))
                self.lanes[piece.key] = lane
                continue
            lane, left = placed
            taken[lane].append((min(left, x - half), max(left + width, x + half)))
            self.lanes[piece.key] = lane
            self.labels[piece.key] = Label(
                area=QRectF(left, lane * lane_high, width, lane_high), text=piece.title
            )

    def _room_for(
        self, x: float, width: float, beside: float, right_end: float, taken: list[list[tuple[float, float]]]
    ) -> tuple[int, float] | None:
        half = theme.px(DIAMOND)
        for lane in range(_MOST_LANES):
            for left in (x + beside, x - beside - width):
                first, last = min(left, x - half), max(left + width, x + half)
                is_inside = first >= self.scale.left - half and left + width <= right_end + theme.px(4)
                if is_inside and _is_free(taken[lane], first - theme.px(8), last + theme.px(8)):
                    return lane, left
        return None


def _is_free(taken: Sequence[tuple[float, float]], first: float, last: float) -> bool:
    return all(last <= begin or first >= end for begin, end in taken)
