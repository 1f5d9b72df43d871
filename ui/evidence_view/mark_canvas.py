"""The photo with its marks, to draw on: by mouse anywhere up to the edges, or by keys alone."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qma_app.domain.evidence import Mark, MarkKind
from qma_app.i18n import _
from ui.evidence_view import mark_shapes as shapes
from ui.evidence_view.mark_history import MarkHistory
from ui.evidence_view.mark_shapes import Handle
from ui.evidence_view.marked_photo import MarkedPhoto

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Tool(StrEnum):
    """What the pointer does on the photo."""

    SELECT = "select"
    CROP = "crop"
    BLUR = "blur"
    ARROW = "arrow"
    BOX = "box"
    TEXT = "text"
    NUMBER = "number"


def kind_of(tool: Tool) -> MarkKind | None:
    """The kind of mark a tool draws."""
    return None if tool is Tool.SELECT else MarkKind(tool.value)


def mark_title(kind: MarkKind) -> str:
    """What a mark is called."""
    return {
        MarkKind.CROP: _("Crop"),
        MarkKind.BLUR: _("Blur"),
        MarkKind.ARROW: _("Arrow"),
        MarkKind.BOX: _("Box"),
        MarkKind.TEXT: _("Text"),
        MarkKind.NUMBER: _("Number"),
    }[kind]


class MarkCanvas(MarkedPhoto):
    """A mark is drawn with the tool chosen, and without one held and moved.

    Tab walks through the marks, arrows move the chosen one (Ctrl: finely), with Shift they stretch it, Delete removes it;
    Enter puts a mark of the chosen tool into the middle.
    """

    changed = Signal()  # the marks
    selected = Signal()  # another mark, or none, is chosen
    words_wanted = Signal()  # the words of the chosen mark are to be typed
    tool_done = Signal()  # what the tool draws is drawn: back to choosing

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = Tool.SELECT
        self._held: tuple[Mark, Handle | None, QPointF] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Photo with its marks"))

    def show_photo(self, picture: QImage, marks: tuple[Mark, ...]) -> None:
        """Draw on another photo, or on the same one as it is stored now."""
        self._picture = picture
        self.history = MarkHistory(marks)
        self._let_go()
        self.choose(-1)

    def use(self, tool: Tool) -> None:
        """Draw with another tool."""
        self.tool = tool
        self._let_go()
        self.setCursor(Qt.CursorShape.ArrowCursor if tool is Tool.SELECT else Qt.CursorShape.CrossCursor)

    def choose(self, place: int) -> None:
        """Choose a mark by its place; -1 for none."""
        self.chosen = place if 0 <= place < len(self.marks) else -1
        self._describe()
        self.selected.emit()
        self.update()

    def insert(self) -> None:
        """A mark of the chosen tool in the middle, for the keyboard."""
        kind = kind_of(self.tool)
        if kind is not None and not self._picture.isNull():
            self._add(shapes.in_the_middle(kind, self._first_words(kind)))

    def remove(self) -> None:
        """Take the chosen mark away."""
        if self.current is not None:
            self._change([mark for place, mark in enumerate(self.marks) if place != self.chosen])
            self.choose(min(self.chosen, len(self.marks) - 1))

    def say(self, words: str) -> None:
        """Other words for the chosen text or number; none at all are not taken."""
        mark = self.current
        if mark is not None and words.strip():
            self._put(replace(mark, words=words), merge_key=f"words {self.chosen}")

    def undo(self) -> None:
        """One step back."""
        self.history.undo()
        self._travelled()

    def redo(self) -> None:
        """One step forth again."""
        self.history.redo()
        self._travelled()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _ARROWS.get(Qt.Key(event.key()))
        mark = self.current
        if step is not None and mark is not None:
            self._step(mark, step, event.modifiers())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and mark is not None:
            self.remove()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if kind_of(self.tool) is not None:
                self.insert()
            elif mark is not None and mark.kind in (MarkKind.TEXT, MarkKind.NUMBER):
                self.words_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape and (self._drawing or self._held):
            self._let_go()
        elif event.key() == Qt.Key.Key_Escape and mark is not None:
            self.choose(-1)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002  Qt's own name
        """Tab walks through the marks before it leaves."""
        place = self.chosen + (1 if next else -1)
        if self.hasFocus() and 0 <= place < len(self.marks):
            self.choose(place)
            return True
        if self.hasFocus() and not next and self.chosen < 0:
            return super().focusNextPrevChild(next)
        self.choose(-1)
        return super().focusNextPrevChild(next)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.BacktabFocusReason and self.marks:
            self.choose(len(self.marks) - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._picture.isNull():
            return
        at = event.position()
        kind = kind_of(self.tool)
        if kind is not None:
            self._drawing = shapes.begun(kind, *self.pen().units(at), self._first_words(kind))
        else:
            handle = self._handle_under(at)
            if handle is None:
                self.choose(self._mark_under(at))
            mark = self.current
            self._held = (mark, handle, at) if mark is not None else None
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._drawing is not None:
            self._drawing = shapes.drawn(self._drawing, *self.pen().units(at))
            self.update()
        elif self._held is not None:
            self._moving = self._dragged(*self._held, at)
            self.update()
        elif self.tool is Tool.SELECT:
            self._show_cursor(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drawing, moving = self._drawing, self._moving
        self._let_go()
        if drawing is not None:
            mark = shapes.settled(drawing)
            if mark is not None:
                self._add(mark)
        elif moving is not None:
            self._put(moving)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        mark = self.current
        if self.tool is Tool.SELECT and mark is not None and mark.kind in (MarkKind.TEXT, MarkKind.NUMBER):
            self.words_wanted.emit()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.tool is Tool.SELECT:
            self.unsetCursor()

    def _dragged(self, mark: Mark, handle: Handle | None, start: QPointF, at: QPointF) -> Mark:
        pen = self.pen()
        to, origin = pen.units(at), pen.units(start)
        if handle is None:
            return shapes.moved(mark, to[0] - origin[0], to[1] - origin[1])
        return shapes.stretched(mark, handle, *to)

    def _step(self, mark: Mark, step: tuple[int, int], modifiers: Qt.KeyboardModifier) -> None:
        size = shapes.FINE_STEP if modifiers & Qt.KeyboardModifier.ControlModifier else shapes.STEP
        by = (step[0] * size, step[1] * size)
        is_stretching = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        changed = shapes.grown(mark, *by) if is_stretching else shapes.moved(mark, *by)
        self._put(changed, merge_key=f"step {self.chosen} {is_stretching}")

    def _add(self, mark: Mark) -> None:
        self._change(shapes.with_mark(self.marks, mark))
        self.choose(len(self.marks) - 1)
        self.tool_done.emit()
        if mark.kind is MarkKind.TEXT:
            self.words_wanted.emit()

    def _put(self, mark: Mark, merge_key: str = "") -> None:
        place = self.chosen
        self._change([mark if at == place else one for at, one in enumerate(self.marks)], merge_key)
        self._describe()

    def _change(self, marks: list[Mark] | tuple[Mark, ...], merge_key: str = "") -> None:
        self.history.change(marks, merge_key)
        self.changed.emit()
        self.update()

    def _travelled(self) -> None:
        self._let_go()
        self.changed.emit()
        self.choose(self.chosen if self.chosen < len(self.marks) else -1)

    def _let_go(self) -> None:
        self._drawing = self._held = self._moving = None
        self.update()

    def _first_words(self, kind: MarkKind) -> str:
        if kind is MarkKind.NUMBER:
            return shapes.next_number(self.marks)
        return _("Text") if kind is MarkKind.TEXT else ""

    def _show_cursor(self, at: QPointF) -> None:
        if self._handle_under(at) is not None:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        elif self._mark_under(at) >= 0:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.unsetCursor()

    def _describe(self) -> None:
        """What a screen reader says of the chosen mark."""
        mark = self.current
        if mark is None:
            self.setAccessibleDescription("")
            return
        words = f" {mark.words}" if mark.words else ""
        self.setAccessibleDescription(
            _("{mark}, {place} of {count}").format(
                mark=f"{mark_title(mark.kind)}{words}", place=self.chosen + 1, count=len(self.marks)
            )
        )
