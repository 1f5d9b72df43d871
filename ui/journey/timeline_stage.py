"""The stage of the timeline: what is shown on it, how near and which part of it, and which piece is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollBar, QSizePolicy, QWidget

from qma_app.domain.journey_views import PhaseState
from qma_app.i18n import _
from ui import theme
from ui.journey.timeline_layout import TimelineLayout, labels_width
from ui.journey.timeline_pieces import Kind, Piece, Row
from ui.journey.timeline_scale import DAYS_A_MONTH, Scale, days_between, zooms_of
from ui.widgets.announcing import announce

_WEEK: Final = 7
_BAR_HIGH: Final = 12
_RIGHT: Final = 22


class TimelineStage(QWidget):
    """`chosen` follows the piece that is chosen, `zoomed` the months shown."""

    chosen = Signal(object)
    zoomed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Row, ...] = ()
        self._closed: tuple[tuple[date, date], ...] = ()
        self._first, self._last = date(2000, 1, 1), date(2001, 1, 1)
        self._today = self._first
        self._programme = 18
        self.months = 18
        self._offset = 0.0
        self._layout: TimelineLayout | None = None
        self._current: tuple[Kind, str] | None = None
        self.bar = QScrollBar(Qt.Orientation.Horizontal, self)
        self.bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar.hide()
        self.bar.valueChanged.connect(self._scrolled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Plan of the programme"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(
        self,
        rows: Sequence[Row],
        *,
        first: date,
        last: date,
        today: date,
        months: int,
        closed: Sequence[tuple[date, date]] = (),
    ) -> None:
        """Show other rows; zoom and the piece chosen stay where they are still there."""
        was_whole = self.months == self._programme
        self._rows, self._closed = tuple(rows), tuple(closed)
        self._first, self._last, self._today = first, last, today
        self._programme = months
        if was_whole or self.months not in zooms_of(months):
            self.months = months
        if self.current is None:
            self._current = None
        self.let_go()
        self._lay_out()
        self._describe()
        self.updateGeometry()

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._rows

    @property
    def current(self) -> Piece | None:
        """The piece chosen."""
        found = self._find(self._current)
        return found[1] if found else None

    @property
    def zooms(self) -> tuple[int, ...]:
        """The numbers of months that can be shown."""
        return zooms_of(self._programme)

    @property
    def laid_out(self) -> TimelineLayout:
        """Where everything stands."""
        if self._layout is None:
            self._lay_out()
        assert self._layout is not None
        return self._layout

    def area_of(self, piece: Piece) -> QRectF:
        """Where a piece is painted."""
        found = self._find(piece.id)
        return self.laid_out.area_of(*found) if found else QRectF()

    def choose(self, kind: Kind, key: str) -> bool:
        """Make a piece the current one; False when it is not there."""
        found = self._find((kind, key))
        if found is None:
            return False
        self._choose(found[1])
        return True

    def zoom(self, months: int) -> None:
        """Show so many months, today or what is chosen staying in sight."""
        if months == self.months or months not in self.zooms:
            return
        self.months = months
        self._lay_out()
        piece = self.current
        day = piece.first if piece is not None else self._today
        self._show_days(
            min(max(day, self._first), self._last), min(max(day, self._first), self._last), middle=True
        )
        self.zoomed.emit(months)

    def zoom_by(self, step: int) -> None:
        """Nearer (-1: fewer months) or further."""
        place = self.zooms.index(self.months) + step
        if 0 <= place < len(self.zooms):
            self.zoom(self.zooms[place])

    def let_go(self) -> None:
        """Give up what is being dragged; the rows it was taken from are gone."""

    def sizeHint(self) -> QSize:
        return QSize(theme.px(640), self._high())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(320), self._high())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._lay_out()
            self.updateGeometry()

    def _high(self) -> int:
        return round(self.laid_out.height) + theme.px(_BAR_HIGH if self._needs_bar() else 0)

    def _needs_bar(self) -> bool:
        return self._layout is not None and self._layout.scale.most_offset > 1

    def _scale(self) -> Scale:
        left = labels_width(self._rows, self.width())
        days = self._days_shown()
        return Scale(
            first=self._first,
            last=max(self._last, self._first + timedelta(days=round(days) - 1)),
            left=left,
            width=max(40.0, self.width() - left - theme.px(_RIGHT)),
            days=days,
        ).scrolled(self._offset)

    def _days_shown(self) -> float:
        whole = days_between(self._first, self._last)
        return whole if self.months == self._programme else self.months * DAYS_A_MONTH

    def _lay_out(self) -> None:
        before = self._layout.height if self._layout is not None else 0.0, self._needs_bar()
        scale = self._scale()
        self._offset = scale.offset
        self._layout = TimelineLayout(self._rows, scale)
        needs = self._needs_bar()
        self.bar.setVisible(needs)
        if needs:
            high = theme.px(_BAR_HIGH)
            self.bar.setGeometry(round(scale.left), round(self._layout.height), round(scale.width), high)
            self.bar.blockSignals(True)
            self.bar.setRange(0, round(scale.most_offset))
            self.bar.setPageStep(round(scale.width))
            self.bar.setSingleStep(round(scale.pixels_a_day * _WEEK))
            self.bar.setValue(round(scale.offset))
            self.bar.blockSignals(False)
        if (self._layout.height, needs) != before:
            self.updateGeometry()
        self.update()

    def _scrolled(self, value: int) -> None:
        self._offset = float(value)
        self._lay_out()

    def _show_days(self, first: date, last: date, *, middle: bool = False) -> None:
        scale = self.laid_out.scale
        if middle:
            offset = scale.x_of(first) + scale.offset - scale.left - scale.width / 2
            self._offset = scale.scrolled(offset).offset
        else:
            self._offset = scale.showing(first, last, margin=theme.px(24)).offset
        self._lay_out()

    def _find(self, id: tuple[Kind, str] | None) -> tuple[int, Piece] | None:
        for place, row in enumerate(self._rows):
            for piece in row.pieces:
                if piece.id == id:
                    return place, piece
        return None

    def _choose(self, piece: Piece) -> None:
        is_other = piece.id != self._current
        self._current = piece.id
        self._show_days(piece.first, piece.last)
        self._describe()
        if is_other:
            announce(self, piece.spoken)
            self.chosen.emit(piece)
        self.update()

    def _describe(self) -> None:
        piece = self.current
        self.setAccessibleDescription(piece.spoken if piece is not None else "")

    def _first_choice(self) -> Piece | None:
        """The phase that runs, else the first piece there is."""
        pieces = [piece for row in self._rows for piece in row.pieces]
        running = (piece for piece in pieces if piece.kind is Kind.PHASE and piece.state == PhaseState.NOW)
        return next(running, pieces[0] if pieces else None)
