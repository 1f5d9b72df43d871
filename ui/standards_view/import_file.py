"""The first step of an import: which file, what was recognised in it, what was noticed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from qma_app.errors import ContentProblems, QmaError
from qma_app.i18n import _, ngettext
from qma_app.services.import_choices import FileLook
from ui.models.standards_table import TableColumn, TableRow
from ui.standards_view.table import WordTable
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel


class FilePage(QWidget):
    """`other_wanted` asks for another file."""

    other_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = PlainLabel("", role="lead", elide=True)
        self.format = PlainLabel("", wrap=True)
        self.notes = PlainLabel("", tone="muted", wrap=True, selectable=True)
        self.other = Button(_("Another file…"), icon_name="folder-open")
        self.other.clicked.connect(self.other_wanted)
        self.sheets = WordTable(
            _("Sheets of the file"),
            (
                TableColumn(title=_("Sheet"), width=180, is_strong=True),
                TableColumn(title=_("First rows")),
            ),
            is_opening=False,
        )
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.name)
        words.addWidget(self.format)
        head.addLayout(words, 1)
        head.addWidget(self.other, 0, Qt.AlignmentFlag.AlignTop)
        card = Card(_("What stands in it"))
        card.body.addWidget(self.sheets)
        self._card = card
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.notes)
        column.addWidget(card, 1)
        self.setFocusProxy(self.sheets)

    def show_waiting(self, path: Path) -> None:
        """The file is being looked at."""
        self.name.setText(path.name)
        self.format.set_tone("muted")
        self.format.setText(_("The file is being looked at…"))
        self.notes.setVisible(False)
        self._card.setVisible(True)
        self.sheets.show_rows(())

    def show_look(self, look: FileLook) -> None:
        """What was recognised."""
        self.format.set_tone("ok")
        self.format.setText(_("Recognised: {format}").format(format=look.title))
        self.notes.setText("\n".join(look.notes))
        self.notes.setVisible(bool(look.notes))
        self._card.setVisible(bool(look.sheets))
        self.sheets.show_rows(
            [
                TableRow(
                    key=sheet.name,
                    cells=(
                        sheet.name,
                        "\n".join(
                            " | ".join(cell for cell in cells if cell) for _number, cells in sheet.rows[:5]
                        ),
                    ),
                    small={
                        0: _("hidden")
                        if sheet.is_hidden
                        else _("headings in row {row}").format(row=sheet.header_row)
                        if sheet.header_row
                        else ""
                    },
                )
                for sheet in look.sheets
            ]
        )

    def show_refusal(self, error: QmaError) -> None:
        """Why the file was refused, and the way out."""
        self.format.set_tone("bad")
        self.format.setText(error.message)
        lines = [error.way_out]
        if isinstance(error, ContentProblems):
            count = len(error.problems)
            lines = [ngettext("{n} problem:", "{n} problems:", count).format(n=count)]
            lines += [str(problem) for problem in error.problems[:20]]
        self.notes.setText("\n".join(line for line in lines if line))
        self.notes.setVisible(True)
        self._card.setVisible(False)
        self.other.setFocus(Qt.FocusReason.OtherFocusReason)
