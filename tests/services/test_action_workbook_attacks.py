"""The plan comes back from Excel in the worst of ways: hostile words everywhere, everything written over, the program killed meanwhile."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from qma_app.domain.action import Action, Stage
from qma_app.domain.finding import Elsewhere, Finding, Reply
from qma_app.exchange.action_workbook.columns import open_keys
from qma_app.exchange.action_workbook.keys import Part
from qma_app.i18n import in_language
from qma_app.services.action_workbook import take_over_action_plans
from qma_app.services.actions import change_action
from qma_app.services.findings import change_finding
from qma_app.services.log import verify_workspace
from qma_app.services.undoing import undo
from qma_app.services.workspace import open_workspace
from tests.exchange.action_workbook.conftest import (
    FIRST,
    Desk,
    _in_this_process,
    column,
    desk,
    drawer,
    edited,
    put,
)
from tests.faults.test_hostile_words import HOSTILE
from tests.storage.faults import ROOT

__all__ = ["_in_this_process", "desk", "drawer"]  # fixtures

ACTION_WORDS = (
    "what", "owner", "standardised_in", "dropped_reason", "problem", "goal", "unit", "proof",
    "money_confirmed_by", "proposed_by", "note",
)  # fmt: skip
FINDING_WORDS = (
    "statement", "requirement", "evidence", "grade_reason", "place", "owner", "closing_note", "reply_words",
    "reply_by", "correction", "elsewhere_words",
)  # fmt: skip
WRITTEN: dict[str, Any] = {
    "what": "Another sentence",
    "owner": "Ben Muster",
    "due_on": date(2026, 12, 24),
    "stage": "Check",
    "done_on": date(2026, 11, 19),
    "problem": "Prices come too late",
    "problem_figure": 17.25,
    "goal": "A price on each order",
    "goal_figure": 3,
    "unit": "%",
    "proof": "Ten of ten",
    "effort": 5,
    "cx": 4,
    "ex": 3,
    "profit": 2,
    "confidence": 80,
    "money_low": 10,
    "money_likely": 20.5,
    "money_high": 30,
    "money_confirmed_by": "Ada Sample",
    "money_confirmed_on": date(2026, 11, 18),
    "note": "A new note",
    "progress": "Begun on Monday",
}
SAID: dict[str, Any] = {
    "reply": "Disagreed",
    "reply_words": "Only on Saturdays",
    "reply_by": "Ada Sample",
    "replied_on": date(2026, 11, 17),
    "correction": "Price told",
    "corrected_on": date(2026, 11, 16),
    "elsewhere": "looked, not found",
    "elsewhere_words": "Desk 2 and 3",
    "owner": "Ben Muster",
    "due_on": date(2026, 12, 30),
}
KILL = """
import os, sys
from pathlib import Path
from qma_app.storage import scopes
from qma_app.services import action_workbook as plan
from qma_app.services.workspace import open_workspace
from qma_app.exchange.action_workbook import reading
from qma_app.exchange.importing.reading import OutsideFile
reading.OutsideFile = lambda **options: OutsideFile(**{**options, "is_isolated": False})

where, place, calls = sys.argv[3], int(sys.argv[4]), []
real = getattr(scopes.WritingScope, where)

def deadly(self, *given, **named):
    calls.append(where)
    if len(calls) == place:
        os._exit(9)
    done = real(self, *given, **named)
    if place < 0 and len(calls) == -place:
        os._exit(9)
    return done

with open_workspace(Path(sys.argv[1])) as workspace:
    difference = plan.compare_action_plans(workspace, [Path(sys.argv[2])])
    setattr(scopes.WritingScope, where, deadly)
    plan.take_over_action_plans(workspace, difference)
