"""What both ways of setting up a programme share: steps at the left, one shown at a time, all created by one press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from qma_app.domain.record import Changes
from qma_app.errors import ContentProblems, QmaError
from qma_app.i18n import _
from ui import theme
from ui.dialogs.dialog import Dialog
from ui.dialogs.set_up_programme_agreement import AgreementStep
from ui.dialogs.set_up_programme_departments import DepartmentsStep
from ui.dialogs.set_up_programme_house import HouseStep
from ui.dialogs.set_up_programme_people import PeopleStep
from ui.dialogs.set_up_programme_taken_over import TakenOverStep
from ui.widgets.buttons import Button
from ui.workbench import Workbench

Step = HouseStep | DepartmentsStep | PeopleStep | AgreementStep | TakenOverStep


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


class StepsDialog(Dialog):
    """Enter goes to the next step, Ctrl+Enter creates it from any of them, Alt and a digit turn to a step.

    Subclasses make the steps, call `set_out` with them, and store in `store`; `step_of` says at which step an error is mended.
    """

    step_of: ClassVar[Mapping[str, int]] = {}
    departments: DepartmentsStep
    agreement: AgreementStep

    def __init__(self, parent: QWidget | None, workbench: Workbench, title: str, *, accept: str) -> None:
        super().__init__(parent, title, accept=accept, width=860)
        self._bench = workbench
        self.changes: Changes | None = None
        self.stack = QStackedWidget()
        self.back_button, self.next_button = Button(_("Back")), Button(_("Next"), keys="Return")

    def set_out(self, steps: Sequence[tuple[str, Step]]) -> None:
        """Show these steps under their titles, the first one now."""
        self.steps: tuple[Step, ...] = tuple(step for _title, step in steps)
        self.list = StepList([title for title, _step in steps])
        for step in self.steps:
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
        self._connect_steps()

    def _connect_steps(self) -> None:
        self.list.currentRowChanged.connect(self._show_step)
        self.back_button.clicked.connect(self._back)
        self.next_button.clicked.connect(self._next)
        self.agreement.edition_chosen.connect(self.departments.show_edition)
        for step in self.steps:
            step.changed.connect(self.said)
        for place in range(len(self.steps)):
            turn = QShortcut(QKeySequence(f"Alt+{place + 1}"), self)
            turn.activated.connect(partial(self.turn_to, place))
        for keys, act in (
            ("Ctrl+PgDown", self._next),
            ("Ctrl+PgUp", self._back),
            ("Ctrl+Return", self.accept),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._bench.failed.connect(self._failed)

    @property
    def is_enough(self) -> bool:
        """Whether it can be created now."""
        return True

    def store(self) -> Changes | None:
        """Store it; None when it was refused."""
        raise NotImplementedError

    def said(self) -> None:
        """Something was typed: summaries at the left, what can be pressed, and no word more about what was refused before."""
        for place, step in enumerate(self.steps):
            self.list.show_summary(place, step.summary)
        self.accept_button.setEnabled(self.is_enough)
        self.show_problem("")

    def accept(self) -> None:
        """Create it; what was refused is said above the buttons, and its step is shown."""
        if not self.accept_button.isEnabled():
            return
        self.show_problem("")
        if not self.agreement.flush():
            self.turn_to(self.steps.index(self.agreement))
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        try:
            self.changes = self.store()
        except QmaError as error:
            self._failed(error)
            return
        if self.changes is not None:
            super().accept()

    def turn_to(self, place: int) -> None:
        """Show a step, the keyboard with it."""
        self.list.setCurrentRow(place)

    def _show_step(self, place: int) -> None:
        is_by_list = self.list.hasFocus()
        self.show_problem("")
        self.stack.setCurrentIndex(place)
        is_last = place == len(self.steps) - 1
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
            self.steps[place].take_focus()

    def _next(self) -> None:
        self.turn_to(min(len(self.steps) - 1, self.stack.currentIndex() + 1))
        self.steps[self.stack.currentIndex()].take_focus()

    def _back(self) -> None:
        self.turn_to(max(0, self.stack.currentIndex() - 1))
        self.steps[self.stack.currentIndex()].take_focus()

    def _failed(self, error: QmaError) -> None:
        words = f"{error.message} {error.way_out}".strip()
        if isinstance(error, ContentProblems):
            words = "\n".join((error.message, *(str(one) for one in error.problems[:4])))
        step = self.step_of.get(error.code, self.step_of.get(error.code.partition(".")[0]))
        if step is not None:
            self.turn_to(step)
            self.steps[step].take_focus()
            if error.code == "setup.area-reason":
                self.departments.take_focus_of_missing()
        # Turning to a step takes away what was said at the one before.
        self.show_problem(words)

    def ask_until_done(self) -> Changes | None:
        """Show it until it is stored or left: what was stored, None for nothing."""
        self.exec()
        self._bench.failed.disconnect(self._failed)
        self.deleteLater()
        return self.changes
