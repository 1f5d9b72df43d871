"""What a pointer carries on the timeline: an edge or the whole of a bar, or a row to another place, before it is let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from qma_app.i18n import _, ngettext
from ui import theme
from ui.journey.timeline_pieces import Kind, Piece, span_words

LEAST_DAYS: Final = 7
_EDGE: Final = 6


class Grip(StrEnum):
    """Where a bar is held."""

    START = "start"
    BODY = "body"
    END = "end"


@dataclass(frozen=True, kw_only=True, slots=True)
class Drag:
    """A bar being carried; `days` is how far, `target` the row it would be put at while it is carried up or down."""

    piece: Piece
    row: int
    grip: Grip
    begun: QPointF
    days: int = 0
    target: int | None = None

    @property
    def span(self) -> tuple[date, date]:
        """The days it would have."""
        return moved_span(self.piece, self.grip, self.days)

    @property
    def words(self) -> str:
        """What letting go would do."""
        return moved_words(self.piece, self.grip, self.days)


def grip_at(piece: Piece, area: QRectF, at: QPointF) -> Grip:
    """The edges of a bar that is wide enough, else its body."""
    edge = theme.px(_EDGE)
    if piece.kind not in (Kind.PHASE, Kind.AREA) or area.width() < 4 * edge:
        return Grip.BODY
    if at.x() <= area.left() + edge:
        return Grip.START
    return Grip.END if at.x() >= area.right() - edge else Grip.BODY


def moved_span(piece: Piece, grip: Grip, days: int) -> tuple[date, date]:
    """First and last day after a move; a bar never gets shorter than a week."""
    shift, least = timedelta(days=days), timedelta(days=LEAST_DAYS - 1)
    match grip:
        case Grip.START:
            return min(piece.first + shift, piece.last - least), piece.last
        case Grip.END:
            return piece.first, max(piece.last + shift, piece.first + least)
        case _:
            return piece.first + shift, piece.last + shift


def moved_words(piece: Piece, grip: Grip, days: int) -> str:
    """`1 Jun 2026 to 3 Nov 2026 · 14 days later`."""
    first, last = moved_span(piece, grip, days)
    real = (first - piece.first if grip is not Grip.END else last - piece.last).days
    if real > 0:
        how = ngettext("{count} day later", "{count} days later", real).format(count=real)
    elif real < 0:
        how = ngettext("{count} day earlier", "{count} days earlier", -real).format(count=-real)
    else:
        how = _("not moved")
    return f"{span_words(first, last)} · {how}"
