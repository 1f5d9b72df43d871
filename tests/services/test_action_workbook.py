"""A plan comes back from Excel: what only the file changed is taken, what both changed is asked, and twice is as good as once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from qma_app.cli import main
from qma_app.domain.action import Action, ActionLink, Stage
from qma_app.domain.finding import Elsewhere, Reply
from qma_app.domain.people import Role
from qma_app.domain.verification import Effect
from qma_app.errors import ImportTrouble, NotFound, RuleBroken, StaleEdit
from qma_app.services.action_workbook import (
    PlanDifference,
    Side,
    Taking,
    compare_action_plans,
    take_over_action_plans,
)
from qma_app.services.actions import accept_proposal, change_action, delete_action, drop_action
from qma_app.services.findings import change_finding
from qma_app.services.undoing import redo, undo
from qma_app.services.verifying import Target, verify_by_document
from qma_app.services.workbooks import make_workbook, workbook_choices, workbook_name
from qma_app.services.working import start_working
from qma_app.services.workspace import open_to_read
from tests.exchange.action_workbook.conftest import Desk, _in_this_process, desk, drawer, edited, put

__all__ = ["_in_this_process", "desk", "drawer"]  # fixtures


def told(difference: PlanDifference) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [
        (one.label, one.title, one.here, tuple(offer.shown for offer in one.offers))
        for one in difference.cells
    ]


def test_a_workbook_nobody_wrote_in_changes_nothing(desk: Desk) -> None:
    difference = desk.compare()
    assert difference.is_empty
    assert difference.problems == ()
    assert difference.summary() == "Nothing was changed in it."
    before = desk.everything()
    assert not take_over_action_plans(desk.workspace, difference)
    assert desk.everything() == before


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_the_dealership_wrote_is_shown_first_and_taken_over_as_one_edit(
    desk: Desk, language: str
) -> None:
    desk.export(language=language)
    book = load_workbook(desk.book)
    actions, findings = book.sheetnames[:2]
    edited(
        desk.book,
        put("what", "Show the whole team", 0, actions),
        put("due_on", date(2026, 12, 20), 0, actions),
        put("problem", "No price on the order", 1, actions),
        put("goal_figure", 7.5, 1, actions),
        put("unit", "%", 1, actions),
        put("money_high", 4000, 1, actions),
        put("cx", 5, 1, actions),
        put("reply", "disagreed", 0, findings),
        put("reply_words", "It was agreed by phone.", 0, findings),
        put("reply_by", "Ada Sample", 0, findings),
        put("correction", "The customer was called.", 1, findings),
        put("corrected_on", "05.11.2026", 1, findings),
        put("elsewhere", Elsewhere.FOUND.value, 2, findings),
        put("elsewhere_words", "In the body shop too", 2, findings),
    )
    before = desk.everything()
    difference = desk.compare()
    assert difference.problems == ()
    assert difference.summary() == "14 changes"
    assert ("A-001", "Due", "1 Dec 2026", ("20 Dec 2026",)) in told(difference)
    assert desk.everything() == before
    changes = take_over_action_plans(desk.workspace, difference)
    assert changes.what == "actions.imported"
    first, second = desk.action(1), desk.action(2)
    assert (first.what, first.due_on) == ("Show the whole team", date(2026, 12, 20))
    assert (second.problem, str(second.goal_figure), second.unit, second.cx) == ("No price on the order", "7.5", "%", 5)  # fmt: skip
    assert str(second.money_high) == "4000"
    finding = desk.finding(1)
    assert (finding.reply, finding.reply_words, finding.reply_by) == (Reply.DISAGREED, "It was agreed by phone.", "Ada Sample")  # fmt: skip
    assert finding.replied_on == desk.workspace.today()
    assert (desk.finding(2).correction, desk.finding(2).corrected_on) == ("The customer was called.", date(2026, 11, 5))  # fmt: skip
    assert (desk.finding(3).elsewhere, desk.finding(3).elsewhere_words) == (Elsewhere.FOUND, "In the body shop too")  # fmt: skip
    undo(desk.workspace, changes)
    assert desk.action(1).what == "Action number 1"
    assert desk.finding(1).reply is None


def test_taken_in_twice_it_is_already_there(desk: Desk) -> None:
    edited(
        desk.book,
        put("what", "Reworded"),
        put("note", "Second note", 1),
        put("progress", "Half of it is done.", 1),
        put("stage", "Check", 1),
        put("what", "Their own idea", 3),
        put("reply", "agreed", 0, "Findings"),
    )
    desk.take()
    before = desk.everything()
    again = desk.compare()
    assert told(again) == []
    assert again.proposals == ()
    assert again.summary() == "Everything in it is already there."
    assert not take_over_action_plans(desk.workspace, again)
    assert desk.everything() == before


def test_words_on_progress_are_added_to_the_note(desk: Desk) -> None:
    edited(desk.book, put("progress", "Two of five have seen it."))
    desk.take()
    assert desk.action(1).note == "First note\nTwo of five have seen it."


def test_stage_and_day_move_an_action_as_the_program_would(desk: Desk) -> None:
    edited(
        desk.book,
        put("stage", "do"),
        put("done_on", date(2026, 11, 12), 1),
        put("stage", "Plan", 2),
    )
    desk.take()
    first, second, third = (desk.action(number) for number in (1, 2, 3))
    assert (first.stage, first.started_on) == (Stage.DO, desk.workspace.today())
    assert (second.stage, second.done_on) == (Stage.CHECK, date(2026, 11, 12))
    assert (third.stage, third.started_on, third.done_on) == (Stage.PLAN, None, None)


def test_the_day_of_what_is_done_can_be_put_right_or_taken_back(desk: Desk) -> None:
    edited(desk.book, put("done_on", date(2026, 11, 14), 2))
    desk.take()
    assert (desk.action(3).done_on, desk.action(3).started_on) == (date(2026, 11, 14), date(2026, 11, 10))
    desk.export()
    edited(desk.book, put("done_on", None, 2), put("stage", "Do", 2))
    desk.take()
    assert (desk.action(3).stage, desk.action(3).started_on) == (Stage.DO, date(2026, 11, 10))


def test_what_was_shown_to_work_or_given_up_is_not_moved_from_excel(desk: Desk) -> None:
    start_working(desk.workspace, name="Dana Muster", role=Role.COACH)
    drop_action(desk.workspace, desk.action(1).id, reason="Too dear")
    verify_by_document(
        desk.workspace,
        Target(action_id=desk.action(3).id),
        words="Seen",
        reason="It was obvious",
        effect=Effect.EFFECTIVE,
    )
    desk.export()
    edited(desk.book, put("stage", "Do"), put("stage", "Plan", 2))
    difference = desk.take()
    assert [str(problem) for problem in difference.problems] == [
        "Sheet Actions, E5: “Do”; A-001 is not an agreed action",
        "Sheet Actions, E7: “Plan”; the effect of A-003 was shown already",
    ]
    assert desk.action(3).stage is Stage.ACT


def test_rows_added_are_proposals_that_name_who_proposed_them(desk: Desk) -> None:
    edited(
        desk.book,
        put("what", "Buy a second card reader", 3),
        put("findings", "F-001, f-3", 3),
        put("owner", "ben muster", 3),
        put("due_on", "31.01.2027", 3),
        put("money_likely", "1.200,50", 3),
        put("progress", "Already asked for a price.", 3),
        put("kpi", "C15", 3),
        put("what", "Buy a second card reader", 4),
    )
    difference = desk.take()
    assert [(one.what, one.by, one.place) for one in difference.proposals] == [
        ("Buy a second card reader", "Ben Muster", "Sheet Actions, B8")
    ]
    assert [str(problem) for problem in difference.problems] == [
        "Sheet Actions, O8: “C15”; this is not taken of a new action"
    ]
    made = desk.action(4)
    assert (made.is_proposal, made.proposed_by, made.owner) == (True, "Ben Muster", "Ben Muster")
    assert made.owner_id is not None
    assert (str(made.money_likely), made.note) == ("1200.5", "Already asked for a price.")
    with desk.workspace.reading() as reader:
        links = reader.all(ActionLink, action_id=made.id)
    assert [link.finding_id for link in links] == [desk.finding(1).id, desk.finding(3).id]


@pytest.mark.parametrize("fate", ["accepted and reworded", "deleted"])
def test_a_proposal_does_not_come_back_when_the_file_is_read_again(desk: Desk, fate: str) -> None:
    edited(desk.book, put("what", "Their own idea", 3))
    desk.take()
    made = desk.action(4)
    if fate == "deleted":
        delete_action(desk.workspace, made.id)
    else:
        accept_proposal(desk.workspace, made.id)
        change_action(desk.workspace, made.id, what="The idea, put better")
    assert desk.compare().proposals == ()


def test_what_both_changed_is_asked_with_who_and_when_and_stays_until_somebody_says(desk: Desk) -> None:
    start_working(desk.workspace, name="Dana Muster", role=Role.COACH)
    edited(desk.book, put("what", "Theirs"), put("proof", "Theirs too"))
    changed = change_action(desk.workspace, desk.action(1).id, what="Ours")
    difference = desk.compare()
    (conflict,) = difference.conflicts
    assert (conflict.here, [offer.shown for offer in conflict.offers]) == ("Ours", ["Theirs"])
    assert conflict.touch is not None
    assert (conflict.touch.who, conflict.touch.at) == ("Dana Muster", changed.at)
    assert [one.key for one in difference.changes] == ["proof"]
    take_over_action_plans(desk.workspace, difference)
    assert (desk.action(1).what, desk.action(1).proof) == ("Ours", "Theirs too")
    again = desk.compare()
    take_over_action_plans(desk.workspace, again, Taking.of(again, Side.THEIRS))
    assert desk.action(1).what == "Theirs"


def test_what_was_changed_here_to_the_same_is_no_conflict(desk: Desk) -> None:
    edited(desk.book, put("what", "The same"))
    change_action(desk.workspace, desk.action(1).id, what="The same")
    assert desk.compare().is_empty


def test_a_change_of_another_field_here_is_no_conflict(desk: Desk) -> None:
    edited(desk.book, put("what", "Theirs"))
    change_action(desk.workspace, desk.action(1).id, proof="Ours")
    change_finding(desk.workspace, desk.finding(1).id, place="Reception")
    desk.take()
    assert (desk.action(1).what, desk.action(1).proof) == ("Theirs", "Ours")


def two_owners(desk: Desk) -> tuple[Path, Path]:
    """Two people get the plan on the same day and change the same action, each otherwise."""
    ada = edited(
        desk.export("ada.xlsx", of="owner:Ada Sample"),
        put("due_on", date(2026, 12, 15)),
        put("progress", "Ada's words"),
        put("proof", "The same proof"),
    )
    ben = edited(
        desk.export("ben.xlsx"),
        put("due_on", date(2026, 12, 18)),
        put("progress", "Ben's words"),
        put("proof", "The same proof"),
        put("what", "Ben's own", 1),
    )
    return ada, ben


def test_two_peoples_files_one_after_the_other(desk: Desk) -> None:
    ada, ben = two_owners(desk)
    desk.take(ada)
    difference = desk.compare(ben)
    assert [(one.here, one.offers[0].shown) for one in difference.conflicts] == [
        ("15 Dec 2026", "18 Dec 2026")
    ]
    take_over_action_plans(desk.workspace, difference)
    action = desk.action(1)
    assert (action.due_on, action.proof) == (date(2026, 12, 15), "The same proof")
    assert action.note == "First note\nAda's words\nBen's words"
    assert desk.action(2).what == "Ben's own"


def test_two_peoples_files_at_once_stand_beside_one_another(desk: Desk) -> None:
    ada, ben = two_owners(desk)
    difference = desk.compare(ada, ben)
    assert [file.name for file in difference.files] == ["ada.xlsx", "ben.xlsx"]
    assert difference.files[0].owner == "Ada Sample"
    (conflict,) = difference.conflicts
    assert conflict.here == "1 Dec 2026"
    assert [(offer.file, offer.shown) for offer in conflict.offers] == [
        (0, "15 Dec 2026"),
        (1, "18 Dec 2026"),
    ]
    assert len([one for one in difference.changes if one.key == "proof"]) == 1
    chosen = Taking(cells=dict(Taking.of(difference).cells) | {conflict.cell: 1})
    take_over_action_plans(desk.workspace, difference, chosen)
    action = desk.action(1)
    assert (action.due_on, action.note) == (date(2026, 12, 18), "First note\nAda's words\nBen's words")


def test_nothing_at_all_is_written_where_one_of_the_changes_cannot_be(desk: Desk) -> None:
    edited(desk.book, put("what", "Changed", 1), put("money_low", 5000), put("money_likely", 6000))
    difference = desk.compare()
    low_only = Taking(cells={one.cell: 0 for one in difference.cells if one.key in ("what", "money_low")})
    before = desk.everything()
    with pytest.raises(RuleBroken):
        take_over_action_plans(desk.workspace, difference, low_only)
    assert desk.everything() == before


def test_a_difference_that_was_overtaken_is_refused(desk: Desk) -> None:
    edited(desk.book, put("what", "Changed"), put("what", "Changed too", 1))
    difference = desk.compare()
    change_action(desk.workspace, desk.action(2).id, proof="Newer")
    before = desk.everything()
    with pytest.raises(StaleEdit) as stale:
        take_over_action_plans(desk.workspace, difference)
    assert "A-002" in stale.value.message
    assert desk.everything() == before


def test_undo_takes_back_all_of_it_and_redo_brings_it_again(desk: Desk) -> None:
    edited(desk.book, put("what", "Changed"), put("what", "New", 3), put("reply", "agreed", 0, "Findings"))
    changes = take_over_action_plans(desk.workspace, desk.compare())
    assert len(changes.records) == 3
    back = undo(desk.workspace, changes)
    assert (desk.action(1).what, "A-004" in desk.records(Action)) == ("Action number 1", False)
    assert back
    redo(desk.workspace, changes)
    assert (desk.action(1).what, desk.action(4).what) == ("Changed", "New")
    with desk.workspace.reading() as reader:
        assert reader.verify_log() == ()


def test_a_file_goes_through_the_child(desk: Desk) -> None:
    edited(desk.book, put("what", "Changed"))
    desk.take()
    assert desk.action(1).what == "Changed"


def test_a_workbook_from_before_a_restore_is_told(desk: Desk) -> None:
    def other_log(opened: Any) -> None:
        for row in opened["qma"].iter_rows():
            if row[0].value == "log-head":
                row[1].value = "5f" * 32

    start_working(desk.workspace, name="Dana Muster", role=Role.COACH)
    edited(desk.book, other_log, put("what", "Theirs"))
    change_action(desk.workspace, desk.action(1).id, what="Ours")
    difference = desk.compare()
    assert [problem.code for problem in difference.problems] == ["actions.other-copy"]
    assert difference.conflicts[0].touch is not None


def test_files_of_two_programmes_are_not_mixed(desk: Desk) -> None:
    theirs = make_workbook(
        desk.workspace,
        "actions",
        dealership_id=desk.other.dealership_id,
        target=desk.book.with_name("theirs.xlsx"),
    )
    with pytest.raises(ImportTrouble) as refused:
        compare_action_plans(desk.workspace, [desk.book, theirs])
    assert "Garage Exemple" in refused.value.message
    assert compare_action_plans(desk.workspace, [theirs]).dealership.name == "Garage Exemple"


def test_reading_can_be_stopped(desk: Desk) -> None:
    with pytest.raises(ImportTrouble) as stopped:
        compare_action_plans(desk.workspace, [desk.book], progress=lambda _share: False)
    assert stopped.value.code == "import.cancelled"


def test_the_plan_is_offered_as_a_whole_by_area_and_by_owner(desk: Desk) -> None:
    with desk.workspace.reading() as reader:
        choices = [
            one for one in workbook_choices(reader, desk.engagement.dealership_id) if one.kind == "actions"
        ]
        name = workbook_name(
            reader, "actions", dealership_id=desk.engagement.dealership_id, of="owner:Ada Sample"
        )
    assert [one.of for one in choices] == ["", "owner:Ada Sample", "owner:Ben Muster"]
    assert name == "Autohaus_Beispiel_Action_plan_workbook_Ada_Sample_2026-11-21.xlsx"
    with pytest.raises(NotFound):
        desk.export(of="XYZ")
    with pytest.raises(NotFound) as unknown:
        desk.export(of="owner:Nobody")
    assert "Ada Sample" in unknown.value.way_out


def qma(desk: Desk, *words: str) -> int:
    """Run a command on the workspace; the fixture's own hold on it is given back first."""
    desk.workspace.close()
    return main([*words, "-w", str(desk.workspace.folder)])


