"""The people of the programme and what they are certified to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qma_app.domain.ids import DealershipId, PersonId, QualificationId
from qma_app.domain.record import Record, Typed


class Role(StrEnum):
    """What a certified person works as."""

    COACH = "coach"
    AUDITOR = "auditor"
    DECISION_MAKER = "decision-maker"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person(Record):
    """Somebody of a dealership (`dealership_id` set) or of the programme (None)."""

    id: PersonId
    name: Typed
    dealership_id: DealershipId | None = None
    function: Typed = ""
    email: Typed = ""
    phone: Typed = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Qualification(Record):
    """A person's certified role: coach, auditor or decision maker, with number and validity (both days included).

    `supervised` is how many cases were done under supervision, `checked_on` the day of the last yearly check.
    """

    id: QualificationId
    person_id: PersonId
    role: Role
    number: Typed = ""
    valid_from: date | None = None
    valid_until: date | None = None
    training: Typed = ""
    trained_on: date | None = None
    supervised: int | None = None
    checked_on: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether the certificate covers `day`; an open end counts as valid."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Worker:
    """Who is working now, and as what."""

    person_id: PersonId
    role: Role
