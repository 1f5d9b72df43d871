"""Offers the words that could not be stored last time: put back where they belong, copied, or thrown away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget

from qma_app.domain.record import Changes
from qma_app.i18n import _, instant_text, ngettext
from qma_app.services.assessments import write_summary
from qma_app.services.dealerships import change_dealership
from qma_app.services.findings import change_finding
from qma_app.services.ratings import write_note
from qma_app.services.recovery import UnsavedText, forget_unsaved, keep_unsaved, unsaved_texts
from ui.dialogs.dialog import Dialog
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.workbench import Workbench

if TYPE_CHECKING:
    from ui.window import MainWindow


def offer(window: MainWindow, workbench: Workbench) -> None:
    """Say so above the page if the last session left words behind."""
    left = unsaved_texts(workbench.workspace)
    if left:
        text = ngettext(
            "{n} text could not be saved the last time. It was kept for you.",
            "{n} texts could not be saved the last time. They were kept for you.",
            len(left),
        )
        window.messages.tell(
            text.format(n=len(left)), (_("Show texts"), partial(UnsavedWordsDialog.tell, window, workbench))
        )


class UnsavedWordsDialog(Dialog):
    """Each text with where it was typed; what is dealt with goes from the list and from the disk."""

    def __init__(self, parent: QWidget | None, workbench: Workbench, left: Sequence[UnsavedText]) -> None:
        super().__init__(parent, _("Texts that could not be saved"), width=560)
        self._bench = workbench
        self._left = list(left)
        for unsaved in left:
            self.body.addWidget(self._card(unsaved))

    def _card(self, unsaved: UnsavedText) -> Card:
        card = Card(_field_title(unsaved.field), instant_text(unsaved.at))
        text = QPlainTextEdit(unsaved.text)
        text.setReadOnly(True)
        text.setAccessibleName(_field_title(unsaved.field))
        text.setMaximumHeight(90)
        card.body.addWidget(text)
        row = QHBoxLayout()
        if _use_case(unsaved) is not None:
            put_back = Button(_("Put back"), kind="primary")
            put_back.clicked.connect(partial(self._put_back, unsaved, card))
            row.addWidget(put_back)
        copy = Button(_("Copy text"))
        copy.clicked.connect(partial(QGuiApplication.clipboard().setText, unsaved.text))
        discard = Button(_("Throw away"), kind="quiet")
        discard.clicked.connect(partial(self._done_with, unsaved, card))
        row.addWidget(copy)
        row.addWidget(discard)
        row.addStretch(1)
        card.body.addSpacing(8)
        card.body.addLayout(row)
        return card

    def _put_back(self, unsaved: UnsavedText, card: Card, _is_checked: bool = False) -> None:
        use_case = _use_case(unsaved)
        name = unsaved.field.rsplit(".", 1)[-1]
        ids = [unsaved.record_id]
        if use_case is write_note:
            ids.append(unsaved.checkpoint_id)
        if use_case is not None and self._bench.do(use_case, *ids, **{name: unsaved.text}) is not None:
            self._done_with(unsaved, card)

    def _done_with(self, unsaved: UnsavedText, card: Card, _is_checked: bool = False) -> None:
        self._left.remove(unsaved)
        card.hide()
        if self._left:
            keep_unsaved(self._bench.workspace, tuple(self._left))
        else:
            forget_unsaved(self._bench.workspace)
            self.accept()

    @classmethod
    def tell(cls, parent: QWidget | None, workbench: Workbench, *_clicked: object) -> None:
        """Show what was left behind."""
        dialog = cls(parent, workbench, unsaved_texts(workbench.workspace))
        dialog.exec()
        dialog.deleteLater()


def _use_case(unsaved: UnsavedText) -> Callable[..., Changes] | None:
    """What stores such a text by the ids that were kept with it; None where more than those is needed."""
    known: dict[str, Callable[..., Changes]] = {
        "write_note": write_note,
        "write_summary": write_summary,
        "change_finding": change_finding,
        "change_dealership": change_dealership,
    }
    return known.get(unsaved.field.split(".", 1)[0])


def _field_title(field: str) -> str:
    titles = {
        "write_note.text": _("Note at a checkpoint"),
        "write_summary.text": _("Summary of an assessment"),
        "write_remark.text": _("Remark on an area"),
        "change_finding.statement": _("Statement of a finding"),
        "raise_finding.statement": _("Statement of a finding"),
        "change_dealership.note": _("Notes on the dealership"),
    }
    return titles.get(field, _("Text"))