os._exit(0)
"""


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_hostile_word_in_every_field_comes_back_unchanged(desk: Desk, language: str) -> None:
    for words in HOSTILE.values():
        for number in (1, 2, 3):
            change_action(desk.workspace, desk.action(number).id, **dict.fromkeys(ACTION_WORDS, words))
            change_finding(desk.workspace, desk.finding(number).id, **dict.fromkeys(FINDING_WORDS, words))
        desk.export(language=language)
        with in_language("en"):
            assert desk.compare().is_empty, words
            load_workbook(desk.book).save(desk.book)
            again = desk.compare()
        assert (again.is_empty, again.problems) == (True, ()), words
    assert verify_workspace(desk.workspace).faults == ()


def test_everything_that_may_be_written_is_written_at_once(desk: Desk) -> None:
    assert open_keys(Part.ACTIONS) == WRITTEN.keys()
    assert open_keys(Part.FINDINGS) == SAID.keys()
    edited(
        desk.book,
        *(put(key, value) for key, value in WRITTEN.items()),
        *(put(key, value, 0, "Findings") for key, value in SAID.items()),
    )
    difference = desk.compare()
    assert difference.problems == ()
    changes = take_over_action_plans(desk.workspace, difference)
    action, finding = written_action(desk), written_finding(desk)
    assert action.stage is Stage.CHECK
    assert (action.done_on, action.money_likely) == (date(2026, 11, 19), Decimal("20.5"))
    assert action.note.endswith("Begun on Monday")
    assert (finding.reply, finding.elsewhere) == (Reply.DISAGREED, Elsewhere.NOT_FOUND)
    for key in WRITTEN.keys() - {"stage", "progress", "note", "money_likely", "problem_figure"}:
        assert getattr(action, key) == WRITTEN[key], key
    assert [one.code for one in desk.compare().problems] == []
    undo(desk.workspace, changes)
    assert (desk.action(1).what, desk.finding(1).correction) == ("Action number 1", "")
    assert verify_workspace(desk.workspace).faults == ()


@pytest.mark.parametrize("key", ["effective_on", "started_on", "check_on", "standardised_on", "dropped_on", "reopened", "is_proposal", "counted_in"])  # fmt: skip
def test_what_is_not_open_is_never_taken(desk: Desk, key: str) -> None:
    value: Any = "A-002" if key == "counted_in" else 3 if key == "reopened" else date(2026, 11, 1)
    before = desk.everything()
    edited(desk.book, put(key, value))
    desk.take()
    assert desk.everything() == before


@pytest.mark.parametrize("words", ["Act", "act", "Wirksam", "Handeln"])
def test_nobody_writes_an_action_into_act(desk: Desk, words: str) -> None:
    edited(desk.book, put("stage", words, 2))
    desk.take()
    assert desk.action(3).stage is Stage.CHECK


@pytest.mark.parametrize("shift", ["swap", "copy", "sort"])
def test_ids_that_moved_take_their_rows_along_or_are_refused(desk: Desk, shift: str) -> None:
    """Rows that change places are the same rows; an id that stands twice is named."""

    def move(book: Any) -> None:
        sheet = book["Actions"]
        last = sheet.max_column
        first, second = ([sheet.cell(FIRST + row, at).value for at in range(1, last + 1)] for row in (0, 1))
        if shift == "copy":
            second = [*first]
            second[column(sheet, "what") - 1] = "A copy of it"
        else:
            first, second = second, first
        for at in range(1, last + 1):
            sheet.cell(FIRST, at).value = first[at - 1]
            sheet.cell(FIRST + 1, at).value = second[at - 1]

    before = desk.everything()
    edited(desk.book, move)
    difference = desk.take()
    if shift == "copy":
        assert difference.problems
    else:
        assert difference.is_empty
    assert [one for one in desk.everything() if one in before] == list(before)


@pytest.mark.parametrize(("where", "place"), [("put", 1), ("put", 2), ("put", -2), ("finish", 1), ("finish", -1)])  # fmt: skip
def test_killed_while_it_is_taken_over_all_of_it_is_there_or_nothing(
    desk: Desk, where: str, place: int
) -> None:
    edited(desk.book, *(put("what", f"Written {row}", row) for row in range(3)))
    folder = desk.workspace.folder
    before = desk.everything()
    desk.workspace.close()
    command = [sys.executable, "-c", KILL, str(folder), str(desk.book), where, str(place)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 9, done.stderr.decode()
    with open_workspace(folder) as workspace:
        with workspace.reading() as reader:
            after = (*reader.all(Action), *reader.all(Finding))
        assert after == before
        assert verify_workspace(workspace).faults == ()


def written_action(desk: Desk) -> Action:
    return next(one for one in desk.records(Action).values() if one.what == "Another sentence")


def written_finding(desk: Desk) -> Finding:
    return next(one for one in desk.records(Finding).values() if one.correction == "Price told")
