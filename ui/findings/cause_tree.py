"""The whys of a finding as lines that are asked on, hung elsewhere, ordered and removed by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from qma_app.domain.cause import Cause
from qma_app.domain.cause_rules import CauseProblem, CauseTree
from qma_app.domain.edition import Edition
from qma_app.domain.ids import CauseId, FindingId
from qma_app.i18n import _
from ui.findings.cause_line import CauseLine
from ui.workbench import Workbench


class CauseTreeEdit(QWidget):
    """Every edit is stored at once; a line without words is not a cause yet and goes when it is left. `emptied` follows the last one."""

    emptied = Signal()
    rearranged = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.workbench = workbench
        self._finding_id = FindingId("")
        self._edition: Edition | None = None
        self._tree = CauseTree(())
        self._problems: tuple[CauseProblem, ...] = ()
        self.lines: list[CauseLine] = []
        self.draft: CauseLine | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)

    def show_causes(
        self,
        finding_id: FindingId,
        causes: Sequence[Cause],
        edition: Edition,
        problems: Sequence[CauseProblem],
    ) -> None:
        """Show the causes of a finding; the lines that stay keep the keyboard and what is typed."""
        if finding_id != self._finding_id:
            self.flush()
            self._drop_draft()
        self._finding_id, self._edition = finding_id, edition
        self._problems = tuple(problems)
        self._tree = CauseTree(causes)
        known = {line.id: line for line in self.lines}
        lines: list[CauseLine] = []
        for cause in self._tree.causes:
            line = known.pop(cause.id, None) or self._adopted(cause) or self._made()
            line.show_cause(cause, edition, is_leaf=not self._tree.children_of(cause.id))
            lines.append(line)
        for line in known.values():
            self._let_go(line)
        self.lines = lines
        self._arrange()

    def ask(self) -> None:
        """The first why of a finding."""
        self._begin(None)

    def flush(self) -> None:
        """Store what is typed."""
        for line in [*self.lines, *([self.draft] if self.draft else [])]:
            line.words.flush()

    def line_of(self, id: str) -> CauseLine | None:
        """The line of a cause."""
        return next((line for line in self.lines if line.id == id), None)

    def _made(self) -> CauseLine:
        line = CauseLine(self)
        line.changed.connect(self._changed)
        line.step.connect(self._stepped)
        line.words.left.connect(self.workbench.close_step)
        return line

    def _adopted(self, cause: Cause) -> CauseLine | None:
        """The line in which this cause was just typed."""
        draft = self.draft
        if draft is None or (draft.parent_id, draft.words.toPlainText()) != (cause.parent_id, cause.words):
            return None
        self.draft = None
        draft.words.set_text(cause.words)
        return draft

    def _begin(self, parent_id: str | None) -> None:
        """An empty line, last below a cause; it is stored with its first words."""
        if self._edition is None:
            return
        self._drop_draft()
        self.draft = self._made()
        self.draft.parent_id = parent_id
        self.draft.show_cause(None, self._edition, is_leaf=True)
        self._arrange()
        self.draft.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _arrange(self) -> None:
        """Put the lines in their order; a chain stands straight, branches stand in."""
        order = self._in_order()
        while self._column.count():
            self._column.takeAt(0)
        for line in order:
            self._column.addWidget(line)
            line.setVisible(True)
            level, indent = self._depth(line)
            line.show_level(level, indent)
            line.show_problems([one for one in self._problems if line.id and one.cause_id == line.id])
            line.words.can_go_deeper = self._sibling_before(line) is not None
            line.words.can_go_higher = line.parent_id is not None
        self.rearranged.emit()

    def _in_order(self) -> list[CauseLine]:
        lines = list(self.lines)
        draft = self.draft
        if draft is None:
            return lines
        place = len(lines)
        if draft.parent_id is not None:
            inside = {draft.parent_id}
            for number, line in enumerate(lines):
                if line.id in inside or line.parent_id in inside:
                    inside.add(line.id)
                    place = number + 1
        return [*lines[:place], draft, *lines[place:]]

    def _depth(self, line: CauseLine) -> tuple[int, int]:
        """The level of why, and how many of the forks above it stand in."""
        parent = self.line_of(line.parent_id) if line.parent_id else None
        level, indent = self._depth(parent) if parent is not None else (0, 0)
        return level + 1, indent + (len(self._siblings(line)) > 1)

    def _siblings(self, line: CauseLine) -> list[CauseLine]:
        return [one for one in self._in_order() if one.parent_id == line.parent_id]

    def _sibling_before(self, line: CauseLine) -> CauseLine | None:
        siblings = self._siblings(line)
        place = siblings.index(line)
        return siblings[place - 1] if place else None

    def _changed(self, field: str, value: object) -> None:
        line = self.sender()
        if not isinstance(line, CauseLine):
            return
        if line.cause is None:
            if str(value).strip():
                self._store(line)
            return
        if field == "words" and not str(value).strip():
            self._refuse_empty(line)
            return
        from qma_app.services.causes import change_cause

        key = f"cause {line.id} {field}"
        if self.workbench.do(change_cause, CauseId(line.id), merge_key=key, **{field: value}) is None:
            if field == "words":
                line.words.keep_unsaved()
            elif self._edition is not None:
                line.show_cause(
                    line.cause, self._edition, is_leaf=not self._tree.children_of(CauseId(line.id))
                )

    def _refuse_empty(self, line: CauseLine) -> None:
        """Empty words are not stored: they wait while somebody types, and go back to what they were when left."""
        if line.words.hasFocus():
            line.words.keep_unsaved()
        elif line.cause is not None:
            line.words.set_text(line.cause.words)
            self.workbench.told.emit(_("A cause needs words; those before stand again."))

    def _store(self, line: CauseLine) -> bool:
        from qma_app.services.causes import add_cause

        words = line.words.toPlainText()
        parent = CauseId(line.parent_id) if line.parent_id else None
        if self.workbench.do(add_cause, self._finding_id, words=words, parent_id=parent) is None:
            line.words.keep_unsaved()
            return False
        return True

    def _stepped(self, step: str) -> None:
        line = self.sender()
        if not isinstance(line, CauseLine):
            return
        if step in ("up", "down"):
            self._walk(line, 1 if step == "down" else -1)
            return
        if step != "remove":
            line.words.flush()
        match step:
            case "below" | "beside" if line.cause is not None:
                self._begin(line.id if step == "below" else line.parent_id)
            case "deeper" | "higher":
                self._hang(line, is_deeper=step == "deeper")
            case "before" | "behind" if line.cause is not None:
                self._order(line, -1 if step == "before" else 1)
            case "remove":
                self._remove(line)
            case "leave":
                self._leave(line)

    def _hang(self, line: CauseLine, *, is_deeper: bool) -> None:
        """Below the cause before it, or beside the one it hangs on."""
        target = self._sibling_before(line) if is_deeper else self.line_of(line.parent_id or "")
        if target is None or target.cause is None:
            return
        parent_id: str | None = target.id
        place: int | None = None
        if not is_deeper:
            parent_id, place = target.parent_id, self._siblings(target).index(target) + 1
        if line.cause is None:
            line.parent_id = parent_id
            self._arrange()
            return
        self._move(line, parent_id, place)

    def _order(self, line: CauseLine, step: int) -> None:
        siblings = [one for one in self._siblings(line) if one.cause is not None]
        place = siblings.index(line) + step
        if 0 <= place < len(siblings):
            self._move(line, line.parent_id, place)

    def _move(self, line: CauseLine, parent_id: str | None, place: int | None) -> None:
        from qma_app.services.causes import move_cause

        parent = CauseId(parent_id) if parent_id else None
        self.workbench.do(move_cause, CauseId(line.id), parent_id=parent, place=place)

    def _remove(self, line: CauseLine) -> None:
        if line.cause is not None:
            line.words.set_text(line.cause.words)
        if not self._walk(line, -1):
            self._walk(line, 1)
        if line.cause is None:
            self._drop_draft()
            self._arrange()
            return
        from qma_app.services.causes import remove_cause

        if self.workbench.do(remove_cause, CauseId(line.id)) is not None:
            self.workbench.deleted.emit(_("Cause removed."))

    def _walk(self, line: CauseLine, step: int) -> bool:
        """The keyboard goes to the line above or below; False where there is none."""
        order = self._in_order()
        place = order.index(line) + step
        if not 0 <= place < len(order):
            return False
        order[place].words.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _leave(self, line: CauseLine) -> None:
        """Out of a line that is not stored: to the one above, or out of the tree."""
        if not self._walk(line, -1):
            line.words.clearFocus()
            self._drop_draft()
            self._arrange()

    def _drop_draft(self) -> None:
        draft, self.draft = self.draft, None
        if draft is None:
            return
        draft.words.flush()
        self._let_go(draft)
        if not self.lines:
            self.emptied.emit()

    def _let_go(self, line: CauseLine) -> None:
        self._column.removeWidget(line)
        line.blockSignals(True)
        line.hide()
        line.deleteLater()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None:  # another program, or a menu
            return
        for line in self.lines:
            line.show_active(is_active=line.isAncestorOf(now))
        draft = self.draft
        if draft is not None and not draft.isAncestorOf(now) and not draft.words.toPlainText().strip():
            self._drop_draft()
            self._arrange()