def test_the_command_shows_the_difference_and_takes_what_is_clear(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    edited(desk.book, put("what", "Changed"), put("due_on", "soon", 1))
    assert qma(desk, "import", "actions", str(desk.book), "--dry-run") == 1
    dry = capsys.readouterr().out
    assert "A-001 What: “Action number 1” → “Changed” (Sheet Actions, B5)" in dry
    assert "Sheet Actions, D6: “soon”; expected a day" in dry
    assert "taken over" not in dry
    assert qma(desk, "import", "actions", str(desk.book)) == 1
    said = capsys.readouterr()
    assert "1 change taken over." in said.out
    assert "1 place was left out" in said.err
    edited(desk.book, put("due_on", "31.12.2026", 1))
    assert qma(desk, "import", "actions", str(desk.book)) == 0
    assert qma(desk, "import", "actions", str(desk.book)) == 0
    assert "Everything in it is already there." in capsys.readouterr().out


@pytest.mark.parametrize(("side", "code", "words"), [(None, 1, "Ours"), ("ours", 0, "Ours"), ("theirs", 0, "Theirs")])  # fmt: skip
def test_the_command_takes_a_conflict_only_when_told_whose_word_holds(
    desk: Desk, capsys: pytest.CaptureFixture[str], side: str | None, code: int, words: str
) -> None:
    edited(desk.book, put("what", "Theirs"))
    change_action(desk.workspace, desk.action(1).id, what="Ours")
    options = ["--take", side] if side else []
    assert qma(desk, "import", "actions", str(desk.book), *options) == code
    said = capsys.readouterr()
    assert "conflict: A-001 What" in said.out
    assert ("1 conflict was not taken: add --take theirs or --take ours." in said.err) is (side is None)
    with open_to_read(desk.workspace.folder) as opened, opened.reading() as reader:
        assert reader.all(Action, engagement_id=desk.engagement.id)[0].what == words


def test_the_command_makes_the_workbook_and_refuses_a_stranger(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    out = desk.book.with_name("out.xlsx")
    assert qma(desk, "import", "self-assessment", str(desk.book), str(desk.book)) == 2
    assert qma(desk, "workbook", "actions", "-d", "NOBODY", "-o", str(out)) == 2
    code = next(word for word in capsys.readouterr().err.split() if word.startswith("DE-")).strip(",.")
    assert (
        qma(
            desk,
            "workbook",
            "actions",
            "-d",
            code,
            "--of",
            "owner:ada sample",
            "--lang",
            "de",
            "-o",
            str(out),
        )
        == 0
    )
    assert out.is_file()
    assert qma(desk, "import", "actions", str(out), "-d", code, "--dry-run") == 0


HOSTILE = ("=1+1", "+49 89", "'quoted", " spaces around ", "two\r\nlines\x0b", "_x0041_", "bell\x07\u202eturn", "e\u0301", "\U0001f600", "<b>&amp;", "0042", "TRUE", "2026-12-31", "x" * 40_000, "\n")  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de"])
def test_words_of_any_kind_come_back_as_they_went_out(desk: Desk, language: str) -> None:
    names = ("problem", "goal", "unit", "proof", "note", "owner", "money_confirmed_by", "proposed_by")
    for turn in range(3):
        start = turn * len(names)
        words = [HOSTILE[place % len(HOSTILE)] for place in range(start, start + len(names))]
        change_action(desk.workspace, desk.action(turn + 1).id, **dict(zip(names, words, strict=True)))
        found = dict(zip(("evidence", "reply_words", "correction", "place"), words, strict=False))
        change_finding(desk.workspace, desk.finding(turn + 1).id, **found)
    desk.export(language=language)
    first = desk.compare()
    load_workbook(desk.book).save(desk.book)
    again = desk.compare()
    assert (first.is_empty, first.problems) == (True, ())
    assert (again.is_empty, again.problems) == (True, ())


def test_words_too_long_for_a_cell_are_never_cut_by_an_import(desk: Desk) -> None:
    change_action(desk.workspace, desk.action(1).id, problem="y" * 40_000)
    desk.export()
    edited(desk.book, put("problem", "Short now"))
    difference = desk.take()
    assert [problem.code for problem in difference.problems] == ["actions.cut"]
    assert len(desk.action(1).problem) == 40_000
