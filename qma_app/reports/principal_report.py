"""The progress report for the principal: one page that is enough, and behind it what that page rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import BinaryIO, Final

from qma_app.domain.assessment import AssessmentKind
from qma_app.domain.course_reading import course_in
from qma_app.domain.days import month_after
from qma_app.domain.gates import gate_in
from qma_app.domain.ids import EngagementId
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.ports import Reader
from qma_app.domain.promise_book import promise_book
from qma_app.domain.sponsorship import sponsorship
from qma_app.domain.standing import standing_result
from qma_app.i18n import _
from qma_app.reports.actions.drawing import Part, draw_parts
from qma_app.reports.actions.reading import Programme
from qma_app.reports.document import PictureBytes
from qma_app.reports.kit import Kit
from qma_app.reports.principal.ahead import ahead_lines
from qma_app.reports.principal.behind import add_actions, add_ahead, add_areas, add_promises
from qma_app.reports.principal.first_page import FirstPage
from qma_app.reports.principal.reading import (
    actions_since,
    area_moves,
    late_first,
    settled_since,
    targets_now,
    waiting_decisions,
)
from qma_app.reports.principal.values import PrincipalPaper
from qma_app.reports.progress import Progress
from qma_app.reports.year.log_end import add_log_end
from qma_app.reports.year.promises import promise_lines

MONTHS: Final = 3


def title() -> str:
    """What it is called in lists."""
    return _("Progress report")


def collect(
    reader: Reader,
    engagement_id: EngagementId,
    _of: str | None = None,
    *,
    on: date,
    since: date | None = None,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> PrincipalPaper:
    """How a programme stands on a day, and what changed since the day of the last report: three months before, if none is given."""
    programme = Programme(reader, engagement_id, on=on, is_sample=is_sample)
    reading = PlanReading(reader, engagement_id, on=on)
    started_on = programme.engagement.started_on
    since = max(since or month_after(on, -MONTHS), started_on)
    areas, labels, before = area_moves(reading, since)
    step(0.4)
    book = promise_book(reader, engagement_id, on=on)
    open_promises = promise_lines(reader, book.open, on=on)
    return PrincipalPaper(
        frame=programme.frame,
        since=since,
        result=standing_result(reader, engagement_id),
        before=before,
        course=course_in(reading),
        audited_on=_audited_on(reading),
        labels=labels,
        areas=areas,
        targets=targets_now(programme),
        asked=late_first(open_promises),
        decisions=waiting_decisions(programme, reading),
        sponsor=sponsorship(reader, engagement_id, on=on),
        gate=gate_in(reading, reading.current) if reading.current is not None else None,
        book=book,
        open_promises=open_promises,
        settled=settled_since(programme, book, since),
        actions=actions_since(programme, since),
        ahead=ahead_lines(programme, reading, book),
    )


def _audited_on(reading: PlanReading) -> date | None:
    done = reading.completed(AssessmentKind.CERTIFICATION_AUDIT)
    return done[-1].completed_on if done else None


def draw(paper: PrincipalPaper, out: BinaryIO, *, pictures: PictureBytes, progress: Progress) -> None:
    """Write the report as a PDF."""

    def add(kit: Kit) -> None:
        kit.flow.add(FirstPage(kit, paper, title()), entry=kit.entry(title(), 0, in_contents=False))
        add_areas(kit, paper)
        add_promises(kit, paper)
        add_actions(kit, paper)
        add_ahead(kit, paper)
        add_log_end(kit, paper.frame)

    part = Part(name="", add=add)
    draw_parts(paper.frame, out, [part], title=title(), pictures=pictures, progress=progress)
