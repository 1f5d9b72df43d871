"""The step "Report" on the page of the audit: the result, what is still missing, the auditor's words, and the pages."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.domain.audit import Audit
from qma_app.domain.audit_comparing import compared_with_before
from qma_app.domain.audit_path import StepCode
from qma_app.domain.audit_state import AuditState
from qma_app.domain.certification import IssuedFile
from qma_app.domain.ports import Reader
from qma_app.domain.spot import Spot
from qma_app.domain.surveillance import AuditComparison
from qma_app.i18n import _
from ui import theme
from ui.audit.checks_card import ChecksCard
from ui.audit.compared_card import ComparedCard
from ui.audit.paper_words_card import PaperWordsCard
from ui.audit.part import AuditPart
from ui.audit.reading import AuditDesk
from ui.audit.recommend_card import RecommendCard
from ui.audit.report_preview import REPORT, ReportPreview
from ui.audit.result_card import ResultCard, RulesCard
from ui.audit.signed_report_card import save_issued_file
from ui.pages.page import GAP, scrolling
from ui.places import Place
from ui.reports_view.handing_out import HandingOut
from ui.reports_view.own_words import OwnWordsCard
from ui.reports_view.papers import WORKBOOK
from ui.widgets.buttons import Button, MenuButton
from ui.workbench import Workbench

_SUMMARY: Final = "audit-summary"
_WORKBOOK: Final = WORKBOOK + "assessment"
_ROOM_FOR_BOTH: Final = 920
"""Below this width words and pages do not stand side by side."""


class ReportView(AuditPart):
    """Words at the left, pages at the right."""

    key: ClassVar[str] = "report"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._status = ""
        self.pages_button = Button(_("Pages"), icon_name="file-text")
        self.pages_button.setCheckable(True)
        self.pages_button.setToolTip(_("Show the pages in place of the words"))
        self.save_button = MenuButton(_("Save"))
        self.sign_button = Button(_("Sign and lock…"), kind="primary", icon_name="lock")
        self.result = ResultCard()
        self.checks = ChecksCard()
        self.rules = RulesCard()
        self.compared = ComparedCard()
        self.words = OwnWordsCard(workbench)
        self.paper_words = PaperWordsCard(workbench)
        self.recommend = RecommendCard(workbench)
        self.pages = ReportPreview(workbench)
        self.handing_out = HandingOut(workbench, self)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 14)
        column.setSpacing(GAP)
        for card in (
            self.result,
            self.checks,
            self.rules,
            self.compared,
            self.words,
            self.recommend,
            self.paper_words,
        ):
            column.addWidget(card)
        column.addStretch(1)
        self.scrolled = scrolling(inside)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.scrolled, 6)
        row.addWidget(self.pages, 5)
        self.pages_button.toggled.connect(self._share_out)
        self.checks.opened.connect(self._open)
        self.compared.opened.connect(self._open_checkpoint)
        for name, words in self._papers().items():
            self.save_button.choices.addAction(words).setData(name)
        self.save_button.choices.triggered.connect(self._save_chosen)
        self.sign_button.clicked.connect(self._to_signing)
        self.pages.spoke.connect(self._spoke)

    def buttons(self) -> tuple[QWidget, ...]:
        return self.pages_button, self.save_button, self.sign_button

    def status(self) -> str:
        return self._status

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def show_desk(self, desk: AuditDesk) -> None:
        self.result.show_desk(desk)
        self.checks.show_desk(desk)
        self.rules.show_desk(desk)
        compared, number = self.workbench.read(_compared, desk.state)
        self.compared.show_comparison(compared, desk.state.edition, number)
        self.words.show_assessment(desk.view.assessment, desk.view.edition)
        self.words.closed.hide()
        for note in (self.words.summary, self.words.remark):
            note.setReadOnly(not self.may_write or not desk.view.assessment.is_open)
        self.paper_words.show_desk(desk, may_write=self.may_write)
        self.recommend.show_desk(desk, may_write=self.may_write)
        self.sign_button.setVisible(not desk.view.audit.is_signed)
        self.pages.show_desk(desk)

    def flush(self) -> None:
        self.words.flush()
        self.paper_words.flush()

    def go(self, place: Place) -> None:
        """A place with an area is about the remark on it."""
        if place.area_id is not None and self.desk is not None:
            found = self.words.area.findData(place.area_id)
            if found >= 0:
                self.words.area.setCurrentIndex(found)
                self.words.remark.setFocus(Qt.FocusReason.OtherFocusReason)
                self.scrolled.ensureWidgetVisible(self.words)

    def take_focus(self) -> None:
        missing = next((row for row in self.checks.rows.values() if row.leads_somewhere), None)
        (missing or self.words.summary).setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Save the report into the folder of reports: the signed file, or a draft as long as it is not signed."""
        self.flush()
        issued = self._issued()
        if issued is not None:
            save_issued_file(self.workbench, issued)
        elif self.pages.request is not None:
            self.handing_out.save(self.pages.request)

    def save_summary(self) -> None:
        """Save the four pages for the principal into the folder of reports."""
        self._save_as(_SUMMARY)

    def save_workbook(self) -> None:
        """Save ratings, findings and evidence of the audit as a workbook into the folder of reports."""
        self._save_as(_WORKBOOK)

    def _save_as(self, kind: str) -> None:
        self.flush()
        wanted, desk = self.pages.request, self.desk
        if wanted is None or desk is None:
            return
        of = wanted.choice.of if kind == _WORKBOOK else desk.view.audit.label
        choice = replace(wanted.choice, kind=kind, title=self._papers()[kind], of=of)
        self.handing_out.save(replace(wanted, choice=choice))

    def _issued(self) -> IssuedFile | None:
        from qma_app.services.signing import issued_report

        if self.desk is None or not self.desk.view.audit.is_signed:
            return None
        return self.workbench.read(issued_report, self.desk.view.audit.id)

    def _save_chosen(self, action: QAction) -> None:
        run = {_SUMMARY: self.save_summary, _WORKBOOK: self.save_workbook}.get(action.data(), self.save)
        run()

    def _papers(self) -> dict[str, str]:
        return {
            REPORT: _("Audit report (PDF)"),
            _SUMMARY: _("Summary for the principal (PDF)"),
            _WORKBOOK: _("Audit workbook (Excel)"),
        }

    def _open_checkpoint(self, checkpoint_id: str) -> None:
        if self.desk is not None:
            self.go_to("checklists", assessment_id=self.desk.view.assessment.id, checkpoint_id=checkpoint_id)

    def _to_signing(self) -> None:
        self.flush()
        self.jump(Spot(page="audit", view=StepCode.SIGN))

    def _open(self, spot: Spot, code: str) -> None:
        """What is missing on this very step is shown without leaving it."""
        if spot.page != "audit" or spot.view != self.key:
            self.jump(spot)
        elif spot.area_id is not None:
            self.go(Place(page="audit", view=self.key, area_id=spot.area_id))
        else:
            widget = self.recommend.words if code == "recommendation" else self.words.summary
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scrolled.ensureWidgetVisible(widget)

    def _share_out(self, *_state: object) -> None:
        """Where there is no room for both, words and pages take turns."""
        is_narrow = self.width() < theme.px(_ROOM_FOR_BOTH)
        self.pages_button.setVisible(is_narrow)
        self.scrolled.setVisible(not (is_narrow and self.pages_button.isChecked()))
        self.pages.setVisible(not is_narrow or self.pages_button.isChecked())

    def _spoke(self, text: str) -> None:
        self._status = text
        self.status_changed.emit(text)


def _compared(reader: Reader, state: AuditState) -> tuple[AuditComparison | None, str]:
    before = reader.find(Audit, state.audit.follows) if state.audit.follows is not None else None
    return compared_with_before(reader, state), before.label if before is not None else ""
