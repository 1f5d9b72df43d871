"""Photos and documents: dropped, pasted, chosen, refused in words, opened, described, removed and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QClipboard,
    QColor,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
)
from PySide6.QtWidgets import QApplication, QFileDialog

from qma_app.domain.assessment import Assessment
from qma_app.domain.evidence import Evidence, EvidenceKind, MarkKind
from qma_app.domain.evidence_use import evidence_at
from qma_app.domain.ids import CheckpointId
from qma_app.services.assessments import complete_assessment
from tests.ui.checklists.conftest import CTRL, GREETING, NO_MODIFIER, WAITING, Hands
from ui.checklists.checkpoint_list import CheckpointList
from ui.evidence_view.mark_canvas import Tool
from ui.widgets.evidence_strip import EvidenceStrip, WaitingTile

Key = Qt.Key
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 64


def _photo(path: Path, size: tuple[int, int] = (320, 240)) -> Path:
    Image.new("RGB", size, (90, 120, 130)).save(path, "JPEG")
    return path


def _files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    """Emptied afterwards: what lies on it must not outlive the program."""
    board = QGuiApplication.clipboard()
    yield board
    board.clear()


def _picture() -> QImage:
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    return image


def _drop(target: CheckpointList | EvidenceStrip, at: QPoint, mime: QMimeData) -> bool:
    """Drag something over a widget and let go; False when it would not have it."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at, copy, mime, left, NO_MODIFIER)
    target.dragEnterEvent(enter)
    if not enter.isAccepted():
        return False
    if isinstance(target, CheckpointList):
        target.dragMoveEvent(QDragMoveEvent(at, copy, mime, left, NO_MODIFIER))
    target.dropEvent(QDropEvent(QPointF(at), copy, mime, left, NO_MODIFIER))
    return True


def _evidence(hands: Hands, checkpoint_id: CheckpointId) -> tuple[Evidence, ...]:
    assert hands.assessment is not None
    return hands.bench.read(evidence_at, hands.assessment.id, checkpoint_id)


def _wait(hands: Hands) -> None:
    hands.qtbot.waitUntil(lambda: not hands.page.intake.is_busy)


def test_a_photo_dropped_on_a_card_belongs_to_that_checkpoint(hands: Hands, tmp_path: Path) -> None:
    _drop(hands.page.columns.middle.list, hands.cell_point(WAITING, 0), _files(_photo(tmp_path / "desk.jpg")))
    _wait(hands)
    (item,) = _evidence(hands, WAITING)
    assert (item.name, item.kind) == ("desk.jpg", EvidenceKind.PHOTO)
    assert hands.current == WAITING
    assert [tile.evidence.id for tile in hands.page.columns.inspector.evidence.tiles] == [item.id]
    assert hands.page.columns.middle.list.rows.row_at(2).evidence_count == 1


