"""One thing that must hold along an audit, as every check answers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from qma_app.domain.audit_state import AuditState
from qma_app.domain.edition import Checkpoint
from qma_app.domain.finding import Finding
from qma_app.domain.ids import PersonId
from qma_app.domain.spot import Spot
from qma_app.i18n import _

NAMED: Final = 5
"""So many are named in a sentence; all of them stand in the spots."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PathCheck:
    """One thing that must hold: the words with its figures, and what it misses.

    `records` are the ids of what is missing, `spots` where each of them is put right, with what to call it, `where` the place to
    begin. `is_hard`: somebody else or another day is needed, work alone does not mend it.
    """

    code: str
    holds: bool
    words: str
    records: tuple[str, ...] = ()
    where: Spot | None = None
    spots: tuple[tuple[str, Spot], ...] = ()
    is_hard: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """Something a check misses: the record, what to call it, where it is put right."""

    id: str
    name: str
    spot: Spot


def answer(code: str, lacks: Sequence[Lack], held: str, missing: str, *, is_hard: bool = False) -> PathCheck:
    """Holds where nothing lacks; `held` and `missing` are the words for the one and the other."""
    return PathCheck(
        code=code,
        holds=not lacks,
        words=missing if lacks else held,
        records=tuple(dict.fromkeys(one.id for one in lacks)),
        where=lacks[0].spot if lacks else None,
        spots=tuple((one.name, one.spot) for one in lacks),
        is_hard=is_hard,
    )


def at_checkpoint(state: AuditState, checkpoint: Checkpoint) -> Lack:
    """A checkpoint of this audit, put right in its checklist."""
    spot = Spot(
        page="checklists",
        assessment_id=state.assessment.id,
        area_id=checkpoint.area_id,
        process_id=checkpoint.process_id,
        checkpoint_id=checkpoint.id,
    )
    return Lack(checkpoint.id, checkpoint.number, spot)


def at_finding(finding: Finding) -> Lack:
    """A finding, put right where it stands."""
    return Lack(finding.id, finding.label, Spot(page="findings", finding_id=finding.id))


def at_person(person_id: PersonId) -> Spot:
    """A person's page, with certificates and ties."""
    return Spot(page="people", person_id=person_id)


def at_step(step: str) -> Spot:
    """A step of the path on the page of the audit."""
    return Spot(page="audit", view=step)


def listed(lacks: Iterable[Lack]) -> str:
    """The names in one line; a long list is cut, since all of them stand in the spots."""
    names = list(dict.fromkeys(one.name for one in lacks))
    if len(names) <= NAMED:
        return ", ".join(names)
    return _("{names} and {count} more").format(names=", ".join(names[:NAMED]), count=len(names) - NAMED)
