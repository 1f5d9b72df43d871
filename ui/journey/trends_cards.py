"""The cards of the trends: a heat map that is a table, the shape of the house, and a level over time; each with its way into a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QStackedWidget, QToolButton, QWidget

from qma_app.design import Palette
from qma_app.i18n import _, level_text
from ui.journey import trends_figures as figures
from ui.standards_view.table import WordTable
from ui.widgets.buttons import IconButton
from ui.widgets.cards import Card
from ui.widgets.drawing_painter import DrawingView
from ui.widgets.standing_table import StandingTable
from ui.widgets.word_choice import WordChoice

if TYPE_CHECKING:
    from qma_app.services.trends import TrendsView

Draw = Callable[[float, float, Palette], Any]


class TrendCard(Card):
    """`saving` carries a drawing, its title and the ending of the file."""

    saving = Signal(object, str, str)

    def __init__(self, title: str, chooser: QWidget | None = None, parent: QWidget | None = None) -> None:
        self.save_button = IconButton("download", _("Save {chart} as a file").format(chart=title))
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        if chooser is not None:
            row.addWidget(chooser)
        row.addWidget(self.save_button)
        super().__init__(title, tools, parent)
        self.view: TrendsView | None = None
        self._name = title
        self._offer()

    def _offer(self) -> None:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self.save_button)
        for ending, words in ((".png", _("Save as a picture (PNG)…")), (".pdf", _("Save as a page (PDF)…"))):
            menu.addAction(words).triggered.connect(partial(self._save, ending))
        self.save_button.setMenu(menu)
        self.save_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)

    def _save(self, ending: str, *_checked: object) -> None:
        if self.view is not None:
            self.saving.emit(self.drawing, self._name, ending)

    def drawing(self, width: float, height: float, palette: Palette) -> Any:
        """What is saved, and shown where the card shows a drawing."""
        raise NotImplementedError


class HeatCard(TrendCard):
    """`opened` carries the area, and the assessment whose figure was chosen ("" = the newest)."""

    opened = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Areas over the assessments"), parent=parent)
        self.table = StandingTable()
        self.table.setAccessibleName(_("Areas over the assessments"))
        self.table.opened.connect(self.opened)
        self.body.addWidget(self.table)

    def show_view(self, view: TrendsView) -> None:
        """Show these figures."""
        self.view = view
        rules = view.edition.rules
        self.table.show_rows(
            figures.heat_columns(view),
            figures.heat_rows(view),
            floor=rules.area_floor,
            pass_mark=rules.pass_mark,
        )
        self.body.invalidate()
        self.updateGeometry()

    def drawing(self, width: float, height: float, palette: Palette) -> Any:
        return figures.heat_drawing(self.view, width, palette) if self.view is not None else None


class RadarCard(TrendCard):
    """Now in colour, an earlier assessment in grey, the floor of each area dashed; T shows the figures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.before = WordChoice()
        self.before.setAccessibleName(_("Compared with"))
        self.before.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        super().__init__(_("Shape of the house"), self.before, parent)
        self.chart = DrawingView(_("Shape of the house"), height=210)
        self.before.currentIndexChanged.connect(self._draw)
        self.table = WordTable(_("Levels of the areas"), (), is_opening=False)
        self.table.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.chart)
        self._stack.addWidget(self.table)
        self.body.addWidget(self._stack, 1)

    def show_view(self, view: TrendsView) -> None:
        """Show the standing against the first assessment, or the one chosen before."""
        chosen = self.before.currentData()
        self.view = view
        self.before.blockSignals(True)
        self.before.clear()
        self.before.addItem(_("now alone"), -1)
        for place, column in enumerate(view.columns):
            self.before.addItem(_("with {assessment}").format(assessment=column.label), place)
        wanted = chosen if isinstance(chosen, int) and chosen < len(view.columns) else 0
        self.before.setCurrentIndex(max(0, self.before.findData(wanted)))
        self.before.blockSignals(False)
        self.table.words.show_columns(figures.table_columns(view))
        self.table.show_rows(figures.table_rows(view))
        self._draw()

    def show_twin(self, *, is_table: bool) -> None:
        """The figures as a table, or the shape again."""
        self._stack.setCurrentIndex(1 if is_table else 0)
        self.before.setVisible(not is_table)

    def drawing(self, width: float, height: float, palette: Palette) -> Any:
        place = self.before.currentData()
        if self.view is None:
            return None
        return figures.radar_drawing(
            self.view, place if isinstance(place, int) else -1, width, height, palette
        )

    def _draw(self) -> None:
        if self.view is not None:
            self.chart.show_chart(self.drawing, figures.radar_words(self.view))


class CurveCard(TrendCard):
    """One level over the assessments: overall, or of an area."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.area = WordChoice()
        self.area.setAccessibleName(_("Level of"))
        super().__init__(_("Over time"), self.area, parent)
        self.chart = DrawingView(_("Over time"), height=120)
        self.area.currentIndexChanged.connect(self._draw)
        self.body.addWidget(self.chart)

    def show_view(self, view: TrendsView) -> None:
        """Show the overall level, or that of the area chosen before."""
        chosen = self.area.currentData()
        self.view = view
        self.area.blockSignals(True)
        self.area.clear()
        self.area.addItem(_("Overall"), "")
        for line in view.lines:
            self.area.addItem(str(line.area.title), line.area.id)
        self.area.setCurrentIndex(max(0, self.area.findData(chosen)))
        self.area.blockSignals(False)
        self._draw()

    def choose(self, area_id: str) -> None:
        """Show the level of an area."""
        place = self.area.findData(area_id)
        if place >= 0:
            self.area.setCurrentIndex(place)

    def drawing(self, width: float, height: float, palette: Palette) -> Any:
        if self.view is None:
            return None
        return figures.trend_drawing(self.view, str(self.area.currentData() or ""), width, height, palette)

    def _draw(self) -> None:
        if self.view is None:
            return
        levels = figures.levels_of(self.view, str(self.area.currentData() or ""))
        self.chart.show_chart(
            self.drawing,
            "; ".join(f"{label}: {level_text(level, 1)}" for label, _day, level, _part in levels),
        )
