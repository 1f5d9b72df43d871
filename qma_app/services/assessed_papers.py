"""Which assessment, area or process a paper is about, and what is said where it is not there."""

from __future__ import annotations

from dataclasses import dataclass

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, DealershipId, ProcessId
from qma_app.domain.lineage import lineage_of
from qma_app.domain.ports import Reader
from qma_app.domain.standing import current_engagement, edition_of_assessment, list_assessments
from qma_app.errors import NotFound, RuleBroken
from qma_app.i18n import _
from qma_app.reports import Report
from qma_app.services.subjects import area_meant, dealership_meant, newest_of, no_such_area, process_meant


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessmentSubject:
    """What a report is about: an assessment, or of one assessment a single area."""

    dealership: Dealership
    assessment: Assessment
    area: Area | None

    @property
    def areas(self) -> tuple[AreaId, ...] | None:
        return None if self.area is None else (self.area.id,)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaSubject:
    """What a paper without an assessment is about: an area, or a process of it."""

    dealership: Dealership
    engagement: Engagement
    area: Area | None
    process: Process | None

    @property
    def about(self) -> AreaId | ProcessId:
        if self.process is not None:
            return self.process.id
        assert self.area is not None
        return self.area.id

    @property
    def name(self) -> str:
        if self.process is not None:
            return f"{self.process.number} {self.process.title}"
        assert self.area is not None
        return str(self.area.title)


def area_subject(reader: Reader, dealership_id: DealershipId | None, of: int | str | None) -> AreaSubject:
    """What is meant by `of`, or NotFound that lists the choices."""
    dealership = dealership_meant(reader, dealership_id)
    engagement = current_engagement(reader, dealership.id)
    edition = reader.edition(engagement.edition)
    area = area_meant(edition, of)
    process = None if area else process_meant(edition, of)
    if area is None and process is None:
        raise no_such_area(edition, of)
    return AreaSubject(dealership=dealership, engagement=engagement, area=area, process=process)


def assessment_subject(
    reader: Reader, report: Report, dealership_id: DealershipId | None, of: int | str | None
) -> AssessmentSubject:
    """The assessment or area meant by `of`: the newest completed one, else the newest, if left out. NotFound and RuleBroken list the choices."""
    dealership = dealership_meant(reader, dealership_id)
    engagement = current_engagement(reader, dealership.id)
    assessments = [each for each in list_assessments(reader, engagement.id) if report.suits(each.kind)]
    if not assessments:
        raise NotFound(
            _("{dealership} has no assessment for this report yet.").format(dealership=dealership.name),
            code="assessment.none",
            way_out=_("Start one first, or choose another report."),
        )
    wanted = "" if of is None else str(of).strip()
    by_number = {str(each.number): each for each in assessments}
    area = None
    if wanted and wanted.removeprefix("A") not in by_number:
        editions = lineage_of(reader, engagement.id).editions  # an area may be retired since
        known = (area_meant(reader.edition(each), wanted) for each in reversed(editions))
        area = next((each for each in known if each is not None), None)
        if area is None or not report.may_be_extract:
            raise _no_such(dealership, report, assessments, wanted, area)
        assessments = [each for each in assessments if area.id in each.scope]
        if not assessments:
            raise NotFound(
                _("No assessment of {dealership} covers {area}.").format(
                    dealership=dealership.name, area=area.title
                ),
                code="assessment.area-missing",
                way_out=_("Choose another area."),
            )
        wanted = ""
    chosen = by_number[wanted.removeprefix("A")] if wanted else newest_of(assessments)
    return AssessmentSubject(dealership=dealership, assessment=chosen, area=area)


def _no_such(
    dealership: Dealership, report: Report, assessments: list[Assessment], wanted: str, area: Area | None
) -> NotFound | RuleBroken:
    numbers = ", ".join(str(assessment.number) for assessment in assessments)
    if area is not None:
        return RuleBroken(
            _("“{report}” is about a whole assessment, not about {area} alone.").format(
                report=report.title(), area=area.title
            ),
            code="report.no-extract",
            way_out=_("Choose one of the assessments {numbers}.").format(numbers=numbers),
        )
    return NotFound(
        _("{dealership} has no assessment {number} for this report.").format(
            dealership=dealership.name, number=wanted
        ),
        code="assessment.unknown",
        way_out=_("Choose one of: {numbers}.").format(numbers=numbers),
        number=wanted,
    )


def department_name(reader: Reader, report: Report, subject: AssessmentSubject) -> str:
    """What its file is called: the department where it is about one alone, else what the report is called."""
    scope = subject.areas or subject.assessment.scope
    if len(scope) > 1:
        return report.title()
    area = edition_of_assessment(reader, subject.assessment).areas_by_id[scope[0]]
    return str(area.title) if report.may_be_extract else f"{report.title()} {area.title}"
