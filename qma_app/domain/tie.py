"""What ties a person to a dealership, beside what the records themselves tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qma_app.domain.ids import DealershipId, PersonId, TieId
from qma_app.domain.record import Record, Typed


class TieKind(StrEnum):
    """What makes somebody no independent auditor of a dealership."""

    COACHED = "coached"
    OWNED_ACTIONS = "owned-actions"
    EMPLOYED = "employed"
    PAID = "paid"


@dataclass(frozen=True, kw_only=True, slots=True)
class Tie(Record):
    """Somebody worked there or was paid by them; None = from ever, or still."""

    id: TieId
    person_id: PersonId
    dealership_id: DealershipId
    kind: TieKind
    from_on: date | None = None
    until_on: date | None = None
    words: Typed = ""
