"""Who leads the house, who is its quality officer, and which share of the working time that one is given."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from qma_app.domain.ids import PersonId
from qma_app.i18n import _
from ui import theme
from ui.agreement.reading import Agreed
from ui.dialogs.dialog import field
from ui.findings.figure_field import FigureField
from ui.places import Place
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.widgets.word_choice import WordChoice
from ui.workbench import Workbench


class LeadersCard(Card):
    """Stored as soon as somebody is chosen."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.people_button = Button(_("People…"), kind="link")
        self.people_button.setProperty("small", True)
        super().__init__(_("Leaders"), self.people_button, parent)
        self._bench = workbench
        self._agreed: Agreed | None = None
        self.principal, self.officer = WordChoice(), WordChoice()
        self.percent = FigureField(
            _("Share of working time in percent"),
            placeholder=_("not known"),
            least=Decimal(1),
            most=Decimal(100),
            is_whole=True,
        )
        for box in (self.principal, self.officer):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(8)
            box.activated.connect(self._chosen)
        self.percent.settled.connect(self._percent_typed)
        self.percent.left.connect(workbench.close_step)
        self.people_button.clicked.connect(self._to_people)
        self.hint = PlainLabel("", role="small", tone="muted", wrap=True)
        self.body.setSpacing(8)
        self.body.addWidget(field(_("Principal"), self.principal))
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(field(_("Quality officer"), self.officer), 1)
        percent = field(_("Percent"), self.percent)
        percent.setFixedWidth(theme.px(96))
        below.addWidget(percent)
        self.body.addLayout(below)
        self.percent.setAccessibleName(_("Share of working time in percent"))
        self.body.addWidget(self.hint)

    def show_agreed(self, agreed: Agreed) -> None:
        """Show who is named."""
        self._agreed = agreed
        engagement = agreed.engagement
        for box, id in ((self.principal, engagement.principal_id), (self.officer, engagement.officer_id)):
            blocker = QSignalBlocker(box)
            box.clear()
            box.addItem(_("Nobody yet"), None)
            for person in agreed.people:
                words = f"{person.name}, {person.function}" if person.function else person.name
                box.addItem(words, person.id)
            box.setCurrentIndex(max(0, box.findData(id)))
            blocker.unblock()
            box.setEnabled(bool(agreed.people))
        if not self.percent.is_pending:
            self.percent.set_figure(engagement.officer_percent)
        self.percent.setEnabled(engagement.officer_id is not None)
        self.hint.setText("" if agreed.people else _("Enter the people of the house first."))
        self.hint.setVisible(not agreed.people)

    def flush(self) -> None:
        """Store what is typed."""
        self.percent.flush()

    def _chosen(self, _place: int) -> None:
        percent = self._agreed.engagement.officer_percent if self._agreed is not None else None
        self._store(percent if self.officer.currentData() is not None else None)

    def _percent_typed(self, percent: object) -> None:
        self._store(percent if isinstance(percent, int) else None)

    def _store(self, percent: int | None) -> None:
        from qma_app.services.engagements import name_leaders

        if self._agreed is None:
            return
        done = self._bench.do(
            name_leaders,
            self._agreed.engagement.id,
            principal_id=_id_of(self.principal),
            officer_id=_id_of(self.officer),
            officer_percent=percent,
        )
        if done is None:
            self.show_agreed(self._agreed)

    def _to_people(self) -> None:
        self._bench.jump_to.emit(Place(page="people", dealership_id=self._bench.dealership_id))


def _id_of(box: QComboBox) -> PersonId | None:
    id = box.currentData()
    return PersonId(id) if id is not None else None
