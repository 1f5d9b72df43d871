"""The step "Opening meeting" on the page of the audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from qma_app.domain.audit import Meeting
from qma_app.domain.record import Changes
from qma_app.i18n import _
from qma_app.services.audit_conduct import OPENING_POINTS, hold_opening
from ui.audit.meeting_view import MeetingView
from ui.audit.meeting_words import opening_point
from ui.audit.reading import AuditDesk


class OpeningView(MeetingView):
    """The opening meeting, before it is held and after."""

    key: ClassVar[str] = "opening"
    points: ClassVar[tuple[str, ...]] = OPENING_POINTS
    merge_key: ClassVar[str] = "opening"

    def stored_meeting(self, desk: AuditDesk) -> Meeting | None:
        return desk.view.audit.opening

    def point_words(self) -> Callable[[str], str]:
        return opening_point

    def use_case(self) -> Callable[..., Changes]:
        return hold_opening

    def default_day(self, desk: AuditDesk) -> date:
        return desk.view.audit.first_on or desk.on

    def record_words(self) -> str:
        return _("Record the opening meeting")

    def words_hint(self) -> str:
        return _("Questions, wishes, what was agreed for the days ahead")
