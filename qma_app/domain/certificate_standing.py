"""Which certificate of a dealership counts on a day, of all it was ever granted: read for lists that show one line a dealership."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from qma_app.domain.certificate_dues import Due, DueKind, DueState
from qma_app.domain.certificate_life import CertificateLife, LifeState, life, life_title
from qma_app.domain.certification import Certificate
from qma_app.domain.ids import EditionHash
from qma_app.i18n import _, day_text


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateStanding:
    """A certificate with where it stands on a day."""

    certificate: Certificate
    life: CertificateLife

    @property
    def state_words(self) -> str:
        """The state in a word or two; of a valid one the day it counts to, which is what is asked."""
        if self.life.state is LifeState.VALID:
            return _("to {day}").format(day=day_text(self.life.until))
        return life_title(self.life.state)

    @property
    def next_words(self) -> str:
        """What is due next, or since when it is as it is."""
        life, due = self.life, self.next_due
        if life.state in (LifeState.SUSPENDED, LifeState.WITHDRAWN, LifeState.EXPIRED):
            return _("since {day}").format(day=day_text(life.since))
        if life.state is LifeState.NOT_YET:
            return _("from {day}").format(day=day_text(self.certificate.valid_from))
        if due is None:
            return ""
        if due.state is DueState.OVERDUE:
            return _("{what}, overdue").format(what=_what(due))
        return _("{what} by {day}").format(what=_what(due), day=day_text(due.due_on))

    @property
    def next_due(self) -> Due | None:
        """The first thing that was not done; what lies behind it can wait."""
        return min(self.life.open_dues, key=_when_due, default=None)

    @property
    def is_pressing(self) -> bool:
        """Whether something is overdue, or it may not be shown any more."""
        return bool(self.life.overdue) or self.life.state in (LifeState.SUSPENDED, LifeState.EXPIRED)


def standing_of(
    certificates: Iterable[Certificate], on: date, *, majors_days: Callable[[EditionHash], int]
) -> CertificateStanding | None:
    """The certificate that counts on the day, else the one to come, else the last there was; None before the first decision.

    `majors_days` gives how long an edition leaves for the majors of a conditional one.
    """
    known = [one for one in certificates if one.decided_on <= on]
    successors = {one.replaces: one for one in known if one.replaces is not None}
    found = [
        CertificateStanding(
            certificate=one,
            life=life(one, on, majors_days=majors_days(one.edition), replaced_by=successors.get(one.id)),
        )
        for one in known
    ]
    return max(found, key=_how_near, default=None)


def _what(due: Due) -> str:
    return {
        DueKind.MAJORS: _("majors"),
        DueKind.SURVEILLANCE: _("surveillance {number}").format(number=due.number),
        DueKind.RECERTIFICATION: _("recertification"),
    }[due.kind]


def _when_due(due: Due) -> date:
    return due.due_on


def _how_near(one: CertificateStanding) -> tuple[int, date, date, str]:
    state = one.life.state
    place = 0 if state.is_over else 1 if state is LifeState.NOT_YET else 2
    return place, one.certificate.decided_on, one.certificate.valid_from, one.certificate.id
