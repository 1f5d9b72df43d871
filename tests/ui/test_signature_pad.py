"""A signature is kept as lines, whatever drew it and however large the pad was."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEventPoint, QMouseEvent, QPointingDevice, QTabletEvent, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import NOW
from ui.theme import ThemeKeeper
from ui.visit.signature_pad import HEIGHT, WIDTH, SignaturePad
from ui.visit.signing import SigningForm


@pytest.fixture
def pad(qtbot: QtBot, light: ThemeKeeper) -> SignaturePad:
    pad = SignaturePad()
    qtbot.addWidget(pad)
    pad.resize(500, 150)
    pad.show()
    return pad


def draw(pad: SignaturePad, *points: tuple[int, int]) -> None:
    first, *others = [QPoint(x, y) for x, y in points]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=first)
    for point in others:
        _move(pad, point)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=(others or [first])[-1])


def _move(pad: SignaturePad, to: QPoint) -> None:
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(to),
        pad.mapToGlobal(QPointF(to)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(pad, event)


def test_the_mouse_draws_in_thousandths_of_the_width(qtbot: QtBot, pad: SignaturePad) -> None:
    with qtbot.waitSignal(pad.drawn):
        draw(pad, (50, 75), (100, 30), (250, 90))
    draw(pad, (300, 75), (400, 75))
    assert pad.strokes == ((100, 150, 200, 60, 500, 180), (600, 150, 800, 150))
    assert pad.is_signed
    assert pad.accessibleName() == "Signature, signed"


def test_the_same_line_is_the_same_at_any_size(pad: SignaturePad) -> None:
    draw(pad, (50, 75), (100, 30))
    small = pad.strokes
    pad.clear()
    pad.resize(1000, 300)
    draw(pad, (100, 150), (200, 60))
    assert pad.strokes == small


def test_what_leaves_the_pad_stays_on_its_edge(pad: SignaturePad) -> None:
    draw(pad, (50, 75), (900, 400), (-30, -5))
    assert pad.strokes == ((100, 150, WIDTH, HEIGHT, 0, 0),)


def test_a_dot_is_no_signature(pad: SignaturePad) -> None:
    draw(pad, (50, 75))
    assert pad.strokes == ((100, 150),)
    assert not pad.is_signed


def test_the_last_stroke_and_all_of_them_are_taken_back_by_keys(pad: SignaturePad) -> None:
    draw(pad, (50, 75), (100, 30))
    draw(pad, (60, 75), (110, 30))
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    assert len(pad.strokes) == 1
    QTest.keyClick(pad, Qt.Key.Key_Delete)
    assert not pad.strokes
    QTest.keyClick(pad, Qt.Key.Key_Backspace)
    assert pad.accessibleName() == "Signature, empty"


def _pen(pad: SignaturePad, kind: QEvent.Type, at: tuple[int, int], *, touches: bool) -> bool:
    held = Qt.MouseButton.LeftButton if touches else Qt.MouseButton.NoButton
    turned = Qt.MouseButton.NoButton if kind is QEvent.Type.TabletMove else Qt.MouseButton.LeftButton
    event = QTabletEvent(
        kind,
        QPointingDevice.primaryPointingDevice(),
        QPointF(*at),
        pad.mapToGlobal(QPointF(*at)),
        0.5 if touches else 0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        Qt.KeyboardModifier.NoModifier,
        turned,
        held,
    )
    QApplication.sendEvent(pad, event)
    return event.isAccepted()


def test_a_pen_draws_only_while_its_tip_touches(pad: SignaturePad) -> None:
    assert _pen(pad, QEvent.Type.TabletMove, (10, 10), touches=False)
    assert not pad.strokes
    assert _pen(pad, QEvent.Type.TabletPress, (50, 75), touches=True)
    assert _pen(pad, QEvent.Type.TabletMove, (100, 30), touches=True)
    assert _pen(pad, QEvent.Type.TabletRelease, (100, 30), touches=False)
    assert _pen(pad, QEvent.Type.TabletMove, (200, 30), touches=False)
    assert pad.strokes == ((100, 150, 200, 60),)


def _touch(pad: SignaturePad, kind: QEvent.Type, *fingers: tuple[int, QEventPoint.State, int, int]) -> bool:
    points = [
        QEventPoint(finger, state, QPointF(x, y), pad.mapToGlobal(QPointF(x, y)))
        for finger, state, x, y in fingers
    ]
    screen = QPointingDevice.primaryPointingDevice()
    event = QTouchEvent(kind, screen, Qt.KeyboardModifier.NoModifier, points)
    QApplication.sendEvent(pad, event)
    return event.isAccepted()


def test_the_first_finger_signs_and_a_palm_beside_it_does_not(pad: SignaturePad) -> None:
    down, moved, up = (
        QEventPoint.State.Pressed,
        QEventPoint.State.Updated,
        QEventPoint.State.Released,
    )
    assert pad.testAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    assert _touch(pad, QEvent.Type.TouchBegin, (0, down, 50, 75))
    assert _touch(pad, QEvent.Type.TouchUpdate, (0, moved, 100, 30), (1, down, 300, 140))
    assert _touch(pad, QEvent.Type.TouchUpdate, (0, moved, 150, 60), (1, moved, 310, 140))
    assert _touch(pad, QEvent.Type.TouchEnd, (0, up, 150, 60), (1, up, 310, 140))
    assert pad.strokes == ((100, 150, 200, 60, 300, 120),)


def test_a_touch_the_system_takes_away_leaves_no_stroke(pad: SignaturePad) -> None:
    draw(pad, (50, 75), (100, 30))
    _touch(pad, QEvent.Type.TouchBegin, (0, QEventPoint.State.Pressed, 50, 75))
    _touch(pad, QEvent.Type.TouchCancel)
    assert pad.strokes == ((100, 150, 200, 60),)


def test_whoever_cannot_draw_signs_on_paper_by_name(qtbot: QtBot, light: ThemeKeeper) -> None:
    form = SigningForm()
    qtbot.addWidget(form)
    form.show()
    assert not form.is_ready
    form.name.words.setText("M. Muster")
    assert not form.is_ready
    form.on_paper.setChecked(True)
    assert form.is_ready
    assert not form.pad.isVisible()
    signature = form.signature(NOW)
    assert (signature.name, signature.strokes) == ("M. Muster", ())
    form.on_paper.setChecked(False)
    draw(form.pad, (20, 20), (80, 40))
    assert form.is_ready
    assert form.signature(NOW).strokes == form.pad.strokes
    form.empty()
    assert not form.is_begun
