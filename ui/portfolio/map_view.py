"""The map of scores: which area is weak in which dealership, and which is weak everywhere."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.i18n import _
from ui.pages.view_part import ViewPart
from ui.places import Place
from ui.portfolio import deeds
from ui.portfolio.map_table import MapTable
from ui.portfolio.narrowing import Narrowing
from ui.portfolio.reading import Portfolio, read_portfolio
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class MapView(ViewPart):
    """Enter opens what a figure was made of; S sorts by the column of the figure chosen."""

    key: ClassVar[str] = "map"
    page_key: ClassVar[str] = "dealerships"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.portfolio: Portfolio | None = None
        self.narrowing = Narrowing(workbench.settings)
        self.table = MapTable()
        self.nothing = EmptyState("list-filter", _("No dealership matches."), _("Show all"), keys="Esc")
        self.legend = PlainLabel("", role="small", tone="muted", wrap=True)
        card = Card()
        card.body.setSpacing(8)
        card.body.addWidget(self.narrowing)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.nothing, 1)
        card.body.addWidget(self.legend)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self.narrowing.narrowed.connect(self._show)
        self.narrowing.reading_wanted.connect(self.refresh)
        self.narrowing.words.left_down.connect(self.take_focus)
        self.table.opened.connect(self._opened)
        self.table.sorted_anew.connect(self.head_changed)
        self.nothing.wanted.connect(self.show_all)
        LetterKey("S", self, self.sort, is_on=self.has_letters)

    def refresh(self) -> None:
        self.portfolio = read_portfolio(self.workbench.workspace, with_archived=self.narrowing.with_archived)
        self.narrowing.show_portfolio(self.portfolio)
        self._show()

    def go(self, place: Place) -> None:
        if place.dealership_id is not None and not self.table.currentIndex().isValid():
            self.table.select(place.dealership_id)

    def take_focus(self) -> None:
        shown = self.table if self.table.isVisibleTo(self) else self.nothing.button
        if shown is self.table and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.map.index(0, 0))
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        self.narrowing.words.take_focus()

    def new(self) -> None:
        self.workbench.wanted_new_dealership.emit()

    def show_all(self) -> None:
        """Take the filters back."""
        self.narrowing.words.clear()
        self.narrowing.choose("")
        self.take_focus()

    def sort(self) -> None:
        """S: the weakest in the column of the figure chosen on top, again the strongest."""
        self.table.sort_by(max(0, self.table.currentIndex().column()))

    def title_words(self) -> str:
        return _("Scores by area")

    def detail_words(self) -> str:
        lines = self.table.map.lines
        return deeds.summary_words(lines) if lines else ""

    def status(self) -> str:
        column = self.table.map.sorted_by
        if column < 0:
            return _("sorted by name")
        head = self.table.map.headerData(column, Qt.Orientation.Horizontal)
        return _("sorted by {column}").format(column=head)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="Return", title=_("Open what the figure was made of")),
            Shortcut(keys="S", title=_("Sort by the column chosen; again turns it round")),
            Shortcut(keys="Ctrl+F", title=_("Filter dealerships")),
        )

    def commands(self) -> tuple[Command, ...]:
        return (Command(title=_("Sort by the area chosen"), run=self.sort, keys="S", icon="building-2"),)

    def _show(self) -> None:
        portfolio = self.portfolio
        if portfolio is None:
            return
        lines = [
            line
            for line in portfolio.of_coach(self.narrowing.coach)
            if self.narrowing.words.matches(line.dealership.name, line.dealership.city, line.dealership.code)
        ]
        self.table.map.show_lines(portfolio, lines)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        self.legend.setText(_("Empty: does not apply there. A dash: too little is rated."))
        self.legend.setVisible(bool(lines))
        self.head_changed.emit()

    def _opened(self, dealership_id: str, area_id: str) -> None:
        if area_id:
            self.going.emit(Place(page="checklists", dealership_id=dealership_id, area_id=area_id))
        else:
            self.going.emit(deeds.journey_of(dealership_id))
