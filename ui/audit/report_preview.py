"""The pages of the audit report beside its words, drawn in a job that can be cancelled."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from ui.audit.reading import AuditDesk
from ui.reports_view.builder import PaperBuilder
from ui.reports_view.papers import Built, Choice, Request
from ui.reports_view.preview_bar import PreviewBar
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.labels import PlainLabel
from ui.widgets.pdf_preview import PdfPreview
from ui.workbench import Workbench

REPORT: Final = "audit"
_QUICK: Final = 1.5
"""A report drawn within so many seconds follows every change by itself; a longer one when asked."""


class ReportPreview(QWidget):
    """`spoke` carries what the status bar says about it."""

    spoke = Signal(str)

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = workbench
        self._built: Built | None = None
        self._wanted: Request | None = None
        self.builder = PaperBuilder(workbench, self)
        self.preview = PdfPreview()
        self.bar = PreviewBar(self.preview)
        self.message = EmptyState("file-text", _("The pages are being drawn."), _("Draw pages"))
        self.stale = PlainLabel(_("The pages show an earlier state."), role="small", tone="warn", wrap=True)
        self.again_button = Button(_("Draw again"), kind="link", icon_name="refresh-cw")
        self._line = QWidget()
        line = QHBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.stale, 1)
        line.addWidget(self.again_button)
        self._line.hide()
        self._pages = QStackedWidget()
        self._pages.addWidget(self.preview)
        self._pages.addWidget(self.message)
        self._pages.setCurrentWidget(self.message)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.bar)
        column.addWidget(self._line)
        column.addWidget(self._pages, 1)
        self.builder.built.connect(self._show_built)
        self.builder.failed.connect(self._show_failure)
        self.builder.stopped.connect(self._show_stopped)
        self.builder.began.connect(self._show_begun)
        self.message.wanted.connect(self.draw)
        self.again_button.clicked.connect(self.draw)

    @property
    def request(self) -> Request | None:
        """The report that is wanted now."""
        return self._wanted

    def show_desk(self, desk: AuditDesk) -> None:
        """Draw the report of this audit, at once or when asked."""
        request = self._request(desk)
        if request == self._wanted:
            return
        is_other = self._wanted is None or self._wanted.choice != request.choice
        self._wanted = request
        if is_other or self._built is None or self._built.seconds <= _QUICK:
            self.builder.want(request)
        else:
            self._line.show()

    def draw(self) -> None:
        """Draw the pages now."""
        if self._wanted is not None:
            self.builder.want(self._wanted, at_once=True)

    def _request(self, desk: AuditDesk) -> Request:
        assessment = desk.view.assessment
        choice = Choice(
            kind=REPORT,
            title=_("Audit report"),
            of=assessment.number,
            label=desk.view.audit.number,
            assessment_id=assessment.id,
        )
        return Request(
            choice=choice,
            dealership_id=DealershipId(desk.view.dealership.id),
            language=desk.view.audit.language
            or desk.view.dealership.language
            or self._bench.settings.report_language,
            head=self._bench.read(_head),
        )

    def _show_begun(self) -> None:
        self.message.sentence.setText(_("The pages are being drawn."))
        self.message.button.hide()
        self.spoke.emit(_("Drawing the report…"))

    def _show_built(self, built: Built) -> None:
        is_first = self._built is None or self._built.request.choice != built.request.choice
        self._built = built
        self._line.setVisible(built.request != self._wanted)
        self._pages.setCurrentWidget(self.preview)
        self.preview.show_pdf(built.content)
        if is_first:
            self.preview.go_to_page(1)
        pages = ngettext("{count} page", "{count} pages", built.pages).format(count=built.pages)
        self.spoke.emit(
            _("Report built in {seconds} s · {pages}").format(seconds=f"{built.seconds:.1f}", pages=pages)
        )

    def _show_failure(self, error: QmaError) -> None:
        self._built = None
        self._say(str(error))
        self.spoke.emit(_("No preview"))

    def _show_stopped(self) -> None:
        if self._built is None:
            self._say(_("Drawing was cancelled."))
        else:
            self._line.show()
        self.spoke.emit(_("Preview cancelled"))

    def _say(self, words: str) -> None:
        self.message.sentence.setText(words)
        self.message.button.show()
        self._pages.setCurrentWidget(self.message)


def _head(reader: Reader) -> str:
    return reader.log_head().hash
