"""The step "Closing meeting" on the page of the audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from qma_app.domain.audit import Meeting
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.audit_conduct import CLOSING_POINTS, hold_closing
from ui.audit.meeting_view import MeetingView
from ui.audit.meeting_words import closing_point
from ui.audit.reading import AuditDesk
from ui.audit.replies_card import RepliesCard
from ui.audit.wrap_ups_card import WrapUpsCard
from ui.workbench import Workbench


class ClosingView(MeetingView):
    """The closing meeting with the dealership's replies and the wrap-ups of the days before it."""

    key: ClassVar[str] = "closing"
    points: ClassVar[tuple[str, ...]] = CLOSING_POINTS
    begins: ClassVar[time] = time(16)
    ends: ClassVar[time] = time(17)
    merge_key: ClassVar[str] = "closing"

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.replies = RepliesCard(workbench)
        self.wrap_ups = WrapUpsCard(workbench)
        super().__init__(workbench, parent)
        self.replies.opened.connect(self._open_finding)

    def more_cards(self) -> tuple[QWidget, ...]:
        return self.replies, self.wrap_ups

    def show_desk(self, desk: AuditDesk) -> None:
        super().show_desk(desk)
        self.replies.show_desk(desk, may_write=self.may_write)
        self.wrap_ups.show_desk(desk, may_write=self.may_write)

    def flush(self) -> None:
        super().flush()
        self.replies.flush()
        self.wrap_ups.flush()

    def stored_meeting(self, desk: AuditDesk) -> Meeting | None:
        return desk.view.audit.closing

    def point_words(self) -> Callable[[str], str]:
        return closing_point

    def use_case(self) -> Callable[..., Changes]:
        return hold_closing

    def default_day(self, desk: AuditDesk) -> date:
        audit = desk.view.audit
        return audit.last_on or audit.first_on or desk.on

    def record_words(self) -> str:
        return _("Record the closing meeting")

    def words_hint(self) -> str:
        return _("What the house said to result and recommendation")

    def _open_finding(self, finding_id: str) -> None:
        self.go_to("findings", finding_id=finding_id)
