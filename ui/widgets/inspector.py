"""Everything about one checkpoint beside the list: what to look at, sample, note, evidence, history, findings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from qma_app.domain.evidence import Evidence
from qma_app.domain.finding import Finding
from qma_app.domain.ids import AssessmentId, CheckpointId
from qma_app.errors import QmaError
from qma_app.i18n import _
from qma_app.services.checklist import ChecklistRow
from ui.checklists.card import CardContext
from ui.checklists.linked_findings import LinkedFindings
from ui.checklists.sample_panel import SamplePanel
from ui.widgets.buttons import IconButton
from ui.widgets.chips import Chip
from ui.widgets.evidence_strip import EvidenceStrip, Thumbnail
from ui.widgets.flow import FlowLayout
from ui.widgets.history_strip import HistoryCell, HistoryStrip
from ui.widgets.labels import PlainLabel
from ui.widgets.note_edit import NoteEdit

Spot = tuple[AssessmentId, CheckpointId]


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspected:
    """One checkpoint with all that is read for it; `own` says how its department sees it (`Self 8`)."""

    assessment_id: AssessmentId
    row: ChecklistRow
    context: CardContext
    history: tuple[HistoryCell, ...]
    evidence: tuple[Evidence, ...]
    waiting: tuple[str, ...] = ()
    own: str = ""

    @property
    def spot(self) -> Spot:
        """Whose words are typed in the note."""
        return self.assessment_id, self.row.checkpoint.id


class Inspector(QScrollArea):
    """Shows one checkpoint at a time; `left` when the keyboard is to go back to the list."""

    note_settled = Signal(object, str)  # Spot it was typed for, text
    note_left = Signal()
    left = Signal()

    def __init__(self, thumbnail: Thumbnail, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self.shown: Inspected | None = None
        self._unsaved: dict[Spot, str] = {}
        self.number = PlainLabel("", role="strong")
        self.statement = PlainLabel("", wrap=True, selectable=True)
        self.look_at = _Text(_("What to look at"))
        self.expected = _Text(_("Evidence expected"))
        self.failure = _Text(_("Typical failure"))
        self.sample = SamplePanel()
        self.note_caption = PlainLabel(_("Note"), role="caption")
        self.note = NoteEdit(_("Note"), placeholder=_("What did you see? (Enter)"), lines=4)
        self.note_words = PlainLabel("", tone="muted", wrap=True, selectable=True)
        self.evidence = EvidenceStrip()
        self.refusal = _Refusal()
        self.history = HistoryStrip(_("History of this checkpoint"))
        self.own = PlainLabel("", role="small", tone="accent", wrap=True)
        self.findings = LinkedFindings()
        self._content = QWidget()
        self._work = QVBoxLayout()
        self._chips = QWidget()
        self._chip_flow = FlowLayout(self._chips, spacing=6)
        self._chip_flow.addWidget(self.number)
        self._chip_list: list[Chip] = []
        self._build()
        self.note.settled.connect(self._note_settled)
        self.note.left.connect(self.note_left)
        self.sample.left.connect(self.left)
        self.findings.editor.left.connect(self.left)

    def _build(self) -> None:
        content = self._content
        content.setObjectName("surface")
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 14, 16, 18)
        column.setSpacing(5)
        for widgets in (
            (self._chips, self.statement),
            (self.look_at,),
            (self.expected,),
            (self.failure,),
            (self.sample,),
            (self.note_caption, self.note, self.note_words),
            (PlainLabel(_("Evidence"), role="caption"), self.evidence, self.refusal),
            (PlainLabel(_("History of this checkpoint"), role="caption"), self.history, self.own),
            (PlainLabel(_("Linked"), role="caption"), self.findings),
        ):
            for widget in widgets:
                column.addWidget(widget)
            if self.sample in widgets:
                column.addLayout(self._work)
            column.addSpacing(7)
        column.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("surface")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_checkpoint(self, inspected: Inspected | None) -> None:
        """Show a checkpoint; what is typed for another one is stored first."""
        is_other = _spot_of(inspected) != _spot_of(self.shown)
        if is_other:
            self.flush()
            self.refusal.setVisible(False)
            self.findings.editor.close_finding()
        before, self.shown = self.shown, inspected
        self._content.setVisible(inspected is not None)
        if inspected is None:
            return
        if is_other or before is None or before.context is not inspected.context:
            self._show_words(inspected)
        self._show_work(inspected, is_other=is_other)
        if is_other:
            self.verticalScrollBar().setValue(0)

    def add_work(self, widget: QWidget) -> None:
        """Something else that is done at a checkpoint, below its sample."""
        self._work.addWidget(widget)

    def show_waiting(self, waiting: tuple[str, ...]) -> None:
        """Other things are on their way in."""
        if self.shown is not None:
            self.shown = replace(self.shown, waiting=waiting)
            self._show_evidence(self.shown)

    def keep_note(self, spot: Spot, text: str) -> None:
        """A note could not be stored: its words wait here, and are tried again with the next key or when left."""
        self._unsaved[spot] = text
        if self.shown is not None and self.shown.spot == spot:
            self.note.keep_unsaved()

    def begin_note(self) -> None:
        """The keyboard goes to the note, behind its last word."""
        if self.note.isHidden():
            return
        self.ensureWidgetVisible(self.note)
        self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
        cursor = self.note.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.note.setTextCursor(cursor)

    def begin_sample(self) -> bool:
        """The keyboard goes to the sample; False where there is none."""
        if self.sample.isHidden():
            return False
        self.ensureWidgetVisible(self.sample)
        self.sample.take_keyboard()
        return True

    def edit_finding(self, finding: Finding) -> None:
        """A finding was just raised: it is open for correction and has the keyboard."""
        self.findings.edit(finding)
        # Where it lies is known only when the layout has made room for it.
        QTimer.singleShot(0, self.findings.editor, self._show_editor)

    def _show_editor(self) -> None:
        self.ensureWidgetVisible(self.findings.editor.done)
        self.ensureWidgetVisible(self.findings.editor.statement)

    def refuse(self, name: str, error: QmaError) -> None:
        """Say which file could not be taken in, and the way out."""
        self.refusal.tell(name, error)
        self.ensureWidgetVisible(self.refusal)

    def flush(self) -> None:
        """Give on everything that is typed and not yet stored."""
        self.note.flush()
        self.sample.flush()
        self.findings.editor.statement.flush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            event.ignore()

    def _show_words(self, inspected: Inspected) -> None:
        checkpoint, words = inspected.row.checkpoint, inspected.context.words
        self.number.setText(checkpoint.number)
        self.statement.setText(words.of(checkpoint.statement))
        self.look_at.say(words.marked(checkpoint.guidance))
        self.expected.say(words.marked(checkpoint.evidence))
        self.failure.say(words.marked(checkpoint.failure))
        for chip in self._chip_list:
            self._chip_flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        chips = [Chip(_("critical"), tone="bad", is_outlined=True)] if checkpoint.is_critical else []
        chips += [Chip(clause, tone="accent") for clause in checkpoint.clauses]
        chips += [Chip(_("KPI {code}").format(code=code)) for code in checkpoint.kpis]
        if words.is_borrowed(checkpoint.statement):
            chips.append(Chip(words.borrowed_mark))
        for chip in chips:
            self._chip_flow.addWidget(chip)
            chip.setVisible(True)
        self._chip_list = chips

    def _show_work(self, inspected: Inspected, *, is_other: bool) -> None:
        row, context = inspected.row, inspected.context
        rating = row.rating
        self.sample.show_sample(
            row.checkpoint,
            rating.sample if rating is not None else None,
            context.words.edition.rules,
            context.words,
            is_read_only=context.is_read_only,
        )
        text = rating.note if rating is not None else ""
        self.note.setVisible(not context.is_read_only)
        self.note_words.setVisible(context.is_read_only)
        self.note_words.setText(text or _("none"))
        if is_other or not self.note.is_pending:
            self.note.set_text(self._unsaved.get(inspected.spot, text))
            if inspected.spot in self._unsaved:
                self.note.keep_unsaved()
        self._show_evidence(inspected)
        if inspected.history != self.history.cells:
            self.history.show_cells(inspected.history)
        self.own.setText(inspected.own)
        self.own.setVisible(bool(inspected.own))
        self.findings.show_findings(row.findings, is_read_only=context.is_read_only)

    def _show_evidence(self, inspected: Inspected) -> None:
        self.evidence.show_evidence(
            inspected.evidence,
            inspected.waiting,
            self._thumbnail,
            is_read_only=inspected.context.is_read_only,
        )

    def _note_settled(self, text: str) -> None:
        if self.shown is not None:
            self._unsaved.pop(self.shown.spot, None)
            self.note_settled.emit(self.shown.spot, text)


def _spot_of(inspected: Inspected | None) -> Spot | None:
    return None if inspected is None else inspected.spot


class _Text(QWidget):
    """A caption with words below; gone where there are none."""

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel("", tone="muted", wrap=True, selectable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(PlainLabel(caption, role="caption"))
        column.addWidget(self._words)

    def say(self, words: str) -> None:
        self._words.setText(words)
        self.setVisible(bool(words))


class _Refusal(QFrame):
    """What could not be taken in and what to do instead; stays until it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = PlainLabel("", role="small", tone="bad", wrap=True, selectable=True)
        close = IconButton("x", _("Close this message"))
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words, 1)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.setVisible(False)

    def tell(self, name: str, error: QmaError) -> None:
        self.words.setText(str(error) if name in str(error) else f"{name}: {error}")
        self.setVisible(True)
