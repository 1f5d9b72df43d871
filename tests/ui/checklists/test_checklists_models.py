"""The lists behind the screen: correct for Qt, the same as what is stored, and changed only where an edit touched."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester

from qma_app.domain.assessment import Assessment
from qma_app.domain.finding import FindingGrade
from qma_app.domain.record import Changes
from qma_app.services.assessments import complete_assessment, write_summary
from qma_app.services.checklist import outline
from qma_app.services.evidence import add_evidence, remove_evidence
from qma_app.services.findings import change_finding, delete_finding, raise_finding
from qma_app.services.ratings import (
    clear_rating,
    mark_not_applicable,
    mark_process_not_applicable,
    rate_checkpoint,
    tick_sample,
    write_note,
)
from qma_app.services.undoing import redo, undo
from qma_app.services.workspace import Workspace
from tests.ui.checklists.conftest import COUNT, GREETING, PRICE, WALK_ROUND, Hands
from ui.checklists.filters import Reach, Show, View, rows_in
from ui.checklists.sheet import Sheet, last_level_of, outline_of, read_sheet, sheet_after
from ui.checklists.way import first_place, next_open_area, next_process, next_unrated, processes
from ui.checklists.words import Words
from ui.models.checklist_outline import OutlineModel
from ui.models.checklist_rows import ChecklistModel


def _sheet(workspace: Workspace, assessment: Assessment) -> Sheet:
    with workspace.reading() as reader:
        return read_sheet(reader, assessment.id)


def _edits(workspace: Workspace, assessment: Assessment) -> list[Callable[[], Changes]]:
    """What a coach does in a day, in order; each answers what it changed."""
    id = assessment.id
    done: list[Changes] = []

    def did(act: Callable[..., Changes], *args: object, **given: object) -> Changes:
        done.append(act(workspace, *args, **given))
        return done[-1]

    def found() -> Changes:
        return did(
            raise_finding,
            engagement_id=assessment.engagement_id,
            assessment_id=id,
            checkpoint_id=PRICE,
            grade=FindingGrade.MAJOR,
            statement="No price on the order",
        )

    def photographed() -> Changes:
        return did(
            add_evidence,
            engagement_id=assessment.engagement_id,
            data=b"%PDF-1.4\n%%EOF\n",
            name="order.pdf",
            assessment_id=id,
            checkpoint_id=PRICE,
        )

    return [
        partial(did, rate_checkpoint, id, GREETING, points=8),
        partial(did, rate_checkpoint, id, GREETING, points=4),
        partial(did, write_note, id, WALK_ROUND, text="Quick"),
        partial(did, mark_not_applicable, id, COUNT, reason="No stock here"),
        partial(did, tick_sample, id, PRICE, place=3, conforms=False),
        found,
        lambda: did(change_finding, done[-1].records[0].id, checkpoint_id=GREETING),
        lambda: did(delete_finding, done[-1].records[0].id),
        lambda: did(undo, done[-1]),
        lambda: did(redo, done[-2]),
        photographed,
        lambda: did(remove_evidence, done[-1].records[0].id),
        partial(did, mark_process_not_applicable, id, "service.reception", reason="No desk"),
        lambda: did(undo, done[-1]),
        partial(did, clear_rating, id, GREETING),
        partial(did, write_summary, id, text="Well on the way"),
    ]


def test_after_each_edit_the_sheet_is_what_a_fresh_look_would_find(
    workspace: Workspace, assessment: Assessment
) -> None:
    sheet = _sheet(workspace, assessment)
    for edit in _edits(workspace, assessment):
        after = sheet_after(sheet, edit())
        assert after is not None
        sheet, touched = after
        fresh = _sheet(workspace, assessment)
        assert dict(sheet.rows) == dict(fresh.rows)
        assert sheet.assessment == fresh.assessment
        assert sheet.assessments == fresh.assessments
        assert touched <= set(sheet.rows)


def test_the_outline_made_from_rows_is_the_one_read_from_the_store(
    workspace: Workspace, assessment: Assessment
) -> None:
    for edit in _edits(workspace, assessment):
        edit()
        with workspace.reading() as reader:
            sheet, stored = read_sheet(reader, assessment.id), outline(reader, assessment.id)
        made = outline_of(sheet)
        assert [(area.area, area.level, area.decided, area.total) for area in made] == [
            (area.area, area.result.level, area.decided, area.total) for area in stored.areas
        ]
        assert [
            (row.process, row.tally, row.decided, row.total, last_level_of(sheet, row.process.id))
            for area in made
            for row in area.processes
        ] == [
            (row.process, row.tally, row.decided, row.total, row.last_level)
            for area in stored.areas
            for row in area.processes
        ]


def test_an_edit_that_reaches_further_asks_for_a_fresh_look(
    workspace: Workspace, assessment: Assessment, baseline: Assessment
) -> None:
    sheet = _sheet(workspace, baseline)
    changes = complete_assessment(workspace, assessment.id)
    assert sheet_after(sheet, changes) is None
    sheet = _sheet(workspace, assessment)
    assert sheet_after(sheet, undo(workspace, changes)) is None


def test_ratings_of_another_programme_touch_nothing(workspace: Workspace, assessment: Assessment) -> None:
    from dataclasses import replace

    sheet = _sheet(workspace, assessment)
    changes = rate_checkpoint(workspace, assessment.id, GREETING, points=8)
    rating = changes.records[0].after
    elsewhere = replace(rating, assessment_id="another")  # type: ignore[call-arg]  # a rating
    changes = replace(changes, records=(replace(changes.records[0], after=elsewhere),))
    after = sheet_after(sheet, changes)
    assert after is not None
    assert after[1] == frozenset()


def test_the_models_keep_the_rules_of_qt(
    workspace: Workspace, assessment: Assessment, qtmodeltester: ModelTester
) -> None:
    sheet = _sheet(workspace, assessment)
    words = Words(edition=sheet.edition)
    rows, tree = ChecklistModel(), OutlineModel()
    for model in (rows, tree):
        qtmodeltester.check(model)
    view = View(area_id=sheet.edition.areas[0].id, process_id=processes(sheet)[0], reach=Reach.EVERYTHING)
    rows.show(rows_in(sheet, view, words), words, has_headings=True)
    tree.show(outline_of(sheet), words)
    for model in (rows, tree):
        qtmodeltester.check(model)
    for edit in _edits(workspace, assessment)[:6]:
        after = sheet_after(sheet, edit())
        assert after is not None
        sheet = after[0]
        rows.update_rows(sheet.rows, after[1])
        tree.show(outline_of(sheet), words)
    rows.show((), None)
    tree.show((), None)
    for model in (rows, tree):
        qtmodeltester.check(model)


def test_only_the_touched_row_is_painted_again_and_the_place_is_kept(hands: Hands) -> None:
    hands.at(WALK_ROUND)
    view = hands.page.columns.middle.list
    changed: list[int] = []
    resets: list[object] = []

    def note_rows(first: QModelIndex, last: QModelIndex) -> None:
        changed.extend(range(first.row(), last.row() + 1))

    view.rows.dataChanged.connect(note_rows)
    view.rows.modelReset.connect(partial(resets.append, None))
    hands.bench.do(rate_checkpoint, hands.assessment.id, GREETING, points=8)  # type: ignore[union-attr]  # there is one
    assert changed == [0]
    assert resets == []
    assert hands.current == WALK_ROUND


def test_the_outline_stays_unfolded_while_it_counts(hands: Hands) -> None:
    tree = hands.page.columns.left.outline
    tree.expandAll()
    before = tree.currentIndex()
    hands.bench.do(rate_checkpoint, hands.assessment.id, COUNT, points=8)  # type: ignore[union-attr]  # there is one
    assert tree.unfolded == {"service", "parts"}
    assert tree.currentIndex() == before


@pytest.mark.parametrize(
    ("show", "reach", "expected"),
    [
        (Show.ALL, Reach.PROCESS, ["greeting", "walk-round", "waiting"]),
        (Show.ALL, Reach.AREA, ["greeting", "walk-round", "waiting", "price-agreed", "signature"]),
        (Show.UNRATED, Reach.EVERYTHING, ["waiting", "signature", "count", "old-stock"]),
        (Show.CRITICAL, Reach.EVERYTHING, ["price-agreed"]),
        (Show.LOW, Reach.EVERYTHING, ["greeting", "price-agreed"]),
        (Show.LOW, Reach.PROCESS, ["greeting"]),
    ],
)
def test_filters_show_what_they_say(
    workspace: Workspace,
    assessment: Assessment,
    baseline: Assessment,
    show: Show,
    reach: Reach,
    expected: list[str],
) -> None:
    """Seen in the baseline: greeting 4, walk round 6, price 0."""
    sheet = _sheet(workspace, baseline)
    view = View(area_id=sheet.edition.areas[0].id, process_id=processes(sheet)[0], reach=reach, show=show)
    rows = rows_in(sheet, view, Words(edition=sheet.edition))
    assert [row.checkpoint.id.rsplit(".", 1)[1] for row in rows] == expected


def test_the_search_looks_into_numbers_statements_and_notes(
    workspace: Workspace, assessment: Assessment
) -> None:
    write_note(workspace, assessment.id, GREETING, text="Second DESK uses the old form")
    sheet = _sheet(workspace, assessment)
    words = Words(edition=sheet.edition)

    def found(text: str) -> list[str]:
        view = View(area_id=sheet.edition.areas[0].id, process_id=processes(sheet)[0], text=text)
        return [row.checkpoint.number for row in rows_in(sheet, view, words)]

    assert found("desk form") == ["SRV-01.1"]
    assert found("prt-01") == ["PRT-01.1", "PRT-01.2"]
    assert found("older than a YEAR") == ["PRT-01.2"]
    assert found("nowhere") == []


def test_the_way_goes_round_and_ends(workspace: Workspace, assessment: Assessment) -> None:
    sheet = _sheet(workspace, assessment)
    ids = list(sheet.rows)
    assert first_place(sheet) == ids[0]
    assert next_unrated(sheet, ids[-1]) == ids[0]
    assert next_unrated(sheet, ids[0], backwards=True) == ids[-1]
    assert next_process(sheet, processes(sheet)[-1]) is None
    assert next_open_area(sheet, sheet.edition.areas[1].id) == "service"
    for id in ids:
        rate_checkpoint(workspace, assessment.id, id, points=8)
    sheet = _sheet(workspace, assessment)
    assert next_unrated(sheet, ids[2]) is None
    assert next_open_area(sheet, sheet.edition.areas[1].id) is None
    assert first_place(sheet) == ids[0]


def test_only_the_touched_card_is_laid_out_for_painting(
    hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = hands.page.columns.middle.list
    hands.at(WALK_ROUND)
    hands.press(Qt.Key.Key_4)
    QApplication.processEvents()
    painted: list[int] = []
    card_at = view.cards.card_at

    def noted(place: int) -> object:
        painted.append(place)
        return card_at(place)

    monkeypatch.setattr(view.cards, "card_at", noted)
    hands.press(Qt.Key.Key_2)
    QApplication.processEvents()
    assert set(painted) == {1}
