"""Stores what is typed in the panel of a finding; a choice that needs words waits for them, and no needed words go away."""

from __future__ import annotations

from typing import Any

from qma_app.domain.finding import FindingGrade, Reply
from qma_app.i18n import _
from ui.findings.detail import FindingDetail
from ui.findings.fields import FindingFields
from ui.workbench import Workbench


class FindingWriter:
    """One field at a time; what is refused stays in its field and counts as new."""

    def __init__(self, workbench: Workbench, fields: FindingFields) -> None:
        self.workbench = workbench
        self.fields = fields

    def write(self, detail: FindingDetail, field: str, value: object) -> None:
        """Store one field of the finding shown, or keep it waiting for the words it needs."""
        if field == "grade" and isinstance(value, FindingGrade) and self._waits_for_reason(detail, value):
            return
        if not self._is_writable(detail, field, value):
            return
        if field == "reply" or (field == "reply_words" and self.fields.reply.is_waiting):
            self._reply(detail)
            return
        from qma_app.services.findings import change_finding

        fields: dict[str, Any] = {field: value}
        if field == "grade_reason" and self.fields.grading.is_waiting:
            fields["grade"] = self.fields.grade.grade
            self.fields.grading.is_waiting = False
        id = detail.finding.id
        if self.workbench.do(change_finding, id, merge_key=f"finding {id} {field}", **fields) is not None:
            return
        if field == "grade":
            self.fields.grading.settle(detail.finding.grade, detail.suggested)
        if field == "elsewhere":
            self.fields.correction.show_finding(detail.finding, is_same=True)
        self.fields.keep_unsaved(field)

    def give_up_waiting(self, detail: FindingDetail) -> None:
        """The finding is left while a choice waits for words: what is stored stands, and that is said."""
        if self.fields.grading.is_waiting:
            self.fields.grading.settle(detail.finding.grade, detail.suggested)
            self.workbench.told.emit(
                _("The grade of {finding} stays as it was: no reason was written.").format(
                    finding=detail.finding.label
                )
            )
        if self.fields.reply.is_waiting:
            self.fields.reply.take_back()
            self.workbench.told.emit(
                _("The reply to {finding} stays as it was: a disagreement needs words.").format(
                    finding=detail.finding.label
                )
            )

    def _waits_for_reason(self, detail: FindingDetail, grade: FindingGrade) -> bool:
        """A grade other than the suggested one is kept, but not stored, until its reason is written."""
        stored, suggested = detail.finding.grade, detail.suggested
        grading = self.fields.grading
        if grade is stored:
            grading.settle(stored, suggested)
            return True
        has_reason = bool(self.fields.grade_reason.text().strip())
        if suggested in (None, grade) or has_reason:
            grading.is_waiting = False
            if has_reason:
                self.fields.grade_reason.flush()
            return False
        grading.wait(stored, suggested)
        return True

    def _is_writable(self, detail: FindingDetail, field: str, value: object) -> bool:
        """Empty words that are needed are not stored: they wait while somebody types, and go back to what they were when left."""
        if str(value).strip():
            return True
        finding = detail.finding
        needed = {
            "statement": (True, _("A finding needs a statement; the one before stands again.")),
            "grade_reason": (
                detail.suggested not in (None, finding.grade) and bool(finding.grade_reason),
                _("This grade needs its reason; the one before stands again."),
            ),
            "reply_words": (
                finding.reply is Reply.DISAGREED,
                _("A disagreement needs words; those before stand again."),
            ),
        }
        is_needed, words = needed.get(field, (False, ""))
        if not is_needed:
            return True
        text = self.fields.texts[field]
        if text.hasFocus():
            text.keep_unsaved()
        else:
            text.set_text(getattr(finding, field))
            self.workbench.told.emit(words)
        return False

    def _reply(self, detail: FindingDetail) -> None:
        """The reply with its words; a disagreement waits for them."""
        from qma_app.services.findings import reply_to_finding

        part = self.fields.reply
        words = part.words.toPlainText()
        if part.wanted is Reply.DISAGREED and not words.strip():
            return
        part.is_waiting = False
        self.workbench.close_step()
        done = self.workbench.do(
            reply_to_finding,
            detail.finding.id,
            reply=part.wanted,
            words=words,
            by=part.by.text(),
            on=detail.finding.replied_on,
        )
        if done is None:
            part.take_back()
