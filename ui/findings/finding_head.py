"""The first lines of the panel: which finding this is, where it was found and how far it has come."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.finding_state import FindingState
from qma_app.domain.wording import grade_title, state_title
from qma_app.i18n import _, day_text, ngettext
from ui import theme
from ui.findings.detail import FindingDetail
from ui.findings.section import INSET
from ui.widgets.buttons import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.finding_delegate import GRADE_TONES
from ui.widgets.labels import PlainLabel

_STATE_TONES: Final = {
    FindingState.TO_VERIFY: "warn",
    FindingState.EFFECTIVE: "ok",
    FindingState.CLOSED: "ok",
}


class FindingHead(QWidget):
    """Which finding this is, where it was found, how far it has come, the way to its checkpoint and out of the panel."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grade_chip = Chip("")
        self.label = PlainLabel("", role="strong")
        self.found = PlainLabel("", role="small", tone="muted", elide=True)
        self.found.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.jump = Button("", kind="link")
        self.jump.setProperty("small", True)
        self.close_panel = IconButton("x", _("Close panel"), keys="Esc")
        self.state = PlainLabel("", role="small", tone="muted", wrap=True)
        self.label.setMinimumHeight(theme.px(30))  # with and without the way to a checkpoint
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.grade_chip)
        row.addWidget(self.label)
        row.addWidget(self.found, 1)
        row.addWidget(self.jump)
        row.addWidget(self.close_panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.state)

    def show_detail(self, detail: FindingDetail) -> None:
        """The head of a stored finding."""
        finding = detail.finding
        self.grade_chip.say(grade_title(finding.grade), GRADE_TONES[finding.grade])
        self.grade_chip.setVisible(True)
        self.label.setText(finding.label)
        day = _("found {day}").format(day=day_text(finding.seen_on)) if finding.seen_on else ""
        self.found.setText(" · ".join(filter(None, (day, detail.assessment_label))))
        self.jump.setVisible(detail.checkpoint is not None)
        if detail.checkpoint is not None:
            self.jump.say(detail.checkpoint.number)
            self.jump.setAccessibleName(
                _("Go to checkpoint {number}").format(number=detail.checkpoint.number)
            )
        who = detail.person(finding.raised_by)
        again = ngettext("reopened {count} time", "reopened {count} times", finding.reopened)
        parts = (
            state_title(detail.state),
            again.format(count=finding.reopened) if finding.reopened else "",
            _("raised by {name}").format(name=who) if who else "",
        )
        self.state.setText(" · ".join(filter(None, parts)))
        self.state.set_tone(_STATE_TONES.get(detail.state, "muted"))
        self.state.setVisible(True)

    def show_new(self) -> None:
        """The head of one that is not stored yet."""
        self.grade_chip.setVisible(False)
        self.label.setText(_("New finding"))
        self.found.setText(_("stored with its first words"))
        self.jump.setVisible(False)
        self.state.setVisible(False)
