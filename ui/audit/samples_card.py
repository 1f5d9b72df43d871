"""The samples of an audit: for each checkpoint that asks for records whether they are drawn, and what they can show."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from qma_app.domain.ids import AuditSampleId, CheckpointId
from qma_app.i18n import _
from ui.audit.reading import AuditDesk
from ui.audit.sample_rows import (
    SampleRow,
    detail_words,
    sample_columns,
    sample_rows,
    table_row,
    total_words,
    why_not_written,
)
from ui.journey.fitted_table import FittedTable
from ui.key_names import keys_text
from ui.shortcuts import LetterKey, Shortcut
from ui.widgets.announcing import announce
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel
from ui.workbench import Workbench


class SamplesCard(Card):
    """`show_desk` shows the samples of an audit; what is drawn or written here is announced as any edit."""

    def __init__(self, workbench: Workbench, parent: QWidget | None = None) -> None:
        self.total = PlainLabel("", role="small", tone="muted")
        super().__init__(_("Samples"), self.total, parent)
        self.workbench = workbench
        self.desk: AuditDesk | None = None
        self.rows: tuple[SampleRow, ...] = ()
        self.table = FittedTable(_("Samples"), sample_columns(), lines=2, most=6)
        self.nothing = PlainLabel(
            _("No checkpoint of this audit asks for records to be drawn."), tone="muted", wrap=True
        )
        self.detail = PlainLabel("", role="small", tone="muted", wrap=True, selectable=True)
        self.barred = PlainLabel("", role="small", tone="muted", wrap=True)
        self.draw_button = Button(_("Draw…"), icon_name="sparkles", keys="D")
        self.open_button = Button(_("Records"), keys="Return")
        self.reason_button = Button(_("Why none…"), keys="W")
        self._lay_out()
        self.draw_button.clicked.connect(self.draw)
        self.open_button.clicked.connect(self.open)
        self.reason_button.clicked.connect(self.say_why_none)
        self.table.chosen.connect(self._show_acts)
        self.table.opened.connect(self._opened)
        for keys, act in (("D", self.draw), ("W", self.say_why_none)):
            LetterKey(keys, self, act, is_on=self._has_letters)

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(4)
        for button in (self.draw_button, self.open_button, self.reason_button):
            button.setProperty("small", True)
            acts.addWidget(button)
        acts.addStretch(1)
        self.body.setSpacing(8)
        self.body.addLayout(acts)
        for widget in (self.table, self.nothing, self.detail, self.barred):
            self.body.addWidget(widget)

    @property
    def row(self) -> SampleRow | None:
        """The row the keyboard is on."""
        key = self.table.current_key
        return next((one for one in self.rows if one.checkpoint.id == key), None)

    def show_desk(self, desk: AuditDesk) -> None:
        """Show the samples as they stand."""
        self.desk = desk
        self.rows = sample_rows(desk)
        self.total.setText(total_words(self.rows))
        self.table.show_rows([table_row(one) for one in self.rows])
        self.table.setVisible(bool(self.rows))
        self.nothing.setVisible(not self.rows)
        self.barred.setText(why_not_written(self.workbench, desk))
        self.barred.setVisible(bool(self.barred.text()) and bool(self.rows))
        self._show_acts()

    def show_checkpoint(self, checkpoint_id: CheckpointId) -> None:
        """Go to the row of a checkpoint."""
        self.table.select(checkpoint_id)

    def take_focus(self) -> None:
        """The keyboard goes to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def draw(self) -> None:
        """D: draw the records of the checkpoint the keyboard is on, and show them."""
        from ui.audit.sample_dialog import DrawSample

        row = self.row
        if row is None or self.desk is None or not self._may_write():
            return
        if row.sample is not None:
            self._say(
                _("The records are drawn already. Return shows them; one of them can be replaced there.")
            )
            return
        if DrawSample.ask(self.workbench, self.desk.view.audit.id, row.checkpoint, parent=self):
            self.open()
        self.take_focus()

    def open(self) -> None:
        """Enter: the records drawn, or the drawing of them where there are none."""
        from ui.audit.sample_records import SampleRecords

        row = self.row
        if row is None or self.desk is None:
            return
        sample_id = self._drawn_for(row.checkpoint.id)
        if sample_id is None:
            self.draw()
            return
        SampleRecords.show_sample(
            self.workbench,
            sample_id,
            row.checkpoint,
            why_not=why_not_written(self.workbench, self.desk),
            parent=self,
        )
        self.take_focus()

    def say_why_none(self) -> None:
        """W: write why no records, or fewer, are drawn for a checkpoint."""
        from ui.audit.no_sample_dialog import NoSample

        row = self.row
        if row is None or self.desk is None or not self._may_write():
            return
        NoSample.ask(self.workbench, self.desk.view.audit.id, row.checkpoint, row.reason, parent=self)
        self.take_focus()

    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Lines of the shortcut sheet for a page that shows this card."""
        return (
            Shortcut(keys="D", title=_("Samples: draw the records of the checkpoint")),
            Shortcut(keys="Return", title=_("Samples: the records drawn")),
            Shortcut(keys="W", title=_("Samples: why no records are drawn")),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self._refuse_deletion()
        elif event.key() == Qt.Key.Key_Menu and self.table.hasFocus():
            area = self.table.visualRect(self.table.currentIndex())
            self._offer(self.table.viewport().mapToGlobal(area.bottomLeft()))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.table.indexAt(self.table.viewport().mapFromGlobal(event.globalPos()))
        if index.isValid():
            self.table.selectRow(index.row())
            self._offer(event.globalPos())

    def _offer(self, at: QPoint) -> None:
        row = self.row
        if row is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if row.sample is None:
            menu.addAction(f"{_('Draw…')}\t{keys_text('D')}").triggered.connect(self.draw)
        else:
            menu.addAction(f"{_('Records')}\t{keys_text('Return')}").triggered.connect(self.open)
        menu.addAction(f"{_('Why none…')}\t{keys_text('W')}").triggered.connect(self.say_why_none)
        menu.popup(at)

    def _drawn_for(self, checkpoint_id: CheckpointId) -> AuditSampleId | None:
        """Asked anew: a sample drawn a moment ago stands in the workspace before it stands here."""
        from qma_app.services.audit_samples import sample_of

        if self.desk is None:
            return None
        found = self.workbench.read(sample_of, self.desk.view.audit.id, checkpoint_id)
        return found.id if found is not None else None

    def _refuse_deletion(self) -> None:
        row = self.row
        if row is None or row.sample is None:
            return
        self._say(
            _(
                "A sample that was drawn is not deleted: who draws until the records suit does not draw by chance. "
                "Replace a record with a reason; right after drawing, Undo takes the sample back."
            )
        )

    def _may_write(self) -> bool:
        if self.barred.text():
            self._say(self.barred.text())
        return not self.barred.text()

    def _say(self, words: str) -> None:
        self.workbench.told.emit(words)
        announce(self, words)

    def _show_acts(self, _key: object = None) -> None:
        row, is_barred = self.row, bool(self.barred.text())
        self.detail.setText(detail_words(row) if row is not None else "")
        self.detail.setVisible(bool(self.detail.text()))
        is_drawn = row is not None and row.sample is not None
        self.draw_button.setVisible(row is not None and not is_drawn)
        self.open_button.setVisible(is_drawn)
        self.reason_button.setVisible(row is not None)
        for button in (self.draw_button, self.reason_button):
            button.setEnabled(not is_barred)
            button.setToolTip(self.barred.text())

    def _opened(self, _key: object) -> None:
        self.open()

    def _has_letters(self) -> bool:
        return self.workbench.settings.single_letters
