"""Tools, the photo and the way to store what was drawn; a preview shows what leaves the app, made by what will make it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.evidence import Evidence, Mark, MarkKind
from qma_app.domain.ids import EvidenceId
from qma_app.domain.ports import Reader
from qma_app.errors import QmaError
from qma_app.i18n import _, ngettext
from ui.evidence_view.mark_canvas import MarkCanvas, Tool, mark_title
from ui.evidence_view.picture_view import PictureView, pixmap_of
from ui.jobs import Job, Progress
from ui.shortcuts import LetterKey, Shortcut
from ui.widgets.buttons import Button, IconButton
from ui.widgets.flow import FlowLayout
from ui.widgets.labels import PlainLabel, plain_tip
from ui.workbench import Workbench

if TYPE_CHECKING:
    from qma_app.services.workspace import Workspace

_LETTERS = {
    Tool.SELECT: "V",
    Tool.CROP: "C",
    Tool.BLUR: "B",
    Tool.ARROW: "A",
    Tool.BOX: "R",
    Tool.TEXT: "T",
    Tool.NUMBER: "N",
}


def mark_shortcuts() -> tuple[Shortcut, ...]:
    """The keys of the editor, for the sheet of shortcuts."""
    return (
        *(
            Shortcut(keys=letter, title=_("While marking: {tool}").format(tool=tool_title(tool)))
            for tool, letter in _LETTERS.items()
        ),
        Shortcut(keys="Return", title=_("While marking: a mark in the middle; its words")),
        Shortcut(keys="Tab", title=_("While marking: the next mark")),
        Shortcut(keys="Left", title=_("While marking: move the mark (Ctrl: finely; Shift: stretch it)")),
        Shortcut(keys="Del", title=_("While marking: remove the mark")),
        Shortcut(keys="P", title=_("While marking: what leaves the app")),
        Shortcut(keys="Ctrl+Return", title=_("Save the marks")),
    )


def tool_title(tool: Tool) -> str:
    """What a tool does, as its button says it."""
    return _("Choose") if tool is Tool.SELECT else mark_title(MarkKind(tool.value))


class MarkEditor(QWidget):
    """`finished` when the user is done, after the marks are stored or dropped."""

    finished = Signal()

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workbench = workbench
        self._evidence: Evidence | None = None
        self._workspace: Workspace | None = None
        self._job: Job | None = None
        self.canvas = MarkCanvas()
        self.preview = PictureView(_("What leaves the app"))
        self.middle = QStackedWidget()
        self.middle.addWidget(self.canvas)
        self.middle.addWidget(self.preview)
        self.tools: dict[Tool, Button] = {}
        self.words = QLineEdit()
        self.words.setAccessibleName(_("Words of the mark"))
        self.words.setPlaceholderText(_("Words"))
        self.undo_button = IconButton("undo-2", _("Take the last mark back"), keys="Ctrl+Z")
        self.redo_button = IconButton("redo-2", _("Draw it again"), keys="Ctrl+Shift+Z")
        self.remove_button = IconButton("trash-2", _("Remove the mark"), keys="Del")
        self.preview_button = Button(_("What leaves the app"), keys="P", icon_name="eye")
        self.preview_button.setCheckable(True)
        self.drop_button = Button(_("Drop changes"), kind="quiet")
        self.save_button = Button(_("Save marks"), kind="primary")
        self.state = PlainLabel("", role="small", tone="muted", wrap=True)
        self._build()
        self._connect()
        self._show_state()

    def _build(self) -> None:
        bar = QWidget()
        row = FlowLayout(bar, spacing=4)
        for tool in Tool:
            button = Button(tool_title(tool), keys=_LETTERS[tool])
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setProperty("tool", tool.value)
            button.setToolTip(plain_tip(_TOOL_TIPS[tool]()))
            button.clicked.connect(self._tool_pressed)
            row.addWidget(button)
            self.tools[tool] = button
        self.tools[Tool.SELECT].setChecked(True)
        self.words.setFixedWidth(180)
        for widget in (self.words, self.undo_button, self.redo_button, self.remove_button):
            row.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.preview_button)
        foot.addWidget(self.drop_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(bar)
        column.addWidget(self.middle, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        canvas = self.canvas
        canvas.changed.connect(self._show_state)
        canvas.selected.connect(self._show_state)
        canvas.tool_done.connect(self._tool_done)
        canvas.words_wanted.connect(self._begin_words)
        self.words.textEdited.connect(canvas.say)
        self.words.returnPressed.connect(self._words_done)
        self.undo_button.clicked.connect(canvas.undo)
        self.redo_button.clicked.connect(canvas.redo)
        self.remove_button.clicked.connect(canvas.remove)
        self.preview_button.toggled.connect(self._show_preview)
        self.drop_button.clicked.connect(self.drop)
        self.save_button.clicked.connect(self.save)
        settings = self._workbench.settings
        for tool, letter in _LETTERS.items():
            LetterKey(letter, self, partial(self.use, tool), is_on=lambda: settings.single_letters)
        LetterKey("P", self, self.preview_button.toggle, is_on=lambda: settings.single_letters)
        for keys, act in (
            ("Ctrl+Z", canvas.undo),
            ("Ctrl+Shift+Z", canvas.redo),
            ("Ctrl+Return", self.save),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)

    @property
    def is_changed(self) -> bool:
        """Whether something is drawn that is not stored."""
        return self.canvas.history.is_changed

    def show_photo(self, evidence: Evidence, stored: bytes) -> bool:
        """Draw on this photo; False where it cannot be shown."""
        picture = QImage.fromData(stored)
        if picture.isNull():
            return False
        self._evidence, self._workspace = evidence, self._workbench.workspace
        self.preview_button.setChecked(False)
        self.canvas.show_photo(picture, evidence.marks)
        self.use(Tool.SELECT)
        self._show_state()
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def use(self, tool: Tool) -> None:
        """Draw with this tool from now on."""
        self.preview_button.setChecked(False)
        self.tools[tool].setChecked(True)
        self.canvas.use(tool)
        self._show_state()

    def store(self) -> bool:
        """Store what is drawn, if anything is new; False when it was refused, and then it is still there."""
        from qma_app.services.evidence_marks import mark_photo

        bench = self._workbench
        if self._evidence is None or not self.is_changed:
            return True
        if not bench.has_workspace or bench.workspace is not self._workspace:
            return True  # the photo belongs to a workspace that is open no more
        marks = self.canvas.marks
        if bench.do(mark_photo, self._evidence.id, marks) is None:
            return False
        self.canvas.history.stored = marks
        return True

    def save(self) -> None:
        """Store the marks and be done."""
        if self.store():
            self.finished.emit()

    def drop(self) -> None:
        """Be done without what was drawn since the marks were stored."""
        self.canvas.history.change(self.canvas.history.stored)
        self.finished.emit()

    def _tool_pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, Button):
            self.use(Tool(str(sender.property("tool"))))
            self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tool_done(self) -> None:
        """Numbers come in rows; what else is drawn is then mostly put right."""
        mark = self.canvas.current
        if mark is None or mark.kind is not MarkKind.NUMBER:
            self.use(Tool.SELECT)

    def _begin_words(self) -> None:
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()

    def _words_done(self) -> None:
        self.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self) -> None:
        mark = self.canvas.current
        has_words = mark is not None and mark.kind in (MarkKind.TEXT, MarkKind.NUMBER)
        self.words.setEnabled(has_words)
        self.words.setMaxLength(3 if mark is not None and mark.kind is MarkKind.NUMBER else 200)
        if not self.words.hasFocus() or not has_words:
            self.words.setText(mark.words if mark is not None and has_words else "")
        self.remove_button.setEnabled(mark is not None)
        self.undo_button.setEnabled(self.canvas.history.can_undo)
        self.redo_button.setEnabled(self.canvas.history.can_redo)
        self.save_button.setEnabled(self.is_changed)
        self.drop_button.say(_("Drop changes") if self.is_changed else _("Back"))
        self.state.setText(self._state_words(mark))

    def _state_words(self, mark: Mark | None) -> str:
        if mark is not None:
            return _("{mark} chosen: arrows move it, Shift and arrows stretch it, Del removes it.").format(
                mark=mark_title(mark.kind)
            )
        if self.canvas.tool is not Tool.SELECT:
            return _TOOL_TIPS[self.canvas.tool]()
        count = len(self.canvas.marks)
        if not count:
            return _("The stored picture is never changed: marks are burnt into what leaves the app.")
        return ngettext("{count} mark", "{count} marks", count).format(count=count)

    def _show_preview(self, is_on: bool) -> None:
        self.middle.setCurrentWidget(self.preview if is_on else self.canvas)
        if not is_on or self._evidence is None:
            return
        self.preview.clear(_("Making what leaves the app…"))
        if self._job is not None:
            self._job.cancel()
        self._job = self._workbench.jobs.run(
            _("Making what leaves the app"),
            partial(_marked, self._workbench, self._evidence, self.canvas.marks),
            self._preview_made,
            self._preview_failed,
        )

    def _preview_made(self, made: tuple[EvidenceId, tuple[Mark, ...], bytes]) -> None:
        id, marks, content = made
        self._job = None
        if self._evidence is not None and id == self._evidence.id and marks == self.canvas.marks:
            self.preview.show_picture(pixmap_of(content))

    def _preview_failed(self, error: QmaError) -> None:
        self._job = None
        self.preview.clear(str(error))


def _marked(
    workbench: Workbench, evidence: Evidence, marks: tuple[Mark, ...], progress: Progress
) -> tuple[EvidenceId, tuple[Mark, ...], bytes]:
    progress(0)
    return evidence.id, marks, workbench.read(_picture, evidence, marks)


def _picture(reader: Reader, evidence: Evidence, marks: tuple[Mark, ...]) -> bytes:
    from qma_app.services.evidence_marks import marked_picture

    return marked_picture(reader, evidence, marks)


def _choose_tip() -> str:
    return _("Choose a mark to move, stretch or remove it.")


def _crop_tip() -> str:
    return _("Draw what stays of the picture; the rest does not leave the app.")


def _blur_tip() -> str:
    return _("Draw over faces and plates: nothing of them leaves the app.")


def _arrow_tip() -> str:
    return _("Draw from the tail to the tip.")


def _box_tip() -> str:
    return _("Draw around what matters.")


def _text_tip() -> str:
    return _("Click where the text begins, then write it.")


def _number_tip() -> str:
    return _("Click where the next number stands.")


_TOOL_TIPS = {
    Tool.SELECT: _choose_tip,
    Tool.CROP: _crop_tip,
    Tool.BLUR: _blur_tip,
    Tool.ARROW: _arrow_tip,
    Tool.BOX: _box_tip,
    Tool.TEXT: _text_tip,
    Tool.NUMBER: _number_tip,
}
