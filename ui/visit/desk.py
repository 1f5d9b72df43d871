"""The desk of one visit: its cards in two columns, or in one where there is little room."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.visit import VisitState
from ui.pages.page import GAP, scrolling
from ui.today.columns import Columns
from ui.visit.agenda_card import AgendaCard
from ui.visit.agreed_card import AgreedCard
from ui.visit.notes_card import NotesCard
from ui.visit.people_card import PeopleCard
from ui.visit.photos_card import PhotosCard
from ui.visit.promises_card import PromisesCard
from ui.visit.reading import Desk
from ui.visit.sign_card import SignCard
from ui.visit.words_card import PreparationCard, SummaryCard
from ui.workbench import Workbench


class VisitDesk(QWidget):
    """Each card shows its part of the visit and stores what is done in it."""

    going = Signal(object)  # Place

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.agenda = AgendaCard(workbench)
        self.notes = NotesCard(workbench)
        self.agreed = AgreedCard(workbench)
        self.summary = SummaryCard(workbench)
        self.signing = SignCard(workbench)
        self.promises = PromisesCard(workbench)
        self.preparation = PreparationCard(workbench)
        self.people = PeopleCard(workbench)
        self.photos = PhotosCard(workbench)
        self._columns = Columns()
        left: tuple[QWidget, ...] = (self.agenda, self.notes, self.agreed, self.summary)
        right: tuple[QWidget, ...] = (
            self.signing,
            self.promises,
            self.preparation,
            self.people,
            self.photos,
        )
        for column, cards in ((self._columns.left, left), (self._columns.right, right)):
            for card in cards:
                column.addWidget(card)
        self._columns.left.addStretch(1)
        self._columns.right.addStretch(1)
        inside = QWidget()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 6, GAP)
        around.addWidget(self._columns)
        self.area = scrolling(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        for sender in (self.notes, self.agreed, self.promises):
            sender.going.connect(self.going)
        self._shown_id = ""

    def show_desk(self, desk: Desk) -> None:
        """Show a visit; another one is shown from its top."""
        if desk.visit.id != self._shown_id:
            self._shown_id = desk.visit.id
            self.area.verticalScrollBar().setValue(0)
        for card in (
            self.agenda,
            self.notes,
            self.agreed,
            self.summary,
            self.signing,
            self.promises,
            self.preparation,
            self.people,
            self.photos,
        ):
            card.show_desk(desk)
        self._columns.right.removeWidget(self.preparation)
        # Before a visit it is what counts, once it runs what is seen does.
        place = 5 if desk.visit.clock else 2
        self._columns.right.insertWidget(min(place, self._columns.right.count() - 1), self.preparation)
        is_off = desk.visit.state is VisitState.CANCELLED
        for card in (self.notes, self.photos, self.people):
            card.setVisible(not is_off)

    def take_focus(self) -> None:
        """The keyboard goes to the first point that waits, else to the first thing that can be done."""
        waiting = next((row.line.key for row in self.agenda.points.rows if not row.line.is_done), "")
        if not self.agenda.points.focus(waiting):
            (
                self.agenda.prepare_button if self.agenda.prepare_button.isVisible() else self.notes.new
            ).setFocus()

    def sign(self) -> None:
        """Bring the field for a signature into sight, the keyboard with it."""
        if self.signing.form.isVisibleTo(self):
            self.area.ensureWidgetVisible(self.signing.sign_button)
            self.signing.form.name.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Store what is typed."""
        self.summary.flush()
        self.preparation.flush()
