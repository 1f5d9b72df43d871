"""The months of a KPI: all of what was written or none of it, corrected in place, taken back and undone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from qma_app.domain.month import Month
from qma_app.domain.reading import MonthFigures, Reading, reading_value
from qma_app.errors import NotFound, RuleBroken
from qma_app.services.readings import readings_of, remove_reading, write_readings
from qma_app.services.undoing import redo, undo
from tests.services.conftest import Programme


def month(number: int, hits: int = 18, count: int | None = 250, note: str = "") -> MonthFigures:
    return MonthFigures(
        month=Month(2026, number),
        numerator=Decimal(hits),
        denominator=None if count is None else Decimal(count),
        note=note,
    )


def write(programme: Programme, *months: MonthFigures, **how: Any) -> Any:
    return write_readings(programme.workspace, programme.engagement.id, "C02", months, **how)


def kept(programme: Programme, kpi: str = "C02") -> list[tuple[int, str]]:
    with programme.workspace.reading() as reader:
        found = readings_of(reader, programme.engagement.id, kpi)
    return [(one.month.number, str(one.numerator)) for one in found]


def refused(code: str) -> Any:
    return pytest.raises(RuleBroken, check=lambda error: error.code == code)


def test_months_stand_in_their_order_however_they_were_written(programme: Programme) -> None:
    write(programme, month(9), month(3), month(5))
    assert [number for number, _hits in kept(programme)] == [3, 5, 9]


def test_a_month_written_again_is_corrected_not_doubled(programme: Programme) -> None:
    first = write(programme, month(3, 18, note=" strike ")).made(Reading)
    again = write(programme, month(3, 17)).of(Reading)[0]
    assert (again.id, str(again.numerator), again.note) == (first.id, "17", "")
    assert first.note == "strike"
    assert kept(programme) == [(3, "17")]


def test_the_same_figures_once_more_change_nothing(programme: Programme) -> None:
    write(programme, month(3))
    assert not write(programme, month(3))


def test_one_bad_month_keeps_all_out(programme: Programme) -> None:
    write(programme, month(1, 5))
    for code, bad in (
        ("reading.denominator", month(4, count=0)),
        ("reading.denominator", month(4, count=-3)),
        ("reading.month-twice", month(3, 2)),
    ):
        with refused(code):
            write(programme, month(3), bad, without=[Month(2026, 1)])
        assert kept(programme) == [(1, "5")]


def test_a_kpi_the_edition_does_not_know_is_refused(programme: Programme) -> None:
    with refused("reading.kpi-unknown"):
        write_readings(programme.workspace, programme.engagement.id, "X99", [month(3)])


def test_months_are_taken_back_in_the_same_step_and_one_undo_brings_all_again(programme: Programme) -> None:
    write(programme, month(1, 1), month(2, 2), month(3, 3))
    changes = write(
        programme, month(2, 20), month(4, 4), without=[Month(2026, 1), Month(2026, 3), Month(2020, 1)]
    )
    assert kept(programme) == [(2, "20"), (4, "4")]
    undo(programme.workspace, changes)
    assert kept(programme) == [(1, "1"), (2, "2"), (3, "3")]
    redo(programme.workspace, changes)
    assert kept(programme) == [(2, "20"), (4, "4")]


def test_a_month_both_written_and_left_out_is_kept(programme: Programme) -> None:
    write(programme, month(1, 1))
    write(programme, month(1, 7), without=[Month(2026, 1)])
    assert kept(programme) == [(1, "7")]


def test_a_removed_month_can_be_written_anew(programme: Programme) -> None:
    reading = write(programme, month(3)).made(Reading)
    remove_reading(programme.workspace, reading.id)
    assert kept(programme) == []
    with pytest.raises(NotFound):
        remove_reading(programme.workspace, reading.id)
    assert write(programme, month(3, 4)).made(Reading).id != reading.id


def test_each_kpi_has_its_own_months(programme: Programme) -> None:
    write(programme, month(3))
    write_readings(programme.workspace, programme.engagement.id, "O01", [month(3, 12, None)])
    assert (kept(programme), kept(programme, "O01")) == ([(3, "18")], [(3, "12")])


def test_the_value_is_in_the_unit_of_the_kpi(programme: Programme) -> None:
    with programme.workspace.reading() as reader:
        kpis = reader.edition(programme.engagement.edition).kpis
    assert reading_value(kpis["C02"], Decimal(18), Decimal(240)) == Decimal("7.5")
    assert reading_value(kpis["O01"], Decimal(12), None) == 12
    assert reading_value(kpis["C02"], Decimal(18), Decimal(0)) is None
