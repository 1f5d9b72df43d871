"""The sponsor checks of the quarters before, one a line."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from qma_app.domain.promise import Quarter, SponsorCheck
from qma_app.i18n import _
from qma_app.services.sponsoring import answer_title, quarter_text
from ui.journey.fitted_table import FittedTable
from ui.models.standards_table import TableColumn, TableRow
from ui.promises.reading import Book
from ui.widgets.cards import Card

_MOST = 3


class QuartersCard(Card):
    """Enter shows the check of a quarter."""

    opened = Signal(object)  # Quarter

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Quarters before"), parent=parent)
        self.table = FittedTable(
            _("Quarters before"),
            (
                TableColumn(title=_("Quarter"), width=84, is_strong=True),
                TableColumn(title=_("Yes"), width=64),
                TableColumn(title=_("Missed")),
            ),
            most=_MOST,
        )
        self.table.opened.connect(self._opened)
        self.body.addWidget(self.table)

    def show_book(self, book: Book) -> None:
        """Show what was looked at before this quarter; where that is nothing the card is not there."""
        now = Quarter.of(book.on)
        checks = [one for one in book.sponsor.checks if Quarter.parse(one.quarter) < now]
        self.table.show_rows([_row(one) for one in checks])
        self.setVisible(bool(checks))

    def _opened(self, key: object) -> None:
        self.opened.emit(Quarter.parse(str(key)))


def _row(check: SponsorCheck) -> TableRow:
    answers = tuple(check.answers().values())
    missed = [answer_title(name) for name in check.missed]
    said = " ".join(check.words.split())
    return TableRow(
        key=check.quarter,
        cells=(
            quarter_text(Quarter.parse(check.quarter)),
            _("{count} of {all}").format(count=sum(answer is True for answer in answers), all=len(answers)),
            f"✗ {', '.join(missed)}" if missed else "–",
        ),
        tones={2: "bad"} if missed else {2: "muted"},
        small={2: said} if said else {},
        tip="\n".join(filter(None, (*missed, said))),
    )
