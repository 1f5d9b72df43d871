"""On which days a dealership can be visited: weekends, public holidays, closing times and the coach's other visits stand against it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from qma_app.domain.dealership import ClosingDay, Dealership
from qma_app.domain.engagement import Engagement
from qma_app.domain.ids import EngagementId, VisitId
from qma_app.domain.phase_spans import audit_phase
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.plan_days import DayObstacle, ObstacleKind, nearest_free
from qma_app.domain.ports import Reader
from qma_app.domain.visit import Visit
from qma_app.errors import RuleBroken
from qma_app.i18n import _, day_text, language

__all__ = ["DayObstacle", "ObstacleKind", "VisitCalendar", "calendar_of", "day_obstacles", "free_day"]

_SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class VisitCalendar:
    """What stands against each day of one programme, read once; `last_on` is None once the audit is over.

    `remark` says that the public holidays of the country, or of its region, are not known here.
    """

    country: str
    region: str
    first_on: date
    last_on: date | None
    closed: tuple[ClosingDay, ...] = ()
    busy: dict[date, str] = field(default_factory=dict)

    @property
    def remark(self) -> str:
        if not self.country or _holidays_of(self.country, "", 2026, "") is None:
            return _("Public holidays of {country} are not known here: look at them yourself.").format(
                country=self.country or "–"
            )
        if self.region and _holidays_of(self.country, self.region, 2026, "") is None:
            return _("{region} is not a known region of {country}: only national holidays count.").format(
                region=self.region, country=self.country
            )
        return ""

    def obstacles(self, day: date) -> tuple[DayObstacle, ...]:
        """Everything that stands against a visit on that day; empty for a free one."""
        found = []
        if day < self.first_on:
            words = _("before the programme starts on {day}").format(day=day_text(self.first_on))
            found.append(DayObstacle(kind=ObstacleKind.BEFORE_START, words=words))
        if self.last_on is not None and day > self.last_on:
            words = _("after the audit, which is over on {day}").format(day=day_text(self.last_on))
            found.append(DayObstacle(kind=ObstacleKind.AFTER_AUDIT, words=words))
        if day.weekday() >= _SATURDAY:
            words = _("a Saturday") if day.weekday() == _SATURDAY else _("a Sunday")
            found.append(DayObstacle(kind=ObstacleKind.WEEKEND, words=words))
        if holiday := self.holiday(day):
            words = _("a public holiday: {name}").format(name=holiday)
            found.append(DayObstacle(kind=ObstacleKind.HOLIDAY, words=words))
        for closing in self.closed:
            if closing.covers(day):
                words = closing.words.strip()
                words = _("closed: {why}").format(why=words) if words else _("the dealership is closed")
                found.append(DayObstacle(kind=ObstacleKind.CLOSED, words=words))
        if day in self.busy:
            found.append(DayObstacle(kind=ObstacleKind.BUSY, words=self.busy[day]))
        return tuple(found)

    def is_free(self, day: date) -> bool:
        """Whether nothing stands against a visit on that day."""
        return not self.obstacles(day)

    def holiday(self, day: date) -> str:
        """The public holiday on a day, "" where there is none."""
        for region in dict.fromkeys((self.region, "")):
            days = _holidays_of(self.country, region, day.year, language()) if self.country else None
            if days is not None:
                return days.get(day, "")
        return ""


def calendar_of(
    reader: Reader, engagement_id: EngagementId, *, but: Collection[VisitId] = ()
) -> VisitCalendar:
    """The days of a programme; the visits `but` do not stand in their own way."""
    engagement = reader.get(Engagement, engagement_id)
    dealership = reader.get(Dealership, engagement.dealership_id)
    return VisitCalendar(
        country=dealership.country.strip().upper(),
        region=dealership.region.strip().upper(),
        first_on=engagement.started_on,
        last_on=_last_day(reader, engagement),
        closed=reader.all(ClosingDay, dealership_id=dealership.id),
        busy=_busy_days(reader, engagement, but),
    )


def day_obstacles(
    reader: Reader, engagement_id: EngagementId, day: date, *, but: VisitId | None = None
) -> tuple[DayObstacle, ...]:
    """What stands against a visit on that day; empty for a free one."""
    return calendar_of(reader, engagement_id, but=() if but is None else (but,)).obstacles(day)


def free_day(reader: Reader, engagement_id: EngagementId, near: date) -> date:
    """The next free day on or after `near`; where there is none before the audit is over, the last one before it.

    RuleBroken `visit.no-free-day` where the house is closed all the time.
    """
    days = calendar_of(reader, engagement_id)
    found = nearest_free(near, days.is_free, first=days.first_on, last=days.last_on or date.max)
    if found is None:
        raise RuleBroken(
            _("There is no free day around {day}.").format(day=day_text(near)),
            code="visit.no-free-day",
            way_out=_("Look at the closing times of the dealership, or extend the programme."),
        )
    return found


def _last_day(reader: Reader, engagement: Engagement) -> date | None:
    """The last day of the audit as planned, else of the agreed length; None once the audit's gate was passed."""
    phase = audit_phase(reader.edition(engagement.edition))
    planned = reader.all(PlannedPhase, engagement_id=engagement.id, phase=phase.id) if phase else ()
    if any(one.is_passed for one in planned):
        return None
    return max((one.ends_on for one in planned), default=engagement.audit_due_on)


def _busy_days(reader: Reader, engagement: Engagement, but: Collection[VisitId]) -> dict[date, str]:
    """Days on which this dealership is visited already, and those the coach spends elsewhere."""
    found = {
        visit.day: _("visit {number} is on this day").format(number=visit.number)
        for visit in reader.all(Visit, engagement_id=engagement.id)
        if visit.id not in but and visit.cancelled_on is None
    }
    if engagement.coach_id is None:
        return found
    programmes = {
        one.id: one.dealership_id
        for one in reader.all(Engagement, coach_id=engagement.coach_id)
        if one.id != engagement.id
    }
    elsewhere = [
        visit
        for visit in reader.all(Visit, coach_id=engagement.coach_id)
        if visit.engagement_id in programmes and visit.is_ahead
    ]
    names = {
        id: house.name
        for id in {programmes[visit.engagement_id] for visit in elsewhere}
        if (house := reader.find(Dealership, id)) is not None
    }
    for visit in elsewhere:
        name = names.get(programmes[visit.engagement_id])
        if name is not None:
            found.setdefault(visit.day, _("the coach is at {name}").format(name=name))
    return found


@lru_cache(maxsize=256)
def _holidays_of(country: str, region: str, year: int, spoken: str) -> dict[date, str] | None:
    """The public holidays of a year by their names; None for a country or region that is not known.

    English names for an English window, else those of the country.
    """
    import holidays  # takes a tenth of a second, which the first paint does not have

    try:
        known = holidays.country_holidays(country, subdiv=region or None, years=year)
        spoken_names = known.supported_languages or ()
        wanted = {"en": ("en_GB", "en_US")}.get(spoken, (spoken,))
        code = next((one for one in wanted if one in spoken_names), None)
        if code is not None:
            known = holidays.country_holidays(country, subdiv=region or None, years=year, language=code)
    except NotImplementedError:
        return None
    return dict(known)
