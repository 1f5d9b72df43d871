"""Reads an action plan: whose actions, in which groups, and what the numbers above them say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from qma_app.domain.action import Stage
from qma_app.domain.ageing import ageing, median_days_to_close
from qma_app.domain.cause_rules import CauseTree
from qma_app.domain.edition import Area
from qma_app.domain.finding import Finding
from qma_app.domain.finding_state import agreed_actions, is_overdue
from qma_app.domain.ids import AreaId, EngagementId
from qma_app.domain.money import money_of
from qma_app.domain.pareto import CauseCounts, count_causes
from qma_app.domain.ports import Reader
from qma_app.i18n import _
from qma_app.reports.actions.reading import Programme, owner_key
from qma_app.reports.actions.values import (
    ActionGroup,
    ActionPart,
    LooseFinding,
    PlanPaper,
    PlanSheet,
    Totals,
)

NOBODY = " "
"""The key of the sheet of what has no owner."""
OTHER = "other"
"""The category of the edition that has no name of its own."""


class Grouping(StrEnum):
    """Under which headings actions are listed."""

    AREA = "area"
    OWNER = "owner"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanScope:
    """Whose plan: of everything, of one area, of one owner, or a sheet for each owner."""

    area: AreaId | None = None
    owner: str = ""
    each_owner: bool = False
    by: Grouping = Grouping.AREA


def collect_plan(
    reader: Reader,
    engagement_id: EngagementId,
    scope: PlanScope,
    *,
    on: date,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> PlanPaper:
    """Everything an action plan shows; what is late and what waits for a check is judged on the day `on`."""
    programme = Programme(reader, engagement_id, on=on, is_sample=is_sample)
    step(0.5)
    if scope.each_owner:
        owners = programme.owners()
        found = (*(_personal_sheet(programme, name) for name in owners), _unowned_sheet(programme))
        sheets = tuple(sheet for sheet in found if not sheet.is_empty) or (_whole_sheet(programme, scope),)
    elif scope.owner:
        sheets = (_personal_sheet(programme, scope.owner),)
    else:
        sheets = (_whole_sheet(programme, scope),)
    step(1.0)
    return PlanPaper(frame=programme.frame, sheets=sheets)


def _whole_sheet(programme: Programme, scope: PlanScope) -> PlanSheet:
    area = next((each for each in programme.edition.areas if each.id == scope.area), None)
    parts = programme.all_parts
    findings: Sequence[Finding] = programme.findings
    if area is not None:
        parts = tuple(part for part in parts if any(each.id == area.id for each in part.areas))
        findings = [one for one in findings if programme.area_of(one.checkpoint_id) == area]
    title = str(area.title) if area else _("Whole programme")
    sheet = _sheet(programme, title, parts, findings)
    agreed = [part for group in sheet.groups for part in group.parts]
    groups = _by_owner(agreed) if scope.by is Grouping.OWNER else _by_area(programme, agreed, area)
    return replace(
        sheet,
        groups=groups,
        causes=count_open_causes(programme, findings),
        ageing=ageing(findings, programme.on),
        totals=replace(sheet.totals, median_days=median_days_to_close(findings, programme.on)),
    )


def _personal_sheet(programme: Programme, name: str) -> PlanSheet:
    """Nothing of what others own: neither their actions nor the words of their findings."""
    key = owner_key(name)
    parts = tuple(_without_others(part, key) for part in programme.all_parts if part.owner_key == key)
    findings = [one for one in programme.findings if owner_key(one.owner) == key]
    shown = next((part.owner for part in parts), next((one.owner.strip() for one in findings), name))
    return replace(
        _sheet(programme, shown, parts, findings),
        owner_key=key,
        loose=_not_yet_told(programme, parts, findings),
    )


def _not_yet_told(
    programme: Programme, parts: Sequence[ActionPart], findings: Iterable[Finding]
) -> tuple[LooseFinding, ...]:
    """The open findings of a person that no action on the sheet serves, whoever may be at work on them."""
    told = {each.finding.id for part in parts if agreed_actions((part.action,)) for each in part.served}
    return tuple(
        LooseFinding(finding=one, checkpoint=programme.place(one))
        for one in findings
        if one.wants_work and one.id not in told
    )


def _unowned_sheet(programme: Programme) -> PlanSheet:
    """What nobody owns yet, so that it is on some sheet."""
    parts = tuple(_without_others(part, "") for part in programme.all_parts if not part.owner_key)
    findings = [one for one in programme.findings if not one.owner.strip()]
    return replace(_sheet(programme, _("Without an owner"), parts, findings), owner_key=NOBODY)


def _without_others(part: ActionPart, key: str) -> ActionPart:
    """The action without the words of findings that somebody else owns; their numbers stay."""
    served = tuple(
        each
        if owner_key(each.finding.owner) in ("", key)
        else replace(each, finding=_wordless(each.finding), causes=())
        for each in part.served
    )
    return replace(part, served=served)


def _wordless(finding: Finding) -> Finding:
    return Finding(
        id=finding.id,
        engagement_id=finding.engagement_id,
        number=finding.number,
        grade=finding.grade,
        statement="",
        checkpoint_id=finding.checkpoint_id,
        closed_on=finding.closed_on,
    )


def _sheet(
    programme: Programme, title: str, parts: Sequence[ActionPart], findings: Sequence[Finding]
) -> PlanSheet:
    agreed_ids = {action.id for action in agreed_actions(part.action for part in parts)}
    agreed = tuple(part for part in parts if part.action.id in agreed_ids)
    return PlanSheet(
        title=title,
        totals=_totals(programme, agreed, findings),
        groups=(ActionGroup(code="", title="", parts=agreed),) if agreed else (),
        proposals=tuple(part for part in parts if part.action.is_proposal and not part.action.is_dropped),
        dropped=tuple(part for part in parts if part.action.is_dropped),
        loose=_loose(programme, findings),
    )


def _totals(programme: Programme, agreed: Sequence[ActionPart], findings: Sequence[Finding]) -> Totals:
    return Totals(
        open=sum(part.action.is_open for part in agreed),
        overdue=sum(part.is_overdue for part in agreed),
        to_verify=sum(part.action.is_open and part.action.stage is Stage.CHECK for part in agreed),
        settled=sum(part.is_settled for part in agreed),
        findings_open=sum(one.wants_work for one in findings),
        findings_overdue=sum(is_overdue(one, programme.on) for one in findings),
        median_days=None,
        money=money_of([part.action for part in agreed], programme.actions),
    )


def _loose(programme: Programme, findings: Iterable[Finding]) -> tuple[LooseFinding, ...]:
    agreed = {action.id for action in agreed_actions(programme.actions)}
    served = {link.finding_id for link in programme.links if link.action_id in agreed}
    return tuple(
        LooseFinding(finding=one, checkpoint=programme.place(one))
        for one in findings
        if one.wants_work and one.id not in served
    )


def _by_area(programme: Programme, parts: Sequence[ActionPart], only: Area | None) -> tuple[ActionGroup, ...]:
    if only is not None:
        return (ActionGroup(code=only.code, title=str(only.title), parts=tuple(parts)),) if parts else ()
    groups = [
        ActionGroup(code=area.code, title=str(area.title), parts=tuple(p for p in parts if p.area == area))
        for area in programme.edition.areas
    ]
    rest = tuple(part for part in parts if part.area is None)
    groups.append(ActionGroup(code="", title=_("Whole house"), parts=rest))
    return tuple(group for group in groups if group.parts)


def _by_owner(parts: Sequence[ActionPart]) -> tuple[ActionGroup, ...]:
    groups: dict[str, list[ActionPart]] = {}
    for part in parts:
        groups.setdefault(part.owner_key, []).append(part)
    return tuple(
        ActionGroup(code="", title=found[0].owner or _("Without an owner"), parts=tuple(found))
        for key, found in sorted(groups.items(), key=_nobody_last)
    )


def _nobody_last(group: tuple[str, list[ActionPart]]) -> tuple[bool, str]:
    return not group[0], group[0]


def count_open_causes(programme: Programme, findings: Iterable[Finding]) -> CauseCounts:
    """The root causes of what is open; bars are called by the titles of the edition."""
    titles = {each.id: str(each.title) for each in programme.edition.cause_categories}
    counted = []
    for finding in findings:
        if finding.wants_work:
            used = {root.category for root in CauseTree(programme.causes.get(finding.id, ())).roots}
            counted.append(([title for id, title in titles.items() if id in used], finding.cost))
    return count_causes(counted, tuple(titles.values()), titles.get(OTHER, _("Other")))
