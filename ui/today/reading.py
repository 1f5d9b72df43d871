"""What Today shows, read in one go; how an audit would end is read once everything else is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qma_app.domain.finding import Finding
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.services.findings import list_findings
from qma_app.services.today import TodayView, today
from qma_app.services.today_programme import TodayProgramme, today_programme

if TYPE_CHECKING:
    from qma_app.services.readiness import ReadinessView
    from qma_app.services.today_reported import ReportedStanding


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """`reported` is the standing by the published areas, where that is asked for and the edition has any."""

    on: date
    view: TodayView
    programme: TodayProgramme
    findings: tuple[Finding, ...]
    reported: ReportedStanding | None


def read_today(reader: Reader, dealership_id: DealershipId, *, on: date, is_by_published: bool) -> Read:
    """Everything but how an audit would end."""
    view = today(reader, dealership_id, on=on)
    reported = None
    if is_by_published and view.edition.reported_under:
        from qma_app.services.today_reported import reported_today

        reported = reported_today(reader, view)
    return Read(
        on=on,
        view=view,
        programme=today_programme(reader, view.engagement.id, on=on),
        findings=list_findings(reader, view.engagement.id),
        reported=reported,
    )


def has_audit(view: TodayView, programme: TodayProgramme) -> bool:
    """Whether an audit is planned and there is anything it could look at."""
    return bool(view.columns) and view.standing.overall is not None and programme.audit_on is not None


def read_readiness(reader: Reader, view: TodayView, programme: TodayProgramme, *, on: date) -> ReadinessView:
    """Rests on what Today has read already."""
    from qma_app.services.readiness import readiness

    return readiness(reader, view.engagement.id, on=on, ratings=view.ratings, steps=programme.waiting)
