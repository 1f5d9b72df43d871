"""What a paper on findings and actions is about: the plan of the house, an area or an owner, one finding, or one department."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, Final

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import current_engagement
from qma_app.errors import NotFound
from qma_app.i18n import _
from qma_app.reports import DepartmentReport, FindingReport, LivingReport, PlanReport
from qma_app.reports.actions.planning import Grouping, PlanScope
from qma_app.reports.actions.reading import owner_key, owners_of
from qma_app.reports.actions.values import HistoryStep
from qma_app.reports.document import PictureBytes
from qma_app.reports.progress import Progress
from qma_app.services.finding_history import HistoryLine, finding_history
from qma_app.services.subjects import PaperChoice, area_meant, dealership_meant, no_such_area
from qma_app.storage.scopes import ReadingScope

OWNER: Final = "owner:"
"""Stands before the name of an owner in what a plan is about."""
OWNERS: Final = "owners"
"""A plan with a sheet for each owner."""
BY_OWNER: Final = "by-owner"
"""The plan of the whole programme under the names of its owners, as the window asks for it."""

Draw = Callable[[BinaryIO, PictureBytes], None]
"""Writes a paper whose values are read already."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LivingSubject:
    """A dealership, what its paper is about in words for a file name, and the steps to make it: read, then draw."""

    dealership: Dealership
    name: str
    read: Callable[[ReadingScope, date, bool, Progress], Draw]


@dataclass(frozen=True, kw_only=True, slots=True)
class LivingRecords:
    """What the choices of all kinds are made from, read once."""

    actions: tuple[Action, ...]
    findings: tuple[Finding, ...]
    links: tuple[ActionLink, ...]
    owners: tuple[str, ...]
    edition: Edition


def living_records(reader: Reader, engagement: Engagement) -> LivingRecords:
    """The actions and findings of a programme, newest finding first, and their owners."""
    actions = reader.all(Action, engagement_id=engagement.id)
    findings = tuple(sorted(reader.all(Finding, engagement_id=engagement.id), key=_newest_first))
    return LivingRecords(
        actions=actions,
        findings=findings,
        links=reader.all(ActionLink),
        owners=owners_of(reader, actions, findings),
        edition=reader.edition(engagement.edition),
    )


def living_choices(report: LivingReport, records: LivingRecords) -> list[PaperChoice]:
    """Every paper of a kind: by area and owner, of each finding, or of each area in which something is to be done."""
    if isinstance(report, PlanReport):
        return _plan_choices(report, records)
    if isinstance(report, FindingReport):
        return [
            _choice(report, finding.label, f"{finding.label} {_short(finding.statement)}")
            for finding in records.findings
        ]
    at_work = _areas_at_work(records)
    areas = records.edition.areas
    return [_choice(report, area.code, f"{area.code} {area.title}") for area in areas if area.id in at_work]


def living_subject(
    reader: Reader,
    report: LivingReport,
    dealership_id: DealershipId | None,
    of: int | str | None,
    by: str = "",
) -> LivingSubject:
    """What is meant by `of`, or NotFound that lists the choices."""
    dealership = dealership_meant(reader, dealership_id)
    engagement = current_engagement(reader, dealership.id)
    if isinstance(report, FindingReport):
        return _finding_subject(reader, report, dealership, engagement, of)
    if isinstance(report, DepartmentReport):
        return _department_subject(reader, report, dealership, engagement, of)
    return _plan_subject(reader, report, dealership, engagement, of, by)


def _plan_subject(
    reader: Reader,
    report: PlanReport,
    dealership: Dealership,
    engagement: Engagement,
    of: int | str | None,
    by: str,
) -> LivingSubject:
    scope, name = _scope_meant(reader, engagement, str(of or "").strip(), _grouping(by))

    def read(reader: ReadingScope, on: date, is_sample: bool, progress: Progress) -> Draw:
        paper = report.collect(
            reader, engagement.id, scope, on=on, is_sample=is_sample, step=progress.part(0.0, 0.1)
        )
        return lambda out, pictures: report.draw(paper, out, pictures=pictures, progress=progress)

    return LivingSubject(dealership=dealership, name=name, read=read)


def _grouping(by: str) -> Grouping:
    if not by.strip():
        return Grouping.AREA
    try:
        return Grouping(by.strip().casefold())
    except ValueError:
        raise NotFound(
            _("Actions cannot be listed by “{by}”.").format(by=by),
            code="report.grouping",
            way_out=_("Choose one of: {kinds}.").format(kinds=", ".join(Grouping)),
            by=by,
        ) from None


def _scope_meant(reader: Reader, engagement: Engagement, of: str, by: Grouping) -> tuple[PlanScope, str]:
    """The scope that `of` names, and its name for a file."""
    edition = reader.edition(engagement.edition)
    folded = of.casefold()
    if not of:
        return PlanScope(by=by), ""
    if folded == BY_OWNER:
        return PlanScope(by=Grouping.OWNER), ""
    if folded == OWNERS:
        return PlanScope(each_owner=True), _("each owner")
    if folded.startswith(OWNER):
        name = _owner_meant(reader, engagement, of[len(OWNER) :])
        return PlanScope(owner=name), name
    area = area_meant(edition, of)
    if area is None:
        raise _no_such_plan(edition, of)
    return PlanScope(area=area.id, by=by), str(area.title)


