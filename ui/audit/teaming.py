"""The team with somebody more or less: it has one lead, so a new lead leaves the old one an auditor."""

from __future__ import annotations

from collections.abc import Sequence

from qma_app.domain.audit import TeamMember, TeamPart
from qma_app.domain.ids import PersonId


def with_member(team: Sequence[TeamMember], person_id: PersonId, part: TeamPart) -> tuple[TeamMember, ...]:
    """The team with this person in this part, at the old place where there was one; the lead stands first."""
    taken = TeamMember(person_id=person_id, part=part)
    found = [taken if one.person_id == person_id else _beside(one, part) for one in team]
    if taken not in found:
        found.append(taken)
    return tuple(sorted(found, key=_place))


def without_member(team: Sequence[TeamMember], person_id: str) -> tuple[TeamMember, ...]:
    """The team without this person."""
    return tuple(one for one in team if one.person_id != person_id)


def likely_part(team: Sequence[TeamMember], *, may_grade: bool) -> TeamPart:
    """What somebody new most likely is: the lead while there is none, then an auditor, an expert where the person cannot grade."""
    if not may_grade:
        return TeamPart.EXPERT
    has_lead = any(one.part is TeamPart.LEAD for one in team)
    return TeamPart.AUDITOR if has_lead else TeamPart.LEAD


def _beside(one: TeamMember, part: TeamPart) -> TeamMember:
    if part is TeamPart.LEAD and one.part is TeamPart.LEAD:
        return TeamMember(person_id=one.person_id, part=TeamPart.AUDITOR)
    return one


def _place(one: TeamMember) -> int:
    return list(TeamPart).index(one.part)
