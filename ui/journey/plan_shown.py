"""What the plan shows: the timeline or the same as a table, what is late, the way of the score, and the gate ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.record import Changes
from qma_app.i18n import _, ngettext
from ui import theme
from ui.journey.course_card import CourseCard
from ui.journey.frame import JourneyPart
from ui.journey.gate_card import GateCard
from ui.journey.late_strip import LateStrip
from ui.journey.plan_buttons import PlanButtons, ZoomBar
from ui.journey.plan_table import PlanTable
from ui.journey.side_by_side import SideBySide
from ui.journey.timeline import Timeline
from ui.journey.timeline_pieces import Kind, Piece, rows_of
from ui.pages.page import GAP, scrolling
from ui.places import Place
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.journey import JourneyView

TIMELINE, TABLE = "timeline", "table"


class PlanShown(JourneyPart):
    """Reads once, shows everything; what is chosen stays chosen when something changed."""

    key: ClassVar[str] = "plan"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self.view: JourneyView | None = None
        self.head_buttons = PlanButtons()
        self.timeline = Timeline()
        self.table = PlanTable()
        self.late = LateStrip()
        self.zoom = ZoomBar()
        self.course = CourseCard()
        self.gate = GateCard()
        self.empty = EmptyState("route", _("No plan yet."), _("Propose a plan"), keys="Return")
        self._build()
        self.timeline.chosen.connect(self._bring_into_sight)

    def _build(self) -> None:
        self._faces = QStackedWidget()
        self._faces.addWidget(self.timeline)
        self._faces.addWidget(self.table)
        card = Card()
        card.body.addWidget(self._faces)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.late, 1, Qt.AlignmentFlag.AlignVCenter)
        foot.addWidget(self.zoom, 0, Qt.AlignmentFlag.AlignTop)
        card.body.addSpacing(4)
        card.body.addLayout(foot)
        self._below = SideBySide(self.course, self.gate)
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, GAP)
        column.setSpacing(GAP)
        column.addWidget(card)
        column.addWidget(self._below, 1)
        self._scroll = scrolling(full)
        self._whole = QStackedWidget()
        self._whole.addWidget(self._scroll)
        self._whole.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)

    def refresh(self) -> None:
        from qma_app.services.journey import journey

        engagement = self.workbench.engagement
        if engagement is None:
            return
        today = self.workbench.workspace.today()
        self.view = view = self.workbench.read(journey, engagement.id, on=today)
        self._whole.setCurrentIndex(0 if view.has_plan else 1)
        self.head_buttons.show_state(has_plan=view.has_plan)
        rows = rows_of(view)
        self.timeline.show_rows(
            rows,
            first=view.first,
            last=view.last,
            today=today,
            months=view.months,
            closed=[(one.first_on, one.last_on) for one in view.obstacles],
        )
        self.table.show_plan(rows)
        self.late.show_lines(view.late)
        self.course.show_course(view.course, view.first, view.last)
        self.gate.show_gate(view.gate, kept_words(view))
        self._show_zoom()
        self.head_changed.emit()

    def apply_changes(self, changes: Changes) -> None:
        self.refresh()

    def title_words(self) -> str:
        return self.view.title if self.view is not None else ""

    def detail_words(self) -> str:
        return self.view.subtitle if self.view is not None else ""

    def buttons(self) -> tuple[QWidget, ...]:
        return self.head_buttons.all

    @property
    def face(self) -> str:
        """Whether the timeline or its table is shown."""
        return TABLE if self._faces.currentWidget() is self.table else TIMELINE

    @property
    def _shown_face(self) -> QWidget:
        return self.table if self.face == TABLE else self.timeline

    def show_face(self, face: str) -> None:
        """Show the timeline or the table, what is chosen staying chosen."""
        piece, is_table = self.chosen_piece, face == TABLE
        self._faces.setCurrentWidget(self.table if is_table else self.timeline)
        self.table.setMinimumHeight(self.timeline.sizeHint().height() if is_table else 0)
        self.course.show_twin(is_table=is_table)
        self.zoom.show_face(face)
        if piece is not None:
            self._choose(piece.kind, piece.key)
        self._show_zoom()

    def toggle_table(self) -> None:
        """T: the same as a table, and back."""
        self.show_face(TIMELINE if self.face == TABLE else TABLE)
        self._shown_face.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen_piece(self) -> Piece | None:
        """The bar, dot or diamond that is chosen in what is shown."""
        return self.table.current_piece if self.face == TABLE else self.timeline.current

    def place(self) -> Place:
        piece = self.chosen_piece
        return Place(
            page="journey",
            dealership_id=self.workbench.dealership_id,
            view=self.key,
            area_id=piece.key if piece is not None and piece.kind is Kind.AREA else None,
        )

    def take_focus(self) -> None:
        is_empty = self._whole.currentWidget() is self.empty
        shown: QWidget = self.empty.button if is_empty else self._shown_face
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        if self.view is None or not self.view.has_plan:
            return ""
        late = len(self.view.late)
        return (
            ngettext("{count} thing late", "{count} things late", late).format(count=late)
            if late
            else _("on plan")
        )

    def _choose(self, kind: Kind, key: str) -> None:
        self.timeline.choose(kind, key)
        self.table.select((kind, key))

    def _bring_into_sight(self, piece: Piece) -> None:
        """What is chosen by keys may lie below the edge of the window."""
        full = self._scroll.widget()
        if self._faces.currentWidget() is self.timeline and full is not None:
            area = self.timeline.area_of(piece)
            at = self.timeline.mapTo(full, area.center().toPoint())
            # Sideways the timeline scrolls by itself.
            self._scroll.ensureVisible(0, at.y(), 0, theme.px(48))

    def _show_zoom(self, _months: int = 0) -> None:
        line = self.timeline
        place = line.zooms.index(line.months)
        words = ngettext("{count} month", "{count} months", line.months).format(count=line.months)
        self.zoom.show_zoom(words, is_nearest=place == 0, is_furthest=place == len(line.zooms) - 1)

    def _has_letters(self) -> bool:
        return self.workbench.settings.single_letters


def kept_words(view: JourneyView) -> str:
    """Which gates were passed although not everything held."""
    titles = [bar.title for bar in view.phases if bar.passed_with_reason]
    if not titles:
        return ""
    return _("Passed with open conditions: {phases}").format(phases=", ".join(titles))
