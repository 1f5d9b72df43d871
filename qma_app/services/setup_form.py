"""The form a new programme is set up with, and what in it is missing or does not hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from qma_app.domain.ids import AreaId, EditionHash, PersonId, ProcessId
from qma_app.errors import RuleBroken
from qma_app.i18n import _
from qma_app.services.dealerships import needed_name
from qma_app.services.engagements import check_months, check_percent

_NOTHING: Final[Mapping[AreaId, str]] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPerson:
    """Somebody of the house; `processes` are those the person will answer for."""

    name: str
    function: str = ""
    email: str = ""
    phone: str = ""
    is_principal: bool = False
    is_officer: bool = False
    processes: tuple[ProcessId, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EngagementSetup:
    """Everything a new programme begins with.

    `edition` None is the newest one that comes with the program, `started_on` None today. `left_out` gives the reason for each
    area that is not looked at; one in which nothing applies must be among them. Empty `code` and `site_name` are made from the
    name and the city.
    """

    name: str
    country: str
    region: str = ""
    language: str = ""
    city: str = ""
    code: str = ""
    site_name: str = ""
    features: tuple[str, ...] = ()
    staff: int | None = None
    edition: EditionHash | None = None
    coach: PersonId | None = None
    started_on: date | None = None
    months: int = 18
    left_out: Mapping[AreaId, str] = field(default_factory=lambda: _NOTHING)
    people: tuple[NewPerson, ...] = ()
    officer_percent: int | None = None


def check_form(setup: EngagementSetup) -> None:
    """Raise RuleBroken for what does not hold whatever the standard says: length, head count, people and their roles."""
    check_months(setup.months)
    check_percent(setup.officer_percent)
    _check_staff(setup.staff)
    _check_people(setup)


def _check_staff(staff: int | None) -> None:
    if staff is not None and staff < 0:
        raise RuleBroken(
            _("A dealership cannot have {count} people.").format(count=staff),
            code="setup.staff",
            way_out=_("Write how many people work there, or leave it empty."),
        )


def _check_people(setup: EngagementSetup) -> None:
    seen: set[tuple[str, str]] = set()
    for person in setup.people:
        name = needed_name(person.name)
        who = (name.casefold(), person.email.strip().casefold())
        if who in seen:
            raise RuleBroken(
                _("{name} is listed twice.").format(name=name),
                code="setup.person-twice",
                way_out=_("Keep one of the two, or tell them apart by their e-mail."),
            )
        seen.add(who)
    _check_single([one.name for one in setup.people if one.is_principal], _("principal"))
    _check_single([one.name for one in setup.people if one.is_officer], _("quality officer"))
    if setup.officer_percent is not None and not any(one.is_officer for one in setup.people):
        raise RuleBroken(
            _("A share of working time is given, but no quality officer."),
            code="engagement.officer-missing",
            way_out=_("Name the quality officer, or leave the share empty."),
        )


def _check_single(names: Sequence[str], what: str) -> None:
    if len(names) > 1:
        raise RuleBroken(
            _("{names} cannot all be {what}.").format(names=", ".join(names), what=what),
            code="setup.leader-twice",
            way_out=_("Choose one of them."),
        )
