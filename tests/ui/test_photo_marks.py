"""Marks on a photo: drawn by mouse and by keys, moved, stretched, taken back, previewed and stored, never changing the picture."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from qma_app.domain.evidence import FULL_SIDE, Evidence, Mark, MarkKind
from qma_app.domain.evidence_use import shared_bytes
from qma_app.services.evidence import add_evidence
from tests.ui.looking import small_targets, unnamed_controls
from ui.evidence_view import mark_shapes as shapes
from ui.evidence_view.mark_canvas import MarkCanvas, Tool
from ui.evidence_view.mark_editor import MarkEditor
from ui.evidence_view.mark_history import MarkHistory
from ui.evidence_view.mark_shapes import Handle
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.workbench import Workbench

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


def _photo(size: tuple[int, int] = (800, 400)) -> bytes:
    """Fine stripes, so that what is blurred can be told from what is not."""
    picture = Image.new("RGB", size, (40, 120, 60))
    for x in range(0, size[0], 4):
        picture.paste((230, 230, 230), (x, 0, x + 2, size[1]))
    content = BytesIO()
    picture.save(content, "JPEG", quality=95)
    return content.getvalue()


@pytest.fixture
def photo(workbench: Workbench) -> Evidence:
    assert workbench.engagement is not None
    changes = add_evidence(
        workbench.workspace, engagement_id=workbench.engagement.id, data=_photo(), name="order.jpg"
    )
    return changes.made(Evidence)


@pytest.fixture
def canvas(qtbot: QtBot, workbench: Workbench) -> MarkCanvas:
    canvas = MarkCanvas()
    qtbot.addWidget(canvas)
    canvas.resize(600, 400)
    canvas.show_photo(QImage.fromData(_photo()), ())
    canvas.show()
    canvas.setFocus()
    return canvas


@pytest.fixture
def viewer(qtbot: QtBot, workbench: Workbench, photo: Evidence) -> EvidenceViewer:
    def load(item: Evidence) -> bytes:
        with workbench.workspace.reading() as reader:
            return reader.evidence_bytes(item.digest)

    viewer = EvidenceViewer(load, workbench=workbench)
    qtbot.addWidget(viewer)

    def show_again(_changes: object) -> None:
        viewer.show_evidence([_now(workbench, photo)], None, is_read_only=False)

    workbench.changed.connect(show_again)
    viewer.show_evidence([photo], photo, is_read_only=False)
    viewer.show()
    viewer.setFocus()
    return viewer


def _now(workbench: Workbench, photo: Evidence) -> Evidence:
    with workbench.workspace.reading() as reader:
        return reader.get(Evidence, photo.id)


def _editor(viewer: EvidenceViewer, qtbot: QtBot) -> MarkEditor:
    qtbot.keyClick(viewer, Key.Key_M)
    assert viewer.editor is not None
    assert viewer.is_marking
    return viewer.editor


def _at(canvas: MarkCanvas, x: int, y: int) -> QPoint:
    return canvas.pen().point(x, y).toPoint()


def _drag(qtbot: QtBot, canvas: MarkCanvas, start: QPoint, end: QPoint) -> None:
    qtbot.mousePress(canvas, LEFT, NONE, start)
    qtbot.mouseMove(canvas, (start + end) / 2)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, LEFT, NONE, end)


def test_what_is_drawn_becomes_a_mark_in_ten_thousandths(qtbot: QtBot, canvas: MarkCanvas) -> None:
    canvas.use(Tool.BOX)
    _drag(qtbot, canvas, _at(canvas, 7000, 8000), _at(canvas, 2000, 3000))
    (mark,) = canvas.marks
    assert mark.kind is MarkKind.BOX
    assert (mark.x, mark.y, mark.width, mark.height) == pytest.approx((2000, 3000, 5000, 5000), abs=60)
    assert canvas.current == mark


def test_a_mark_can_begin_and_end_beyond_the_edge_and_stays_within_the_picture(
    qtbot: QtBot, canvas: MarkCanvas
) -> None:
    canvas.use(Tool.BLUR)
    _drag(qtbot, canvas, QPoint(1, 1), QPoint(canvas.width() - 2, canvas.height() - 2))
    (mark,) = canvas.marks
    assert (mark.x, mark.y, mark.width, mark.height) == (0, 0, FULL_SIDE, FULL_SIDE)


@pytest.mark.parametrize("size", [(600, 400), (300, 700), (900, 250)])
def test_the_whole_picture_is_always_seen(canvas: MarkCanvas, size: tuple[int, int]) -> None:
    canvas.resize(*size)
    area = canvas.area()
    assert canvas.rect().contains(area.toAlignedRect())
    assert abs(area.width() / area.height() - 2) < 0.02


def test_a_click_that_draws_nothing_leaves_no_mark_but_a_number_and_a_text(
    qtbot: QtBot, canvas: MarkCanvas
) -> None:
    for tool in (Tool.BOX, Tool.ARROW, Tool.CROP, Tool.BLUR):
        canvas.use(tool)
        qtbot.mouseClick(canvas, LEFT, NONE, _at(canvas, 5000, 5000))
    assert not canvas.history.can_undo
    canvas.use(Tool.NUMBER)
    for x in (2000, 4000, 6000):
        qtbot.mouseClick(canvas, LEFT, NONE, _at(canvas, x, 5000))
    canvas.use(Tool.TEXT)
    qtbot.mouseClick(canvas, LEFT, NONE, _at(canvas, 1000, 1000))
    assert [mark.words for mark in canvas.marks] == ["1", "2", "3", "Text"]


def test_an_arrow_keeps_its_direction(qtbot: QtBot, canvas: MarkCanvas) -> None:
    canvas.use(Tool.ARROW)
    _drag(qtbot, canvas, _at(canvas, 8000, 8000), _at(canvas, 3000, 5000))
    (mark,) = canvas.marks
    assert mark.width < 0
    assert mark.height < 0


def test_a_second_crop_replaces_the_first(qtbot: QtBot, canvas: MarkCanvas) -> None:
    for corner in (2000, 4000):
        canvas.use(Tool.CROP)
        _drag(qtbot, canvas, _at(canvas, corner, corner), _at(canvas, 9000, 9000))
    assert len(canvas.marks) == 1
    assert abs(canvas.marks[0].x - 4000) < 60


def test_a_mark_is_chosen_moved_and_stretched_by_mouse(qtbot: QtBot, canvas: MarkCanvas) -> None:
    canvas.show_photo(
        QImage.fromData(_photo()), (Mark(kind=MarkKind.BOX, x=2000, y=2000, width=2000, height=2000),)
    )
    _drag(qtbot, canvas, _at(canvas, 3000, 3000), _at(canvas, 5000, 4000))
    moved = canvas.marks[0]
    assert abs(moved.x - 4000) < 60
    assert abs(moved.y - 3000) < 60
    assert (moved.width, moved.height) == (2000, 2000)
    corner = (moved.x + moved.width, moved.y + moved.height)
    _drag(qtbot, canvas, _at(canvas, *corner), _at(canvas, 9000, 9000))
    assert abs(canvas.marks[0].width - (9000 - moved.x)) < 60
    qtbot.mouseClick(canvas, LEFT, NONE, _at(canvas, 500, 9500))
    assert canvas.current is None


def test_everything_can_be_done_by_keys(qtbot: QtBot, canvas: MarkCanvas) -> None:
    canvas.use(Tool.BOX)
    qtbot.keyClick(canvas, Key.Key_Return)
    canvas.use(Tool.ARROW)
    qtbot.keyClick(canvas, Key.Key_Return)
    assert [mark.kind for mark in canvas.marks] == [MarkKind.BOX, MarkKind.ARROW]
    canvas.use(Tool.SELECT)
    canvas.choose(-1)
    qtbot.keyClick(canvas, Key.Key_Tab)
    assert canvas.chosen == 0
    assert canvas.accessibleDescription() == "Box, 1 of 2"
    before = canvas.marks[0]
    qtbot.keyClick(canvas, Key.Key_Right)
    qtbot.keyClick(canvas, Key.Key_Down, CTRL)
    qtbot.keyClick(canvas, Key.Key_Right, SHIFT)
    after = canvas.marks[0]
    assert (after.x, after.y, after.width) == (
        before.x + shapes.STEP,
        before.y + shapes.FINE_STEP,
        before.width + shapes.STEP,
    )
    qtbot.keyClick(canvas, Key.Key_Tab)
    assert canvas.chosen == 1
    qtbot.keyClick(canvas, Key.Key_Delete)
    assert [mark.kind for mark in canvas.marks] == [MarkKind.BOX]
    qtbot.keyClick(canvas, Key.Key_Escape)
    assert canvas.current is None


def test_steps_by_keys_are_one_step_back(qtbot: QtBot, canvas: MarkCanvas) -> None:
    canvas.use(Tool.BOX)
    canvas.insert()
    drawn = canvas.marks
    canvas.use(Tool.SELECT)
    for _step in range(5):
        qtbot.keyClick(canvas, Key.Key_Left)
    canvas.undo()
    assert canvas.marks == drawn
    canvas.undo()
    assert not canvas.history.can_undo
    canvas.redo()
    canvas.redo()
    assert canvas.marks[0].x == drawn[0].x - 5 * shapes.STEP


def test_history_forgets_what_lay_ahead_and_knows_what_is_stored() -> None:
    box = Mark(kind=MarkKind.BOX, x=1, y=1, width=200, height=200)
    history = MarkHistory()
    assert not history.is_changed
    history.change([box])
    history.undo()
    history.change([box, box])
    history.redo()
    assert history.marks == (box, box)
    assert history.is_changed
    history.undo()
    assert not history.is_changed


@pytest.mark.parametrize("handle", [handle for handle in Handle if handle not in (Handle.START, Handle.END)])
def test_a_field_never_turns_inside_out_nor_leaves_the_picture(handle: Handle) -> None:
    mark = Mark(kind=MarkKind.CROP, x=4000, y=4000, width=2000, height=2000)
    for x, y in ((-500, -500), (20_000, 20_000), (5000, 5000), (4000, 6000)):
        found = shapes.stretched(mark, handle, x, y)
        assert found.width >= shapes.SMALLEST_CROP
        assert found.height >= shapes.SMALLEST_CROP
        assert found.x >= 0
        assert found.y >= 0
        assert found.x + found.width <= FULL_SIDE
        assert found.y + found.height <= FULL_SIDE


def test_moving_stops_at_the_edge_also_for_an_arrow_that_points_back() -> None:
    arrow = Mark(kind=MarkKind.ARROW, x=5000, y=5000, width=-3000, height=2000)
    assert shapes.moved(arrow, -9000, 9000) == Mark(
        kind=MarkKind.ARROW, x=3000, y=8000, width=-3000, height=2000
    )


def test_marks_are_stored_and_burnt_into_what_leaves_while_the_picture_stays(
    qtbot: QtBot, viewer: EvidenceViewer, workbench: Workbench, photo: Evidence
) -> None:
    editor = _editor(viewer, qtbot)
    qtbot.keyClick(editor.canvas, Key.Key_B)
    _drag(qtbot, editor.canvas, _at(editor.canvas, 0, 0), _at(editor.canvas, 5000, FULL_SIDE))
    assert editor.is_changed
    qtbot.keyClick(editor.canvas, Key.Key_Return, CTRL)
    assert not viewer.is_marking
    marked = _now(workbench, photo)
    assert [mark.kind for mark in marked.marks] == [MarkKind.BLUR]
    assert marked.digest == photo.digest
    picture = Image.open(BytesIO(workbench.read(shared_bytes, marked))).convert("RGB")
    left = {picture.getpixel((x, 200)) for x in range(20, 120)}
    right = {picture.getpixel((x, 200)) for x in range(500, 600)}
    assert len(left) < 10
    assert len(right) > 10
    workbench.undo()
    assert _now(workbench, photo).marks == ()


def test_going_on_or_closing_stores_what_was_drawn(
    qtbot: QtBot, viewer: EvidenceViewer, workbench: Workbench, photo: Evidence
) -> None:
    editor = _editor(viewer, qtbot)
    qtbot.keyClick(editor.canvas, Key.Key_R)
    qtbot.keyClick(editor.canvas, Key.Key_Return)
    viewer.close()
    assert [mark.kind for mark in _now(workbench, photo).marks] == [MarkKind.BOX]


def test_dropping_changes_stores_nothing(
    qtbot: QtBot, viewer: EvidenceViewer, workbench: Workbench, photo: Evidence
) -> None:
    editor = _editor(viewer, qtbot)
    editor.use(Tool.BOX)
    editor.canvas.insert()
    qtbot.mouseClick(editor.drop_button, LEFT)
    assert not viewer.is_marking
    assert _now(workbench, photo).marks == ()


def test_the_preview_is_what_leaves_the_app(
    qtbot: QtBot, viewer: EvidenceViewer, workbench: Workbench, photo: Evidence
) -> None:
    editor = _editor(viewer, qtbot)
    editor.use(Tool.CROP)
    _drag(qtbot, editor.canvas, _at(editor.canvas, 0, 0), _at(editor.canvas, 5000, FULL_SIDE))
    qtbot.keyClick(editor.canvas, Key.Key_P)
    qtbot.waitUntil(lambda: not editor.preview.pixmap.isNull())
    assert abs(editor.preview.pixmap.width() - 400) < 4
    shown = editor.preview.pixmap.toImage()
    editor.save()
    stored = QImage.fromData(workbench.read(shared_bytes, _now(workbench, photo)))
    assert shown.convertToFormat(stored.format()) == stored


def test_words_are_typed_in_their_field_and_letters_there_choose_no_tool(
    qtbot: QtBot, viewer: EvidenceViewer, workbench: Workbench, photo: Evidence
) -> None:
    editor = _editor(viewer, qtbot)
    qtbot.keyClick(editor.canvas, Key.Key_T)
    qtbot.mouseClick(editor.canvas, LEFT, NONE, _at(editor.canvas, 2000, 2000))
    assert editor.words.hasFocus()
    qtbot.keyClicks(editor.words, "no price abc")
    assert editor.canvas.tool is Tool.SELECT
    assert editor.canvas.marks[0].words == "no price abc"
    qtbot.keyClick(editor.words, Key.Key_Return)
    assert editor.canvas.hasFocus()
    qtbot.keyClick(editor.canvas, Key.Key_A)
    assert editor.tools[Tool.ARROW].isChecked()


def test_escape_lets_go_of_the_mark_then_leaves_then_closes(
    qtbot: QtBot, viewer: EvidenceViewer, workbench: Workbench
) -> None:
    editor = _editor(viewer, qtbot)
    editor.use(Tool.BOX)
    editor.canvas.insert()
    qtbot.keyClick(editor.canvas, Key.Key_Escape)
    assert editor.canvas.current is None
    assert viewer.is_marking
    qtbot.keyClick(editor.canvas, Key.Key_Escape)
    assert not viewer.is_marking
    qtbot.keyClick(viewer, Key.Key_Escape)
    assert not viewer.isVisible()


def test_a_marked_photo_is_shown_as_it_leaves_and_on_wish_without_marks(
    qtbot: QtBot, viewer: EvidenceViewer, workbench: Workbench, photo: Evidence
) -> None:
    editor = _editor(viewer, qtbot)
    editor.use(Tool.CROP)
    _drag(qtbot, editor.canvas, _at(editor.canvas, 0, 0), _at(editor.canvas, 5000, FULL_SIDE))
    editor.save()
    assert abs(viewer.picture.pixmap.width() - 400) < 4
    qtbot.keyClick(viewer, Key.Key_O)
    assert viewer.picture.pixmap.width() == 800


def test_every_tool_has_a_name_and_is_large_enough(
    qtbot: QtBot, viewer: EvidenceViewer, workbench: Workbench
) -> None:
    _editor(viewer, qtbot)
    assert unnamed_controls(viewer) == []
    assert small_targets(viewer) == []


def test_a_text_is_drawn_where_it_stands_also_at_the_edge(canvas: MarkCanvas) -> None:
    mark = Mark(kind=MarkKind.TEXT, x=9900, y=9900, words="far too long for what is left of the picture here")
    pen = canvas.pen()
    assert pen.area.adjusted(-1, -1, 1, 1).contains(pen.field(mark))
    number = Mark(kind=MarkKind.NUMBER, x=0, y=0, words="7")
    assert pen.area.adjusted(-1, -1, 1, 1).contains(pen.field(number))
    assert pen.units(QPointF(pen.area.topLeft())) == (0, 0)