def _owner_meant(reader: Reader, engagement: Engagement, name: str) -> str:
    known = living_records(reader, engagement).owners
    found = next((each for each in known if owner_key(each) == owner_key(name)), None)
    if found is None:
        raise NotFound(
            _("“{name}” owns no action and no finding here.").format(name=name.strip()),
            code="owner.unknown",
            way_out=_("Choose one of: {names}.").format(names=", ".join(known) or "–"),
            name=name.strip(),
        )
    return found


def _no_such_plan(edition: Edition, of: str) -> NotFound:
    codes = ", ".join(area.code for area in edition.areas)
    return NotFound(
        _("There is no area “{area}”.").format(area=of),
        code="area.unknown",
        way_out=_("Choose one of: {codes}; or owner:NAME; or owners for a sheet each.").format(codes=codes),
        area=of,
    )


def _finding_subject(
    reader: Reader,
    report: FindingReport,
    dealership: Dealership,
    engagement: Engagement,
    of: int | str | None,
) -> LivingSubject:
    finding = _finding_meant(reader, dealership, engagement, of)

    def read(reader: ReadingScope, on: date, is_sample: bool, progress: Progress) -> Draw:
        history = _told_once(finding_history(reader, finding.id))
        paper = report.collect(
            reader, finding.id, on=on, history=history, is_sample=is_sample, step=progress.part(0.0, 0.1)
        )
        return lambda out, pictures: report.draw(paper, out, pictures=pictures, progress=progress)

    return LivingSubject(dealership=dealership, name=finding.label, read=read)


def _told_once(lines: Iterable[HistoryLine]) -> tuple[HistoryStep, ...]:
    """The history for paper, where steps that say the same and nothing more stand in one line."""
    steps: list[HistoryStep] = []
    for line in lines:
        step = HistoryStep(at=line.at, who=line.who, title=line.title, detail=line.detail)
        if steps and not step.detail and (steps[-1].who, steps[-1].title) == (step.who, step.title):
            continue
        steps.append(step)
    return tuple(steps)


def _finding_meant(
    reader: Reader, dealership: Dealership, engagement: Engagement, of: int | str | None
) -> Finding:
    findings = sorted(reader.all(Finding, engagement_id=engagement.id), key=_newest_first)
    wanted = str(of or "").strip().upper().removeprefix("F-").lstrip("0")
    found = next((each for each in findings if str(each.number) == wanted), None)
    if found is not None:
        return found
    known = ", ".join(each.label for each in findings[:12]) + (", …" if len(findings) > 12 else "")
    if not findings:
        raise NotFound(
            _("{dealership} has no finding yet.").format(dealership=dealership.name),
            code="finding.none",
            way_out=_("Raise one first, or choose another report."),
        )
    if not wanted:
        raise NotFound(
            _("It is not said which finding this is about."),
            code="finding.missing",
            way_out=_("Choose one of: {codes}.").format(codes=known),
        )
    raise NotFound(
        _("There is no finding “{finding}”.").format(finding=of),
        code="finding.unknown",
        way_out=_("Choose one of: {codes}.").format(codes=known),
        finding=str(of),
    )


def _department_subject(
    reader: Reader,
    report: DepartmentReport,
    dealership: Dealership,
    engagement: Engagement,
    of: int | str | None,
) -> LivingSubject:
    edition = reader.edition(engagement.edition)
    area: Area | None = area_meant(edition, of)
    if area is None:
        raise no_such_area(edition, of)
    area_id = area.id

    def read(reader: ReadingScope, on: date, is_sample: bool, progress: Progress) -> Draw:
        paper = report.collect(
            reader, engagement.id, area_id, on=on, is_sample=is_sample, step=progress.part(0.0, 0.1)
        )
        return lambda out, pictures: report.draw(paper, out, pictures=pictures, progress=progress)

    return LivingSubject(dealership=dealership, name=str(area.title), read=read)


def _plan_choices(report: PlanReport, records: LivingRecords) -> list[PaperChoice]:
    if not (records.actions or records.findings):
        return []
    choices = [
        _choice(report, "", _("Whole programme, by area")),
        _choice(report, BY_OWNER, _("Whole programme, by owner")),
        _choice(report, OWNERS, _("A sheet for each owner")),
    ]
    choices += [_choice(report, area.code, f"{area.code} {area.title}") for area in records.edition.areas]
    return choices + [
        _choice(report, f"{OWNER}{name}", _("Owner: {name}").format(name=name)) for name in records.owners
    ]


def _areas_at_work(records: LivingRecords) -> frozenset[str]:
    """The areas for which something is to be done or to be checked."""
    open_actions = {action.id: action for action in records.actions if action.is_open}
    points = {finding.id: finding.checkpoint_id for finding in records.findings}
    found = [action.from_checkpoint for action in open_actions.values()]
    found += [points.get(link.finding_id) for link in records.links if link.action_id in open_actions]
    return frozenset(id.split(".", 1)[0] for id in found if id)


def _choice(report: LivingReport, of: str, label: str) -> PaperChoice:
    return PaperChoice(kind=report.key, title=report.title(), of=of, label=label, is_open=False)


def _short(statement: str, most: int = 60) -> str:
    line = " ".join(statement.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _newest_first(finding: Finding) -> tuple[int, str]:
    return -finding.number, finding.id
