"""What falls due after a certificate was granted, counted from the day of its decision, and whether it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from qma_app.domain.certification import Certificate, CertificateEvent, CertificateStep
from qma_app.domain.days import month_after
from qma_app.i18n import _, day_text

SURVEILLANCE_MONTHS: Final = (12, 24)
VALID_MONTHS: Final = 36
WINDOW_MONTHS: Final = 3
"""So many months before its last day something may be done that then counts for it."""
MAJORS_DAYS: Final = 90
"""What editions ask unless their rules say otherwise."""


class DueKind(StrEnum):
    """What falls due in the life of a certificate."""

    MAJORS = "majors"
    SURVEILLANCE = "surveillance"
    RECERTIFICATION = "recertification"


class DueState(StrEnum):
    """Whether its time lies ahead, has come, has passed, or it was done."""

    AHEAD = "ahead"
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """Something to be done from `window_from` to `due_on`, both days included; `number` counts surveillances from 1."""

    kind: DueKind
    window_from: date
    due_on: date
    state: DueState
    number: int = 0
    done_on: date | None = None

    @property
    def words(self) -> str:
        """What it is and how it stands, in a sentence."""
        title = due_title(self.kind, self.number)
        if self.done_on is not None:
            return _("{what}: done on {day}.").format(what=title, day=day_text(self.done_on))
        if self.state is DueState.OVERDUE:
            return _("{what}: overdue since {day}.").format(what=title, day=day_text(self.due_on))
        if self.kind is DueKind.MAJORS:
            return _("{what}: by {day}.").format(what=title, day=day_text(self.due_on))
        return _("{what}: between {first} and {last}.").format(
            what=title, first=day_text(self.window_from), last=day_text(self.due_on)
        )


def valid_until(decided_on: date, months: int = VALID_MONTHS) -> date:
    """The last day of a certificate that counts from the day of its decision."""
    return month_after(decided_on, months) - timedelta(days=1)


def majors_due_on(decided_on: date, days: int = MAJORS_DAYS) -> date:
    """The last day on which the majors of a conditional certificate can be shown to be closed."""
    return decided_on + timedelta(days=days)


def surveillance_due(decided_on: date, number: int) -> tuple[date, date]:
    """The first and the last day on which surveillance 1 or 2 counts for itself."""
    due_on = month_after(decided_on, SURVEILLANCE_MONTHS[number - 1])
    return month_after(due_on, -WINDOW_MONTHS), due_on


def settled_by(certificate: Certificate, events: tuple[CertificateEvent, ...]) -> CertificateEvent | None:
    """The confirmation by which a conditional certificate became a full one."""
    if not certificate.is_conditional:
        return None
    return next((event for event in events if event.step is CertificateStep.CONFIRMED), None)


def dues_of(
    certificate: Certificate, on: date, events: tuple[CertificateEvent, ...], majors_days: int
) -> tuple[Due, ...]:
    """What is due in the life of a certificate, earliest first within its kind; `events` are those up to the day, by day."""
    settled = settled_by(certificate, events)
    dues = []
    if certificate.is_conditional:
        due_on = majors_due_on(certificate.decided_on, majors_days)
        done_on = settled.on if settled is not None else None
        dues.append(_due(DueKind.MAJORS, certificate.decided_on, due_on, on, done_on=done_on))
    confirmed = [
        event.on for event in events if event.step is CertificateStep.CONFIRMED and event is not settled
    ]
    for number in range(1, len(SURVEILLANCE_MONTHS) + 1):
        window_from, due_on = surveillance_due(certificate.decided_on, number)
        if due_on > certificate.valid_until:
            break
        done_on = next((day for day in confirmed if day >= window_from), None)
        if done_on is not None:
            confirmed.remove(done_on)
        dues.append(_due(DueKind.SURVEILLANCE, window_from, due_on, on, number=number, done_on=done_on))
    last = certificate.valid_until
    dues.append(_due(DueKind.RECERTIFICATION, month_after(last, -WINDOW_MONTHS), last, on))
    return tuple(dues)


def _due(
    kind: DueKind, window_from: date, due_on: date, on: date, *, number: int = 0, done_on: date | None = None
) -> Due:
    if done_on is not None:
        state = DueState.DONE
    elif on > due_on:
        state = DueState.OVERDUE
    else:
        state = DueState.OPEN if on >= window_from else DueState.AHEAD
    return Due(kind=kind, window_from=window_from, due_on=due_on, state=state, number=number, done_on=done_on)


def due_title(kind: DueKind, number: int = 0) -> str:
    """What falls due, as a line begins with it."""
    return {
        DueKind.MAJORS: _("Majors closed"),
        DueKind.SURVEILLANCE: _("Surveillance {number}").format(number=number),
        DueKind.RECERTIFICATION: _("Recertification"),
    }[kind]
