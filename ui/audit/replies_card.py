"""Each finding of the audit with what the dealership says to it: agreed, or objected to in its own words."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.finding import Finding, FindingGrade, Reply
from qma_app.domain.ids import FindingId
from qma_app.domain.wording import grade_title
from qma_app.i18n import _, ngettext
from ui.audit.reading import AuditDesk
from ui.findings.growing_note import GrowingNote
from ui.widgets.buttons import Button
from ui.widgets.cards import Card, clear, rule
from ui.widgets.chips import Chip
from ui.widgets.labels import PlainLabel
from ui.widgets.segments import Segments
from ui.workbench import Workbench

_TONES = {FindingGrade.MAJOR: "bad", FindingGrade.MINOR: "warn"}


class RepliesCard(Card):
    """`opened` carries the id of a finding somebody wants to see whole."""

    opened = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.count = Chip("")
        super().__init__(_("What the dealership says to each finding"), self.count, parent)
        self._bench = workbench
        self._desk: AuditDesk | None = None
        self.rows: dict[FindingId, ReplyRow] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.nothing = PlainLabel(
            _("No finding was raised that asks for a reply."), role="small", tone="muted", wrap=True
        )
        self.body.addLayout(self._rows)
        self.body.addWidget(self.nothing)

    def show_desk(self, desk: AuditDesk, *, may_write: bool) -> None:
        """Show the findings of this audit."""
        self._desk = desk
        findings = desk.state.nonconformities
        if [one.id for one in findings] != list(self.rows):
            clear(self._rows)
            self.rows = {}
            for finding in findings:
                row = ReplyRow(finding)
                row.replied.connect(partial(self._store, finding.id))
                row.title.clicked.connect(partial(self.opened.emit, finding.id))
                row.words.left.connect(self._bench.close_step)
                self.rows[finding.id] = row
                if len(self.rows) > 1:
                    self._rows.addWidget(rule())
                self._rows.addWidget(row)
        for finding in findings:
            self.rows[finding.id].show_finding(finding, may_write=may_write)
        replied = sum(one.reply is not None for one in findings)
        self.count.say(
            ngettext("{done} of {count} replied", "{done} of {count} replied", len(findings)).format(
                done=replied, count=len(findings)
            ),
            "ok" if replied == len(findings) else "warn",
        )
        self.count.setVisible(bool(findings))
        self.nothing.setVisible(not findings)

    def flush(self) -> None:
        """Store what is typed."""
        for row in self.rows.values():
            row.words.flush()

    def _store(self, finding_id: FindingId, reply: Reply | None, words: str) -> None:
        from qma_app.services.findings import reply_to_finding

        stored = self._bench.do(
            reply_to_finding, finding_id, reply=reply, words=words, merge_key=f"reply {finding_id}"
        )
        if stored is None and finding_id in self.rows:
            self.rows[finding_id].words.keep_unsaved()


class ReplyRow(QFrame):
    """One finding; `replied` carries the reply and its words. An objection without words waits for them."""

    replied = Signal(object, str)

    def __init__(self, finding: Finding, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.title = Button(finding.label, kind="link")
        self.title.setAccessibleName(_("Open {finding}").format(finding=finding.label))
        self.grade = Chip(grade_title(finding.grade), tone=_TONES.get(finding.grade, "neutral"))
        self.text = PlainLabel("", wrap=True)
        self.choice = Segments(
            _("Reply to {finding}").format(finding=finding.label),
            [
                ("", _("none yet"), _("The dealership has not said anything yet")),
                (Reply.AGREED.value, _("agreed"), _("The dealership agrees to the finding")),
                (Reply.DISAGREED.value, _("objects"), _("The dealership objects, in its own words")),
            ],
        )
        self.choice.chosen.connect(self._chosen)
        self.words = GrowingNote(
            _("Words of the dealership on {finding}").format(finding=finding.label),
            placeholder=_("In their own words"),
            least=1,
            most=6,
        )
        self.words.settled.connect(self._settled)
        self.hint = PlainLabel(
            _("Not stored yet: an objection needs the dealership's words."),
            role="small",
            tone="warn",
            wrap=True,
        )
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.grade)
        head.addStretch(1)
        head.addWidget(self.choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.text)
        column.addWidget(self.words)
        column.addWidget(self.hint)
        self.hint.hide()

    def show_finding(self, finding: Finding, *, may_write: bool) -> None:
        """Show the reply as it is stored; an objection that waits for its words goes on waiting."""
        self.finding = finding
        self.text.setText(finding.statement)
        self.grade.say(grade_title(finding.grade), _TONES.get(finding.grade, "neutral"))
        if not (self.hint.isVisibleTo(self) and finding.reply is not Reply.DISAGREED):
            self.choice.choose(finding.reply.value if finding.reply else "")
            self.hint.hide()
        if not self.words.is_pending:
            self.words.set_text(finding.reply_words)
        self.words.setVisible(self.choice.current != "" and (may_write or bool(finding.reply_words)))
        self.words.setReadOnly(not may_write)
        self.choice.setEnabled(may_write)

    def _chosen(self, key: str) -> None:
        reply, words = (Reply(key) if key else None), self.words.toPlainText().strip()
        is_waiting = reply is Reply.DISAGREED and not words
        self.hint.setVisible(is_waiting)
        self.words.setVisible(reply is not None)
        if is_waiting:
            self.words.setFocus()
        else:
            self.replied.emit(reply, words)

    def _settled(self, text: str) -> None:
        reply = Reply(self.choice.current) if self.choice.current else None
        if reply is None or (reply is Reply.DISAGREED and not text.strip()):
            return
        self.hint.hide()
        self.replied.emit(reply, text)
