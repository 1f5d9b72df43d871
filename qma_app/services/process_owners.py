"""Who answers for each process in a dealership, who stands in, and where the process is written down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict, Unpack

from qma_app.domain.applicability import applicable_checkpoints, premises_of
from qma_app.domain.edition import Area, Process
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, PersonId, ProcessId, ProcessOwnerId
from qma_app.domain.people import Person
from qma_app.domain.plan import PlannedArea
from qma_app.domain.ports import Reader
from qma_app.domain.process_owner import ProcessOwner
from qma_app.domain.record import Changes
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text
from qma_app.services.engagements import check_of_house
from qma_app.services.workspace import Workspace
from qma_app.storage.scopes import WritingScope


class OwnerFields(TypedDict, total=False):
    """What can be said of a process; what is left out stays as it was, None takes back."""

    owner_id: PersonId | None
    deputy_id: PersonId | None
    described_on: date | None
    described_in: str


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnerLine:
    """One process of the edition; somebody who left (in the bin) is named no more.

    It `applies` where one of its checkpoints does and its area is not left out.
    """

    area: Area
    process: Process
    owner: Person | None
    deputy: Person | None
    described_on: date | None
    described_in: str
    applies: bool

    @property
    def is_complete(self) -> bool:
        """Has an owner and a description."""
        return self.owner is not None and self.described_on is not None


def name_owner(
    workspace: Workspace, engagement_id: EngagementId, process_id: ProcessId, **given: Unpack[OwnerFields]
) -> Changes:
    """Say who answers for a process, who stands in, when its description was seen and where it is kept; only what is given changes."""
    with workspace.writing("owner.named") as work:
        put_owner(work, work.get(Engagement, engagement_id), process_id, given, today=workspace.today())
    return work.changes


def name_owners(
    workspace: Workspace, engagement_id: EngagementId, owners: Mapping[ProcessId, PersonId | None]
) -> Changes:
    """Name the owners of several processes in one edit; deputies and descriptions stay as they are."""
    with workspace.writing("owner.several-named") as work:
        engagement, today = work.get(Engagement, engagement_id), workspace.today()
        for process_id, person_id in owners.items():
            put_owner(work, engagement, process_id, {"owner_id": person_id}, today=today)
    return work.changes


def owners_view(reader: Reader, engagement_id: EngagementId) -> tuple[OwnerLine, ...]:
    """Every process of the edition in the order of the standard, with what is known of it here."""
    engagement = reader.get(Engagement, engagement_id)
    edition = reader.edition(engagement.edition)
    applicable = applicable_checkpoints(edition, premises_of(reader, engagement.dealership_id))
    apply = {edition.checkpoints[id].process_id for id in applicable}
    left_out = {
        one.area_id for one in reader.all(PlannedArea, engagement_id=engagement_id) if one.is_left_out
    }
    people = {one.id: one for one in reader.all(Person, dealership_id=engagement.dealership_id)}
    known = {one.process_id: one for one in reader.all(ProcessOwner, engagement_id=engagement_id)}
    nothing = ProcessOwner(id=ProcessOwnerId(""), engagement_id=engagement_id, process_id=ProcessId(""))
    lines = []
    for area in edition.areas:
        for process in area.processes:
            said = known.get(process.id, nothing)
            lines.append(
                OwnerLine(
                    area=area,
                    process=process,
                    owner=people.get(said.owner_id) if said.owner_id else None,
                    deputy=people.get(said.deputy_id) if said.deputy_id else None,
                    described_on=said.described_on,
                    described_in=said.described_in,
                    applies=process.id in apply and area.id not in left_out,
                )
            )
    return tuple(lines)


def put_owner(
    work: WritingScope,
    engagement: Engagement,
    process_id: ProcessId,
    given: OwnerFields,
    *,
    today: date,
) -> None:
    """Write what is said of a process inside an edit; RuleBroken where it does not hold."""
    process = work.edition(engagement.edition).process(process_id)
    held = next(iter(work.all(ProcessOwner, engagement_id=engagement.id, process_id=process_id)), None)
    before = held or ProcessOwner(
        id=ProcessOwnerId(work.new_id()), engagement_id=engagement.id, process_id=process_id
    )
    after = replace(before, **given)
    for new, old in ((after.owner_id, before.owner_id), (after.deputy_id, before.deputy_id)):
        if new is not None and new != old:
            check_of_house(work, new, engagement.dealership_id)
    if after.owner_id is not None and after.owner_id == after.deputy_id:
        raise RuleBroken(
            _("Nobody stands in for themselves: owner and deputy of {process} are the same.").format(
                process=f"{process.number} {process.title}"
            ),
            code="owner.own-deputy",
            way_out=_("Choose another deputy, or leave it empty."),
            process=process_id,
        )
    if after.described_on is not None and after.described_on > today:
        raise RuleBroken(
            _("{day} lies ahead.").format(day=day_text(after.described_on)),
            code="owner.day-ahead",
            way_out=_("Enter the day on which the description was seen."),
            process=process_id,
        )
    if held is not None or after != before:
        work.put(after)


def let_go(work: WritingScope, person_id: PersonId) -> None:
    """Somebody leaves: the processes, the programmes that run and the visits ahead have them as owner, deputy, leader or coach no more."""
    for owned in work.all(ProcessOwner, owner_id=person_id):
        work.put(replace(owned, owner_id=None))
    for covered in work.all(ProcessOwner, deputy_id=person_id):
        work.put(replace(covered, deputy_id=None))
    for visit in work.all(Visit, coach_id=person_id):
        if visit.is_ahead and not visit.clock:
            work.put(replace(visit, coach_id=None))
    for engagement in work.all(Engagement, ended_on=None):
        if engagement.coach_id == person_id:
            engagement = work.put(replace(engagement, coach_id=None))
        if engagement.principal_id == person_id:
            engagement = work.put(replace(engagement, principal_id=None))
        if engagement.officer_id == person_id:
            work.put(replace(engagement, officer_id=None, officer_percent=None))
