"""The buttons of the plan: those in the head, and those below the timeline for zoom and table."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qma_app.i18n import _
from ui.widgets.buttons import Button, IconButton, MenuButton
from ui.widgets.labels import PlainLabel
from ui.widgets.segments import Segments


class PlanButtons(QObject):
    """Changing the plan, the calendar, visits in Excel, and one visit more."""

    plan_wanted = Signal()
    acceptance_wanted = Signal()
    dates_wanted = Signal()
    calendar_wanted = Signal()
    template_wanted = Signal()
    list_wanted = Signal()
    own_list_wanted = Signal()
    visit_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.change = MenuButton(_("Change plan"))
        self.change.choices.addAction(_("Move dates of what is chosen…")).triggered.connect(self.dates_wanted)
        self.change.choices.addAction(_("Propose the plan anew…")).triggered.connect(self.plan_wanted)
        self.change.choices.addAction(_("Principal accepted the plan…")).triggered.connect(
            self.acceptance_wanted
        )
        self.calendar = Button(_("Export calendar"))
        self.calendar.clicked.connect(self.calendar_wanted)
        self.excel = MenuButton(_("Plan with Excel"))
        self.excel.choices.addAction(_("Save an empty list of visits…")).triggered.connect(
            self.template_wanted
        )
        self.excel.choices.addAction(_("Save the list of visits…")).triggered.connect(self.own_list_wanted)
        self.excel.choices.addAction(_("Take in a list of visits…")).triggered.connect(self.list_wanted)
        self.visit = Button(_("Plan a visit"), kind="primary")
        self.visit.clicked.connect(self.visit_wanted)

    @property
    def all(self) -> tuple[QWidget, ...]:
        """From left to right."""
        return self.change, self.calendar, self.excel, self.visit

    def show_state(self, *, has_plan: bool) -> None:
        """Before there is a plan the page itself offers one."""
        self.change.setVisible(has_plan)
        self.calendar.setVisible(has_plan)


class ZoomBar(QWidget):
    """Timeline or table, and how much of the time is seen."""

    face_wanted = Signal(str)
    zoom_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.faces = Segments(
            _("Plan shown as"),
            (
                ("timeline", _("Timeline"), _("Bars, visits and milestones in time (T)")),
                ("table", _("Table"), _("The same figures as a table (T)")),
            ),
        )
        self.faces.chosen.connect(self.face_wanted)
        self.further = IconButton("zoom-out", _("Look from further away"), keys="-")
        self.further.clicked.connect(self._further)
        self.words = PlainLabel("", role="small", tone="muted")
        self.nearer = IconButton("zoom-in", _("Look nearer"), keys="+")
        self.nearer.clicked.connect(self._nearer)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.further, self.words, self.nearer):
            row.addWidget(widget)
        row.addSpacing(8)
        row.addWidget(self.faces)

    def show_face(self, face: str) -> None:
        """Which of the two is shown; a table has no zoom."""
        self.faces.choose(face)
        for widget in (self.further, self.words, self.nearer):
            widget.setVisible(face == "timeline")

    def show_zoom(self, words: str, *, is_nearest: bool, is_furthest: bool) -> None:
        """How many months are seen."""
        self.words.setText(words)
        self.nearer.setEnabled(not is_nearest)
        self.further.setEnabled(not is_furthest)

    def _further(self) -> None:
        self.zoom_wanted.emit(1)

    def _nearer(self) -> None:
        self.zoom_wanted.emit(-1)
