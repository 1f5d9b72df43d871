"""A window of its own that shows one photo or document large, with its caption and its four dates, and where photos are marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.evidence import Evidence, EvidenceKind
from qma_app.domain.evidence_use import why_not_shown
from qma_app.errors import QmaError
from qma_app.i18n import _, day_text, instant_text
from ui import theme
from ui.evidence_view.picture_view import ZOOM, PictureView, pixmap_of
from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import LineEdit

if TYPE_CHECKING:
    from ui.evidence_view.mark_editor import MarkEditor
    from ui.workbench import Workbench

LoadBytes = Callable[[Evidence], bytes | None]


class EvidenceViewer(QWidget):
    """Left and right go through the evidence of one place, plus and minus zoom, M marks the photo, Esc closes.

    `load` gives the stored picture. Without a workbench nothing can be marked and no copy leaves. A marked photo is shown as it
    leaves the app; O shows it without its marks.
    """

    caption_settled = Signal(object, str)  # EvidenceId, caption
    removal_wanted = Signal(object)  # Evidence
    failed = Signal(object)  # QmaError
    closed = Signal()

    def __init__(
        self, load: LoadBytes, parent: QWidget | None = None, *, workbench: Workbench | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._load = load
        self._workbench = workbench
        self._items: list[Evidence] = []
        self._place = 0
        self._is_read_only = False
        self.editor: MarkEditor | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = PlainLabel("", role="strong", elide=True)
        self.count = PlainLabel("", role="small", tone="muted")
        self.picture = PictureView()
        self.missing = PlainLabel("", tone="muted", wrap=True)
        self.missing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.middle = QStackedWidget()
        self.withheld = PlainLabel("", role="small", tone="bad", wrap=True)
        self.caption = LineEdit(_("Caption"), placeholder=_("Caption"))
        self.dates = PlainLabel("", role="small", tone="muted", wrap=True, selectable=True)
        self.previous = IconButton("arrow-left", _("Previous"), keys="Left")
        self.next = IconButton("arrow-right", _("Next"), keys="Right")
        self.original = Button(_("Without marks"), keys="O")
        self.original.setCheckable(True)
        self.mark = Button(_("Mark"), keys="M", icon_name="pencil")
        self.save = Button(_("Save a copy…"))
        self.remove = Button(_("Remove"), kind="danger")
        self._build()
        self.caption.settled.connect(self._captioned)
        self.previous.clicked.connect(self._back)
        self.next.clicked.connect(self._forward)
        self.original.toggled.connect(self._show_picture)
        self.mark.clicked.connect(self.begin_marks)
        self.save.clicked.connect(self.save_copy)
        self.remove.clicked.connect(self._remove)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self).activated.connect(self._escaped)

    def _build(self) -> None:
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self.previous)
        head.addWidget(self.next)
        head.addSpacing(8)
        head.addWidget(self.name, 1)
        head.addWidget(self.original)
        head.addWidget(self.mark)
        head.addWidget(self.count)
        self.foot = QWidget()
        self.foot.setLayout(foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(8)
        foot.addWidget(self.caption, 1)
        foot.addWidget(self.save)
        foot.addWidget(self.remove)
        self.middle.addWidget(self.picture)
        self.middle.addWidget(self.missing)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.middle, 1)
        column.addWidget(self.withheld)
        column.addWidget(self.foot)
        column.addWidget(self.dates)
        self.resize(theme.px(1060), theme.px(760))
        self.setMinimumSize(480, 360)

    def show_evidence(
        self, items: Sequence[Evidence], current: Evidence | None, *, is_read_only: bool
    ) -> None:
        """Show the evidence of a place, beginning with one of it; closes itself where nothing is left."""
        shown = self.current
        wanted = current.id if current is not None else shown.id if shown is not None else None
        if self.is_marking and (shown is None or wanted != shown.id):
            self._end_marks()
        self._is_read_only = is_read_only
        self._items = list(items)
        if not self._items:
            self._leave_marks()
            self.close()
            return
        places = [place for place, item in enumerate(self._items) if item.id == wanted]
        if not places:
            self._leave_marks()
        self._place = places[0] if places else min(self._place, len(self._items) - 1)
        self.remove.setVisible(not is_read_only)
        self.caption.setReadOnly(is_read_only)
        self._show()

    @property
    def current(self) -> Evidence | None:
        """What is shown now."""
        return self._items[self._place] if self._items else None

    @property
    def is_marking(self) -> bool:
        """Whether the photo is being marked."""
        return self.editor is not None and self.middle.currentWidget() is self.editor

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Left: self._back,
            Qt.Key.Key_Right: self._forward,
            Qt.Key.Key_Plus: self._larger,
            Qt.Key.Key_Minus: self._smaller,
            Qt.Key.Key_0: self.picture.fit,
            Qt.Key.Key_M: self.begin_marks,
            Qt.Key.Key_O: self._toggle_original,
        }
        act = acts.get(event.key())
        if act is None or self.is_marking or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            act()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.caption.flush()
        if self.is_marking and not self._end_marks():
            event.ignore()  # refused: what was drawn stays where it can be seen
            return
        super().closeEvent(event)
        self.closed.emit()

    def begin_marks(self) -> None:
        """M: draw on the photo."""
        item = self.current
        if item is None or self._workbench is None or not self._can_be_marked(item):
            return
        content = self._load(item)
        if content is None:
            return
        if self.editor is None:
            from ui.evidence_view.mark_editor import MarkEditor

            self.editor = MarkEditor(self._workbench)
            self.editor.finished.connect(self._marks_done)
            self.middle.addWidget(self.editor)
        self.caption.flush()
        if self.editor.show_photo(item, content):
            self.middle.setCurrentWidget(self.editor)
            self._show_parts(item)
            self.editor.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_copy(self) -> None:
        """Write what may leave the app of the shown file where the user says; nothing half-written is left behind."""
        from ui.evidence_view.saving import save_copy

        if self._workbench is not None and self.current is not None:
            save_copy(self, self._workbench, self.current, self.failed.emit)

    def _show(self) -> None:
        item = self._items[self._place]
        self.setWindowTitle(item.caption or item.name)
        self.name.setText(item.name)
        self.count.setText(_("{place} of {count}").format(place=self._place + 1, count=len(self._items)))
        if not self.caption.is_pending:
            self.caption.set_text(item.caption)
        self.dates.setText(_facts(item))
        self.withheld.setText(why_not_shown(item))
        if not self.is_marking:
            self._show_picture()
        self._show_parts(item)

    def _show_parts(self, item: Evidence) -> None:
        is_marking = self.is_marking
        self.previous.setEnabled(self._place > 0)
        self.next.setEnabled(self._place + 1 < len(self._items))
        self.original.setVisible(bool(item.marks) and not is_marking)
        self.mark.setVisible(self._can_be_marked(item) and not is_marking)
        self.save.setVisible(self._workbench is not None)
        self.foot.setVisible(not is_marking)
        self.withheld.setVisible(bool(self.withheld.text()) and not is_marking)
        self.dates.setVisible(not is_marking)

    def _show_picture(self) -> None:
        item = self.current
        if item is None:
            return
        picture = pixmap_of(self._bytes_shown(item)) if item.kind is EvidenceKind.PHOTO else QPixmap()
        if not picture.isNull():
            self.picture.show_picture(picture)
            self.middle.setCurrentWidget(self.picture)
            return
        self.missing.setText(
            _("A document. Save a copy to open it.")
            if item.kind is EvidenceKind.DOCUMENT
            else _("This picture cannot be shown: its file {hash} is missing or changed.").format(
                hash=item.digest
            )
        )
        self.middle.setCurrentWidget(self.missing)

    def _bytes_shown(self, item: Evidence) -> bytes | None:
        if not item.marks or self._workbench is None or self.original.isChecked():
            return self._load(item)
        from ui.checklists.reading import picture_bytes

        try:
            return self._workbench.read(picture_bytes, item.shared_digest or item.digest)
        except QmaError as error:
            self.failed.emit(error)
            return None

    def _can_be_marked(self, item: Evidence) -> bool:
        return self._workbench is not None and not self._is_read_only and item.kind is EvidenceKind.PHOTO

    def _marks_done(self) -> None:
        self._leave_marks()
        self._show()
        self.setFocus()

    def _end_marks(self) -> bool:
        """Store what is drawn and show the photo again; False when it was refused."""
        if self.editor is None or not self.editor.store():
            return False
        self._leave_marks()
        return True

    def _leave_marks(self) -> None:
        if self.is_marking:
            self.middle.setCurrentWidget(self.picture)

    def _escaped(self) -> None:
        """Esc lets go of a mark, then leaves the marks, then closes."""
        editor = self.editor
        if not self.is_marking or editor is None:
            self.close()
        elif editor.canvas.current is not None:
            editor.canvas.choose(-1)
            editor.canvas.setFocus()
        elif self._end_marks():
            self._show()
            self.setFocus()

    def _captioned(self, text: str) -> None:
        if self.current is not None:
            self.caption_settled.emit(self.current.id, text.strip())

    def _remove(self) -> None:
        if self.current is not None:
            self.removal_wanted.emit(self.current)

    def _back(self) -> None:
        self._go(-1)

    def _forward(self) -> None:
        self._go(1)

    def _go(self, by: int) -> None:
        if 0 <= self._place + by < len(self._items):
            self.caption.flush()
            if self.is_marking and not self._end_marks():
                return
            self._place += by
            self.caption.set_text(self._items[self._place].caption)
            self._show()

    def _larger(self) -> None:
        self.picture.zoom(ZOOM)

    def _smaller(self) -> None:
        self.picture.zoom(1 / ZOOM)

    def _toggle_original(self) -> None:
        item = self.current
        if item is not None and item.marks:
            self.original.toggle()


def _facts(item: Evidence) -> str:
    """The four dates and what identifies the file."""
    parts = [_("taken in {at}").format(at=instant_text(item.taken_in_at, "short"))]
    if item.made_on is not None:
        parts.insert(0, _("made {day}").format(day=day_text(item.made_on)))
    if item.valid_from is not None:
        parts.append(_("valid from {day}").format(day=day_text(item.valid_from)))
    if item.valid_until is not None:
        parts.append(_("valid until {day}").format(day=day_text(item.valid_until)))
    if item.width and item.height:
        parts.append(f"{item.width} × {item.height}")
    parts.append(_("{size} kB").format(size=-(-item.size // 1000)))
    parts.append(f"SHA-256 {item.digest[:12]}…")
    return " · ".join(parts)
