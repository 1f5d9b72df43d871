"""What the plan rests on, read for a list of next steps: the levels of the areas come from the sums kept with each edit."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property

from qma_app.domain.action import Action
from qma_app.domain.edition import Area
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AreaId
from qma_app.domain.plan_reading import PlanReading
from qma_app.domain.rating_marks import covers
from qma_app.domain.result import AreaResult, Tally

_NOTHING = Tally(applicable=0, rated=0, not_applicable=0, not_seen=0, weighted_points=0, weight=0)


class StepReading(PlanReading):
    """As `PlanReading`, without reading thousands of ratings for a few levels; as slow as it where no sums are kept, or for a day in the past."""

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The open ones only: nothing here asks for those that were closed."""
        return self.reader.all(Finding, engagement_id=self.engagement_id, closed_on=None)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """Those to be done or to be shown, and proposals; what works and what was given up is not asked for."""
        return self.reader.all(Action, engagement_id=self.engagement_id, effective_on=None, dropped_on=None)

    @cached_property
    def levels(self) -> Mapping[AreaId, AreaResult]:
        """How each area stands now, areas left out included; without their processes."""
        is_now = all(one.started_on <= self.on for one in self.assessments)
        kept = self.tallies if is_now else None
        if kept is None:
            return super().levels
        share = self.edition.rules.coverage
        return {area.id: _kept(area, kept.get(area.id, _NOTHING), share) for area in self.edition.areas}


def _kept(area: Area, tally: Tally, share: Fraction) -> AreaResult:
    is_rated = bool(tally.weight) and covers(tally, share)
    return AreaResult(area_id=area.id, tally=tally, processes=(), is_rated=is_rated)
