"""Lines to tick, one below the other: arrows walk them, and each key says what it wants of the line it is on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from ui.key_names import keys_text
from ui.settings import Settings
from ui.today.tick_row import TickLine, TickRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Something that can be done with a line: its name, its words in the menu, the key that does it as Qt names it."""

    name: str
    words: str
    key: Qt.Key
    keys: str
    alt: bool = False

    @property
    def is_letter(self) -> bool:
        """Whether its key is a single letter, which can be switched off."""
        return not self.alt and Qt.Key.Key_A <= self.key <= Qt.Key.Key_Z


class TickList(QWidget):
    """`opened` and `ticked` carry the key of a line, `wanted` the name of an act and the key of its line.

    The keyboard stays on the line it is on; where that goes away, on the one that takes its place.
    """

    opened = Signal(str)
    ticked = Signal(str)
    wanted = Signal(str, str)

    def __init__(
        self,
        name: str,
        acts: Sequence[Act] = (),
        parent: QWidget | None = None,
        *,
        settings: Settings | None = None,
        open_words: str = "",
        tick_words: str = "",
        untick_words: str = "",
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._acts = tuple(acts)
        self._open_words, self._tick_words, self._untick_words = open_words, tick_words, untick_words
        self._rows: list[TickRow] = []
        self._allowed: Mapping[str, frozenset[str]] | None = None
        self.menu: QMenu | None = None
        self.is_read_only = False
        self._asked = ""
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def rows(self) -> tuple[TickRow, ...]:
        return tuple(self._rows)

    @property
    def current(self) -> TickRow | None:
        """The row the keyboard is on."""
        return next((row for row in self._rows if row.hasFocus()), None)

    def show_lines(
        self, lines: Sequence[TickLine], *, allowed: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        """Show these; `allowed` names for each key the acts that make sense, all of them where it is left out."""
        self._allowed = allowed
        focused = self.current
        place = self._rows.index(focused) if focused is not None else -1
        key = focused.line.key if focused is not None else ""
        for row, line in zip(self._rows, lines, strict=False):
            if row.line != line:
                row.show_line(line)
        for line in lines[len(self._rows) :]:
            self._add(line)
        for row in self._rows[len(lines) :]:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        del self._rows[len(lines) :]
        if focused is not None and self._rows:
            again = next((row for row in self._rows if row.line.key == key), None)
            (again or self._rows[min(place, len(self._rows) - 1)]).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus(self, key: str = "") -> bool:
        """Put the keyboard on the line of that key, else on the first; False where there is none."""
        row = next((one for one in self._rows if one.line.key == key), self._rows[0] if self._rows else None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        return row is not None

    def place_of(self, key: str) -> int:
        """How many lines stand above the one of that key; 0 where there is no such line."""
        return next((place for place, row in enumerate(self._rows) if row.line.key == key), 0)

    def focus_place(self, place: int) -> None:
        """Put the keyboard on the line at that place, or on the last one."""
        if self._rows:
            self._rows[min(place, len(self._rows) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current
        if row is None:
            event.ignore()
            return
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        others = event.modifiers() & ~(Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier)
        if others:
            event.ignore()
            return
        for act in self._acts_of(row):
            if event.key() == act.key and is_alt == act.alt and self._is_on(act):
                self.wanted.emit(act.name, row.line.key)
                return
        if not is_alt and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(row, 1 if event.key() == Qt.Key.Key_Down else -1, event)
        elif not is_alt and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._rows[0 if event.key() == Qt.Key.Key_Home else -1].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            event.ignore()

    def _is_on(self, act: Act) -> bool:
        return not act.is_letter or self._settings is None or self._settings.single_letters

    def _step(self, row: TickRow, by: int, event: QKeyEvent) -> None:
        place = self._rows.index(row) + by
        if 0 <= place < len(self._rows):
            self._rows[place].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            event.ignore()

    def _acts_of(self, row: TickRow) -> tuple[Act, ...]:
        if self.is_read_only:
            return ()
        if self._allowed is None:
            return self._acts
        names = self._allowed.get(row.line.key, frozenset())
        return tuple(act for act in self._acts if act.name in names)

    def _add(self, line: TickLine) -> None:
        row = TickRow(line, self)
        row.opened.connect(self._opened)
        row.ticked.connect(self._ticked)
        row.more_wanted.connect(self._show_menu)
        self._rows.append(row)
        self._column.addWidget(row)
        row.setVisible(True)

    def _opened(self) -> None:
        row = self.sender()
        if isinstance(row, TickRow):
            self.opened.emit(row.line.key)

    def _ticked(self) -> None:
        row = self.sender()
        if isinstance(row, TickRow) and not self.is_read_only:
            self.ticked.emit(row.line.key)

    def _show_menu(self, at: QPoint) -> None:
        row = self.sender()
        if not isinstance(row, TickRow):
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu, self._asked = menu, row.line.key
        if self._open_words:
            self._offer(menu, self._open_words, "Return", "")
        if row.line.can_tick and self._tick_words and not self.is_read_only:
            words = self._untick_words if row.line.is_done and self._untick_words else self._tick_words
            self._offer(menu, words, "Space", " ")
        for act in self._acts_of(row):
            self._offer(menu, act.words, act.keys, act.name)
        menu.triggered.connect(self._chosen)
        if menu.actions():
            menu.popup(at)

    def _offer(self, menu: QMenu, words: str, keys: str, name: str) -> None:
        menu.addAction(f"{words}\t{keys_text(keys)}").setData(name)

    def _chosen(self, action: object) -> None:
        name = str(action.data())  # type: ignore[attr-defined]  # the signal of a menu carries a QAction
        if name == " ":
            self.ticked.emit(self._asked)
        elif name:
            self.wanted.emit(name, self._asked)
        else:
            self.opened.emit(self._asked)
