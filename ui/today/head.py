"""The head of Today: the visit or the week, and the buttons that make sense as things stand."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QWidget

from qma_app.domain.visit import VisitState
from qma_app.i18n import _, day_text
from qma_app.services.today import TodayView
from qma_app.services.today_programme import TodayProgramme
from ui.pages.page import PageHead
from ui.today import programme_words, words
from ui.widgets.buttons import Button


class TodayHead(PageHead):
    """One of the primary buttons is there at a time: the one Enter presses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.preview = Button(_("Report preview"))
        self.visit = Button(_("Visit minutes"))
        self.begin = Button(_("Start visit"))
        self.go_on = Button(_("Continue checklist"), kind="primary", keys="Return")
        self.baseline = Button(_("Start baseline"), kind="primary", keys="Return")
        self.start = Button(_("Start next assessment"), kind="primary")
        for button in (self.preview, self.visit, self.begin, self.go_on, self.baseline, self.start):
            self.add(button)

    def show_state(self, view: TodayView, programme: TodayProgramme, on: date) -> None:
        """Show the buttons for what is open, planned or under way."""
        is_open, has_any, visit = view.resume is not None, bool(view.columns), programme.visit
        is_planned = visit is not None and visit.state is VisitState.PLANNED
        self.go_on.setVisible(is_open)
        self.go_on.setToolTip(words.resume_words(view))
        self.baseline.setVisible(not has_any)
        self.start.setVisible(has_any and not is_open)
        self.begin.setVisible(is_planned and programme.is_todays(on))
        self.visit.setVisible(visit is not None)
        self.visit.say(_("Open visit") if is_planned else _("Visit minutes"))
        self.preview.setVisible(has_any and visit is None)

    def say_state(
        self, view: TodayView, programme: TodayProgramme, on: date, now: datetime, worker: str
    ) -> None:
        """Say what the day is about; the clock of a visit is read at `now`."""
        line = programme_words.visit_line(programme, on, now)
        if not line:
            parts = [
                day_text(on, "full"),
                _("month {month} of {months}").format(month=view.month, months=view.engagement.months),
                words.title_of(view.engagement, view.resume.assessment) if view.resume else "",
                worker,
            ]
            line = " · ".join(filter(None, parts))
        self.say(programme_words.visit_headline(programme), line)
