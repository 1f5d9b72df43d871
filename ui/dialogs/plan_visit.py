"""Plans a visit or moves one: day, times, areas, and what it is for; what speaks against a day is said before it is stored."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from qma_app.domain.edition import Area
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.plan import PlannedArea
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit
from qma_app.domain.wording import visit_title
from qma_app.i18n import _
from qma_app.services.visits import change_visit, plan_visit
from ui import theme
from ui.dialogs.dialog import Dialog, field, side_by_side
from ui.pages.page import scrolling
from ui.visit.time_edit import TimeEdit
from ui.visit.visit_day import VisitDay, next_free_day
from ui.workbench import Workbench

FIRST_TIME, LAST_TIME = time(8, 30), time(16, 30)
_BETWEEN_VISITS = timedelta(days=28)
_AREA_ROWS_SHOWN = 7


@dataclass(frozen=True, kw_only=True, slots=True)
class _Offer:
    """What the dialog begins with."""

    engagement: Engagement
    areas: tuple[Area, ...]
    day: date | None
    in_work: Mapping[AreaId, tuple[date, date]]


class PlanVisit(Dialog):
    """Stores by itself, so that a refusal leaves what was typed; `changes` is what was stored."""

    def __init__(
        self,
        parent: QWidget | None,
        workbench: Workbench,
        engagement_id: EngagementId,
        *,
        visit: Visit | None = None,
        day: date | None = None,
    ) -> None:
        title = _("Plan a visit") if visit is None else visit_title(visit)
        super().__init__(
            parent, title, accept=_("Plan visit") if visit is None else _("Save visit"), width=560
        )
        self._bench, self._visit = workbench, visit
        self._accept_words = self.accept_button.text()
        self.changes: Changes | None = None
        self._offer = workbench.read(_offer, engagement_id, workbench.workspace.today(), day)
        self.day = VisitDay(workbench, _("Day"))
        self.starts = TimeEdit(visit.starts_at if visit else FIRST_TIME)
        self.ends = TimeEdit(visit.ends_at if visit else LAST_TIME)
        self.purpose = QLineEdit(visit.purpose if visit else "")
        self.purpose.setPlaceholderText(_("In a few words; may be left empty"))
        self._areas_were_touched = visit is not None
        row = side_by_side(
            field(_("Day"), self.day), field(_("From"), self.starts), field(_("To"), self.ends)
        )
        row.setStretch(0, 4)
        self.body.addLayout(row)
        self.boxes = self._area_boxes(visit.areas if visit else ())
        self.body.addWidget(field(_("What it is for"), self.purpose))
        self.day.changed.connect(self._day_changed)
        self.day.show_day(
            self._offer.engagement.id,
            visit.planned_on if visit else self._offer.day,
            but=visit.id if visit else None,
        )
        workbench.failed.connect(self.show_problem)
        self.day.field.field.setFocus()
        self.day.field.field.selectAll()

    def accept(self) -> None:
        """Plan or change the visit; what was refused is said above the buttons."""
        if not self.day.flush() or self.day.day is None:
            self.show_problem(_("Type a day such as 2026-12-04, 4.12.26, 4 Dec or +14."))
            return
        self.show_problem("")
        fields: dict[str, Any] = {
            "planned_on": self.day.day,
            "starts_at": self.starts.time_of_day,
            "ends_at": self.ends.time_of_day,
            "areas": tuple(id for id, box in self.boxes.items() if box.isChecked()),
            "purpose": self.purpose.text().strip(),
            "despite": bool(self.day.against),
        }
        if self._visit is None:
            self.changes = self._bench.do(plan_visit, self._offer.engagement.id, **fields)
        else:
            self.changes = self._bench.do(change_visit, self._visit.id, **fields)
        if self.changes is not None:
            super().accept()

    def _area_boxes(self, ticked: Collection[AreaId]) -> dict[AreaId, QCheckBox]:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        boxes: dict[AreaId, QCheckBox] = {}
        rows = (len(self._offer.areas) + 1) // 2
        for place, area in enumerate(self._offer.areas):
            box = QCheckBox(f"{area.code}  {area.title}".replace("&", "&&"))
            box.setAccessibleName(f"{area.code} {area.title}")
            box.setChecked(area.id in ticked)
            box.clicked.connect(self._area_touched)
            boxes[area.id] = box
            grid.addWidget(box, place % rows, place // rows)
        shown = scrolling(inside)
        shown.setFixedHeight(theme.px(34) * min(rows, _AREA_ROWS_SHOWN) + 4)
        shown.setMinimumWidth(inside.sizeHint().width() + theme.px(16))  # names are never cut
        self.body.addWidget(field(_("Areas"), shown))
        return boxes

    def _area_touched(self) -> None:
        self._areas_were_touched = True

    def _day_changed(self) -> None:
        """Until somebody ticks an area, those in work on the day are ticked."""
        day = self.day.day
        if not self._areas_were_touched and day is not None:
            for id, box in self.boxes.items():
                first, last = self._offer.in_work.get(id, (date.max, date.min))
                box.setChecked(first <= day <= last)
        self.accept_button.say(_("Plan it all the same") if self.day.against else self._accept_words)
        self.accept_button.setEnabled(day is not None)

    @classmethod
    def ask(
        cls,
        workbench: Workbench,
        engagement_id: EngagementId,
        parent: QWidget | None = None,
        *,
        visit: Visit | None = None,
        day: date | None = None,
    ) -> Changes | None:
        """Plan a new visit, on a day if given, or change one; what was stored, None when it was cancelled."""
        dialog = cls(parent, workbench, engagement_id, visit=visit, day=day)
        dialog.exec()
        changes = dialog.changes
        workbench.failed.disconnect(dialog.show_problem)
        dialog.deleteLater()
        return changes


def _offer(reader: Reader, engagement_id: EngagementId, today: date, day: date | None) -> _Offer:
    engagement = reader.get(Engagement, engagement_id)
    planned = reader.all(PlannedArea, engagement_id=engagement_id)
    left_out = {one.area_id for one in planned if one.is_left_out}
    visits = [one for one in reader.all(Visit, engagement_id=engagement_id) if one.cancelled_on is None]
    last = max((one.day for one in visits), default=None)
    near = day or max(today + timedelta(days=1), last + _BETWEEN_VISITS if last else today)
    return _Offer(
        engagement=engagement,
        areas=tuple(area for area in reader.edition(engagement.edition).areas if area.id not in left_out),
        day=near if day is not None else next_free_day(reader, engagement_id, near),
        in_work={
            one.area_id: (one.starts_on, one.ends_on)
            for one in planned
            if one.starts_on is not None and one.ends_on is not None
        },
    )
