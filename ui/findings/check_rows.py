"""The checks of an effect as rows: planned ones to be made or taken back, made ones with what they showed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.edition import Edition
from qma_app.domain.ids import PersonId
from qma_app.domain.verification import Verification
from qma_app.i18n import _
from ui.findings.check_words import made_by, made_words, planned_words
from ui.findings.effect_mark import EffectMark
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import clear
from ui.widgets.labels import PlainLabel

Check = tuple[str, Verification]
"""The label of the action it belongs to ("" for the finding itself), and the check."""


class CheckRows(QWidget):
    """`made_wanted` and `removal_wanted` carry a planned check."""

    make_wanted = Signal(object)  # Verification
    removal_wanted = Signal(object)  # Verification

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Check, ...] | None = None
        self.marks: list[EffectMark] = []
        self.makers: list[Button] = []
        self.removers: list[IconButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_checks(
        self, checks: Sequence[Check], edition: Edition, person: Callable[[PersonId | None], str]
    ) -> None:
        """Planned ones first, then what was made, the newest first."""
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        clear(self._column)
        self.marks, self.makers, self.removers = [], [], []
        planned = [one for one in checks if not one[1].is_made]
        made = sorted((one for one in checks if one[1].is_made), key=_newest_first, reverse=True)
        for label, check in planned:
            self._column.addWidget(self._planned(label, check, edition))
        for label, check in made:
            self._column.addWidget(self._made(label, check, edition, person(check.verified_by)))
        self.setVisible(bool(checks))

    def _planned(self, label: str, check: Verification, edition: Edition) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        words = planned_words(check, edition)
        line.addWidget(PlainLabel(f"{label}: {words}" if label else words, wrap=True), 1)
        make = Button(_("Check now"), kind="link")
        make.setProperty("small", True)
        make.setAccessibleName(_("Check now: {what}").format(what=words))
        make.clicked.connect(partial(self.make_wanted.emit, check))
        remove = IconButton("x", _("Take back the planned check"))
        remove.clicked.connect(partial(self.removal_wanted.emit, check))
        self.makers.append(make)
        self.removers.append(remove)
        line.addWidget(make)
        line.addWidget(remove)
        return row

    def _made(self, label: str, check: Verification, edition: Edition, who: str) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        if check.effect is not None:
            mark = EffectMark(check.effect)
            self.marks.append(mark)
            head.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        about = " · ".join(filter(None, (label, made_by(check, who))))
        head.addWidget(PlainLabel(about, role="small", tone="muted"), 1)
        column.addLayout(head)
        column.addWidget(PlainLabel(made_words(check, edition), wrap=True))
        if check.words:
            column.addWidget(PlainLabel(check.words, role="small", wrap=True, selectable=True))
        if check.reason:
            reason = _("Decided so because: {reason}").format(reason=check.reason)
            column.addWidget(PlainLabel(reason, role="small", tone="muted", wrap=True, selectable=True))
        return row


def _newest_first(one: Check) -> tuple[str, int]:
    return str(one[1].verified_on or ""), one[1].version
