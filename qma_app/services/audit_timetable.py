"""The timetable of an audit: proposed over its days and auditors, then mended line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from itertools import pairwise
from typing import Final

from qma_app.domain.assessment import Assessment
from qma_app.domain.audit import Audit, AuditSlot
from qma_app.domain.edition import Edition
from qma_app.domain.ids import AreaId, AuditId, AuditSlotId, PersonId
from qma_app.domain.ports import Reader
from qma_app.domain.record import Changes
from qma_app.domain.standing import applicable_in, edition_of_assessment
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.audit_people import check_independent
from qma_app.services.audit_rules import audit_days, check_in_days, check_in_team, scope_of, writable_audit
from qma_app.services.workspace import Workspace

_BEGINS, _LUNCH, _AFTER_LUNCH, _ENDS = 8 * 60 + 30, 12 * 60 + 30, 13 * 60 + 15, 16 * 60 + 30
_MEETING, _CLOSING = 30, 60
"""Minutes of the opening meeting and of a day's wrap-up; of the closing meeting."""
_STEP: Final = 15
_LEAST, _MOST = 45, 240
"""Minutes an area is given."""


def propose_timetable(workspace: Workspace, audit_id: AuditId) -> Changes:
    """A timetable over the working days and all who grade; it takes the place of the one there was.

    Areas get time by how many of their checkpoints apply, the longest first to whoever has least to do. Opening, the wrap-up of each day
    and the closing are for all. RuleBroken `audit.too-short` where the areas do not fit.
    """
    with workspace.writing("audit.timetable-proposed") as work:
        audit = writable_audit(workspace, work, audit_id)
        auditors = [one.person_id for one in audit.team if one.part.grades]
        if not auditors or audit.first_on is None:
            raise RuleBroken(
                _("A timetable needs the days of the audit and somebody who grades."),
                code="audit.plan-incomplete",
                way_out=_("Write the days and name the team first."),
            )
        for old in work.all(AuditSlot, audit_id=audit_id):
            work.delete(old)
        for line in _proposed(work, audit, auditors):
            work.put(replace(line, id=AuditSlotId(work.new_id())))
    return work.changes


def put_slot(
    workspace: Workspace,
    audit_id: AuditId,
    *,
    on: date,
    begins: time,
    ends: time,
    slot_id: AuditSlotId | None = None,
    area_id: AreaId | None = None,
    words: str = "",
    auditor_id: PersonId | None = None,
    with_whom: str = "",
) -> Changes:
    """Write a line of the timetable, a new one or `slot_id` anew; without an auditor it is for all.

    RuleBroken where an auditor would be at two places at once, or a line lies outside the days and areas of the audit.
    """
    with workspace.writing("audit.slot-put") as work:
        audit = writable_audit(workspace, work, audit_id)
        slot = AuditSlot(
            id=slot_id or AuditSlotId(work.new_id()),
            audit_id=audit_id,
            on=on,
            begins=begins,
            ends=ends,
            area_id=area_id,
            words=words.strip(),
            auditor_id=auditor_id,
            with_whom=with_whom.strip(),
        )
        if slot_id is not None:
            before = work.get(AuditSlot, slot_id)
            if before.audit_id != audit_id:
                raise ValueError("a line of another audit")
            slot = replace(slot, version=before.version)
        _check_slot(workspace, work, audit, slot)
        work.put(slot)
    return work.changes


def delete_slot(workspace: Workspace, slot_id: AuditSlotId) -> Changes:
    """Take a line off the timetable."""
    with workspace.writing("audit.slot-deleted") as work:
        slot = work.get(AuditSlot, slot_id)
        writable_audit(workspace, work, slot.audit_id)
        work.delete(slot)
    return work.changes


def _check_slot(workspace: Workspace, reader: Reader, audit: Audit, slot: AuditSlot) -> None:
    if slot.ends <= slot.begins:
        raise RuleBroken(
            _("The line ends at {end}, not behind its start at {start}.").format(
                start=f"{slot.begins:%H:%M}", end=f"{slot.ends:%H:%M}"
            ),
            code="audit.slot-times",
            way_out=_("Write an end behind the start, on the same day."),
        )
    check_in_days(audit, slot.on)
    if slot.area_id is None and not slot.words:
        raise RuleBroken(
            _("The line says neither an area nor anything else."),
            code="audit.slot-empty",
            way_out=_("Choose an area, or write what is done."),
        )
    if slot.area_id is not None and slot.area_id not in scope_of(reader, audit):
        raise RuleBroken(
            _("The audit does not look at this area."),
            code="audit.outside-scope",
            way_out=_("Take the area in first."),
        )
    if slot.auditor_id is not None:
        member = check_in_team(reader, audit, slot.auditor_id)
        if member.part.grades:
            check_independent(reader, audit, slot.auditor_id, today=workspace.today())
        elif slot.area_id is not None:
            raise RuleBroken(
                _("Experts and observers do not grade an area."),
                code="audit.not-grading",
                way_out=_("Choose an auditor of the team."),
            )
    for other in reader.all(AuditSlot, audit_id=audit.id, on=slot.on):
        is_same = None in (slot.auditor_id, other.auditor_id) or slot.auditor_id == other.auditor_id
        if other.id != slot.id and is_same and other.begins < slot.ends and slot.begins < other.ends:
            raise RuleBroken(
                _("From {start} to {end} there is another line for the same people.").format(
                    start=f"{other.begins:%H:%M}", end=f"{other.ends:%H:%M}"
                ),
                code="audit.slot-overlaps",
                way_out=_("Choose another time, or another auditor."),
                slot=other.id,
            )


