"""All dealerships as a table: stage, score and trend, next visit, what is late, and whose gate is at risk with the reason."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.i18n import _
from ui.pages.view_part import ViewPart
from ui.places import Place
from ui.portfolio import deeds
from ui.portfolio.narrowing import Narrowing
from ui.portfolio.reading import Portfolio, read_portfolio
from ui.portfolio.rows import Column, column_title, row_of
from ui.portfolio.table import PortfolioTable
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel, plain_tip
from ui.workbench import Workbench


class TableView(ViewPart):
    """Enter opens the Journey of a dealership, digits sort by the column of that place, H hands over."""

    key: ClassVar[str] = "table"
    page_key: ClassVar[str] = "dealerships"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.portfolio: Portfolio | None = None
        self.narrowing = Narrowing(workbench.settings)
        self.table = PortfolioTable()
        self.nothing = EmptyState("list-filter", _("No dealership matches."), _("Show all"), keys="Esc")
        self.calendar_button = Button(_("Export calendar"), icon_name="calendar-days")
        self.hand_over_button = Button(_("Hand over…"), keys="H")
        self.hand_over_button.setAccessibleName(_("Hand over to another coach"))
        self.hand_over_button.setToolTip(_("Hand over to another coach"))
        self.next_button = Button(_("Next programme…"), keys="N")
        self.next_button.setToolTip(_("Begin a further programme after the one that ended"))
        self.next_button.hide()
        self.why = PlainLabel("", role="small", tone="muted", wrap=True)
        self.new_button = Button(_("New dealership…"), kind="primary", keys="Ctrl+N")
        card = Card()
        card.body.setSpacing(8)
        card.body.addWidget(self.narrowing)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.nothing, 1)
        card.body.addWidget(self.why)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)
        self._connect()

    def _connect(self) -> None:
        self.narrowing.narrowed.connect(self._show)
        self.narrowing.reading_wanted.connect(self.refresh)
        self.narrowing.words.left_down.connect(self.take_focus)
        self.table.opened.connect(self._opened)
        self.table.chosen.connect(self._chosen)
        self.table.sorted_anew.connect(self.head_changed)
        self.nothing.wanted.connect(self.show_all)
        self.calendar_button.clicked.connect(self.export_calendar)
        self.hand_over_button.clicked.connect(self.hand_over)
        self.next_button.clicked.connect(self.begin_next)
        self.new_button.clicked.connect(self.new)
        LetterKey("N", self, self.begin_next, is_on=self.has_letters)
        LetterKey("H", self, self.hand_over, is_on=self.has_letters)
        for column in Column:
            LetterKey(column.key, self, partial(self.table.sort_by, column), is_on=self.has_letters)

    def refresh(self) -> None:
        self.portfolio = read_portfolio(self.workbench.workspace, with_archived=self.narrowing.with_archived)
        self.narrowing.show_portfolio(self.portfolio)
        self.table.prefer(self.workbench.dealership_id or "")
        self._show()

    def go(self, place: Place) -> None:
        if place.dealership_id is not None:
            self.table.select(place.dealership_id)

    def take_focus(self) -> None:
        shown = self.table if self.table.isVisibleTo(self) else self.nothing.button
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

    def hand_over(self) -> None:
        """H: give the dealership chosen to another coach, with its written history."""
        row = self.table.current_row
        if row is not None:
            deeds.hand_over(self.workbench, self, row.line)
            self.take_focus()

    def begin_next(self) -> None:
        """N: a further programme of the dealership chosen, whose last one has ended."""
        row = self.table.current_row
        if row is None:
            return
        if row.line.has_ended:
            self.workbench.wanted_next_programme.emit(row.id)
        else:
            self.workbench.told.emit(_("The programme of {name} is running.").format(name=row.cells[0]))

    def export_calendar(self) -> None:
        """Save the dates of all dealerships as one calendar file."""
        deeds.export_calendar(self.workbench, self)

    def title_words(self) -> str:
        return _("All dealerships")

    def detail_words(self) -> str:
        rows = self.table.portfolio.rows
        return deeds.summary_words(tuple(row.line for row in rows)) if rows else ""

    def buttons(self) -> tuple[QWidget, ...]:
        return (self.calendar_button, self.hand_over_button, self.next_button, self.new_button)

    def status(self) -> str:
        return self.table.sort_words()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="Return", title=_("Open the Journey of the dealership chosen")),
            Shortcut(
                keys="1 … 9, 0", title=_("Sort by the first … ninth, tenth column; again turns it round")
            ),
            Shortcut(keys="H", title=_("Hand over to another coach")),
            Shortcut(keys="N", title=_("Begin the next programme of a dealership whose last one ended")),
            Shortcut(keys="Ctrl+F", title=_("Filter dealerships")),
        )

    def commands(self) -> tuple[Command, ...]:
        sorting = (
            Command(
                title=_("Sort dealerships by {column}").format(column=column_title(column).casefold()),
                run=partial(self.table.sort_by, column),
                keys=column.key,
                icon="building-2",
            )
            for column in Column
        )
        row = self.table.current_row
        back = (
            Command(
                title=_("Take {name} back from the archive").format(name=row.cells[0]),
                run=partial(self._take_back, row.id),
                icon="archive-restore",
            )
            for row in ((row,) if row is not None else ())
            if row.line.dealership.archived_at is not None
        )
        following = (
            Command(
                title=_("Begin the next programme of {name}").format(name=row.cells[0]),
                run=self.begin_next,
                keys="N",
                icon="route",
            )
            for row in ((row,) if row is not None else ())
            if row.line.has_ended
        )
        return (
            Command(title=_("Hand over to another coach"), run=self.hand_over, keys="H", icon="users"),
            Command(
                title=_("Export the calendar of all dealerships"),
                run=self.export_calendar,
                icon="calendar-days",
            ),
            *following,
            *back,
            *sorting,
        )

    def _show(self) -> None:
        portfolio = self.portfolio
        if portfolio is None:
            return
        self.table.portfolio.show_rows(
            [row_of(line, portfolio) for line in portfolio.of_coach(self.narrowing.coach)]
        )
        self.table.portfolio.show_only(self.narrowing.words.wanted)
        is_there = bool(self.table.portfolio.rows)
        self.table.setVisible(is_there)
        self.nothing.setVisible(not is_there)
        self._chosen(self.table.current_id)
        self.head_changed.emit()

    def _chosen(self, _dealership_id: str) -> None:
        row = self.table.current_row
        has_ended = row is not None and row.line.has_ended
        self.hand_over_button.setEnabled(row is not None and not has_ended)
        self.hand_over_button.setVisible(not has_ended)
        self.next_button.setVisible(has_ended)
        line = row.line if row is not None else None
        is_at_risk = line is not None and line.gate_at_risk
        words = _("{name}, next gate at risk: {why}")
        if line is not None and is_at_risk:
            whole = words.format(name=line.dealership.name, why=line.why_at_risk)
            self.why.setText(words.format(name=line.dealership.name, why=line.why_in_short))
            self.why.setToolTip(plain_tip(whole))
            self.why.setAccessibleName(whole)
        else:
            self.why.setText("")
        self.why.setVisible(is_at_risk)

    def _opened(self, dealership_id: str) -> None:
        self.going.emit(deeds.journey_of(dealership_id))

    def _take_back(self, dealership_id: str) -> None:
        from qma_app.services.dealerships import archive_dealership

        self.workbench.do(archive_dealership, dealership_id, is_archived=False)
