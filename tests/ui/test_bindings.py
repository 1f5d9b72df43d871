"""The Qt bindings this release is locked to keep count of None; a later one does not, and kills the process after some hours."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_that_give_nothing_back_do_not_use_up_none(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(2_000):
        label.setText(str(number))
        label.setEnabled(True)
        label.update()
    assert abs(sys.getrefcount(None) - before) < 500
