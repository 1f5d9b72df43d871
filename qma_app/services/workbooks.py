"""Making Excel workbooks of what is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from qma_app.domain.assessment import Assessment
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Area
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding
from qma_app.domain.ids import DealershipId
from qma_app.domain.ports import Reader
from qma_app.domain.standing import current_engagement, list_assessments
from qma_app.errors import NotFound
from qma_app.exchange import (
    WORKBOOKS,
    AnyWorkbookKind,
    AreaWorkbookKind,
    PlanWorkbookKind,
    YearWorkbookKind,
)
from qma_app.i18n import _, in_language
from qma_app.services.subjects import (
    PaperChoice,
    area_choices,
    area_meant,
    choice_of,
    day_of,
    dealership_meant,
    file_name,
    newest_of,
    no_such_area,
)
from qma_app.services.workspace import Workspace
from qma_app.storage.atomic_files import atomic_file

Progress = Callable[[float], object]


def workbook_choices(reader: Reader, dealership_id: DealershipId) -> tuple[PaperChoice, ...]:
    """Every workbook of a dealership's programme: of each assessment, the newest first, of each area, of the action plan, of the year."""
    engagement = current_engagement(reader, dealership_id)
    assessments = list_assessments(reader, engagement.id)
    choices: list[PaperChoice] = []
    for kind in WORKBOOKS:
        if isinstance(kind, AreaWorkbookKind):
            choices += area_choices(reader, engagement, kind.key, kind.title(), with_processes=False)
        elif isinstance(kind, PlanWorkbookKind):
            choices += _plan_choices(reader, engagement, kind)
        elif isinstance(kind, YearWorkbookKind):
            choices.append(
                PaperChoice(
                    kind=kind.key, title=kind.title(), of="", label=_("everything kept so far"), is_open=False
                )
            )
        else:
            choices += [choice_of(kind.key, kind.title(), each) for each in reversed(assessments)]
    return tuple(choices)


def make_workbook(
    workspace: Workspace,
    kind: str,
    *,
    dealership_id: DealershipId | None = None,
    of: int | str | None = None,
    language: str = "en",
    on: date | None = None,
    target: Path,
    progress: Progress | None = None,
) -> Path:
    """Write a workbook to `target`, whole or not at all, and give its path back; what stood there before is replaced.

    `of` is the number of the assessment: the newest completed one, else the newest, if left out. A workbook without one is about the
    area `of` names (`SRV`), the action plan about all, an area, or an owner (`owner:Ada Sample`), that of the programme about all of it
    as it stands on the day `on`, today if left out. The dealership may be left out where there is only one or in a sample. `progress`
    hears the share done (0 to 1) and stops everything by answering False (ReportTrouble `workbook.cancelled`) or by raising.
    """
    maker = _kind(kind)
    with in_language(language):
        with workspace.reading() as reader:
            dealership = dealership_meant(reader, dealership_id)
            if isinstance(maker, AreaWorkbookKind):
                engagement, area = _area(reader, dealership, of)
                book = maker.collect(reader, engagement.id, area.id)
            elif isinstance(maker, PlanWorkbookKind):
                engagement = current_engagement(reader, dealership.id)
                book = maker.collect(reader, engagement.id, _text_of(of))
            elif isinstance(maker, YearWorkbookKind):
                engagement = current_engagement(reader, dealership.id)
                book = maker.collect(reader, engagement.id, on or workspace.today())
            else:
                book = maker.collect(reader, _assessment(reader, dealership, of).id)
        with atomic_file(target) as file:
            maker.write(book, file, progress)
    return target


