"""Thirty light houses for the view over all dealerships: a line each, taken over from what was done before, the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import Final

from qma_app.content.shapes import Word
from qma_app.domain.applicability import applicable_checkpoints
from qma_app.domain.assessment import Assessment, AssessmentKind
from qma_app.domain.days import month_after
from qma_app.domain.dealership import Dealership, Premises
from qma_app.domain.edition import Area, Checkpoint, Edition
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId, EditionHash, EngagementId, PersonId
from qma_app.domain.people import Role
from qma_app.domain.plan import PlannedPhase
from qma_app.domain.plan_proposal import VisitProposal
from qma_app.domain.standing import current_engagement
from qma_app.i18n import _
from qma_app.services import actions, findings, promises
from qma_app.services.dealerships import USUAL_FEATURES
from qma_app.services.engagements import end_engagement
from qma_app.services.history import PastVisit, take_over_assessment, take_over_progress
from qma_app.services.planning import make_plan, propose_plan
from qma_app.services.sample.forms import ByName
from qma_app.services.sample.sheets import Sheet
from qma_app.services.sample.steps import Hour, Step
from qma_app.services.setting_up import EngagementSetup, NewPerson, set_up_engagement
from qma_app.services.workspace import Workspace

_LINE: Final = re.compile(
    r"([^,]+), ([A-Z]{2}) (\w+), (\d+) staff, ([a-z-]+), month (\d+) of (\d+), (\d+) areas,"
    r" (\d\d(?: to \d\d)*|none yet), (steady|late|at risk|stopped|audited)"
)
PORTFOLIO: Final = ByName(
    shape=Word(
        pattern=_LINE,
        form=lambda: _("words in this order"),
        example="Mittenau, DE BY, 24 staff, coach, month 8 of 18, 5 areas, 41 to 55, steady",
    )
)
TAKEN_OVER_ON: Final = date(2026, 11, 20)
"""The last day of the sample, on which the files of these houses were taken over."""
_BEFORE_AUDIT: Final = date(2026, 10, 23)
"""On which what an auditor looks back on was taken over."""
_FIRST_OF_ALL: Final = ("management", "service")
_AROUND: Final = 2.6
"""How far a checkpoint may be easier or harder than its area, in points."""
_PEOPLE: Final = (
    "B. Anders",
    "C. Bruck",
    "D. Faber",
    "E. Gries",
    "F. Halm",
    "I. Jost",
    "L. Kropp",
    "O. Riedl",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LightHouse:
    """One house as its line tells it; `levels` are those of its assessments, `fate` how it goes."""

    name: str
    city: str
    country: str
    region: str
    staff: int
    seat: str
    month: int
    months: int
    areas: int
    levels: tuple[int, ...]
    fate: str

    @property
    def started(self) -> date:
        """So that the last day of the sample lies in the month told."""
        return month_after(date(2026, 11, 2 + self.staff % 17), 1 - self.month)

    @property
    def is_audited(self) -> bool:
        return self.fate == "audited"

    @property
    def taken_over(self) -> date:
        """The day on which its assessments were taken over."""
        return _BEFORE_AUDIT if self.is_audited else TAKEN_OVER_ON


def read_light_houses(sheet: Sheet, seats: Mapping[str, object]) -> tuple[LightHouse, ...]:
    """Every house of the sheet; a coach must be one of the sample."""
    houses = []
    for name in sheet.top.entries:
        words = sheet.top.text(name)
        found = _LINE.fullmatch(words)
        if found is None:
            continue  # said already
        if found[5] not in seats:
            sheet.unknown(sheet.top.line_of(name), found[5], seats)
        houses.append(
            LightHouse(
                name=name,
                city=found[1],
                country=found[2],
                region=found[3],
                staff=int(found[4]),
                seat=found[5],
                month=int(found[6]),
                months=int(found[7]),
                areas=int(found[8]),
                levels=tuple(int(word) for word in found[9].split(" to ") if word.isdecimal()),
                fate=found[10],
            )
        )
    return tuple(houses)


@dataclass(frozen=True, slots=True)
class Lighting:
    """Takes over one light house."""

    workspace: Workspace
    edition: Edition
    house: LightHouse
    coaches: Mapping[str, PersonId]

    def steps(self) -> Iterator[Step]:
        """All of it at once, by its coach; of a house that is audited its plan and visits come later."""
        seat = self.house.seat
        yield Step(
            day=self.house.taken_over,
            hour=Hour.PREPARE,
            role=Role.COACH,
            do=self._take_over,
            seat=seat,
            is_aside=self.house.is_audited,
        )
        if self.house.is_audited:
            yield Step(day=TAKEN_OVER_ON, hour=Hour.PREPARE, role=Role.COACH, do=self._plan_later, seat=seat)

    def _take_over(self) -> None:
        house, chance = self.house, Random(self.house.name)
        areas = self._areas(chance)
        engagement = self._set_up(areas, chance)
        points = self._checkpoints(areas)
        days = self._assessment_days()
        first: Assessment | None = None
        for place, (level, day) in enumerate(zip(house.levels, days, strict=True)):
            made = take_over_assessment(
                self.workspace,
                engagement,
                kind=AssessmentKind.PROGRESS if place else AssessmentKind.BASELINE,
                scope=[area.id for area in areas],
                started_on=day,
                completed_on=day + timedelta(days=1),
                points=self._points(points, level, chance),
                summary="Taken over from the file of the house; only the points are known.",
            ).made(Assessment)
            first = first or made
        if self.house.is_audited:
            return
        self._plan(engagement, [area.id for area in areas])
        if first is not None and house.fate in ("late", "at risk"):
            self._trouble(engagement, first, points[0], chance)
        if house.fate == "stopped":
            reason = "The house was sold, and the new owner has a programme of his own."
            end_engagement(self.workspace, engagement, on=TAKEN_OVER_ON, reason=reason)

    def _plan_later(self) -> None:
        with self.workspace.reading() as reader:
            dealership = reader.all(Dealership, name=self.house.name)[0]
            engagement = current_engagement(reader, dealership.id).id
        self._plan(engagement, [area.id for area in self._areas(Random(self.house.name))])

    def _set_up(self, areas: list[Area], chance: Random) -> EngagementId:
        house = self.house
        principal, officer = chance.sample(_PEOPLE, 2)
        setup = EngagementSetup(
            name=house.name,
            country=house.country,
            code=f"{house.country}-{Random(house.name).randrange(82_000, 99_000)}",
            region=house.region,
            language="en",
            city=house.city,
            features=tuple(USUAL_FEATURES),
            staff=house.staff,
            edition=EditionHash(self.edition.hash),
            coach=self.coaches[house.seat],
            started_on=house.started,
            months=house.months,
            left_out={
                area.id: "Not part of this programme, which begins with fewer areas."
                for area in self.edition.areas
                if area not in areas
            },
            people=(
                NewPerson(name=principal, function="Dealer principal", is_principal=True),
                NewPerson(name=officer, function="Quality officer", is_officer=True),
            ),
            officer_percent=15,
        )
        return set_up_engagement(self.workspace, setup).made(Engagement).id

    def _areas(self, chance: Random) -> list[Area]:
        """Management and service, and others by chance."""
        first = [area for area in self.edition.areas if area.id in _FIRST_OF_ALL]
        others = [area for area in self.edition.areas if area.id not in _FIRST_OF_ALL]
        chosen = first + chance.sample(others, self.house.areas - len(first))
        return [area for area in self.edition.areas if area in chosen]

    def _checkpoints(self, areas: list[Area]) -> list[Checkpoint]:
        """As few of each area as make it count as rated."""
        premises = Premises(features=frozenset(USUAL_FEATURES), staff=self.house.staff)
        apply = applicable_checkpoints(self.edition, premises)
        found = []
        for area in areas:
            mine = [
                self.edition.checkpoints[id]
                for id in apply
                if self.edition.checkpoints[id].area_id == area.id
            ]
            wanted = -(
                -len(mine) * self.edition.rules.coverage.numerator // self.edition.rules.coverage.denominator
            )
            found += mine[:wanted]
        return found

    def _points(self, checkpoints: list[Checkpoint], level: int, chance: Random) -> dict[CheckpointId, int]:
        """Around the level; a critical checkpoint is met more often than not."""
        steps, bound = self.edition.points, self.edition.rules.critical_points
        points = {}
        for one in checkpoints:
            aim = level / 10 + chance.uniform(-_AROUND, _AROUND)
            nearest = min(steps, key=partial(_distance, aim))
            is_met = one.is_critical and chance.random() < level / 100 + 0.2
            points[one.id] = max(nearest, bound) if is_met else nearest
        return points

    def _assessment_days(self) -> list[date]:
        """The first in the third week, the others spread over the time until last month."""
        first = self.house.started + timedelta(days=16)
        count, last = (
            len(self.house.levels),
            self.house.taken_over - timedelta(days=6 + self.house.staff % 20),
        )
        first = min(first, last - timedelta(days=count))
        return [first + (last - first) * place // max(1, count - 1) for place in range(count)]

    def _plan(self, engagement: EngagementId, areas: list[AreaId]) -> None:
        """Gates up to now, but for a house that is late; the last visits and the next one."""
        house, workspace = self.house, self.workspace
        with workspace.reading() as reader:
            proposal = propose_plan(reader, engagement, on=TAKEN_OVER_ON)
        ahead = tuple(one for one in proposal.visits if one.day > TAKEN_OVER_ON)[:1]
        if house.fate == "late":
            missed = TAKEN_OVER_ON - timedelta(days=9 + house.staff % 5)
            ahead = (VisitProposal(number=1, day=missed, areas=(), load_minutes=0, remarks=()),)
        make_plan(workspace, engagement, replace(proposal, visits=ahead))
        with workspace.reading() as reader:
            phases = sorted(reader.all(PlannedPhase, engagement_id=engagement), key=_by_place)
        over = [one for one in phases if one.ends_on < TAKEN_OVER_ON]
        if house.fate == "late":
            over = over[:-1]
        take_over_progress(
            workspace,
            engagement,
            gates={one.id: one.ends_on for one in over},
            reason="Taken over; the conditions are in the file of the house.",
            visits=self._past_visits(areas),
        )

    def _past_visits(self, areas: list[AreaId]) -> list[PastVisit]:
        waiting = 34 if self.house.fate == "late" else 11
        last = TAKEN_OVER_ON - timedelta(days=waiting + self.house.staff % 13)
        return [
            PastVisit(day=day, areas=tuple(areas[:2]), summary="Taken over from the file of the house.")
            for day in (last - timedelta(days=35), last)
            if day >= self.house.started
        ]

    def _trouble(
        self, engagement: EngagementId, assessment: Assessment, at: Checkpoint, chance: Random
    ) -> None:
        """An old major, an action that is overdue, a promise that is late."""
        who = chance.choice(_PEOPLE)
        seen = assessment.started_on
        late = TAKEN_OVER_ON - timedelta(days=5 + self.house.staff % 19)
        finding = findings.raise_finding(
            self.workspace,
            engagement_id=engagement,
            assessment_id=assessment.id,
            checkpoint_id=at.id,
            grade=FindingGrade.MAJOR,
            statement=f"Not shown: {at.statement}",
            requirement=f"{at.number} {at.statement}",
            evidence="Taken over from the file of the house.",
            seen_on=seen,
            owner=who,
            due_on=late,
        ).made(Finding)
        actions.plan_action(
            self.workspace,
            engagement_id=engagement,
            what=str(at.actions[0]) if at.actions else f"Put {at.number} in order.",
            findings=[finding.id],
            owner=who,
            due_on=late,
        )
        promises.make_promise(
            self.workspace,
            engagement,
            what="Is there at the next visit, with the figures.",
            who=who,
            made_on=seen,
            due_on=late,
        )


def _distance(aim: float, step: int) -> float:
    return abs(step - aim)


def _by_place(phase: PlannedPhase) -> int:
    return phase.place