def test_files_dropped_together_keep_their_order_and_are_one_step_of_undo(
    hands: Hands, tmp_path: Path
) -> None:
    paths = [_photo(tmp_path / f"{name}.jpg", (300 + n, 200)) for n, name in enumerate("abc")]
    strip = hands.page.columns.inspector.evidence
    _drop(strip, strip.rect().center(), _files(*paths))
    assert len(strip.findChildren(WaitingTile)) == 3
    _wait(hands)
    assert [item.name for item in _evidence(hands, GREETING)] == ["a.jpg", "b.jpg", "c.jpg"]
    hands.press(Key.Key_Z, CTRL)
    assert _evidence(hands, GREETING) == ()
    hands.press(Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert len(_evidence(hands, GREETING)) == 3


def test_a_picture_on_the_clipboard_is_pasted_at_the_checkpoint(hands: Hands, clipboard: QClipboard) -> None:
    clipboard.setImage(_picture())
    hands.press(Key.Key_V, CTRL)
    _wait(hands)
    (item,) = _evidence(hands, GREETING)
    assert item.name.startswith("Photo 2026-11-21")
    assert (item.width, item.height) == (64, 48)


def test_words_on_the_clipboard_are_no_evidence(hands: Hands, clipboard: QClipboard) -> None:
    clipboard.setText("just words")
    with hands.qtbot.waitSignal(hands.bench.told):
        hands.press(Key.Key_V, CTRL)
    assert _evidence(hands, GREETING) == ()


def test_files_are_chosen_with_e(hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "order.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(path)], ""))
    hands.press(Key.Key_E)
    _wait(hands)
    (item,) = _evidence(hands, GREETING)
    assert (item.name, item.kind) == ("order.pdf", EvidenceKind.DOCUMENT)


def test_what_cannot_be_used_is_named_at_once_and_the_rest_goes_on(hands: Hands, tmp_path: Path) -> None:
    phone = tmp_path / "IMG_0001.heic"
    phone.write_bytes(HEIC)
    gone = tmp_path / "gone.jpg"
    strip = hands.page.columns.inspector.evidence
    _drop(strip, strip.rect().center(), _files(phone, _photo(tmp_path / "good.jpg")))
    _wait(hands)
    refusal = hands.page.columns.inspector.refusal
    assert refusal.isVisible()
    assert "IMG_0001.heic" in refusal.words.text()
    assert "HEIC" in refusal.words.text()
    assert [item.name for item in _evidence(hands, GREETING)] == ["good.jpg"]
    _drop(strip, strip.rect().center(), _files(gone))
    _wait(hands)
    assert "gone.jpg" in refusal.words.text()


def test_evidence_is_removed_and_undo_brings_it_back(hands: Hands, tmp_path: Path) -> None:
    strip = hands.page.columns.inspector.evidence
    _drop(strip, strip.rect().center(), _files(_photo(tmp_path / "desk.jpg")))
    _wait(hands)
    strip.tiles[0].setFocus()
    with hands.qtbot.waitSignal(hands.bench.deleted):
        hands.press(Key.Key_Delete)
    assert _evidence(hands, GREETING) == ()
    assert strip.tiles == []
    hands.press(Key.Key_Z, CTRL)
    assert len(_evidence(hands, GREETING)) == 1
    assert len(strip.tiles) == 1


def test_the_viewer_shows_dates_takes_a_caption_and_saves_a_copy(
    hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strip = hands.page.columns.inspector.evidence
    _drop(
        strip,
        strip.rect().center(),
        _files(_photo(tmp_path / "a.jpg"), _photo(tmp_path / "b.jpg", (200, 100))),
    )
    _wait(hands)
    hands.click(strip.tiles[0])
    viewer = hands.page.viewing.viewer
    assert viewer is not None
    assert viewer.isVisible()
    assert "taken in" in viewer.dates.text()
    viewer.caption.setFocus()
    hands.qtbot.keyClicks(viewer.caption, "The desk at nine")
    hands.qtbot.keyClick(viewer.caption, Key.Key_Return)
    assert _evidence(hands, GREETING)[0].caption == "The desk at nine"
    viewer.setFocus()
    hands.qtbot.keyClick(viewer, Key.Key_Right)
    assert viewer.current is not None
    assert viewer.current.name == "b.jpg"
    assert viewer.caption.text() == ""
    copy = tmp_path / "copy.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(copy), ""))
    viewer.save_copy()
    assert Image.open(BytesIO(copy.read_bytes())).size == (200, 100)
    hands.click(viewer.remove)
    assert [item.name for item in _evidence(hands, GREETING)] == ["a.jpg"]
    assert viewer.current is not None
    assert viewer.current.name == "a.jpg"
    hands.click(viewer.remove)
    assert not viewer.isVisible()


def test_nothing_is_taken_in_where_nothing_may_be_changed(
    hands: Hands, tmp_path: Path, assessment: Assessment, clipboard: QClipboard
) -> None:
    complete_assessment(hands.bench.workspace, assessment.id)
    hands.page.refresh()
    view = hands.page.columns.middle.list
    assert not _drop(view, hands.cell_point(GREETING, 0), _files(_photo(tmp_path / "desk.jpg")))
    clipboard.setImage(_picture())
    hands.press(Key.Key_V, CTRL)
    _wait(hands)
    assert _evidence(hands, GREETING) == ()


def test_a_picture_that_is_gone_is_a_quiet_tile_and_told_when_opened(hands: Hands, tmp_path: Path) -> None:
    strip = hands.page.columns.inspector.evidence
    _drop(strip, strip.rect().center(), _files(_photo(tmp_path / "desk.jpg")))
    _wait(hands)
    for file in (hands.bench.workspace.folder / "evidence").rglob("*.bin"):
        file.unlink()
    hands.page.refresh()
    with hands.qtbot.waitSignal(hands.bench.failed):
        hands.click(strip.tiles[0])
    viewer = hands.page.viewing.viewer
    assert viewer is not None
    assert viewer.missing.isVisible()
    viewer.close()


def test_a_folder_dropped_at_a_checkpoint_brings_in_all_it_holds_as_one_step_of_undo(
    hands: Hands, tmp_path: Path
) -> None:
    folder = tmp_path / "visit"
    (folder / "below").mkdir(parents=True)
    for name in ("b.jpg", "a.jpg", "below/c.jpg"):
        _photo(folder / name, (300 + len(name), 200 + ord(name[0])))
    (folder / "phone.heic").write_bytes(HEIC)
    strip = hands.page.columns.inspector.evidence
    _drop(strip, strip.rect().center(), _files(folder))
    _wait(hands)
    assert [item.name for item in _evidence(hands, GREETING)] == ["a.jpg", "b.jpg", "c.jpg"]
    assert "phone.heic" in hands.page.columns.inspector.refusal.words.text()
    hands.press(Key.Key_Z, CTRL)
    assert _evidence(hands, GREETING) == ()


def test_a_photo_that_is_here_already_is_linked_and_told(hands: Hands, tmp_path: Path) -> None:
    path = _photo(tmp_path / "desk.jpg")
    strip = hands.page.columns.inspector.evidence
    _drop(strip, strip.rect().center(), _files(path))
    _wait(hands)
    hands.at(WAITING)
    with hands.qtbot.waitSignal(hands.bench.told) as told:
        _drop(strip, strip.rect().center(), _files(path))
    _wait(hands)
    assert "here already" in told.args[0]
    assert [item.id for item in _evidence(hands, WAITING)] == [item.id for item in _evidence(hands, GREETING)]


def test_a_photo_at_a_checkpoint_is_marked_in_its_window(hands: Hands, tmp_path: Path) -> None:
    strip = hands.page.columns.inspector.evidence
    _drop(strip, strip.rect().center(), _files(_photo(tmp_path / "desk.jpg")))
    _wait(hands)
    hands.click(strip.tiles[0])
    viewer = hands.page.viewing.viewer
    assert viewer is not None
    hands.click(viewer.mark)
    assert viewer.editor is not None
    hands.click(viewer.editor.tools[Tool.BLUR])
    hands.qtbot.keyClick(viewer.editor.canvas, Key.Key_Return)
    hands.click(viewer.editor.save_button)
    (item,) = _evidence(hands, GREETING)
    assert [mark.kind for mark in item.marks] == [MarkKind.BLUR]
    assert strip.tiles[0].evidence == item
    viewer.close()
