"""Closes a visit: what was agreed, a summary, the next day, and a signature, in the order in which it is said at the table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.ids import VisitId
from qma_app.domain.people import Person
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit, VisitState
from qma_app.i18n import _, day_text, ngettext
from qma_app.services.visits import close_visit, note_attendance, sign_visit, write_summary
from ui import theme
from ui.dialogs.dialog import Dialog, field
from ui.findings.growing_note import GrowingNote
from ui.key_names import keys_text
from ui.pages.page import scrolling
from ui.visit.agreed_card import AgreedList
from ui.visit.agreeing import AgreementLine
from ui.visit.reading import Desk, read_shelf
from ui.visit.signing import SigningForm
from ui.visit.time_edit import TimeEdit
from ui.visit.visit_day import VisitDay, next_free_day
from ui.visit.words import visit_title
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench

_BETWEEN_VISITS = timedelta(days=28)
_WIDE, _HIGH = 920, 600
_NOT_ADDED = _("“{words}” is not added yet: press Enter there, or empty the line.")


class CloseVisit(Dialog):
    """Stores by itself and stays open where something is refused; `is_closed` once the visit is closed.

    What is agreed here is stored at once, like everywhere; only closing waits for the button.
    """

    def __init__(self, parent: QWidget | None, workbench: Workbench, desk: Desk) -> None:
        super().__init__(
            parent,
            _("Close the visit"),
            visit_title(desk.visit, desk.view.areas),
            accept=_("Close visit"),
            width=_WIDE,
        )
        self._bench, self._desk = workbench, desk
        self.is_closed = False
        self._is_leaving = False
        self._following = self._next_visit()
        self._build()
        # Enter in a line adds what is typed there; it must not close the visit as well.
        self.accept_button.setDefault(False)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.accept)
        workbench.failed.connect(self.show_problem)
        workbench.changed.connect(self._changed)
        self._show()
        self.line.what.setFocus()
        room = parent.window().height() if parent is not None else theme.px(_HIGH)
        self.resize(theme.px(_WIDE), min(theme.px(_HIGH), room - 24))

    def _build(self) -> None:
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 10, 0)
        columns.setSpacing(24)
        left, right = QVBoxLayout(), QVBoxLayout()
        self.agreed = AgreedList(self._bench)
        self.line = AgreementLine(self._bench)
        self.summary = GrowingNote(
            _("Summary for the minutes"),
            placeholder=_("What the day showed, in a few sentences"),
            least=2,
            most=6,
        )
        self.ended = self._end_row()
        self.next = VisitDay(self._bench, _("Next visit"), placeholder=_("No day agreed"))
        self.next.changed.connect(self._check)
        self.next_words = PlainLabel("", role="small", tone="muted", wrap=True)
        self.at_closing = QCheckBox(_("Everybody who is on the list was at the closing"))
        self.signing = SigningForm()
        self.signing.changed.connect(self._check)
        left.addWidget(PlainLabel(_("What was agreed"), role="caption"))
        left.addWidget(self.agreed)
        left.addWidget(self.line)
        left.addWidget(field(_("Summary for the minutes"), self.summary))
        right.addWidget(self.ended)
        right.addWidget(field(_("Next visit"), self.next))
        right.addWidget(self.next_words)
        right.addWidget(self.at_closing)
        right.addWidget(PlainLabel(_("Signature"), role="caption"))
        right.addWidget(self.signing)
        for column in (left, right):
            column.setSpacing(10)
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.body.addWidget(scrolling(inside), 1)

    def _end_row(self) -> QWidget:
        """When a visit that nobody stopped in time really ended: after a dead battery, or a night."""
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        visit = self._desk.visit
        self.end_words = PlainLabel(
            " ".join(self._desk.view.remarks)
            or _("The clock has run since {day}: say when the visit ended.").format(day=day_text(visit.day)),
            role="small",
            tone="warn",
            wrap=True,
        )
        self.end_time = TimeEdit(visit.ends_at)
        self.end_time.setAccessibleName(_("When it ended"))
        self.is_ended_then = QCheckBox(_("It ended on {day} at").format(day=day_text(visit.day)))
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.is_ended_then)
        line.addWidget(self.end_time)
        line.addStretch(1)
        column.addWidget(self.end_words)
        column.addLayout(line)
        is_old = visit.state is VisitState.RUNNING and visit.day != self._bench.workspace.today()
        row.setVisible(is_old)
        self.is_ended_then.setChecked(is_old)
        return row

    def accept(self) -> None:
        """Close it, then sign it where somebody signed."""
        if not self.next.flush():
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        if self.signing.is_begun and not self.signing.is_ready:
            self.show_problem(_("Who signs? Write the name, and sign in the field."))
            self.signing.name.words.setFocus()
            return
        if self._is_waiting():
            return
        self.show_problem("")
        if self._stored():
            self.is_closed = True
            super().accept()

    def reject(self) -> None:
        """Not closed now: the summary is kept, and words that would be lost are named before a second Esc leaves."""
        is_kept, self._is_leaving = self._is_leaving or self._kept(), True
        if is_kept:
            super().reject()

    def _kept(self) -> bool:
        words = self.summary.toPlainText().strip()
        is_new = words != self._desk.visit.summary.strip()
        if is_new and self._bench.do(write_summary, self._desk.visit.id, words) is None:
            return False
        return not self._is_waiting()

    def _is_waiting(self) -> bool:
        words = self.line.waiting
        if words:
            self.line.what.setFocus()
            self.show_problem(_NOT_ADDED.format(words=words))
        return bool(words)

    def _stored(self) -> bool:
        bench, visit = self._bench, self._desk.visit
        key = f"closing {visit.id}"
        words = self.summary.toPlainText().strip()
        is_new = words != visit.summary.strip()
        if is_new and bench.do(write_summary, visit.id, words, merge_key=key) is None:
            return False
        people = self._desk.visit.participants
        if self.at_closing.isChecked() and people and not all(one.at_closing for one in people):
            present = tuple(replace(one, at_closing=True) for one in people)
            if bench.do(note_attendance, visit.id, present, merge_key=key) is None:
                return False
        closed: Changes | None = bench.do(
            close_visit,
            visit.id,
            next_on=self.next.day,
            at=self._ended_at(),
            despite=bool(self.next.against),
            merge_key=key,
        )
        if closed is None:
            return False
        if self.signing.is_ready:
            sign(bench, visit.id, self.signing)
        return True

    def _ended_at(self) -> datetime | None:
        if not (self.ended.isVisibleTo(self) and self.is_ended_then.isChecked()):
            return None
        return datetime.combine(self._desk.visit.day, self.end_time.time_of_day).astimezone()

    def _changed(self, _changes: Changes) -> None:
        """Something agreed was added: read what stands there now."""
        if self.is_closed or self._bench.engagement is None:
            return
        shelf = read_shelf(self._bench.workspace, self._desk.visit.engagement_id, self._desk.visit.id)
        if shelf.desk is not None and shelf.desk.visit.state is not VisitState.CLOSED:
            self._desk = shelf.desk
            self.agreed.show_desk(self._desk)

    def _show(self) -> None:
        desk = self._desk
        self.agreed.show_desk(desk)
        self.line.show_visit(desk.visit, desk.people)
        self.summary.set_text(desk.visit.summary)
        following = self._following
        proposal = self._proposal()
        self.next.show_day(desk.visit.engagement_id, proposal, but=following.id if following else None)
        self.next_words.setText(
            _("Visit {number} is planned for {day}; another day moves it.").format(
                number=following.number, day=day_text(following.planned_on)
            )
            if following is not None
            else _("A new visit is planned for that day, with the same times.")
        )
        waiting = [one for one in desk.view.items if one.done_at is None]
        if waiting:
            self.setWindowTitle(
                ngettext(
                    "Close the visit: {count} point not ticked",
                    "Close the visit: {count} points not ticked",
                    len(waiting),
                ).format(count=len(waiting))
            )
        self.at_closing.setVisible(any(not one.at_closing for one in desk.visit.participants))
        self.signing.offer(desk.visit.participants, desk.people, first=self._principal())
        self._check()

    def _proposal(self) -> date | None:
        """The day of the next visit as planned, else the first free one in four weeks."""
        if self._following is not None:
            return self._following.planned_on
        visit = self._desk.visit
        near = max(visit.day + _BETWEEN_VISITS, self._bench.workspace.today() + timedelta(days=1))
        return self._bench.read(next_free_day, visit.engagement_id, near)

    def _next_visit(self) -> Visit | None:
        visit = self._desk.visit
        shelf = read_shelf(self._bench.workspace, visit.engagement_id, visit.id)
        later = [
            one
            for one in shelf.visits
            if one.id != visit.id and one.is_ahead and not one.clock and one.planned_on > visit.day
        ]
        return min(later, key=lambda one: (one.planned_on, one.number), default=None)

    def _principal(self) -> Person | None:
        principal = self._desk.view.engagement.principal_id
        return next((one for one in self._desk.people if one.id == principal), None)

    def _check(self) -> None:
        self.accept_button.say(
            _("Close and sign") if self.signing.is_ready else _("Close visit without a signature")
        )
        self.accept_button.setToolTip(keys_text("Ctrl+Return"))
        self.show_problem("")

    @classmethod
    def ask(cls, parent: QWidget | None, workbench: Workbench, desk: Desk) -> bool:
        """Close a visit with somebody; whether it was closed."""
        dialog = cls(parent, workbench, desk)
        dialog.exec()
        workbench.failed.disconnect(dialog.show_problem)
        workbench.changed.disconnect(dialog._changed)
        is_closed = dialog.is_closed
        dialog.deleteLater()
        return is_closed


def sign(workbench: Workbench, visit_id: VisitId, form: SigningForm) -> bool:
    """Store a signature. What was signed is not taken back by undo, but by reopening with a reason."""
    signature = form.signature(workbench.workspace.clock())
    is_signed = workbench.do(sign_visit, visit_id, signature, on_paper=form.on_paper.isChecked()) is not None
    if is_signed:
        workbench.forget_undo()
    return is_signed
