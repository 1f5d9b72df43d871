"""Targets are agreed, locked with a date, never moved after that, and held against what was read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from qma_app.domain.edition import Direction
from qma_app.domain.engagement import Engagement
from qma_app.domain.month import Month
from qma_app.domain.reading import MonthFigures
from qma_app.domain.target import Gain, Target
from qma_app.errors import RuleBroken
from qma_app.services import targets
from qma_app.services.readings import write_readings
from qma_app.services.targets import TargetLine
from qma_app.services.undoing import undo
from tests.builders import TODAY
from tests.services.conftest import Programme

RETURNS = "C15"
"""A share that is better higher."""


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


def agree(programme: Programme, gain: Gain, kpi: str, goal: str, **fields: Any) -> Target:
    return targets.add_target(
        programme.workspace, programme.engagement.id, gain=gain, kpi=kpi, goal=Decimal(goal), **fields
    ).made(Target)


def agree_three(programme: Programme) -> None:
    agree(programme, Gain.PROFIT, "P01", "12")
    agree(programme, Gain.CUSTOMERS, RETURNS, "80")
    agree(programme, Gain.STAFF, "E03", "10")


def read(programme: Programme, kpi: str, *months: tuple[Month, int]) -> None:
    write_readings(
        programme.workspace,
        programme.engagement.id,
        kpi,
        [
            MonthFigures(month=month, numerator=Decimal(share), denominator=Decimal(100))
            for month, share in months
        ],
    )


def view(programme: Programme, on: date = TODAY) -> tuple[TargetLine, ...]:
    with programme.workspace.reading() as reader:
        return targets.targets_view(reader, programme.engagement.id, on=on)


class TestAgreeing:
    def test_they_are_listed_by_whose_gain_they_are(self, programme: Programme) -> None:
        agree_three(programme)
        assert [line.target.gain for line in view(programme)] == list(Gain)

    @pytest.mark.parametrize(
        ("fields", "code"),
        [
            ({"kpi": "X99"}, "target.kpi-unknown"),
            ({"goal": "1E20"}, "action.value"),
            ({"goal": "NaN"}, "action.value"),
            ({"due_on": date(2026, 11, 20)}, "target.days"),
        ],
    )
    def test_what_does_not_hold_is_refused(self, programme: Programme, fields: Any, code: str) -> None:
        with refused(code):
            agree(programme, Gain.CUSTOMERS, **({"kpi": RETURNS, "goal": "80"} | fields))
        assert view(programme) == ()

    def test_a_kpi_has_one_target(self, programme: Programme) -> None:
        first = agree(programme, Gain.CUSTOMERS, RETURNS, "80")
        with refused("target.twice"):
            agree(programme, Gain.STAFF, RETURNS, "90")
        targets.change_target(programme.workspace, first.id, goal=Decimal(85))
        second = agree(programme, Gain.CUSTOMERS, "C01", "50")
        with refused("target.twice"):
            targets.change_target(programme.workspace, second.id, kpi=RETURNS)
        assert [line.target.goal for line in view(programme)] == [50, 85]


class TestLocking:
    def test_each_of_the_three_must_gain_something(self, programme: Programme) -> None:
        agree(programme, Gain.CUSTOMERS, RETURNS, "80")
        with refused("targets.incomplete") as broken:
            targets.lock_targets(programme.workspace, programme.engagement.id, on=TODAY)
        assert broken.value.params["gains"] == (Gain.STAFF, Gain.PROFIT)
        assert "staff, profit" in str(broken.value)

    def test_afterwards_nothing_moves(self, programme: Programme) -> None:
        workspace, id = programme.workspace, programme.engagement.id
        agree_three(programme)
        changes = targets.lock_targets(workspace, id, on=TODAY)
        assert changes.of(Engagement)[0].targets_locked_on == TODAY
        before = view(programme)
        with refused("targets.locked"):
            agree(programme, Gain.CUSTOMERS, "C01", "50")
        with refused("targets.locked"):
            targets.change_target(workspace, before[0].target.id, goal=Decimal(1))
        with refused("targets.locked"):
            targets.remove_target(workspace, before[0].target.id)
        with refused("targets.locked"):
            targets.lock_targets(workspace, id, on=TODAY)
        assert view(programme) == before
        undo(workspace, changes)
        assert targets.remove_target(workspace, before[0].target.id)

    def test_the_day_does_not_lie_ahead(self, programme: Programme) -> None:
        agree_three(programme)
        with refused("targets.day-ahead"):
            targets.lock_targets(programme.workspace, programme.engagement.id, on=date(2026, 11, 22))


class TestHeldAgainstTheFigures:
    def test_without_a_reading_nothing_is_said(self, programme: Programme) -> None:
        agree(programme, Gain.CUSTOMERS, RETURNS, "80")
        (line,) = view(programme)
        assert (line.now, line.now_month, line.is_reached) == (None, None, None)
        assert line.trend == (None,) * 12
        assert line.kpi_title.startswith("C15 ")
        assert (line.unit, line.direction) == ("%", Direction.HIGHER)

    def test_the_newest_value_and_twelve_months_up_to_the_day(self, programme: Programme) -> None:
        agree(programme, Gain.CUSTOMERS, RETURNS, "80")
        read(
            programme,
            RETURNS,
            (Month(2025, 10), 50),
            (Month(2025, 11), 61),
            (Month(2026, 8), 80),
            (Month(2026, 11), 99),
        )
        (line,) = view(programme, date(2026, 10, 21))
        assert (line.now, line.now_month, line.is_reached) == (Fraction(80), Month(2026, 8), True)
        assert line.trend == (Fraction(61), *(None,) * 8, Fraction(80), None, None)

    @pytest.mark.parametrize(("share", "is_reached"), [(9, True), (10, True), (11, False)])
    def test_where_lower_is_better_the_goal_is_a_ceiling(
        self, programme: Programme, share: int, is_reached: bool
    ) -> None:
        agree(programme, Gain.STAFF, "E03", "10")
        read(programme, "E03", (Month(2026, 10), share))
        assert view(programme)[0].is_reached is is_reached

    def test_a_band_is_met_within_the_bounds_of_the_edition(self, programme: Programme) -> None:
        with programme.workspace.reading() as reader:
            kpi = reader.edition(programme.engagement.edition).kpis["P19"]
        assert kpi.direction is Direction.BAND
        assert kpi.range is not None
        least, most = Fraction(kpi.range.least), Fraction(kpi.range.most)
        goal = Decimal(kpi.range.most)
        assert targets.is_reached(kpi, least, goal) is True
        assert targets.is_reached(kpi, most + 1, goal) is False
        assert targets.is_reached(kpi, most + 1, goal + 1) is True
