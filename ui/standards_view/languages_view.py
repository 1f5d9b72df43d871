"""How complete an edition is in each language: a row for each area, and the texts that are missing."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from qma_app.domain.coverage import Coverage, CoverageRow, Filled, field_title, language_coverage
from qma_app.i18n import _, level_text, ngettext, number_text
from ui.models.standards_table import TableColumn, TableRow
from ui.pages.page import MARGIN
from ui.standards_view.shelf import Shelf
from ui.standards_view.table import WordTable
from ui.standards_view.tongue import language_name
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState

_ALL = "all"


class LanguagesView(QWidget):
    """Choosing an area lists what is missing in it; Enter on a missing text shows its checkpoint."""

    checkpoint_wanted = Signal(object)

    def __init__(self, shelf: Shelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shelf = shelf
        self.coverage: Coverage | None = None
        self.table = WordTable(_("Texts of each area and language"), ())
        self.missing = WordTable(
            _("Missing texts"),
            (
                TableColumn(title=_("No."), width=104, is_quiet=True),
                TableColumn(title=_("Language"), width=84, is_chip=True),
                TableColumn(title=_("Text"), width=140),
                TableColumn(title=_("In another language")),
            ),
        )
        self.complete = EmptyState("circle-check", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.missing)
        self._stack.addWidget(self.complete)
        self._card = Card(_("Texts filled"))
        self._card.body.addWidget(self.table)
        self._beside = Card(_("Missing texts"))
        self._beside.body.addWidget(self._stack)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._card, 5)
        row.addWidget(self._beside, 6)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 12, MARGIN, MARGIN)
        column.addLayout(row)
        self.table.chosen.connect(self._show_missing)
        self.missing.opened.connect(self._opened)

    def show_edition(self) -> None:
        """Count the texts of the edition looked at."""
        edition = self._shelf.edition
        self.coverage = language_coverage(edition) if edition is not None else None
        if self.coverage is None:
            self.table.show_rows(())
            self.missing.show_rows(())
            return
        languages = self.coverage.languages
        columns = [TableColumn(title=_("Area"), share=4, is_strong=True)]
        columns += [TableColumn(title=language_name(one), share=3) for one in languages]
        self.table.words.show_columns(columns)
        whole = CoverageRow(
            key=_ALL,
            title=edition.title if edition is not None else self.coverage.rows[0].title,
            by_language={one: self.coverage.total(one) for one in languages},
        )
        rows = [self._row(whole, _("All"))]
        rows += [self._row(row, self._title(row)) for row in self.coverage.rows]
        self.table.show_rows(rows)
        self._show_missing(self.table.current_key)

    def take_focus(self) -> None:
        self.table.setFocus()

    def status(self) -> str:
        """How many texts are missing."""
        count = len(self.coverage.missing) if self.coverage is not None else 0
        return ngettext("{n} text is missing", "{n} texts are missing", count).format(n=count)

    def _title(self, row: CoverageRow) -> str:
        if row.key == "standard":
            return _("The standard itself")
        tongue = self._shelf.tongue()
        return tongue.of(row.title) if tongue is not None else str(row.title)

    def _row(self, row: CoverageRow, title: str) -> TableRow:
        assert self.coverage is not None
        counts = [row.by_language[one] for one in self.coverage.languages]
        return TableRow(
            key=row.key,
            cells=(title, *(_filled_words(one) for one in counts)),
            tones={place: "warn" for place, one in enumerate(counts, 1) if not one.is_complete},
            shares={
                place: one.filled / one.total if one.total else 1.0 for place, one in enumerate(counts, 1)
            },
        )

    def _show_missing(self, key: object) -> None:
        if self.coverage is None:
            return
        missing = [one for one in self.coverage.missing if key in (_ALL, one.key)]
        self.missing.show_rows(
            [
                TableRow(
                    key=(one.checkpoint_id, place),
                    cells=(one.number, one.language.upper(), field_title(one.field), one.words),
                    tones={1: "warn"},
                )
                for place, one in enumerate(missing)
            ]
        )
        self._stack.setCurrentWidget(self.missing if missing else self.complete)
        self._beside.setVisible(bool(self.coverage.missing))
        self._card.set_right("" if self.coverage.missing else self._praise())
        self.complete.sentence.setText(_("Nothing is missing here."))

    def _praise(self) -> str:
        if self.coverage is not None and len(self.coverage.languages) > 1:
            return _("Every text is there in every language.")
        return _("This edition is written in one language.")

    def _opened(self, key: object) -> None:
        if isinstance(key, tuple) and key[0] is not None:
            self.checkpoint_wanted.emit(key[0])


def _filled_words(filled: Filled) -> str:
    words = _("{filled} of {total}").format(
        filled=number_text(filled.filled), total=number_text(filled.total)
    )
    if filled.is_complete:
        return words
    # Rounded down: never whole while one is missing.
    return f"{words} · {level_text(Fraction(100 * filled.filled // filled.total))}"
