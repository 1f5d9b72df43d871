"""The right of reply: whether the dealership agrees, in its own words, who said so and when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding, Reply
from qma_app.domain.wording import reply_title
from qma_app.i18n import _, day_text
from ui import theme
from ui.findings.date_field import DateField
from ui.findings.growing_note import GrowingNote
from ui.findings.section import Section
from ui.settings import Settings
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit
from ui.widgets.segments import Segments


class ReplyPart(QWidget):
    """`picked` carries the reply (or None). A disagreement without words waits for them: it is shown, but not given on."""

    picked = Signal(object)  # Reply | None

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reply: Reply | None = None
        self.is_waiting = False
        self.section = Section(
            "reply",
            _("Reply of the dealership"),
            settings,
            nothing=_("none yet"),
            step=_("Note the reply"),
        )
        self.choice = Segments(
            _("Reply"),
            [("", _("none yet"), _("The dealership has not said anything yet"))]
            + [(one.value, reply_title(one), "") for one in Reply],
        )
        self.hint = PlainLabel("", role="small", tone="warn", wrap=True)
        self.words = GrowingNote(
            _("Words of the dealership"), placeholder=_("In their own words"), least=1, is_quiet=True
        )
        self.by = LineEdit(_("Replied by"), placeholder=_("Who said so"))
        self.on = DateField(_("Replied on"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        for column, (name, widget) in enumerate(((_("By"), self.by), (_("Day"), self.on))):
            grid.addWidget(PlainLabel(name, role="caption"), 0, column)
            grid.addWidget(widget, 1, column)
            grid.setColumnStretch(column, 1)
        self.section.add(self.choice, is_wide=False)
        self.section.add(self.hint)
        self.section.body.addWidget(self.words)
        self.section.body.addLayout(grid)
        column_of_all = QVBoxLayout(self)
        column_of_all.setContentsMargins(0, 0, 0, 0)
        column_of_all.addWidget(self.section)
        self.choice.chosen.connect(self._chosen)
        self.section.begun.connect(self._begun)

    def show_finding(self, finding: Finding, *, is_same: bool) -> None:
        """Show the reply; a disagreement that waits for its words goes on waiting on the same finding."""
        if not is_same:
            self.section.rest()
        self._reply = finding.reply
        if not (is_same and self.is_waiting and finding.reply is not Reply.DISAGREED):
            self.choice.choose(finding.reply.value if finding.reply else "")
            self._wait(is_waiting=False)
        when = day_text(finding.replied_on) if finding.replied_on else ""
        summary = (reply_title(finding.reply) if finding.reply else "", finding.reply_by, when)
        self.section.show_filled(
            is_filled=bool(finding.reply or finding.reply_words), summary=" · ".join(filter(None, summary))
        )

    @property
    def wanted(self) -> Reply | None:
        """What is chosen, stored or not."""
        return Reply(self.choice.current) if self.choice.current else None

    def take_back(self) -> None:
        """The choice was refused, or left without its words: what is stored stands again."""
        self.choice.choose(self._reply.value if self._reply else "")
        self._wait(is_waiting=False)

    def _chosen(self, _key: str) -> None:
        wanted = self.wanted
        if wanted is Reply.DISAGREED and not self.words.toPlainText().strip():
            self._wait(is_waiting=True)
            self.words.setFocus()
            return
        self._wait(is_waiting=False)
        self.picked.emit(wanted)

    def _wait(self, *, is_waiting: bool) -> None:
        self.is_waiting = is_waiting
        self.hint.setText(_("Not stored yet: a disagreement needs the dealership's words."))
        self.hint.setVisible(is_waiting)

    def _begun(self) -> None:
        button = self.choice.buttons[self.choice.current]
        button.setFocus()
