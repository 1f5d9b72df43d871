"""Whether it worked: what will be looked at, what was found, and the end of the finding."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qma_app.domain.action import Stage
from qma_app.domain.finding_state import FindingState, agreed_actions
from qma_app.domain.ids import ActionId
from qma_app.domain.verification import Verification, VerificationKind
from qma_app.i18n import _, day_text
from ui import theme
from ui.findings.check_rows import CheckRows
from ui.findings.check_words import unplanned_words
from ui.findings.closing import ClosingSection
from ui.findings.detail import FindingDetail, ServingAction
from ui.findings.section import INSET, Section
from ui.widgets.buttons import Button, MenuButton
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class VerificationPart(QWidget):
    """The dialogs make the checks; here they are read, planned ones taken back, the plan accepted, the finding closed."""

    def __init__(self, workbench: Workbench, closing: ClosingSection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self.closing = closing
        self._detail: FindingDetail | None = None
        self._target = ""
        self.section = Section("verification", _("Verification of effect"), workbench.settings)
        self.plan = PlainLabel("", wrap=True)
        self.rows = CheckRows()
        self.rows.make_wanted.connect(self._make_planned)
        self.rows.removal_wanted.connect(self._remove)
        self.which = MenuButton("")
        self.which.choices.triggered.connect(self._target_chosen)
        self.kinds = {
            VerificationKind.SAMPLE: Button(_("Verify with a sample"), kind="primary"),
            VerificationKind.KPI: Button(_("KPI")),
            VerificationKind.LOOK: Button(_("Look again")),
            VerificationKind.DOCUMENT: Button(_("Document")),
        }
        for kind, button in self.kinds.items():
            button.clicked.connect(partial(self._verify, kind, None))
        self.kinds[VerificationKind.KPI].setAccessibleName(_("Verify by a KPI before and after"))
        self.kinds[VerificationKind.LOOK].setAccessibleName(_("Verify by looking again"))
        self.kinds[VerificationKind.DOCUMENT].setAccessibleName(_("Verify by a document"))
        self.accept = Button(_("Accept plan"))
        self.accept.clicked.connect(self._accept)
        self.withdraw = Button(_("Withdraw plan"), kind="quiet")
        self.withdraw.clicked.connect(self._withdraw)
        self.accepted = PlainLabel("", role="small", tone="ok", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        self.section.add(self.accepted)
        self.section.add(self.plan)
        self.section.add(self.rows)
        ways = QWidget()
        flow = FlowLayout(ways, spacing=6)
        flow.addWidget(self.which)
        for button in (*self.kinds.values(), self.accept, self.withdraw):
            flow.addWidget(button)
        self.ways = ways
        self.section.add(ways)
        self.section.body.addSpacing(theme.px(6))
        row = QVBoxLayout()
        row.setContentsMargins(theme.px(INSET), 0, theme.px(INSET), 0)
        row.addWidget(self.closing)
        self.section.body.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)

    def show_detail(self, detail: FindingDetail) -> None:
        """Show the checks of a finding and of its actions."""
        self._detail = detail
        agreed = self._agreed()
        if self._target not in [serving.action.id for serving in agreed]:
            self._target = self._first_to_check(agreed)
        self._show_plan(detail, agreed)
        checks = [("", check) for check in detail.checks]
        checks += [(one.action.label, check) for one in detail.actions for check in one.checks]
        self.rows.show_checks(checks, detail.edition, detail.person)
        self._show_targets(agreed)
        is_open = detail.finding.is_open
        wants = detail.finding.grade.wants_effect or bool(agreed)
        for button in self.kinds.values():
            button.setVisible(is_open and wants)
        self.which.setVisible(is_open and len(agreed) > 1)
        is_accepted = detail.finding.plan_accepted_on is not None
        self.accept.setVisible(is_open and not is_accepted and bool(agreed) and wants)
        self.withdraw.setVisible(is_open and is_accepted)
        self.ways.setVisible(is_open and (wants or is_accepted))
        self.closing.show_obstacles(detail.obstacles)
        self.section.show_filled(is_filled=True, summary=self._summary(detail))

    def _summary(self, detail: FindingDetail) -> str:
        if detail.state is FindingState.TO_VERIFY:
            return _("to verify")
        made = sum(check.is_made for one in detail.actions for check in one.checks)
        made += sum(check.is_made for check in detail.checks)
        return _("{count} checks made").format(count=made) if made else ""

    def _agreed(self) -> list[ServingAction]:
        if self._detail is None:
            return []
        plain = agreed_actions(one.action for one in self._detail.actions)
        return [one for one in self._detail.actions if one.action in plain]

    def _first_to_check(self, agreed: list[ServingAction]) -> str:
        order = (Stage.CHECK, Stage.DO, Stage.PLAN, Stage.ACT)
        found = sorted(agreed, key=lambda one: order.index(one.action.stage))
        return found[0].action.id if found else ""

    def _show_plan(self, detail: FindingDetail, agreed: list[ServingAction]) -> None:
        """What will be looked at where no check is planned yet."""
        lines = [
            unplanned_words(one.action)
            for one in agreed
            if one.action.stage is not Stage.ACT and all(check.is_made for check in one.checks)
        ]
        if not agreed and not detail.checks and detail.finding.grade.wants_effect:
            lines = [_("Without an action the finding itself is checked.")]
        if not detail.finding.is_open:
            lines = []
        self.plan.setText("\n".join(lines))
        self.plan.setVisible(bool(lines))
        finding = detail.finding
        if finding.plan_accepted_on is not None:
            words = _("Plan accepted {day} {who}").format(
                day=day_text(finding.plan_accepted_on), who=detail.person(finding.plan_accepted_by)
            )
            self.accepted.setText(words.strip())
        self.accepted.setVisible(finding.plan_accepted_on is not None)

    def _show_targets(self, agreed: list[ServingAction]) -> None:
        menu = self.which.choices
        menu.clear()
        for one in agreed:
            action = menu.addAction(f"{one.action.label} {one.action.what}".replace("&", "&&")[:80])
            action.setData(one.action.id)
            action.setCheckable(True)
            action.setChecked(one.action.id == self._target)
            if one.action.id == self._target:
                self.which.say(one.action.label)
                self.which.setAccessibleName(_("Action to check: {action}").format(action=one.action.label))

    def _target_chosen(self, chosen: QAction) -> None:
        self._target = str(chosen.data())
        self._show_targets(self._agreed())

    def _verify(self, kind: VerificationKind | None, planned: Verification | None) -> None:
        from qma_app.services.verifying import Target
        from ui.dialogs.verify_effect import VerifyEffect

        detail = self._detail
        if detail is None:
            return
        if planned is not None:
            target = Target(action_id=planned.action_id, finding_id=planned.finding_id)
        elif self._target:
            target = Target(action_id=ActionId(self._target))
        else:
            target = Target(finding_id=detail.finding.id)
        VerifyEffect.ask(self.workbench, target, planned=planned, kind=kind, parent=self)

    def _make_planned(self, planned: Verification) -> None:
        self._verify(planned.kind, planned)

    def _remove(self, planned: Verification) -> None:
        take_back_check(self.workbench, planned)

    def _accept(self) -> None:
        from qma_app.services.findings import accept_plan

        if self._detail is not None:
            self.workbench.do(accept_plan, self._detail.finding.id)

    def _withdraw(self) -> None:
        from qma_app.services.findings import withdraw_plan

        if self._detail is not None:
            self.workbench.do(withdraw_plan, self._detail.finding.id)


def take_back_check(workbench: Workbench, planned: Verification) -> None:
    """Remove a planned check; Undo stands in the bar."""
    from qma_app.services.verifying import remove_verification

    if workbench.do(remove_verification, planned.id) is not None:
        workbench.deleted.emit(_("Planned check taken back."))
