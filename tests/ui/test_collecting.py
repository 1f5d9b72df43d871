"""Garbage is collected by the window's thread and no other."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from ui.collecting import Collector


class Ring:
    """Holds itself, so that only a collection frees it."""

    alive = 0

    def __init__(self) -> None:
        Ring.alive += 1
        self.me = self

    def __del__(self) -> None:
        Ring.alive -= 1


def test_the_collector_takes_over(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.collecting._EACH_SECONDS", 0.01)
    owner = QObject()
    collector = Collector(owner)
    try:
        assert not gc.isenabled()
        Ring()
        assert Ring.alive == 1
        qtbot.waitUntil(lambda: Ring.alive == 0)
    finally:
        collector.stop()
    assert gc.isenabled()
