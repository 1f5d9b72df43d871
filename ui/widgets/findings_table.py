"""The table of findings: sorted by its heads, narrowed by its filter, walked by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from qma_app import design
from qma_app.domain.action import Stage
from qma_app.domain.finding import FindingGrade
from qma_app.domain.wording import grade_title, stage_title
from qma_app.i18n import _
from ui import theme
from ui.models.findings_model import FindingsModel, column_title
from ui.models.findings_rows import Column, RowFilter
from ui.widgets.chips import chip_size
from ui.widgets.finding_delegate import LINE_PADDING, PADDING, FindingDelegate, lines_wanted, text_font

_WIDTHS = {
    Column.NUMBER: 56,
    Column.GRADE: 86,
    Column.PROCESS: 128,
    Column.OWNER: 84,
    Column.DUE: 70,
    Column.STAGE: 50,
}
# Which columns go first where the table is narrow: the width from which each is there.
_SHOWN_FROM = {Column.PROCESS: 560, Column.STAGE: 420, Column.OWNER: 480}
_LINE = 30
_SAMPLE = 40


class FindingsTable(QTableView):
    """`chosen` follows the selection, `opened` is Enter or a double click, `delete_wanted` the Delete key.

    The finding selected stays selected whatever is filtered or sorted, as long as it is shown.
    """

    chosen = Signal(str)
    opened = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings = FindingsModel(self)
        self._kept = ""
        self.setModel(self.findings)
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
        self._fit.timeout.connect(self._fit_all)
        self.findings.modelAboutToBeReset.connect(self._keep_selection)
        self.findings.modelReset.connect(self._after_reset)
        for signal in (self.findings.rowsInserted, self.findings.rowsMoved, self.findings.dataChanged):
            signal.connect(self.fit_rows)
        self.verticalScrollBar().valueChanged.connect(self.fit_rows)
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
        """Grades, stages and heads may need more room in another language."""
        width = theme.px(_WIDTHS[column])
        padding = theme.px(PADDING + PADDING // 2)
        head = QFontMetrics(theme.current().font(design.SIZE_SMALL, "strong"))
        width = max(width, head.horizontalAdvance(column_title(column)) + theme.px(2 * PADDING))
        if column is Column.GRADE:
            return max(width, *(chip_size(grade_title(grade)).width() + padding for grade in FindingGrade))
        if column is Column.STAGE:
            body = QFontMetrics(text_font(column, is_late=True))
            return max(width, *(body.horizontalAdvance(f"{stage_title(s)} !") + padding for s in Stage))
        return width

    def sort_by(self, column: Column, *, is_descending: bool = False) -> None:
        """Sort as a click on the head would."""
        order = Qt.SortOrder.DescendingOrder if is_descending else Qt.SortOrder.AscendingOrder
        self.sortByColumn(column, order)

    @property
    def current_id(self) -> str:
        """The finding selected; "" when none is."""
        row = self.findings.row_at(self.currentIndex().row())
        return row.line.id if row is not None and self.selectionModel().hasSelection() else ""

    def select(self, finding_id: str) -> bool:
        """Select a finding and bring it into view; False when the filter hides it or it is not there."""
        row = self.findings.row_of(finding_id)
        if row is None:
            return False
        index = self.findings.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
        return True

    def select_none(self) -> None:
        """Nothing is selected."""
        self.selectionModel().clear()

    def select_place(self, place: int) -> None:
        """Select the row at a place of what is shown, or the last one before it."""
        row = self.findings.row_at(min(place, self.findings.rowCount() - 1))
        if row is None:
            self.select_none()
        else:
            self.select(row.line.id)

    def fit_rows(self) -> None:
        """The rows in view get as many lines as their words need; texts out of sight are not looked at."""
        bottom = self.viewport().height()
        place = max(0, self.rowAt(0))
        while place < self.findings.rowCount() and self.rowViewportPosition(place) < bottom:
            height = self._height(self._lines_in(place))
            if self.rowHeight(place) != height:
                self.setRowHeight(place, height)
            place += 1

    def _fit_all(self) -> None:
        """A guess for every row, so that the scroll bar tells the truth, and the rows in view exactly.

        The guess goes by the number of letters; while it is made nobody hears of the single rows.
        """
        header, rows = self.verticalHeader(), self.findings.rows
        header.setDefaultSectionSize(self._height(1))
        if rows is not None and (places := self.findings.places):
            limit = self._room(Column.STATEMENT) / self._letter(places[:_SAMPLE])
            two = self._height(2)
            header.blockSignals(True)
            for row, place in enumerate(places):
                if len(rows.lines[place].statement) > limit:
                    header.resizeSection(row, two)
            header.blockSignals(False)
        self.updateGeometries()
        if self._kept and self.current_id == self._kept:
            self.scrollTo(self.currentIndex())  # its neighbours have found their heights only now
        self._kept = ""
        self.fit_rows()
        self.viewport().update()

    def _letter(self, places: Sequence[int]) -> float:
        """How wide a letter is in the statements at these places."""
        rows = self.findings.rows
        text = "".join(rows.lines[place].statement for place in places) if rows is not None else ""
        metrics = QFontMetrics(text_font(Column.STATEMENT))
        text = text[:2000] or "n"
        return max(1.0, metrics.horizontalAdvance(text) / len(text))

    def _height(self, lines: int) -> int:
        line = QFontMetrics(text_font(Column.STATEMENT)).lineSpacing()
        return max(theme.px(_LINE), line + 2 * theme.px(LINE_PADDING)) + line * (lines - 1)

    def _lines_in(self, row: int) -> int:
        found = self.findings.row_at(row)
        if found is None:
            return 1
        columns = [Column.STATEMENT]
        if not self.isColumnHidden(Column.PROCESS):
            columns.append(Column.PROCESS)
        return max(lines_wanted(column, found, self._room(column)) for column in columns)

    def _room(self, column: Column) -> int:
        return self.columnWidth(column) - theme.px(PADDING) - theme.px(PADDING // 2)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(600), theme.px(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(260), theme.px(150))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._choose_columns()
        super().resizeEvent(event)
        self.fit_rows()
        self._fit.start()

    def show_only(self, row_filter: RowFilter) -> None:
        """Narrow the rows."""
        self.findings.show_only(row_filter)

    def _choose_columns(self) -> None:
        for column, width in _SHOWN_FROM.items():
            self.setColumnHidden(column, self.viewport().width() < theme.px(width))

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

    def _keep_selection(self) -> None:
        self._kept = self.current_id

    def _after_reset(self) -> None:
        if self._kept:
            self.select(self._kept)
        self.fit_rows()
        self._fit.start()

    def _current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.findings.row_at(current.row())
        if row is not None:
            self.chosen.emit(row.line.id)

    def _double_clicked(self, index: QModelIndex | QPersistentModelIndex) -> None:
        row = self.findings.row_at(index.row())
        if row is not None:
            self.opened.emit(row.line.id)
