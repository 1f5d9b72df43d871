"""A list of visits is compared before it is taken in, taken in whole or not at all, and can go out and come back."""

from __future__ import annotations

from datetime import date, time
from functools import partial
from pathlib import Path

import pytest

from qma_app.domain.visit import Visit
from qma_app.errors import ContentProblems, ImportTrouble
from qma_app.exchange import visit_table
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.i18n import in_language
from qma_app.services import visits
from qma_app.services.undoing import undo
from qma_app.services.visit_lists import (
    VisitList,
    VisitListDifference,
    VisitListState,
    read_visit_list,
    take_in_visits,
    visit_list_difference,
    visit_template,
    write_visit_list,
)
from tests.services.visiting import MONDAY, House, refused

pytest_plugins = ["tests.services.visiting_fixtures"]

NEXT = date(2026, 4, 8)


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visit_table, "OutsideFile", partial(OutsideFile, is_isolated=False))


def a_list(folder: Path, *rows: str) -> VisitList:
    path = folder / "visits.csv"
    path.write_text("\n".join(["Date;From;To;Areas;Purpose", *rows]), encoding="utf-8")
    return read_visit_list(path)


def difference(house: House, found: VisitList) -> VisitListDifference:
    with house.workspace.reading() as reader:
        return visit_list_difference(reader, house.engagement.id, found)


def take_in(house: House, found: VisitList, *, despite: bool = False) -> tuple[Visit, ...]:
    return take_in_visits(house.workspace, house.engagement.id, found, despite=despite).of(Visit)


def test_new_visits_are_planned_with_numbers_and_the_usual_times(house: House, tmp_path: Path) -> None:
    house.plan(MONDAY)
    found = a_list(tmp_path, "2026-04-08;9:00;;srv, Parts;Kick-off", "2026-05-05;;;;")
    assert [line.state for line in difference(house, found).lines] == [VisitListState.NEW] * 2
    first, second = take_in(house, found)
    assert (first.number, first.planned_on, first.starts_at, first.ends_at) == (
        2,
        NEXT,
        time(9),
        time(16, 30),
    )
    assert (first.areas, first.purpose, first.coach_id) == (("service", "parts"), "Kick-off", house.coach.id)
    assert (second.number, second.starts_at, second.areas) == (3, time(8, 30), ())


def test_a_planned_visit_is_changed_and_no_empty_cell_erases(house: House, tmp_path: Path) -> None:
    planned = house.plan(MONDAY, areas=("service",), purpose="Old", starts_at=time(9), ends_at=time(12))
    found = a_list(tmp_path, "2026-03-02;;14:00;;New")
    (line,) = difference(house, found).lines
    assert (line.state, line.visit, dict(line.fields)) == (
        VisitListState.CHANGED,
        planned,
        {"ends_at": time(14), "purpose": "New"},
    )
    take_in(house, found)
    after = house.now(planned.id)
    assert (after.areas, after.purpose, after.starts_at, after.ends_at) == (
        ("service",),
        "New",
        time(9),
        time(14),
    )
    assert [one.state for one in difference(house, found).lines] == [VisitListState.SAME]
    assert take_in(house, found) == ()


def test_a_visit_that_began_stays_and_one_called_off_is_planned_anew(house: House, tmp_path: Path) -> None:
    held, off = house.plan(MONDAY), house.plan(NEXT)
    house.clock.put(MONDAY)
    visits.start_visit(house.workspace, held.id)
    visits.cancel_visit(house.workspace, off.id, reason="flu")
    found = a_list(tmp_path, "2026-03-02;10:00;;;", "2026-04-08;10:00;;;")
    assert [line.state for line in difference(house, found).lines] == [
        VisitListState.HELD,
        VisitListState.NEW,
    ]
    (made,) = take_in(house, found)
    assert (made.planned_on, made.number) == (NEXT, 3)


def test_days_that_do_not_suit_are_warned_of_and_taken_in_only_despite(house: House, tmp_path: Path) -> None:
    found = a_list(tmp_path, "2026-04-03;;;;", "2026-04-08;;;;")
    seen = difference(house, found)
    assert seen.errors == ()
    (problem,) = seen.doubtful
    assert (problem.place, problem.is_warning) == ("A2", True)
    assert "public holiday" in problem.found
    with pytest.raises(ContentProblems) as trouble:
        take_in(house, found)
    assert trouble.value.problems == (problem,)
    assert house.all(Visit) == ()
    assert len(take_in(house, found, despite=True)) == 2


def test_what_does_not_hold_is_named_and_nothing_is_taken_in(house: House, tmp_path: Path) -> None:
    house.plan(MONDAY, starts_at=time(9), ends_at=time(12))
    found = a_list(
        tmp_path,
        "2026-03-02;13:00;;;",
        "2026-04-08;;;SRV; Werkstatt",
        "2025-12-01;;;;",
        "2026-04-09;17:00;;Bakery;",
        "soon;;;;",
    )
    codes = [(one.place, one.code) for one in difference(house, found).errors]
    assert codes == [
        ("A6", "visits.day"),
        ("B2", "visits.times"),
        ("A4", "visits.before-start"),
        ("D5", "visits.area"),
        ("B5", "visits.times"),
    ]
    with pytest.raises(ContentProblems, match="A6"):
        take_in(house, found, despite=True)
    assert len(house.all(Visit)) == 1


def test_taking_in_is_one_step_and_needs_a_valid_certificate(house: House, tmp_path: Path) -> None:
    found = a_list(tmp_path, "2026-04-08;;;;", "2026-05-05;;;;")
    changes = take_in_visits(house.workspace, house.engagement.id, found)
    undo(house.workspace, changes)
    assert house.all(Visit) == ()
    house.work_as_coach(valid_until=date(2026, 1, 31))
    with refused("certificate.lapsed"):
        take_in(house, found)


@pytest.mark.parametrize("language", ["en", "de"])
def test_visits_go_out_as_a_workbook_and_come_back_the_same(
    house: House, tmp_path: Path, language: str
) -> None:
    house.plan(MONDAY, areas=("parts", "service"), purpose="=1+1", starts_at=time(9), ends_at=time(12))
    off = house.plan(NEXT)
    visits.cancel_visit(house.workspace, off.id, reason="flu")
    with in_language(language), house.workspace.reading() as reader:
        path = write_visit_list(reader, house.engagement.id, tmp_path / "out.xlsx")
    found = read_visit_list(path)
    assert found.problems == ()
    assert [line.state for line in difference(house, found).lines] == [VisitListState.SAME]


def test_the_workbook_to_fill_in_is_understood_and_the_same_each_time(house: House, tmp_path: Path) -> None:
    with house.workspace.reading() as reader:
        edition = reader.edition(house.engagement.edition)
    first, second = (visit_template(tmp_path / name, edition) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()
    with pytest.raises(ImportTrouble, match="no visit below"):
        read_visit_list(first)
