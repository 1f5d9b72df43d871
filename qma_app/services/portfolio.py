"""All dealerships of a coach on one page: stage, score, next visit, what is late; read from the rollup, nothing recomputed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from qma_app.domain.certification import Certificate
from qma_app.domain.days import within_calendar
from qma_app.domain.dealership import Dealership
from qma_app.domain.edition import Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import AreaId, DealershipId, PersonId
from qma_app.domain.levels import overall_of
from qma_app.domain.people import Person
from qma_app.domain.phase_spans import phase_title
from qma_app.domain.result import AreaResult, Tally
from qma_app.i18n import _
from qma_app.services.certificate_standings import certificates_by_house, standing_in
from qma_app.services.gate_risk import GateRisk, gate_risk
from qma_app.storage.rollup import Rollup
from qma_app.storage.rollup_counts import Counts
from qma_app.storage.rollup_levels import AreaSums
from qma_app.storage.scopes import ReadingScope

if TYPE_CHECKING:
    from qma_app.domain.certificate_standing import CertificateStanding

COVERED_AHEAD: Final = timedelta(days=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaTitle:
    """One column of the map of scores."""

    id: AreaId
    code: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PortfolioLine:
    """One dealership with its latest programme.

    `overall` is where it stands now, over `rated_areas` of `counted_areas`; `history` holds its completed whole assessments in their
    order, `trend` is the gain since the assessment before the newest one. `areas` has a level, or None where too little is rated,
    for each area that applies. `month` is 0 before the start. `why_at_risk` names every area, `why_in_short` the first ones.
    `certificate` is the one of the dealership that counts, whichever of its programmes it came from; None where there never was one.
    """

    dealership: Dealership
    engagement: Engagement
    coach_name: str
    phase_title: str
    phase_is_late: bool
    has_ended: bool
    month: int
    months: int
    overall: Fraction | None
    is_whole: bool
    rated_areas: int
    counted_areas: int
    history: tuple[Fraction, ...]
    trend: Fraction | None
    next_visit: date | None
    last_visit: date | None
    overdue_actions: int
    late_promises: int
    open_majors: int
    unmet_criticals: int
    gate_at_risk: bool
    why_at_risk: str
    why_in_short: str
    areas: Mapping[AreaId, Fraction | None]
    certificate: CertificateStanding | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverLine:
    """How well one coach covers the dealerships: `days_since_longest` is since the last visit of the one that waits longest."""

    coach_name: str
    coach_id: PersonId | None
    dealerships: int
    visits_next_30: int
    days_since_longest: int | None
    longest: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PortfolioView:
    """Everything the page shows, from one reading; lines by the name of the dealership."""

    lines: tuple[PortfolioLine, ...]
    areas: tuple[AreaTitle, ...]
    cover: tuple[CoverLine, ...]


def portfolio(
    reader: ReadingScope, *, on: date, coach_id: PersonId | None = None, with_archived: bool = False
) -> PortfolioView:
    """The dealerships of a workspace, or those of one coach, as they stand on a day; those without a programme are left out."""
    on = within_calendar(on)
    engagements = reader.all(Engagement)
    latest = {one.dealership_id: one for one in engagements}
    houses = [
        (house, latest[house.id])
        for house in reader.all(Dealership)
        if house.id in latest
        and (with_archived or house.archived_at is None)
        and (coach_id is None or latest[house.id].coach_id == coach_id)
    ]
    houses.sort(key=_by_name)
    rollups = reader.rollups([engagement.id for _house, engagement in houses])
    coaches = {id: _name_of(reader, id) for id in {engagement.coach_id for _house, engagement in houses}}
    granted = certificates_by_house(reader, engagements)
    lines = tuple(
        _line(
            reader,
            house,
            engagement,
            rollups[engagement.id],
            coaches[engagement.coach_id],
            on,
            granted.get(house.id, ()),
        )
        for house, engagement in houses
        if engagement.id in rollups
    )
    editions = dict.fromkeys(line.engagement.edition for line in lines)
    shown = {area.id: area for hash in editions for area in reader.edition(hash).areas}
    return PortfolioView(
        lines=lines,
        areas=tuple(
            AreaTitle(id=area.id, code=area.code, title=str(area.title))
            for area in shown.values()
            if any(area.id in line.areas for line in lines)
        ),
        cover=_cover(lines, {line.dealership.id: rollups[line.engagement.id].counts for line in lines}, on),
    )


def area_results_of(edition: Edition, rollup: Rollup) -> dict[AreaId, AreaResult]:
    """The standing of each area as its sums give it; processes and what was not seen are not kept."""
    return {
        area.id: _area_result(area.id, rollup.areas.get(area.id, AreaSums()), edition)
        for area in edition.areas
    }


def _line(
    reader: ReadingScope,
    house: Dealership,
    engagement: Engagement,
    rollup: Rollup,
    coach_name: str,
    on: date,
    granted: Sequence[Certificate],
) -> PortfolioLine:
    edition, counts = reader.edition(engagement.edition), rollup.counts
    results = area_results_of(edition, rollup)
    counted = [area for area in results.values() if area.applies]
    rated = sum(area.is_rated for area in counted)
    overall = overall_of(counted, edition.rules)
    # The newest assessment is what stands now; the gain is over the one before it.
    before = [past.overall for past in rollup.history[:-1] if past.overall is not None]
    is_over = engagement.ended_on is not None and engagement.ended_on <= on
    risk = None if is_over else gate_risk(edition, engagement, rollup, results, on=on)
    return PortfolioLine(
        dealership=house,
        engagement=engagement,
        coach_name=coach_name,
        phase_title=_phase_title(edition, counts, risk, is_over=is_over),
        phase_is_late=risk is not None and risk.is_late,
        has_ended=is_over,
        month=engagement.month_on(on),
        months=engagement.months,
        overall=overall,
        is_whole=bool(counted) and rated == len(counted),
        rated_areas=rated,
        counted_areas=len(counted),
        history=tuple(past.overall for past in rollup.history if past.overall is not None),
        trend=overall - before[-1] if overall is not None and before else None,
        next_visit=next((day for day in counts.visits_ahead if day >= on), None),
        last_visit=counts.last_visit,
        overdue_actions=sum(day < on for day in counts.actions_due),
        late_promises=sum(day < on for day in counts.promises_due),
        open_majors=len(counts.majors_seen),
        unmet_criticals=sum(sums.unmet_criticals for sums in rollup.areas.values()),
        gate_at_risk=risk is not None and risk.is_at_risk,
        why_at_risk=risk.words if risk is not None and risk.is_at_risk else "",
        why_in_short=risk.short if risk is not None and risk.is_at_risk else "",
        areas={area.area_id: area.level if area.is_rated else None for area in counted},
        certificate=standing_in(reader, granted, on=on),
    )


def _phase_title(edition: Edition, counts: Counts, risk: GateRisk | None, *, is_over: bool) -> str:
    if is_over:
        return _("Ended")
    if risk is not None:
        return phase_title(edition, risk.phase.phase, risk.phase.wave)
    return _("All gates passed") if counts.phases else _("No plan yet")


def _area_result(area_id: AreaId, sums: AreaSums, edition: Edition) -> AreaResult:
    tally = Tally(
        applicable=sums.applicable,
        rated=sums.rated,
        not_applicable=sums.not_applicable,
        not_seen=0,
        weighted_points=sums.weighted_points,
        weight=sums.weight,
    )
    is_rated = tally.level is not None and tally.coverage >= edition.rules.coverage
    return AreaResult(area_id=area_id, tally=tally, processes=(), is_rated=is_rated)


def _cover(
    lines: tuple[PortfolioLine, ...], counts: Mapping[DealershipId, Counts], on: date
) -> tuple[CoverLine, ...]:
    """One line a coach with running programmes, by name; dealerships without a coach come last."""
    by_coach: dict[PersonId | None, list[PortfolioLine]] = {}
    for line in lines:
        if line.dealership.archived_at is None and not line.has_ended:
            by_coach.setdefault(line.engagement.coach_id, []).append(line)
    found = []
    for coach_id, mine in by_coach.items():
        waiting = [(days, line) for line in mine if (days := _days_waiting(line, on)) is not None]
        longest = max(waiting, key=_days_first, default=None)
        found.append(
            CoverLine(
                coach_name=mine[0].coach_name,
                coach_id=coach_id,
                dealerships=len(mine),
                visits_next_30=sum(
                    on <= day <= on + COVERED_AHEAD
                    for line in mine
                    for day in counts[line.dealership.id].visits_ahead
                ),
                days_since_longest=longest[0] if longest else None,
                longest=longest[1].dealership.name if longest else "",
            )
        )
    return tuple(sorted(found, key=_named_first))


def _days_waiting(line: PortfolioLine, on: date) -> int | None:
    """Days since the coach was there last, or since the start where she was not; None before the start."""
    since = line.last_visit or line.engagement.started_on
    return (on - since).days if since <= on else None


def _name_of(reader: ReadingScope, person_id: PersonId | None) -> str:
    person = reader.find(Person, person_id, in_bin=True) if person_id else None
    return person.name if person is not None else ""


def _by_name(pair: tuple[Dealership, Engagement]) -> tuple[str, str]:
    return pair[0].name.casefold(), pair[0].id


def _days_first(pair: tuple[int, PortfolioLine]) -> int:
    return pair[0]


def _named_first(line: CoverLine) -> tuple[bool, str]:
    return line.coach_id is None, line.coach_name.casefold()
