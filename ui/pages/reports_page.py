"""Makes papers: what to make and the author's words at the left, the real pages at the right, saved with one key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AssessmentId, DealershipId, VisitId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.standing import current_engagement, edition_of_assessment
from qma_app.domain.visit import Visit
from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext, number_text
from ui import theme
from ui.pages.page import GAP, MARGIN, Page, PageHead, scrolling
from ui.places import Place
from ui.reports_view.builder import PaperBuilder
from ui.reports_view.handing_out import HandingOut
from ui.reports_view.own_words import OwnWordsCard
from ui.reports_view.papers import SELF_ASSESSMENT, Built, Choice, Papers, Request, read_papers
from ui.reports_view.preview_bar import PreviewBar
from ui.reports_view.what_card import WhatCard
from ui.shortcuts import Command, Shortcut
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.pdf_preview import PdfPreview
from ui.workbench import Workbench

_LEFT = 356


class ReportsPage(Page):
    """Whatever changes, the preview follows; Enter saves what it shows."""

    key: ClassVar[str] = "reports"
    title: ClassVar[str] = _("Reports")
    icon: ClassVar[str] = "file-text"
    position: ClassVar[int] = 8

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(workbench, parent)
        self._papers: Papers | None = None
        self._edition: Edition | None = None
        self._editions: Mapping[AssessmentId, Edition] = {}
        self._built: Built | None = None
        self._status = ""
        self.builder = PaperBuilder(workbench, self)
        self.handing_out = HandingOut(workbench, self)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.head = PageHead(_("Reports"))
        self.excel_button = Button(_("Excel"), icon_name="file-spreadsheet")
        self.print_button = Button(_("Print…"), icon_name="printer")
        self.save_button = Button(_("Save PDF"), kind="primary", keys="Return")
        for button in (self.excel_button, self.print_button, self.save_button):
            self.head.add(button)
        self.what = WhatCard()
        self.words = OwnWordsCard(self.workbench)
        self.preview = PdfPreview()
        self.bar = PreviewBar(self.preview)
        self.message = EmptyState("file-text", "", _("Build preview"))
        self.empty = EmptyState(
            "file-text",
            _("No assessment yet: a report shows what was seen in one."),
            _("Go to Today"),
            keys="Return",
        )
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 4, 0)
        column.setSpacing(GAP)
        column.addWidget(self.what)
        column.addWidget(self.words, 1)
        # Where there are no words to write, the choices keep their height.
        column.addStretch(0)
        choices = scrolling(left)
        choices.setFixedWidth(theme.px(_LEFT))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.preview)
        self._pages.addWidget(self.message)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.bar)
        right.addWidget(self._pages, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(choices)
        row.addLayout(right, 1)
        full = QWidget()
        whole = QVBoxLayout(full)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, 14)
        whole.setSpacing(GAP)
        whole.addWidget(self.head)
        whole.addLayout(row, 1)
        self._whole = QStackedWidget()
        self._whole.addWidget(full)
        self._whole.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)

    def _connect(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.print_button.clicked.connect(self.print_paper)
        self.excel_button.clicked.connect(self.save_workbook)
        self.what.changed.connect(self._chosen)
        self.message.wanted.connect(self._build_now)
        self.empty.wanted.connect(self._go_to_today)
        self.builder.began.connect(self._building)
        self.builder.built.connect(self._show_built)
        self.builder.failed.connect(self._show_failure)
        self.builder.stopped.connect(self._show_stopped)
        for keys, act in (
            ("Ctrl++", self.preview.zoom_in),
            ("Ctrl+=", self.preview.zoom_in),
            ("Ctrl+-", self.preview.zoom_out),
            ("Ctrl+0", self.bar.toggle_fit),
            ("F3", self.preview.next_hit),
            ("Shift+F3", self.preview.previous_hit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    def refresh(self) -> None:
        dealership_id = self.workbench.dealership_id
        if dealership_id is None:
            return
        self._papers, self._edition, self._editions = self.workbench.read(
            _everything, DealershipId(dealership_id)
        )
        has_any = bool(self._papers.choices)
        self._whole.setCurrentIndex(0 if has_any else 1)
        language = self._papers.language or self.workbench.settings.report_language
        self.what.show_papers(self._papers, language=language)
        self._show_choice()

    def apply_changes(self, changes: Changes) -> None:
        self.refresh()

    @property
    def choice(self) -> Choice | None:
        """What would be made now."""
        return self.what.choice

    def _chosen(self) -> None:
        self._show_choice()
        self.went.emit()

    def _show_choice(self) -> None:
        choice, papers = self.choice, self._papers
        if choice is None or papers is None or self._edition is None:
            self.builder.want(None)
            return
        assessment = papers.assessment(choice)
        self.head.say(_("Reports"), f"{choice.title} · {choice.label}")
        self.words.setVisible(assessment is not None)
        if assessment is not None:
            self.words.show_assessment(assessment, self._editions.get(assessment.id, self._edition))
        self.save_button.say(_("Save workbook") if choice.is_workbook else _("Save PDF"))
        self.excel_button.setVisible(not choice.is_workbook and self._workbook_of(choice) is not None)
        self.print_button.setVisible(not choice.is_workbook)
        self.bar.setVisible(not choice.is_workbook)
        if choice.is_workbook:
            self.builder.want(None)
            self._say_workbook(choice)
            self._set_status("")
        else:
            self.builder.want(self._request(choice))

    def _request(self, choice: Choice) -> Request:
        return Request(
            choice=choice,
            dealership_id=DealershipId(self.workbench.dealership_id or ""),
            language=self.what.language_code,
            head=self._papers.head if self._papers else "",
        )

    def _workbook_of(self, choice: Choice) -> Choice | None:
        return self._papers.workbook_of(choice) if self._papers else None

    def _say_workbook(self, choice: Choice) -> None:
        sentence = _("A workbook is looked at in Excel: save it and open it there.")
        if choice.kind == SELF_ASSESSMENT:
            returned = _("When it comes back filled in, take it in here.")
            self._say(f"{sentence} {returned}", button=_("Take in a filled-in workbook…"))
        else:
            self._say(sentence)

    def _build_now(self) -> None:
        choice = self.choice
        if choice is not None and choice.kind == SELF_ASSESSMENT:
            self.workbench.wanted_self_assessment.emit()
        elif choice is not None and not choice.is_workbook:
            self.builder.want(self._request(choice), at_once=True)

    def _building(self) -> None:
        self._set_status(_("Building the preview…"))

    def _show_built(self, built: Built) -> None:
        is_other = self._built is None or self._built.request.choice != built.request.choice
        self._built = built
        self._pages.setCurrentWidget(self.preview)
        self.preview.show_pdf(built.content)
        if is_other:
            self.preview.go_to_page(1)
        seconds = (
            number_text(round(built.seconds * 10), 0) if built.seconds >= 1_000 else f"{built.seconds:.1f}"
        )
        pages = ngettext("{count} page", "{count} pages", built.pages).format(count=built.pages)
        self._set_status(_("Report built in {seconds} s · {pages}").format(seconds=seconds, pages=pages))

    def _show_failure(self, error: QmaError) -> None:
        self._built = None
        self._say(str(error), button=_("Try again"))
        self._set_status(_("No preview"))

    def _show_stopped(self) -> None:
        if self._built is None:
            self._say(_("The preview was cancelled."), button=_("Build preview"))
        self._set_status(_("Preview cancelled"))

    def _say(self, sentence: str, button: str = "") -> None:
        """Words in place of the pages."""
        self.message.sentence.setText(sentence)
        self.message.button.say(button)
        self.message.button.setVisible(bool(button))
        self._pages.setCurrentWidget(self.message)

    def _set_status(self, text: str) -> None:
        self._status = text
        self.status_changed.emit(text)

    def save(self) -> None:
        """Save what is chosen into the folder of reports, without a question."""
        self.flush()
        if self.choice is not None:
            self.handing_out.save(self._request(self.choice))

    def save_elsewhere(self) -> None:
        """Ask where, and save what is chosen there."""
        self.flush()
        if self.choice is not None:
            self.handing_out.save_elsewhere(self._request(self.choice))

    def save_workbook(self) -> None:
        """Save the workbook of the same assessment into the folder of reports."""
        self.flush()
        book = self._workbook_of(self.choice) if self.choice is not None else None
        if book is not None:
            self.handing_out.save(self._request(book))

    def print_paper(self) -> None:
        """Send the pages shown to a printer."""
        if self._built is None or self.choice is None:
            self.workbench.told.emit(_("The preview is still being built; print when it is there."))
        else:
            self.handing_out.print_pages(self._built)

    def _go_to_today(self) -> None:
        self.going.emit(Place(page="today", dealership_id=self.workbench.dealership_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, unless a button has the focus: then it presses that one."""
        if (
            event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            super().keyPressEvent(event)
            return
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractButton) and not focused.isCheckable() and self.isAncestorOf(focused):
            focused.click()
        elif self._whole.currentIndex() == 1:
            self._go_to_today()
        else:
            self.save()

    def place(self) -> Place:
        choice = self.choice
        return Place(
            page=self.key,
            dealership_id=self.workbench.dealership_id,
            assessment_id=choice.assessment_id if choice else None,
        )

    def go(self, place: Place) -> None:
        if place.visit_id is not None:
            self._go_to_visit(VisitId(place.visit_id), place.view or "")
            return
        if place.paper_of is not None and place.view is not None:
            self._go_to_paper(place.view, place.paper_of)
            return
        choice = self.choice
        if place.assessment_id is None or choice is None or choice.assessment_id == place.assessment_id:
            return
        # A paper on an area has no assessment to turn to: the first kind of report has.
        self.what.choose(choice.kind if choice.assessment_id else "", place.assessment_id)
        self._show_choice()

    def _go_to_visit(self, visit_id: VisitId, kind: str) -> None:
        """A paper on a visit, in the language of the dealership, where it is handed over: its minutes, before it its agenda."""
        found = self.workbench.read(_visit_paper, visit_id)
        if found is None or self._papers is None:
            return
        number, language = found
        kinds = (kind,) if kind else ("minutes", "agenda")
        offered = {one.kind for one in self._papers.choices if one.about == number}
        kind = next((one for one in kinds if one in offered), "")
        if not kind:
            return
        self.what.choose_language(language)
        self.what.choose(kind, number)
        self._show_choice()

    def _go_to_paper(self, kind: str, about: str) -> None:
        """A paper of the programme, in the language of the dealership: it is handed over there."""
        if self._papers is None or self._papers.find(kind, about) is None:
            return
        self.what.choose_language(self._papers.language)
        self.what.choose(kind, about)
        self._show_choice()

    def focus_search(self) -> None:
        self.bar.focus_words()

    def flush(self) -> None:
        self.words.flush()

    def take_focus(self) -> None:
        if self._whole.currentIndex() == 1:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._pages.currentWidget() is self.preview:
            self.preview.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def status(self) -> str:
        return self._status

    def shortcuts(self) -> tuple[Shortcut, ...]:
        return (
            Shortcut(keys="Return", title=_("Save into the folder of reports")),
            Shortcut(keys="Ctrl+Shift+S", title=_("Save elsewhere")),
            Shortcut(keys="PgDown, PgUp", title=_("Next or previous page")),
            Shortcut(keys="Ctrl+F", title=_("Find in the paper; Enter or F3 for the next place")),
            Shortcut(keys="Ctrl++, Ctrl+-", title=_("Larger, smaller")),
            Shortcut(keys="Ctrl+0", title=_("Fit to width, whole page")),
        )

    def commands(self) -> tuple[Command, ...]:
        return (
            Command(title=_("Save report as PDF"), run=self.save, keys="Return", icon="save"),
            Command(
                title=_("Save report elsewhere"),
                run=self.save_elsewhere,
                keys="Ctrl+Shift+S",
                icon="folder-open",
            ),
            Command(title=_("Save Excel workbook"), run=self.save_workbook, icon="file-spreadsheet"),
            Command(title=_("Print report"), run=self.print_paper, icon="printer"),
        )


def _visit_paper(reader: Reader, visit_id: VisitId) -> tuple[str, str] | None:
    """What a paper on a visit is chosen by, and the language of its dealership; None for a visit that is gone."""
    visit = reader.find(Visit, visit_id)
    engagement = reader.find(Engagement, visit.engagement_id) if visit is not None else None
    if visit is None or engagement is None:
        return None
    return str(visit.number), reader.get(Dealership, engagement.dealership_id).language


def _everything(
    reader: Reader, dealership_id: DealershipId
) -> tuple[Papers, Edition, Mapping[AssessmentId, Edition]]:
    """What can be made, the edition in force, and for each assessment the edition it was made in."""
    papers = read_papers(reader, dealership_id)
    made_in = {one.id: edition_of_assessment(reader, one) for one in papers.assessments}
    return papers, reader.edition(current_engagement(reader, dealership_id).edition), made_in
