"""The Evidence view: what is shown, narrowed, taken in, described, linked, paired, revised, handed out and named when it is broken."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QClipboard, QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qma_app.domain.assessment import Assessment
from qma_app.domain.evidence import Consent, Evidence, EvidenceLink, Mark, MarkKind, PhotoPair
from qma_app.domain.finding import Finding, FindingGrade
from qma_app.domain.ids import AreaId, CheckpointId, EvidenceId, FindingId
from qma_app.domain.standing import applicable_in
from qma_app.services.evidence import add_evidence, describe_evidence, link_evidence, note_consent
from qma_app.services.evidence_marks import mark_photo
from qma_app.services.findings import delete_finding, raise_finding
from qma_app.services.photo_pairs import pair_photos
from tests.ui.answering import Answer
from tests.ui.looking import rich_labels, small_targets, unnamed_controls
from ui.evidence_view.detail_rows import UseChip
from ui.evidence_view.linking import LinkDialog
from ui.evidence_view.view import EvidenceView
from ui.models.evidence_model import EvidenceModel
from ui.models.evidence_rows import EvidenceFilter, Shown, Sort
from ui.places import Place
from ui.workbench import Workbench

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
PDF = b"%PDF-1.4\n%%EOF\n"
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


def _jpeg(shade: int, size: tuple[int, int] = (320, 240)) -> bytes:
    content = BytesIO()
    Image.new("RGB", size, (shade, 90, 120)).save(content, "JPEG")
    return content.getvalue()


@pytest.fixture
def finding(workbench: Workbench) -> Finding:
    assert workbench.engagement is not None
    return raise_finding(
        workbench.workspace,
        engagement_id=workbench.engagement.id,
        grade=FindingGrade.MINOR,
        statement="No price on the order",
    ).made(Finding)


@pytest.fixture
def stock(workbench: Workbench, finding: Finding, assessment: Assessment) -> dict[str, EvidenceId]:
    """Four photos and two documents in several states, by their names."""
    workspace, engagement = workbench.workspace, workbench.engagement
    assert engagement is not None
    today, made = workspace.today(), {}
    for name, data in (
        ("desk.jpg", _jpeg(40)),
        ("before.jpg", _jpeg(60)),
        ("after.jpg", _jpeg(80)),
        ("plate.jpg", _jpeg(100)),
        ("certificate.pdf", PDF),
        ("list.pdf", PDF + b"%\n"),
    ):
        changes = add_evidence(workspace, engagement_id=engagement.id, data=data, name=name)
        made[name] = changes.made(Evidence).id
    link_evidence(workspace, made["desk.jpg"], finding_id=finding.id)
    link_evidence(
        workspace,
        made["plate.jpg"],
        assessment_id=assessment.id,
        checkpoint_id=_checkpoint(workbench, assessment),
    )
    describe_evidence(workspace, made["certificate.pdf"], valid_until=today - timedelta(days=2))
    describe_evidence(workspace, made["list.pdf"], valid_until=today + timedelta(days=20))
    describe_evidence(workspace, made["before.jpg"], made_on=date(2026, 3, 1))
    describe_evidence(workspace, made["after.jpg"], made_on=date(2026, 6, 1))
    note_consent(workspace, made["plate.jpg"], Consent.REFUSED, "by phone")
    return made


def _checkpoint(workbench: Workbench, assessment: Assessment) -> CheckpointId:
    with workbench.workspace.reading() as reader:
        return next(id for id in applicable_in(reader, assessment) if id.startswith("service."))


@pytest.fixture
def view(qtbot: QtBot, workbench: Workbench, stock: dict[str, EvidenceId]) -> Iterator[EvidenceView]:
    view = EvidenceView(workbench)
    qtbot.addWidget(view)
    workbench.changed.connect(view.apply_changes)
    view.resize(1188, 720)
    view.show()
    view.refresh()
    qtbot.waitUntil(lambda: len(view.files.states) == len(stock))
    view.take_focus()
    view.show_chosen()
    yield view
    view.close()
    view.thumbnails.stop()


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """Emptied afterwards: what lies on it must not outlive the program."""
    board = QGuiApplication.clipboard()
    yield board
    board.clear()


def _names(view: EvidenceView) -> list[str]:
    return sorted(line.evidence.name for line in view.grid.evidence.lines)


def _now(workbench: Workbench, id: EvidenceId) -> Evidence:
    with workbench.workspace.reading() as reader:
        return reader.get(Evidence, id)


def _choose(view: EvidenceView, *ids: EvidenceId) -> None:
    """Choose these as clicks with Ctrl would."""
    view.grid.choose(ids[0])
    for id in ids[1:]:
        place = view.grid.evidence.place_of(id)
        assert place is not None
        view.grid.selectionModel().setCurrentIndex(
            view.grid.evidence.index(place), QItemSelectionModel.SelectionFlag.Select
        )
    view.show_chosen()


def _drop(view: EvidenceView, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    view.grid.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def _came_in(qtbot: QtBot, view: EvidenceView) -> None:
    qtbot.waitUntil(lambda: not view.adding.is_busy)


def test_filters_narrow_and_say_how_many(view: EvidenceView) -> None:
    assert len(_names(view)) == 6
    for shown, names in (
        (Shown.UNLINKED, ["after.jpg", "before.jpg", "certificate.pdf", "list.pdf"]),
        (Shown.EXPIRY, ["certificate.pdf", "list.pdf"]),
        (Shown.CONSENT, ["after.jpg", "before.jpg", "desk.jpg"]),
        (Shown.FILES, []),
    ):
        view.filters.show_filter(EvidenceFilter(shown=shown))
        assert _names(view) == names
        row = list(Shown).index(shown)
        assert str(len(names)) in view.filters.shown.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
    view.filters.show_filter(EvidenceFilter(sort=Sort.DOCUMENTS))
    assert _names(view) == ["certificate.pdf", "list.pdf"]
    view.filters.show_filter(EvidenceFilter(text="f-001 desk"))
    assert _names(view) == ["desk.jpg"]
    view.filters.show_filter(EvidenceFilter(area=AreaId("service")))
    assert _names(view) == ["plate.jpg"]


def test_the_filter_is_used_and_taken_back_by_keys(qtbot: QtBot, view: EvidenceView) -> None:
    view.focus_search()
    qtbot.keyClicks(view.filters.text, "plate")
    assert _names(view) == ["plate.jpg"]
    qtbot.keyClick(view.filters.text, Key.Key_Return)
    assert view.grid.hasFocus()
    qtbot.keyClick(view.grid, Key.Key_Escape)
    assert len(_names(view)) == 6
    view.filters.shown.setFocus()
    qtbot.keyClick(view.filters.shown, Key.Key_Down)
    assert len(_names(view)) == 4
    view.filters.show_filter(EvidenceFilter(text="nothing like it"))
    assert view.pictures.currentWidget() is view.nothing


def test_small_pictures_come_beside_the_window_and_only_a_bounded_number_is_kept(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    digest = _now(workbench, stock["desk.jpg"]).thumbnail_digest
    assert digest is not None
    view.grid.viewport().repaint()
    qtbot.waitUntil(lambda: view.thumbnails.picture(digest) is not None)


def test_files_a_folder_and_what_cannot_be_used_are_told_apart(
    qtbot: QtBot, view: EvidenceView, workbench: Workbench, tmp_path: Path
) -> None:
    folder = tmp_path / "visit"
    (folder / "below").mkdir(parents=True)
    (folder / "one.jpg").write_bytes(_jpeg(7))
    (folder / "below" / "two.pdf").write_bytes(PDF + b"%two\n")
    (folder / "phone.heic").write_bytes(HEIC)
    (folder / ".hidden.jpg").write_bytes(_jpeg(8))
    known = tmp_path / "again.jpg"
    known.write_bytes(_jpeg(40))
    _drop(view, folder, known)
    _came_in(qtbot, view)
    assert {"one.jpg", "two.pdf"} <= set(_names(view))
    assert len(_names(view)) == 8
    assert view.result.isVisible()
    assert view.result.words.text() == "2 files came in, 1 was here already, 1 was refused."
    assert "phone.heic" in view.result.lines.toPlainText()
    assert "HEIC" in view.result.lines.toPlainText()
    assert "again.jpg: here already as desk.jpg" in view.result.lines.toPlainText()
    workbench.undo()
    assert len(_names(view)) == 6


def test_a_picture_is_pasted_into_the_tray(qtbot: QtBot, view: EvidenceView, clipboard: QClipboard) -> None:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    clipboard.setImage(image)
    qtbot.keyClick(view.grid, Key.Key_V, CTRL)
    _came_in(qtbot, view)
    assert len(_names(view)) == 7
    assert view.chosen[0].is_unlinked
    assert view.chosen[0].evidence.width == 64


def test_files_are_chosen_with_e(
    qtbot: QtBot, view: EvidenceView, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.jpg"
    path.write_bytes(_jpeg(200))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(path)], ""))
    qtbot.keyClick(view.grid, Key.Key_E)
    _came_in(qtbot, view)
    assert "new.jpg" in _names(view)


def test_what_is_chosen_is_described_in_place(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    id = stock["desk.jpg"]
    _choose(view, id)
    panel = view.panel
    panel.caption.setFocus()
    qtbot.keyClicks(panel.caption, "The desk at nine")
    panel.name.setFocus()
    panel.name.selectAll()
    qtbot.keyClicks(panel.name, "front desk.jpg")
    qtbot.keyClick(panel.name, Key.Key_Return)
    for field, text in (
        (panel.made_on, "2026-05-02"),
        (panel.valid_from, "2026-06-01"),
        (panel.valid_until, "2027-06-01"),
    ):
        field.field.setText(text)
        field.flush()
    item = _now(workbench, id)
    assert (item.name, item.caption) == ("front desk.jpg", "The desk at nine")
    assert (item.made_on, item.valid_from, item.valid_until) == (
        date(2026, 5, 2),
        date(2026, 6, 1),
        date(2027, 6, 1),
    )
    workbench.undo()
    assert _now(workbench, id).valid_until is None
    assert panel.valid_until.day is None


def test_a_validity_that_ends_before_it_begins_is_refused_and_the_stored_one_shown(
    view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench, qtbot: QtBot
) -> None:
    id = stock["list.pdf"]
    _choose(view, id)
    stored = _now(workbench, id).valid_until
    view.panel.valid_from.field.setText("2030-01-01")
    with qtbot.waitSignal(workbench.failed):
        view.panel.valid_from.flush()
    assert _now(workbench, id).valid_from is None
    assert view.panel.valid_from.day is None
    assert view.panel.valid_until.day == stored


def test_consent_is_noted_with_words(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    id = stock["desk.jpg"]
    _choose(view, id)
    qtbot.mouseClick(view.panel.consent.buttons[Consent.GIVEN.value], Qt.MouseButton.LeftButton)
    view.panel.consent_words.setFocus()
    qtbot.keyClicks(view.panel.consent_words, "form of 3 May")
    qtbot.keyClick(view.panel.consent_words, Key.Key_Return)
    item = _now(workbench, id)
    assert (item.consent, item.consent_words) == (Consent.GIVEN, "form of 3 May")
    qtbot.mouseClick(view.panel.consent.buttons[""], Qt.MouseButton.LeftButton)
    assert _now(workbench, id).consent is None


def test_it_is_linked_from_a_searchable_list_jumped_to_and_unlinked(
    qtbot: QtBot,
    view: EvidenceView,
    stock: dict[str, EvidenceId],
    workbench: Workbench,
    finding: Finding,
    answer: Answer,
) -> None:
    def find_it(dialog: QDialog) -> None:
        assert isinstance(dialog, LinkDialog)
        assert dialog.list.count() > 20, "checkpoints of the open assessment are offered too"
        dialog.search.setText("price order")
        assert dialog.chosen is not None
        assert dialog.chosen.label == "F-001"
        dialog.accept()

    answer(find_it)
    _choose(view, stock["before.jpg"], stock["after.jpg"])
    qtbot.keyClick(view.grid, Key.Key_L)
    for name in ("before.jpg", "after.jpg"):
        assert not view._lines[stock[name]].is_unlinked
    _choose(view, stock["after.jpg"])
    chip = view.panel.uses.findChildren(UseChip)[-1]
    with qtbot.waitSignal(view.going) as going:
        chip.jump.click()
    assert going.args == [
        Place(page="findings", dealership_id=workbench.dealership_id, finding_id=finding.id)
    ]
    with qtbot.waitSignal(workbench.deleted):
        chip.unlink.click()
    assert view._lines[stock["after.jpg"]].is_unlinked
    workbench.undo()
    workbench.undo()
    assert view._lines[stock["before.jpg"]].is_unlinked


def test_two_photos_are_paired_shown_swapped_worded_and_taken_apart(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    _choose(view, stock["after.jpg"], stock["before.jpg"])
    qtbot.keyClick(view.grid, Key.Key_P)
    window = view.acts.pair_window
    assert window is not None
    assert window.isVisible()
    assert window.before_words.text().startswith("Before: before.jpg")

    def pair() -> PhotoPair:
        with workbench.workspace.reading() as reader:
            return reader.all(PhotoPair)[0]

    qtbot.keyClick(window, Key.Key_S)
    assert pair().before_id == stock["after.jpg"]
    assert window.before_words.text().startswith("Before: after.jpg")
    window.words.setFocus()
    qtbot.keyClicks(window.words, "swept")
    qtbot.keyClick(window.words, Key.Key_Return)
    assert pair().words == "swept"
    window.setFocus()
    qtbot.keyClick(window, Key.Key_Plus)
    assert window.before.transform().m11() == pytest.approx(window.after.transform().m11())
    qtbot.keyClick(window, Key.Key_O)
    window.slider.setValue(20)
    assert window.wipe.isVisible()
    assert len(view.panel.findChildren(QDialog)) == 0
    window.apart.click()
    assert not window.isVisible()
    with workbench.workspace.reading() as reader:
        assert reader.all(PhotoPair) == ()


def test_one_photo_alone_is_not_paired_and_says_how(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    _choose(view, stock["after.jpg"])
    with qtbot.waitSignal(workbench.told):
        qtbot.keyClick(view.grid, Key.Key_P)


def test_a_newer_version_takes_the_place_of_the_old_which_stays_readable(
    qtbot: QtBot,
    view: EvidenceView,
    stock: dict[str, EvidenceId],
    workbench: Workbench,
    finding: Finding,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "desk2.jpg"
    path.write_bytes(_jpeg(41))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    _choose(view, stock["desk.jpg"])
    with qtbot.waitSignal(view.acts.revised):
        view.panel.revise.click()
    assert "desk.jpg" not in _names(view)
    newer = view.chosen[0]
    view.show_chosen()
    assert (newer.evidence.name, newer.evidence.revision) == ("desk2.jpg", 2)
    assert [use.id for use in newer.uses] == [finding.id]
    view._open_revision(_now(workbench, stock["desk.jpg"]))
    assert view.panel.evidence is not None
    assert view.panel.evidence.id == stock["desk.jpg"]
    assert view.filters.evidence_filter.shown is Shown.OLDER


def test_deleting_several_is_one_step_back(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    _choose(view, stock["before.jpg"], stock["after.jpg"])
    with qtbot.waitSignal(workbench.deleted):
        qtbot.keyClick(view.grid, Key.Key_Delete)
    assert len(_names(view)) == 4
    workbench.undo()
    assert len(_names(view)) == 6


def test_a_copy_is_what_may_leave_the_app(
    view: EvidenceView,
    stock: dict[str, EvidenceId],
    workbench: Workbench,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    copy = tmp_path / "copy.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(copy), ""))
    crop = Mark(kind=MarkKind.CROP, x=0, y=0, width=5000, height=10_000)
    workbench.do(mark_photo, stock["desk.jpg"], [crop])
    _choose(view, stock["desk.jpg"])
    with qtbot.waitSignal(workbench.file_saved):
        view.panel.copy.click()
    assert Image.open(BytesIO(copy.read_bytes())).size == (160, 240)
    copy.unlink()
    _choose(view, stock["plate.jpg"])
    assert view.panel.withheld.isVisible()
    with qtbot.waitSignal(workbench.failed):
        view.panel.copy.click()
    assert not copy.exists()


def test_a_missing_and_a_changed_file_are_named_with_their_hash(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    folder = workbench.workspace.folder / "evidence"
    gone, damaged = (_now(workbench, stock[name]) for name in ("desk.jpg", "certificate.pdf"))
    assert gone.paper_digest is not None
    (folder / gone.paper_digest[:2] / f"{gone.paper_digest}.bin").unlink()
    (folder / damaged.digest[:2] / f"{damaged.digest}.bin").write_bytes(b"something else")
    with qtbot.waitSignal(workbench.told) as told:
        view.check.click()
    assert "2 pieces" in told.args[0]
    view.filters.show_filter(EvidenceFilter(shown=Shown.FILES))
    assert _names(view) == ["certificate.pdf", "desk.jpg"]
    place = view.grid.evidence.place_of(gone.id)
    assert place is not None
    tip = str(view.grid.evidence.index(place).data(Qt.ItemDataRole.ToolTipRole))
    assert "missing" in tip
    assert gone.paper_digest in tip
    _choose(view, gone.id)
    assert view.panel.file_trouble.isVisible()
    assert gone.paper_digest[:8] in view.panel.file_trouble.text()
    _choose(view, damaged.id)
    assert "changed" in view.panel.file_trouble.text()
    assert damaged.digest[:8] in view.panel.file_trouble.text()


def test_files_are_looked_at_when_the_view_is_first_shown(
    qtbot: QtBot, workbench: Workbench, stock: dict[str, EvidenceId]
) -> None:
    item = _now(workbench, stock["list.pdf"])
    (workbench.workspace.folder / "evidence" / item.digest[:2] / f"{item.digest}.bin").unlink()
    view = EvidenceView(workbench)
    qtbot.addWidget(view)
    view.refresh()
    qtbot.waitUntil(lambda: view._lines[item.id].broken == (item.digest,))


def test_where_it_is_used_hashes_and_who_took_it_in_are_shown(
    view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench, clipboard: QClipboard
) -> None:
    _choose(view, stock["desk.jpg"])
    item = _now(workbench, stock["desk.jpg"])
    panel = view.panel
    assert panel.stored_hash.label.text().replace(" ", "") == item.digest
    assert panel.original_hash.label.text().replace(" ", "") == item.original_digest
    panel.stored_hash.copy.click()
    assert clipboard.text() == item.digest
    assert "Taken in" in panel.taken_in.text()


def test_enter_opens_it_large_and_m_marks_it(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId]
) -> None:
    _choose(view, stock["desk.jpg"])
    qtbot.keyClick(view.grid, Key.Key_Return)
    viewer = view.acts.viewer
    assert viewer is not None
    assert viewer.isVisible()
    assert not viewer.is_marking
    viewer.close()
    qtbot.keyClick(view.grid, Key.Key_M)
    assert viewer.is_marking
    viewer.close()


def test_letters_do_nothing_while_somebody_types(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId]
) -> None:
    _choose(view, stock["desk.jpg"])
    for field in (view.panel.name, view.panel.caption, view.panel.consent_words, view.filters.text):
        field.setFocus()
        qtbot.keyClicks(field, "elmp")
    assert view.acts.viewer is None
    assert view.acts.pair_window is None


def test_what_is_typed_is_stored_before_another_one_is_shown(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    _choose(view, stock["desk.jpg"])
    view.panel.caption.setFocus()
    qtbot.keyClicks(view.panel.caption, "half a word")
    _choose(view, stock["before.jpg"])
    assert _now(workbench, stock["desk.jpg"]).caption == "half a word"
    assert _now(workbench, stock["before.jpg"]).caption == ""


def test_an_edit_changes_only_its_row(
    view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench, qtbot: QtBot
) -> None:
    changed: list[int] = []
    view.grid.evidence.dataChanged.connect(lambda index, _last: changed.append(index.row()))
    view.grid.evidence.modelReset.connect(lambda: pytest.fail("the rows were made anew"))
    workbench.do(describe_evidence, stock["before.jpg"], caption="dirty")
    assert changed == [view.grid.evidence.place_of(stock["before.jpg"])]


def test_the_model_keeps_the_promises_of_models(view: EvidenceView, qtmodeltester: ModelTester) -> None:
    model = EvidenceModel()
    qtmodeltester.check(model)
    model.show_lines(list(view.grid.evidence.lines))
    qtmodeltester.check(model)
    model.show_lines([])


def test_nothing_is_without_a_name_too_small_or_read_as_markup(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    workbench.do(describe_evidence, stock["desk.jpg"], caption="<b>bold</b>")
    workbench.do(pair_photos, stock["desk.jpg"], stock["after.jpg"])
    for ids in ((stock["desk.jpg"],), (stock["certificate.pdf"],), (stock["desk.jpg"], stock["after.jpg"])):
        _choose(view, *ids)
        assert unnamed_controls(view) == []
        assert small_targets(view) == []
        assert rich_labels(view) == []


def test_an_empty_programme_shows_the_first_step(
    qtbot: QtBot, workbench: Workbench, dealership_id: str
) -> None:
    view = EvidenceView(workbench)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
    view.refresh()
    assert view.empty.isVisible()
    view.take_focus()
    assert view.empty.button.hasFocus()
    assert view.status() == "0 of 0 shown"


def test_another_workspace_leaves_nothing_behind(
    qtbot: QtBot, view: EvidenceView, stock: dict[str, EvidenceId], workbench: Workbench
) -> None:
    _choose(view, stock["desk.jpg"])
    view.open()
    workbench.use(None)
    assert view.acts.viewer is not None
    assert not view.acts.viewer.isVisible()
    assert not view._lines


def test_status_says_what_waits(view: EvidenceView) -> None:
    assert view.status() == "6 of 6 shown · 4 not linked"


def test_links_of_what_is_gone_are_told_apart(
    view: EvidenceView, workbench: Workbench, finding: Finding, stock: dict[str, EvidenceId]
) -> None:
    workbench.do(delete_finding, FindingId(finding.id))
    assert view._lines[stock["desk.jpg"]].is_unlinked
    with workbench.workspace.reading() as reader:
        assert reader.all(EvidenceLink, evidence_id=stock["desk.jpg"])
    workbench.undo()
    assert not view._lines[stock["desk.jpg"]].is_unlinked
