"""The author's own words in a report: the summary, and a remark on each area; written only while the assessment is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from qma_app.domain.assessment import Assessment
from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId
from qma_app.i18n import _
from ui.findings.growing_note import GrowingNote
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class OwnWordsCard(Card):
    """Stores what is typed like every other field."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(_("In your own words"), parent=parent)
        self.workbench = workbench
        self._assessment: Assessment | None = None
        self._areas: tuple[tuple[AreaId, str], ...] = ()
        self._remark_area: AreaId | None = None
        self.summary = GrowingNote(
            _("Summary"),
            placeholder=_("What the principal should remember of this assessment"),
            least=5,
            most=14,
        )
        # What room there is belongs to the summary.
        self.summary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.area = QComboBox()
        self.area.setAccessibleName(_("Area of the remark"))
        self.area.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.remark = GrowingNote(
            _("Remark on the area"), placeholder=_("A word on this area"), least=3, most=9
        )
        self.closed = PlainLabel(
            _(
                "This assessment is completed: its words are read, not changed. Reopen it in Checklists to write."
            ),
            role="small",
            tone="muted",
            wrap=True,
        )
        self.body.setSpacing(5)
        self.body.addWidget(PlainLabel(_("Summary"), role="caption"))
        self.body.addWidget(self.summary, 1)
        self.body.addSpacing(6)
        self.body.addWidget(PlainLabel(_("Remark on an area"), role="caption"))
        self.body.addWidget(self.area)
        self.body.addWidget(self.remark)
        self.body.addWidget(self.closed)
        self.summary.settled.connect(self._write_summary)
        self.area.currentIndexChanged.connect(self._area_changed)
        for note in (self.summary, self.remark):
            note.left.connect(workbench.close_step)
        self.remark.settled.connect(self._write_remark)

    def show_assessment(self, assessment: Assessment, edition: Edition) -> None:
        """Show the words of an assessment; what is being typed on the same one is left alone."""
        is_same = self._assessment is not None and self._assessment.id == assessment.id
        if not is_same:
            self.flush()
        self._assessment = assessment
        if not (is_same and self.summary.is_pending):
            self.summary.set_text(assessment.summary)
        areas = tuple((id, str(edition.areas_by_id[id].title)) for id in assessment.scope)
        if areas != self._areas or not is_same:
            self._areas = areas
            blocker = QSignalBlocker(self.area)
            self.area.clear()
            for area_id, title in areas:
                self.area.addItem(title, area_id)
            blocker.unblock()
        self._mark_remarks()
        self._show_remark(is_same=is_same)
        for note in (self.summary, self.remark):
            note.setReadOnly(not assessment.is_open)
        self.closed.setVisible(not assessment.is_open)

    def flush(self) -> None:
        """Store what is typed."""
        self.summary.flush()
        self.remark.flush()

    @property
    def area_id(self) -> AreaId | None:
        """The area whose remark is shown."""
        found = self.area.currentData()
        return AreaId(found) if found else None

    def _mark_remarks(self) -> None:
        """Areas with a remark carry a pencil behind their name."""
        if self._assessment is None:
            return
        for place, (area_id, title) in enumerate(self._areas):
            self.area.setItemText(place, f"{title}  ✎" if self._assessment.remark_on(area_id) else title)

    def _show_remark(self, *, is_same: bool) -> None:
        area_id = self.area_id
        if self._assessment is None or (is_same and area_id == self._remark_area and self.remark.is_pending):
            return
        self._remark_area = area_id
        self.remark.set_text(self._assessment.remark_on(area_id) if area_id else "")

    def _area_changed(self) -> None:
        # What was typed belongs to the area chosen before.
        self.remark.flush()
        self._show_remark(is_same=False)

    def _write_summary(self, text: str) -> None:
        from qma_app.services.assessments import write_summary

        if self._assessment is None or not self._assessment.is_open:
            return
        id = self._assessment.id
        if self.workbench.do(write_summary, id, text=text, merge_key=f"summary {id}") is None:
            self.summary.keep_unsaved()

    def _write_remark(self, text: str) -> None:
        from qma_app.services.assessments import write_remark

        area_id = self._remark_area
        if self._assessment is None or not self._assessment.is_open or area_id is None:
            return
        write = partial(self.workbench.do, write_remark, self._assessment.id, area_id=area_id, text=text)
        if write(merge_key=f"remark {self._assessment.id} {area_id}") is None:
            self.remark.keep_unsaved()
