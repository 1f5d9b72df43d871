"""How long a certificate still counts on a day, told in good time before it lapses."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from qma_app.domain.people import Qualification
from qma_app.i18n import _

WARN_DAYS: Final = 60
"""So many days before its end a certificate is said to lapse soon."""


class CertificateState(StrEnum):
    """Whether a certificate counts."""

    VALID = "valid"
    LAPSES_SOON = "lapses-soon"
    LAPSED = "lapsed"
    NOT_YET = "not-yet"
    NO_END = "no-end"

    @property
    def is_valid(self) -> bool:
        """Whether one may work on it."""
        return self not in (CertificateState.LAPSED, CertificateState.NOT_YET)


def certificate_state(held: Qualification, on: date, *, warn_days: int = WARN_DAYS) -> CertificateState:
    """Whether a certificate counts on a day; its first and last day count. Without an end it counts for good."""
    if held.valid_until is not None and held.valid_until < on:
        return CertificateState.LAPSED
    if held.valid_from is not None and on < held.valid_from:
        return CertificateState.NOT_YET
    if held.valid_until is None:
        return CertificateState.NO_END
    is_near = (held.valid_until - on).days <= warn_days
    return CertificateState.LAPSES_SOON if is_near else CertificateState.VALID


def days_left(held: Qualification, on: date) -> int | None:
    """The days until its last one, 0 on that day and negative after it; None without an end."""
    return None if held.valid_until is None else (held.valid_until - on).days


def certificate_title(state: CertificateState) -> str:
    """The state in words, the same on screen and paper."""
    return {
        CertificateState.VALID: _("valid"),
        CertificateState.LAPSES_SOON: _("lapses soon"),
        CertificateState.LAPSED: _("lapsed"),
        CertificateState.NOT_YET: _("not valid yet"),
        CertificateState.NO_END: _("valid, no end noted"),
    }[state]
