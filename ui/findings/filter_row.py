"""What is shown in the table: saved filters as tabs, menus for area, grade and owner, and a filter text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QTabBar, QToolButton, QWidget

from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.domain.wording import grade_title
from qma_app.i18n import _
from ui import theme
from ui.models.findings_rows import FindingCounts, RowFilter, Tab
from ui.widgets.buttons import MenuButton
from ui.widgets.flow import FlowLayout


def tab_title(tab: Tab) -> str:
    """The name of a saved filter."""
    return {Tab.ALL: _("All"), Tab.OPEN: _("Open"), Tab.OVERDUE: _("Overdue"), Tab.CLOSED: _("Closed")}[tab]


class FilterRow(QWidget):
    """`changed` carries the whole filter; `left_down` is Down or Enter in the text: on to the table."""

    changed = Signal(object)  # RowFilter
    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = RowFilter(tab=Tab.OPEN)
        self._areas: tuple[tuple[AreaId, str], ...] = ()
        self._owners: tuple[str, ...] = ()
        self.tabs = QTabBar()
        self.tabs.setAccessibleName(_("Saved filters"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        for button, name in zip(
            self.tabs.findChildren(QToolButton), (_("Tabs before"), _("Tabs behind")), strict=False
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
        for tab in Tab:
            self.tabs.addTab(tab_title(tab))
        self.tabs.setCurrentIndex(list(Tab).index(Tab.OPEN))
        self.tabs.currentChanged.connect(self._tab_changed)
        self.area, self.grade, self.owner = (MenuButton("") for _number in range(3))
        self.text = _FilterText()
        self.text.textChanged.connect(self._text_changed)
        self.text.left_down.connect(self.left_down)
        row = FlowLayout(self, spacing=4)
        for widget in (self.tabs, self.area, self.grade, self.owner, self.text):
            row.addWidget(widget)
        row.stretch(self.text)
        self._show_menus()

    @property
    def row_filter(self) -> RowFilter:
        return self._filter

    def show_filter(self, row_filter: RowFilter) -> None:
        """Show another filter and say so."""
        if row_filter == self._filter:
            return
        self._filter = row_filter
        for widget in (self.tabs, self.text):
            widget.blockSignals(True)
        self.tabs.setCurrentIndex(list(Tab).index(row_filter.tab))
        self.text.setText(row_filter.text)
        for widget in (self.tabs, self.text):
            widget.blockSignals(False)
        self._show_menus()
        self.changed.emit(row_filter)

    def show_counts(self, counts: FindingCounts) -> None:
        """The counts behind the tabs."""
        for place, tab in enumerate(Tab):
            self.tabs.setTabText(place, f"{tab_title(tab)} {counts.tabs[tab]}")

    def show_choices(self, areas: Sequence[tuple[AreaId, str]], owners: Sequence[str]) -> None:
        """The areas and owners to choose from; a choice that is gone is taken back."""
        if (tuple(areas), tuple(owners)) == (self._areas, self._owners):
            return
        self._areas, self._owners = tuple(areas), tuple(owners)
        if self._filter.area_id not in (None, *(area_id for area_id, _title in areas)):
            self.show_filter(replace(self._filter, area_id=None))
        if self._filter.owner not in (None, *owners):
            self.show_filter(replace(self._filter, owner=None))
        self._show_menus()

    def _show_menus(self) -> None:
        one = self._filter
        self._show_menu(self.area, "area_id", _("Area"), self._areas, one.area_id)
        self._show_menu(
            self.grade,
            "grade",
            _("Grade"),
            tuple((grade, grade_title(grade)) for grade in FindingGrade),
            one.grade,
        )
        self._show_menu(
            self.owner, "owner", _("Owner"), tuple((name, name) for name in self._owners), one.owner
        )

    def _show_menu(
        self,
        button: MenuButton,
        field: str,
        name: str,
        choices: Sequence[tuple[str, str]],
        chosen: str | None,
    ) -> None:
        button.choices.clear()
        group = QActionGroup(button.choices)
        shown = name
        for value, title in ((None, _("All")), *choices):
            action = button.choices.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(partial(self._chosen, field, value))
            group.addAction(action)
            shown = title if value is not None and value == chosen else shown
        metrics = button.fontMetrics()
        button.say(metrics.elidedText(shown, Qt.TextElideMode.ElideRight, theme.px(130)).replace("&", "&&"))
        button.setAccessibleName(f"{name}: {_('All') if chosen is None else shown}")

    def _chosen(self, field: str, value: str | None) -> None:
        self.show_filter(replace(self._filter, **{field: value}))  # type: ignore[arg-type]  # the field's own value

    def _tab_changed(self, place: int) -> None:
        self._filter = replace(self._filter, tab=list(Tab)[place])
        self.changed.emit(self._filter)

    def _text_changed(self, text: str) -> None:
        self._filter = replace(self._filter, text=text)
        self.changed.emit(self._filter)


class _FilterText(QLineEdit):
    """Esc empties it, Down and Enter go on to the table."""

    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Filter findings"))
        self.setPlaceholderText(_("Filter (Ctrl+F)"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(theme.px(120))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        else:
            super().keyPressEvent(event)
