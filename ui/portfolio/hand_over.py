"""Gives a dealership to another coach: the written history to read, the same as a PDF, and the change of coach, with the visits planned, in one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QProgressBar, QVBoxLayout, QWidget

from qma_app.domain.ids import DealershipId, PersonId
from qma_app.domain.people import Role
from qma_app.domain.promise import PromiseState
from qma_app.errors import QmaError
from qma_app.i18n import _, day_text
from qma_app.services.certificates import certificate_title, certificates, check_certificate
from qma_app.services.handover import HandoverView, WhoLine, hand_over, handover
from qma_app.services.portfolio import PortfolioLine
from ui import theme
from ui.dialogs.dialog import Dialog, field
from ui.pages.page import scrolling
from ui.widgets.cards import CardRow
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace
    from ui.jobs import Job, Progress

_NEWEST = 12


class HandOver(Dialog):
    """A coach whose certificate does not count today is refused in words; nothing changes before the paper is written."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, line: PortfolioLine) -> None:
        super().__init__(
            parent,
            _("Hand over {name}").format(name=line.dealership.name),
            _("Until now: {coach}").format(coach=line.coach_name or _("nobody")),
            accept=_("Hand over"),
            width=760,
        )
        self._bench, self._line = workbench, line
        self._job: Job | None = None
        self.is_done = False
        today = workbench.workspace.today()
        self.coach = QComboBox()
        self.certificate = PlainLabel("", role="small", tone="bad", wrap=True)
        self.paper = QCheckBox(_("Save the history as a PDF first"))
        self.paper.setChecked(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Saving the history"))
        self.bar.hide()
        self.body.addWidget(field(_("New coach"), self.coach))
        self.body.addWidget(self.certificate)
        self.history = History(workbench.read(handover, line.engagement.id, on=today))
        area = scrolling(self.history)
        area.setMinimumHeight(theme.px(240))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        area.setAccessibleName(_("History of the programme"))
        self.body.addWidget(area, 1)
        self.body.addWidget(self.paper)
        self.body.addWidget(self.bar)
        if parent is not None:
            self.resize(
                max(self.minimumWidth(), min(parent.width() - 80, theme.px(900))),
                min(parent.height() - 40, theme.px(760)),
            )
        self._offer(today)
        self.coach.currentIndexChanged.connect(self._check)
        workbench.failed.connect(self.show_problem)
        self._check()
        self.coach.setFocus()

    @property
    def coach_id(self) -> PersonId | None:
        """Who takes over."""
        chosen = self.coach.currentData()
        return PersonId(chosen) if chosen else None

    def accept(self) -> None:
        """Write the paper, then change the coach; what was refused is said above the buttons."""
        if not self.accept_button.isEnabled():
            return
        self.show_problem("")
        if not self.paper.isChecked():
            self._change_coach()
            return
        house = self._line.dealership
        try:
            target = self._bench.settings.reports_folder / _name_of(self._bench.workspace, house.id)
        except QmaError as error:
            self.show_problem(error)
            return
        self._job = self._bench.jobs.run(
            _("Saving {name}").format(name=target.name),
            partial(_save, self._bench.workspace, house.id, target),
            self._was_saved,
            self._was_refused,
            self._ended,
        )
        self._check()

    def done(self, result: int) -> None:
        """Closing it ends the saving."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        super().done(result)

    def _was_saved(self, path: Path) -> None:
        self._ended()
        self._bench.file_saved.emit(path)
        self._change_coach()

    def _was_refused(self, error: QmaError) -> None:
        self._ended()
        self.show_problem(error)

    def _ended(self) -> None:
        self._job = None
        self._check()

    def _change_coach(self) -> None:
        engagement = self._line.engagement
        coach_id = self.coach_id
        if coach_id and self._bench.do(hand_over, engagement.id, coach_id=coach_id) is not None:
            self.is_done = True
            super().accept()

    def _offer(self, today: date) -> None:
        self.coach.addItem(_("Choose who takes over"), None)
        for held in self._bench.read(certificates, on=today):
            is_other = held.person.id != self._line.engagement.coach_id
            if held.qualification.role is Role.COACH and is_other:
                words = (held.person.name, held.qualification.number, certificate_title(held.state))
                self.coach.addItem(" · ".join(filter(None, words)), held.person.id)
        if self.coach.count() == 1:
            self.coach.setItemText(
                0, _("Nobody else is certified as coach: note the certificate under People")
            )

    def _check(self) -> None:
        refusal = self._refusal()
        self.certificate.setText(refusal)
        self.certificate.setVisible(bool(refusal))
        self.bar.setVisible(self._job is not None)
        self.accept_button.setEnabled(self.coach_id is not None and not refusal and self._job is None)

    def _refusal(self) -> str:
        if self.coach_id is None:
            return ""
        try:
            today = self._bench.workspace.today()
            self._bench.read(check_certificate, self.coach_id, Role.COACH, today)
        except QmaError as error:
            return str(error)
        return ""

    @classmethod
    def ask(cls, workbench: Workbench, line: PortfolioLine, parent: QWidget | None = None) -> bool:
        """Whether the dealership has another coach now."""
        dialog = cls(parent, workbench, line)
        dialog.exec()
        workbench.failed.disconnect(dialog.show_problem)
        dialog.deleteLater()
        return dialog.is_done


class History(QWidget):
    """What the next coach must know, part by part; parts without anything are left out."""

    def __init__(self, view: HandoverView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(4)
        self._column.addWidget(PlainLabel(" ".join(view.summary), wrap=True))
        self._part(_("Who is who"), [(one.person.name, _who_words(one), "") for one in view.people])
        for title, worked in (
            (_("What worked"), True),
            (_("What did not work"), False),
            (_("What nobody checked yet"), None),
        ):
            self._part(
                title,
                [
                    (f"{one.action.label} {one.action.what}", one.words, day_text(one.on) if one.on else "")
                    for one in view.tried
                    if one.worked is worked
                ],
            )
        self._part(
            _("Open promises"),
            [
                (
                    f"{one.promise.who}: {one.promise.what}",
                    _("late") if one.state is PromiseState.LATE else "",
                    day_text(one.promise.due_on) if one.promise.due_on else "",
                )
                for one in view.open_promises
            ],
        )
        self._part(_("Open majors"), [(f"{one.label} {one.statement}", "", "") for one in view.open_majors])
        self._part(_("Next steps"), [(one.title, one.reason, "") for one in view.next_steps])
        self._part(
            _("Phases"),
            [
                (
                    one.title,
                    "; ".join(condition.words for condition in one.open),
                    day_text(one.planned.passed_on) if one.planned.passed_on else _("not passed yet"),
                )
                for one in view.phases
            ],
        )
        newest = list(reversed(view.story))[:_NEWEST]
        self._part(_("What happened last"), [(one.words, "", day_text(one.on)) for one in newest])
        self._column.addStretch(1)

    def _part(self, title: str, rows: Sequence[tuple[str, str, str]]) -> None:
        if not rows:
            return
        head = PlainLabel(title, role="strong")
        head.setContentsMargins(0, theme.px(8), 0, 0)
        self._column.addWidget(head)
        for words, detail, right in rows:
            self._column.addWidget(CardRow(words, detail, right))


def _who_words(line: WhoLine) -> str:
    """Function and parts, each said once."""
    return ", ".join(words for words in (line.function, *line.parts) if words)


def _name_of(workspace: Workspace, dealership_id: DealershipId) -> str:
    from qma_app.services.reports import report_name

    with workspace.reading() as reader:
        return report_name(reader, "handover", dealership_id=dealership_id, on=workspace.today())


def _save(workspace: Workspace, dealership_id: DealershipId, target: Path, progress: Progress) -> Path:
    from qma_app.services.reports import make_report

    return make_report(workspace, "handover", dealership_id=dealership_id, target=target, progress=progress)
