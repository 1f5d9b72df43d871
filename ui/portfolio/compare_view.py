"""How dealerships compare by quartile, hidden while they are too few, and how well each coach covers theirs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.ids import AreaId
from qma_app.i18n import _, level_text, ngettext, number_text, percent_text
from qma_app.services.portfolio import CoverLine
from ui import theme
from ui.models.standards_table import TableColumn, TableRow
from ui.pages.page import GAP, scrolling
from ui.pages.view_part import ViewPart
from ui.portfolio import deeds
from ui.portfolio.quartile_strip import QuartileStrip
from ui.portfolio.reading import Portfolio, read_benchmark, read_portfolio
from ui.shortcuts import Shortcut
from ui.standards_view.table import WordTable
from ui.widgets.buttons import MenuButton
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.benchmark import Benchmark, BenchmarkLine


_ONE_COLUMN_BELOW: Final = 1000


class _Sides(QWidget):
    """Two cards beside each other, or one above the other where both would be cramped."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self._row.addWidget(first, 58)
        self._row.addWidget(second, 42)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_one = self.width() < theme.px(_ONE_COLUMN_BELOW)
        way = QBoxLayout.Direction.TopToBottom if is_one else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)


class CompareView(ViewPart):
    """Enter in a row opens the Journey of that dealership."""

    key: ClassVar[str] = "compare"
    page_key: ClassVar[str] = "dealerships"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.portfolio: Portfolio | None = None
        self.benchmark: Benchmark | None = None
        self._area: AreaId | None = None
        self.area_button = MenuButton(_("All areas"))
        self.words = PlainLabel("", wrap=True)
        self.own = PlainLabel("", role="strong", wrap=True)
        self.strip = QuartileStrip()
        self.ranks = WordTable(
            _("Dealerships by level"),
            (
                TableColumn(title=_("Place"), width=58, is_quiet=True),
                TableColumn(title=_("Dealership"), share=4, is_strong=True),
                TableColumn(title=_("Level"), width=70),
                TableColumn(title=_("Better than"), width=96, is_quiet=True),
                TableColumn(title=_("Quarter"), share=2, is_chip=True),
            ),
            lines=2,
        )
        self.cover = WordTable(
            _("Cover by coaches"),
            (
                TableColumn(title=_("Coach"), share=3, is_strong=True),
                TableColumn(title=_("Houses"), width=70),
                TableColumn(title=_("Next 30 days"), width=108),
                TableColumn(title=_("Longest without a visit"), share=4),
            ),
            is_opening=False,
        )
        self._build()
        self.area_button.choices.aboutToShow.connect(self._offer_areas)
        self.ranks.opened.connect(self._opened)

    def _build(self) -> None:
        compare = Card(_("Benchmark"), self.area_button)
        compare.body.setSpacing(8)
        for widget in (self.own, self.words, self.strip):
            compare.body.addWidget(widget)
        compare.body.addWidget(self.ranks, 1)
        self.ranks.setMinimumHeight(theme.px(220))
        self.cover.setMinimumHeight(theme.px(150))
        cover = Card(_("Coaching cover"))
        cover.body.addWidget(self.cover, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(_Sides(compare, cover)))

    def refresh(self) -> None:
        self.portfolio = read_portfolio(self.workbench.workspace)
        self.cover.show_rows([_cover_row(place, one) for place, one in enumerate(self.portfolio.view.cover)])
        if self._area not in {area.id for area in self.portfolio.view.areas}:
            self._area = None
        self._compare()

    def choose_area(self, area_id: AreaId | None, _is_on: bool = True) -> None:
        """Compare in one area; None for the whole."""
        self._area = area_id
        self._compare()

    def take_focus(self) -> None:
        shown = self.ranks if self.ranks.isVisibleTo(self) else self.cover
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def new(self) -> None:
        self.workbench.wanted_new_dealership.emit()

    def title_words(self) -> str:
        return _("Compare dealerships")

    def detail_words(self) -> str:
        return _("Only dealerships of this workspace, as they stand today")

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (Shortcut(keys="Return", title=_("Open the Journey of the dealership chosen")),)

    def _compare(self) -> None:
        found = self.benchmark = read_benchmark(self.workbench.workspace, self._area)
        here = self.workbench.dealership_id
        own = next((one for one in found.lines if one.dealership.id == here), None)
        self.words.setText(found.words)
        self.own.setText(_own_words(own, found) if own is not None else "")
        self.own.setVisible(own is not None)
        self.strip.show_levels(
            [one.level for one in found.lines], found.quartiles, own.level if own else None, found.words
        )
        self.ranks.show_rows([_rank_row(place, one) for place, one in enumerate(found.lines, 1)])
        if own is not None:
            self.ranks.select(own.dealership.id)
        for widget in (self.strip, self.ranks):
            widget.setVisible(not found.is_hidden)
        self.words.setText(
            found.words
            if not found.is_hidden
            else f"{found.words} {_('With fewer, a quartile would tell who the others are.')}"
        )
        titles = (
            {area.id: f"{area.code} {area.title}" for area in self.portfolio.view.areas}
            if self.portfolio
            else {}
        )
        self.area_button.say(titles.get(self._area, _("All areas")) if self._area else _("All areas"))
        self.head_changed.emit()

    def _offer_areas(self) -> None:
        menu = self.area_button.choices
        menu.clear()
        areas = self.portfolio.view.areas if self.portfolio is not None else ()
        choices = ((None, _("All areas")), *((area.id, f"{area.code} {area.title}") for area in areas))
        for area_id, title in choices:
            action = menu.addAction(title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(area_id == self._area)
            action.triggered.connect(partial(self.choose_area, area_id))

    def _opened(self, key: object) -> None:
        self.going.emit(deeds.journey_of(str(key)))


def quarter_title(quarter: int) -> str:
    """The quarter of the field in words."""
    return {
        1: _("lowest quarter"),
        2: _("below the middle"),
        3: _("above the middle"),
        4: _("highest quarter"),
    }[quarter]


def _own_words(own: BenchmarkLine, found: Benchmark) -> str:
    place = 1 + sum(one.level > own.level for one in found.lines)
    return _("{name}: {level}, place {place} of {count}, {quarter}").format(
        name=own.dealership.name,
        level=level_text(own.level, 1),
        place=place,
        count=found.count,
        quarter=quarter_title(own.quarter),
    )


def _rank_row(place: int, line: BenchmarkLine) -> TableRow:
    tones = {1: "bad", 2: "warn", 3: "neutral", 4: "ok"}
    return TableRow(
        key=line.dealership.id,
        cells=(
            str(place),
            line.dealership.name,
            level_text(line.level, 1),
            percent_text(number_text(line.percentile)),
            quarter_title(line.quarter),
        ),
        tones={4: tones[line.quarter]},
        small={1: line.dealership.city} if line.dealership.city else {},
    )


def _cover_row(place: int, line: CoverLine) -> TableRow:
    days, count = line.days_since_longest, line.visits_next_30
    visits = ngettext("{count} visit", "{count} visits", count).format(count=count)
    waits = "–"
    if days is not None:
        words = ngettext("{count} day", "{count} days", days).format(count=days)
        waits = f"{words} · {line.longest}" if line.longest else words
    return TableRow(
        key=place,
        cells=(
            line.coach_name or _("Without a coach"),
            str(line.dealerships),
            visits,
            waits,
        ),
        tones={2: "warn"} if not line.visits_next_30 else {},
    )
