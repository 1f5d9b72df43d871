"""Makes papers of findings and actions from a reader, as a test wants to read them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

from qma_app.domain.cause import Cause
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId, CauseId, FindingId
from qma_app.reports import action_plan, department_sheet, finding_sheet
from qma_app.reports.actions.planning import PlanScope
from qma_app.reports.actions.values import DepartmentPaper, FindingPaper, HistoryStep, PlanPaper
from qma_app.reports.progress import Progress
from tests.builders import (
    TODAY,
    a_cause,
    a_dealership,
    a_finding,
    a_person,
    a_site,
    an_assessment,
    an_edition,
    an_engagement,
)
from tests.reports.fake_reader import FakeReader


def a_programme(*records: Any, **edition: Any) -> FakeReader:
    """A dealership with a programme and one assessment, and these records in it."""
    standard = an_edition(**edition)
    house = [
        a_dealership(),
        a_site(),
        a_person(),
        an_engagement(edition=standard.hash),
        an_assessment(edition=standard.hash),
    ]
    return FakeReader([*house, *records], [standard])


def the_plan(reader: FakeReader, *, on: date = TODAY, **scope: Any) -> PlanPaper:
    return action_plan.collect(reader, an_engagement().id, PlanScope(**scope), on=on)


def plan_pdf(reader: FakeReader, *, on: date = TODAY, **scope: Any) -> bytes:
    out = BytesIO()
    paper = the_plan(reader, on=on, **scope)
    action_plan.draw(paper, out, pictures=reader.evidence_bytes, progress=Progress())
    return out.getvalue()


def the_finding(
    reader: FakeReader,
    id: FindingId | None = None,
    *,
    on: date = TODAY,
    history: Sequence[HistoryStep] = (),
) -> FindingPaper:
    first: FindingId = id or reader.all(Finding)[0].id
    return finding_sheet.collect(reader, first, on=on, history=history)


def finding_pdf(reader: FakeReader, id: FindingId | None = None, **how: Any) -> bytes:
    out = BytesIO()
    paper = the_finding(reader, id, **how)
    finding_sheet.draw(paper, out, pictures=reader.evidence_bytes, progress=Progress())
    return out.getvalue()


def the_department(reader: FakeReader, area: str = "service", *, on: date = TODAY) -> DepartmentPaper:
    return department_sheet.collect(reader, an_engagement().id, AreaId(area), on=on)


def department_pdf(reader: FakeReader, area: str = "service", *, on: date = TODAY) -> bytes:
    out = BytesIO()
    paper = the_department(reader, area, on=on)
    department_sheet.draw(paper, out, pictures=reader.evidence_bytes, progress=Progress())
    return out.getvalue()


def three_whys(finding: Finding | None = None) -> tuple[Cause, ...]:
    """A chain of three, the last one a root in the category method."""
    of = (finding or a_finding()).id
    first = a_cause("The form is missing", finding_id=of, category="people")
    second = a_cause("Nobody orders forms", finding_id=of, parent_id=first.id)
    third = a_cause(
        "No task says who orders", finding_id=of, parent_id=second.id, category="method", is_changeable=True
    )
    return tuple(each if finding is None else _own(each, finding) for each in (first, second, third))


def _own(cause: Cause, finding: Finding) -> Cause:
    """The same cause under ids of its own for each finding."""

    def own(id: CauseId | None) -> CauseId | None:
        return None if id is None else CauseId(f"{id}-{finding.number}")

    return replace(cause, id=own(cause.id) or cause.id, parent_id=own(cause.parent_id))
