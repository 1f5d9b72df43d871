"""A plan that went out as a workbook, ready to be worked on by somebody at the dealership."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from qma_app.domain.action import Action, Stage
from qma_app.domain.engagement import Engagement
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.record import Record
from qma_app.exchange.action_workbook import reading
from qma_app.exchange.importing.reading import OutsideFile
from qma_app.services.action_workbook import PlanDifference, compare_action_plans, take_over_action_plans
from qma_app.services.actions import move_action, plan_action
from qma_app.services.dealerships import add_dealership
from qma_app.services.findings import raise_finding
from qma_app.services.people import add_person
from qma_app.services.workbooks import make_workbook
from qma_app.services.workspace import Workspace, create_workspace, open_workspace
from tests.builders import NOW

Edit = Callable[[Any], object]
FIRST = 5


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The workspace, and the workbook as it lies on somebody's desk."""

    workspace: Workspace
    engagement: Engagement
    other: Engagement
    book: Path

    def export(self, name: str = "plan.xlsx", **options: Any) -> Path:
        return make_workbook(
            self.workspace,
            "actions",
            dealership_id=self.engagement.dealership_id,
            target=self.book.parent / name,
            **options,
        )

    def compare(self, *paths: Path) -> PlanDifference:
        return compare_action_plans(self.workspace, paths or (self.book,), engagement_id=self.engagement.id)

    def take(self, *paths: Path) -> PlanDifference:
        """Take over everything without a conflict."""
        difference = self.compare(*paths)
        take_over_action_plans(self.workspace, difference)
        return difference

    def action(self, number: int) -> Action:
        return self.records(Action)[f"A-{number:03d}"]

    def finding(self, number: int) -> Finding:
        return self.records(Finding)[f"F-{number:03d}"]

    def records(self, kind: type[Any]) -> dict[str, Any]:
        with self.workspace.reading() as reader:
            return {one.label: one for one in reader.all(kind, engagement_id=self.engagement.id)}

    def everything(self) -> tuple[Record, ...]:
        """Every finding and action of both dealerships."""
        with self.workspace.reading() as reader:
            return (*reader.all(Action), *reader.all(Finding))


def edited(book: Path, *edits: Edit) -> Path:
    """The workbook after somebody worked in it and saved it with another program."""
    opened = load_workbook(book)
    for edit in edits:
        edit(opened)
    opened.save(book)
    return book


def column(sheet: Worksheet, key: str) -> int:
    """Where a column stands, by its hidden key."""
    keys = (f"qma:action.{key}", f"qma:finding.{key}")
    return next(place for place in range(1, sheet.max_column + 1) if sheet.cell(1, place).value in keys)


def put(key: str, value: object, row: int = 0, sheet: str = "Actions") -> Edit:
    """Write into a cell, the first record being row 0."""

    def write(opened: Any) -> None:
        opened[sheet].cell(FIRST + row, column(opened[sheet], key)).value = value

    return write


@pytest.fixture(autouse=True)
def _in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a child for each file would take most of the time; one test does."""
    if "through_the_child" in request.node.name:
        return

    def here(**options: Any) -> OutsideFile:
        return OutsideFile(**{**options, "is_isolated": False})

    monkeypatch.setattr(reading, "OutsideFile", here)


@pytest.fixture(scope="session")
def drawer(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A workspace with a plan of three findings and four actions, and one of another dealership."""
    folder = tmp_path_factory.mktemp("plan") / "w"
    names = count(1)
    with create_workspace(folder, clock=lambda: NOW, new_id=lambda: f"id-{next(names)}") as workspace:
        mine = add_dealership(workspace, name="Autohaus Beispiel", country="DE", city="Musterstadt", staff=40)
        engagement = mine.made(Engagement)
        add_person(workspace, name="Ada Sample", dealership_id=engagement.dealership_id)
        add_person(workspace, name="Ben Muster", dealership_id=engagement.dealership_id)
        grades = (FindingGrade.MAJOR, FindingGrade.MINOR, FindingGrade.IMPROVEMENT)
        findings = [
            raise_finding(
                workspace,
                engagement_id=engagement.id,
                statement=f"Finding number {place}",
                grade=grade,
                owner="Ada Sample",
                due_on=date(2026, 12, 21),
                seen_on=date(2026, 11, 3),
            ).made(Finding)
            for place, grade in enumerate(grades, 1)
        ]
        actions = [
            plan_action(
                workspace,
                engagement_id=engagement.id,
                what=f"Action number {place}",
                findings=[finding.id],
                owner=owner,
                due_on=date(2026, 12, place),
                money_low=Decimal(1000),
                money_likely=Decimal(2500),
                effort=2,
                problem_figure=Decimal("12.5"),
                note="First note",
            ).made(Action)
            for place, (owner, finding) in enumerate(
                zip(("Ada Sample", "Ben Muster", "Ada Sample"), findings, strict=True), 1
            )
        ]
        move_action(workspace, actions[2].id, Stage.CHECK, on=date(2026, 11, 10))
        other = add_dealership(workspace, name="Garage Exemple", country="FR", city="Ville", staff=9).made(
            Engagement
        )
        plan_action(workspace, engagement_id=other.id, what="Their own action", owner="Chloé")
        make_workbook(
            workspace,
            "actions",
            dealership_id=engagement.dealership_id,
            target=folder.parent / "plan.xlsx",
        )
    return folder, engagement.id, other.id


@pytest.fixture
def desk(drawer: tuple[Path, str, str], tmp_path: Path) -> Iterator[Desk]:
    folder, mine, theirs = drawer
    shutil.copytree(folder, tmp_path / "w")
    shutil.copy(folder.parent / "plan.xlsx", tmp_path)
    seconds, names = count(1), count(1)

    def clock() -> datetime:
        return NOW + timedelta(seconds=next(seconds))

    with open_workspace(tmp_path / "w", clock=clock, new_id=lambda: f"new-{next(names)}") as workspace:
        with workspace.reading() as reader:
            engagement, other = reader.get(Engagement, mine), reader.get(Engagement, theirs)
        yield Desk(workspace=workspace, engagement=engagement, other=other, book=tmp_path / "plan.xlsx")
