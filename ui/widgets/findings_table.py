"""The table of findings: sorted by its heads, narrowed by its filter, walked by keys."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from qma_app import design
from qma_app.domain.finding import FindingGrade
from qma_app.domain.wording import grade_title
from qma_app.i18n import _
from ui import theme
from ui.models.findings_model import Column, FindingsFilter, FindingsModel
from ui.models.findings_rows import FindingRow, RowFilter, Tab
from ui.widgets.chips import chip_size
from ui.widgets.finding_delegate import LINE_PADDING, PADDING, WRAPPED, FindingDelegate, lines_of, text_font

_WIDTHS = {
    Column.NUMBER: 58,
    Column.GRADE: 100,
    Column.PROCESS: 132,
    Column.OWNER: 92,
    Column.DUE: 74,
    Column.STATE: 58,
}
# Which columns go first where the table is narrow: the width from which each is there.
_SHOWN_FROM = {Column.PROCESS: 560, Column.STATE: 640, Column.OWNER: 470}
_LINE = 30


class FindingsTable(QTableView):
    """`chosen` follows the selection ("" = none), `opened` is Enter or a double click, `delete_wanted` the Delete key."""

    chosen = Signal(str)
    opened = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings = FindingsModel(self)
        self.shown = FindingsFilter(self.findings, self)
        self.setModel(self.shown)
        self.setItemDelegate(FindingDelegate(self))
        self.setAccessibleName(_("Findings"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setMinimumSectionSize(1)
        self._set_up_head()
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.setInterval(0)
        self._fit.timeout.connect(self.fit_rows)
        for signal in (
            self.shown.modelReset,
            self.shown.rowsInserted,
            self.shown.dataChanged,
            self.shown.layoutChanged,
        ):
            signal.connect(self._fit.start)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._double_clicked)

    def _set_up_head(self) -> None:
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setMinimumSectionSize(1)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setSectionResizeMode(Column.STATEMENT, QHeaderView.ResizeMode.Stretch)
        for column in _WIDTHS:
            head.resizeSection(column, self._width(column))
        head.setSortIndicatorShown(True)
        self.setSortingEnabled(True)
        self.sort_by(Column.NUMBER, is_descending=True)

    def _width(self, column: Column) -> int:
        """Grades and the head over the owner may need more room in another language."""
        width = theme.px(_WIDTHS[column])
        if column is Column.GRADE:
            chips = max(chip_size(grade_title(grade)).width() for grade in FindingGrade)
            return max(width, round(chips) + theme.px(PADDING + PADDING // 2))
        if column is Column.OWNER:
            head = QFontMetrics(theme.current().font(design.SIZE_SMALL, "strong"))
            return max(width, head.horizontalAdvance(_("Owner")) + theme.px(2 * PADDING))
        return width

    def sort_by(self, column: Column, *, is_descending: bool = False) -> None:
        """Sort as a click on the head would."""
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.sortByColumn(column, order)

    @property
    def current_id(self) -> str:
        """The finding selected; "" when none is."""
        row = self._row(self.currentIndex())
        return row.finding.id if row is not None and self.selectionModel().hasSelection() else ""

    def select(self, finding_id: str) -> bool:
        """Select a finding and bring it into view; False when the filter hides it or it is not there."""
        place = self.findings.place_of(finding_id)
        if place is None:
            return False
        index = self.shown.mapFromSource(self.findings.index(place, 0))
        if not index.isValid():
            return False
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        return True

    def select_none(self) -> None:
        """Nothing is selected."""
        self.selectionModel().clear()

    def select_place(self, place: int) -> None:
        """Select the row at a place of what is shown, or the last one before it."""
        place = min(place, self.shown.rowCount() - 1)
        row = self._row(self.shown.index(place, 0)) if place >= 0 else None
        if row is None:
            self.select_none()
        else:
            self.select(row.finding.id)

    def fit_rows(self) -> None:
        """One line where the finding fits on one, two where it does not."""
        line = QFontMetrics(text_font(Column.STATEMENT)).lineSpacing()
        one = max(theme.px(_LINE), line + 2 * theme.px(LINE_PADDING))
        columns = [column for column in WRAPPED if not self.isColumnHidden(column)]
        padding = theme.px(PADDING) + theme.px(PADDING // 2)
        for place in range(self.shown.rowCount()):
            lines = max(
                len(
                    lines_of(
                        column, self.shown.index(place, column).data(), self.columnWidth(column) - padding
                    )
                )
                for column in columns
            )
            height = one + line * (lines - 1)
            if self.rowHeight(place) != height:
                self.setRowHeight(place, height)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), theme.px(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(150))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose_columns()
        super().resizeEvent(event)
        self._fit.start()

    def show_only(self, row_filter: RowFilter) -> None:
        """Narrow the rows; where all are open or all closed nobody needs to read it in each row."""
        self.shown.show_only(row_filter)
        self._choose_columns()
        self._fit.start()

    def _choose_columns(self) -> None:
        for column, width in _SHOWN_FROM.items():
            is_implied = column is Column.STATE and self.shown.row_filter.tab is not Tab.ALL
            self.setColumnHidden(column, is_implied or self.viewport().width() < theme.px(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id:
            self.opened.emit(self.current_id)
        elif event.key() == Qt.Key.Key_Delete and self.current_id:
            self.delete_wanted.emit(self.current_id)
        elif (
            event.text().isprintable()
            and event.text()
            and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            # Letters belong to the page's shortcuts, not to a search along the first column.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self._row(current)
        if row is not None:
            self.chosen.emit(row.finding.id)

    def _double_clicked(self, index: QModelIndex) -> None:
        row = self._row(index)
        if row is not None:
            self.opened.emit(row.finding.id)

    def _row(self, index: QModelIndex | QPersistentModelIndex) -> FindingRow | None:
        source = self.shown.mapToSource(index) if index.isValid() else None
        return self.findings.rows[source.row()] if source is not None and source.isValid() else None