@dataclass(slots=True)
class _Hours:
    """The free time of one auditor, in minutes of each day, used up from the front."""

    person_id: PersonId
    free: list[tuple[date, int, int]]
    areas: list[AreaId] = field(default_factory=list)
    load: int = 0

    def take(self, minutes: int) -> Iterator[tuple[date, int, int]]:
        while minutes > 0:
            day, begins, ends = self.free.pop(0)
            used = min(minutes, ends - begins)
            if begins + used < ends:
                self.free.insert(0, (day, begins + used, ends))
            minutes -= used
            yield day, begins, begins + used


def _proposed(reader: Reader, audit: Audit, auditors: Sequence[PersonId]) -> Iterator[AuditSlot]:
    assessment = reader.get(Assessment, audit.assessment_id)
    edition = edition_of_assessment(reader, assessment)
    days = [day for day in audit_days(audit) if day.weekday() < 5] or list(audit_days(audit))
    shared = tuple(_shared_lines(days))
    free = tuple(_between(days, shared))
    hours = [_Hours(person_id=one, free=list(free)) for one in auditors]
    weights = _weights(reader, assessment, edition)
    for area_id in sorted(weights, key=lambda one: -weights[one]):
        least = min(hours, key=lambda one: one.load)
        least.areas.append(area_id)
        least.load += weights[area_id]
    for day, begins, ends, words in shared:
        yield _slot(audit, day, begins, ends, words=words)
    for one in hours:
        minutes = _shared_out(one, weights, sum(ends - begins for _day, begins, ends in free))
        for area_id in (area.id for area in edition.areas if area.id in one.areas):
            for day, begins, ends in one.take(minutes[area_id]):
                yield _slot(audit, day, begins, ends, area_id=area_id, auditor_id=one.person_id)


def _weights(reader: Reader, assessment: Assessment, edition: Edition) -> dict[AreaId, int]:
    applicable = [edition.checkpoints[id].area_id for id in applicable_in(reader, assessment)]
    return {area_id: max(1, applicable.count(area_id)) for area_id in assessment.scope}


def _shared_out(one: _Hours, weights: dict[AreaId, int], there: int) -> dict[AreaId, int]:
    """Minutes of each area in whole quarters of an hour, not more together than there are."""
    if len(one.areas) * _LEAST > there:
        raise RuleBroken(
            _("{areas} areas do not fit into the days of one auditor.").format(areas=len(one.areas)),
            code="audit.too-short",
            way_out=_("Plan another day or another auditor, or leave areas out with a reason."),
        )
    spare = there - len(one.areas) * _LEAST
    return {
        area_id: min(_MOST, _LEAST + spare * weights[area_id] // max(one.load, 1) // _STEP * _STEP)
        for area_id in one.areas
    }


def _shared_lines(days: Sequence[date]) -> Iterator[tuple[date, int, int, str]]:
    for place, day in enumerate(days):
        if place == 0:
            yield day, _BEGINS, _BEGINS + _MEETING, _("Opening meeting")
        yield day, _LUNCH, _AFTER_LUNCH, _("Lunch")
        if place == len(days) - 1:
            yield day, _ENDS - _CLOSING - _MEETING, _ENDS - _CLOSING, _("The team agrees on the result")
            yield day, _ENDS - _CLOSING, _ENDS, _("Closing meeting")
        else:
            yield day, _ENDS - _MEETING, _ENDS, _("Wrap-up of the day")


def _between(
    days: Sequence[date], shared: Sequence[tuple[date, int, int, str]]
) -> Iterator[tuple[date, int, int]]:
    """What is left of each day beside the lines for all."""
    for day in days:
        taken = [(begins, ends) for on, begins, ends, _words in shared if on == day]
        for (_begun, before), (after, _ended) in pairwise([(0, _BEGINS), *taken, (_ENDS, _ENDS)]):
            if after > before:
                yield day, before, after


def _slot(
    audit: Audit,
    day: date,
    begins: int,
    ends: int,
    *,
    words: str = "",
    area_id: AreaId | None = None,
    auditor_id: PersonId | None = None,
) -> AuditSlot:
    return AuditSlot(
        id=AuditSlotId(""),
        audit_id=audit.id,
        on=day,
        begins=time(*divmod(begins, 60)),
        ends=time(*divmod(ends, 60)),
        area_id=area_id,
        words=words,
        auditor_id=auditor_id,
    )
