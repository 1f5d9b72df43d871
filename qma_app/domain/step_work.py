"""Open findings and actions of a programme and what they have to do with each other, read in a few statements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qma_app.domain.action import Action, ActionLink
from qma_app.domain.cause import Cause
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.green import Seen, last_seen
from qma_app.domain.ids import ActionId, AreaId, FindingId
from qma_app.domain.ports import Reader
from qma_app.domain.step_rules.state import FindingWork

Links = list[tuple[ActionId, FindingId]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """`actions` are open or proposed; `areas` is where each of them belongs, `served` the finding it is looked at with."""

    findings: tuple[FindingWork, ...]
    actions: tuple[Action, ...]
    areas: Mapping[ActionId, AreaId]
    served: Mapping[ActionId, FindingId]


def read_work(
    reader: Reader, findings: Sequence[Finding], waiting: tuple[Action, ...], sightings: Iterable[Seen]
) -> Work:
    """What is agreed for these open findings, and what else is to be done; `waiting` are the actions that are open or proposed."""
    names = ("action_id", "finding_id")
    rows = reader.fields(ActionLink, names, finding_id=frozenset(one.id for one in findings))
    served = {action_id for action_id, _finding_id in rows}
    others = frozenset(one.id for one in waiting if one.id not in served)
    rows += reader.fields(ActionLink, names, action_id=others) if others else []
    settled = frozenset(served - {one.id for one in waiting})
    actions = waiting + (reader.all(Action, id=settled) if settled else ())
    links: Links = sorted({(ActionId(action_id), FindingId(finding_id)) for action_id, finding_id in rows})
    return Work(
        findings=_with_work(reader, findings, last_seen(findings, sightings), actions, links),
        actions=waiting,
        areas=_areas_of(waiting, links, findings),
        served=_findings_of(links, findings),
    )


def _with_work(
    reader: Reader,
    findings: Sequence[Finding],
    seen: Mapping[FindingId, date],
    actions: Iterable[Action],
    links: Links,
) -> tuple[FindingWork, ...]:
    majors = frozenset(one.id for one in findings if one.grade is FindingGrade.MAJOR)
    rows = reader.fields(Cause, ("finding_id",), finding_id=majors) if majors else []
    understood = {id for (id,) in rows}
    known = {one.id: one for one in actions}
    serving: dict[FindingId, list[Action]] = {}
    for action_id, finding_id in links:
        if action_id in known:
            serving.setdefault(finding_id, []).append(known[action_id])
    return tuple(
        FindingWork(
            finding=one,
            actions=tuple(serving.get(one.id, ())),
            has_cause=one.id in understood,
            seen_on=seen.get(one.id),
        )
        for one in findings
        if one.wants_work
    )


def _areas_of(actions: Sequence[Action], links: Links, findings: Sequence[Finding]) -> dict[ActionId, AreaId]:
    """The area an action is about: that of an open finding with a place, else that of the checkpoint it was taken from."""
    places = {one.id: one.checkpoint_id for one in findings}
    found = {
        one.id: AreaId(one.from_checkpoint.split(".", 1)[0])
        for one in actions
        if one.from_checkpoint is not None
    }
    for action_id, finding_id in reversed(links):
        place = places.get(finding_id)
        if place is not None:
            found[action_id] = AreaId(place.split(".", 1)[0])
    return found


def _findings_of(links: Links, findings: Sequence[Finding]) -> dict[ActionId, FindingId]:
    """The first open finding each action serves, else any."""
    numbers = {one.id: one.number for one in findings}
    found: dict[ActionId, FindingId] = {}
    for action_id, finding_id in links:
        best = found.get(action_id)
        if best is None or numbers.get(finding_id, _LAST) < numbers.get(best, _LAST):
            found[action_id] = finding_id
    return found


_LAST = 1_000_000
