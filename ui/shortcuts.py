"""Keys: what each does on a sheet, and letters and digits that never fire while somebody types."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.key_names import keys_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


@dataclass(frozen=True, kw_only=True, slots=True)
class Shortcut:
    """One line of the shortcut sheet: `keys` as Qt writes them (`Ctrl+K`, `1`), what they do."""

    keys: str
    title: str

    @property
    def text(self) -> str:
        """The keys as this system names them (Cmd on macOS)."""
        return keys_text(self.keys)


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """Something that can be run from the palette; `run` is a bound method of the page or window."""

    title: str
    run: Callable[[], object]
    keys: str = ""
    icon: str = ""
    detail: str = ""


def is_typing(widget: QWidget | None = None) -> bool:
    """Whether the focus (or `widget`) takes letters as text: there no single letter may act."""
    widget = widget or QApplication.focusWidget()
    if widget is None:
        return False
    # Asked by name: each of these classes costs the start half a millisecond when it is imported.
    if widget.inherits("QComboBox"):
        return bool(widget.property("editable"))
    if any(widget.inherits(kind) for kind in ("QLineEdit", "QPlainTextEdit", "QTextEdit")):
        return not widget.property("readOnly")
    return widget.inherits("QAbstractSpinBox")


class LetterKey(QObject):
    """A single letter (or `Space`, `Backspace`, a digit) that acts within `owner`, but never while somebody types.

    `is_on` says whether single letters are wanted at all; leave it out for keys that are always on.
    """

    def __init__(
        self,
        keys: str,
        owner: QWidget,
        act: Callable[[], object],
        is_on: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(owner)
        from PySide6.QtGui import QKeySequence, QShortcut

        self._act = act
        self._is_on = is_on
        self._shortcut = QShortcut(QKeySequence(keys), owner)
        self._shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._shortcut.activated.connect(self._pressed)

    def let(self, *, is_free: bool) -> None:
        """Whether it acts at all; one that gives way leaves its letter to another owner of the same."""
        self._shortcut.setEnabled(is_free)

    def _pressed(self) -> None:
        if not is_typing() and (self._is_on is None or self._is_on()):
            self._act()


# The French number row gives these without Shift; used where the key's position is not known.
_FRENCH_ROW = {"&": 1, "é": 2, '"': 3, "'": 4, "(": 5, "-": 6, "è": 7, "_": 8, "ç": 9, "à": 0}
_MAC_ROW = {18: 1, 19: 2, 20: 3, 21: 4, 23: 5, 22: 6, 26: 7, 28: 8, 25: 9, 29: 0}


def digit_of(event: QKeyEvent) -> int | None:
    """The digit meant by a key press: what is printed, else the place in the number row (French keyboards)."""
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return None
    text = event.text()
    if len(text) == 1 and "0" <= text <= "9":
        return int(text)
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return None
    place = _row_place(event)
    # Where the key's position is known only the row counts: a minus or an apostrophe elsewhere is no digit.
    return place if place is not None or event.nativeScanCode() else _FRENCH_ROW.get(text)


def _row_place(event: QKeyEvent) -> int | None:
    if sys.platform == "darwin":
        return _MAC_ROW.get(event.nativeVirtualKey())
    first = 2 if sys.platform == "win32" else 10
    place = event.nativeScanCode() - first
    return (place + 1) % 10 if 0 <= place <= 9 else None
