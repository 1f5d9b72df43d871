"""Areas that are not worked on in a programme, each with its written reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qma_app.domain.applicability import premises_of
from qma_app.domain.edition import Area, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.features_effect import AreaEffect, FeaturesEffect, features_effect
from qma_app.domain.ids import AreaId, EngagementId, PlannedAreaId
from qma_app.domain.plan import PlannedArea
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.errors import NotFound, RuleBroken
from qma_app.i18n import _
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


def leave_out_area(
    workspace: Workspace, engagement_id: EngagementId, area_id: AreaId, reason: str
) -> Changes:
    """An area is not worked on in this programme, with the reason: it leaves the plan. No figure changes by it."""
    with workspace.writing("area.left-out") as work:
        engagement = work.get(Engagement, engagement_id)
        _check_areas(work.edition(engagement.edition), [area_id])
        put_left_out(work, engagement, {area_id: reason})
    return work.changes


def take_in_area(workspace: Workspace, engagement_id: EngagementId, area_id: AreaId) -> Changes:
    """An area that was left out is worked on after all; it waits for its place in the plan."""
    with workspace.writing("area.taken-in") as work:
        for planned in work.all(PlannedArea, engagement_id=engagement_id, area_id=area_id):
            if planned.is_left_out:
                work.delete(planned)
    return work.changes


def areas_left_out(reader: Reader, engagement_id: EngagementId) -> dict[AreaId, str]:
    """The areas that are not worked on in a programme, with their reasons."""
    planned = reader.all(PlannedArea, engagement_id=engagement_id)
    return {one.area_id: one.left_out for one in planned if one.is_left_out}


def areas_to_explain(reader: Reader, engagement_id: EngagementId) -> tuple[AreaEffect, ...]:
    """Areas in which nothing applies any more, since the house gave something up, and for which no reason is written yet."""
    engagement = reader.get(Engagement, engagement_id)
    premises = premises_of(reader, engagement.dealership_id)
    effect = features_effect(reader.edition(engagement.edition), premises.features, premises.staff)
    explained = areas_left_out(reader, engagement_id)
    return tuple(one for one in effect.fallen if one.area.id not in explained)


def put_left_out(work: WritingScope, engagement: Engagement, reasons: Mapping[AreaId, str]) -> None:
    """Leave areas out inside an edit; RuleBroken for one without a reason, and where none would be left."""
    planned = {one.area_id: one for one in work.all(PlannedArea, engagement_id=engagement.id)}
    for area_id, reason in reasons.items():
        if not reason.strip():
            raise _needs_reason([_title(work.edition(engagement.edition).areas_by_id[area_id])])
        one = planned.get(area_id) or PlannedArea(
            id=PlannedAreaId(work.new_id()), engagement_id=engagement.id, area_id=area_id
        )
        work.put(replace(one, left_out=reason.strip(), wave=0, starts_on=None, ends_on=None))
    edition = work.edition(engagement.edition)
    if reasons and {area.id for area in edition.areas} <= areas_left_out(work, engagement.id).keys():
        raise _nothing_left(edition)


def check_reasons(edition: Edition, effect: FeaturesEffect, left_out: Mapping[AreaId, str]) -> None:
    """Raise RuleBroken unless each area that falls away has its reason, and at least one area is left."""
    _check_areas(edition, left_out)
    lacking = [one.area for one in effect.fallen if not left_out.get(one.area.id, "").strip()]
    if lacking:
        raise _needs_reason([_title(area) for area in lacking])
    if len(left_out) == len(edition.areas):
        raise _nothing_left(edition)


def _check_areas(edition: Edition, areas: Iterable[AreaId]) -> None:
    for area_id in areas:
        if area_id not in edition.areas_by_id:
            raise NotFound(
                _("{edition} has no area {id}.").format(edition=edition.label, id=area_id),
                code="edition.area-unknown",
                way_out=_("Choose an area of this edition."),
            )


def _title(area: Area) -> str:
    return f"{area.code} {area.title}"


def _nothing_left(edition: Edition) -> RuleBroken:
    return RuleBroken(
        _("Nothing of {edition} is left.").format(edition=edition.label),
        code="setup.nothing-left",
        way_out=_("Take in at least one area, or tick what the dealership does."),
    )


def _needs_reason(areas: list[str]) -> RuleBroken:
    return RuleBroken(
        _("A reason is missing for leaving out: {areas}.").format(areas=", ".join(areas)),
        code="setup.area-reason",
        way_out=_("Write for each why it is not looked at; it is read again at the audit."),
        areas=tuple(areas),
    )
