"""What is shown: saved filters as tabs, menus for area, grade, owner and cause, own filters by name, and a filter text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTabBar, QToolButton, QWidget

from qma_app.domain.finding import FindingGrade
from qma_app.domain.ids import AreaId
from qma_app.domain.wording import grade_title
from qma_app.i18n import _
from ui import theme
from ui.findings.saved_filters import FilterName, SavedFilters
from ui.models.findings_rows import NO_CAUSE, FindingCounts, RowFilter, Tab
from ui.settings import Settings
from ui.widgets.buttons import MenuButton
from ui.widgets.flow import FlowLayout

Choices = tuple[tuple[str, str], ...]


def tab_title(tab: Tab) -> str:
    """The name of a saved filter."""
    return {
        Tab.OPEN: _("Open"),
        Tab.OVERDUE: _("Overdue"),
        Tab.TO_VERIFY: _("To verify"),
        Tab.MINE: _("Mine"),
        Tab.CLOSED: _("Closed"),
        Tab.ALL: _("All"),
    }[tab]


def tab_meaning(tab: Tab) -> str:
    """What a saved filter lets through."""
    return {
        Tab.OPEN: _("Findings somebody has to settle"),
        Tab.OVERDUE: _("Open findings whose day has passed"),
        Tab.TO_VERIFY: _("Open findings with an action that is done and not yet shown to work"),
        Tab.MINE: _("Open findings I raised or own, or with an action of mine"),
        Tab.CLOSED: _("Findings that are settled"),
        Tab.ALL: _("All findings, good practices too"),
    }[tab]


class FilterRow(QWidget):
    """`changed` carries the whole filter; `left_down` is Down or Enter in the text: on to what is shown."""

    changed = Signal(object)  # RowFilter
    left_down = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = RowFilter(tab=Tab.OPEN)
        self._areas: tuple[tuple[AreaId, str], ...] = ()
        self._owners: tuple[str, ...] = ()
        self._causes: Choices = ()
        self.saved = SavedFilters(settings)
        self._build_tabs()
        self.area, self.grade, self.owner, self.cause = (MenuButton("") for _number in range(4))
        self.own = MenuButton(_("Saved"), kind="quiet")
        self.own.setAccessibleName(_("My filters"))
        self.own.choices.aboutToShow.connect(self._show_own)
        self.text = _FilterText()
        self.text.textChanged.connect(self._text_changed)
        self.text.left_down.connect(self.left_down)
        row = FlowLayout(self, spacing=4)
        narrowing = self._narrowing()
        for widget in (self.tabs, self.own, narrowing):
            row.addWidget(widget)
        row.stretch(narrowing)
        self._show_menus()

    def _narrowing(self) -> QWidget:
        """Menus and text stay together on one line."""
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in (self.area, self.grade, self.owner, self.cause):
            row.addWidget(button)
        row.addWidget(self.text, 1)
        return part

    def _build_tabs(self) -> None:
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
        for place, tab in enumerate(Tab):
            self.tabs.addTab(tab_title(tab))
            self.tabs.setTabToolTip(place, tab_meaning(tab))
        self.tabs.setCurrentIndex(list(Tab).index(Tab.OPEN))
        self.tabs.currentChanged.connect(self._tab_changed)

    @property
    def row_filter(self) -> RowFilter:
        return self._filter

    def show_for(self, *, findings: bool) -> None:
        """All of it where findings are listed; area, owner and text alone where actions are."""
        for widget in (self.tabs, self.grade, self.cause, self.own):
            widget.setVisible(findings)

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
            words = f"{tab_title(tab)} {counts.tabs[tab]}"
            if self.tabs.tabText(place) != words:
                self.tabs.setTabText(place, words)

    def show_choices(
        self, areas: Sequence[tuple[AreaId, str]], owners: Sequence[str], causes: Sequence[tuple[str, str]]
    ) -> None:
        """The areas, owners and causes to choose from; a choice that is gone is taken back."""
        choices = (tuple(areas), tuple(owners), (*causes, (NO_CAUSE, _("No cause named"))))
        if choices == (self._areas, self._owners, self._causes):
            return
        self._areas, self._owners, self._causes = choices
        one = self._filter
        if one.area_id not in (None, *(id for id, _title in self._areas)):
            one = replace(one, area_id=None)
        if one.owner not in (None, *self._owners):
            one = replace(one, owner=None)
        if one.cause not in (None, *(id for id, _title in self._causes)):
            one = replace(one, cause=None)
        self.show_filter(one)
        self._show_menus()

    def _show_menus(self) -> None:
        one = self._filter
        self._show_menu(self.area, "area_id", _("Area"), self._areas, one.area_id)
        grades = tuple((grade, grade_title(grade)) for grade in FindingGrade)
        self._show_menu(self.grade, "grade", _("Grade"), grades, one.grade)
        owners = tuple((name, name) for name in self._owners)
        self._show_menu(self.owner, "owner", _("Owner"), owners, one.owner)
        self._show_menu(self.cause, "cause", _("Cause"), self._causes, one.cause)

    def _show_menu(
        self,
        button: MenuButton,
        field: str,
        name: str,
        choices: Sequence[tuple[str, str]],
        chosen: str | None,
    ) -> None:
        shown = next((title for value, title in choices if value == chosen), name)
        known = (tuple(choices), chosen)
        if button.property("shown") == str(known):
            return
        button.setProperty("shown", str(known))
        button.choices.clear()
        group = QActionGroup(button.choices)
        for value, title in ((None, _("All")), *choices):
            action = button.choices.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(partial(self._chosen, field, value))
            group.addAction(action)
        metrics = button.fontMetrics()
        button.say(metrics.elidedText(shown, Qt.TextElideMode.ElideRight, theme.px(130)).replace("&", "&&"))
        button.setAccessibleName(f"{name}: {_('All') if chosen is None else shown}")

    def _show_own(self) -> None:
        """The filters with a name of their own, and what can be done with the one shown."""
        menu = self.own.choices
        menu.clear()
        filters = self.saved.all()
        for name, row_filter in filters.items():
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(row_filter == self._filter)
            action.triggered.connect(partial(self.show_filter, row_filter))
        if filters:
            menu.addSeparator()
        menu.addAction(_("Save this filter…")).triggered.connect(self.save_filter)
        for name, row_filter in filters.items():
            if row_filter == self._filter:
                words = _("Remove “{name}”").format(name=name).replace("&", "&&")
                menu.addAction(words).triggered.connect(partial(self.saved.remove, name))

    def save_filter(self) -> None:
        """Give the filter shown a name, under which it is found again."""
        name = FilterName.ask(self.window())
        if name:
            self.saved.save(name, self._filter)

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
