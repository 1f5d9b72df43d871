"""What is shown: saved filters with their counts, photos or documents, an area, and a filter text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
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
from qma_app.domain.ids import AreaId
from qma_app.i18n import _
from ui import theme
from ui.evidence_view.grid import is_letter
from ui.models.evidence_model import Index
from ui.models.evidence_rows import (
    EvidenceCounts,
    EvidenceFilter,
    Shown,
    Sort,
    shown_title,
    sort_title,
)
from ui.pages.page import scrolling
from ui.widgets.labels import PlainLabel, plain_tip

_COUNT, _TONE = (Qt.ItemDataRole.UserRole + number for number in range(2))
_ROW = 30
_WARNED = {Shown.UNLINKED: "warn", Shown.EXPIRY: "warn", Shown.FILES: "bad"}


class FilterColumn(QWidget):
    """`changed` carries the whole filter; `left` is Enter or Down in the text: on to the pictures."""

    changed = Signal(object)  # EvidenceFilter
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = EvidenceFilter()
        self.text = QLineEdit()
        self.text.setAccessibleName(_("Filter the evidence by words"))
        self.text.setPlaceholderText(_("Filter (Ctrl+F)"))
        self.text.setClearButtonEnabled(True)
        self.text.textChanged.connect(self._text_changed)
        self.text.installEventFilter(self)
        self.shown = FilterList(_("Saved filters of evidence"))
        self.sorts = FilterList(_("Photos or documents"))
        self.areas = FilterList(_("Areas"))
        for names in (self.shown, self.sorts, self.areas):
            names.chosen.connect(self._chosen)
        lists = QWidget()
        rows = QVBoxLayout(lists)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.shown)
        rows.addWidget(PlainLabel(_("Kind"), role="caption"))
        rows.addWidget(self.sorts)
        rows.addWidget(PlainLabel(_("Area"), role="caption"))
        rows.addWidget(self.areas)
        rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.text)
        column.addWidget(scrolling(lists), 1)
        self.show_counts(EvidenceCounts(), ())

    @property
    def evidence_filter(self) -> EvidenceFilter:
        return self._filter

    def show_filter(self, evidence_filter: EvidenceFilter) -> None:
        """Show another filter and say so."""
        if evidence_filter == self._filter:
            return
        self._filter = evidence_filter
        self.text.blockSignals(True)
        self.text.setText(evidence_filter.text)
        self.text.blockSignals(False)
        self._show_choice()
        self.changed.emit(evidence_filter)

    def show_counts(self, counts: EvidenceCounts, areas: Sequence[tuple[AreaId, str]]) -> None:
        """Show how many there are of each sort; `areas` are those of the edition in its order."""
        self.shown.show_rows(
            [
                (shown.value, shown_title(shown), counts.shown.get(shown, 0), _WARNED.get(shown, "muted"))
                for shown in Shown
                if shown is not Shown.OLDER or counts.shown.get(shown) or self._filter.shown is shown
            ]
        )
        self.sorts.show_rows(
            [(sort.value, sort_title(sort), counts.sorts.get(sort, 0), "muted") for sort in Sort]
        )
        used = [
            (id, title, counts.areas.get(id, 0), "muted")
            for id, title in areas
            if counts.areas.get(id) or id == self._filter.area
        ]
        self.areas.show_rows([("", _("All areas"), -1, "muted"), *used])
        self._show_choice()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
        ):
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def _show_choice(self) -> None:
        self.shown.choose(self._filter.shown.value)
        self.sorts.choose(self._filter.sort.value)
        self.areas.choose(self._filter.area or "")

    def _chosen(self) -> None:
        self.show_filter(
            replace(
                self._filter,
                shown=Shown(self.shown.current),
                sort=Sort(self.sorts.current),
                area=AreaId(self.areas.current) if self.areas.current else None,
            )
        )

    def _text_changed(self, text: str) -> None:
        self.show_filter(replace(self._filter, text=text))


class FilterList(QListWidget):
    """Names with counts of which one is always chosen; arrows choose, Tab goes on."""

    chosen = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, str, int, str]] = []
        self.setAccessibleName(name)
        self.setItemDelegate(_CountDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.currentRowChanged.connect(self._row_changed)

    @property
    def current(self) -> str:
        row = self.currentRow()
        return self._rows[row][0] if 0 <= row < len(self._rows) else ""

    def show_rows(self, rows: list[tuple[str, str, int, str]]) -> None:
        """Keys, names, counts (-1: none shown) and the colour of a count that is not nought."""
        if [row[:2] for row in rows] != [row[:2] for row in self._rows]:
            self.blockSignals(True)
            self.clear()
            for _row in rows:
                self.addItem(QListWidgetItem())
            self.blockSignals(False)
        self._rows = rows
        for place, (_key, title, count, tone) in enumerate(rows):
            item = self.item(place)
            item.setText(title)
            item.setData(_COUNT, count)
            item.setData(_TONE, tone)
            item.setToolTip(plain_tip(title))
            spoken = title if count < 0 else f"{title}, {count}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        self.setFixedHeight(len(rows) * theme.px(_ROW) + 2)

    def choose(self, key: str) -> None:
        """Choose a name without a signal."""
        place = next((at for at, row in enumerate(self._rows) if row[0] == key), 0)
        self.blockSignals(True)
        self.setCurrentRow(place)
        self.blockSignals(False)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_letter(event):
            event.ignore()  # a key of the view, not the beginning of a name
        else:
            super().keyPressEvent(event)

    def _row_changed(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit()


class _CountDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(80), theme.px(_ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area: QRect = option.rect.adjusted(1, 1, -1, -1)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        has_focus = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(look.colour("focus"), 2) if has_focus else Qt.PenStyle.NoPen)
        if is_chosen or has_focus:
            painter.setBrush(look.colour("accent-tint") if is_chosen else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, design.RADIUS_SMALL, design.RADIUS_SMALL)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(look.colour("raised"))
            painter.drawRoundedRect(area, design.RADIUS_SMALL, design.RADIUS_SMALL)
        count = int(index.data(_COUNT))
        figure = "" if count < 0 else str(count)
        words = area.adjusted(look.px(8), 0, -look.px(8), 0)
        tone = str(index.data(_TONE)) if count > 0 else "muted"
        painter.setFont(look.font(design.SIZE_SMALL, "strong" if tone != "muted" else "regular"))
        painter.setPen(look.colour(tone))
        painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, figure)
        room = words.width() - painter.fontMetrics().horizontalAdvance(figure) - look.px(6)
        painter.setFont(look.font(weight="medium" if is_chosen else "regular"))
        painter.setPen(look.colour("text"))
        title = painter.fontMetrics().elidedText(
            str(index.data(Qt.ItemDataRole.DisplayRole)), Qt.TextElideMode.ElideRight, room
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
        painter.restore()
