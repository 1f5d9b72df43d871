"""The words of one cause: a text whose keys also work on the tree of whys it stands in."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from qma_app.i18n import _
from ui.findings.growing_note import GrowingNote

_KEY = Qt.Key
_PLAIN, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_WALKING: Final = (_KEY.Key_Tab, _KEY.Key_Backtab, _KEY.Key_Shift)
_STEPS: Final = {
    (_KEY.Key_Return, _PLAIN): "below",
    (_KEY.Key_Enter, _PLAIN): "below",
    (_KEY.Key_Return, _CTRL): "beside",
    (_KEY.Key_Enter, _CTRL): "beside",
    (_KEY.Key_Tab, _PLAIN): "deeper",
    (_KEY.Key_Backtab, _SHIFT): "higher",
    (_KEY.Key_Backtab, _PLAIN): "higher",
    (_KEY.Key_Up, _ALT): "before",
    (_KEY.Key_Down, _ALT): "behind",
    (_KEY.Key_Delete, _CTRL): "remove",
    (_KEY.Key_F2, _PLAIN): "category",
    (_KEY.Key_F3, _PLAIN): "origin",
    (_KEY.Key_F4, _PLAIN): "tick",
    (_KEY.Key_Escape, _PLAIN): "leave",
}


def key_lines() -> tuple[tuple[str, str], ...]:
    """The keys of a line and what they do."""
    return (
        ("Return", _("ask why below")),
        ("Ctrl+Return", _("another cause beside")),
        ("Tab, Shift+Tab", _("deeper, higher")),
        ("Alt+Up, Alt+Down", _("earlier, later")),
        ("Ctrl+Del", _("remove")),
        ("F2, F3, F4", _("category, origin, the owner can change this")),
        ("Esc", _("leave the words")),
    )


class CauseWords(GrowingNote):
    """`step` carries what a key asks of the tree; what the tree cannot do with Tab is left to Qt: the field is left.

    Who only comes by with Tab goes on with Tab: nobody changes a tree by walking through the panel.
    """

    step = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent, placeholder=_("Why?"), least=1, is_quiet=True)
        self.setProperty("dense", True)
        self.can_go_deeper = self.can_go_higher = False
        self._is_passing = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_passing = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._is_passing = False

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress and event.key() not in _WALKING:
                self._is_passing = False
            step = self._step_of(event)
            if step and event.type() is QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if step and event.type() is QEvent.Type.KeyPress:
                self.step.emit(step)
                event.accept()
                return True
        return super().event(event)

    def _step_of(self, event: QKeyEvent) -> str:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = _STEPS.get((Qt.Key(event.key()), held), "")
        if step == "deeper":
            return step if self.can_go_deeper and not self._is_passing else ""
        if step == "higher":
            return step if self.can_go_higher and not self._is_passing else ""
        if step or held != _PLAIN:
            return step
        if event.key() in (_KEY.Key_Delete, _KEY.Key_Backspace) and not self.toPlainText():
            return "remove"
        if event.key() == _KEY.Key_Up and not self._can_move(QTextCursor.MoveOperation.Up):
            return "up"
        if event.key() == _KEY.Key_Down and not self._can_move(QTextCursor.MoveOperation.Down):
            return "down"
        return ""

    def _can_move(self, how: QTextCursor.MoveOperation) -> bool:
        return self.textCursor().movePosition(how)
