"""One action whole, in the place of the finding it was opened from: every field stores itself."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qma_app.domain.action import Action, Stage
from qma_app.domain.edition import Edition
from qma_app.domain.ids import ActionId, CauseId
from qma_app.domain.ports import Reader
from qma_app.i18n import _
from ui import theme
from ui.findings.action_end import ActionEnd
from ui.findings.action_fields import MONEY, ActionFields
from ui.findings.action_ties import ActionTies
from ui.findings.actions_part import move_to
from ui.findings.attachments import Attachments
from ui.findings.check_rows import CheckRows
from ui.findings.detail import FindingDetail, ServingAction, read_action_holder
from ui.findings.growing_note import GrowingNote
from ui.findings.section import INSET, Section
from ui.findings.verification_part import take_back_check
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class ActionForm(QWidget):
    """Esc or the button at the top lead `back` to the finding; `finding_wanted` asks for another one that it serves."""

    back = Signal()
    finding_wanted = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._detail: FindingDetail | None = None
        self._serving: ServingAction | None = None
        self.back_button = IconButton("arrow-left", _("Back to the finding"), keys="Esc")
        self.back_button.clicked.connect(self.back)
        self.of_finding = PlainLabel("", role="small", tone="muted", elide=True)
        self.label = PlainLabel("", role="strong")
        self.state = Chip("")
        self.fields = ActionFields(workbench.settings)
        self.fields.changed.connect(self._write)
        self.fields.left.connect(workbench.close_step)
        self.fields.bar.wanted.connect(self._move)
        self.ties = ActionTies(workbench)
        self.ties.finding_wanted.connect(self.finding_wanted)
        self.ties.cause_picked.connect(self._tie_to_cause)
        self.checks = CheckRows()
        self.checks.make_wanted.connect(self._check_planned)
        self.checks.removal_wanted.connect(partial(take_back_check, workbench))
        self.attachments = Attachments(workbench)
        for text in self.fields.texts.values():
            if isinstance(text, GrowingNote):
                text.offered.connect(self.attachments.take_mime)
        self.readings_button = Button(_("Readings of the KPI…"), kind="link")
        self.readings_button.clicked.connect(self._open_readings)
        self.check_button = Button(_("Check its effect…"))
        self.check_button.clicked.connect(self._check)
        self.end = ActionEnd(workbench)
        self.end.gone.connect(self.back)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, theme.px(INSET), 0)
        head.setSpacing(6)
        head.addWidget(self.back_button)
        head.addWidget(self.label)
        head.addWidget(self.state)
        head.addWidget(self.of_finding, 1)
        self.of_finding.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self.sheet = QScrollArea(self)
        whole.addWidget(self.sheet)
        inside = QWidget(self.sheet.viewport())
        inside.setObjectName("surface")
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 20)
        column.setSpacing(5)
        column.addLayout(head)
        column.addWidget(self.end.proposal)
        column.addWidget(self.fields)
        self.fields.goal_part.add_at_edge(self.readings_button)
        column.addWidget(self.ties)
        evidence = Section("action_evidence", _("Evidence that it was done"), self.workbench.settings)
        evidence.add(self.attachments)
        column.addWidget(evidence)
        self.check_part = Section("action_checks", _("Checks of its effect"), self.workbench.settings)
        self.check_part.add(self.checks)
        row = QHBoxLayout()
        row.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        row.addWidget(self.check_button)
        row.addStretch(1)
        self.check_part.body.addLayout(row)
        column.addWidget(self.check_part)
        column.addWidget(self.end)
        column.addStretch(1)
        self.sheet.setWidgetResizable(True)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.sheet.setWidget(inside)

    @property
    def action_id(self) -> str:
        """The action shown; "" for none."""
        return self._serving.action.id if self._serving is not None else ""

    def show_people(self, people: tuple[str, ...]) -> None:
        """Offer these names as owners."""
        self.fields.owner.show_people(people)

    def show_action(self, detail: FindingDetail, serving: ServingAction) -> None:
        """Show an action of a finding; what is being typed on the same one is left alone."""
        action = serving.action
        is_same = self.action_id == action.id
        if not is_same:
            self.flush()
            self.sheet.verticalScrollBar().setValue(0)
        self._detail, self._serving = detail, serving
        others = self.workbench.read(_actions_of, action.engagement_id)
        self.label.setText(action.label)
        self.of_finding.setText(_("for {finding}").format(finding=detail.finding.label))
        words = _("proposed") if action.is_proposal else _("given up") if action.is_dropped else ""
        self.state.say(words)
        self.state.setVisible(bool(words))
        self.fields.show_action(action, self.workbench.workspace.today(), is_same=is_same)
        self.fields.show_choices(detail.edition, others, action)
        self.fields.facts.setText(" · ".join(_facts(action, detail.edition)))
        self.fields.facts.setVisible(bool(self.fields.facts.text()))
        self.ties.show_action(detail, serving)
        self.attachments.show_holder(self.workbench.read(read_action_holder, action))
        self.checks.show_checks([("", one) for one in serving.checks], detail.edition, detail.person)
        self.check_button.setVisible(action.stage in (Stage.CHECK, Stage.ACT))
        self.check_part.setVisible(bool(serving.checks) or action.stage in (Stage.CHECK, Stage.ACT))
        self.readings_button.setVisible(bool(action.kpi) and serving.kpi is not None)
        self.end.show_action(action, is_same=is_same)

    def flush(self) -> None:
        """Store what is typed."""
        if self._serving is not None:
            self.fields.flush()

    def forget(self) -> None:
        """No action is shown any more."""
        self.flush()
        self._detail = self._serving = None

    def take_focus(self) -> None:
        """The keyboard goes to what will be done."""
        self.fields.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        # Here Esc leads back to the finding; the page, whose Esc closes the panel, must not have it.
        if (
            event.type() is QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _write(self, name: str, value: object) -> None:
        if self._serving is None:
            return
        from qma_app.services.actions import change_action, standardise_action

        action = self._serving.action
        if name == "what" and not str(value).strip():
            self._refuse_empty(action)
            return
        fields: dict[str, Any] = {name: value}
        if name in MONEY:
            # Together, since the three must rise: one alone may be refused that fits with the next.
            fields = {one: self.fields.figures[one].figure for one in MONEY}
        do = partial(self.workbench.do, merge_key=f"action {action.id} {name}")
        if name == "standardised_in" and str(value).strip():
            done = do(standardise_action, action.id, document=str(value), on=action.standardised_on)
        else:
            if name == "standardised_in":
                fields["standardised_on"] = None
            done = do(change_action, action.id, **fields)
        if done is None and self._detail is not None:
            self.fields.keep_unsaved(name)
            self.fields.kpi.show_choice(action.kpi or None)
            self.fields.counted_in.show_choice(action.counted_in)

    def _refuse_empty(self, action: Action) -> None:
        what = self.fields.what
        if what.hasFocus():
            what.keep_unsaved()
        else:
            what.set_text(action.what)
            self.workbench.told.emit(_("An action needs words; those before stand again."))

    def _move(self, stage: Stage) -> None:
        if self._serving is not None:
            self.flush()
            move_to(self.workbench, self._serving.action.id, stage)

    def _tie_to_cause(self, cause_id: str | None) -> None:
        from qma_app.services.actions import link_action, untie_cause

        if self._serving is None or self._detail is None:
            return
        action_id, finding_id = self._serving.action.id, self._detail.finding.id
        if cause_id is None:
            self.workbench.do(untie_cause, action_id, finding_id)
        else:
            self.workbench.do(link_action, action_id, finding_id, cause_id=CauseId(cause_id))

    def _check(self) -> None:
        self._ask_for_check(None)

    def _check_planned(self, planned: object) -> None:
        self._ask_for_check(planned)

    def _ask_for_check(self, planned: Any) -> None:
        from qma_app.services.verifying import Target
        from ui.dialogs.verify_effect import VerifyEffect

        if self._serving is not None:
            self.flush()
            target = Target(action_id=ActionId(self.action_id))
            kind = planned.kind if planned is not None else None
            VerifyEffect.ask(self.workbench, target, planned=planned, kind=kind, parent=self)

    def _open_readings(self) -> None:
        from ui.dialogs.kpi_readings import KpiReadings

        if self._serving is not None:
            action = self._serving.action
            KpiReadings.ask(self.workbench, action.engagement_id, action.kpi, self)


def _facts(action: Action, edition: Edition) -> list[str]:
    """What is known of an action and not written here."""
    facts = []
    if action.from_checkpoint is not None:
        point = edition.checkpoints.get(action.from_checkpoint)
        number = point.number if point is not None else action.from_checkpoint
        facts.append(_("proposed by the standard at {number}").format(number=number))
    if action.owner_id is not None:
        facts.append(_("{name} is one of the house").format(name=action.owner))
    if action.reopened:
        facts.append(_("checks without effect: {count}").format(count=action.reopened))
    if action.proposed_by and not action.is_proposal:
        facts.append(_("proposed by {name}").format(name=action.proposed_by))
    return facts


def _actions_of(reader: Reader, engagement_id: str) -> tuple[Action, ...]:
    found = reader.all(Action, engagement_id=engagement_id)
    return tuple(sorted(found, key=lambda one: one.number))
