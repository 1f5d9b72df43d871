"""Samples of an audit by keys: drawn from a file or typed numbers, replaced, drawn again, or left out with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from qma_app.domain.audit import AuditLook, AuditSample, ListSource
from qma_app.domain.people import Role, Worker
from qma_app.domain.seeds import seed_text
from qma_app.services.audit_sample_lists import save_drawn
from qma_app.services.audit_samples import draw_sample, read_numbers, read_sample_list
from qma_app.services.ratings import tick_sample
from tests.services.auditing import Audited, begin
from tests.services.visiting import House
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.audit.no_sample_dialog import NoSample
from ui.audit.reading import read_desk
from ui.audit.replace_dialog import ReplaceRecord
from ui.audit.sample_dialog import DrawSample
from ui.audit.sample_records import SampleRecords
from ui.audit.samples_card import SamplesCard
from ui.settings import Settings
from ui.theme import ThemeKeeper
from ui.workbench import Workbench

pytest_plugins = ["tests.services.visiting_fixtures"]

WAIT = 15_000


@pytest.fixture
def audited(house: House) -> Audited:
    return begin(house)


@pytest.fixture
def card(qtbot: QtBot, light: ThemeKeeper, settings: Settings, audited: Audited) -> SamplesCard:
    bench = Workbench(settings)
    bench.use(audited.house.workspace)
    bench.open_dealership(audited.house.dealership.id)
    card = SamplesCard(bench)
    qtbot.addWidget(card)
    bench.setParent(card)
    show(card, audited)
    bench.changed.connect(lambda _changes: show(card, audited))
    card.resize(1100, 640)
    card.show()
    card.take_focus()
    return card


def show(card: SamplesCard, audited: Audited) -> None:
    bench = card.workbench
    card.show_desk(bench.read(read_desk, audited.audit_id, on=bench.workspace.today()))


def cells(card: SamplesCard) -> tuple[str, ...]:
    """The row the keyboard is on."""
    assert card.row is not None
    return next(row.cells for row in card.table.words.rows if row.key == card.row.checkpoint.id)


def draw_of(card: SamplesCard, audited: Audited, numbers: str = "R-1000 to R-1199", size: int = 10) -> None:
    assert card.row is not None
    draw_sample(
        audited.house.workspace,
        audited.audit_id,
        card.row.checkpoint.id,
        read_numbers(numbers),
        size=size,
        seed=0x7F3A19,
    )
    show(card, audited)


def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    lines = [f"RO-{n};{'Rita' if n % 3 else 'Otto'};2027-05-{n % 28 + 1:02d}" for n in range(200)]
    path.write_text("\n".join(["Order no.;Adviser;Closed", *lines, ";;", "RO-7;Rita;2027-05-08"]))
    return path


def the_sample(audited: Audited) -> AuditSample:
    (sample,) = audited.house.all(AuditSample)
    assert isinstance(sample, AuditSample)
    return sample


def typed(qtbot: QtBot, numbers: str) -> Callable[[QDialog], None]:
    """Numbers typed, read with Enter, and drawn with Enter again."""

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, DrawSample)
        dialog.source.numbers.setFocus()
        qtbot.keyClicks(dialog.source.numbers, numbers)
        qtbot.keyClick(dialog.source.numbers, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: dialog.found is not None, timeout=WAIT)
        qtbot.keyClick(dialog.size_edit, Qt.Key.Key_Return)

    return act


def back(qtbot: QtBot, widget: QWidget) -> None:
    """Without a window manager nothing is active after a dialog has gone."""
    widget.window().activateWindow()
    qtbot.waitUntil(widget.window().isActiveWindow)


def test_each_checkpoint_that_asks_for_records_has_a_row_the_critical_ones_first(card: SamplesCard) -> None:
    critical = [row.checkpoint.is_critical for row in card.rows]
    assert all(row.checkpoint.sample is not None for row in card.rows)
    assert critical == sorted(critical, reverse=True)
    assert any(critical)
    assert card.total.text() == f"0 records drawn · {sum(critical)} critical checkpoints to draw for"
    assert card.row is card.rows[0]
    assert card.rows[0].checkpoint.number in cells(card)[0]
    assert cells(card)[-1] == "open"
    for look in (unnamed_controls, small_targets, rich_labels):
        assert look(card) == []


def test_records_are_drawn_of_typed_numbers_by_keys(
    qtbot: QtBot, card: SamplesCard, audited: Audited, answer: Answer
) -> None:
    assert card.row is not None
    assert card.row.checkpoint.sample is not None
    wanted = card.row.checkpoint.sample.size
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SampleRecords)
        seen.extend(line.record.label for line in dialog.lines)
        dialog.reject()

    answer(typed(qtbot, "R-1000 to R-1199"), look)
    qtbot.keyClick(card.table, Qt.Key.Key_D)
    sample = the_sample(audited)
    assert (sample.source, sample.population, len(sample.drawn)) == (ListSource.NUMBERS, 200, wanted)
    assert seen == [one.label for one in sample.drawn]
    assert cells(card)[1:4] == (f"{wanted} of 200", seed_text(sample.seed), "R-1000 to R-1199")
    assert cells(card)[-1] == "drawn"
    assert card.total.text().startswith(f"{wanted} records drawn")


def test_a_file_is_read_beside_the_window_with_what_is_left_out_of_it_and_drawn_by_parts(
    qtbot: QtBot, card: SamplesCard, audited: Audited, tmp_path: Path
) -> None:
    assert card.row is not None
    dialog = DrawSample(None, card.workbench, audited.audit_id, card.row.checkpoint)
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.read(orders(tmp_path))
    assert not dialog.source.choose_button.isEnabled()
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=WAIT)
    assert dialog.source.name.text() == "orders.csv, Order no. · 200 records"
    assert "1 blank line left out · 1 repeated record counts once · headings in row 1" in (
        dialog.source.left_out.text()
    )
    assert [row.cells[0] for row in dialog.wrong.words.rows] == ["row 202", "row 203"]
    parts = [dialog.source.part.itemText(place) for place in range(dialog.source.part.count())]
    assert parts == ["the whole list", "Adviser", "week of Closed", "Closed"]
    dialog.source.part.setCurrentIndex(1)
    dialog.source.columns_chosen.emit()
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=WAIT)
    assert dialog.source.part.currentText() == "Adviser"
    dialog.size_edit.setValue(12)
    dialog.seed.setText("7f3a-19")
    dialog.accept()
    sample = the_sample(audited)
    assert (sample.seed, len(sample.drawn), sample.stratified_by) == (0x7F3A19, 12, "Adviser")
    assert [(one.name, one.drawn) for one in sample.strata] == [("Otto", 4), ("Rita", 8)]


def test_the_words_follow_the_size_and_a_seed_that_is_none_is_named(
    qtbot: QtBot, card: SamplesCard, audited: Audited
) -> None:
    assert card.row is not None
    dialog = DrawSample(None, card.workbench, audited.audit_id, card.row.checkpoint)
    qtbot.addWidget(dialog)
    dialog.show()
    typed_in = dialog.source.numbers
    qtbot.keyClicks(typed_in, "1-200")
    qtbot.keyClick(typed_in, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=WAIT)
    dialog.size_edit.setValue(10)
    assert "10 of 200 finds a fault in 10% of the records (20 records) with 66%." in dialog.says.text()
    assert "20: 89%" in dialog.beside.text()
    dialog.size_edit.setValue(20)
    assert "20 of 200 finds" in dialog.says.text()
    assert dialog.accept_button.text().startswith("Draw 20 records")
    dialog.seed.setText("seven")
    assert not dialog.accept_button.isEnabled()
    dialog.seed.setText("7")
    assert dialog.accept_button.isEnabled()
    qtbot.keyClicks(typed_in, "0")
    assert dialog.found is None
    assert not dialog.accept_button.isEnabled()
    dialog.reject()


@pytest.mark.parametrize(
    ("text", "said"),
    [("Order;Name\n;Rita\n", "has no records"), ("", "is empty"), ("%PDF-1.7\n", "no table")],
)
def test_a_list_that_cannot_be_read_is_refused_in_words(
    qtbot: QtBot, card: SamplesCard, audited: Audited, tmp_path: Path, text: str, said: str
) -> None:
    assert card.row is not None
    path = tmp_path / "orders.csv"
    path.write_text(text)
    dialog = DrawSample(None, card.workbench, audited.audit_id, card.row.checkpoint, path)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: said in dialog._problem.text(), timeout=WAIT)
    assert not dialog.accept_button.isEnabled()
    assert dialog.again_button.isVisibleTo(dialog)


def test_days_that_are_none_are_named_with_their_cell_and_nothing_is_drawn(
    qtbot: QtBot, card: SamplesCard, audited: Audited, tmp_path: Path
) -> None:
    assert card.row is not None
    path = tmp_path / "orders.csv"
    path.write_text("Order;Closed\n1;2027-06-14\n2;never\n")
    dialog = DrawSample(None, card.workbench, audited.audit_id, card.row.checkpoint)
    qtbot.addWidget(dialog)
    dialog.read(path, part="B", by_week=True)
    qtbot.waitUntil(lambda: dialog.found is not None, timeout=WAIT)
    assert [row.cells[0] for row in dialog.wrong.words.rows] == ["B3"]
    assert not dialog.accept_button.isEnabled()


def test_a_record_is_replaced_with_a_reason_and_the_draw_still_repeats(
    qtbot: QtBot, card: SamplesCard, audited: Audited, answer: Answer
) -> None:
    draw_of(card, audited)
    sample = the_sample(audited)
    first = sample.drawn[0]

    def reason(dialog: QDialog) -> None:
        assert isinstance(dialog, ReplaceRecord)
        assert not dialog.accept_button.isEnabled()
        qtbot.keyClicks(dialog.reason, "Not found.")
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)

    records = SampleRecords(None, card.workbench, sample.id, card.rows[0].checkpoint, "")
    qtbot.addWidget(records)
    records.show()
    back(qtbot, records)
    answer(reason)
    qtbot.keyClick(records.table, Qt.Key.Key_R)
    assert records.lines[0].instead_words == f"for {first.label}: Not found."
    back(qtbot, records)
    qtbot.keyClick(records.table, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: not records.checked.isHidden(), timeout=WAIT)
    assert records.checked.text() == "List and seed give the same 10 records again."
    qtbot.keyClick(records.table, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text().splitlines()[0] == records.lines[0].record.label
    records.reject()
    assert the_sample(audited).replaced[0].label == first.label
    assert card.table.words.rows[0].small[1] == "1 replaced"


def test_what_was_seen_stands_in_the_row_and_its_record_is_not_replaced(
    qtbot: QtBot, card: SamplesCard, audited: Audited, answer: Answer
) -> None:
    draw_of(card, audited)
    checkpoint_id = card.rows[0].checkpoint.id
    tick_sample(audited.house.workspace, audited.assessment.id, checkpoint_id, place=0, conforms=False)
    show(card, audited)
    assert cells(card)[-1] == "1 of 10 seen"
    assert "1 of 1 record looked at does not conform" in card.detail.text()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SampleRecords)
        assert dialog.lines[0].seen_words == "does not conform"
        assert not dialog.replace_button.isEnabled()
        dialog.reject()

    answer(look)
    qtbot.keyClick(card.table, Qt.Key.Key_Return)


def test_a_list_from_a_file_is_compared_before_anything_is_replaced_or_drawn_again(
    qtbot: QtBot, card: SamplesCard, audited: Audited, tmp_path: Path
) -> None:
    path, other = orders(tmp_path), tmp_path / "other.csv"
    other.write_text("Order no.;Adviser\n1;Rita\n")
    checkpoint = card.rows[0].checkpoint
    listed = read_sample_list(path, part="Adviser")
    draw_sample(audited.house.workspace, audited.audit_id, checkpoint.id, listed, size=10)
    records = SampleRecords(None, card.workbench, the_sample(audited).id, checkpoint, "")
    qtbot.addWidget(records)
    dialog = ReplaceRecord(None, card.workbench, the_sample(audited), records.lines[0])
    qtbot.addWidget(dialog)
    dialog.reason.setText("Not found.")
    for file, said in ((other, "is not the list"), (path, "is the list")):
        dialog.read(file)
        qtbot.waitUntil(lambda said=said: said in dialog.list_words.text(), timeout=WAIT)  # type: ignore[misc]  # the word of this round
        assert dialog.accept_button.isEnabled() is (file is path)
    dialog.accept()
    assert the_sample(audited).replaced
    for file, said in ((other, "This is not the list"), (path, "List and seed give the same 10 records")):
        records.check_against(file)
        qtbot.waitUntil(lambda said=said: records.checked.text().startswith(said), timeout=WAIT)  # type: ignore[misc]  # the word of this round


def test_a_drawn_sample_is_neither_drawn_anew_nor_deleted_and_says_why(
    qtbot: QtBot, card: SamplesCard, audited: Audited
) -> None:
    draw_of(card, audited)
    before = the_sample(audited)
    with qtbot.waitSignal(card.workbench.told) as told:
        qtbot.keyClick(card.table, Qt.Key.Key_Delete)
    assert "is not deleted" in told.args[0]
    with qtbot.waitSignal(card.workbench.told) as told:
        qtbot.keyClick(card.table, Qt.Key.Key_D)
    assert "drawn already" in told.args[0]
    assert the_sample(audited) == before


def test_a_reason_stands_for_a_sample_that_is_not_drawn_and_can_be_taken_away(
    qtbot: QtBot, card: SamplesCard, audited: Audited, answer: Answer
) -> None:
    def write(dialog: QDialog) -> None:
        assert isinstance(dialog, NoSample)
        assert not dialog.accept_button.isEnabled()
        qtbot.keyClicks(dialog.reason, "No such list.")
        qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)

    def take_away(dialog: QDialog) -> None:
        assert isinstance(dialog, NoSample)
        dialog.reason.clear()
        dialog.accept_button.click()

    answer(write, take_away)
    qtbot.keyClick(card.table, Qt.Key.Key_W)
    assert cells(card)[-1] == "reason given"
    assert card.detail.text() == "No sample: No such list."
    (look,) = audited.house.all(AuditLook)
    assert look.no_sample == "No such list."
    back(qtbot, card)
    qtbot.keyClick(card.table, Qt.Key.Key_W)
    assert cells(card)[-1] == "open"


def test_a_coach_reads_the_samples_and_draws_none(qtbot: QtBot, card: SamplesCard, audited: Audited) -> None:
    house = audited.house
    house.workspace.set_worker(Worker(person_id=house.coach.id, role=Role.COACH))
    show(card, audited)
    assert not card.draw_button.isEnabled()
    assert "Only an auditor writes in an audit." in card.barred.text()
    with qtbot.waitSignal(card.workbench.told):
        qtbot.keyClick(card.table, Qt.Key.Key_D)
    assert not house.all(AuditSample)


def test_the_records_are_saved_as_a_workbook_with_all_it_takes_to_draw_them_again(
    card: SamplesCard, audited: Audited, tmp_path: Path
) -> None:
    draw_of(card, audited, "R-1000 to R-1199")
    sample = the_sample(audited)
    book = load_workbook(save_drawn(audited.house.workspace, sample.id, tmp_path / "drawn.xlsx"))
    records, drawing = book.worksheets
    assert [row[1].value for row in records.iter_rows(min_row=3)] == [one.label for one in sample.drawn]
    facts = {row[0].value: row[1].value for row in drawing.iter_rows(min_row=3)}
    assert (facts["Seed"], facts["Seed as a number"]) == ("7F3A-19", "8337945")
    assert facts["Fingerprint of the list (SHA-256)"] == sample.fingerprint
