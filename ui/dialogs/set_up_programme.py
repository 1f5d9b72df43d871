"""Sets up a dealership with its programme in few steps: house, departments, people, agreement; only name and country are needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import ContentProblems, QmaError
from qma_app.i18n import _
from qma_app.services.setting_up import EngagementSetup, copy_setup, set_up_engagement
from qma_app.services.standards import newest_shipped_edition
from ui import theme
from ui.dialogs.dialog import Dialog
from ui.dialogs.set_up_programme_agreement import AgreementStep
from ui.dialogs.set_up_programme_departments import DepartmentsStep
from ui.dialogs.set_up_programme_house import CopyChoice, HouseStep
from ui.dialogs.set_up_programme_people import PeopleStep
from ui.widgets.buttons import Button
from ui.workbench import Workbench

if TYPE_CHECKING:
    from ui.dialogs.new_dealership import NewDealership

Step = HouseStep | DepartmentsStep | PeopleStep | AgreementStep
_STEP_OF: Mapping[str, int] = {
    "dealership": 0,
    "setup.staff": 0,
    "setup.area-reason": 1,
    "setup.nothing-left": 1,
    "setup.person-twice": 2,
    "setup.leader-twice": 2,
    "people": 2,
    "certificate": 3,
    "engagement": 3,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Offer:
    """What the dialog begins with."""

    copies: tuple[CopyChoice, ...]
    editions: tuple[Edition, ...]


class StepList(QListWidget):
    """The steps at the left, each with what was said in it in small words."""

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self.setAccessibleName(_("Steps"))
        self.setFixedWidth(theme.px(190))
        for place, title in enumerate(titles, 1):
            item = QListWidgetItem(title)
            item.setToolTip(f"Alt+{place}")
            item.setSizeHint(QSize(theme.px(160), theme.px(52)))
            self.addItem(item)
        self.setCurrentRow(0)

    def show_summary(self, place: int, words: str) -> None:
        """What stands below the title of a step."""
        item = self.item(place)
        metrics = self.fontMetrics()
        short = metrics.elidedText(words, Qt.TextElideMode.ElideRight, self.width() - theme.px(30))
        item.setText(f"{place + 1}  {self._titles[place]}\n{short}")
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{self._titles[place]}, {words}")


class SetUpProgramme(Dialog):
    """Enter goes to the next step, Ctrl+Enter creates the dealership from any of them, Alt and a digit turn to a step."""

    def __init__(
        self, parent: QWidget | None, workbench: Workbench, before: NewDealership | None = None
    ) -> None:
        super().__init__(parent, _("Set up a dealership"), accept=_("Create dealership"), width=860)
        self._bench = workbench
        self.changes: Changes | None = None
        offer = workbench.read(_offer)
        self.house = HouseStep(offer.copies)
        self.departments = DepartmentsStep(offer.editions[0])
        self.people = PeopleStep(workbench)
        self.agreement = AgreementStep(workbench, offer.editions)
        self._steps: tuple[Step, ...] = (self.house, self.departments, self.people, self.agreement)
        self.list = StepList((_("House"), _("Departments"), _("People"), _("Agreement")))
        self.stack = QStackedWidget()
        self.back_button, self.next_button = Button(_("Back")), Button(_("Next"), keys="Return")
        self._build()
        self._connect()
        if before is not None:
            self._take_over(before)
        self._said()
        self._show_step(0)

    def _build(self) -> None:
        for step in self._steps:
            self.stack.addWidget(step)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.body.addLayout(row, 1)
        for button in (self.back_button, self.next_button):
            self.buttons.insertWidget(self.buttons.count() - 1, button)
        self.accept_button.setToolTip("Ctrl+Enter")
        parent = self.parentWidget()
        room = parent.size() if parent is not None else QSize(1200, 800)
        self.resize(min(room.width() - 60, theme.px(980)), min(room.height() - 40, theme.px(640)))

    def _connect(self) -> None:
        self.list.currentRowChanged.connect(self._show_step)
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        self.house.copy_wanted.connect(self._copy)
        self.people.refused.connect(self.show_problem)
        self.agreement.edition_chosen.connect(self.departments.show_edition)
        for step in self._steps:
            step.changed.connect(self._said)
        for place in range(len(self._steps)):
            turn = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            turn.activated.connect(partial(self._turn_to, place))
        for keys, act in (
            ("Ctrl+PgDown", self._next),
            ("Ctrl+PgUp", self._back),
            ("Ctrl+Return", self.accept),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._bench.failed.connect(self._failed)

    def setup(self) -> EngagementSetup:
        """Everything said so far; ContentProblems where people do not hold."""
        house, agreement = self.house, self.agreement
        edition = agreement.chosen_edition
        return EngagementSetup(
            name=house.name.text(),
            country=house.country.code,
            region=house.region.currentData() or "",
            language=house.language.currentData() or "",
            city=house.city.text(),
            code=house.code.text(),
            site_name=house.site_name.text(),
            features=self.departments.features.chosen(),
            staff=house.staff_count,
            edition=edition.hash if agreement.edition.currentIndex() > 0 else None,
            coach=agreement.coach_id,
            started_on=agreement.started_on,
            months=agreement.month_count,
            left_out=self.departments.left_out,
            people=self.people.people(edition),
            officer_percent=agreement.officer_percent,
        )

    def accept(self) -> None:
        """Create it; what was refused is said above the buttons, and its step is shown."""
        if not self.accept_button.isEnabled():
            return
        self.show_problem("")
        self.people.grid.flush()
        if not self.agreement.flush():
            self._turn_to(3)
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        try:
            setup = self.setup()
        except QmaError as error:
            self._failed(error)
            return
        self.changes = self._bench.do(set_up_engagement, setup)
        if self.changes is not None:
            super().accept()

    def _take_over(self, before: NewDealership) -> None:
        self.house.name.setText(before.name)
        if before.country:
            self.house.show_country(before.country, "", "")
        self.house.city.setText(before.city)
        self.house.code.setText(before.code)
        self.house.staff.setValue(before.staff or 0)
        if before.features is not None:
            self.departments.show_setup(before.features, {})

    def _copy(self, engagement_id: EngagementId | None) -> None:
        """Fill in what another programme began with; name, town and people stay as typed."""
        if engagement_id is None:
            self.departments.show_setup(None, {})
            return
        setup = self._bench.read(copy_setup, engagement_id)
        self.house.show_country(setup.country, setup.region, setup.language)
        self.agreement.show_setup(setup.months, setup.coach, setup.edition)
        self.departments.show_setup(setup.features, setup.left_out)

    def _said(self) -> None:
        """Something was typed: summaries at the left, and what can be pressed."""
        self.departments.blockSignals(True)
        self.departments.show_staff(self.house.staff_count)
        self.departments.blockSignals(False)
        self.agreement.show_officer(is_named=self.people.has_officer)
        for place, step in enumerate(self._steps):
            self.list.show_summary(place, step.summary)
        self.accept_button.setEnabled(self.house.is_enough)

    def _turn_to(self, place: int) -> None:
        self.list.setCurrentRow(place)

    def _show_step(self, place: int) -> None:
        is_by_list = self.list.hasFocus()
        self.stack.setCurrentIndex(place)
        is_last = place == len(self._steps) - 1
        self.back_button.setEnabled(place > 0)
        self.next_button.setVisible(not is_last)
        default, other = (
            (self.accept_button, self.next_button) if is_last else (self.next_button, self.accept_button)
        )
        other.setDefault(False)
        default.setDefault(True)
        # One primary button a screen: creating is the main act on the last step only.
        self.accept_button.setProperty("kind", "primary" if is_last else "plain")
        self.accept_button.style().unpolish(self.accept_button)
        self.accept_button.style().polish(self.accept_button)
        if not is_by_list:
            self._steps[place].take_focus()

    def _next(self) -> None:
        self._turn_to(min(len(self._steps) - 1, self.stack.currentIndex() + 1))
        self._steps[self.stack.currentIndex()].take_focus()

    def _back(self) -> None:
        self._turn_to(max(0, self.stack.currentIndex() - 1))
        self._steps[self.stack.currentIndex()].take_focus()

    def _failed(self, error: QmaError) -> None:
        words = f"{error.message} {error.way_out}".strip()
        if isinstance(error, ContentProblems):
            words = "\n".join((error.message, *(str(one) for one in error.problems[:4])))
        self.show_problem(words)
        step = _STEP_OF.get(error.code, _STEP_OF.get(error.code.partition(".")[0]))
        if step is not None:
            self._turn_to(step)
            self._steps[step].take_focus()
            if error.code == "setup.area-reason":
                self.departments.take_focus_of_missing()

    @classmethod
    def ask(
        cls, workbench: Workbench, parent: QWidget | None = None, before: NewDealership | None = None
    ) -> Changes | None:
        """What was stored; None when it was cancelled. `before` is what was typed on the quick way."""
        dialog = cls(parent, workbench, before)
        dialog.exec()
        changes = dialog.changes
        workbench.failed.disconnect(dialog._failed)
        dialog.deleteLater()
        return changes


def _offer(reader: Reader) -> _Offer:
    """The programmes to copy from, the newest of each dealership, and the editions there are, the newest shipped first."""
    newest = newest_shipped_edition()
    engagements = {
        one.dealership_id: one for one in sorted(reader.all(Engagement), key=lambda one: one.started_on)
    }
    copies = [
        CopyChoice(
            engagement_id=engagements[one.id].id, title=f"{one.name}, {one.city}" if one.city else one.name
        )
        for one in reader.all(Dealership)
        if one.archived_at is None and one.id in engagements
    ]
    hashes = dict.fromkeys(one.edition for one in reader.all(Engagement))
    return _Offer(
        copies=tuple(sorted(copies, key=lambda one: one.title.casefold())),
        editions=(newest, *(reader.edition(one) for one in hashes if one != newest.hash)),
    )
