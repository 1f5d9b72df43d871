"""What an action serves: the findings, and the cause of this one that it removes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding
from qma_app.domain.ids import FindingId
from qma_app.domain.ports import Reader
from qma_app.i18n import _, ngettext
from ui import theme
from ui.findings.checkpoint_field import ChoiceField
from ui.findings.choice_list import Choice, ChoiceList, ask_below, choice_of
from ui.findings.detail import FindingDetail, ServingAction
from ui.findings.section import INSET, Section
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import clear
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class ActionTies(QWidget):
    """`finding_wanted` carries the id of a finding to open, `cause_picked` that of a cause (or None)."""

    finding_wanted = Signal(str)
    cause_picked = Signal(object)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._serving: ServingAction | None = None
        self._shown: tuple[Finding, ...] = ()
        self.popup: ChoiceList | None = None
        self.removers: list[IconButton] = []
        self.section = Section("action_ties", _("Findings served"), workbench.settings)
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(theme.px(INSET), 0, 0, 0)
        self._rows.setSpacing(0)
        self.section.body.addLayout(self._rows)
        self.link_button = Button(_("Link a finding…"), kind="link", icon_name="link")
        self.link_button.clicked.connect(self._ask)
        self.section.add_at_edge(self.link_button)
        self.cause_title = PlainLabel(_("Cause it removes"), role="caption")
        self.section.add(self.cause_title)
        self.cause = ChoiceField(
            _("Cause it removes: {choice}"), _("No cause named"), find=_("Find a cause"), title=_("Causes")
        )
        self.cause.picked.connect(self.cause_picked)
        self.section.add(self.cause)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)

    def show_action(self, detail: FindingDetail, serving: ServingAction) -> None:
        """The findings by number, this one among them."""
        self._serving = serving
        findings = tuple(sorted((detail.finding, *serving.others), key=lambda one: one.number))
        count = len(findings)
        self.section.show_filled(
            is_filled=True, summary=ngettext("{count} finding", "{count} findings", count).format(count=count)
        )
        for widget in (self.cause_title, self.cause):
            widget.setVisible(bool(detail.causes))
        none = Choice(id=None, number="", statement=_("No cause named"), words="")
        self.cause.show_choices((none, *(choice_of(one.id, "", one.words) for one in detail.causes)))
        self.cause.show_choice(serving.link.cause_id)
        if findings == self._shown:
            return
        self._shown = findings
        clear(self._rows)
        self.removers = []
        for finding in findings:
            self._add(finding, is_only=count == 1)

    def _add(self, finding: Finding, *, is_only: bool) -> None:
        line = QHBoxLayout()
        line.setSpacing(4)
        jump = Button(finding.label, kind="link")
        jump.setProperty("small", True)
        jump.setAccessibleName(_("Open {finding}").format(finding=finding.label))
        jump.clicked.connect(partial(self.finding_wanted.emit, finding.id))
        line.addWidget(jump)
        line.addWidget(PlainLabel(finding.statement, role="small", elide=True), 1)
        remove = IconButton("unlink", _("No longer serves {finding}").format(finding=finding.label))
        remove.clicked.connect(partial(self._unlink, finding.id))
        # An action that serves nothing would be found nowhere: it is given up or deleted instead.
        remove.setEnabled(not is_only)
        self.removers.append(remove)
        line.addWidget(remove)
        self._rows.addLayout(line)

    def _ask(self) -> None:
        if self._serving is None:
            return
        mine = {finding.id for finding in self._shown}
        every = self.workbench.read(_findings_of, self._serving.action.engagement_id)
        choices = [choice_of(one.id, one.label, one.statement) for one in every if one.id not in mine]
        self.popup = ask_below(
            self.link_button, choices, find=_("Find a finding"), name=_("Findings of the programme")
        )
        self.popup.picked.connect(self.link)

    def link(self, finding_id: str) -> None:
        """The action serves one more finding."""
        from qma_app.services.actions import link_action

        if self._serving is not None:
            self.workbench.do(link_action, self._serving.action.id, FindingId(finding_id))

    def _unlink(self, finding_id: str) -> None:
        from qma_app.services.actions import unlink_action

        if self._serving is not None:
            self.workbench.do(unlink_action, self._serving.action.id, FindingId(finding_id))


def _findings_of(reader: Reader, engagement_id: str) -> tuple[Finding, ...]:
    found = reader.all(Finding, engagement_id=engagement_id)
    return tuple(sorted(found, key=lambda one: -one.number))
