"""How levels developed over the assessments of a programme: area by area, as a shape, and over time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from qma_app.errors import QmaError
from qma_app.i18n import _
from ui.files import nearest_folder
from ui.journey import trends_figures as figures
from ui.journey.frame import JourneyPart
from ui.journey.trends_cards import CurveCard, Draw, HeatCard, RadarCard
from ui.pages.page import GAP, scrolling
from ui.places import Place
from ui.shortcuts import Command, LetterKey, Shortcut
from ui.today.columns import Columns
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.trends import TrendsView as Levels


class TrendsView(JourneyPart):
    """A figure of the table opens the assessment it comes from; T shows the shape as a table of the same figures."""

    key: ClassVar[str] = "trends"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.view: Levels | None = None
        self.is_table = False
        self.heat, self.radar, self.curve = HeatCard(), RadarCard(), CurveCard()
        self.empty = EmptyState(
            "chart-line",
            _("Levels are shown here from the first assessment on."),
            _("Go to the checklists"),
            keys="Return",
        )
        columns = Columns()
        columns.left.addWidget(self.heat)
        columns.right.addWidget(self.radar)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, GAP)
        column.setSpacing(GAP)
        column.addWidget(columns, 3)
        column.addWidget(self.curve, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolling(full))
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.heat.opened.connect(self._opened)
        self.empty.wanted.connect(self._to_checklists)
        for card in (self.heat, self.radar, self.curve):
            card.saving.connect(self._save)
        LetterKey("T", self, self.toggle_table, is_on=self._has_letters)

    def refresh(self) -> None:
        from qma_app.services.trends import trends

        engagement = self.workbench.engagement
        if engagement is None:
            return
        view = self.workbench.read(trends, engagement.id, on=self.workbench.workspace.today())
        self.view = view
        self._stack.setCurrentIndex(0 if view.columns else 1)
        for card in (self.heat, self.radar, self.curve):
            card.show_view(view)
        self.head_changed.emit()

    def toggle_table(self) -> None:
        """T: the shape as a table of figures, and back."""
        self.is_table = not self.is_table
        self.radar.show_twin(is_table=self.is_table)

    def title_words(self) -> str:
        return _("How levels developed")

    def detail_words(self) -> str:
        return figures.summary_words(self.view) if self.view is not None and self.view.columns else ""

    def go(self, place: Place) -> None:
        if place.area_id is not None:
            self.curve.choose(place.area_id)

    def take_focus(self) -> None:
        if self._stack.currentWidget() is self.empty:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        table = self.heat.table
        if not table.currentIndex().isValid():
            table.setCurrentIndex(table.standing.index(0, 0))
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="Return", title=_("Open the assessment of the figure chosen")),
            Shortcut(keys="T", title=_("The same as a table")),
        )

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(
                title=_("Show the trends as a table"), run=self.toggle_table, keys="T", icon="chart-line"
            ),
        )

    def _opened(self, area_id: str, assessment_id: str) -> None:
        if self.view is None:
            return
        if not assessment_id:
            holding = [
                column.assessment.id for column in self.view.columns if area_id in column.assessment.scope
            ]
            assessment_id = holding[-1] if holding else ""
        self.going.emit(
            Place(
                page="checklists",
                dealership_id=self.workbench.dealership_id,
                assessment_id=assessment_id or None,
                area_id=area_id,
            )
        )

    def _to_checklists(self) -> None:
        self.going.emit(Place(page="checklists", dealership_id=self.workbench.dealership_id))

    def _save(self, draw: Draw, title: str, ending: str) -> None:
        kinds = {".png": _("Picture (*.png)"), ".pdf": _("PDF (*.pdf)")}
        start = nearest_folder(self.workbench.settings.reports_folder) / f"{title}{ending}"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save"), str(start), kinds[ending])
        if chosen:
            target = Path(chosen)
            self.save(draw, target if target.suffix else target.with_suffix(ending), title)

    def save(self, draw: Draw, target: Path, title: str) -> None:
        """Write a chart to a file and say where it lies."""
        from ui.journey.trends_saving import save_chart

        try:
            self.workbench.file_saved.emit(save_chart(draw, target, title))
        except QmaError as error:
            self.workbench.failed.emit(error)

    def _has_letters(self) -> bool:
        return self.workbench.settings.single_letters