def workbook_name(
    reader: Reader,
    kind: str,
    *,
    dealership_id: DealershipId | None = None,
    of: int | str | None = None,
    language: str = "en",
) -> str:
    """A file name people recognise: `Autohaus_Beispiel_Assessment_workbook_A2_2026-11-21.xlsx`.

    The day is that of completion, or of the last change in an open assessment.
    """
    maker = _kind(kind)
    with in_language(language):
        dealership = dealership_meant(reader, dealership_id)
        if isinstance(maker, AreaWorkbookKind):
            _engagement, area = _area(reader, dealership, of)
            return file_name(".xlsx", dealership.name, maker.title(), str(area.title))
        if isinstance(maker, PlanWorkbookKind):
            return _plan_name(reader, maker, dealership, of)
        if isinstance(maker, YearWorkbookKind):
            return _plan_name(reader, maker, dealership, None)
        assessment = _assessment(reader, dealership, of)
        day = day_of(reader, assessment).isoformat()
        return file_name(".xlsx", dealership.name, maker.title(), f"A{assessment.number}", day)


def _plan_choices(reader: Reader, engagement: Engagement, kind: PlanWorkbookKind) -> list[PaperChoice]:
    """The whole plan, each area in which something was found, and each owner."""
    from qma_app.exchange.action_workbook.collecting import owners_of
    from qma_app.exchange.action_workbook.plan import OWNER_MARK

    edition = reader.edition(engagement.edition)
    findings = reader.all(Finding, engagement_id=engagement.id)
    areas = {(finding.checkpoint_id or "").partition(".")[0] for finding in findings}
    labels = {"": _("all areas and owners")}
    labels.update({area.code: f"{area.code} {area.title}" for area in edition.areas if area.id in areas})
    labels.update({f"{OWNER_MARK}{owner}": owner for owner in owners_of(reader, engagement.id)})
    return [
        PaperChoice(kind=kind.key, title=kind.title(), of=of, label=label, is_open=False)
        for of, label in labels.items()
    ]


def _plan_name(
    reader: Reader,
    kind: PlanWorkbookKind | YearWorkbookKind,
    dealership: Dealership,
    of: int | str | None,
) -> str:
    """With the area or owner and the day of the last change, so that two exports are told apart."""
    from qma_app.exchange.action_workbook.plan import OWNER_MARK

    about = _text_of(of) or ""
    if about.casefold().startswith(OWNER_MARK):
        about = about[len(OWNER_MARK) :]
    changed_on = reader.log_head().day
    day = changed_on.isoformat() if changed_on else ""
    return file_name(".xlsx", *(part for part in (dealership.name, kind.title(), about, day) if part))


def _text_of(of: int | str | None) -> str | None:
    return None if of is None else str(of)


def _kind(key: str) -> AnyWorkbookKind:
    for kind in WORKBOOKS:
        if kind.key == key:
            return kind
    raise NotFound(
        _("There is no workbook “{kind}”.").format(kind=key),
        code="workbook.unknown",
        way_out=_("Choose one of: {kinds}.").format(kinds=", ".join(kind.key for kind in WORKBOOKS)),
        kind=key,
    )


def _area(reader: Reader, dealership: Dealership, of: int | str | None) -> tuple[Engagement, Area]:
    engagement = current_engagement(reader, dealership.id)
    edition = reader.edition(engagement.edition)
    area = area_meant(edition, of)
    if area is None:
        raise no_such_area(edition, of)
    return engagement, area


def _assessment(reader: Reader, dealership: Dealership, of: int | str | None) -> Assessment:
    assessments = list_assessments(reader, current_engagement(reader, dealership.id).id)
    if not assessments:
        raise NotFound(
            _("{dealership} has no assessment yet.").format(dealership=dealership.name),
            code="assessment.none",
            way_out=_("Start one first."),
        )
    if of is None:
        return newest_of(assessments)
    wanted = str(of).strip().removeprefix("A")
    for assessment in assessments:
        if str(assessment.number) == wanted:
            return assessment
    raise NotFound(
        _("{dealership} has no assessment {number}.").format(dealership=dealership.name, number=of),
        code="assessment.unknown",
        way_out=_("Choose one of: {numbers}.").format(
            numbers=", ".join(str(assessment.number) for assessment in assessments)
        ),
        number=str(of),
    )
