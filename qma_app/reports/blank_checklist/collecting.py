"""Reads what a dealership is asked in an area or a process, and why something of it is not asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from qma_app.domain.applicability import applies, premises_of
from qma_app.domain.dealership import Dealership, Premises
from qma_app.domain.edition import Checkpoint, Edition, StaffCondition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, EngagementId, ProcessId
from qma_app.domain.people import Person
from qma_app.domain.ports import Reader
from qma_app.i18n import _
from qma_app.reports.blank_checklist.paper import ChecklistPaper, LeftOut, ProcessSheet


def collect_checklist(
    reader: Reader,
    engagement_id: EngagementId,
    about: AreaId | ProcessId,
    *,
    is_sample: bool = False,
    step: Callable[[float], None] = lambda _share: None,
) -> ChecklistPaper:
    """Everything a blank checklist of an area or process shows, in the edition the programme follows now."""
    step(0.0)
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    dealership = reader.get(Dealership, engagement.dealership_id)
    premises = premises_of(reader, dealership.id)
    only = edition.processes.get(ProcessId(about))
    area = edition.areas_by_id[AreaId(about.split(".", 1)[0])]
    sheets, left_out = [], []
    for process in (only,) if only else area.processes:
        asked = tuple(point for point in process.checkpoints if applies(point, premises))
        if asked:
            sheets.append(ProcessSheet(process=process, checkpoints=asked))
        left_out += [
            LeftOut(checkpoint=point, reason=why_not(edition, point, premises))
            for point in process.checkpoints
            if not applies(point, premises)
        ]
    return ChecklistPaper(
        dealership=dealership,
        edition=edition,
        area=area,
        processes=tuple(sheets),
        left_out=tuple(left_out),
        only=only,
        coach=reader.find(Person, engagement.coach_id, in_bin=True) if engagement.coach_id else None,
        shown_at=reader.log_head().changed_at(engagement.started_on),
        is_sample=dealership.is_sample or is_sample,
    )


def why_not(edition: Edition, checkpoint: Checkpoint, premises: Premises) -> str:
    """Which conditions of a checkpoint the dealership does not meet, in words."""
    return "; ".join(_unmet(edition, checkpoint, premises))


def _unmet(edition: Edition, checkpoint: Checkpoint, premises: Premises) -> Iterator[str]:
    titles = {feature.id: str(feature.title) for feature in edition.features}
    for feature in checkpoint.when:
        if applies(replace(checkpoint, when=(feature,), when_staff=()), premises):
            continue
        name = feature.removeprefix("not-")
        words = _("asked only with: {feature}") if name == feature else _("asked only without: {feature}")
        yield words.format(feature=titles.get(name, name))
    for condition in checkpoint.when_staff:
        if not applies(replace(checkpoint, when=(), when_staff=(condition,)), premises):
            yield _staff_words(condition).format(count=condition.count)


def _staff_words(condition: StaffCondition) -> str:
    return {
        ">=": _("asked only from {count} staff on"),
        ">": _("asked only with more than {count} staff"),
        "<=": _("asked only up to {count} staff"),
        "<": _("asked only below {count} staff"),
    }.get(condition.sign, _("asked only with exactly {count} staff"))
